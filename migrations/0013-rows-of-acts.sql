-- A row names the act that made it, and that act must be journalled in the very transaction that writes the row. A foreign key
-- says less (the act of another day would do) and costs more: at the end of each act it reads the last page of the journal's key,
-- which every other act is writing to, so that serializable acts over different units fail on each other for nothing.
create function note_journalled() returns trigger language plpgsql as $$
begin
  perform set_config('zeren.journalled', concat(current_setting('zeren.journalled', true), ' ', new.id), true);
  return null;
end $$;
create trigger journal_is_noted after insert on journal for each row execute function note_journalled();

-- For a migration's new table: `select names_its_act('table', 'act_id')`. Looked at when the transaction ends.
create function names_its_act(of_table regclass, of_column name) returns void language plpgsql as $$
begin
  execute format($f$
    create or replace function require_journalled_%1$s() returns trigger language plpgsql as $body$
    begin
      if new.%1$I is null then return null; end if;
      if tg_op = 'UPDATE' then
        if new.%1$I is not distinct from old.%1$I then return null; end if;
      end if;
      if strpos(coalesce(current_setting('zeren.journalled', true), ''), new.%1$I::text) = 0 then
        raise exception '%%.%1$s names act %%, which is not journalled in this transaction', tg_table_name, new.%1$I
          using errcode = 'foreign_key_violation', table = tg_table_name, column = '%1$s';
      end if;
      return null;
    end $body$ $f$, of_column);
  execute format('create constraint trigger %1$I after insert or update of %2$I on %3$s deferrable initially deferred for each row execute function require_journalled_%2$s()',
    of_column || '_is_journalled', of_column, of_table);
end $$;

do $$
declare
  each record;
begin
  for each in
    select c.conrelid::regclass as of_table, c.conname, a.attname
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.confrelid = 'journal'::regclass
  loop
    execute format('alter table %s drop constraint %I', each.of_table, each.conname);
    perform names_its_act(each.of_table, each.attname);
  end loop;
end $$;
