-- Counting what lies at a place while selling goes on: what differs is measured against the ledger at the moment of each entry.
create table stocktakes (
    id bigint generated always as identity primary key,
    location_id bigint not null references locations on delete restrict,
    category_id bigint references categories on delete set null,            -- null: everything that lies there
    note text not null default '',
    status text not null default 'open' check (status in ('open', 'closed', 'dropped')),
    created_at timestamptz not null default now(),
    closed_at timestamptz,
    check ((status = 'open') = (closed_at is null))
);
create table stocktake_lines (
    id bigint generated always as identity primary key,
    stocktake_id bigint not null references stocktakes on delete cascade,
    variant_id bigint not null references variants on delete cascade,
    counted integer check (counted between 0 and 1000000000),
    on_hand integer,                                                        -- by the ledger, when it was counted
    reason text not null default 'counted',
    counted_at timestamptz,
    staff_id bigint references staff,
    booked integer,                                                         -- what the ledger was changed by when it was closed
    unique (stocktake_id, variant_id),
    check ((counted is null) = (on_hand is null) and (counted is null) = (counted_at is null))
);
alter table stock_movements add column stocktake_id bigint references stocktakes on delete restrict;
create index stock_movements_stocktake on stock_movements (stocktake_id) where stocktake_id is not null;
