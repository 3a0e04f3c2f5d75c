-- Roles: the six that every shop has, whose rights are the program's, and the shop's own, whose rights stand here.
create sequence role_numbers;
create table roles (
    key text primary key default 'own-' || nextval('role_numbers') check (key ~ '^[a-z0-9-]{1,40}$'),
    name text not null default '',                 -- empty: one of the six, called in the reader's language
    rights text[] not null default '{}',           -- of an own role
    demands_factor boolean not null default false, -- whoever has the role must have a second factor
    created_at timestamptz not null default shop_now(),
    check ((name = '') = (key in ('owner', 'manager', 'fulfilment', 'support', 'content', 'analyst')))
);
create unique index roles_name on roles (lower(name)) where name <> '';
insert into roles (key) values ('owner'), ('manager'), ('fulfilment'), ('support'), ('content'), ('analyst');

alter table staff drop constraint staff_role_check;
alter table staff add constraint staff_role_fkey foreign key (role) references roles (key);
create index staff_role on staff (role);
