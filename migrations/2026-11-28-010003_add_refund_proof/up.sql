-- Refunds above this amount (minor units of the shop's currency) ask for a fresh proof of who acts; null: none does.
alter table settings add column refund_proof_above bigint default 20000 check (refund_proof_above >= 0);
