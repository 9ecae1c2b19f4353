//! Days, months and years that are asked for one by one, as forms and telephone systems
//! do, and answered with numbers alone: `two digits for the month`, `[0]`, `[4]`.

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::finding::{Finding, Strength};
use crate::deid::lexicon::Reading;
use crate::deid::word::{Words, words};
use crate::domain::{Category, Role};

use super::super::is_other_side;
use super::super::talk::number;

/// Longest turn, in tokens, that asks.
const LONGEST_QUESTION: usize = 24;

/// Longest turn, in tokens, that answers.
const LONGEST_ANSWER: usize = 6;

/// What is asked for.
const PARTS: Words = words!["day", "month", "year"];

/// Adds the numbers of `reading` that answer such questions to `out`.
pub(in crate::deid::detect::expect) fn read(reading: &Reading<'_>, out: &mut Vec<Finding>) {
    let mut asker: Option<Role> = None;
    for (index, read) in reading.turns.iter().enumerate() {
        let turn = read.turn;
        if let Some(role) = asker
            && is_other_side(role, turn.role)
        {
            if turn.tokens.len() <= LONGEST_ANSWER && is_number(turn) {
                out.push(finding(turn, index));
            }
            continue;
        }
        asker = asks(turn).then_some(turn.role);
    }
}

/// Whether `turn` asks for a day, a month or a year in digits, or for nothing but one.
fn asks(turn: &DocTurn<'_>) -> bool {
    const FORM: Words = words![
        "and", "birth", "born", "is", "now", "number", "of", "okay", "please", "s", "the", "then",
        "what", "what's", "which", "your", "?", ".", ",",
    ];
    let count = turn.tokens.len();
    if !(1..=LONGEST_QUESTION).contains(&count) || turn.role == Role::User {
        return false;
    }
    let part = |i: usize| turn.is_of(i, PARTS);
    let short = count <= LONGEST_ANSWER + 2 && (0..count).all(|i| part(i) || turn.is_of(i, FORM));
    let digits = || (0..count).any(|i| turn.is_of(i, words!["digit", "digits"]));
    (short || digits()) && (0..count).any(part)
}

/// Whether `turn` says a number and nothing else.
fn is_number(turn: &DocTurn<'_>) -> bool {
    let said = |i: usize| number(turn, i) || turn.is_of(i, words!["oh", "o", "zero"]);
    let aside = |i: usize| {
        turn.tokens[i].kind == TokenKind::Mark || turn.is_of(i, words!["okay", "the", "uh", "um"])
    };
    let count = turn.tokens.len();
    (0..count).any(said) && (0..count).all(|i| said(i) || aside(i))
}

fn finding(turn: &DocTurn<'_>, index: usize) -> Finding {
    let mut spans = turn.tokens.iter().filter(|t| t.kind != TokenKind::Mark);
    let start = spans.clone().next().map_or(0, |t| t.span.start);
    let end = spans.next_back().map_or(turn.text.len(), |t| t.span.end);
    Finding {
        turn: index,
        span: start..end,
        category: Category::Date,
        detector: "talk",
        rule: "date-part",
        strength: Strength::Cued,
        confidence: 0.85,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::deid::document::Document;
    use crate::deid::lexicon::Reading;
    use crate::deid::lexicon::tests::LEXICON;
    use crate::domain::Role::{self, Agent, User};

    #[track_caller]
    fn check(turns: &[(Role, &str)], expected: &[&str]) {
        let raw = crate::deid::tests::dialogue(turns);
        let document = Document::new(&raw);
        let mut out = Vec::new();
        read(&Reading::new(&document, &LEXICON), &mut out);
        let found = out.iter().map(|f| &turns[f.turn].1[f.span.clone()]);
        assert_eq!(found.collect::<Vec<_>>(), expected, "{turns:?}");
    }

    #[test]
    fn parts_of_a_day_are_asked_for_one_by_one() {
        let keyed = [
            (Agent, "enter your birthday as two digits for the month"),
            (User, "0"),
            (User, "4"),
            (Agent, "and the year?"),
            (User, "nineteen sixty two."),
            (Agent, "how many tablets"),
            (User, "4"),
        ];
        check(&keyed, &["0", "4", "nineteen sixty two"]);
        check(&[(Agent, "day?"), (User, "any day is fine")], &[]);
        check(&[(Agent, "how many a day"), (User, "4")], &[]);
        check(&[(Agent, "once a day?"), (User, "2")], &[]);
    }
}
