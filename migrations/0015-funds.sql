-- The books of funds: double entry, whole fen, only ever added to. A transfer is one row that takes from one account and gives to
-- another, so that nothing can be out of balance; it keeps what both accounts held after it. `fund_post` is the only door.

-- A line: money of one source and year under one document number. A pool is a line of the county's own, filled from other lines.
create table fund_line (
  id uuid primary key,
  -- who appropriated it, or who pools
  unit_id uuid not null references unit,
  source text not null check (source in ('central', 'provincial', 'pool')),
  year int not null check (year between 2000 and 2100),
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  -- a spending direction that the money is bound to; null: a block, free for any project of the library
  earmark text check (earmark in ('industry', 'infrastructure', 'relocation', 'housing', 'education', 'health', 'employment', 'ecology', 'water', 'social-security', 'other')),
  document text not null check (document <> ''),
  -- a fact from a source, or modelled for a demonstration
  made_up boolean not null default false,
  on_day date not null,
  act_id uuid not null,
  constraint fund_line_once unique (unit_id, year, document, name_zh)
);
select names_its_act('fund_line', 'act_id');

-- What a unit holds of a line in the books of a year:
-- source (the appropriation itself; never above zero), available (not yet disposed of), committed and paid (of a project), fee (management).
create table fund_account (
  id bigint generated always as identity primary key,
  line_id uuid not null references fund_line,
  unit_id uuid not null references unit,
  year int not null check (year between 2000 and 2100),
  kind text not null check (kind in ('source', 'available', 'committed', 'paid', 'fee')),
  project_id uuid references project_assignment,
  version int not null default 0,
  balance bigint not null default 0,
  constraint fund_account_once unique nulls not distinct (line_id, unit_id, year, kind, project_id),
  constraint fund_account_of_a_project check ((kind in ('committed', 'paid')) = (project_id is not null)),
  constraint fund_never_overspent check (case when kind = 'source' then balance <= 0 else balance >= 0 end)
);
create index fund_account_by_unit on fund_account (unit_id, year);
create index fund_account_by_project on fund_account (project_id) where project_id is not null;

create table fund_year_close (
  unit_id uuid not null references unit,
  year int not null,
  on_day date not null,
  act_id uuid not null,
  primary key (unit_id, year)
);
select names_its_act('fund_year_close', 'act_id');

-- Whom a county pays. What is shown of a natural person is masked; the name and the account stand apart, behind row security.
create table payee (
  id uuid primary key,
  unit_id uuid not null references unit,
  kind text not null check (kind in ('household', 'cooperative', 'company', 'institution')),
  shown text not null check (shown <> ''),
  act_id uuid not null
);
create index payee_by_unit on payee (unit_id, shown);
select names_its_act('payee', 'act_id');
create table payee_private (
  payee_id uuid primary key references payee,
  unit_id uuid not null references unit,
  name text not null,
  bank text not null,
  account text not null,
  act_id uuid not null,
  constraint payee_once unique (unit_id, name, account)
);
select names_its_act('payee_private', 'act_id');
alter table payee_private enable row level security;
create policy payee_seen_by_its_county on payee_private to zeren_app
  using (unit_id::text = current_setting('app.unit', true)) with check (unit_id::text = current_setting('app.unit', true));

-- One document that moves money: as many transfers as it has lines.
create table fund_posting (
  act_id uuid primary key,
  unit_id uuid not null references unit,
  document text not null check (document <> ''),
  note text,
  on_day date not null
);
create index fund_posting_by_unit on fund_posting (unit_id, on_day);
select names_its_act('fund_posting', 'act_id');

create table fund_transfer (
  act_id uuid not null,
  n int not null check (n >= 1),
  kind text not null check (kind in ('appropriate', 'allocate', 'return', 'pool', 'commit', 'release', 'pay', 'fee', 'carry', 'reverse')),
  from_account bigint not null,
  to_account bigint not null,
  amount bigint not null check (amount > 0),
  from_version int not null,
  to_version int not null,
  from_balance bigint not null,
  to_balance bigint not null,
  on_day date not null,
  payee_id uuid,
  -- the piece of work paid for, where one is named
  work text,
  milestone int,
  external_id text,
  reverses_act uuid,
  reverses_n int,
  primary key (act_id, n),
  constraint fund_transfer_between_two check (from_account <> to_account),
  constraint fund_pays_somebody check ((kind = 'pay') = (payee_id is not null)),
  constraint fund_reversal_names_what_it_corrects check ((kind = 'reverse') = (reverses_act is not null and reverses_n is not null)),
  constraint fund_reversed_once unique (reverses_act, reverses_n)
);
create unique index fund_transfer_from on fund_transfer (from_account, from_version);
create unique index fund_transfer_to on fund_transfer (to_account, to_version);
create index fund_transfer_by_payee on fund_transfer (payee_id) where payee_id is not null;

-- What came in from other programs, so that it comes in once: the same id with the same content is known, with another refused.
create table fund_external (
  unit_id uuid not null references unit,
  external_id text not null check (external_id <> ''),
  content text not null,
  act_id uuid not null,
  n int not null,
  primary key (unit_id, external_id)
);

-- What moved, by day, for figures: a reversal counts below zero under the kind that it reverses.
create table fund_flow (
  year int not null,
  unit_id uuid not null references unit,
  line_id uuid not null references fund_line,
  -- the kind of transfer and the side: 'allocate in', 'allocate out', 'commit out', …
  flow text not null,
  on_day date not null,
  amount bigint not null,
  primary key (year, unit_id, line_id, flow, on_day)
);
create index fund_flow_by_kind on fund_flow (year, flow, on_day) include (unit_id, amount);

-- An entry: one side of a transfer, as the account's book shows it.
create view fund_entry as
  select t.from_account as account_id, t.from_version as version, -t.amount as amount, t.from_balance as balance, t.to_account as other_account_id,
         t.act_id, t.n, t.kind, t.on_day, t.payee_id, t.work, t.milestone, t.external_id, t.reverses_act, t.reverses_n
    from fund_transfer t
  union all
  select t.to_account, t.to_version, t.amount, t.to_balance, t.from_account,
         t.act_id, t.n, t.kind, t.on_day, t.payee_id, t.work, t.milestone, t.external_id, t.reverses_act, t.reverses_n
    from fund_transfer t;

-- Which account may give to which, by the kind of the transfer.
create function fund_may_move(kind text, f fund_account, t fund_account) returns boolean language sql immutable as $$
  select case kind
    when 'appropriate' then f.kind = 'source' and t.kind = 'available' and (f.line_id, f.unit_id, f.year) = (t.line_id, t.unit_id, t.year)
    when 'allocate' then f.kind = 'available' and t.kind = 'available' and (f.line_id, f.year) = (t.line_id, t.year) and f.unit_id <> t.unit_id
    when 'return' then f.kind = 'available' and t.kind = 'available' and f.line_id = t.line_id and f.unit_id <> t.unit_id
    when 'pool' then f.kind = 'available' and t.kind = 'available' and (f.unit_id, f.year) = (t.unit_id, t.year) and f.line_id <> t.line_id
    when 'commit' then f.kind = 'available' and t.kind = 'committed' and (f.line_id, f.unit_id, f.year) = (t.line_id, t.unit_id, t.year)
    when 'release' then f.kind = 'committed' and t.kind = 'available' and (f.line_id, f.unit_id, f.year) = (t.line_id, t.unit_id, t.year)
    when 'pay' then f.kind = 'committed' and t.kind = 'paid' and (f.line_id, f.unit_id, f.year, f.project_id) = (t.line_id, t.unit_id, t.year, t.project_id)
    when 'fee' then f.kind = 'available' and t.kind = 'fee' and (f.line_id, f.unit_id, f.year) = (t.line_id, t.unit_id, t.year)
    when 'carry' then f.kind in ('available', 'committed') and (f.line_id, f.unit_id, f.kind, f.year + 1) = (t.line_id, t.unit_id, t.kind, t.year)
      and f.project_id is not distinct from t.project_id
    when 'reverse' then true
    else false end $$;

-- The wall, whoever inserts: what moves where, closed years, withdrawn projects, reversals, and accounts that agree with their last row.
create function fund_transfers_hold() returns trigger language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  bad record;
begin
  select t.act_id, t.n, t.kind,
         case when f.id is null or g.id is null then 'fund_transfer_between_two'
              when not fund_may_move(t.kind, f, g) then 'fund_moves_as_its_kind_may'
              when w.project_id is not null then 'fund_project_stands'
              else 'fund_reversal_is_exact' end as wall
    into bad
    from inserted t
    left join fund_account f on f.id = t.from_account
    left join fund_account g on g.id = t.to_account
    left join project_withdrawal w on w.project_id = g.project_id and t.kind in ('commit', 'pay')
    left join fund_transfer r on r.act_id = t.reverses_act and r.n = t.reverses_n
   where f.id is null or g.id is null or not fund_may_move(t.kind, f, g) or w.project_id is not null
      or (t.kind = 'reverse' and (r.kind = 'reverse' or (r.from_account, r.to_account, r.amount) is distinct from (t.to_account, t.from_account, t.amount)))
   limit 1;
  if found then
    raise exception 'transfer % of act %, %: %', bad.n, bad.act_id, bad.kind, bad.wall using errcode = 'check_violation', constraint = bad.wall;
  end if;
  select case when c.unit_id is not null then 'fund_year_is_open' else 'fund_account_agrees' end as wall, a.id
    into bad
    from (select id, max(version) as last, min(version) as first, count(*) as rows, (array_agg(balance order by version desc))[1] as held
            from (select from_account as id, from_version as version, from_balance as balance from inserted
                  union all select to_account, to_version, to_balance from inserted) s
           group by id) x
    join fund_account a on a.id = x.id
    left join fund_year_close c on c.unit_id = a.unit_id and c.year = a.year
   where c.unit_id is not null or a.version <> x.last or a.balance <> x.held or x.last - x.first + 1 <> x.rows
   limit 1;
  if found then
    raise exception 'account %: %', bad.id, bad.wall using errcode = 'check_violation', constraint = bad.wall;
  end if;
  return null;
end $$;
create trigger fund_transfers_hold after insert on fund_transfer referencing new table as inserted for each statement execute function fund_transfers_hold();

-- An account only ever moves on, with its entries.
create function fund_account_moves_on() returns trigger language plpgsql as $$
begin
  if (new.id, new.line_id, new.unit_id, new.year, new.kind) is distinct from (old.id, old.line_id, old.unit_id, old.year, old.kind)
     or new.project_id is distinct from old.project_id or new.version <= old.version then
    raise exception 'accounts are not rewritten' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger fund_account_moves_on before update on fund_account for each row execute function fund_account_moves_on();
create trigger fund_account_is_never_deleted before delete on fund_account for each row execute function refuse_change();

-- A project with money committed and not paid cannot be withdrawn.
create function project_owes_nothing() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from fund_account a where a.project_id = new.project_id and a.kind = 'committed' and a.balance > 0) then
    raise exception 'money is committed to the project' using errcode = 'check_violation', constraint = 'project_owes_nothing';
  end if;
  return null;
end $$;
create trigger project_owes_nothing after insert on project_withdrawal for each row execute function project_owes_nothing();

do $$
declare
  each text;
begin
  foreach each in array array['fund_line', 'fund_year_close', 'payee', 'payee_private', 'fund_posting', 'fund_transfer', 'fund_external'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
  end loop;
  foreach each in array array['fund_line', 'fund_year_close', 'payee', 'payee_private', 'fund_posting', 'fund_transfer', 'fund_external', 'fund_account', 'fund_flow'] loop
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
  end loop;
end $$;

-- The one door. Accounts: [{line, unit, year, kind, project?}], each once. Transfers, in order: [{kind, from, to (places in the list of accounts,
-- from 0), amount (text), payee?, work?, milestone?, external?, content?, reverses_act?, reverses_n?}]. Accounts that are not there yet are opened;
-- all are locked in one order; every row keeps what its accounts held after it. Gives the number of transfers.
create function fund_post(act uuid, over_unit uuid, day date, paper text, remark text, accounts jsonb, transfers jsonb) returns int
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  ids bigint[];
  done int;
  overspent boolean;
begin
  insert into fund_account (line_id, unit_id, year, kind, project_id)
    select a.line, a.unit, a.year, a.kind, a.project
      from jsonb_to_recordset(accounts) as a (line uuid, unit uuid, year int, kind text, project uuid)
     where not exists (select from fund_account x where x.line_id = a.line and x.unit_id = a.unit and x.year = a.year and x.kind = a.kind
                          and x.project_id is not distinct from a.project)
    on conflict do nothing;
  select array_agg(x.id order by a.place) into ids
    from rows from (jsonb_to_recordset(accounts) as (line uuid, unit uuid, year int, kind text, project uuid)) with ordinality
           as a (line, unit, year, kind, project, place)
    join fund_account x on x.line_id = a.line and x.unit_id = a.unit and x.year = a.year and x.kind = a.kind
     and x.project_id is not distinct from a.project;
  perform from fund_account where id = any (ids) order by id for update;

  insert into fund_posting (act_id, unit_id, document, note, on_day) values (act, over_unit, paper, remark, day);

  with moved as materialized (
    select t.n::int as n, t.kind, ids[t.from_place + 1] as f, ids[t.to_place + 1] as g, t.amount, t.payee, t.work, t.milestone, t.external,
           t.content, t.reverses_act, t.reverses_n, r.kind as reverses_kind
      from rows from (jsonb_to_recordset(transfers) as ("kind" text, "from" int, "to" int, "amount" bigint, "payee" uuid, "work" text,
             "milestone" int, "external" text, "content" text, "reverses_act" uuid, "reverses_n" int)) with ordinality
             as t (kind, from_place, to_place, amount, payee, work, milestone, external, content, reverses_act, reverses_n, n)
      left join fund_transfer r on r.act_id = t.reverses_act and r.n = t.reverses_n
  ), sides as (
    select m.*, 0 as side, f as account, -amount as delta from moved m union all select m.*, 1, g, amount from moved m
  ), running as materialized (
    select s.*, a.version + row_number() over w as version, a.balance + sum(s.delta) over w as balance, a.kind as account_kind,
           a.year, a.unit_id, a.line_id
      from sides s join fund_account a on a.id = s.account
    window w as (partition by s.account order by s.n, s.side)
  ), updated as (
    update fund_account a set version = r.version, balance = r.balance
      from (select distinct on (account) account, version, balance from running order by account, version desc) r
     where a.id = r.account
    returning a.id
  ), written as (
    insert into fund_transfer (act_id, n, kind, from_account, to_account, amount, from_version, to_version, from_balance, to_balance, on_day,
                               payee_id, work, milestone, external_id, reverses_act, reverses_n)
    select act, n, kind, f, g, amount, version, to_version, balance, to_balance, day, payee, work, milestone, external, reverses_act, reverses_n
      from (select r.*, lead(version) over b as to_version, lead(balance) over b as to_balance
              from running r window b as (partition by n order by side)) paired
     where side = 0
    returning n
  ), known as (
    insert into fund_external (unit_id, external_id, content, act_id, n)
    select over_unit, m.external, coalesce(m.content, ''), act, m.n from moved m where m.external is not null
  ), flowed as (
    insert into fund_flow (year, unit_id, line_id, flow, on_day, amount)
    select year, unit_id, line_id,
           coalesce(reverses_kind, kind) || case when (side = 0) = (reverses_kind is null) then ' out' else ' in' end as flow, day,
           sum(case when reverses_kind is null then amount else -amount end)
      from running
     group by 1, 2, 3, 4
    on conflict (year, unit_id, line_id, flow, on_day) do update set amount = fund_flow.amount + excluded.amount
  )
  select count(*), exists (select from running where case when account_kind = 'source' then balance > 0 else balance < 0 end)
    into done, overspent from written;
  if overspent then
    raise exception 'an account would be overspent on the way' using errcode = 'check_violation', constraint = 'fund_never_overspent';
  end if;
  return done;
end $$;
revoke execute on function fund_post from public;
grant execute on function fund_post to zeren_app;
grant select on fund_line, fund_account, fund_year_close, payee, fund_posting, fund_transfer, fund_external, fund_flow, fund_entry to zeren_app, zeren_reader;
grant insert on fund_line, fund_year_close, payee to zeren_app;
grant select, insert on payee_private to zeren_app;
