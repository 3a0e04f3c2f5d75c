alter table carts drop column market_id;
drop table price_list_markets;
alter table price_lists drop column all_markets;
drop table exchange_rates;
drop table market_countries;
drop table markets;
drop function primary_market_stays();
