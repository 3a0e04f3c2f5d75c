drop index mails_order;
alter table mails drop column message_id, drop column reply_to, drop column in_reply_to, drop column reference_ids;
