drop table customer_notes, customer_tags, customer_group_members, customer_groups;
