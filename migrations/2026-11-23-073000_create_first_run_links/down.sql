drop table first_run_links;
