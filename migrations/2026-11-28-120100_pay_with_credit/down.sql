drop index orders_due_partly;
alter table payments drop constraint payments_attention_check;
update payments set attention = 'stock_gone' where attention = 'credit_gone';
alter table payments add constraint payments_attention_check
    check (attention in ('wrong_money', 'stock_gone', 'order_over', 'twice'));
alter table payment_refunds drop column credit_account_id;
alter table payments drop column credit_account_id;
drop table checkout_credits;
