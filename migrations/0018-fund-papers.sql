-- Papers of the books in which no money moves, and two walls that the books lacked.

-- Next year's shares, announced before the year begins so that those below can plan. A correction is an announcement that replaces another.
create table fund_announcement (
  act_id uuid primary key,
  unit_id uuid not null references unit,
  year int not null check (year between 2000 and 2100),
  document text not null check (document <> ''),
  replaces text,
  on_day date not null,
  constraint fund_announced_once unique (unit_id, year, document),
  constraint fund_announcement_replaced_once unique (unit_id, year, replaces),
  constraint fund_announcement_replaced_is_there foreign key (unit_id, year, replaces) references fund_announcement (unit_id, year, document),
  constraint fund_announced_in_advance check (on_day < make_date(year, 1, 1))
);
select names_its_act('fund_announcement', 'act_id');
create table fund_announced_share (
  act_id uuid not null references fund_announcement,
  unit_id uuid not null references unit,
  amount bigint not null check (amount > 0),
  primary key (act_id, unit_id)
);
create index fund_announced_share_by_unit on fund_announced_share (unit_id);
select names_its_act('fund_announced_share', 'act_id');

do $$
declare
  each text;
begin
  foreach each in array array['fund_announcement', 'fund_announced_share'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    execute format('grant select on %I to zeren_reader', each);
  end loop;
end $$;

-- What was announced for a year by a day, without what was replaced by then.
create function fund_announced_on(day date) returns table (by_unit uuid, unit_id uuid, year int, amount bigint, on_day date, act_id uuid)
language sql stable as $$
  select a.unit_id, s.unit_id, a.year, s.amount, a.on_day, a.act_id
    from fund_announcement a join fund_announced_share s on s.act_id = a.act_id
   where a.on_day <= day
     and not exists (select from fund_announcement r
       where r.unit_id = a.unit_id and r.year = a.year and r.replaces = a.document and r.on_day <= day) $$;

-- The books of a year close empty: nothing is left to dispose of, and nothing promised and unpaid. Whoever closes holds the accounts
-- meanwhile, so that nothing is entered beside it.
create function fund_year_closes_empty() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  held record;
begin
  for held in
    select a.id, a.balance from fund_account a
     where a.unit_id = new.unit_id and a.year = new.year and a.kind in ('available', 'committed') order by a.id for update
  loop
    if held.balance <> 0 then
      raise exception 'account % holds % fen', held.id, held.balance using errcode = 'check_violation', constraint = 'fund_year_closes_empty';
    end if;
  end loop;
  return new;
end $$;
create trigger fund_year_closes_empty before insert on fund_year_close for each row execute function fund_year_closes_empty();

-- What was released from a withdrawn project does not come back to it by way of a reversal.
create function fund_reversal_spares_the_withdrawn() returns trigger language plpgsql security definer set search_path = public, pg_temp
set enable_seqscan = off as $$
begin
  if exists (
    select from inserted t
      join fund_transfer r on r.act_id = t.reverses_act and r.n = t.reverses_n and r.kind = 'release'
      join fund_account g on g.id = t.to_account
      join project_withdrawal w on w.project_id = g.project_id
     where t.kind = 'reverse') then
    raise exception 'the project was withdrawn' using errcode = 'check_violation', constraint = 'fund_project_stands';
  end if;
  return null;
end $$;
create trigger fund_reversal_spares_the_withdrawn after insert on fund_transfer referencing new table as inserted
  for each statement execute function fund_reversal_spares_the_withdrawn();
