-- Of a business that wants it to be known at its next order; empty: none.
alter table customers add column vat_id text not null default '' check (length(vat_id) <= 20);
