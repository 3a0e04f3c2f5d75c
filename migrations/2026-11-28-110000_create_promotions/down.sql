drop table cart_codes;
drop table promotion_uses;
drop table promotion_codes;
drop table promotions;
drop table promotion_lanes;
