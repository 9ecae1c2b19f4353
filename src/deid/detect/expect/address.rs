//! Addresses said in parts, as an answer: of streets (`three three seven`,
//! `lockkeeper road`, `unit thirty two`, 45 CFR 164.514(b)(2)(i)(B)), and of
//! the net (`at k underscore`, `lee nine`, `dot example dot com`).

mod asked;

use std::ops::Range;

use crate::deid::detect::value::chunk;
use crate::deid::document::{DocTurn, Token, TokenKind};
use crate::deid::finding::{Finding, Strength};
use crate::deid::lexicon::{Classes, ReadTurn, Reading};
use crate::deid::word::words;
use crate::domain::{Category, Role};

use super::{code, fragment, gap, is_other_side, quantity, street};
use asked::{Asked, asked_in, speaks_of_handle};

pub(super) use asked::mark;

/// How many turns a request, or the last part, stays in mind.
const IN_MIND: usize = 4;

/// What is being asked for or said.
struct Open {
    /// The turn of the request or of the last part.
    turn: usize,
    /// Who asked.
    asker: Role,
    /// A part was said already.
    begun: bool,
    /// What was asked for.
    category: Category,
    /// A street was asked for by itself.
    street: bool,
}

/// Adds the parts of addresses in `reading` that were asked for to `out`.
pub(super) fn read(reading: &Reading<'_>, out: &mut Vec<Finding>) {
    let mut open: Option<Open> = None;
    for (index, read) in reading.turns.iter().enumerate() {
        let turn = read.turn;
        open = open.filter(|open| index - open.turn <= IN_MIND);
        if open.is_some() && read.has(Classes::ASKS_QUANTITY) && quantity::asks(turn) {
            open = None;
        }
        if read.has(Classes::HANDLE)
            && speaks_of_handle(turn)
            && let Some(tokens) = code::handle(turn)
        {
            out.push(finding(turn, index, tokens, Category::Username));
        }
        let asked = open.as_ref().is_some_and(|open| {
            open.category == Category::Address && is_other_side(open.asker, turn.role)
        });
        if let Some(open) = &mut open
            && (open.begun || is_other_side(open.asker, turn.role))
            && let Some(tokens) = part_of(turn, open).or_else(|| only_word(read, open))
        {
            out.push(finding(turn, index, tokens, open.category));
            open.turn = index;
            open.begun = true;
        } else if read.has(Classes::UNHEARD)
            && let Some(tokens) = gap::beside(turn, asked)
        {
            out.push(finding(turn, index, tokens, Category::Address));
        } else if let Some(open) = open.as_mut().filter(|open| says_url(turn, open)) {
            open.turn = index;
            open.begun = true;
        } else if let Some(Asked { category, street }) = asked_in(read) {
            let told = (category == Category::Address).then(|| street::told(turn));
            out.extend(
                told.flatten()
                    .map(|tokens| finding(turn, index, tokens, category)),
            );
            open = Some(Open {
                street,
                category,
                turn: index,
                asker: turn.role,
                begun: false,
            });
        }
    }
}

/// Whether `turn` answers `open` with the beginning of a web address, and asks
/// nothing of its own: `https://portal.example.com, okay?`
fn says_url(turn: &DocTurn<'_>, open: &Open) -> bool {
    open.category == Category::Url
        && is_other_side(open.asker, turn.role)
        && (turn.text.contains("://")
            || turn.text.contains("www.")
            || (0..turn.tokens.len()).any(|i| turn.is_of(i, words!["dot", "slash"])))
}

/// The part of a `category` that `turn` is, the first or a later one.
fn part_of(turn: &DocTurn<'_>, open: &Open) -> Option<Range<usize>> {
    if matches!(
        open.category,
        Category::Email | Category::Username | Category::Url
    ) && let Some(chunk) = joined(turn)
    {
        return Some(chunk);
    }
    match open.category {
        Category::Address => street::part(turn).or_else(|| {
            let asked = open.street && !open.begun;
            asked.then(|| street::only_name(turn)).flatten()
        }),
        Category::Person => fragment::letters(turn, !open.begun),
        Category::Url => path(turn).or_else(|| code::part(turn)),
        _ => code::part(turn),
    }
}

fn finding(turn: &DocTurn<'_>, index: usize, tokens: Range<usize>, category: Category) -> Finding {
    Finding {
        turn: index,
        span: turn.tokens[tokens.start].span.start..turn.tokens[tokens.end - 1].span.end,
        category,
        detector: "talk",
        rule: "address-part",
        strength: Strength::Cued,
        confidence: 0.85,
    }
}

/// Most words of a path that is said.
const LONGEST_PATH: usize = 12;

/// The path of an address of the net that `turn` begins with: `[/quillby]`.
fn path(turn: &DocTurn<'_>) -> Option<Range<usize>> {
    let mut words = (0..turn.tokens.len()).skip_while(|&i| fragment::is_led_in(turn, i));
    if let Some(slash) = words.next().filter(|&i| turn.is_of(i, words!["slash"])) {
        // `next is [slash dawn ninety], okay?`
        let aside =
            |i: &usize| turn.tokens[*i].kind == TokenKind::Mark || street::is_aside(turn, *i);
        let end = (slash..turn.tokens.len()).rev().find(|i| !aside(i))? + 1;
        return (end > slash + 1 && end - slash <= LONGEST_PATH).then_some(slash..end);
    }
    let slash = (0..turn.tokens.len()).find(|&i| turn.word(i) == "/")?;
    let gap = |pair: &[Token]| pair[0].span.end < pair[1].span.start;
    let end = turn.tokens[slash..]
        .windows(2)
        .position(gap)
        .map_or(turn.tokens.len(), |last| slash + last + 1);
    let apart = slash == 0 || gap(&turn.tokens[slash - 1..=slash]);
    let led = (0..slash).all(|i| fragment::is_led_in(turn, i));
    (apart && led && end > slash + 1).then_some(slash..end)
}

/// The one word in no list that all of `read` is, where an address of the net was
/// asked for: `[lundquirrel], okay?`
fn only_word(read: &ReadTurn<'_>, open: &Open) -> Option<Range<usize>> {
    const SHORTEST: usize = 5;
    if open.begun || !matches!(open.category, Category::Url | Category::Email) {
        return None;
    }
    let turn = read.turn;
    if (0..turn.tokens.len()).any(|i| turn.is_of(i, words!["bye", "thank", "thanks", "you"])) {
        return None;
    }
    let aside = |i: usize| {
        fragment::is_led_in(turn, i)
            || turn.is_of(i, words!["okay", "got", "it"])
            || !read.is_word(i)
    };
    let mut said = (0..turn.tokens.len()).filter(|&i| !aside(i));
    let (one, None) = (said.next()?, said.next()) else {
        return None;
    };
    let unlisted = read.classes(one).is_unlisted() && read.word(one).len() >= SHORTEST;
    unlisted.then_some(one..one + 1)
}

/// The one word with a mark in it that all of `turn` is: `[a.tully]`.
fn joined(turn: &DocTurn<'_>) -> Option<Range<usize>> {
    let next = |i: usize| turn.tokens.get(i + 1).map(|next| next.span.start);
    let last = (0..turn.tokens.len()).rfind(|&i| {
        matches!(turn.word(i), "." | "_") && next(i) == Some(turn.tokens[i].span.end)
    })?;
    let whole = |i: usize| chunk(turn, i).filter(|c| c.tokens.contains(&last));
    let found = (0..last).find_map(whole)?.tokens;
    let mut rest = (0..found.start).chain(found.end..turn.tokens.len());
    rest.all(|i| fragment::is_led_in(turn, i)).then_some(found)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::deid::document::Document;
    use crate::deid::lexicon::tests::LEXICON;
    use crate::domain::Role::{Agent, User};

    #[track_caller]
    pub(in crate::deid::detect::expect) fn check(turns: &[(Role, &str)], expected: &[&str]) {
        let raw = crate::deid::tests::dialogue(turns);
        let mut found = Vec::new();
        let document = Document::new(&raw);
        read(&Reading::new(&document, &LEXICON), &mut found);
        let found: Vec<_> = found
            .iter()
            .map(|f| &turns[f.turn].1[f.span.clone()])
            .collect();
        assert_eq!(found, expected, "{turns:?}");
    }

    #[test]
    fn parts_of_an_address_are_one_answer() {
        let parts = [
            (Agent, "can i get the billing address"),
            (User, "three three seven, okay?"),
            (Agent, "right."),
            (User, "lockkeeper road"),
            (Agent, "mm-hmm"),
            (User, "next is unit thirty two."),
            (Agent, "unit thirty two, got it"),
        ];
        let expected = [
            "three three seven",
            "lockkeeper road",
            "unit thirty two",
            "unit thirty two",
        ];
        check(&parts, &expected);
        let inaudible = [
            (Agent, "and where do you live?"),
            (User, "um, two three one, [inaudible], quarry street"),
        ];
        check(&inaudible, &["two three one, [inaudible], quarry street"]);
        check(
            &[
                (Agent, "your street address?"),
                (User, "next is double two six."),
            ],
            &["double two six"],
        );
        check(
            &[(Agent, "your street address?"), (User, "sixty [inaudible]")],
            &["sixty"],
        );
    }

    #[test]
    fn parts_of_a_name_on_the_net_are_one_answer() {
        let parts = [
            (Agent, "what's your username"),
            (User, "um, at quillby"),
            (Agent, "i'm listening"),
            (User, "underscore thirty two"),
        ];
        check(&parts, &["at quillby", "underscore thirty two"]);
        let parts = [
            (Agent, "website?"),
            (User, "quillby twenty five"),
            (Agent, "go ahead"),
            (User, "dot blogspot dot com"),
        ];
        check(&parts, &["quillby twenty five", "dot blogspot dot com"]);
    }

    #[test]
    fn parts_of_a_name_are_one_answer() {
        let parts = [
            (Agent, "who am i chatting with?"),
            (User, "o d r a i"),
            (Agent, "go ahead"),
            (User, "l u n d"),
        ];
        check(&parts, &["o d r a i", "l u n d"]);
        let initials = [(Agent, "your initials?"), (User, "i believe it's b k.")];
        check(&initials, &["b k"]);
        check(
            &[(Agent, "who am i talking to?"), (User, "i am a nurse")],
            &[],
        );
    }

    #[test]
    fn a_door_is_an_answer() {
        let door = [
            (Agent, "which flat number was it?"),
            (User, "17A. The one with the green door."),
        ];
        check(&door, &["17A"]);
        let letter = [
            (Agent, "which apartment is the courier for"),
            (User, "forty d the bell is broken"),
        ];
        check(&letter, &["forty d"]);
        let typed = [(Agent, "Enter the unit number, please."), (User, "64C")];
        check(&typed, &["64C"]);
        let asked = [(Agent, "which flat gets the post, is it six b?")];
        check(&asked, &["six b"]);
        let taken = [(Agent, "what's your address"), (User, "two a day now")];
        check(&taken, &[]);
        let number = [
            (Agent, "and your address?"),
            (User, "the white one after the bridge, number forty"),
        ];
        check(&number, &["number forty"]);
        let named = [(Agent, "which flat are you"), (User, "d nine linden house")];
        check(&named, &["d nine linden house"]);
    }

    #[test]
    fn a_path_is_a_part() {
        let parts = [
            (Agent, "what's the website?"),
            (User, "quillby twenty dot com"),
            (Agent, "yes"),
            (User, "/odra-lund okay"),
        ];
        check(&parts, &["quillby twenty dot com", "/odra-lund"]);
    }

    #[test]
    fn other_answers_are_no_parts() {
        for turn in [
            "two weeks ago",
            "it's the same as before",
            "i walked down the road",
            "ninety five percent",
            "sure one second",
        ] {
            check(&[(Agent, "what's your address"), (User, turn)], &[]);
        }
        check(&[(Agent, "how many boxes?"), (User, "four two five")], &[]);
        for turn in ["nope", "can't remember", "looking now", "good question"] {
            check(&[(Agent, "and your street?"), (User, turn)], &[]);
        }
    }
}
