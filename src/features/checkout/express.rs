//! The checkout of a customer who is signed in and keeps addresses: everything is chosen already, and the last look is the page itself.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{Route, State, post, routes};

use super::forms::{Choice, Chosen};
use super::model::{AddressDraft, Complete, Draft, complete, complete_address};
use super::queries::{self, Basket};
use super::till::Till;
use super::views::{BillView, ChoiceView, payment_choices, place_label, shipping_choices};
use super::wallet_view::{Spot, WalletView};
use super::{business, commands};
use crate::engines::payments::{Gateways, Method};
use crate::engines::tax::Registers;
use crate::features::cart::Visitor;
use crate::features::cart::codes::At;
use crate::features::customers::Customer;
use crate::features::customers::commands::save_address;
use crate::features::customers::queries::{SavedAddress, addresses_of, vat_id_of};
use crate::platform::base::{Address, Broke, CartId, Moment, OrBreak, Origin};
use crate::platform::db::Conn;
use crate::platform::paths;
use crate::platform::settings::ShopFacts;
use crate::platform::shell::{Page, Told};
use crate::platform::web::{self, FormView, Leading, Posted};

pub fn routes() -> Vec<Route> {
    routes![choose]
}

/// Address, sending, payment and the last button on one page.
#[derive(Template, WebTemplate)]
#[template(path = "checkout/express_page.html")]
pub struct ExpressPage {
    pub page: Page,
    /// What changed since the page was shown, or stands in the way; nothing was charged.
    pub changes: Vec<String>,
    pub email: String,
    pub addresses: Vec<ChoiceView>,
    /// `None`: the invoice goes where the goods go.
    pub billing: Option<Vec<String>>,
    /// Ways to pay, whose pages the form may lead to.
    methods: Vec<Method>,
    pub needs_shipping: bool,
    pub shipping: Vec<ChoiceView>,
    pub payment: Vec<ChoiceView>,
    /// `None`: nobody asks for a VAT id where the goods go.
    pub business: Option<BusinessView>,
    pub note: String,
    /// What the last button says.
    pub place: String,
    pub bill: BillView,
    pub wallet: WalletView,
    /// Minor units.
    pub expected: i64,
    pub seen: String,
}

/// The VAT id of a customer's business.
pub struct BusinessView {
    pub vat_id: String,
    pub error: Option<String>,
    /// Whether it is kept for the next order.
    pub kept: bool,
}

/// What a customer's checkout begins with: their address of mail, where things usually go, and the VAT id that they keep.
pub async fn first_draft(conn: &mut Conn, customer: Option<&Customer>) -> Result<Draft, Broke> {
    let Some(customer) = customer else { return Ok(Draft::default()) };
    let saved = addresses_of(conn, customer.id).await?;
    let address = saved.first().map(|saved| AddressDraft::from(&saved.address));
    let named = AddressDraft { name: customer.name.clone(), ..AddressDraft::default() };
    let vat_id = vat_id_of(conn, customer.id).await?;
    Ok(Draft { email: customer.email.clone(), address: address.unwrap_or(named), vat_id, ..Draft::default() })
}

/// What was chosen so far, or what a checkout begins with.
async fn begun(conn: &mut Conn, cart: CartId, customer: &Customer) -> Result<Draft, Broke> {
    match queries::draft_of(conn, cart).await? {
        Some(draft) => Ok(draft),
        None => first_draft(conn, Some(customer)).await,
    }
}

/// The addresses of a customer's book that the shop sends to.
async fn offered(conn: &mut Conn, customer: &Customer, page: &Page) -> Result<Vec<SavedAddress>, Broke> {
    let countries = queries::countries(page.shop());
    let saved = addresses_of(conn, customer.id).await?;
    let sends = |saved: &SavedAddress| complete_address(&AddressDraft::from(&saved.address), &countries).is_ok();
    Ok(saved.into_iter().filter(sends).collect())
}

/// The draft with whatever is not chosen yet chosen: the usual address, the first way to send and to pay.
async fn chosen(
    conn: &mut Conn,
    cart: CartId,
    customer: &Customer,
    saved: &[SavedAddress],
    page: &Page,
) -> Result<(Draft, Basket), Broke> {
    let mut draft = begun(conn, cart, customer).await?;
    draft.email.clone_from(&customer.email);
    let known = saved.iter().map(|saved| AddressDraft::from(&saved.address)).collect::<Vec<_>>();
    if !known.contains(&draft.address) {
        draft.address = known.into_iter().next().unwrap_or_default();
    }
    let basket = queries::basket(conn, cart, &draft, page.shop(), page.now).await?;
    draft.shipping = basket.offer.as_ref().map(|offer| offer.method.id);
    draft.payment = draft.payment.filter(|method| basket.methods.contains(method)).or(basket.methods.first().copied());
    Ok((draft, basket))
}

/// The page, where this customer can have it: `None` when no address of theirs will do, or they have typed another one.
pub async fn page_for(
    conn: &mut Conn,
    cart: CartId,
    customer: Option<&Customer>,
    page: &Page,
    changes: Vec<String>,
) -> Result<Option<ExpressPage>, Broke> {
    let Some(customer) = customer else { return Ok(None) };
    let saved = offered(conn, customer, page).await?;
    let typed = queries::draft_of(conn, cart).await?.map(|draft| draft.address).filter(|address| !address.street.is_empty());
    let known = typed.is_none_or(|typed| saved.iter().any(|saved| AddressDraft::from(&saved.address) == typed));
    if saved.is_empty() || !known {
        return Ok(None);
    }
    let (draft, basket) = chosen(conn, cart, customer, &saved, page).await?;
    if basket.lines.is_empty() {
        return Ok(None);
    }
    let Ok(whole) = complete(&draft, basket.choices()) else { return Ok(None) };
    let known = vat_id_of(conn, customer.id).await?;
    let shown = ExpressPage::new(page.clone(), &draft, &whole, &basket, &saved, changes);
    Ok(Some(ExpressPage { business: business_view(page.shop(), &draft, known), ..shown }))
}

/// The VAT id of a draft, where goods go that it may matter for; `known`: what the account keeps.
fn business_view(shop: &ShopFacts, draft: &Draft, known: String) -> Option<BusinessView> {
    let asks = draft.address.country.is_some_and(|to| business::asks_for_vat_id(shop, to));
    asks.then(|| BusinessView { vat_id: draft.vat_id.clone(), error: None, kept: !known.is_empty() })
}

impl ExpressPage {
    /// The sites of gateways that the last button may lead to.
    pub fn sites(&self, gateways: &Gateways) -> Vec<Origin> {
        self.methods.iter().flat_map(|method| gateways.of(*method).origins()).collect()
    }

    fn new(
        page: Page,
        draft: &Draft,
        whole: &Complete,
        basket: &Basket,
        saved: &[SavedAddress],
        changes: Vec<String>,
    ) -> ExpressPage {
        let lines = |address: &Address| address.lines(&page.country(address.country));
        let choice = |saved: &SavedAddress| {
            let lines = lines(&saved.address);
            ChoiceView {
                value: saved.id.to_string(),
                name: Told::own(lines.first().cloned().unwrap_or_default()),
                hint: lines.iter().skip(1).cloned().collect::<Vec<_>>().join(", "),
                end: String::new(),
                chosen: AddressDraft::from(&saved.address) == draft.address,
            }
        };
        ExpressPage {
            changes,
            email: whole.email.to_string(),
            addresses: saved.iter().map(choice).collect(),
            billing: (whole.billing_address != whole.shipping_address).then(|| lines(&whole.billing_address)),
            methods: basket.methods.clone(),
            needs_shipping: basket.needs_shipping,
            shipping: shipping_choices(&page, basket),
            payment: payment_choices(&page, basket, draft.payment),
            business: None,
            note: draft.note.clone(),
            place: place_label(&page, whole.payment, basket),
            bill: BillView::new(&page, basket).with_codes(&page, basket, At::Checkout, None),
            wallet: WalletView::new(&page, basket, Spot::Express),
            expected: basket.total(),
            seen: basket.seen(),
            page,
        }
    }
}

/// Keeps what a customer chose on the page, so that the order is placed with it. An address that is not theirs, or not any more,
/// chooses nothing: then this is false.
pub async fn keep(
    conn: &mut Conn,
    cart: CartId,
    customer: Option<&Customer>,
    choice: &Choice,
    page: &Page,
) -> Result<bool, Broke> {
    let Some(customer) = customer else { return Ok(true) };
    let saved = offered(conn, customer, page).await?;
    let Some(address) = saved.iter().find(|saved| Some(saved.id) == choice.address) else { return Ok(false) };
    let before = begun(conn, cart, customer).await?;
    let asked = choice.vat_id.as_ref().map(ToString::to_string);
    let draft = Draft {
        email: customer.email.clone(),
        address: AddressDraft::from(&address.address),
        billing: before.billing,
        shipping: choice.shipping,
        payment: choice.payment,
        note: choice.note.to_string(),
        vat_id: asked.unwrap_or(before.vat_id),
    };
    // A cart that was placed a moment ago keeps nothing, and placing finds its order.
    let _ = commands::save(conn, cart, &draft, page.now).await.or_break()?;
    Ok(true)
}

/// Puts an address that was typed into the customer's book, unless it stands there already or the book is full.
pub async fn learn(conn: &mut Conn, customer: &Customer, address: &Address, now: Moment) -> Result<(), Broke> {
    let known = addresses_of(conn, customer.id).await?;
    if known.iter().any(|saved| saved.address == *address) {
        return Ok(());
    }
    save_address(conn, customer.id, None, address, false, now).await.or_break().map(drop)
}

/// Asks the register about the VAT id that a customer keeps, so that the page shows what they will pay; what it said today is not asked again.
pub async fn look_up(
    till: &Till<'_>,
    registers: &Registers,
    cart: CartId,
    customer: Option<&Customer>,
    page: &Page,
) -> Result<(), Broke> {
    let Some(customer) = customer.filter(|customer| !customer.viewed) else { return Ok(()) };
    let draft = begun(&mut *till.db.get().await?, cart, customer).await?;
    business::proved(&till.db, registers, cart, &draft, FormView::empty(), page).await.map(drop)
}

/// The page again, where the VAT id that was chosen is none; where it is one, it is kept for the next order if the customer wishes.
pub async fn unproved(
    till: &Till<'_>,
    registers: &Registers,
    cart: CartId,
    chosen: Option<(&Customer, &Choice)>,
    page: &Page,
) -> Result<Option<Leading<Posted<ExpressPage>>>, Broke> {
    let Some((customer, choice)) = chosen.filter(|(_, choice)| choice.vat_id.is_some()) else { return Ok(None) };
    let draft = begun(&mut *till.db.get().await?, cart, customer).await?;
    let form = business::proved(&till.db, registers, cart, &draft, FormView::empty(), page).await?;
    let mut conn = till.db.get().await?;
    let Some(why) = form.error("vat_id") else {
        if choice.keep_vat_id.is_some() {
            business::remember(&mut conn, Some(customer), &draft, page.shop()).await?;
        }
        return Ok(None);
    };
    let shown = page_for(&mut conn, cart, Some(customer), page, Vec::new()).await?;
    Ok(shown.map(|mut shown| {
        let sites = shown.sites(till.gateways);
        if let Some(business) = &mut shown.business {
            business.error = Some(why.to_owned());
        }
        Leading(Posted::again(shown), sites)
    }))
}

/// Shows what another choice costs; the order is not placed.
#[post("/checkout/choices", data = "<form>")]
async fn choose(
    visitor: Visitor,
    page: Page,
    till: Till<'_>,
    registers: &State<Registers>,
    form: Form<Contextual<'_, Chosen>>,
) -> web::Result<Leading<Posted<ExpressPage>>> {
    if let (Some(cart), Some(customer), Some(chosen)) = (visitor.cart, &visitor.customer, &form.value) {
        let kept = keep(&mut *till.db.get().await?, cart, Some(customer), &chosen.choice, &page).await?;
        let chosen = kept.then_some((customer, &chosen.choice));
        if let Some(again) = unproved(&till, registers, cart, chosen, &page).await? {
            return Ok(again);
        }
    }
    Ok(Leading(Posted::to(paths::checkout()), Vec::new()))
}
