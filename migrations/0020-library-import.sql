-- Library files that a county sent to be looked at. What stands here changes nothing of the programme: it is what the act
-- `library.import` speaks of by the file's digest. Rows are only ever added.
create table library_file (
  id uuid primary key,
  unit_id uuid not null references unit,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  file_name text not null,
  file_bytes bigint not null check (file_bytes > 0),
  -- the sheets that were read with their headers, those that were read over, and what is wrong with the file as a whole
  sheets jsonb not null,
  ignored jsonb not null,
  problems jsonb not null,
  row_count int not null check (row_count >= 0),
  bad_row_count int not null check (bad_row_count between 0 and row_count),
  incomplete_count int not null check (incomplete_count between 0 and row_count),
  -- who sent it, from which seat, when
  person_id uuid not null references person,
  seat_unit_id uuid not null references unit,
  seat_post text not null,
  on_day date not null,
  sent_at timestamptz not null default now(),
  constraint library_file_once unique (unit_id, sha256)
);

create table library_file_row (
  file_id uuid not null references library_file deferrable initially deferred,
  n int not null check (n >= 1),
  sheet text not null,
  row_number int not null check (row_number >= 1),
  -- what stood in the cells, to be given back
  cells jsonb not null,
  problems jsonb not null,
  is_bad boolean not null generated always as (jsonb_array_length(problems) > 0) stored,
  code text,
  name text,
  kind text,
  nature text,
  place text,
  starts_on date,
  ends_on date,
  responsible text,
  task text,
  amount_fen bigint,
  financing text,
  households int,
  persons int,
  target text,
  mechanism text,
  proposed_by text,
  township_opinion text,
  primary key (file_id, n)
);
create index library_file_row_bad on library_file_row (file_id, n) where is_bad;

do $$
declare
  each text;
begin
  foreach each in array array['library_file', 'library_file_row'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    execute format('grant select on %I to zeren_reader', each);
  end loop;
end $$;
