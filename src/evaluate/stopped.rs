//! What the second look stops of what the first one let through.

use super::corpus::{LabelType, Labelled};
use super::interval::Proportion;
use super::score::{Fault, Faults};

/// Of the conversations of each kind, how many the second look stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stopped {
    /// A number, code, date or contact is left.
    pub structured: Proportion,
    /// A name, place or organisation is left.
    pub named: Proportion,
    /// Nothing is left that the whole engine removes, or would have to.
    pub clean: Proportion,
}

impl Stopped {
    /// Adds a conversation with its leaks (those of no kind of identifier,
    /// such as a clock time, and those that tell nothing make it neither leaking nor
    /// clean), which the second look `stopped` or not. One that leaks both kinds counts as both. Where a layer is
    /// off, `whole` says that its loss lost nothing: else what does not have to go,
    /// but does (a company, a password), is left, and the text is not clean.
    pub fn add(&mut self, labelled: &Labelled, faults: &Faults, stopped: bool, whole: bool) {
        let named = |label| {
            matches!(
                label,
                LabelType::Name | LabelType::City | LabelType::Address | LabelType::Org
            )
        };
        let structured = |label| !named(label) && label != LabelType::Other;
        let leaks = faults.leaks.iter();
        let told = leaks.filter(|leak| !tells_nothing(labelled.text(leak.turn), leak));
        let labels: Vec<LabelType> = told.map(|leak| leak.label).collect();
        if labels.iter().any(|label| structured(*label)) {
            self.structured.count(stopped);
        }
        if labels.iter().any(|label| named(*label)) {
            self.named.count(stopped);
        }
        if faults.leaks.is_empty() && whole {
            self.clean.count(stopped);
        }
    }
}

/// Whether of the label in `text` only what joins its words is left (`the` of a
/// day, `uh` between two halves of a number), and the rest is gone.
fn tells_nothing(text: &str, leak: &Fault) -> bool {
    let mut at = leak.span.start;
    let (mut left, mut gone) = (0, 0);
    for word in text[leak.span.clone()].split(|c: char| !c.is_alphanumeric()) {
        let span = at..at + word.len();
        // Every separator may be of several bytes.
        at = span.end + text[span.end..].chars().next().map_or(0, char::len_utf8);
        if !leak.left.iter().any(|place| span.contains(place)) {
            gone += usize::from(!word.is_empty());
        } else if is_joint(word) {
            left += 1;
        } else {
            return false;
        }
    }
    left > 0 && gone > 0
}

/// Words that are no part of any value.
fn is_joint(word: &str) -> bool {
    ["the", "of", "and", "then", "uh", "um"]
        .iter()
        .any(|joint| word.eq_ignore_ascii_case(joint))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A conversation of one turn, and a leak of all of it but `gone`.
    fn leaking(text: &str, label: LabelType, gone: &[&str]) -> (Labelled, Fault) {
        let json = serde_json::json!({
            "id": "a", "gold": "partial", "spans": [],
            "turns": [{"speaker": "user", "text": text}],
        });
        let mut left: Vec<usize> = (0..text.len()).collect();
        left.retain(|at| text.as_bytes()[*at].is_ascii_alphanumeric());
        for part in gone {
            let start = text.find(part).unwrap();
            left.retain(|at| !(start..start + part.len()).contains(at));
        }
        let span = 0..text.len();
        let fault = Fault {
            turn: 0,
            span,
            label,
            left,
        };
        (Labelled::parse(&json.to_string()).unwrap(), fault)
    }

    #[track_caller]
    fn check(labels: &[LabelType], expected: [u64; 3]) {
        let (labelled, _) = leaking("4417", LabelType::Id, &[]);
        let leak = |label: &LabelType| leaking("4417", *label, &[]).1;
        let faults = Faults {
            leaks: labels.iter().map(leak).collect(),
            false_findings: Vec::new(),
        };
        let mut stopped = Stopped::default();
        stopped.add(&labelled, &faults, true, true);
        stopped.add(&labelled, &faults, false, true);
        let Stopped {
            structured,
            named,
            clean,
        } = stopped;
        assert_eq!([structured.hits, named.hits, clean.hits], expected);
        assert_eq!([structured.n, named.n, clean.n], expected.map(|n| 2 * n));
    }

    #[test]
    fn text_that_lost_a_layer_is_leaking_or_nothing() {
        let (labelled, _) = leaking("4417", LabelType::Id, &[]);
        let mut stopped = Stopped::default();
        stopped.add(&labelled, &Faults::default(), true, false);
        assert_eq!(stopped, Stopped::default());
    }

    #[test]
    fn a_conversation_counts_by_what_it_leaks() {
        check(&[], [0, 0, 1]);
        check(&[LabelType::Phone], [1, 0, 0]);
        check(&[LabelType::Name, LabelType::Name], [0, 1, 0]);
        check(&[LabelType::City, LabelType::Date], [1, 1, 0]);
    }

    #[test]
    fn what_only_joined_a_value_tells_nothing() {
        let nothing = |text: &str, gone: &[&str]| {
            let (_, leak) = leaking(text, LabelType::Date, gone);
            tells_nothing(text, &leak)
        };
        assert!(nothing("the fourth", &["fourth"]));
        assert!(nothing("four seven, uh – two", &["four seven", "two"]));
        assert!(!nothing("the fourth", &[]));
        assert!(!nothing("um", &[]));
        assert!(!nothing("a fourth", &["fourth"]));
        assert!(!nothing("the fourth of may", &["fourth of"]));
    }
}
