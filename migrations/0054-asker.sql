-- Who asked for a leave is a person. Names that end in «_by» are kept for acts of the journal.
alter table leave_decision rename column asked_by to asker_id;
