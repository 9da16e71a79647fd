-- What flowed by month, without the line: a figure of the country reads a year's whole months here and only the days of the last month in
-- `fund_flow`. Kept by the database itself, from whatever is written there.
create table fund_flow_month (
  unit_id uuid not null,
  year int not null,
  flow text not null,
  -- its first day
  month date not null check (extract(day from month) = 1),
  amount bigint not null,
  primary key (unit_id, year, flow, month)
);
create index fund_flow_month_by_kind on fund_flow_month (year, flow, month) include (unit_id, amount);
grant select on fund_flow_month to zeren_app, zeren_reader;

insert into fund_flow_month (unit_id, year, flow, month, amount)
  select unit_id, year, flow, date_trunc('month', on_day)::date, sum(amount) from fund_flow group by 1, 2, 3, 4;

create function fund_flow_added() returns trigger language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
begin
  insert into fund_flow_month (unit_id, year, flow, month, amount)
    select unit_id, year, flow, date_trunc('month', on_day)::date, sum(amount) from added group by 1, 2, 3, 4
    on conflict (unit_id, year, flow, month) do update set amount = fund_flow_month.amount + excluded.amount;
  return null;
end $$;
create trigger fund_flow_is_summed after insert on fund_flow referencing new table as added
  for each statement execute function fund_flow_added();

create function fund_flow_grown() returns trigger language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
begin
  insert into fund_flow_month (unit_id, year, flow, month, amount)
    select unit_id, year, flow, date_trunc('month', on_day)::date, sum(amount)
      from (select unit_id, year, flow, on_day, amount from grown
            union all select unit_id, year, flow, on_day, -amount from before) changed
     group by 1, 2, 3, 4
    on conflict (unit_id, year, flow, month) do update set amount = fund_flow_month.amount + excluded.amount;
  return null;
end $$;
create trigger fund_flow_is_summed_again after update on fund_flow referencing new table as grown old table as before
  for each statement execute function fund_flow_grown();

create trigger fund_flow_month_is_never_emptied before truncate on fund_flow_month for each statement execute function refuse_change();
