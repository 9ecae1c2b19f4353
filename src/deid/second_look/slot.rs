//! Slots: places in a sentence where hardly anything but a person's name
//! stands, told by the words on both sides. There a word that no list has is a
//! name, and so is one that is a name besides being a word: `mark`, `grace`.

use super::atom::Line;
use super::name::{ends_clause, is_name_like, is_name_like_in_slot, is_unusual};
use super::words::{Info, class};

/// What a word in a slot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Candidate {
    /// A word that is a name too.
    Double,
    /// In no list.
    Unknown,
    /// Written like a name, and not ordinary.
    Capital,
}

impl Candidate {
    fn at(line: &Line, i: usize) -> Option<Self> {
        const THING: u32 = class::THING | class::ACRONYM | class::MONTH;
        if line.is_class(i, class::DOUBLE) {
            Some(Self::Double)
        } else if line.word(i).len() < 3 {
            None
        } else if is_name_like_in_slot(line, i) {
            Some(Self::Unknown)
        } else if line.is_slot(i + 1) {
            // `Coach [PERSON_1]`: what somebody is called by besides a name
            None
        } else if line.capital(i) && is_unusual(line, i) && !line.is_class(i, THING) {
            Some(Self::Capital)
        } else {
            None
        }
    }
}

/// Whether the word at `i` is a given name too, and what nobody says alone.
pub(super) fn is_name_alone(line: &Line, i: usize) -> bool {
    let answers = matches!(
        line.word(i),
        "summer" | "autumn" | "sunny" | "stormy" | "olive" | "art" | "ty" | "amber" | "van"
    );
    line.is_class(i, class::DOUBLE)
        && !line.is_class(i, class::MONTH)
        && !answers
        && !is_modal(line.word(i))
}

/// What the words before a name make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// `this is`, `is this`, `call me`.
    Said,
    /// `speaking with`.
    Talk,
    /// `i'm`, `it's`.
    Introduced,
    /// `it's`, which begins the turn.
    Back,
    /// `account for`.
    Kept,
    /// `my driver was`.
    Served,
    /// `is … your husband`.
    Asked,
    /// `so …, what`.
    Addressed,
    /// `my son`.
    Family,
}

impl Frame {
    /// The frame that the words before `at` open.
    fn before(line: &Line, at: usize) -> Option<Self> {
        let passes = |&i: &usize| line.mark(i) != Some(',') && !line.is_filler(i);
        let mut back = (at.saturating_sub(4)..at).rev().filter(passes);
        let (last, before) = (back.next()?, back.next());
        let given = back.next().map_or("", |i| line.word(i));
        let greeted = before.is_some_and(|i| line.is_class(i, class::GREETING | class::SMALL));
        let before = before.map_or("", |i| line.word(i));
        match (before, line.lower(last)) {
            ("this", "is") | ("is" | "it", "this" | "that") | ("call" | "calls", "me") => {
                Some(Self::Said)
            }
            (talk, "with" | "to") => is_talk(talk).then_some(Self::Talk),
            (_, "i'm" | "am") => Some(Self::Introduced),
            ("", "it's" | "its") if last == 0 => Some(Self::Back),
            (_, "it's" | "its") => greeted.then_some(Self::Introduced),
            (what, "for") => is_kept_by_name(what).then_some(Self::Kept),
            (_, "is" | "and") if is_asked_about(line, at) => Some(Self::Asked),
            (who, "is" | "was" | "isn't" | "wasn't" | "named") => {
                is_served_by(who).then_some(Self::Served)
            }
            (_, "so" | "okay" | "ok" | "alright" | "well") => Some(Self::Addressed),
            (_, kin) => (is_kin(kin) && !is_giving(given)).then_some(Self::Family),
        }
    }
}

/// `mark your husband`, `oyelaran strong still authorized`.
fn is_asked_about(line: &Line, at: usize) -> bool {
    (at + 1..at + 3).any(|end| {
        let next = line.word(end + 1);
        match line.word(end) {
            "your" => is_kin(next) || matches!(next, "first" | "last" | "middle" | "legal"),
            "also" | "still" => matches!(next, "authorized" | "allowed" | "living" | "your" | "on"),
            "authorized" => true,
            _ => false,
        }
    })
}

/// A possible name and the words before it.
struct Slot<'a> {
    line: &'a Line,
    frame: Frame,
    /// Where the name begins.
    at: usize,
    /// One past its last word.
    end: usize,
    first: Candidate,
    /// Its second word may be a name by itself.
    second: bool,
}

/// Whether a name begins at `at`, by what stands before and after it.
pub(super) fn holds_name(line: &Line, at: usize) -> bool {
    Frame::before(line, at).is_some_and(|frame| {
        let slot = Slot::new(line, frame, at);
        slot.is_some_and(|slot| slot.is_told())
    })
}

/// `oyelaran speaking`: whether `speaking`, at `i`, says who answers.
pub(super) fn answers(line: &Line, i: usize) -> bool {
    let asks = matches!(line.word(i + 1), "how" | "what" | "may" | "can");
    let named = i.checked_sub(1).and_then(|name| Candidate::at(line, name));
    named.is_some() && (asks || ends_clause(line, i + 1))
}

/// `mark's party`, `marks birthday`: whether what is kept at `i` is somebody's.
pub(super) fn is_kept_for(line: &Line, i: usize) -> bool {
    let Some(owner) = i.checked_sub(1) else {
        return false;
    };
    let known = |word: &str| Info::of(word).is(class::DOUBLE | class::GIVEN);
    let written = line.lower(owner);
    let owns = written.ends_with('s') && written != line.word(owner);
    owns && Candidate::at(line, owner).is_some()
        || matches!(line.word_before(owner), "for" | "to" | "my" | "at" | "of")
            && line.word(owner).strip_suffix('s').is_some_and(known)
}

/// `oyelaran is your neighbor`: whose name is told by the word for kin at `i`.
pub(super) fn is_kin_of(line: &Line, i: usize) -> bool {
    let told = i > 2
        && matches!(line.word(i - 1), "my" | "your" | "his" | "her")
        && matches!(line.word(i - 2), "is" | "was");
    let who = |i: usize| i - 3 - usize::from(i > 3 && line.is_filler(i - 3));
    told && Candidate::at(line, who(i)).is_some() && is_kin(line.word(i))
}

impl<'a> Slot<'a> {
    fn new(line: &'a Line, frame: Frame, at: usize) -> Option<Self> {
        let first = Candidate::at(line, at)?;
        let next = line.lower(at + 1);
        let goes_on = !next.is_empty() && !is_introduction(next);
        let second = goes_on && Candidate::at(line, at + 1).is_some();
        // `oyelaran strong`: any word may be a surname before the clause ends.
        let any = goes_on && first != Candidate::Double && ends_clause(line, at + 2);
        Some(Self {
            line,
            frame,
            at,
            end: at + 1 + usize::from(second || any),
            first,
            second,
        })
    }

    fn ends(&self) -> bool {
        ends_clause(self.line, self.end)
    }

    fn after(&self) -> &str {
        self.line.lower(self.end)
    }

    fn is_told(&self) -> bool {
        let unknown = self.first != Candidate::Double;
        let modal = is_modal(self.line.word(self.at));
        let closes = self.ends() || is_introduction(self.after());
        match self.frame {
            Frame::Asked => true,
            Frame::Said => {
                let at_work = matches!(self.after(), "on" | "over" | "at" | "in" | "how");
                self.ends() || self.is_introduced() || self.second || at_work && !modal
            }
            Frame::Talk | Frame::Kept => closes || unknown || self.second,
            Frame::Served => self.ends() || unknown || matches!(self.after(), "and" | "who"),
            Frame::Introduced => {
                // `it's` tells of things too.
                let spoken = matches!(self.line.lower(self.at - 1), "i'm" | "am");
                self.is_introduced() || self.second && closes || spoken && self.is_unheard_of()
            }
            Frame::Back => {
                matches!(self.after(), "again" | "calling" | "speaking")
            }
            Frame::Addressed => !modal && self.is_asked() && (!unknown || self.is_unheard_of()),
            Frame::Family if unknown => {
                self.is_unheard_of()
                    || self.ends()
                    || self.is_of_family()
                    || self.line.capital(self.at)
            }
            Frame::Family => !modal,
        }
    }

    /// A word of no list, and no slip of one.
    fn is_unheard_of(&self) -> bool {
        let whole = self.line.word(self.at).len() > 3 && !self.line.glued(self.at + 1);
        whole && is_name_like(self.line, self.at)
    }

    /// `i'm mark from …`.
    fn is_introduced(&self) -> bool {
        matches!(
            self.after(),
            "with" | "from" | "calling" | "speaking" | "writing" | "returning" | "again" | "i'm"
        )
    }

    /// `frank what does that mean`.
    fn is_asked(&self) -> bool {
        matches!(
            self.after(),
            "what"
                | "how"
                | "tell"
                | "when"
                | "where"
                | "why"
                | "let"
                | "let's"
                | "do"
                | "did"
                | "can"
                | "could"
                | "i'm"
                | "i'll"
                | "we'll"
                | "are"
        )
    }

    /// `oyelaran has`.
    fn is_of_family(&self) -> bool {
        matches!(
            self.after(),
            "is" | "was" | "has" | "had" | "to" | "and" | "who" | "with" | "will" | "needs"
        )
    }
}

/// Whether `word`, after a name, goes on to why somebody calls.
fn is_introduction(word: &str) -> bool {
    matches!(
        word,
        "with"
            | "from"
            | "calling"
            | "speaking"
            | "writing"
            | "here"
            | "again"
            | "about"
            | "regarding"
            | "returning"
            | "checking"
            | "following"
            | "just"
            | "i"
            | "i'm"
            | "it's"
            | "any"
            | "how"
            | "what"
            | "question"
    )
}

/// Words that are names only where nothing else can stand.
fn is_modal(word: &str) -> bool {
    matches!(word, "will" | "may" | "drew" | "hope" | "chance" | "bill")
}

fn is_talk(word: &str) -> bool {
    matches!(
        word,
        "speaking" | "speak" | "spoke" | "talking" | "talk" | "talked" | "chatting" | "chat"
    )
}

/// `gave` before `my son`: what follows is what was given.
fn is_giving(word: &str) -> bool {
    matches!(word, "give" | "gave" | "gives" | "giving" | "given")
}

/// What is kept under a person's name.
fn is_kept_by_name(word: &str) -> bool {
    matches!(
        word,
        "account" | "record" | "records" | "file" | "chart" | "looking"
    )
}

/// Who serves somebody: `my driver was mark`.
fn is_served_by(word: &str) -> bool {
    matches!(
        word,
        "driver" | "agent" | "doctor" | "nurse" | "therapist" | "teacher" | "boss" | "manager"
    )
}

/// A relative, or who is as near.
pub(super) fn is_kin(word: &str) -> bool {
    matches!(
        word,
        "son"
            | "daughter"
            | "kid"
            | "child"
            | "husband"
            | "wife"
            | "spouse"
            | "partner"
            | "brother"
            | "sister"
            | "mother"
            | "father"
            | "mom"
            | "dad"
            | "grandson"
            | "granddaughter"
            | "nephew"
            | "niece"
            | "cousin"
            | "boyfriend"
            | "girlfriend"
            | "fiance"
            | "fiancee"
            | "neighbor"
            | "roommate"
            | "friend"
            | "caregiver"
            | "aunt"
            | "auntie"
            | "uncle"
            | "mum"
            | "nan"
            | "gran"
            | "grandma"
            | "grandpa"
            | "granny"
            | "boy"
            | "girl"
            | "buddy"
            | "twin"
            | "stepson"
            | "stepdaughter"
            | "landlord"
            | "landlady"
            | "flatmate"
            | "housemate"
            | "coworker"
            | "carer"
            | "babysitter"
    )
}
