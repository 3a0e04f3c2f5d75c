-- Codes that were asked for at once. A job makes them part by part; `made` is written with the codes, so none is made twice.
create table promotion_code_lots (
    id bigint generated always as identity primary key,
    promotion_id bigint not null references promotions on delete cascade,
    begins text not null default '' check (length(begins) <= 20),
    wanted integer not null check (wanted between 1 and 100000),
    made integer not null default 0 check (made between 0 and wanted),
    created_at timestamptz not null,
    finished_at timestamptz,
    check ((finished_at is not null) = (made = wanted))
);
create index promotion_code_lots_promotion on promotion_code_lots (promotion_id, id);
-- One lot of a promotion at a time.
create unique index promotion_code_lots_open on promotion_code_lots (promotion_id) where finished_at is null;

alter table promotion_codes add column lot_id bigint references promotion_code_lots on delete set null;
create index promotion_codes_lot on promotion_codes (lot_id, id) where lot_id is not null;
