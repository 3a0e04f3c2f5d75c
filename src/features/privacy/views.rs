//! The pages about what is kept of people.

use askama::Template;
use askama_web::WebTemplate;

use super::model::Copy;
use super::queries::Request;
use super::retention::{Kind, Rule, Times};
use crate::platform::i18n::Words;
use crate::platform::paths;
use crate::platform::settings::{Purpose, ThirdParty};
use crate::platform::shell::{Lang, Page};
use crate::platform::web::{CleanHtml, FormView};

/// A kind of data and how much of it there is.
pub struct KindView {
    pub name: String,
    pub count: String,
}

/// The kinds of which there is something, in words.
pub fn kinds(page: &Page, counts: &[(&'static str, i64)]) -> Vec<KindView> {
    let kind = |(name, count): &(&'static str, i64)| KindView {
        name: page.t(&format!("privacy-data-{}", name.replace('_', "-"))),
        count: page.number(*count),
    };
    counts.iter().map(kind).collect()
}

/// A customer's own page.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/account_page.html")]
pub struct AccountPage {
    pub page: Page,
    pub form: FormView,
    pub email: String,
    pub has_password: bool,
    pub kinds: Vec<KindView>,
    /// Where the copy is fetched, and until when.
    pub copy: Option<(String, String)>,
}

/// Where a copy is fetched, and until when in words.
pub fn copy_view(page: &Page, copy: &Copy) -> (String, String) {
    (paths::account_copy(copy.id), page.minute(copy.expires_at, page.zone))
}

/// A customer's page for staff.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/customer_page.html")]
pub struct CustomerPage {
    pub page: Page,
    pub id: i64,
    pub name: String,
    pub email: String,
    pub kinds: Vec<KindView>,
    pub form: FormView,
    pub may_manage: bool,
}

/// What is kept of the guest of an order.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/guest_page.html")]
pub struct GuestPage {
    pub page: Page,
    pub back: String,
    pub action: String,
    pub kinds: Vec<KindView>,
    pub form: FormView,
}

/// Behind the link of a mail: what was asked for, to be confirmed.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/request_page.html")]
pub struct RequestPage {
    pub page: Page,
    pub heading: String,
    pub text: String,
    pub button: String,
    pub action: String,
}

impl RequestPage {
    pub fn new(page: Page, request: &Request, action: String) -> RequestPage {
        let say = |part: &str| page.named(&format!("privacy-request-{}-{part}", request.asks), &request.email);
        RequestPage { heading: say("heading"), text: say("text"), button: say("button"), action, page }
    }
}

/// A link that is used up, too old, or cut off by a mail program.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/gone_page.html")]
pub struct GonePage {
    pub page: Page,
}

/// Scripts for one purpose, and whether the visitor agreed to them.
pub struct PurposeView {
    pub purpose: &'static str,
    pub title: String,
    pub text: String,
    /// "Plausible (plausible.io)"
    pub parties: Vec<String>,
    pub agreed: bool,
}

/// Those for which the shop has any.
pub fn purposes(page: &Page) -> Vec<PurposeView> {
    let view = |purpose: &Purpose| {
        let parties = page.shop().third_parties.iter().filter(|party| party.purpose == *purpose);
        let named = |party: &ThirdParty| {
            let hosts: Vec<String> = party.origins.iter().map(|origin| host_of(&origin.to_string())).collect();
            format!("{} ({})", party.name, hosts.join(", "))
        };
        PurposeView {
            purpose: purpose.as_str(),
            title: page.t(&format!("privacy-purpose-{purpose}")),
            text: page.t(&format!("privacy-purpose-{purpose}-text")),
            parties: parties.map(named).collect(),
            agreed: page.consent.as_ref().is_some_and(|consent| consent.allows(*purpose)),
        }
    };
    Purpose::ALL.iter().map(view).filter(|view| !view.parties.is_empty()).collect()
}

fn host_of(origin: &str) -> String {
    origin.split_once("://").map_or(origin, |(_, host)| host).to_owned()
}

/// Where a visitor chooses, and chooses again.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/consent_page.html")]
pub struct ConsentPage {
    pub page: Page,
    pub purposes: Vec<PurposeView>,
}

impl ConsentPage {
    pub fn new(page: Page) -> ConsentPage {
        ConsentPage { purposes: purposes(&page), page }
    }
}

/// A row of the table of times.
pub struct TimeView {
    pub kind: String,
    pub what: String,
    pub time: String,
}

/// How long each kind of data is kept, in words.
pub fn times_view(words: &Words, times: &Times) -> Vec<TimeView> {
    let row = |kind: &Kind| {
        let key = format!("privacy-kind-{}", kind.as_str().replace('_', "-"));
        let time = match (kind.rule(), kind) {
            (Rule::AsLongAs, _) => words.t(&format!("{key}-time")),
            (_, Kind::Orders) => words.count("privacy-years", times.of_kind(*kind)),
            _ => words.count("privacy-days", times.of_kind(*kind)),
        };
        TimeView { kind: words.t(&key), what: words.t(&format!("{key}-what")), time }
    };
    Kind::ALL.iter().map(row).collect()
}

/// What the shop does with data of people: the words of staff, then what the settings say.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/policy_page.html")]
pub struct PolicyPage {
    pub page: Page,
    pub title: String,
    pub own: CleanHtml,
    /// Said where it is not the page's.
    pub own_lang: Lang,
    pub times: Vec<TimeView>,
    pub payments: Vec<String>,
    pub purposes: Vec<PurposeView>,
    /// Name and what it is for.
    pub cookies: Vec<(&'static str, String)>,
}
