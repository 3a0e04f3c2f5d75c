drop index payment_sessions_known;
alter table payment_sessions drop column forgotten_at;
