-- Plans of deployment: what a person decided about a proposal, row by row. A proposal itself is computed and kept nowhere until somebody
-- decides upon it; the digest says on which facts it was computed.
create table deployment (
  id uuid primary key,
  unit_id uuid not null references unit,
  on_day date not null,
  outcome text not null check (outcome in ('decided', 'rejected')),
  facts_digest text not null check (facts_digest ~ '^[0-9a-f]{64}$'),
  -- the wishes that it was computed by: weights are whoever's who decided, no document gives any
  wishes jsonb not null check (jsonb_typeof(wishes) = 'object'),
  -- what the deployment before and the one decided upon are worth by them, part by part
  before jsonb not null check (jsonb_typeof(before) = 'object'),
  after jsonb not null check (jsonb_typeof(after) = 'object'),
  reason text not null check (length(reason) >= 4),
  -- a person decides, and never the clock
  person_id uuid not null references person,
  act_id uuid not null
);
create index deployment_by_unit on deployment (unit_id, on_day);
select names_its_act('deployment', 'act_id');

create table deployment_row (
  deployment_id uuid not null references deployment,
  n int not null check (n >= 1),
  -- a team as a whole, or one person
  team_id uuid references team,
  worker_id uuid references worker,
  from_village_id uuid references village,
  to_village_id uuid references village,
  accepted boolean not null,
  act_id uuid not null,
  primary key (deployment_id, n),
  constraint deployment_row_moves_a_team_or_a_person check (num_nonnulls(team_id, worker_id) = 1),
  constraint deployment_row_changes_something check (from_village_id is distinct from to_village_id),
  constraint deployment_row_once_for_a_team unique (deployment_id, team_id),
  constraint deployment_row_once_for_a_person unique (deployment_id, worker_id)
);
select names_its_act('deployment_row', 'act_id');

do $$
declare
  each text;
begin
  foreach each in array array['deployment', 'deployment_row'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    execute format('grant select on %I to zeren_reader', each);
  end loop;
end $$;
