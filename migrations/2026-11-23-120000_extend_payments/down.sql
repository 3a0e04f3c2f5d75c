drop table test_card_answers, test_card_charges, payment_differences, payment_sessions, payment_methods;
drop trigger payment_moves_along_arrows on payments;
drop function payment_moves_along_arrows;
create or replace function payment_sums_agree() returns trigger language plpgsql as $$
declare
    row_id bigint;
    authorised bigint;
    captured bigint;
    refunded bigint;
begin
    if tg_table_name = 'payments' then row_id := new.id; else row_id := new.payment_id; end if;
    select p.amount into authorised from payments p where p.id = row_id for update;
    select coalesce(sum(amount), 0) into captured from payment_captures where payment_id = row_id;
    select coalesce(sum(amount), 0) into refunded from payment_refunds where payment_id = row_id and state <> 'failed';
    if refunded > captured or captured > authorised then
        raise exception 'payment %: % authorised, % captured, % refunded', row_id, authorised, captured, refunded
            using errcode = 'check_violation', constraint = 'payment_sums_agree';
    end if;
    return null;
end $$;
drop index payment_refunds_granted, payment_captures_granted, payments_attention, payments_open_sessions;
alter table payment_refunds drop column reason, drop column failure;
alter table payment_captures drop column failure, drop column state;
alter table payments drop constraint payments_money_belongs_to_an_order, drop column attention, drop column expires_at, drop column capture;
alter table payments drop constraint payments_state_check;
-- What the older shop does not know becomes what it knows.
alter table payments disable trigger payments_sums_agree;
update payments set state = 'voided' where state in ('flagged', 'voiding');
alter table payments enable trigger payments_sums_agree;
alter table payments add constraint payments_state_check check (state in ('pending', 'authorised', 'captured', 'voided', 'failed'));
update payments set reference = idempotency_key where reference is null;
alter table payments alter column reference set not null;
alter table payments alter column order_id set not null;
