"""Imports 49,688 groceries (or as many products as there are in the file given) to the very end and prints time, rows a second, peak
memory, and what a second run changes. grocery.py BINARY FOLDER: the folder has instacart_products.csv and its two companions."""
import csv, pathlib, re, subprocess, sys, time

from shop import Shop


def convert(folder, out):
    """The groceries as Shopify would export them; prices and stock are made up from the number, since there are none."""
    named = lambda file: {row[0]: row[1] for row in list(csv.reader(open(folder / file)))[1:]}
    aisles, departments = named("instacart_aisles.csv"), named("instacart_departments.csv")
    count = 0
    with open(out, "w", newline="") as file:
        write = csv.writer(file).writerow
        write(["Handle", "Title", "Body (HTML)", "Vendor", "Product Category", "Type", "Tags", "Published", "Variant SKU",
               "Variant Inventory Tracker", "Variant Inventory Qty", "Variant Inventory Policy", "Variant Price", "Status"])
        for number, title, aisle, department in list(csv.reader(open(folder / "instacart_products.csv")))[1:]:
            handle = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:80] + "-" + number
            write([handle, title, f"<p>{title.replace('<', '&lt;')}</p>", "Grocer", f"{departments[department].title()} > {aisles[aisle].title()}",
                   aisles[aisle], f"{aisles[aisle]}, {departments[department]}", "true", f"G-{number}", "shopify", int(number) % 50, "deny",
                   f"{1 + int(number) % 30}.{int(number) % 100:02}", "active"])
            count += 1
    return count


def run(shop, catalogue):
    """What the import said, how long it took and its peak of memory in MB (VmHWM, asked until it ends)."""
    begun, peak = time.monotonic(), 0
    process = subprocess.Popen([shop.binary, "import", "shopify", catalogue], env=shop.environment, cwd=shop.folder,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    while process.poll() is None:
        try:
            peak = max(peak, int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{process.pid}/status").read())[1]) / 1024)
        except (OSError, TypeError):
            pass
        time.sleep(0.2)
    return process.stdout.read(), time.monotonic() - begun, peak


def main():
    shop = Shop(sys.argv[1])
    try:
        catalogue = shop.folder + "/groceries.csv"
        count = convert(pathlib.Path(sys.argv[2]), catalogue)
        shop.run("migrate")
        for turn in ("first run", "second run"):
            said, seconds, peak = run(shop, catalogue)
            print(f"{turn}: {count:,} rows in {seconds:,.0f} s, {count / seconds:,.0f} rows/s, peak memory {peak:.0f} MB\n" + said[-1500:], flush=True)
        print(shop.run("doctor"))
    finally:
        shop.close()


main()
