//! Who acts, how long a session lives, and why sign-in, passwords and staff are refused.

use chrono::Duration;
use chrono_tz::Tz;

use super::rights::{Right, Role};
use super::roles::HeldRole;
use crate::platform::base::{Message, Moment, Refusal, SessionId, StaffId};
use crate::platform::factors::FactorRefused;
use crate::platform::i18n::Locale;
use crate::platform::throttle::Throttled;

/// A session ends when nobody used it for this long.
pub const IDLE: Duration = Duration::hours(8);
/// A session ends after this long, used or not.
pub const ABSOLUTE: Duration = Duration::days(14);
/// "Last seen" is written at most this often, so that reading a page writes nothing.
pub const SEEN_EVERY: Duration = Duration::minutes(1);

/// How long a proof of who one is counts: for what asks for a fresh one.
pub const FRESH: Duration = Duration::minutes(10);
/// How long the second step of signing in may take.
pub const HALF_WITHIN: Duration = Duration::minutes(10);
/// How long an invitation is good.
pub const INVITED_FOR: Duration = Duration::days(3);

/// A signed-in member of staff: who acts, with which role, from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: StaffId,
    pub email: String,
    /// May be empty.
    pub name: String,
    pub role: HeldRole,
    pub session: SessionId,
    /// The client's address.
    pub address: String,
    /// "Firefox, Windows".
    pub device: String,
    /// When they last proved in this session who they are.
    pub proven_at: Option<Moment>,
    /// Their role demands a second factor and they have none: they may set one up, and nothing else.
    pub confined: bool,
    /// Where their days begin and end; `None`: as the shop's.
    pub zone: Option<Tz>,
    /// The language of their pages; `None`: the shop's.
    pub locale: Option<Locale>,
}

impl Person {
    /// Somebody who acts without being signed in: the demo's past, tests of commands.
    pub fn unseated(id: StaffId, email: impl Into<String>, name: impl Into<String>, role: Role) -> Person {
        Person {
            id,
            email: email.into(),
            name: name.into(),
            role: role.into(),
            session: SessionId(0),
            address: String::new(),
            device: String::new(),
            proven_at: None,
            confined: false,
            zone: None,
            locale: None,
        }
    }

    /// Whether they have proved lately who they are.
    pub fn is_fresh(&self, now: Moment) -> bool {
        self.proven_at.is_some_and(|at| now - at <= FRESH)
    }

    pub fn may(&self, right: Right) -> bool {
        self.role.may(right)
    }

    /// The name, or the e-mail address where there is none.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }

    /// One or two letters for the round badge: "Anna Berger" is "AB".
    pub fn initials(&self) -> String {
        initials(self.called())
    }
}

/// One or two capital letters that stand for a name.
pub fn initials(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.chars().next());
    let (first, last) = (words.next(), words.next_back());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// Where a request comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    pub address: String,
    /// "Firefox, Windows"; made by [`device_of`].
    pub device: String,
}

/// What a `User-Agent` header says in two words: "Firefox, Windows"; empty when it says nothing known.
pub fn device_of(agent: &str) -> String {
    let first = |marks: &[(&str, &'static str)]| marks.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    browser.into_iter().chain(system).collect::<Vec<_>>().join(", ")
}

/// How long a new session lives at most.
pub fn expiry(now: Moment) -> Moment {
    now + ABSOLUTE
}

/// Why somebody is not let in. An unknown account, a wrong password and a disabled account are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInRefused {
    Wrong,
    /// Too long after the password, or never.
    TooLate,
    /// The second factor was not right.
    Factor(FactorRefused),
    Throttled(Throttled),
}

impl From<FactorRefused> for SignInRefused {
    fn from(why: FactorRefused) -> SignInRefused {
        match why {
            FactorRefused::Throttled(why) => SignInRefused::Throttled(why),
            why => SignInRefused::Factor(why),
        }
    }
}

impl Refusal for SignInRefused {
    fn message(&self) -> Message {
        match self {
            SignInRefused::Wrong => Message::new("access-wrong"),
            SignInRefused::TooLate => Message::new("access-too-late"),
            SignInRefused::Factor(why) => why.message(),
            SignInRefused::Throttled(why) => why.message(),
        }
    }
}

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRefused {
    TooShort,
    IsTheAddress,
    Common,
}

impl Refusal for PasswordRefused {
    fn message(&self) -> Message {
        match self {
            PasswordRefused::TooShort => Message::new("access-password-short").count("count", super::passwords::SHORTEST),
            PasswordRefused::IsTheAddress => Message::new("access-password-address"),
            PasswordRefused::Common => Message::new("access-password-common"),
        }
    }
}

/// Why staff are not added or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffRefused {
    /// Somebody with this address is on the list already.
    Known,
    /// The last owner cannot be disabled or given less.
    LastOwner,
    /// The current password is another one.
    WrongPassword,
    Password(PasswordRefused),
    /// A role with rights that whoever asks does not have, to be given or taken away.
    Beyond,
    /// There is no such role.
    NoRole,
    Gone,
}

impl From<PasswordRefused> for StaffRefused {
    fn from(refused: PasswordRefused) -> StaffRefused {
        StaffRefused::Password(refused)
    }
}

impl Refusal for StaffRefused {
    fn message(&self) -> Message {
        match self {
            StaffRefused::Known => Message::new("access-staff-known"),
            StaffRefused::LastOwner => Message::new("access-last-owner"),
            StaffRefused::WrongPassword => Message::new("access-password-wrong"),
            StaffRefused::Password(refused) => refused.message(),
            StaffRefused::Beyond => Message::new("access-beyond"),
            StaffRefused::NoRole => Message::new("access-role-gone"),
            StaffRefused::Gone => Message::new("access-staff-gone"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_named_in_two_words() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(device_of(edge), "Edge, Windows");
        assert_eq!(
            device_of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"),
            "Safari, iPhone"
        );
        assert_eq!(device_of("\0\0"), "");
    }

    #[test]
    fn names_have_initials() {
        assert_eq!(initials("Anna Maria Berger"), "AB");
        assert_eq!(initials("élan@example.org"), "ÉO");
        assert_eq!(initials(""), "");
    }
}
