//! Ages over 89, and years of birth that imply one, as they are talked of
//! (45 CFR 164.514(b)(2)(i)(C)).

mod life;
mod told;

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::generalize::ninety_years_before;
use crate::deid::lexicon::{Classes, Lexicon, Matter, ReadTurn};
use crate::deid::word::{Phrases, Words, phrases, says, words};
use crate::domain::Category;

use super::super::mark_phrase;
use super::talk::{Asked, Said, Topic, is_said, word};
use crate::deid::spoken::{teen, tens, unit};
use told::told;

pub(super) const TOPIC: Topic = Topic {
    category: Category::Age,
    matter: Matter::Age,
    touches,
    read,
    asks,
    told,
};

/// Ages that nobody has outlived.
const OLDEST: u32 = 125;

/// Years in which nobody who is spoken of was born.
const EARLIEST_YEAR: u32 = 1850;

/// Questions for an age.
const AGE: Phrases = phrases![
    "how old",
    "your age",
    "his age",
    "her age",
    "their age",
    "patient's age",
    "the age",
];

/// Questions for a year of birth.
const BIRTH: Phrases = phrases![
    "year of birth",
    "birth year",
    "were you born",
    "was he born",
    "was she born",
    "you were born",
];

/// What is left open for an age at the end of a turn: `so that makes you`.
const LEFT_OPEN: Phrases = phrases![
    "you'd be",
    "he'd be",
    "she'd be",
    "makes you",
    "makes him",
    "makes her",
    "now you are",
    "you are now",
];

/// What asks where little else is said.
const ALONE: &[&str] = &["age", "born"];

/// What begins an age or a year that is said.
const AGED: &[&str] = &[
    "ninety",
    "ninetieth",
    "hundred",
    "hundredth",
    "nineteen",
    "eighteen",
];

/// Marks the words of questions and of ages in `lexicon`.
pub(super) fn mark(lexicon: &mut Lexicon) {
    let phrases = AGE.iter().chain(BIRTH.iter()).chain(LEFT_OPEN.iter());
    for phrase in phrases.chain(ALONE.iter().copied()) {
        mark_phrase(lexicon, phrase, Classes::ASKS_AGE);
    }
    for word in AGED {
        lexicon.mark(word, Classes::AGED);
    }
}

fn touches(turn: &ReadTurn<'_>) -> (bool, bool) {
    let says = turn.has(Classes::AGED) || turn.turn.shape.digits > 1;
    (turn.has(Classes::ASKS_AGE), says)
}

/// An age over 89, or a year that implies one.
fn read(turn: &DocTurn<'_>, i: usize, year: Option<i16>) -> Option<Said> {
    let (value, mut end) = if turn.tokens[i].kind == TokenKind::Number {
        (turn.word(i).parse().ok()?, i + 1)
    } else {
        said(turn, i)?
    };
    if turn.is_of(end, words!["st", "nd", "rd", "th"]) && turn.is_joined(end) {
        end += 1;
    }
    let latest = u32::try_from(ninety_years_before(year)).ok()?;
    let old = (90..=OLDEST).contains(&value) || (EARLIEST_YEAR..=latest).contains(&value);
    end = past_guess(turn, value, end);
    old.then_some(Said {
        tokens: i..end,
        value,
    })
}

/// Past a second age, a little above the first, `value`, that stands right after it at
/// token `end`, as people guess: `ninety one [ninety two]`.
fn past_guess(turn: &DocTurn<'_>, value: u32, end: usize) -> usize {
    const FARTHEST: u32 = 3;
    let next = said(turn, end).filter(|(next, _)| {
        (90..=OLDEST).contains(&value) && (value + 1..=value + FARTHEST).contains(next)
    });
    next.map_or(end, |(_, end)| end)
}

/// The number said from token `i` on, and the token after it.
fn said(turn: &DocTurn<'_>, i: usize) -> Option<(u32, usize)> {
    const FIRST: Words = words![
        "ninetieth",
        "hundredth",
        "ninety",
        "nineteen",
        "eighteen",
        "a",
        "one",
        "hundred",
    ];
    match FIRST.iter().nth(FIRST.place(turn.key(i))?)? {
        "ninetieth" => return Some((90, i + 1)),
        "hundredth" => return Some((100, i + 1)),
        "ninety" => {
            return Some(match ones(turn, i + 1) {
                Some((unit, end)) => (90 + unit, end),
                None => (90, i + 1),
            });
        }
        "nineteen" | "eighteen" => return year_said(turn, i),
        _ => {}
    }
    let hundred = i + usize::from(turn.is_of(i, words!["a", "one"]));
    if turn.is_of(hundred, words!["hundred", "hundredth"]) {
        let and = hundred + 1 + usize::from(says!(turn, hundred + 1, "and"));
        return Some(match ones(turn, and) {
            Some((unit, end)) => (100 + unit, end),
            None => match teen(turn.key(and)) {
                Some(teen) => (100 + teen, and + 1),
                None => (100, hundred + 1),
            },
        });
    }
    None
}

/// `one`, `first`, past a hyphen.
fn ones(turn: &DocTurn<'_>, i: usize) -> Option<(u32, usize)> {
    const ORDINALS: Words = words![
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    ];
    let at = i + usize::from(word(turn, i) == "-");
    let ordinal = || u32::try_from(ORDINALS.place(turn.key(at))? + 1).ok();
    let value = unit(turn.key(at)).or_else(ordinal)?;
    Some((value, at + 1))
}

/// `nineteen twenty seven`.
fn year_said(turn: &DocTurn<'_>, i: usize) -> Option<(u32, usize)> {
    let century = teen(turn.key(i))? * 100;
    let rest = turn.key(i + 1);
    if let Some(tens) = tens(rest) {
        return Some(match ones(turn, i + 2) {
            Some((unit, end)) => (century + tens + unit, end),
            None => (century + tens, i + 2),
        });
    }
    if let Some(teen) = teen(rest) {
        return Some((century + teen, i + 2));
    }
    let oh = words!["oh", "o"].has(rest);
    let unit = unit(turn.key(i + 2)).filter(|_| oh)?;
    Some((century + unit, i + 3))
}

/// What `turn` asks for: how old somebody is, or the year of a birth.
fn asks(turn: &DocTurn<'_>) -> Option<Asked> {
    let is = |phrases: Phrases, i: usize| is_said(turn, i, phrases);
    let short = turn.tokens.len() <= 4;
    if (0..turn.tokens.len()).any(|i| is(AGE, i) || short && says!(turn, i, "age")) {
        return Some(0..=u32::MAX);
    }
    if is_left_open(turn) {
        return Some(0..=u32::MAX);
    }
    let has = |words: Words| (0..turn.tokens.len()).any(|i| turn.is_of(i, words));
    let birth = (0..turn.tokens.len()).any(|i| is(BIRTH, i))
        || has(words!["born"]) && has(words!["what", "which", "when"]);
    birth.then_some(EARLIEST_YEAR..=u32::MAX)
}

/// Whether `turn` ends where an age would stand.
fn is_left_open(turn: &DocTurn<'_>) -> bool {
    const LONGEST: usize = 3;
    let marks = turn.tokens.iter().rev();
    let marks = marks.take_while(|token| token.kind == TokenKind::Mark);
    let end = turn.tokens.len() - marks.count();
    (end.saturating_sub(LONGEST)..end).any(|i| {
        let mut phrases = LEFT_OPEN.from(turn.key(i));
        phrases.any(|phrase| {
            (i..end)
                .map(|i| turn.key(i))
                .eq(phrase.words.iter().copied())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::talk::check;
    use crate::domain::Role::{Agent, User};

    #[test]
    fn sentences_tell_ages_over_89() {
        check(&[(User, "i'm in my 93rd year")], &["93rd"]);
        check(&[(User, "97, 97 years young")], &["97", "97"]);
        check(
            &[(User, "ninety one ninety-one years young")],
            &["ninety one", "ninety-one"],
        );
        check(&[(User, "ninety-one years young")], &["ninety-one"]);
        check(&[(User, "happy 90th you know birthday")], &["90th"]);
        check(&[(Agent, "Age: 104")], &["104"]);
        check(&[(User, "she's going on ninety two")], &["ninety two"]);
        check(
            &[(User, "she is turning a hundred and two")],
            &["a hundred and two"],
        );
        check(&[(Agent, "i have 1931 as the year of birth")], &["1931"]);
        check(
            &[(User, "i was born in nineteen twenty six")],
            &["nineteen twenty six"],
        );
    }

    #[test]
    fn ages_that_are_near_are_told_of_a_person() {
        for (text, age) in [
            ("he's gonna be ninety one in march", "ninety one"),
            ("my father will be ninety two soon", "ninety two"),
            ("i'm nearly a hundred and one", "a hundred and one"),
            ("grandma is pushing ninety five", "ninety five"),
            ("she'll be 94 next week", "94"),
            ("well he's past ninety you know", "ninety"),
        ] {
            check(&[(User, text)], &[age]);
        }
        for text in [
            "he'll be ninety minutes late",
            "it will be ninety outside",
            "she's almost 98.6",
            "he was almost 110 over 70",
            "i'm almost a hundred percent sure",
            "his pulse was over ninety",
            "she'll be eighty nine in may",
        ] {
            check(&[(User, text)], &[]);
        }
    }

    #[test]
    fn questions_and_read_backs_tell_them() {
        let asked = [
            (Agent, "and how old are you?"),
            (User, "ninety three"),
            (Agent, "okay ninety third, one moment"),
        ];
        check(&asked, &["ninety three", "ninety third"]);
        let guessed = [
            (Agent, "how old is she"),
            (User, "oh gosh ninety one ninety two i think"),
        ];
        check(&guessed, &["ninety one ninety two"]);
        let open = [
            (Agent, "well so that makes you"),
            (User, "ninety three or four"),
        ];
        check(&open, &["ninety three"]);
        let corrected = [
            (Agent, "how old is gran"),
            (User, "she's a hundred no ninety nine"),
        ];
        check(&corrected, &["a hundred", "ninety nine"]);
        check(&[(User, "i'm a young ninety one")], &["ninety one"]);
        let year = [
            (Agent, "what year were you born"),
            (User, "that would be 1930"),
            (Agent, "1930, got it"),
        ];
        check(&year, &["1930", "1930"]);
    }

    #[test]
    fn other_numbers_stay() {
        check(&[(User, "my pulse is 93"), (Agent, "93 is fine")], &[]);
        check(&[(Agent, "how old are you?"), (User, "i'm 88")], &[]);
        check(
            &[
                (Agent, "how old are you?"),
                (User, "old enough, i weigh 95 kilos"),
            ],
            &[],
        );
        check(&[(Agent, "your oxygen is 97 percent at age 70")], &[]);
        check(&[(User, "i was born in 1961")], &[]);
        check(&[(User, "it was founded in 1921")], &[]);
        check(
            &[
                (Agent, "how old are you?"),
                (User, "98.6 was my temperature"),
            ],
            &[],
        );
    }
}
