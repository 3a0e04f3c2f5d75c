-- What a shopper wants to pay with; what it pays is decided when the order is placed.
create table checkout_credits (
    cart_id bigint not null references carts on delete cascade,
    account_id bigint not null references credit_accounts on delete cascade,
    added_at timestamptz not null default now(),
    primary key (cart_id, account_id)
);

-- The account that paid, and the account that a refund went to.
alter table payments add column credit_account_id bigint references credit_accounts;
alter table payments add constraint payments_credit_has_its_account
    check ((gateway in ('gift_card', 'store_credit')) = (credit_account_id is not null));
alter table payment_refunds add column credit_account_id bigint references credit_accounts;
alter table payments drop constraint payments_attention_check;
alter table payments add constraint payments_attention_check
    check (attention in ('wrong_money', 'stock_gone', 'order_over', 'twice', 'credit_gone'));
-- An order that credit paid a part of expires like one that nobody paid.
create index orders_due_partly on orders (due_at) where status = 'open' and payment_status = 'partly_paid';
