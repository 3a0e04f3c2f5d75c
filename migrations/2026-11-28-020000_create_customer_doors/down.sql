drop table sign_in_claims, sign_in_errands, sign_in_sites, customer_steps;
alter table passkey_ceremonies drop constraint passkey_ceremonies_account;
delete from passkey_ceremonies;
alter table passkey_ceremonies add constraint passkey_ceremonies_check check ((kind = 'sign_in') = (account_id is null));
alter table customer_sessions drop column proved_at;
