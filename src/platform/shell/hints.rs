//! Tells browsers which pages to fetch while a pointer rests on their link.

use rocket::fairing::AdHoc;
use rocket::http::{ContentType, Header};

use crate::platform::paths;

/// Adds the speculation rules to shop pages; a header, since a strict policy forbids rules inside the page.
pub fn hints() -> AdHoc {
    AdHoc::on_response("Speculation rules", |request, response| {
        Box::pin(async move {
            let page = response.content_type() == Some(ContentType::HTML) && response.status().class().is_success();
            if page && !request.uri().path().starts_with("/admin") {
                response.set_header(Header::new("Speculation-Rules", format!("\"{}\"", paths::asset("js/ahead.json"))));
            }
        })
    })
}
