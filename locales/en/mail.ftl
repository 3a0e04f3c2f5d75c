mail-why = You get this mail because of an order at { $name }.

mail-title = Sent mail
mail-caption = Mail, newest first
mail-search = Search by recipient or subject
mail-search-hint = Recipient or subject
mail-search-do = Search
mail-show-all = Show all mail
mail-none = No mail yet
mail-none-lede = What the shop writes to shoppers and to you will be listed here.
mail-not-found = No mail matches
mail-not-found-lede = Try a part of the address or of the subject.
mail-subject = Subject
mail-recipient = To
mail-sender = From
mail-written = Written
mail-sent = Sent
mail-state = State
mail-state-sent = Sent
mail-state-kept = Kept
mail-state-waiting = Waiting
mail-state-failed = Not sent
mail-count = { $count ->
    [one] 1 mail
   *[other] { $count } mails
}
mail-kept-title = Mail is kept here, not sent
mail-kept-lede = No mail server is set up (SMTP_URL). Shoppers get nothing by mail until there is one.
mail-failed-title = The mail server did not take it
mail-sealed = This letter has a link that opens an account. Only its recipient reads it.
mail-letter = Letter
mail-open-letter = Open the letter in a new tab
mail-text = As plain text
mail-send-again = Send again
mail-sent-again = The mail is on its way again
