//! Copies of conversations with holes, as transcripts have them where a word was
//! not understood: what is left of an identifier beside one is still to go.

use std::ops::Range;

use crate::domain::{Entropy, Phi};
use crate::evaluate::corpus::{Label, Labelled};

/// What stands for a word that was not understood.
const HOLE: &str = "[inaudible]";

/// One word in this many is not understood: of a required label, and of the
/// rest.
const OF_LABELS: u64 = 6;
const OF_REST: u64 = 80;

/// A copy of `labelled` with holes at random. A label keeps what is left of it.
pub(super) fn with_holes(labelled: &Labelled, entropy: &mut Entropy) -> Labelled {
    let mut copy = labelled.clone();
    copy.labels.clear();
    for turn in 0..copy.raw.turns.len() {
        let labels: Vec<&Label> = labelled.labels.iter().filter(|l| l.turn == turn).collect();
        let (text, words) = punched(labelled.text(turn), &labels, entropy);
        copy.raw.turns[turn].text = Phi::new(text);
        for label in labels {
            let left = remains(&label.span, &words).into_iter();
            copy.labels.extend(left.map(|span| Label {
                span,
                ..label.clone()
            }));
        }
    }
    copy
}

/// A word's old place, and where it now begins if it is still there.
type Moved = (Range<usize>, Option<usize>);

fn punched(text: &str, labels: &[&Label], entropy: &mut Entropy) -> (String, Vec<Moved>) {
    let mut out = String::with_capacity(text.len());
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        let said = word.trim_end_matches(' ');
        let old = at..at + said.len();
        let required =
            |l: &&&Label| !l.optional && l.span.start < old.end && old.start < l.span.end;
        let odds = match labels.iter().find(required) {
            Some(_) => OF_LABELS,
            None => OF_REST,
        };
        let is_hole = !said.is_empty() && entropy.below(odds) == 0;
        words.push((old, (!is_hole).then_some(out.len())));
        out.push_str(if is_hole { HOLE } else { said });
        out.push_str(&word[said.len()..]);
        at += word.len();
    }
    (out, words)
}

/// The new places of what is left of the old `span`: a run of words that stayed
/// is one.
fn remains(span: &Range<usize>, words: &[Moved]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut runs_on = false;
    let inside = |old: &Range<usize>| old.start < span.end && span.start < old.end;
    for (old, new) in words.iter().filter(|(old, _)| inside(old)) {
        let Some(new) = new else {
            runs_on = false;
            continue;
        };
        let start = new + span.start.saturating_sub(old.start);
        let end = new + span.end.min(old.end) - old.start;
        match out.last_mut().filter(|_| runs_on) {
            Some(last) => last.end = end,
            None => out.push(start..end),
        }
        runs_on = true;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_to_what_is_left_of_them() {
        let line = r#"{"id": "c", "source": "s", "channel": "chat", "gold": "full",
            "types": ["ADDRESS"], "turns": [
            {"speaker": "customer", "text": "it is 12 harbor mill lane, thanks"}],
            "spans": [{"turn": 0, "start": 6, "end": 25, "type": "ADDRESS"}]}"#;
        let labelled = Labelled::parse(&line.replace('\n', " ")).expect("a conversation");
        let mut entropy = Entropy::from_u64(5);
        let mut parted = 0;
        for _ in 0..50 {
            let copy = with_holes(&labelled, &mut entropy);
            let left = copy.labels.iter().map(|l| &copy.text(0)[l.span.clone()]);
            let left: Vec<&str> = left.collect();
            let whole: Vec<&str> = left.iter().flat_map(|part| part.split(' ')).collect();
            let words = ["12", "harbor", "mill", "lane"];
            assert!(whole.iter().all(|word| words.contains(word)), "{left:?}");
            parted += usize::from(left.len() > 1);
        }
        assert!(parted > 0);
    }
}
