-- How a county uses its money: who signed what, what the money is never for, and what was told to the public.

-- Who committed money of a line to a project, and who paid out of it: never the same person.
create table fund_signature (
  project_id uuid not null references project,
  line_id uuid not null references fund_line,
  role text not null check (role in ('commit', 'pay')),
  person_id uuid not null,
  on_day date not null,
  act_id uuid not null,
  primary key (project_id, line_id, role, person_id, act_id)
);
select names_its_act('fund_signature', 'act_id');

create function fund_four_eyes() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.role = 'pay' and exists (select from fund_signature s where s.project_id = new.project_id and s.line_id = new.line_id
                                     and s.role = 'commit' and s.person_id = new.person_id) then
    raise exception 'whoever commits money does not pay it' using errcode = 'check_violation', constraint = 'fund_four_eyes';
  end if;
  return null;
end $$;
create trigger fund_four_eyes after insert on fund_signature for each row execute function fund_four_eyes();

-- A payee is paid by the county that knows it, and by nobody else.
create function fund_pays_its_own() returns trigger language plpgsql security definer set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  bad record;
begin
  select t.act_id, t.n into bad
    from inserted t
    join fund_account a on a.id = t.to_account
    left join payee p on p.id = t.payee_id
   where t.kind = 'pay' and p.unit_id is distinct from a.unit_id
   limit 1;
  if found then
    raise exception 'payment % of act % goes to a payee of another unit', bad.n, bad.act_id
      using errcode = 'check_violation', constraint = 'fund_pays_its_own';
  end if;
  return null;
end $$;
create trigger fund_pays_its_own after insert on fund_transfer referencing new table as inserted for each statement execute function fund_pays_its_own();

-- What the money may never be used for. The purposes are the rule's; the words that hint at one are ours.
create table negative_purpose (
  id text primary key check (id ~ '^[a-z-]+$'),
  zh text not null,
  en text not null,
  words text[] not null check (words <> '{}'),
  source text not null,
  status text not null check (status in ('V', 'P', 'K', 'made-up')),
  words_status text not null check (words_status in ('V', 'P', 'K', 'made-up'))
);
insert into negative_purpose (id, zh, en, words, source, status, words_status) values
  ('bodies', '行政事业单位基本支出', 'basic spending of bodies', '{基本支出,办公经费,人员经费,公用经费,招待费,会议费,office expenses,salaries of staff,banquet}', 'fund-rules', 'K', 'made-up'),
  ('vehicles', '交通工具及通讯设备', 'vehicles and phones', '{公务用车,购置车辆,购车,轿车,手机,通讯设备,official car,mobile phone}', 'fund-rules', 'K', 'made-up'),
  ('bonuses', '各种奖金、津贴和福利补助', 'bonuses, allowances and welfare', '{奖金,津贴,福利补助,bonus}', 'fund-rules', 'K', 'made-up'),
  ('losses', '弥补企业亏损', 'covering the losses of enterprises', '{企业亏损,弥补亏损,cover losses,enterprise loss}', 'fund-rules', 'K', 'made-up'),
  ('buildings', '修建楼堂馆所', 'office buildings and guest houses', '{楼堂馆所,办公楼,宾馆,招待所,会堂,office building,guest house}', 'fund-rules', 'K', 'made-up'),
  ('debts', '弥补预算支出缺口和偿还债务', 'budget gaps and debts', '{预算缺口,偿还债务,还债,偿债,budget gap,repay debt}', 'fund-rules', 'K', 'made-up'),
  ('capital-works', '大中型基本建设项目', 'large capital works', '{大中型基本建设,大型基建,large capital works}', 'fund-rules', 'K', 'made-up'),
  ('urban-works', '城市基础设施建设和城市扶贫', 'urban works', '{城市基础设施,市政道路,市政工程,城市绿化,亮化工程,urban infrastructure,street lighting in town}', 'fund-rules', 'K', 'made-up'),
  ('unrelated', '其他与扶贫无关的支出', 'anything unrelated to poverty', '{捐赠,赞助,购买股票,出国考察,donation,sponsorship,shares,study tour abroad}', 'fund-rules', 'K', 'made-up');

-- The purpose that a text hints at, by its words; null where it hints at none.
create function negative_purpose_of(said text) returns text language sql stable as $$
  select p.id from negative_purpose p where exists (select from unnest(p.words) w where strpos(lower(said), lower(w)) > 0) order by p.id limit 1 $$;

-- What was told to the public, as it stood on the day: it stays open for good, and a later one stands beside it.
create table fund_disclosure (
  id uuid primary key,
  unit_id uuid not null references unit,
  line_id uuid not null references fund_line,
  year int not null check (year between 2000 and 2100),
  -- received: what a county got and does with it; allocation: what an upper level gave to whom
  kind text not null check (kind in ('received', 'allocation')),
  content jsonb not null,
  note text,
  on_day date not null,
  act_id uuid not null
);
create index fund_disclosure_by_line on fund_disclosure (unit_id, line_id, year, kind, on_day);
create index fund_disclosure_by_day on fund_disclosure (on_day desc, id);
select names_its_act('fund_disclosure', 'act_id');

-- A parameter as it applies to a unit: its own value or the nearest above it, by codes; else the general one.
create function check_parameter(given jsonb, parameter text, of_unit uuid, on_day date) returns numeric language sql stable as $$
  select coalesce(
    case when (select count(*) from jsonb_object_keys(given -> parameter)) > 1 then
      (select (given -> parameter ->> a.code)::numeric
         from unit_version u join unit_version a on a.unit_id = any (u.lineage) and a.valid_at @> on_day
        where u.unit_id = of_unit and u.valid_at @> on_day and given -> parameter ? a.code
        order by array_position(u.lineage, a.unit_id) desc limit 1) end,
    (given -> parameter ->> '')::numeric) $$;

do $$
declare
  each text;
begin
  foreach each in array array['fund_signature', 'negative_purpose', 'fund_disclosure'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select on %I to zeren_app, zeren_reader', each);
  end loop;
end $$;
grant insert on fund_signature, fund_disclosure to zeren_app;
