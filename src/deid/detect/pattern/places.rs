//! Street addresses, units, boxes and postal codes
//! (45 CFR 164.514(b)(2)(i)(B)).

mod street;

use super::super::units::is_quantity;
use super::{Hit, Rule, Strength, Verdict, accept};
use crate::deid::word::{Words, words};
use crate::domain::Category;
use street::street_name;

pub(super) use street::{NOT_NAMES, street};

pub(super) const fn rule(
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
        "address",
        "street",
        Category::Address,
        r"\b(?:(?:flat|apartment|apt\.?|unit|suite)\s[0-9]{1,5}[a-z]?,?\s)?[0-9]{1,6}[a-z]?,?\s(?:(?:[nsew]\.?|north|south|east|west|northeast|northwest|southeast|southwest|ne|nw|se|sw)\s)?(?:(?:saint|st\.?|mt\.?|[0-9]{1,3}(?:st|nd|rd|th)|[a-z'’.\-]{2,20})\s){1,3}?(?:street|st|avenue|ave|av|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|circle|cir|place|pl|parkway|pkwy|highway|hwy|terrace|ter|crescent|square|sq|way|trail|trl|close|gardens|mews|row|walk|hill|grove|alley|loop|turnpike|pike|quay|parade|landing|crossing|cove|glen|manor|meadows|plaza|commons|vista|causeway|esplanade|expressway|freeway|ridge|heights|pointe|bend|knoll|tce|cres|cresc|pde|cct|bvd|gdns|hts|wharf|cottages|wynd|brae|croft)\b\.?(?:,?\s?(?:apt\.?|apartment|unit|suite|ste\.?|floor|fl\.?|room|rm\.?|flat|\x23)\s?\x23?[0-9]{0,5}[a-z]?\b)?",
        street,
    ),
    rule(
        "address",
        "numbered-street",
        Category::Address,
        r"\b[0-9]{1,6}\s(?:(?:[nsew]\.?|north|south|east|west)\s)?[0-9]{1,3}(?:st|nd|rd|th)\s(?:street|st|avenue|ave|road|rd|place|pl|court|ct|drive|dr|lane|ln|terrace|way)\b\.?",
        accept,
    ),
    rule(
        "address",
        "ordinal-street",
        Category::Address,
        r"\b[0-9]{1,3}(?:st|nd|rd|th)\s(?:street|avenue|ave|st|blvd)\b",
        accept,
    ),
    rule(
        "address",
        "street-words",
        Category::Address,
        r"\b(?:<NUMBERWORD>[\s,\-]{1,2}){1,5}(?:(?:um|uh),?\s)?[a-z'’\-]{3,30}(?:\s[a-z'’\-]{3,20})??\s(?:street|avenue|road|boulevard|lane|crescent|terrace|drive|court|place|close|gardens|circle|parkway|highway|way|trail|turnpike|landing|crossing|cove|glen|manor|meadows|plaza|commons|vista|causeway|esplanade|expressway|freeway|ridge|heights)\b(?:,?\s(?:apt\.?|apartment|unit|suite|floor|room|flat|box)\s(?:number\s)?(?:(?:<NUMBERWORD>|[0-9]{1,5}|[a-z])\b\s?){0,4}(?:(?:<NUMBERWORD>|[0-9]{1,5}|[a-z])\b))?",
        street,
    ),
    rule(
        "address",
        "street-name",
        Category::Address,
        r"\b(?:on|at|off|near|down|along|onto|to|from)\s([a-z'’\-]{3,20}(?:\s[a-z'’\-]{3,20})??\s(?:street|avenue|ave|road|boulevard|blvd|parkway|highway|turnpike))\b",
        street_name,
    ),
    rule(
        "address",
        "box",
        Category::Address,
        r"\bp\.?\s?o\.?\s?box\s?\x23?\s?(?:[0-9]{2,7}|[0-9](?:(?:\s?[.,\-])?\s[0-9]\b){0,6})\b",
        accept,
    ),
    rule(
        "address",
        "unit",
        Category::Address,
        r"\b(?:apt\.?|apartment|suite|ste\.?|flat)\s?(?:number\s|no\.?\s|\x23)?\s?[0-9]{1,5}(?:/[0-9]{1,3}|\s?[a-z])?\b",
        flat_fee,
    ),
    rule(
        "address",
        "route",
        Category::Address,
        r"\b(?:(?:rural\s)?(?:highway|hwy|route|rte|interstate|county\sroad|exit|mile\smarker)\s(?:[0-9]{1,4}|<NUMBERWORD>(?:\s<NUMBERWORD>){0,3})|(?:i|us|sr|fm)-[0-9]{2,4})\b",
        route,
    ),
    rule(
        "geocode",
        "words",
        Category::Geocode,
        r"\b(?:(?:minus|negative)\s)?<DEGREES>\spoint(?:,?\s(?:(?:uh|um),?\s)?(?:double\s|triple\s)?(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)){4,8}\b(?:\s(?:degrees\s)?(?:north|south|east|west)\b)?",
        accept,
    ),
    rule(
        "geocode",
        "plus-code",
        Category::Geocode,
        r"\b[2-9cfghjmp-rvwx]{4,8}\+[2-9cfghjmp-rvwx]{2,3}\b",
        plus_code,
    ),
    rule(
        "geocode",
        "single",
        Category::Geocode,
        r"[+\-]?\b(?:1[0-7][0-9]|[1-9][0-9]?)\.[0-9]{4,8}\b(?:\s?°?\s?[nsew]\b)?",
        degrees,
    ),
    rule(
        "zip",
        "after-state",
        Category::Zip,
        r"\b<STATE>\b\.?,?\s{1,2}([0-9]{5}(?:-[0-9]{4})?)\b",
        after_state,
    ),
    rule(
        "zip",
        "after-street",
        Category::Zip,
        r"\b(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|circle|place|pl|parkway|pkwy|highway|hwy|terrace|way|apt|unit|suite)\b\.?,?(?:\s\x23?[a-z0-9.]{1,15},?){0,4}?\s([0-9]{5}(?:-[0-9]{4})?)\b",
        accept,
    ),
    rule(
        "zip",
        "plus-four",
        Category::Zip,
        r"\b[0-9]{5}-[0-9]{4}\b",
        accept,
    ),
    rule(
        "zip",
        "uk-postcode",
        Category::Zip,
        r"\b(?:gir\s?0aa|[a-pr-uwyz][a-hk-y]?[0-9][a-hjkmnpr-y0-9]?\s?[0-9][abd-hjlnp-uw-z]{2})\b",
        postcode,
    ),
    rule(
        "zip",
        "canadian",
        Category::Zip,
        r"\b[abceghj-nprstvxy][0-9][abceghj-nprstv-z]\s?-?[0-9][abceghj-nprstv-z][0-9]\b",
        accept,
    ),
];

/// A flat by its number, and no price that is the same for all: `a [flat ninety]`.
fn flat_fee(hit: &Hit<'_>) -> Option<Verdict> {
    let fee = hit.found().starts_with(['f', 'F']) && words!["a"].lists(hit.word_before());
    hit.when(!fee)
}

/// A road by its number, and not how a drug is taken, or how far or often: `by oral
/// route two times`, `exit five minutes ago`.
fn route(hit: &Hit<'_>) -> Option<Verdict> {
    const WAYS: Words = words![
        "buccal",
        "im",
        "intramuscular",
        "intravenous",
        "iv",
        "nasal",
        "oral",
        "parenteral",
        "rectal",
        "subcutaneous",
        "sublingual",
        "topical",
        "transdermal",
        "vaginal",
    ];
    const COUNTED: Words = words![
        "blocks", "days", "dose", "doses", "hours", "lanes", "miles", "minutes", "months", "ramps",
        "time", "times", "weeks", "years",
    ];
    let taken =
        hit.found().starts_with(['r', 'R']) && WAYS.lists(&hit.word_before().to_lowercase());
    let worded = hit.found().ends_with(char::is_alphabetic);
    hit.when(!(taken || worded && COUNTED.lists(hit.word_after())))
}

/// An open location code, which has letters and digits: `8fw4v7+2x`.
fn plus_code(hit: &Hit<'_>) -> Option<Verdict> {
    let letters = hit.found().bytes().any(|b| b.is_ascii_alphabetic());
    let digits = hit.found().bytes().any(|b| b.is_ascii_digit());
    hit.when(letters && digits)
}

/// Degrees: with four decimals or more, hardly anything else.
fn degrees(hit: &Hit<'_>) -> Option<Verdict> {
    let joined = hit.after().starts_with(['.', '/']) || hit.before().ends_with(['.', '/', '$']);
    hit.when(!joined && !is_quantity(hit.text, hit.span.end))
}

/// A ZIP code after a state; a state's code that is a word must be in capitals.
fn after_state(hit: &Hit<'_>) -> Option<Verdict> {
    let state = hit.word_before();
    let word = words![
        "in", "or", "me", "hi", "ok", "oh", "la", "ma", "pa", "id", "de", "co", "al", "ca", "mo",
        "md", "ms", "mi",
    ]
    .lists(state);
    let weak = words!["in", "or", "me", "hi", "ok", "oh", "id", "mi"].lists(state);
    let capital = state.bytes().all(|b| b.is_ascii_uppercase());
    let round = hit.found().ends_with("000");
    hit.when(capital || !(weak || word && round))
}

/// A postcode of a real postal area, not a vitamin and a dose.
fn postcode(hit: &Hit<'_>) -> Option<Verdict> {
    const AREAS: &str = " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GIR GL GU HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE GY ";
    let area: String = hit
        .found()
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    hit.when(AREAS.contains(&format!(" {area} ")))
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::domain::Category::*;

    #[test]
    fn street_addresses() {
        check("at 12 Elm Street, ok", &[("12 Elm Street", Address)]);
        check(
            "4410 n old mill rd apt 4b",
            &[("4410 n old mill rd apt 4b", Address)],
        );
        check(
            "flat 3, 14 Kings Mews",
            &[("flat 3, 14 Kings Mews", Address)],
        );
        check("200 W 5th Ave", &[("200 W 5th Ave", Address)]);
        check("it was in 2019 at St. Odras", &[]);
        check("Apt 4 since 2010", &[("Apt 4", Address)]);
        check(
            "sixty two Quarry Road",
            &[("sixty two Quarry Road", Address)],
        );
        check("i live on 32nd street", &[("32nd street", Address)]);
        check("i fell on quarry road", &[("quarry road", Address)]);
        check(
            "at fifty one kestrel terrace unit twenty nine d",
            &[("fifty one kestrel terrace unit twenty nine d", Address)],
        );
        check("51 Kestrel Landing", &[("51 Kestrel Landing", Address)]);
        check(
            "it's 419 second place now",
            &[("419 second place", Address)],
        );
        check(
            "it is seventy one short avenue",
            &[("seventy one short avenue", Address)],
        );
        check("PO Box 4471", &[("PO Box 4471", Address)]);
        check(
            "p o box 3 . 1 . 2 . 9 now",
            &[("p o box 3 . 1 . 2 . 9", Address)],
        );
        check(
            "it's p o box 4, 9, 2, 8.",
            &[("p o box 4, 9, 2, 8", Address)],
        );
    }

    #[test]
    fn fees_and_sentences_are_no_addresses() {
        check("plus fuel it's a flat 90", &[]);
        check("wait 60 seconds before you place it", &[]);
        check("call nine one one don't drive", &[]);
        check("flat 2/1, upstairs", &[("flat 2/1", Address)]);
    }

    #[test]
    fn places_on_the_globe() {
        check(
            "pin at forty point seven one two eight north",
            &[("forty point seven one two eight north", Geocode)],
        );
        check(
            "minus one hundred and nineteen point three oh four four",
            &[(
                "minus one hundred and nineteen point three oh four four",
                Geocode,
            )],
        );
        check("at 8FW4V7Q2+2X", &[("8FW4V7Q2+2X", Geocode)]);
        check("2222+33", &[]);
        check("-104.9903 ok", &[("-104.9903", Geocode)]);
        check("an inr of two point three and 1.25 mg", &[]);
        check("it weighs 12.3456 kilograms", &[]);
    }

    #[test]
    fn postal_codes() {
        check("Tempe, AZ 85281", &[("85281", Zip)]);
        check("in texas 78701-1234", &[("78701-1234", Zip)]);
        check(
            "9 elm street dover 19901",
            &[("9 elm street", Address), ("19901", Zip)],
        );
        check("sw1a 1aa please", &[("sw1a 1aa", Zip)]);
        check("in 10000 steps", &[]);
    }

    #[test]
    fn ways_that_are_no_addresses() {
        for text in [
            "2 weeks down the road",
            "a 10 minute drive",
            "b12 2 mg",
            "it was a 3 hr drive",
            "walked 20 min. Ct was tired",
            "about 1 mm ST elevation",
            "5 of the court",
            "walking on the street",
            "one long road",
        ] {
            check(text, &[]);
        }
    }
}
