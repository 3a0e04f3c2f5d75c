create table orders (
    id bigint generated always as identity primary key,
    number bigint not null unique,
    token text not null unique check (length(token) >= 22),  -- opens the order page without signing in
    cart_id bigint not null unique,                          -- placing twice gives the same order; no key: carts are swept
    email text not null,
    locale text not null,
    currency char(3) not null,
    tax_included boolean not null,
    goods_total bigint not null check (goods_total >= 0),
    discount_total bigint not null default 0 check (discount_total >= 0),
    shipping_total bigint not null check (shipping_total >= 0),
    tax_total bigint not null check (tax_total >= 0),
    total bigint not null check (total >= 0),
    status text not null check (status in ('open', 'completed', 'cancelled', 'expired')),
    payment_status text not null check (payment_status in ('unpaid', 'authorised', 'partly_paid', 'paid', 'partly_refunded', 'refunded', 'voided')),
    fulfilment_status text not null check (fulfilment_status in ('unfulfilled', 'partly_fulfilled', 'fulfilled', 'cancelled')),
    customer_name text not null,
    shipping_address jsonb not null,
    billing_address jsonb not null,
    shipping_method text not null,
    payment_method text not null,
    note text not null default '',
    placed_at timestamptz not null default now(),
    due_at timestamptz,                                      -- unpaid orders expire then
    reminded_at timestamptz,
    cancelled_at timestamptz,
    version integer not null default 1,
    check (total = goods_total - discount_total + shipping_total + case when tax_included then 0 else tax_total end)
);
create index orders_newest on orders (placed_at desc, id desc);
create index orders_email on orders (lower(email));
create index orders_due on orders (due_at) where status = 'open' and payment_status = 'unpaid';
create index orders_status on orders (status, payment_status, fulfilment_status, id desc);
create extension if not exists pg_trgm;
create index orders_name on orders using gin ((lower(customer_name) || ' ' || lower(email)) gin_trgm_ops);

create table order_lines (
    id bigint generated always as identity primary key,
    order_id bigint not null references orders on delete restrict,
    product_id bigint,
    variant_id bigint,
    title text not null,
    variant_title text not null default '',
    sku text not null default '',
    handle text not null default '',
    media_id bigint references media on delete set null,
    weight_grams integer not null default 0,
    requires_shipping boolean not null default true,
    quantity integer not null check (quantity > 0),
    unit_price bigint not null check (unit_price >= 0),
    discount bigint not null default 0 check (discount >= 0),
    total bigint not null check (total >= 0),
    position integer not null,
    check (total = unit_price * quantity - discount)
);
create index order_lines_order on order_lines (order_id, position);

-- Tax as typed rows, name and rate copied when the order was placed; no line: on shipping.
create table order_taxes (
    id bigint generated always as identity primary key,
    order_id bigint not null references orders on delete restrict,
    order_line_id bigint references order_lines on delete restrict,
    name text not null,
    country char(2) not null,
    rate_millionths integer not null,
    included boolean not null,
    amount bigint not null check (amount >= 0)
);
create index order_taxes_order on order_taxes (order_id);

-- At commit lines and taxes sum up to the totals of their order.
create function order_sums_agree() returns trigger language plpgsql as $$
declare
    row_id bigint;
    ok boolean;
begin
    if tg_table_name = 'orders' then row_id := new.id; else row_id := new.order_id; end if;
    select o.goods_total = coalesce((select sum(l.unit_price * l.quantity) from order_lines l where l.order_id = o.id), 0)
       and o.discount_total = coalesce((select sum(l.discount) from order_lines l where l.order_id = o.id), 0)
       and o.tax_total = coalesce((select sum(t.amount) from order_taxes t where t.order_id = o.id), 0)
      into ok from orders o where o.id = row_id;
    if not ok then
        raise exception 'order %: totals differ from their parts', row_id
            using errcode = 'check_violation', constraint = 'order_sums_agree';
    end if;
    return null;
end $$;
create constraint trigger orders_sums_agree after insert or update on orders
    deferrable initially deferred for each row execute function order_sums_agree();
create constraint trigger order_lines_sums_agree after insert or update on order_lines
    deferrable initially deferred for each row execute function order_sums_agree();
create constraint trigger order_taxes_sums_agree after insert or update on order_taxes
    deferrable initially deferred for each row execute function order_sums_agree();

create table fulfilments (
    id bigint generated always as identity primary key,
    order_id bigint not null references orders on delete restrict,
    carrier text not null default '',
    tracking_number text not null default '',
    tracking_url text not null default '',
    staff_id bigint references staff,
    at timestamptz not null default now()
);
create index fulfilments_order on fulfilments (order_id);
create table fulfilment_lines (
    fulfilment_id bigint not null references fulfilments on delete restrict,
    order_line_id bigint not null references order_lines on delete restrict,
    quantity integer not null check (quantity > 0),
    primary key (fulfilment_id, order_line_id)
);
create index fulfilment_lines_line on fulfilment_lines (order_line_id);

-- Nothing is shipped twice: Σ fulfilled ≤ ordered.
create function fulfilled_within_ordered() returns trigger language plpgsql as $$
begin
    if (select sum(f.quantity) > l.quantity from fulfilment_lines f join order_lines l on l.id = f.order_line_id
         where l.id = new.order_line_id group by l.quantity) then
        raise exception 'order line %: more shipped than ordered', new.order_line_id
            using errcode = 'check_violation', constraint = 'fulfilled_within_ordered';
    end if;
    return null;
end $$;
create constraint trigger fulfilled_within_ordered after insert or update on fulfilment_lines
    deferrable initially deferred for each row execute function fulfilled_within_ordered();

create table order_timeline (
    id bigint generated always as identity primary key,
    order_id bigint not null references orders on delete restrict,
    kind text not null,                                      -- placed, paid, fulfilled, cancelled, expired, note, mail, ...
    public boolean not null default true,                    -- may the shopper see it
    detail jsonb not null default '{}',
    staff_id bigint references staff,
    at timestamptz not null default now()
);
create index order_timeline_order on order_timeline (order_id, id);

create table payments (
    id bigint generated always as identity primary key,
    order_id bigint not null references orders on delete restrict,
    gateway text not null,
    reference text not null,                                 -- what the shopper or the gateway calls it
    idempotency_key text not null unique,
    currency char(3) not null,
    amount bigint not null check (amount >= 0),              -- authorised, or asked for by bank transfer
    state text not null check (state in ('pending', 'authorised', 'captured', 'voided', 'failed')),
    created_at timestamptz not null default now(),
    unique (gateway, reference)
);
create index payments_order on payments (order_id);
create table payment_captures (
    id bigint generated always as identity primary key,
    payment_id bigint not null references payments on delete restrict,
    amount bigint not null check (amount > 0),
    idempotency_key text not null unique,
    at timestamptz not null default now()
);
create index payment_captures_payment on payment_captures (payment_id);
create table payment_refunds (
    id bigint generated always as identity primary key,
    payment_id bigint not null references payments on delete restrict,
    amount bigint not null check (amount > 0),
    state text not null check (state in ('granted', 'sent', 'failed')),
    idempotency_key text not null unique,
    at timestamptz not null default now()
);
create index payment_refunds_payment on payment_refunds (payment_id);
create table payment_events (
    id bigint generated always as identity primary key,
    payment_id bigint not null references payments on delete restrict,
    kind text not null,
    detail jsonb not null default '{}',
    at timestamptz not null default now()
);
create index payment_events_payment on payment_events (payment_id, id);
create trigger payment_events_append_only before update or delete or truncate on payment_events
    for each statement execute function refuse_change();

-- At commit: Σ refunds ≤ Σ captures ≤ authorised.
create function payment_sums_agree() returns trigger language plpgsql as $$
declare
    row_id bigint;
    authorised bigint;
    captured bigint;
    refunded bigint;
begin
    if tg_table_name = 'payments' then row_id := new.id; else row_id := new.payment_id; end if;
    select p.amount into authorised from payments p where p.id = row_id for update;
    select coalesce(sum(amount), 0) into captured from payment_captures where payment_id = row_id;
    select coalesce(sum(amount), 0) into refunded from payment_refunds where payment_id = row_id and state <> 'failed';
    if refunded > captured or captured > authorised then
        raise exception 'payment %: % authorised, % captured, % refunded', row_id, authorised, captured, refunded
            using errcode = 'check_violation', constraint = 'payment_sums_agree';
    end if;
    return null;
end $$;
create constraint trigger payments_sums_agree after insert or update on payments
    deferrable initially deferred for each row execute function payment_sums_agree();
create constraint trigger payment_captures_sums_agree after insert or update on payment_captures
    deferrable initially deferred for each row execute function payment_sums_agree();
create constraint trigger payment_refunds_sums_agree after insert or update on payment_refunds
    deferrable initially deferred for each row execute function payment_sums_agree();
