//! Signposts at addresses where there is no page: they lead on to where the thing is now.

use std::sync::Arc;

use rocket::fairing::AdHoc;
use rocket::http::{Header, Method, Status};
use rocket::{Request, Response};

use super::model::{OldPath, Signs, led_on};
use super::queries;
use crate::platform::base::Broke;
use crate::platform::db::Db;
use crate::platform::feed::{Kept, MadeOf, News};

/// All redirects, kept until they change.
#[derive(Clone)]
pub struct Signposts(Kept<(), Arc<Signs>>);

impl Signposts {
    pub fn new(news: News) -> Signposts {
        Signposts(Kept::new(news, 1 << 20, |(), _| 1))
    }

    async fn signs(&self, db: &Db) -> Result<Arc<Signs>, Broke> {
        if let Some(signs) = self.0.get(&()) {
            return Ok(signs);
        }
        let seen = self.0.begin();
        let signs = Arc::new(queries::signs(&mut *db.get().await?).await?);
        self.0.put((), signs.clone(), seen, MadeOf::default());
        Ok(signs)
    }

    /// Where the address of a request leads, if a sign stands there.
    async fn lead(&self, request: &Request<'_>) -> Result<Option<String>, Broke> {
        let Some(db) = request.rocket().state::<Db>() else { return Ok(None) };
        let query = request.uri().query().map(|query| query.as_str());
        let from = OldPath::of_request(request.uri().path().as_str(), query);
        Ok(led_on(&*self.signs(db).await?, &from))
    }
}

/// Answers "not here" with the way on, where staff put up a sign.
pub fn fairing() -> AdHoc {
    AdHoc::on_response("Signposts", |request, response| Box::pin(answer(request, response)))
}

async fn answer<'r>(request: &'r Request<'_>, response: &mut Response<'r>) {
    let nothing = matches!(response.status(), Status::NotFound | Status::Gone);
    let asks = matches!(request.method(), Method::Get | Method::Head);
    if !nothing || !asks || request.uri().path().starts_with("/admin") {
        return;
    }
    let Some(signposts) = request.rocket().state::<Signposts>() else { return };
    match signposts.lead(request).await {
        Ok(Some(to)) => {
            let mut led = Response::new();
            led.set_status(Status::MovedPermanently);
            led.set_header(Header::new("Location", to));
            // Staff may take the sign down again: browsers ask once an hour.
            led.set_header(Header::new("Cache-Control", "max-age=3600"));
            *response = led;
        }
        Ok(None) => {}
        Err(broke) => tracing::error!("the redirects cannot be read: {broke:?}"),
    }
}
