"""The full figures of the races and kills, against the real binary; writes docs/proof.md."""
import concurrent.futures, datetime, os, pathlib, platform, random, re, signal, socket, subprocess, sys, threading, time

from shop import Shop, thousand_products

ROUNDS = 20
lines = []


def say(line=""):
    print(line, flush=True)
    lines.append(line)


class Shopper:
    """A browser that keeps its cookies and fills in the checkout."""

    def __init__(self, shop):
        self.shop, self.cookies = shop, {}

    def ask(self, method, path, fields=None):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        status, answer, body = self.shop.get(path, headers) if method == "GET" else self.shop.post(path, fields, headers)
        for part in re.findall(r"(?:^|, )(\w+)=([\w-]+);", answer.get("set-cookie", "")):
            self.cookies[part[0]] = part[1]
        return status, answer.get("location", ""), body.decode(errors="replace")

    def fill_cart(self, variant):
        return self.ask("POST", "/cart/lines", {"variant": variant, "quantity": 1})

    def fill_in(self):
        """Fills in the checkout; True when the review page has the button."""
        _, _, page = self.ask("POST", "/checkout/draft", {**ADDRESS, "email": "anna@example.org"})
        shipping = re.search(r'name="shipping" value="(\d+)"', page) or re.search(r'name="shipping" value="(\d+)"', self.ask("GET", "/checkout")[2])
        fields = {**ADDRESS, "email": "anna@example.org", "payment": "bank_transfer"}
        if shipping:
            fields["shipping"] = shipping[1]
        self.ask("POST", "/checkout", fields)
        _, _, page = self.ask("GET", "/checkout/review")
        expected, seen = re.search(r'name="expected" value="([^"]*)"', page), re.search(r'name="seen" value="([^"]*)"', page)
        self.place_fields = {"expected": expected[1], "seen": seen[1]} if expected and seen else None
        return self.place_fields is not None

    def place(self):
        """The order's page, or None."""
        status, to, _ = self.ask("POST", "/checkout/order", self.place_fields)
        return to if status == 303 and to.startswith("/orders/") else None


ADDRESS = {"country": "US", "name": "Anna Berg", "street": "1 Main St", "postal_code": "10001", "city": "New York", "region": "NY"}


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


def last_piece(shop, import_stock):
    good = 0
    for number in range(ROUNDS):
        variant = import_stock(number)

        def shop_for_it(_):
            shopper = Shopper(shop)
            shopper.fill_cart(variant)
            return shopper.fill_in() and shopper.place()

        orders = [order for order in together(50, shop_for_it) if order]
        good += len(set(orders)) == 1
    say(f"- 50 shoppers press for the last piece, {ROUNDS} rounds: exactly one order in {good} of {ROUNDS}.")
    return good == ROUNDS


def double_submits(shop, variant):
    good = 0
    for _ in range(ROUNDS):
        shopper = Shopper(shop)
        shopper.fill_cart(variant)
        assert shopper.fill_in(), "the review page has no button"
        good += len(set(together(50, lambda _: shopper.place())) - {None}) == 1
    say(f"- 50 submits of one checkout at once, {ROUNDS} rounds: exactly one order in {good} of {ROUNDS}.")
    return good == ROUNDS


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


def kills(shop, variant, rounds=10):
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
    missing = [order for order in acknowledged if shop.get(order)[0] != 200]
    doctor = subprocess.run([shop.binary, "doctor"], env=shop.environment, cwd=shop.folder, capture_output=True, text=True)
    drift = [line for line in doctor.stdout.splitlines() if "stock" in line.lower() or "money" in line.lower() or "order" in line.lower()]
    say(f"- kill -9 of the shop and of PostgreSQL in turn, {rounds} times during checkouts: {len(acknowledged)} orders acknowledged, {len(missing)} missing.")
    say("- `doctor` afterwards: " + ("; ".join(line.strip() for line in drift) or f"exit code {doctor.returncode}"))
    return not missing


def main():
    random.seed(7)
    shop = Shop(sys.argv[1])
    try:
        shop.run("demo")
        catalogue = shop.folder + "/products.csv"
        thousand_products(catalogue, 40)
        text = open(catalogue).read()
        single = "".join(f'last-{n},"Last {n}","",Barrow,,,,true,Title,Default Title,LAST-{n},1,shopify,1,deny,10.00,active\n' for n in range(ROUNDS))
        open(catalogue, "w").write(text + single)
        shop.run("import", "shopify", catalogue)
        shop.start()
        say(f"# Proof\n\nWritten by `bin/bench --prove` on {datetime.date.today()}, {os.cpu_count()} cores, {platform.machine()}, against the release binary over HTTP.\n")
        plenty = variant_of(shop, "bench-7")
        good = [
            last_piece(shop, lambda number: variant_of(shop, f"last-{number}")),
            double_submits(shop, plenty),
            slow_posts(shop),
            kills(shop, plenty),
        ]
        pathlib.Path("docs").mkdir(exist_ok=True)
        pathlib.Path("docs/proof.md").write_text("\n".join(lines) + "\n")
        sys.exit(0 if all(good) else 1)
    finally:
        shop.close()


main()
