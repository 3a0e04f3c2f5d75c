-- One conversation for each customer, and for each address of guests: what they asked, what was answered, what staff note.
create table conversations (
    id bigint generated always as identity primary key,
    customer_id bigint references customers,
    email text not null check (email = lower(email)),        -- of a guest; a customer's is the account's
    name text not null default '',
    locale text not null default 'en' check (locale in ('en', 'de')),
    secret bytea not null check (octet_length(secret) = 32), -- signs its links and reply addresses
    status text not null default 'open' check (status in ('open', 'snoozed', 'closed')),
    snoozed_until timestamptz,
    staff_id bigint references staff,                        -- who takes care of it
    waiting_since timestamptz,                               -- the customer waits for an answer
    staff_unread integer not null default 0 check (staff_unread >= 0),
    customer_unread integer not null default 0 check (customer_unread >= 0),
    newest_id bigint not null default 0,                     -- its newest message
    newest_at timestamptz not null,
    created_at timestamptz not null default shop_now(),
    check ((status = 'snoozed') = (snoozed_until is not null))
);
create unique index conversations_customer on conversations (customer_id) where customer_id is not null;
create unique index conversations_guest on conversations (email) where customer_id is null;
create index conversations_newest on conversations (status, newest_id desc);
create index conversations_waiting on conversations (waiting_since) where waiting_since is not null;
create index conversations_snoozed on conversations (snoozed_until) where status = 'snoozed';
create index conversations_staff on conversations (staff_id, newest_id desc) where staff_id is not null;

create table messages (
    id bigint generated always as identity primary key,
    conversation_id bigint not null references conversations on delete cascade,
    kind text not null check (kind in ('question', 'answer', 'note')),
    channel text not null check (channel in ('page', 'mail')),
    subject text not null default '' check (length(subject) <= 200), -- of a mail
    body text not null check (length(body) <= 20000),
    quoted text not null default '' check (length(quoted) <= 20000), -- what a mail repeated of earlier ones
    order_id bigint references orders,
    product_id bigint references products on delete set null,
    staff_id bigint references staff,
    sender text not null default '',                         -- the address that a mail or a form names; proves nothing
    trust text not null default 'proved' check (trust in ('proved', 'claimed', 'other_sender')),
    automatic boolean not null default false,                -- an auto-reply or a bounce
    message_id text unique,                                  -- of the mail: the same twice is one message
    at timestamptz not null default shop_now(),
    check ((kind = 'question') = (staff_id is null))
);
create index messages_conversation on messages (conversation_id, id desc);
create index messages_order on messages (order_id, id desc) where order_id is not null;
create index messages_words on messages using gin (lower(body) gin_trgm_ops);

-- Files beside messages: pictures made anew, the others only ever handed out for download.
create table message_files (
    id bigint generated always as identity primary key,
    message_id bigint not null references messages on delete cascade,
    name text not null check (length(name) between 1 and 200),
    mime text not null check (mime in ('image/jpeg', 'application/pdf', 'text/plain')),
    bytes bigint not null check (bytes > 0),
    width integer,
    height integer,
    place text not null unique,                              -- its name in the store
    check ((mime = 'image/jpeg') = (width is not null and height is not null))
);
create index message_files_message on message_files (message_id, id);

create table saved_replies (
    id bigint generated always as identity primary key,
    title text not null check (length(title) between 1 and 80),
    body text not null check (length(body) between 1 and 5000),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create unique index saved_replies_title on saved_replies (lower(title));
