-- A county's own schedule: the year in which it means to leave poverty, and its milestones. Each change is a new version;
-- a version counts from the day on which the level above consents to it.
create table schedule_version (
  unit_id uuid not null references unit,
  version int not null check (version >= 1),
  exit_year int not null check (exit_year between 2000 and 2100),
  milestones jsonb not null check (jsonb_typeof(milestones) = 'array' and jsonb_array_length(milestones) >= 1),
  -- why it was revised; the first version needs no reason
  reason text,
  on_day date not null,
  act_id uuid not null references journal deferrable initially deferred,
  primary key (unit_id, version),
  constraint schedule_not_set_for_the_past check (exit_year >= extract(year from on_day)),
  constraint schedule_revision_has_a_reason check ((version = 1) = (reason is null))
);
create index schedule_version_by_year on schedule_version (exit_year);
create table schedule_decision (
  unit_id uuid not null,
  version int not null,
  outcome text not null check (outcome in ('consent', 'return')),
  reason text,
  on_day date not null,
  act_id uuid not null references journal deferrable initially deferred,
  primary key (unit_id, version),
  foreign key (unit_id, version) references schedule_version,
  constraint schedule_returned_with_a_reason check (outcome = 'consent' or reason is not null)
);
create trigger schedule_version_is_never_changed before update or delete on schedule_version for each row execute function refuse_change();
create trigger schedule_version_is_never_emptied before truncate on schedule_version for each statement execute function refuse_change();
create trigger schedule_decision_is_never_changed before update or delete on schedule_decision for each row execute function refuse_change();
create trigger schedule_decision_is_never_emptied before truncate on schedule_decision for each statement execute function refuse_change();
grant select, insert on schedule_version, schedule_decision to zeren_app;
grant select on schedule_version, schedule_decision to zeren_reader;
