//! Numbers given a piece at a time, over several turns.

use super::Seen;
use super::atom::Line;
use super::digits::{digit_count, is_bare};
use super::name;
use super::words::class;
use crate::domain::{Category, Role};

/// A number of this many digits, given in pieces, names something.
const PIECES_DIGITS: usize = 5;

/// A turn of at most this many words is a back-channel: the number goes on.
const BACK_CHANNEL: usize = 4;

/// What a turn must know of those before it.
#[derive(Debug, Default)]
pub(super) struct Across {
    /// Who spoke last, and whether of a number and of a name.
    last: Option<(Role, bool, bool)>,
    /// By role: digits given so far, and in how many turns.
    given: [(usize, usize); 5],
}

impl Across {
    /// Whether the other side has just spoken of a number that names.
    pub(super) fn asked(&self, role: Role) -> bool {
        self.last
            .is_some_and(|(speaker, number, _)| number && speaker != role)
    }

    /// Whether the other side has just asked for a name.
    pub(super) fn asked_name(&self, role: Role) -> bool {
        self.last
            .is_some_and(|(speaker, _, name)| name && speaker != role)
    }

    /// Takes `line` in; reports a number that its last piece completes.
    pub(super) fn turn(&mut self, role: Role, line: &Line, seen: &mut Seen<'_>) {
        let said: Vec<&str> = words_of(line).collect();
        let cued = (0..line.atoms.len()).any(|i| line.is_class(i, class::CUE));
        self.last = Some((role, cued, name::asks(line)));
        let digits = digit_count(line);
        if digits > 0 && is_bare(line) {
            let (sum, pieces) = &mut self.given[index_of(role)];
            *sum += digits;
            *pieces += 1;
            if *sum >= PIECES_DIGITS && *pieces > 1 {
                seen.add(line.span(0), Category::OtherId, "pieces-over-turns");
            }
        } else if said.len() > BACK_CHANNEL {
            self.given = Default::default();
        }
    }
}

fn words_of(line: &Line) -> impl Iterator<Item = &str> {
    (0..line.atoms.len())
        .map(|i| line.word(i))
        .filter(|w| !w.is_empty())
}

const fn index_of(role: Role) -> usize {
    match role {
        Role::Agent => 0,
        Role::User => 1,
        Role::Tool => 2,
        Role::System => 3,
        Role::Other => 4,
    }
}
