"""Browsers that keep their cookies: a shopper who fills in the checkout, somebody of the staff. And what shoppers save with: codes, gift cards."""
import base64, hashlib, re, secrets

ADDRESS = {"country": "DE", "name": "Anna Berg", "street": "Lindenweg 3", "postal_code": "10115", "city": "Berlin"}
PAID, DECLINED, SHORT = "paid", "declined", "short"


class Browser:
    def __init__(self, shop):
        self.shop, self.cookies = shop, {}

    def ask(self, method, path, fields=None):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        status, answer, body = self.shop.get(path, headers) if method == "GET" else self.shop.post(path, fields, headers)
        for name, value in re.findall(r"(?:^|, )(\w+)=([\w-]*);", answer.get("set-cookie", "")):
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return status, answer.get("location", "").removeprefix(self.shop.url), body.decode(errors="replace")


class Shopper(Browser):
    def fill_cart(self, variant, quantity=1):
        return self.ask("POST", "/cart/lines", {"variant": variant, "quantity": quantity})

    def empty_cart(self):
        for path in re.findall(r'action="(/cart/lines/\d+/removal)"', self.ask("GET", "/cart")[2]):
            self.ask("POST", path, {})

    def fill_in(self, payment="bank_transfer"):
        """Fills in the checkout; True when the review page has the button, else `page` says why not."""
        _, _, page = self.ask("POST", "/checkout/draft", {**ADDRESS, "email": "anna@example.org"})
        found = re.search(r'name="shipping" value="(\d+)"', page) or re.search(r'name="shipping" value="(\d+)"', self.ask("GET", "/checkout")[2])
        fields = {**ADDRESS, "email": "anna@example.org", "payment": payment, **({"shipping": found[1]} if found else {})}
        status, _, self.page = self.ask("POST", "/checkout", fields)
        return status == 303 and self.look()

    def look(self):
        """Looks at the order once more, as before the last button."""
        _, _, self.page = self.ask("GET", "/checkout/review")
        return self.read()

    def read(self):
        """Reads what the page says that it costs; whether it has the last button."""
        fields = [re.search(f'name="{name}" value="([^"]*)"', self.page) for name in ("expected", "seen")]
        self.place_fields = {"expected": fields[0][1], "seen": fields[1][1]} if all(fields) else None
        return self.place_fields is not None

    def total(self):
        """Minor units, on the page of the last look."""
        return int(self.place_fields["expected"])

    def type_code(self, code):
        return self.ask("POST", "/cart/codes", {"code": code, "at": "cart"})[0] == 303

    def use_card(self, code):
        """Pays with a gift card, at the last look; looks again."""
        return self.ask("POST", "/checkout/gift-cards", {"at": "review", "gift_card": code})[0] == 303 and self.look()

    def press(self):
        """Presses the last button; where it leads, or None."""
        status, to, self.page = self.ask("POST", "/checkout/order", self.place_fields)
        return to if status == 303 else None

    def place(self):
        """The order's page, or None."""
        to = self.press()
        return to if to and to.startswith("/orders/") else None

    def insist(self, tries=80):
        """Presses, and where the page says that something changed meanwhile, reads it and presses again: the order's page, or None."""
        for _ in range(tries):
            if order := self.place():
                return order
            if not self.read():
                return None

    def pay(self, behaviour):
        """Goes to the card's page and pays, or not: (PAID, the order), (DECLINED, None), (SHORT, None)."""
        to = self.press()
        if not to or not to.startswith("/test-card/"):
            return (PAID, to) if to and to.startswith("/orders/") else (SHORT, None)
        status, back, self.page = self.ask("POST", to, {"behaviour": behaviour})
        if behaviour == "confirm":
            status, back, self.page = self.ask("POST", back, {"decision": "yes"})
        if status != 303:
            return None, None
        _, to, self.page = self.ask("GET", back)
        if to.startswith("/orders/"):
            return PAID, to
        _, _, self.page = self.ask("GET", "/checkout/review")
        return DECLINED, None


class Staff(Browser):
    """Somebody with this role who is signed in already."""

    def __init__(self, shop, email, role):
        super().__init__(shop)
        shop.run("staff", "add", email, "--role", role)
        token = secrets.token_bytes(32)
        shop.sql(f"insert into staff_sessions (token_hash, staff_id, expires_at) select decode('{hashlib.sha256(token).hexdigest()}', 'hex'), id, "
                 f"now() + interval '1 day' from staff where email = '{email}'")
        self.cookies["staff"] = base64.urlsafe_b64encode(token).rstrip(b"=").decode()


def code_for(shop, code, percent=10, **limits):
    """A discount under a code; limits are columns of `promotions`."""
    columns, values = "".join(f", {name}" for name in limits), "".join(f", {value}" for value in limits.values())
    shop.sql(f"with made as (insert into promotions (name, lane_id, status, coded, benefits{columns}) select '{code}', id, 'active', true, "
             f"'[{{\"kind\": \"percent\", \"rate\": {percent * 10_000}, \"of\": \"all\"}}]'{values} from promotion_lanes where position = 1 returning id) "
             f"insert into promotion_codes (promotion_id, code) select id, '{code}' from made")
    return code


def gift_card(shop, value):
    """The code of a new gift card with so many minor units on it, and its account."""
    code = "".join(secrets.choice("ABCDEFGHJKMNPQRSTUVWXYZ23456789") for _ in range(16))
    account = shop.sql(f"with account as (insert into credit_accounts (kind, currency) select 'gift_card', currency from settings returning id), "
                       f"card as (insert into gift_cards (account_id, code_hash, last_four, value, locale, shown_at) "
                       f"select id, decode('{hashlib.sha256(code.encode()).hexdigest()}', 'hex'), '{code[12:]}', {value}, 'en', now() from account) "
                       f"select id from account")[0][0]
    shop.sql(f"insert into credit_movements (account_id, kind, amount) values ({account}, 'issued', {value})")
    return code, account
