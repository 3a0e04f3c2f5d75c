//! The overview of an account, and what a customer is called.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::time::Duration;
use rocket::{FromForm, Route, get, post, routes};

use super::orders::{OrderRow, rows_of};
use crate::engines::tax::VatId;
use crate::features::customers::queries::{addresses_of, vat_id_of};
use crate::features::customers::{SignedIn, commands};
use crate::features::messages::PanelView;
use crate::features::orders::queries::{Begin, Filter, index};
use crate::platform::base::{BadText, Line};
use crate::platform::db::Db;
use crate::platform::i18n::Locale;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Named, Posted};

pub fn routes() -> Vec<Route> {
    routes![overview, show_details, save_details]
}

/// Orders that the overview shows.
const SHOWN: usize = 3;

#[derive(Template, WebTemplate)]
#[template(path = "account/overview_page.html")]
struct OverviewPage {
    page: Page,
    heading: String,
    email: String,
    messages: PanelView,
    orders: Vec<OrderRow>,
    all: i64,
    /// The default address.
    address: Option<Vec<String>>,
}

#[get("/account")]
async fn overview(customer: SignedIn, page: Page, db: Db) -> web::Result<OverviewPage> {
    let mut conn = db.get().await?;
    let filter = Filter { customer: Some(customer.id), ..Filter::default() };
    let found = index(&mut conn, &filter, Begin::Newest).await?;
    let orders = rows_of(&mut conn, &page, &found.rows[..found.rows.len().min(SHOWN)]).await?;
    let messages = PanelView::of(&mut conn, &page, &customer).await?;
    let addresses = addresses_of(&mut conn, customer.id).await?;
    let address = addresses.first().map(|saved| saved.address.lines(&page.country(saved.address.country)));
    let heading = match customer.first_name() {
        "" => page.t("account-hello"),
        name => page.named("account-hello-name", name),
    };
    Ok(OverviewPage { heading, email: customer.email.clone(), messages, orders, all: found.found, address, page })
}

#[derive(Template, WebTemplate)]
#[template(path = "account/details_page.html")]
struct DetailsPage {
    page: Page,
    form: FormView,
    languages: Vec<(&'static str, &'static str)>,
    /// Whether the shop sells to businesses.
    asks_vat_id: bool,
}

impl DetailsPage {
    fn new(page: Page, form: FormView) -> DetailsPage {
        let asks_vat_id = page.shop().tax.sells_to_businesses;
        DetailsPage {
            asks_vat_id,
            languages: Locale::ALL.iter().map(|locale| (locale.as_str(), locale.own_name())).collect(),
            page,
            form,
        }
    }
}

#[derive(FromForm)]
struct Details {
    #[field(default_with = Some(Default::default()))]
    name: Line<120>,
    language: Locale,
    /// Of a business; `None`: the page did not ask.
    vat_id: Option<Line<24>>,
}

impl Details {
    /// The VAT id as it is kept; empty: none. `None`: it stays as it is.
    fn business(&self) -> Result<Option<String>, BadText> {
        match self.vat_id.as_deref().map(str::trim) {
            None => Ok(None),
            Some("") => Ok(Some(String::new())),
            Some(typed) => typed.parse::<VatId>().map(|id| Some(id.to_string())),
        }
    }
}

#[get("/account/details")]
async fn show_details(customer: SignedIn, page: Page, db: Db) -> web::Result<DetailsPage> {
    let vat_id = vat_id_of(&mut *db.get().await?, customer.id).await?;
    let fields = [("name", customer.name.clone()), ("language", customer.locale.to_string()), ("vat_id", vat_id)];
    Ok(DetailsPage::new(page, FormView::filled(fields)))
}

/// Keeps name and language; the pages of this browser are in that language, too.
#[post("/account/details", data = "<form>")]
async fn save_details(
    customer: SignedIn,
    page: Page,
    db: Db,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, Details>>,
) -> web::Result<Posted<DetailsPage>> {
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else { return Ok(Posted::again(DetailsPage::new(page, sent))) };
    let Ok(vat_id) = input.business() else {
        let sent = sent.with_error("vat_id", page.t("error-vat-id"));
        return Ok(Posted::again(DetailsPage::new(page, sent)));
    };
    let mut conn = db.get().await?;
    commands::set_details(&mut conn, customer.id, &input.name, input.language).await?;
    if let Some(vat_id) = vat_id {
        commands::keep_vat_id(&mut conn, customer.id, &vat_id).await?;
    }
    cookies.set(Named::Locale, input.language.as_str(), Duration::days(365));
    Ok(Posted::done(paths::account_details(), "account-details-saved"))
}
