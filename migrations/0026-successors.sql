-- When a unit is closed, whoever carries it on takes over its books and its projects. History stays where it was.

-- Who carries on a unit that was closed by a day, through as many successions as there were, and for how much of it. What was divided
-- and not closed goes on by itself and has no heirs.
create function unit_heirs_on(closed uuid, at date) returns table (unit_id uuid, share numeric)
language sql stable rows 2 set enable_seqscan = off as $$
  with recursive heir as (
    select s.to_unit_id as unit_id, s.share
      from unit u join unit_succession s on s.from_unit_id = u.id and s.on_day = u.closed_on
     where u.id = closed and u.closed_on <= at
    union all
    select s.to_unit_id, h.share * s.share
      from heir h
      join unit u on u.id = h.unit_id and u.closed_on <= at
      join unit_succession s on s.from_unit_id = u.id and s.on_day = u.closed_on
  )
  select h.unit_id, sum(h.share) from heir h join unit u on u.id = h.unit_id
   where u.closed_on is null or u.closed_on > at
   group by h.unit_id $$;

-- In whose library a project stands since a day, where that is no longer the county's that proposed it.
create table project_home (
  project_id uuid not null references project,
  on_day date not null,
  unit_id uuid not null references unit,
  from_unit_id uuid not null references unit,
  document text not null check (document <> ''),
  act_id uuid not null,
  primary key (project_id, on_day)
);
create index project_home_by_unit on project_home (unit_id, project_id);
select names_its_act('project_home', 'act_id');
create trigger project_home_is_never_changed before update or delete on project_home for each row execute function refuse_change();
create trigger project_home_is_never_emptied before truncate on project_home for each statement execute function refuse_change();
grant select, insert on project_home to zeren_app;
grant select on project_home to zeren_reader;

-- Every project as a day knows it, in the library in which it stood.
create function project_at(at date) returns table (id uuid, unit_id uuid, code text, proposed_at uuid, act_id uuid)
language sql stable as $$
  select p.id, p.unit_id, p.code, p.unit_id, p.act_id from project p
   where not exists (select from project_home h where h.project_id = p.id and h.on_day <= at)
  union all
  select p.id, h.unit_id, p.code, p.unit_id, p.act_id from project_home h join project p on p.id = h.project_id
   where h.on_day <= at
     and not exists (select from project_home l where l.project_id = h.project_id and l.on_day <= at and l.on_day > h.on_day) $$;

-- The wall: a project leaves a library only when its county is closed, for that of a county which carries it on, and never back in days.
create function project_home_follows() returns trigger language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
begin
  if exists (select from project_home h where h.project_id = new.project_id and h.on_day > new.on_day)
     or new.from_unit_id is distinct from coalesce(
          (select h.unit_id from project_home h where h.project_id = new.project_id and h.on_day < new.on_day order by h.on_day desc limit 1),
          (select p.unit_id from project p where p.id = new.project_id))
     or not exists (select from unit_heirs_on(new.from_unit_id, new.on_day) h where h.unit_id = new.unit_id) then
    raise exception 'project % does not pass from % to %', new.project_id, new.from_unit_id, new.unit_id
      using errcode = 'check_violation', constraint = 'project_home_follows';
  end if;
  return null;
end $$;
create trigger project_home_follows after insert on project_home for each row execute function project_home_follows();

create or replace function project_on(at date) returns table (
  project_id uuid, unit_id uuid, code text, name text, kind text, version int, amount_fen bigint, is_complete boolean,
  ordinal int, step text, outcome text, state text, since date, remarks text, act_id uuid
) language sql stable as $$
  select p.id, p.unit_id, p.code, v.name, v.kind, v.version, v.amount_fen, v.is_complete,
         s.ordinal, s.step, s.outcome, s.state, s.on_day, s.remarks, s.act_id
    from project_at(at) p
    cross join lateral (
      select * from project_step x where x.project_id = p.id and x.on_day <= at order by x.ordinal desc limit 1) s
    cross join lateral (
      select * from project_version x where x.project_id = p.id and x.on_day <= at order by x.version desc limit 1) v
$$;

-- Money that is taken over: of the same line and year, and committed money stays with its project.
alter table fund_transfer drop constraint fund_transfer_kind_check;
alter table fund_transfer add constraint fund_transfer_kind_check
  check (kind in ('appropriate', 'allocate', 'return', 'pool', 'commit', 'release', 'pay', 'fee', 'carry', 'take-over', 'reverse'));

do $$
declare
  rule text := pg_get_functiondef('fund_may_move'::regproc);
  before text := 'when ''reverse'' then true';
  door text := pg_get_functiondef('fund_post'::regproc);
  told text := 'coalesce(reverses_kind, kind) = ''carry'' and';
begin
  if length(rule) - length(replace(rule, before, '')) <> length(before) or length(door) - length(replace(door, told, '')) <> length(told) then
    raise exception 'the books are not as this migration knows them';
  end if;
  execute replace(rule, before, $rule$when 'take-over' then f.kind in ('available', 'committed') and f.unit_id <> t.unit_id
      and (f.line_id, f.kind, f.year) = (t.line_id, t.kind, t.year) and f.project_id is not distinct from t.project_id
    $rule$ || before);
  execute replace(door, told, 'coalesce(reverses_kind, kind) in (''carry'', ''take-over'') and');
end $$;

-- The wall: only from a unit that is closed on the day, to one that carries it on.
create function fund_taken_over_by_heirs() returns trigger language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  if exists (select from inserted where kind = 'take-over') and exists (
    select from inserted t join fund_account f on f.id = t.from_account join fund_account g on g.id = t.to_account
     where t.kind = 'take-over' and not exists (select from unit_heirs_on(f.unit_id, t.on_day) h where h.unit_id = g.unit_id)) then
    raise exception 'money passes only from a closed unit to one that carries it on'
      using errcode = 'check_violation', constraint = 'fund_taken_over_by_heirs';
  end if;
  return null;
end $$;
create trigger fund_transfers_pass_to_heirs after insert on fund_transfer referencing new table as inserted
  for each statement execute function fund_taken_over_by_heirs();
