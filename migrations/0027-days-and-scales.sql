-- Two walls more. The days of an account do not run back, so that what it held as of a day is the sum of its entries to that day, in the
-- order of its book. And what is committed to a project and paid for it never exceeds the amount with which it stands in the library.

-- The day of an account's last entry.
alter table fund_account add column last_on date;
alter table fund_account disable trigger fund_account_moves_on;
update fund_account a set last_on = s.last_on
  from (select account_id, max(on_day) as last_on from fund_entry group by account_id) s where s.account_id = a.id;
alter table fund_account enable trigger fund_account_moves_on;

create or replace function fund_account_moves_on() returns trigger language plpgsql as $$
begin
  if (new.id, new.line_id, new.unit_id, new.year, new.kind) is distinct from (old.id, old.line_id, old.unit_id, old.year, old.kind)
     or new.project_id is distinct from old.project_id or new.version <= old.version then
    raise exception 'accounts are not rewritten' using errcode = 'restrict_violation';
  end if;
  if new.last_on is null or new.last_on < old.last_on then
    raise exception 'account % has an entry of % already, later than %', old.id, old.last_on, new.last_on
      using errcode = 'check_violation', constraint = 'fund_days_do_not_run_back';
  end if;
  return new;
end $$;

do $$
declare
  door text := pg_get_functiondef('fund_post'::regproc);
  moves text := 'set version = r.version, balance = r.balance';
  wall text := pg_get_functiondef('fund_transfers_hold'::regproc);
  counted text := 'count(*) as rows,';
  sides text := 'select from_account as id, from_version as version, from_balance as balance from inserted';
  others text := 'select to_account, to_version, to_balance from inserted';
  agrees text := 'a.balance <> x.held or';
  each text;
begin
  foreach each in array array[counted, sides, others, agrees] loop
    if length(wall) - length(replace(wall, each, '')) not in (length(each), 2 * length(each)) then
      raise exception 'fund_transfers_hold is not as this migration knows it: %', each;
    end if;
  end loop;
  if length(door) - length(replace(door, moves, '')) <> length(moves) then
    raise exception 'fund_post is not as this migration knows it';
  end if;
  execute replace(door, moves, moves || ', last_on = day');
  wall := replace(wall, counted, counted || ' max(on_day) as last_on,');
  wall := replace(wall, sides, replace(sides, ' from inserted', ', on_day from inserted'));
  wall := replace(wall, others, replace(others, ' from inserted', ', on_day from inserted'));
  execute replace(wall, agrees, agrees || ' a.last_on is distinct from x.last_on or');
end $$;

-- Whoever commits to a project holds it meanwhile, so that of two at once the second sees what the first has placed.
create function fund_within_the_scale() returns trigger language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  projects uuid[];
  bad record;
begin
  if not exists (select from inserted where kind in ('commit', 'reverse')) then
    return null;
  end if;
  select array_agg(distinct g.project_id) into projects
    from inserted t
    join fund_account f on f.id = t.from_account and f.kind = 'available'
    join fund_account g on g.id = t.to_account and g.kind = 'committed'
   where t.kind in ('commit', 'reverse');
  if projects is null then
    return null;
  end if;
  perform from project_admission a where a.project_id = any (projects) order by a.project_id for no key update;
  select a.project_id, s.placed, v.amount_fen into bad
    from project_admission a
    join project_version v on v.project_id = a.project_id and v.version = a.version
    cross join lateral (select sum(x.balance) as placed from fund_account x where x.project_id = a.project_id) s
   where a.project_id = any (projects) and s.placed > v.amount_fen
   limit 1;
  if found then
    raise exception 'project % stands with % fen, and % would be placed', bad.project_id, bad.amount_fen, bad.placed
      using errcode = 'check_violation', constraint = 'fund_within_the_scale';
  end if;
  return null;
end $$;
create trigger fund_within_the_scale after insert on fund_transfer referencing new table as inserted
  for each statement execute function fund_within_the_scale();
