-- A market that closes leaves its carts to the primary one: what a thing cost before was in another currency.
alter table cart_lines add column seen_currency char(3);      -- of seen_price
update cart_lines l set seen_currency = coalesce(
    (select m.currency from carts c join markets m on m.id = c.market_id where c.id = l.cart_id), (select currency from settings));
