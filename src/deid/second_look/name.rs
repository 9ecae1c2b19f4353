//! Names: what stands after a cue, where people are spoken to, or in a list.

use super::Seen;
use super::atom::{Kind, Line, contents};
use super::eponym::is_eponym;
use super::words::class;
use super::{frame, place, slip, slot};
use crate::domain::Category;

/// Looks for names in `line`.
pub(super) fn scan(line: &Line, seen: &mut Seen<'_>) {
    const BEGINS: u32 = class::GIVEN | class::LEAD | class::BEFORE | class::GREETING;
    if line.has(BEGINS) || line.holds(contents::SINGLE) {
        scan_words(line, seen);
    }
    if line.has(class::CUE) && is_name_and_cue(line) {
        seen.add(line.span(0), Category::Person, "name-and-cue");
    }
    if !line.has(class::CONTENT)
        && let Some(i) = bare_name(line)
    {
        seen.add(line.span(i), Category::Person, "nothing-but-a-name");
    }
}

fn scan_words(line: &Line, seen: &mut Seen<'_>) {
    let (mut greeted, mut before) = (false, false);
    for (i, atom) in line.atoms.iter().enumerate() {
        // Most words neither begin a rule nor follow what does; `|` and `&`
        // spare the processor guesses.
        let leads = atom.is(class::GIVEN | class::LEAD)
            | atom.is_letter()
            | (greeted | before) & atom.may_be_name();
        if leads && let Some(rule) = name_at(line, i, greeted, before) {
            seen.add(line.span(i), Category::Person, rule);
        }
        let passes = (atom.kind == Kind::Mark(',')) | atom.is(class::FILLER);
        before = atom.is(class::BEFORE) | before & passes;
        greeted = atom.is(class::GREETING) | greeted & (atom.kind == Kind::Mark(','));
    }
}

/// Whether `line` asks for or speaks of somebody's name.
pub(super) fn asks(line: &Line) -> bool {
    let mut named = false;
    if !line.has(class::NAME) {
        return false;
    }
    for i in 0..line.atoms.len() {
        match line.word(i) {
            "medication" | "medicine" | "drug" | "pharmacy" | "insurance" | "company" => {
                return false;
            }
            "name" => named |= owned(line, i) && !is_told(line, i) || is_yours(line, i),
            "initials" => named |= is_yours(line, i),
            _ => {}
        }
    }
    named
}

/// `my name is [PERSON_1]`
fn is_told(line: &Line, i: usize) -> bool {
    (i + 1..i + 4).any(|j| line.is_slot_of(j, Category::Person))
}

fn is_yours(line: &Line, i: usize) -> bool {
    (i.saturating_sub(3)..i).any(|j| matches!(line.word(j), "your" | "whose"))
}

/// The first word of a turn that holds nothing but one to three unknown words,
/// among small words.
fn bare_name(line: &Line) -> Option<usize> {
    const KNOWN: u32 =
        class::ORDINARY | class::UNIT | class::NUMBER | class::ACRONYM | class::THING;
    let mut first = None;
    let mut count = 0;
    for i in 0..line.atoms.len() {
        let word = line.word(i);
        match line.atoms[i].kind {
            Kind::Mark(c) if !matches!(c, '#' | '$' | '@') => {}
            Kind::Slot(_) | Kind::Digits => {}
            Kind::Word if line.is_class(i, class::SMALL) || line.is_filler(i) => {}
            // `zarbee's`: what is somebody's is nobody's name.
            Kind::Word if word.len() < line.lower(i).len() => return None,
            Kind::Word if place::is_legal_form(word) => {}
            Kind::Word if count < 3 && word.len() > 2 && is_name_like(line, i) => {
                count += 1;
                first = first.or(Some(i));
            }
            // `87 jp pellow`, `pellow m`: an initial says no more.
            Kind::Word if word.len() < 3 && !line.is_class(i, KNOWN) => {}
            _ => return None,
        }
    }
    first
}

/// `pellow card number is …`: a name that begins the turn, and what is told
/// next to it.
fn is_name_and_cue(line: &Line) -> bool {
    line.word(0).len() > 3 && line.is_class(1, class::CUE) && is_name_like(line, 0)
}

/// An unknown word that is no slip of an ordinary one or a drawn-out cry.
pub(super) fn is_name_like(line: &Line, i: usize) -> bool {
    let word = line.word(i);
    line.is_unknown(i) && !is_slip(word)
}

/// [`is_name_like`] where hardly anything but a name stands: however it ends.
pub(super) fn is_name_like_in_slot(line: &Line, i: usize) -> bool {
    line.is_unlisted(i) && !is_slip(line.word(i))
}

fn is_slip(word: &str) -> bool {
    let drawn_out = || {
        let mut threes = word.as_bytes().windows(3);
        threes.any(|w| w[0] == w[1] && w[1] == w[2])
    };
    drawn_out()
        || slip::is_misspelled(word)
        || slip::is_run_together(word)
        || slip::is_derived(word)
}

/// What rule says that a name is at `i` or is told there; `greeted` says that
/// it stands where people say whom they speak to, `before` that it stands
/// behind a word that a name may follow.
fn name_at(line: &Line, i: usize, greeted: bool, before: bool) -> Option<&'static str> {
    let word = line.word(i);
    if line.is_class(i, class::GIVEN) && !is_eponym(line, i) && !is_cut_off(line, i) {
        return Some("name-list");
    }
    if matches!(word, "she" | "he" | "she's" | "he's") {
        return frame::tells_name(line, i).then_some("in-passing");
    }
    if word.len() == 1 {
        return is_letter_as_in(line, i).then_some("letter-as-in");
    }
    if before && slot::holds_name(line, i) {
        return Some("slot");
    }
    if !line.is_class(i, class::LEAD) {
        return (greeted && is_spoken_to(line, i)).then_some("spoken-to");
    }
    if word == "speaking" && slot::answers(line, i) {
        return Some("slot");
    }
    if matches!(word, "party" | "birthday" | "wedding") && slot::is_kept_for(line, i)
        || slot::is_kin_of(line, i)
    {
        return Some("slot");
    }
    if frame::tells_name(line, i) {
        return Some("in-passing");
    }
    if word == "initials" && has_initials(line, i + 1) {
        return Some("initials");
    }
    if let Some(next) = after_cue(line, i)
        && is_unusual(line, next)
        && line.word(next).chars().count() > 1
    {
        return Some("cue");
    }
    if greeted && is_spoken_to(line, i) {
        return Some("spoken-to");
    }
    let next = after_capital_cue(line, i)?;
    // `doctor b`, by the first letter
    let letter = line.word(next).len() == 1 && !matches!(line.word(next), "a" | "i");
    let titled = matches!(word, "doctor" | "dr");
    if letter && titled && (ends_clause(line, next + 1) || line.word(next + 1) == "and") {
        return Some("cue");
    }
    let double = line.is_class(next, class::DOUBLE) && !matches!(line.word(next), "may" | "will");
    let titled = matches!(word, "miss" | "doctor" | "dr") && !line.is_ordinary(next);
    if double && (titled || word == "under") && ends_clause(line, next + 1) {
        return Some("cue");
    }
    let kept = word == "under" && is_kept(line, i)
        || matches!(word, "doctor" | "dr") && line.word(next).len() > 3 && line.is_unknown(next);
    const NAMES: u32 = class::GIVEN | class::DOUBLE;
    // `under Cards, then Show PIN`
    let menu = || word == "under" && !line.is_class(next, NAMES) && !line.is_unlisted(next);
    let named = line.capital(next) && is_unusual(line, next) && !menu()
        || line.word(next).len() > 2
            && kept
            && is_name_like_in_slot(line, next)
            && !line.is_class(next + 1, class::CUE)
        || line.word(next).len() > 2 && is_name_like(line, next) && ends_clause(line, next + 1);
    named.then_some("cue-and-unknown")
}

/// `phil- 25 mg`: a word broken off.
fn is_cut_off(line: &Line, i: usize) -> bool {
    line.mark(i + 1) == Some('-') && line.glued(i + 1) && !line.glued(i + 2)
}

/// `b as in bravo`, `b for boy`, `b like boy`, `b for [PERSON_1]`.
fn is_letter_as_in(line: &Line, i: usize) -> bool {
    let letter = line.word(i);
    let article = matches!(letter, "a" | "i");
    let said = match line.word(i + 1) {
        "as" if line.word(i + 2) == "in" => i + 3,
        "for" | "like" => i + 2,
        _ => return false,
    };
    let exemplar = line.word(said);
    if line.is_slot(said) {
        return line.word(i + 1) == "as" || !article;
    }
    // `a for apple [ID_1]`
    let before_code = article && line.word(i + 1) != "as" && line.is_slot(i + 3);
    exemplar.len() > 1 && exemplar.starts_with(letter) && (!article || before_code)
        || line.word(i + 1) == "as" && exemplar.len() > 1
}

/// Two letters, or a word that is none, within three atoms from `from`.
fn has_initials(line: &Line, from: usize) -> bool {
    (from..from + 3).any(|i| {
        let letters = line.word(i).len();
        letters == 1 && line.word(i) != "a" && (1..=2).any(|n| line.word(i + n).len() == 1)
            || line.word(i) == "a" && line.word(i + 1).len() == 1
            || letters == 2 && line.is_unknown(i)
    })
}

/// An unknown word that ends a clause after what people say before a name:
/// `thanks for calling, …`, `you're all set …`, `you too, …`.
fn is_spoken_to(line: &Line, i: usize) -> bool {
    let before = match i.checked_sub(1) {
        Some(b) if line.mark(b) == Some(',') => b.checked_sub(1),
        before => before,
    };
    let Some(before) = before else {
        return false;
    };
    if line.word(before) == "out" && line.word_before(before) != "reaching" {
        return false;
    }
    line.is_class(before, class::GREETING)
        && match line.is_class(i, class::DOUBLE) {
            true => is_double_spoken_to(line, before, i),
            false => {
                line.word(i).len() > 3
                    && begins_clause(line, i + 1)
                    && !is_done(line.word(i))
                    && is_name_like_in_slot(line, i)
            }
        }
}

/// `where are you travelling`, `was it haemolysed`: what is done, and no name of those
/// that end so.
fn is_done(word: &str) -> bool {
    word.len() > 7 && (word.ends_with("ing") || word.ends_with("ed"))
}

/// `hey sunny, …`, `thank you art`: a word that is a name too, after a greeting.
fn is_double_spoken_to(line: &Line, before: usize, i: usize) -> bool {
    let thanked =
        line.word(before) == "you" && matches!(line.word_before(before), "thank" | "see" | "meet");
    let greets = thanked
        || matches!(
            line.word(before),
            "hi" | "hello" | "hey" | "dear" | "thanks" | "calling" | "set" | "much" | "welcome"
        );
    if matches!(line.word(i), "may" | "will") && is_modal_a_name(line, i) {
        return greets;
    }
    let modal = matches!(line.word(i), "may" | "will" | "honey" | "bud" | "buddy")
        && (!ends_clause(line, i + 1) || line.word(i).len() > 4 || line.word(i) == "bud");
    greets && !modal && begins_clause(line, i + 1)
}

/// `hey may i need help`, `thanks for calling may have a good one`: what follows
/// goes on as it does after no verb.
fn is_modal_a_name(line: &Line, i: usize) -> bool {
    let next = |n: usize| line.word(i + n);
    match next(1) {
        "i" => {
            let has = next(2) == "have" && next(3) == "a" && line.word(i) == "will";
            has || matches!(next(2), "need" | "am" | "want")
        }
        "i'm" | "i've" | "just" | "it's" | "thanks" => true,
        "have" => matches!(next(3), "good" | "great" | "nice" | "wonderful" | "lovely"),
        "take" => next(2) == "care",
        _ => false,
    }
}

/// Whether a clause begins at `at`, or none goes on there.
fn begins_clause(line: &Line, at: usize) -> bool {
    ends_clause(line, at)
        || matches!(
            line.word(at),
            "have"
                | "take"
                | "this"
                | "i"
                | "i'm"
                | "i've"
                | "i'd"
                | "we"
                | "we're"
                | "you're"
                | "it's"
                | "just"
                | "can"
                | "could"
                | "how"
                | "what"
                | "my"
                | "thanks"
        )
}

/// Where the name begins after a cue that is one in any case: `my name is`,
/// `name's`, `mister`, `mrs`.
fn after_cue(line: &Line, i: usize) -> Option<usize> {
    let end = match line.word(i) {
        "name" | "names" if line.lower(i).ends_with("'s") && owned(line, i) => i + 1,
        "name" if matches!(line.word(i + 1), "is" | "was") && owned(line, i) => i + 2,
        "names" if matches!(line.word_before(i), "my" | "his" | "her") => i + 1,
        "mister" | "mr" | "mrs" | "ms" => return Some(skip_point(line, i + 1)),
        _ => return None,
    };
    Some(skip(line, end))
}

/// `my name`, `her last name`; not `the name of the drug is`.
fn owned(line: &Line, i: usize) -> bool {
    if matches!(
        line.word_before(i),
        "company" | "firm" | "business" | "brand" | "drug" | "product"
    ) {
        return false;
    }
    (i.saturating_sub(3)..i).any(|j| {
        matches!(
            line.word(j),
            "my" | "his" | "her" | "their" | "first" | "last" | "middle" | "maiden" | "full"
        )
    })
}

/// Where a name may begin after a cue that needs a capital or an unknown word
/// besides.
fn after_capital_cue(line: &Line, i: usize) -> Option<usize> {
    let before = line.word_before(i);
    let end = match line.word(i) {
        "dr" => return Some(skip_point(line, i + 1)),
        "doctor" | "nurse" | "sister" | "aunt" | "uncle" | "professor" => i + 1,
        "miss" if before != "i" && before != "to" => i + 1,
        "dear" if line.is_class(i + 1, class::LEAD) => return None,
        "hi" | "hello" | "hey" | "thanks" | "dear" => i + 1,
        "i'm" | "am" | "under" => i + 1,
        _ => return None,
    };
    Some(skip(line, end))
}

/// `it's under`, `put it under`, `the account is under`.
fn is_kept(line: &Line, i: usize) -> bool {
    matches!(
        line.word_before(i),
        "it" | "it's" | "its" | "is" | "account" | "listed" | "filed" | "registered" | "booked"
    )
}

/// Past the full stop of a shortened title.
fn skip_point(line: &Line, at: usize) -> usize {
    at + usize::from(line.mark(at) == Some('.'))
}

/// The next atom that is no mark or hesitation, at most three on.
fn skip(line: &Line, from: usize) -> usize {
    let passes = |j: usize| matches!(line.mark(j), Some(',' | ':' | '-')) || line.is_filler(j);
    (from..from + 3).find(|&j| !passes(j)).unwrap_or(from + 3)
}

/// A word that is not one of the few hundred most ordinary.
pub(super) fn is_unusual(line: &Line, at: usize) -> bool {
    !line.is_ordinary(at)
        && !line.is_class(at, class::UNIT | class::CUE)
        && line.spoken(at).is_none()
}

/// Whether a clause ends at `at`: a mark or the end of the text.
pub(super) fn ends_clause(line: &Line, at: usize) -> bool {
    line.mark(at).is_some() || at >= line.atoms.len()
}
