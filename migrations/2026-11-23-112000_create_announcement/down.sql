alter table settings add column announcement text not null default '';
update settings set announcement = coalesce((select texts ->> settings.locale from announcement), '');
drop table announcement;
