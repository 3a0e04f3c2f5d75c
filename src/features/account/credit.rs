//! A customer's store credit with its ledger.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, get, routes};

use crate::engines::credit::queries::{Account, Moved, ledger, store_credits};
use crate::features::customers::SignedIn;
use crate::platform::base::{Money, OrderNumber};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web;

pub fn routes() -> Vec<Route> {
    routes![show]
}

/// Rows of a ledger that the page shows.
const ROWS: i64 = 100;

#[derive(Template, WebTemplate)]
#[template(path = "account/credit_page.html")]
struct CreditPage {
    page: Page,
    accounts: Vec<AccountView>,
}

/// The credit in one currency.
struct AccountView {
    balance: String,
    /// What of it is being paid at this moment.
    held: Option<String>,
    rows: Vec<RowView>,
}

struct RowView {
    when: String,
    what: String,
    order: Option<(String, String)>,
    amount: String,
    then: String,
}

fn view(page: &Page, account: &Account, rows: &[Moved]) -> AccountView {
    let money = |amount| page.money(Money::new(amount, account.currency));
    let row = |row: &Moved| RowView {
        when: page.day(row.at, page.shop().zone),
        what: page.t(&format!("credit-moved-{}", row.kind)),
        order: row
            .order
            .map(|number| (paths::account_order(OrderNumber(number)), page.named("orders-title", &number.to_string()))),
        amount: if row.amount > 0 { format!("+{}", money(row.amount)) } else { money(row.amount) },
        then: money(row.then),
    };
    AccountView {
        balance: money(account.balance),
        held: (account.held > 0).then(|| page.named("gift-cards-balance-held", &money(account.held))),
        rows: rows.iter().map(row).collect(),
    }
}

#[get("/account/store-credit")]
async fn show(customer: SignedIn, page: Page, db: Db) -> web::Result<CreditPage> {
    let mut conn = db.get().await?;
    let mut accounts = Vec::new();
    for account in store_credits(&mut conn, customer.id, page.now).await? {
        let rows = ledger(&mut conn, account.id, ROWS).await?;
        accounts.push(view(&page, &account, &rows));
    }
    Ok(CreditPage { accounts, page })
}
