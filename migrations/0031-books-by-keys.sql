-- The books are read by keys, whatever the planner thinks of tables that were empty when it planned: a hash or merge join there reads whole
-- tables, which takes longer with every entry and, in a serializable transaction, conflicts with everybody (decision 6).
do $$
declare
  each regprocedure;
begin
  for each in
    select p.oid::regprocedure from pg_proc p
     where p.pronamespace = 'public'::regnamespace
       and (p.proname = 'fund_post' or p.oid in (select t.tgfoid from pg_trigger t
                                                  where t.tgrelid in ('fund_transfer'::regclass, 'fund_posting'::regclass, 'fund_account'::regclass)
                                                    and not t.tgisinternal))
       and exists (select from unnest(p.proconfig) c where c like 'search_path=%')
  loop
    execute format('alter function %s set enable_hashjoin = off', each);
    execute format('alter function %s set enable_mergejoin = off', each);
    execute format('alter function %s set enable_seqscan = off', each);
    execute format('alter function %s set enable_bitmapscan = off', each);
    execute format('alter function %s set plan_cache_mode = force_generic_plan', each);
  end loop;
end $$;
