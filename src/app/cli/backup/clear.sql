drop schema if exists graphile_worker cascade;
do $$
declare
    thing record;
begin
    for thing in
        select * from (
            select case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end as kind,
                   format('public.%I', c.relname) as name, 'pg_class'::regclass as catalog, c.oid,
                   case c.relkind when 'v' then 1 when 'm' then 1 when 'S' then 3 else 2 end as turn
              from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
            union all
            select 'routine', format('public.%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)), 'pg_proc'::regclass, p.oid, 4
              from pg_proc p where p.pronamespace = 'public'::regnamespace
            union all
            select 'type', format('public.%I', t.typname), 'pg_type'::regclass, t.oid, 5
              from pg_type t where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd')
        ) things
        where not exists (
            select from pg_depend d where d.classid = things.catalog and d.objid = things.oid and d.deptype = 'e')
        order by turn, oid
    loop
        execute format('drop %s if exists %s cascade', thing.kind, thing.name);
    end loop;
end $$;
