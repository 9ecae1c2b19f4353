//! The values that a cue announces, after it or before it: `[4471] is my pin`.

use crate::deid::detect::expect::code;
use crate::deid::detect::expect::fragment::STATES;
use crate::deid::detect::expect::street::is_sentence_word;
use crate::deid::detect::expect::talk::number;
use crate::deid::detect::units::is_quantity;
use crate::deid::detect::value::{Chunk, Value, chunk, is_function_word, is_year, read};
use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::spoken::is_radio;
use crate::deid::word::{Words, words};
use crate::domain::Category;

use super::filler::is_filler;
use super::table::{Form, Hit, Kind};

/// Most words between a cue and its value.
const FARTHEST: usize = 10;

/// Most words and marks between them.
const FARTHEST_TOKENS: usize = 24;

/// The values that `hit` announces, after it or before it.
pub(super) fn announced(turn: &DocTurn<'_>, hit: &Hit) -> Vec<Value> {
    if hit.kind.form == Form::Asked {
        let named = hit.kind.category == Category::Username && is_after_as(turn, hit.first);
        let value = named.then(|| before(turn, hit)).flatten();
        return value.into_iter().collect();
    }
    let Some(first) = after(turn, hit) else {
        return before(turn, hit).into_iter().collect();
    };
    let mut next = first.next;
    let mut values = vec![first];
    while values.len() < FARTHEST
        && let Some(value) = alternative(turn, next).filter(|v| suffices(turn, v, hit.kind))
    {
        next = value.next;
        values.push(value);
    }
    values
}

/// Another value of the same kind: `4471 or maybe 4417`.
fn alternative(turn: &DocTurn<'_>, from: usize) -> Option<Value> {
    let joined = turn.is_of(from, words!["or", "and", "but"]);
    let wanted = || turn.is_of(from, words!["i"]) && turn.is_of(from + 1, words!["want"]);
    if !(joined || wanted()) {
        return None;
    }
    for at in (from..turn.tokens.len()).take(FARTHEST) {
        if let Some(value) = read(turn, at) {
            return Some(value);
        }
        // `and i want it 7261`
        let wanted = turn.is_of(at, words!["make", "want"]);
        if !is_filler(turn.word(at)) && turn.word(at) != "," && !wanted {
            return None;
        }
    }
    None
}

/// The first value after `hit`.
fn after(turn: &DocTurn<'_>, hit: &Hit) -> Option<Value> {
    let last = hit.after.checked_sub(1).map_or("", |i| turn.word(i));
    let mut linked = words!["as", "is", "under", "was"].lists(last);
    let mut since = false;
    let mut words = 0;
    for at in (hit.after..turn.tokens.len()).take(FARTHEST_TOKENS) {
        if turn.tokens[at].kind != TokenKind::Mark {
            words += 1;
        }
        if words > FARTHEST {
            return None;
        }
        if let Some(value) = read(turn, at)
            .filter(|v| suffices(turn, v, hit.kind) || v.digits >= ENDING && is_ending(turn, at))
        {
            let since = since && !is_ending(turn, at) || hit.kind.category == Category::Date;
            let bare_year = since && is_year(&turn.text[value.span.clone()]);
            return (!bare_year).then(|| led_in(turn, hit, at, value));
        }
        if let Some(keys) = pressed(turn, at).filter(|_| hit.kind.category == Category::Secret) {
            return Some(keys);
        }
        let word = turn.word(at);
        if hit.kind.form == Form::Number && is_capitals_of_code(turn, at) {
            return Some(Value {
                span: turn.tokens[at].span.clone(),
                digits: 0,
                next: at + 1,
            });
        }
        if linked && hit.kind.form == Form::Word && is_case(turn, at) {
            continue;
        }
        let begins = turn.tokens[at].kind == TokenKind::Word && !is_filler(word);
        // `call sign is hotel 312`
        let lettered = || hit.kind.category == Category::Vehicle && is_radio(turn.key(at));
        if begins && linked && (hit.kind.category == Category::Biometric || lettered()) {
            return read(turn, at + 1).map(|v| Value {
                span: turn.tokens[at].span.start..v.span.end,
                ..v
            });
        }
        if hit.kind.form == Form::Word && begins {
            return chunk(turn, at)
                .map(|c| spoken_value(turn, &c, hit.kind))
                .filter(|v| {
                    linked && !is_function_word(word) && !is_state(turn, at) || v.digits > 0
                })
                .filter(|_| !is_no_handle(hit.kind, word));
        }
        let mark = turn.tokens[at].kind == TokenKind::Mark && !turn.is_blank(at);
        if !(is_filler(word) || mark) {
            return None;
        }
        since = words!["in", "from"].lists(word);
        linked = words!["is", "was", ":", "=", "it's", "be", "as"].lists(word)
            || word == "to" && is_set(turn, hit.first);
    }
    None
}

/// Whether `word` says whose a name on the net is, or where, where one is told:
/// `logged in as [yourself]`, `it's [under] mine`.
fn is_no_handle(kind: Kind, word: &str) -> bool {
    const WORDS: Words = words![
        "above",
        "below",
        "guest",
        "hers",
        "herself",
        "himself",
        "mine",
        "myself",
        "somebody",
        "someone",
        "themselves",
        "under",
        "yours",
        "yourself",
    ];
    kind.category == Category::Username && WORDS.lists(word)
}

/// `value`, which is read at token `at`, with the letter before it that is a
/// word too: `mrn [a, 4, 4]`.
fn led_in(turn: &DocTurn<'_>, hit: &Hit, at: usize, value: Value) -> Value {
    let mark = |i: usize| matches!(turn.word(i), "," | "-" | ".");
    let letter = |i: usize| turn.tokens[i].kind == TokenKind::Word && turn.word(i).len() == 1;
    let mut first = at;
    while first >= hit.after + 2 && mark(first - 1) && letter(first - 2) {
        first -= 2;
    }
    Value {
        span: turn.tokens[first].span.start..value.span.end,
        ..value
    }
}

/// Whether token `at` tells how a password is written: `all lowercase`.
fn is_case(turn: &DocTurn<'_>, at: usize) -> bool {
    const ALL: Words = words!["all", "one"];
    const CASES: Words = words![
        "capital",
        "capitals",
        "caps",
        "lower",
        "lowercase",
        "upper",
        "uppercase",
        "word",
    ];
    let case = |i: usize| turn.is_of(i, CASES);
    case(at)
        || turn.is_of(at, ALL) && case(at + 1)
        || at > 0 && turn.is_of(at, words!["case"]) && case(at - 1)
}

/// Whether token `at` is capitals that no word has, where others are small: `Account
/// [QXKVHRMB]`.
fn is_capitals_of_code(turn: &DocTurn<'_>, at: usize) -> bool {
    const SHORTEST: usize = 5;
    /// Consonants together that hardly a word has.
    const TOGETHER: usize = 4;
    let word = turn.word(at).as_bytes();
    let consonant = |b: &u8| b.is_ascii_uppercase() && !b"AEIOUY".contains(b);
    word.len() >= SHORTEST
        && word.iter().all(u8::is_ascii_uppercase)
        && word.windows(TOGETHER).any(|few| few.iter().all(consonant))
        && turn.text.bytes().any(|b| b.is_ascii_lowercase())
}

/// Whether token `at` tells of a password that it does or does not work: `is [wrong]`.
fn is_state(turn: &DocTurn<'_>, at: usize) -> bool {
    turn.is_of(at, STATES)
}

/// The keys at token `at`, of which the last is a mark's: `4417 pound`.
fn pressed(turn: &DocTurn<'_>, at: usize) -> Option<Value> {
    let number = &turn.tokens[at];
    let key = turn.is_of(at + 1, words!["pound", "star", "hash"]);
    (number.kind == TokenKind::Number && number.span.len() >= FEWEST_KEYS && key).then(|| Value {
        span: number.span.start..turn.tokens[at + 1].span.end,
        digits: number.span.len(),
        next: at + 2,
    })
}

/// Fewest digits of a code that is keyed in.
const FEWEST_KEYS: usize = 3;

/// The word or code `first`, and what is said after it of the same value:
/// `pepper hash two one`, `ann lee eighty`.
fn spoken_value(turn: &DocTurn<'_>, first: &Chunk, kind: Kind) -> Value {
    let mut end = code::end(turn, first.tokens.end);
    if end == first.tokens.end
        && let Some(number) = phrase_end(turn, end).filter(|_| kind.form == Form::Word)
    {
        end = code::end(turn, number);
    }
    let span = first.span.start..turn.tokens[end - 1].span.end;
    let more = end > first.tokens.end;
    Value {
        digits: usize::from(more && kind.form == Form::Word),
        span,
        next: end,
    }
}

/// Most words after the first of a password of several.
const MOST_WORDS: usize = 3;

/// The number that ends a password of several words, of which token `at` is the
/// second: `salty [heron] 62`.
fn phrase_end(turn: &DocTurn<'_>, at: usize) -> Option<usize> {
    let plain = |i: usize| {
        turn.tokens[i].kind == TokenKind::Word
            && !is_filler(turn.word(i))
            && !is_sentence_word(turn.key(i))
    };
    let limit = turn.tokens.len().min(at + MOST_WORDS + 1);
    let number = (at..limit).find(|&i| number(turn, i))?;
    let said = number > at && (at..number).all(plain);
    (said && !is_quantity(turn.text, turn.tokens[number].span.end)).then_some(number)
}

/// Whether `value` is long enough for `kind`; letters make a short one certain.
fn suffices(turn: &DocTurn<'_>, value: &Value, kind: Kind) -> bool {
    let text = &turn.text[value.span.clone()];
    let lettered = text.bytes().any(|b| b.is_ascii_alphabetic());
    let mixed = value.digits > 0 && text.bytes().filter(u8::is_ascii_alphanumeric).count() >= 5;
    value.digits >= kind.digits || lettered && (value.digits >= 3 || mixed)
}

/// Fewest digits with which a number is said to end.
const ENDING: usize = 2;

/// Whether it is said before token `at` how a number ends or begins: `ends in
/// [412]`, `started with [412]`.
fn is_ending(turn: &DocTurn<'_>, at: usize) -> bool {
    let linked = at > 0 && turn.is_of(at - 1, words!["in", "with"]);
    let last = at.checked_sub(1 + usize::from(linked));
    last.is_some_and(|i| {
        turn.is_of(i, words!["ends", "ending", "end"])
            || turn.is_of(at - 1, words!["with"])
                && turn.is_of(i, words!["began", "begins", "start", "started", "starts"])
    })
}

/// Whether the cue at token `first` is given a value: `i set my [pin] to`.
fn is_set(turn: &DocTurn<'_>, first: usize) -> bool {
    const SET: Words = words!["set", "change", "changed", "reset", "made", "updated"];
    (first.saturating_sub(3)..first).any(|i| turn.is_of(i, SET))
}

/// Whether it is said what somebody's word at token `first` is: `… as your [login]`.
fn is_after_as(turn: &DocTurn<'_>, first: usize) -> bool {
    const OWN: Words = words!["my", "the", "your", "his", "her"];
    first > 1 && turn.is_of(first - 1, OWN) && turn.is_of(first - 2, words!["as"])
}

/// `4471 is my pin`, `4471 as the extension`, `4471, that's the zip`.
fn before(turn: &DocTurn<'_>, hit: &Hit) -> Option<Value> {
    // Whoever was born stands there, not when: `in 1990, i was born`.
    if turn.is_of(hit.first, words!["born"]) {
        return None;
    }
    let mut end = link_before(turn, hit.first)?;
    while end > 0 && turn.is_of(end - 1, words!["uh", "um"]) {
        end -= 1;
    }
    let mut first = end - usize::from(ends_code(turn, end));
    while first > 0 && end - first < FARTHEST_TOKENS && is_group(turn, first - 1, end) {
        first -= 1;
    }
    let numbers = first;
    if first > 1 && first < end && is_prefix(turn, first - 1) {
        first -= 1;
    }
    let worded = hit.kind.form != Form::Number;
    if worded && first > 0 && is_word_of_code(turn, first - 1) {
        first -= 1;
    }
    let first = (first..end).find(|&i| turn.tokens[i].kind != TokenKind::Mark)?;
    let value = read(turn, first).filter(|v| v.next == end);
    let value = value.or_else(|| {
        let text = &turn.text[turn.tokens[first].span.start..turn.tokens[end - 1].span.end];
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let said = (numbers..end).filter(|&i| number(turn, i)).count();
        (digits.max(said) > 0).then(|| Value {
            span: turn.tokens[first].span.start..turn.tokens[end - 1].span.end,
            digits: digits.max(said),
            next: end,
        })
    });
    value.filter(|v| suffices(turn, v, hit.kind))
}

/// Whether the token before `end` ends a code, though it is letters that are no
/// word or sounds as a number does: `834 [kys] as your plate`, `nine one [for] as`.
fn ends_code(turn: &DocTurn<'_>, end: usize) -> bool {
    const LONGEST: usize = 3;
    const SOUNDS: Words = words!["for", "to", "too", "ate"];
    let Some(last) = end.checked_sub(1).filter(|&last| last > 0) else {
        return false;
    };
    let letters = turn.tokens[last].kind == TokenKind::Word
        && turn.word(last).len() <= LONGEST
        && !is_filler(turn.word(last))
        && !is_sentence_word(turn.key(last));
    number(turn, last - 1) && (letters || turn.is_of(last, SOUNDS))
}

/// Where the value ends that the words before the cue at token `first` give
/// it: `… [as your billing] zip code`.
fn link_before(turn: &DocTurn<'_>, first: usize) -> Option<usize> {
    const OWN: Words = words!["my", "the", "your", "his", "her", "our", "their"];
    const LINKS: Words = words!["is", "are", "was", "were", "as", "for", "that's"];
    const MOST_BETWEEN: usize = 2;
    let mut at = first.checked_sub(1)?;
    let own = (at.saturating_sub(MOST_BETWEEN)..=at)
        .rev()
        .take_while(|&i| turn.tokens[i].kind == TokenKind::Word)
        .find(|&i| turn.is_of(i, OWN));
    if let Some(own) = own {
        at = own.checked_sub(1)?;
    }
    while at > 0 && turn.is_of(at, LINKS) && turn.key(at) == turn.key(at - 1) {
        at -= 1;
    }
    // `that's [you know] the zip`
    if at > 1 && turn.is_of(at, words!["know"]) && turn.is_of(at - 1, words!["you"]) {
        at -= 2;
    }
    let pause = at > 0 && turn.word(at - 1) == ",";
    turn.is_of(at, LINKS).then(|| at - usize::from(pause))
}

/// Whether token `i`, before the numbers and marks of a code, may be its word:
/// `[kayak] two nine seven`, `[kayak]#4`.
fn is_word_of_code(turn: &DocTurn<'_>, i: usize) -> bool {
    const SHORTEST: usize = 4;
    turn.tokens[i].kind == TokenKind::Word
        && turn.word(i).len() >= SHORTEST
        && !is_filler(turn.word(i))
        && !is_sentence_word(turn.key(i))
        && !turn.is_of(
            i,
            words!["entered", "used", "tried", "show", "about", "only"],
        )
}

/// Whether token `i`, before a number, is the short word with which a code
/// begins: `i see [inv] 4417 as …`.
fn is_prefix(turn: &DocTurn<'_>, i: usize) -> bool {
    const LONGEST: usize = 5;
    const BEFORE: Words = words!["see", "show", "have", "got", "is", "it's"];
    turn.tokens[i].kind == TokenKind::Word
        && turn.word(i).len() <= LONGEST
        && !is_filler(turn.word(i))
        && !is_sentence_word(turn.key(i))
        && turn.is_of(i - 1, BEFORE)
}

/// Whether token `at` is a part of the code that ends before token `end`.
fn is_group(turn: &DocTurn<'_>, at: usize, end: usize) -> bool {
    let word = turn.word(at);
    let touches = |i: usize| turn.is_joined(i + 1);
    let joined = |i: usize| matches!(turn.word(i), "-" | "_" | "/");
    let letters_of_code = word.len() <= 4
        && (at + 2 < end && touches(at) && joined(at + 1)
            || at > 1 && touches(at - 1) && joined(at - 1));
    let letters = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let letter = turn.tokens[at].kind == TokenKind::Word && word.len() == 1 && word != "i";
    let number_at = |i: usize| turn.tokens[i].kind == TokenKind::Number;
    let glued = word.len() <= 4
        && (at + 1 < end && touches(at) && number_at(at + 1)
            || at > 0 && touches(at - 1) && number_at(at - 1));
    turn.tokens[at].kind == TokenKind::Number
        || matches!(word, "-" | "." | "," | "#" | "!" | "_" | "*")
        || letter
        || glued
        || letters && word.len() > 1
        || letters_of_code
        || code::is_code(turn, at)
        || number(turn, at)
        || code::is_symbol(turn.key(at)) && !turn.is_of(at, words!["at", "point"])
        || words!["point"].lists(word) && at > 0 && turn.is_of(at - 1, words!["exclamation"])
        || words!["oh", "zero", "double", "triple"].lists(word)
}
