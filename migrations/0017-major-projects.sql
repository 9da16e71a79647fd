-- Major projects: devised above in versions, with a share for each unit directly below, which divides it among its counties.
-- Rows are only ever added, and what holds on a day is the newest of its kind by then.
create table major_project (
  id uuid primary key,
  unit_id uuid not null references unit,
  act_id uuid not null
);
select names_its_act('major_project', 'act_id');

create table major_project_version (
  major_project_id uuid not null references major_project,
  version int not null check (version >= 1),
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  kind text not null check (kind in ('industry', 'infrastructure', 'relocation', 'housing', 'education', 'health', 'employment', 'ecology', 'water', 'social-security', 'other')),
  from_year int not null check (from_year between 2000 and 2100),
  to_year int not null check (to_year between 2000 and 2100),
  -- what is counted, in words, and which of a county project's fields counts towards it
  measure_zh text not null check (measure_zh <> ''),
  measure_en text not null check (measure_en <> ''),
  counts text not null check (counts in ('persons', 'households', 'projects', 'nothing')),
  quantity int not null check (quantity > 0),
  document_number text not null check (document_number <> ''),
  status text not null check (status in ('V', 'P', 'K', 'made-up')),
  source text,
  -- why it was revised
  reason text,
  on_day date not null,
  act_id uuid not null,
  primary key (major_project_id, version),
  constraint major_project_version_known_whole unique (major_project_id, version, quantity),
  constraint major_project_years_run_forward check (to_year >= from_year),
  constraint major_project_revised_with_a_reason check ((version = 1) = (reason is null))
);
select names_its_act('major_project_version', 'act_id');

create table major_project_share (
  major_project_id uuid not null,
  version int not null,
  unit_id uuid not null references unit,
  quantity int not null check (quantity > 0),
  act_id uuid not null,
  constraint major_project_share_once primary key (major_project_id, version, unit_id),
  constraint major_project_share_known_whole unique (major_project_id, version, unit_id, quantity),
  foreign key (major_project_id, version) references major_project_version
);
select names_its_act('major_project_share', 'act_id');

-- How a unit divided its share; it holds for as long as the share is this large.
create table major_project_division (
  major_project_id uuid not null,
  unit_id uuid not null references unit,
  ordinal int not null check (ordinal >= 1),
  version int not null,
  quantity int not null,
  on_day date not null,
  act_id uuid not null,
  primary key (major_project_id, unit_id, ordinal),
  constraint major_project_divides_its_share foreign key (major_project_id, version, unit_id, quantity)
    references major_project_share (major_project_id, version, unit_id, quantity)
);
select names_its_act('major_project_division', 'act_id');

create table major_project_part (
  major_project_id uuid not null,
  unit_id uuid not null,
  ordinal int not null,
  to_unit_id uuid not null references unit,
  quantity int not null check (quantity > 0),
  act_id uuid not null,
  constraint major_project_part_once primary key (major_project_id, unit_id, ordinal, to_unit_id),
  foreign key (major_project_id, unit_id, ordinal) references major_project_division
);
create index major_project_part_by_unit on major_project_part (to_unit_id);
select names_its_act('major_project_part', 'act_id');

-- Shares make up the whole and parts make up the share, whoever writes them: looked at when the transaction ends.
create function major_project_adds_up() returns trigger language plpgsql as $$
declare
  whole bigint;
  sum_below bigint;
begin
  if tg_table_name in ('major_project_version', 'major_project_share') then
    select v.quantity, (select coalesce(sum(s.quantity), 0) from major_project_share s
                         where s.major_project_id = v.major_project_id and s.version = v.version)
      into whole, sum_below
      from major_project_version v where v.major_project_id = new.major_project_id and v.version = new.version;
  else
    select d.quantity, (select coalesce(sum(p.quantity), 0) from major_project_part p
                         where p.major_project_id = d.major_project_id and p.unit_id = d.unit_id and p.ordinal = d.ordinal)
      into whole, sum_below
      from major_project_division d
     where d.major_project_id = new.major_project_id and d.unit_id = new.unit_id and d.ordinal = new.ordinal;
  end if;
  if whole is distinct from sum_below then
    raise exception 'the shares of % add up to %, not to %', new.major_project_id, sum_below, whole
      using errcode = 'check_violation', table = tg_table_name, constraint = 'major_project_adds_up';
  end if;
  return null;
end $$;
do $$
declare
  each text;
begin
  foreach each in array array['major_project_version', 'major_project_share', 'major_project_division', 'major_project_part'] loop
    execute format('create constraint trigger %1$I_adds_up after insert on %1$I deferrable initially deferred for each row execute function major_project_adds_up()', each);
  end loop;
end $$;

-- A county's project serves a major project that there is.
alter table project_version add constraint project_serves_a_major_project foreign key (major_project_id) references major_project;
create index project_version_by_major_project on project_version (major_project_id) where major_project_id is not null;

-- Projects of several counties made one: who leads, what was agreed, by when it is done. Taken back by a row of its own.
create table coordination (
  id uuid primary key,
  unit_id uuid not null references unit,
  lead_unit_id uuid not null references unit,
  name text not null check (name <> ''),
  matters text not null check (length(matters) >= 4),
  until_day date not null,
  on_day date not null,
  act_id uuid not null,
  constraint coordination_looks_ahead check (until_day >= on_day)
);
create index coordination_by_lead on coordination (lead_unit_id);
select names_its_act('coordination', 'act_id');
create table coordination_project (
  coordination_id uuid not null references coordination,
  project_id uuid not null references project,
  act_id uuid not null,
  primary key (coordination_id, project_id)
);
create index coordination_project_by_project on coordination_project (project_id);
select names_its_act('coordination_project', 'act_id');
create table coordination_end (
  coordination_id uuid primary key references coordination,
  reason text not null check (length(reason) >= 4),
  on_day date not null,
  act_id uuid not null
);
select names_its_act('coordination_end', 'act_id');

create function coordination_is_sound() returns trigger language plpgsql as $$
declare
  of_coordination uuid := coalesce(to_jsonb(new) ->> 'coordination_id', to_jsonb(new) ->> 'id')::uuid;
  counties int;
  does_lead_take_part boolean;
begin
  select count(distinct p.unit_id), coalesce(bool_or(p.unit_id = c.lead_unit_id), false) into counties, does_lead_take_part
    from coordination c join coordination_project cp on cp.coordination_id = c.id join project p on p.id = cp.project_id
   where c.id = of_coordination;
  if counties < 2 or not does_lead_take_part then
    raise exception 'a coordination joins two counties or more, and one of them leads it' using errcode = 'check_violation', constraint = 'coordination_is_sound';
  end if;
  if exists (select from coordination_project mine join coordination_project other on other.project_id = mine.project_id
              where mine.coordination_id = of_coordination and other.coordination_id <> of_coordination
                and not exists (select from coordination_end e where e.coordination_id in (of_coordination, other.coordination_id))) then
    raise exception 'a project is coordinated once at a time' using errcode = 'check_violation', constraint = 'coordination_once_at_a_time';
  end if;
  return null;
end $$;
create constraint trigger coordination_is_sound after insert on coordination deferrable initially deferred for each row execute function coordination_is_sound();
create constraint trigger coordination_is_sound after insert on coordination_project deferrable initially deferred for each row execute function coordination_is_sound();

-- The library's update of a year: what the next year needs, and which entries cannot go ahead. Once a year, within the year.
create table library_update (
  unit_id uuid not null references unit,
  year int not null,
  on_day date not null,
  act_id uuid not null,
  constraint library_updated_once_a_year primary key (unit_id, year),
  constraint library_updated_within_the_year check (extract(year from on_day) = year)
);
select names_its_act('library_update', 'act_id');
create table library_need (
  unit_id uuid not null,
  year int not null,
  n int not null check (n >= 1),
  kind text not null check (kind in ('industry', 'infrastructure', 'relocation', 'housing', 'education', 'health', 'employment', 'ecology', 'water', 'social-security', 'other')),
  need text not null check (need <> ''),
  amount_fen bigint check (amount_fen > 0),
  act_id uuid not null,
  primary key (unit_id, year, n),
  foreign key (unit_id, year) references library_update
);
select names_its_act('library_need', 'act_id');
create table library_unready (
  unit_id uuid not null,
  year int not null,
  project_id uuid not null references project,
  reason text not null check (length(reason) >= 4),
  act_id uuid not null,
  primary key (unit_id, year, project_id),
  foreign key (unit_id, year) references library_update
);
create index library_unready_by_project on library_unready (project_id);
select names_its_act('library_unready', 'act_id');

do $$
declare
  each text;
begin
  foreach each in array array['major_project', 'major_project_version', 'major_project_share', 'major_project_division', 'major_project_part',
                              'coordination', 'coordination_project', 'coordination_end', 'library_update', 'library_need', 'library_unready'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    execute format('grant select on %I to zeren_reader', each);
  end loop;
end $$;

-- Every share that holds on a day, with the division that holds for it, if there is one.
create function major_share_on(day date) returns table (
  major_project_id uuid, version int, unit_id uuid, quantity int, shared_on date, share_act_id uuid, ordinal int, divided_on date, division_act_id uuid
) language sql stable as $$
  with held as (
    select distinct on (v.major_project_id) v.* from major_project_version v where v.on_day <= day order by v.major_project_id, v.version desc)
  select s.major_project_id, s.version, s.unit_id, s.quantity, h.on_day, s.act_id, d.ordinal, d.on_day, d.act_id
    from held h
    join major_project_share s on s.major_project_id = h.major_project_id and s.version = h.version
    left join lateral (select * from major_project_division m
                        where m.major_project_id = s.major_project_id and m.unit_id = s.unit_id and m.on_day <= day
                        order by m.ordinal desc limit 1) d on d.quantity = s.quantity
$$;

-- What a county's project counts towards the major project that it names, by the field that the major project counts.
create function major_service_on(day date) returns table (
  major_project_id uuid, project_id uuid, unit_id uuid, code text, name text, state text, since date, quantity bigint, act_id uuid
) language sql stable as $$
  select w.major_project_id, p.id, p.unit_id, p.code, w.name, s.state, s.on_day,
         case m.counts when 'persons' then coalesce(w.persons, 0) when 'households' then coalesce(w.households, 0) when 'projects' then 1 else 0 end::bigint,
         w.act_id
    from (select distinct v.project_id from project_version v where v.major_project_id is not null and v.on_day <= day) named
    join project p on p.id = named.project_id
    join lateral (select * from project_version v where v.project_id = p.id and v.on_day <= day order by v.version desc limit 1) w
         on w.major_project_id is not null
    join lateral (select * from major_project_version v where v.major_project_id = w.major_project_id and v.on_day <= day order by v.version desc limit 1) m on true
    join lateral (select * from project_step t where t.project_id = p.id and t.on_day <= day order by t.ordinal desc limit 1) s on true
$$;
