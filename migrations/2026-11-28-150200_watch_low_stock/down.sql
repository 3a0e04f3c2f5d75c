drop view low_shelves;
alter table staff drop column low_stock_mail;
alter table stock drop column low_at, drop column low_told_at;
alter table settings drop column low_stock;
