-- Goals down the tree. A decision of a unit about one indicator and year replaces the one before as a whole; the older stay
-- readable, and what held on a day is the newest version decided by then.
create table goal_decision (
  id uuid primary key,
  unit_id uuid not null references unit,
  indicator text not null,
  year int not null check (year between 2000 and 2100),
  version int not null check (version > 0),
  -- only the root decides its own target; every other unit was given one, or has what its units below add up to
  target int check (target >= 0),
  status text not null check (status in ('V', 'P', 'K', 'made-up')),
  source text,
  decided_on date not null,
  act_id uuid not null references journal deferrable initially deferred,
  constraint goal_version_once unique (unit_id, indicator, year, version)
);
create table goal_share (
  decision_id uuid not null references goal_decision,
  unit_id uuid not null references unit,
  target int not null check (target >= 0),
  act_id uuid not null references journal deferrable initially deferred,
  constraint goal_share_once primary key (decision_id, unit_id)
);
create index goal_share_by_unit on goal_share (unit_id);
-- Why a unit's goal and the sum of what it gave its units differ; it speaks of these two numbers and of no others.
create table goal_explanation (
  id uuid primary key,
  unit_id uuid not null references unit,
  indicator text not null,
  year int not null,
  target int not null,
  sum_below bigint not null,
  reason text not null check (length(reason) >= 4),
  explained_on date not null,
  act_id uuid not null references journal deferrable initially deferred,
  constraint goal_gap_explained_once unique (unit_id, indicator, year, target, sum_below)
);
-- Annual and rolling plans; a revised plan is a new version.
create table plan (
  id uuid primary key,
  unit_id uuid not null references unit,
  kind text not null check (kind in ('annual', 'rolling')),
  year int not null check (year between 2000 and 2100),
  version int not null check (version > 0),
  title_zh text not null,
  title_en text not null,
  text_zh text not null,
  text_en text not null,
  status text not null check (status in ('V', 'P', 'K', 'made-up')),
  adopted_on date not null,
  act_id uuid not null references journal deferrable initially deferred,
  constraint plan_version_once unique (unit_id, kind, year, version)
);
create trigger goal_decision_is_never_changed before update or delete on goal_decision for each row execute function refuse_change();
create trigger goal_share_is_never_changed before update or delete on goal_share for each row execute function refuse_change();
create trigger plan_is_never_changed before update or delete on plan for each row execute function refuse_change();
grant select, insert on goal_decision, goal_share, goal_explanation, plan to zeren_app;
grant select on goal_decision, goal_share, goal_explanation, plan to zeren_reader;

-- The decisions that held on a day: each with the unit's goal (its own, or the one it was given) and what it gave to the units below.
create function goal_on(day date) returns table (
  id uuid, unit_id uuid, indicator text, year int, version int, goal int, sum_below bigint, shares int, decided_on date, act_id uuid
) language sql stable as $$
  with held as (
    select distinct on (d.unit_id, d.indicator, d.year) d.*
      from goal_decision d where d.decided_on <= day order by d.unit_id, d.indicator, d.year, d.version desc)
  select h.id, h.unit_id, h.indicator, h.year, h.version,
         coalesce(h.target, (select s.target from held p join goal_share s on s.decision_id = p.id and s.unit_id = h.unit_id
                              where p.indicator = h.indicator and p.year = h.year limit 1)),
         b.sum_below, b.shares, h.decided_on, h.act_id
    from held h
    cross join lateral (select coalesce(sum(s.target), 0) as sum_below, count(*)::int as shares
                          from goal_share s where s.decision_id = h.id) b
$$;
