//! Employers and companies by cue: "i work for …", "company name is …".

use std::ops::Range;

use crate::deid::Strength;
use crate::deid::detect::fluent::past_hesitation;
use crate::deid::detect::name::{Standing, ends_phrase, is_end_or_mark, standing};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};
use crate::domain::{Category, Role};

use super::Place;
use super::spelled::{letters_before, letters_end};

/// Words that end the names of companies, and say what they do or are.
pub(crate) const BUSINESSES: Words = words![
    "catering",
    "corp",
    "dairy",
    "enterprises",
    "foods",
    "inc",
    "industries",
    "landscaping",
    "llc",
    "logistics",
    "ltd",
    "plumbing",
    "roofing",
    "software",
    "technologies",
    "textiles",
    "trucking",
];

/// Words that say what a company does with the word before them.
const SECOND: Words = words!["body", "works", "mill", "lines", "sons"];

/// What joins two names to a company's.
const JOINTS: Words = words!["and", "&"];

/// The words with which names of companies end or are joined.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    BUSINESSES.iter().chain(SECOND.iter()).chain(JOINTS.iter())
}

/// Most words of a company's name.
const MOST_WORDS: usize = 4;

/// The organisation that the cue ending at token `i` announces.
pub(super) fn after_cue(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    if !turn.classes(i).any(Classes::EMPLOYER_CUE) {
        return None;
    }
    let next = cue_end(turn, i)?;
    let start = next + usize::from(says!(turn, next, "the" | ":" | ","));
    let cased = turn.is_proper(start);
    let letters = letters_end(turn, start);
    let words = letters.unwrap_or(start);
    let within = |k: usize| {
        belongs(turn, k, cased && letters.is_none())
            || joins(turn, k, letters.is_some_and(|end| k == end))
            || is_hyphen(turn, k)
    };
    let hyphens = (words..words + MOST_WORDS).filter(|&k| is_hyphen(turn, k));
    let most = MOST_WORDS + 2 * hyphens.count();
    let end = (words..turn.len().min(words + most))
        .take_while(|&k| within(k))
        .filter(|&k| !says!(turn, k, "and" | "&" | "-"))
        .last()
        .map(|k| k + 1)
        .or(letters)?;
    let public = says!(turn, start, "medicare" | "medicaid" | "tricare" | "cobra");
    let telling = !public
        && (cased
            || letters.is_some()
            || end > start + 1 && BUSINESSES.has(turn.key(end - 1))
            || is_stated(turn, i) && is_rare_phrase(turn, start..end)
            || (start..end).any(|k| standing(turn.classes(k)) > Standing::Word));
    telling.then_some(Place {
        tokens: start..end,
        category: Category::Organization,
        rule: "employer",
        strength: Strength::Cued,
        confidence: 0.8,
    })
}

/// The company whose name ends with token `i`, which says what it does: "… auto
/// body", "… logistics inc".
pub(super) fn ending_at(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let mut kind = kind_at(turn, i)?;
    while let Some(before) = kind.checked_sub(1).and_then(|k| kind_at(turn, k)) {
        kind = before;
    }
    let telling = |k: usize| {
        let classes = turn.classes(k);
        let listed = matches!(
            standing(classes),
            Standing::Name | Standing::Rare | Standing::Unlisted
        );
        turn.is_word(k)
            && !turn.is_letter(k)
            && !classes.any(Classes::STOP)
            && (listed && turn.word(k).len() > 3 || turn.is_proper(k))
    };
    let place = |k: usize| {
        says!(
            turn,
            k,
            "heights" | "junction" | "falls" | "springs" | "port" | "and" | "&"
        )
    };
    let spelled = letters_before(turn, kind);
    if is_of_sons(turn, kind) {
        return Some(firm(kind - 1..i + 1));
    }
    if spelled.is_none() && is_read_back(turn, kind, i) {
        return Some(firm(kind - 1..i + 1));
    }
    let start = spelled.or_else(|| {
        (kind.saturating_sub(MOST_WORDS)..kind)
            .rev()
            .take_while(|&k| telling(k) || place(k))
            .last()
    })?;
    let start = start + usize::from(says!(turn, start, "and" | "&"));
    (spelled.is_some() || (start..kind).any(telling)).then(|| firm(first_word(turn, start)..i + 1))
}

const fn firm(tokens: Range<usize>) -> Place {
    Place {
        tokens,
        category: Category::Organization,
        rule: "kind",
        strength: Strength::Likely,
        confidence: 0.75,
    }
}

/// Whether a surname that is a word too stands before the `and sons` at token `kind`:
/// `[marble] and sons`, and no relative.
fn is_of_sons(turn: &ReadTurn<'_>, kind: usize) -> bool {
    let Some(name) = kind
        .checked_sub(1)
        .filter(|_| says!(turn, kind + 1, "sons"))
    else {
        return false;
    };
    let classes = turn.classes(name);
    let other = Classes::KIN | Classes::STOP | Classes::TITLE;
    turn.is_word(name)
        && classes.family() >= 1
        && !classes.any(other)
        && ends_phrase(turn, kind + 1)
}

/// Whether all that a turn reads back is a surname that is a word too and what a
/// company does, from token `kind` to `i`: `so that's [green] roofing, right?`
fn is_read_back(turn: &ReadTurn<'_>, kind: usize, i: usize) -> bool {
    const BEFORE: Words = words![
        "back", "okay", "perfect", "so", "thank", "thanks", "that's", "you"
    ];
    let Some(name) = kind.checked_sub(1) else {
        return false;
    };
    let begins =
        name == 0 || BEFORE.has(turn.key(name - 1)) || turn.is_mark(name - 1, ",") && name == 2;
    let classes = turn.classes(name);
    begins
        && turn.turn.role == Role::Agent
        && turn.is_word(name)
        && classes.family() >= 3
        && ends_phrase(turn, i)
}

/// Whether what a company does is said at token `i`: `[foods]`, `[paper] mill`.
pub(super) fn ends_firm(turn: &ReadTurn<'_>, i: usize) -> bool {
    BUSINESSES.has(turn.key(i)) || kind_at(turn, i + 1) == Some(i)
}

/// Where the words begin that say what a company does and end with token `i`.
pub(super) fn kind_at(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    if !SECOND.has(turn.key(i)) {
        return BUSINESSES.has(turn.key(i)).then_some(i);
    }
    matches!(
        (turn.word(i.wrapping_sub(1)), turn.word(i)),
        ("auto", "body")
            | ("machine", "works")
            | ("paper", "mill")
            | ("freight", "lines")
            | ("and" | "&", "sons")
    )
    .then(|| i - 1)
}

/// Where a company's name begins of which token `start` is a word: words of
/// quantity and praise begin names too (`at [four] lakes paper mill`).
pub(super) fn first_word(turn: &ReadTurn<'_>, start: usize) -> usize {
    const WORDS: Words = words![
        "best", "big", "first", "five", "four", "good", "great", "little", "new", "old", "second",
        "six", "ten", "thousand", "three", "twin", "two",
    ];
    const BEFORE: Words = words!["at", "by", "for", "from", "is", "it's", "through", "with"];
    let worded = start > 0 && WORDS.has(turn.key(start - 1));
    let begins = start == 1 || start > 1 && BEFORE.has(turn.key(start - 2));
    start - usize::from(worded && begins)
}

/// The company that two names make, the first of them spelled, about the `and`
/// at token `i`: "t a r n and lund".
pub(super) fn spelled_and(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    if !JOINTS.has(turn.key(i)) {
        return None;
    }
    let start = letters_before(turn, i).filter(|start| i - start > MOST_WORDS)?;
    let named = standing(turn.classes(i + 1)) >= Standing::Ambiguous
        || standing(turn.classes(i + 1)) == Standing::Unlisted;
    (turn.is_word(i + 1) && !turn.is_letter(i + 1) && named && ends_phrase(turn, i + 1)).then_some(
        Place {
            tokens: start..i + 2,
            category: Category::Organization,
            rule: "spelled",
            strength: Strength::Likely,
            confidence: 0.75,
        },
    )
}

/// The firm of lawyers after the `of` at token `i`: `the law office of [pike and strand]`.
pub(super) fn of_lawyers(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let office =
        i > 1 && says!(turn, i - 1, "firm" | "office" | "offices") && says!(turn, i - 2, "law");
    let within = |k: usize| {
        turn.is_word(k) && (JOINTS.has(turn.key(k)) || !turn.classes(k).any(Classes::STOP))
    };
    let end = (i + 1..turn.len().min(i + 1 + MOST_WORDS + 1))
        .take_while(|&k| within(k))
        .filter(|&k| !JOINTS.has(turn.key(k)))
        .last()?
        + 1;
    office.then(|| firm(i + 1..end))
}

/// Whether the hyphen at token `k` joins two words of a name.
fn is_hyphen(turn: &ReadTurn<'_>, k: usize) -> bool {
    turn.is_mark(k, "-") && turn.is_joined(k) && turn.is_joined(k + 1) && turn.is_word(k + 1)
}

/// Whether the cue at token `i` says what a firm is called: `the company is`.
fn is_stated(turn: &ReadTurn<'_>, i: usize) -> bool {
    says!(turn, i, "company" | "employer" | "business")
}

/// Whether `tokens` are words to the end of what is said, one of which is seldom
/// said: `[gulf shore signage], and`. What a firm does or is like is no name.
fn is_rare_phrase(turn: &ReadTurn<'_>, tokens: Range<usize>) -> bool {
    const RARE: u32 = 4;
    let verb = |k: usize| {
        ["ing", "ed", "ly"]
            .iter()
            .any(|end| turn.word(k).ends_with(end))
    };
    let rare = |k: usize| {
        let classes = turn.classes(k);
        classes.commonness() <= RARE && !classes.any(Classes::CLINICAL | Classes::DRUG)
    };
    tokens.len() > 1
        && is_end_or_mark(turn, tokens.end)
        && !tokens.clone().any(verb)
        && tokens.clone().any(rare)
}

/// Whether token `k` joins two names: "… and …"; the first may be `spelled`.
fn joins(turn: &ReadTurn<'_>, k: usize, spelled: bool) -> bool {
    if !says!(turn, k, "and" | "&") || k == 0 {
        return false;
    }
    let named = |k: usize| {
        matches!(
            standing(turn.classes(k)),
            Standing::Name | Standing::Rare | Standing::Unlisted
        ) || turn.is_proper(k)
    };
    let both = is_surname(turn, k - 1) && is_surname(turn, k + 1);
    let second = named(k + 1)
        || turn.is_word(k + 1)
            && (both || !turn.classes(k + 1).any(Classes::STOP))
            && ends_phrase(turn, k + 1);
    (spelled || both || named(k - 1)) && second
}

/// Whether token `k`, one of two words about an `and`, is a surname too.
fn is_surname(turn: &ReadTurn<'_>, k: usize) -> bool {
    let classes = turn.classes(k);
    turn.is_word(k) && (classes.family() >= 2 || standing(classes) == Standing::Unlisted)
}

/// Whether token `k` may be a word of the name.
fn belongs(turn: &ReadTurn<'_>, k: usize, cased: bool) -> bool {
    turn.is_word(k)
        && !turn.is_letter(k)
        && if cased {
            turn.is_capital(k)
        } else {
            !turn.classes(k).any(Classes::STOP)
                || kind_at(turn, k).is_some()
                || turn.classes(k).family() >= 3
                    && (k > 1 && JOINTS.has(turn.key(k - 1)) && is_surname(turn, k - 2)
                        || ends_firm(turn, k + 1)
                        || JOINTS.has(turn.key(k + 1)) && is_surname(turn, k + 2))
        }
}

/// One past the cue, where one ends about token `i`.
fn cue_end(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    // `the plan [um] is through`
    let next = past_hesitation(turn, i + 1);
    let passed = next - (i + 1);
    let (first, second, third) = (turn.word(i), turn.word(next), turn.word(next + 1));
    if matches!(first, "plan" | "insurance" | "coverage") && passed > 0 {
        return (second == "is" && third == "through").then_some(next + 2);
    }
    let (second, third) = if passed > 0 {
        (turn.word(i + 1), turn.word(i + 2))
    } else {
        (second, third)
    };
    match (first, second, third) {
        ("company" | "employer" | "business", "name", "is") => Some(i + 3),
        ("employer" | "company", "is", _) | ("employed", "by" | "at" | "with", _) => Some(i + 2),
        ("work", "at", _) if says!(turn, i.wrapping_sub(1), "at") => Some(i + 2),
        ("work" | "works" | "worked" | "working", "at" | "for", _) if has_worker(turn, i) => {
            Some(i + 2)
        }
        ("drive" | "drives" | "drove" | "driving" | "cook" | "teaches", "for" | "at", _)
            if has_worker(turn, i) =>
        {
            Some(i + 2)
        }
        ("job", "at", _) | ("truck", "for", _) => Some(i + 2),
        ("been", "with" | "at", _) if has_worker(turn, i) => Some(i + 2),
        ("employer", _, _)
            if says!(turn, i.wrapping_sub(1), "my" | "his" | "her")
                && standing(turn.classes(i + 1)) > Standing::Word =>
        {
            Some(i + 1)
        }
        ("work", "," | ";", "at") if says!(turn, i.wrapping_sub(1), "at") => Some(i + 3),
        ("plan" | "insurance" | "coverage", "is", _) => {
            let through = past_hesitation(turn, i + 2);
            (says!(turn, through, "through")).then_some(through + 1)
        }
        ("plan" | "insurance" | "coverage", "through", _) => Some(i + 2),
        _ => None,
    }
}

/// Whether somebody works, not something: "it only works for".
fn has_worker(turn: &ReadTurn<'_>, i: usize) -> bool {
    (i.saturating_sub(3)..i).any(|k| {
        turn.classes(k).any(Classes::KIN)
            || says!(
                turn,
                k,
                "i" | "i'm"
                    | "i've"
                    | "he"
                    | "she"
                    | "he's"
                    | "she's"
                    | "we"
                    | "they"
                    | "who"
                    | "been"
            )
    })
}
