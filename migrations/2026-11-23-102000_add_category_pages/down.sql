alter table categories drop column seo_title, drop column seo_description, drop column arranged, drop column version, drop column updated_at;
