-- Staff who look at the shop as a customer sees it: a session that ends with theirs.
alter table customer_sessions add column viewer_session_id bigint references staff_sessions on delete cascade;
create index customer_sessions_viewer on customer_sessions (viewer_session_id) where viewer_session_id is not null;
