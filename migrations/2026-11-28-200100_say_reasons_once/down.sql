-- What was taken away is not known any more.
select 1;
