drop table lost_pictures;
