-- An account is looked up by its unit first. With the line first, all units that share a line stood on the same few pages of the key, and
-- acts over different units, each opening or looking up accounts of its own, failed on each other for nothing (decision 6).
alter table fund_account drop constraint fund_account_once;
alter table fund_account add constraint fund_account_once unique nulls not distinct (unit_id, line_id, year, kind, project_id);
create index fund_account_by_line on fund_account (line_id);
