//! The desk: the lists, one conversation, and what is done with it.

use chrono::NaiveDateTime;
use rocket::form::{Contextual, Form};
use rocket::{Either, Route, State, get, post, routes};

use super::commands;
use super::desk::{DeskPage, Forms, TalkPage, Whole};
use super::files;
use super::forms::{AnswerForm, AssignForm, NoteForm, Press, SnoozeForm, Wish};
use super::model::{Blanks, DeskRefused, Kind, Later, View, Written, put_off};
use super::posted::Sent;
use super::queries::{self, Begin, Edge, Scope};
use super::views::{Before, Door, Handed, entries, hand_out};
use crate::features::orders::queries::{Begin as OrdersFrom, Filter, index};
use crate::platform::access::{AnswerMessages, Person, Right, Staff, ViewMessages};
use crate::platform::base::{ConversationId, Line, MessageFileId, Moment, OrBreak, OrderId};
use crate::platform::db::{Conn, Db};
use crate::platform::media::Store;
use crate::platform::paths;
use crate::platform::settings::announcement::moment_at;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Notice, Posted};

pub fn routes() -> Vec<Route> {
    [routes![list, show, answer, note, assign, snooze, close, reopen, unread, file], super::begin::routes()].concat()
}

#[get("/admin/inbox?<wish..>")]
async fn list(page: Page, staff: Staff<ViewMessages>, db: Db, wish: Wish) -> web::Result<DeskPage> {
    let begin = match (wish.before, wish.after) {
        (Some(id), _) => Begin::Before(id),
        (None, Some(id)) => Begin::After(id),
        (None, None) => Begin::Newest,
    };
    let (view, words) = (wish.view.unwrap_or(View::Open), wish.q.map(Line::into_string).unwrap_or_default());
    let mut conn = db.get().await?;
    let counts = queries::counts(&mut conn, staff.id).await?;
    let found = queries::list(&mut conn, view, &words, staff.id, begin).await?;
    Ok(DeskPage::new(page, view, words, &counts, &found))
}

/// The page of a conversation, with its forms as they were sent.
async fn page_of(
    conn: &mut Conn,
    id: ConversationId,
    page: Page,
    staff: &Person,
    before: Option<Edge>,
    forms: Forms,
) -> web::Result<Option<TalkPage>> {
    let Some(own) = queries::conversation(conn, id).await? else { return Ok(None) };
    let thread = queries::thread(conn, Scope::Desk(id), before).await?;
    let last = thread.entries.iter().rev().find(|one| one.source == 0 && one.kind != "note");
    let last_order: Option<OrderId> = last.and_then(|one| one.order_id);
    let filter = match own.customer {
        customer @ Some(_) => Filter { customer, ..Filter::default() },
        None => Filter { email: own.email.clone(), ..Filter::default() },
    };
    let orders = match page.may(Right::ViewOrders) {
        true => index(conn, &filter, OrdersFrom::Newest).await?.rows.into_iter().map(|row| row.0).take(8).collect(),
        false => Vec::new(),
    };
    let whole = Whole {
        entries: entries(conn, &page, &thread, &Door::Desk, own.called()).await?,
        older: thread.older.map(|edge| paths::admin_conversation_before(id, edge)),
        rows: queries::list(conn, View::Open, "", staff.id, Begin::Newest).await?.rows,
        orders,
        about: queries::orders_of(conn, id).await?,
        answerers: queries::answerers(conn).await?,
        replies: queries::saved(conn).await?,
        own,
    };
    Ok(Some(TalkPage::new(page, whole, last_order, forms)))
}

/// Who may answer has read it by looking.
#[get("/admin/inbox/<id>?<before>")]
async fn show(
    id: ConversationId,
    page: Page,
    staff: Staff<ViewMessages>,
    db: Db,
    before: Before<'_>,
) -> web::Result<Option<TalkPage>> {
    let mut conn = db.get().await?;
    if page.may(Right::AnswerMessages) {
        commands::mark_read(&mut conn, id).await?;
    }
    page_of(&mut conn, id, page, &staff, before.ok(), Forms::default()).await
}

type Answer = web::Result<Option<Posted<TalkPage>>>;

/// Back to the conversation with what was done; one that is gone is no page.
fn done(result: Result<(), DeskRefused>, id: ConversationId, notice: Notice) -> Answer {
    match result {
        Ok(()) => Ok(Some(Posted::done(paths::admin_conversation(id), notice))),
        Err(_) => Ok(None),
    }
}

/// Puts a saved reply behind what is typed, with its blanks filled.
async fn inserted(conn: &mut Conn, id: ConversationId, page: &Page, staff: &Person, input: &AnswerForm) -> web::Result<String> {
    let reply = match input.reply {
        Some(reply) => queries::saved_reply(conn, reply).await?,
        None => None,
    };
    let (Some(reply), Some(own)) = (reply, queries::conversation(conn, id).await?) else { return Ok(input.body.to_string()) };
    let orders = queries::orders_of(conn, id).await?;
    let order = orders.iter().find(|(order, _)| Some(*order) == input.order.0);
    let blanks = Blanks {
        name: own.name.clone(),
        order: order.map(|(_, number)| number.to_string()).unwrap_or_default(),
        shop: page.shop().name.clone(),
        staff: staff.called().to_owned(),
    };
    let filled = blanks.fill(&reply.body);
    Ok(if input.body.is_empty() { filled } else { format!("{}\n\n{filled}", &*input.body) })
}

type AnswerPage = web::Result<Option<Either<Posted<TalkPage>, TalkPage>>>;

/// Sends an answer, or puts a saved reply into it. Who has not seen the newest message is shown it first.
#[post("/admin/inbox/<id>/answers", data = "<sent>")]
async fn answer(
    id: ConversationId,
    page: Page,
    staff: Staff<AnswerMessages>,
    db: Db,
    store: &State<Store>,
    mut sent: Sent,
) -> AnswerPage {
    let form = sent.fields.read::<AnswerForm>();
    let mut refill = FormView::of(page.words, &form.context);
    let mut seen = None;
    if let Some(input) = &form.value {
        seen = Some(input.seen.0);
        if input.press == Press::Insert {
            let text = inserted(&mut *db.get().await?, id, &page, &staff, input).await?;
            let forms = Forms { answer: Some(refill.with_value("body", &text)), seen, ..Forms::default() };
            return Ok(page_of(&mut *db.get().await?, id, page, &staff, None, forms).await?.map(Either::Right));
        }
        let kept = sent.files.keep(store, page.words, &mut refill).await?;
        if refill.is_ok() {
            let written = input.written(kept);
            match send(&db, store, id, &written, &staff, page.now).await? {
                Ok(()) => return Ok(done(Ok(()), id, "messages-answer-sent")?.map(Either::Left)),
                Err(DeskRefused::Gone) => return Ok(None),
                Err(why) => (refill, seen) = refused(&page, refill, "body", &why, seen),
            }
        }
    }
    let forms = Forms { answer: Some(refill), seen, ..Forms::default() };
    let again = page_of(&mut *db.get().await?, id, page, &staff, None, forms).await?;
    Ok(again.map(Posted::again).map(Either::Left))
}

impl AnswerForm {
    fn written(&self, files: Vec<super::model::Filed>) -> Written {
        Written {
            kind: Kind::Answer,
            body: self.body.to_string(),
            order: self.order.0,
            seen: self.seen,
            files,
            close: self.press == Press::Close,
        }
    }
}

/// Writes it; files of what is there already, or is not taken, do not stay.
async fn send(
    db: &Db,
    store: &Store,
    id: ConversationId,
    written: &Written,
    staff: &Person,
    now: Moment,
) -> web::Result<Result<(), DeskRefused>> {
    let sent = commands::write(&mut *db.get().await?, id, written, staff, now).await.or_break()?;
    if !matches!(sent, Ok(true)) {
        let places: Vec<String> = written.files.iter().map(|file| file.place.clone()).collect();
        files::remove(store, &places).await?;
    }
    Ok(sent.map(drop))
}

/// The form with its refusal. Once the newer messages are shown, they are seen.
fn refused(page: &Page, form: FormView, field: &str, why: &DeskRefused, seen: Option<i64>) -> (FormView, Option<i64>) {
    let field = if *why == DeskRefused::OtherOrder { "order" } else { field };
    (form.refused(page.words, field, why), seen.filter(|_| *why != DeskRefused::NewerCame))
}

#[post("/admin/inbox/<id>/notes", data = "<sent>")]
async fn note(
    id: ConversationId,
    page: Page,
    staff: Staff<AnswerMessages>,
    db: Db,
    store: &State<Store>,
    mut sent: Sent,
) -> Answer {
    let form = sent.fields.read::<NoteForm>();
    let mut refill = FormView::of(page.words, &form.context);
    let mut seen = None;
    if let Some(input) = &form.value {
        seen = Some(input.seen.0);
        let files = sent.files.keep(store, page.words, &mut refill).await?;
        if refill.is_ok() {
            let (body, kind) = (input.note.to_string(), Kind::Note);
            let written = Written { kind, body, order: None, seen: input.seen, files, close: false };
            match send(&db, store, id, &written, &staff, page.now).await? {
                Err(why) if why != DeskRefused::Gone => (refill, seen) = refused(&page, refill, "note", &why, seen),
                result => return done(result, id, "messages-noted"),
            }
        }
    }
    let forms = Forms { note: refill, seen, ..Forms::default() };
    Ok(page_of(&mut *db.get().await?, id, page, &staff, None, forms).await?.map(Posted::again))
}

#[post("/admin/inbox/<id>/assignment", data = "<form>")]
async fn assign(id: ConversationId, staff: Staff<AnswerMessages>, db: Db, form: Form<Contextual<'_, AssignForm>>) -> Answer {
    let Some(input) = &form.value else { return Ok(Some(Posted::done(paths::admin_conversation(id), "messages-not-staff"))) };
    match commands::assign(&mut *db.get().await?, id, input.staff.0, &staff).await.or_break()? {
        Err(DeskRefused::NotStaff) => Ok(Some(Posted::done(paths::admin_conversation(id), "messages-not-staff"))),
        result => done(result, id, "messages-assigned"),
    }
}

/// The moment that a choice means; one's own is typed as the hour of whoever reads.
fn until(page: &Page, input: &SnoozeForm) -> Option<Moment> {
    match input.later {
        Later::Own => {
            let hour = NaiveDateTime::parse_from_str(&input.until, "%Y-%m-%dT%H:%M").ok()?;
            moment_at(hour, page.zone)
        }
        choice => put_off(choice, page.now, page.zone),
    }
}

#[post("/admin/inbox/<id>/snooze", data = "<form>")]
async fn snooze(
    id: ConversationId,
    page: Page,
    staff: Staff<AnswerMessages>,
    db: Db,
    form: Form<Contextual<'_, SnoozeForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let result = match until(&page, input) {
            Some(until) => commands::snooze(&mut conn, id, until, &staff, page.now).await.or_break()?,
            None => Err(DeskRefused::BadMoment),
        };
        match result {
            Err(DeskRefused::BadMoment) => refill = refill.refused(page.words, "until", &DeskRefused::BadMoment),
            result => return done(result, id, "messages-snoozed"),
        }
    }
    let forms = Forms { snooze: Some(refill), ..Forms::default() };
    Ok(page_of(&mut conn, id, page, &staff, None, forms).await?.map(Posted::again))
}

#[post("/admin/inbox/<id>/closing")]
async fn close(id: ConversationId, staff: Staff<AnswerMessages>, db: Db) -> Answer {
    done(commands::close(&mut *db.get().await?, id, &staff).await.or_break()?, id, "messages-closed")
}

#[post("/admin/inbox/<id>/reopening")]
async fn reopen(id: ConversationId, staff: Staff<AnswerMessages>, db: Db) -> Answer {
    done(commands::reopen(&mut *db.get().await?, id, &staff).await.or_break()?, id, "messages-reopened")
}

/// Leaves it to others, and goes back to the list.
#[post("/admin/inbox/<id>/unread")]
async fn unread(id: ConversationId, _staff: Staff<AnswerMessages>, db: Db) -> Answer {
    match commands::mark_unread(&mut *db.get().await?, id).await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_inbox(), "messages-left-unread"))),
        Err(_) => Ok(None),
    }
}

#[get("/admin/message-files/<id>")]
async fn file(id: MessageFileId, _staff: Staff<ViewMessages>, db: Db, store: &State<Store>) -> web::Result<Option<Handed>> {
    let found = queries::file_for_staff(&mut *db.get().await?, id).await?;
    hand_out(store, found).await
}
