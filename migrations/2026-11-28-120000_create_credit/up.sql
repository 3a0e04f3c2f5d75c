-- Money that the shop owes to whoever has a gift card, and to customers: accounts that pay, with a ledger each.
create table credit_accounts (
    id bigint generated always as identity primary key,     -- writers lock rows in this order
    kind text not null check (kind in ('gift_card', 'store_credit')),
    customer_id bigint references customers on delete restrict,  -- whose store credit it is
    currency char(3) not null,
    balance bigint not null default 0 check (balance >= 0),
    created_at timestamptz not null default shop_now(),
    check ((kind = 'store_credit') = (customer_id is not null)),
    unique (customer_id, currency)
);

create table credit_movements (
    id bigint generated always as identity primary key,
    account_id bigint not null references credit_accounts on delete restrict,
    kind text not null check (kind in ('issued', 'redeemed', 'refunded', 'given', 'taken', 'taken_back', 'merged')),
    amount bigint not null check (amount <> 0),             -- change, signed
    reason text not null default '',
    order_id bigint references orders on delete restrict,
    payment_id bigint references payments on delete restrict,
    staff_id bigint references staff,
    at timestamptz not null default shop_now()
);
create index credit_movements_account on credit_movements (account_id, id desc);
create unique index credit_movements_once on credit_movements (payment_id) where kind = 'redeemed';
-- Only the words may be emptied later.
create trigger credit_movements_append_only before update of id, account_id, kind, amount, order_id, payment_id, staff_id, at or delete
    on credit_movements for each statement execute function refuse_change();
create trigger credit_movements_stay before truncate on credit_movements for each statement execute function refuse_change();

-- The ledger is the only way to change a balance: a movement applies itself, so their sum is the balance by construction.
create function apply_credit_movement() returns trigger language plpgsql as $$
begin
    update credit_accounts set balance = balance + new.amount where id = new.account_id;
    return null;
end $$;
create trigger apply_credit_movement after insert on credit_movements for each row execute function apply_credit_movement();

create function credit_changes_by_movement() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 and (tg_op = 'UPDATE' or new.balance <> 0) then
        raise exception 'credit changes by credit_movements only' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger credit_starts_empty before insert on credit_accounts for each row execute function credit_changes_by_movement();
create trigger credit_changes_by_movement before update of balance on credit_accounts for each row execute function credit_changes_by_movement();

-- What is held for a cart while its shopper stands at a gateway's page.
create table credit_holds (
    cart_id bigint not null,
    account_id bigint not null references credit_accounts on delete restrict,
    amount bigint not null check (amount > 0),
    expires_at timestamptz not null,
    primary key (cart_id, account_id)
);
create index credit_holds_account on credit_holds (account_id, expires_at);
create index credit_holds_expiry on credit_holds (expires_at);

create table gift_cards (
    account_id bigint primary key references credit_accounts on delete restrict,
    code_hash bytea not null unique check (octet_length(code_hash) = 32),   -- SHA-256 of its 16 characters
    last_four text not null check (length(last_four) = 4),
    value bigint not null check (value > 0),                -- when it was issued
    expires_at timestamptz,
    disabled_at timestamptz,
    order_line_id bigint references order_lines on delete restrict,         -- by which it was sold
    piece integer,
    email text not null default '',                         -- whom it is for
    words text not null default '',                         -- that stand on it
    locale text not null,
    link_hash bytea unique check (octet_length(link_hash) = 32),            -- opens its sheet
    shown_at timestamptz,                                   -- the code; from then on it is sealed nowhere
    sendings integer not null default 0,                    -- letters asked for
    sent_at timestamptz,
    staff_id bigint references staff,
    created_at timestamptz not null default shop_now(),
    form_key text unique,                                   -- two clicks on the form that issues it make one
    check ((order_line_id is null) = (piece is null)),
    unique (order_line_id, piece)
);
create index gift_cards_last_four on gift_cards (last_four);
create index gift_cards_email on gift_cards (lower(email)) where email <> '';

-- Gift cards that are sold are good until the end of the year so many years later; 0: for ever.
create table gift_card_terms (
    id boolean primary key default true check (id),
    years integer not null default 3 check (years between 0 and 30)
);
insert into gift_card_terms default values;
