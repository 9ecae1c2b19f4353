//! What is left of a name, of a person or a place.

use super::super::atom::{Kind, Line};
use super::super::clause::{closes, is_moment};
use super::super::name::ends_clause;
use super::super::words::{self, Spoken, class};
use super::super::{slip, vocabulary};
use super::is_number_like;
use super::number::begins_range;
use crate::domain::Category;

/// A name in part: an unknown word, a letter, an ordinal.
pub(super) fn is_name_remnant(line: &Line, at: usize, forwards: bool) -> bool {
    let word = line.word(at);
    let apart = if forwards { at } else { at + 1 };
    let letter = word.len() == 1
        && !matches!(
            word,
            "a" | "i" | "s" | "t" | "u" | "n" | "d" | "m" | "o" | "x"
        );
    // `it's with an e [PERSON_1]`, `my p [PERSON_1] said`, `[PERSON_1] E-17`, `lamb
    // [PERSON_1] w salad`
    let told = !forwards
        && matches!(
            line.word_before(at),
            "an" | "a" | "with" | "my" | "your" | "his" | "her" | "the" | "have" | "had"
        );
    let numbered = line.mark(at + 1) == Some('-') && line.is_digits(at + 2);
    let with = word == "w" && line.mark(at + 1) != Some('.');
    // `we r [PERSON_1]`
    let verb = !forwards
        && word == "r"
        && matches!(
            line.word_before(at),
            "we" | "you" | "u" | "they" | "who" | "how" | "where"
        );
    let letter = letter && !told && !numbered && !with && !verb;
    let letter = letter && !is_rest_of_acronym(line, at, forwards);
    let meridiem = !forwards && at > 0 && line.is_number(at - 1) && matches!(word, "p");
    if is_hyphened(line, at, forwards) {
        return true;
    }
    let numbered = forwards && is_tail_number(line, at);
    let owner = !forwards && word.len() < line.lower(at).len();
    numbered
        || word.len() > 2
            && !is_short_form(word)
            && !owner
            && line.is_unknown(at)
            && !slip::is_misspelled(word)
        || letter && !meridiem
        || word.len() == 1 && is_underscored(line, at, forwards)
        || matches!(word, "underscore" | "slash" | "dot")
        || line.glued(apart) && line.is_digits(at)
        || line.ordinal(at).is_some_and(|n| n > 3)
        || matches!(word, "thirty" | "twenty") && forwards && line.ordinal(at + 1).is_some()
}

/// What notes and messages write in short before a name, and the first halves of words
/// of medicine whose other half was heard as a name.
fn is_short_form(word: &str) -> bool {
    matches!(
        word,
        "attn"
            | "dtr"
            | "dau"
            | "bro"
            | "bday"
            | "frm"
            | "frnd"
            | "btw"
            | "btwn"
            | "abt"
            | "asap"
            | "mgr"
            | "asst"
            | "supv"
            | "dept"
            | "appt"
            | "pls"
            | "plz"
            | "thx"
            | "thru"
            | "w/o"
            | "pre"
            | "bio"
            | "neuro"
            | "cardio"
            | "hypo"
            | "hyper"
            | "anti"
            | "micro"
            | "poly"
    )
}

/// `[PERSON_1] eighty one moment`, `[CITY_1] 13 to the 29th`, `[PERSON_1] forty
/// two, okay`: a number after a name that counts nothing.
fn is_tail_number(line: &Line, at: usize) -> bool {
    if begins_range(line, at) {
        return true;
    }
    if line.word(at) == "one" && is_moment(line.word(at + 1)) {
        return false;
    }
    let moment = |end: usize| line.word(end) == "one" && is_moment(line.word(end + 1));
    let between = (at..at + 4).find(|&end| !line.is_number(end) || end > at && moment(end));
    let one = |end: usize| end == at + 1 && line.word(at) == "one";
    between.is_some_and(|end| {
        let ends = !one(end) && line.spoken(at).is_some() && closes(line, end);
        // `[PERSON_1] seven [PERSON_2] five`
        let young = matches!(line.spoken(at), Some(Spoken::Digit(_) | Spoken::Teen(_)));
        let listed = young && line.is_slot_of(end, Category::Person) && at + 1 == end;
        let left = line.is_slot(end) && !one(end) && !listed || is_lone_letter(line, end);
        let left = left || ends || is_of_number(line, at) && closes(line, end);
        end > at && left && line.is_class(at, class::NUMBER)
    })
}

/// `[PERSON_1]-min`, `Seo-[PERSON_1]`: the other half of a name with a hyphen.
fn is_hyphened(line: &Line, at: usize, forwards: bool) -> bool {
    let mark = if forwards { at.wrapping_sub(1) } else { at + 1 };
    let joined = line.mark(mark) == Some('-') && line.glued(mark) && line.glued(mark + 1);
    let word = line.word(at);
    let whole = forwards || at == 0 || !line.glued(at);
    joined
        && whole
        && (2..7).contains(&word.len())
        && !line.is_ordinary(at)
        && !matches!(
            word,
            "like"
                | "style"
                | "based"
                | "area"
                | "only"
                | "led"
                | "run"
                | "made"
                | "type"
                | "born"
                | "ex"
                | "non"
                | "pre"
                | "post"
                | "mid"
                | "anti"
                | "self"
                | "co"
        )
}

/// `[IP_1] [PERSON_1] one`: whether the name before `at` was a part of a number.
fn is_of_number(line: &Line, at: usize) -> bool {
    // `[IP_1] [PERSON_2] [CITY_1] one`
    let first = (0..at.saturating_sub(1))
        .rev()
        .take_while(|&i| line.is_slot(i))
        .last();
    let before = first.and_then(|slot| line.atoms.get(slot));
    matches!(before.map(|atom| atom.kind), Some(Kind::Slot(Some(category))) if is_number_like(category))
}

/// `[PERSON_2] eight m four`: a letter of a code, and no half of `a m`.
fn is_lone_letter(line: &Line, at: usize) -> bool {
    let letter = line.word(at).len() == 1 && !matches!(line.word(at), "a" | "i" | "p" | "s");
    letter && (line.is_number(at + 1) || line.word(at + 1).len() == 1)
}

/// `[PERSON_1] 2be`: digits and letters written as one.
pub(super) fn is_code_after(line: &Line, at: usize) -> bool {
    let letters = line.word(at + 1);
    line.is_digits(at)
        && line.glued(at + 1)
        && !letters.is_empty()
        && !line.is_unit(at + 1)
        && !line.is_class(at + 1, class::ENDING)
}

/// `j . [PERSON_1]`: an initial, or a letter of a code, where somebody is named.
pub(super) fn is_initial_before(line: &Line, i: usize) -> bool {
    let marked = i > 1 && matches!(line.mark(i - 1), Some('.' | ','));
    let letter = marked && line.word(i - 2).len() == 1 && !matches!(line.word(i - 2), "a" | "i");
    let told =
        |at: usize| line.is_class(at, class::BEFORE | class::SMALL) || line.word(at) == "mean";
    let dotted = |at: usize| line.mark(at) == Some('.') && line.word(at + 1).len() == 1;
    letter && (i == 2 || told(i - 3)) || marked && line.word(i - 2).len() == 1 && dotted(i + 1)
}

/// `a.[PERSON_1]`, `day.[PERSON_1][ID_1]`, `best [PERSON_1] [EMAIL_1]`: the
/// first part of an address whose rest was removed in parts.
pub(super) fn is_of_mail(line: &Line, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else {
        return false;
    };
    let mail = [Category::Email, Category::Username];
    let goes_on = line.is_slot(i + 1) && line.glued(i + 1)
        || mail
            .into_iter()
            .any(|category| line.is_slot_of(i + 1, category));
    let dotted = line.mark(before) == Some('.') && line.glued(i) && line.glued(before);
    let at = if dotted {
        before.wrapping_sub(1)
    } else {
        before
    };
    let letter = line.word(at).len() == 1;
    let joins = matches!(
        line.word(at),
        "to" | "at" | "on" | "from" | "with" | "for" | "or" | "and"
    );
    let word = line.word(at).len() > 1 && !joins && !line.is_class(at, class::SMALL | class::CUE);
    let told = at.checked_sub(1).is_some_and(|t| {
        let linked = matches!(
            line.word(t),
            "is" | "be"
                | "it's"
                | "it"
                | "got"
                | "with"
                | "mail"
                | "email"
                | "under"
                | "show"
                | "see"
        );
        linked
    });
    dotted && (letter || word && goes_on) || goes_on && (letter || word && told)
}

/// An address is told within this many atoms of the word for one.
const MAIL_WITHIN: usize = 6;

/// What the slot at `i` stands for.
fn told_category(line: &Line, i: usize) -> Option<Category> {
    match line.atoms.get(i)?.kind {
        Kind::Slot(category) => category,
        _ => None,
    }
}

/// `[FACILITY_1] ninety six, okay`, after `at`: the number of a handle.
pub(super) fn is_rest_of_handle(line: &Line, at: usize) -> bool {
    let end = (at..at + 4).find(|&end| line.spoken(end).is_none());
    at > 1
        && matches!(line.word(at - 2), "at" | "as")
        && line.word(at) != "one"
        && end.is_some_and(|end| end > at && closes(line, end))
}

/// `email is d [PERSON_1]`: a letter before a name, where an address is told.
pub(super) fn is_letter_of_mail(line: &Line, i: usize) -> bool {
    let Some(at) = i.checked_sub(1) else {
        return false;
    };
    let letter = line.word(at).len() == 1 && !matches!(line.word(at), "a" | "i");
    letter && (at.saturating_sub(MAIL_WITHIN)..at).any(|j| line.is_class(j, class::ASKS))
}

/// `quillovan [ID_1] [EMAIL_1]`: the name with which an address begins whose rest
/// was removed in parts, of which the first is at `i`.
pub(super) fn begins_mail(line: &Line, i: usize) -> Option<usize> {
    let mail = [Category::Email, Category::Username];
    let parted = matches!(
        told_category(line, i),
        Some(Category::Address | Category::OtherId)
    );
    let goes_on = mail.into_iter().any(|c| line.is_slot_of(i + 1, c))
        || parted && (i.saturating_sub(MAIL_WITHIN)..i).any(|j| line.is_class(j, class::ASKS));
    let at = i.checked_sub(1).filter(|_| goes_on)?;
    let told = at.checked_sub(1).map_or("", |t| line.word(t));
    let surname = matches!(told, "have" | "is" | "it's" | "show" | "at")
        && vocabulary::is_surname(line.word(at));
    let unlisted = line.is_unlisted(at) && !slip::is_misspelled(line.word(at));
    let name = line.word(at).len() > 3 && (unlisted || surname);
    // `i'm at [FACILITY_1] [USERNAME_1]`
    let handle = line.word(at) == "at" && line.is_slot_of(i + 1, Category::Username);
    (name || handle).then_some(at)
}

/// `[PERSON_1] or for oyelaran`: where a name that ends the clause stands beside
/// the one that was removed.
pub(super) fn coordinated(line: &Line, category: Category, i: usize) -> Option<usize> {
    let named = matches!(
        category,
        Category::Person | Category::City | Category::Organization
    );
    if !named || !matches!(line.word(i + 1), "and" | "or") {
        return None;
    }
    let at = i + 2 + usize::from(matches!(line.word(i + 2), "for" | "to" | "with" | "in"));
    let name = line.word(at).len() > 3
        && line.is_unknown(at)
        && !slip::is_misspelled(line.word(at))
        && !slip::is_run_together(line.word(at));
    (name && ends_clause(line, at + 1)).then_some(at)
}

/// `[FACILITY_1] oskgate`, `[FACILITY_1] of masonic`: where the place that was
/// removed is said to be.
pub(super) fn is_rest_of_facility(line: &Line, at: usize) -> bool {
    let of = usize::from(line.word(at) == "of");
    let place = at + of;
    let port = usize::from(matches!(
        line.word(place),
        "port" | "new" | "north" | "south"
    ));
    let name = place + port;
    if line.word(name).len() < 4 || slip::is_misspelled(line.word(name)) {
        return false;
    }
    let ends = ends_clause(line, name + 1) || line.is_slot(name + 1);
    line.is_unknown(name) && (of == 1 || ends)
}

/// `a_[PERSON_1]`: an account's name.
fn is_underscored(line: &Line, at: usize, forwards: bool) -> bool {
    let mark = if forwards { at.wrapping_sub(1) } else { at + 1 };
    line.mark(mark) == Some('_')
}

/// `[PERSON_1] k g` of an E K G: letters that make up an acronym with one more.
fn is_rest_of_acronym(line: &Line, at: usize, forwards: bool) -> bool {
    let letter = |i: usize| match line.word(i).as_bytes() {
        [letter] => Some(*letter),
        _ => None,
    };
    let (next, after) = if forwards {
        (at + 1, at + 2)
    } else {
        (at.wrapping_sub(1), at.wrapping_sub(2))
    };
    let (Some(near), Some(far), None) = (letter(at), letter(next), letter(after)) else {
        return false;
    };
    (b'a'..=b'z').any(|lost| {
        let all = if forwards {
            [lost, near, far]
        } else {
            [far, near, lost]
        };
        words::is_acronym_of(&all)
    })
}

/// `[PERSON_1] vegas`: the second half of a town's name that is hardly ever
/// anything else.
pub(super) fn is_end_of_town(line: &Line, at: usize) -> bool {
    matches!(
        line.word(at),
        "vegas" | "angeles" | "francisco" | "diego" | "antonio" | "orleans" | "york"
    )
}

/// `new [CITY_1]`: the first half of a town's name; not `new [CITY_1] service`, nor a
/// thing that somebody gets: `buy new [CITY_1]`, `a new [CITY_1]`.
pub(super) fn is_half_of_town(line: &Line, at: usize) -> bool {
    let half = matches!(
        line.word(at),
        "new"
            | "little"
            | "fort"
            | "mount"
            | "port"
            | "saint"
            | "st"
            | "san"
            | "santa"
            | "los"
            | "las"
            | "el"
            | "palm"
            | "grand"
    );
    let gets = matches!(
        line.word(at.wrapping_sub(1)),
        "a" | "any"
            | "buy"
            | "buying"
            | "get"
            | "getting"
            | "my"
            | "need"
            | "order"
            | "our"
            | "purchase"
            | "some"
            | "the"
            | "want"
            | "your"
    );
    let thing = gets && line.word(at) == "new";
    let end = at + 2;
    let ends = ends_clause(line, end)
        || line.is_digits(end)
        || line.is_slot(end)
        || matches!(line.word(end), "city" | "and" | "zip");
    half && ends && !thing
}

/// `123 [CITY_1]`, `my address 9 [PERSON_1]`: digits that begin the turn, or
/// where an address is told, before a name.
pub(super) fn is_house(line: &Line, at: usize) -> bool {
    let begins = at == 0 || matches!(line.word(at - 1), "address" | "is" | "at");
    begins && (1..=5).contains(&line.digits(at))
}

/// `is this [PERSON_1] day`, `hi, it's grace [PERSON_1]`: the surname, or the
/// given name, which is a word too, where somebody is named.
pub(super) fn is_other_name(line: &Line, at: usize, forwards: bool) -> bool {
    let first = if forwards { at.wrapping_sub(1) } else { at };
    let named = first == 0
        || line.is_class(first.wrapping_sub(1), class::BEFORE | class::GREETING)
        || line.mark(first.wrapping_sub(1)).is_some();
    if forwards {
        named && closes_name(line, at + 1) && vocabulary::is_surname(line.word(at))
    } else {
        named
            && line.is_class(at, class::DOUBLE)
            && !matches!(line.word(at), "may" | "will" | "guy" | "buddy" | "angel")
    }
}

/// Whether a name may end before `at`.
fn closes_name(line: &Line, at: usize) -> bool {
    ends_clause(line, at)
        || matches!(
            line.word(at),
            "with" | "from" | "calling" | "speaking" | "writing" | "i'm" | "it" | "about" | "i"
        )
}
