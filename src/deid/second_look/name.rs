//! Names: what stands after a cue, beside a replacement, or in a short list.

use super::Seen;
use super::atom::{Kind, Line};
use super::words::{self, class};
use crate::domain::Category;

/// Looks for names in `line`.
pub(super) fn scan(line: &Line, seen: &mut Seen<'_>) {
    for i in 0..line.atoms.len() {
        if let Some(rule) = name_at(line, i) {
            seen.add(line.span(i), Category::Person, rule);
        }
    }
}

/// Whether `line` asks for or speaks of somebody's name.
pub(super) fn asks(line: &Line) -> bool {
    let thing = |i| {
        matches!(
            line.word(i),
            "medication" | "medicine" | "drug" | "pharmacy" | "insurance" | "company"
        )
    };
    let your =
        |i: usize| (i.saturating_sub(3)..i).any(|j| matches!(line.word(j), "your" | "whose"));
    (0..line.atoms.len()).any(|i| line.word(i) == "name" && (owned(line, i) || your(i)))
        && !(0..line.atoms.len()).any(thing)
}

/// Looks for a name in `line`, which answers a question for one: a short turn
/// with a word that is not ordinary.
pub(super) fn scan_answer(line: &Line, seen: &mut Seen<'_>) {
    let is_word = |i: &usize| !line.word(*i).is_empty();
    let words = (0..line.atoms.len()).filter(is_word);
    if (0..line.atoms.len()).any(|i| line.is_slot(i)) {
        return;
    }
    if words.clone().count() <= 4
        && words
            .clone()
            .any(|i| line.word(i).len() > 1 && is_unknown(line, i))
    {
        seen.add(line.span(0), Category::Person, "answer");
    }
}

fn name_at(line: &Line, i: usize) -> Option<&'static str> {
    let word = line.word(i);
    if word.is_empty() {
        return is_beside_person(line, i).then_some("beside-a-name");
    }
    if line.is_class(i, class::GIVEN) && !is_eponym(line, i) {
        return Some("given-name");
    }
    if word.len() == 1
        && line.word(i + 1) == "as"
        && line.word(i + 2) == "in"
        && !line.is_slot(i + 3)
    {
        return Some("letter-as-in");
    }
    if let Some(next) = after_cue(line, i)
        && is_name_after_cue(line, next)
    {
        return Some("cue");
    }
    let next = after_capital_cue(line, i)?;
    (line.capital(next) && is_unknown(line, next)).then_some("cue-and-capital")
}

/// `st john's wort`: a given name that names no person.
fn is_eponym(line: &Line, i: usize) -> bool {
    let saint = matches!(line.word_before(i), "st" | "saint")
        || line.mark(i.wrapping_sub(1)) == Some('.') && i > 1 && line.word(i - 2) == "st";
    saint
        || matches!(
            line.word(i + 1),
            "wort" | "disease" | "syndrome" | "hopkins"
        )
}

/// Where the name begins after a cue that is one in any case: `my name is`,
/// `name's`, `mister`, `mrs`.
fn after_cue(line: &Line, i: usize) -> Option<usize> {
    let end = match line.word(i) {
        "name" | "names" if line.lower(i).ends_with("'s") && owned(line, i) => i + 1,
        "name" if matches!(line.word(i + 1), "is" | "was") && owned(line, i) => i + 2,
        "names" if matches!(line.word_before(i), "my") => i + 1,
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

/// Where a name may begin after a cue that needs a capital besides.
fn after_capital_cue(line: &Line, i: usize) -> Option<usize> {
    let before = line.word_before(i);
    let end = match line.word(i) {
        "dr" => return Some(skip_point(line, i + 1)),
        "doctor" | "nurse" | "miss" | "sister" | "aunt" | "uncle" | "professor" => i + 1,
        "husband" | "wife" | "son" | "daughter" | "brother" | "partner" if before == "my" => i + 1,
        "is" if before == "this" => i + 1,
        "me" if before == "call" => i + 1,
        "hi" | "hello" | "hey" | "thanks" | "dear" => i + 1,
        "to" | "with" if before == "speaking" => i + 1,
        "i'm" | "am" => i + 1,
        _ => return None,
    };
    Some(skip(line, end))
}

/// Past the full stop of a shortened title.
fn skip_point(line: &Line, at: usize) -> usize {
    at + usize::from(line.mark(at) == Some('.'))
}

/// The next atom that is no mark or hesitation, at most three on.
fn skip(line: &Line, from: usize) -> usize {
    let passes =
        |j: usize| matches!(line.mark(j), Some(',' | ':' | '-')) || words::is_filler(line.word(j));
    (from..from + 3).find(|&j| !passes(j)).unwrap_or(from + 3)
}

fn is_name_after_cue(line: &Line, at: usize) -> bool {
    is_unknown(line, at) && line.word(at).chars().count() > 1
}

/// A word that is not an ordinary one.
fn is_unknown(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    !words::is_ordinary(word) && !words::is_unit(word) && words::spoken(word).is_none()
}

/// A capitalised word that stands next to the replacement of a name with
/// nothing but a space between: `[PERSON_1] Kowalski`, `Anna-[PERSON_2]`.
fn is_beside_person(line: &Line, i: usize) -> bool {
    if !matches!(line.atoms[i].kind, Kind::Slot(Some(Category::Person))) {
        return false;
    }
    let hyphen = matches!(line.mark(i + 1), Some('-')) && line.glued(i + 1) && line.glued(i + 2);
    let next = i + 1 + usize::from(hyphen);
    let capital = line.capital(next) && is_unknown(line, next);
    capital || is_unknown(line, next) && ends_clause(line, next + 1)
}

/// Whether a clause ends at `at`: a mark or the end of the text.
fn ends_clause(line: &Line, at: usize) -> bool {
    line.mark(at).is_some() || at >= line.atoms.len()
}
