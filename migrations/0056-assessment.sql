-- The yearly assessment: weights that whoever assesses adopted, what the assessed reported of itself, what was verified, and the score that
-- was signed with all that it stands on. Rows are only ever added; what corrects a result is its next signature.

-- An indicator's weight in basis points, and between which values its points run: none at «zero», all of them at «full», in hundredths.
create function assessment_scales_hold(scales jsonb) returns boolean language sql immutable as $$
  select jsonb_typeof(scales) = 'object' and coalesce(sum((value ->> 'weight')::int), 0) = 10000
         and coalesce(bool_and((value ->> 'weight')::int > 0 and (value ->> 'zero')::int <> (value ->> 'full')::int), false)
    from jsonb_each(case when jsonb_typeof(scales) = 'object' then scales else '{}' end) $$;

create table assessment_weights (
  id uuid primary key,
  unit_id uuid not null references unit,
  scheme text not null check (scheme <> ''),
  year int not null check (year between 2000 and 2100),
  version int not null check (version >= 1),
  title text not null check (title <> ''),
  scales jsonb not null,
  -- adopted to show how it works, and official in nobody's eyes
  made_up boolean not null,
  note text check (note <> ''),
  on_day date not null,
  act_id uuid not null,
  constraint assessment_weights_version_once unique (unit_id, scheme, year, version),
  constraint assessment_weights_are_whole check (assessment_scales_hold(scales))
);
select names_its_act('assessment_weights', 'act_id');

create table assessment (
  id uuid primary key,
  -- who assesses, and who is assessed
  unit_id uuid not null references unit,
  of_unit_id uuid not null references unit,
  scheme text not null check (scheme <> ''),
  year int not null check (year between 2000 and 2100),
  on_day date not null,
  act_id uuid not null,
  constraint assessment_is_one unique (of_unit_id, scheme, year),
  constraint nobody_assesses_itself check (unit_id <> of_unit_id)
);
create index assessment_by_unit on assessment (unit_id, scheme, year);
create index assessment_by_year on assessment (scheme, year);
select names_its_act('assessment', 'act_id');

-- Told step by step; each row names the row before it, so that nothing is signed that was not verified.
create table assessment_step (
  assessment_id uuid not null references assessment,
  ordinal int not null check (ordinal >= 1),
  step text not null,
  state text not null,
  reason text,
  on_day date not null,
  person_id uuid not null,
  act_id uuid not null,
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  from_state text not null,
  from_day date,
  primary key (assessment_id, ordinal),
  constraint assessment_step_known_whole unique (assessment_id, ordinal, state, on_day),
  constraint assessment_step_follows foreign key (assessment_id, previous, from_state, from_day)
    references assessment_step (assessment_id, ordinal, state, on_day),
  constraint assessment_begins_with_nothing check ((ordinal = 1) = (from_state = 'none') and (ordinal = 1) = (from_day is null)),
  constraint assessment_days_do_not_run_back check (from_day is null or on_day >= from_day),
  constraint assessment_steps_in_order check ((step, from_state, state) in (
    ('open', 'none', 'opened'), ('report', 'opened', 'reported'), ('report', 'returned', 'reported'), ('return', 'reported', 'returned'),
    ('verify', 'reported', 'verified'), ('verify', 'verified', 'verified'), ('verify', 'signed', 'verified'),
    ('verify', 'appealed', 'verified'), ('sign', 'verified', 'signed'), ('appeal', 'signed', 'appealed'))),
  constraint assessment_step_has_a_reason
    check (not (step in ('return', 'appeal') or (step = 'verify' and from_state in ('signed', 'appealed'))) or length(reason) >= 4)
);
create index assessment_step_by_day on assessment_step (on_day, assessment_id);
select names_its_act('assessment_step', 'act_id');

-- What was reported, and what was verified, of each indicator at a step: in hundredths. Beside it what the system itself knew then, and by what.
create table assessment_value (
  assessment_id uuid not null,
  ordinal int not null,
  indicator text not null check (indicator <> ''),
  value int check (abs(value) <= 100000000),
  system_value int check (abs(system_value) <= 100000000),
  basis jsonb,
  evidence text check (evidence <> ''),
  act_id uuid not null,
  primary key (assessment_id, ordinal, indicator),
  foreign key (assessment_id, ordinal) references assessment_step (assessment_id, ordinal),
  constraint assessment_system_value_has_a_basis check (system_value is null or basis is not null)
);
select names_its_act('assessment_value', 'act_id');

create table assessment_veto (
  assessment_id uuid not null,
  ordinal int not null,
  veto text not null check (veto <> ''),
  evidence text not null check (length(evidence) >= 4),
  act_id uuid not null,
  primary key (assessment_id, ordinal, veto),
  foreign key (assessment_id, ordinal) references assessment_step (assessment_id, ordinal)
);
select names_its_act('assessment_veto', 'act_id');

create function sum_of_points(points jsonb) returns bigint language sql immutable as $$
  select coalesce(sum(value::bigint), 0)::bigint from jsonb_each_text(points) $$;

-- A signature: points in hundredths, and the evidence, word for word, from which whoever doubts them computes them again.
create table assessment_signature (
  assessment_id uuid not null,
  version int not null check (version >= 1),
  ordinal int not null,
  weights_id uuid references assessment_weights,
  points jsonb not null,
  score int check (score between 0 and 10000),
  grade text,
  evidence text not null,
  digest text not null,
  on_day date not null,
  act_id uuid not null,
  primary key (assessment_id, version),
  constraint assessment_signed_once_a_step unique (assessment_id, ordinal),
  foreign key (assessment_id, ordinal) references assessment_step (assessment_id, ordinal),
  constraint assessment_evidence_is_what_was_digested check (encode(sha256(convert_to(evidence, 'UTF8')), 'hex') = digest),
  constraint assessment_score_is_its_points check (score is null or score = sum_of_points(points)),
  constraint assessment_without_weights_has_no_score check ((weights_id is null) = (score is null) and (score is null) = (grade is null))
);
select names_its_act('assessment_signature', 'act_id');

-- What followed from a signed result.
create table assessment_consequence (
  assessment_id uuid not null,
  version int not null,
  consequence text not null check (consequence <> ''),
  words text not null check (length(words) >= 4),
  on_day date not null,
  act_id uuid not null,
  primary key (assessment_id, version, consequence),
  foreign key (assessment_id, version) references assessment_signature
);
select names_its_act('assessment_consequence', 'act_id');

do $$
declare
  each text;
begin
  foreach each in array array['assessment_weights', 'assessment', 'assessment_step', 'assessment_value', 'assessment_veto',
                              'assessment_signature', 'assessment_consequence'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    execute format('grant select on %I to zeren_reader', each);
  end loop;
end $$;
