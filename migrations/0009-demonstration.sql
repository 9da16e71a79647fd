-- The demonstration's own clock: the day that it stands on is the last one here. A production database has no row.
create table demonstration_day (
  day date primary key,
  since timestamptz not null default now()
);

create function refuse_going_back() returns trigger language plpgsql as $$
begin
  if new.day <= (select max(day) from demonstration_day) then
    raise exception 'the demonstration only moves forward' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger demonstration_moves_forward before insert on demonstration_day for each row execute function refuse_going_back();
create trigger demonstration_day_is_never_changed before update or delete on demonstration_day
  for each row execute function refuse_change();

-- Up to which day history was performed, once all of it was.
create table demonstration_history (
  until date primary key,
  finished_at timestamptz not null default now()
);
create trigger demonstration_history_is_never_changed before update or delete on demonstration_history
  for each row execute function refuse_change();

grant select, insert on demonstration_day, demonstration_history to zeren_app;
grant select on demonstration_day, demonstration_history to zeren_reader;
