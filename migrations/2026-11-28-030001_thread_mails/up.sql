-- What puts a mail into its thread; empty: as it always was.
alter table mails
    add column message_id text not null default '',
    add column reply_to text not null default '',
    add column in_reply_to text not null default '',
    add column reference_ids text not null default '';
create index mails_order on mails (order_id, id desc) where order_id is not null;
