create table locations (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    position integer not null default 0,
    active boolean not null default true
);
insert into locations (name) values ('Main');

create table stock (
    id bigint generated always as identity primary key,    -- writers lock rows in this order
    variant_id bigint not null references variants on delete restrict,
    location_id bigint not null references locations on delete restrict,
    tracked boolean not null default true,                  -- false: never runs out
    on_hand integer not null default 0 check (on_hand between 0 and 1000000000),
    allocated integer not null default 0 check (allocated >= 0),
    back_order_limit integer not null default 0 check (back_order_limit between 0 and 1000000000),
    unique (variant_id, location_id)
);

-- allocated may never rise past what is there and what may be back-ordered; a count may lower on_hand below it.
create function stock_allocation_within_limit() returns trigger language plpgsql as $$
begin
    if new.tracked and new.allocated > new.on_hand::bigint + new.back_order_limit
       and (tg_op = 'INSERT' or new.allocated > old.allocated) then
        raise exception 'stock %: % allocated of % on hand', new.id, new.allocated, new.on_hand
            using errcode = 'check_violation', constraint = 'stock_allocation_within_limit';
    end if;
    return new;
end $$;
create trigger stock_allocation_within_limit before insert or update on stock
    for each row execute function stock_allocation_within_limit();

create table stock_movements (
    id bigint generated always as identity primary key,
    stock_id bigint not null references stock on delete restrict,
    kind text not null check (kind in ('opening', 'adjustment', 'allocation', 'release', 'shipment', 'return')),
    on_hand integer not null default 0,                     -- change, signed
    allocated integer not null default 0,                   -- change, signed
    reason text not null default '',
    order_id bigint,
    staff_id bigint references staff,
    at timestamptz not null default now(),
    check (on_hand <> 0 or allocated <> 0)
);
create index stock_movements_stock on stock_movements (stock_id, id desc);
create trigger stock_movements_append_only before update or delete or truncate on stock_movements
    for each statement execute function refuse_change();

-- The ledger is the only way to change a balance: a movement applies itself, so their sum is the balance by construction.
create function apply_stock_movement() returns trigger language plpgsql as $$
begin
    update stock set on_hand = on_hand + new.on_hand, allocated = allocated + new.allocated where id = new.stock_id;
    return null;
end $$;
create trigger apply_stock_movement after insert on stock_movements for each row execute function apply_stock_movement();

create function stock_changes_by_movement() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 and (tg_op = 'UPDATE' or new.on_hand <> 0 or new.allocated <> 0) then
        raise exception 'stock changes by stock_movements only' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger stock_starts_empty before insert on stock for each row execute function stock_changes_by_movement();
create trigger stock_changes_by_movement before update of on_hand, allocated on stock for each row execute function stock_changes_by_movement();

create table stock_reservations (
    id bigint generated always as identity primary key,
    cart_id bigint not null,
    stock_id bigint not null references stock on delete restrict,
    quantity integer not null check (quantity > 0),
    expires_at timestamptz not null,
    unique (cart_id, stock_id)
);
create index stock_reservations_stock on stock_reservations (stock_id, expires_at);
create index stock_reservations_expiry on stock_reservations (expires_at);

-- Which stock an order line was promised from.
create table stock_allocations (
    id bigint generated always as identity primary key,
    order_line_id bigint not null,
    stock_id bigint not null references stock on delete restrict,
    quantity integer not null check (quantity > 0),                         -- promised and neither shipped nor released
    unique (order_line_id, stock_id)
);
create index stock_allocations_stock on stock_allocations (stock_id);
