drop table saved_replies, message_files, messages, conversations;
