-- A county's exit: one case for a county and a year, told step by step. Rows are only ever added; each names the row before it,
-- so that no step can be left out, done twice or done out of order, whoever writes.
create table exit_step (
  unit_id uuid not null references unit,
  exit_year int not null check (exit_year between 2000 and 2100),
  ordinal int not null check (ordinal >= 1),
  -- counts the proposals: after a return the county proposes again
  round int not null check (round >= 1),
  step text not null,
  outcome text not null check (outcome in ('done', 'pass', 'return', 'drawn', 'released')),
  -- where the case stands after the step
  state text not null,
  on_day date not null,
  remarks text,
  evidence jsonb not null default '{}',
  act_id uuid not null references journal deferrable initially deferred,
  -- the row before
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  from_state text not null,
  from_day date,
  from_round int not null,
  primary key (unit_id, exit_year, ordinal),
  constraint exit_step_known_whole unique (unit_id, exit_year, ordinal, state, on_day, round),
  constraint exit_step_follows foreign key (unit_id, exit_year, previous, from_state, from_day, from_round)
    references exit_step (unit_id, exit_year, ordinal, state, on_day, round),
  constraint exit_begins_with_nothing check ((ordinal = 1) = (from_state = 'none') and (ordinal = 1) = (from_day is null)),
  constraint exit_days_do_not_run_back check (from_day is null or on_day >= from_day),
  constraint exit_round_counts_proposals check (round = from_round + case when step = 'propose' then 1 else 0 end),
  constraint exit_first_round_is_one check (ordinal > 1 or from_round = 0),
  constraint exit_return_has_a_reason check (step not in ('review', 'verify', 'objection', 'revoke') or outcome <> 'return' or remarks is not null),
  constraint exit_steps_in_order check (
    (step, from_state, outcome, state) in (
      ('propose', 'none', 'done', 'proposed'),
      ('propose', 'withdrawn', 'done', 'proposed'),
      ('propose', 'returned', 'done', 'proposed'),
      ('propose', 'revoked', 'done', 'proposed'),
      ('withdraw', 'proposed', 'done', 'withdrawn'),
      ('review', 'proposed', 'pass', 'reviewed'),
      ('review', 'proposed', 'return', 'returned'),
      ('commission', 'reviewed', 'pass', 'reviewed'),
      ('commission', 'reviewed', 'return', 'reviewed'),
      ('verify', 'reviewed', 'pass', 'verified'),
      ('verify', 'reviewed', 'return', 'returned'),
      ('notice', 'verified', 'done', 'noticed'),
      ('objection', 'noticed', 'return', 'returned'),
      ('report', 'noticed', 'done', 'reported'),
      ('draw', 'reported', 'drawn', 'drawn'),
      ('draw', 'reported', 'released', 'released'),
      ('evaluate', 'reported', 'pass', 'evaluated'),
      ('evaluate', 'reported', 'return', 'returned'),
      ('evaluate', 'drawn', 'pass', 'evaluated'),
      ('evaluate', 'drawn', 'return', 'returned'),
      ('approve', 'evaluated', 'done', 'approved'),
      ('approve', 'released', 'done', 'approved'),
      ('revoke', 'approved', 'return', 'revoked')))
);
create index exit_step_by_year on exit_step (exit_year, unit_id, ordinal);

-- The county's own count, on which its proposal stands. A correction is a new attestation.
create table headcount_attestation (
  id uuid primary key,
  unit_id uuid not null references unit,
  year int not null check (year between 2000 and 2100),
  poor_persons int not null check (poor_persons >= 0),
  rural_persons int not null check (rural_persons >= 1),
  villages int not null check (villages >= 0),
  villages_out int not null check (villages_out >= 0),
  as_of date not null,
  on_day date not null,
  act_id uuid not null references journal deferrable initially deferred,
  constraint headcount_poor_are_of_the_rural check (poor_persons <= rural_persons),
  constraint headcount_villages_out_are_of_the_villages check (villages_out <= villages),
  constraint headcount_as_of_its_year check (extract(year from as_of) = year and as_of <= on_day)
);
create index headcount_attestation_by_unit on headcount_attestation (unit_id, year, id);

-- The notice before the public, at a permanent address /notices/{unit}/{year}/{round}.
create table exit_notice (
  unit_id uuid not null,
  exit_year int not null,
  round int not null,
  from_day date not null,
  -- the last day on which anybody may object
  until_day date not null,
  act_id uuid not null references journal deferrable initially deferred,
  primary key (unit_id, exit_year, round),
  constraint notice_stands_a_while check (until_day > from_day)
);
create index exit_notice_by_day on exit_notice (from_day desc);

-- Objections of the public. What was said stands here; who said it stands apart, in objector.
create table exit_objection (
  id uuid primary key,
  unit_id uuid not null,
  exit_year int not null,
  round int not null,
  statement text not null check (length(statement) between 4 and 2000),
  receipt text not null unique,
  on_day date not null,
  act_id uuid not null references journal deferrable initially deferred,
  foreign key (unit_id, exit_year, round) references exit_notice
);
create index exit_objection_by_case on exit_objection (unit_id, exit_year, round);
create table objection_answer (
  objection_id uuid primary key references exit_objection,
  outcome text not null check (outcome in ('upheld', 'dismissed')),
  reason text not null check (length(reason) >= 4),
  on_day date not null,
  act_id uuid not null references journal deferrable initially deferred
);
create table objector (
  objection_id uuid primary key references exit_objection,
  -- the unit that handles the objection: it alone may see the row
  handler_unit_id uuid not null references unit,
  name text,
  contact text,
  act_id uuid not null references journal deferrable initially deferred,
  check (name is not null or contact is not null)
);
alter table objector enable row level security;
create policy objector_is_written_by_acts on objector for insert to zeren_app with check (true);
create policy objector_is_seen_by_its_handler on objector for select to zeren_app
  using (handler_unit_id::text = current_setting('app.unit', true));

-- What the approval stood on, word for word, sealed by its digest.
create table exit_evidence (
  unit_id uuid not null,
  exit_year int not null,
  round int not null,
  evidence text not null,
  sha256 text not null,
  on_day date not null,
  act_id uuid not null references journal deferrable initially deferred,
  primary key (unit_id, exit_year, round),
  constraint evidence_is_what_was_sealed check (sha256 = encode(sha256(convert_to(evidence, 'UTF8')), 'hex'))
);

do $$
declare book text;
begin
  foreach book in array array['exit_step', 'headcount_attestation', 'exit_notice', 'exit_objection', 'objection_answer', 'objector', 'exit_evidence'] loop
    execute format('create trigger %1$s_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', book);
    execute format('create trigger %1$s_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', book);
  end loop;
end $$;
grant select, insert on exit_step, headcount_attestation, exit_notice, exit_objection, objection_answer, exit_evidence to zeren_app;
grant select on exit_step, headcount_attestation, exit_notice, exit_objection, objection_answer, exit_evidence to zeren_reader;
-- zeren_reader has no right at all to who objected
grant select, insert on objector to zeren_app;
-- the board and the notices look up what is owed for a case
create index obligation_by_subject on obligation_item (subject, unit_id);
