//! What the second look stops of what the first one let through.

use super::corpus::LabelType;
use super::interval::Proportion;
use super::score::Faults;

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
    /// such as a clock time, make it neither leaking nor clean), which the second look
    /// `stopped` or not. One that leaks both kinds counts as both. Where a layer is
    /// off, `whole` says that its loss lost nothing: else what does not have to go,
    /// but does (a company, a password), is left, and the text is not clean.
    pub fn add(&mut self, faults: &Faults, stopped: bool, whole: bool) {
        let named = |label| {
            matches!(
                label,
                LabelType::Name | LabelType::City | LabelType::Address | LabelType::Org
            )
        };
        let leaks = &faults.leaks;
        let structured = |label| !named(label) && label != LabelType::Other;
        if leaks.iter().any(|leak| structured(leak.label)) {
            self.structured.count(stopped);
        }
        if leaks.iter().any(|leak| named(leak.label)) {
            self.named.count(stopped);
        }
        if leaks.is_empty() && whole {
            self.clean.count(stopped);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::score::Fault;
    use super::*;

    #[track_caller]
    fn check(labels: &[LabelType], expected: [u64; 3]) {
        let leak = |label: &LabelType| Fault {
            turn: 0,
            span: 0..1,
            label: *label,
            left: vec![0],
        };
        let faults = Faults {
            leaks: labels.iter().map(leak).collect(),
            false_findings: Vec::new(),
        };
        let mut stopped = Stopped::default();
        stopped.add(&faults, true, true);
        stopped.add(&faults, false, true);
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
        let mut stopped = Stopped::default();
        stopped.add(&Faults::default(), true, false);
        assert_eq!(stopped, Stopped::default());
    }

    #[test]
    fn a_conversation_counts_by_what_it_leaks() {
        check(&[], [0, 0, 1]);
        check(&[LabelType::Phone], [1, 0, 0]);
        check(&[LabelType::Name, LabelType::Name], [0, 1, 0]);
        check(&[LabelType::City, LabelType::Date], [1, 1, 0]);
    }
}
