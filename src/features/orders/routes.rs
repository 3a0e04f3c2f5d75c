//! The routes of this room: the management pages. The shopper's order page is in `features/messages`, beside what was said about the order.

use rocket::Route;

pub fn routes() -> Vec<Route> {
    [
        super::admin::routes(),
        super::admin_money::routes(),
        super::admin_labels::routes(),
        super::bulk::routes(),
        super::letters::routes(),
        super::saved::routes(),
        super::sheets::routes(),
    ]
    .concat()
}
