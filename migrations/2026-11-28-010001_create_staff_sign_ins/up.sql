-- Somebody of the staff whose password was right and who is still asked for the second factor; gone after minutes.
create table staff_sign_ins (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    staff_id bigint not null references staff on delete cascade,
    expires_at timestamptz not null
);
create index staff_sign_ins_staff on staff_sign_ins (staff_id);
create index staff_sign_ins_over on staff_sign_ins (expires_at);

-- When somebody last proved in this session who they are: by a factor, or by the password where they have none.
alter table staff_sessions add column proven_at timestamptz;

-- The audit trail also says from which device, and is read by person and by act.
alter table audit add column device text not null default '';
-- No key to staff: nobody is ever deleted there, and looking it up would let a failed sign-in of a known account take longer.
alter table audit drop constraint audit_staff_id_fkey;
create index audit_staff on audit (staff_id, id desc);
create index audit_action on audit (action, id desc);
-- No row changes, twice over: the trigger stops everybody, and the shop's own role lacks even the right to try (a superuser needs none).
-- What may be deleted, and when, is the trigger's to say.
revoke update, truncate on audit from public;
revoke update, truncate on audit from current_user;
