-- A hosted payment begins before there is an order, and before the gateway has named it.
alter table payments alter column order_id drop not null;
alter table payments alter column reference drop not null;
alter table payments drop constraint payments_state_check;
alter table payments add constraint payments_state_check
    check (state in ('pending', 'authorised', 'captured', 'flagged', 'voiding', 'voided', 'failed'));
alter table payments add column capture text not null default 'automatic' check (capture in ('automatic', 'manual'));
alter table payments add column expires_at timestamptz;                   -- the gateway's page closes then
-- Why no order came of money that did: staff look at these.
alter table payments add column attention text check (attention in ('wrong_money', 'stock_gone', 'order_over', 'twice'));
alter table payments add constraint payments_money_belongs_to_an_order
    check (order_id is not null or state not in ('authorised', 'captured'));
create index payments_open_sessions on payments (expires_at) where state = 'pending' and expires_at is not null;
create index payments_attention on payments (id) where attention is not null;

-- Asked of the gateway first (granted), then sent.
alter table payment_captures add column state text not null default 'done' check (state in ('granted', 'done', 'failed'));
alter table payment_captures add column failure text;
alter table payment_refunds add column failure text;
alter table payment_refunds add column reason text not null default '';
create index payment_captures_granted on payment_captures (payment_id) where state = 'granted';
create index payment_refunds_granted on payment_refunds (payment_id) where state = 'granted';

create function payment_moves_along_arrows() returns trigger language plpgsql as $$
begin
    if old.state <> new.state and (old.state, new.state) not in (
        ('pending', 'authorised'), ('pending', 'captured'), ('pending', 'flagged'), ('pending', 'voiding'), ('pending', 'voided'),
        ('pending', 'failed'), ('authorised', 'captured'), ('authorised', 'voiding'), ('authorised', 'voided'),
        ('flagged', 'voiding'), ('voiding', 'voided'), ('voiding', 'authorised')) then
        raise exception 'payment %: % cannot become %', new.id, old.state, new.state
            using errcode = 'check_violation', constraint = 'payment_moves_along_arrows';
    end if;
    return new;
end $$;
create trigger payment_moves_along_arrows before update of state on payments
    for each row execute function payment_moves_along_arrows();

-- At commit: Σ refunds ≤ Σ captures that are done, and Σ captures ≤ authorised.
create or replace function payment_sums_agree() returns trigger language plpgsql as $$
declare
    row_id bigint;
    authorised bigint;
    asked bigint;
    captured bigint;
    refunded bigint;
begin
    if tg_table_name = 'payments' then row_id := new.id; else row_id := new.payment_id; end if;
    select p.amount into authorised from payments p where p.id = row_id for update;
    select coalesce(sum(amount) filter (where state <> 'failed'), 0), coalesce(sum(amount) filter (where state = 'done'), 0)
      into asked, captured from payment_captures where payment_id = row_id;
    select coalesce(sum(amount), 0) into refunded from payment_refunds where payment_id = row_id and state <> 'failed';
    if refunded > captured or asked > authorised then
        raise exception 'payment %: % authorised, % captured, % refunded', row_id, authorised, asked, refunded
            using errcode = 'check_violation', constraint = 'payment_sums_agree';
    end if;
    return null;
end $$;

-- The ways to pay that the shop offers.
create table payment_methods (
    method text primary key check (method in ('bank_transfer', 'cash_on_delivery', 'test_card')),
    enabled boolean not null default false,
    capture text not null default 'automatic' check (capture in ('automatic', 'manual')),
    position integer not null default 0,
    secret text not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')  -- signs webhooks
);
insert into payment_methods (method, enabled, position) values ('bank_transfer', true, 1), ('cash_on_delivery', false, 2), ('test_card', false, 0);

-- A shopper at a gateway's page: what the order will be made of, or the order that is paid.
create table payment_sessions (
    payment_id bigint primary key references payments on delete restrict,
    token text not null unique check (length(token) >= 22),        -- in the address the gateway sends the shopper back to
    cart_id bigint,
    order_id bigint references orders on delete restrict,
    snapshot jsonb,
    fingerprint text not null default '',
    email text not null,
    locale text not null,
    url text,
    created_at timestamptz not null default now(),
    check ((cart_id is null) <> (order_id is null)),
    check ((cart_id is null) = (snapshot is null))
);
create index payment_sessions_cart on payment_sessions (cart_id);
create index payment_sessions_order on payment_sessions (order_id);

-- Where the gateway's books and ours differ.
create table payment_differences (
    id bigint generated always as identity primary key,
    gateway text not null,
    reference text not null,
    payment_id bigint references payments on delete restrict,
    kind text not null check (kind in ('paid_without_order', 'order_without_payment', 'other_refund')),
    ours bigint not null,
    theirs bigint not null,
    currency char(3) not null,
    found_at timestamptz not null default now(),
    mended_at timestamptz
);
create unique index payment_differences_open on payment_differences (gateway, reference, kind) where mended_at is null;

-- The books of the test card's own bank: another house that happens to stand in this database.
create table test_card_charges (
    id bigint generated always as identity primary key,
    reference text not null unique,
    idempotency_key text not null unique,
    amount bigint not null check (amount > 0),
    currency char(3) not null,
    capture text not null,
    return_url text not null,
    state text not null default 'open' check (state in ('open', 'deciding', 'declined', 'expired', 'authorised', 'captured', 'voided')),
    behaviour text,
    authorised bigint not null default 0,
    captured bigint not null default 0,
    refunded bigint not null default 0,
    lost boolean not null default false,                            -- whether an answer was lost already
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    check (captured <= authorised and refunded <= captured)
);
create table test_card_answers (
    idempotency_key text primary key,
    charge_id bigint not null references test_card_charges,
    kind text not null,
    amount bigint not null,
    at timestamptz not null default now()
);
