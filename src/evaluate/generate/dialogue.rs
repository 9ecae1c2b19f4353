//! One conversation: opening, exchanges among small talk, closing.

use crate::domain::Category;

use super::cast::Cast;
use super::composer::{Composer, Mark};
use super::dice::Dice;
use super::grammar::{Part, expand};
use super::kind::Kind;
use super::scene::{SCENES, Scene, TOPICS};
use super::small_talk::{LINES, Line, Side, kept_value, kinds_in};
use super::style::Style;
use super::value::Say;
use super::wording::{
    AGREES, ANSWERS, ASKS, BACK_CHANNELS, CORRECTED, ECHOES, PIECES, SAYS, TELLS, THANKS, Wording,
    wording,
};
use super::{Form, GeneratedSpan, GeneratedTurn, Kept, Label};

/// What a conversation must hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) kind: Kind,
    pub(super) form: Form,
    pub(super) kept: Kept,
}

/// A conversation before it has an id.
pub(super) struct Held {
    pub(super) channel: &'static str,
    pub(super) turns: Vec<GeneratedTurn>,
    pub(super) spans: Vec<GeneratedSpan>,
}

/// Numbers of the values of the cast, before those of the exchanges.
const CALLER: usize = 0;
const GIVEN: usize = 1;
const FAMILY: usize = 2;
const AGENT: usize = 3;
const DOCTOR: usize = 4;
const RELATIVE: usize = 5;
const FIRM: usize = 6;
const EXCHANGES: usize = 7;

/// Holds a conversation with what is `wanted` in it.
pub(super) fn hold(wanted: Wanted, dice: &mut Dice) -> Held {
    let scenes: Vec<&Scene> = SCENES
        .iter()
        .filter(|s| s.kinds.contains(&wanted.kind))
        .collect();
    let mut talk = Talk::new(dice.one(&scenes), Style::draw(wanted.form, dice), dice);
    talk.open(dice);
    let plan = talk.plan(wanted, dice);
    let kept_at = dice.below(plan.len());
    for (i, (kind, form)) in plan.into_iter().enumerate() {
        if i == kept_at {
            talk.small_talk(Some(wanted.kept), dice);
        } else if dice.chance(55) {
            talk.small_talk(None, dice);
        }
        talk.exchange(kind, form, dice);
    }
    talk.close(dice);
    let channel = talk.style.channel();
    let (turns, spans) = talk.composer.finish();
    Held {
        channel,
        turns,
        spans,
    }
}

/// A conversation under way.
struct Talk {
    scene: &'static Scene,
    style: Style,
    cast: Cast,
    composer: Composer,
    /// Picks the speakers' names.
    speakers: usize,
    /// Numbers of values so far.
    values: usize,
}

/// The value that an exchange is about.
struct Subject {
    kind: Kind,
    form: Form,
    value: Box<dyn Say>,
    number: usize,
}

impl Talk {
    fn new(scene: &'static Scene, style: Style, dice: &mut Dice) -> Self {
        Self {
            scene,
            style,
            cast: Cast::draw(dice),
            composer: Composer::new(style),
            speakers: dice.below(6),
            values: EXCHANGES,
        }
    }

    /// What comes up, in order: what is wanted and two to four things more.
    fn plan(&self, wanted: Wanted, dice: &mut Dice) -> Vec<(Kind, Form)> {
        let mut plan = vec![(wanted.kind, wanted.form)];
        for _ in 0..dice.range(2, 4) {
            let kind = dice.one(self.scene.kinds);
            if plan.iter().all(|(planned, _)| *planned != kind) {
                plan.push((kind, self.form_of(kind, dice)));
            }
        }
        let at = dice.below(plan.len());
        plan.swap(0, at);
        plan
    }

    /// A form of `kind` that fits the style.
    fn form_of(&self, kind: Kind, dice: &mut Dice) -> Form {
        let form = match dice.below(10) {
            0 | 1 => Form::Spelled,
            2 if !self.style.is_cased() => Form::Split,
            _ => self.style.base,
        };
        match kind.forms().contains(&form) {
            true => form,
            false => self.style.form_among(kind.forms()),
        }
    }

    fn open(&mut self, dice: &mut Dice) {
        let lines = dice.one(self.scene.openings);
        self.lines(lines, dice);
    }

    fn close(&mut self, dice: &mut Dice) {
        let lines = dice.one(self.scene.closings);
        self.lines(lines, dice);
    }

    /// Lines of small talk; some that hold `kept` where it is given.
    fn small_talk(&mut self, kept: Option<Kept>, dice: &mut Dice) {
        let fits = |lines: &&&[Line]| kept.is_none_or(|kept| kinds_in(lines).any(|k| k == kept));
        let all: Vec<&[Line]> = LINES.iter().filter(fits).copied().collect();
        let lines = dice.one(&all);
        self.lines(lines, dice);
    }

    fn lines(&mut self, lines: &[Line], dice: &mut Dice) {
        for (side, template) in lines {
            self.turn(*side, template, None, dice);
        }
    }

    /// A turn of `side` worded after `template`.
    fn turn(&mut self, side: Side, template: &str, subject: Option<&Subject>, dice: &mut Dice) {
        self.composer.begin(self.scene.speaker(side, self.speakers));
        self.sentence(template, subject, dice);
    }

    fn sentence(&mut self, template: &str, subject: Option<&Subject>, dice: &mut Dice) {
        for part in expand(template, dice) {
            match part {
                Part::Text(text) => self.composer.words(text, dice),
                Part::Slot(slot) => self.slot(slot, subject, dice),
            }
        }
    }

    fn slot(&mut self, slot: &str, subject: Option<&Subject>, dice: &mut Dice) {
        if let Some((number, name)) = self.named(slot) {
            return self.name(number, &name);
        }
        match (slot, subject) {
            ("firm", _) => self.firm(),
            ("relation", _) => self.composer.words(self.cast.relation, dice),
            ("topic", _) => self.composer.words(dice.pick(TOPICS), dice),
            ("noun", Some(subject)) => self.sentence(wording(subject.kind).noun, None, dice),
            ("v", Some(subject)) => self.value(subject, subject.form, dice),
            ("b", Some(subject)) => {
                let form = self.style.form_among(subject.kind.forms());
                self.value(subject, form, dice);
            }
            ("w", Some(subject)) => self.slip(subject, dice),
            _ => self.kept(slot, dice),
        }
    }

    /// The person of the cast that `slot` names, by what is said of them.
    fn named(&self, slot: &str) -> Option<(usize, String)> {
        let cast = &self.cast;
        Some(match slot {
            "caller" => (CALLER, cast.caller.full()),
            "given" => (GIVEN, cast.caller.given.clone()),
            "family" => (FAMILY, cast.caller.family.clone()),
            "agent" => (AGENT, cast.agent.given.clone()),
            "doctor" => (DOCTOR, cast.doctor.family.clone()),
            _ => return None,
        })
    }

    fn name(&mut self, number: usize, name: &str) {
        let form = self.style.form_among(&[Form::Written, Form::Lower]);
        let said = if form == Form::Written {
            name.to_owned()
        } else {
            name.to_lowercase()
        };
        let label = Label::Required(Category::Person);
        self.composer.value(
            &said,
            Mark {
                label,
                form,
                value: number,
            },
        );
    }

    /// The firm's name discloses no place: it may stay.
    fn firm(&mut self) {
        let cased = self.style.is_cased();
        let firm = if cased {
            self.cast.firm.clone()
        } else {
            self.cast.firm.to_lowercase()
        };
        let form = self.style.form_among(&[Form::Written, Form::Lower]);
        let label = Label::Either(Category::Organization);
        self.composer.value(
            &firm,
            Mark {
                label,
                form,
                value: FIRM,
            },
        );
    }

    /// A slot of what must stay: `dose`, `word:grace`.
    fn kept(&mut self, slot: &str, dice: &mut Dice) {
        let (name, word) = slot.split_once(':').unwrap_or((slot, ""));
        let kept = Kept::ALL.into_iter().find(|kept| kept.name() == name);
        let kept =
            kept.expect("a slot of a template is the cast's, the subject's or a kept kind's");
        let text = match word {
            "" => kept_value(kept, self.style.base, dice),
            _ if self.style.is_cased() => word.to_owned(),
            _ => word.to_lowercase(),
        };
        let mark = Mark {
            label: Label::MustStay(kept),
            form: self.style.base,
            value: self.values,
        };
        self.values += 1;
        self.composer.value(&text, mark);
    }

    /// Says the subject in one piece.
    fn value(&mut self, subject: &Subject, form: Form, dice: &mut Dice) {
        let pieces = subject.value.say(form, dice);
        let label = Label::Required(subject.kind.category());
        let mark = Mark {
            label,
            form,
            value: subject.number,
        };
        self.composer
            .value(&self.cased(&pieces.concat(), form), mark);
    }

    /// Single letters are capitals where there is case.
    fn cased(&self, text: &str, form: Form) -> String {
        let single = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).count() <= 1;
        let spelled = form == Form::Spelled && text.split([' ', '-', ',']).all(single);
        match spelled && self.style.is_cased() {
            true => text.to_uppercase(),
            false => text.to_owned(),
        }
    }

    /// A value like the subject's, said by mistake: it is somebody's too.
    fn slip(&mut self, subject: &Subject, dice: &mut Dice) {
        let wrong = Subject {
            kind: subject.kind,
            form: subject.form,
            value: subject.kind.draw(&self.cast, dice),
            number: self.values,
        };
        self.values += 1;
        self.value(&wrong, subject.form, dice);
    }

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
    fn exchange(&mut self, kind: Kind, form: Form, dice: &mut Dice) {
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
        Kind::VagueDate => "[on|in|around|it was] {v}.",
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
