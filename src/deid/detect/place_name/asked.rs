//! Employers, facilities and towns as answers: whoever is asked where they
//! work or were treated often says the name and nothing else.

use std::ops::Range;

use crate::deid::Strength;
use crate::deid::detect::fluent::past_hesitation;
use crate::deid::detect::name::{Standing, is_of_thing, standing};
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, Lexicon, ReadTurn};
use crate::deid::word::{Words, says, words};
use crate::domain::{Category, Role};

use super::Place;
use super::alone::is_treatment;
use super::facility::is_answer;
use super::organization::{ends_firm, first_word, kind_at};
use super::spelled::letters_end;
use super::town::listed_end;

/// How many turns of the other side a question waits for.
const PATIENCE: u8 = 2;

/// Most tokens of a turn that asks.
const LONGEST_QUESTION: usize = 24;

/// Most tokens of a turn that answers.
const LONGEST_ANSWER: usize = 40;

/// Longest turn, in tokens, that puts an answer off: `let me look`.
const SHORT: usize = 10;

/// Most words of a name.
const MOST_WORDS: usize = 6;

/// What was asked for and not answered yet.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// Who asked for what, and how many more turns of the others may answer.
    open: Option<(Role, Category, u8)>,
}

impl Asked {
    /// The place in `turn`, where it answers.
    pub(super) fn answer(&self, turn: &ReadTurn<'_>, lexicon: &Lexicon) -> Option<Place> {
        let (asker, category, _) = self.open?;
        if [asker, Role::System].contains(&turn.turn.role) || turn.len() > LONGEST_ANSWER {
            return None;
        }
        let listed = || listed_town(turn, lexicon).filter(|_| category == Category::City);
        let mut tokens = named_run(turn, category).or_else(listed)?;
        if category == Category::Organization {
            tokens.start = first_word(turn, tokens.start);
        }
        Some(Place {
            tokens,
            category,
            rule: "asked",
            strength: Strength::Cued,
            confidence: 0.85,
        })
    }

    /// Opens, holds or closes after `turn`.
    pub(super) fn after(&mut self, turn: &ReadTurn<'_>) {
        if let Some(category) = asks(turn) {
            self.open = Some((turn.turn.role, category, PATIENCE));
            return;
        }
        self.open = match self.open {
            Some((asker, category, left)) if ![asker, Role::System].contains(&turn.turn.role) => {
                let answered = turn.turn.replaced.has(category);
                (left > 1 && !answered && turn.len() <= SHORT).then(|| (asker, category, left - 1))
            }
            open => open,
        };
    }
}

/// What `turn` asks for.
fn asks(turn: &ReadTurn<'_>) -> Option<Category> {
    if turn.len() > LONGEST_QUESTION || turn.turn.role == Role::User {
        return None;
    }
    (0..turn.len()).find_map(|i| match turn.word(i) {
        "employer" if ends_question(turn, i) => Some(Category::Organization),
        "company"
            if says!(turn, past_hesitation(turn, i + 1), "is" | "name")
                || ends_question(turn, i) =>
        {
            Some(Category::Organization)
        }
        "company" | "firm" | "business" | "organization"
            if is_chosen(turn, i)
                || i > 0 && says!(turn, i - 1, "your") && ends_question(turn, i) =>
        {
            Some(Category::Organization)
        }
        "work" if is_asked_where(turn, i) => Some(Category::Organization),
        "hospital" | "clinic" | "facility" | "location" | "pharmacy" | "office"
            if is_chosen(turn, i) =>
        {
            Some(Category::Facility)
        }
        "city" | "town" if is_chosen(turn, i) => Some(Category::City),
        "suburb" | "village" | "borough" | "hometown"
            if is_chosen(turn, i) || i > 0 && says!(turn, i - 1, "your") =>
        {
            Some(Category::City)
        }
        "where" if is_treated_where(turn, i) => Some(Category::Facility),
        "from" | "located" | "live" | "calling" if follows_where(turn, i) => Some(Category::City),
        "headed" | "heading" | "going" if follows_where(turn, i) => Some(Category::Facility),
        "destination" | "dropoff" => Some(Category::Facility),
        _ => None,
    })
}

/// Whether the question ends with token `i`.
fn ends_question(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.kind(i + 1).is_none_or(|kind| kind == TokenKind::Mark)
        || says!(turn, i + 1, "please" | "if")
}

/// `where do you work`, `who does she work for`.
fn is_asked_where(turn: &ReadTurn<'_>, i: usize) -> bool {
    i >= 3 && says!(turn, i - 3, "where" | "who") && says!(turn, i - 2, "do" | "does" | "did")
}

/// `where was the surgery`, `where did they do the scan`.
fn is_treated_where(turn: &ReadTurn<'_>, i: usize) -> bool {
    const WITHIN: usize = 8;
    let asks = says!(turn, i + 1, "was" | "were" | "did");
    asks && (i + 2..turn.len().min(i + WITHIN)).any(|k| is_treatment(turn, k))
}

/// `where are you located`, `where do you live`, `where are you calling from`.
fn follows_where(turn: &ReadTurn<'_>, i: usize) -> bool {
    i >= 3 && says!(turn, i - 3, "where")
}

/// `which hospital`, `what city`, `the facility please`, `city:`.
fn is_chosen(turn: &ReadTurn<'_>, i: usize) -> bool {
    let fluent = |k: &usize| !says!(turn, *k, "uh" | "um");
    let before = (0..i).rev().find(fluent).map_or("", |k| turn.word(k));
    const LEADS: Words = words![
        "and", "um", "uh", "the", "okay", "your", "so", "now", "then"
    ];
    let led = (0..i).all(|k| LEADS.has(turn.key(k)) || turn.kind(k) == Some(TokenKind::Mark));
    let alone = (i < 3 || led) && ends_question(turn, i);
    matches!(before, "which" | "what") || alone
}

/// The last run of words of `turn` that may be a name and holds one: nothing
/// of grammar is in it but what joins names.
fn named_run(turn: &ReadTurn<'_>, category: Category) -> Option<Range<usize>> {
    let mut last = None;
    let mut i = 0;
    while i < turn.len() {
        let end = run_end(turn, i);
        if end > i
            && is_closed(turn, end)
            && end - i <= 2 * MOST_WORDS + letters_in(turn, i..end)
            && tells(turn, i..end, category)
            && !is_illness(turn, i..end)
        {
            last = Some(i..end);
        }
        i = end.max(i + 1);
    }
    last
}

/// The town of several words with which `turn` answers, though each be common:
/// `found it [holly grove]`; or a county: `[switch] county`.
fn listed_town(turn: &ReadTurn<'_>, lexicon: &Lexicon) -> Option<Range<usize>> {
    const BEFORE: Words = words![
        "be", "from", "in", "is", "it", "it's", "me", "near", "okay", "on", "yeah"
    ];
    let leads = |i: usize| {
        i == 0 || turn.kind(i - 1) == Some(TokenKind::Mark) || BEFORE.has(turn.key(i - 1))
    };
    (0..turn.len()).filter(|&i| leads(i)).find_map(|i| {
        let county = says!(turn, i + 1, "county") && turn.is_word(i) && !is_article(turn, i);
        let end = listed_end(turn, i, lexicon).or_else(|| county.then_some(i + 2))?;
        is_closed(turn, end).then_some(i..end)
    })
}

fn is_article(turn: &ReadTurn<'_>, i: usize) -> bool {
    says!(
        turn,
        i,
        "the" | "a" | "this" | "that" | "my" | "our" | "same" | "which" | "what"
    )
}

/// Whether all of `turn` is one word, with a capital or of a town's name.
fn is_only_word(turn: &ReadTurn<'_>, tokens: &Range<usize>) -> bool {
    let classes = turn.classes(tokens.start);
    let alone = tokens.start == 0 && tokens.len() == 1;
    let other = Classes::STATE | Classes::COUNTRY | Classes::CALENDAR | Classes::STOP;
    alone
        && !classes.any(other)
        && (tokens.end..turn.len()).all(|k| turn.kind(k) == Some(TokenKind::Mark))
        && turn.word(tokens.start).len() > 3
        && (turn.is_capital(tokens.start) || classes.town_size() >= 1)
}

/// Kinds of places that people go to, and are called by with a word before them.
const VENUES: Words = words![
    "arena", "cafe", "diner", "gardens", "grill", "hotel", "inn", "lodge", "mall", "manor",
    "motel", "place", "plaza", "pub", "stadium", "tavern", "theater", "theatre", "towers",
];

/// Words that tell none of them from others.
const GENERIC: Words = words![
    "another",
    "best",
    "big",
    "cheap",
    "closest",
    "different",
    "first",
    "good",
    "local",
    "main",
    "movie",
    "nearest",
    "nice",
    "other",
    "right",
    "same",
    "second",
    "shopping",
    "wrong",
];

/// Whether the words `tokens` are what somebody has, or an amount, rather than
/// where they are.
fn is_illness(turn: &ReadTurn<'_>, tokens: Range<usize>) -> bool {
    let counted = turn.kind(tokens.start.wrapping_sub(1)) == Some(TokenKind::Number);
    let has = tokens.start > 0
        && says!(
            turn,
            tokens.start - 1,
            "had" | "has" | "have" | "having" | "with"
        );
    counted || has || tokens.clone().any(|k| is_of_thing(turn, k))
}

/// Whether an answer may end before token `end`.
fn is_closed(turn: &ReadTurn<'_>, end: usize) -> bool {
    turn.kind(end).is_none_or(|kind| kind == TokenKind::Mark)
        || says!(
            turn,
            end,
            "if" | "for"
                | "thank"
                | "thanks"
                | "please"
                | "right"
                | "now"
                | "i"
                | "that's"
                | "got"
                | "no"
                | "wait"
                | "okay"
                | "did"
                | "sorry"
                | "then"
                | "i'm"
                | "but"
                | "on"
                | "in"
                | "near"
        )
}

fn letters_in(turn: &ReadTurn<'_>, tokens: Range<usize>) -> usize {
    tokens.filter(|&k| turn.is_letter(k)).count() * 4
}

/// One past the run of a name's words that begins at token `i`.
fn run_end(turn: &ReadTurn<'_>, i: usize) -> usize {
    let mut end = i;
    loop {
        if let Some(spelled) = letters_end(turn, end) {
            end = spelled;
        } else if belongs(turn, end) {
            end += 1;
        } else if end > i && joins(turn, end) {
            end += 2;
        } else {
            return end;
        }
    }
}

/// Whether token `k` may be a word of a name.
fn belongs(turn: &ReadTurn<'_>, k: usize) -> bool {
    const NO_FIRM: Words = words![
        "disabled",
        "employed",
        "freelance",
        "homemaker",
        "retired",
        "self",
        "student",
        "unemployed",
    ];
    if NO_FIRM.has(turn.key(k)) {
        return false;
    }
    let town = says!(
        turn,
        k,
        "city" | "family" | "works" | "care" | "new" | "back"
    );
    turn.is_word(k)
        && !turn.is_letter(k)
        && (!turn.classes(k).any(Classes::STOP)
            || town && !says!(turn, k, "back")
            || is_word_of_firm(turn, k))
}

/// Whether the word of grammar at token `k` begins a firm's name: `[Little]
/// Textiles`.
fn is_word_of_firm(turn: &ReadTurn<'_>, k: usize) -> bool {
    let common = turn.classes(k).family() >= 3;
    let surname = turn.is_proper(k) && turn.word(k).len() > 3 || common;
    let other = |k: usize| {
        let rare = matches!(
            standing(turn.classes(k)),
            Standing::Name | Standing::Rare | Standing::Unlisted
        );
        turn.is_word(k) && (rare || turn.classes(k).family() >= 3)
    };
    let first = says!(turn, k + 1, "and") && other(k + 2);
    let second = k > 1 && says!(turn, k - 1, "and") && other(k - 2);
    surname && ends_firm(turn, k + 1) || common && (first || second)
}

/// Whether token `k` joins the words about it: `and`, `of`, a hyphen, a point.
fn joins(turn: &ReadTurn<'_>, k: usize) -> bool {
    let inside = turn.is_joined(k) && turn.is_joined(k + 1) && says!(turn, k, "-" | "'");
    let after = belongs(turn, k + 1);
    after && (inside || says!(turn, k, "and" | "&" | "of") || is_saint(turn, k))
}

/// `st [.] mary`.
fn is_saint(turn: &ReadTurn<'_>, k: usize) -> bool {
    turn.is_mark(k, ".") && k > 0 && says!(turn, k - 1, "st" | "mt")
}

/// Whether a word of `tokens` is more likely a name than a word, or they are
/// spelled.
fn tells(turn: &ReadTurn<'_>, mut tokens: Range<usize>, category: Category) -> bool {
    let spelled = letters_end(turn, tokens.start).is_some();
    let several = tokens.len() > 1;
    let town = category == Category::City && is_only_word(turn, &tokens);
    let business =
        several && category == Category::Organization && kind_at(turn, tokens.end - 1).is_some();
    let venue = several
        && category == Category::Facility
        && VENUES.has(turn.key(tokens.end - 1))
        && !GENERIC.has(turn.key(tokens.end - 2));
    let facility = several && category == Category::Facility && is_answer(turn, &tokens);
    spelled
        || business
        || town
        || venue
        || facility
        || tokens.any(|k| {
            let classes = turn.classes(k);
            let other = Classes::STATE
                .with(Classes::COUNTRY)
                .with(Classes::CALENDAR)
                .with(Classes::DRUG)
                .with(Classes::STOP);
            let long = turn.word(k).len() > 3;
            // Some towns are called as countries are.
            if category == Category::City && !several && classes.any(Classes::COUNTRY) {
                return classes.town_size() >= 1;
            }
            long && !classes.any(other)
                && match standing(classes) {
                    Standing::Name | Standing::Rare | Standing::Unlisted => true,
                    Standing::Ambiguous => several || turn.is_proper(k),
                    Standing::Word => turn.is_proper(k) && !turn.is_all_capitals(k),
                    Standing::Never => false,
                }
        })
}
