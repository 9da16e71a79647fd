-- Requests for reports that the charter does not ask for. Each takes a place in its receiver's budget of the year, so that however many
-- ask at once, nobody is asked more than the budget allows.
create table report_request (
  id uuid primary key,
  unit_id uuid not null references unit,
  -- the seat that asks
  post text not null,
  title text not null check (length(title) between 2 and 200),
  reason text not null check (length(reason) >= 4),
  due_on date not null,
  on_day date not null,
  act_id uuid not null,
  constraint request_is_due_after_it_is_made check (due_on > on_day)
);
create index report_request_by_unit on report_request (unit_id, on_day);
create index report_request_by_act on report_request (act_id);
select names_its_act('report_request', 'act_id');

-- What is asked: a figure that the system holds, or a question that people answer.
create table report_request_field (
  request_id uuid not null references report_request,
  n int not null check (n >= 1),
  title text not null check (title <> ''),
  kind text not null check (kind in ('figure', 'text', 'whole', 'amount')),
  figure text,
  act_id uuid not null,
  primary key (request_id, n),
  constraint request_field_names_its_figure check ((kind = 'figure') = (figure is not null))
);
create index report_request_field_by_title on report_request_field (lower(title));
create index report_request_field_by_act on report_request_field (act_id);
select names_its_act('report_request_field', 'act_id');

create table report_request_receiver (
  request_id uuid not null references report_request,
  unit_id uuid not null references unit,
  on_day date not null,
  year int not null,
  -- its place in the year's budget, and the budget as it was then
  slot int not null,
  budget int not null,
  given_back_on date,
  given_back_by uuid,
  act_id uuid not null,
  primary key (request_id, unit_id),
  constraint request_is_within_the_budget check (slot between 1 and budget),
  constraint request_counts_in_its_year check (extract(year from on_day) = year),
  constraint request_given_back_by_an_act check ((given_back_on is null) = (given_back_by is null))
);
create unique index request_budget_place_once on report_request_receiver (unit_id, year, slot) where given_back_on is null;
create index report_request_receiver_by_unit on report_request_receiver (unit_id, year);
create index report_request_receiver_by_act on report_request_receiver (act_id);
select names_its_act('report_request_receiver', 'act_id');
select names_its_act('report_request_receiver', 'given_back_by');

create table report_request_withdrawal (
  request_id uuid primary key references report_request,
  reason text not null check (length(reason) >= 4),
  gives_back boolean not null,
  on_day date not null,
  act_id uuid not null
);
create index report_request_withdrawal_by_act on report_request_withdrawal (act_id);
select names_its_act('report_request_withdrawal', 'act_id');

-- What was answered. A correction is a further version with its reason.
create table request_answer (
  request_id uuid not null,
  unit_id uuid not null,
  version int not null check (version >= 1),
  reason text,
  -- as the form measured it, where it did
  minutes_measured int check (minutes_measured between 0 and 10000),
  on_day date not null,
  person_id uuid,
  act_id uuid not null,
  primary key (request_id, unit_id, version),
  foreign key (request_id, unit_id) references report_request_receiver,
  constraint request_correction_has_a_reason check (version = 1 or reason is not null)
);
create index request_answer_by_day on request_answer (on_day);
create index request_answer_by_act on request_answer (act_id);
select names_its_act('request_answer', 'act_id');

create table request_answer_value (
  request_id uuid not null,
  unit_id uuid not null,
  version int not null,
  n int not null,
  text_value text,
  -- whole numbers as they are, amounts in fen, figures as they stood when it was signed
  number_value numeric,
  of_value numeric,
  -- typed by somebody now: not held by the system, and not carried over from the version before
  is_typed boolean not null,
  -- what typing it costs by the setting of the day
  minutes numeric not null check (minutes >= 0),
  act_id uuid not null,
  primary key (request_id, unit_id, version, n),
  foreign key (request_id, unit_id, version) references request_answer,
  foreign key (request_id, n) references report_request_field,
  constraint answer_is_typed_to_cost check (is_typed or minutes = 0)
);
create index request_answer_value_by_act on request_answer_value (act_id);
select names_its_act('request_answer_value', 'act_id');

-- Matters that a unit cannot settle itself, and matters between units. Told step by step: each row names the row before it and who has the
-- matter from then on.
create table matter (
  id uuid primary key,
  unit_id uuid not null references unit,
  -- raised to the level above, or opened by that level among units below it
  kind text not null check (kind in ('raised', 'joint')),
  title text not null check (length(title) between 2 and 200),
  asked text not null check (length(asked) >= 4),
  -- the charter's duty that it concerns
  concerns text not null,
  evidence text,
  wished_on date,
  on_day date not null,
  act_id uuid not null
);
create index matter_by_unit on matter (unit_id, on_day);
create index matter_by_act on matter (act_id);
select names_its_act('matter', 'act_id');

create table matter_party (
  matter_id uuid not null references matter,
  unit_id uuid not null references unit,
  act_id uuid not null,
  primary key (matter_id, unit_id)
);
create index matter_party_by_unit on matter_party (unit_id);
create index matter_party_by_act on matter_party (act_id);
select names_its_act('matter_party', 'act_id');

create table matter_step (
  matter_id uuid not null references matter,
  ordinal int not null check (ordinal >= 1),
  step text not null,
  state text not null,
  -- who has it from then on; nobody once it is over
  owner_unit_id uuid references unit,
  owner_post text,
  note text,
  on_day date not null,
  person_id uuid,
  act_id uuid not null,
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  from_state text not null,
  from_day date,
  primary key (matter_id, ordinal),
  constraint matter_step_known_whole unique (matter_id, ordinal, state, on_day),
  constraint matter_step_follows foreign key (matter_id, previous, from_state, from_day)
    references matter_step (matter_id, ordinal, state, on_day),
  constraint matter_begins_with_nothing check ((ordinal = 1) = (from_state = 'none') and (ordinal = 1) = (from_day is null)),
  constraint matter_days_do_not_run_back check (from_day is null or on_day >= from_day),
  constraint matter_has_an_owner check ((owner_unit_id is null) = (state in ('closed', 'withdrawn'))
                                        and (owner_unit_id is null) = (owner_post is null)),
  constraint matter_step_has_its_note check (step in ('raise', 'open', 'close') or length(note) >= 4),
  constraint matter_steps_in_order check (
    (step, from_state, state) in (
      ('raise', 'none', 'open'),
      ('open', 'none', 'open'),
      ('relay', 'open', 'open'),
      ('settle', 'open', 'settled'),
      ('return', 'open', 'returned'),
      ('answer', 'returned', 'open'),
      ('withdraw', 'open', 'withdrawn'),
      ('withdraw', 'returned', 'withdrawn'),
      ('reopen', 'settled', 'open'),
      ('close', 'settled', 'closed')))
);
create unique index matter_is_reopened_once on matter_step (matter_id) where step = 'reopen';
create index matter_step_by_day on matter_step (on_day, matter_id);
create index matter_step_by_act on matter_step (act_id);
select names_its_act('matter_step', 'act_id');

-- What units of a joint matter say to it.
create table matter_contribution (
  id uuid primary key,
  matter_id uuid not null,
  unit_id uuid not null,
  statement text not null check (length(statement) >= 4),
  on_day date not null,
  person_id uuid,
  act_id uuid not null,
  foreign key (matter_id, unit_id) references matter_party
);
create index matter_contribution_by_matter on matter_contribution (matter_id, unit_id);
create index matter_contribution_by_act on matter_contribution (act_id);
select names_its_act('matter_contribution', 'act_id');

-- Who does what by when, as it was settled.
create table matter_assignment (
  id uuid primary key,
  matter_id uuid not null references matter,
  n int not null check (n >= 1),
  unit_id uuid not null references unit,
  task text not null check (length(task) >= 4),
  due_on date not null,
  on_day date not null,
  act_id uuid not null,
  constraint assignment_once unique (matter_id, n),
  constraint assignment_is_due_later check (due_on >= on_day)
);
create index matter_assignment_by_unit on matter_assignment (unit_id);
create index matter_assignment_by_act on matter_assignment (act_id);
select names_its_act('matter_assignment', 'act_id');
create table matter_assignment_done (
  assignment_id uuid primary key references matter_assignment,
  result text not null check (length(result) >= 4),
  on_day date not null,
  person_id uuid,
  act_id uuid not null
);
create index matter_assignment_done_by_act on matter_assignment_done (act_id);
select names_its_act('matter_assignment_done', 'act_id');

do $$
declare
  each text;
begin
  foreach each in array array['report_request', 'report_request_field', 'report_request_withdrawal', 'request_answer',
    'request_answer_value', 'matter', 'matter_party', 'matter_step', 'matter_contribution', 'matter_assignment', 'matter_assignment_done'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
  end loop;
  foreach each in array array['report_request', 'report_request_field', 'report_request_receiver', 'report_request_withdrawal', 'request_answer',
    'request_answer_value', 'matter', 'matter_party', 'matter_step', 'matter_contribution', 'matter_assignment', 'matter_assignment_done'] loop
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    execute format('grant select on %I to zeren_reader', each);
  end loop;
end $$;

-- A place in a budget may be given back, once; nothing else of it changes.
create function only_given_back() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.given_back_on is null and to_jsonb(old) - 'given_back_on' - 'given_back_by' = to_jsonb(new) - 'given_back_on' - 'given_back_by' then
      return new;
    end if;
  end if;
  raise exception 'a request’s place in a budget is only given back' using errcode = 'restrict_violation';
end $$;
create trigger report_request_receiver_is_only_given_back before update or delete on report_request_receiver
  for each row execute function only_given_back();
grant update (given_back_on, given_back_by) on report_request_receiver to zeren_app;
