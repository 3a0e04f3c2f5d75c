drop table sealed_secrets;
drop table sealing_keys;
