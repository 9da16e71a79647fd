-- Projects of a county's library. What a project is stands in versions; how far it has come, step by step. Rows are only ever added.
create table project (
  id uuid primary key,
  unit_id uuid not null references unit,
  -- the county's own number for it
  code text not null check (code ~ '^\S{1,40}$'),
  act_id uuid not null,
  unique (unit_id, code)
);
select names_its_act('project', 'act_id');

-- The eleven fields that a project needs for the library, and whom it comes from. A draft may lack some; an entry may not.
create table project_version (
  project_id uuid not null references project,
  version int not null check (version >= 1),
  name text not null check (name <> ''),
  kind text not null check (kind in ('industry', 'infrastructure', 'relocation', 'housing', 'education', 'health', 'employment', 'ecology', 'water', 'social-security', 'other')),
  nature text check (nature in ('new', 'extension', 'continuation')),
  place text check (place <> ''),
  starts_on date,
  ends_on date,
  responsible text check (responsible <> ''),
  task text check (task <> ''),
  amount_fen bigint check (amount_fen > 0),
  financing text check (financing <> ''),
  households int check (households >= 0),
  persons int check (persons >= 0),
  target text check (target <> ''),
  mechanism text check (mechanism <> ''),
  -- village or bureau
  proposed_by text not null check (proposed_by <> ''),
  township_opinion text,
  major_project_id uuid,
  on_day date not null,
  act_id uuid not null,
  is_complete boolean not null generated always as (
    nature is not null and place is not null and starts_on is not null and ends_on is not null and responsible is not null and task is not null
    and amount_fen is not null and financing is not null and households is not null and persons is not null and target is not null
    and mechanism is not null) stored,
  primary key (project_id, version),
  constraint project_version_known_whole unique (project_id, version, is_complete),
  constraint project_ends_after_it_starts check (ends_on >= starts_on)
);
select names_its_act('project_version', 'act_id');

-- Told step by step, as an exit is: each row names the row before it, so that no step can be left out, done twice or done out of order.
create table project_step (
  project_id uuid not null references project,
  ordinal int not null check (ordinal >= 1),
  step text not null,
  outcome text not null check (outcome in ('done', 'pass', 'return')),
  state text not null,
  on_day date not null,
  remarks text,
  evidence jsonb not null default '{}',
  -- who did it: whoever accepts is somebody else
  person_id uuid,
  act_id uuid not null,
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  from_state text not null,
  from_day date,
  primary key (project_id, ordinal),
  constraint project_step_known_whole unique (project_id, ordinal, state, on_day),
  constraint project_step_follows foreign key (project_id, previous, from_state, from_day)
    references project_step (project_id, ordinal, state, on_day),
  constraint project_begins_with_nothing check ((ordinal = 1) = (from_state = 'none') and (ordinal = 1) = (from_day is null)),
  constraint project_days_do_not_run_back check (from_day is null or on_day >= from_day),
  constraint project_return_has_a_reason check ((outcome <> 'return' and step <> 'withdraw') or remarks is not null),
  constraint project_steps_in_order check (
    (step, from_state, outcome, state) in (
      ('propose', 'none', 'done', 'proposed'),
      ('propose', 'proposed', 'done', 'proposed'),
      ('propose', 'returned', 'done', 'proposed'),
      ('argue', 'proposed', 'pass', 'argued'),
      ('argue', 'proposed', 'return', 'returned'),
      ('notice', 'argued', 'done', 'noticed'),
      ('admit', 'noticed', 'pass', 'admitted'),
      ('admit', 'noticed', 'return', 'returned'),
      ('assign', 'admitted', 'done', 'assigned'),
      ('start', 'assigned', 'done', 'started'),
      ('report', 'started', 'done', 'started'),
      ('accept', 'started', 'pass', 'accepted'),
      ('accept', 'started', 'return', 'started'),
      ('hand-over', 'accepted', 'done', 'handed-over'),
      ('withdraw', 'proposed', 'done', 'withdrawn'),
      ('withdraw', 'returned', 'done', 'withdrawn'),
      ('withdraw', 'argued', 'done', 'withdrawn'),
      ('withdraw', 'noticed', 'done', 'withdrawn'),
      ('withdraw', 'admitted', 'done', 'withdrawn'),
      ('withdraw', 'assigned', 'done', 'withdrawn'),
      ('withdraw', 'started', 'done', 'withdrawn')))
);
create index project_step_by_day on project_step (on_day, project_id);
select names_its_act('project_step', 'act_id');

-- In the library: only with all eleven fields, the performance target among them.
create table project_admission (
  project_id uuid primary key references project,
  version int not null,
  is_complete boolean not null default true check (is_complete),
  on_day date not null,
  act_id uuid not null,
  constraint project_admitted_complete foreign key (project_id, version, is_complete) references project_version (project_id, version, is_complete)
);
select names_its_act('project_admission', 'act_id');

-- Assigned by the province: only what stands in the library. Money goes to projects that stand here.
create table project_assignment (
  project_id uuid primary key references project_admission,
  unit_id uuid not null references unit,
  on_day date not null,
  act_id uuid not null
);
select names_its_act('project_assignment', 'act_id');

create table project_withdrawal (
  project_id uuid primary key references project,
  on_day date not null,
  act_id uuid not null
);
select names_its_act('project_withdrawal', 'act_id');

do $$
declare
  each text;
begin
  foreach each in array array['project', 'project_version', 'project_step', 'project_admission', 'project_assignment', 'project_withdrawal'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    execute format('grant select on %I to zeren_reader', each);
  end loop;
end $$;
