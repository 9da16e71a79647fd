-- The nightly run looks for what is open in the whole country by its day. Only it reads this index: acts over one unit look by the unit.
create index obligation_open_by_due on obligation_item (due_on) where met_on is null and lapsed_on is null;
