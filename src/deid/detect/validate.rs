//! Check digits and ranges: what makes a number an identifier beyond doubt.

use std::sync::LazyLock;

const AREA_CODES: &str = include_str!("../data/us_area_codes.txt");

static AREAS: LazyLock<[bool; 1000]> = LazyLock::new(|| {
    let mut areas = [false; 1000];
    for area in AREA_CODES
        .lines()
        .filter_map(|l| l.trim().parse::<usize>().ok())
    {
        if let Some(flag) = areas.get_mut(area) {
            *flag = true;
        }
    }
    areas
});

/// The decimal digits of `text`.
pub(super) fn digits(text: &str) -> Vec<u8> {
    text.bytes()
        .filter(u8::is_ascii_digit)
        .map(|b| b - b'0')
        .collect()
}

/// Whether `area` is an area code in use in North America.
pub(super) fn is_area_code(area: &str) -> bool {
    area.parse::<usize>()
        .is_ok_and(|n| AREAS.get(n).copied().unwrap_or(false))
}

/// The Luhn check (ISO/IEC 7812-1).
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &d)| match (i % 2, d) {
            (0, d) => u32::from(d),
            (_, d) if d > 4 => u32::from(d) * 2 - 9,
            (_, d) => u32::from(d) * 2,
        })
        .sum();
    !digits.is_empty() && sum.is_multiple_of(10)
}

/// A National Provider Identifier: ten digits, Luhn with the prefix 80840.
pub(super) fn npi(digits: &[u8]) -> bool {
    let prefixed: Vec<u8> = [8, 0, 8, 4, 0].iter().chain(digits).copied().collect();
    digits.len() == 10 && matches!(digits[0], 1 | 2) && luhn(&prefixed)
}

/// A DEA registration: two letters, six digits and a check digit.
pub(super) fn dea(text: &str) -> bool {
    let d = digits(text);
    d.len() == 7 && {
        let sum = d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5]);
        sum % 10 == d[6]
    }
}

/// A bank's routing number (ABA): nine digits, weights 3, 7, 1.
pub(super) fn routing(digits: &[u8]) -> bool {
    let weights = [3u32, 7, 1].into_iter().cycle();
    let sum: u32 = digits
        .iter()
        .zip(weights)
        .map(|(&d, w)| u32::from(d) * w)
        .sum();
    digits.len() == 9 && sum > 0 && sum.is_multiple_of(10)
}

/// A social security number's parts: no area 000, 666 or 900 and above, no
/// group 00, no serial 0000.
pub(super) fn ssn(digits: &[u8]) -> bool {
    let number = |part: &[u8]| part.iter().fold(0u32, |n, &d| n * 10 + u32::from(d));
    digits.len() == 9 && {
        let area = number(&digits[..3]);
        area != 0
            && area != 666
            && area < 900
            && number(&digits[3..5]) != 0
            && number(&digits[5..]) != 0
    }
}

/// The check of an IBAN (ISO 13616, ISO 7064 MOD 97-10), blanks ignored.
pub(super) fn iban(text: &str) -> bool {
    let plain: Vec<u8> = text
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|b| b.to_ascii_uppercase())
        .collect();
    if !(15..=34).contains(&plain.len()) {
        return false;
    }
    let (head, tail) = plain.split_at(4);
    let rest = tail.iter().chain(head).fold(0u32, |rest, &b| {
        if b.is_ascii_digit() {
            (rest * 10 + u32::from(b - b'0')) % 97
        } else {
            (rest * 100 + u32::from(b - b'A') + 10) % 97
        }
    });
    rest == 1
}

/// The check digit of a vehicle identification number (49 CFR 565.15(c)).
pub(super) fn vin(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let bytes = text.as_bytes();
    if bytes.len() != 17 {
        return false;
    }
    let mut sum = 0;
    for (&b, weight) in bytes.iter().zip(WEIGHTS) {
        let Some(value) = vin_value(b) else {
            return false;
        };
        sum += value * weight;
    }
    let check = match sum % 11 {
        10 => b'X',
        n => b'0' + n as u8,
    };
    bytes[8].to_ascii_uppercase() == check
}

fn vin_value(b: u8) -> Option<u32> {
    match b.to_ascii_uppercase() {
        b @ b'0'..=b'9' => Some(u32::from(b - b'0')),
        b @ b'A'..=b'H' => Some(u32::from(b - b'A') + 1),
        b @ b'J'..=b'N' => Some(u32::from(b - b'J') + 1),
        b'P' => Some(7),
        b'R' => Some(9),
        b @ b'S'..=b'Z' => Some(u32::from(b - b'S') + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(valid: impl Fn(&str) -> bool, good: &str, bad: &str) {
        assert!(valid(good), "{good}");
        assert!(!valid(bad), "{bad}");
    }

    #[test]
    fn check_digits_agree() {
        check(
            |t| luhn(&digits(t)),
            "4111 1111 1111 1111",
            "4111 1111 1111 1112",
        );
        check(|t| npi(&digits(t)), "1234567893", "1234567894");
        check(dea, "AB1234563", "AB1234564");
        check(|t| routing(&digits(t)), "021000021", "021000022");
        check(|t| ssn(&digits(t)), "219-09-9999", "666-09-9999");
        check(|t| ssn(&digits(t)), "001-01-0001", "001-00-0001");
        check(
            iban,
            "GB82 WEST 1234 5698 7654 32",
            "GB83 WEST 1234 5698 7654 32",
        );
        check(vin, "1M8GDM9AXKP042788", "1M8GDM9A1KP042788");
        check(is_area_code, "415", "999");
    }

    #[test]
    fn nothing_is_valid_by_being_empty() {
        assert!(!luhn(&[]) && !npi(&[]) && !routing(&[]) && !ssn(&[]));
        assert!(!iban("") && !vin("") && !dea(""));
    }
}
