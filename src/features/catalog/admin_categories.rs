//! Categories for staff: the tree, a form, what removal would do.

use rocket::form::{Contextual, Form};
use rocket::fs::TempFile;
use rocket::{Either, Route, State, get, post, routes};

use super::commands;
use super::forms_categories::{Below, CategoryForm, NewCategoryForm, PlaceForm};
use super::model::{EditableCategory, PictureChoice, ShelveRefused};
use super::queries;
use super::views::{CategoriesPage, CategoryFormPage, CategoryRemovalPage, NewCategoryPage};
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{CategoryId, OrBreak};
use crate::platform::db::{Conn, Db};
use crate::platform::media::{self, MediaRefused, Store};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub(super) fn routes() -> Vec<Route> {
    routes![list, new, add, show, save, place, ask_removal, remove]
}

#[get("/admin/categories")]
async fn list(_staff: Staff<ViewProducts>, page: Page, db: Db) -> web::Result<CategoriesPage> {
    let mut conn = db.get().await?;
    let (tree, counts) = (queries::tree(&mut conn).await?, queries::products_in(&mut conn).await?);
    let ids: Vec<_> = tree.all().iter().filter_map(|branch| branch.media).collect();
    let pictures = media::queries::pictures_by_ids(&mut conn, &ids).await?;
    Ok(CategoriesPage::new(page, &tree, &counts, &pictures))
}

#[get("/admin/categories/new?<below..>", rank = 1)]
async fn new(_staff: Staff<ManageProducts>, page: Page, below: Below, db: Db) -> web::Result<NewCategoryPage> {
    let tree = queries::tree(&mut *db.get().await?).await?;
    let parent = below.parent.map(|id| id.to_string()).unwrap_or_default();
    Ok(NewCategoryPage::new(page, &tree, FormView::filled([("parent", parent)])))
}

#[post("/admin/categories", data = "<form>")]
async fn add(
    staff: Staff<ManageProducts>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, NewCategoryForm>>,
) -> web::Result<Posted<NewCategoryPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        match commands::add_category(&mut conn, &staff, &typed.title, typed.parent.0).await.or_break()? {
            Ok(id) => return Ok(Posted::done(paths::admin_category(id), "shelving-added")),
            Err(why) => refill = refill.refused(page.words, field_of(&why), &why),
        }
    }
    Ok(Posted::again(NewCategoryPage::new(page, &queries::tree(&mut conn).await?, refill)))
}

#[get("/admin/categories/<id>", rank = 2)]
async fn show(_staff: Staff<ViewProducts>, page: Page, id: CategoryId, db: Db) -> web::Result<Option<CategoryFormPage>> {
    let mut conn = db.get().await?;
    let Some(category) = queries::editable_category(&mut conn, id).await? else { return Ok(None) };
    Ok(Some(form_page(&mut conn, page, &category, None).await?))
}

type Answer = web::Result<Option<Either<Posted<CategoryFormPage>, CategoryFormPage>>>;

/// Saves the category, or shows how its text would look.
#[post("/admin/categories/<id>", data = "<form>")]
async fn save(
    staff: Staff<ManageProducts>,
    page: Page,
    id: CategoryId,
    db: Db,
    store: &State<Store>,
    form: Form<Contextual<'_, CategoryForm<'_>>>,
) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let kept = match form.value.as_ref().filter(|typed| !typed.preview) {
        Some(typed) => keep(store, typed.image.as_ref()).await?,
        None => Ok(None),
    };
    let mut conn = db.get().await?;
    let Some(category) = queries::editable_category(&mut conn, id).await? else { return Ok(None) };
    match (&form.value, kept) {
        (None, _) => {}
        (Some(typed), _) if typed.preview => {
            return Ok(Some(Either::Right(form_page(&mut conn, page, &category, Some(refill)).await?.with_preview())));
        }
        (Some(_), Err(why)) => refill = refill.refused(page.words, "image", &why),
        (Some(typed), Ok(kept)) => return write(&mut conn, &staff, page, &category, typed, kept, refill).await,
    }
    Ok(Some(Either::Left(Posted::again(form_page(&mut conn, page, &category, Some(refill)).await?))))
}

async fn write(
    conn: &mut Conn,
    staff: &Staff<ManageProducts>,
    page: Page,
    category: &EditableCategory,
    typed: &CategoryForm<'_>,
    kept: Option<media::commands::Kept>,
    refill: FormView,
) -> Answer {
    let taken = match &kept {
        Some(kept) => Some(PictureChoice::Take(media::commands::record(conn, kept).await?)),
        None => None,
    };
    let edit = typed.edit(taken);
    let why = match commands::edit_category(conn, staff, category.id, &edit, page.now).await.or_break()? {
        Ok(()) => return Ok(Some(Either::Left(Posted::done(paths::admin_category(category.id), "shelving-saved")))),
        Err(why) => why,
    };
    let again = if why == ShelveRefused::Changed {
        let by = queries::category_last_saved_by(conn, category.id).await?;
        let tree = queries::tree(conn).await?;
        form_page(conn, page, category, Some(refill)).await?.with_clash(&tree, category, &edit, by)
    } else {
        let refill = refill.refused(page.words, field_of(&why), &why);
        form_page(conn, page, category, Some(refill)).await?
    };
    Ok(Some(Either::Left(Posted::again(again))))
}

/// Stores the picture that came with a form, if one did.
async fn keep(store: &Store, file: Option<&TempFile<'_>>) -> web::Result<Result<Option<media::commands::Kept>, MediaRefused>> {
    let Some(file) = file else { return Ok(Ok(None)) };
    let Some(bytes) = media::bytes_of(file).await? else { return Ok(Ok(None)) };
    Ok(media::commands::keep(store, bytes, &media::name_of(file)).await.or_break()?.map(Some))
}

async fn form_page(
    conn: &mut Conn,
    page: Page,
    category: &EditableCategory,
    form: Option<FormView>,
) -> web::Result<CategoryFormPage> {
    let tree = queries::tree(conn).await?;
    let pictures = media::queries::pictures_by_ids(conn, &category.media.into_iter().collect::<Vec<_>>()).await?;
    let picture = category.media.and_then(|id| pictures.get(&id));
    let products = queries::products_in(conn).await?.get(&category.id).copied().unwrap_or(0);
    Ok(CategoryFormPage::new(page, &tree, category, picture, products, form))
}

/// Moves a category among its siblings; what cannot be read moves nothing.
#[post("/admin/categories/<id>/place", data = "<form>")]
async fn place(
    staff: Staff<ManageProducts>,
    id: CategoryId,
    db: Db,
    form: Form<Contextual<'_, PlaceForm>>,
) -> web::Result<Posted<CategoriesPage>> {
    if let Some(typed) = &form.value {
        _ = commands::move_category(&mut *db.get().await?, &staff, id, typed.to).await.or_break()?;
    }
    Ok(Posted::to(format!("{}#category-{id}", paths::admin_categories())))
}

#[get("/admin/categories/<id>/removal")]
async fn ask_removal(
    _staff: Staff<ManageProducts>,
    page: Page,
    id: CategoryId,
    db: Db,
) -> web::Result<Option<CategoryRemovalPage>> {
    removal_page(&mut *db.get().await?, page, id, FormView::empty()).await
}

async fn removal_page(conn: &mut Conn, page: Page, id: CategoryId, form: FormView) -> web::Result<Option<CategoryRemovalPage>> {
    let tree = queries::tree(conn).await?;
    let Some(branch) = tree.get(id) else { return Ok(None) };
    let removal = queries::removal(conn, id).await?;
    Ok(Some(CategoryRemovalPage::new(page, &tree, branch, &removal, form)))
}

/// Removes a category; one that is gone already is fine.
#[post("/admin/categories/<id>/removal")]
async fn remove(
    staff: Staff<ManageProducts>,
    page: Page,
    id: CategoryId,
    db: Db,
) -> web::Result<Option<Posted<CategoryRemovalPage>>> {
    let mut conn = db.get().await?;
    match commands::remove_category(&mut conn, &staff, id).await.or_break()? {
        Ok(()) | Err(ShelveRefused::Gone) => Ok(Some(Posted::done(paths::admin_categories(), "shelving-removed"))),
        Err(why) => {
            let form = FormView::empty().refused(page.words, "", &why);
            Ok(removal_page(&mut conn, page, id, form).await?.map(Posted::again))
        }
    }
}

/// The field at which a refusal is shown.
fn field_of(why: &ShelveRefused) -> &'static str {
    match why {
        ShelveRefused::HandleTaken { .. } => "handle",
        ShelveRefused::Circle | ShelveRefused::TooDeep | ShelveRefused::Gone => "parent",
        _ => "title",
    }
}
