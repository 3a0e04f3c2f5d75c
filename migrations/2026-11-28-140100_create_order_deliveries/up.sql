-- What was promised of an order's delivery when it was placed.
create table order_deliveries (
    order_id bigint primary key references orders on delete cascade,
    first_day date,                                  -- null: nobody knows, as something waits for new stock
    last_day date,
    days_min integer not null check (days_min >= 0),
    days_max integer not null,
    pickup text not null default '',                 -- where it waits; empty: it is sent
    pickup_note text not null default '',
    translations jsonb not null default '{}',
    check ((first_day is null) = (last_day is null) and last_day >= first_day),
    check (days_max >= days_min)
);

-- Where a parcel left from; null: from several places, or nobody knows.
alter table fulfilments add column location_id bigint references locations on delete restrict;
