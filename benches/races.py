"""What must hold of stock, codes and gift cards: many come for what is left, and exactly what there is goes to them."""
import itertools, secrets
from concurrent.futures import ThreadPoolExecutor

from cards import eventually, together
from shopper import Shopper, Staff, code_for, gift_card


def variant(shop, sku):
    return shop.sql(f"select id from variants where sku = '{sku}'")[0][0]


def stands(shop, of):
    """On hand, promised, and held for carts."""
    row = shop.sql(f"select sum(on_hand), sum(allocated), (select coalesce(sum(r.quantity), 0) from stock_reservations r"
                   f" where r.stock_id = any(array_agg(s.id)) and r.expires_at > now()) from stock s where variant_id = {of}")[0]
    return tuple(int(number) for number in row)


def leave(shop, of, free):
    """Corrects the shelf so that so many can be sold."""
    shop.sql(f"delete from stock_reservations where stock_id in (select id from stock where variant_id = {of});"
             f"insert into stock_movements (stock_id, kind, on_hand) select id, 'adjustment', allocated + {free} - on_hand from stock"
             f" where variant_id = {of} and allocated + {free} <> on_hand")


def ready(shop, shoppers, fill):
    """So many shoppers at the last button, a few at a time."""
    def one(number):
        shopper = Shopper(shop)
        fill(shopper)
        return shopper

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(shoppers)))


def verdict(shop, say, what, good, rounds, before):
    """Says how many rounds were right, what broke meanwhile, and what the doctor finds."""
    broken, found = shop.broken[before:], shop.doctor("--deep")
    say(f"- {what}: exactly right in {good} of {rounds} rounds, {len(broken)} answers of a breakage{': ' + broken[0] if broken else ''}; "
        f"`doctor --deep`: {'; '.join(found) or 'no drift'}.")
    return good == rounds and not broken and not found


def pieces(shop, say, rounds, shoppers):
    """Everybody wants one of five, or five of 73; nobody has a card."""
    of, good, before = variant(shop, "FEW"), 0, len(shop.broken)
    for each, left in itertools.islice(itertools.cycle([(1, 5), (5, 73)]), rounds):
        leave(shop, of, left)
        promised = stands(shop, of)[1]

        def buys():
            shopper = Shopper(shop)
            return bool(shopper.fill_cart(of, each)[0] == 303 and shopper.fill_in() and shopper.place())

        won = sum(together([buys] * shoppers))
        on_hand, now, held = stands(shop, of)
        good += won == min(shoppers, left // each) and (now, held) == (promised + won * each, 0) and on_hand >= now
    return verdict(shop, say, f"{shoppers} shoppers come for 5 pieces, one each, or for 73, five each, by bank transfer", good, rounds, before)


def codes(shop, say, rounds, shoppers):
    """A code that one may use; whoever comes too late is told so and buys without it."""
    of, good, before = variant(shop, "BENCH-7-0"), 0, len(shop.broken)
    for number in range(rounds):
        code = code_for(shop, f"ONCE{number}", most_uses_per_code=1)

        def fill(shopper):
            assert shopper.fill_cart(of)[0] == 303 and shopper.type_code(code) and shopper.fill_in(), shopper.page

        queue = ready(shop, shoppers, fill)
        won = [order for order in together([shopper.place for shopper in queue]) if order]
        late = [shopper for shopper in queue if shopper.read()]
        others = together([shopper.insist for shopper in late])
        used = shop.number(f"select count(distinct u.cart_id) from promotion_uses u join promotion_codes c on c.id = u.code_id"
                           f" where c.code = '{code}' and u.order_id is not null and u.given_back_at is null")
        reduced = shop.number(f"select count(distinct order_id) from order_discounts where code = '{code}'")
        good += len(won) == used == reduced == 1 and len(late) == shoppers - 1 == len(set(others) - {None})
    return verdict(shop, say, f"{shoppers} shoppers press at once with a code for one use; who is late is told, and buys without it", good, rounds, before)


def gift_cards(shop, say, rounds, shoppers):
    """One card that pays for exactly one of them, or for two and a half."""
    of, good, before = variant(shop, "BENCH-7-0"), 0, len(shop.broken)
    for halves in itertools.islice(itertools.cycle([2, 5]), rounds):
        first = Shopper(shop)
        first.fill_cart(of)
        assert first.fill_in(), first.page
        value = first.total() * halves // 2
        code, account = gift_card(shop, value)

        def fill(shopper):
            assert shopper.fill_cart(of)[0] == 303 and shopper.fill_in(), shopper.page
            # Codes that one address tries at the same moment are counted before they are looked at, and five is the most.
            assert eventually(lambda: shopper.use_card(code)), shopper.page

        queue = ready(shop, shoppers, fill)
        won = [order for order in together([shopper.place for shopper in queue]) if order]
        others = together([shopper.insist for shopper in queue if shopper.read()])
        paid = shop.sql(f"select count(*), coalesce(sum(amount), 0), count(distinct order_id) from payments where credit_account_id = {account} and state = 'captured'")[0]
        took = shop.number(f"select -sum(amount) from credit_movements where account_id = {account} and kind = 'redeemed'")
        over = shop.number(f"select count(*) from orders o where o.total < (select sum(c.amount) from payment_captures c join payments p on p.id = c.payment_id"
                           f" where p.order_id = o.id and c.state = 'done')")
        empty = shop.number(f"select balance from credit_accounts where id = {account}") == 0
        good += (len(won) == halves // 2 and len(set(won + others) - {None}) == shoppers and empty and took == value and over == 0
                 and paid == [str((halves + 1) // 2), str(value), str((halves + 1) // 2)])
    return verdict(shop, say, f"{shoppers} shoppers press at once with one gift card that pays for one order, or for two and a half; the others"
                   " are told, and pay in another way", good, rounds, before)


def bundles(shop, say, rounds, shoppers):
    """Sets of a kettle and three cups, and cups alone, from the same shelf."""
    set_, kettle, cup = (variant(shop, sku) for sku in ("RACE-SET", "RACE-KETTLE", "RACE-CUP"))
    good, before = 0, len(shop.broken)
    for number in range(rounds):
        leave(shop, kettle, shoppers)
        leave(shop, cup, shoppers + 10 + number)
        was = stands(shop, kettle)[1], stands(shop, cup)[1]

        def buys(of, each):
            shopper = Shopper(shop)
            return bool(shopper.fill_cart(of, each)[0] == 303 and shopper.fill_in() and shopper.place())

        won = together([lambda odd=at % 2: buys(cup, 5) if odd else buys(set_, 1) for at in range(shoppers)])
        sets, singles = sum(won[0::2]), sum(won[1::2])
        (_, kettles, _), (on_hand, cups, held) = stands(shop, kettle), stands(shop, cup)
        left = on_hand - cups
        fair = (all(won[0::2]) or left < 3) and (all(won[1::2]) or left < 5)
        good += fair and left >= 0 and held == 0 and (kettles, cups) == (was[0] + sets, was[1] + 3 * sets + 5 * singles)
    return verdict(shop, say, f"{shoppers} shoppers buy a bundle, or its part alone, from the same shelf", good, rounds, before)


def corrections(shop, say, rounds):
    """Two of the staff correct one shelf, every form sent twice, while shoppers buy from it; then both have counted it."""
    of, good, before = variant(shop, "BENCH-8-0"), 0, len(shop.broken)
    staff = [Staff(shop, "counts@example.org", "manager"), Staff(shop, "stocks@example.org", "owner")]
    place = shop.sql("select min(id) from locations")[0][0]

    def form(how, amount, was):
        return {"how": how, "amount": amount, "reason": "counted", "note": "", "was": was, "form": secrets.token_hex(12)}

    def send(one, fields):
        return one.ask("POST", f"/admin/inventory/{of}/locations/{place}/corrections", fields)[0]

    def buys():
        shopper = Shopper(shop)
        return bool(shopper.fill_cart(of)[0] == 303 and shopper.fill_in() and shopper.place())

    for _ in range(rounds):
        (on_hand, promised, _), forms = stands(shop, of), []
        for one, amount in ((staff[0], 3), (staff[1], -1)):
            forms += [(one, form("by", amount, on_hand)) for _ in range(10)]
        sent = together([lambda one=one, fields=fields: send(one, fields) for one, fields in forms for _ in range(2)] + [buys] * 5)
        now, promised_now, _ = stands(shop, of)
        right = sent == [303] * 40 + [True] * 5 and (now, promised_now) == (on_hand + 20, promised + 5)
        counts = [(one, form("to", now + 7 + at, now)) for at, one in enumerate(staff)]
        counted = together([lambda one=one, fields=fields: send(one, fields) for one, fields in counts for _ in range(2)])
        took = [int(fields["amount"]) for (_, fields), answers in zip(counts, (counted[:2], counted[2:])) if answers == [303, 303]]
        good += right and sorted(counted) == [303, 303, 422, 422] and took == [stands(shop, of)[0]]
    return verdict(shop, say, "Two staff correct the same shelf at once, 20 forms, each sent twice, while five shoppers buy; then both have counted", good, rounds, before)
