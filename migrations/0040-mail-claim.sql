-- What a seat owes is looked for by its duties: those of the centre are few, and lie over thousands of units.
create index obligation_by_duty on obligation_item (duty, unit_id);

-- An address is given out with a message to carry there, and in no other way: whoever carries mail takes one message that waits for a while
-- of its own, others step over it, and hears where it goes at this very moment; an address that was ended gets nothing more. If the
-- database fails right after, the message waits again as if it had not been taken: what is written down then is only that it was.
drop policy address_seen_by_the_post on contact_private;
create function mail_claim(by_worker uuid, lease_ms int)
returns table (id uuid, says jsonb, queued_at timestamptz, tries int, language text, address text, code text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  return query
    with next as materialized (
      select m.id from mail m where m.state in ('queued', 'deferred') and m.not_before <= now()
       order by m.not_before limit 1 for update skip locked),
    taken as (
      update mail m set state = 'sending', worker = by_worker, lease_until = clock_timestamp() + lease_ms * interval '1 millisecond',
             offers = m.offers + 1
        from next where m.id = next.id
      returning m.*)
    select t.id, t.says, t.queued_at, t.tries, c.language, p.address, p.code
      from taken t
      left join contact c on c.ended_on is null
        and case when t.contact_id is null then c.person_id = t.person_id and c.confirmed_on is not null else c.id = t.contact_id end
      left join contact_private p on p.contact_id = c.id;
end $$;
revoke execute on function mail_claim(uuid, int) from public;
grant execute on function mail_claim(uuid, int) to zeren_app;
