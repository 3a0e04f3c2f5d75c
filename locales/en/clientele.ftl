clientele-title = Customers
clientele-all = All
clientele-groups = Groups
clientele-search = Search by name, e-mail or order number
clientele-search-do = Search
clientele-none = No customers yet
clientele-none-text = Whoever makes an account in the shop appears here.
clientele-not-found = Nobody found
clientele-not-found-text = Nobody with an account fits. Guests are found among the orders.
clientele-name = Name
clientele-email = E-mail
clientele-orders = Orders
clientele-spent = Spent
clientele-since = Since
clientele-since-day = since { $name }
clientele-count = { $count ->
    [one] One customer
   *[other] { $count } customers
}
clientele-not-proved = address not confirmed
clientele-no-orders = Nothing bought yet.
clientele-all-orders = All orders of this address
clientele-timeline = Timeline
clientele-note = Note
clientele-note-hint = Only staff see notes.
clientele-note-add = Add note
clientele-noted = The note is kept
clientele-aside = Tags, groups, addresses and sign-in
clientele-tags = Tags
clientele-no-tags = No tags
clientele-tag-new = New tag
clientele-tag-add = Add tag
clientele-tag-remove = Remove
clientele-tagged = The tag is on
clientele-untagged = The tag is off
clientele-many-tags = A customer has at most { $count } tags
clientele-no-groups = No groups yet
clientele-groups-edit = Edit groups
clientele-groups-save = Keep groups
clientele-grouped = The groups are kept
clientele-group-new = A new group
clientele-group-name = Name
clientele-group-add = Add group
clientele-group-added = The group is there
clientele-group-remove = Remove
clientele-group-removed = The group is removed; its customers stay
clientele-members = { $count ->
    [one] one customer
   *[other] { $count } customers
}
clientele-name-taken = There is a group of this name
clientele-addresses = Addresses
clientele-no-addresses = No addresses kept
clientele-sessions = Signed in
clientele-no-sessions = Not signed in anywhere
clientele-sessions-end = Sign out everywhere
clientele-signed-out = Signed out everywhere
clientele-device-unknown = Unknown device
clientele-send-reset = Send a link to a new password
clientele-reset-sent = The link is on its way
clientele-unverified = The address is not confirmed: no link can be sent to it
clientele-gone = This account is closed
clientele-merge = Merge with another account
clientele-merge-email = E-mail of the other account
clientele-merge-hint = The other account joins this one and is closed. You see everything before it happens.
clientele-merge-look = Look at it first
clientele-merge-stays = Stays
clientele-merge-goes = Joins it and is closed
clientele-merge-what = Orders, { $count ->
    [0] no addresses
    [one] one address
   *[other] { $count } addresses
}, notes, tags, groups and the cart move.
clientele-merge-warning = The closed account is signed out and its sign-in ends; what belonged to whom stays in the audit trail. There is no button to take it back.
clientele-merge-do = Merge for good
clientele-merge-not = Leave both as they are
clientele-merged = The accounts are one now
clientele-same = That is the same account
clientele-nobody = No account has this address
clientele-opened = Account opened
clientele-did-note = Note
clientele-did-customer-tagged = Tag added
clientele-did-customer-untagged = Tag removed
clientele-did-customer-grouped = Groups changed
clientele-did-customer-reset-sent = Link to a new password sent
clientele-did-customer-signed-out = Signed out everywhere
clientele-did-customer-merged = Another account joined this one
clientele-ways = Signs in with
clientele-way-app = App for codes
clientele-way-passkeys = { $count ->
    [one] One passkey
   *[other] { $count } passkeys
}
clientele-factors-remove = Lost: remove app and passkeys
clientele-factors-removed = App and passkeys are removed, and everything is signed out; the customer was told by mail
clientele-did-customer-factors-removed = App and passkeys removed
clientele-mail-factors-subject = Your second step at { $shop } was removed
clientele-mail-factors-heading = Your second step was removed
clientele-mail-factors-text = We removed app, recovery codes and passkeys of the account { $email }, and signed out all devices. If you did not ask us to, choose a new password at once and answer this mail.
clientele-mail-factors-button = Choose a password
clientele-write = Write
clientele-view-as = See the shop as them
clientele-did-customer-viewed = Looked at the shop as this customer
