delete from customer_sessions where viewer_session_id is not null;
alter table customer_sessions drop column viewer_session_id;
