-- A complaint that lies with a unit which is closed lies from that day with whoever carries the unit on. Nobody hands it over, and no row is
-- written: who handles it follows from what became of the unit, on every day that is asked for.

-- Who carries on a unit on a day: itself while it stands, else whoever carries on most of it.
create function unit_carrier_on(of_unit uuid, at date) returns uuid language sql stable set enable_seqscan = off as $$
  select coalesce((select h.unit_id from unit_heirs_on(of_unit, at) h order by h.share desc, h.unit_id limit 1), of_unit) $$;

-- Who handles a complaint now; only they see what was said.
create or replace function complaint_handler(of_complaint uuid) returns uuid language sql stable as $$
  select unit_carrier_on(handler_unit_id, 'infinity') from complaint_step where complaint_id = of_complaint order by ordinal desc limit 1 $$;

-- One about a unit's own leaders is neither with that unit nor with the one that carries it on.
create or replace function complaint_is_not_with_its_own_leaders() returns trigger language plpgsql as $$
begin
  if exists (select from complaint c
              cross join unit_carrier_on(c.unit_id, new.on_day) k
               join unit_version v on v.unit_id = k and v.valid_at @> new.on_day
              where c.id = new.complaint_id and c.against = 'leaders' and new.handler_unit_id in (c.unit_id, k) and v.parent_id is not null) then
    raise exception 'a complaint about a unit''s leaders is handled above it'
      using errcode = 'check_violation', constraint = 'complaint_is_not_with_its_own_leaders';
  end if;
  return new;
end $$;

-- The way of a complaint as a day knows it: its steps, and where it waited with a unit that was closed, since when somebody carries it on.
create function complaint_way(of_complaint uuid, as_of date) returns table (
  ordinal int, step text, state text, handler_unit_id uuid, outcome text, on_day date, act_id uuid
) language sql stable set enable_seqscan = off as $$
  with way as (
    select s.*, lead(s.handler_unit_id) over w as next_handler, lead(s.on_day) over w as next_on
      from complaint_step s where s.complaint_id = of_complaint and s.on_day <= as_of window w as (order by s.ordinal)
  )
  select * from (
    select ordinal, step, state, handler_unit_id, outcome, on_day, act_id from way
    union all
    select way.ordinal, 'carry', way.state, k, null, u.closed_on,
           (select c.act_id from unit_succession c where c.from_unit_id = u.id and c.on_day = u.closed_on limit 1)
      from way
      join unit u on u.id = way.handler_unit_id and u.closed_on <= as_of
     cross join unit_carrier_on(u.id, coalesce(next_on, as_of)) k
     where way.state = 'open' and next_handler is distinct from way.handler_unit_id and (next_on is null or next_on >= u.closed_on)
  ) told order by ordinal, step = 'carry' $$;

create or replace function complaint_by_receipt(of_digest bytea, as_of date) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object(
      'complaint', c.id, 'unit', c.unit_id, 'kind', c.kind, 'against', c.against, 'on', c.on_day,
      'steps', (select jsonb_agg(jsonb_build_object('ordinal', s.ordinal, 'step', s.step, 'state', s.state, 'handler', s.handler_unit_id,
                                                    'outcome', s.outcome, 'on', s.on_day,
                                                    'answer', case when s.step = 'answer' then t.words end) order by s.place)
                  from complaint_way(c.id, as_of) with ordinality as s (ordinal, step, state, handler_unit_id, outcome, on_day, act_id, place)
                  left join complaint_text t on t.complaint_id = c.id and t.ordinal = s.ordinal),
      'files', (select count(*) from complaint_file f where f.complaint_id = c.id))
    from complaint_receipt r join complaint c on c.id = r.complaint_id
   where r.digest = of_digest and c.on_day <= as_of $$;
