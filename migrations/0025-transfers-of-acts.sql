-- Transfers, and what is known of other programs, name their act like every other row.
select names_its_act('fund_transfer', 'act_id');
select names_its_act('fund_external', 'act_id');
