//! The list of customers and the page of one.

use rocket::form::{self, Contextual, Form};
use rocket::{Route, State, get, post, routes};

use super::commands;
use super::emails::Desk;
use super::forms::{MembershipForm, NoteForm, TagForm};
use super::model::ClientRefused;
use super::queries::{self, Span};
use super::views::{CustomerPage, IndexPage, Sent, Whole};
use crate::engines::credit;
use crate::engines::credit::commands::Change;
use crate::engines::credit::queries::{Account as CreditAccount, Moved};
use crate::engines::tax::exemptions;
use crate::features::customers;
use crate::features::customers::queries::{addresses_of, identities_of, sessions_of};
use crate::features::gift_cards::forms::AdjustForm;
use crate::features::orders::queries::{Begin, Filter, index};
use crate::platform::access::{Fresh, ManageCustomers, Origin, RefundOrders, Staff, ViewCustomers};
use crate::platform::base::{Broke, CustomerGroupId, CustomerId, Line, Moment, Money, OrBreak, Token};
use crate::platform::config::Config;
use crate::platform::db::{Conn, Db};
use crate::platform::factors::{self, Account};
use crate::platform::paths;
use crate::platform::settings::queries::asks_proof;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, Cookies, FormView, Named, Notice, Posted};

pub fn routes() -> Vec<Route> {
    routes![
        list,
        show,
        change_credit,
        add_note,
        add_tag,
        remove_tag,
        set_groups,
        send_reset,
        end_sessions,
        remove_factors,
        view_as
    ]
}

/// Orders that a customer's page shows.
const SHOWN: usize = 10;

#[get("/admin/customers?<q>&<group>&<before>&<after>")]
async fn list(
    page: Page,
    _staff: Staff<ViewCustomers>,
    db: Db,
    q: form::Result<'_, Line<100>>,
    group: form::Result<'_, CustomerGroupId>,
    before: form::Result<'_, CustomerId>,
    after: form::Result<'_, CustomerId>,
) -> web::Result<IndexPage> {
    let words = q.map(Line::into_string).unwrap_or_default();
    let span = match (before, after) {
        (Ok(id), _) => Span::Before(id),
        (_, Ok(id)) => Span::After(id),
        _ => Span::Newest,
    };
    let mut conn = db.get().await?;
    let groups = queries::groups(&mut conn).await?;
    let group = group.ok();
    let found = queries::list(&mut conn, &words, group, span).await?;
    Ok(IndexPage::new(page, words, group, &groups, &found))
}

/// The page of a customer, with its forms as they were sent.
pub(super) async fn page_of(conn: &mut Conn, id: CustomerId, page: Page, sent: Sent) -> web::Result<Option<CustomerPage>> {
    let Some(row) = queries::one(conn, id).await? else { return Ok(None) };
    let filter = Filter { customer: Some(id), ..Filter::default() };
    let whole = Whole {
        row,
        orders: index(conn, &filter, Begin::Newest).await?.rows.into_iter().map(|row| row.0).take(SHOWN).collect(),
        addresses: addresses_of(conn, id).await?,
        tags: queries::tags_of(conn, id).await?,
        groups: queries::groups(conn).await?,
        in_groups: queries::groups_of(conn, id).await?,
        sessions: sessions_of(conn, id, page.now).await?,
        timeline: queries::timeline_of(conn, id).await?,
        held: factors::queries::held(conn, Account::customer(id.0)).await?,
        identities: identities_of(conn, id).await?,
        credit: credit_of(conn, id, page.now).await?,
        exempt: exemptions::of_customer(conn, id).await?,
    };
    Ok(Some(CustomerPage::new(page, &whole, sent)))
}

#[get("/admin/customers/<id>")]
async fn show(id: CustomerId, page: Page, _staff: Staff<ViewCustomers>, db: Db) -> web::Result<Option<CustomerPage>> {
    page_of(&mut *db.get().await?, id, page, Sent::default()).await
}

/// The store credit of a customer with the latest rows of its ledger, an account for each currency.
async fn credit_of(conn: &mut Conn, id: CustomerId, now: Moment) -> Result<Vec<(CreditAccount, Vec<Moved>)>, Broke> {
    let mut all = Vec::new();
    for account in credit::queries::store_credits(conn, id, now).await? {
        let ledger = credit::queries::ledger(conn, account.id, SHOWN as i64).await?;
        all.push((account, ledger));
    }
    Ok(all)
}

/// Gives a customer store credit, or takes some, with a reason.
#[post("/admin/customers/<id>/store-credit", data = "<form>")]
async fn change_credit(
    id: CustomerId,
    staff: Staff<RefundOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, AdjustForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    let (mut credit, currency) = (FormView::of(page.words, &form.context), page.shop().currency);
    match form.value.as_ref().map(|input| (input, input.change(currency))) {
        Some((_, None)) => credit = credit.with_error("amount", page.t("orders-amount-unreadable")),
        Some((_, Some(amount))) if asks_proof(&mut conn, &staff, Money::new(amount, currency), page.now).await? => {
            return Ok(Some(Posted::done(paths::admin_proof(&paths::admin_customer(id)), "access-proof-first")));
        }
        Some((input, Some(amount))) => {
            let change = Change { amount, reason: &input.reason, seen: input.seen };
            match commands::change_credit(&mut conn, id, currency, change, &staff, page.now).await.or_break()? {
                Err(why @ ClientRefused::Credit(_)) => credit = credit.refused(page.words, "amount", &why),
                result => return done(result, id, "clientele-credit-changed"),
            }
        }
        None => {}
    }
    Ok(page_of(&mut conn, id, page, Sent { credit, ..Sent::default() }).await?.map(Posted::again))
}

type Answer = web::Result<Option<Posted<CustomerPage>>>;

/// Back to the page with what was done; a customer who is gone is no page.
fn done(result: Result<(), ClientRefused>, id: CustomerId, notice: Notice) -> Answer {
    Ok(match result {
        Ok(()) => Some(Posted::done(paths::admin_customer(id), notice)),
        Err(ClientRefused::Unverified) => Some(Posted::done(paths::admin_customer(id), "clientele-unverified")),
        Err(_) => None,
    })
}

#[post("/admin/customers/<id>/note", data = "<form>")]
async fn add_note(
    id: CustomerId,
    staff: Staff<ManageCustomers>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, NoteForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    let mut note = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::add_note(&mut conn, id, &input.note, &staff, page.now).await.or_break()? {
            Err(why @ ClientRefused::Empty) => note = note.refused(page.words, "note", &why),
            result => return done(result, id, "clientele-noted"),
        }
    }
    Ok(page_of(&mut conn, id, page, Sent { note, ..Sent::default() }).await?.map(Posted::again))
}

#[post("/admin/customers/<id>/tags", data = "<form>")]
async fn add_tag(
    id: CustomerId,
    staff: Staff<ManageCustomers>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, TagForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    let mut tag = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::add_tag(&mut conn, id, &input.tag, &staff).await.or_break()? {
            Err(why @ ClientRefused::TooManyTags) => tag = tag.refused(page.words, "tag", &why),
            result => return done(result, id, "clientele-tagged"),
        }
    }
    Ok(page_of(&mut conn, id, page, Sent { tag, ..Sent::default() }).await?.map(Posted::again))
}

#[post("/admin/customers/<id>/tags/removal", data = "<form>")]
async fn remove_tag(
    id: CustomerId,
    staff: Staff<ManageCustomers>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, TagForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    match &form.value {
        Some(input) => {
            let gone = commands::remove_tag(&mut conn, id, &input.tag, &staff).await;
            done(gone.or_break()?, id, "clientele-untagged")
        }
        None => Ok(page_of(&mut conn, id, page, Sent::default()).await?.map(Posted::again)),
    }
}

#[post("/admin/customers/<id>/groups", data = "<form>")]
async fn set_groups(id: CustomerId, staff: Staff<ManageCustomers>, db: Db, form: Form<Contextual<'_, MembershipForm>>) -> Answer {
    let groups = form.value.as_ref().map(|input| input.group.clone()).unwrap_or_default();
    let set = commands::set_groups(&mut *db.get().await?, id, &groups, &staff).await;
    done(set.or_break()?, id, "clientele-grouped")
}

#[post("/admin/customers/<id>/password-reset")]
async fn send_reset(id: CustomerId, staff: Staff<ManageCustomers>, page: Page, db: Db) -> Answer {
    let sent = commands::send_reset(&mut *db.get().await?, id, &staff, page.now).await;
    done(sent.or_break()?, id, "clientele-reset-sent")
}

#[post("/admin/customers/<id>/sessions/ending")]
async fn end_sessions(id: CustomerId, staff: Staff<ManageCustomers>, db: Db) -> Answer {
    let ended = commands::end_sessions(&mut *db.get().await?, id, &staff).await;
    done(ended.or_break()?, id, "clientele-signed-out")
}

/// Takes lost factors away; the customer is told by mail.
#[post("/admin/customers/<id>/factors/removal")]
async fn remove_factors(
    id: CustomerId,
    staff: Staff<ManageCustomers>,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
) -> Answer {
    let desk = Desk { shop: page.shop(), config };
    let removed = commands::remove_factors(&mut *db.get().await?, vault, id, &desk, &staff).await;
    done(removed.or_break()?, id, "clientele-factors-removed")
}

/// Shows the shop as this customer sees it, in this browser; whoever was signed in here as a customer is signed out.
#[post("/admin/customers/<id>/view")]
async fn view_as(
    id: CustomerId,
    staff: Fresh<ManageCustomers>,
    page: Page,
    db: Db,
    origin: Origin,
    cookies: Cookies<'_>,
) -> Answer {
    let mut conn = db.get().await?;
    let Ok(token) = commands::view_as(&mut conn, id, &staff, &origin, page.now).await.or_break()? else { return Ok(None) };
    if let Some(own) = cookies.get(Named::Customer).and_then(|own| own.parse::<Token>().ok()) {
        customers::commands::sign_out(&mut conn, &own).await?;
    }
    cookies.set_for_session(Named::Customer, token.to_string());
    Ok(Some(Posted::to(paths::account())))
}
