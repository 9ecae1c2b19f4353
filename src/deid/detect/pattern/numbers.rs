//! Telephone numbers, numbers of persons, accounts, licences, vehicles, devices
//! and trials (45 CFR 164.514(b)(2)(i)(D), (E), (G) to (M), (R)).

use super::super::units::is_quantity;
use super::super::validate;
use super::{Hit, Rule, Strength, Verdict, accept};
use crate::domain::Category;

const fn rule(
    detector: &'static str,
    name: &'static str,
    category: Category,
    pattern: &'static str,
    judge: fn(&Hit<'_>) -> Option<Verdict>,
) -> Rule {
    Rule {
        detector,
        name,
        category,
        strength: Strength::Likely,
        pattern,
        judge,
    }
}

pub(super) const RULES: &[Rule] = &[
    rule(
        "phone",
        "nanp",
        Category::Phone,
        r"(?:\+?1[\s.\-]{0,3})?(?:\(\s?[0-9]{3}\s?\)|\b[0-9]{3})[\s.\-]{0,3}[0-9]{3}[\s.\-]{0,3}[0-9]{4}\b(?:,?\s{0,2}(?:x|ext\.?|extension)\s?[0-9]{1,6}\b)?",
        nanp,
    ),
    rule(
        "phone",
        "international",
        Category::Phone,
        r"\+[0-9]{1,3}[\s.()\-]{0,3}(?:[0-9][\s.()\-]{0,2}){6,13}[0-9]\b",
        phone,
    ),
    rule(
        "phone",
        "trunk",
        Category::Phone,
        r"\b(?:0[0-9]{2,4}[\s\-]{0,2}[0-9]{3,4}[\s\-]{0,2}[0-9]{3,4}|\(0[0-9]{2,4}\)\s?[0-9]{3,4}\s?[0-9]{3,4})\b",
        trunk,
    ),
    rule(
        "account",
        "masked",
        Category::Account,
        r"(?:\bx{3,5}|[*•]{2,5})(?:[ \-]?[x*•]{2,5}){0,4}[ \-]?[0-9]{2,4}\b",
        accept,
    ),
    rule(
        "phone",
        "seven",
        Category::Phone,
        r"\b[2-9][0-9]{2}[\-.][0-9]{4}\b",
        seven,
    ),
    rule(
        "ssn",
        "grouped",
        Category::Ssn,
        r"\b[0-9]{3}(?:[\-. ][0-9]{2}[\-. ]?|[0-9]{2}[\-. ])[0-9]{4}\b",
        ssn,
    ),
    rule(
        "health-plan",
        "mbi",
        Category::HealthPlan,
        r"\b[1-9][ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9][0-9]-?[ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9][0-9]-?[ac-hj-km-np-rt-y]{2}[0-9]{2}\b",
        validated,
    ),
    rule(
        "ssn",
        "nino",
        Category::Ssn,
        r"\b[a-ceghj-prtw-z][a-ceghj-nprtw-z]\s?[0-9]{2}\s?[0-9]{2}\s?[0-9]{2}\s?[a-d]\b",
        accept,
    ),
    rule(
        "mrn",
        "joined",
        Category::MedicalRecord,
        r"\bmrn[\s:#.\-]{0,3}([a-z]{0,3}[0-9]{3,12})\b",
        validated,
    ),
    rule(
        "account",
        "card",
        Category::Account,
        r"\b[2-6][0-9]{3}[ \-]?(?:[0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{1,7}|[0-9]{6}[ \-]?[0-9]{4,5})\b|\b[1-9][0-9]{11,18}\b",
        card,
    ),
    rule(
        "account",
        "iban",
        Category::Account,
        r"\b[a-z]{2}[0-9]{2}(?:[ \-]?[a-z0-9]{2,4}){2,7}(?:[ \-]?[a-z0-9]{1,4}){0,2}",
        iban,
    ),
    rule(
        "account",
        "routing",
        Category::Account,
        r"\b(?:routing|aba|rtn|transit)\b[a-z\s:\x23.,]{0,24}\b([0-9]{9})\b",
        routing,
    ),
    rule(
        "license",
        "npi",
        Category::License,
        r"\b[12][0-9]{9}\b",
        npi,
    ),
    rule(
        "license",
        "dea",
        Category::License,
        r"\b[abcdefghjklmnprstux][a-z9][0-9]{7}\b",
        dea,
    ),
    rule(
        "vehicle",
        "vin",
        Category::Vehicle,
        r"\b[a-hj-npr-z0-9]{17}\b",
        vin,
    ),
    rule(
        "device",
        "udi",
        Category::Device,
        r"\(01\)\s?[0-9]{14}(?:\s?\([0-9]{2}\)\s?[a-z0-9\-]{1,20}){0,4}",
        validated,
    ),
    rule(
        "id",
        "trial",
        Category::OtherId,
        r"\b(?:nct\s?[0-9]{8}|isrctn\s?[0-9]{8}|(?:19|20)[0-9]{2}-[0-9]{6}-[0-9]{2})\b",
        validated,
    ),
    rule(
        "id",
        "uuid",
        Category::OtherId,
        r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",
        validated,
    ),
    rule(
        "id",
        "token",
        Category::OtherId,
        r"\b[a-z0-9_+=/\-]{20,}\b",
        token,
    ),
    rule(
        "id",
        "apart",
        Category::OtherId,
        r"\b[0-9](?:\s?[.,]\s[0-9]){5,30}\b",
        apart,
    ),
    rule(
        "geocode",
        "decimal",
        Category::Geocode,
        r"[+\-]?\b[0-9]{1,3}\.[0-9]{3,12}\s?°?\s?[nsew]?\s?[,;\s]\s?[+\-]?[0-9]{1,3}\.[0-9]{3,12}(?:\s?°?\s?[nsew])?\b",
        coordinates,
    ),
    rule(
        "geocode",
        "degrees",
        Category::Geocode,
        r"\b[0-9]{1,3}\s?°\s?[0-9]{1,2}\s?['′]\s?(?:[0-9]{1,2}(?:\.[0-9]{1,6})?\s?[\x22″]\s?)?[nsew]\b",
        validated,
    ),
];

fn validated(hit: &Hit<'_>) -> Option<Verdict> {
    hit.as_strong(Strength::Validated)
}

/// A telephone number, or a fax number where the word stands before it.
fn phone(hit: &Hit<'_>) -> Option<Verdict> {
    telephone(hit, Strength::Likely)
}

fn telephone(hit: &Hit<'_>, strength: Strength) -> Option<Verdict> {
    let category = if is_fax(hit) {
        Category::Fax
    } else {
        Category::Phone
    };
    hit.verdict(category, strength)
}

fn is_fax(hit: &Hit<'_>) -> bool {
    let before = hit.before();
    let start = (before.len().saturating_sub(24)..=before.len())
        .find(|&at| before.is_char_boundary(at))
        .unwrap_or(0);
    let near = before[start..].to_ascii_lowercase();
    near.contains("fax") || near.contains("facsimile")
}

/// Ten digits: valid in North America, or at least grouped as such a number is.
fn nanp(hit: &Hit<'_>) -> Option<Verdict> {
    if hit.before().ends_with(|c: char| c.is_ascii_digit())
        || is_decimal_tail(hit)
        || is_quantity(hit.text, hit.span.end) && !is_grouped(hit)
    {
        return None;
    }
    let digits: String = hit.found().chars().filter(char::is_ascii_digit).collect();
    let national = match digits.strip_prefix('1') {
        Some(rest) if rest.len() >= 10 => rest,
        _ => &digits,
    };
    let exchange = national.as_bytes().get(3).is_some_and(|b| *b >= b'2');
    if exchange && validate::is_area_code(&national[..3]) {
        telephone(hit, Strength::Validated)
    } else {
        phone(hit)
    }
}

/// Whether marks part the digits as nobody parts those of a quantity.
fn is_grouped(hit: &Hit<'_>) -> bool {
    hit.found().contains(['-', '(', '.'])
}

/// The digits after a decimal point: `0.4155550132`.
fn is_decimal_tail(hit: &Hit<'_>) -> bool {
    let mut before = hit.before().bytes().rev();
    before.next() == Some(b'.') && before.next().is_some_and(|b| b.is_ascii_digit())
}

/// Ten or eleven digits after a trunk zero, as in the United Kingdom and Japan.
fn trunk(hit: &Hit<'_>) -> Option<Verdict> {
    let digits = validate::digits(hit.found()).len();
    let grouped = hit.found().contains([' ', '-', ')']);
    if (10..=11).contains(&digits) && (grouped || digits == 11) {
        phone(hit)
    } else {
        None
    }
}

/// A local number; not a range of round numbers.
fn seven(hit: &Hit<'_>) -> Option<Verdict> {
    let round = hit.found().ends_with("00");
    if round || is_decimal_tail(hit) || is_quantity(hit.text, hit.span.end) {
        return None;
    }
    phone(hit)
}

fn ssn(hit: &Hit<'_>) -> Option<Verdict> {
    if is_quantity(hit.text, hit.span.end) && !is_grouped(hit) {
        return None;
    }
    // Five digits and four are a ZIP code's shape too.
    let groups = hit.found().find(|c: char| !c.is_ascii_digit());
    if groups == Some(3) && validate::ssn(&validate::digits(hit.found())) {
        return validated(hit);
    }
    hit.yes()
}

fn card(hit: &Hit<'_>) -> Option<Verdict> {
    let digits = validate::digits(hit.found());
    let valid = (12..=19).contains(&digits.len()) && validate::luhn(&digits);
    valid.then(|| validated(hit))?
}

/// An IBAN, or the longest run of its groups that checks.
fn iban(hit: &Hit<'_>) -> Option<Verdict> {
    let mut found = hit.found();
    while found.len() >= 15 {
        if validate::iban(found) {
            let mut verdict = validated(hit)?;
            verdict.span.end = hit.span.start + found.len();
            return Some(verdict);
        }
        let cut = found.rfind([' ', '-'])?;
        found = &found[..cut];
    }
    None
}

fn routing(hit: &Hit<'_>) -> Option<Verdict> {
    let valid = validate::routing(&validate::digits(hit.found()));
    valid.then(|| validated(hit))?
}

fn npi(hit: &Hit<'_>) -> Option<Verdict> {
    let valid = validate::npi(&validate::digits(hit.found()));
    valid.then(|| validated(hit))?
}

fn dea(hit: &Hit<'_>) -> Option<Verdict> {
    validate::dea(hit.found()).then(|| validated(hit))?
}

fn vin(hit: &Hit<'_>) -> Option<Verdict> {
    let letters = hit.found().bytes().any(|b| b.is_ascii_alphabetic());
    (letters && validate::vin(hit.found())).then(|| validated(hit))?
}

/// A long token: letters and digits in turn, as keys and digests have them.
fn token(hit: &Hit<'_>) -> Option<Verdict> {
    let found = hit.found().as_bytes();
    let digits = found.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = found.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let turns = found
        .windows(2)
        .filter(|w| w[0].is_ascii_digit() != w[1].is_ascii_digit())
        .count();
    hit.when(digits >= 3 && letters >= 3 && turns >= 5)
}

/// Digits read out one by one, and not counted: `5 . 1 . 0 . 4 . 4 . 1`.
fn apart(hit: &Hit<'_>) -> Option<Verdict> {
    let digits: Vec<u8> = hit.found().bytes().filter(u8::is_ascii_digit).collect();
    let counts = |step: i16| {
        let mut pairs = digits.windows(2);
        pairs.all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == step)
    };
    hit.when(!counts(1) && !counts(-1) && !counts(0))
}

fn coordinates(hit: &Hit<'_>) -> Option<Verdict> {
    let mut numbers = hit
        .found()
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|part| part.parse::<f64>().ok());
    let (first, second) = (numbers.next()?, numbers.next()?);
    let valid = first <= 180.0 && second <= 180.0 && first.min(second) <= 90.0;
    (valid && !is_quantity(hit.text, hit.span.end)).then(|| validated(hit))?
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::domain::Category::*;

    #[test]
    fn digits_read_out_one_by_one() {
        check(
            "it's 5 . 1 . 0 . 4 . 4 . 1 ok",
            &[("5 . 1 . 0 . 4 . 4 . 1", OtherId)],
        );
        check("twice 415-555-0133 week", &[("415-555-0133", Phone)]);
        check("5, 1, 0, 4, 4, 1, 7", &[("5, 1, 0, 4, 4, 1, 7", OtherId)]);
        check("count with me 1, 2, 3, 4, 5, 6", &[]);
        check("pain was 5, 4, 4, 3", &[]);
    }

    #[test]
    fn telephone_numbers() {
        check("call (415) 555-0132 now", &[("(415) 555-0132", Phone)]);
        check("415.555.0132 ext 44", &[("415.555.0132 ext 44", Phone)]);
        check("1-415-555-0132", &[("1-415-555-0132", Phone)]);
        check("415 555 0132", &[("415 555 0132", Phone)]);
        check("ring +44 20 7946 0018.", &[("+44 20 7946 0018", Phone)]);
        check("or 020 7946 0018", &[("020 7946 0018", Phone)]);
        check("it's 555-0132", &[("555-0132", Phone)]);
        check("fax it to 415-555-0132", &[("415-555-0132", Fax)]);
        check("0.4155550132", &[]);
    }

    #[test]
    fn numbers_of_persons() {
        check("219-09-9998", &[("219-09-9998", Ssn)]);
        check("219 09 9998", &[("219 09 9998", Ssn)]);
        check("on 1EG4-TE5-MK73 yes", &[("1EG4-TE5-MK73", HealthPlan)]);
        check("mrnq27631", &[("q27631", MedicalRecord)]);
        check("qq 12 34 56 c", &[]);
        check("ab 12 34 56 c", &[("ab 12 34 56 c", Ssn)]);
    }

    #[test]
    fn accounts_and_licences() {
        check("4111 1111 1111 1111", &[("4111 1111 1111 1111", Account)]);
        check(
            "gb82 west 1234 5698 7654 32 ok",
            &[("gb82 west 1234 5698 7654 32", Account)],
        );
        check("AB1234563", &[("AB1234563", License)]);
        check("1M8GDM9AXKP042788", &[("1M8GDM9AXKP042788", Vehicle)]);
    }

    #[test]
    fn codes_and_places_on_the_globe() {
        check("trial NCT01234567", &[("NCT01234567", OtherId)]);
        check(
            "6f9619ff-8b86-4011-b42d-00cf4fc964ff",
            &[("6f9619ff-8b86-4011-b42d-00cf4fc964ff", OtherId)],
        );
        check("40.7128, -74.0060", &[("40.7128, -74.0060", Geocode)]);
        check(
            "(01)00844588003288(17)141120(21)1234",
            &[("(01)00844588003288(17)141120(21)1234", Device)],
        );
    }
}
