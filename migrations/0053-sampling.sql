-- Third-party evaluation by sampling. The design with its frame; the seed's digest, published before the draw; the draw, which reveals the
-- seed; the answers; the estimates. Before the draw there is no list: it follows from a seed that nobody has told.
create table sampling (
  id uuid primary key,
  -- who commissions it
  unit_id uuid not null references unit,
  year int not null check (year between 2000 and 2100),
  title text not null check (length(title) between 2 and 200),
  expected_bp int not null check (expected_bp between 1 and 9999),
  half_width_bp int not null check (half_width_bp between 1 and 5000),
  confidence_bp int not null check (confidence_bp between 5000 and 9999),
  -- how alike households of a village are, in ten-thousandths; how many of them are visited, and how many stand by
  alike_bp int not null check (alike_bp between 0 and 10000),
  per_village int not null check (per_village between 2 and 200),
  reserve int not null check (reserve between 0 and 100),
  frame_digest text not null check (frame_digest ~ '^[0-9a-f]{64}$'),
  made_up boolean not null,
  on_day date not null,
  act_id uuid not null,
  constraint sampling_known_with_its_unit unique (id, unit_id),
  constraint sampling_known_with_its_day unique (id, on_day)
);
create index sampling_by_unit on sampling (unit_id, year);
create index sampling_by_year on sampling (year);
select names_its_act('sampling', 'act_id');

-- A county of the frame, with what is known of it beside the sample.
create table sampling_county (
  sampling_id uuid not null references sampling,
  n int not null check (n between 1 and 999),
  unit_id uuid not null references unit,
  stratum text not null check (stratum <> ''),
  -- of how many counties of its stratum so many are drawn
  stratum_counties int not null check (stratum_counties >= 1),
  stratum_drawn int not null check (stratum_drawn between 1 and stratum_counties),
  rural_persons int not null check (rural_persons > 0),
  poor_persons int not null check (poor_persons >= 0),
  exited_persons int not null check (exited_persons >= 0),
  -- villages to be drawn, and the half-width that this gives
  villages_drawn int not null check (villages_drawn >= 2),
  half_width_bp numeric not null,
  act_id uuid not null,
  primary key (sampling_id, n),
  constraint sampling_county_once unique (sampling_id, unit_id),
  constraint sampling_county_adds_up check (poor_persons + exited_persons <= rural_persons)
);
create index sampling_county_by_unit on sampling_county (unit_id);
select names_its_act('sampling_county', 'act_id');

-- The villages of the frame with how many households their paper list counts: households are drawn by their number in it.
create table sampling_village (
  sampling_id uuid not null,
  county int not null,
  n int not null check (n between 1 and 9999),
  name text not null check (name <> ''),
  stratum text not null check (stratum <> ''),
  households int not null check (households between 1 and 9999),
  act_id uuid not null,
  primary key (sampling_id, county, n),
  foreign key (sampling_id, county) references sampling_county (sampling_id, n),
  constraint sampling_village_once unique (sampling_id, county, name)
);
select names_its_act('sampling_village', 'act_id');

create table sampling_seed (
  sampling_id uuid primary key references sampling,
  commitment text not null check (commitment ~ '^[0-9a-f]{64}$'),
  draw_on date not null,
  -- the number drawn in public on that day, which nobody can know before
  public_number text not null check (length(public_number) between 2 and 200),
  on_day date not null,
  act_id uuid not null,
  constraint sampling_seed_known_whole unique (sampling_id, commitment, draw_on),
  constraint sampling_seed_before_its_draw check (draw_on > on_day)
);
select names_its_act('sampling_seed', 'act_id');

create table sampling_draw (
  sampling_id uuid primary key,
  commitment text not null,
  draw_on date not null,
  seed text not null,
  beacon text not null check (beacon <> ''),
  sample_digest text not null check (sample_digest ~ '^[0-9a-f]{64}$'),
  counties int not null,
  villages int not null,
  households int not null,
  on_day date not null,
  act_id uuid not null,
  foreign key (sampling_id, commitment, draw_on) references sampling_seed (sampling_id, commitment, draw_on),
  constraint sampling_seed_is_what_was_committed check (encode(sha256(convert_to(seed, 'UTF8')), 'hex') = commitment),
  constraint sampling_not_drawn_before_its_day check (on_day >= draw_on)
);
select names_its_act('sampling_draw', 'act_id');

-- A village that was drawn, and the numbers of its households in the order drawn: first those to visit, then those that stand by.
create table sampling_drawn (
  sampling_id uuid not null references sampling_draw,
  county int not null,
  village int not null,
  probability double precision not null check (probability > 0 and probability <= 1),
  certain boolean not null,
  main int[] not null check (cardinality(main) >= 1),
  reserve int[] not null,
  act_id uuid not null,
  primary key (sampling_id, county, village),
  foreign key (sampling_id, county, village) references sampling_village
);
select names_its_act('sampling_drawn', 'act_id');

-- What a household's questionnaire came to. A correction is a further version with its reason. Nothing tells who lives there.
create table sampling_answer (
  sampling_id uuid not null,
  county int not null,
  village int not null,
  household int not null,
  version int not null check (version >= 1),
  outcome text not null check (outcome in ('interviewed', 'not-found', 'refused')),
  standing text check (standing in ('exited', 'poor', 'unregistered')),
  persons int check (persons between 1 and 30),
  wrong int check (wrong >= 0),
  missed int check (missed >= 0),
  approves boolean,
  reason text,
  on_day date not null,
  act_id uuid not null,
  primary key (sampling_id, county, village, household, version),
  foreign key (sampling_id, county, village) references sampling_drawn,
  constraint sampling_answer_only_of_the_interviewed
    check (outcome = 'interviewed' or (standing is null and persons is null and wrong is null and missed is null and approves is null)),
  constraint sampling_wrong_only_of_the_exited check (wrong is null or (wrong <= persons and (wrong = 0 or standing = 'exited')) is true),
  constraint sampling_missed_only_of_the_unregistered
    check (missed is null or (missed <= persons and (missed = 0 or standing = 'unregistered')) is true),
  constraint sampling_correction_has_a_reason check (version = 1 or length(reason) >= 4)
);
create index sampling_answer_by_day on sampling_answer (sampling_id, on_day);
select names_its_act('sampling_answer', 'act_id');

create function sampling_answer_is_of_the_sample() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from inserted i join sampling_drawn d on d.sampling_id = i.sampling_id and d.county = i.county and d.village = i.village
              where not i.household = any (d.main || d.reserve)) then
    raise exception 'a household that was not drawn has no answer' using errcode = 'check_violation', constraint = 'sampling_answer_is_of_the_sample';
  end if;
  if exists (select from inserted i join sampling_close c on c.sampling_id = i.sampling_id) then
    raise exception 'a closed evaluation takes no answers' using errcode = 'check_violation', constraint = 'sampling_closed_takes_no_answers';
  end if;
  return null;
end $$;
create trigger sampling_answer_is_of_the_sample after insert on sampling_answer referencing new table as inserted
  for each statement execute function sampling_answer_is_of_the_sample();

create table sampling_close (
  sampling_id uuid primary key references sampling_draw,
  inputs_digest text not null check (inputs_digest ~ '^[0-9a-f]{64}$'),
  on_day date not null,
  act_id uuid not null
);
select names_its_act('sampling_close', 'act_id');

-- The estimates as they were computed when it was closed: of each county drawn, and of all of them together.
create table sampling_estimate (
  sampling_id uuid not null references sampling_close,
  -- 0: all counties together
  county int not null,
  metric text not null check (metric in ('headcount', 'wrongExit', 'miss', 'approval')),
  value double precision not null,
  low double precision not null check (low >= 0),
  high double precision not null check (high <= 1 and high >= low),
  standard_error double precision not null,
  design_effect double precision not null,
  degrees int not null,
  households int not null,
  effective_size double precision not null,
  by_plan boolean not null,
  limit_bp int,
  verdict text not null check (verdict in ('met', 'not-met', 'cannot-tell', 'no-limit')),
  act_id uuid not null,
  primary key (sampling_id, county, metric),
  -- said to be met only where the whole interval lies on the right side of the limit
  constraint sampling_met_only_beyond_doubt check (
    (verdict = 'no-limit') = (limit_bp is null)
    and (verdict <> 'met' or (case when metric = 'approval' then low * 10000 >= limit_bp else high * 10000 < limit_bp end)))
);
select names_its_act('sampling_estimate', 'act_id');

do $$
declare
  each text;
begin
  foreach each in array array['sampling', 'sampling_county', 'sampling_village', 'sampling_seed', 'sampling_draw', 'sampling_drawn',
                              'sampling_answer', 'sampling_close', 'sampling_estimate'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    execute format('grant select on %I to zeren_reader', each);
  end loop;
end $$;
