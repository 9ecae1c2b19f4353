//! Parts of codes and of names on the net: turns of letters, numbers and marks
//! said in words, with a word or two among them.

use std::ops::Range;

use crate::deid::detect::units::is_unit;
use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::word::{Key, Words, words};
use crate::domain::TurnKind;

use super::fragment::tail;
use super::murmur::is_murmured;
use super::street::{is_aside, is_sentence_word};
use super::talk::number;

/// Most tokens of one part.
const LONGEST: usize = 40;

/// Most plain words of a handle.
const MOST_HANDLE_WORDS: usize = 4;

/// Most plain words of one part.
const MOST_WORDS: usize = 2;

/// Longest abbreviation: letters that no word has without a vowel.
const LONGEST_ABBREVIATION: usize = 4;

/// What is muttered within a code.
const PAUSES: Words = words!["and", "next", "then", "uh", "um"];

/// What a token can be within a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A number, a letter, letters and digits.
    Code,
    /// A mark said in words.
    Symbol,
    /// A mark.
    Mark,
    /// Another word.
    Word,
}

/// The part of a code that `turn` is, what people murmur around it left out.
pub(super) fn part(turn: &DocTurn<'_>) -> Option<Range<usize>> {
    part_in(turn, 0..tail(turn))
}

/// The part of a code that the tokens `within` are.
pub(super) fn part_in(turn: &DocTurn<'_>, within: Range<usize>) -> Option<Range<usize>> {
    let inside = |i: &usize| !is_aside(turn, *i) || is_code(turn, *i);
    let start = within.clone().find(inside)?;
    let end = (start..within.end).rev().find(inside)? + 1;
    let part = with_names(turn, start..end, &within);
    (part.len() <= LONGEST && is_part(turn, &part)).then_some(part)
}

/// Marks of addresses that have words about them.
const LINKS: Words = words!["dot", "slash", "underscore"];

/// `part` of `within` with the word before its first mark and that after its
/// last: `[day] dot lund`, `lund underscore [price]`.
fn with_names(turn: &DocTurn<'_>, part: Range<usize>, within: &Range<usize>) -> Range<usize> {
    let Range { start, end } = part;
    let word = |i: usize| turn.tokens[i].kind == TokenKind::Word;
    let led = start > within.start && turn.is_of(start, LINKS) && word(start - 1);
    let goes_on = end < within.end && turn.is_of(end - 1, LINKS) && word(end);
    start - usize::from(led)..end + usize::from(goes_on)
}

/// Whether all of `part` may be of one code, and says something of it.
fn is_part(turn: &DocTurn<'_>, part: &Range<usize>) -> bool {
    let (mut said, mut words, mut idle) = (0, 0, 0);
    for i in part.clone() {
        match piece(turn, i) {
            Piece::Code | Piece::Symbol => said += 1,
            Piece::Word if words < MOST_WORDS && may_part(turn, i, part) => words += 1,
            Piece::Word => return false,
            Piece::Mark => {}
        }
        let last = i + 1 == part.end && is_symbol(turn.key(i));
        let chatted = turn.kind == TurnKind::Text && is_chat_letter(turn, i);
        let idly = turn.is_of(i, words!["oh", "o", "a"]) || is_pronoun(turn, i);
        idle += usize::from(last || chatted || idly);
    }
    said > idle
}

/// Whether the `one` at token `i` stands for a thing and counts nothing: `the old
/// [one]`.
fn is_pronoun(turn: &DocTurn<'_>, i: usize) -> bool {
    const REACH: usize = 2;
    const BEFORE: Words = words![
        "another", "new", "old", "other", "same", "that", "the", "this", "which", "work"
    ];
    turn.is_of(i, words!["one"])
        && (i.saturating_sub(REACH)..i).any(|k| turn.is_of(k, BEFORE))
        && !turn
            .tokens
            .get(i + 1)
            .is_some_and(|_| number(turn, i + 1) || turn.word(i + 1).len() == 1)
}

/// Whether token `i` is a letter that stands for a word in a chat, words on both
/// sides or nothing: `cant [u] text`, `[k] bye`.
fn is_chat_letter(turn: &DocTurn<'_>, i: usize) -> bool {
    let word = |i: usize| {
        turn.tokens
            .get(i)
            .is_none_or(|t| t.kind == TokenKind::Word && t.span.len() > 1)
    };
    turn.is_of(i, words!["b", "c", "k", "n", "r", "u", "w", "x", "y"])
        && (i == 0 || word(i - 1))
        && word(i + 1)
}

/// Whether the word at `i` may stand within `part`, a code's.
fn may_part(turn: &DocTurn<'_>, i: usize, part: &Range<usize>) -> bool {
    // Amounts have scales, and codes have none; nor is a code told by its length.
    const SCALES: Words = words![
        "character",
        "characters",
        "hundred",
        "least",
        "million",
        "most",
        "thousand"
    ];
    if is_murmured(turn, i) {
        return turn.is_of(i, PAUSES);
    }
    let link = |i: usize| part.contains(&i) && turn.is_of(i, LINKS);
    let named = i > 0 && link(i - 1) || link(i + 1);
    !turn.is_of(i, SCALES) && (named || !is_sentence_word(turn.key(i)))
}

/// One past what is said of a code or a handle from token `at` on, after its
/// first word: numbers, letters, marks and the words after them.
pub(in crate::deid::detect) fn end(turn: &DocTurn<'_>, at: usize) -> usize {
    let mut end = at;
    let limit = turn.tokens.len().min(at + LONGEST);
    while end < limit {
        match piece(turn, end) {
            Piece::Code | Piece::Symbol if !is_idle(turn, end) => {}
            Piece::Word if end > at && is_symbol(turn.key(end - 1)) => {}
            _ => break,
        }
        end += 1;
    }
    end
}

/// Whether token `i` is a mark's name that nothing of a code follows: `at`,
/// `plus`.
fn is_idle(turn: &DocTurn<'_>, i: usize) -> bool {
    turn.is_of(i, words!["at", "plus", "minus", "forward"])
}

/// The handle that `at` begins in `turn`, which speaks of one: `my handle is at
/// quillby nine`.
pub(super) fn handle(turn: &DocTurn<'_>) -> Option<Range<usize>> {
    const BEFORE: Words = words![
        "as", "be", "handle", "here", "i'm", "id", "is", "it's", "login", "name", "under",
        "username", "was", ","
    ];
    let begins = |i: &usize| turn.is_of(*i, words!["at"]) && *i > 0 && turn.is_of(*i - 1, BEFORE);
    let start = (0..turn.tokens.len()).find(begins)?;
    let mut end = start + 1;
    let mut words = 0;
    while end < turn.tokens.len() && end - start < LONGEST {
        let after_symbol = is_symbol(turn.key(end - 1));
        match piece(turn, end) {
            Piece::Code | Piece::Symbol => {}
            Piece::Word if after_symbol && words < MOST_HANDLE_WORDS => words += 1,
            _ => break,
        }
        end += 1;
    }
    let sentence =
        (start..end).any(|i| piece(turn, i) == Piece::Word && is_sentence_word(turn.key(i)));
    let telling =
        (start + 1..end).any(|i| piece(turn, i) != Piece::Word) || end == turn.tokens.len();
    (end > start + 1 && telling && !sentence).then_some(start..end)
}

fn piece(turn: &DocTurn<'_>, i: usize) -> Piece {
    if is_code(turn, i) || tells_letter(turn, i) {
        Piece::Code
    } else if is_symbol(turn.key(i)) || is_sign(turn, i) {
        Piece::Symbol
    } else if turn.tokens[i].kind == TokenKind::Mark || leads_on(turn, i) {
        Piece::Mark
    } else {
        Piece::Word
    }
}

/// Whether token `i` is of the two words for a mark: `[dollar sign]`.
fn is_sign(turn: &DocTurn<'_>, i: usize) -> bool {
    const NAMES: Words = words![
        "and", "at", "dollar", "equal", "equals", "hash", "number", "percent", "pound", "question",
    ];
    let two = |i: usize| turn.is_of(i, NAMES) && turn.is_of(i + 1, words!["sign", "mark"]);
    two(i) || i > 0 && two(i - 1)
}

/// Whether token `i` says what comes next in a code: `n not [m]`, `then a [letter]
/// s`, `then [there's] a dash`.
fn leads_on(turn: &DocTurn<'_>, i: usize) -> bool {
    let letter = |i: usize| {
        turn.tokens
            .get(i)
            .is_some_and(|t| t.kind == TokenKind::Word && t.span.len() == 1)
    };
    let ends = |i: usize| turn.is_of(i, words!["ends", "ending", "starts", "starting"]);
    match turn.word(i) {
        // `and it ends in m`
        "in" | "with" => i > 0 && ends(i - 1) && (letter(i + 1) || number(turn, i + 1)),
        _ if ends(i) => {
            turn.is_of(i + 1, words!["in", "with"]) && (letter(i + 2) || number(turn, i + 2))
        }
        "it" => ends(i + 1),
        "not" | "letter" => letter(i + 1),
        "there's" | "theres" => {
            turn.is_of(i + 1, words!["a"]) && (is_symbol(turn.key(i + 2)) || letter(i + 2))
        }
        _ => false,
    }
}

/// One past the letter at token `i` and the words that tell it: `f [like frank]`.
pub(super) fn past_telling(turn: &DocTurn<'_>, i: usize) -> usize {
    let word = match () {
        () if turn.is_of(i + 1, words!["as"]) && turn.is_of(i + 2, words!["in"]) => i + 3,
        () if turn.is_of(i + 1, words!["for", "like"]) => i + 2,
        () => return i + 1,
    };
    let first = |k: usize| turn.word(k).bytes().next().map(|b| b.to_ascii_lowercase());
    let tells = word < turn.tokens.len() && turn.word(word).len() > 1 && first(word) == first(i);
    if tells { word + 1 } else { i + 1 }
}

/// Whether token `i` is of the words that tell a letter: `w [as in whiskey]`, `n
/// [like nancy]`.
fn tells_letter(turn: &DocTurn<'_>, i: usize) -> bool {
    const LONGEST: usize = 3;
    (1..=LONGEST.min(i)).any(|back| {
        let at = i - back;
        let letter = turn.word(at).as_bytes();
        let word = |k: usize| (k < turn.tokens.len()).then(|| turn.word(k).as_bytes());
        let tells = |k: usize| {
            let told = word(k).filter(|told| told.len() > 1);
            told.is_some_and(|told| told[0].eq_ignore_ascii_case(&letter[0]))
        };
        let like = || back <= 2 && turn.is_of(at + 1, words!["for", "like"]) && tells(at + 2);
        let as_in = || {
            turn.is_of(at + 1, words!["as"]) && turn.is_of(at + 2, words!["in"]) && tells(at + 3)
        };
        letter.len() == 1 && letter[0].is_ascii_alphabetic() && (as_in() || like())
    })
}

pub(in crate::deid::detect) fn is_symbol(word: Key) -> bool {
    const SYMBOLS: Words = words![
        "ampersand",
        "asterisk",
        "at",
        "backslash",
        "colon",
        "dash",
        "dot",
        "exclamation",
        "forward",
        "hash",
        "hashtag",
        "hyphen",
        "minus",
        "plus",
        "point",
        "slash",
        "star",
        "underscore",
    ];
    SYMBOLS.has(word)
}

/// Whether token `i` is a number, a letter, or letters that are no word.
pub(in crate::deid::detect) fn is_code(turn: &DocTurn<'_>, i: usize) -> bool {
    const NONE: Words = words![
        "brb", "btw", "cnt", "dnt", "dr", "gps", "hm", "hmm", "hrs", "jk", "lmk", "mhm", "mm",
        "mr", "mrs", "ms", "msg", "nd", "np", "nvm", "pcp", "pdf", "pls", "plss", "plz", "rd",
        "smh", "st", "tbh", "th", "thks", "thnx", "thx", "tks", "tnx", "ttl", "wks", "wnt", "xx",
        "xxx"
    ];
    let word = turn.word(i);
    let letters = turn.tokens[i].kind == TokenKind::Word;
    let abbreviation = letters
        && (2..=LONGEST_ABBREVIATION).contains(&word.len())
        && word
            .bytes()
            .all(|b| b.is_ascii_alphabetic() && !b"aeiouyAEIOUY".contains(&b))
        && !turn.is_of(i, NONE)
        && !is_unit(turn.key(i));
    // `that's the one`
    let pronoun = i > 0 && turn.is_of(i, words!["one"]) && turn.is_of(i - 1, words!["the"]);
    number(turn, i) && !pronoun
        || abbreviation
        || letters && word.len() == 1 && (!turn.is_of(i, words!["i"]) || is_beside_letter(turn, i))
        || turn.is_of(i, words!["zero", "oh", "double", "triple"])
}

/// Whether a letter stands beside token `i`: `k i`, and not `i`.
fn is_beside_letter(turn: &DocTurn<'_>, i: usize) -> bool {
    let letter = |at: usize| {
        turn.tokens.get(at).is_some_and(|t| {
            t.kind == TokenKind::Word && t.span.len() == 1 && !turn.is_of(at, words!["i"])
        })
    };
    let mark = |at: usize| {
        turn.tokens
            .get(at)
            .is_some_and(|_| matches!(turn.word(at), "." | "-"))
    };
    letter(i + 1)
        || mark(i + 1) && letter(i + 2)
        || i > 0 && letter(i - 1)
        || i > 1 && mark(i - 1) && letter(i - 2)
        // `s i [i]`
        || i > 1 && turn.is_of(i - 1, words!["i"]) && letter(i - 2)
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
        let turn = &document.turns[0];
        let part = part(turn).map(|part| {
            &text[turn.tokens[part.start].span.start..turn.tokens[part.end - 1].span.end]
        });
        assert_eq!(part, expected, "{text}");
    }

    #[test]
    fn turns_of_letters_and_numbers_are_parts() {
        check("and f n six.", Some("f n six"));
        check("gxv okay", Some("gxv"));
        check("at quillby eleven, got it?", Some("at quillby eleven"));
        check(
            "forward slash dreaz sixteen",
            Some("forward slash dreaz sixteen"),
        );
        check("n like nancy not m", Some("n like nancy not m"));
        check(
            "four oh nine and it ends in m",
            Some("four oh nine and it ends in m"),
        );
        check(
            "four one and then there's a dash oh two",
            Some("four one and then there's a dash oh two"),
        );
        check(
            "four one and then a letter s as in snake",
            Some("four one and then a letter s as in snake"),
        );
    }

    #[test]
    fn sentences_are_none() {
        check("one moment please i need two minutes", None);
        check("okay thank you", None);
        check("great. one moment", None);
        check("lee nine hang on lee ten", None);
        check("the six digit code", None);
        check("take two twice daily with food", None);
        check("that is my dog", None);
        check("that's the one", None);
        check("and you're on metformin 500 mg at bedtime", None);
    }

    #[test]
    fn letters_stand_for_words_in_chats() {
        for text in ["cant u text it", "k ty bye", "r u there", "thx"] {
            let mut raw = conversation(&[text]);
            raw.turns[0].kind = TurnKind::Text;
            let document = Document::new(&raw);
            assert_eq!(part(&document.turns[0]), None, "{text}");
        }
    }
}
