-- A finding outlives the unit in which it was found: while it is not closed, whoever carries the unit on puts it right; and what was closed
-- and is found again there has come back.

-- The closed unit in which it was found before, where that is not the unit itself.
alter table finding add column recurred_in uuid references unit;
alter table finding add column recurrence_unit_id uuid generated always as (coalesce(recurred_in, unit_id)) stored;
alter table finding drop constraint finding_recurs_where_it_was;
alter table finding add constraint finding_recurs_where_it_was
  foreign key (recurrence_of, recurrence_unit_id, subject) references finding (id, unit_id, subject);
alter table finding add constraint finding_recurred_elsewhere
  check (recurred_in is null or (recurrence_of is not null and recurred_in <> unit_id));

-- The wall: from elsewhere it comes back only to a unit that carries on the one that is closed.
create function finding_recurs_at_an_heir() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from unit_heirs_on(new.recurred_in, new.on_day) h where h.unit_id = new.unit_id) then
    raise exception '% does not carry on %', new.unit_id, new.recurred_in
      using errcode = 'check_violation', constraint = 'finding_recurs_at_an_heir';
  end if;
  return null;
end $$;
create trigger finding_recurs_at_an_heir after insert on finding for each row when (new.recurred_in is not null)
  execute function finding_recurs_at_an_heir();

-- The wall: it is put right by its unit while that stands, else by whoever carries it on, and never verified by either.
alter table finding_step drop constraint finding_is_put_right_by_its_unit;
create function finding_is_put_right_by_its_unit() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.step in ('explain', 'rectify')) <> (new.unit_id = unit_carrier_on(new.responsible_unit_id, new.on_day)) then
    raise exception 'the step % of finding % is not for unit %', new.step, new.finding_id, new.unit_id
      using errcode = 'check_violation', constraint = 'finding_is_put_right_by_its_unit';
  end if;
  return null;
end $$;
create trigger finding_is_put_right_by_its_unit after insert on finding_step for each row
  execute function finding_is_put_right_by_its_unit();
