-- What everybody pays writes its own history at the end of the transaction, whoever changed it: the price of before ends, that of now
-- begins. The shop says the moment by `barrow.priced_at`; who writes past it has the moment of the transaction.
create function price_history_goes_on() returns trigger language plpgsql as $$
declare
    moment timestamptz := coalesce(nullif(current_setting('barrow.priced_at', true), '')::timestamptz, shop_now());
    changed bigint;
    ended timestamptz;
begin
    if tg_table_name = 'variants' then
        changed := new.id;
    elsif tg_op = 'DELETE' then
        changed := old.variant_id;
    else
        changed := new.variant_id;
    end if;
    update price_history h set valid_until = greatest(h.valid_from, moment)
      from current_prices c
     where c.variant_id = changed and h.variant_id = changed and h.valid_until is null
       and (h.amount, h.compare_at) is distinct from (c.price, c.compare_at)
    returning h.valid_until into ended;
    if found then
        insert into price_history (variant_id, amount, compare_at, valid_from)
        select variant_id, price, compare_at, ended from current_prices where variant_id = changed;
    end if;
    return null;
end $$;
create constraint trigger variants_price_history_goes_on after update of price, compare_at on variants
    deferrable initially deferred for each row
    when ((old.price, old.compare_at) is distinct from (new.price, new.compare_at)) execute function price_history_goes_on();
create constraint trigger standing_prices_price_history_goes_on after insert or update or delete on standing_prices
    deferrable initially deferred for each row execute function price_history_goes_on();
