drop trigger standing_prices_price_history_goes_on on standing_prices;
drop trigger variants_price_history_goes_on on variants;
drop function price_history_goes_on();
