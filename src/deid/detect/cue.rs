//! Identifiers that are named before, or after, they are said: `my member id is
//! …`, `"account_number": …`, `4471 is my pin`; and those that a question asks
//! for, through `expect`.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::finding::{Finding, Strength};
use crate::domain::Category;

use super::Detector;
use super::expect::expected;
use super::value::{Value, chunk, is_year, read};

/// What a cue announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) category: Category,
    pub(super) rule: &'static str,
    /// Fewest digits that its value has.
    pub(super) digits: usize,
    /// Whether its value may be a word without digits, once it is said to be
    /// the value: `the password is …`.
    pub(super) word: bool,
}

const fn kind(category: Category, rule: &'static str, digits: usize) -> Kind {
    Kind {
        category,
        rule,
        digits,
        word: false,
    }
}

const fn word_kind(category: Category, rule: &'static str) -> Kind {
    Kind {
        category,
        rule,
        digits: 3,
        word: true,
    }
}

/// Cues by what they announce. A phrase is also matched with `_`, `-` or
/// nothing between its words, as field names are written.
const CUES: &[(Kind, &[&str])] = &[
    (
        kind(Category::Ssn, "ssn", 3),
        &[
            "ssn",
            "social security number",
            "social security no",
            "social security",
            "social insurance number",
            "social number",
            "my social",
            "your social",
            "the social",
            "her social",
            "his social",
            "itin",
            "tax id",
            "taxpayer id",
            "ni number",
            "national insurance number",
            "national insurance",
            "tin number",
            "ein",
        ],
    ),
    (
        kind(Category::MedicalRecord, "mrn", 3),
        &[
            "mrn",
            "medical record",
            "medical record number",
            "medical records number",
            "medical record no",
            "chart number",
            "chart no",
            "patient id",
            "patient number",
            "patient identifier",
            "hospital number",
            "nhs number",
            "health record number",
            "record number",
            "accession number",
            "accession",
            "specimen id",
            "specimen number",
            "encounter number",
            "encounter id",
            "visit number",
            "visit id",
            "health card number",
            "medical number",
        ],
    ),
    (
        kind(Category::HealthPlan, "health-plan", 4),
        &[
            "member id",
            "member number",
            "membership number",
            "membership id",
            "subscriber id",
            "subscriber number",
            "beneficiary id",
            "beneficiary number",
            "medicare number",
            "medicare id",
            "medicare",
            "medicaid id",
            "medicaid number",
            "medicaid",
            "mbi",
            "hicn",
            "group number",
            "group id",
            "group no",
            "policy number",
            "policy no",
            "policy id",
            "policy",
            "insurance number",
            "insurance id",
            "insurance card number",
            "plan number",
            "plan id",
            "claim number",
            "claim id",
            "claim no",
            "claim",
            "prescription number",
            "prescription no",
            "rx number",
            "rx no",
            "rx bin",
            "rxbin",
            "rx group",
            "pcn",
            "authorization number",
            "auth number",
            "prior authorization number",
            "prior auth number",
            "prior authorization",
            "referral number",
            "referral id",
            "payer id",
            "health plan id",
            "certificate holder number",
            "insured id",
        ],
    ),
    (
        kind(Category::Account, "account", 4),
        &[
            "account number",
            "account no",
            "account id",
            "account",
            "acct",
            "acct number",
            "acct no",
            "acc no",
            "ac no",
            "ac number",
            "a/c",
            "a/c no",
            "a/c number",
            "bank account",
            "card number",
            "credit card",
            "debit card",
            "card no",
            "card ending in",
            "card ending",
            "ending in",
            "cvv",
            "cvc",
            "security code on the card",
            "routing number",
            "routing",
            "sort code",
            "iban",
            "swift",
            "bic",
            "invoice number",
            "invoice no",
            "invoice",
            "order number",
            "order no",
            "order id",
            "order",
            "booking number",
            "booking reference",
            "booking id",
            "booking code",
            "reservation number",
            "reservation code",
            "reservation id",
            "reservation",
            "confirmation number",
            "confirmation code",
            "confirmation id",
            "confirmation no",
            "confirmation",
            "tracking number",
            "tracking id",
            "tracking no",
            "reference number",
            "reference no",
            "reference code",
            "reference id",
            "transaction id",
            "transaction number",
            "receipt number",
            "customer id",
            "customer number",
            "customer no",
            "loyalty number",
            "frequent flyer number",
            "purchase order",
            "billing id",
            "billing number",
            "payment id",
            "statement number",
        ],
    ),
    (
        kind(Category::License, "license", 4),
        &[
            "driver's license number",
            "drivers license number",
            "driver license number",
            "driver's license",
            "drivers license",
            "driver license",
            "driving licence number",
            "driving licence",
            "driving license",
            "license number",
            "licence number",
            "license no",
            "license id",
            "licence no",
            "dl number",
            "dl no",
            "state id",
            "state id number",
            "passport number",
            "passport no",
            "passport",
            "npi",
            "npi number",
            "national provider identifier",
            "dea number",
            "dea",
            "dea registration",
            "certificate number",
            "certification number",
            "provider number",
            "provider id",
            "visa number",
            "green card number",
            "alien number",
            "green card",
            "registration number",
            "gmc number",
            "nmc number",
            "license",
        ],
    ),
    (
        kind(Category::Vehicle, "vehicle", 2),
        &[
            "license plate number",
            "license plate",
            "licence plate",
            "number plate",
            "plate number",
            "plate",
            "plates",
            "tag number",
            "vehicle registration",
            "car registration",
            "vin number",
            "vin",
            "vehicle identification number",
            "chassis number",
            "registration plate",
            "reg number",
            "vehicle id",
        ],
    ),
    (
        kind(Category::Device, "device", 3),
        &[
            "serial number",
            "serial no",
            "serial",
            "device id",
            "device number",
            "device identifier",
            "device serial",
            "device token",
            "lot number",
            "lot no",
            "udi",
            "imei",
            "imei number",
            "meid",
            "iccid",
            "mac address",
            "model and serial",
            "implant number",
            "implant id",
            "pump serial",
            "transmitter id",
            "sensor id",
            "asset tag",
            "push token",
        ],
    ),
    (
        kind(Category::Phone, "phone", 4),
        &[
            "phone number",
            "phone no",
            "phone",
            "telephone number",
            "telephone",
            "cell number",
            "cell phone number",
            "cell phone",
            "cell",
            "mobile number",
            "mobile phone",
            "mobile no",
            "mobile",
            "callback number",
            "call back number",
            "call back at",
            "call me back at",
            "call me at",
            "call you at",
            "call her at",
            "call him at",
            "reach me at",
            "reach me on",
            "reach you at",
            "reach him at",
            "reach her at",
            "contact number",
            "home number",
            "work number",
            "text me at",
            "text me on",
            "call me on",
            "dial",
            "pager",
            "pager number",
            "caller id",
            "number to reach",
            "best number",
            "phone num",
            "contact no",
        ],
    ),
    (
        kind(Category::Phone, "phone-part", 2),
        &["area code", "extension", "ext"],
    ),
    (
        kind(Category::Fax, "fax", 4),
        &[
            "fax number",
            "fax no",
            "fax",
            "facsimile",
            "fax it to",
            "fax to",
        ],
    ),
    (
        kind(Category::Date, "birth", 3),
        &[
            "date of birth",
            "birth date",
            "birthdate",
            "birthday",
            "dob",
            "d o b",
            "d.o.b",
            "d.o.b.",
            "date of death",
            "admission date",
            "discharge date",
            "date of service",
            "date of admission",
            "date of discharge",
            "expiration date",
            "expiry date",
            "expiry",
            "appointment date",
        ],
    ),
    (
        kind(Category::Zip, "zip", 3),
        &[
            "zip code",
            "zip",
            "zip codes",
            "postal code",
            "post code",
            "postcode",
            "pin code",
        ],
    ),
    (
        word_kind(Category::Secret, "secret"),
        &[
            "password",
            "passcode",
            "pass code",
            "passphrase",
            "pin number",
            "pin",
            "security code",
            "verification code",
            "access code",
            "one time code",
            "one-time code",
            "otp",
            "one time password",
            "security answer",
            "secret word",
            "temporary password",
            "login code",
            "two factor code",
            "door code",
            "gate code",
            "alarm code",
            "secret answer",
            "api key",
            "auth code",
            "authentication code",
            "pin no",
        ],
    ),
    (
        word_kind(Category::Username, "username"),
        &[
            "username",
            "user name",
            "user id",
            "userid",
            "screen name",
            "login id",
            "login name",
            "twitter handle",
            "instagram handle",
            "handle is",
            "gamertag",
            "skype id",
            "skype name",
            "login is",
            "twitter",
            "instagram",
            "snapchat",
            "telegram",
            "whatsapp id",
        ],
    ),
    (
        kind(Category::OtherId, "other-id", 3),
        &[
            "id number",
            "id no",
            "id",
            "identification number",
            "identification no",
            "identifier",
            "employee id",
            "employee number",
            "employee no",
            "student id",
            "student number",
            "badge number",
            "badge id",
            "staff id",
            "staff number",
            "case number",
            "case id",
            "case no",
            "ticket number",
            "ticket id",
            "ticket no",
            "ticket",
            "file number",
            "file no",
            "serial code",
            "study id",
            "subject id",
            "subject number",
            "participant id",
            "trial number",
            "protocol number",
            "registration id",
            "barcode",
            "bar code",
            "locker number",
            "session id",
            "call id",
            "conversation id",
            "message id",
            "request id",
            "service request",
            "work order",
            "incident number",
            "incident id",
            "docket number",
            "inmate number",
            "military id",
            "service number",
            "last four digits",
            "last 4 digits",
            "last four",
            "last 4",
            "first four digits",
            "last six digits",
            "last five digits",
            "promo code",
            "coupon code",
            "gift card number",
            "voucher number",
            "voucher code",
            "shipment id",
            "unique id",
            "identity number",
            "aadhaar",
            "aadhaar number",
            "pan card",
            "pan number",
            "guid",
            "uuid",
        ],
    ),
];

/// Words and marks that may stand between a cue and its value.
const FILLERS: &[&str] = &[
    "a",
    "ah",
    "also",
    "be",
    "believe",
    "but",
    "could",
    "either",
    "maybe",
    "might",
    "now",
    "or",
    "probably",
    "remember",
    "think",
    "and",
    "are",
    "as",
    "at",
    "be",
    "been",
    "card",
    "code",
    "currently",
    "digit",
    "digits",
    "ending",
    "ends",
    "er",
    "file",
    "five",
    "for",
    "four",
    "from",
    "given",
    "got",
    "have",
    "her",
    "here",
    "here's",
    "him",
    "his",
    "i",
    "i'd",
    "i've",
    "id",
    "i'll",
    "in",
    "is",
    "it",
    "it's",
    "its",
    "just",
    "last",
    "let",
    "like",
    "listed",
    "me",
    "mine",
    "my",
    "name",
    "no",
    "number",
    "numbers",
    "of",
    "oh",
    "ok",
    "okay",
    "on",
    "one",
    "our",
    "please",
    "right",
    "says",
    "see",
    "should",
    "six",
    "so",
    "start",
    "starts",
    "sure",
    "that",
    "that's",
    "the",
    "then",
    "this",
    "to",
    "uh",
    "um",
    "was",
    "well",
    "which",
    "with",
    "yeah",
    "your",
];

/// Most words and marks between a cue and its value.
const FARTHEST: usize = 10;

/// Finds values by their cues.
#[derive(Debug)]
pub(crate) struct CueDetector {
    cues: AhoCorasick,
    /// The kind of each pattern of `cues`.
    kinds: Vec<Kind>,
}

/// A cue in a turn: indices of its first token and of the one after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) kind: Kind,
    pub(super) first: usize,
    pub(super) after: usize,
}

impl CueDetector {
    pub(crate) fn new() -> Self {
        let mut phrases = Vec::new();
        let mut kinds = Vec::new();
        for (kind, cues) in CUES {
            for cue in *cues {
                for joint in joints(cue) {
                    phrases.push(cue.replace(' ', joint));
                    kinds.push(*kind);
                }
            }
        }
        let cues = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(phrases)
            .expect("the cues are few and short");
        Self { cues, kinds }
    }

    /// The cues of `turn`, in order.
    fn hits(&self, turn: &DocTurn<'_>) -> Vec<Hit> {
        self.cues
            .find_iter(turn.text)
            .filter_map(|m| {
                let end = word_end(turn.text, m.end());
                (starts_word(turn.text, m.start()) && end.is_some()).then_some((m, end?))
            })
            .map(|(m, end)| Hit {
                kind: self.kinds[m.pattern().as_usize()],
                first: turn.tokens.partition_point(|t| t.span.end <= m.start()),
                after: turn.tokens.partition_point(|t| t.span.start < end),
            })
            .collect()
    }
}

/// How the words of a cue may be joined.
fn joints(cue: &str) -> &'static [&'static str] {
    if cue.contains(' ') {
        &[" ", "_", "-", ""]
    } else {
        &[" "]
    }
}

/// Whether a word begins at `at`; a capital after a small letter begins one
/// (`patientMrn`).
fn starts_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let here = text[at..].chars().next();
    match before {
        Some(b) if b.is_alphanumeric() => b.is_lowercase() && here.is_some_and(char::is_uppercase),
        _ => true,
    }
}

/// The end of the word that ends at `at`, a plural's or possessive's ending
/// included; `None` inside a longer word.
fn word_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let suffix = ["'s", "s", ""].iter().find(|s| {
        rest.strip_prefix(**s)
            .is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    })?;
    Some(at + suffix.len())
}

impl Detector for CueDetector {
    fn detect(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        let mut asked: Vec<(usize, Kind)> = Vec::new();
        for (index, turn) in document.turns.iter().enumerate() {
            let hits = self.hits(turn);
            expected(document, index, !hits.is_empty(), &mut asked, out);
            for hit in &hits {
                let values = announced(turn, hit);
                if values.is_empty() {
                    asked.push((index, hit.kind));
                }
                out.extend(values.into_iter().map(|v| cued(index, v, hit.kind)));
            }
        }
    }
}

/// The finding of a value that `kind` announced.
pub(super) fn cued(turn: usize, span: Range<usize>, kind: Kind) -> Finding {
    Finding {
        turn,
        span,
        category: kind.category,
        detector: "cue",
        rule: kind.rule,
        strength: Strength::Cued,
        confidence: 0.9,
    }
}

/// The values that `hit` announces, after it or before it.
fn announced(turn: &DocTurn<'_>, hit: &Hit) -> Vec<Range<usize>> {
    let Some((first, next)) = after(turn, hit) else {
        return before(turn, hit).into_iter().collect();
    };
    let mut values = vec![first];
    let mut next = next;
    while values.len() < FARTHEST
        && let Some(value) = alternative(turn, next).filter(|v| suffices(turn, v, hit.kind))
    {
        next = value.next;
        values.push(value.span);
    }
    values
}

/// Another value of the same kind: `4471 or maybe 4417`.
fn alternative(turn: &DocTurn<'_>, from: usize) -> Option<Value> {
    let joined = turn.tokens.get(from)?;
    if !is_one_of(&turn.text[joined.span.clone()], &["or", "and", "but"]) {
        return None;
    }
    for at in (from..turn.tokens.len()).take(FARTHEST) {
        if let Some(value) = read(turn, at) {
            return Some(value);
        }
        if !is_filler(turn.word(at)) && turn.word(at) != "," {
            return None;
        }
    }
    None
}

/// The first value after `hit`, and the token after that.
fn after(turn: &DocTurn<'_>, hit: &Hit) -> Option<(Range<usize>, usize)> {
    let mut linked = false;
    let mut since = false;
    for at in (hit.after..turn.tokens.len()).take(FARTHEST) {
        if let Some(value) = read(turn, at).filter(|v| suffices(turn, v, hit.kind)) {
            let bare_year = since && is_year(&turn.text[value.span.clone()]);
            return (!bare_year).then_some((value.span, value.next));
        }
        let word = turn.word(at);
        if hit.kind.word && linked && turn.tokens[at].kind == TokenKind::Word && !is_filler(word) {
            return chunk(turn, at).map(|c| (c.span, c.tokens.end));
        }
        if !(is_filler(word) || turn.tokens[at].kind == TokenKind::Mark && word != "\u{1}") {
            return None;
        }
        since = is_one_of(word, &["in", "from"]);
        linked = is_one_of(word, &["is", "was", ":", "=", "it's", "be"]);
    }
    None
}

/// Whether `value` is long enough for `kind`; letters make a short one certain.
fn suffices(turn: &DocTurn<'_>, value: &Value, kind: Kind) -> bool {
    let text = &turn.text[value.span.clone()];
    let lettered = text.bytes().any(|b| b.is_ascii_alphabetic());
    value.digits >= kind.digits || lettered && value.digits >= 3
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|w| w.eq_ignore_ascii_case(word))
}

fn is_filler(word: &str) -> bool {
    is_one_of(word, FILLERS)
}

/// `4471 is my pin`, `4471 as the extension`.
fn before(turn: &DocTurn<'_>, hit: &Hit) -> Option<Range<usize>> {
    let mut at = hit.first.checked_sub(1)?;
    if is_one_of(turn.word(at), &["my", "the", "your", "his", "her", "our"]) {
        at = at.checked_sub(1)?;
    }
    if !is_one_of(turn.word(at), &["is", "are", "was", "were", "as", "for"]) {
        return None;
    }
    let mut first = at.checked_sub(1)?;
    while first > 0 && at - first < FARTHEST && is_group(turn, first - 1) {
        first -= 1;
    }
    read(turn, first)
        .filter(|v| v.next == at && suffices(turn, v, hit.kind))
        .map(|v| v.span)
}

fn is_group(turn: &DocTurn<'_>, at: usize) -> bool {
    turn.tokens[at].kind == TokenKind::Number || turn.word(at) == "-"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::tests::conversation;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Category)]) {
        let raw = conversation(&[text]);
        let mut found = Vec::new();
        CueDetector::new().detect(&Document::new(&raw), &mut found);
        let found: Vec<_> = found
            .iter()
            .map(|f| (&text[f.span.clone()], f.category))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn cues_name_what_follows() {
        use Category::*;
        check("my MRN is 4471", &[("4471", MedicalRecord)]);
        check("member id: XK 99120 ok", &[("XK 99120", HealthPlan)]);
        check("last 4 of my social are 2210", &[("2210", Ssn)]);
        check("{\"account_number\":\"00912\"}", &[("00912", Account)]);
        check("{\"memberId\": 81230}", &[("81230", HealthPlan)]);
        check("the password is tulips", &[("tulips", Secret)]);
        check("plate is KDJ 4471", &[("KDJ 4471", Vehicle)]);
        check("extension 4471", &[("4471", Phone)]);
        check(
            "my pin is either 4471 or 7720",
            &[("4471", Secret), ("7720", Secret)],
        );
        check("claim no is ydf 281", &[("ydf 281", HealthPlan)]);
        check("7720 is my pin", &[("7720", Secret)]);
        check("dob 5 , 7 , 1961", &[("5 , 7 , 1961", Date)]);
    }

    #[test]
    fn a_cue_alone_finds_nothing() {
        check("i was spinning 4471 times", &[]);
        check("your order of 2 refills", &[]);
        check("i've had this policy since 2015", &[]);
        check("is the account active in 2019", &[]);
        check("take the pill and call me", &[]);
        check("did your pin work", &[]);
    }
}
