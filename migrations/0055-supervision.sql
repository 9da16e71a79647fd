-- Inspections by lot. The plan names its frame and commits a seed by its digest; the seed is joined with a public number on the day of the
-- draw; until the list's own day both lie where only the planner's unit may read them, and the list is written nowhere: it follows from them.
create table inspection (
  id uuid primary key,
  -- who inspects
  unit_id uuid not null references unit,
  title text not null check (length(title) between 2 and 200),
  period daterange not null check (not isempty(period)),
  -- duties of the charter and checks, by their ids
  topics text[] not null check (cardinality(topics) >= 1),
  units_drawn int not null check (units_drawn >= 1),
  commitment text not null check (commitment ~ '^[0-9a-f]{64}$'),
  draw_on date not null,
  opens_on date not null,
  public_number text not null check (length(public_number) between 2 and 200),
  on_day date not null,
  act_id uuid not null,
  constraint inspection_known_with_its_unit unique (id, unit_id),
  constraint inspection_known_whole unique (id, unit_id, commitment, draw_on, opens_on),
  constraint inspection_seed_before_its_draw check (draw_on > on_day),
  constraint inspection_opens_after_its_draw check (opens_on >= draw_on)
);
create index inspection_by_unit on inspection (unit_id, on_day);
create index inspection_by_act on inspection (act_id);
select names_its_act('inspection', 'act_id');

create table inspection_frame (
  inspection_id uuid not null,
  n int not null check (n between 1 and 9999),
  unit_id uuid not null references unit,
  stratum text not null check (stratum <> ''),
  -- of how many units of its stratum so many are drawn
  stratum_drawn int not null check (stratum_drawn >= 0),
  planner_unit_id uuid not null,
  act_id uuid not null,
  primary key (inspection_id, n),
  foreign key (inspection_id, planner_unit_id) references inspection (id, unit_id),
  constraint inspection_frame_once unique (inspection_id, unit_id),
  constraint nobody_inspects_their_own_unit check (unit_id <> planner_unit_id)
);
create index inspection_frame_by_unit on inspection_frame (unit_id);
create index inspection_frame_by_act on inspection_frame (act_id);
select names_its_act('inspection_frame', 'act_id');

create table inspection_inspector (
  inspection_id uuid not null references inspection,
  person_id uuid not null references person,
  act_id uuid not null,
  primary key (inspection_id, person_id)
);
create index inspection_inspector_by_act on inspection_inspector (act_id);
select names_its_act('inspection_inspector', 'act_id');

-- That it was drawn, with the public number of the day. What was drawn, this does not tell.
create table inspection_draw (
  inspection_id uuid primary key references inspection,
  beacon text not null check (beacon <> ''),
  on_day date not null,
  act_id uuid not null
);
create index inspection_draw_by_act on inspection_draw (act_id);
select names_its_act('inspection_draw', 'act_id');

create table inspection_sealed (
  inspection_id uuid primary key references inspection_draw,
  unit_id uuid not null,
  commitment text not null,
  draw_on date not null,
  opens_on date not null,
  seed text not null,
  on_day date not null,
  act_id uuid not null,
  foreign key (inspection_id, unit_id, commitment, draw_on, opens_on) references inspection (id, unit_id, commitment, draw_on, opens_on),
  constraint inspection_seed_is_what_was_committed check (encode(sha256(convert_to(seed, 'UTF8')), 'hex') = commitment),
  constraint inspection_not_drawn_before_its_day check (on_day >= draw_on)
);
create index inspection_sealed_by_act on inspection_sealed (act_id);
select names_its_act('inspection_sealed', 'act_id');
alter table inspection_sealed enable row level security;
create policy sealed_list_is_the_planners on inspection_sealed to zeren_app
  using (unit_id::text = current_setting('app.unit', true)) with check (unit_id::text = current_setting('app.unit', true));

-- On its day the seed is told, and the list with it.
create table inspection_opening (
  inspection_id uuid primary key references inspection_draw,
  unit_id uuid not null,
  commitment text not null,
  draw_on date not null,
  opens_on date not null,
  seed text not null,
  on_day date not null,
  act_id uuid not null,
  foreign key (inspection_id, unit_id, commitment, draw_on, opens_on) references inspection (id, unit_id, commitment, draw_on, opens_on),
  constraint inspection_opens_with_its_seed check (encode(sha256(convert_to(seed, 'UTF8')), 'hex') = commitment),
  constraint inspection_not_opened_before_its_day check (on_day >= opens_on)
);
create index inspection_opening_by_act on inspection_opening (act_id);
select names_its_act('inspection_opening', 'act_id');
create table inspection_drawn (
  inspection_id uuid not null references inspection_opening,
  n int not null,
  act_id uuid not null,
  primary key (inspection_id, n),
  foreign key (inspection_id, n) references inspection_frame
);
create index inspection_drawn_by_act on inspection_drawn (act_id);
select names_its_act('inspection_drawn', 'act_id');

create table inspection_cancelled (
  inspection_id uuid primary key references inspection,
  reason text not null check (length(reason) >= 4),
  on_day date not null,
  act_id uuid not null
);
create index inspection_cancelled_by_act on inspection_cancelled (act_id);
select names_its_act('inspection_cancelled', 'act_id');

-- What checks found, night by night: a run's count, its count by unit, and what came and went since the run before.
create table check_run (
  check_id text not null,
  n int not null check (n >= 1),
  on_day date not null,
  severity text not null check (severity in ('info', 'warning', 'severe', 'critical')),
  duty text not null,
  title_zh text not null,
  title_en text not null,
  total int not null check (total >= 0),
  fresh int not null check (fresh >= 0),
  gone int not null check (gone >= 0),
  previous int generated always as (nullif(n - 1, 0)) stored,
  previous_day date,
  previous_total int not null,
  act_id uuid not null,
  primary key (check_id, n),
  constraint check_run_known_whole unique (check_id, n, on_day, total),
  constraint check_run_follows foreign key (check_id, previous, previous_day, previous_total)
    references check_run (check_id, n, on_day, total),
  constraint check_run_begins check ((n = 1) = (previous_day is null) and (n > 1 or previous_total = 0)),
  constraint check_run_days_do_not_run_back check (previous_day is null or on_day >= previous_day),
  constraint check_run_adds_up check (total = previous_total + fresh - gone)
);
create index check_run_by_day on check_run (check_id, on_day, n);
create index check_run_by_act on check_run (act_id);
select names_its_act('check_run', 'act_id');

create table check_run_unit (
  check_id text not null,
  n int not null,
  unit_id uuid not null references unit,
  total int not null check (total >= 1),
  act_id uuid not null,
  primary key (check_id, n, unit_id),
  foreign key (check_id, n) references check_run
);
create index check_run_unit_by_unit on check_run_unit (unit_id, check_id, n);
create index check_run_unit_by_act on check_run_unit (act_id);
select names_its_act('check_run_unit', 'act_id');

create table check_row (
  id uuid primary key,
  check_id text not null,
  -- the run that found it first
  n int not null,
  unit_id uuid not null references unit,
  record text not null,
  -- the same record may be found for more than one reason
  k int not null check (k >= 1),
  label_zh text not null,
  label_en text not null,
  since date,
  act_id uuid not null,
  foreign key (check_id, n) references check_run
);
create index check_row_by_run on check_row (check_id, n);
create index check_row_by_record on check_row (check_id, unit_id, record);
create index check_row_by_act on check_row (act_id);
select names_its_act('check_row', 'act_id');
create table check_row_gone (
  row_id uuid primary key references check_row,
  check_id text not null,
  -- the first run that did not find it any more
  n int not null,
  act_id uuid not null,
  foreign key (check_id, n) references check_run
);
create index check_row_gone_by_run on check_row_gone (check_id, n);
create index check_row_gone_by_act on check_row_gone (act_id);
select names_its_act('check_row_gone', 'act_id');

-- The list of problems: what, whose, by when; each followed step by step to its end.
create table finding (
  id uuid primary key,
  -- who found it, and whose it is to put right
  inspector_unit_id uuid not null references unit,
  unit_id uuid not null references unit,
  duty text not null,
  -- a check or a duty: what recurs is told by it
  subject text not null,
  title text not null check (length(title) between 2 and 200),
  facts text not null check (length(facts) >= 4),
  severity text not null check (severity in ('info', 'warning', 'severe', 'critical')),
  due_on date not null,
  inspection_id uuid,
  check_row_id uuid references check_row,
  recurrence_of uuid,
  on_day date not null,
  act_id uuid not null,
  constraint finding_known_with_its_unit unique (id, unit_id),
  constraint finding_known_with_its_subject unique (id, unit_id, subject),
  foreign key (inspection_id, inspector_unit_id) references inspection (id, unit_id),
  constraint finding_recurs_where_it_was foreign key (recurrence_of, unit_id, subject) references finding (id, unit_id, subject),
  constraint nobody_finds_in_their_own_unit check (inspector_unit_id <> unit_id),
  constraint finding_is_due_later check (due_on >= on_day)
);
create index finding_by_unit on finding (unit_id, subject);
create index finding_by_inspector on finding (inspector_unit_id, on_day);
create index finding_by_inspection on finding (inspection_id);
create index finding_by_row on finding (check_row_id);
create index finding_by_recurrence on finding (recurrence_of);
create index finding_by_act on finding (act_id);
select names_its_act('finding', 'act_id');

create table finding_step (
  finding_id uuid not null,
  ordinal int not null check (ordinal >= 1),
  step text not null,
  state text not null,
  -- in whose name it was done, and who did it
  unit_id uuid not null references unit,
  person_id uuid not null references person,
  note text not null check (length(note) >= 4),
  -- the day by which it is to be put right, from here on
  due_on date not null,
  on_day date not null,
  act_id uuid not null,
  responsible_unit_id uuid not null,
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  from_state text not null,
  from_day date,
  from_person uuid,
  primary key (finding_id, ordinal),
  foreign key (finding_id, responsible_unit_id) references finding (id, unit_id),
  constraint finding_step_known_whole unique (finding_id, ordinal, state, on_day, person_id),
  constraint finding_step_follows foreign key (finding_id, previous, from_state, from_day, from_person)
    references finding_step (finding_id, ordinal, state, on_day, person_id),
  constraint finding_begins_with_nothing check ((ordinal = 1) = (from_state = 'none') and (ordinal = 1) = (from_day is null)
                                                and (ordinal = 1) = (from_person is null)),
  constraint finding_days_do_not_run_back check (from_day is null or on_day >= from_day),
  constraint finding_steps_in_order check (
    (step, from_state, state) in (
      ('record', 'none', 'open'),
      ('explain', 'open', 'explained'),
      ('explain', 'explained', 'explained'),
      ('explain', 'returned', 'explained'),
      ('rectify', 'explained', 'rectified'),
      ('rectify', 'returned', 'rectified'),
      ('close', 'rectified', 'closed'),
      ('return', 'rectified', 'returned'),
      ('withdraw', 'open', 'withdrawn'),
      ('withdraw', 'explained', 'withdrawn'),
      ('withdraw', 'rectified', 'withdrawn'),
      ('withdraw', 'returned', 'withdrawn'))),
  constraint finding_is_verified_by_somebody_else check (
    step not in ('close', 'return') or (person_id <> from_person and unit_id <> responsible_unit_id)),
  constraint finding_is_put_right_by_its_unit check (step not in ('explain', 'rectify') or unit_id = responsible_unit_id)
);
create index finding_step_by_day on finding_step (on_day, finding_id);
create index finding_step_by_act on finding_step (act_id);
select names_its_act('finding_step', 'act_id');

create table finding_interview (
  finding_id uuid not null references finding,
  n int not null check (n >= 1),
  unit_id uuid not null references unit,
  post text not null,
  person_id uuid not null references person,
  words text not null check (length(words) >= 4),
  on_day date not null,
  act_id uuid not null,
  primary key (finding_id, n)
);
create index finding_interview_by_act on finding_interview (act_id);
select names_its_act('finding_interview', 'act_id');

create table finding_handover (
  finding_id uuid primary key references finding,
  unit_id uuid not null references unit,
  grounds text not null check (length(grounds) >= 4),
  on_day date not null,
  act_id uuid not null,
  constraint handover_known_with_its_day unique (finding_id, on_day)
);
create index finding_handover_by_act on finding_handover (act_id);
select names_its_act('finding_handover', 'act_id');
create table finding_discipline (
  finding_id uuid primary key,
  handed_on date not null,
  outcome text not null check (outcome in ('no-case', 'warned', 'case-opened', 'sanctioned')),
  words text not null check (length(words) >= 4),
  on_day date not null,
  act_id uuid not null,
  foreign key (finding_id, handed_on) references finding_handover (finding_id, on_day),
  constraint discipline_after_its_handover check (on_day >= handed_on)
);
create index finding_discipline_by_act on finding_discipline (act_id);
select names_its_act('finding_discipline', 'act_id');

do $$
declare
  each text;
begin
  foreach each in array array['inspection', 'inspection_frame', 'inspection_inspector', 'inspection_draw', 'inspection_sealed',
    'inspection_opening', 'inspection_drawn', 'inspection_cancelled', 'check_run', 'check_run_unit', 'check_row', 'check_row_gone',
    'finding', 'finding_step', 'finding_interview', 'finding_handover', 'finding_discipline'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    if each <> 'inspection_sealed' then
      execute format('grant select on %I to zeren_reader', each);
    end if;
  end loop;
end $$;
