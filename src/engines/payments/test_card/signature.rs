//! How the test card signs what it writes to the shop: `t=<unix seconds>,v1=<hex of HMAC-SHA-256 over "t.body">`, as Stripe does.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::platform::base::Moment;

/// Notices older or newer than this are not believed (seconds).
const TOLERANCE: i64 = 300;

fn mac(secret: &str, at: i64, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(format!("{at}.").as_bytes());
    mac.update(body);
    mac
}

/// The value of the signature's header.
pub fn header(secret: &str, body: &[u8], now: Moment) -> String {
    let at = now.timestamp();
    format!("t={at},v1={}", hex::encode(mac(secret, at, body).finalize().into_bytes()))
}

/// Whether this header was made with the secret, for this body, not long ago; compared in constant time.
pub fn signed_by(secret: &str, header: &str, body: &[u8], now: Moment) -> bool {
    let part = |name: &str| header.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
    let (Some(at), Some(proof)) = (part("t").and_then(|at| at.parse::<i64>().ok()), part("v1")) else { return false };
    let Ok(proof) = hex::decode(proof) else { return false };
    now.timestamp().abs_diff(at) <= TOLERANCE.unsigned_abs() && mac(secret, at, body).verify_slice(&proof).is_ok()
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, Utc};

    use super::*;

    #[test]
    fn only_what_was_signed_just_now_with_the_secret_is_believed() {
        let now = Utc::now();
        let good = header("secret", b"{}", now);
        assert!(signed_by("secret", &good, b"{}", now + Duration::seconds(299)));
        assert!(!signed_by("secret", &good, b"{}", now + Duration::seconds(301)));
        assert!(!signed_by("secret", &good, b"{ }", now));
        assert!(!signed_by("other", &good, b"{}", now));
        for bad in ["", "t=1", "v1=00", "t=x,v1=zz", &good.replace("v1=", "v1=0")] {
            assert!(!signed_by("secret", bad, b"{}", now), "{bad}");
        }
    }
}
