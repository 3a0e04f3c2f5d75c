-- A product that is a gift card: its variants' prices are the values, it is not sent and not taxed when it is sold.
alter table products add column gift_card boolean not null default false;
alter table order_lines add column gift_card boolean not null default false;
create index order_lines_gift_cards on order_lines (order_id) where gift_card;
