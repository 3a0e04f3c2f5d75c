//! Signed tags: the one in a reply address names the message that is answered, the one in a guest's link their conversation.
//! Each is a number and 128 bits of an HMAC under the conversation's own secret; what is signed for one use is good for no other.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// What a tag is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// In the address that a mail is answered to: names a message.
    Reply,
    /// In a link that opens a guest's conversation.
    Link,
}

/// A tag as somebody brought it, not believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    pub id: i64,
    proof: [u8; 16],
}

fn proof(secret: &[u8], what: Use, id: i64) -> [u8; 16] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(match what {
        Use::Reply => b"reply ",
        Use::Link => b"open  ",
    });
    mac.update(&id.to_be_bytes());
    let whole = mac.finalize().into_bytes();
    let mut half = [0; 16];
    half.copy_from_slice(&whole[..16]);
    half
}

/// Signs: "1f-" and 32 hex digits, in small letters, since mail programs change the others.
pub fn sign(secret: &[u8], what: Use, id: i64) -> String {
    format!("{id:x}-{}", hex::encode(proof(secret, what, id)))
}

impl Brought {
    /// Reads a tag; what does not look like one is none.
    pub fn read(text: &str) -> Option<Brought> {
        let (id, proof) = text.split_once('-')?;
        let plain = id.len() <= 15 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        let id = if plain { i64::from_str_radix(id, 16).ok()? } else { return None };
        let proof = hex::decode(proof).ok()?.try_into().ok()?;
        (id > 0).then_some(Brought { id, proof })
    }

    /// Whether it was signed with this secret for this use; compared in constant time.
    pub fn is_signed(&self, secret: &[u8], what: Use) -> bool {
        proof(secret, what, self.id).ct_eq(&self.proof).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_good_for_its_number_its_use_and_its_secret() {
        let tag = sign(b"secret", Use::Reply, 31);
        assert!(tag.starts_with("1f-") && tag.len() <= 50, "{tag}");
        let brought = Brought::read(&tag).expect("a tag");
        assert!(brought.is_signed(b"secret", Use::Reply));
        assert!(Brought::read(&tag.to_uppercase()).expect("a tag").is_signed(b"secret", Use::Reply));
        assert!(!brought.is_signed(b"secret", Use::Link));
        assert!(!brought.is_signed(b"other", Use::Reply));
        let other = Brought::read(&tag.replacen("1f", "20", 1)).expect("a tag");
        assert!(!other.is_signed(b"secret", Use::Reply));
        for bad in ["", "-", "1f-", "1f-00", "0-00112233445566778899aabbccddeeff", "zz-00112233445566778899aabbccddeeff", "-1-00"]
        {
            assert_eq!(Brought::read(bad), None, "{bad}");
        }
    }
}
