//! The code of a gift card: sixteen characters that nobody takes for each other. The database keeps its hash and the last four.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// No I, L, O, 0 and 1.
const ALPHABET: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const LENGTH: usize = 16;

/// A code in the clear; never printed by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A fresh code: 79 random bits, so that nobody guesses one and its plain hash tells nothing.
    ///
    /// # Panics
    /// When the operating system has no randomness to give, which leaves nothing safe to do.
    pub fn random() -> Code {
        let mut code = String::with_capacity(LENGTH);
        while code.len() < LENGTH {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
            // 248 is the largest multiple of 31 in a byte: what lies above would favour the first letters.
            let fair = bytes.iter().filter(|byte| **byte < 248).map(|byte| char::from(ALPHABET[usize::from(*byte) % 31]));
            code.extend(fair.take(LENGTH - code.len()));
        }
        Code(code)
    }

    /// As a person reads it: "K7QM-…".
    pub fn grouped(&self) -> String {
        self.0.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
    }

    pub fn last_four(&self) -> &str {
        &self.0[LENGTH - 4..]
    }

    /// The characters alone, to be sealed.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub fn hash(&self) -> CodeHash {
        CodeHash(Sha256::digest(self.0.as_bytes()).into())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl FromStr for Code {
    type Err = ();

    /// Reads a code however it was typed: small letters, spaces and hyphens are fine.
    fn from_str(typed: &str) -> Result<Code, ()> {
        let code: String =
            typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.')).flat_map(char::to_uppercase).collect();
        let good = code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte));
        if good { Ok(Code(code)) } else { Err(()) }
    }
}

/// What the database keeps of a code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeHash([u8; 32]);

impl CodeHash {
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed_and_printed_by_nobody() {
        let code = Code::random();
        assert_eq!(code.grouped().len(), 19);
        for typed in [
            code.grouped(),
            code.grouped().to_lowercase(),
            code.reveal().to_owned(),
            format!(" {} ", code.grouped().replace('-', " ")),
        ] {
            assert_eq!(typed.parse::<Code>(), Ok(code.clone()), "{typed}");
        }
        assert!(code.grouped().ends_with(code.last_four()));
        assert_eq!(format!("{code:?}"), "Code(…)");
        for bad in ["", "ABCD", "ABCD-EFGH-JKMN-PQR0", "ÄBCD-EFGH-JKMN-PQRS", &"A".repeat(17)] {
            assert!(bad.parse::<Code>().is_err(), "{bad}");
        }
        assert_ne!(Code::random(), Code::random());
    }
}
