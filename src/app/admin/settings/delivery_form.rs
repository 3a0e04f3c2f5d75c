//! The form of a delivery zone or of one of its methods, and how two editors of it notice each other.

use askama::Template;
use askama_web::WebTemplate;

use super::method_fields::{fields_of, rows, with_rows};
use super::parts::{self, Clash};
use crate::engines::inventory;
use crate::engines::shipping::{self, Kind, MethodDraft, ShippingRefused, Spot, Zone};
use crate::platform::access::{self, ManageSettings, Staff};
use crate::platform::base::{Currency, Failed, Message, Refusal, ShippingMethodId, ShippingZoneId};
use crate::platform::db::{self, Conn, Db};
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

    /// How the audit trail calls it; without an id while it is new.
    fn subject(self) -> (&'static str, Option<i64>) {
        match self {
            Edited::Zone(id) => ("shipping_zone", id.map(|id| id.0)),
            Edited::Method(_, id) => ("shipping_method", id.map(|id| id.0)),
        }
    }

    fn trail(self) -> Option<String> {
        let (subject, id) = self.subject();
        id.map(|id| paths::admin_audit_of(subject, id))
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
    pub async fn kept(self, conn: &mut Conn, currency: Currency) -> web::Result<Option<Kept>> {
        let zones = shipping::queries::zones(conn).await?;
        Ok(match self {
            Edited::Zone(id) => {
                let zone = zones.iter().find(|zone| Some(zone.id) == id);
                zone.map(|zone| Kept { fields: zone_fields(zone), method: None })
            }
            Edited::Method(zone, id) => {
                let zone = zones.iter().find(|known| known.id == zone);
                let method = zone.and_then(|zone| zone.methods.iter().find(|method| Some(method.id) == id));
                let draft = method.map(MethodDraft::from);
                draft.map(|draft| Kept { fields: fields_of(&draft, currency), method: Some(draft) })
            }
        })
    }
}

/// What is kept of a zone or a method, as its form has it.
pub struct Kept {
    fields: Fields,
    method: Option<MethodDraft>,
}

impl Kept {
    fn form(&self, currency: Currency) -> FormView {
        let form = parts::filled(&self.fields);
        match &self.method {
            Some(draft) => with_rows(form, draft, currency),
            None => form,
        }
    }
}

/// Parts of countries, one a line.
pub fn lines(spots: &[Spot]) -> String {
    spots.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn zone_fields(zone: &Zone) -> Fields {
    let mut codes: Vec<String> = zone.countries.iter().map(ToString::to_string).collect();
    codes.sort_unstable();
    let fields =
        [("name", zone.name.clone()), ("rest", if zone.rest { "yes" } else { "" }.to_owned()), ("spots", lines(&zone.spots))];
    fields.into_iter().chain(codes.into_iter().map(|code| ("countries", code))).collect()
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
    /// For a method: whose goods it is for, and where they may be picked up.
    profiles: Vec<(String, String)>,
    places: Vec<(String, String)>,
}

impl DeliveryFormPage {
    /// The name of a method and its note in other languages.
    fn words(&self) -> BesideView {
        let (page, form) = (&self.page, &self.form);
        BesideView::new(page, form, |locale| {
            let name = settings::in_language("name", locale);
            let mut texts = vec![Beside::line(name, page.t("admin-method-name"), form.value("name"), 80)];
            if !form.value("note").is_empty() {
                let note = settings::in_language("note", locale);
                texts.push(Beside::lines(note, page.t("admin-method-note"), form.value("note"), 500));
            }
            texts
        })
    }

    fn kinds(&self) -> Vec<(String, String)> {
        Kind::ALL.iter().map(|kind| (kind.to_string(), self.page.t(&format!("admin-method-kind-{kind}")))).collect()
    }

    /// The rows of the table: the field of each column.
    fn rows(&self) -> Vec<[String; 4]> {
        let names = ["from", "price", "extra", "every"];
        rows(&self.form).map(|at| names.map(|name| format!("steps[{at}].{name}"))).collect()
    }

    /// Whether the form is at a kind with a table, or of a method that is picked up.
    fn is_open(&self, part: &str) -> bool {
        let kind = self.form.value("kind").parse::<Kind>().unwrap_or(Kind::Flat);
        if part == "table" { kind.has_steps() } else { kind == Kind::Pickup }
    }
}

impl DeliveryFormPage {
    pub async fn new(page: Page, edited: Edited, form: FormView, conn: &mut Conn) -> web::Result<DeliveryFormPage> {
        let (mut countries, mut profiles, mut places) = (Vec::new(), Vec::new(), Vec::new());
        if edited.is_zone() {
            countries = parts::country_choices(page.words);
        } else {
            let kept = shipping::queries::profiles(conn).await?.into_iter().map(|profile| (profile.id.to_string(), profile.name));
            profiles = std::iter::once((String::new(), page.t("admin-method-for-all"))).chain(kept).collect();
            let kept = inventory::queries::locations(conn).await?.into_iter().map(|place| (place.id.to_string(), place.name));
            places = std::iter::once((String::new(), page.t("admin-method-no-place"))).chain(kept).collect();
        }
        Ok(DeliveryFormPage { page, form, edited, clash: None, countries, profiles, places })
    }

    /// The page filled with what is kept; `None` for what is gone.
    pub async fn read(page: Page, edited: Edited, db: &Db) -> web::Result<Option<DeliveryFormPage>> {
        let (mut conn, currency) = (db.get().await?, page.shop().currency);
        let Some(kept) = edited.kept(&mut conn, currency).await? else { return Ok(None) };
        Ok(Some(DeliveryFormPage::new(page, edited, kept.form(currency), &mut conn).await?))
    }

    /// The page after a refusal: what differs from what somebody else saved, else the error at its field.
    pub async fn refused(self, why: DeliveryRefused, conn: &mut Conn, typed: &Fields) -> web::Result<DeliveryFormPage> {
        let (page, edited) = (&self.page, self.edited);
        let (form, clash) = match why {
            DeliveryRefused::Shipping(why) => (self.form.refused(page.words, &field_of(&why), &why), None),
            DeliveryRefused::Save(why) => {
                let clash = Clash::labelled(page, &why, typed, |field| edited.label(field));
                let kept = edited.kept(conn, page.shop().currency).await?.map(|kept| kept.fields).unwrap_or_default();
                (parts::with_mark(self.form, &settings::seen(&kept)), clash)
            }
        };
        Ok(DeliveryFormPage { form, clash, ..self })
    }
}

/// The field at which a refusal is shown.
fn field_of(why: &ShippingRefused) -> String {
    use ShippingRefused as No;
    let step = |row: &i64, name: &str| format!("steps[{}].{name}", row - 1);
    match why {
        No::CountryTaken { .. } => "countries".to_owned(),
        No::SpotTaken { .. } | No::SpotsCross { .. } => "spots".to_owned(),
        No::RestTaken { .. } => "rest".to_owned(),
        No::Days => "days_max".to_owned(),
        No::Amount => "price".to_owned(),
        No::NoSteps | No::StepsGap => step(&1, "from"),
        No::StepsOverlap { row } | No::StepsOrder { row } => step(row, "from"),
        No::StepExtra { row } => step(row, "extra"),
        No::UpTo => "up_to".to_owned(),
        No::Season => "ends_on".to_owned(),
        No::NoPlace => "location".to_owned(),
        No::Unknown => "profile".to_owned(),
        No::Unnamed | No::NameTaken | No::ProfileTaken | No::Gone => "name".to_owned(),
    }
}

/// Refuses when somebody else saved the same meanwhile; one editor of settings at a time. Says how the trail names the save of `edited`.
pub async fn hold(tx: &mut Conn, edited: Edited, mark: &str, currency: Currency) -> Result<(), Failed<DeliveryRefused>> {
    settings::commands::hold(tx).await?;
    let Some(theirs) = edited.kept(tx, currency).await? else { return Ok(()) };
    let unchanged = settings::commands::unchanged(tx, mark, theirs.fields, &edited.saved()).await;
    unchanged.map_err(|why| why.map(DeliveryRefused::Save))
}

/// Writes down that it was saved.
pub async fn note(
    tx: &mut Conn,
    staff: &Staff<ManageSettings>,
    saved: Edited,
    after: serde_json::Value,
) -> Result<(), Failed<DeliveryRefused>> {
    let (subject, id) = saved.subject();
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
