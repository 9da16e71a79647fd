-- What was done about what is owed, step by step of the charter's ladder; who answered what; and by how much a day was put off.
-- Items themselves change only by being met or left without an object: all that is said here is added, row by row.
create table obligation_step (
  item_id uuid not null references obligation_item,
  step text not null check (step in ('remind', 'yellow', 'late', 'urge', 'report', 'notice', 'interview')),
  on_day date not null,
  -- on whose behalf; the mechanism's own steps are nobody's
  by_unit_id uuid references unit,
  -- given by whoever took the step by hand, before the ladder did
  reason text check (reason <> ''),
  act_id uuid not null,
  -- exactly once, whatever crashes and whoever runs
  primary key (item_id, step)
);
select names_its_act('obligation_step', 'act_id');
create index obligation_step_by_unit on obligation_step (by_unit_id, on_day);
create index obligation_step_by_day on obligation_step (on_day);
create index obligation_step_by_act on obligation_step (act_id);

create table obligation_answer (
  item_id uuid not null references obligation_item,
  ordinal int not null check (ordinal >= 1),
  explanation text not null check (explanation <> ''),
  promised_on date not null,
  on_day date not null,
  act_id uuid not null,
  primary key (item_id, ordinal),
  constraint obligation_answer_promises_ahead check (promised_on >= on_day)
);
select names_its_act('obligation_answer', 'act_id');

create table obligation_extension (
  item_id uuid not null references obligation_item,
  ordinal int not null check (ordinal >= 1),
  due_on date not null,
  -- the day that it had before; an extension only ever puts it off
  from_due_on date not null,
  by_unit_id uuid not null references unit,
  reason text not null check (reason <> ''),
  on_day date not null,
  act_id uuid not null,
  primary key (item_id, ordinal),
  constraint obligation_extension_is_later check (due_on > from_due_on)
);
select names_its_act('obligation_extension', 'act_id');

-- Nothing is done about what is no longer owed; the last word on it, after the rule's.
create function refuse_when_settled() returns trigger language plpgsql as $$
begin
  if exists (select from obligation_item i where i.id = new.item_id and (i.met_on is not null or i.lapsed_on is not null)) then
    raise exception 'item % is no longer owed', new.item_id using errcode = 'check_violation', constraint = 'obligation_is_still_owed', table = tg_table_name;
  end if;
  return new;
end $$;
create trigger only_while_owed before insert on obligation_step for each row execute function refuse_when_settled();
create trigger only_while_owed before insert on obligation_extension for each row execute function refuse_when_settled();

create trigger steps_are_never_changed before update or delete on obligation_step for each row execute function refuse_change();
create trigger answers_are_never_changed before update or delete on obligation_answer for each row execute function refuse_change();
create trigger extensions_are_never_changed before update or delete on obligation_extension for each row execute function refuse_change();
create trigger steps_are_never_emptied before truncate on obligation_step for each statement execute function refuse_change();
create trigger answers_are_never_emptied before truncate on obligation_answer for each statement execute function refuse_change();
create trigger extensions_are_never_emptied before truncate on obligation_extension for each statement execute function refuse_change();
grant select, insert on obligation_step, obligation_answer, obligation_extension to zeren_app;
grant select on obligation_step, obligation_answer, obligation_extension to zeren_reader;

-- The day by which an item is owed, as it was known on a day: its own, or the one that it was put off to last.
create function obligation_due(item uuid, first_due date, known_on date) returns date language sql stable as $$
  select coalesce((select x.due_on from obligation_extension x where x.item_id = item and x.on_day <= known_on order by x.ordinal desc limit 1), first_due)
$$;
