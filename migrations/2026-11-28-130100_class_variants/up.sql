-- The class of a variant; none: the shop's default. What is not taxable has no tax in any class.
alter table variants add column tax_class_id bigint references tax_classes on delete restrict;
create index variants_tax_class on variants (tax_class_id) where tax_class_id is not null;
