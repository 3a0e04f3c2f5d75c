drop table legal_pages, audit, sign_in_failures, staff_sessions, staff, mails, counters, events, change_feed, settings, media;
drop function tell_change, refuse_change;
