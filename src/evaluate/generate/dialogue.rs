//! One conversation: opening, exchanges among small talk, closing.

use crate::domain::Category;

use super::cast::Cast;
use super::composer::{Composer, Mark};
use super::dice::Dice;
use super::grammar::{Part, expand};
use super::kept::kept_value;
use super::kind::Kind;
use super::opening::{CHAT_STARTS, TOPICS};
use super::scene::{SCENES, Scene};
use super::small_talk::{LINES, Line, Side, kinds_in};
use super::style::{Punctuation, Style};
use super::value::Say;
use super::wording::wording;
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
pub(super) const CALLER: usize = 0;
pub(super) const GIVEN: usize = 1;
pub(super) const FAMILY: usize = 2;
const AGENT: usize = 3;
pub(super) const DOCTOR: usize = 4;
pub(super) const RELATIVE: usize = 5;
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
pub(super) struct Talk {
    pub(super) scene: &'static Scene,
    pub(super) style: Style,
    pub(super) cast: Cast,
    pub(super) composer: Composer,
    /// Picks the speakers' names.
    pub(super) speakers: usize,
    /// Numbers of values so far.
    pub(super) values: usize,
}

/// The value that an exchange is about.
pub(super) struct Subject {
    pub(super) kind: Kind,
    pub(super) form: Form,
    pub(super) value: Box<dyn Say>,
    pub(super) number: usize,
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
        let openings = if self.style.chat {
            CHAT_STARTS
        } else {
            self.scene.openings
        };
        let lines = dice.one(openings);
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
    pub(super) fn turn(
        &mut self,
        side: Side,
        template: &str,
        subject: Option<&Subject>,
        dice: &mut Dice,
    ) {
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
            ("topic:yours", _) => {
                let topic = dice
                    .pick(TOPICS)
                    .replace("my ", "your ")
                    .replace("you sent", "we sent");
                self.composer.words(&topic, dice);
            }
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
        let (name, hint) = slot.split_once(':').unwrap_or((slot, ""));
        let kept = Kept::ALL.into_iter().find(|kept| kept.name() == name);
        let kept =
            kept.expect("a slot of a template is the cast's, the subject's or a kept kind's");
        let text = kept_value(kept, hint, self.style.base, dice);
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
        self.composer.value(&self.set(&pieces.concat(), form), mark);
    }

    /// A value as the style sets it down: single letters are capitals where
    /// there is case, and pauses have no comma where there is none.
    pub(super) fn set(&self, text: &str, form: Form) -> String {
        let single = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).count() <= 1;
        let spelled = form == Form::Spelled && text.split([' ', '-', ',']).all(single);
        match (self.style.is_cased(), self.style.punctuation) {
            (true, _) if spelled => text.replace(" . ", "-").to_uppercase(),
            (false, Punctuation::Dropped) => text.replace(" , ", " ").replace(", ", " "),
            _ => text.to_owned(),
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
}
