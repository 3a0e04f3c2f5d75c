alter table staff drop column time_zone, drop column locale, drop column guide_hidden;
