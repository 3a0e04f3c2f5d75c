alter table variants drop column content;
