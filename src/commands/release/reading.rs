//! Reading a sample: what a reviewer sees of each conversation, and answers.

use std::io::{BufRead, Write};

use serde::Deserialize;
use serde_json::Value;

use crate::domain::{Category, Phi, counted};
use crate::ledger::Mark;

/// What a reviewer says of one conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nothing in it may identify someone.
    Clean,
    /// Something may.
    Leak(Place),
    /// The reviewer cannot say.
    Unsure(Place),
}

/// Where something was seen, and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    turn: Option<u32>,
    category: Option<Category>,
}

impl Answer {
    /// What a verdict says of conversation `number`.
    pub(super) const fn mark(self, number: u64) -> Mark {
        let (turn, category) = match self {
            Self::Clean => (None, None),
            Self::Leak(place) | Self::Unsure(place) => (place.turn, place.category),
        };
        Mark {
            number,
            turn,
            category,
        }
    }
}

/// Why there is no answer to every conversation.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unread {
    /// A line of the answers is not one.
    #[error("--answers, line {line}: {what}")]
    Line {
        /// Its number.
        line: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// Some conversations have no answer.
    #[error("no answer to {}; nothing was signed", missing(*first, *others))]
    Missing {
        /// The first.
        first: u64,
        /// How many more.
        others: usize,
    },
    /// The reviewer left, or the terminal went.
    #[error("the reading was broken off at conversation {at}; nothing was signed")]
    Left {
        /// The conversation.
        at: usize,
    },
}

fn missing(first: u64, others: usize) -> String {
    match others {
        0 => format!("conversation {first}"),
        _ => format!(
            "conversation {first} and {}",
            counted(others as u64, "other")
        ),
    }
}

/// One conversation as a line of JSON, with the numbers that an answer names.
pub(super) fn line(number: u64, conversation: &Phi<Value>) -> Phi<String> {
    let mut value = conversation.expose().clone();
    value["number"] = number.into();
    let turns = value["turns"].as_array_mut().into_iter().flatten();
    for (n, turn) in turns.enumerate() {
        turn["turn"] = n.into();
    }
    Phi::new(format!("{value}\n"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    number: u64,
    verdict: Word,
    #[serde(default)]
    turn: Option<u32>,
    #[serde(default)]
    category: Option<Category>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Clean,
    Leak,
    Unsure,
}

/// Reads answers that were given elsewhere: one for each conversation.
pub(super) fn of_lines(text: &str, sample: &[Phi<Value>]) -> Result<Vec<Answer>, Unread> {
    let mut answers: Vec<Option<Answer>> = vec![None; sample.len()];
    for (line, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        let wrong = |what| Unread::Line { line, what };
        let read = serde_json::from_str::<Line>(text);
        let read = read.map_err(|_| wrong("is not an answer; see `--help`"))?;
        let place = place(read.turn, read.category);
        let index = usize::try_from(read.number.wrapping_sub(1)).unwrap_or(usize::MAX);
        let slot = answers.get_mut(index);
        let slot = slot.ok_or_else(|| wrong("names a conversation that the sample has not"))?;
        let beyond = place
            .turn
            .is_some_and(|turn| turn as usize >= turns(&sample[index]));
        if beyond {
            return Err(wrong("names a turn that the conversation has not"));
        }
        let answer = match read.verdict {
            Word::Clean => Answer::Clean,
            Word::Leak => Answer::Leak(place),
            Word::Unsure => Answer::Unsure(place),
        };
        if slot.replace(answer).is_some() {
            return Err(wrong("answers a conversation again"));
        }
    }
    let missing = (1..).zip(&answers).filter(|(_, answer)| answer.is_none());
    let missing: Vec<u64> = missing.map(|(number, _)| number).collect();
    match missing.split_first() {
        None => Ok(answers.into_iter().flatten().collect()),
        Some((first, others)) => Err(Unread::Missing {
            first: *first,
            others: others.len(),
        }),
    }
}

const fn place(turn: Option<u32>, category: Option<Category>) -> Place {
    Place { turn, category }
}

fn turns(conversation: &Phi<Value>) -> usize {
    conversation.expose()["turns"]
        .as_array()
        .map_or(0, Vec::len)
}

const PROMPT: &str =
    "[c]lean  [l]eak [TURN [CATEGORY]]  [u]nsure [TURN [CATEGORY]]  [b]ack  [q]uit: ";

/// What a reviewer types.
enum Typed {
    Answer(Answer),
    Back,
    Quit,
}

/// Shows each conversation and asks for its answer.
pub(super) fn ask(
    sample: &[Phi<Value>],
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> Result<Vec<Answer>, Unread> {
    let mut answers: Vec<Answer> = Vec::new();
    while let Some(conversation) = sample.get(answers.len()) {
        let at = answers.len() + 1;
        let left = |_| Unread::Left { at };
        let head = format!("\nconversation {at} of {}\n", sample.len());
        let text = format!("{head}{}", shown(conversation).expose());
        output.write_all(text.as_bytes()).map_err(left)?;
        match typed(turns(conversation), input, output).map_err(left)? {
            Typed::Answer(answer) => answers.push(answer),
            Typed::Back => drop(answers.pop()),
            Typed::Quit => return Err(Unread::Left { at }),
        }
    }
    Ok(answers)
}

/// Asks until the answer is one.
fn typed(
    turns: usize,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> std::io::Result<Typed> {
    loop {
        output.write_all(PROMPT.as_bytes())?;
        output.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(Typed::Quit);
        }
        match of_typed(&line, turns) {
            Ok(typed) => return Ok(typed),
            Err(what) => writeln!(output, "{what}")?,
        }
    }
}

fn of_typed(line: &str, turns: usize) -> Result<Typed, &'static str> {
    let mut words = line.split_whitespace();
    let verb = words.next().unwrap_or_default();
    let turn = words.next().map(str::parse).transpose();
    let turn: Option<u32> = turn.map_err(|_| "a turn is the number before it")?;
    if turn.is_some_and(|turn| turn as usize >= turns) {
        return Err("the conversation has no such turn");
    }
    let category = words.next().map(|word| {
        let all = Category::ALL.into_iter();
        all.into_iter().find(|category| category.name() == word)
    });
    if category == Some(None) {
        return Err("a category is a name such as `person`, `date` or `phone`");
    }
    let place = place(turn, category.flatten());
    match (verb, words.next()) {
        ("c" | "clean", None) if turn.is_none() => Ok(Typed::Answer(Answer::Clean)),
        ("l" | "leak", None) => Ok(Typed::Answer(Answer::Leak(place))),
        ("u" | "unsure", None) => Ok(Typed::Answer(Answer::Unsure(place))),
        ("b" | "back", None) => Ok(Typed::Back),
        ("q" | "quit", None) => Ok(Typed::Quit),
        _ => Err("type c, l, u, b or q; l and u may name a turn and a category"),
    }
}

/// A conversation as it is read at a terminal, turns counted from 0.
fn shown(conversation: &Phi<Value>) -> Phi<String> {
    let value = conversation.expose();
    let word = |value: &Value| match value {
        Value::Null => String::from("unknown"),
        Value::String(text) => plain(text),
        other => other.to_string(),
    };
    let mut out = format!("{}, year {}", word(&value["channel"]), word(&value["year"]));
    for (name, attribute) in value["attributes"].as_object().into_iter().flatten() {
        out.push_str(&format!(", {name} {}", word(attribute)));
    }
    out.push('\n');
    for (number, turn) in (0..).zip(value["turns"].as_array().into_iter().flatten()) {
        let (role, text) = (word(&turn["role"]), word(&turn["text"]));
        out.push_str(&format!("{number:>4} {role:>6}  {text}\n"));
    }
    Phi::new(out)
}

/// Without what a terminal would obey.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sample() -> Vec<Phi<Value>> {
        let one = |text: &str| {
            let turn = |text: &str| json!({ "role": "user", "kind": "speech", "text": text });
            let turns = [turn("hello"), turn(text)];
            Phi::new(json!({
                "channel": "voice", "year": 2026, "attributes": { "state": "MA" }, "turns": turns,
            }))
        };
        ["how is the cough", "a\u{1b}[2Jb", "fine"].map(one).into()
    }

    fn seen(turn: u32) -> Place {
        place(Some(turn), Some(Category::Person))
    }

    #[track_caller]
    fn check_lines(lines: &[&str], expected: Result<Vec<Answer>, &str>) {
        let answers = of_lines(&lines.join("\n"), &sample());
        assert_eq!(
            answers.map_err(|e| e.to_string()),
            expected.map_err(str::to_owned)
        );
    }

    #[test]
    fn every_conversation_of_the_answers_is_answered_once() {
        let leak = r#"{"number":3,"verdict":"leak","turn":1,"category":"person"}"#;
        let (one, two) = (
            r#"{"number":1,"verdict":"clean"}"#,
            r#"{"number":2,"verdict":"unsure"}"#,
        );
        let answers = vec![
            Answer::Clean,
            Answer::Unsure(Place::default()),
            Answer::Leak(seen(1)),
        ];
        check_lines(&[leak, "", one, two], Ok(answers));
        let missing = "no answer to conversation 2 and 1 other; nothing was signed";
        check_lines(&[one], Err(missing));
        let missing = "no answer to conversation 3; nothing was signed";
        check_lines(&[one, two], Err(missing));
        check_lines(
            &[one, one],
            Err("--answers, line 2: answers a conversation again"),
        );
        let beyond = leak.replace("\"turn\":1", "\"turn\":2");
        let what = "--answers, line 1: names a turn that the conversation has not";
        check_lines(&[&beyond], Err(what));
        for number in ["0", "4", "18446744073709551615"] {
            let other = one.replace("\"number\":1", &format!("\"number\":{number}"));
            let what = "--answers, line 1: names a conversation that the sample has not";
            check_lines(&[&other], Err(what));
        }
        let what = "--answers, line 1: is not an answer; see `--help`";
        check_lines(&[r#"{"number":1,"verdict":"fine"}"#], Err(what));
        check_lines(&["clean"], Err(what));
    }

    #[track_caller]
    fn check_typed(typed: &str, expected: Result<Vec<Answer>, Unread>) -> String {
        let mut shown = Vec::new();
        let answers = ask(&sample(), &mut typed.as_bytes(), &mut shown);
        assert_eq!(answers, expected, "{typed}");
        String::from_utf8(shown).expect("text")
    }

    #[test]
    fn an_exported_line_has_the_numbers_that_an_answer_names() {
        let line = line(3, &sample()[0]);
        let value: Value = serde_json::from_str(line.expose()).expect("JSON");
        assert_eq!(value["number"], 3);
        assert_eq!(value["turns"][0]["turn"], 0);
        assert_eq!(value["turns"][1]["turn"], 1);
    }

    #[test]
    fn a_reviewer_reads_each_and_may_go_back() {
        let (clean, unsure) = (Answer::Clean, Answer::Unsure(Place::default()));
        let shown = check_typed(
            "c\nu\nl 1 person\n",
            Ok(vec![clean, unsure, Answer::Leak(seen(1))]),
        );
        for part in [
            "conversation 3 of 3",
            "voice, year 2026, state MA",
            "   1   user  fine",
        ] {
            assert!(shown.contains(part), "{part} in {shown}");
        }
        assert!(!shown.contains('\u{1b}'), "a terminal obeys nothing");
        check_typed(
            "c\nb\nl 0 person\nc\nc\n",
            Ok(vec![Answer::Leak(seen(0)), clean, clean]),
        );
        let again = check_typed("x\nl 2\nl 0 nose\nc 1\nc\nc\nc\n", Ok(vec![clean; 3]));
        assert_eq!(again.matches(PROMPT).count(), 7);
        check_typed("c\nq\n", Err(Unread::Left { at: 2 }));
        check_typed("c\nc\n", Err(Unread::Left { at: 3 }));
    }
}
