"""The full figures of the races and kills, against the real binary; writes docs/proof.md."""
import collections, concurrent.futures, datetime, os, pathlib, platform, random, re, signal, socket, subprocess, sys, threading, time

import cards, kills, races
from shop import Shop, thousand_products
from shopper import Shopper

Size = collections.namedtuple("Size", "rounds shoppers fewer refunds checkouts kills mixed")
FULL = Size(rounds=20, shoppers=200, fewer=50, refunds=50, checkouts=100, kills=10, mixed=300)
SMALL = Size(rounds=2, shoppers=15, fewer=8, refunds=2, checkouts=8, kills=2, mixed=10)
PIECES = 5
lines = []


def say(line=""):
    print(line, flush=True)
    lines.append(line)


def variant_of(shop, handle):
    page = shop.get(f"/products/{handle}")[2].decode()
    return re.search(r'name="variant" value="(\d+)"', page)[1]


def together(count, act):
    gate = threading.Barrier(count)

    def one(index):
        gate.wait()
        return act(index)

    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def last_piece(shop, import_stock, rounds):
    good = 0
    for number in range(rounds):
        variant = import_stock(number)

        def shop_for_it(_):
            shopper = Shopper(shop)
            shopper.fill_cart(variant)
            return shopper.fill_in() and shopper.place()

        orders = [order for order in together(50, shop_for_it) if order]
        good += len(set(orders)) == 1
    say(f"- 50 shoppers press for the last piece, {rounds} rounds: exactly one order in {good} of {rounds}.")
    return good == rounds


def double_submits(shop, variant, rounds):
    good = 0
    for _ in range(rounds):
        shopper = Shopper(shop)
        shopper.fill_cart(variant)
        assert shopper.fill_in(), "the review page has no button"
        good += len(set(together(50, lambda _: shopper.place())) - {None}) == 1
    say(f"- 50 submits of one checkout at once, {rounds} rounds: exactly one order in {good} of {rounds}.")
    return good == rounds


def slow_posts(shop):
    sockets = []
    for _ in range(50):
        s = socket.create_connection(("127.0.0.1", shop.port))
        s.sendall(b"POST /cart/lines HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
                  b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nvar")
        sockets.append(s)
    times = []
    for _ in range(50):
        start = time.monotonic()
        status, _, _ = shop.get("/search?q=walnut")
        times.append(time.monotonic() - start)
        assert status == 200
    for s in sockets:
        s.close()
    worst = max(times) * 1000
    say(f"- 50 POSTs that never finish their body: 50 other visitors are served, the slowest in {worst:.0f} ms.")
    return worst < 1000


def plain_kills(shop, variant, rounds):
    acknowledged, stop = set(), threading.Event()

    def keep_buying(_):
        while not stop.is_set():
            try:
                shopper = Shopper(shop)
                shopper.fill_cart(variant)
                order = shopper.fill_in() and shopper.place()
                if order:
                    acknowledged.add(order)
            except Exception:
                time.sleep(0.05)

    pool = concurrent.futures.ThreadPoolExecutor(8)
    buyers = [pool.submit(keep_buying, number) for number in range(8)]
    for number in range(rounds):
        time.sleep(random.uniform(1.5, 4))
        if number % 2:
            pid = int(open(next(pathlib.Path(shop.folder).rglob("postmaster.pid"))).readline())
            os.kill(pid, signal.SIGKILL)
        else:
            shop.server.kill()
            shop.server.wait()
            shop.start()
    time.sleep(6)
    stop.set()
    concurrent.futures.wait(buyers)
    # While PostgreSQL reads its log again, pages say so (503); an order that is not there says 404.
    cards.eventually(lambda: shop.get("/")[0] == 200)
    missing = [order for order in acknowledged if shop.get(order)[0] != 200]
    doctor = subprocess.run([shop.binary, "doctor"], env=shop.environment, cwd=shop.folder, capture_output=True, text=True)
    drift = [line for line in doctor.stdout.splitlines() if "stock" in line.lower() or "money" in line.lower() or "order" in line.lower()]
    say(f"- kill -9 of the shop and of PostgreSQL in turn, {rounds} times during checkouts: {len(acknowledged)} orders acknowledged, {len(missing)} missing.")
    say("- `doctor` afterwards: " + ("; ".join(line.strip() for line in drift) or f"exit code {doctor.returncode}"))
    return not missing


def proofs(shop, size):
    """The proofs by name; each says what it saw and returns whether it holds."""
    plenty = lambda: variant_of(shop, "bench-7")
    return {
        "last-piece": lambda: last_piece(shop, lambda number: variant_of(shop, f"last-{number}"), size.rounds),
        "submits": lambda: double_submits(shop, plenty(), size.rounds),
        "slow-posts": lambda: slow_posts(shop),
        "card-race": lambda: cards.race(shop, say, variant_of(shop, "few"), size.shoppers, PIECES),
        "refunds": lambda: cards.refunds(shop, say, plenty(), size.refunds),
        "card-kills": lambda: cards.kills(shop, say, plenty(), size.checkouts),
        "kills": lambda: plain_kills(shop, plenty(), size.kills),
        "pieces": lambda: races.pieces(shop, say, size.rounds, size.shoppers),
        "codes": lambda: races.codes(shop, say, size.rounds, size.fewer),
        "gift-cards": lambda: races.gift_cards(shop, say, size.rounds, size.fewer),
        "bundles": lambda: races.bundles(shop, say, size.rounds, size.fewer),
        "corrections": lambda: races.corrections(shop, say, size.rounds),
        "mixed-kills": lambda: kills.mixed(shop, say, size.mixed),
    }


def furnish(shop, rounds):
    shop.run("demo")
    catalogue = shop.folder + "/products.csv"
    thousand_products(catalogue, 40)
    single = "".join(f'last-{n},"Last {n}","",Barrow,,,,true,Title,Default Title,LAST-{n},1,shopify,1,deny,10.00,active\n' for n in range(rounds))
    few = f'few,"Few","",Barrow,,,,true,Title,Default Title,FEW,1,shopify,{PIECES},deny,10.00,active\n'
    few += "".join(f'race-{name.lower()},"Race {name}","",Barrow,,,,true,Title,Default Title,RACE-{name},1,shopify,100000,deny,9.00,active\n'
                   for name in ("KETTLE", "CUP", "SET"))
    with open(catalogue, "a") as out:
        out.write(single + few)
    shop.run("import", "shopify", catalogue)
    shop.start()
    shop.sql("insert into bundle_parts (bundle_id, part_id, quantity) select s.id, p.id, case p.sku when 'RACE-CUP' then 3 else 1 end"
             " from variants s, variants p where s.sku = 'RACE-SET' and p.sku in ('RACE-KETTLE', 'RACE-CUP')")


def keep(text):
    """Writes the proof; what was measured otherwise stays below it."""
    path = pathlib.Path("docs/proof.md")
    rest = path.read_text().partition("\n## ")[1:] if path.exists() else ("", "")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text + "".join(rest))


def main():
    """prove.py BINARY [--small] [PROOF…]: full figures of all proofs go to docs/proof.md, anything less only to the terminal."""
    binary, *asked = sys.argv[1:]
    size = SMALL if "--small" in asked else FULL
    asked = [name for name in asked if name != "--small"]
    random.seed(7)
    shop = Shop(binary)
    try:
        furnish(shop, size.rounds)
        kind = "release" if "/release/" in shop.binary else "debug"
        say(f"# Proof\n\nWritten by `bin/bench --prove` on {datetime.date.today()}, {os.cpu_count()} cores, {platform.machine()}, against the {kind} binary over HTTP.\n")
        good = {name: proof() for name, proof in proofs(shop, size).items() if not asked or name in asked}
        if size is FULL and not asked:
            keep("\n".join(lines) + "\n")
        failed = [name for name, holds in good.items() if not holds]
        sys.exit("does not hold: " + ", ".join(failed) if failed else 0)
    finally:
        shop.close()


main()
