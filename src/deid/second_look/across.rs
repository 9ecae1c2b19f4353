//! Numbers given a piece at a time, over several turns.

use super::Seen;
use super::atom::{Kind, Line, contents};
use super::cue;
use super::digits::digit_count;
use super::exam::{sets_recall, sets_sight};
use super::name;
use super::words::{Spoken, class};
use crate::domain::{Category, Role};

/// A number of this many digits, given in pieces, names something.
const PIECES_DIGITS: usize = 5;

/// A removed piece counts as this many.
const REMOVED_DIGITS: usize = 3;

/// More digits than these, one a turn, name something.
const KEYS: usize = 3;

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
    /// An e-mail address, or another name of an account.
    pub(super) handle: bool,
    /// What the other side has just told, which may be repeated.
    pub(super) told: Told,
    /// Letters, words or numbers to be read or said again, for a test.
    pub(super) test: bool,
    /// How many or how much: a count, which names nobody.
    pub(super) count: bool,
    /// It is not known: the other side's turn is not there.
    pub(super) unheard: bool,
}

/// What was removed from a turn, which the other side may repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Told {
    /// A number or a code.
    pub(super) number: bool,
    /// Of whose digits three may stay.
    pub(super) zip: bool,
    /// The name of a person or a place.
    pub(super) name: bool,
    /// A date.
    pub(super) date: bool,
}

impl Told {
    fn by(line: &Line) -> Self {
        let mut told = Self::default();
        if !line.holds(contents::SLOT) {
            return told;
        }
        for atom in &line.atoms {
            match atom.kind {
                Kind::Slot(Some(Category::Date)) => told.date = true,
                Kind::Slot(Some(Category::Zip)) => (told.number, told.zip) = (true, true),
                Kind::Slot(Some(
                    Category::Person | Category::City | Category::Organization | Category::Facility,
                )) => told.name = true,
                Kind::Slot(Some(Category::Age | Category::Time)) => {}
                Kind::Slot(_) => told.number = true,
                _ => {}
            }
        }
        told
    }

    /// Whether anything was removed.
    pub(super) const fn any(self) -> bool {
        self.number | self.name | self.date
    }
}

impl Asked {
    /// What `line` asks for, or gave and what the other side may repeat.
    fn by(line: &Line) -> Self {
        let told = Told::by(line);
        let recall = sets_recall(line);
        let number = if recall {
            names_number(line)
        } else {
            speaks_of_number(line) || speaks_of_device(line)
        };
        let asks = |words: &[&str]| {
            line.has(class::ASKS) && (0..line.atoms.len()).any(|i| words.contains(&line.word(i)))
        };
        Self {
            number,
            zip: number && speaks_of_zip(line),
            name: name::asks(line),
            date: line.has(class::WHEN) || told.date,
            age: asks(&["old", "age"]) || tells_age(line),
            secret: line.has(class::SECRET),
            handle: line.has(class::ASKS) && !asks(&["old", "age"]) || speaks_of_screen_name(line),
            count: !number && asks_for_count(line),
            unheard: false,
            test: recall || sets_sight(line),
            told,
        }
    }

    /// What of this is still asked after a back-channel.
    const fn lasting(self) -> Self {
        Self {
            number: self.number,
            zip: self.zip,
            secret: self.secret,
            handle: self.handle,
            name: false,
            date: false,
            age: false,
            test: self.test,
            count: false,
            unheard: false,
            told: Told {
                number: false,
                zip: false,
                name: false,
                date: false,
            },
        }
    }
}

/// Whether `line` speaks of a number that names somebody.
fn speaks_of_number(line: &Line) -> bool {
    line.has(class::CUE) && (0..line.atoms.len()).any(|i| cue::names_number(line, i))
}

/// Whether an age was removed from `line`, which the other side may repeat.
fn tells_age(line: &Line) -> bool {
    line.holds(contents::SLOT) && (0..line.atoms.len()).any(|i| line.is_slot_of(i, Category::Age))
}

/// `how many units`, `how often do you take it`: whether `line` asks for a count.
fn asks_for_count(line: &Line) -> bool {
    (1..line.atoms.len()).any(|i| {
        let counted = matches!(
            line.word(i),
            "many" | "much" | "often" | "far" | "tall" | "heavy" | "big"
        );
        counted && line.word(i - 1) == "how"
    })
}

/// Whether `line` says whose or which number is meant: `the [member] number`.
fn names_number(line: &Line) -> bool {
    let cue = |i: usize| {
        line.atoms[i].is(class::CUE)
            && !matches!(line.word(i), "number" | "numbers" | "digit" | "digits")
    };
    (0..line.atoms.len()).any(cue)
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
    /// By role: what it asked for before its back-channels.
    lasting: [Asked; 5],
    /// How many turns ago a ZIP code was spoken of.
    since_zip: u8,
}

/// For this many turns after a ZIP code was spoken of, three digits may be what
/// stays of it.
const ZIP_TURNS: u8 = 6;

impl Across {
    /// What was asked of `role` in the turn before.
    pub(super) fn asked(&self, role: Role) -> Asked {
        match self.last {
            Some((speaker, asked)) if speaker != role => Asked {
                told: Told {
                    zip: asked.told.zip || self.since_zip < ZIP_TURNS,
                    ..asked.told
                },
                ..asked
            },
            Some(_) => Asked {
                unheard: true,
                ..Asked::default()
            },
            None => Asked::default(),
        }
    }

    /// Takes `line` in; reports a number that its last piece completes.
    pub(super) fn turn(&mut self, role: Role, line: &Line, seen: &mut Seen<'_>) {
        let asked = self.asked(role);
        let alternate = self.last.is_none_or(|(speaker, _)| speaker != role);
        let after_removed = self.removed[index_of(role)];
        let told = line.bare && !is_cry(line);
        let mut digits = if told { digit_count(line) } else { 0 };
        let now = Asked::by(line);
        self.note_zip(now);
        if digits == 3 && self.since_zip < ZIP_TURNS {
            digits = 0;
        }
        let removed = line.bare
            && line.holds(contents::SLOT)
            && (0..line.atoms.len()).any(|i| is_removed_number(line, i));
        if asked.count && !removed {
            // A count is no piece of a number, and ends none.
        } else if removed || digits > 0 && !is_year_or_decimal(line) {
            let (sum, pieces) = &mut self.given[index_of(role)];
            *sum += if removed { REMOVED_DIGITS } else { digits };
            *pieces += 1;
            let least = PIECES_DIGITS - usize::from(asked.number);
            // One key a turn, as a telephone sends them.
            let keyed = *pieces > KEYS && line.atoms.len() == 1;
            let goes_on = (*sum >= least || keyed) && *pieces > 1 && digits > 0;
            // Two pieces were removed one after the other: the third goes on.
            let third = line.atoms.len() == 1 && digits > 1 && self.in_row[index_of(role)] > 1;
            if goes_on && !asked.test && (!after_removed || (alternate || third) && !is_round(line))
            {
                seen.add(line.span(0), Category::OtherId, "pieces-over-turns");
            }
        } else if self.in_row[index_of(role)] > 0 && alternate && is_odd_piece(line) {
            seen.add(line.span(0), Category::OtherId, "odd-piece");
        } else if line.words > BACK_CHANNEL {
            self.given = Default::default();
            self.removed = Default::default();
        }
        let in_row = &mut self.in_row[index_of(role)];
        *in_row = if removed { in_row.saturating_add(1) } else { 0 };
        self.removed[index_of(role)] |= removed;
        self.last = Some((role, self.asked_by(role, line, now)));
    }

    /// What `line` of `role` asks for; a back-channel asks for what was asked
    /// before it.
    fn asked_by(&mut self, role: Role, line: &Line, now: Asked) -> Asked {
        if now != Asked::default() || !is_back_channel(line) {
            if line.words > BACK_CHANNEL {
                self.lasting = Default::default();
            }
            self.lasting[index_of(role)] = now.lasting();
            return now;
        }
        self.lasting[index_of(role)]
    }

    fn note_zip(&mut self, now: Asked) {
        let zip = now.zip || now.told.zip;
        self.since_zip = if zip {
            0
        } else {
            self.since_zip.saturating_add(1)
        };
    }
}

/// `oh no`, `oh thanks`: whether the only digit of `line` is a cry.
fn is_cry(line: &Line) -> bool {
    let number = |i: usize| line.spoken(i).is_some() || line.is_digits(i) || line.is_slot(i);
    let whole = || (1..line.atoms.len()).all(|i| !number(i));
    line.word(0) == "oh" && line.words > 1 && whole()
}

/// `a`, `be okay`, `her forty nine`: what after a removed piece of a code is
/// another one.
fn is_odd_piece(line: &Line) -> bool {
    let lone = line.words == 1;
    let letter = line.word(0) == "a" || lone && line.word(0) == "i";
    let small = |i: usize| line.mark(i).is_some() || line.is_class(i, class::SMALL);
    let sounds = matches!(
        line.word(0),
        "be" | "bee" | "sea" | "tea" | "tee" | "pea" | "jay" | "kay"
    );
    let others = || (1..line.atoms.len()).all(small);
    let letters = lone && matches!(line.word(0).len(), 2 | 3) && is_no_word(line, 0);
    (letter || sounds || letters) && others() || is_word_and_number(line)
}

/// Whether letters `i` are written together and make no word of English.
fn is_no_word(line: &Line, i: usize) -> bool {
    const WORD: u32 =
        class::ORDINARY | class::SMALL | class::FILLER | class::NUMBER | class::THING | class::CUE;
    (line.is_class(i, class::UNIT | class::ACRONYM) || line.is_unknown(i))
        && !line.is_class(i, WORD)
}

/// A word, and a number in words, that make up the turn.
fn is_word_and_number(line: &Line) -> bool {
    const ABOUT: u32 = class::UNIT | class::MONTH | class::CUE | class::WHEN;
    let hedged = matches!(
        line.word(0),
        "about" | "around" | "almost" | "only" | "just" | "maybe" | "at" | "for" | "in" | "on"
    );
    let number = |i: usize| line.is_class(i, class::NUMBER);
    let rest = |from: usize| (from..line.atoms.len()).all(|i| number(i) || line.mark(i).is_some());
    let word = line.word(0).len() > 1 && !line.is_class(0, ABOUT | class::SMALL | class::NUMBER);
    word && !hedged && number(1) && number(2) && rest(3)
}

/// `okay go ahead`: whether `line` only lets the other side go on.
fn is_back_channel(line: &Line) -> bool {
    let lets = |i: usize| match line.atoms[i].kind {
        Kind::Word => {
            line.is_class(i, class::SMALL | class::FILLER)
                || matches!(
                    line.word(i),
                    "go" | "ahead"
                        | "listening"
                        | "keep"
                        | "going"
                        | "continue"
                        | "ready"
                        | "hold"
                        | "on"
                        | "i'm"
                        | "mm"
                        | "hmm"
                        | "huh"
                        | "mhm"
                        | "good"
                        | "for"
                )
        }
        Kind::Mark(_) => true,
        Kind::Digits | Kind::Slot(_) => false,
    };
    line.words <= BACK_CHANNEL && (0..line.atoms.len()).all(lets)
}

/// `your screen name`, and what people say between.
fn speaks_of_screen_name(line: &Line) -> bool {
    let screen =
        |i: usize| line.word(i) == "screen" && (i + 1..i + 4).any(|n| line.word(n) == "name");
    line.has(class::NAME) && (0..line.atoms.len()).any(screen)
}

/// `mac address`, `network address`.
fn speaks_of_device(line: &Line) -> bool {
    let device = |i: usize| {
        line.word(i) == "address"
            && matches!(
                line.word_before(i),
                "mac" | "ip" | "wifi" | "hardware" | "network" | "ethernet" | "wireless"
            )
    };
    let mut scenes = line.atoms.iter().enumerate();
    line.has(class::SCENE) && scenes.any(|(i, atom)| atom.is(class::SCENE) && device(i))
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
    (0..line.atoms.len()).any(|i| year(i) || decimal(i)) || is_spoken_year(line)
}

/// Whether the numbers of `line` are a year, said: `twenty fourteen`, `nineteen
/// ninety nine`.
fn is_spoken_year(line: &Line) -> bool {
    let mut numbers = (0..line.atoms.len()).filter_map(|i| line.spoken(i));
    let century = matches!(numbers.next(), Some(Spoken::Teen(19) | Spoken::Tens(20)));
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(Spoken::Teen(_)), None, None) => century,
        (Some(Spoken::Tens(_)), unit, None) => {
            century && matches!(unit, None | Some(Spoken::Digit(_)))
        }
        _ => false,
    }
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
