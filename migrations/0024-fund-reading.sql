-- What was carried from one year's books to the next, told apart by what it was: money already committed keeps a flow of its own,
-- so that what is idle follows from flows alone. The one door stays as it is but for that word.
do $$
declare
  door text := pg_get_functiondef('fund_post'::regproc);
  told text := 'coalesce(reverses_kind, kind) ||';
begin
  if (length(door) - length(replace(door, told, ''))) <> length(told) then
    raise exception 'fund_post is not as this migration knows it';
  end if;
  execute replace(door, told,
    'coalesce(reverses_kind, kind) || case when coalesce(reverses_kind, kind) = ''carry'' and account_kind = ''committed'' then '' committed'' else '''' end ||');
end $$;

-- A unit's own flows, of all years, in the order of their days.
create index fund_flow_by_unit on fund_flow (unit_id, on_day);
create index fund_flow_by_line on fund_flow (line_id, unit_id);
