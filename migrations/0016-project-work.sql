-- What becomes of a project on its way: its notices, what is asked of it, the plan of its work, what was done of it, how it was
-- found, and to whom it was handed over. Rows are only ever added.

-- Where and for how long a project was put before the public; each level's notice belongs to the step that posted it.
create table project_notice (
  project_id uuid not null,
  ordinal int not null,
  level text not null check (level in ('village', 'township', 'county')),
  from_day date not null,
  until_day date not null,
  -- what the charter asked for on that day, in its own words
  span_value int not null check (span_value >= 0),
  span_unit text not null check (span_unit in ('days', 'working_days')),
  act_id uuid not null,
  primary key (project_id, ordinal, level),
  constraint project_notice_is_a_step foreign key (project_id, ordinal) references project_step (project_id, ordinal),
  -- so many working days are never fewer than so many days
  constraint project_notice_long_enough check (until_day - from_day >= span_value)
);
select names_its_act('project_notice', 'act_id');

-- What the level above asks of a project when it assigns it.
create table project_task (
  project_id uuid primary key references project_assignment,
  assigner_id uuid not null references unit,
  document text not null check (document <> ''),
  tasks text not null check (tasks <> ''),
  indicator text not null check (indicator <> ''),
  on_day date not null,
  act_id uuid not null
);
select names_its_act('project_task', 'act_id');

-- The plan of the work, set once when it starts: the shares are a whole.
create table project_milestone (
  project_id uuid not null references project_assignment,
  n int not null check (n between 1 and 60),
  name text not null check (name <> ''),
  due_on date not null,
  share_bp int not null check (share_bp between 1 and 10000),
  on_day date not null,
  act_id uuid not null,
  primary key (project_id, n)
);
create index project_milestone_by_due on project_milestone (due_on, project_id);
select names_its_act('project_milestone', 'act_id');

create function project_milestones_are_whole() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  bad record;
begin
  select m.project_id, sum(m.share_bp) as sum into bad
    from project_milestone m where m.project_id in (select project_id from inserted)
   group by m.project_id having sum(m.share_bp) <> 10000 limit 1;
  if found then
    raise exception 'the milestones of project % make up % basis points', bad.project_id, bad.sum
      using errcode = 'check_violation', constraint = 'project_milestones_are_whole';
  end if;
  return null;
end $$;
create trigger project_milestones_are_whole after insert on project_milestone
  referencing new table as inserted for each statement execute function project_milestones_are_whole();

-- How far a milestone has come, with what shows it. Less than before only with a reason.
create table milestone_report (
  project_id uuid not null,
  ordinal int not null,
  n int not null,
  done_bp int not null check (done_bp between 0 and 10000),
  evidence text not null check (evidence <> ''),
  reason text check (reason <> ''),
  on_day date not null,
  act_id uuid not null,
  primary key (project_id, n, ordinal),
  constraint milestone_report_of_a_milestone foreign key (project_id, n) references project_milestone,
  constraint milestone_report_is_a_step foreign key (project_id, ordinal) references project_step (project_id, ordinal)
);
select names_its_act('milestone_report', 'act_id');

create function milestone_goes_on() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  before int;
begin
  select done_bp into before from milestone_report
   where project_id = new.project_id and n = new.n and ordinal < new.ordinal order by ordinal desc limit 1;
  if new.reason is null and new.done_bp < before then
    raise exception 'milestone % of project % falls back from % to % without a reason', new.n, new.project_id, before, new.done_bp
      using errcode = 'check_violation', constraint = 'milestone_goes_on';
  end if;
  return null;
end $$;
create trigger milestone_goes_on after insert on milestone_report for each row execute function milestone_goes_on();

-- What an inspection found, passed or returned.
create table project_acceptance (
  project_id uuid not null,
  ordinal int not null,
  outcome text not null check (outcome in ('pass', 'return')),
  findings text not null check (findings <> ''),
  on_day date not null,
  act_id uuid not null,
  primary key (project_id, ordinal),
  constraint project_acceptance_is_a_step foreign key (project_id, ordinal) references project_step (project_id, ordinal)
);
select names_its_act('project_acceptance', 'act_id');

create table project_handover (
  project_id uuid primary key references project_assignment,
  receiver text not null check (receiver <> ''),
  upkeep text not null check (upkeep <> ''),
  on_day date not null,
  act_id uuid not null
);
select names_its_act('project_handover', 'act_id');

-- The wall behind the acts: nobody judges what they did themselves, nothing enters the library before its notices have stood,
-- and nothing is accepted before its work is reported done.
create function project_steps_hold() returns trigger language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  hands uuid[] := array_remove(array[new.person_id, (new.evidence->>'principal')::uuid], null);
  wall text;
begin
  if new.step in ('argue', 'admit', 'accept') and cardinality(hands) > 0 and exists (
       select from project_step s
        where s.project_id = new.project_id and s.ordinal < new.ordinal
          and array[s.person_id, (s.evidence->>'principal')::uuid] && hands
          and case new.step
                when 'accept' then s.step in ('start', 'report')
                else s.ordinal = (select max(p.ordinal) from project_step p where p.project_id = new.project_id and p.ordinal < new.ordinal
                                     and p.step = case new.step when 'argue' then 'propose' else 'argue' end)
              end) then
    wall := 'project_judged_by_another';
  elsif new.step = 'admit' and new.outcome = 'pass' and (
       select count(*) from project_notice n
        where n.project_id = new.project_id and n.ordinal = new.ordinal - 1 and n.until_day < new.on_day) < 3 then
    wall := 'project_noticed_before_admission';
  elsif new.step = 'accept' and new.outcome = 'pass' and exists (
       select from project_milestone m
        where m.project_id = new.project_id
          and coalesce((select r.done_bp from milestone_report r where r.project_id = m.project_id and r.n = m.n
                         order by r.ordinal desc limit 1), 0) < 10000) then
    wall := 'project_accepted_when_done';
  end if;
  if wall is not null then
    raise exception '% of project %: %', new.step, new.project_id, wall using errcode = 'check_violation', constraint = wall;
  end if;
  return null;
end $$;
create trigger project_steps_hold after insert on project_step for each row
  when (new.step in ('argue', 'admit', 'accept')) execute function project_steps_hold();

-- How every milestone stood on a day: how far it had come, since when it is done, and how many days it slipped or slips.
create function milestone_on(at date) returns table (
  project_id uuid, n int, name text, due_on date, share_bp int, done_bp int, done_on date, slip_days int
) language sql stable as $$
  select m.project_id, m.n, m.name, m.due_on, m.share_bp, coalesce(r.done_bp, 0),
         case when r.done_bp = 10000 then r.on_day end,
         greatest(0, case when r.done_bp = 10000 then r.on_day else at end - m.due_on)
    from project_milestone m
    left join lateral (
      select x.done_bp, x.on_day from milestone_report x
       where x.project_id = m.project_id and x.n = m.n and x.on_day <= at
       order by x.ordinal desc limit 1) r on true
   where m.on_day <= at
$$;

-- Where every project stood on a day, and the version of it that was in force.
create function project_on(at date) returns table (
  project_id uuid, unit_id uuid, code text, name text, kind text, version int, amount_fen bigint, is_complete boolean,
  ordinal int, step text, outcome text, state text, since date, remarks text, act_id uuid
) language sql stable as $$
  select p.id, p.unit_id, p.code, v.name, v.kind, v.version, v.amount_fen, v.is_complete,
         s.ordinal, s.step, s.outcome, s.state, s.on_day, s.remarks, s.act_id
    from project p
    cross join lateral (
      select * from project_step x where x.project_id = p.id and x.on_day <= at order by x.ordinal desc limit 1) s
    cross join lateral (
      select * from project_version x where x.project_id = p.id and x.on_day <= at order by x.version desc limit 1) v
$$;

do $$
declare
  each text;
begin
  foreach each in array array['project_notice', 'project_task', 'project_milestone', 'milestone_report', 'project_acceptance', 'project_handover'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    execute format('grant select on %I to zeren_reader', each);
  end loop;
end $$;
