//! Reads values at tokens: chunks such as `r-4471`, and runs of chunks as
//! people write identifiers (`kjh 456`, `8 4 3 1 8`, `5 , 7 , 1961`).

use std::ops::Range;

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::word::{Key, Words, words};

use super::measures::{charts, is_charted_after_replaced, is_name_with_digits};
use super::units::{is_price, is_quantity, is_unit};

/// Tokens without white space between them, marks only inside.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    /// Indices of its tokens.
    pub(super) tokens: Range<usize>,
    /// Bytes of the turn.
    pub(super) span: Range<usize>,
}

/// A run of chunks that reads as one identifier.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    /// Bytes of the turn.
    pub(super) span: Range<usize>,
    /// How many digits it has.
    pub(super) digits: usize,
    /// The token after it.
    pub(super) next: usize,
}

/// Most chunks of one value, and most tokens of one chunk: what is longer is
/// read in parts, so that reading stays linear in the text.
const LONGEST: usize = 64;

/// The chunk that begins at token `i`, which is not a mark.
pub(super) fn chunk(turn: &DocTurn<'_>, i: usize) -> Option<Chunk> {
    let tokens = &turn.tokens;
    if tokens.get(i)?.kind == TokenKind::Mark {
        return None;
    }
    let adjacent = |a: usize| {
        tokens
            .get(a + 1)
            .is_some_and(|next| next.span.start == tokens[a].span.end)
    };
    let mut last = i;
    while adjacent(last) && last - i < LONGEST {
        if tokens[last + 1].kind != TokenKind::Mark {
            last += 1;
        } else if joins(turn.word(last + 1))
            && adjacent(last + 1)
            && tokens[last + 2].kind != TokenKind::Mark
        {
            last += 2;
        } else {
            break;
        }
    }
    Some(Chunk {
        tokens: i..last + 1,
        span: tokens[i].span.start..tokens[last].span.end,
    })
}

fn joins(mark: &str) -> bool {
    matches!(
        mark,
        "!" | "$" | "-" | "_" | "/" | "." | "+" | "#" | "&" | ":" | "*" | "@"
    )
}

impl Chunk {
    /// Its text.
    pub(super) fn text<'a>(&self, turn: &DocTurn<'a>) -> &'a str {
        &turn.text[self.span.clone()]
    }

    /// Its text as a word.
    fn key(&self, turn: &DocTurn<'_>) -> Key {
        Key::at(turn.text, self.span.start, self.span.end)
    }

    /// Whether it could be an identifier or a part of one: it has a digit and
    /// is no quantity, price, ordinal or decade.
    pub(super) fn is_code(&self, turn: &DocTurn<'_>) -> bool {
        let text = self.text(turn);
        text.bytes().any(|b| b.is_ascii_digit())
            && !pieces(text).all(is_measured)
            && !is_quantity(turn.text, self.span.end)
            && !is_price(turn.text, self.span.start)
            && !is_name_with_digits(text)
    }

    /// Whether it is written in capitals where other words are not.
    fn is_shouted(&self, turn: &DocTurn<'_>) -> bool {
        let text = self.text(turn);
        text.len() > 1
            && text.bytes().all(|b| b.is_ascii_uppercase())
            && turn.text.bytes().any(|b| b.is_ascii_lowercase())
    }

    /// Letters only, as few as a prefix or an ending has: `kjh 456`, `123 abc`.
    fn is_affix(&self, turn: &DocTurn<'_>) -> bool {
        let text = self.text(turn);
        text.len() <= 3
            && text.bytes().all(|b| b.is_ascii_alphabetic())
            && (!FUNCTION_WORDS.has(self.key(turn))
                || self.is_shouted(turn)
                || is_stray_article(turn, self.tokens.start))
            && !is_unit(self.key(turn))
            && !LABELS.has(self.key(turn))
            && !CHAT.has(self.key(turn))
    }
}

/// Whether token `i` is an `an` that cannot be the article of the long number
/// after it: `passport [an] 5519027`, but `an 80000`.
pub(super) fn is_stray_article(turn: &DocTurn<'_>, i: usize) -> bool {
    const SHORTEST: usize = 6;
    if !turn.is_of(i, words!["an"]) {
        return false;
    }
    let number = turn
        .tokens
        .get(i + 1)
        .filter(|t| t.kind == TokenKind::Number);
    number.is_some_and(|number| {
        let digits = &turn.text[number.span.clone()];
        digits.len() >= SHORTEST && !["8", "11", "18"].iter().any(|n| digits.starts_with(n))
    })
}

/// The parts of a chunk between marks.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|piece| !piece.is_empty())
}

/// Most digits of what is so many times, or thousands: `20x`, `150k`.
const MOST_TIMES: usize = 4;

/// Most digits of what a letter measures: `5000m`.
const MOST_MEASURED: usize = 5;

/// Digits with a unit, an ordinal's ending, `am`, `pm`, or the `s` of a decade.
pub(super) fn is_measured(piece: &str) -> bool {
    let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &piece[digits..];
    digits > 0
        && !rest.is_empty()
        && (is_unit(Key::of(rest)) && (rest.len() > 1 || digits <= MOST_MEASURED)
            || words!["st", "nd", "rd", "th", "am", "pm", "s", "ish"].lists(rest)
            || is_times(&piece[..digits], rest))
}

/// Whether `digits` are so many times, or thousands, as `rest` says: `20x`,
/// `150k`; four digits are round.
fn is_times(digits: &str, rest: &str) -> bool {
    let round = digits.len() < MOST_TIMES || digits.ends_with('0');
    digits.len() <= MOST_TIMES && round && !digits.starts_with('0') && words!["x", "k"].lists(rest)
}

/// Short words that are never the letters of an identifier.
const FUNCTION_WORDS: Words = words![
    "a", "age", "ago", "all", "am", "an", "and", "any", "are", "as", "at", "bad", "be", "big",
    "but", "by", "can", "day", "did", "do", "dr", "due", "for", "get", "go", "got", "had", "has",
    "he", "her", "hi", "him", "his", "how", "i", "if", "in", "is", "it", "its", "just", "let",
    "low", "man", "may", "me", "mr", "ms", "my", "new", "no", "not", "now", "of", "off", "oh",
    "ok", "old", "on", "one", "or", "our", "out", "own", "pm", "put", "say", "see", "she", "so",
    "ten", "the", "to", "too", "try", "two", "uh", "um", "up", "us", "use", "was", "way", "we",
    "who", "why", "yes", "yet", "you", "myself", "under", "yourself", "mine", "hers", "yours",
];

/// What a number is called in short, and is no part of it: `tel 020`, `ssn 900`.
const LABELS: Words = words![
    "aadhaar", "aadhar", "acc", "acct", "aka", "amt", "apt", "bvn", "cell", "chi", "crn", "cvc",
    "cvv", "dl", "dob", "ein", "exp", "expires", "expiry", "ext", "fax", "gprn", "group", "hosp",
    "mob", "mobile", "mprn", "mrn", "nhs", "ni", "nin", "npi", "otp", "ph", "phone", "pin", "pnr",
    "policy", "reg", "rego", "rx", "sin", "sry", "ssn", "state", "tel", "tfn", "tin", "typo",
    "uhid", "utr", "vat", "vin", "ya", "yep", "yup", "zip"
];

/// What chats shorten, in few letters, after a number as after all else.
const CHAT: Words = words![
    "bro", "btw", "bye", "cos", "cuz", "hun", "idk", "imo", "lmk", "lol", "luv", "mam", "nvm",
    "omg", "pls", "plz", "sir", "sry", "tbh", "tho", "thx", "tks", "tnx", "wbu", "xxx", "yea",
];

/// Whether `key` is what a number is called in short.
pub(in crate::deid) fn is_label(key: Key) -> bool {
    LABELS.has(key)
}

/// Whether `word` is short and never the letters of an identifier.
pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.lists(word)
}

/// Reads the value that begins at token `i`, if one does.
pub(super) fn read(turn: &DocTurn<'_>, i: usize) -> Option<Value> {
    if turn.shape.digits == 0 {
        return None;
    }
    if !turn.replaced.is_nothing() && is_charted_after_replaced(turn, i) {
        return None;
    }
    if is_after_form(turn, i) {
        return None;
    }
    let mut value: Option<Value> = None;
    let mut at = i;
    for _ in 0..LONGEST {
        if value
            .as_ref()
            .is_some_and(|value| is_new_line(turn, value.span.end, at))
        {
            break;
        }
        let Some(chunk) = chunk(turn, at) else {
            match continued(turn, at, value.as_ref()) {
                Some(next) => at = next,
                None => break,
            }
            continue;
        };
        let next = chunk.tokens.end;
        let ends = value.is_some() && (closes(turn, next) || chunk.is_shouted(turn));
        let charted = value.is_some() && charts(turn, at);
        let affix = chunk.is_affix(turn) && !charted && (ends || follows_code(turn, next))
            || value.is_none() && begins_in_turns(turn, &chunk);
        let check = value.is_some() && is_checked(chunk.text(turn));
        if !(chunk.is_code(turn) || affix || check) {
            break;
        }
        let digits = chunk.text(turn).bytes().filter(u8::is_ascii_digit).count();
        at = chunk.tokens.end;
        let value = value.get_or_insert(Value {
            span: chunk.span.clone(),
            digits: 0,
            next: at,
        });
        value.span.end = chunk.span.end;
        value.digits += digits;
        value.next = at;
    }
    value.filter(|v| v.digits > 0)
}

/// Whether token `i` is what many others have as well: the number of a form, of
/// an error, of a billed service: `form [DS-3053]`, `cpt [97110]`.
pub(crate) fn is_after_form(turn: &DocTurn<'_>, i: usize) -> bool {
    const SHARED: Words = words![
        "cpt",
        "error",
        "form",
        "forms",
        "hcpcs",
        "icd",
        "model",
        "modifier",
        "modifiers",
        "version",
    ];
    let shared = |i: usize| turn.is_of(i, SHARED);
    // `cpt 97110 and [97140]`, `error code [0x1f]`
    let listed = i > 2
        && turn.is_of(i - 1, words!["and", "or", ","])
        && turn.tokens[i - 2].kind == TokenKind::Number;
    let coded = i > 1 && turn.is_of(i - 1, words!["code", "codes"]);
    i > 0 && (shared(i - 1) || coded && shared(i - 2) || listed && shared(i - 3))
}

/// Whether `text` is digits and an `X` for the last, where others have a digit: `337X`.
fn is_checked(text: &str) -> bool {
    let digits = text.strip_suffix('X');
    digits.is_some_and(|d| d.len() > 1 && d.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether token `at` begins a line after byte `end`: forms are filled in by lines.
fn is_new_line(turn: &DocTurn<'_>, end: usize, at: usize) -> bool {
    let next = turn.tokens.get(at);
    next.is_some_and(|next| turn.text[end..next.span.start].contains('\n'))
}

/// Whether the turn ends before token `at`, or with the mark there.
fn closes(turn: &DocTurn<'_>, at: usize) -> bool {
    let count = turn.tokens.len();
    at == count || at + 1 == count && turn.tokens[at].kind == TokenKind::Mark
}

/// Whether `first`, a letter that is a word too, begins letters and digits in
/// turn: `a 2 cs 51`.
fn begins_in_turns(turn: &DocTurn<'_>, first: &Chunk) -> bool {
    let digits = |at: usize| chunk(turn, at).filter(|c| is_short_number(c.text(turn)));
    let letters = |at: usize| chunk(turn, at).filter(|c| c.is_affix(turn));
    let text = first.text(turn);
    text.len() == 1
        && text.bytes().all(|b| b.is_ascii_alphabetic())
        && digits(first.tokens.end)
            .and_then(|second| letters(second.tokens.end))
            .and_then(|third| digits(third.tokens.end))
            .is_some()
}

fn is_short_number(text: &str) -> bool {
    text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit())
}

fn follows_code(turn: &DocTurn<'_>, at: usize) -> bool {
    chunk(turn, at).is_some_and(|next| next.is_code(turn))
}

/// The token after a mark that may stand between the groups of one value.
fn continued(turn: &DocTurn<'_>, at: usize, value: Option<&Value>) -> Option<usize> {
    let mark = turn.tokens.get(at)?;
    let inside = value.is_some() && matches!(&turn.text[mark.span.clone()], "," | "-" | "." | "/");
    let number = turn.tokens.get(at + 1)?.kind == TokenKind::Number;
    (inside && number && follows_code(turn, at + 1)).then_some(at + 1)
}

/// A year by its shape: what a cue such as `account since` does not make an
/// identifier.
pub(crate) fn is_year(text: &str) -> bool {
    text.len() == 4
        && text
            .parse::<u16>()
            .is_ok_and(|year| (1900..=2049).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::document::Document;
    use crate::deid::tests::conversation;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let raw = conversation(&[text]);
        let document = Document::new(&raw);
        let read = read(&document.turns[0], 0).map(|v| &text[v.span]);
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        check("12345.", Some("12345"));
        check("r-4471 and", Some("r-4471"));
        check("kjh 456 please", Some("kjh 456"));
        check("8 4 3 1 8", Some("8 4 3 1 8"));
        check("5 , 7 , 1961 .", Some("5 , 7 , 1961"));
        check("732 e 15", Some("732 e 15"));
        check("123 abc", Some("123 abc"));
        check("3-8-4-9-2-0", Some("3-8-4-9-2-0"));
        check("a 2 cs 51", Some("a 2 cs 51"));
        check("417 QEK as i said", Some("417 QEK"));
        check("SAY 417 it says", Some("SAY 417"));
        check("417 qek.", Some("417 qek"));
        check("417 and so on", Some("417"));
        check("4417\n3. the next", Some("4417"));
        check("204 881 337X is it", Some("204 881 337X"));
        check("561 btw", Some("561"));
        check("tel 07700", None);
        check("an 5519027 it says", Some("an 5519027"));
        check("an 800000", None);
        check("7702k yes", Some("7702k"));
        check("1500k", None);
        check("a 2 mg 3 times", None);
        check("98286697 m is it", Some("98286697"));
        check("88213 ldl 131 hdl 40", Some("88213"));
        check("3/14/58 bp 142/88", Some("3/14/58"));
    }

    #[test]
    fn quantities_are_no_values() {
        check("500 mg", None);
        check("500mg", None);
        check("3 times a day", None);
        check("2nd", None);
        check("1990s", None);
        check("the 12345", None);
        check("120 over 80", None);
    }
}
