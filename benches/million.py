"""Placing orders and finding them again in a shop that has a million: million.py BINARY [ORDERS] [SECONDS] [ORDERS A SECOND].
What was measured in full goes to docs/proof.md, anything less only to the terminal."""
import datetime, http.client, itertools, multiprocessing, os, pathlib, re, statistics, sys, time, urllib.parse

from shop import Shop, thousand_products
from shopper import ADDRESS, Shopper, Staff

BUYERS = 8
FULL = (1_000_000, 300)
TITLE = "## A million orders"

# Three years of a shop: people, days and states differ, so that the indexes have something to find. Triggers and foreign keys rest while it
# is made; `doctor --deep` looks at the result. Its goods are of lines that are gone: the ledger of the stock has none of them.
MADE = """
set session_replication_role = replica;
create temp table made on commit preserve rows as
select n, 'buyer' || n % {people} || '@' || (array['example.org','post.example','mail.example.com'])[1 + n % {people} % 3] as email,
       (array['Anna','Bert','Clara','David','Emma','Felix','Greta','Hugo','Ida','Jonas','Klara','Leo'])[1 + n % {people} % 12] || ' '
       || initcap(translate(substr(md5((n % {people})::text), 1, 7), '0123456789', 'ghijklmnop')) as name,
       now() - ({orders} - n) * (interval '3 years' / {orders}) as at, n % 50 = 0 as cancelled
  from generate_series(1, {orders}) n;
insert into orders (number, token, cart_id, email, locale, currency, tax_included, goods_total, shipping_total, tax_total, total, status,
                    payment_status, fulfilment_status, customer_name, shipping_address, billing_address, shipping_method, payment_method,
                    placed_at, cancelled_at)
select {first} + n, md5(n::text) || 'abcdefghij', -n, email, 'en', s.currency, true, 1800, 0, 287, 1800,
       case when cancelled then 'cancelled' else 'completed' end, case when cancelled then 'voided' else 'paid' end,
       case when cancelled then 'cancelled' else 'fulfilled' end, name, a.address, a.address, 'Post', 'bank_transfer', at,
       case when cancelled then at + interval '1 day' end
  from made, settings s, lateral (select jsonb_build_object('country', 'DE', 'name', name, 'street', 'Weg 1', 'postal_code', '04109', 'city', 'Leipzig') as address) a
 order by n;
insert into order_lines (order_id, title, sku, quantity, unit_price, total, position)
select id, 'Bowl', 'BOWL', 2, 900, 1800, 0 from orders where number > {first} order by id;
insert into order_taxes (order_id, order_line_id, name, country, class, rate_millionths, included, amount)
select l.order_id, l.id, 'VAT', 'DE', 'Standard', 190000, true, 287 from order_lines l where l.sku = 'BOWL' order by l.id;
insert into order_timeline (order_id, kind, at) select id, 'placed', placed_at from orders where number > {first} order by id;
insert into fulfilments (order_id, at) select id, placed_at + interval '2 days' from orders where number > {first} and cancelled_at is null order by id;
insert into fulfilment_lines (fulfilment_id, order_line_id, quantity)
select f.id, l.id, 2 from fulfilments f join order_lines l on l.order_id = f.order_id where l.sku = 'BOWL' order by f.id;
insert into payments (order_id, gateway, reference, idempotency_key, currency, amount, state)
select id, 'bank_transfer', number, 'made:' || number, currency, 1800, case when cancelled_at is null then 'captured' else 'voided' end
  from orders where number > {first} order by id;
insert into payment_captures (payment_id, amount, idempotency_key, state)
select id, amount, idempotency_key, 'done' from payments where idempotency_key like 'made:%' and state = 'captured' order by id;
set session_replication_role = origin;
update counters set value = {first} + {orders} where name = 'order_number';
"""


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


class Buyer:
    """One connection that goes through the checkout again and again, as lightly as can be: it runs on the shop's own cores."""

    def __init__(self, port, variants, shipping):
        self.port, self.variants, self.shipping, self.connection = port, variants, shipping, None

    def ask(self, method, path, cookie, fields=None):
        headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin", **({"Cookie": cookie} if cookie else {})}
        body = None
        if fields:
            body, headers["Content-Type"] = urllib.parse.urlencode(fields), "application/x-www-form-urlencoded"
        self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        return answer, answer.read()

    def buy(self, variant):
        """How long the last button took, in seconds; None where it led to no order."""
        answer, _ = self.ask("POST", "/cart/lines", "", {"variant": variant, "quantity": 1})
        cookie = re.search(r"(?:__Host-)?cart=[\w-]+", " ".join(answer.headers.get_all("set-cookie") or []))
        if not cookie:
            return None
        whom = {**ADDRESS, "email": "anna@example.org", "payment": "bank_transfer", "shipping": self.shipping}
        self.ask("POST", "/checkout", cookie[0], whom)
        _, page = self.ask("GET", "/checkout/review", cookie[0])
        fields = {name: re.search(f'name="{name}" value="([^"]*)"'.encode(), page) for name in ("expected", "seen")}
        if not all(fields.values()):
            return None
        begun = time.monotonic()
        answer, _ = self.ask("POST", "/checkout/order", cookie[0], {name: found[1].decode() for name, found in fields.items()})
        took = time.monotonic() - begun
        return took if answer.status == 303 and "/orders/" in answer.headers["location"] else None


def buys(number, port, variants, shipping, pause, until, told):
    """Buys something every so often until then; a buyer who is late goes on at once."""
    buyer, times, failed, due = Buyer(port, variants, shipping), [], 0, time.monotonic() + pause * number / BUYERS
    for variant in itertools.cycle(variants[number::BUYERS]):
        time.sleep(max(0, due - time.monotonic()))
        if time.monotonic() >= until:
            break
        took = buyer.buy(variant)
        times, failed, due = times + [took] if took else times, failed + (took is None), due + pause
    told.put((times, failed))


def bought(shop, variants, shipping, seconds, rate):
    """Orders of buyers who want so many a second together (0: as many as can be): seconds that the last button took, and how many failed."""
    told, until = multiprocessing.Queue(), time.monotonic() + seconds
    pause = BUYERS / rate if rate else 0
    crowd = [multiprocessing.Process(target=buys, args=(number, shop.port, variants, shipping, pause, until, told)) for number in range(BUYERS)]
    for one in crowd:
        one.start()
    answers = [told.get() for _ in crowd]
    for one in crowd:
        one.join()
    return [took for times, _ in answers for took in times], sum(failed for _, failed in answers)


def looked_up(shop, staff, first, orders):
    """Milliseconds at the 95th percentile for the list and its searches, of 100 each."""
    known = shop.sql(f"select number, customer_name, email from orders where number in ({', '.join(str(first + 1 + n * 7919 % orders) for n in range(100))})")
    common = ["anna", "bert", "clara", "felix"]
    asked = {"list": [""] * len(known), "a name": [row[1] for row in known], "a first name": [common[n % 4] for n in range(len(known))],
             "e-mail": [row[2] for row in known], "number": [row[0] for row in known]}
    found = {}
    for name, words in asked.items():
        times = []
        for word in words:
            begun = time.monotonic()
            status, _, page = staff.ask("GET", "/admin/orders" + (f"?q={urllib.parse.quote(word)}" if word else ""))
            times.append(time.monotonic() - begun)
            assert status == 200 and "/admin/orders/" in page, (name, word, status)
        found[name] = percentile(times, .95)
    return found


def furnish(shop, orders):
    """A shop with 300 variants on the shelf and so many orders behind it; its first number."""
    shop.run("demo")
    catalogue = shop.folder + "/products.csv"
    thousand_products(catalogue, 100)
    shop.run("import", "shopify", catalogue)
    shop.start()
    first = shop.number("select value from counters where name = 'order_number'")
    for statement in MADE.format(first=first, orders=orders, people=max(1, orders // 4)), "vacuum analyze":
        shop.sql(statement)
    return first


def shipping_of(shop, variant):
    shopper = Shopper(shop)
    shopper.fill_cart(variant)
    assert shopper.fill_in(), shopper.page
    return shop.sql("select shipping_method_id from checkouts order by updated_at desc limit 1")[0][0]


def keep(lines):
    """Writes the section of docs/proof.md, in its old place or at the end."""
    path = pathlib.Path("docs/proof.md")
    before, _, rest = path.read_text().partition("\n" + TITLE)
    after = re.search(r"\n## .*", rest, re.S)
    path.write_text(before.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n" + (after[0] if after else ""))


def main():
    binary, orders, seconds, rate = (sys.argv[1:] + ["", "", "", ""])[:4]
    orders, seconds, rate = int(orders or FULL[0]), int(seconds or FULL[1]), float(rate or 66)
    shop, lines = Shop(binary), []

    def say(line):
        print(line, flush=True)
        lines.append(line)

    try:
        kind = "release" if "/release/" in shop.binary else "debug"
        begun = time.monotonic()
        first = furnish(shop, orders)
        say(f"{TITLE}\n\n`bin/bench --orders` on {datetime.date.today()}, {os.cpu_count()} cores shared with the buyers, {kind}.\n")
        say(f"- {orders:,} orders of {max(1, orders // 4):,} people over three years, made in {time.monotonic() - begun:.0f} s.")
        variants = [row[0] for row in shop.sql("select id from variants where sku like 'BENCH-%' order by id")]
        shipping = shipping_of(shop, variants[0])
        bought(shop, variants, shipping, 5, 0)
        times, failed = bought(shop, variants, shipping, seconds, rate)
        placed, late = len(times) / seconds, percentile(times, .99)
        say(f"- Whole checkouts, from the empty cart to the order, {rate:.0f} a second wanted for {seconds} s: {placed:.1f} orders/s, {failed} failed; the last button"
            f" p50 {statistics.median(times) * 1000:.0f} ms, p99 {late:.0f} ms (wanted: 60/s, 80 ms).")
        most, failed_too = bought(shop, variants, shipping, min(30, seconds), 0)
        say(f"- As many as {BUYERS} buyers can without a pause, {min(30, seconds)} s: {len(most) / min(30, seconds):.1f} orders/s, p99 {percentile(most, .99):.0f} ms.")
        found = looked_up(shop, Staff(shop, "bench@example.org", "owner"), first, orders)
        say("- The list of orders for staff, p95 of 100 each: " + ", ".join(f"{name} {took:.0f} ms" for name, took in found.items()) + " (wanted: 200 ms).")
        begun, findings = time.monotonic(), shop.doctor("--deep")
        say(f"- `doctor --deep` afterwards, {time.monotonic() - begun:.0f} s: {'; '.join(findings) or 'all is well'}.")
        if kind == "release" and (orders, seconds) == FULL:
            keep(lines)
        if failed or failed_too or findings or placed < 60 or late >= 80 or max(found.values()) >= 200:
            sys.exit("not as wanted")
    finally:
        shop.close()


if __name__ == "__main__":
    main()
