//! What is left of a code: letters, words that sound as letters, signs said.

use super::super::atom::{Kind, Line};
use super::super::clause::breaks_off;
use super::super::vocabulary;
use super::super::words::class;
use super::letter::{is_cluster_after, is_hex_after, is_told};
use crate::domain::Category;

/// `c[ID_1] and c34`: a vertebra, where another one is near.
fn is_vertebra(line: &Line, at: usize) -> bool {
    let region = |i: usize| matches!(line.word(i), "c" | "t" | "l" | "s");
    let other = |i: usize| region(i) && line.is_digits(i + 1) && line.digits(i + 1) < 3;
    region(at) && (at.saturating_sub(8)..at + 9).any(|i| i != at && other(i))
}

/// `claims at mid oskgate [URL_1]`, `[PERSON_1] 77 at [CITY_1]`: an address of mail whose
/// end was removed alone.
pub(super) fn is_host_of_mail(line: &Line, category: Category, i: usize) -> bool {
    const WORDS: usize = 4;
    let electronic = matches!(category, Category::Url | Category::Email);
    if !electronic && line.word_before(i) != "at" {
        return false;
    }
    let Some(at) = (i.saturating_sub(WORDS)..i)
        .rev()
        .find(|&at| line.word(at) == "at")
    else {
        return false;
    };
    if electronic {
        let host = |j: usize| {
            line.word(j).len() > 1
                && !line.is_class(j, class::SMALL)
                && !matches!(
                    line.word(j),
                    "the"
                        | "our"
                        | "your"
                        | "my"
                        | "a"
                        | "this"
                        | "site"
                        | "website"
                        | "page"
                        | "app"
                        | "portal"
                        | "email"
                        | "address"
                        | "is"
                        | "or"
                        | "www"
                )
                || line.word(j) == "and"
        };
        let told = at > 0 && !line.word(at - 1).is_empty() && line.word(at - 1) != "look";
        return told && at + 1 < i && (at + 1..i).all(host);
    }
    let numbered = at > 1 && line.is_digits(at - 1) && line.is_slot_of(at - 2, Category::Person);
    numbered && at + 1 == i && i + 1 == line.atoms.len()
}

/// `NJ [ZIP_1]`: the state before its ZIP code.
fn is_state(word: &str) -> bool {
    const STATES: &str = "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn \
        ms mo mt ne nv nh nj nm ny nc nd oh ok or pa pr ri sc sd tn tx ut vt va wa wv wi wy";
    word.len() == 2 && STATES.split(' ').any(|state| state == word)
}

/// A letter, what is written as one with the replacement, a sign said.
pub(super) fn is_code_remnant(line: &Line, category: Category, at: usize, forwards: bool) -> bool {
    let word = line.word(at);
    let meridiem = matches!(word, "a" | "p") && line.word(at + 1) == "m";
    let article = matches!(word, "a" | "i" | "s" | "t" | "u" | "n" | "m" | "x");
    // `my id a [ID_1]`, or the whole turn.
    let begins = !forwards && at == 0 && matches!(word, "m" | "t" | "x");
    let told = !forwards && matches!(word, "a" | "i" | "n" | "t" | "u" | "x");
    let told = begins
        || told
            && (at == 0 && line.words == 1 && word != "i"
                || at > 0 && line.is_class(at - 1, class::CUE)
                || word != "a" && word != "i" && at > 0 && is_told(line, at));
    let letter = word.len() == 1 && (!article || told) && category != Category::Date && !meridiem;
    if category == Category::Secret {
        return if forwards {
            is_cluster_after(line, category, at)
        } else {
            is_secret_remnant(line, at)
        };
    }
    let electronic = matches!(
        category,
        Category::Email | Category::Username | Category::Url
    );
    if electronic && !forwards {
        let unknown = |i: usize| line.word(i).len() > 2 && line.is_unknown(i);
        let part = || !line.is_class(at, class::SMALL | class::BEFORE) && !word.is_empty();
        let surname = || {
            let initial = at > 0 && line.word(at - 1).len() == 1;
            let removed = at > 0 && line.is_slot_of(at - 1, Category::Person);
            (initial || removed) && vocabulary::is_surname(word)
        };
        let name = surname()
            || unknown(at)
            || at > 0 && unknown(at - 1) && line.word(at - 1).len() > 4 && part();
        let written = line.glued(at + 1) && !word.is_empty() && !line.is_class(at, class::SMALL);
        if name || written || word == "at" && category == Category::Username {
            return true;
        }
    }
    let state = || category == Category::Zip && !forwards && is_state(word);
    if is_vertebra(line, at) || state() {
        return false;
    }
    if word == "i" && !forwards && matches!(line.word_before(at), "as" | "under") {
        return true;
    }
    if forwards && is_letter_said_after(line, at) {
        return category != Category::Date;
    }
    if forwards && is_letter_after(line, at) || is_tied(line, at, forwards) {
        return category != Category::Date;
    }
    let pair = word.len() == 2 && !line.is_class(at, class::SMALL) && line.is_unknown(at);
    let cluster = || pair || is_cluster_after(line, category, at);
    if forwards && category != Category::Date && cluster()
        || forwards && category == Category::Device && is_hex_after(line, at)
    {
        return true;
    }
    let touching = line.glued(if forwards { at } else { at + 1 });
    let short = word.len() < 3 && !line.is_class(at, class::ORDINARY | class::ENDING);
    let code = !word.is_empty() && (short || line.is_unknown(at)) && word != "s";
    letter
        || !forwards && is_prefix(line, category, at)
        || touching && code
        || matches!(word, "dot" | "point" | "slash" | "underscore" | "colon")
        || !forwards && word == "at" && at == 0 && electronic
        || is_joined_to_code(line, category, at, forwards)
        || matches!(category, Category::Biometric | Category::OtherId)
            && !forwards
            && is_kind_of_print(line, at)
}

/// `[ID_1] s.`, `[ACCOUNT_1] a has shipped`, `[DEVICE_1] be`, `[ID_1] a a 5`: a
/// letter, or what sounds as one, with which the number ends or goes on.
fn is_letter_after(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    if line.glued(at) {
        return false;
    }
    let ends = breaks_off(line, at + 1);
    // `[DEVICE_1] hyphen a four`
    if word == "a" && matches!(line.word_before(at), "hyphen" | "dash") {
        return true;
    }
    match word {
        "a" => {
            let next = line.word(at + 1);
            let goes_on = next.len() == 1 || next == "oh" || line.digits(at + 1) == 1;
            ends || goes_on || matches!(next, "is" | "was" | "has" | "if")
        }
        "s" | "t" | "u" | "n" | "m" | "x" => ends,
        "be" | "oh" => ends,
        _ => {
            let short = matches!(word.len(), 2 | 3) && !line.is_class(at, class::SMALL);
            let number = matches!(line.digits(at + 1), 2..=4) && !line.is_unit(at + 2);
            short && number && !line.is_ordinary(at) && !line.is_class(at, OTHER)
        }
    }
}

/// `found it a [ID_1]`, `found it for [ID_1]`: a letter or a digit as it was
/// heard, that is all there is besides small words before
/// the number.
pub(super) fn is_letter_before(line: &Line, i: usize) -> bool {
    let Some(at) = i
        .checked_sub(1)
        .filter(|at| matches!(line.word(*at), "a" | "for"))
    else {
        return false;
    };
    let alone = (0..line.atoms.len()).all(|j| j == at || is_small(line, j));
    let noun = matches!(
        line.word_before(at),
        "it's" | "is" | "that's" | "have" | "got" | "was" | "its" | "be" | "and"
    );
    alone && !noun
}

/// `s-[ID_1]`: a letter that a hyphen ties to the number.
fn is_tied(line: &Line, at: usize, forwards: bool) -> bool {
    let mark = if forwards { at - 1 } else { at + 1 };
    let tied = line.mark(mark) == Some('-') && line.glued(mark) && line.glued(mark + 1);
    let begins = || !line.glued(at) || line.mark(at.wrapping_sub(1)) == Some('-');
    line.word(at).len() == 1 && tied && (forwards || begins())
}

/// `confirmation f [TIME]`: a letter of a code of which a part was taken for
/// something else.
pub(super) fn is_letter_told(line: &Line, at: usize) -> bool {
    line.word(at).len() == 1
        && !matches!(line.word(at), "a" | "i" | "s")
        && at > 0
        && line.is_class(at - 1, class::CUE)
}

/// What before or after a number is a word of its own.
const OTHER: u32 =
    class::CUE | class::SMALL | class::NUMBER | class::UNIT | class::ACRONYM | class::THING;

/// `it's voice [BIOMETRIC_1]`: the word that a template's number begins with.
fn is_kind_of_print(line: &Line, at: usize) -> bool {
    let kind = matches!(
        line.word(at),
        "voice" | "iris" | "face" | "retina" | "finger" | "palm"
    );
    let before = at.checked_sub(1);
    kind && before.is_none_or(|b| {
        !matches!(
            line.word(b),
            "your" | "my" | "the" | "a" | "his" | "her" | "with" | "and"
        )
    })
}

/// `photo-[PHOTO_1]`: a word that is written as one with the code, or with a
/// hyphen.
fn is_joined_to_code(line: &Line, category: Category, at: usize, forwards: bool) -> bool {
    let coded = matches!(
        category,
        Category::Photo | Category::Biometric | Category::OtherId | Category::Username
    );
    let (first, last) = if forwards { (at - 1, at) } else { (at, at + 1) };
    let hyphen = matches!(line.mark(last), Some('-' | '_')) && line.glued(last + 1);
    // `photo dash [ID_1]`
    let said =
        matches!(line.word(last), "dash" | "hyphen" | "underscore") && line.is_slot(last + 1);
    coded
        && !forwards
        && line.word(first).len() > 2
        && (line.glued(last) && hyphen || said && !line.is_class(first, class::CUE | class::SMALL))
}

/// `policy number med [ID_1]`, `yhf [ID_1]`: the letters that a code begins with.
fn is_prefix(line: &Line, category: Category, at: usize) -> bool {
    if !matches!(line.word(at).len(), 2..=4) || category == Category::Date {
        return false;
    }
    let told = match at.checked_sub(1) {
        Some(before) => {
            line.is_class(before, class::CUE)
                || matches!(line.word(before), "is" | "see" | "show" | "as" | "be")
        }
        None => line.words == 1,
    };
    if is_kind_of_number(line.word(at)) {
        return false;
    }
    let alone = || (0..line.atoms.len()).all(|i| i == at || is_small(line, i));
    let word = !line.is_class(at, OTHER) && !line.is_ordinary(at);
    let first = || at == 0 || line.word_before(at) == "and";
    let unit = line.is_unit(at) && !line.word(at).contains(['a', 'e', 'i', 'o', 'u']);
    line.is_unknown(at)
        || (word || unit) && (told || alone())
        || unit && at == 0
        || is_letter_said(line, at)
            && line.word_before(at) != line.word(at)
            && (told || first() && alone())
}

/// What a number is of, or what is done with it, when people write in short:
/// `tin [ID_1]`, `ship [ADDRESS_1]`.
fn is_kind_of_number(word: &str) -> bool {
    matches!(
        word,
        "key"
            | "vat"
            | "nr"
            | "gr"
            | "conf"
            | "cert"
            | "attn"
            | "acct"
            | "inv"
            | "rsvp"
            | "lic"
            | "pmt"
            | "tkt"
            | "appt"
            | "appl"
            | "tel"
            | "mob"
            | "cell"
            | "tin"
            | "ein"
            | "loan"
            | "bsb"
            | "ifsc"
            | "bic"
            | "npi"
            | "lot"
            | "unit"
            | "room"
            | "bed"
            | "seat"
            | "gate"
            | "bay"
            | "row"
            | "bin"
            | "slip"
            | "file"
            | "form"
            | "bill"
            | "ship"
            | "send"
            | "sent"
            | "pay"
            | "paid"
            | "skip"
            | "hub"
            | "fob"
            | "gift"
            | "bond"
            | "fund"
            | "lien"
            | "deed"
            | "job"
    )
}

/// `[ID_1] el no wait`: a letter as it sounds, which is no word of a sentence.
fn is_letter_said_after(line: &Line, at: usize) -> bool {
    let sound = matches!(
        line.word(at),
        "el" | "em"
            | "en"
            | "ex"
            | "es"
            | "dee"
            | "gee"
            | "kay"
            | "jay"
            | "cee"
            | "tee"
            | "vee"
            | "ewe"
            | "zee"
            | "zed"
            | "pee"
            | "cue"
            | "ess"
            | "eff"
    );
    sound && breaks_off(line, at + 1)
}

/// Whether the word at `at` sounds as a letter does, and is written for one.
fn is_letter_said(line: &Line, at: usize) -> bool {
    matches!(
        line.word(at),
        "be" | "bee"
            | "he"
            | "sea"
            | "see"
            | "dee"
            | "gee"
            | "jay"
            | "kay"
            | "el"
            | "em"
            | "en"
            | "er"
            | "es"
            | "ex"
            | "pea"
            | "tea"
            | "tee"
            | "are"
            | "why"
            | "you"
    )
}

/// Whether atom `i` says nothing by itself: a small word, a mark, a replacement.
fn is_small(line: &Line, i: usize) -> bool {
    match line.atoms[i].kind {
        Kind::Word => line.is_class(i, class::SMALL | class::FILLER),
        Kind::Digits => false,
        Kind::Mark(_) | Kind::Slot(_) => true,
    }
}

/// `walnut [SECRET_1]`, `kayak![SECRET_1]`: the word that a password begins
/// with.
fn is_secret_remnant(line: &Line, at: usize) -> bool {
    const SAID: u32 = class::CUE | class::SMALL | class::SECRET | class::NUMBER | class::FILLER;
    let word = line.word(at);
    let kind = matches!(
        word,
        "safe" | "keysafe" | "lockbox" | "limit" | "sell" | "buy" | "alarm" | "gate"
    );
    !kind
        && word.len() > 2
        && !line.is_ordinary(at)
        && !line.is_unit(at)
        && !line.is_class(at, SAID)
        || matches!(
            word,
            "hash" | "exclamation" | "point" | "underscore" | "dash"
        )
        || is_alone_before(line, at)
}

/// `old [SECRET_1]`, `next is on [SECRET_1]`: a word that is all there is besides
/// small ones.
fn is_alone_before(line: &Line, at: usize) -> bool {
    const SAID: u32 = class::CUE | class::SMALL | class::SECRET | class::NUMBER | class::FILLER;
    let verb = matches!(
        line.word(at),
        "use"
            | "used"
            | "try"
            | "tried"
            | "say"
            | "said"
            | "type"
            | "enter"
            | "with"
            | "to"
            | "my"
            | "your"
            | "called"
            | "like"
            | "always"
            | "still"
            | "maybe"
            | "probably"
            | "think"
            | "says"
            | "mean"
            | "meant"
            | "wait"
            | "actually"
            | "limit"
            | "sell"
            | "buy"
            | "safe"
            | "gate"
            | "door"
            | "alarm"
            | "box"
    );
    let alone = (0..line.atoms.len()).all(|i| i == at || is_small(line, i));
    !verb && line.word(at).len() > 1 && !line.is_class(at, SAID | class::ENDING) && alone
}

/// `[ID_1] at [ID_2]`, and `at [ID_1]` for a whole turn: an address of mail
/// that was removed in parts.
pub(super) fn is_mail_parted(line: &Line, i: usize) -> bool {
    let id = |at: usize| line.is_slot_of(at, Category::OtherId);
    let at = i.checked_sub(1).filter(|at| line.word(*at) == "at");
    at.is_some_and(|at| {
        let alone = at == 0 && line.words == 1;
        id(i) && (alone || at > 0 && line.is_slot(at - 1))
    })
}
