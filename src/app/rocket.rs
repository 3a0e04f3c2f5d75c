//! The server: state, fairings, routes, catchers.

use std::net::Ipv4Addr;
use std::sync::{Mutex, PoisonError};

use rocket::config::{Ident, LogLevel};
use rocket::data::{Limits, ToByteUnit};
use rocket::fairing::AdHoc;
use rocket::{Build, Config as RocketConfig, Rocket, Route};

use super::exchange;
use super::health;
use super::shop::Shop;
use super::{admin, books};
use super::{test_card, webhooks};
use crate::features::{
    account, cart, catalog, checkout, clientele, content, counter, discounts, gift_cards, library, messages, orders, price_lists,
    privacy, stockroom, waitlist,
};
use crate::platform::web::{self, Compression, Gate, Headers, Pace};
use crate::platform::{media, shell};

/// Builds the server of this process; it binds when launched.
pub fn build(shop: &Shop) -> Rocket<Build> {
    rocket::custom(configuration(shop))
        .manage(shop.config.clone())
        .manage(shop.db.clone())
        .manage(shop.clock.clone())
        .manage(shop.facts.clone())
        .manage(shop.pages.clone())
        .manage(shop.window.clone())
        .manage(shop.signposts.clone())
        .manage(shop.store.clone())
        .manage(shop.post.clone())
        .manage(shop.vault.clone())
        .manage(shop.gateways.clone())
        .manage(shop.registers.clone())
        .manage(Pace::per_minute(shop.config.writes_per_minute))
        .mount("/", web::guarded(routes()))
        .mount("/", webhooks::routes())
        .mount("/", account::returns())
        .register("/", shell::catchers())
        .register("/admin", admin::catchers())
        .attach(shell::hints())
        .attach(admin::door())
        .attach(catalog::signposts())
        .attach(Headers)
        .attach(Compression)
}

/// Puts a gate before the server: it takes a port of the loopback of its own, and who comes through the gate is known by his address.
pub fn behind(rocket: Rocket<Build>, gate: Gate) -> Rocket<Build> {
    let inside = RocketConfig { address: Ipv4Addr::LOCALHOST.into(), port: 0, ..RocketConfig::from(rocket.figment()) };
    let visitors = gate.visitors();
    let gate = Mutex::new(Some(gate));
    let opens = AdHoc::on_liftoff("gate", move |rocket| {
        Box::pin(async move {
            let gate = gate.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(gate) = gate {
                tokio::spawn(gate.serve(rocket.config().port, rocket.shutdown()));
            }
        })
    });
    rocket.configure(inside).manage(visitors).attach(opens)
}

/// Every route of the shop.
pub fn routes() -> Vec<Route> {
    let rooms = [
        health::routes(),
        shell::routes(),
        media::routes(),
        catalog::routes(),
        stockroom::routes(),
        waitlist::routes(),
        price_lists::routes(),
        library::routes(),
        cart::routes(),
        books::routes(),
        admin::routes(),
        exchange::routes(),
        checkout::routes(),
        counter::routes(),
        discounts::routes(),
        gift_cards::routes(),
        content::routes(),
        orders::routes(),
        clientele::routes(),
        messages::routes(),
        privacy::routes(),
        account::routes(),
        test_card::routes(),
    ];
    rooms.concat()
}

fn configuration(shop: &Shop) -> RocketConfig {
    RocketConfig {
        address: shop.config.listen.ip(),
        port: shop.config.listen.port(),
        ident: Ident::none(),
        ip_header: None,
        log_level: LogLevel::Off,
        limits: Limits::default().limit("form", 128.kibibytes()).limit("data-form", 6.mebibytes()).limit("file", 5.mebibytes()),
        shutdown: rocket::config::Shutdown {
            ctrlc: false,
            signals: Default::default(),
            grace: 10,
            mercy: 3,
            ..Default::default()
        },
        ..RocketConfig::release_default()
    }
}
