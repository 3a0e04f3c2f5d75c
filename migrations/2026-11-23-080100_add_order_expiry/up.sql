-- When the money did not come in time; the order's status is derived from it.
alter table orders add column expired_at timestamptz;
alter table orders add check (expired_at is null or cancelled_at is null);
