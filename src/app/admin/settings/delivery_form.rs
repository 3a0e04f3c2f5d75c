//! The form of a delivery zone or of one of its methods, and how two editors of it notice each other.

use askama::Template;
use askama_web::WebTemplate;

use super::parts::{self, Clash};
use crate::engines::shipping::{self, Method, ShippingRefused, Zone};
use crate::platform::access::{self, ManageSettings, Staff};
use crate::platform::base::{Currency, Failed, Message, Refusal, ShippingMethodId, ShippingZoneId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::{Translations, Wording};
use crate::platform::paths;
use crate::platform::settings::{self, Fields, SaveRefused};
use crate::platform::shell::{Beside, BesideView, Page};
use crate::platform::web::{self, FormView, Posted};

/// What is edited; `None` while it is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    Zone(Option<ShippingZoneId>),
    Method(ShippingZoneId, Option<ShippingMethodId>),
}

impl Edited {
    fn action(self) -> String {
        match self {
            Edited::Zone(id) => id.map_or_else(|| paths::admin_delivery_zone("new"), paths::admin_delivery_zone),
            Edited::Method(zone, Some(id)) => paths::admin_delivery_method(zone, id),
            Edited::Method(zone, None) => paths::admin_delivery_method(zone, "new"),
        }
    }

    fn removal(self) -> Option<String> {
        match self {
            Edited::Zone(id) => id.map(paths::admin_delivery_zone_removal),
            Edited::Method(zone, id) => id.map(|id| paths::admin_delivery_method_removal(zone, id)),
        }
    }

    fn is_zone(self) -> bool {
        matches!(self, Edited::Zone(_))
    }

    /// The keys of its heading and of the button that removes it.
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Edited::Zone(None) => ("admin-add-zone", ""),
            Edited::Zone(Some(_)) => ("admin-zone", "admin-remove-zone"),
            Edited::Method(_, None) => ("admin-add-method", ""),
            Edited::Method(_, Some(_)) => ("admin-method", "admin-remove-method"),
        }
    }

    /// The label of a field.
    fn label(self, field: &str) -> String {
        match (self, field) {
            (Edited::Zone(_), _) => format!("admin-zone-{field}"),
            (Edited::Method(..), _) => format!("admin-method-{}", field.replace('_', "-")),
        }
    }

    /// How the audit trail names that it was saved; with the id, so that each has its own last editor.
    fn saved(self) -> String {
        match self {
            Edited::Zone(id) => format!("settings.zone.{}", id.map_or(0, |id| id.0)),
            Edited::Method(_, id) => format!("settings.method.{}", id.map_or(0, |id| id.0)),
        }
    }

    /// What is kept of it now; `None` for one that is new or gone.
    pub async fn kept(self, conn: &mut Conn, currency: Currency) -> web::Result<Option<Fields>> {
        let zones = shipping::queries::zones(conn).await?;
        Ok(match self {
            Edited::Zone(id) => zones.iter().find(|zone| Some(zone.id) == id).map(zone_fields),
            Edited::Method(zone, id) => {
                let zone = zones.iter().find(|known| known.id == zone);
                let method = zone.and_then(|zone| zone.methods.iter().find(|method| Some(method.id) == id));
                method.map(|method| method_fields(method, currency))
            }
        })
    }
}

fn zone_fields(zone: &Zone) -> Fields {
    let mut codes: Vec<String> = zone.countries.iter().map(ToString::to_string).collect();
    codes.sort_unstable();
    [("name", zone.name.clone())].into_iter().chain(codes.into_iter().map(|code| ("countries", code))).collect()
}

fn method_fields(method: &Method, currency: Currency) -> Fields {
    let fields = vec![
        ("name", method.name.main().to_owned()),
        ("price", currency.plain(method.price)),
        ("free_from", method.free_from.map(|amount| currency.plain(amount)).unwrap_or_default()),
        ("days_min", method.days.0.to_string()),
        ("days_max", method.days.1.to_string()),
        ("active", if method.active { "yes" } else { "" }.to_owned()),
    ];
    [fields, names(&method.name)].concat()
}

/// The name in every language, as fields.
pub fn names(name: &Wording) -> Fields {
    settings::translated(&Translations::of([("name", name.others().clone())]), &["name"])
}

/// Why a zone or a method is not saved.
#[derive(Debug)]
pub enum DeliveryRefused {
    Shipping(ShippingRefused),
    Save(SaveRefused),
}

impl Refusal for DeliveryRefused {
    fn message(&self) -> Message {
        match self {
            DeliveryRefused::Shipping(why) => why.message(),
            DeliveryRefused::Save(why) => why.message(),
        }
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/delivery_form_page.html")]
pub struct DeliveryFormPage {
    page: Page,
    form: FormView,
    edited: Edited,
    clash: Option<Clash>,
    /// For a zone.
    countries: Vec<(String, String)>,
}

impl DeliveryFormPage {
    /// The name of a method in other languages.
    fn words(&self) -> BesideView {
        let (page, form) = (&self.page, &self.form);
        BesideView::new(page, form, |locale| {
            vec![Beside::line(settings::in_language("name", locale), page.t("admin-method-name"), form.value("name"), 80)]
        })
    }
}

impl DeliveryFormPage {
    pub fn new(page: Page, edited: Edited, form: FormView) -> DeliveryFormPage {
        let countries = if edited.is_zone() { parts::country_choices(page.words) } else { Vec::new() };
        DeliveryFormPage { page, form, edited, clash: None, countries }
    }

    /// The page filled with what is kept; `None` for what is gone.
    pub async fn read(page: Page, edited: Edited, db: &Db) -> web::Result<Option<DeliveryFormPage>> {
        let kept = edited.kept(&mut *db.get().await?, page.shop().currency).await?;
        Ok(kept.map(|kept| DeliveryFormPage::new(page, edited, parts::filled(&kept))))
    }

    /// The page after a refusal: what differs from what somebody else saved, else the error at its field.
    pub async fn refused(self, why: DeliveryRefused, conn: &mut Conn, typed: &Fields) -> web::Result<DeliveryFormPage> {
        let DeliveryFormPage { page, form, edited, countries, .. } = self;
        let (form, clash) = match why {
            DeliveryRefused::Shipping(why) => (form.refused(page.words, field_of(&why), &why), None),
            DeliveryRefused::Save(why) => {
                let clash = Clash::labelled(&page, &why, typed, |field| edited.label(field));
                let kept = edited.kept(conn, page.shop().currency).await?.unwrap_or_default();
                (parts::with_mark(form, &settings::seen(&kept)), clash)
            }
        };
        Ok(DeliveryFormPage { page, form, edited, clash, countries })
    }
}

/// The field at which a refusal is shown.
fn field_of(why: &ShippingRefused) -> &'static str {
    match why {
        ShippingRefused::CountryTaken { .. } => "countries",
        ShippingRefused::Days => "days_max",
        ShippingRefused::Amount => "price",
        _ => "name",
    }
}

/// Refuses when somebody else saved the same meanwhile; one editor of settings at a time. Says how the trail names the save of `edited`.
pub async fn hold(tx: &mut Conn, edited: Edited, mark: &str, currency: Currency) -> Result<(), Failed<DeliveryRefused>> {
    settings::commands::hold(tx).await?;
    let Some(theirs) = edited.kept(tx, currency).await? else { return Ok(()) };
    let unchanged = settings::commands::unchanged(tx, mark, theirs, &edited.saved()).await;
    unchanged.map_err(|why| why.map(DeliveryRefused::Save))
}

/// Writes down that it was saved.
pub async fn note(
    tx: &mut Conn,
    staff: &Staff<ManageSettings>,
    saved: Edited,
    after: serde_json::Value,
) -> Result<(), Failed<DeliveryRefused>> {
    let (subject, id) = match saved {
        Edited::Zone(id) => ("shipping_zone", id.map(|id| id.0)),
        Edited::Method(_, id) => ("shipping_method", id.map(|id| id.0)),
    };
    Ok(access::audit(tx, staff, &saved.saved(), subject, id, None, Some(after)).await?)
}

/// Removes a zone with its methods, or a method; removing what is gone is fine.
pub async fn remove(staff: &Staff<ManageSettings>, db: &Db, edited: Edited) -> web::Result<Posted<DeliveryFormPage>> {
    let mut conn = db.get().await?;
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<ShippingRefused>> {
        let (action, subject, id) = match edited {
            Edited::Zone(Some(id)) => {
                shipping::commands::remove_zone(tx, id).await?;
                ("settings.zone_removed", "shipping_zone", id.0)
            }
            Edited::Method(_, Some(id)) => {
                shipping::commands::remove_method(tx, id).await?;
                ("settings.method_removed", "shipping_method", id.0)
            }
            _ => return Ok(()),
        };
        access::audit(tx, staff, action, subject, Some(id), None, None).await?;
        Ok(())
    });
    _ = crate::platform::base::OrBreak::or_break(removed.await)?;
    Ok(Posted::done(paths::admin_settings_delivery(), "admin-removed"))
}
