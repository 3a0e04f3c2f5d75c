//! The letters about an order: to its shopper in their language, to staff in the shop's.

use super::delivery;
use super::model::Address;
use super::queries::{Line, Order, letter_sent, order_by_id};
use super::views::{parcel_of, totals_of};
use crate::engines::credit::Kind;
use crate::engines::payments::queries::refunded_as;
use crate::platform::base::{Broke, Failed, FulfilmentId, MailId, Moment, Never, OrBreak, OrderId};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn};
use crate::platform::events::Event;
use crate::platform::i18n::Words;
use crate::platform::mail::{self, Draft, Goods, Letter, Total};
use crate::platform::paths;
use crate::platform::settings::{self, ShopFacts};

/// Writes and queues the letters that an event calls for; doing it again writes none twice.
pub async fn write(conn: &mut Conn, event: &Event, config: &Config) -> Result<(), Broke> {
    let Some((id, parcel)) = about(event) else { return Ok(()) };
    let Some(order) = order_by_id(conn, id).await? else { return Ok(()) };
    let shop = settings::queries::facts(conn).await?;
    let credited = match event {
        Event::OrderRefunded { refund, .. } => refunded_as(conn, *refund).await?,
        _ => None,
    };
    let desk = Desk { order: &order, shop: &shop, config, words: Words::new(order.locale), credited };
    let drafts = desk.drafts(event, parcel)?;
    let queued = db::transaction(conn, async |tx: &mut Conn| {
        mail::commands::queue_all(tx, &drafts).await?;
        Ok::<_, Failed<Never>>(())
    });
    queued.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

fn about(event: &Event) -> Option<(OrderId, Option<FulfilmentId>)> {
    match *event {
        Event::OrderPlaced { order }
        | Event::OrderPaid { order }
        | Event::OrderCancelled { order }
        | Event::OrderExpired { order }
        | Event::OrderRefunded { order, .. }
        | Event::OrderDueSoon { order } => Some((order, None)),
        Event::ItemsShipped { order, fulfilment } => Some((order, Some(fulfilment))),
        _ => None,
    }
}

/// A mail of an order once more, to its customer's present address: written anew where we know how, else as it was.
/// `seen` is the newest mail that the page showed: two clicks on it make one mail. `None`: it is no mail of this order to its customer.
pub async fn again(
    conn: &mut Conn,
    order: &Order,
    letter: MailId,
    seen: MailId,
    config: &Config,
) -> Result<Option<Draft>, Broke> {
    let Some(sent) = letter_sent(conn, order.id, letter).await?.filter(|sent| sent.kind != NOTICE) else { return Ok(None) };
    let shop = settings::queries::facts(conn).await?;
    let desk = Desk { order, shop: &shop, config, words: Words::new(order.locale), credited: None };
    let cause = sent.cause.split('#').next().unwrap_or_default();
    let parcel = cause.rsplit(':').next().and_then(|id| id.parse().ok()).map(FulfilmentId);
    let order_id = order.id;
    let event = match sent.kind.as_str() {
        "order_placed" => Some(Event::OrderPlaced { order: order_id }),
        "order_paid" => Some(Event::OrderPaid { order: order_id }),
        "order_cancelled" => Some(Event::OrderCancelled { order: order_id }),
        "order_expired" => Some(Event::OrderExpired { order: order_id }),
        "order_shipped" => parcel.map(|fulfilment| Event::ItemsShipped { order: order_id, fulfilment }),
        _ => None,
    };
    let written = match &event {
        Some(event) => desk.drafts(event, parcel)?.into_iter().find(|draft| draft.kind == sent.kind),
        None => None,
    };
    let copy = || Draft {
        kind: "order_letter",
        recipient: order.email.clone(),
        subject: sent.subject.clone(),
        html: sent.html.clone(),
        text: sent.text.clone(),
        order: Some(order_id),
        dedupe_key: None,
        thread: mail::Threading::default(),
    };
    Ok(Some(written.unwrap_or_else(copy).once(format!("{cause}#{letter}.{seen}"))))
}

/// The kind of the letter that tells staff of an order.
const NOTICE: &str = "order_notice";

/// What every letter about one order is written from.
struct Desk<'a> {
    order: &'a Order,
    shop: &'a ShopFacts,
    config: &'a Config,
    words: Words,
    /// What a refund became that did not go back the way the money came.
    credited: Option<Kind>,
}

impl Desk<'_> {
    fn drafts(&self, event: &Event, parcel: Option<FulfilmentId>) -> anyhow::Result<Vec<Draft>> {
        match event {
            Event::OrderPlaced { .. } => {
                let mut drafts = vec![self.placed()?];
                if !self.shop.notice_email.is_empty() {
                    drafts.push(self.notice()?);
                }
                Ok(drafts)
            }
            Event::OrderPaid { .. } => Ok(vec![self.short("paid", "order_paid")?]),
            Event::OrderCancelled { .. } => Ok(vec![self.short("cancelled", "order_cancelled")?]),
            Event::OrderExpired { .. } => Ok(vec![self.short("expired", "order_expired")?]),
            Event::OrderDueSoon { .. } if self.order.due_amount() > 0 => Ok(vec![self.due_soon()?]),
            Event::OrderRefunded { refund, amount, .. } => Ok(vec![self.refunded(*refund, *amount)?]),
            Event::ItemsShipped { .. } => parcel.map(|id| self.shipped(id)).transpose().map(|draft| draft.into_iter().collect()),
            _ => Ok(Vec::new()),
        }
    }

    /// A sentence of the mails with the order's values in it.
    fn say(&self, key: &str) -> String {
        let order = self.order;
        let day = |at: Option<Moment>| at.map(|at| self.words.day(at, self.shop.zone)).unwrap_or_default();
        let values = [
            ("number", order.number.to_string().into()),
            ("name", order.shipping_address.first_name().into()),
            ("customer", order.shipping_address.name.as_str().into()),
            ("shop", self.shop.name.as_str().into()),
            ("amount", self.words.money(order.money(order.due_amount())).into()),
            ("total", self.words.money(order.money(order.total)).into()),
            ("day", day(order.due_at).into()),
        ];
        self.words.with(&format!("orders-mail-{key}"), &values)
    }

    fn letter(&self, name: &str) -> Letter {
        Letter::new(self.words, self.say(&format!("{name}-heading"))).say(self.say(&format!("{name}-text")))
    }

    fn draft(&self, letter: Letter, name: &str, kind: &'static str) -> anyhow::Result<Draft> {
        let button = (self.say("open"), self.config.absolute(&paths::order(&self.order.token)));
        let letter = letter.button(button.0, button.1);
        let draft = letter.draft(kind, &self.order.email, self.say(&format!("{name}-subject")), self.shop, self.config)?;
        Ok(draft.about(self.order.id).once(format!("{kind}:{}", self.order.id)))
    }

    fn goods(&self) -> Vec<Goods> {
        let lines = self.order.lines.iter();
        lines
            .map(|line| Goods {
                title: line.title.kept_in(self.words.locale).to_owned(),
                detail: self.detail(line),
                quantity: line.quantity,
                price: self.words.money(self.order.money(line.total)),
            })
            .collect()
    }

    /// Options, what a bundle holds, and from when it ships.
    fn detail(&self, line: &Line) -> String {
        let mut said = vec![line.variant_title.kept_in(self.words.locale).to_owned()];
        said.extend(line.parts_told(self.words.locale));
        said.extend(line.waits_told(self.order.status, &self.words));
        said.retain(|words| !words.is_empty());
        said.join(" · ")
    }

    fn totals(&self) -> Vec<Total> {
        let totals = totals_of(&self.words, self.order);
        let label = |label: String, small: String| if small.is_empty() { label } else { format!("{label} ({small})") };
        let mut rows: Vec<Total> = totals
            .rows
            .into_iter()
            .map(|(name, small, amount)| Total { label: label(name, small), amount, strong: false })
            .collect();
        let total = label(self.words.t("orders-total"), totals.included.unwrap_or_default());
        rows.push(Total { label: total, amount: totals.total, strong: true });
        rows.extend(totals.credits.into_iter().map(|(label, amount)| Total { label, amount, strong: false }));
        rows
    }

    /// Where to send the money, when some is still to come.
    fn payment(&self, letter: Letter) -> Letter {
        let Some(awaited) = self.order.awaited().filter(|_| self.order.due_amount() > 0) else { return letter };
        let values = [
            ("amount", self.words.money(self.order.money(awaited.open_amount())).into()),
            ("reference", awaited.reference.as_str().into()),
        ];
        let mut lines =
            vec![self.words.with("orders-mail-pay-amount", &values), self.words.with("orders-mail-pay-reference", &values)];
        let bank = self.shop.bank_details.read(self.words.locale, self.shop.locale);
        lines.extend(bank.lines().map(str::to_owned));
        letter.facts(self.words.t("orders-mail-pay-heading"), lines)
    }

    fn addresses(&self, letter: Letter) -> Letter {
        let lines = |address: &Address| address.lines(&self.words.country(address.country));
        let picked_up = self.order.delivery.as_ref().filter(|delivery| delivery.is_pickup());
        let letter = match picked_up {
            Some(delivery) => letter.facts(self.words.t("orders-pickup"), delivery.place(&self.words)),
            None => letter.facts(self.words.t("orders-ships-to"), lines(&self.order.shipping_address)),
        };
        if self.order.billing_address == self.order.shipping_address {
            return letter;
        }
        letter.facts(self.words.t("orders-bill-to"), lines(&self.order.billing_address))
    }

    /// When it is there.
    fn promised(&self, letter: Letter) -> Letter {
        let promise = delivery::promise(&self.words, self.order, self.shop.zone);
        promise.into_iter().fold(letter, |letter, promise| letter.facts(self.words.t("orders-delivery"), [promise]))
    }

    /// Why there is no tax, as a bill must say it.
    fn untaxed(&self, letter: Letter) -> Letter {
        let lines = self.order.tax_note.as_ref().map(|note| note.lines(&self.words)).unwrap_or_default();
        if lines.is_empty() { letter } else { letter.facts(self.words.t("orders-tax"), lines) }
    }

    fn placed(&self) -> anyhow::Result<Draft> {
        let name = if self.order.due_amount() > 0 { "placed" } else { "placed-paid" };
        let letter = self.payment(self.letter(name)).goods(self.goods()).totals(self.totals());
        self.draft(self.addresses(self.promised(self.untaxed(letter))), name, "order_placed")
    }

    fn due_soon(&self) -> anyhow::Result<Draft> {
        self.draft(self.payment(self.letter("due")), "due", "order_due_soon")
    }

    fn short(&self, name: &str, kind: &'static str) -> anyhow::Result<Draft> {
        let letter = self.letter(name).goods(self.goods());
        self.draft(if kind == "order_paid" { self.promised(letter) } else { letter }, name, kind)
    }

    /// So much went back; a mail for each refund.
    fn refunded(&self, refund: i64, amount: i64) -> anyhow::Result<Draft> {
        let amount = self.words.money(self.order.money(amount));
        let values = [
            ("amount", amount.into()),
            ("number", self.order.number.to_string().into()),
            ("shop", self.shop.name.as_str().into()),
        ];
        let say = |key: &str| self.words.with(&format!("orders-mail-refunded-{key}"), &values);
        let button = (self.say("open"), self.config.absolute(&paths::order(&self.order.token)));
        let text = match self.credited {
            None => "text",
            Some(Kind::GiftCard) => "text-card",
            Some(Kind::StoreCredit) => "text-credit",
        };
        let letter = Letter::new(self.words, say("heading")).say(say(text)).button(button.0, button.1);
        let draft = letter.draft("order_refunded", &self.order.email, say("subject"), self.shop, self.config)?;
        Ok(draft.about(self.order.id).once(format!("order_refunded:{}:{refund}", self.order.id)))
    }

    fn shipped(&self, id: FulfilmentId) -> anyhow::Result<Draft> {
        let mut letter = self.letter("shipped");
        let found = self.order.parcels.iter().enumerate().find(|(_, parcel)| parcel.id == id);
        if let Some((at, parcel)) = found {
            let view = parcel_of(&self.words, self.order, parcel, at, String::new());
            letter = letter.facts(self.words.t("orders-mail-in-parcel"), view.contents);
            letter = letter.facts(self.words.t("orders-tracking"), [view.carrier, view.number]);
            if let Some(link) = view.link {
                letter = letter.button(self.words.t("orders-track"), link);
            }
        }
        let draft = self.draft(self.addresses(letter), "shipped", "order_shipped")?;
        Ok(draft.once(format!("order_shipped:{}:{id}", self.order.id)))
    }

    /// To staff: something to do.
    fn notice(&self) -> anyhow::Result<Draft> {
        let words = Words::new(self.shop.locale);
        let desk = Desk { words, ..*self };
        let button = (desk.say("open-desk"), self.config.absolute(&paths::admin_order(self.order.number)));
        let letter = desk.letter("notice").goods(desk.goods()).totals(desk.totals());
        let letter = desk.addresses(letter).say(&self.order.note).button(button.0, button.1);
        let draft = letter.draft("order_notice", &self.shop.notice_email, desk.say("notice-subject"), self.shop, self.config)?;
        Ok(draft.about(self.order.id).once(format!("order_notice:{}", self.order.id)))
    }
}
