-- When whoever holds a session last showed who they are: what opens the account is changed soon after that only.
alter table customer_sessions add column proved_at timestamptz not null default now();

-- A passkey may be the first thing of an account: then its question is asked before there is one.
alter table passkey_ceremonies drop constraint passkey_ceremonies_check;
alter table passkey_ceremonies add constraint passkey_ceremonies_account
    check (case kind when 'proof' then account_id is not null when 'sign_in' then account_id is null else true end);

-- Signed in by half: the first step is done, a second factor is asked for. The browser holds the token.
create table customer_steps (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    customer_id bigint not null references customers on delete cascade,
    stay boolean not null default false,
    next text not null default '',                           -- where signing in leads; empty: the account
    expires_at timestamptz not null
);
create index customer_steps_customer on customer_steps (customer_id);
create index customer_steps_expiry on customer_steps (expires_at);

-- Other sites that customers sign in with; the client's secret lies in sealed_secrets.
create table sign_in_sites (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('oidc', 'google', 'apple', 'github', 'facebook')),
    label text not null check (length(label) between 1 and 40),
    issuer text not null check (issuer <> ''),               -- of OpenID Connect; GitHub and Facebook: the address of the site
    client_id text not null check (client_id <> ''),
    position integer not null default 0,
    is_on boolean not null default false,
    created_at timestamptz not null default now(),
    unique (issuer, client_id)
);

-- Who was sent to another site and is awaited back: in the same browser, once, for ten minutes.
create table sign_in_errands (
    state_hash bytea primary key check (octet_length(state_hash) = 32),
    browser_hash bytea not null check (octet_length(browser_hash) = 32),
    site_id bigint not null references sign_in_sites on delete cascade,
    customer_id bigint references customers on delete cascade, -- who connects the site; null: somebody signs in
    nonce text not null,
    verifier text not null,                                  -- of PKCE
    stay boolean not null default false,
    next text not null default '',
    expires_at timestamptz not null
);
create index sign_in_errands_site on sign_in_errands (site_id);
create index sign_in_errands_customer on sign_in_errands (customer_id);
create index sign_in_errands_expiry on sign_in_errands (expires_at);

-- Who came back with the proved address of somebody's account: connected once that account is signed in to in its own way.
create table sign_in_claims (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    customer_id bigint not null references customers on delete cascade,
    site_id bigint not null references sign_in_sites on delete cascade,
    issuer text not null check (issuer <> ''),
    subject text not null check (subject <> ''),
    email text not null,
    expires_at timestamptz not null
);
create index sign_in_claims_site on sign_in_claims (site_id);
create index sign_in_claims_customer on sign_in_claims (customer_id);
create index sign_in_claims_expiry on sign_in_claims (expires_at);
