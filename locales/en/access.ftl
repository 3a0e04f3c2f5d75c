access-wrong = The e-mail address or the password is not right
access-throttled = Too many attempts. Try again in { $count ->
    [one] one minute
   *[other] { $count } minutes
}
access-password-short = Use at least { $count } characters; a few words in a row are easy to keep in mind
access-password-address = The password must not be your e-mail address
access-password-common = This password is among the first that others would guess
access-password-wrong = This is not your current password
access-staff-known = Somebody with this e-mail address is on the list already
access-staff-gone = This person is no longer on the list
access-last-owner = The shop needs one owner: make somebody else owner first
access-role-owner = Owner
access-role-manager = Manager
access-role-fulfilment = Fulfilment
access-role-support = Support
access-role-content = Content
access-role-analyst = Analyst
