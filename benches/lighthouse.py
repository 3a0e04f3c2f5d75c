"""Lighthouse's four figures for five pages of a shop; leaves with 1 where one is under its limit."""
import json, os, pathlib, re, statistics, subprocess, sys, tempfile, urllib.parse, urllib.request

from shop import Shop

LIMITS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


class Visit:
    """A shopper with a cart, so that cart and checkout have something to show."""

    def __init__(self, url):
        self.url, self.cookie = url.rstrip("/"), ""

    def ask(self, path, fields=None):
        body = urllib.parse.urlencode(fields).encode() if fields else None
        headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin", "Cookie": self.cookie}
        opener = urllib.request.build_opener(StayHere)
        with opener.open(urllib.request.Request(self.url + path, body, headers)) as answer:
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                if "cart=" in cookie:
                    self.cookie = cookie.split(";")[0]
            return answer.read().decode()

    def pages(self):
        category = re.search(r'href="(/categories/[^"]+)"', self.ask("/"))[1]
        listed = re.findall(r'<h3 class="card__title"><a href="(/products/[^"?]+)', self.ask(category))
        for product in listed:
            variant = re.search(r'name="variant" value="(\d+)"', self.ask(product))
            # A sold-out product refuses and gives no cart.
            try:
                self.ask("/cart/lines", {"variant": variant[1], "quantity": 1})
            except urllib.error.HTTPError:
                continue
            if self.cookie:
                return [("home", "/"), ("category", category), ("product", product), ("cart", "/cart"), ("checkout", "/checkout")]
        raise SystemExit(f"nothing in {category} can be bought")


class StayHere(urllib.request.HTTPRedirectHandler):
    """Takes a redirect as the answer."""

    def http_error_303(self, request, answer, code, message, headers):
        return answer


def look(lighthouse, visit, path):
    """One report: the four figures, and what cost points."""
    out = tempfile.mktemp(suffix=".json")
    command = [lighthouse, visit.url + path, "--quiet", "--output=json", f"--output-path={out}", f"--chrome-flags={FLAGS}",
               "--only-categories=" + ",".join(LIMITS)]
    if path in ("/cart", "/checkout"):
        command.append("--extra-headers=" + json.dumps({"Cookie": visit.cookie}))
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    report = json.loads(pathlib.Path(out).read_text())
    os.remove(out)
    if report["finalDisplayedUrl"].split("?")[0] != visit.url + path:
        raise SystemExit(f"{path} leads to {report['finalDisplayedUrl']}")
    figures = {name: round(report["categories"][name]["score"] * 100) for name in LIMITS}
    lost = [f"{audit['title']} ({audit.get('displayValue', audit['id'])})"
            for category in report["categories"].values() for part in category["auditRefs"]
            if part["weight"] and (audit := report["audits"][part["id"]])["score"] is not None and audit["score"] < 0.9]
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    weight = report["audits"]["total-byte-weight"]["numericValue"]
    return figures, lost, shift, weight


def main():
    lighthouse, kind, place = sys.argv[1:4]
    shop = None
    if kind == "--binary":
        shop = Shop(place)
    try:
        if shop:
            shop.run("demo")
            shop.start()
        visit = Visit(shop.url if shop else place)
        print(f"{'':10} performance  accessibility  best practices  SEO   layout shift  bytes")
        wanting = []
        for name, path in visit.pages():
            visit.ask(path)
            runs = [look(lighthouse, visit, path)]
            if runs[0][0]["performance"] < LIMITS["performance"]:
                runs += [look(lighthouse, visit, path) for _ in range(2)]  # timings waver: the middle of three
            figures, lost, shift, weight = runs[-1]
            figures["performance"] = round(statistics.median(run[0]["performance"] for run in runs))
            print(f"{name:10} {figures['performance']:>11}  {figures['accessibility']:>13}  {figures['best-practices']:>14}  "
                  f"{figures['seo']:>3}   {shift:>12.3f}  {weight:>7,.0f}", flush=True)
            if any(figures[name] < limit for name, limit in LIMITS.items()):
                wanting.append(f"{name}: " + "; ".join(lost))
        print("\n".join(wanting))
        return 1 if wanting else 0
    finally:
        if shop:
            shop.close()


sys.exit(main())
