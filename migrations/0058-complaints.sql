-- Complaints and tips of the public. What is known of each to those with a seat: over which unit, of what kind, whose it is to answer.
-- What was said, what was answered, who can be reached and what was enclosed stands apart, and only the unit that handles it sees it.
create table complaint (
  id uuid primary key,
  -- the unit that it is about
  unit_id uuid not null references unit,
  kind text not null check (kind in ('listing', 'money', 'project', 'exit', 'conduct', 'other')),
  against text not null check (against in ('work', 'leaders')),
  on_day date not null,
  act_id uuid not null
);
create index complaint_by_unit on complaint (unit_id, on_day);
select names_its_act('complaint', 'act_id');

-- Of a receipt only its digest is kept: whoever reads the database can ask for nobody.
create table complaint_receipt (
  complaint_id uuid primary key references complaint,
  digest bytea not null check (length(digest) = 32),
  act_id uuid not null,
  constraint complaint_receipt_once unique (digest)
);
select names_its_act('complaint_receipt', 'act_id');

-- Its way: each step follows the one before it, and says who handles it from then on.
create table complaint_step (
  complaint_id uuid not null references complaint,
  ordinal int not null check (ordinal between 1 and 200),
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  step text not null,
  from_state text,
  state text not null,
  handler_unit_id uuid not null references unit,
  outcome text check (outcome in ('upheld', 'partly', 'dismissed')),
  on_day date not null,
  act_id uuid not null,
  primary key (complaint_id, ordinal),
  constraint complaint_step_with_state unique (complaint_id, ordinal, state),
  constraint complaint_step_follows foreign key (complaint_id, previous, from_state)
    references complaint_step (complaint_id, ordinal, state),
  constraint complaint_begins_by_filing check ((ordinal = 1) = (step = 'file') and (ordinal = 1) = (from_state is null)),
  constraint complaint_step_is_allowed check (
    (step, coalesce(from_state, ''), state) in (
      ('file', '', 'open'), ('add', 'open', 'open'), ('transfer', 'open', 'open'),
      ('answer', 'open', 'answered'), ('contest', 'answered', 'open'))),
  constraint complaint_outcome_with_answer check ((step = 'answer') = (outcome is not null))
);
create index complaint_step_by_handler on complaint_step (handler_unit_id, complaint_id);
create index complaint_step_by_day on complaint_step (on_day);
select names_its_act('complaint_step', 'act_id');

-- One about a unit's own leaders is not with that unit, unless nobody stands above it.
create function complaint_is_not_with_its_own_leaders() returns trigger language plpgsql as $$
begin
  if exists (select from complaint c join unit_version v on v.unit_id = c.unit_id and v.valid_at @> new.on_day
              where c.id = new.complaint_id and c.against = 'leaders' and c.unit_id = new.handler_unit_id and v.parent_id is not null) then
    raise exception 'a complaint about a unit''s leaders is handled above it'
      using errcode = 'check_violation', constraint = 'complaint_is_not_with_its_own_leaders';
  end if;
  return new;
end $$;
create trigger complaint_is_not_with_its_own_leaders before insert on complaint_step
  for each row execute function complaint_is_not_with_its_own_leaders();

-- Who handles a complaint now.
create function complaint_handler(of_complaint uuid) returns uuid language sql stable as
$$ select handler_unit_id from complaint_step where complaint_id = of_complaint order by ordinal desc limit 1 $$;

-- What was said at a step: the statement, what was added, why it was transferred, the answer.
create table complaint_text (
  complaint_id uuid not null,
  ordinal int not null,
  words text not null check (length(words) between 4 and 4000),
  act_id uuid not null,
  primary key (complaint_id, ordinal),
  foreign key (complaint_id, ordinal) references complaint_step (complaint_id, ordinal)
);
select names_its_act('complaint_text', 'act_id');

create table complaint_file (
  complaint_id uuid not null,
  ordinal int not null,
  name text not null check (length(name) between 1 and 120),
  type text not null check (type in ('image/jpeg', 'image/png', 'application/pdf')),
  content bytea not null check (length(content) between 1 and 2097152),
  act_id uuid not null,
  primary key (complaint_id, ordinal),
  foreign key (complaint_id, ordinal) references complaint_step (complaint_id, ordinal),
  constraint complaint_file_is_what_it_says check (case type
    when 'image/jpeg' then substr(content, 1, 3) = '\xffd8ff'::bytea
    when 'image/png' then substr(content, 1, 8) = '\x89504e470d0a1a0a'::bytea
    else substr(content, 1, 5) = '%PDF-'::bytea end)
);
select names_its_act('complaint_file', 'act_id');

create table complainant (
  complaint_id uuid primary key references complaint,
  contact text not null check (length(contact) between 1 and 200),
  act_id uuid not null
);
select names_its_act('complainant', 'act_id');

do $$
declare
  each text;
begin
  foreach each in array array['complaint', 'complaint_receipt', 'complaint_step', 'complaint_text', 'complaint_file', 'complainant'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
  end loop;
  -- the handling unit alone sees what was said, what was enclosed, and who can be reached; the reading role sees none of it
  foreach each in array array['complaint_text', 'complaint_file', 'complainant'] loop
    execute format('alter table %I enable row level security', each);
    execute format('create policy %1$I_is_written_by_acts on %1$I for insert to zeren_app with check (true)', each);
    execute format('create policy %1$I_is_seen_by_its_handler on %1$I for select to zeren_app
                      using (complaint_handler(complaint_id)::text = current_setting(''app.unit'', true))', each);
  end loop;
end $$;
grant select on complaint, complaint_step to zeren_reader;

-- What became of a complaint, for whoever holds its receipt: its way and its answers, not what they said themselves.
create function complaint_by_receipt(of_digest bytea, as_of date) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object(
      'complaint', c.id, 'unit', c.unit_id, 'kind', c.kind, 'against', c.against, 'on', c.on_day,
      'steps', (select jsonb_agg(jsonb_build_object('ordinal', s.ordinal, 'step', s.step, 'state', s.state, 'handler', s.handler_unit_id,
                                                    'outcome', s.outcome, 'on', s.on_day,
                                                    'answer', case when s.step = 'answer' then t.words end) order by s.ordinal)
                  from complaint_step s left join complaint_text t on t.complaint_id = s.complaint_id and t.ordinal = s.ordinal
                 where s.complaint_id = c.id and s.on_day <= as_of),
      'files', (select count(*) from complaint_file f where f.complaint_id = c.id))
    from complaint_receipt r join complaint c on c.id = r.complaint_id
   where r.digest = of_digest and c.on_day <= as_of $$;
revoke execute on function complaint_by_receipt(bytea, date) from public;
grant execute on function complaint_by_receipt(bytea, date) to zeren_app, zeren_reader;
