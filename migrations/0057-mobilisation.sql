-- Who helps whom: pairs of east and west as facts with their status, and partners of a county (a central body, an enterprise, an
-- organisation). Each from a day on, until an act ends it.
create table pairing (
  id uuid primary key,
  east_unit_id uuid not null references unit,
  west_unit_id uuid not null references unit,
  status text not null check (status in ('V', 'P', 'K', 'made-up')),
  source text not null check (source <> ''),
  valid_at daterange not null check (not isempty(valid_at)),
  act_id uuid not null,
  ended_by uuid,
  end_reason text check (length(end_reason) >= 4),
  constraint nobody_is_paired_with_itself check (east_unit_id <> west_unit_id),
  constraint pair_stands_once_at_a_time exclude using gist (east_unit_id with =, west_unit_id with =, valid_at with &&),
  constraint pairing_ended_by_an_act check (upper_inf(valid_at) = (ended_by is null) and (ended_by is null) = (end_reason is null))
);
create index pairing_by_east on pairing (east_unit_id);
create index pairing_by_west on pairing (west_unit_id);
create index pairing_by_act on pairing (act_id);
select names_its_act('pairing', 'act_id');
select names_its_act('pairing', 'ended_by');

create table partner (
  id uuid primary key,
  -- the county that it helps
  unit_id uuid not null references unit,
  kind text not null check (kind in ('assistant', 'enterprise', 'organisation')),
  -- the seat of a central body that assists
  seat_unit_id uuid references unit,
  post text,
  -- what an enterprise or an organisation is called
  name text check (length(name) between 2 and 200),
  about text not null check (length(about) >= 4),
  status text not null check (status in ('V', 'P', 'K', 'made-up', 'stated')),
  valid_at daterange not null check (not isempty(valid_at)),
  act_id uuid not null,
  ended_by uuid,
  end_reason text check (length(end_reason) >= 4),
  constraint partner_known_with_its_unit unique (id, unit_id),
  constraint partner_is_a_seat_or_has_a_name check ((kind = 'assistant') = (post is not null) and (post is null) = (seat_unit_id is null)
                                                    and (post is null) = (name is not null)),
  constraint assistant_once_at_a_time exclude using gist (unit_id with =, seat_unit_id with =, post with =, valid_at with &&),
  constraint partner_ended_by_an_act check (upper_inf(valid_at) = (ended_by is null) and (ended_by is null) = (end_reason is null))
);
create index partner_by_unit on partner (unit_id);
create index partner_by_act on partner (act_id);
select names_its_act('partner', 'act_id');
select names_its_act('partner', 'ended_by');

-- Who joined of themselves is shown to the public once the county has looked.
create table partner_admission (
  partner_id uuid primary key references partner,
  on_day date not null,
  act_id uuid not null
);
create index partner_admission_by_act on partner_admission (act_id);
select names_its_act('partner_admission', 'act_id');

create table campaign (
  id uuid primary key,
  unit_id uuid not null references unit,
  title text not null check (length(title) between 2 and 200),
  purpose text not null check (length(purpose) >= 4),
  from_day date not null,
  until_day date not null,
  on_day date not null,
  act_id uuid not null,
  constraint campaign_ends_after_it_begins check (until_day >= from_day)
);
create index campaign_by_unit on campaign (unit_id, on_day);
create index campaign_by_act on campaign (act_id);
select names_its_act('campaign', 'act_id');

-- What a county needs. Money and purchases in whole fen, everything else in whole pieces of its measure.
create table need (
  id uuid primary key,
  unit_id uuid not null references unit,
  village_id uuid,
  campaign_id uuid references campaign,
  title text not null check (length(title) between 2 and 200),
  why text not null check (length(why) >= 4),
  kind text not null check (kind in ('money', 'goods', 'jobs', 'purchase', 'talent')),
  quantity bigint not null check (quantity between 1 and 1000000000000000),
  measure text check (length(measure) between 1 and 20),
  wanted_by date not null,
  on_day date not null,
  act_id uuid not null,
  foreign key (village_id, unit_id) references village (id, unit_id),
  constraint goods_have_a_measure check ((kind = 'goods') = (measure is not null)),
  constraint need_is_wanted_later check (wanted_by > on_day),
  constraint need_known_with_its_quantity unique (id, quantity)
);
create index need_by_unit on need (unit_id, on_day);
create index need_by_act on need (act_id);
select names_its_act('need', 'act_id');
create table need_closing (
  need_id uuid primary key references need,
  reason text not null check (length(reason) >= 4),
  on_day date not null,
  act_id uuid not null
);
create index need_closing_by_act on need_closing (act_id);
select names_its_act('need_closing', 'act_id');

create table pledge (
  id uuid primary key,
  -- the county that it is made to
  unit_id uuid not null references unit,
  need_id uuid references need,
  campaign_id uuid references campaign,
  kind text not null check (kind in ('money', 'goods', 'jobs', 'purchase', 'talent')),
  quantity bigint not null check (quantity between 1 and 1000000000000000),
  measure text check (length(measure) between 1 and 20),
  what text not null check (length(what) >= 4),
  deliver_by date not null,
  by_kind text not null check (by_kind in ('pair', 'assistant', 'partner', 'person')),
  by_unit_id uuid references unit,
  pairing_id uuid references pairing,
  partner_id uuid references partner,
  on_day date not null,
  act_id uuid not null,
  constraint pledged_goods_have_a_measure check ((kind = 'goods') = (measure is not null)),
  constraint pledge_is_delivered_later check (deliver_by > on_day),
  constraint pledge_names_who_makes_it check ((by_kind = 'pair') = (pairing_id is not null) and (pairing_id is null) = (by_unit_id is null)
                                              and (by_kind in ('assistant', 'partner')) = (partner_id is not null)),
  constraint pledge_known_with_its_quantity unique (id, quantity)
);
create index pledge_by_unit on pledge (unit_id, on_day);
create index pledge_by_need on pledge (need_id);
create index pledge_by_act on pledge (act_id);
select names_its_act('pledge', 'act_id');

-- By what somebody without an account shows later that a pledge, or a partner, is theirs: a salted digest of a phrase that they chose.
create table pledge_phrase (
  subject_id uuid primary key,
  digest text not null check (digest <> ''),
  act_id uuid not null
);
create index pledge_phrase_by_act on pledge_phrase (act_id);
select names_its_act('pledge_phrase', 'act_id');

-- The way of a pledge: each row names the row before it.
create table pledge_step (
  pledge_id uuid not null references pledge,
  ordinal int not null check (ordinal >= 1),
  step text not null,
  state text not null,
  -- what a match gives: to which need, how much
  need_id uuid references need,
  quantity bigint check (quantity >= 1),
  note text,
  on_day date not null,
  -- who took the step; nobody by name, where it was one of the public
  person_id uuid,
  act_id uuid not null,
  who uuid generated always as (coalesce(person_id, '00000000-0000-0000-0000-000000000000')) stored,
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  from_state text not null,
  from_day date,
  from_who uuid,
  primary key (pledge_id, ordinal),
  constraint pledge_step_known_whole unique (pledge_id, ordinal, state, on_day, who),
  constraint pledge_step_follows foreign key (pledge_id, previous, from_state, from_day, from_who)
    references pledge_step (pledge_id, ordinal, state, on_day, who),
  constraint pledge_begins_with_nothing check ((ordinal = 1) = (from_state = 'none') and (ordinal = 1) = (from_day is null)
                                               and (ordinal = 1) = (from_who is null)),
  constraint pledge_days_do_not_run_back check (from_day is null or on_day >= from_day),
  constraint pledge_match_names_need_and_quantity check ((step = 'match') = (need_id is not null) and (need_id is null) = (quantity is null)),
  constraint pledge_step_has_its_note check (step in ('make', 'match', 'confirm') or length(note) >= 4),
  constraint delivery_is_judged_by_another check (step not in ('confirm', 'dispute') or (person_id is not null and person_id <> from_who)),
  constraint pledge_steps_in_order check (
    (step, from_state, state) in (
      ('make', 'none', 'made'),
      ('match', 'made', 'matched'),
      ('decline', 'made', 'declined'),
      ('withdraw', 'made', 'withdrawn'),
      ('deliver', 'matched', 'delivered'),
      ('withdraw', 'matched', 'withdrawn'),
      ('confirm', 'delivered', 'confirmed'),
      ('dispute', 'delivered', 'disputed'),
      ('deliver', 'disputed', 'delivered'),
      ('withdraw', 'disputed', 'withdrawn')))
);
create unique index pledge_is_matched_once on pledge_step (pledge_id) where step = 'match';
create index pledge_step_by_day on pledge_step (on_day, pledge_id);
create index pledge_step_by_act on pledge_step (act_id);
select names_its_act('pledge_step', 'act_id');

-- What is matched to a need, as a book with a running sum: it is never above what is needed, whoever matches at once.
create table need_taking (
  need_id uuid not null,
  ordinal int not null check (ordinal >= 1),
  pledge_id uuid not null,
  pledged bigint not null,
  change bigint not null check (change <> 0),
  before_it bigint not null,
  after_it bigint not null,
  needed bigint not null,
  on_day date not null,
  act_id uuid not null,
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  primary key (need_id, ordinal),
  constraint need_taking_known_with_its_sum unique (need_id, ordinal, after_it),
  constraint need_taking_follows foreign key (need_id, previous, before_it) references need_taking (need_id, ordinal, after_it),
  constraint need_taking_begins_with_nothing check (ordinal > 1 or before_it = 0),
  constraint need_taking_adds_up check (after_it = before_it + change),
  constraint need_is_never_overmatched check (after_it between 0 and needed),
  constraint pledge_gives_no_more_than_pledged check (abs(change) <= pledged),
  foreign key (need_id, needed) references need (id, quantity),
  foreign key (pledge_id, pledged) references pledge (id, quantity)
);
create index need_taking_by_act on need_taking (act_id);
select names_its_act('need_taking', 'act_id');

do $$
declare
  each text;
begin
  foreach each in array array['partner_admission', 'campaign', 'need', 'need_closing', 'pledge', 'pledge_phrase', 'pledge_step', 'need_taking'] loop
    execute format('create trigger %1$I_is_never_changed before update or delete on %1$I for each row execute function refuse_change()', each);
  end loop;
  foreach each in array array['pairing', 'partner', 'partner_admission', 'campaign', 'need', 'need_closing', 'pledge', 'pledge_phrase', 'pledge_step', 'need_taking'] loop
    execute format('create trigger %1$I_is_never_emptied before truncate on %1$I for each statement execute function refuse_change()', each);
    execute format('grant select, insert on %I to zeren_app', each);
    -- nobody who reads has any business with the digests
    if each <> 'pledge_phrase' then
      execute format('grant select on %I to zeren_reader', each);
    end if;
  end loop;
end $$;

-- A pair and a partner may be ended, once; nothing else of them changes.
create function only_ended() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.ended_by is null and new.ended_by is not null and lower(new.valid_at) = lower(old.valid_at)
       and to_jsonb(old) - '{valid_at,ended_by,end_reason}'::text[] = to_jsonb(new) - '{valid_at,ended_by,end_reason}'::text[] then
      return new;
    end if;
  end if;
  raise exception 'rows of % are only ended', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger pairing_is_only_ended before update or delete on pairing for each row execute function only_ended();
create trigger partner_is_only_ended before update or delete on partner for each row execute function only_ended();
grant update (valid_at, ended_by, end_reason) on pairing, partner to zeren_app;

-- How each pledge stood on a day.
create function pledge_on(day date) returns table (
  pledge_id uuid, unit_id uuid, kind text, ordinal int, state text, since date, act_id uuid, need_id uuid, quantity bigint,
  matched_on date, deliver_by date
) language sql stable as $$
  select p.id, p.unit_id, p.kind, s.ordinal, s.state, s.on_day, s.act_id, m.need_id, m.quantity, m.on_day, p.deliver_by
    from pledge p
    join lateral (select x.* from pledge_step x where x.pledge_id = p.id and x.on_day <= day order by x.ordinal desc limit 1) s on true
    left join pledge_step m on m.pledge_id = p.id and m.step = 'match' and m.on_day <= day
   where p.on_day <= day
$$;

-- How each need stood on a day: what is matched to it, and what of that was confirmed.
create function need_on(day date) returns table (
  need_id uuid, unit_id uuid, kind text, quantity bigint, matched bigint, confirmed bigint, closed_on date, state text
) language sql stable as $$
  select n.id, n.unit_id, n.kind, n.quantity, coalesce(t.after_it, 0), coalesce(c.confirmed, 0)::bigint, x.on_day,
         case when coalesce(c.confirmed, 0) >= n.quantity then 'met'
              when x.on_day is not null then 'closed'
              when coalesce(t.after_it, 0) >= n.quantity then 'matched'
              else 'open' end
    from need n
    left join need_closing x on x.need_id = n.id and x.on_day <= day
    left join lateral (select k.after_it from need_taking k where k.need_id = n.id and k.on_day <= day order by k.ordinal desc limit 1) t on true
    left join (select m.need_id, sum(m.quantity) as confirmed
                 from pledge_step c join pledge_step m on m.pledge_id = c.pledge_id and m.step = 'match'
                where c.step = 'confirm' and c.on_day <= day group by m.need_id) c on c.need_id = n.id
   where n.on_day <= day
$$;
