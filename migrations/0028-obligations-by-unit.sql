-- Acts look for what they meet by unit. The index of the open ones alone is a page or two that every act writes to; looked up there, acts
-- over different units would conflict for nothing (decision 6). Whatever was open is looked for among all.
create index obligation_by_unit on obligation_item (unit_id, obligation, subject);
