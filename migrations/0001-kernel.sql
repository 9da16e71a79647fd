-- What permission and memory stand on: units over time, people in seats, the journal, and what is owed.
create extension if not exists btree_gist;

revoke create on schema public from public;
grant usage on schema public to zeren_app, zeren_reader;

-- The journal: who did what, in which seat, under which duty, over which unit; when it was done and when it was recorded.
create table journal (
  id uuid primary key,
  seq bigint generated always as identity unique,
  act text not null,
  duty text not null,
  charter_version text not null,
  -- who: a person in a seat, anyone of the public, or the mechanism's own clock
  actor_kind text not null check (actor_kind in ('person', 'public', 'mechanism')),
  person_id uuid,
  seat_unit_id uuid,
  seat_post text,
  ground text not null check (ground in ('appointment', 'delegation', 'vacancy', 'public', 'mechanism')),
  -- accountability stays with the principal, whoever acted for them
  principal_id uuid,
  delegation_id uuid,
  unit_id uuid not null,
  done_at timestamptz not null,
  done_on date not null,
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 200),
  input_digest bytea not null,
  input jsonb not null,
  outcome text not null check (outcome in ('done', 'refused')),
  detail jsonb not null,
  via text not null check (via in ('web', 'cli', 'replay', 'job', 'test')),
  constraint journal_key_once unique (actor, idempotency_key),
  constraint journal_person_sits check ((actor_kind = 'person') = (person_id is not null and seat_unit_id is not null and seat_post is not null)),
  constraint journal_delegation_named check ((ground = 'delegation') = (delegation_id is not null))
);
create index journal_by_unit on journal (unit_id, done_on desc);
create index journal_by_person on journal (person_id, done_on desc);
create index journal_by_act on journal (act, done_on desc);
comment on table journal is 'Append-only. done_at is the day of the deed, recorded_at the moment it was written down.';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger journal_is_never_changed before update or delete on journal for each row execute function refuse_change();
create trigger journal_is_never_emptied before truncate on journal for each statement execute function refuse_change();
grant select, insert on journal to zeren_app;
grant select on journal to zeren_reader;

-- Units: ids are ours; names, codes, tier and parent are dated.
create table unit (
  id uuid primary key,
  established_on date not null,
  closed_on date check (closed_on >= established_on),
  act_id uuid not null references journal deferrable initially deferred
);
create table unit_version (
  unit_id uuid not null references unit,
  valid_at daterange not null check (not isempty(valid_at)),
  tier text not null,
  name_zh text not null,
  name_en text not null,
  code text check (code ~ '^\d{6}$'),
  parent_id uuid references unit,
  -- from the root down to the unit itself
  lineage uuid[] not null,
  act_id uuid not null references journal deferrable initially deferred,
  primary key (unit_id, valid_at without overlaps),
  constraint unit_code_means_one_unit unique (code, valid_at without overlaps),
  constraint unit_lineage_ends_with_itself check (lineage[array_length(lineage, 1)] = unit_id),
  constraint unit_parent_is_in_lineage check (parent_id is not distinct from lineage[array_length(lineage, 1) - 1])
);
create index unit_version_by_unit on unit_version (unit_id);
create index unit_version_by_parent on unit_version (parent_id);
create index unit_version_by_lineage on unit_version using gin (lineage);
create table unit_succession (
  from_unit_id uuid not null references unit,
  to_unit_id uuid not null references unit,
  on_day date not null,
  share numeric not null check (share > 0 and share <= 1),
  act_id uuid not null references journal deferrable initially deferred,
  primary key (from_unit_id, to_unit_id)
);
create table unit_designation (
  unit_id uuid not null references unit,
  kind text not null,
  valid_at daterange not null check (not isempty(valid_at)),
  act_id uuid not null references journal deferrable initially deferred,
  primary key (unit_id, kind, valid_at without overlaps)
);
create index unit_designation_by_unit on unit_designation (unit_id, kind);
grant select, insert, update on unit, unit_version, unit_designation to zeren_app;
grant select, insert on unit_succession to zeren_app;
grant select on unit, unit_version, unit_succession, unit_designation to zeren_reader;

-- People, and the seats that they sit in: a seat is a post of the charter in a unit, and holds one person at a time.
create table person (
  id uuid primary key,
  name_zh text not null,
  name_en text not null,
  -- a demonstration's officials are made up, and every screen says so
  made_up boolean not null,
  act_id uuid not null references journal deferrable initially deferred
);
create table appointment (
  unit_id uuid not null references unit,
  post text not null,
  person_id uuid not null references person,
  capacity text not null check (capacity in ('holder', 'acting')),
  valid_at daterange not null check (not isempty(valid_at)),
  act_id uuid not null references journal deferrable initially deferred,
  ended_by uuid references journal deferrable initially deferred,
  constraint one_holder_at_a_time primary key (unit_id, post, valid_at without overlaps)
);
create index appointment_by_unit on appointment (unit_id, post);
create index appointment_by_person on appointment (person_id);
create table delegation (
  id uuid primary key,
  unit_id uuid not null references unit,
  post text not null,
  principal_id uuid not null references person,
  duty text not null,
  person_id uuid not null references person,
  -- only over this unit, or over all that the seat answers for
  over_unit_id uuid references unit,
  valid_at daterange not null check (not isempty(valid_at) and not upper_inf(valid_at)),
  act_id uuid not null references journal deferrable initially deferred,
  recalled_by uuid references journal deferrable initially deferred,
  check (person_id <> principal_id)
);
create index delegation_by_person on delegation (person_id);
create index delegation_by_seat on delegation (unit_id, post);
grant select, insert on person to zeren_app;
grant select, insert, update on appointment, delegation to zeren_app;
grant select on person, appointment, delegation to zeren_reader;

-- What is owed by when; opened, met and lapsed only by acts.
create table obligation_item (
  id uuid primary key,
  obligation text not null,
  duty text not null,
  charter_version text not null,
  unit_id uuid not null references unit,
  subject text not null,
  opened_on date not null,
  due_on date not null,
  opened_by uuid not null references journal deferrable initially deferred,
  met_on date,
  met_by uuid references journal deferrable initially deferred,
  lapsed_on date,
  lapsed_by uuid references journal deferrable initially deferred,
  check ((met_on is null) = (met_by is null)),
  check ((lapsed_on is null) = (lapsed_by is null)),
  check (met_on is null or lapsed_on is null)
);
create unique index obligation_open_once on obligation_item (unit_id, obligation, subject) where met_on is null and lapsed_on is null;
create index obligation_by_due on obligation_item (due_on);
grant select, insert, update on obligation_item to zeren_app;
grant select on obligation_item to zeren_reader;

-- Where the units that a day's map does not know lie on it: forward to those they became, back to those they were made of.
-- Weights of one unit add up to one, so that sums agree both ways.
create function unit_restated(map_day date) returns table (unit_id uuid, to_unit_id uuid, weight numeric) language sql stable as $$
  with recursive
  strange as (
    select u.id, u.closed_on is not null and u.closed_on <= map_day as is_gone
      from unit u
     where not exists (select from unit_version v where v.unit_id = u.id and v.valid_at @> map_day)
  ),
  hop as (
    select s.from_unit_id as here, s.to_unit_id as there, s.share as weight from unit_succession s
      join strange on strange.id = s.from_unit_id and strange.is_gone
    union all
    select s.to_unit_id, s.from_unit_id, s.share / sum(s.share) over (partition by s.to_unit_id) from unit_succession s
      join strange on strange.id = s.to_unit_id and not strange.is_gone
  ),
  walk as (
    select here as unit_id, there as to_unit_id, weight from hop
    union all
    select walk.unit_id, hop.there, walk.weight * hop.weight from walk join hop on hop.here = walk.to_unit_id
  )
  select walk.unit_id, walk.to_unit_id, sum(walk.weight) from walk
   where not exists (select from strange where strange.id = walk.to_unit_id)
   group by walk.unit_id, walk.to_unit_id
$$;
