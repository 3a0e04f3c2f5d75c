grant update, truncate on audit to current_user;
drop index audit_action;
drop index audit_staff;
alter table audit drop column device;
alter table staff_sessions drop column proven_at;
drop table staff_sign_ins;
alter table audit add constraint audit_staff_id_fkey foreign key (staff_id) references staff;
