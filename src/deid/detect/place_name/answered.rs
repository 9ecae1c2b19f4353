//! Who answers the telephone: `good morning [mill bank surgery]`, `[ashwater home
//! health] this is …`.

use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};
use crate::domain::{Category, Role};

use super::Place;

/// Most words before the kind.
const MOST_WORDS: usize = 3;

/// What a call is answered with.
const GREETINGS: Words = words![
    "afternoon",
    "and",
    "calling",
    "evening",
    "for",
    "good",
    "hello",
    "hi",
    "morning",
    "reached",
    "thank",
    "thanks",
    "to",
    "welcome",
    "you",
    "you've",
    "youve",
    ",",
    ".",
];

/// Which of them somebody is greeted with: `and regular clinic` answers no call.
const GREETS: Words = words![
    "afternoon",
    "calling",
    "evening",
    "hello",
    "hi",
    "morning",
    "reached",
    "welcome"
];

/// What follows who answers.
const NEXT: Words = words![
    "can", "good", "hello", "hi", "how", "may", "my", "office", "this", "what", ",", ".", "?",
];

/// What departments of any clinic are called: they tell no place.
const DEPARTMENTS: Words = words![
    "after",
    "allergy",
    "ambulatory",
    "animal",
    "ankle",
    "asthma",
    "baby",
    "back",
    "birth",
    "blood",
    "bone",
    "brain",
    "breast",
    "cancer",
    "cardio",
    "care",
    "child",
    "children's",
    "clinic",
    "coumadin",
    "covid",
    "day",
    "dental",
    "derm",
    "diabetes",
    "discharge",
    "ear",
    "emergency",
    "endo",
    "ent",
    "eye",
    "family",
    "fertility",
    "flu",
    "foot",
    "fracture",
    "free",
    "gastro",
    "general",
    "gi",
    "gyn",
    "hand",
    "headache",
    "hear",
    "hearing",
    "heart",
    "hip",
    "home",
    "hospital",
    "hours",
    "imaging",
    "infusion",
    "joint",
    "kidney",
    "knee",
    "lab",
    "lipid",
    "liver",
    "local",
    "long",
    "loss",
    "lung",
    "mail",
    "medical",
    "medicine",
    "memory",
    "men's",
    "mental",
    "methadone",
    "midwife",
    "minor",
    "mobile",
    "neck",
    "neph",
    "neuro",
    "new",
    "newborn",
    "night",
    "nurse",
    "nursing",
    "ob",
    "obgyn",
    "onc",
    "online",
    "open",
    "order",
    "ortho",
    "our",
    "outpatient",
    "outpatients",
    "pain",
    "patient",
    "peds",
    "pet",
    "physical",
    "physician",
    "podiatry",
    "pregnancy",
    "prenatal",
    "pressure",
    "primary",
    "psych",
    "pulm",
    "refill",
    "research",
    "retail",
    "rheum",
    "same",
    "school",
    "sexual",
    "skin",
    "sleep",
    "smoking",
    "specialist",
    "specialty",
    "spine",
    "sports",
    "staff",
    "std",
    "student",
    "study",
    "surgical",
    "teen",
    "term",
    "the",
    "therapy",
    "travel",
    "triage",
    "urgent",
    "uro",
    "vaccine",
    "vein",
    "vet",
    "veterans",
    "veterinary",
    "vision",
    "walk",
    "weight",
    "well",
    "wellness",
    "women's",
    "wound",
    "youth",
];

/// The facility of plain words that ends with token `i`, of the kind there, where
/// an agent's turn begins with it.
pub(super) fn ending_at(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const KINDS: Words = words![
        "clinic",
        "hospice",
        "hospital",
        "medical",
        "pediatrics",
        "pharmacy",
        "practice",
        "surgery",
        "care",
        "home",
    ];
    if turn.turn.role != Role::Agent
        || i > MOST_GREETING
        || !(KINDS.has(turn.key(i)) || is_specialty(turn, i))
    {
        return None;
    }
    // `the virtual assistant [for] quillmere orthopedics`
    let on_behalf = |&k: &usize| says!(turn, k, "for") && says!(turn, k - 1, "assistant");
    let on_behalf = (1..i).rev().find(on_behalf);
    let start = match on_behalf {
        Some(k) => k + 1,
        None => (0..i).find(|&k| !GREETINGS.has(turn.key(k)))?,
    };
    let greeted = on_behalf.is_some() || (0..start).any(|k| GREETS.has(turn.key(k)));
    let health = says!(turn, i, "home" | "care") && says!(turn, i + 1, "health");
    let end = i + 1 + usize::from(health);
    let whole = says!(turn, i, "home" | "care") && !health;
    let closed = end >= turn.len() || NEXT.has(turn.key(end));
    let plain = |k: usize| {
        turn.is_word(k) && (!turn.classes(k).any(Classes::STOP) || DEPARTMENTS.has(turn.key(k)))
    };
    let telling = |k: usize| {
        !DEPARTMENTS.has(turn.key(k)) && !turn.classes(k).any(Classes::CLINICAL | Classes::BRAND)
    };
    let fits = !whole
        && (greeted || offers(turn, end))
        && closed
        && (1..=MOST_WORDS).contains(&(i - start))
        && (start..i).all(plain)
        && (start..i).any(telling)
        && !DEPARTMENTS.has(turn.key(start));
    fits.then_some(Place {
        tokens: start..end,
        category: Category::Facility,
        rule: "answered",
        strength: crate::deid::Strength::Likely,
        confidence: 0.75,
    })
}

/// Whether who answers says who they are, or offers help, from token `end` on: `this
/// is pilar`, `how can i help`.
fn offers(turn: &ReadTurn<'_>, end: usize) -> bool {
    let mut words = (end..turn.len()).filter(|&k| turn.is_word(k));
    let mut next = || words.next().map_or("", |k| turn.word(k));
    matches!(
        (next(), next()),
        ("this", "is") | ("how", "can" | "may") | ("can" | "may", "i" | "we")
    )
}

/// Whether token `i`, near the beginning of an agent's turn, is what a practice or a
/// school may be called after its name.
pub(super) fn is_specialty(turn: &ReadTurn<'_>, i: usize) -> bool {
    const SPECIALTIES: Words = words![
        "cardiology",
        "dental",
        "dentistry",
        "dermatology",
        "elementary",
        "oncology",
        "orthodontics",
        "orthopedics",
        "urology",
    ];
    (1..=MOST_GREETING).contains(&i)
        && turn.turn.role == Role::Agent
        && SPECIALTIES.has(turn.key(i))
}

/// The last token at which the name of who answers ends.
const MOST_GREETING: usize = 9;

#[cfg(test)]
mod tests {
    use super::super::tests::check_by;
    use crate::domain::Category::Facility;

    #[test]
    fn who_answers_is_a_facility() {
        check_by(
            "a: good morning riverside surgery",
            Facility,
            &["riverside surgery"],
        );
        check_by(
            "a: thank you for calling willow bend pharmacy how can i help",
            Facility,
            &["willow bend pharmacy"],
        );
        check_by(
            "a: good afternoon larch lane family practice this is henrietta",
            Facility,
            &["larch lane family practice"],
        );
        check_by(
            "a: hi you've reached desert bloom pediatrics how can i help",
            Facility,
            &["desert bloom pediatrics"],
        );
        check_by(
            "a: this is ava the virtual assistant for quillmere orthopedics what can i do",
            Facility,
            &["quillmere orthopedics"],
        );
        check_by(
            "a: evergreen home health this is pilar",
            Facility,
            &["evergreen home health"],
        );
    }

    #[test]
    fn departments_are_none() {
        for text in [
            "a: good morning pain clinic",
            "a: thank you for calling the pharmacy",
            "a: mail order pharmacy how can i help",
            "a: hello eye clinic this is bex",
            "a: ortho clinic",
            "a: you've reached the eye clinic",
            "a: hello family dental how can i help",
            "a: weight loss clinic how are you",
            "good morning just had surgery",
            "a: okay so after your surgery",
            "a: prior surgery?",
            "a: major surgery, hospital stay",
            "a: previous hospital, what was it",
            "a: and regular clinic, or urgent care",
            "a: for example surgery, hospital",
            "a: recent surgery?",
        ] {
            check_by(text, Facility, &[]);
        }
    }
}
