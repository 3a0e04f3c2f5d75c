"""What must hold when the shop or its database is killed while people buy with codes, gift cards and bundles."""
import os, pathlib, random, signal, threading, time
from concurrent.futures import ThreadPoolExecutor

from cards import eventually, settled
from races import variant
from shopper import PAID, Shopper, code_for, gift_card

# So many may use the discount that all share; each of the others has one use.
SHARED = 30


def kill_database(shop):
    pid = int(open(next(pathlib.Path(shop.folder).rglob("postmaster.pid"))).readline())
    os.kill(pid, signal.SIGKILL)


def kill_shop(shop):
    shop.server.kill()
    shop.server.wait()
    shop.start()


def answers(shop):
    try:
        return shop.get("/")[0] == 200 and shop.sql("select 1") == [["1"]]
    except Exception:
        return False


class Mall:
    """Shoppers who go on buying, each time with something else."""

    def __init__(self, shop):
        self.shop, self.stop, self.acknowledged = shop, threading.Event(), set()
        self.plain, self.bundle = variant(shop, "BENCH-7-0"), variant(shop, "RACE-SET")
        self.shared = code_for(shop, "SHARED", most_uses=SHARED)
        self.singles = [code_for(shop, f"SINGLE{number}", percent=20, most_uses_per_code=1) for number in range(12)]
        self.cards = [gift_card(shop, 2_500) for _ in range(24)]
        self.first = shop.number("select max(id) from orders")

    def buy(self, dice):
        shopper = Shopper(self.shop)
        shopper.fill_cart(self.bundle if dice.random() < 0.3 else self.plain)
        if dice.random() < 0.4:
            shopper.type_code(dice.choice([self.shared, *self.singles]))
        card = dice.random() < 0.5
        if not shopper.fill_in("test_card" if card else "bank_transfer"):
            return
        if dice.random() < 0.5:
            shopper.use_card(dice.choice(self.cards)[0])
        if card and shopper.place_fields:
            outcome, order = shopper.pay(dice.choice(["approve", "approve", "notify_first", "never_return", "decline"]))
            order = order if outcome == PAID else None
        else:
            order = shopper.insist(5)
        if order:
            self.acknowledged.add(order)

    def go_on(self, seed):
        dice = random.Random(seed)
        while not self.stop.is_set():
            try:
                self.buy(dice)
                time.sleep(dice.uniform(0, 0.2))
            except Exception:
                time.sleep(0.05)

    def orders(self):
        return self.shop.number(f"select count(*) from orders where id > {self.first}")

    def spent(self):
        """What was used or spent more often than it may be, in words."""
        rules = {
            "codes used too often": "select count(*) from (select p.id, c.id from promotions p join promotion_codes c on c.promotion_id = p.id"
            " join promotion_uses u on u.promotion_id = p.id and (u.code_id = c.id or p.most_uses is not null)"
            " where u.order_id is not null and u.given_back_at is null group by p.id, c.id"
            " having count(distinct u.cart_id) > coalesce(p.most_uses, p.most_uses_per_code)) over",
            "discounts without their use": "select count(*) from order_discounts d where d.promotion_id is not null and not exists"
            " (select from promotion_uses u where u.order_id = d.order_id and u.promotion_id = d.promotion_id)",
            "cards below nothing": "select count(*) from credit_accounts where balance < 0",
            "cards spent above their value": "select count(*) from gift_cards g where g.value <"
            " (select coalesce(-sum(m.amount), 0) from credit_movements m where m.account_id = g.account_id and m.kind <> 'issued')",
            "payments that took another sum from the card": "select count(*) from payments p where p.credit_account_id is not null and p.amount <>"
            " (select coalesce(-sum(m.amount), 0) from credit_movements m where m.payment_id = p.id and m.kind = 'redeemed')",
            "orders paid above their total": "select count(*) from orders o where o.total < (select sum(c.amount) from payment_captures c"
            " join payments p on p.id = c.payment_id where p.order_id = o.id and c.state = 'done')",
            "carts that became two orders": "select count(*) - count(distinct cart_id) from orders",
        }
        counts = {what: self.shop.number(rule) for what, rule in rules.items()}
        return [f"{count} {what}" for what, count in counts.items() if count]


def mixed(shop, say, checkouts):
    """kill -9 of the shop and of PostgreSQL in turn, and a look at the books after each."""
    mall, dice, found, deaths = Mall(shop), random.Random(300), [], [0, 0]
    with ThreadPoolExecutor(8) as pool:
        buyers = [pool.submit(mall.go_on, seed) for seed in range(8)]
        while (done := mall.orders()) < checkouts:
            goal = done + dice.randint(2, max(4, checkouts // 20))
            eventually(lambda: mall.orders() >= goal, 15)
            time.sleep(dice.uniform(0, 0.5))
            which = sum(deaths) % 2
            (kill_shop, kill_database)[which](shop)
            deaths[which] += 1
            if not eventually(lambda: answers(shop), 60):
                found.append("the shop does not come back")
                break
            found += shop.doctor("--deep") + mall.spent()
        mall.stop.set()
        for buyer in buyers:
            buyer.result()
    eventually(lambda: settled(shop))
    found += shop.doctor("--deep") + mall.spent()
    missing = [order for order in mall.acknowledged if shop.get(order)[0] != 200]
    seen = shop.sql(f"select count(*), count(*) filter (where discount_total > 0), count(*) filter (where exists (select from payments p where p.order_id = o.id"
                    f" and p.credit_account_id is not null)), count(*) filter (where exists (select from order_lines l join order_line_parts r on"
                    f" r.order_line_id = l.id where l.order_id = o.id)) from orders o where id > {mall.first}")[0]
    say(f"- kill -9 of the shop {deaths[0]} times and of PostgreSQL {deaths[1]} times at random moments of {seen[0]} checkouts ({seen[1]} with a code,"
        f" {seen[2]} with a gift card, {seen[3]} with a bundle): after each, `doctor --deep` and the rules of codes and cards:"
        f" {'; '.join(sorted(set(found))) or 'no drift'}; {len(missing)} of {len(mall.acknowledged)} acknowledged orders missing.")
    return not found and not missing and int(seen[0]) >= checkouts
