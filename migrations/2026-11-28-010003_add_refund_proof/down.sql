alter table settings drop column refund_proof_above;
