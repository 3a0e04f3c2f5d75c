alter table promotion_codes drop column lot_id;
drop table promotion_code_lots;
