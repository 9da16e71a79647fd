-- Formulas by which money is shared: factors with their weights, floors and caps, for a unit and a year. A formula is never changed;
-- what corrects it is its next version. Weights are the adopter's own: no document publishes any.
create function formula_weights_hold(weights jsonb) returns boolean language sql immutable as $$
  select jsonb_typeof(weights) = 'object' and coalesce(sum(value::int), 0) = 10000 and coalesce(min(value::int), 0) > 0
    from jsonb_each_text(case when jsonb_typeof(weights) = 'object' then weights else '{}' end) $$;

create table allocation_formula (
  id uuid primary key,
  unit_id uuid not null references unit,
  year int not null check (year between 2000 and 2100),
  version int not null check (version >= 1),
  title text not null check (title <> ''),
  -- each factor's weight in basis points
  weights jsonb not null,
  -- bounds of a unit's share in basis points: of the total, and of what the unit got the year before
  floor_total_bp int check (floor_total_bp between 0 and 10000),
  cap_total_bp int check (cap_total_bp between 1 and 10000),
  floor_last_bp int check (floor_last_bp between 0 and 100000),
  cap_last_bp int check (cap_last_bp between 1 and 100000),
  note text,
  on_day date not null,
  act_id uuid not null,
  constraint formula_version_once unique (unit_id, year, version),
  constraint formula_weights_are_whole check (formula_weights_hold(weights)),
  constraint formula_floors_below_caps check (floor_total_bp <= cap_total_bp and floor_last_bp <= cap_last_bp)
);
select names_its_act('allocation_formula', 'act_id');

-- What the factors measure for a unit and a year, as entered in batches; what corrects a value is its next version.
create table factor_batch (
  act_id uuid primary key,
  -- who shares by them
  unit_id uuid not null references unit,
  year int not null check (year between 2000 and 2100),
  source text not null check (source <> ''),
  status text not null check (status in ('V', 'P', 'K', 'made-up')),
  on_day date not null
);
select names_its_act('factor_batch', 'act_id');

create table factor_value (
  unit_id uuid not null references unit,
  year int not null,
  factor text not null check (factor <> ''),
  version int not null check (version >= 1),
  value numeric(18, 4) not null check (value >= 0),
  on_day date not null,
  act_id uuid not null references factor_batch deferrable initially deferred,
  primary key (unit_id, year, factor, version)
);

do $$
declare
  each text;
begin
  foreach each in array array['allocation_formula', 'factor_batch', 'factor_value'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    execute format('grant select on %I to zeren_reader', each);
  end loop;
end $$;
