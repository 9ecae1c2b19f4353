//! Labels in dispute: listed apart in a file, so that figures are had with them
//! and without.

use std::collections::BTreeSet;

use super::corpus::Labelled;

/// Labels that are left out: neither required nor false to find.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Disputed(BTreeSet<(String, usize, usize, usize)>);

impl Disputed {
    /// Reads a list: a line a label, with conversation, turn, its first
    /// character and the one after its last, parted by tabs; lines with `#` are
    /// comments.
    ///
    /// # Errors
    /// The number, from 1, of the first line that is no label.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let lines = text.lines().enumerate();
        let labels = lines.filter(|(_, line)| !line.starts_with('#'));
        let read = |(number, line)| label(line).ok_or(number + 1);
        labels.map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Makes those of `labelled` that are in the list optional, and tells how
    /// many lines named one.
    pub fn leave_out(&self, labelled: &mut Labelled) -> Matched {
        let own = self.0.range((labelled.id.clone(), 0, 0, 0)..);
        let own = own.take_while(|(id, ..)| *id == labelled.id);
        let places: BTreeSet<_> = own
            .map(|(_, turn, start, end)| (*turn, *start, *end))
            .collect();
        if places.is_empty() {
            return Matched::default();
        }
        let mut found = BTreeSet::new();
        for i in 0..labelled.labels.len() {
            let label = &labelled.labels[i];
            let at = labelled.characters(label.turn, label.span.clone());
            let place = (label.turn, at.start, at.end);
            if places.contains(&place) {
                found.insert(place);
                labelled.labels[i].optional = true;
                labelled.labels[i].sub = Some("disputed".to_owned());
            }
        }
        Matched {
            found: found.len(),
            missed: places.len() - found.len(),
        }
    }
}

/// What the lines of a list named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Matched {
    /// Labels.
    pub found: usize,
    /// Conversations that were read, and no label of theirs.
    pub missed: usize,
}

impl Matched {
    /// Counts what lines named in another conversation.
    pub fn add(&mut self, other: Self) {
        self.found += other.found;
        self.missed += other.missed;
    }

    /// What is to be told of lines that left nothing out.
    #[must_use]
    pub fn note(self) -> Option<String> {
        match (self.found, self.missed) {
            (0, 0) => Some("no line names a conversation that was read".to_owned()),
            (_, 0) => None,
            (_, n) => Some(format!("{n} lines name no label of their conversations")),
        }
    }
}

fn label(line: &str) -> Option<(String, usize, usize, usize)> {
    let mut fields = line.split('\t');
    let id = fields.next()?.to_owned();
    let mut number = || fields.next()?.parse().ok();
    Some((id, number()?, number()?, number()?))
}

#[cfg(test)]
mod tests {
    use super::super::corpus::tests::labelled;
    use super::*;

    #[test]
    fn what_is_listed_is_optional_and_nothing_else() {
        let check = |list: &str, optional: [bool; 2], note: Option<&str>| {
            let labels = [(2, 6, "NAME", "", false), (9, 12, "NAME", "", false)];
            let mut read = labelled("é José & ann", &labels);
            let disputed = Disputed::parse(list).expect("a list");
            let matched = disputed.leave_out(&mut read);
            assert_eq!(matched.note().as_deref(), note, "{list}");
            assert_eq!([0, 1].map(|i| read.labels[i].optional), optional, "{list}");
        };
        let strange = Some("no line names a conversation that was read");
        check("# nothing\n", [false, false], strange);
        check("b\t0\t2\t6\n", [false, false], strange);
        check("a\t0\t2\t6\n", [true, false], None);
        let beside = "a\t0\t2\t5\na\t1\t9\t12\nb\t0\t9\t12";
        let two = Some("2 lines name no label of their conversations");
        check(beside, [false, false], two);
    }

    #[test]
    fn a_line_that_is_no_label_is_named() {
        let refused = |list| Disputed::parse(list).expect_err("refused");
        assert_eq!(refused("#\na\t0\t2"), 2);
        assert_eq!(refused("a\t0\t2\tsix"), 1);
    }
}
