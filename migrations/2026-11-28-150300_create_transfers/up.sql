-- Goods that go from one place to another, or come from a supplier. What has left and not arrived is on its way.
create table transfers (
    id bigint generated always as identity primary key,
    from_location_id bigint references locations on delete restrict,        -- null: from a supplier
    to_location_id bigint not null references locations on delete restrict,
    supplier text not null default '',
    status text not null default 'draft' check (status in ('draft', 'sent', 'received', 'cancelled')),
    expected_on date,
    note text not null default '',
    created_at timestamptz not null default now(),
    sent_at timestamptz,
    ended_at timestamptz,
    check (from_location_id is distinct from to_location_id),
    check ((status = 'draft') = (sent_at is null)),
    check ((status in ('received', 'cancelled')) = (ended_at is not null))
);
create index transfers_status on transfers (status, id desc);
create table transfer_lines (
    id bigint generated always as identity primary key,
    transfer_id bigint not null references transfers on delete cascade,
    variant_id bigint not null references variants on delete restrict,
    quantity integer not null check (quantity between 1 and 1000000),
    received integer not null default 0 check (received >= 0),
    lost integer not null default 0 check (lost >= 0),
    returned integer not null default 0 check (returned >= 0),              -- went back to where it came from
    unique (transfer_id, variant_id),
    check (received::bigint + lost + returned <= quantity)
);
create index transfer_lines_variant on transfer_lines (variant_id);

-- What somebody counted when goods arrived; a form sent twice counts once.
create table transfer_receipts (
    id bigint generated always as identity primary key,
    transfer_id bigint not null references transfers on delete cascade,
    form text not null unique check (form <> ''),
    received integer not null,
    lost integer not null,
    reason text not null default '',
    staff_id bigint references staff,
    at timestamptz not null default now()
);
create index transfer_receipts_transfer on transfer_receipts (transfer_id);

alter table stock_movements
    add column transfer_id bigint references transfers on delete restrict,
    drop constraint stock_movements_kind_check,
    add constraint stock_movements_kind_check check (kind in ('opening', 'adjustment', 'allocation', 'release', 'shipment', 'return',
        'transfer_out', 'transfer_in')),
    add constraint stock_movements_transfer check ((transfer_id is not null) = (kind in ('transfer_out', 'transfer_in')));
create index stock_movements_transfer on stock_movements (transfer_id) where transfer_id is not null;
