drop table staff_invitations;
