//! Letters beside a removed number: `a`, which is a word too, and letters that
//! make no word.

use super::super::atom::{Kind, Line};
use super::super::clause::breaks_off;
use super::super::words::class;
use crate::domain::Category;

/// A cue for the number that `is a` tells is at most this many atoms before it.
const CUE_WITHIN: usize = 6;

/// `the number is a [ACCOUNT_1]`, `a, [LICENSE_1]`, `three a um [ID_1]`: `a` that
/// begins what was removed at `i`, and no article.
pub(super) fn begins_with_a(line: &Line, category: Category, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else {
        return false;
    };
    // No article stands before a mark.
    let marked = matches!(line.mark(before), Some(',' | '.'));
    let at = if marked || line.is_filler(before) {
        before.wrapping_sub(1)
    } else {
        before
    };
    let only = is_only_a_number(category);
    // `it's a [LICENSE_1]`
    let is = || matches!(line.word_before(at), "is" | "it's" | "be" | "show");
    let copula = || only && (is() || breaks_off(line, i + 1));
    let named = || only || category == Category::Username || breaks_off(line, i + 1);
    line.word(at) == "a" && (marked || copula() || is_told(line, at) && named())
}

/// `i [ACCOUNT_1], okay`, `we [ID_1]`, `yeah oh [DEVICE_1]`: what before a number
/// is no verb, and so a letter or a digit as it sounds.
pub(super) fn begins_with_sound(line: &Line, category: Category, i: usize) -> bool {
    let hesitates = i > 1 && line.is_filler(i - 1);
    let at = i.wrapping_sub(1 + usize::from(hesitates));
    let before = line.word(at);
    let only = is_only_a_number(category);
    match before {
        // `i [ID_1] is that correct`: what was said there was removed too.
        "i" | "we" => has_letters(category) && line.word(i + 1) != "is" && breaks_off(line, i + 1),
        "oh" | "o" => only,
        "ate" => true,
        "too" => only && !matches!(line.word_before(at), "me" | "you" | "one" | "that"),
        "mr" | "mrs" | "ms" | "dr" => true,
        _ => false,
    }
}

/// Whether nobody says what of `category` is removed with an article.
pub(super) const fn is_only_a_number(category: Category) -> bool {
    matches!(
        category,
        Category::Phone
            | Category::Fax
            | Category::Ssn
            | Category::MedicalRecord
            | Category::HealthPlan
            | Category::Account
            | Category::License
            | Category::Device
            | Category::Ip
            | Category::Biometric
    )
}

/// Whether numbers of `category` may begin with a letter.
const fn has_letters(category: Category) -> bool {
    !matches!(
        category,
        Category::Geocode | Category::Ip | Category::Url | Category::Email | Category::Secret
    )
}

/// Whether a number may begin at `at`, and no noun.
pub(super) fn is_told(line: &Line, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return true;
    };
    let cued = || {
        let near = at.saturating_sub(CUE_WITHIN)..before;
        near.into_iter()
            .any(|cue| line.is_class(cue, class::CUE | class::ASKS))
    };
    let word = line.word(before);
    // `got it u [ID_2]`
    word == "it" && line.word_before(before) == "got"
        || line.is_class(before, class::CUE | class::NUMBER)
        || line.is_digits(before)
        || line.mark(before).is_some()
        || word.len() == 1
        || matches!(word, "is" | "was" | "be" | "it's") && cued()
        || matches!(
            word,
            "okay"
                | "ok"
                | "yes"
                | "yeah"
                | "sure"
                | "sorry"
                | "thanks"
                | "here"
                | "back"
                | "no"
                | "wait"
        )
}

/// `a for [ID_1]`, `[DEVICE_2] a for apple`: a letter told by a word, beside what was
/// removed at `i`.
pub(super) fn is_spelled_beside(line: &Line, i: usize) -> bool {
    let letter = |at: usize| line.word(at).len() == 1 && line.word(at) != "i";
    let begins = i > 2 && line.word(i - 1) == "for" && letter(i - 2);
    let told = |at: usize| {
        let word = line.word(at + 1) == "for" && line.word(at + 2).starts_with(line.word(at));
        letter(at) && word && line.word(at + 2).len() > 2
    };
    begins || told(i + 1)
}

/// `[SECRET_1] vw if you need it`, `[VEHICLE_1] gkr`: letters that make no word,
/// with which a number ends.
pub(super) fn is_cluster_after(line: &Line, category: Category, at: usize) -> bool {
    let coded = is_only_a_number(category) || category == Category::Vehicle;
    let acronym = || coded && line.word(at).len() == 3 && line.is_class(at, class::ACRONYM);
    let unknown = || coded && line.word(at).len() == 3 && line.is_unlisted(at);
    let meridiem = || matches!(line.word(at), "am" | "pm");
    // `[DEVICE_1] bf`
    let hex = || category == Category::Device && is_hex(line.word(at));
    let letters = || is_cluster(line, at) || acronym() || unknown() || meridiem() || hex();
    breaks_off(line, at + 1) && letters()
}

/// Two letters that are hexadecimal digits, and no word: `be` is told apart.
fn is_hex(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_hexdigit()) && word != "be"
}

/// Two to four letters that nobody can say as a word.
fn is_cluster(line: &Line, at: usize) -> bool {
    const WORD: u32 = class::SMALL
        | class::ORDINARY
        | class::FILLER
        | class::CUE
        | class::UNIT
        | class::MONTH
        | class::ENDING
        | class::STREET
        | class::ACRONYM
        | class::THING;
    let word = line.word(at);
    let consonants = || {
        word.bytes()
            .all(|b| b.is_ascii_alphabetic() && !b"aeiou".contains(&b))
    };
    (2..=4).contains(&word.len())
        && consonants()
        && !line.is_class(at, WORD)
        && (!word.contains('y') || line.is_unknown(at))
}

/// `[PERSON_1] . 8 . k . [PERSON_2]`: letters and digits, each between full stops,
/// of which the one before was removed at `i`.
pub(super) fn goes_on_dotted(line: &Line, i: usize) -> bool {
    let dotted = |at: usize| line.mark(at) == Some('.') && !line.glued(at);
    let piece = |at: usize| line.word(at).len() == 1 || line.digits(at) == 1;
    dotted(i + 1) && piece(i + 2) && dotted(i + 3) && (piece(i + 4) || line.is_slot(i + 4))
}

/// `[PERSON_1], b, no`, `[PERSON_1], 8, [PERSON_2]`: a letter or a digit between
/// commas.
pub(super) fn goes_on_listed(line: &Line, i: usize) -> bool {
    let comma = |at: usize| line.mark(at) == Some(',');
    let article = matches!(line.word(i + 2), "a" | "i") && !line.is_slot(i + 4);
    let digit = line.digits(i + 2) == 1 && line.is_slot(i + 4);
    let letter = digit || line.word(i + 2).len() == 1 && !article;
    let listed = || i > 0 && comma(i - 1) || line.word(i + 4).len() == 1 || line.is_slot(i + 4);
    letter && comma(i + 1) && comma(i + 3) && listed()
}

/// `[DEVICE_1] fe 2e`: pairs of hexadecimal digits.
pub(super) fn is_hex_after(line: &Line, at: usize) -> bool {
    let hex = |at: usize| {
        let end = at + usize::from(line.is_digits(at) && line.glued(at + 1));
        let length = line.lower(at).len() + if end > at { line.lower(end).len() } else { 0 };
        let all = |i: usize| line.lower(i).bytes().all(|b| b.is_ascii_hexdigit());
        let number = line.atoms.get(at).map(|atom| atom.kind);
        let number = matches!(number, Some(Kind::Word | Kind::Digits));
        (number && length == 2 && all(at) && all(end)).then_some(end + 1)
    };
    hex(at).and_then(hex).is_some()
}
