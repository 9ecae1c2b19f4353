//! Numbers given a piece at a time, over several turns.

use super::Seen;
use super::atom::{Kind, Line, contents};
use super::digits::digit_count;
use super::name;
use super::words::class;
use crate::domain::{Category, Role};

/// A number of this many digits, given in pieces, names something.
const PIECES_DIGITS: usize = 5;

/// A removed piece counts as this many.
const REMOVED_DIGITS: usize = 3;

/// A turn of at most this many words is a back-channel: the number goes on.
const BACK_CHANNEL: usize = 4;

/// What the other side has just asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Asked {
    /// A number that names.
    pub(super) number: bool,
    /// A ZIP code, of which three digits may stay.
    pub(super) zip: bool,
    /// A name.
    pub(super) name: bool,
    /// A date.
    pub(super) date: bool,
    /// An age.
    pub(super) age: bool,
    /// A password, or what else only its owner knows.
    pub(super) secret: bool,
    /// It is not known: the other side's turn is not there.
    pub(super) unheard: bool,
}

impl Asked {
    /// What `line` asks for, or gave and what the other side may repeat.
    fn by(line: &Line) -> Self {
        let slots = line.holds(contents::SLOT);
        let gave = |category| slots && (0..line.atoms.len()).any(|i| line.is_slot_of(i, category));
        Self {
            number: line.has(class::CUE),
            zip: line.has(class::CUE) && speaks_of_zip(line),
            name: name::asks(line),
            date: line.has(class::WHEN) || gave(Category::Date),
            age: line.has(class::OLD),
            secret: line.has(class::SECRET),
            unheard: false,
        }
    }
}

/// What a turn must know of those before it.
#[derive(Debug, Default)]
pub(super) struct Across {
    /// Who spoke last, and what they asked for.
    last: Option<(Role, Asked)>,
    /// By role: digits given so far, and in how many turns.
    given: [(usize, usize); 5],
    /// By role: a piece of the number was removed.
    removed: [bool; 5],
    /// By role: how many of its last turns were removed pieces, in a row.
    in_row: [u8; 5],
}

impl Across {
    /// What was asked of `role` in the turn before.
    pub(super) fn asked(&self, role: Role) -> Asked {
        match self.last {
            Some((speaker, asked)) if speaker != role => asked,
            Some(_) => Asked {
                unheard: true,
                ..Asked::default()
            },
            None => Asked::default(),
        }
    }

    /// Takes `line` in; reports a number that its last piece completes.
    pub(super) fn turn(&mut self, role: Role, line: &Line, seen: &mut Seen<'_>) {
        let alternate = self.last.is_none_or(|(speaker, _)| speaker != role);
        let after_removed = self.removed[index_of(role)];
        let digits = if line.bare { digit_count(line) } else { 0 };
        let removed = line.bare
            && line.holds(contents::SLOT)
            && (0..line.atoms.len()).any(|i| is_removed_number(line, i));
        if removed || digits > 0 && !is_year_or_decimal(line) {
            let (sum, pieces) = &mut self.given[index_of(role)];
            *sum += if removed { REMOVED_DIGITS } else { digits };
            *pieces += 1;
            let goes_on = *sum >= PIECES_DIGITS && *pieces > 1 && digits > 0;
            // Two pieces were removed one after the other: the third goes on.
            let third = line.atoms.len() == 1 && digits > 1 && self.in_row[index_of(role)] > 1;
            if goes_on && (!after_removed || (alternate || third) && !is_round(line)) {
                seen.add(line.span(0), Category::OtherId, "pieces-over-turns");
            }
        } else if line.words > BACK_CHANNEL {
            self.given = Default::default();
            self.removed = Default::default();
        }
        let in_row = &mut self.in_row[index_of(role)];
        *in_row = if removed { in_row.saturating_add(1) } else { 0 };
        self.removed[index_of(role)] |= removed;
        self.last = Some((role, Asked::by(line)));
    }
}

fn speaks_of_zip(line: &Line) -> bool {
    let zip = |i| matches!(line.word(i), "zip" | "zipcode" | "postal" | "postcode");
    (0..line.atoms.len()).any(zip)
}

/// Whether atom `i` stands for a removed number or code.
fn is_removed_number(line: &Line, i: usize) -> bool {
    let Kind::Slot(Some(category)) = line.atoms[i].kind else {
        return false;
    };
    !matches!(
        category,
        Category::Person
            | Category::City
            | Category::Organization
            | Category::Facility
            | Category::Date
            | Category::Age
            | Category::Time
    )
}

/// Whether `line` holds a whole year or a decimal number: no piece of a code.
fn is_year_or_decimal(line: &Line) -> bool {
    let year = |i| line.digits(i) == 4 && line.value(i).is_some_and(|y| (1900..2100).contains(&y));
    let decimal = |i| line.mark(i) == Some('.') && line.is_digits(i + 1) && line.glued(i + 1);
    (0..line.atoms.len()).any(|i| year(i) || decimal(i))
}

/// Whether `line` holds a round amount, or the zeros of a small ZIP area.
fn is_round(line: &Line) -> bool {
    (0..line.atoms.len()).any(|i| line.digits(i) > 2 && line.lower(i).ends_with("00"))
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
