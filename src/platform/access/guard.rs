//! The guard behind every management page: `Staff<Right>`.

use std::marker::PhantomData;
use std::ops::Deref;

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};

use super::Origin;
use super::model::{Person, device_of};
use super::queries;
use super::rights::{Right, RightType};
use crate::platform::base::{Broke, Clock, Token};
use crate::platform::db::Db;
use crate::platform::web::{ClientAddress, Cookies, Named};

/// A signed-in member of staff who has the right `R`. Who is not signed in gets 401 (sent on to the sign-in page), who lacks the right 403.
pub struct Staff<R> {
    person: Person,
    right: PhantomData<R>,
}

impl<R> Deref for Staff<R> {
    type Target = Person;
    fn deref(&self) -> &Person {
        &self.person
    }
}

/// A signed-in member of staff who has the right `R` and proved within the last ten minutes who they are. Who did not is sent to do so.
pub struct Fresh<R>(Staff<R>);

impl<R> Deref for Fresh<R> {
    type Target = Person;
    fn deref(&self) -> &Person {
        &self.0
    }
}

/// What somebody must do first before a handler lets them in; such a request answers 403 unless a catcher leads there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Set up a second factor.
    SetUp,
    /// Prove once more who they are.
    Prove,
}

/// Notes of a request what stopped it.
struct StoppedBy(Option<Stopped>);

impl Stopped {
    fn note(self, request: &Request<'_>) {
        request.local_cache(|| StoppedBy(Some(self)));
    }

    /// What stopped this request, if anything did.
    pub fn of(request: &Request<'_>) -> Option<Stopped> {
        request.local_cache(|| StoppedBy(None)).0
    }
}

/// What was found out about a request, kept so that a page and its guard ask once.
struct Found(Result<Option<Person>, Status>);

/// Who is signed in, if anybody; reads the database once a request and only where there is a cookie. The status is that of a breakage, already logged.
pub async fn signed_in<'r>(request: &'r Request<'_>) -> Result<Option<&'r Person>, Status> {
    let find = async { Found(find(request).await.map_err(|broke| broke.log(request))) };
    match &request.local_cache_async(find).await.0 {
        Ok(person) => Ok(person.as_ref()),
        Err(status) => Err(*status),
    }
}

async fn find(request: &Request<'_>) -> Result<Option<Person>, Broke> {
    let Some(token) = Cookies::of(request).get(Named::Staff).and_then(|token| token.parse::<Token>().ok()) else {
        return Ok(None);
    };
    let missing = || anyhow::anyhow!("the server was built without its state");
    let db = request.rocket().state::<Db>().ok_or_else(missing)?;
    let now = request.rocket().state::<Clock>().ok_or_else(missing)?.now();
    let mut conn = db.get().await?;
    queries::person_by_token(&mut conn, &token.hash(), &address_of(request), now).await
}

/// The client's address; empty where the server does not know it (in tests without a socket).
fn address_of(request: &Request<'_>) -> String {
    ClientAddress::of(request).to_string()
}

#[rocket::async_trait]
impl<'r, R: RightType> FromRequest<'r> for Staff<R> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match signed_in(request).await {
            Err(status) => Outcome::Error((status, ())),
            Ok(None) => Outcome::Error((Status::Unauthorized, ())),
            Ok(Some(person)) if person.confined && R::RIGHT != Right::OwnFactors => {
                Stopped::SetUp.note(request);
                Outcome::Error((Status::Forbidden, ()))
            }
            Ok(Some(person)) if !person.may(R::RIGHT) => {
                tracing::warn!(staff = %person.id, right = %R::RIGHT.word(), "somebody asked for what they have no right to");
                Outcome::Error((Status::Forbidden, ()))
            }
            Ok(Some(person)) => Outcome::Success(Staff { person: person.clone(), right: PhantomData }),
        }
    }
}

#[rocket::async_trait]
impl<'r, R: RightType> FromRequest<'r> for Fresh<R> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let staff = match Staff::<R>::from_request(request).await {
            Outcome::Success(staff) => staff,
            Outcome::Error(why) => return Outcome::Error(why),
            Outcome::Forward(status) => return Outcome::Forward(status),
        };
        let Some(clock) = request.rocket().state::<Clock>() else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        if !staff.is_fresh(clock.now()) {
            Stopped::Prove.note(request);
            return Outcome::Error((Status::Forbidden, ()));
        }
        Outcome::Success(Fresh(staff))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Origin {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let agent = request.headers().get_one("User-Agent").unwrap_or_default();
        Outcome::Success(Origin { address: address_of(request), device: device_of(agent) })
    }
}
