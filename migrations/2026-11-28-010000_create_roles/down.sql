update staff set role = 'analyst' where role not in ('owner', 'manager', 'fulfilment', 'support', 'content', 'analyst');
drop index staff_role;
alter table staff drop constraint staff_role_fkey;
alter table staff add constraint staff_role_check check (role in ('owner', 'manager', 'fulfilment', 'support', 'content', 'analyst'));
drop table roles;
drop sequence role_numbers;
