//! What the pages of customers show to staff.

use askama::Template;
use askama_web::WebTemplate;

use super::queries::{Found, Group, Happened, Row};
use crate::engines::credit::queries::{Account, Moved};
use crate::features::customers::queries::{Identity, SavedAddress, Session};
use crate::features::gift_cards::desk::{MovedView, moved};
use crate::features::orders::queries::Row as OrderRow;
use crate::platform::access::Right;
use crate::platform::base::{Currency, CustomerGroupId, Money, OrderNumber};
use crate::platform::factors::Held;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

#[derive(Template, WebTemplate)]
#[template(path = "clientele/index_page.html")]
pub struct IndexPage {
    pub page: Page,
    pub words: String,
    /// Address, name, chosen.
    pub groups: Vec<(String, String, bool)>,
    pub group: Option<CustomerGroupId>,
    pub rows: Vec<RowView>,
    pub newer: Option<String>,
    pub older: Option<String>,
}

/// A customer in the list.
pub struct RowView {
    pub path: String,
    pub name: String,
    pub email: String,
    pub verified: bool,
    pub orders: String,
    pub spent: String,
    pub since: String,
}

pub fn row_of(page: &Page, row: &Row) -> RowView {
    RowView {
        path: paths::admin_customer(row.id),
        name: if row.name.is_empty() { row.email.clone() } else { row.name.clone() },
        email: row.email.clone(),
        verified: row.verified_at.is_some(),
        orders: page.number(row.orders),
        spent: page.price(row.spent),
        since: page.day(row.created_at, page.zone),
    }
}

impl IndexPage {
    pub fn new(page: Page, words: String, group: Option<CustomerGroupId>, groups: &[Group], found: &Found) -> IndexPage {
        let edge = |edge: &str, row: Option<&Row>, there: bool| {
            let row = row.filter(|_| there)?;
            Some(paths::admin_customers_from(&words, group.map(|group| group.0), edge, row.id))
        };
        let mut links = vec![(paths::admin_customers(), page.t("clientele-all"), group.is_none())];
        links.extend(groups.iter().map(|one| {
            let name = format!("{} ({})", one.name, page.number(one.members));
            (paths::admin_customers_of(one.id), name, group == Some(one.id))
        }));
        IndexPage {
            groups: links,
            group,
            rows: found.rows.iter().map(|row| row_of(&page, row)).collect(),
            newer: edge("after", found.rows.first(), found.newer),
            older: edge("before", found.rows.last(), found.older),
            words,
            page,
        }
    }
}

/// One customer with everything.
#[derive(Template, WebTemplate)]
#[template(path = "clientele/customer_page.html")]
pub struct CustomerPage {
    pub page: Page,
    pub row: RowView,
    pub id: i64,
    /// Number, path, day, total, word of its standing.
    pub orders: Vec<(String, String, String, String, String)>,
    pub all_orders: Option<String>,
    pub addresses: Vec<Vec<String>>,
    pub tags: Vec<String>,
    /// Id, name, whether they are in it.
    pub groups: Vec<(i64, String, bool)>,
    pub sessions: Vec<String>,
    /// How they sign in beside a password: app, passkeys, other sites.
    pub ways: Vec<String>,
    /// Whether there are factors that could be taken away.
    pub factors: bool,
    pub events: Vec<EventView>,
    pub note: FormView,
    pub tag: FormView,
    pub merge: FormView,
    pub credit: CreditView,
    /// Why they pay no tax.
    pub exempt: Option<String>,
    pub exemption: FormView,
    pub may_manage: bool,
}

/// A row of the timeline.
pub struct EventView {
    pub text: String,
    pub who: String,
    pub note: Option<String>,
    pub when: String,
    pub datetime: String,
}

/// What a customer's page is made of.
pub struct Whole {
    pub row: Row,
    pub orders: Vec<OrderRow>,
    pub addresses: Vec<SavedAddress>,
    pub tags: Vec<String>,
    pub groups: Vec<Group>,
    pub in_groups: Vec<CustomerGroupId>,
    pub sessions: Vec<Session>,
    pub timeline: Vec<Happened>,
    pub held: Held,
    pub identities: Vec<Identity>,
    pub credit: Vec<(Account, Vec<Moved>)>,
    /// Why they pay no tax.
    pub exempt: Option<String>,
}

/// The forms of the page as they were sent.
#[derive(Default)]
pub struct Sent {
    pub note: FormView,
    pub tag: FormView,
    pub merge: FormView,
    pub credit: FormView,
    pub exempt: FormView,
}

impl CustomerPage {
    pub fn new(page: Page, whole: &Whole, sent: Sent) -> CustomerPage {
        let order = |row: &OrderRow| {
            let total = row.currency.parse::<Currency>().map(|currency| page.money(Money::new(row.total, currency)));
            let path = paths::admin_order(OrderNumber(row.number));
            let state = page.t(&format!("orders-payment-{}", row.payment_status));
            (format!("#{}", row.number), path, page.minute(row.placed_at, page.zone), total.unwrap_or_default(), state)
        };
        let session = |session: &Session| {
            let device = if session.device.is_empty() { page.t("clientele-device-unknown") } else { session.device.clone() };
            format!("{device} · {} · {}", session.address, page.minute(session.seen_at, page.zone))
        };
        let mut events: Vec<EventView> = whole.timeline.iter().map(|one| event(&page, one)).collect();
        events.push(EventView {
            text: page.t("clientele-opened"),
            who: String::new(),
            note: None,
            when: page.minute(whole.row.created_at, page.zone),
            datetime: whole.row.created_at.to_rfc3339(),
        });
        CustomerPage {
            row: row_of(&page, &whole.row),
            id: whole.row.id.0,
            orders: whole.orders.iter().map(order).collect(),
            all_orders: (whole.row.orders > whole.orders.len() as i64)
                .then(|| paths::admin_orders_where(&[("email", &whole.row.email)])),
            addresses: whole.addresses.iter().map(|saved| saved.address.lines(&page.country(saved.address.country))).collect(),
            tags: whole.tags.clone(),
            groups: whole.groups.iter().map(|one| (one.id.0, one.name.clone(), whole.in_groups.contains(&one.id))).collect(),
            sessions: whole.sessions.iter().map(session).collect(),
            ways: ways(&page, whole),
            factors: whole.held.any(),
            events,
            note: sent.note,
            tag: sent.tag,
            merge: sent.merge,
            credit: CreditView::new(&page, &whole.credit, sent.credit),
            exempt: whole.exempt.clone(),
            exemption: sent.exempt,
            may_manage: page.may(Right::ManageCustomers),
            page,
        }
    }
}

/// The store credit of a customer.
pub struct CreditView {
    /// Balance and ledger, by currency; none: they never had any.
    pub accounts: Vec<(String, Vec<MovedView>)>,
    pub form: FormView,
    pub currency: &'static str,
    /// The balance in the shop's currency, in minor units.
    pub seen: i64,
    pub may_change: bool,
}

impl CreditView {
    fn new(page: &Page, accounts: &[(Account, Vec<Moved>)], form: FormView) -> CreditView {
        let currency = page.shop().currency;
        let view = |(account, ledger): &(Account, Vec<Moved>)| {
            let balance = page.money(Money::new(account.balance, account.currency));
            (balance, ledger.iter().map(|row| moved(page, row, account.currency)).collect())
        };
        CreditView {
            accounts: accounts.iter().map(view).collect(),
            form,
            currency: currency.code(),
            seen: accounts.iter().find(|(account, _)| account.currency == currency).map_or(0, |(account, _)| account.balance),
            may_change: page.may(Right::RefundOrders),
        }
    }
}

fn ways(page: &Page, whole: &Whole) -> Vec<String> {
    let app = whole.held.totp.iter().map(|_| page.t("clientele-way-app"));
    let passkeys = whole.held.passkeys.len();
    let passkeys = (passkeys > 0).then(|| page.count("clientele-way-passkeys", passkeys));
    let sites = whole.identities.iter().map(|identity| match identity.email.is_empty() {
        true => identity.issuer.clone(),
        false => format!("{} · {}", identity.issuer, identity.email),
    });
    app.chain(passkeys).chain(sites).collect()
}

fn event(page: &Page, one: &Happened) -> EventView {
    let key = format!("clientele-did-{}", one.what.replace(['.', '_'], "-"));
    EventView {
        text: if page.words.knows(&key) { page.t(&key) } else { one.what.clone() },
        who: one.who.clone(),
        note: one.note.clone(),
        when: page.minute(one.at, page.zone),
        datetime: one.at.to_rfc3339(),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "clientele/groups_page.html")]
pub struct GroupsPage {
    pub page: Page,
    pub groups: Vec<Group>,
    /// Those whose customers pay no tax, and why.
    pub exempted: Vec<(CustomerGroupId, String)>,
    pub form: FormView,
    pub exempt: FormView,
    pub may_manage: bool,
}

impl GroupsPage {
    fn path(&self, group: &Group) -> String {
        paths::admin_customers_of(group.id)
    }

    fn removal(&self, group: &Group) -> String {
        paths::admin_customer_group_removal(group.id)
    }

    /// Groups to choose from.
    fn choices(&self) -> Vec<(String, String)> {
        self.groups.iter().map(|group| (group.id.to_string(), group.name.clone())).collect()
    }

    /// Why the customers of a group pay no tax.
    fn exempt_why(&self, group: &Group) -> Option<&str> {
        self.exempted.iter().find(|(id, _)| *id == group.id).map(|(_, why)| why.as_str())
    }
}

/// What a merge will do, before it is done.
#[derive(Template, WebTemplate)]
#[template(path = "clientele/merge_page.html")]
pub struct MergePage {
    pub page: Page,
    /// The one that stays.
    pub into: RowView,
    pub action: String,
    /// The one that goes.
    pub from: RowView,
    pub from_id: i64,
    pub addresses: usize,
    pub form: FormView,
}
