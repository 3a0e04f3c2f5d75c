//! The management home: what waits, how the shop does over the days one chooses, the latest orders, what runs low,
//! and what a new shop still needs.

mod chart;
mod figures;
mod guide;
mod kpi;
mod period;
mod queries;
mod waiting;

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::Contextual;
use rocket::http::Status;
use rocket::{Either, Route, get, routes};

use self::chart::ChartView;
use self::figures::{Sums, Top};
use self::guide::Step;
use self::kpi::KpiView;
use self::period::{Asked, Compare, Period, Range};
use self::queries::{Low, Recent};
use self::waiting::Todo;
use crate::platform::access::{Right, SignedIn, Staff};
use crate::platform::base::{MediaId, Money, OrderNumber};
use crate::platform::db::{Conn, Db};
use crate::platform::media::{self, Loading, Picture, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Unwell};

#[derive(Template, WebTemplate)]
#[template(path = "admin/home_page.html")]
pub struct HomePage {
    page: Page,
    todo: Vec<Todo>,
    /// What is chosen, and what is wrong with it.
    form: FormView,
    period: Period,
    /// For those who may see how the shop does.
    report: Option<Report>,
    /// Empty: there are none, or this person may not see them.
    recent: Vec<Recent>,
    low: Vec<Low>,
    /// Products of which something runs low.
    low_count: i64,
    pictures: HashMap<MediaId, Picture>,
    guide: Vec<Step>,
    sees_orders: bool,
    sees_products: bool,
    /// Nothing waits, and this person would see it if it did.
    calm: bool,
}

/// How the shop does.
struct Report {
    kpis: Vec<KpiView>,
    chart: ChartView,
    top: Vec<Top>,
}

impl HomePage {
    fn steps_done(&self) -> usize {
        self.guide.iter().filter(|step| step.done).count()
    }

    fn order_path(&self, order: &Recent) -> String {
        paths::admin_order(OrderNumber(order.number))
    }

    fn total(&self, order: &Recent) -> String {
        let currency = order.currency.parse().unwrap_or(self.page.shop().currency);
        self.page.words.money(Money::new(order.total, currency))
    }

    fn placed(&self, order: &Recent) -> String {
        self.page.lately(order.placed_at, self.page.now, self.page.zone)
    }

    /// "25 Oct – 23 Nov"
    fn days(&self) -> String {
        kpi::said(&self.page, self.period.span)
    }

    fn days_before(&self) -> Option<String> {
        self.period.before.map(|span| kpi::said(&self.page, span))
    }

    /// The ranges to choose from: value, word, chosen.
    fn ranges(&self) -> Vec<(&'static str, String, bool)> {
        let named = Range::ALL.iter().filter(|range| **range != Range::Own);
        named.map(|one| (one.as_str(), self.page.t(&format!("dash-range-{one}")), *one == self.period.range)).collect()
    }

    /// What to compare with: address, word, chosen.
    fn comparisons(&self) -> Vec<(String, String, bool)> {
        let one = |compare: &Compare| {
            let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.period.pairs(*compare)).finish();
            let path = format!("{}?{query}", paths::admin());
            (path, self.page.t(&format!("dash-compare-{compare}")), *compare == self.period.compare)
        };
        Compare::ALL.iter().map(one).collect()
    }

    fn thumb(&self, media: &Option<MediaId>) -> Option<PictureView> {
        self.pictures.get(media.as_ref()?)?.view("", sizes::THUMB, Loading::Lazy)
    }

    /// How much a product sold for, of a hundred of what the best one did.
    fn share(&self, top: &Top) -> i64 {
        let best = self.report.as_ref().and_then(|report| report.top.first()).map_or(1, |best| best.worth.max(1));
        (top.worth * 100 / best).clamp(0, 100)
    }

    /// "168 sold in 80 orders"
    fn sold(&self, top: &Top) -> String {
        let (pieces, all) = (self.page.number(top.pieces), self.page.number(top.orders));
        let values = [("pieces", pieces.into()), ("all", all.into()), ("count", top.orders.into())];
        self.page.with("dash-top-sold", &values)
    }

    /// The orders that a product stands in.
    fn orders_with(&self, top: &Top) -> String {
        let (from, to) = (self.period.span.from.to_string(), self.period.span.to.to_string());
        let product = top.product.to_string();
        let stands = [("status", "open"), ("status", "completed"), ("from", &from), ("to", &to), ("product", &product)];
        paths::admin_orders_where(&stands)
    }
}

impl Recent {
    /// The one word that matters most now, and how its badge looks.
    fn badge(&self) -> (&'static str, &'static str) {
        match (self.status.as_str(), self.payment_status.as_str(), self.fulfilment_status.as_str()) {
            ("cancelled", ..) => ("admin-order-cancelled", "idle cross"),
            ("expired", ..) => ("admin-order-expired", "idle cross"),
            (_, "unpaid" | "partly_paid", _) => ("admin-order-unpaid", "act"),
            (_, _, "unfulfilled") => ("admin-order-to-ship", "wait"),
            (_, _, "partly_fulfilled") => ("admin-order-partly-shipped", "wait half"),
            _ => ("admin-order-done", "done full"),
        }
    }
}

#[get("/admin?<wish..>")]
async fn show(
    page: Page,
    staff: Staff<SignedIn>,
    db: Db,
    wish: Contextual<'_, Asked>,
) -> web::Result<Either<HomePage, Unwell<HomePage>>> {
    let form = FormView::of(page.words, &wish.context);
    let (period, form) = match Period::read(&page, wish.value.as_ref(), form.clone()) {
        Ok(period) => (period, form),
        Err(form) => (Period::usual(page.now, page.zone), form),
    };
    let home = read(&mut *db.get().await?, page, &staff, period, form).await?;
    Ok(if home.form.is_ok() { Either::Left(home) } else { Either::Right(Unwell(Status::UnprocessableEntity, home)) })
}

async fn read(conn: &mut Conn, page: Page, staff: &Staff<SignedIn>, period: Period, form: FormView) -> web::Result<HomePage> {
    let (sees_orders, sees_products) = (staff.may(Right::ViewOrders), staff.may(Right::ViewProducts));
    let waiting = queries::waiting(conn, staff.id, page.now).await?;
    let recent = if sees_orders && waiting.orders > 0 { queries::recent_orders(conn).await? } else { Vec::new() };
    let low = if sees_products && waiting.low > 0 { queries::running_low(conn).await? } else { Vec::new() };
    let report = if staff.may(Right::ViewReports) { Some(report(conn, &page, &period).await?) } else { None };
    let shown = report.iter().flat_map(|report| report.top.iter().filter_map(|top| top.media));
    let shown: Vec<MediaId> = shown.chain(low.iter().filter_map(|low| low.media)).collect();
    let pictures = media::queries::pictures_by_ids(conn, &shown).await?;
    let todo = waiting::todo(&waiting, staff);
    let guided = staff.may(Right::ManageSettings) && !waiting.guide_hidden;
    let guide = if guided { guide::steps(&waiting, &page) } else { Vec::new() };
    let (calm, low_count) = (todo.is_empty() && sees_orders, waiting.low);
    Ok(HomePage { todo, form, period, report, recent, low, low_count, pictures, guide, sees_orders, sees_products, calm, page })
}

async fn report(conn: &mut Conn, page: &Page, period: &Period) -> web::Result<Report> {
    let now: Vec<Sums> = figures::sums(conn, period.span, page.zone).await?;
    let before = match period.before {
        Some(before) => figures::sums(conn, before, page.zone).await?,
        None => Vec::new(),
    };
    let top = figures::top_products(conn, period.span.moments(page.zone)).await?;
    let (kpis, chart) = (kpi::all(page, period, &now, &before), ChartView::new(page, period, &now, &before));
    Ok(Report { kpis, chart, top })
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, guide::hide]
}
