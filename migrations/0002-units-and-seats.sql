-- What the register of divisions and the seats need beyond the kernel: parts handed over more than once, how a
-- designation ended, terms cut short on the day they began, and exceptions to the rule that principals stay.

-- Two units may hand parts to each other more than once, on different days.
alter table unit_succession drop constraint unit_succession_pkey, add primary key (from_unit_id, to_unit_id, on_day);
create index unit_succession_by_successor on unit_succession (to_unit_id, on_day);

-- By which act a designation ended: an exit, or the closing of its unit.
alter table unit_designation add column ended_by uuid references journal deferrable initially deferred;

-- A delegation that is recalled on its first day was never in force on any day.
alter table delegation drop constraint delegation_valid_at_check;
alter table delegation add constraint delegation_has_an_end
  check (not upper_inf(valid_at) and (not isempty(valid_at) or recalled_by is not null));

-- The principals of a poor unit stay until its exit; the exception is granted by those whose duty it is to keep them.
create table tenure_exception (
  act_id uuid primary key references journal deferrable initially deferred,
  unit_id uuid not null references unit,
  post text not null,
  person_id uuid not null references person,
  granted_on date not null,
  reason text not null check (length(reason) >= 4),
  -- an exception serves once
  used_by uuid references journal deferrable initially deferred
);
create unique index tenure_exception_open_once on tenure_exception (unit_id, post, person_id) where used_by is null;
grant select, insert, update on tenure_exception to zeren_app;
grant select on tenure_exception to zeren_reader;

-- Where the units that a day's map does not know lie on it: forward to those that followed them when they closed, back to
-- those they were made of when they were established, or, made of none, to the unit above. Weights of one unit add up to
-- one, so that sums agree both ways; parts handed over between living units move nothing.
-- (These functions are planned by themselves and never by nested loops, so that they are as fast on tables just filled.)
create or replace function unit_restated(map_day date) returns table (unit_id uuid, to_unit_id uuid, weight numeric)
language sql stable rows 50 set enable_nestloop = off as $$
  with recursive
  strange as (
    -- a unit has a version on every day from its establishment to its closing, and on no other
    select u.id, u.established_on, u.closed_on, u.established_on <= map_day as is_gone
      from unit u
     where u.established_on > map_day or u.closed_on <= map_day
  ),
  hop as (
    select s.from_unit_id as here, s.to_unit_id as there, s.share / sum(s.share) over (partition by s.from_unit_id) as weight
      from unit_succession s
      join strange on strange.id = s.from_unit_id and strange.is_gone and strange.closed_on = s.on_day
    union all
    select s.to_unit_id, s.from_unit_id, s.share / sum(s.share) over (partition by s.to_unit_id)
      from unit_succession s
      join strange on strange.id = s.to_unit_id and not strange.is_gone and strange.established_on = s.on_day
    union all
    select strange.id, v.parent_id, 1
      from strange
      join unit_version v on v.unit_id = strange.id and lower(v.valid_at) = strange.established_on
     where not strange.is_gone and v.parent_id is not null
       and not exists (select from unit_succession s where s.to_unit_id = strange.id and s.on_day = strange.established_on)
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

-- Every unit that is or was a poor county on a day: poor, or out of poverty, and since when.
-- A designation that ended because its unit was closed has passed to the successor and says nothing of an exit.
create function poor_county_on(on_day date) returns table (unit_id uuid, is_poor boolean, since date, act_id uuid)
language sql stable rows 800 set enable_nestloop = off as $$
  select latest.unit_id, latest.is_poor,
         case when latest.is_poor then lower(latest.valid_at) else upper(latest.valid_at) end,
         case when latest.is_poor then latest.act_id else coalesce(latest.ended_by, latest.act_id) end
    from (
      select distinct on (d.unit_id) d.*, d.valid_at @> on_day as is_poor
        from unit_designation d
       where d.kind = 'poor-county' and lower(d.valid_at) <= on_day
       order by d.unit_id, lower(d.valid_at) desc
    ) latest
    join unit u on u.id = latest.unit_id
   where latest.is_poor or u.closed_on is null or upper(latest.valid_at) < u.closed_on
$$;

-- The units of the programme on a day: the root, every unit that is or was a poor county (or follows one), and all above.
create function programme_unit_on(on_day date) returns table (unit_id uuid)
language sql stable rows 1000 set enable_nestloop = off as $$
  select v.unit_id from unit_version v where v.parent_id is null and v.valid_at @> on_day
  union
  select unnest(v.lineage)
    from poor_county_on(on_day) p
    left join unit_restated(on_day) m on m.unit_id = p.unit_id
    join unit_version v on v.unit_id = coalesce(m.to_unit_id, p.unit_id) and v.valid_at @> on_day
$$;

-- A list of thousands of units that was just taken over is counted at once, not at the next turn of the autovacuum:
-- until then the planner would take the country for a handful of rows. This gives no right to change a row.
grant maintain on unit, unit_version, unit_designation, unit_succession to zeren_app;
