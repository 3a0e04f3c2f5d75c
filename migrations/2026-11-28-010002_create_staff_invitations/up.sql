-- Somebody who is asked by mail to join the staff; the row goes when they come, or when the invitation is taken back.
create table staff_invitations (
    id bigint generated always as identity primary key,
    email text not null unique check (email = lower(email)),
    role text not null references roles (key),
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    invited_by bigint references staff,
    sent_at timestamptz not null,
    expires_at timestamptz not null
);
create index staff_invitations_role on staff_invitations (role);
