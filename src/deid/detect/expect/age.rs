//! Ages over 89, and years of birth that imply one, as they are talked of
//! (45 CFR 164.514(b)(2)(i)(C)).

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::generalize::ninety_years_before;
use crate::deid::lexicon::{Classes, Lexicon, Matter, ReadTurn};
use crate::deid::word::{Phrases, Words, phrases, words};
use crate::domain::Category;

use super::super::mark_phrase;
use super::elder::{is_of_oldest, is_of_relative, is_turned};
use super::talk::{Asked, Said, Topic, said_of, says, word};
use crate::deid::spoken::{teen, tens, unit};

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

/// Most words between an age and what tells of it.
const NEAR: usize = 4;

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
    for phrase in AGE.iter().chain(BIRTH.iter()).chain(ALONE.iter().copied()) {
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
    if turn.is_of(end, words!["st", "nd", "rd", "th"])
        && turn.tokens[end - 1].span.end == turn.tokens[end].span.start
    {
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
        let and = hundred + 1 + usize::from(says(turn, hundred + 1, "and"));
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
    let is = |phrases: Phrases, i: usize| said_of(turn, i, phrases).is_some();
    let short = turn.tokens.len() <= 4;
    if (0..turn.tokens.len()).any(|i| is(AGE, i) || short && says(turn, i, "age")) {
        return Some(0..=u32::MAX);
    }
    let has = |words: Words| (0..turn.tokens.len()).any(|i| turn.is_of(i, words));
    let birth = (0..turn.tokens.len()).any(|i| is(BIRTH, i))
        || has(words!["born"]) && has(words!["what", "which", "when"]);
    birth.then_some(EARLIEST_YEAR..=u32::MAX)
}

/// Whether the sentence says that `said` is an age or a year of birth.
fn told(turn: &DocTurn<'_>, said: &Said) -> bool {
    if said.value > OLDEST {
        return is_year_of_birth(turn, said);
    }
    let next = past_fillers(turn, said.tokens.end);
    let ordinal = !is_cardinal(turn, said);
    let before = said
        .tokens
        .start
        .checked_sub(1)
        .map_or("", |i| turn.word(i));
    let own = words!["my", "his", "her", "their", "your"].lists(before);
    says(turn, next, "years young")
        || turn.is_of(next, words!["year", "years"])
            && says(turn, past_fillers(turn, next + 1), "old")
        || ordinal && says(turn, next, "birthday")
        || ordinal && own && says(turn, next, "year")
        || is_after_age(turn, said.tokens.start)
        || is_hale(turn, said.tokens.start)
        || is_of_relative(turn, said)
        || !ordinal && (is_of_oldest(turn, said) || is_turned(turn, said))
        || !ordinal
            && is_of_person(turn, said.tokens.start)
            && !turn.is_of(said.tokens.end, words!["on", "for", "times", "sure"])
}

/// Whether somebody's age is what comes to token `start`: `he's gonna be`, `my
/// father will soon be`, `she is nearly`, `she's pushing`.
fn is_of_person(turn: &DocTurn<'_>, start: usize) -> bool {
    const REACH: usize = 6;
    const BETWEEN: Words = words![
        "about", "already", "am", "are", "be", "been", "going", "gonna", "got", "have", "is",
        "just", "know", "like", "now", "only", "probably", "soon", "to", "uh", "um", "was", "well",
        "will", "would", "you", "'ll"
    ];
    // Without one of these a number may be a pulse or a weight.
    const NEARS: Words = words![
        "almost",
        "approaching",
        "be",
        "hitting",
        "nearing",
        "nearly",
        "past",
        "pushing",
        "reaching"
    ];
    const WHO: Words = words![
        "aunt",
        "brother",
        "dad",
        "dad's",
        "father",
        "father's",
        "grandfather",
        "grandma",
        "grandma's",
        "grandmother",
        "grandpa",
        "grandpa's",
        "granny",
        "he",
        "he'll",
        "he's",
        "husband",
        "husband's",
        "i",
        "i'll",
        "i'm",
        "mom",
        "mom's",
        "mother",
        "mother's",
        "mum",
        "mum's",
        "nan",
        "nana",
        "patient",
        "she",
        "she'll",
        "she's",
        "sister",
        "they",
        "they're",
        "uncle",
        "we",
        "who",
        "who's",
        "wife",
        "wife's"
    ];
    let reach = start.saturating_sub(REACH)..start;
    let between = |i: &usize| turn.is_of(*i, BETWEEN) || turn.is_of(*i, NEARS);
    let near = reach
        .clone()
        .rev()
        .take_while(between)
        .any(|i| turn.is_of(i, NEARS));
    let who = reach.rev().find(|i| !between(i));
    near && who.is_some_and(|i| turn.is_of(i, WHO))
}

fn is_cardinal(turn: &DocTurn<'_>, said: &Said) -> bool {
    let last = word(turn, said.tokens.end - 1);
    let key = turn.key(said.tokens.end - 1);
    unit(key).is_some()
        || teen(key).is_some()
        || words!["ninety", "hundred"].lists(last)
        || last.bytes().all(|b| b.is_ascii_digit())
}

fn past_fillers(turn: &DocTurn<'_>, from: usize) -> usize {
    let filler = |i: usize| turn.is_of(i, words!["uh", "um", "you", "know", ","]);
    (from..from + NEAR).find(|&i| !filler(i)).unwrap_or(from)
}

/// Whether `age`, `turning` and the like come before token `start`.
fn is_after_age(turn: &DocTurn<'_>, start: usize) -> bool {
    const BETWEEN: Words = words![
        "about", "is", "just", "now", "of", "uh", "um", "was", ":", "="
    ];
    const AGES: Words = words!["age", "aged", "turn", "turned", "turning", "turns"];
    if start > 1 && says(turn, start - 2, "going on") {
        return true;
    }
    let near = (start.saturating_sub(NEAR)..start).rev();
    let mut words = near.skip_while(|&i| turn.is_of(i, BETWEEN));
    words.next().is_some_and(|i| turn.is_of(i, AGES))
}

/// Whether one says how well one bears the age that begins at token `start`: `a young
/// [ninety one]`.
fn is_hale(turn: &DocTurn<'_>, start: usize) -> bool {
    const HALE: Words = words!["feisty", "healthy", "sharp", "spry", "young", "youthful"];
    start > 1 && turn.is_of(start - 1, HALE) && turn.is_of(start - 2, words!["a", "very"])
}

/// `year of birth is 1931`, `1931 as the year of birth`, `born in nineteen
/// thirty one`.
fn is_year_of_birth(turn: &DocTurn<'_>, said: &Said) -> bool {
    const BETWEEN: Words = words![
        "as", "back", "her", "his", "in", "is", "it's", "know", "my", "the", "uh", "um", "was",
        "way", "you", "your", ",", ":", "="
    ];
    const PHRASES: Phrases = phrases!["year of birth", "birth year"];
    let between = |i: &usize| turn.is_of(*i, BETWEEN);
    let end = said.tokens.end;
    // `as you know the year of birth`
    let after = (end..=end + NEAR).find(|i| !between(i)).unwrap_or(end);
    if said_of(turn, after, PHRASES).is_some() {
        return true;
    }
    let first = said.tokens.start;
    let before = (first.saturating_sub(NEAR)..first)
        .rev()
        .find(|i| !between(i));
    before.is_some_and(|i| {
        says(turn, i, "born")
            || i >= 1 && says(turn, i - 1, "birth year")
            || i >= 2 && says(turn, i - 2, "year of birth")
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
