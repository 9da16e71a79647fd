-- Which version of the charter was adopted, when, and by whose act; its text stands in the charter's files.
create table charter_adoption (
  charter text not null,
  version text not null,
  in_force_from date not null,
  -- of the version's duties and obligations, so that a text changed afterwards shows
  digest text not null,
  act_id uuid not null references journal deferrable initially deferred,
  primary key (charter, version)
);
create trigger charter_adoption_is_never_changed before update or delete on charter_adoption for each row execute function refuse_change();
create trigger charter_adoption_is_never_emptied before truncate on charter_adoption for each statement execute function refuse_change();
grant select, insert on charter_adoption to zeren_app;
grant select on charter_adoption to zeren_reader;
