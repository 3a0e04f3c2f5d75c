-- A variant that has parts is a bundle: its stock is that of its parts. Parts have none themselves.
create table bundle_parts (
    bundle_id bigint not null references variants on delete cascade,
    part_id bigint not null references variants on delete restrict,
    quantity integer not null check (quantity between 1 and 1000),          -- pieces in one bundle
    position integer not null default 0,
    primary key (bundle_id, part_id),
    check (bundle_id <> part_id)
);
create index bundle_parts_part on bundle_parts (part_id);

create function bundles_do_not_nest() returns trigger language plpgsql as $$
begin
    -- Whoever makes a bundle of one of the two meanwhile waits.
    perform 1 from variants where id in (new.bundle_id, new.part_id) order by id for no key update;
    if exists (select from bundle_parts where bundle_id = new.part_id or part_id = new.bundle_id) then
        raise exception 'a bundle is no part of a bundle' using errcode = 'check_violation', constraint = 'bundles_do_not_nest';
    end if;
    return new;
end $$;
create trigger bundles_do_not_nest before insert or update on bundle_parts for each row execute function bundles_do_not_nest();

-- What was in a bundle when it was bought.
create table order_line_parts (
    order_line_id bigint not null references order_lines on delete cascade,
    variant_id bigint not null,
    quantity integer not null check (quantity > 0),                         -- pieces in one bundle
    title text not null,
    variant_title text not null default '',
    translations jsonb not null default '{}',
    sku text not null default '',
    position integer not null default 0,
    primary key (order_line_id, variant_id)
);

-- Pieces of this stock in one of the line; all parts of a line leave together.
alter table stock_allocations add column per_line integer not null default 1 check (per_line > 0);
