//! Names in passing: a name is told by the verb before or behind it, by what
//! its owner does, or by what is said to be somebody's.

use super::atom::{Kind, Line};
use super::name::{ends_clause, is_name_like, is_name_like_in_slot};
use super::words::class;

/// Whether the word at `i`, which people and hardly anything else stand beside, says
/// that a name is on one of its sides.
pub(super) fn tells_name(line: &Line, i: usize) -> bool {
    // Most words beside are of some list, and none of both.
    let near = |at: usize| {
        let atom = line.atoms.get(at);
        atom.is_some_and(|atom| atom.is_unlisted() | atom.is(class::DOUBLE))
    };
    if !(near(i + 1) | near(i.wrapping_sub(1)) | near(i + 2) | near(i.wrapping_sub(2))) {
        return false;
    }
    let word = line.word(i);
    if matches!(word, "she" | "he" | "she's" | "he's") {
        return i > 0 && begins(line, i - 1) && is_subject(line, i - 1);
    }
    if word == "here" {
        return i > 1 && line.word(i - 1) == "is" && is_present(line, i);
    }
    if word == "called" {
        return i > 0 && is_person(line.word(i - 1)) && is_name(line, i + 1);
    }
    if is_asking(word) && is_asked(line, i) {
        return true;
    }
    if is_doing(word) && i > 0 && is_subject(line, i - 1) {
        return true;
    }
    if is_of_person(word) && i > 0 && is_owner(line, i - 1) {
        return true;
    }
    is_role(word) && (is_held(line, i) || i > 1 && is_titled(line, i))
}

/// `oyelaran is here today for a rash`, `so sunny is here for`: who has come; not
/// `spring is here`.
fn is_present(line: &Line, i: usize) -> bool {
    let at = i - 2;
    let why = matches!(line.word(i + 1), "today" | "for" | "with" | "because");
    let double = line.is_class(at, class::DOUBLE)
        && !line.is_class(at, class::MONTH)
        && !matches!(
            line.word(at),
            "summer" | "autumn" | "hope" | "will" | "dawn" | "bill"
        );
    begins(line, at) && (is_subject(line, at) || double && why)
}

/// What is done to somebody: `told`, `ring`.
fn is_asking(word: &str) -> bool {
    matches!(
        word,
        "ask"
            | "asked"
            | "tell"
            | "told"
            | "ring"
            | "rang"
            | "phoned"
            | "texted"
            | "call"
            | "emailed"
            | "married"
            | "poor"
            | "named"
            | "says"
    )
}

/// What somebody does, and no drug or firm.
fn is_doing(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "told"
            | "asked"
            | "thinks"
            | "thought"
            | "knows"
            | "wants"
            | "rings"
            | "rang"
            | "drove"
            | "drives"
            | "sleeps"
            | "lives"
            | "reports"
            | "came"
            | "comes"
            | "went"
            | "swapped"
            | "picked"
            | "wrote"
            | "usually"
            | "might've"
    )
}

/// Somebody whose name is not known.
fn is_person(word: &str) -> bool {
    matches!(
        word,
        "man" | "woman" | "guy" | "lady" | "girl" | "boy" | "someone" | "somebody" | "one" | "lad"
    )
}

/// What somebody's is and no medicine's.
fn is_of_person(word: &str) -> bool {
    matches!(
        word,
        "desk"
            | "house"
            | "place"
            | "phone"
            | "car"
            | "flat"
            | "mum"
            | "mom"
            | "dad"
            | "husband"
            | "wife"
            | "son"
            | "daughter"
            | "boy"
            | "kids"
            | "lads"
    )
}

/// Who serves people, by what they do.
fn is_role(word: &str) -> bool {
    matches!(
        word,
        "midwife"
            | "nurse"
            | "doctor"
            | "manager"
            | "receptionist"
            | "driver"
            | "chef"
            | "plumber"
            | "engineer"
            | "dentist"
            | "vet"
            | "therapist"
            | "pharmacist"
            | "technician"
            | "supervisor"
            | "reverend"
            | "officer"
            | "sergeant"
            | "detective"
            | "pastor"
    )
}

/// `ask oyelaran`, `ask for holly`, `the form says oyelaran`.
fn is_asked(line: &Line, i: usize) -> bool {
    let asked = matches!(line.word(i), "ask" | "asked");
    let for_ = usize::from(asked && line.word(i + 1) == "for");
    let at = i + 1 + for_;
    // `she says dada`, `what we call oskatosis`
    let before = line.word_before(i);
    let quoted = line.word(i) == "says" && matches!(before, "she" | "he" | "it" | "who");
    let termed = line.word(i) == "call"
        && matches!(
            before,
            "we" | "they" | "you" | "i" | "people" | "doctors" | "some"
        );
    if quoted || termed {
        return false;
    }
    let double = line.is_class(at, class::DOUBLE) && !line.is_class(at, class::MONTH);
    let closed = ends_clause(line, at + 1) || matches!(line.word(at + 1), "or" | "and" | "to");
    is_name(line, at) || for_ > 0 && double && closed
}

/// A name that no list has, and that is not written for a thing.
fn is_name(line: &Line, at: usize) -> bool {
    line.word(at).len() > 3 && is_name_like(line, at) && !is_part(line, at)
}

/// Whether more is written as one with the word at `at`.
fn is_part(line: &Line, at: usize) -> bool {
    let joined = |i: usize| line.glued(i) && line.mark(i).is_some_and(|c| !".,?!;:".contains(c));
    line.glued(at) || joined(at + 1)
}

/// `and then oyelaran said`: whether the word at `at` is who does it.
fn is_subject(line: &Line, at: usize) -> bool {
    let before = at.checked_sub(1);
    let determined = before.is_some_and(|before| is_determiner(line.word(before)));
    !determined && line.word(at).len() == line.lower(at).len() && is_name(line, at)
}

/// Whether a clause begins at `at`.
fn begins(line: &Line, at: usize) -> bool {
    let small = |before| line.is_class(before, class::SMALL | class::FILLER);
    at.checked_sub(1)
        .is_none_or(|before| line.mark(before).is_some() || line.is_slot(before) || small(before))
}

/// What stands before a thing, and hardly before a name.
fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "your"
            | "my"
            | "his"
            | "her"
            | "our"
            | "their"
            | "some"
            | "any"
            | "no"
            | "every"
            | "each"
            | "of"
            | "on"
            | "one"
    )
}

/// `steph's desk`, `stephs work`: whether the word at `at` is whose it is.
fn is_owner(line: &Line, at: usize) -> bool {
    let owns = line.word(at).len() < line.lower(at).len() || line.word(at).ends_with('s');
    let before = at.checked_sub(1).map_or("", |before| line.word(before));
    let apart = matches!(before, "on" | "of") || !is_determiner(before);
    owns && apart && is_name(line, at)
}

/// `our chef oyelaran`, `the nurse oyelaran`, `reverend oyelaran`.
fn is_held(line: &Line, i: usize) -> bool {
    let at = i + 1;
    let double = line.is_class(at, class::DOUBLE) && line.capital(at);
    !line
        .atoms
        .get(at)
        .is_some_and(|atom| atom.kind != Kind::Word)
        && (is_name(line, at) || double)
}

/// `holly the midwife`: who is told by what they do.
fn is_titled(line: &Line, i: usize) -> bool {
    let Some(at) = i.checked_sub(2) else {
        return false;
    };
    let modal = matches!(line.word(at), "will" | "may" | "sue" | "bill" | "van");
    line.word(i - 1) == "the"
        && !modal
        && (line.is_class(at, class::DOUBLE)
            || line.word(at).len() > 2 && is_name_like_in_slot(line, at))
}
