//! The people and the firm of one conversation.

use super::dice::Dice;
use super::name::Person;

/// Who takes part and who is spoken of.
#[derive(Debug)]
pub(super) struct Cast {
    pub(super) caller: Person,
    pub(super) agent: Person,
    pub(super) relative: Person,
    pub(super) doctor: Person,
    /// How the relative is related: `daughter`.
    pub(super) relation: &'static str,
    /// The firm that answers.
    pub(super) firm: String,
}

impl Cast {
    pub(super) fn draw(dice: &mut Dice) -> Self {
        Self {
            caller: Person::draw(dice),
            agent: Person::draw(dice),
            relative: Person::draw(dice),
            doctor: Person::draw(dice),
            relation: dice.pick(&[
                "daughter", "son", "wife", "husband", "mother", "father", "sister", "brother",
                "neighbor", "aunt", "grandson",
            ]),
            firm: firm(dice),
        }
    }
}

/// A firm whose name discloses no place.
fn firm(dice: &mut Dice) -> String {
    let head = dice.pick(&[
        "Brightwell",
        "Carepath",
        "Lumenara",
        "Healthspring",
        "Novacrest",
        "Everline",
        "Truepoint",
        "Clearbrook",
    ]);
    let tail = dice.pick(&[
        "Pharmacy",
        "Health",
        "Benefits",
        "Services",
        "Medical Group",
        "Support",
        "Labs",
    ]);
    format!("{head} {tail}")
}
