//! What identifies must be labelled wherever it stands.

use super::name::is_word_name;
use super::{GeneratedSpan, GeneratedTurn, Label};
use crate::domain::Category;

/// The least number of letters and digits of a value that is looked for
/// again: less is anybody's number.
const LEAST: usize = 4;

/// Whether a required value, or a word of a person's name, stands anywhere
/// without a label.
pub(super) fn has_unlabelled_repeat(turns: &[GeneratedTurn], spans: &[GeneratedSpan]) -> bool {
    let needles = needles(turns, spans);
    turns.iter().enumerate().any(|(i, turn)| {
        let open = outside(&turn.text, spans.iter().filter(|s| s.turn == i));
        needles.iter().any(|needle| open.contains(needle.as_str()))
    })
}

/// What is looked for, each between spaces.
fn needles(turns: &[GeneratedTurn], spans: &[GeneratedSpan]) -> Vec<String> {
    let mut needles = Vec::new();
    for span in spans {
        let Label::Required(category) = span.label else {
            continue;
        };
        let said = plain(&turns[span.turn].text[span.start..span.end]);
        if category == Category::Person
            && !matches!(span.form, super::Form::Spelled | super::Form::Split)
        {
            let words = said.split_whitespace();
            let words = words.filter(|word| word.len() > 2 && !is_word_name(word));
            needles.extend(words.map(|word| format!(" {word} ")));
        } else if span.form != super::Form::Split
            && said.len() >= LEAST + 2
            && !is_word_name(said.trim())
        {
            needles.push(said);
        }
    }
    needles.sort_unstable();
    needles.dedup();
    needles
}

/// What of `text` no identifier's span covers, plain; `|` where one stood.
fn outside<'a>(text: &str, spans: impl Iterator<Item = &'a GeneratedSpan>) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut at = 0;
    for span in spans.filter(|s| !matches!(s.label, Label::MustStay(_))) {
        out.push_str(&text[at..span.start]);
        out.push_str(" | ");
        at = span.end;
    }
    out.push_str(&text[at..]);
    plain(&out)
}

/// Lower case, words parted by single spaces, a space at both ends.
fn plain(text: &str) -> String {
    let mut out = String::from(" ");
    for c in text.chars() {
        match c {
            _ if c.is_alphanumeric() || c == '|' => out.extend(c.to_lowercase()),
            '\'' => {
                out.push(' ');
            }
            _ if !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::*;

    fn check(text: &str, labelled: &str, category: Category, want: bool) {
        let turns = [GeneratedTurn {
            speaker: "agent",
            text: text.into(),
        }];
        let start = text.find(labelled).expect("it stands there");
        let spans = [GeneratedSpan {
            turn: 0,
            start,
            end: start + labelled.len(),
            label: Label::Required(category),
            form: Form::Lower,
            value: 0,
        }];
        assert_eq!(has_unlabelled_repeat(&turns, &spans), want, "{text}");
    }

    #[test]
    fn a_repeat_without_a_label_is_seen() {
        check(
            "zarqan okelu, is it okelu's car",
            "zarqan okelu",
            Category::Person,
            true,
        );
        check(
            "zarqan okelu, is it okelusen",
            "zarqan okelu",
            Category::Person,
            false,
        );
        check(
            "will long, will you wait long",
            "will long",
            Category::Person,
            false,
        );
        check(
            "call 555 0143 not 555-0143",
            "555 0143",
            Category::Phone,
            true,
        );
        check("in 12 or 12 days", "12", Category::Zip, false);
    }
}
