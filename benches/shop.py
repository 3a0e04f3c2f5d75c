"""A shop of its own for a measurement: started on a free port in a folder of its own, gone afterwards."""
import http.client, os, pathlib, re, shutil, socket, subprocess, tempfile, time, urllib.parse


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Shop:
    def __init__(self, binary, **environment):
        self.binary = str(pathlib.Path(binary).resolve())
        self.folder = tempfile.mkdtemp(prefix="barrow-bench-", dir="/var/tmp")
        os.chmod(self.folder, 0o755)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, "BARROW_DATA": self.folder + "/data", "BARROW_ADDRESS": f"127.0.0.1:{self.port}",
                            "BARROW_WRITES_PER_MINUTE": "0", "RUST_LOG": "error", **environment}
        self.server = None
        # What answered that something broke: "POST /cart/lines 503".
        self.broken = []

    def run(self, *arguments, **options):
        return subprocess.run([self.binary, *arguments], env=self.environment, cwd=self.folder, check=True,
                              capture_output=True, text=True, **options).stdout

    def start(self, log="error"):
        self.server = subprocess.Popen([self.binary, "serve"], env={**self.environment, "RUST_LOG": log}, cwd=self.folder,
                                       stdout=subprocess.DEVNULL, stderr=open(self.folder + "/log", "a"))
        for _ in range(600):
            try:
                if self.get("/")[0] < 500:
                    return self
            except OSError:
                pass
            if self.server.poll() is not None:
                raise SystemExit("the shop stopped: " + open(self.folder + "/log").read()[-2000:])
            time.sleep(0.1)
        raise SystemExit("the shop does not answer")

    def get(self, path, headers={}):
        return self.request("GET", path, None, headers)

    def post(self, path, fields, headers={}):
        body = urllib.parse.urlencode(fields)
        return self.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded",
                                                 "Sec-Fetch-Site": "same-origin", **headers})

    def request(self, method, path, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, {"Accept-Language": "en", **headers})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status >= 500:
            self.broken.append(f"{method} {path} {answer.status}")
        headers = dict((k.lower(), v) for k, v in answer.getheaders())
        headers["set-cookie"] = ", ".join(v for k, v in answer.getheaders() if k.lower() == "set-cookie")
        return answer.status, headers, content

    def queries_of(self, ask):
        """How many queries went over the pool while `ask` ran; the shop's log must be told of each."""
        count = lambda: pathlib.Path(self.folder + "/log").read_text().count("a query")
        before, quiet = count(), 0
        # What goes on behind the pages (pictures, jobs, the feed) is waited for.
        while quiet < 4:
            time.sleep(0.25)
            now = count()
            before, quiet = now, quiet + 1 if now == before else 0
        status = ask()[0]
        if status >= 400:
            raise SystemExit(f"an answer of {status}")
        time.sleep(0.1)
        return count() - before

    def sql(self, statement):
        """What the private database says, row by row."""
        known = next(pathlib.Path(self.folder).rglob("postmaster.pid")).read_text().splitlines()
        psql = shutil.which("psql") or sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/psql"))[-1]
        answer = subprocess.run([psql, "-qAt", "-v", "ON_ERROR_STOP=1", "-h", known[4], "-U", "barrow", "-d", "barrow", "-c", statement],
                                capture_output=True, text=True, check=True)
        return [row.split("|") for row in answer.stdout.splitlines()]

    def number(self, statement):
        return int(self.sql(f"select coalesce(({statement}), 0)")[0][0])

    def doctor(self, *arguments):
        """What the doctor finds wrong."""
        answer = subprocess.run([self.binary, "doctor", *arguments], env=self.environment, cwd=self.folder, capture_output=True, text=True)
        return [line for line in answer.stdout.splitlines() if line.startswith("FINDING")]

    def memory(self):
        """Resident memory of the shop's process in MB."""
        status = open(f"/proc/{self.server.pid}/status").read()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def stop(self):
        if self.server and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(30)

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def thousand_products(path, count=1000):
    """A Shopify export of `count` products, 3 variants each, in 20 categories."""
    words = ["Linen", "Walnut", "Copper", "Stone", "Cotton", "Glass", "Oak", "Wool", "Clay", "Steel"]
    things = ["Bowl", "Lamp", "Chair", "Towel", "Vase", "Tray", "Cup", "Blanket", "Shelf", "Clock"]
    with open(path, "w") as out:
        out.write("Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,"
                  "Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Status\n")
        for n in range(count):
            title = f"{words[n % 10]} {things[n // 10 % 10]} {n}"
            for at, size in enumerate(["Small", "Medium", "Large"]):
                head = (f'"{title}","<p>{title}, made to be used every day. It lasts, and it can be mended.</p>",Barrow,'
                        f'House > {things[n // 10 % 10]}s,{things[n // 10 % 10]},"home, {words[n % 10].lower()}",true,Size'
                        if at == 0 else ",,,,,,,")
                out.write(f"bench-{n},{head},{size},BENCH-{n}-{at},400,shopify,1000000,deny,{10 + n % 90}.{n % 10}0,{'active' if at == 0 else ''}\n")
