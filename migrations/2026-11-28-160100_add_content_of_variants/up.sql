-- What is in a piece and by what it is compared: "750 ml / 1 l".
alter table variants add column content text check (content ~ '^[0-9]{1,7}(\.[0-9]{1,3})? [a-z]+[23]? / [0-9]{1,7}(\.[0-9]{1,3})? [a-z]+[23]?$');
