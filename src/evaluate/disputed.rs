//! Labels in dispute: listed apart in a file, so that figures are had with them
//! and without.

use std::collections::BTreeSet;

use super::corpus::Labelled;

/// Labels that are left out: neither required nor false to find.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Disputed(BTreeSet<(String, usize, usize, usize)>);

impl Disputed {
    /// Reads a list: a line a label, with conversation, turn, first and last
    /// character, parted by tabs; lines with `#` are comments.
    ///
    /// # Errors
    /// The number, from 1, of the first line that is no label.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let lines = text.lines().enumerate();
        let labels = lines.filter(|(_, line)| !line.starts_with('#'));
        let read = |(number, line)| label(line).ok_or(number + 1);
        labels.map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Makes those of `labelled` that are in the list optional.
    pub fn leave_out(&self, labelled: &mut Labelled) {
        if self.0.is_empty() {
            return;
        }
        let listed: Vec<bool> = labelled
            .labels
            .iter()
            .map(|label| {
                let at = labelled.characters(label.turn, label.span.clone());
                let place = (labelled.id.clone(), label.turn, at.start, at.end);
                self.0.contains(&place)
            })
            .collect();
        for (label, listed) in labelled.labels.iter_mut().zip(listed) {
            if listed {
                label.optional = true;
                label.sub = Some("disputed".to_owned());
            }
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
        let check = |list: &str, optional: [bool; 2]| {
            let labels = [(2, 6, "NAME", "", false), (9, 12, "NAME", "", false)];
            let mut read = labelled("é José & ann", &labels);
            let disputed = Disputed::parse(list).expect("a list");
            disputed.leave_out(&mut read);
            assert_eq!([0, 1].map(|i| read.labels[i].optional), optional, "{list}");
        };
        check("# nothing\n", [false, false]);
        check("a\t0\t2\t6\n", [true, false]);
        check("a\t0\t2\t5\na\t1\t9\t12\nb\t0\t9\t12", [false, false]);
    }

    #[test]
    fn a_line_that_is_no_label_is_named() {
        let refused = |list| Disputed::parse(list).expect_err("refused");
        assert_eq!(refused("#\na\t0\t2"), 2);
        assert_eq!(refused("a\t0\t2\tsix"), 1);
    }
}
