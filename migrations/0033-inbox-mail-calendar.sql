-- What reaches people of what waits for their seats: what of it they have read, by mail at an address of their own, in their calendar.
-- The inbox itself has no rows: it is derived from what is owed, from the steps taken, and from what waits.

-- What happened to what is owed, looked up by the day on which it was opened: mail asks what is new.
create index obligation_by_opening on obligation_item (opened_on);

-- Up to where a seat has read, by the journal's order, and which waiting things beside. Reading is not meeting.
create table inbox_reading (
  act_id uuid primary key,
  unit_id uuid not null references unit,
  post text not null,
  upto_seq bigint,
  also text[] not null,
  on_day date not null,
  constraint reading_reads_something check (upto_seq is not null or cardinality(also) > 0)
);
create index inbox_reading_by_seat on inbox_reading (unit_id, post, on_day);
select names_its_act('inbox_reading', 'act_id');

-- Where somebody wants to hear of it. The address itself lies apart; here stands only what may be shown.
create table contact (
  id uuid primary key,
  person_id uuid not null references person,
  shown text not null,
  -- null: both languages
  language text check (language in ('zh', 'en')),
  wants text[] not null check (cardinality(wants) > 0),
  set_on date not null,
  set_by uuid not null,
  confirmed_on date,
  confirmed_by uuid,
  ended_on date,
  ended_by uuid,
  check ((confirmed_on is null) = (confirmed_by is null)),
  check ((ended_on is null) = (ended_by is null)),
  check (confirmed_on >= set_on and ended_on >= set_on)
);
create index contact_by_person on contact (person_id, set_on);
create unique index contact_confirmed_once on contact (person_id) where confirmed_on is not null and ended_on is null;
create unique index contact_asked_once on contact (person_id) where confirmed_on is null and ended_on is null;
select names_its_act('contact', 'set_by');
select names_its_act('contact', 'confirmed_by');
select names_its_act('contact', 'ended_by');

-- Personal data: seen by the person whose address it is, and by the post that carries mail there. The code proves that the address is theirs.
create table contact_private (
  contact_id uuid primary key references contact,
  person_id uuid not null references person,
  address text not null check (length(address) between 3 and 254),
  code text not null,
  act_id uuid not null
);
create index contact_private_by_person on contact_private (person_id);
select names_its_act('contact_private', 'act_id');
alter table contact_private enable row level security;
create policy address_seen_by_its_owner on contact_private to zeren_app
  using (person_id::text = current_setting('app.person', true)) with check (person_id::text = current_setting('app.person', true));
create policy address_seen_by_the_post on contact_private for select to zeren_app
  using (current_setting('app.work', true) = 'mail');

-- A seat's calendar, shared with the programs of whoever sits there under an address that nobody can guess, until it is withdrawn.
create table calendar_share (
  id uuid primary key,
  unit_id uuid not null references unit,
  post text not null,
  person_id uuid not null references person,
  version int not null check (version >= 1),
  language text check (language in ('zh', 'en')),
  shared_on date not null,
  shared_by uuid not null,
  withdrawn_on date,
  withdrawn_by uuid,
  constraint calendar_version_once unique (person_id, unit_id, post, version),
  check ((withdrawn_on is null) = (withdrawn_by is null))
);
create unique index calendar_shared_once on calendar_share (person_id, unit_id, post) where withdrawn_on is null;
select names_its_act('calendar_share', 'shared_by');
select names_its_act('calendar_share', 'withdrawn_by');

-- The outbox. It is the post's, not the programme's memory: what is due to be said is derived from acts, and each row says it once to one
-- person. The row's id is the message's own, so that a message offered again after a crash is the same message.
create table mail (
  id uuid primary key,
  person_id uuid not null references person,
  -- where an address is to be confirmed: this very one; else whatever address the person has confirmed by the time it is sent
  contact_id uuid references contact,
  event text not null,
  says jsonb not null,
  of_day date not null,
  queued_at timestamptz not null default now(),
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'deferred', 'failed', 'dropped')),
  -- how often a server was asked to take it, and how often one said to come back
  offers int not null default 0,
  tries int not null default 0,
  not_before timestamptz not null default now(),
  worker uuid,
  lease_until timestamptz,
  said text,
  settled_at timestamptz,
  constraint mail_once unique (person_id, event),
  constraint mail_sending_has_a_lease check ((state = 'sending') = (lease_until is not null))
);
create index mail_waiting on mail (not_before) where state in ('queued', 'deferred');
create index mail_leased on mail (lease_until) where state = 'sending';
create index mail_by_state on mail (state, settled_at);
comment on table mail is 'Not the memory of the programme but its post: written by the job that carries it.';

-- Up to which day it was seen what is to be said.
create table mail_seen (
  only_one boolean primary key default true check (only_one),
  upto date not null
);

do $$
declare
  each text;
begin
  foreach each in array array['inbox_reading', 'contact_private'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
  end loop;
  foreach each in array array['inbox_reading', 'contact', 'contact_private', 'calendar_share', 'mail'] loop
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
  end loop;
end $$;

grant select, insert on inbox_reading, contact_private to zeren_app;
grant select, insert, update on contact, calendar_share, mail, mail_seen to zeren_app;
grant select on inbox_reading, contact, calendar_share to zeren_reader;
-- What is said may name what a person has to do; who asks sees how it goes, not to whom what was said.
grant select (id, person_id, event, of_day, queued_at, state, offers, tries, not_before, said, settled_at) on mail to zeren_reader;
