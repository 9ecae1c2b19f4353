//! Faults in words, for a developer who may read the corpus: nothing else of
//! the program quotes a text.

use super::Judged;
use super::corpus::Labelled;
use super::score::{Fault, Faults};

/// The faults of one conversation in words: the label, what was left of it, and
/// what stands around it.
#[must_use]
pub fn quotes(labelled: &Labelled, judged: &Judged, faults: &Faults) -> Vec<String> {
    let leaks = faults.leaks.iter().map(|f| quote(labelled, "leak", f, ""));
    let wrong = faults.false_findings.iter().map(|f| {
        let found = judged.findings.iter();
        let mut same = found.filter(|x| x.turn == f.turn && x.span == f.span);
        let rule = same.next().map_or("", |x| x.rule);
        quote(labelled, "false", f, rule)
    });
    leaks.chain(wrong).collect()
}

fn quote(labelled: &Labelled, what: &str, fault: &Fault, rule: &str) -> String {
    let text = labelled.text(fault.turn);
    let before: String = text[..fault.span.start].chars().rev().take(40).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[fault.span.end..].chars().take(25).collect();
    let value: String = text[fault.span.clone()]
        .char_indices()
        .map(|(i, c)| {
            let left = fault.left.is_empty() || fault.left.contains(&(fault.span.start + i));
            if left || !c.is_alphanumeric() { c } else { '_' }
        })
        .collect();
    let name = fault.label.name();
    format!(
        "{what} {name} {rule} {}:{} {before}⟦{value}⟧{after}",
        labelled.id, fault.turn
    )
}

#[cfg(test)]
mod tests {
    use super::super::corpus::LabelType;
    use super::super::corpus::tests::labelled;
    use super::*;

    #[test]
    fn what_was_left_of_a_label_is_shown_and_the_rest_is_not() {
        let fault = Fault {
            turn: 0,
            span: 3..11,
            label: LabelType::Name,
            left: vec![3],
        };
        let quoted = quote(&labelled("is Ann Lee? yes", &[]), "leak", &fault, "");
        assert_eq!(quoted, "leak NAME  a:0 is ⟦A__ ___?⟧ yes");
    }
}
