-- A factor's values name their act like every other row, not only by way of the batch in which they came.
select names_its_act('factor_value', 'act_id');
