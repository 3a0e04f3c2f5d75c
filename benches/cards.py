"""What must hold of payments by card: few pieces for many shoppers, two people refunding at once, a shop that is killed while they pay."""
import random, re, threading, time
from concurrent.futures import ThreadPoolExecutor

from shopper import DECLINED, PAID, SHORT, Shopper, Staff

SOLD_OUT, NOT_PAID, MOVED = "has just sold out", "The payment did not go through", "This order has changed meanwhile"


def together(acts):
    """All at the same moment."""
    gate = threading.Barrier(len(acts))

    def one(act):
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def eventually(holds, seconds=90):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.25)
    return False


def settled(shop):
    """Whether everything that was granted is answered, and no notice waits."""
    return shop.number("select (select count(*) from payment_refunds where state = 'granted') + (select count(*) from payment_captures where state = 'granted')"
                       " + (select count(*) from payments where state = 'voiding')"
                       " + (select count(*) from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id"
                       "    where t.identifier not in ('make_widths', 'fetch_picture') and j.run_at < now() + interval '5 seconds' and j.attempts < j.max_attempts)") == 0


def race(shop, say, variant, shoppers, pieces):
    """Everybody wants one; cards are declined at random; who is declined tries again or gives up."""
    def buys(number):
        dice, shopper = random.Random(7_000 + number), Shopper(shop)
        if shopper.fill_cart(variant)[0] != 303:
            return "told it is sold out"
        for _ in range(400):
            if not shopper.fill_in("test_card"):
                if SOLD_OUT in shopper.page or "Your cart is empty" in shopper.page:
                    return "told it is sold out"
                time.sleep(dice.uniform(0.2, 0.6))
                continue
            outcome, order = shopper.pay("decline" if dice.random() < 0.4 else "approve")
            if outcome == PAID:
                page = shopper.ask("GET", order)[2]
                return "paid" if "Thank you" in page else f"no thanks: {order}"
            if outcome == DECLINED and NOT_PAID not in shopper.page:
                return f"declined and not told: {shopper.page[:300]}"
            if outcome == DECLINED and dice.random() < 0.5:
                shopper.empty_cart()
                return "told of the decline, gave up"
        return "still waiting: " + re.sub(r"<[^>]*>|\\s+", " ", shopper.page)[:300]

    became = together([lambda number=number: buys(number) for number in range(shoppers)])
    count = {what: became.count(what) for what in sorted(set(became))}
    stands = shop.sql(f"select sum(on_hand), sum(allocated), (select count(*) from stock_reservations r where r.stock_id = any(array_agg(s.id))"
                      f" and r.expires_at > now()) from stock s where variant_id = {variant}")[0]
    held, told = int(stands[2]), {"paid", "told it is sold out", "told of the decline, gave up"}
    say(f"- {shoppers} shoppers pay by card for {pieces} pieces, cards are declined at random: " + ", ".join(f"{n} {what}" for what, n in count.items())
        + f"; on the shelf {stands[0]}, promised {stands[1]}, held for nobody: {held == 0}.")
    return count.get("paid") == pieces and set(count) <= told and stands[:2] == [str(pieces)] * 2 and held == 0


def refunds(shop, say, variant, rounds):
    """Two people of the staff pay the same money back at the same moment, each with a double click."""
    dice = random.Random(50)
    staff = [Staff(shop, "one@example.org", "owner"), Staff(shop, "other@example.org", "manager")]
    over, twice, moved, money = 0, 0, 0, "select coalesce(sum(amount), 0) from payment_refunds where state <> 'failed' and payment_id = "
    for _ in range(rounds):
        shopper = Shopper(shop)
        shopper.fill_cart(variant)
        assert shopper.fill_in("test_card"), shopper.page
        outcome, order = shopper.pay("approve")
        assert outcome == PAID, outcome
        number, payment, total = shop.sql(f"select o.number, p.id, p.amount from orders o join payments p on p.order_id = o.id where o.token = '{order.split('/')[-1]}'")[0]
        path, total, before = f"/admin/orders/{number}", int(total), 0
        for share in (dice.uniform(0.55, 0.95), 1):
            amount = max(1, int((total - before) * share))
            while True:
                version = re.search(r'name="version" value="(\d+)"', staff[0].ask("GET", path)[2])[1]
                fields = {"version": version, "amount": f"{amount / 100:.2f}", "reason": ""}
                answers = together([lambda one=one: one.ask("POST", f"{path}/payments/{payment}/refund", fields) for one in staff for _ in range(2)])
                after = shop.number(money + payment)
                # The refund before was booked as sent between look and press: all four are told so, and look again.
                if after != before or any(status != 422 or MOVED not in page for status, _, page in answers):
                    break
                moved += 1
            twice += after != before + amount
            over += after > total
            before = after
    eventually(lambda: settled(shop))
    theirs = shop.number("select count(*) from test_card_charges where refunded > captured")
    apart = shop.number("select count(*) from payments p join test_card_charges c on c.reference = p.reference where c.refunded <>"
                        " (select coalesce(sum(amount), 0) from payment_refunds r where r.payment_id = p.id and r.state = 'sent')")
    say(f"- Two staff refund the same payment at once, each clicking twice, {rounds} rounds of two: {over + theirs} times above what was captured,"
        f" {twice} times other than once ({moved} times all four were told to look again), {apart} payments on which the bank gave back another sum.")
    return over + twice + theirs + apart == 0


BEHAVIOURS = ["approve", "approve", "approve", "confirm", "notify_first", "notify_twice", "never_return", "lose_answer", "decline"]


def kills(shop, say, variant, checkouts):
    """The shop is killed at random moments while people pay."""
    staff, dice = Staff(shop, "books@example.org", "owner"), random.Random(9)
    began = shop.number("select max(id) from test_card_charges")
    acknowledged, stop, deaths = set(), threading.Event(), 0

    def buys(seed):
        mine = random.Random(seed)
        while not stop.is_set():
            try:
                shopper = Shopper(shop)
                shopper.fill_cart(variant)
                if shopper.fill_in("test_card"):
                    outcome, order = shopper.pay(mine.choice(BEHAVIOURS))
                    if outcome == PAID:
                        acknowledged.add(order)
                time.sleep(mine.uniform(0, 0.3))
            except Exception:
                time.sleep(0.05)

    taken = f"select count(*) from test_card_charges where id > {began} and captured > 0"
    pool = ThreadPoolExecutor(6)
    buyers = [pool.submit(buys, seed) for seed in range(6)]
    while (done := shop.number(taken)) < checkouts:
        goal = done + dice.randint(2, 8)
        eventually(lambda: shop.number(taken) >= goal, 8)
        time.sleep(dice.uniform(0, 0.4))
        shop.server.kill()
        shop.server.wait()
        shop.start()
        deaths += 1
    stop.set()
    for buyer in buyers:
        buyer.result()
    # Jobs of a killed process are taken over when its heart has not beaten for half a minute.
    eventually(lambda: settled(shop))
    staff.ask("POST", "/admin/payments/comparison", {})
    eventually(lambda: settled(shop))
    charges = f"test_card_charges c where c.id > {began} and c.captured > c.refunded"
    paid = shop.number(f"select count(*) from {charges}")
    lost = shop.number(f"select count(*) from {charges} and not exists (select from payments p join orders o on o.id = p.order_id"
                       " where p.reference = c.reference and p.state = 'captured' and o.payment_status = 'paid' and o.total = c.captured)")
    orders = f"orders o where o.payment_method = 'test_card' and exists (select from payments p join test_card_charges c on c.reference = p.reference where p.order_id = o.id and c.id > {began})"
    doubled = shop.number(f"select count(*) from {orders} and 1 <> (select count(*) from payments p join test_card_charges c on c.reference = p.reference"
                          " where p.order_id = o.id and c.captured > c.refunded)")
    letters = shop.number(f"select count(*) from {orders} and 1 <> (select count(*) from mails m where m.kind = 'order_placed' and m.order_id = o.id)")
    missing = [order for order in acknowledged if shop.get(order)[0] != 200]
    found = shop.doctor()
    say(f"- kill -9 of the shop {deaths} times at random moments while {paid} checkouts are paid by card, then one comparison of the books: {lost} charges"
        f" without their order, {doubled} orders without exactly one charge, {len(missing)} of {len(acknowledged)} acknowledged orders missing,"
        f" {letters} orders without exactly one mail; `doctor`: {'; '.join(found) or 'no drift'}.")
    return lost + doubled + len(missing) + letters + len(found) == 0 and paid >= checkouts
