-- Letters of responsibility: what was promised, between whom, for which years; frozen when offered, signed seat by seat.
create table letter (
  id uuid primary key,
  from_unit_id uuid not null references unit,
  to_unit_id uuid not null references unit,
  -- the years that it covers, first to last
  years int4range not null check (not isempty(years) and not lower_inf(years) and not upper_inf(years)),
  offered_on date not null,
  -- counted by the offering unit within the year of the offer; the number on the paper is made of both
  serial int not null check (serial > 0),
  number text not null,
  -- what was signed, word for word, and the code by which anyone can tell a true copy
  content jsonb not null,
  code text not null check (code ~ '^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$'),
  declined_on date check (declined_on >= offered_on),
  declined_by uuid references journal deferrable initially deferred,
  declined_post text,
  reason text,
  act_id uuid not null references journal deferrable initially deferred,
  constraint letter_code_once unique (code),
  constraint letter_number_once unique (number, from_unit_id),
  constraint letter_between_two check (from_unit_id <> to_unit_id),
  constraint letter_declined_with_reason check ((declined_on is null) = (reason is null) and (declined_on is null) = (declined_by is null)),
  -- one letter lives for a pair and a year
  constraint one_live_letter exclude using gist (from_unit_id with =, to_unit_id with =, years with &&) where (declined_on is null)
);
create index letter_by_receiver on letter (to_unit_id, offered_on desc);
create index letter_by_offerer on letter (from_unit_id, offered_on desc);
create index letter_by_day on letter (offered_on);
-- The seats whose signatures make it complete: every principal of both sides.
create table letter_seat (
  letter_id uuid not null references letter,
  unit_id uuid not null references unit,
  post text not null,
  act_id uuid not null references journal deferrable initially deferred,
  primary key (letter_id, unit_id, post)
);
create table letter_signature (
  letter_id uuid not null,
  unit_id uuid not null,
  post text not null,
  -- who answers for the signature, and who wrote it
  person_id uuid not null references person,
  hand_id uuid not null references person,
  signed_on date not null,
  act_id uuid not null references journal deferrable initially deferred,
  constraint one_signature_a_seat primary key (letter_id, unit_id, post),
  constraint one_signature_a_person unique (letter_id, person_id),
  constraint one_signature_a_hand unique (letter_id, hand_id),
  constraint signed_by_a_signing_seat foreign key (letter_id, unit_id, post) references letter_seat
);

-- Of an offered letter only its declining may be added.
create function refuse_change_of_letter() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.declined_on is not null
     or (to_jsonb(new) - '{declined_on,declined_by,declined_post,reason}'::text[]) is distinct from
        (to_jsonb(old) - '{declined_on,declined_by,declined_post,reason}'::text[]) then
    raise exception 'a letter is never changed or deleted' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger letter_is_never_changed before update or delete on letter for each row execute function refuse_change_of_letter();
create trigger letter_signature_is_never_changed before update or delete on letter_signature for each row execute function refuse_change();
grant select, insert, update on letter to zeren_app;
grant select, insert on letter_seat, letter_signature to zeren_app;
grant select on letter, letter_seat, letter_signature to zeren_reader;

-- How each letter stood on a day.
create function letter_on(day date) returns table (
  id uuid, from_unit_id uuid, to_unit_id uuid, years int4range, offered_on date, number text, code text, act_id uuid,
  seats int, signed int, completed_on date, declined_on date, state text
) language sql stable as $$
  select l.id, l.from_unit_id, l.to_unit_id, l.years, l.offered_on, l.number, l.code, l.act_id, s.seats, s.signed,
         case when s.signed = s.seats then s.last_on end,
         case when l.declined_on <= day then l.declined_on end,
         case when l.declined_on <= day then 'declined' when s.signed = s.seats then 'signed' else 'open' end
    from letter l
    cross join lateral (
      select count(*)::int as seats, count(g.signed_on)::int as signed, max(g.signed_on) as last_on
        from letter_seat t
        left join letter_signature g on g.letter_id = t.letter_id and g.unit_id = t.unit_id and g.post = t.post
                                    and g.signed_on <= day
       where t.letter_id = l.id) s
   where l.offered_on <= day
$$;
