//! What a question asks for: the next turn of the other side is read as its
//! answer, and so are the turns after it that say more of it. An answer in
//! parts is one answer, whatever the asker murmurs or reads back between them.

use std::ops::Range;

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::finding::Finding;
use crate::deid::spoken::is_date_word;
use crate::domain::{Category, Role};

use super::cue::{Kind, cued};
use super::value::{Value, is_year, read};

/// For how many turns a question stays open.
const OPEN_FOR: usize = 4;

/// Most questions that are open at once; the oldest go.
const MOST_OPEN: usize = 6;

/// Fewest digits that make the parts of an answer an identifier.
const FEWEST: usize = 3;

/// Longest word with a digit that may be no handle: `b12`.
const LONGEST_CODE_WORD: usize = 4;

/// Most digits of an answer that are compared with what is read back.
const MOST_SAID: usize = 64;

/// What is asked for, and what is being said.
#[derive(Debug, Default)]
pub(super) struct Expectations {
    /// Turn and kind of what was asked.
    asked: Vec<(usize, Kind)>,
    answer: Option<Answer>,
}

/// An answer that may go on.
#[derive(Debug)]
struct Answer {
    kind: Kind,
    /// Who says it.
    role: Role,
    /// The turn of its last part.
    turn: usize,
    /// Its digits so far.
    said: String,
    /// Parts that are none before more is said: turn and bytes.
    parts: Vec<(usize, Range<usize>)>,
}

/// What a turn does to an answer that may go on.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// It says more of it, or reads it back.
    More,
    /// It murmurs.
    Murmur,
    /// It speaks of something else.
    Ends,
}

impl Expectations {
    /// Reads turn `index` of `turns` as an answer to what was asked before it.
    /// `busy` says that it has cues of its own, which know better.
    pub(super) fn read(
        &mut self,
        turns: &[&DocTurn<'_>],
        index: usize,
        busy: bool,
        out: &mut Vec<Finding>,
    ) {
        let turn = turns[index];
        if let Some(mut answer) = self.answer.take()
            && index - answer.turn <= OPEN_FOR
        {
            match answer.step(turn, index, busy, out) {
                Step::More => {
                    self.answer = Some(answer);
                    return;
                }
                Step::Murmur => self.answer = Some(answer),
                Step::Ends => {}
            }
        }
        self.asked.retain(|(asked, _)| index - asked <= OPEN_FOR);
        if self.asked.len() > MOST_OPEN {
            self.asked.drain(..self.asked.len() - MOST_OPEN);
        }
        let open = |(question, _): &&(usize, Kind)| {
            let question = turns[*question];
            is_other_side(question.role, turn.role) && is_request(question)
        };
        let Some(&(question, kind)) = self.asked.iter().rfind(open).filter(|_| !busy) else {
            return;
        };
        let mut found: Vec<Value> = values(turn).filter(|v| answers(v, kind, turn)).collect();
        if found.is_empty() && kind.category == Category::Date {
            found = day_or_month(turn);
        }
        let asks = asks(turns[question]) && self.answer.is_none();
        if found.is_empty() {
            let parts = asks.then(|| parts(turn)).flatten();
            self.answer = parts
                .map(|p| Answer::begun(kind, turn, index, p))
                .or(self.answer.take());
            return;
        }
        self.asked.retain(|(_, open)| *open != kind);
        self.answer = Some(Answer::new(kind, turn, index, &found));
        out.extend(found.into_iter().map(|v| cued(index, v.span, kind)));
    }

    /// Notes what the cues of turn `index` announce: the `values` of each kind.
    /// A turn that says an identifier does not ask for it as well.
    pub(super) fn note(
        &mut self,
        turns: &[&DocTurn<'_>],
        index: usize,
        said: &[(Kind, Vec<Value>)],
    ) {
        let mut told = [false; Category::ALL.len()];
        for (kind, values) in said.iter().filter(|(_, values)| !values.is_empty()) {
            told[kind.category.index()] = true;
            self.answer = Some(Answer::new(*kind, turns[index], index, values));
        }
        for (kind, _) in said.iter().filter(|(k, _)| !told[k.category.index()]) {
            if self.asked.last() != Some(&(index, *kind)) {
                self.asked.push((index, *kind));
            }
        }
    }
}

impl Answer {
    /// An answer whose first `values` are found already.
    fn new(kind: Kind, turn: &DocTurn<'_>, index: usize, values: &[Value]) -> Self {
        let mut answer = Self {
            kind,
            role: turn.role,
            turn: index,
            said: String::new(),
            parts: Vec::new(),
        };
        values.iter().for_each(|value| answer.hear(turn, value));
        answer
    }

    /// An answer of which `parts` are said, too few to be one yet.
    fn begun(kind: Kind, turn: &DocTurn<'_>, index: usize, parts: Vec<Value>) -> Self {
        let mut answer = Self::new(kind, turn, index, &parts);
        answer.parts = parts.into_iter().map(|part| (index, part.span)).collect();
        answer
    }

    fn hear(&mut self, turn: &DocTurn<'_>, value: &Value) {
        if self.said.len() < MOST_SAID {
            self.said.push_str(&digits(turn, value));
        }
    }

    /// Whether it has as many digits as its kind ever has.
    fn is_whole(&self) -> bool {
        self.said.len()
            >= match self.kind.category {
                Category::Zip => 5,
                Category::Ssn => 9,
                Category::Phone | Category::Fax => 10,
                _ => MOST_SAID,
            }
    }

    /// Takes in `turn`, and adds to `out` what it says of the answer.
    fn step(
        &mut self,
        turn: &DocTurn<'_>,
        index: usize,
        busy: bool,
        out: &mut Vec<Finding>,
    ) -> Step {
        let own = turn.role == self.role;
        if own && !self.is_whole() && is_zero(turn) {
            self.said.push('0');
            self.parts.push((index, 0..turn.text.len()));
            self.find_parts(out);
            self.turn = index;
            return Step::More;
        }
        if is_murmur(turn) {
            return Step::Murmur;
        }
        let values = if busy {
            None
        } else {
            parts(turn).or_else(|| self.date_parts(turn))
        };
        match values {
            Some(values) if own && !self.is_whole() => self.go_on(turn, index, values, out),
            Some(values) if !own => self.read_back(index, values, out),
            _ if !own => {
                let echoed = self.echoes(turn);
                if echoed.is_empty() {
                    return Step::Ends;
                }
                self.read_back(index, echoed, out);
            }
            _ => return Step::Ends,
        }
        self.turn = index;
        Step::More
    }

    /// The parts of a date in a turn that says nothing else.
    fn date_parts(&self, turn: &DocTurn<'_>) -> Option<Vec<Value>> {
        let parts = if self.kind.category == Category::Date {
            day_or_month(turn)
        } else {
            Vec::new()
        };
        (!parts.is_empty()).then_some(parts)
    }

    /// More of the answer.
    fn go_on(
        &mut self,
        turn: &DocTurn<'_>,
        index: usize,
        values: Vec<Value>,
        out: &mut Vec<Finding>,
    ) {
        for value in values {
            let year = self.kind.category == Category::Date && is_year(text(turn, &value));
            if !year {
                self.hear(turn, &value);
                self.parts.push((index, value.span));
            }
        }
        self.find_parts(out);
    }

    /// What the asker says of it.
    fn read_back(&mut self, index: usize, values: Vec<Value>, out: &mut Vec<Finding>) {
        let spans = values.into_iter().map(|value| (index, value.span));
        self.parts.extend(spans);
        self.find_parts(out);
    }

    fn find_parts(&mut self, out: &mut Vec<Finding>) {
        let date = self.kind.category == Category::Date;
        if date || self.said.len() >= self.kind.digits.clamp(FEWEST, 5) {
            let parts = self.parts.drain(..);
            out.extend(parts.map(|(turn, span)| cued(turn, span, self.kind)));
        }
    }

    /// The values of `turn` that repeat two digits or more of it.
    fn echoes(&self, turn: &DocTurn<'_>) -> Vec<Value> {
        let repeats = |value: &Value| {
            let digits = digits(turn, value);
            digits.len() >= 2 && (self.said.contains(&digits) || digits.contains(&self.said))
        };
        values(turn).filter(repeats).collect()
    }
}

/// The days and months of a turn that says nothing else: `march`, `the fourth`.
fn day_or_month(turn: &DocTurn<'_>) -> Vec<Value> {
    let mut found = Vec::new();
    for (i, token) in turn.tokens.iter().enumerate() {
        if is_date_word(turn.word(i)) {
            found.push(Value {
                span: token.span.clone(),
                digits: 0,
                next: i + 1,
            });
        } else if !is_murmured(turn, i) {
            return Vec::new();
        }
    }
    found
}

fn text<'a>(turn: &DocTurn<'a>, value: &Value) -> &'a str {
    &turn.text[value.span.clone()]
}

fn digits(turn: &DocTurn<'_>, value: &Value) -> String {
    let digits = text(turn, value).chars().filter(char::is_ascii_digit);
    digits.collect()
}

/// The values of a turn that says nothing else.
fn parts(turn: &DocTurn<'_>) -> Option<Vec<Value>> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < turn.tokens.len() {
        match read(turn, at) {
            Some(value) => {
                at = value.next;
                parts.push(value);
            }
            None if is_murmured(turn, at) => at += 1,
            None => return None,
        }
    }
    parts.retain(|value| digits(turn, value) != EMERGENCY);
    (!parts.is_empty()).then_some(parts)
}

/// The number that is nobody's.
const EMERGENCY: &str = "911";

/// Whether `turn` is an `oh` and nothing else: a zero among digits.
fn is_zero(turn: &DocTurn<'_>) -> bool {
    let said = turn.text.trim_matches([' ', '.', ',']);
    ["oh", "o"]
        .iter()
        .any(|zero| zero.eq_ignore_ascii_case(said))
}

/// Whether `turn` says nothing, as people do while they listen.
fn is_murmur(turn: &DocTurn<'_>) -> bool {
    const LONGEST: usize = 12;
    turn.tokens.len() <= LONGEST && (0..turn.tokens.len()).all(|i| is_murmured(turn, i))
}

fn is_murmured(turn: &DocTurn<'_>, i: usize) -> bool {
    const WORDS: &[&str] = &[
        "ahead",
        "alright",
        "and",
        "continue",
        "er",
        "go",
        "got",
        "great",
        "hm",
        "hmm",
        "huh",
        "i",
        "is",
        "it",
        "it's",
        "its",
        "listening",
        "mhm",
        "mm",
        "mmhmm",
        "next",
        "no",
        "oh",
        "ok",
        "okay",
        "or",
        "perfect",
        "please",
        "rest",
        "right",
        "see",
        "so",
        "sorry",
        "sure",
        "thank",
        "thanks",
        "that's",
        "the",
        "then",
        "uh",
        "uhm",
        "um",
        "wait",
        "well",
        "yeah",
        "yep",
        "yes",
        "you",
    ];
    turn.tokens[i].kind == TokenKind::Mark && turn.word(i) != "\u{1}"
        || WORDS.iter().any(|w| w.eq_ignore_ascii_case(turn.word(i)))
}

/// Whether a turn of `b` may answer one of `a`; where roles are unknown, any.
fn is_other_side(a: Role, b: Role) -> bool {
    a != b || a == Role::Other
}

/// Whether `turn` asks: agents that name an identifier and say none do.
fn is_request(turn: &DocTurn<'_>) -> bool {
    turn.role == Role::Agent || asks(turn)
}

/// Whether `turn` asks in so many words.
fn asks(turn: &DocTurn<'_>) -> bool {
    const ASKING: &[&str] = &[
        "what", "what's", "whats", "could", "can", "may", "please", "tell", "give", "provide",
        "confirm", "verify", "need", "enter",
    ];
    (0..turn.tokens.len()).any(|i| {
        let word = turn.word(i);
        word == "?" || ASKING.iter().any(|w| w.eq_ignore_ascii_case(word))
    })
}

fn values<'a>(turn: &'a DocTurn<'_>) -> impl Iterator<Item = Value> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < turn.tokens.len() {
            match read(turn, at) {
                Some(value) => {
                    at = value.next;
                    return Some(value);
                }
                None => at += 1,
            }
        }
        None
    })
}

/// Whether `value` can be what `kind` asked for. A year alone is an answer to
/// other questions.
fn answers(value: &Value, kind: Kind, turn: &DocTurn<'_>) -> bool {
    let said = text(turn, value);
    let lettered = said.bytes().any(|b| b.is_ascii_alphabetic());
    let lettered = match kind.category {
        // A postcode and a handle have few digits.
        Category::Zip => lettered && value.digits >= 2,
        Category::Username => lettered && said.len() > LONGEST_CODE_WORD,
        _ => false,
    };
    let year = kind.category == Category::Date && is_year(said);
    (value.digits >= kind.digits.min(FEWEST) || lettered)
        && !year
        && digits(turn, value) != EMERGENCY
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::detect::cue::CueDetector;
    use crate::deid::document::Document;
    use crate::deid::tests::dialogue;

    #[track_caller]
    fn check(said: &[(Role, &str)], expected: &[(usize, &str, Category)]) {
        let raw = dialogue(said);
        let mut found = Vec::new();
        let document = Document::new(&raw);
        let turns: Vec<_> = document.turns.iter().collect();
        CueDetector::new().converse(&turns, &mut found);
        let found: Vec<_> = found
            .iter()
            .map(|f| (f.turn, &said[f.turn].1[f.span.clone()], f.category))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn answers_are_what_was_asked_for() {
        use Role::{Agent, Other, User};
        check(
            &[
                (Agent, "And the last four of your social?"),
                (User, "Sure, 8374"),
            ],
            &[(1, "8374", Category::Ssn)],
        );
        check(
            &[
                (Agent, "can i have your account number"),
                (User, "one moment"),
                (Agent, "take your time"),
                (User, "it is 77 41 209"),
            ],
            &[(3, "77 41 209", Category::Account)],
        );
        check(
            &[(Other, "what is your pin?"), (Other, "4417")],
            &[(1, "4417", Category::Secret)],
        );
    }

    #[test]
    fn an_answer_in_parts_is_one() {
        use Role::{Agent, User};
        let phone = Category::Phone;
        check(
            &[
                (Agent, "what is your phone number?"),
                (User, "sure, 415"),
                (Agent, "mm-hmm"),
                (User, "555"),
                (Agent, "okay, 415 555, go ahead"),
                (User, "01 32"),
                (Agent, "thanks. how old are you?"),
                (User, "34"),
            ],
            &[
                (1, "415", phone),
                (3, "555", phone),
                (4, "415 555", phone),
                (5, "01 32", phone),
            ],
        );
        let zip = Category::Zip;
        check(
            &[
                (Agent, "and your zip code please"),
                (User, "8"),
                (User, "5"),
                (Agent, "okay"),
                (User, "0"),
                (User, "0"),
                (User, "4"),
                (User, "2 more things"),
            ],
            &[
                (1, "8", zip),
                (2, "5", zip),
                (4, "0", zip),
                (5, "0", zip),
                (6, "4", zip),
            ],
        );
        check(
            &[
                (User, "my account number is 4471"),
                (Agent, "uh huh"),
                (User, "20"),
                (Agent, "got it, 447120, is that right?"),
            ],
            &[
                (0, "4471", Category::Account),
                (2, "20", Category::Account),
                (3, "447120", Category::Account),
            ],
        );
    }

    #[test]
    fn a_date_is_answered_in_parts_too() {
        use Role::{Agent, User};
        let date = Category::Date;
        check(
            &[
                (Agent, "date of birth?"),
                (User, "march"),
                (Agent, "okay"),
                (User, "the fourth"),
                (User, "1980"),
                (User, "i fell in march, the second time"),
            ],
            &[(1, "march", date), (3, "fourth", date)],
        );
        check(
            &[
                (Agent, "date of birth?"),
                (User, "03"),
                (User, "04"),
                (User, "81"),
            ],
            &[(1, "03", date), (2, "04", date), (3, "81", date)],
        );
    }

    #[test]
    fn other_numbers_are_no_parts() {
        use Role::{Agent, User};
        check(
            &[
                (Agent, "what is your pin?"),
                (User, "3"),
                (Agent, "how many tablets do you take?"),
                (User, "2"),
            ],
            &[],
        );
        check(
            &[
                (Agent, "your phone number?"),
                (User, "415-555-0132"),
                (Agent, "and how many of you are coming?"),
                (User, "12"),
            ],
            &[(1, "415-555-0132", Category::Phone)],
        );
        check(
            &[
                (Agent, "can i have your phone number?"),
                (User, "if it is bad call 911"),
            ],
            &[],
        );
    }

    #[test]
    fn questions_close_and_quantities_are_no_answers() {
        use Role::{Agent, User};
        check(
            &[
                (Agent, "what is your pin?"),
                (User, "4417"),
                (User, "and 5520 is on the screen"),
            ],
            &[(1, "4417", Category::Secret)],
        );
        check(
            &[
                (Agent, "your phone number?"),
                (User, "wait, i took 500 mg, 3 times"),
            ],
            &[],
        );
        check(
            &[
                (
                    Agent,
                    "i found your chart, MRN 00481516. what brings you in",
                ),
                (User, "my sugar was 180 this morning"),
            ],
            &[(0, "00481516", Category::MedicalRecord)],
        );
        check(
            &[(Agent, "date of birth?"), (Agent, "sorry, room 4417")],
            &[],
        );
    }
}
