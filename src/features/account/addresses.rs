//! The address book.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use super::forms::Ticked;
use crate::features::checkout::model::{AddressDraft, complete_address};
use crate::features::checkout::queries::countries;
use crate::features::checkout::views::{FieldView, country_options, delivery_fields};
use crate::features::customers::model::AddressRefused;
use crate::features::customers::queries::{SavedAddress, addresses_of};
use crate::features::customers::{SignedIn, commands};
use crate::platform::base::{Country, CustomerAddressId, Line, OrBreak, text_enum};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![list, show_new, add, show_one, change, remove, prefer]
}

/// An address in the book.
struct AddressView {
    id: CustomerAddressId,
    lines: Vec<String>,
    phone: String,
    is_default: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "account/addresses_page.html")]
struct AddressesPage {
    page: Page,
    addresses: Vec<AddressView>,
}

#[get("/account/addresses")]
async fn list(customer: SignedIn, page: Page, db: Db) -> web::Result<AddressesPage> {
    let saved = addresses_of(&mut *db.get().await?, customer.id).await?;
    let view = |saved: SavedAddress| AddressView {
        id: saved.id,
        lines: saved.address.lines(&page.country(saved.address.country)),
        phone: saved.address.phone,
        is_default: saved.is_default,
    };
    Ok(AddressesPage { addresses: saved.into_iter().map(view).collect(), page })
}

#[derive(Template, WebTemplate)]
#[template(path = "account/address_page.html")]
struct AddressPage {
    page: Page,
    title: String,
    action: String,
    form: FormView,
    countries: Vec<(String, String)>,
    /// As the chosen country has them.
    fields: Vec<FieldView>,
    /// Whether it is the default already.
    is_default: bool,
}

impl AddressPage {
    fn new(page: Page, id: Option<CustomerAddressId>, form: FormView, is_default: bool) -> AddressPage {
        let offered = countries(page.shop());
        let home = offered.iter().find(|country| **country == page.shop().country).or(offered.first()).copied();
        let chosen = form.value("country").parse().ok().or(home).unwrap_or(page.shop().country);
        let form = form.with_value("country", chosen.code());
        let listed = offered.iter().copied().chain(Some(chosen).filter(|country| !offered.contains(country)));
        AddressPage {
            title: page.t(if id.is_some() { "account-address-edit" } else { "account-address-new" }),
            action: id.map_or_else(paths::account_new_address, paths::account_address),
            countries: country_options(&page, listed),
            fields: delivery_fields(&page, chosen),
            form,
            is_default,
            page,
        }
    }
}

text_enum! {
    /// Which button was pressed: the one that keeps the address, or the one that shows the fields of another country.
    Pressed { Save = "save", Country = "country" }
}

#[derive(FromForm)]
struct AddressForm {
    country: Option<Country>,
    #[field(default_with = Some(Default::default()))]
    name: Line<120>,
    #[field(default_with = Some(Default::default()))]
    street: Line<160>,
    #[field(default_with = Some(Default::default()))]
    line2: Line<160>,
    #[field(default_with = Some(Default::default()))]
    postal_code: Line<20>,
    #[field(default_with = Some(Default::default()))]
    city: Line<100>,
    #[field(default_with = Some(Default::default()))]
    region: Line<80>,
    #[field(default_with = Some(Default::default()))]
    phone: Line<40>,
    default: Option<Ticked>,
    #[field(default = Pressed::Save)]
    press: Pressed,
}

impl AddressForm {
    fn draft(&self) -> AddressDraft {
        AddressDraft {
            country: self.country,
            name: self.name.to_string(),
            street: self.street.to_string(),
            line2: self.line2.to_string(),
            postal_code: self.postal_code.to_string(),
            city: self.city.to_string(),
            region: self.region.to_string(),
            phone: self.phone.to_string(),
            ..AddressDraft::default()
        }
    }
}

/// An address as the form has it.
fn filled(saved: &SavedAddress) -> FormView {
    let address = &saved.address;
    FormView::filled([
        ("country", address.country.to_string()),
        ("name", address.name.clone()),
        ("street", address.street.clone()),
        ("line2", address.extra.clone()),
        ("postal_code", address.postal_code.clone()),
        ("city", address.city.clone()),
        ("region", address.region.clone()),
        ("phone", address.phone.clone()),
    ])
}

#[get("/account/addresses/new")]
fn show_new(customer: SignedIn, page: Page) -> AddressPage {
    let form = FormView::filled([("name", customer.name.clone())]);
    AddressPage::new(page, None, form, false)
}

async fn one(db: &Db, customer: &SignedIn, id: CustomerAddressId) -> web::Result<Option<SavedAddress>> {
    let saved = addresses_of(&mut *db.get().await?, customer.id).await?;
    Ok(saved.into_iter().find(|saved| saved.id == id))
}

#[get("/account/addresses/<id>")]
async fn show_one(customer: SignedIn, id: CustomerAddressId, page: Page, db: Db) -> web::Result<Option<AddressPage>> {
    let saved = one(&db, &customer, id).await?;
    Ok(saved.map(|saved| AddressPage::new(page, Some(id), filled(&saved), saved.is_default)))
}

type Answer = web::Result<Option<Posted<AddressPage>>>;

#[post("/account/addresses/new", data = "<form>")]
async fn add(customer: SignedIn, page: Page, db: Db, form: Form<Contextual<'_, AddressForm>>) -> Answer {
    let sent = FormView::of(page.words, &form.context);
    save(&customer, None, page, &db, sent, form.value.as_ref(), false).await
}

#[post("/account/addresses/<id>", data = "<form>")]
async fn change(
    customer: SignedIn,
    id: CustomerAddressId,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, AddressForm>>,
) -> Answer {
    let Some(saved) = one(&db, &customer, id).await? else { return Ok(None) };
    let sent = FormView::of(page.words, &form.context);
    save(&customer, Some(id), page, &db, sent, form.value.as_ref(), saved.is_default).await
}

async fn save(
    customer: &SignedIn,
    id: Option<CustomerAddressId>,
    page: Page,
    db: &Db,
    mut sent: FormView,
    input: Option<&AddressForm>,
    is_default: bool,
) -> Answer {
    let Some(input) = input else { return Ok(Some(Posted::again(AddressPage::new(page, id, sent, is_default)))) };
    if input.press == Pressed::Country {
        return Ok(Some(Posted::again(AddressPage::new(page, id, sent, is_default))));
    }
    match complete_address(&input.draft(), &countries(page.shop())) {
        Err(gaps) => sent = gaps.iter().fold(sent, |sent, gap| sent.with_error(gap.field, page.say(&gap.message))),
        Ok(address) => {
            let default = is_default || input.default.is_some();
            let saved = commands::save_address(&mut *db.get().await?, customer.id, id, &address, default, page.now).await;
            match saved.or_break()? {
                Ok(_) => return Ok(Some(Posted::done(paths::account_addresses(), "account-address-saved"))),
                Err(AddressRefused::Gone) => return Ok(None),
                Err(why) => sent = sent.refused(page.words, "", &why),
            }
        }
    }
    Ok(Some(Posted::again(AddressPage::new(page, id, sent, is_default))))
}

#[post("/account/addresses/<id>/removal")]
async fn remove(customer: SignedIn, id: CustomerAddressId, db: Db) -> Answer {
    let gone = commands::remove_address(&mut *db.get().await?, customer.id, id).await.or_break()?;
    let gone = gone.unwrap_or_else(|never| match never {});
    Ok(gone.then(|| Posted::done(paths::account_addresses(), "account-address-removed")))
}

#[post("/account/addresses/<id>/default")]
async fn prefer(customer: SignedIn, id: CustomerAddressId, db: Db) -> Answer {
    let done = commands::make_default(&mut *db.get().await?, customer.id, id).await.or_break()?;
    let done = done.unwrap_or_else(|never| match never {});
    Ok(done.then(|| Posted::done(paths::account_addresses(), "account-address-preferred")))
}
