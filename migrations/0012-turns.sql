-- Takes the turn of an act's units, in one order, and only then looks whether its key was used before: each statement of a volatile
-- function sees what was committed by the time it runs, so that an act that was waited for is seen.
create function take_turn(units text[], who text, with_key text)
returns table (id uuid, outcome text, detail jsonb, input_digest bytea)
language plpgsql volatile as $$
begin
  perform pg_advisory_lock(h) from (select hashtextextended(u, 0) as h from unnest(units) u order by 1) as locks;
  return query
    select j.id, j.outcome, j.detail, j.input_digest from journal j where j.actor = who and j.idempotency_key = with_key;
end $$;
