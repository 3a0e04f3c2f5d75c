-- An order that staff put together for a customer on the phone: a cart of its own, paid by a link or marked as paid. It lives as long as its cart.
create table draft_orders (
    id bigint generated always as identity primary key,
    cart_id bigint not null unique references carts on delete cascade,
    token text not null unique check (length(token) >= 22),  -- opens the payment link; the cart's own token
    locale text not null,
    staff_id bigint not null references staff,
    version integer not null default 1,
    links_sent integer not null default 0,
    link_sent_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
-- What staff take off a line; it holds only for the number of pieces that it was given for.
alter table cart_lines add column discount bigint not null default 0 check (discount >= 0);
alter table cart_lines add column discount_for integer not null default 0;
