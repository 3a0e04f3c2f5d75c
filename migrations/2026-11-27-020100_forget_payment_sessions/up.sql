-- Names and addresses at payment pages are emptied after a while; the amounts stay.
alter table payment_sessions add column forgotten_at timestamptz;
create index payment_sessions_known on payment_sessions (created_at) where forgotten_at is null;
