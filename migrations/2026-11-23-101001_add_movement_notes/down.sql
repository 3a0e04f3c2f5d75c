alter table stock_movements drop column note, drop column form;
