//! The editor: one form with rows of conditions and benefits; which fields a row shows follows from its kind (CSS), so it needs no script.

use askama::Template;
use askama_web::WebTemplate;

use super::forms::{BenefitKind, ConditionKind, Matching, Of, Way};
use super::model::State;
use super::queries;
use super::reading::Fault;
use crate::engines::promotions::{self, Promotion, SaveRefused, Status};
use crate::platform::access::Right;
use crate::platform::base::{Broke, Country, PromotionId};
use crate::platform::db::Conn;
use crate::platform::paths;
use crate::platform::settings::in_language;
use crate::platform::shell::{Beside, BesideView, Page};
use crate::platform::web::FormView;

/// Rows of conditions or benefits that a discount may have.
const MOST_ROWS: usize = promotions::model::MOST_ROWS;

type Choices = Vec<(String, String)>;

#[derive(Template, WebTemplate)]
#[template(path = "discounts/editor_page.html")]
pub struct EditorPage {
    pub page: Page,
    pub form: FormView,
    pub kept: Option<KeptView>,
    conditions: Vec<ConditionRow>,
    benefits: Vec<BenefitRow>,
    lanes: Choices,
    statuses: Choices,
    ways: Choices,
    matchings: Choices,
    condition_kinds: Choices,
    benefit_kinds: Choices,
    ofs: Choices,
    categories: Choices,
    groups: Choices,
    countries: Choices,
    may_save: bool,
}

/// What is known of a discount that is kept.
pub struct KeptView {
    pub id: PromotionId,
    pub name: String,
    pub state_text: String,
    pub tone: &'static str,
    pub coded: bool,
    /// "12 codes"
    pub codes: String,
    pub running: bool,
    pub over: bool,
    /// The link that brings its first code.
    pub link: Option<String>,
}

/// The names of a row's fields.
struct GoodsRow {
    of: String,
    products: String,
    categories: String,
    tags: String,
}

struct ConditionRow {
    id: String,
    title: String,
    kind: String,
    at_least: String,
    goods: GoodsRow,
    groups: String,
    countries: String,
}

struct BenefitRow {
    id: String,
    title: String,
    kind: String,
    percent: String,
    amount: String,
    goods: GoodsRow,
    buy: String,
    get: String,
    got: GoodsRow,
    times: String,
    steps: String,
}

impl GoodsRow {
    fn new(name: &str) -> GoodsRow {
        let field = |field: &str| format!("{name}.{field}");
        GoodsRow { of: field("of"), products: field("products"), categories: field("categories"), tags: field("tags") }
    }
}

impl ConditionRow {
    fn new(page: &Page, at: usize) -> ConditionRow {
        let name = format!("conditions[{at}]");
        let field = |field: &str| format!("{name}.{field}");
        ConditionRow {
            title: page.count("discounts-condition-nr", at + 1),
            kind: field("kind"),
            at_least: field("at_least"),
            goods: GoodsRow::new(&field("goods")),
            groups: field("groups"),
            countries: field("countries"),
            id: format!("condition-{at}"),
        }
    }
}

impl BenefitRow {
    fn new(page: &Page, at: usize) -> BenefitRow {
        let name = format!("benefits[{at}]");
        let field = |field: &str| format!("{name}.{field}");
        BenefitRow {
            title: page.count("discounts-benefit-nr", at + 1),
            kind: field("kind"),
            percent: field("percent"),
            amount: field("amount"),
            goods: GoodsRow::new(&field("goods")),
            buy: field("buy"),
            get: field("get"),
            got: GoodsRow::new(&field("got")),
            times: field("times"),
            steps: field("steps"),
            id: format!("benefit-{at}"),
        }
    }
}

/// The form of a discount that is new.
pub fn fresh() -> FormView {
    let values = [
        ("way", Way::Coded.to_string()),
        ("status", Status::Draft.to_string()),
        ("matching", Matching::All.to_string()),
        ("version", "0".to_owned()),
        ("condition_rows", "0".to_owned()),
        ("benefit_rows", "1".to_owned()),
        ("benefits[0].kind", BenefitKind::Percent.to_string()),
    ];
    FormView::filled(values)
}

/// How many rows of a kind a form has.
fn rows(form: &FormView, field: &str) -> usize {
    form.value(field).parse().unwrap_or(0).min(MOST_ROWS)
}

/// The form with one more row, as its button asks.
pub fn with_row(form: FormView, which: &str) -> FormView {
    let field = if which == "condition" { "condition_rows" } else { "benefit_rows" };
    let more = (rows(&form, field) + 1).min(MOST_ROWS).to_string();
    form.without_errors().with_value(field, &more)
}

/// The form with everything that is wrong in it, in words.
pub fn with_faults(page: &Page, form: FormView, faults: &[Fault]) -> FormView {
    let say = |fault: &Fault| match &fault.value {
        Some(value) => page.named(fault.key, value),
        None => page.t(fault.key),
    };
    faults.iter().fold(form, |form, fault| form.with_error(&fault.field, say(fault)))
}

/// The form with a refusal at the field that it is about.
pub fn refused(page: &Page, form: FormView, why: &SaveRefused) -> FormView {
    let field = match why {
        SaveRefused::Condition(at) => format!("conditions[{at}].kind"),
        SaveRefused::Benefit(at) => format!("benefits[{at}].kind"),
        SaveRefused::NoBenefit => "benefits[0].kind".to_owned(),
        SaveRefused::Unnamed => "name".to_owned(),
        SaveRefused::Dates => "ends_at".to_owned(),
        SaveRefused::NoCode | SaveRefused::CodeTaken(_) => "code".to_owned(),
        _ => String::new(),
    };
    form.refused(page.words, &field, why)
}

impl EditorPage {
    /// The page with a form; reads what it offers to choose from.
    pub async fn read(conn: &mut Conn, page: Page, kept: Option<&Promotion>, form: FormView) -> Result<EditorPage, Broke> {
        let lanes = promotions::queries::lanes(conn).await?;
        let categories = queries::category_choices(conn).await?;
        let groups = queries::group_choices(conn).await?;
        let kept = match kept {
            Some(promotion) => Some(kept_view(conn, &page, promotion).await?),
            None => None,
        };
        let of = |word: &str, group: &str| (word.to_owned(), page.t(&format!("discounts-{group}-{}", word.replace('_', "-"))));
        let none = |key: &str| std::iter::once((String::new(), page.t(key)));
        let countries = page.countries(Country::all()).into_iter().map(|(country, name)| (country.to_string(), name)).collect();
        Ok(EditorPage {
            conditions: (0..rows(&form, "condition_rows")).map(|at| ConditionRow::new(&page, at)).collect(),
            benefits: (0..rows(&form, "benefit_rows").max(1)).map(|at| BenefitRow::new(&page, at)).collect(),
            lanes: lanes.into_iter().map(|lane| (lane.id.to_string(), lane.name)).collect(),
            statuses: Status::ALL.iter().map(|status| of(status.as_str(), "status")).collect(),
            ways: Way::ALL.iter().map(|way| of(way.as_str(), "way")).collect(),
            matchings: Matching::ALL.iter().map(|one| of(one.as_str(), "match")).collect(),
            condition_kinds: none("discounts-no-condition")
                .chain(ConditionKind::ALL.iter().map(|kind| of(kind.as_str(), "if")))
                .collect(),
            benefit_kinds: none("discounts-no-benefit")
                .chain(BenefitKind::ALL.iter().map(|kind| of(kind.as_str(), "gives")))
                .collect(),
            ofs: Of::ALL.iter().map(|one| of(one.as_str(), "of")).collect(),
            categories: categories.into_iter().map(|(id, title)| (id.to_string(), title)).collect(),
            groups: groups.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
            countries,
            may_save: page.may(Right::ManageProducts),
            kept,
            form,
            page,
        })
    }

    fn action(&self) -> String {
        self.kept.as_ref().map_or_else(paths::admin_new_promotion, |kept| paths::admin_promotion(kept.id))
    }

    /// Its name in other languages.
    fn words(&self) -> BesideView {
        let (page, form) = (&self.page, &self.form);
        BesideView::new(page, form, |locale| {
            vec![Beside::line(in_language("name", locale), page.t("discounts-name"), form.value("name"), 120)]
        })
    }

    fn currency(&self) -> &'static str {
        self.page.shop().currency.code()
    }
}

async fn kept_view(conn: &mut Conn, page: &Page, promotion: &Promotion) -> Result<KeptView, Broke> {
    let draft = &promotion.draft;
    let state = State::of(draft.status, draft.starts_at, draft.ends_at, page.now);
    let codes = promotions::queries::count_codes(conn, promotion.id).await?;
    let first = promotions::queries::codes(conn, promotion.id, "", None, 1).await?;
    Ok(KeptView {
        id: promotion.id,
        name: draft.name.clone(),
        state_text: page.t(&format!("discounts-state-{state}")),
        tone: state.tone(),
        coded: draft.coded,
        codes: page.count("discounts-codes-count", codes),
        running: draft.status == Status::Active,
        over: state == State::Over,
        link: first.first().filter(|_| draft.coded).map(|(_, code)| format!("{}{}", page.origin, paths::discount(code))),
    })
}
