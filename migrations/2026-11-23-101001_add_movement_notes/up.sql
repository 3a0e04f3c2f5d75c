-- What staff wrote beside the reason; and the form that was sent, so that sending it twice counts once.
alter table stock_movements
    add column note text not null default '',
    add column form text unique check (form <> '');
