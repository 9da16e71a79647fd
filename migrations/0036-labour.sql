-- Labour: villages and what they need, the people that can be sent, resident teams (驻村工作队) with their first secretaries, leave,
-- attendance, and the helper of every household. Villages are not units of the charter: they lie in one.

create table labour_skill (
  id text primary key check (id ~ '^[a-z-]+$'),
  zh text not null,
  en text not null,
  -- the list is ours: no document gives one
  status text not null check (status in ('V', 'P', 'K', 'made-up'))
);
insert into labour_skill (id, zh, en, status) values
  ('agriculture', '农业技术', 'agriculture', 'made-up'),
  ('animal-husbandry', '畜牧养殖', 'animal husbandry', 'made-up'),
  ('construction', '工程建设', 'construction', 'made-up'),
  ('e-commerce', '电子商务', 'e-commerce', 'made-up'),
  ('education', '教育', 'education', 'made-up'),
  ('finance', '财务金融', 'finance', 'made-up'),
  ('health', '医疗卫生', 'health', 'made-up'),
  ('law', '法律', 'law', 'made-up'),
  ('party-building', '党建', 'party building', 'made-up'),
  ('water', '水利', 'water works', 'made-up');

create table village (
  id uuid primary key,
  -- the county that it lies in
  unit_id uuid not null references unit,
  township_zh text not null check (township_zh <> ''),
  township_en text not null check (township_en <> ''),
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  -- where it lies, in metres east and north of the county's own point of reference
  east_m int check (east_m between -500000 and 500000),
  north_m int check (north_m between -500000 and 500000),
  made_up boolean not null,
  on_day date not null,
  act_id uuid not null,
  check ((east_m is null) = (north_m is null)),
  constraint village_once unique (unit_id, township_zh, name_zh),
  constraint village_known_with_its_unit unique (id, unit_id)
);
select names_its_act('village', 'act_id');

-- What a village needs, as stated on a day: the latest statement holds. No people at all: it needs no team any more.
create table village_statement (
  village_id uuid not null references village,
  n int not null check (n >= 1),
  on_day date not null,
  people int not null check (people between 0 and 50),
  households int not null check (households between 0 and 100000),
  -- how heavily it weighs beside other villages
  weight int not null check (weight between 1 and 10),
  act_id uuid not null,
  primary key (village_id, n)
);
select names_its_act('village_statement', 'act_id');
create table village_need (
  village_id uuid not null,
  n int not null,
  skill text not null references labour_skill,
  people int not null check (people between 1 and 20),
  act_id uuid not null,
  primary key (village_id, n, skill),
  foreign key (village_id, n) references village_statement
);
select names_its_act('village_need', 'act_id');

-- Who can be sent: a person, registered by the county where they serve; what they can do and what limits them, as stated on a day.
create table worker (
  id uuid primary key references person,
  unit_id uuid not null references unit,
  on_day date not null,
  act_id uuid not null,
  constraint worker_known_with_its_unit unique (id, unit_id)
);
create index worker_by_unit on worker (unit_id);
select names_its_act('worker', 'act_id');
create table worker_version (
  worker_id uuid not null references worker,
  n int not null check (n >= 1),
  on_day date not null,
  -- the body that sends them
  employer_zh text not null check (employer_zh <> ''),
  employer_en text not null check (employer_en <> ''),
  -- where they come from: a county, and a township of it
  home_unit_id uuid references unit,
  home_township_zh text check (home_township_zh <> ''),
  -- whether they may serve at home all the same
  home_allowed boolean not null,
  skills text[] not null,
  -- where they live now, in metres as of villages, and how far from there they can be sent
  east_m int check (east_m between -500000 and 500000),
  north_m int check (north_m between -500000 and 500000),
  travel_km_max int check (travel_km_max between 1 and 1000),
  -- they cannot stay in the village overnight
  no_night boolean not null,
  -- they can be sent, and go on in what they do
  available boolean not null,
  act_id uuid not null,
  primary key (worker_id, n),
  check ((east_m is null) = (north_m is null))
);
select names_its_act('worker_version', 'act_id');
create table worker_private (
  worker_id uuid primary key references worker,
  unit_id uuid not null references unit,
  id_number text not null,
  phone text not null,
  act_id uuid not null,
  constraint worker_once unique (unit_id, id_number)
);
select names_its_act('worker_private', 'act_id');
alter table worker_private enable row level security;
create policy worker_seen_by_its_county on worker_private to zeren_app
  using (unit_id::text = current_setting('app.unit', true)) with check (unit_id::text = current_setting('app.unit', true));

-- A resident team of one village: one at a time.
create table team (
  id uuid primary key,
  unit_id uuid not null references unit,
  village_id uuid not null,
  valid_at daterange not null check (not isempty(valid_at)),
  act_id uuid not null,
  ended_by uuid,
  ended_note text,
  foreign key (village_id, unit_id) references village (id, unit_id),
  constraint village_has_one_team_at_a_time unique (village_id, valid_at without overlaps),
  constraint team_end_is_an_act check (upper_inf(valid_at) = (ended_by is null))
);
create index team_by_unit on team (unit_id);
create index team_by_village on team (village_id);
select names_its_act('team', 'act_id');
select names_its_act('team', 'ended_by');

-- Who serves in it. A leader may be the first secretary (第一书记) too; nobody serves in two teams at once.
create table team_member (
  team_id uuid not null references team,
  worker_id uuid not null references worker,
  role text not null check (role in ('leader', 'member')),
  first_secretary boolean not null,
  -- the last day of the term that was agreed
  term_until date not null,
  valid_at daterange not null check (not isempty(valid_at)),
  act_id uuid not null,
  ended_by uuid,
  ended_why text check (ended_why in ('recalled', 'relieved', 'changed', 'dissolved')),
  ended_note text,
  constraint worker_serves_in_one_team_at_a_time primary key (worker_id, valid_at without overlaps),
  constraint team_has_one_leader_at_a_time exclude using gist (team_id with =, valid_at with &&) where (role = 'leader'),
  constraint team_has_one_first_secretary_at_a_time exclude using gist (team_id with =, valid_at with &&) where (first_secretary),
  constraint team_member_end_is_an_act check (upper_inf(valid_at) = (ended_by is null) and (ended_by is null) = (ended_why is null)),
  constraint team_member_recalled_for_a_reason check (ended_why is distinct from 'recalled' or coalesce(length(ended_note), 0) >= 4),
  constraint team_member_term_follows check (term_until > lower(valid_at))
);
create index team_member_by_worker on team_member (worker_id);
create index team_member_by_team on team_member (team_id);
select names_its_act('team_member', 'act_id');
select names_its_act('team_member', 'ended_by');

-- The helper (帮扶责任人) of a household: one at a time. The household is known by a reference that says nothing of its people.
create table helper (
  village_id uuid not null,
  unit_id uuid not null,
  household text not null check (household ~ '^[0-9A-Za-z-]{1,40}$'),
  worker_id uuid not null references worker,
  valid_at daterange not null check (not isempty(valid_at)),
  act_id uuid not null,
  ended_by uuid,
  foreign key (village_id, unit_id) references village (id, unit_id),
  constraint household_has_one_helper_at_a_time primary key (village_id, household, valid_at without overlaps),
  constraint helper_end_is_an_act check (upper_inf(valid_at) = (ended_by is null))
);
create index helper_by_household on helper (village_id, household);
create index helper_by_worker on helper (worker_id);
create index helper_by_unit on helper (unit_id);
select names_its_act('helper', 'act_id');
select names_its_act('helper', 'ended_by');

-- Leave: asked for some days, and granted or refused by somebody else.
create table leave (
  id uuid primary key,
  worker_id uuid not null references worker,
  team_id uuid not null references team,
  kind text not null check (kind in ('personal', 'sick', 'family', 'annual', 'duty')),
  from_day date not null,
  to_day date not null,
  days int not null generated always as (to_day - from_day + 1) stored,
  reason text not null check (length(reason) >= 2),
  -- who put it down
  person_id uuid not null,
  on_day date not null,
  act_id uuid not null,
  check (to_day between from_day and from_day + 365),
  constraint leave_known_with_who_asked unique (id, person_id)
);
create index leave_by_worker on leave (worker_id, from_day);
create index leave_by_team on leave (team_id, from_day);
select names_its_act('leave', 'act_id');
create table leave_decision (
  leave_id uuid primary key,
  asked_by uuid not null,
  outcome text not null check (outcome in ('granted', 'refused')),
  remarks text,
  person_id uuid not null,
  on_day date not null,
  act_id uuid not null,
  foreign key (leave_id, asked_by) references leave (id, person_id),
  constraint leave_granted_by_another check (person_id <> asked_by),
  constraint leave_refused_for_a_reason check (outcome = 'granted' or coalesce(length(remarks), 0) >= 4)
);
select names_its_act('leave_decision', 'act_id');

-- The attendance sheet (考勤) of one person of a team for one month: a mark for each of its days. p present, l on leave, d away on duty,
-- a absent, - not told (before joining, after leaving, rest days, days to come). A later sheet takes the place of an earlier one and names it.
create table attendance (
  worker_id uuid not null references worker,
  team_id uuid not null references team,
  month date not null check (extract(day from month) = 1),
  n int not null check (n >= 1),
  marks text not null check (marks ~ '^[plda-]{28,31}$' and length(marks) = extract(day from month + interval '1 month' - interval '1 day')),
  present int not null generated always as (length(translate(marks, 'lda-', ''))) stored,
  counted int not null generated always as (length(translate(marks, '-', ''))) stored,
  on_day date not null,
  -- the act that entered what this corrects
  corrects uuid,
  act_id uuid not null,
  previous int generated always as (nullif(n - 1, 0)) stored,
  primary key (worker_id, team_id, month, n),
  constraint attendance_known_with_its_act unique (worker_id, team_id, month, n, act_id),
  constraint attendance_corrects_what_stands foreign key (worker_id, team_id, month, previous, corrects)
    references attendance (worker_id, team_id, month, n, act_id),
  constraint attendance_correction_named check ((n = 1) = (corrects is null)),
  constraint attendance_not_in_the_future check (month + length(rtrim(marks, '-')) - 1 <= on_day)
);
create index attendance_by_team on attendance (team_id, month);
select names_its_act('attendance', 'act_id');

-- Days are told only of those who served in the team on them.
create function attendance_only_while_serving() returns trigger language plpgsql security definer set search_path = public, pg_temp
  set enable_seqscan = off as $$
declare
  bad record;
begin
  select t.worker_id, t.month + d.n as day into bad
    from inserted t cross join lateral generate_series(0, length(t.marks) - 1) as d (n)
   where substr(t.marks, d.n + 1, 1) <> '-'
     and not exists (select from team_member m
                      where m.worker_id = t.worker_id and m.team_id = t.team_id and (m.valid_at @> (t.month + d.n)) is true)
   limit 1;
  if found then
    raise exception 'worker % did not serve in the team on %', bad.worker_id, bad.day
      using errcode = 'check_violation', constraint = 'attendance_only_while_serving';
  end if;
  return null;
end $$;
create trigger attendance_only_while_serving after insert on attendance referencing new table as inserted
  for each statement execute function attendance_only_while_serving();

-- A member serves within the life of the team.
create function team_member_within_team() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from team t where t.id = new.team_id and (t.valid_at @> new.valid_at) is true) then
    raise exception 'worker % would serve in team % outside its life', new.worker_id, new.team_id
      using errcode = 'check_violation', constraint = 'team_member_within_team';
  end if;
  return null;
end $$;
create constraint trigger team_member_within_team after insert or update on team_member deferrable initially deferred
  for each row execute function team_member_within_team();
create function team_ends_with_its_members() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from team_member m where m.team_id = new.id and (m.valid_at <@ new.valid_at) is not true) then
    raise exception 'team % has members beyond its end', new.id using errcode = 'check_violation', constraint = 'team_ends_with_its_members';
  end if;
  return null;
end $$;
create constraint trigger team_ends_with_its_members after update on team deferrable initially deferred
  for each row execute function team_ends_with_its_members();

-- What lasts for a time may come to its end, once; nothing else of it changes.
create function only_ends() returns trigger language plpgsql as $$
declare
  stays text[] := array['valid_at', 'ended_by', 'ended_why', 'ended_note'];
begin
  if old.ended_by is not null or to_jsonb(old) - stays <> to_jsonb(new) - stays or lower(old.valid_at) <> lower(new.valid_at)
     or (not upper_inf(old.valid_at) and upper(new.valid_at) > upper(old.valid_at)) then
    raise exception 'rows of % only come to an end, once', tg_table_name using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

do $$
declare
  each text;
begin
  foreach each in array array['labour_skill', 'village', 'village_statement', 'village_need', 'worker', 'worker_version', 'leave', 'leave_decision', 'attendance'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
  end loop;
  foreach each in array array['team', 'team_member', 'helper'] loop
    execute format('create trigger %1$I_only_ends before update on %1$I for each row execute function only_ends()', each);
    execute format('grant update on %I to zeren_app', each);
  end loop;
  foreach each in array array['worker_private', 'team', 'team_member', 'helper'] loop
    execute format('create trigger %1$I_is_never_deleted before delete on %1$I for each row execute function refuse_change()', each);
  end loop;
  foreach each in array array['labour_skill', 'village', 'village_statement', 'village_need', 'worker', 'worker_version', 'team', 'team_member',
                              'helper', 'leave', 'leave_decision', 'attendance'] loop
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select on %I to zeren_app, zeren_reader', each);
  end loop;
  foreach each in array array['village', 'village_statement', 'village_need', 'worker', 'worker_version', 'team', 'team_member',
                              'helper', 'leave', 'leave_decision', 'attendance'] loop
    execute format('grant insert on %I to zeren_app', each);
  end loop;
end $$;
create trigger worker_private_is_never_emptied before truncate on worker_private for each statement execute function refuse_change();
-- A telephone number changes; who may see it does not.
grant select, insert, update (phone, act_id) on worker_private to zeren_app;

-- As of a day: the statement of each village, and what each worker was known for.
create function village_statement_on(day date) returns setof village_statement language sql stable as $$
  select distinct on (s.village_id) s.* from village_statement s where s.on_day <= day order by s.village_id, s.n desc $$;
create function worker_version_on(day date) returns setof worker_version language sql stable as $$
  select distinct on (v.worker_id) v.* from worker_version v where v.on_day <= day order by v.worker_id, v.n desc $$;
-- The sheet that stands for each person and month.
create function attendance_on(day date) returns setof attendance language sql stable as $$
  select distinct on (a.worker_id, a.team_id, a.month) a.* from attendance a
   where a.on_day <= day order by a.worker_id, a.team_id, a.month, a.n desc $$;
-- Each team of a day with its people, its leaders and first secretaries.
create function team_on(day date) returns table (team_id uuid, unit_id uuid, village_id uuid, since date, people int, leaders int, first_secretaries int, act_id uuid)
language sql stable as $$
  select t.id, t.unit_id, t.village_id, lower(t.valid_at), count(m.worker_id)::int, (count(*) filter (where m.role = 'leader'))::int,
         (count(*) filter (where m.first_secretary))::int, t.act_id
    from team t left join team_member m on m.team_id = t.id and m.valid_at @> day
   where t.valid_at @> day
   group by t.id $$;
