//! The editor: shows a product, saves it, shows the second of two editors what the first one changed.

use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use std::collections::HashSet;

use crate::engines::{shipping, tax};
use crate::features::catalog::commands;
use crate::features::catalog::forms::{ProductForm, Reading, Wrong};
use crate::features::catalog::model::{Edit, Editable, Fields, SaveRefused, merged, with_theirs};
use crate::features::catalog::queries;
use crate::features::catalog::views::{Clash, ProductFormPage, Surroundings, filled};
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{MediaId, OrBreak, ProductId};
use crate::platform::db::{Conn, Db};
use crate::platform::i18n::Words;
use crate::platform::media::{self, Sent};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

/// Fields of boxes: where none is ticked, nothing is sent.
const BOXES: [&str; 2] = ["categories", "make"];

pub(super) fn routes() -> Vec<Route> {
    routes![show, back, save]
}

#[get("/admin/products/<id>", rank = 2)]
async fn show(_staff: Staff<ViewProducts>, page: Page, id: ProductId, db: Db) -> web::Result<Option<ProductFormPage>> {
    let mut conn = db.get().await?;
    let Some(product) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    let form = FormView::filled(filled(&page, &product).iter().map(|(name, value)| (name.as_str(), value.clone())));
    let around = surroundings_of(&mut conn, &product).await?;
    Ok(Some(ProductFormPage::new(page, &product, &around, form)))
}

/// An address that an act of the editor left in the address bar leads to the editor.
#[get("/admin/products/<id>/<_..>", rank = 9)]
async fn back(_staff: Staff<ViewProducts>, id: ProductId) -> Redirect {
    Redirect::to(paths::admin_product(id))
}

#[post("/admin/products/<id>", data = "<sent>", rank = 2)]
async fn save(
    staff: Staff<ManageProducts>,
    page: Page,
    id: ProductId,
    db: Db,
    mut sent: Sent,
) -> web::Result<Option<Posted<ProductFormPage>>> {
    let mut conn = db.get().await?;
    let Some(product) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    if is_late(&sent, &product) {
        return Ok(Some(Posted::again(clash_page(&mut conn, page, &product, &sent).await?)));
    }
    sent.fields = chosen(&page, &product, &sent);
    let mut refill = typed_form(&page, &product, &sent);
    match read(&page, &product, &sent) {
        Err(wrong) => refill = with_errors(refill, page.words, wrong),
        Ok(edit) => match commands::edit(&mut conn, &staff, id, &edit, page.now).await.or_break()? {
            Ok(_) => return Ok(Some(after_saving(&mut conn, &staff, page, id, &sent).await?)),
            Err(SaveRefused::ChangedMeanwhile) => {
                let Some(now) = queries::editable(&mut conn, id).await? else { return Ok(None) };
                return Ok(Some(Posted::again(clash_page(&mut conn, page, &now, &sent).await?)));
            }
            Err(why) => refill = refill.refused(page.words, &field_of(&why, Some(&edit)), &why),
        },
    }
    let around = surroundings_of(&mut conn, &product).await?;
    Ok(Some(Posted::again(ProductFormPage::new(page, &product, &around, refill))))
}

/// Files that came with a saved form join the pictures; where one is refused, the page says so.
async fn after_saving(
    conn: &mut Conn,
    staff: &Staff<ManageProducts>,
    page: Page,
    id: ProductId,
    sent: &Sent,
) -> web::Result<Posted<ProductFormPage>> {
    super::images::attach(conn, staff, id, sent, page.now).await?;
    let refused = refused_files(&page, sent);
    match queries::editable(conn, id).await? {
        Some(product) if !refused.is_empty() => {
            let around = surroundings_of(conn, &product).await?;
            let form = FormView::filled(filled(&page, &product).iter().map(|(name, value)| (name.as_str(), value.clone())));
            let again = ProductFormPage::new(page, &product, &around, form);
            Ok(Posted::again(again.with_shots(|shots| shots.with_refused(refused))))
        }
        _ => Ok(Posted::done(paths::admin_product(id), "catalog-saved")),
    }
}

/// Whether somebody saved since the form was filled.
fn is_late(sent: &Sent, product: &Editable) -> bool {
    sent.value("version").parse::<i32>().is_ok_and(|version| version != product.version)
}

/// What was typed, with what is there wherever the person chose theirs.
fn chosen(page: &Page, product: &Editable, sent: &Sent) -> Fields {
    let theirs = filled(page, product);
    let wishes = sent.fields.iter().filter(|(_, value)| value == "theirs").filter_map(|(name, _)| name.strip_prefix("keep:"));
    wishes.fold(sent.fields.clone(), |fields, field| with_theirs(fields, field, &theirs))
}

fn read(page: &Page, product: &Editable, sent: &Sent) -> Result<Edit, Vec<Wrong>> {
    match &sent.read::<ProductForm>().value {
        Some(typed) => typed.read(product, reading(page)),
        // What is wrong is in the form already.
        None => Err(Vec::new()),
    }
}

/// The form as it was typed, with what it does not name as it is.
pub(super) fn typed_form(page: &Page, product: &Editable, sent: &Sent) -> FormView {
    let named: HashSet<&str> = sent.fields.iter().map(|(name, _)| name.as_str()).collect();
    let form = FormView::of(page.words, &sent.read::<ProductForm>().context);
    let missing =
        filled(page, product).into_iter().filter(|(name, _)| !named.contains(name.as_str()) && !BOXES.contains(&name.as_str()));
    missing.fold(form, |form, (name, value)| form.with_value(&name, &value))
}

/// The page for whoever saved second: theirs where only they changed something, and the rest to choose.
async fn clash_page(conn: &mut Conn, page: Page, product: &Editable, sent: &Sent) -> web::Result<ProductFormPage> {
    let theirs = filled(&page, product);
    let merged = merged(&sent.fields, &theirs, sent.value("base"));
    let own = |name: &str| !["version", "base"].contains(&name) && !name.starts_with("keep:");
    let fields = merged.fields.iter().filter(|(name, _)| own(name)).cloned().collect();
    let form = typed_form(&page, product, &Sent { fields, files: Vec::new() }).without_errors();
    let around = surroundings_of(conn, product).await?;
    let by = queries::last_saved_by(conn, product.id).await?;
    let clash = Clash::new(&page, product, &around.tree, &merged, by);
    Ok(ProductFormPage::new(page, product, &around, form).with_clash(clash))
}

/// What the form of a product offers beside its own rows.
pub(super) async fn surroundings_of(conn: &mut Conn, product: &Editable) -> web::Result<Surroundings> {
    let shown = product.images.iter().map(|image| image.media).chain(product.variants.iter().filter_map(|one| one.media));
    surroundings(conn, &shown.collect::<Vec<_>>()).await
}

pub(super) async fn surroundings(conn: &mut Conn, pictures: &[MediaId]) -> web::Result<Surroundings> {
    let profiles = shipping::queries::profiles(conn).await?;
    let classes = tax::queries::classes(conn).await?.into_iter().filter(|class| !class.is_default);
    Ok(Surroundings {
        tree: queries::tree(conn).await?,
        vendors: queries::vendors(conn).await?,
        profiles: profiles.into_iter().map(|profile| (profile.id.to_string(), profile.name)).collect(),
        classes: classes.map(|class| (class.id.to_string(), class.name)).collect(),
        pictures: media::queries::pictures_by_ids(conn, pictures).await?,
    })
}

pub(super) fn reading(page: &Page) -> Reading {
    Reading { currency: page.shop().currency, zone: page.shop().zone, now: page.now, usual: page.shop().locale }
}

/// The files that were not taken, each with the reason.
pub(super) fn refused_files(page: &Page, sent: &Sent) -> Vec<String> {
    let refused = sent.files.iter().filter_map(|file| Some((&file.name, file.kept.as_ref().err()?)));
    refused.map(|(name, why)| format!("{name}: {}", page.refusal(why))).collect()
}

pub(super) fn with_errors(form: FormView, words: Words, wrong: Vec<Wrong>) -> FormView {
    wrong.into_iter().fold(form, |form, (field, key)| form.with_error(&field, words.t(key)))
}

/// The field at which a refusal is shown.
pub(super) fn field_of(why: &SaveRefused, edit: Option<&Edit>) -> String {
    let row = |sku: &str| {
        let rows = edit.into_iter().flat_map(|edit| &edit.variants);
        rows.filter(|row| row.sku.as_deref() == Some(sku)).map(|row| format!("variants[{}].sku", row.variant)).next_back()
    };
    match why {
        SaveRefused::HandleTaken { .. } => "handle".into(),
        SaveRefused::SkuTaken { sku, .. } | SaveRefused::SkuTwice { sku } => row(sku).unwrap_or_else(|| "sku".into()),
        SaveRefused::CountChanged { variant, .. } => format!("variants[{variant}].count"),
        SaveRefused::Price => "price".into(),
        SaveRefused::OptionTwice { .. }
        | SaveRefused::ValueTwice { .. }
        | SaveRefused::NoVariant
        | SaveRefused::TooManyVariants => "options".into(),
        _ => "title".into(),
    }
}
