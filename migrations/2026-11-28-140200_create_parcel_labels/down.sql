drop table parcel_labels;
drop table label_account;
