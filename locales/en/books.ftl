books-title = The books
books-lede = Every night the shop computes again from its records what must be equal in stock and money. Here is what it found.
books-none = Not looked at yet
books-none-text = The first look is taken tonight, or now if you like.
books-all-well = All is well
books-all-well-text = { $count ->
    [one] One thing was looked at, { $when }. It took { $took } ms.
   *[other] { $count } things were looked at, { $when }. It took { $took } ms.
}
books-drift = { $count ->
    [one] One thing does not agree
   *[other] { $count } things do not agree
}
books-looked = Looked at { $when }, in { $took } ms.
books-now = Look now
books-looking = The books are being looked at; the page shows what was found in a moment.
books-of = { $count ->
    [one] one: { $names }
   *[other] { $count }: { $names }
}
books-earlier = Earlier looks
books-found-none = nothing
books-found = Found
books-what = Looked at
books-notes = Worth knowing

books-balances-well = stock: every balance is the sum of its movements
books-balances-broken = stock balances that are not the sum of their movements
books-balances-do = count these variants and correct them on their product page; tell us, since only the ledger may change a balance
books-promised-well = stock: what is promised is promised to order lines
books-promised-broken = stock rows whose promised pieces are not those of the order lines
books-promised-do = look at the open orders of these variants; cancelling and placing them again repairs it; tell us how it came about
books-closed-well = stock: no closed order holds stock
books-closed-broken = closed orders that still hold stock
books-closed-do = these pieces can be sold: correct the stock of their variants, and tell us
books-short-well = stock: nothing is promised that is not there
books-short-broken = variants of which more is promised than is there
books-totals-well = orders: totals are the sums of their parts
books-totals-broken = orders whose totals are not the sums of their parts
books-totals-do = do not ship these before looking at them; tell us, since the database should have refused them
books-refunds-well = payments: refunds ≤ captures ≤ authorised
books-refunds-broken = payments with more refunded than captured, or more captured than authorised
books-refunds-do = compare them with your bank or gateway; tell us, since the database should have refused them
books-currency-well = payments: in the currency of their order
books-currency-broken = payments in another currency than their order
books-currency-do = refund them and ask for the right amount
books-shipped-well = orders: nothing is shipped twice
books-shipped-broken = order lines of which more was shipped than ordered
books-shipped-do = ask the shopper what arrived; tell us, since the database should have refused it
books-page-late-well = payment pages: none is open past its time
books-page-late-broken = payment pages that are open past their time
books-page-late-do = start `barrow serve` or `barrow work`, which close them every minute; if one runs, the gateway does not answer: see the log
books-page-held-well = payment pages: what can be paid there is held
books-page-held-broken = open payment pages whose goods are not held as long as they are open
books-page-held-do = nothing at once: money for what is sold meanwhile goes back by itself; tell us how it came about
books-page-after-well = payment pages: nothing is held after them
books-page-after-broken = carts that hold goods although they became orders, or longer than any checkout does
books-page-after-do = these pieces are free again when their time is over; tell us, since nobody can buy them until then
books-as-shown-well = payments: each paid for what its shopper saw
books-as-shown-broken = payments of another amount than the shopper saw, or on an order that they were not for
books-as-shown-do = do not ship these orders before looking at them; compare with the gateway, and tell us
books-paid-well = payments: what is paid here was paid by somebody
books-paid-broken = payments that are captured although less came in than was asked for
books-paid-do = press "Compare the books now" on the page Payments to look at, and mend what differs
books-went-back-well = payments: what should go back went back
books-went-back-broken = payments whose money should go back and has not for an hour
books-went-back-do = open Payments to look at and ask the gateway again; if it refuses, pay back at the gateway itself
books-answered-well = payments: the gateway has answered everything
books-answered-broken = captures and refunds that the gateway has not answered for an hour
books-answered-do = see whether `barrow serve` or `barrow work` runs and the gateway can be reached; they are sent again with the same key
books-agree-well = payments: the gateways' books agree with ours
books-agree-broken = differences between a gateway's books and ours that stand open
books-agree-do = open Payments to look at; each has a button that mends it
books-no-money-well = payments: nobody can order without paying
books-no-money-broken = ways to pay with which no money moves are offered, although this is no demo shop
books-no-money-do = switch the test card off under Settings, Payment, before anybody else sees the shop
books-jobs-failed-well = jobs: none was given up
books-jobs-failed-broken = jobs that failed too often and were given up
books-jobs-failed-do = the log says why; once that is mended, run `barrow work` and see whether new ones pass
books-jobs-late-well = jobs: none waits for long
books-jobs-late-broken = jobs that wait for more than ten minutes
books-jobs-late-do = start `barrow serve` or `barrow work`, which do them
books-mail-well = mail: none was refused
books-mail-broken = mails of the last month that could not be sent
books-mail-do = look at them under "Sent mail", and at SMTP_URL
books-statuses-well = orders: statuses follow from what was paid and shipped
books-statuses-broken = orders whose statuses do not follow from what was paid and shipped
books-statuses-do = open these orders: whatever is recorded there next sets the statuses right; tell us how it came about
books-taxes-well = orders: every tax is its rate of its amount, rounded once
books-taxes-broken = orders with a tax that is not its rate of its amount
books-taxes-do = compare with the page "How was this computed?" of these orders; tell us how it came about
books-replayed-well = stock: the ledger, replayed from its first row, never promises a piece twice
books-replayed-broken = stock rows whose ledger promised less than nothing at some moment
books-replayed-do = look at the movements of these variants on their stock page; tell us how it came about
books-transfers-well = stock: what left for another location came, is lost or is on its way
books-transfers-broken = transfers whose pieces are neither here nor there
books-transfers-do = count the goods of these transfers at both locations and correct the stock; tell us, since nothing may get lost between two locations
