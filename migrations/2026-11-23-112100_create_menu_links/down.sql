drop table menu_links;
