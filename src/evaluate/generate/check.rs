//! Check digits that make a drawn number valid.

/// The digit that makes `digits` and it pass the Luhn check (ISO/IEC 7812-1).
pub(super) fn luhn(digits: &str) -> char {
    let sum: u32 = values(digits)
        .rev()
        .enumerate()
        .map(|(i, d)| match (i % 2, d * 2) {
            (0, twice) => twice / 10 + twice % 10,
            _ => d,
        })
        .sum();
    digit((10 - sum % 10) % 10)
}

/// The ninth digit of a routing number (weights 3, 7, 1).
pub(super) fn routing(eight: &str) -> char {
    let sum: u32 = values(eight)
        .zip([3, 7, 1].iter().cycle())
        .map(|(d, w)| d * w)
        .sum();
    digit((10 - sum % 10) % 10)
}

/// The last digit of a DEA number's seven (21 CFR 1301): first, third and
/// fifth plus twice the others.
pub(super) fn dea(six: &str) -> char {
    let sum: u32 = values(six)
        .zip([1, 2].iter().cycle())
        .map(|(d, w)| d * w)
        .sum();
    digit(sum % 10)
}

/// The ninth character of a VIN (49 CFR 565.15) whose ninth is anything.
pub(super) fn vin(seventeen: &str) -> char {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let sum: u32 = seventeen
        .chars()
        .zip(WEIGHTS)
        .map(|(c, w)| transliterated(c) * w)
        .sum();
    match sum % 11 {
        10 => 'X',
        d => digit(d),
    }
}

fn transliterated(c: char) -> u32 {
    const LETTERS: &str = "ABCDEFGH~JKLMN~P~R~STUVWXYZ";
    if let Some(d) = c.to_digit(10) {
        return d;
    }
    match LETTERS.find(c) {
        Some(i) if c < 'J' => i as u32 + 1,
        Some(i) if c < 'S' => i as u32 - 8,
        Some(i) => i as u32 - 17,
        None => 0,
    }
}

/// The two check digits of an IBAN (ISO 13616) of `country` and `bban`.
pub(super) fn iban(country: &str, bban: &str) -> String {
    let rest = format!("{bban}{country}00").chars().fold(0_u64, |rest, c| {
        let value = u64::from(c.to_digit(36).unwrap_or(0));
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    });
    format!("{:02}", 98 - rest)
}

/// The last digit of a British NHS number (modulus 11), where there is one.
pub(super) fn nhs(nine: &str) -> Option<char> {
    let sum: u32 = values(nine).zip((2..=10).rev()).map(|(d, w)| d * w).sum();
    match 11 - sum % 11 {
        10 => None,
        11 => Some('0'),
        d => Some(digit(d)),
    }
}

fn values(digits: &str) -> impl DoubleEndedIterator<Item = u32> {
    digits
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|b| u32::from(b - b'0'))
}

fn digit(value: u32) -> char {
    char::from_digit(value, 10).expect("a check digit is one digit")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that the standards or their keepers print as examples.
    #[test]
    fn published_examples_come_out() {
        assert_eq!(luhn("7992739871"), '3');
        assert_eq!(luhn("80840123456789"), '3');
        assert_eq!(routing("02100002"), '1');
        assert_eq!(dea("123456"), '3');
        assert_eq!(vin("1M8GDM9A_KP042788"), 'X');
        assert_eq!(vin("11111111_11111111"), '1');
        assert_eq!(iban("GB", "WEST12345698765432"), "82");
        assert_eq!(nhs("943476591"), Some('9'));
    }
}
