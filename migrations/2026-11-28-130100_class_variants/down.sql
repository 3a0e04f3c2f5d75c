alter table variants drop column tax_class_id;
