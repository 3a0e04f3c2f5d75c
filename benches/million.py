"""Placing orders and finding them again in a shop that has very many: million.py BINARY [ORDERS] [SECONDS]; prints lines for docs/proof.md."""
import concurrent.futures, statistics, sys, time

from shop import Shop, thousand_products
from shopper import Shopper, Staff

BUYERS = 8
FIRST = 10_000_000

# A shop of three years: names, addresses and days differ, so that the indexes have something to find. Triggers are off while it is made;
# `doctor --deep` looks at the result.
MADE = """
set session_replication_role = replica;
insert into orders (number, token, cart_id, email, locale, currency, tax_included, goods_total, shipping_total, tax_total, total, status,
                    payment_status, fulfilment_status, customer_name, shipping_address, billing_address, shipping_method, payment_method, placed_at)
select {first} + n, md5(n::text) || 'abcdefghij', -n, 'buyer' || n % {people} || '@example.org', 'en', 'EUR', true, 1800, 0, 0, 1800, 'completed',
       'paid', 'fulfilled', (array['Anna','Bert','Clara','David','Emma','Felix','Greta','Hugo'])[1 + n % 8] || ' ' || initcap(substr(md5((n % {people})::text), 1, 6)),
       '{{"country": "DE", "name": "Anna", "street": "Weg 1", "postal_code": "04109", "city": "Leipzig"}}',
       '{{"country": "DE", "name": "Anna", "street": "Weg 1", "postal_code": "04109", "city": "Leipzig"}}', 'Post', 'bank_transfer',
       now() - (n % 1000) * interval '1 day'
  from generate_series(1, {orders}) n;
insert into order_lines (order_id, title, sku, quantity, unit_price, total, position)
select id, 'Bowl', 'BENCH-1-0', 2, 900, 1800, 0 from orders where number > {first};
insert into fulfilments (order_id) select id from orders where number > {first};
insert into fulfilment_lines (fulfilment_id, order_line_id, quantity)
select f.id, l.id, 2 from fulfilments f join orders o on o.id = f.order_id join order_lines l on l.order_id = o.id where o.number > {first};
insert into payments (order_id, gateway, reference, idempotency_key, currency, amount, state)
select id, 'bank_transfer', 'M' || number, 'made:' || number, 'EUR', 1800, 'captured' from orders where number > {first};
insert into payment_captures (payment_id, amount, idempotency_key, state)
select id, amount, idempotency_key, 'done' from payments where idempotency_key like 'made:%';
set session_replication_role = origin;
update counters set value = {first} + {orders} where name = 'order_number';
analyze;
"""


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def looked_up(staff, orders):
    """Milliseconds at the 95th percentile for the index and its three searches."""
    found = {}
    for name, words in (("index", lambda n: ""), ("name", lambda n: "anna+" + "abcdef0123"[n % 10]), ("e-mail", lambda n: f"buyer{n * 37 % orders}%40example"),
                        ("number", lambda n: str(FIRST + 1 + n * 7919 % orders))):
        times = []
        for n in range(60):
            begun = time.monotonic()
            status, _, _ = staff.ask("GET", f"/admin/orders?q={words(n)}" if words(n) else "/admin/orders")
            times.append(time.monotonic() - begun)
            assert status == 200, (name, status)
        found[name] = percentile(times, .95)
    return found


def bought(shop, variants, seconds):
    """Buyers who buy without a pause: orders, and how long the last button took each time."""
    until = time.monotonic() + seconds

    def keep_buying(number):
        times, n = [], number
        while time.monotonic() < until:
            shopper = Shopper(shop)
            shopper.fill_cart(variants[n % len(variants)])
            n += BUYERS
            if shopper.fill_in():
                begun = time.monotonic()
                if shopper.place():
                    times.append(time.monotonic() - begun)
        return times

    with concurrent.futures.ThreadPoolExecutor(BUYERS) as pool:
        return [took for times in pool.map(keep_buying, range(BUYERS)) for took in times]


def main():
    binary, orders, seconds = sys.argv[1], int((sys.argv[2:] or [1_000_000])[0]), int((sys.argv[3:] or [300])[0])
    shop = Shop(binary)
    try:
        shop.run("demo")
        catalogue = shop.folder + "/products.csv"
        thousand_products(catalogue, 100)
        shop.run("import", "shopify", catalogue)
        shop.start()
        begun = time.monotonic()
        shop.sql(MADE.format(first=FIRST, orders=orders, people=max(1, orders // 4)))
        print(f"- {orders:,} orders made in {time.monotonic() - begun:.0f} s.", flush=True)
        variants = [row[0] for row in shop.sql("select id from variants where sku like 'BENCH-%'")]
        bought(shop, variants, 5)
        times = bought(shop, variants, seconds)
        print(f"- {BUYERS} buyers for {seconds} s, {orders:,} orders in the database: {len(times) / seconds:.1f} orders/s; the last button "
              f"p50 {statistics.median(times) * 1000:.0f} ms, p99 {percentile(times, .99):.0f} ms.", flush=True)
        found = looked_up(Staff(shop, "bench@example.org", "owner"), orders)
        print("- Orders of staff, p95: " + ", ".join(f"{name} {took:.0f} ms" for name, took in found.items()) + ".", flush=True)
        findings = shop.doctor("--deep")
        print("- `doctor --deep` afterwards: " + ("; ".join(findings) or "all is well") + ".")
    finally:
        shop.close()


main()
