//! One-time codes of an app (RFC 6238): six digits, thirty seconds, one step of skew.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use totp_rs::{Builder, Totp};

use crate::platform::base::Moment;
use crate::platform::vault::Secret;

/// What a person needs to set up an app.
#[derive(Clone)]
pub struct TotpSetup {
    /// The address that the QR code holds: for a link on a phone.
    pub uri: String,
    /// The seed in groups of four letters, to be typed.
    pub secret: String,
    /// The QR code as a `data:` address of a picture.
    pub qr: String,
}

fn totp(seed: &Secret) -> anyhow::Result<Builder> {
    anyhow::ensure!(seed.reveal().len() >= 16, "a seed is too short");
    Ok(Builder::new().with_secret(seed.reveal().to_vec()))
}

fn built(seed: &Secret) -> anyhow::Result<Totp> {
    Ok(totp(seed)?.build()?)
}

/// A fresh seed of 160 bits.
///
/// # Panics
/// When the operating system has no randomness to give, which leaves nothing safe to do.
pub(super) fn fresh_seed() -> Secret {
    let mut seed = [0; 20];
    getrandom::fill(&mut seed).expect("the operating system gives random bytes");
    Secret::new(seed.to_vec())
}

/// The step that a code belongs to, if it is one of now, of the step before or of the next.
pub(super) fn step_of(seed: &Secret, code: &str, now: Moment) -> anyhow::Result<Option<i64>> {
    let step = built(seed)?.check(code, now.timestamp().unsigned_abs());
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// How an app shows the account: the shop's name and the e-mail address.
pub(super) fn setup(seed: &Secret, shop: &str, account: &str) -> anyhow::Result<TotpSetup> {
    let plain = |text: &str| text.replace(':', " ").trim().to_owned();
    let issuer = Some(plain(shop)).filter(|issuer| !issuer.is_empty());
    let totp = totp(seed)?.with_issuer(issuer).with_account_name(plain(account)).build()?;
    let uri = totp.to_url()?;
    let letters: Vec<char> = totp.secret().to_base32().chars().collect();
    let secret = letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
    let code = QrCode::with_error_correction_level(&uri, EcLevel::M)?;
    // Dark on light whatever the page's colours: readers expect it so.
    let picture = code.render().min_dimensions(200, 200).dark_color(svg::Color("#000")).light_color(svg::Color("#fff")).build();
    let qr = format!("data:image/svg+xml;base64,{}", STANDARD.encode(picture));
    Ok(TotpSetup { uri, secret, qr })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration};

    use super::*;

    /// The seed of RFC 6238's test vectors, appendix B; their codes have eight digits, ours are the last six of them.
    fn rfc() -> Secret {
        Secret::new("12345678901234567890")
    }

    fn at(seconds: i64) -> Moment {
        DateTime::from_timestamp(seconds, 0).expect("a moment")
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(step_of(&rfc(), code, at(seconds)).expect("read"), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_counts_one_step_early_or_late() {
        let (made, code) = (at(1_234_567_890), "005924");
        let later = |seconds| step_of(&rfc(), code, made + Duration::seconds(seconds)).expect("read").is_some();
        assert!(later(-30) && later(0) && later(30) && later(59));
        assert!(!later(60) && !later(-31));
        assert_eq!(step_of(&rfc(), "+05924", made).expect("read"), None);
    }

    #[test]
    fn an_app_gets_all_it_needs() {
        let shown = setup(&rfc(), "Tea: & more", "anna@example.org").expect("set up");
        assert_eq!(
            shown.uri,
            "otpauth://totp/Tea%20%20%26%20more:anna%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Tea%20%20%26%20more"
        );
        assert_eq!(shown.secret, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(shown.qr.starts_with("data:image/svg+xml;base64,"));
        assert!(setup(&rfc(), " : ", "anna@example.org").is_ok(), "a shop without a name");
    }
}
