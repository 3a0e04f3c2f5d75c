-- Somebody asked to be forgotten: an order that is done keeps from then on only what tax law asks for (reduced), and nothing of the
-- person when its time is over (anonymised, also where nobody asked).
create table forgotten_orders (
    order_id bigint primary key references orders on delete cascade,
    asked_at timestamptz,
    reduced_at timestamptz,
    anonymised_at timestamptz
);
create index forgotten_orders_to_reduce on forgotten_orders (order_id) where asked_at is not null and reduced_at is null;

-- A payment page that is still open is forgotten as soon as it is settled.
alter table payment_sessions add column forget_asked boolean not null default false;

-- The audit trail says what staff did and to whom, by ids; what customers are called, write and want is kept elsewhere, where it can be
-- forgotten. Rows from before this rule are put right once.
alter table audit disable trigger audit_append_only;
grant update on audit to current_user;
update audit set before = null, after = null where action in ('customer.note', 'customer.tagged', 'customer.untagged');
update audit set before = before - array['email', 'name', 'tags'] where action in ('customer.merged', 'customer.merged_away');
update audit set before = null, after = jsonb_build_object('changed', (select jsonb_agg(key) from jsonb_object_keys(after) key))
 where action = 'order.edited' and jsonb_typeof(after) = 'object' and after <> '{}';
update audit set after = after - array['to', 'subject'] where action = 'order.mail_again';
update audit set after = after #- '{parcel,tracking}' where action = 'order.fulfilled';
revoke update on audit from current_user;
alter table audit enable trigger audit_append_only;

-- Rows are added, never changed, and kept for a year at least; what is older may go.
create function keep_for_a_year() returns trigger language plpgsql as $$
begin
    if old.at > now() - interval '365 days' then
        raise exception '% is append-only for a year', tg_table_name using errcode = 'integrity_constraint_violation';
    end if;
    return old;
end $$;
drop trigger audit_append_only on audit;
create trigger audit_append_only before update or truncate on audit for each statement execute function refuse_change();
create trigger audit_kept_for_a_year before delete on audit for each row execute function keep_for_a_year();
-- Whoever may not delete by grant could not do so by age either.
grant delete on audit to current_user;
create index audit_at on audit (at);
