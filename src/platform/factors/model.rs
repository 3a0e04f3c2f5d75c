//! Whose a factor is, what codes look like, and why a factor is refused.

use chrono::Duration;
use sha2::{Digest, Sha256};

use crate::platform::base::{Message, Refusal, StaffId, text_enum};
use crate::platform::throttle::Throttled;

/// Recovery codes that somebody is given at once.
pub const RECOVERY_CODES: usize = 10;
/// Passkeys that one account may have.
pub const PASSKEYS: usize = 20;
/// How long a question to a passkey waits for its answer.
pub const ANSWER_WITHIN: Duration = Duration::minutes(5);
/// How long an app may be set up before one must begin again.
pub const SETUP_WITHIN: Duration = Duration::minutes(30);

text_enum! {
    /// Whose account it is.
    AccountKind { Staff = "staff", Customer = "customer" }
}

/// An account that factors belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Account {
    pub kind: AccountKind,
    pub id: i64,
}

impl Account {
    pub fn staff(id: StaffId) -> Account {
        Account { kind: AccountKind::Staff, id: id.0 }
    }

    /// The customer with this id.
    pub fn customer(id: i64) -> Account {
        Account { kind: AccountKind::Customer, id }
    }
}

impl std::fmt::Display for Account {
    /// "staff/12"
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

/// By what somebody proved to be who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    Totp,
    /// A recovery code, and how many are left.
    Recovery {
        left: i64,
    },
    Passkey,
}

impl Proof {
    /// The word for it in the audit trail.
    pub fn as_str(self) -> &'static str {
        match self {
            Proof::Totp => "totp",
            Proof::Recovery { .. } => "recovery_code",
            Proof::Passkey => "passkey",
        }
    }
}

/// A code as typed, told apart by its look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// Six digits.
    Totp(String),
    /// Sixteen letters and digits.
    Recovery(String),
}

impl Typed {
    /// Spaces, hyphens and capitals do not matter.
    pub(super) fn read(typed: &str) -> Option<Typed> {
        let code: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(40).collect::<String>().to_lowercase();
        match code.len() {
            6 if code.bytes().all(|b| b.is_ascii_digit()) => Some(Typed::Totp(code)),
            16 if code.bytes().all(|b| b.is_ascii_alphanumeric()) => Some(Typed::Recovery(code)),
            _ => None,
        }
    }
}

/// Letters and digits that nobody takes for one another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A recovery code of 80 random bits: "ab2c-3def-gh4i-jkmn".
pub(super) fn recovery_code(random: &[u8; 16]) -> String {
    let groups = random.chunks(4).map(|four| four.iter().map(|b| LETTERS[usize::from(b % 32)] as char).collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}

/// What is kept of a recovery code; 80 random bits need no slow hash.
pub(super) fn recovery_hash(account: Account, code: &str) -> Vec<u8> {
    Sha256::digest(format!("barrow recovery code {account} {code}")).to_vec()
}

/// Why passkeys cannot be offered at the shop's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPasskeys {
    /// It is reached by a number instead of a name.
    IpAddress,
    /// It is reached by http.
    NotSecure,
}

impl Refusal for NoPasskeys {
    fn message(&self) -> Message {
        match self {
            NoPasskeys::IpAddress => Message::new("factors-no-passkeys-ip"),
            NoPasskeys::NotSecure => Message::new("factors-no-passkeys-http"),
        }
    }
}

/// Why a factor is not taken, set up or believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorRefused {
    /// No code of the app, none of the recovery codes, or one that was used.
    WrongCode,
    Throttled(Throttled),
    /// An app is set up already.
    HasTotp,
    /// Nothing is being set up, or not any more.
    NothingBegun,
    /// The question to the passkey was answered already or waited too long.
    TooLate,
    /// The answer is not that of a passkey of this account.
    WrongPasskey,
    /// The device is on the list already.
    KnownPasskey,
    TooManyPasskeys,
    /// The account has no passkey.
    NoPasskey,
    NoPasskeys(NoPasskeys),
}

impl Refusal for FactorRefused {
    fn message(&self) -> Message {
        match self {
            FactorRefused::WrongCode => Message::new("factors-wrong-code"),
            FactorRefused::Throttled(why) => why.message(),
            FactorRefused::HasTotp => Message::new("factors-has-totp"),
            FactorRefused::NothingBegun => Message::new("factors-nothing-begun"),
            FactorRefused::TooLate => Message::new("factors-too-late"),
            FactorRefused::WrongPasskey => Message::new("factors-wrong-passkey"),
            FactorRefused::KnownPasskey => Message::new("factors-known-passkey"),
            FactorRefused::TooManyPasskeys => Message::new("factors-too-many-passkeys").count("count", PASSKEYS as i64),
            FactorRefused::NoPasskey => Message::new("factors-no-passkey"),
            FactorRefused::NoPasskeys(why) => why.message(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart_however_they_are_typed() {
        assert_eq!(Typed::read(" 123 456 "), Some(Typed::Totp("123456".into())));
        assert_eq!(Typed::read("AB2C-3DEF gh4i-jkmn"), Some(Typed::Recovery("ab2c3defgh4ijkmn".into())));
        for no_code in ["", "12345", "1234567", "12345a", "ab2c-3def-gh4i", "１２３４５６", "ab2c3defgh4ijkm\u{e9}"] {
            assert_eq!(Typed::read(no_code), None, "{no_code}");
        }
    }

    #[test]
    fn recovery_codes_read_well() {
        assert_eq!(recovery_code(&[0, 1, 31, 32, 255, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]), "ab9a-9ijk-mnpq-rstu");
        let (anna, ben) = (Account::staff(StaffId(1)), Account::customer(1));
        assert_ne!(recovery_hash(anna, "ab9a9ijkmnpqrstu"), recovery_hash(ben, "ab9a9ijkmnpqrstu"));
    }
}
