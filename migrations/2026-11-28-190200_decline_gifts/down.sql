drop table cart_declined_gifts;
