//! The forms of carriers' numbers and their check digits. Numbers are tidy here: capitals and digits alone.

/// A number without spaces and signs, in capitals.
pub fn tidy(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).take(100).collect()
}

/// The digits, where it has so many and nothing else.
fn digits(number: &str, count: usize) -> Option<Vec<u32>> {
    let digits: Option<Vec<u32>> = number.chars().map(|letter| letter.to_digit(10)).collect();
    digits.filter(|digits| digits.len() == count)
}

/// Whether the last digit makes the sum a multiple of ten, every other digit counting threefold from the right (GS1).
fn mod_ten(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().rev().enumerate().map(|(at, digit)| if at % 2 == 1 { digit * 3 } else { *digit }).sum();
    sum.is_multiple_of(10)
}

/// An item of the world's posts (UPU S10): two letters, eight digits, a check digit, the country.
pub fn s10(number: &str, country: &str) -> bool {
    let Some(middle) = number.strip_suffix(country).and_then(|rest| rest.get(2..)) else { return false };
    let letters = number.bytes().take(2).all(|letter| letter.is_ascii_uppercase());
    let Some(digits) = digits(middle, 9).filter(|_| letters) else { return false };
    let sum: u32 = digits.iter().zip([8, 6, 4, 2, 3, 5, 9, 7]).map(|(digit, weight)| digit * weight).sum();
    let check = match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        other => other,
    };
    digits[8] == check
}

/// "1Z", fifteen letters and digits, a check digit: every other one doubled, letters count as 2 for A, 3 for B and so on.
pub fn ups(number: &str) -> bool {
    let Some(rest) = number.strip_prefix("1Z").filter(|rest| rest.len() == 16) else { return false };
    let value = |letter: u8| if letter.is_ascii_digit() { u32::from(letter - b'0') } else { u32::from(letter - 63) % 10 };
    let values: Vec<u32> = rest.bytes().map(value).collect();
    let sum: u32 = values[..15].iter().enumerate().map(|(at, value)| if at % 2 == 1 { value * 2 } else { *value }).sum();
    (10 - sum % 10) % 10 == values[15] && rest.ends_with(|last: char| last.is_ascii_digit())
}

/// Express numbers of twelve digits, ground numbers of fifteen.
pub fn fedex(number: &str) -> bool {
    if let Some(digits) = digits(number, 12) {
        let weights = [3, 1, 7].into_iter().cycle();
        let sum: u32 = digits[..11].iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        return sum % 11 % 10 == digits[11];
    }
    digits(number, 15).is_some_and(|digits| mod_ten(&digits))
}

/// Twenty-two digits from 91 to 95, twenty from 03 or 7, or an item of the post.
pub fn usps(number: &str) -> bool {
    let begins = |starts: &[&str]| starts.iter().any(|start| number.starts_with(start));
    let long = begins(&["91", "92", "93", "94", "95"]).then(|| digits(number, 22)).flatten();
    let short = begins(&["03", "7"]).then(|| digits(number, 20)).flatten();
    long.or(short).is_some_and(|digits| mod_ten(&digits)) || s10(number, "US")
}

/// Ten digits of Express (the rest of the first nine by seven), twenty of a parcel, or a piece's "JJD…".
pub fn dhl(number: &str) -> bool {
    if let Some(digits) = digits(number, 10) {
        let serial = digits[..9].iter().fold(0_u64, |all, digit| all * 10 + u64::from(*digit));
        return serial % 7 == u64::from(digits[9]);
    }
    let parcel = number.starts_with("00340").then(|| digits(number, 20)).flatten();
    let piece =
        number.strip_prefix("JJD").is_some_and(|rest| (9..=22).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit()));
    parcel.is_some_and(|digits| mod_ten(&digits)) || piece
}

/// Fourteen digits, or the label's twenty-seven with a check character (ISO 7064, mod 37,36).
pub fn dpd(number: &str) -> bool {
    if digits(number, 14).is_some() {
        return true;
    }
    if number.len() != 28 || !number.bytes().take(27).all(|b| b.is_ascii_digit()) {
        return false;
    }
    let values = number.bytes().map(|b| if b.is_ascii_digit() { u32::from(b - b'0') } else { u32::from(b - b'A') + 10 });
    let values: Vec<u32> = values.collect();
    let rest = values[..27].iter().fold(36_u32, |rest, value| match (rest + value) % 36 {
        0 => 36 * 2 % 37,
        sum => sum * 2 % 37,
    });
    (rest + values[27]) % 36 == 1
}

/// Eighteen digits from 99, or an item of the post.
pub fn swiss_post(number: &str) -> bool {
    (number.starts_with("99") && digits(number, 18).is_some()) || s10(number, "CH")
}

/// "3S" with letters and digits, or an item of the post.
pub fn post_nl(number: &str) -> bool {
    let domestic = number.strip_prefix("3S").is_some_and(|rest| {
        let figures = rest.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
        (7..=11).contains(&figures.len())
            && figures.bytes().all(|b| b.is_ascii_digit())
            && (3..=4).contains(&(rest.len() - figures.len()))
    });
    domestic || s10(number, "NL")
}

/// A parcel's digit, letter and eleven digits, or an item of the post.
pub fn la_poste(number: &str) -> bool {
    let bytes = number.as_bytes();
    let parcel = bytes.len() == 13
        && bytes[0].is_ascii_digit()
        && bytes[1].is_ascii_uppercase()
        && bytes[2..].iter().all(u8::is_ascii_digit);
    parcel || s10(number, "FR")
}
