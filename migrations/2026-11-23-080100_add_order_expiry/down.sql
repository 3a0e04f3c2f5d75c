alter table orders drop column expired_at;
