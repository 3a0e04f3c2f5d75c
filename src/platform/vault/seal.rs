//! Sealing: XChaCha20-Poly1305 with a random nonce, bound to the place and the key's number.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use super::keys::Key;

/// A secret in the clear; never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    pub fn new(bytes: impl Into<Vec<u8>>) -> Secret {
        Secret(bytes.into())
    }

    /// The secret itself, for the one who uses it.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What the database keeps of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sealed {
    pub nonce: [u8; 24],
    pub ciphertext: Vec<u8>,
}

/// What a ciphertext is bound to; the parts are told apart by their lengths.
fn bound_to(purpose: &str, subject: &str, key_id: i32) -> Vec<u8> {
    let mut bound = b"barrow vault 1".to_vec();
    for part in [purpose, subject] {
        bound.extend((part.len() as u64).to_be_bytes());
        bound.extend(part.as_bytes());
    }
    bound.extend(key_id.to_be_bytes());
    bound
}

/// Seals a secret for a place.
///
/// # Panics
/// When the operating system has no randomness to give, which leaves nothing safe to do.
pub(super) fn seal(key: &Key, key_id: i32, purpose: &str, subject: &str, secret: &Secret) -> anyhow::Result<Sealed> {
    let mut nonce = [0; 24];
    getrandom::fill(&mut nonce).expect("the operating system gives random bytes");
    let bound = bound_to(purpose, subject, key_id);
    let payload = Payload { msg: secret.reveal(), aad: &bound };
    let sealed = XChaCha20Poly1305::new(&key.0.into()).encrypt(&XNonce::from(nonce), payload);
    let ciphertext = sealed.map_err(|_| anyhow::anyhow!("a secret is too long to be sealed"))?;
    Ok(Sealed { nonce, ciphertext })
}

/// Opens what was sealed for this place under this key; `None` for anything else.
pub(super) fn open(key: &Key, key_id: i32, purpose: &str, subject: &str, sealed: &Sealed) -> Option<Secret> {
    let bound = bound_to(purpose, subject, key_id);
    let payload = Payload { msg: &sealed.ciphertext, aad: &bound };
    XChaCha20Poly1305::new(&key.0.into()).decrypt(&XNonce::from(sealed.nonce), payload).ok().map(Secret)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_sealed_opens_in_its_place_alone(
            secret in proptest::collection::vec(any::<u8>(), 0..200),
            (purpose, subject) in ("[a-z_]{1,12}", "[a-z0-9/]{1,12}"),
            (other_purpose, other_subject) in ("[a-z_]{1,12}", "[a-z0-9/]{1,12}"),
            key_id in 1..1000_i32,
            flip in any::<proptest::sample::Index>(),
        ) {
            let key = Key::random();
            let secret = Secret::new(secret);
            let sealed = seal(&key, key_id, &purpose, &subject, &secret).expect("sealed");
            prop_assert_eq!(open(&key, key_id, &purpose, &subject, &sealed), Some(secret.clone()));
            prop_assert_eq!(open(&key, key_id + 1, &purpose, &subject, &sealed), None);
            prop_assert_eq!(open(&Key::random(), key_id, &purpose, &subject, &sealed), None);
            if (&other_purpose, &other_subject) != (&purpose, &subject) {
                prop_assert_eq!(open(&key, key_id, &other_purpose, &other_subject, &sealed), None);
            }
            // "ab" + "c" is not "a" + "bc".
            let (longer, shorter) = (format!("{purpose}{}", &subject[..1]), &subject[1..]);
            prop_assert_eq!(open(&key, key_id, &longer, shorter, &sealed), None);
            let mut damaged = sealed.clone();
            let at = flip.index(damaged.ciphertext.len());
            damaged.ciphertext[at] ^= 1;
            prop_assert_eq!(open(&key, key_id, &purpose, &subject, &damaged), None);
            let again = seal(&key, key_id, &purpose, &subject, &secret).expect("sealed");
            prop_assert_ne!(again.nonce, sealed.nonce);
        }
    }

    #[test]
    fn a_secret_is_never_printed() {
        assert_eq!(format!("{:?} {:?}", Secret::new("seed"), Key::random()), "Secret(…) Key(…)");
    }
}
