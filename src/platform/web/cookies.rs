//! Cookies, all set in one place: HttpOnly, SameSite=Lax, Path=/, and `Secure` with the `__Host-` prefix when the shop is reached by https.

use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::request::Request;
use rocket::time::Duration;

use crate::platform::config::Config;

/// The cookies we set; there are no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// The token of a shopper's cart; 30 days.
    Cart,
    /// The token of a staff session.
    Staff,
    /// The token of a staff sign-in whose second step is not taken yet; ten minutes.
    StaffHalf,
    /// The token of a customer's session; goes with the browser unless they asked to stay signed in.
    Customer,
    /// A customer's first step of signing in; ten minutes.
    Step,
    /// Binds what was begun at another site to this browser; ten minutes.
    Errand,
    /// Another site's word for whoever signs in next; half an hour.
    Claim,
    /// A discount code that a link brought before there was a cart; goes with the browser.
    Code,
    /// The key of a message to show once.
    Notice,
    /// "light" or "dark"; absent: as the system says.
    Theme,
    /// The language chosen by hand.
    Locale,
    /// The market chosen by hand, by its id.
    Market,
    /// What a visitor agreed to; half a year.
    Consent,
}

impl Named {
    /// Its name, before the prefix that https brings.
    pub fn plain(self) -> &'static str {
        match self {
            Named::Cart => "cart",
            Named::Staff => "staff",
            Named::StaffHalf => "staff-half",
            Named::Customer => "customer",
            Named::Step => "step",
            Named::Errand => "errand",
            Named::Claim => "claim",
            Named::Code => "code",
            Named::Notice => "notice",
            Named::Theme => "theme",
            Named::Locale => "locale",
            Named::Market => "market",
            Named::Consent => "consent",
        }
    }

    fn name(self, secure: bool) -> String {
        if secure { format!("__Host-{}", self.plain()) } else { self.plain().to_owned() }
    }
}

/// The cookies of one request.
pub struct Cookies<'r> {
    jar: &'r CookieJar<'r>,
    secure: bool,
}

impl<'r> Cookies<'r> {
    pub fn of(request: &'r Request<'_>) -> Cookies<'r> {
        let secure = request.rocket().state::<Config>().is_some_and(Config::secure);
        Cookies { jar: request.cookies(), secure }
    }

    pub fn get(&self, named: Named) -> Option<&'r str> {
        self.jar.get(&named.name(self.secure)).map(Cookie::value)
    }

    /// Sets a cookie that lives for `age`.
    pub fn set(&self, named: Named, value: impl Into<String>, age: Duration) {
        let mut cookie = self.build(named, value.into());
        cookie.set_max_age(age);
        self.jar.add(cookie);
    }

    /// Sets a cookie that goes with the browser.
    pub fn set_for_session(&self, named: Named, value: impl Into<String>) {
        self.jar.add(self.build(named, value.into()));
    }

    pub fn remove(&self, named: Named) {
        self.jar.remove(self.build(named, String::new()));
    }

    fn build(&self, named: Named, value: String) -> Cookie<'static> {
        Cookie::build((named.name(self.secure), value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.secure)
            .build()
    }
}

#[rocket::async_trait]
impl<'r> rocket::request::FromRequest<'r> for Cookies<'r> {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> rocket::request::Outcome<Self, Self::Error> {
        rocket::request::Outcome::Success(Cookies::of(request))
    }
}
