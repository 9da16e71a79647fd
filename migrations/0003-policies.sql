-- What is handed down in words: principles, strategies, policies and measures, who received and acknowledged them,
-- how they were divided among departments, localised, and superseded. Nothing is edited: a newer document replaces an older one.
create table policy (
  id uuid primary key,
  kind text not null check (kind in ('principle', 'strategy', 'measure', 'localisation')),
  unit_id uuid not null references unit,
  -- an unnumbered document has none; a number belongs to one document for good
  number text check (number ~ '^.{1,20}〔\d{4}〕[1-9]\d{0,3}号$'),
  title_zh text not null,
  title_en text not null,
  summary_zh text not null,
  summary_en text not null,
  source text,
  status text not null check (status in ('V', 'P', 'K', 'made-up')),
  localises uuid references policy,
  issued_on date not null,
  act_id uuid not null references journal deferrable initially deferred,
  constraint policy_number_once unique (number),
  constraint policy_localisation_names_another check ((kind = 'localisation') = (localises is not null))
);
create index policy_by_unit on policy (unit_id, issued_on desc);
create index policy_by_localised on policy (localises);
create table policy_receiver (
  policy_id uuid not null references policy,
  unit_id uuid not null references unit,
  act_id uuid not null references journal deferrable initially deferred,
  primary key (policy_id, unit_id)
);
create index policy_receiver_by_unit on policy_receiver (unit_id);
create table policy_receipt (
  policy_id uuid not null,
  unit_id uuid not null,
  acknowledged_on date not null,
  person_id uuid references person,
  act_id uuid not null references journal deferrable initially deferred,
  constraint policy_acknowledged_once primary key (policy_id, unit_id),
  constraint policy_acknowledged_by_its_receiver foreign key (policy_id, unit_id) references policy_receiver
);
-- A division of labour replaces the one before as a whole; which one held on a day is read from the dates.
create table policy_division (
  id uuid primary key,
  policy_id uuid not null references policy,
  version int not null check (version > 0),
  divided_on date not null,
  act_id uuid not null references journal deferrable initially deferred,
  unique (policy_id, version)
);
create table policy_measure (
  division_id uuid not null references policy_division,
  position int not null check (position > 0),
  text_zh text not null,
  text_en text not null,
  due_on date not null,
  act_id uuid not null references journal deferrable initially deferred,
  primary key (division_id, position)
);
create table policy_measure_department (
  division_id uuid not null,
  position int not null,
  body text not null,
  role text not null check (role in ('lead', 'support')),
  act_id uuid not null references journal deferrable initially deferred,
  primary key (division_id, position, body),
  foreign key (division_id, position) references policy_measure
);
create unique index policy_measure_has_one_lead on policy_measure_department (division_id, position) where role = 'lead';
create table policy_supersession (
  policy_id uuid not null references policy,
  by_policy_id uuid not null references policy,
  reason text not null check (length(reason) >= 4),
  superseded_on date not null,
  act_id uuid not null references journal deferrable initially deferred,
  constraint policy_superseded_once primary key (policy_id),
  constraint policy_superseded_by_another check (policy_id <> by_policy_id)
);
create index policy_supersession_by_newer on policy_supersession (by_policy_id);

create trigger policy_is_never_changed before update or delete on policy for each row execute function refuse_change();
create trigger policy_receipt_is_never_changed before update or delete on policy_receipt for each row execute function refuse_change();
create trigger policy_supersession_is_never_changed before update or delete on policy_supersession for each row execute function refuse_change();
grant select, insert on policy, policy_receiver, policy_receipt, policy_division, policy_measure, policy_measure_department, policy_supersession to zeren_app;
grant select on policy, policy_receiver, policy_receipt, policy_division, policy_measure, policy_measure_department, policy_supersession to zeren_reader;
