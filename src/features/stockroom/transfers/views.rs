//! The pages of transfers with finished values.

use askama::Template;
use askama_web::WebTemplate;

use super::queries::{Line, Listed, Receipt};
use crate::engines::inventory::Location;
use crate::engines::inventory::transfers::{Missing, TransferRefused, TransferState};
use crate::features::stockroom::model::{Hit, named};
use crate::platform::access::Right;
use crate::platform::base::{Day, Token, TransferId, VariantId};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// The transfers, and the form of a new one.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/transfers_page.html")]
pub struct ListPage {
    page: Page,
    all: bool,
    rows: Vec<RowView>,
    older: Option<String>,
    form: FormView,
    from: Vec<(String, String)>,
    to: Vec<(String, String)>,
    may_edit: bool,
}

struct RowView {
    path: String,
    name: String,
    way: String,
    tone: &'static str,
    state: String,
    expected: String,
    pieces: String,
    coming: String,
}

impl ListPage {
    pub fn new(page: Page, all: bool, rows: &[Listed], size: usize, places: &[Location], form: FormView) -> ListPage {
        let shown = &rows[..rows.len().min(size)];
        let last = shown.last().filter(|_| rows.len() > size);
        let choices: Vec<(String, String)> = places.iter().map(|place| (place.id.to_string(), place.name.clone())).collect();
        let supplier = (String::new(), page.t("stockroom-transfer-supplier"));
        ListPage {
            older: last.map(|row| format!("{}?all={all}&before={}", paths::admin_transfers(), row.id)),
            rows: shown.iter().map(|row| RowView::new(&page, row)).collect(),
            from: [supplier].into_iter().chain(choices.clone()).collect(),
            to: choices,
            may_edit: page.may(Right::ManageProducts),
            all,
            form,
            page,
        }
    }
}

impl RowView {
    fn new(page: &Page, row: &Listed) -> RowView {
        let (tone, state) = state(page, row);
        RowView {
            path: paths::admin_transfer(row.id),
            name: page.named("stockroom-transfer", &row.id.to_string()),
            way: way(page, row),
            tone,
            state,
            expected: row.expected_on.map(|day| page.words.date(Day::from(day))).unwrap_or_default(),
            pieces: page.number(row.quantity),
            coming: page.number(row.coming),
        }
    }
}

/// "Leipzig → Berlin".
fn way(page: &Page, row: &Listed) -> String {
    let from = match (row.from_name.as_str(), row.supplier.as_str()) {
        ("", "") => page.t("stockroom-transfer-supplier"),
        ("", supplier) => supplier.to_owned(),
        (name, _) => name.to_owned(),
    };
    format!("{from} → {}", row.to_name)
}

fn state(page: &Page, row: &Listed) -> (&'static str, String) {
    match row.status {
        TransferState::Draft => ("idle", page.t("stockroom-transfer-draft")),
        TransferState::Sent if row.received + row.lost > 0 => ("wait half", page.t("stockroom-transfer-partly")),
        TransferState::Sent => ("wait", page.t("stockroom-transfer-on-its-way")),
        TransferState::Received => ("done full", page.t("stockroom-transfer-received")),
        TransferState::Cancelled => ("done cross", page.t("stockroom-transfer-cancelled")),
    }
}

/// The forms of the page as they were sent.
#[derive(Default)]
pub struct Refill {
    pub line: Option<FormView>,
    pub receipt: Option<FormView>,
}

/// The field of the receipt's form that a refusal is about.
pub fn field_of(why: &TransferRefused) -> String {
    match why {
        TransferRefused::MoreThanSent { line, .. } => format!("received[{line}]"),
        TransferRefused::NoReason => "reason".to_owned(),
        _ => String::new(),
    }
}

/// A transfer: what is in it, and how far it is.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/transfer_page.html")]
pub struct TransferPage {
    page: Page,
    id: TransferId,
    name: String,
    way: String,
    tone: &'static str,
    state: String,
    expected: String,
    note: String,
    draft: bool,
    sent: bool,
    lines: Vec<LineView>,
    receipts: Vec<ReceiptView>,
    reasons: Vec<(String, String)>,
    line_form: FormView,
    form: FormView,
    words: String,
    hits: Vec<HitView>,
    may_edit: bool,
}

struct LineView {
    variant: VariantId,
    title: String,
    sku: String,
    path: String,
    quantity: String,
    received: String,
    lost: String,
    returned: String,
    coming: i32,
    /// The fields of the receipt.
    received_field: String,
    lost_field: String,
}

struct ReceiptView {
    at: String,
    who: String,
    text: String,
}

struct HitView {
    variant: VariantId,
    title: String,
    sku: String,
}

impl TransferPage {
    pub fn new(
        page: Page,
        transfer: &Listed,
        lines: &[Line],
        receipts: &[Receipt],
        words: &str,
        hits: &[Hit],
        refill: Refill,
    ) -> TransferPage {
        let (tone, state) = state(&page, transfer);
        // What is on its way is taken to have arrived, until somebody types otherwise.
        let here = |form: FormView, line: &Line| form.with_value(&received_field(line), &line.coming().to_string());
        let all_here = || lines.iter().fold(FormView::empty(), here);
        let form = refill.receipt.unwrap_or_else(all_here);
        let form = if form.value("form").is_empty() { form.with_value("form", &Token::random().to_string()) } else { form };
        let line_form = refill.line.unwrap_or_else(FormView::empty);
        let fits = |hit: &&Hit| lines.iter().all(|line| line.variant != hit.variant);
        let hit = |hit: &Hit| HitView { variant: hit.variant, title: named(&hit.product, &hit.title), sku: hit.sku.clone() };
        let reason = |reason: &Missing| (reason.to_string(), page.t(&format!("stockroom-missing-{reason}")));
        TransferPage {
            id: transfer.id,
            name: page.named("stockroom-transfer", &transfer.id.to_string()),
            way: way(&page, transfer),
            expected: transfer.expected_on.map(|day| page.words.date(Day::from(day))).unwrap_or_default(),
            note: transfer.note.clone(),
            draft: transfer.status == TransferState::Draft,
            sent: transfer.status == TransferState::Sent,
            lines: lines.iter().map(|line| LineView::new(&page, line, &line_form)).collect(),
            receipts: receipts.iter().map(|receipt| ReceiptView::new(&page, receipt)).collect(),
            reasons: [(String::new(), page.t("stockroom-missing-none"))]
                .into_iter()
                .chain(Missing::ALL.iter().map(reason))
                .collect(),
            hits: hits.iter().filter(fits).map(hit).collect(),
            words: words.to_owned(),
            may_edit: page.may(Right::ManageProducts),
            line_form,
            form,
            tone,
            state,
            page,
        }
    }
}

fn received_field(line: &Line) -> String {
    format!("received[{}]", line.id)
}

impl LineView {
    fn new(page: &Page, line: &Line, typed: &FormView) -> LineView {
        LineView {
            variant: line.variant,
            title: named(&line.product, &line.title),
            sku: line.sku.clone(),
            path: paths::admin_stock(line.variant),
            quantity: match typed.value("variant") == line.variant.to_string() {
                true => typed.value("quantity").to_owned(),
                false => line.quantity.to_string(),
            },
            received: page.number(line.received),
            lost: page.number(line.lost),
            returned: page.number(line.returned),
            coming: line.coming(),
            received_field: received_field(line),
            lost_field: format!("lost[{}]", line.id),
        }
    }
}

impl ReceiptView {
    fn new(page: &Page, receipt: &Receipt) -> ReceiptView {
        let mut text = page.count("stockroom-transfer-arrived", receipt.received);
        if receipt.lost > 0 {
            let reason = page.t(&format!("stockroom-missing-{}", receipt.reason));
            let values = [("count", receipt.lost.into()), ("reason", reason.into())];
            text = format!("{text}, {}", page.with("stockroom-transfer-missing", &values));
        }
        ReceiptView { at: page.lately(receipt.at, page.now, page.shop().zone), who: receipt.who.clone(), text }
    }
}
