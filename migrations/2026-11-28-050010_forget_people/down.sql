drop index audit_at;
drop trigger audit_kept_for_a_year on audit;
drop trigger audit_append_only on audit;
create trigger audit_append_only before update or delete or truncate on audit for each statement execute function refuse_change();
drop function keep_for_a_year();
alter table payment_sessions drop column forget_asked;
drop table forgotten_orders;
