"""Requests per second, latency, queries and bytes of each page of a shop with 1,000 products."""
import pathlib, re, subprocess, sys, tempfile

from shop import Shop, free_port, thousand_products

SECONDS = 5


def wrk(url, connections, headers=(), script=None, seconds=SECONDS):
    command = ["wrk", f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", script]
    out = subprocess.run(command + [url], capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    latency = {name: re.search(rf"{name}%\s+([\d.]+\w+)", out)[1] for name in ("50", "99")}
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return rate, latency["50"], latency["99"], int(errors[1]) if errors else 0


def row(name, at16, at1, queries, size):
    print(f"{name:34} {at16[0]:>9,.0f}/s {at16[1]:>9} {at16[2]:>9} │ {at1[0]:>8,.0f}/s {at1[1]:>9} {at1[2]:>9} │ {queries:>7} {size:>8,}"
          + (f"  {at16[3]} errors" if at16[3] else ""), flush=True)


def count_queries(shop, pages):
    """How many queries each page needs when it is asked for first and when it is asked for again, "6 / 0"."""
    shop.start("barrow::platform::db::count=trace")
    try:
        # What all pages share is known by then.
        shop.get("/products/bench-1")
        counted = {}
        for name, method, path, headers, fields in pages:
            ask = (lambda: shop.get(path, headers)) if method == "GET" else (lambda: shop.post(path, fields, headers))
            counted[name] = " / ".join(str(shop.queries_of(ask)) for _ in range(2))
        return counted
    finally:
        shop.stop()


def measure(shop, name, path, queries, headers=(), script=None):
    plain = dict(header.split(": ", 1) for header in headers)
    status, answer, body = shop.get(path, plain) if script is None else (200, {}, b"")
    if status >= 400:
        raise SystemExit(f"{path} answers {status}")
    row(name, wrk(shop.url + path, 16, headers, script), wrk(shop.url + path, 1, headers, script), queries[name], len(body))


def add_script(variant):
    """Each request of it puts one piece in a cart of its own."""
    path = pathlib.Path(tempfile.mkdtemp()) / "add.lua"
    path.write_text(f'''wrk.method = "POST"
wrk.body = "variant={variant}&quantity=1"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Sec-Fetch-Site"] = "same-origin"
''')
    return str(path)


def nginx():
    folder = tempfile.mkdtemp(dir="/var/tmp")
    pathlib.Path(folder).chmod(0o755)
    port = free_port()
    pathlib.Path(folder, "page.html").write_text("x" * 30_000)
    pathlib.Path(folder, "nginx.conf").write_text(f"""worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000; client_body_temp_path {folder}; proxy_temp_path {folder};
fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
server {{ listen 127.0.0.1:{port}; root {folder}; }} }}""")
    server = subprocess.Popen(["nginx", "-p", folder, "-c", folder + "/nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        subprocess.run(["sleep", "1"])
        url = f"http://127.0.0.1:{port}/page.html"
        row("nginx, static page of 30 kB", wrk(url, 16), wrk(url, 1), "–", 30_000)
    finally:
        server.terminate()


PAGES = [("home", "/"), ("category", "/categories/bowls"), ("product", "/products/bench-7"), ("search", "/search?q=walnut")]


def main():
    shop = Shop(sys.argv[1])
    try:
        shop.run("demo")
        catalogue = shop.folder + "/products.csv"
        thousand_products(catalogue)
        shop.run("import", "shopify", catalogue)
        shop.start()
        _, _, page = shop.get("/products/bench-7")
        variant = re.search(rb'name="variant"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="variant"', page)
        variant = next(group for group in variant.groups() if group).decode()
        piece = {"variant": variant, "quantity": 1}
        _, answer, _ = shop.post("/cart/lines", piece)
        cart = re.search(r"cart=[\w-]+", answer["set-cookie"])[0]
        shop.stop()
        buyer = {"Cookie": cart}
        walk = [(name, "GET", path, {}, None) for name, path in PAGES]
        walk += [(name + ", with a cart", "GET", path, buyer, None) for name, path in PAGES]
        walk += [("cart-add", "POST", "/cart/lines", {}, piece), ("cart", "GET", "/cart", buyer, None), ("checkout", "GET", "/checkout", buyer, None)]
        queries = count_queries(shop, walk)
        shop.start()
        print(f"{'':34} {'16 connections':>31} │ {'1 connection':>30} │ queries first / again, bytes")
        language, cookie = "Accept-Language: en", "Cookie: " + cart
        for name, path in PAGES:
            measure(shop, name, path, queries, [language])
            measure(shop, name + ", with a cart", path, queries, [language, cookie])
        measure(shop, "cart-add", "/cart/lines", queries, (), add_script(variant))
        measure(shop, "cart", "/cart", queries, [language, cookie])
        measure(shop, "checkout", "/checkout", queries, [language, cookie])
        print(f"memory of the shop after all this: {shop.memory():.0f} MB")
        nginx()
    finally:
        shop.close()


main()
