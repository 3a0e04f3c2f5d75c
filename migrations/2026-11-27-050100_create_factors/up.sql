-- One-time codes of an app; the seed lies in sealed_secrets. Until the first right code it is only being set up.
create table totp_factors (
    account_kind text not null check (account_kind in ('staff', 'customer')),
    account_id bigint not null,
    last_step bigint not null default 0,           -- a code is used once: no step up to this one counts again
    begun_at timestamptz not null,
    confirmed_at timestamptz,
    used_at timestamptz,
    primary key (account_kind, account_id)
);

create table recovery_codes (
    id bigint generated always as identity primary key,
    account_kind text not null check (account_kind in ('staff', 'customer')),
    account_id bigint not null,
    code_hash bytea not null check (octet_length(code_hash) = 32),
    used_at timestamptz,
    unique (account_kind, account_id, code_hash)
);

create table passkeys (
    id bigint generated always as identity primary key,
    account_kind text not null check (account_kind in ('staff', 'customer')),
    account_id bigint not null,
    handle bytea not null check (octet_length(handle) = 16),   -- by which the device knows the account; the same for all of one
    credential_id bytea not null unique,
    credential jsonb not null,
    counter bigint not null default 0 check (counter >= 0),    -- of uses, where the device counts
    name text not null,
    made_at timestamptz not null,
    used_at timestamptz
);
create index passkeys_account on passkeys (account_kind, account_id);

-- A question put to a passkey that waits for its answer; taken out by the first answer.
create table passkey_ceremonies (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    kind text not null check (kind in ('registration', 'proof', 'sign_in')),
    account_kind text not null check (account_kind in ('staff', 'customer')),
    account_id bigint,                             -- null: whoever holds a passkey signs in
    state jsonb not null,
    expires_at timestamptz not null,
    check ((kind = 'sign_in') = (account_id is null))
);
create index passkey_ceremonies_over on passkey_ceremonies (expires_at);
