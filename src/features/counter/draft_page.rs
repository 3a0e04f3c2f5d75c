//! What the pages of drafts show, with finished values.

use askama::Template;
use askama_web::WebTemplate;

use super::model::{DraftOrder, Paid};
use super::queries::{Hit, ListedDraft};
use super::views::from_here;
use crate::engines::tax::Check;
use crate::features::cart::model::Line;
use crate::features::checkout::business::asks_for_vat_id;
use crate::features::checkout::model::{Draft, Missing};
use crate::features::checkout::queries::Basket;
use crate::features::checkout::views::{BillView, FieldView, country_options, delivery_fields, filled, invoice_fields};
use crate::platform::base::{Country, MarketId, OrderNumber};
use crate::platform::i18n::Locale;
use crate::platform::media::Picture;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

#[derive(Template, WebTemplate)]
#[template(path = "counter/drafts_page.html")]
pub struct DraftsPage {
    pub page: Page,
    pub rows: Vec<DraftRow>,
}

pub struct DraftRow {
    pub name: String,
    pub path: String,
    pub customer: String,
    pub pieces: String,
    pub when: String,
    pub state: String,
    pub class: &'static str,
}

impl DraftsPage {
    pub fn new(page: Page, drafts: &[ListedDraft]) -> DraftsPage {
        let row = |draft: &ListedDraft| DraftRow {
            name: page.named("counter-draft-name", &draft.id.to_string()),
            path: paths::admin_draft(draft.id),
            customer: if draft.name.is_empty() { draft.email.clone() } else { draft.name.clone() },
            pieces: page.count("checkout-pieces", draft.pieces),
            when: page.lately(draft.updated_at, page.now, page.shop().zone),
            state: match (draft.number, draft.link_sent_at) {
                (Some(number), _) => page.named("counter-draft-became", &number.to_string()),
                (None, Some(_)) => page.t("counter-draft-sent"),
                (None, None) => page.t("counter-draft-open"),
            },
            class: match (draft.number, draft.link_sent_at) {
                (Some(_), _) => "done full",
                (None, Some(_)) => "wait",
                (None, None) => "idle",
            },
        };
        DraftsPage { rows: drafts.iter().map(row).collect(), page }
    }
}

/// What was read of a draft.
pub struct Found {
    pub draft: DraftOrder,
    pub details: Draft,
    pub basket: Basket,
    /// What the checkout still asks for, apart from the way to pay.
    pub gaps: Vec<Missing>,
    /// What the register said last of the VAT id.
    pub check: Option<Check>,
    pub words: String,
    pub hits: Vec<Hit>,
}

/// The forms of the page as they were sent.
#[derive(Default)]
pub struct Sent {
    pub lines: Option<FormView>,
    pub customer: Option<FormView>,
    pub placing: Option<FormView>,
}

#[derive(Template, WebTemplate)]
#[template(path = "counter/draft_page.html")]
pub struct DraftPage {
    pub page: Page,
    pub id: String,
    pub version: i32,
    pub name: String,
    /// The order it became: its number, where it is.
    pub placed: Option<(String, String)>,
    pub words: String,
    pub searched: bool,
    pub hits: Vec<HitView>,
    pub lines: Vec<DraftLineView>,
    pub form: FormView,
    pub customer: FormView,
    pub countries: Vec<(String, String)>,
    pub fields: Vec<FieldView>,
    pub billing_countries: Vec<(String, String)>,
    pub billing: Vec<FieldView>,
    pub languages: Vec<(String, String)>,
    pub methods: Vec<(String, String)>,
    pub needs_shipping: bool,
    pub bill: BillView,
    /// Whether a business may say who it is, and whether it has a VAT id there.
    pub asks_company: bool,
    pub asks_vat_id: bool,
    /// "VIES, 28 November 2026: this number belongs to SA EXEMPLE …"
    pub proof: Option<String>,
    pub gaps: Vec<String>,
    pub placing: FormView,
    pub expected: i64,
    pub seen: String,
    pub ways: Vec<(String, String)>,
    pub link: String,
    pub links_sent: i32,
    /// "sent on …", "works until …"
    pub link_said: Option<String>,
    pub link_until: String,
    pub currency: &'static str,
    /// Where it may be sold.
    pub markets: Vec<(MarketId, String, bool)>,
}

pub struct HitView {
    pub variant: i64,
    pub title: String,
    pub what: String,
    pub price: String,
}

pub struct DraftLineView {
    pub pieces: String,
    pub off: String,
    pub title: String,
    pub what: String,
    pub each: String,
    pub total: String,
    pub trouble: Option<String>,
    pub picture: Option<String>,
}

impl DraftPage {
    pub fn new(page: Page, found: &Found, sent: Sent) -> DraftPage {
        let Found { draft, details, basket, gaps, check, words, hits } = found;
        let page = page.in_market(draft.market);
        let country = details.address.country.unwrap_or(page.shop().country);
        let customer = from_here(sent.customer.unwrap_or_else(|| customer_form(draft, details, basket)), country);
        let billing: Country = customer.value("billing.country").parse().unwrap_or(country);
        let zone = page.shop().zone;
        let free = |price: i64| if price == 0 { page.t("checkout-free") } else { page.price(price) };
        DraftPage {
            id: draft.id.to_string(),
            version: draft.version,
            name: page.named("counter-draft-name", &draft.id.to_string()),
            placed: draft.placed.as_ref().map(|(number, _)| (number.to_string(), paths::admin_order(OrderNumber(number.0)))),
            searched: !words.is_empty(),
            words: words.clone(),
            hits: hits.iter().map(|hit| hit_of(&page, hit)).collect(),
            lines: basket.lines.iter().map(|line| line_of(&page, line)).collect(),
            form: sent.lines.unwrap_or_else(|| lines_form(&page, basket)),
            countries: country_options(&page, basket.countries.iter().copied()),
            fields: delivery_fields(&page, country),
            billing_countries: country_options(&page, Country::all()),
            billing: invoice_fields(&page, billing),
            languages: Locale::ALL.iter().map(|one| (one.to_string(), one.own_name().to_owned())).collect(),
            methods: gaps
                .iter()
                .any(|gap| gap.field == "shipping")
                .then(|| (String::new(), page.t("counter-choose")))
                .into_iter()
                .chain(basket.offers.iter().map(|offer| {
                    (offer.method.id.to_string(), format!("{} · {}", page.plain(&offer.method.name), free(offer.price)))
                }))
                .collect(),
            needs_shipping: basket.needs_shipping,
            bill: BillView::new(&page, basket),
            asks_company: page.shop().tax.sells_to_businesses,
            asks_vat_id: asks_for_vat_id(page.shop(), country),
            proof: check.as_ref().map(|check| proof(&page, check)),
            gaps: gaps.iter().map(|gap| gap_of(&page, gap)).collect(),
            placing: sent.placing.unwrap_or_else(|| FormView::filled([("paid", Paid::Transfer.to_string())])),
            expected: basket.total(),
            seen: basket.seen(),
            ways: Paid::ALL.iter().map(|way| (way.to_string(), page.t(&format!("counter-paid-{way}")))).collect(),
            link: format!("{}{}", page.origin, paths::payment_link(&draft.token)),
            links_sent: draft.links_sent,
            link_said: draft.link_sent_at.map(|at| page.named("counter-link-sent-on", &page.minute(at, zone))),
            link_until: page.named("counter-link-until", &page.day(draft.expires_at, zone)),
            currency: page.shop().currency.code(),
            markets: page.markets(),
            customer,
            page,
        }
    }

    pub fn part(&self, part: &str) -> String {
        paths::admin_draft_part(&self.id, part)
    }
}

/// What a register said of the VAT id, as the order will show it.
fn proof(page: &Page, check: &Check) -> String {
    let values = [
        ("register", check.register.as_str().into()),
        ("day", page.day(check.at, page.zone).into()),
        ("name", if check.name.is_empty() { page.t("orders-vat-nameless") } else { check.name.clone() }.into()),
        ("consultation", if check.consultation.is_empty() { "–" } else { check.consultation.as_str() }.into()),
    ];
    page.with(&format!("orders-vat-heard-{}", check.heard), &values)
}

/// What is missing, by its name: the sentences of the checkout speak to shoppers.
fn gap_of(page: &Page, gap: &Missing) -> String {
    let (invoice, field) = gap.field.strip_prefix("billing.").map_or((false, gap.field), |field| (true, field));
    let key = format!("counter-gap-{}", field.replace('_', "-"));
    match gap.code == "required" && page.knows(&key) {
        true if invoice => page.named("counter-gap-invoice", &page.t(&key)),
        true => page.t(&key),
        false => page.say(&gap.message),
    }
}

fn customer_form(draft: &DraftOrder, details: &Draft, basket: &Basket) -> FormView {
    let chosen = basket.offer.as_ref().map(|offer| offer.method.id.to_string()).unwrap_or_default();
    filled(details).with_value("language", draft.locale.as_str()).with_value("shipping", &chosen)
}

fn lines_form(page: &Page, basket: &Basket) -> FormView {
    let plain = |amount: i64| if amount == 0 { String::new() } else { page.shop().currency.plain(amount) };
    basket.lines.iter().fold(FormView::empty(), |form, line| {
        let form = form.with_value(&format!("pieces[{}]", line.variant), &line.quantity.to_string());
        form.with_value(&format!("off[{}]", line.variant), &plain(line.discount))
    })
}

fn hit_of(page: &Page, hit: &Hit) -> HitView {
    let left = hit.left_over.map(|left| page.count("counter-left", left));
    let parts = [hit.variant_title.clone(), hit.sku.clone(), left.unwrap_or_default()];
    let what = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    HitView {
        variant: hit.variant,
        title: hit.title.clone(),
        what,
        price: page.price(page.shop().market.exchange.price(hit.price)),
    }
}

fn line_of(page: &Page, line: &Line) -> DraftLineView {
    let parts = [page.plain(&line.variant_title), line.sku.clone()];
    DraftLineView {
        pieces: format!("pieces[{}]", line.variant),
        off: format!("off[{}]", line.variant),
        title: page.plain(&line.title),
        what: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        each: page.price(line.price),
        total: page.price(line.total_after()),
        trouble: line.trouble().map(|trouble| page.refusal(&trouble)),
        picture: line.picture.as_ref().map(Picture::small),
    }
}

/// A draft as its customer sees it before paying.
#[derive(Template, WebTemplate)]
#[template(path = "counter/link_page.html")]
pub struct LinkPage {
    pub page: Page,
    pub heading: String,
    pub bill: BillView,
    pub ships_to: Vec<String>,
    pub until: String,
    pub action: String,
    /// Whether the visitor has another cart, which is left aside.
    pub other_cart: bool,
}

impl LinkPage {
    pub fn new(page: Page, draft: &DraftOrder, details: &Draft, basket: &Basket, other_cart: bool) -> LinkPage {
        let address = &details.address;
        let town = format!("{} {}", address.postal_code, address.city);
        let country = address.country.map(|country| page.country(country)).unwrap_or_default();
        let lines = [address.name.clone(), address.street.clone(), address.line2.clone(), town, country];
        LinkPage {
            heading: page.named("counter-pay-heading", &page.shop().name),
            bill: BillView::new(&page, basket),
            ships_to: lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect(),
            until: page.named("counter-pay-until", &page.day(draft.expires_at, page.shop().zone)),
            action: paths::payment_link(&draft.token),
            other_cart,
            page,
        }
    }
}
