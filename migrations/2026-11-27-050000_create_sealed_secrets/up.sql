-- The keys under which secrets are sealed; the keys themselves lie outside the database. One is in use at a time.
create table sealing_keys (
    id integer primary key check (id > 0),
    proof bytea not null,                          -- a known text sealed under the key: shows whether it is the same key
    made_at timestamptz not null default now(),
    retired_at timestamptz
);
create unique index sealing_keys_current on sealing_keys ((true)) where retired_at is null;

-- Secrets that must be read again (seeds of one-time codes, keys of gateways and sign-in providers), sealed for one place.
create table sealed_secrets (
    purpose text not null check (purpose <> ''),
    subject text not null check (subject <> ''),
    key_id integer not null references sealing_keys,
    nonce bytea not null check (octet_length(nonce) = 24),
    ciphertext bytea not null,
    sealed_at timestamptz not null default now(),
    primary key (purpose, subject)
);
create index sealed_secrets_key on sealed_secrets (key_id);
