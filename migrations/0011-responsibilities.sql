-- What a unit's seats did last, for the chain of responsibility and the journal of a unit's own deeds.
create index journal_by_seat on journal (seat_unit_id, done_on desc, seq desc);
