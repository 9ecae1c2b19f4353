//! An identifier asked for and given, volunteered, or told.

use crate::domain::Category;

use super::composer::Mark;
use super::dialogue::{CALLER, DOCTOR, FAMILY, GIVEN, RELATIVE, Subject, Talk};
use super::dice::Dice;
use super::grammar::{Part, expand};
use super::kind::Kind;
use super::small_talk::Side;
use super::wording::{
    AGREES, ANSWERS, ASKS, BACK_CHANNELS, CORRECTED, ECHOES, PIECES, SAYS, TELLS, THANKS, Wording,
    wording,
};
use super::{Form, Label};

impl Talk {
    /// What `kind` is about here: somebody of the cast, or a fresh value.
    fn subject(&mut self, kind: Kind, form: Form, dice: &mut Dice) -> Subject {
        let number = match kind {
            Kind::FullName => CALLER,
            Kind::GivenName => GIVEN,
            Kind::FamilyName => FAMILY,
            Kind::Doctor => DOCTOR,
            Kind::Relative => RELATIVE,
            _ => self.values,
        };
        self.values += usize::from(number == self.values);
        Subject {
            kind,
            form,
            value: kind.draw(&self.cast, dice),
            number,
        }
    }

    /// The subject asked for and given, volunteered, or told.
    pub(super) fn exchange(&mut self, kind: Kind, form: Form, dice: &mut Dice) {
        let subject = self.subject(kind, form, dice);
        let wording = wording(kind);
        match dice.below(10) {
            _ if form == Form::Split => self.asked_in_pieces(&subject, wording, dice),
            0..=4 => self.asked(&subject, wording, dice),
            5..=7 => {
                let line = either(wording.says, SAYS, wording.coded, dice);
                self.turn(Side::Person, line, Some(&subject), dice);
                self.acknowledge(&subject, dice);
            }
            _ if wording.tells.is_empty() && !wording.coded => self.asked(&subject, wording, dice),
            _ => {
                let line = either(wording.tells, TELLS, wording.coded, dice);
                self.turn(Side::Firm, line, Some(&subject), dice);
                self.turn(Side::Person, dice.pick(AGREES), None, dice);
            }
        }
    }

    fn asked(&mut self, subject: &Subject, wording: Wording, dice: &mut Dice) {
        let ask = either(wording.asks, ASKS, wording.coded, dice);
        self.turn(Side::Firm, ask, Some(subject), dice);
        if dice.chance(8) {
            self.turn(
                Side::Person,
                "[sure|okay|one second|let me get my glasses|hold on, let me find it].",
                None,
                dice,
            );
            self.turn(Side::Firm, dice.pick(BACK_CHANNELS), None, dice);
        }
        let answer = match dice.below(10) {
            0 if wording.coded => dice.pick(CORRECTED),
            1..=3 if !wording.says.is_empty() => dice.pick(wording.says),
            _ if self.spells(subject) => "[it's |]{b}, {v}.",
            _ => answer_of(subject.kind, dice),
        };
        self.turn(Side::Person, answer, Some(subject), dice);
        self.acknowledge(subject, dice);
    }

    /// Half of what is spelled is said first.
    fn spells(&self, subject: &Subject) -> bool {
        let name = matches!(
            subject.kind.category(),
            Category::Person | Category::Organization | Category::City
        );
        subject.form == Form::Spelled && name && subject.number.is_multiple_of(2)
    }

    fn asked_in_pieces(&mut self, subject: &Subject, wording: Wording, dice: &mut Dice) {
        let ask = either(wording.asks, ASKS, wording.coded, dice);
        self.turn(Side::Firm, ask, Some(subject), dice);
        let pieces = subject.value.say(Form::Split, dice);
        let last = pieces.len() - 1;
        for (i, piece) in pieces.iter().enumerate() {
            self.composer
                .begin(self.scene.speaker(Side::Person, self.speakers));
            for part in expand(dice.pick(PIECES), dice) {
                match part {
                    Part::Text(text) => self.composer.words(text, dice),
                    Part::Slot(_) => self.piece(piece, i, subject),
                }
            }
            if i < last {
                self.turn(Side::Firm, dice.pick(BACK_CHANNELS), None, dice);
            }
        }
        self.acknowledge(subject, dice);
    }

    fn piece(&mut self, piece: &str, i: usize, subject: &Subject) {
        let category = subject.kind.category();
        let label = match subject.value.may_stay(i) {
            true => Label::Either(category),
            false => Label::Required(category),
        };
        self.composer.value(
            piece,
            Mark {
                label,
                form: Form::Split,
                value: subject.number,
            },
        );
    }

    /// The firm reads the value back, thanks for it, or goes on.
    fn acknowledge(&mut self, subject: &Subject, dice: &mut Dice) {
        match dice.below(10) {
            0..=2 => {
                self.turn(Side::Firm, dice.pick(ECHOES), Some(subject), dice);
                if dice.chance(60) {
                    self.turn(Side::Person, dice.pick(AGREES), None, dice);
                }
            }
            3..=6 => self.turn(Side::Firm, dice.pick(THANKS), None, dice),
            _ => {}
        }
    }
}

/// An answer to a request for `kind`: a bare value fits any; what is no code
/// takes the simple ones.
fn answer_of(kind: Kind, dice: &mut Dice) -> &'static str {
    match kind {
        Kind::Age => dice.pick(&[
            "{v}.",
            "[she's|he's|I'm|he just turned|she just turned] {v}.",
            "{v}, {v} years young.",
        ]),
        Kind::Birthday => "[we're having|it's] [his|her|my] {v} birthday.",
        Kind::Doctor => "[Dr.|Doctor] {v}.",
        Kind::VagueDate => "[it was |around |]{v}.",
        Kind::OneTimeCode if dice.chance(30) => "[I got|it says] {v}.",
        _ => dice.pick(ANSWERS),
    }
}

/// One of the kind's own sentences or, of a code, as often a common one.
fn either(
    own: &'static [&'static str],
    common: &'static [&'static str],
    coded: bool,
    dice: &mut Dice,
) -> &'static str {
    match (own.is_empty(), coded) {
        (true, _) => dice.pick(common),
        (false, true) if dice.chance(55) => dice.pick(common),
        (false, _) => dice.pick(own),
    }
}
