-- Reports that write themselves: what was told of a unit and a period, as it stood when it was signed. Rows are only ever added.
create table report (
  id uuid primary key,
  unit_id uuid not null references unit,
  kind text not null,
  -- a month or a year
  period text not null check (period ~ '^\d{4}(-(0[1-9]|1[0-2]))?$'),
  act_id uuid not null,
  constraint report_is_one unique (unit_id, kind, period)
);
create index report_by_kind on report (kind, period);
select names_its_act('report', 'act_id');

-- The definition under which a figure was signed: its words, its measure, and a digest of them and of the query behind it.
create table report_definition (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  figure text not null,
  definition jsonb not null,
  act_id uuid not null
);
select names_its_act('report_definition', 'act_id');

-- Told step by step: sent, passed or returned, sent again. Each row names the row before it, so that nothing is passed twice, or before it was sent.
create table report_step (
  report_id uuid not null references report,
  ordinal int not null check (ordinal >= 1),
  step text not null,
  state text not null,
  -- the version that was sent or looked at
  version int not null check (version >= 1),
  reason text,
  on_day date not null,
  person_id uuid not null,
  act_id uuid not null,
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  from_state text not null,
  from_day date,
  from_version int not null,
  from_person uuid,
  primary key (report_id, ordinal),
  constraint report_step_known_whole unique (report_id, ordinal, state, on_day, version, person_id),
  constraint report_step_follows foreign key (report_id, previous, from_state, from_day, from_version, from_person)
    references report_step (report_id, ordinal, state, on_day, version, person_id),
  constraint report_begins_with_nothing check ((ordinal = 1) = (from_state = 'none') and (ordinal = 1) = (from_day is null)
    and (ordinal = 1) = (from_person is null) and (ordinal > 1 or from_version = 0)),
  constraint report_days_do_not_run_back check (from_day is null or on_day >= from_day),
  constraint report_return_has_a_reason check (step <> 'return' or reason is not null),
  constraint report_versions_count_up check (version = from_version + case step when 'send' then 1 else 0 end),
  -- nobody looks through their own
  constraint report_is_scrutinised_by_another check (step = 'send' or person_id <> from_person),
  constraint report_steps_in_order check ((step, from_state, state) in (
    ('send', 'none', 'sent'), ('send', 'returned', 'sent'), ('pass', 'sent', 'passed'), ('return', 'sent', 'returned')))
);
create index report_step_by_day on report_step (on_day, report_id);
select names_its_act('report_step', 'act_id');

-- One row for each field of each version: what it held when it was signed. A field that was not asked about again stands as the version before had it.
create table report_field (
  report_id uuid not null references report,
  version int not null check (version >= 1),
  field text not null,
  -- who knew it: the system, or the author
  source text not null check (source in ('figure', 'acts', 'entered')),
  -- the version in which this value was given
  since_version int not null check (since_version between 1 and version),
  value numeric,
  text text check (text <> ''),
  -- figures: the day that they are as of, and the definition under which they were counted
  as_of date,
  definition text references report_definition,
  -- acts: from when until when they were counted
  from_day date,
  -- what the author answered to the remark on it
  answer text check (answer <> ''),
  act_id uuid not null,
  primary key (report_id, version, field),
  constraint report_field_fits_its_source check (case source
    when 'figure' then as_of is not null and definition is not null and text is null and from_day is null
    when 'acts' then value is not null and as_of is not null and from_day is not null and definition is null and text is null
    else as_of is null and definition is null and from_day is null and (value is null or text is null) end)
);
select names_its_act('report_field', 'act_id');

-- What was remarked on a field, when it was passed or returned.
create table report_remark (
  report_id uuid not null,
  ordinal int not null,
  field text not null,
  remark text not null check (remark <> ''),
  act_id uuid not null,
  primary key (report_id, ordinal, field),
  foreign key (report_id, ordinal) references report_step (report_id, ordinal)
);
select names_its_act('report_remark', 'act_id');

do $$
declare
  each text;
begin
  foreach each in array array['report', 'report_definition', 'report_step', 'report_field', 'report_remark'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    execute format('grant select on %I to zeren_reader', each);
  end loop;
end $$;

-- Where every report stood on a day.
create function report_on(at date) returns table (
  report_id uuid, unit_id uuid, kind text, period text, state text, version int, since date, act_id uuid, ordinal int, reason text, sent_on date
) language sql stable as $$
  select r.id, r.unit_id, r.kind, r.period, s.state, s.version, s.on_day, s.act_id, s.ordinal, s.reason, f.on_day
    from report r
    join report_step f on f.report_id = r.id and f.ordinal = 1 and f.on_day <= at
    cross join lateral (
      select * from report_step x where x.report_id = r.id and x.on_day <= at order by x.ordinal desc limit 1) s
$$;
