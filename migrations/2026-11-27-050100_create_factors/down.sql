drop table passkey_ceremonies;
drop table passkeys;
drop table recovery_codes;
drop table totp_factors;
