//! Talk that identifies nobody, full of what must stay.

use super::Form;
use super::Kept;
use super::dice::Dice;
use super::place::STATES;
use super::speak;

/// Who says a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The firm: agent, bot, doctor, nurse.
    Firm,
    /// The person: customer, patient, caregiver.
    Person,
}

use Side::{Firm, Person};

/// A line of small talk. Slots are named after [`Kept`]; `{word:grace}` is a
/// word that is also a name.
pub(super) type Line = (Side, &'static str);

/// Every line, some with a reply.
pub(super) const LINES: &[&[Line]] = &[
    &[
        (
            Firm,
            "[are you still taking|and you're on] {drug} {dose} [every day|twice a day|at bedtime]?",
        ),
        (
            Person,
            "[yes|yeah], [and|plus] {drug} {dose} [in the morning|with food].",
        ),
    ],
    &[
        (
            Person,
            "[I've had|there's been] [this cough|a headache|the rash|this pain in my side] for {duration}[ now|].",
        ),
        (
            Firm,
            "[okay|I see], [any fever|any chills|does it wake you at night]?",
        ),
    ],
    &[
        (
            Firm,
            "your blood pressure [today |]is {vital}[, which is fine|, a bit high|].",
        ),
        (
            Person,
            "it was {vital} [at home|on my cuff|when I checked].",
        ),
    ],
    &[
        (
            Firm,
            "the [A1C|creatinine|hemoglobin|potassium] [came back at|was|is] {lab}.",
        ),
        (Person, "[is that|that's] [bad|good|better than before]?"),
    ],
    &[
        (
            Person,
            "I'm {age} years old and [I still work|I've never smoked|pretty active].",
        ),
        (Firm, "[that's great|good for you|okay]."),
    ],
    &[(
        Firm,
        "so this is a {age} year old [man|woman] with [a history of|] {eponym}.",
    )],
    &[
        (
            Person,
            "my {relation} is {age}[ and has asthma| and healthy|].",
        ),
        (Firm, "any [kids|other family] at home?"),
        (Person, "yes, {count} kids, the oldest is {age}."),
    ],
    &[
        (
            Person,
            "I had [my gallbladder out|a stent put in|the knee done] back in {year}.",
        ),
        (Firm, "[and|okay, and] no problems since {year}?"),
    ],
    &[
        (
            Person,
            "we [moved here from|used to live in|were stationed in] {state}[ in {year}|].",
        ),
        (Firm, "{state} [is lovely|gets so cold|must be different]."),
    ],
    &[(
        Firm,
        "there's no sign of {eponym}[, so that's good| on the exam|].",
    )],
    &[
        (Person, "[my mother|my dad|my uncle] had {eponym}."),
        (
            Firm,
            "[does anyone else|anybody else] in the family [have it|have that]?",
        ),
    ],
    &[
        (Firm, "the [copay|balance|total] is {price}."),
        (
            Person,
            "{price}? [it was|last time it was|I thought it was] {price}.",
        ),
    ],
    &[
        (Person, "can I get {count} [refills|boxes|bottles]?"),
        (Firm, "[sure|yes], [that comes with|we can do] {count}."),
    ],
    &[(
        Firm,
        "take {dose} of {drug} for {duration}[, then stop|, then call us|].",
    )],
    &[
        (
            Person,
            "[does {drug} interact with {drug}|can I take {drug} with {drug}]?",
        ),
        (
            Firm,
            "[no|it's fine|it should be okay], just wait {duration} between them.",
        ),
    ],
    &[
        (
            Firm,
            "{word:may} I [ask|check] how {word:long} you've had [this|the pain]?",
        ),
        (Person, "[oh|um|hmm], about {duration}."),
    ],
    &[
        (
            Person,
            "I {word:hope} [this helps|it gets better|that's all you need].",
        ),
        (Firm, "we {word:will} [call|take care of it|let you know]."),
    ],
    &[
        (
            Person,
            "there's a {word:mark} on my [arm|leg|back] that {word:will} not go away.",
        ),
        (Firm, "how {word:long} has it been there?"),
    ],
    &[
        (
            Firm,
            "you're still in the {word:grace} period, so there's no late fee.",
        ),
        (
            Person,
            "[oh good|thank goodness|great], {word:may} I pay the {word:bill} later?",
        ),
    ],
    &[
        (
            Person,
            "my temperature {word:rose} to {vital} [last night|yesterday].",
        ),
        (Firm, "did you take {drug} for it?"),
    ],
    &[
        (
            Person,
            "[she|he] does {word:art} therapy [twice|three times] a week.",
        ),
        (Firm, "that's a {word:joy} to hear."),
    ],
    &[
        (
            Person,
            "the {word:bill} says {price} but I was told the {word:price} was {price}.",
        ),
        (Firm, "I {word:will} look into [that|it]."),
    ],
    &[
        (
            Person,
            "to be {word:frank}, I {word:may} have missed {count} doses.",
        ),
        (
            Firm,
            "[that's okay|no problem], just {word:pat} it dry and put the patch back on.",
        ),
    ],
    &[
        (
            Firm,
            "your {word:case} is open for {duration}, no {word:key} details are missing.",
        ),
        (Person, "[perfect|okay, good]."),
    ],
    &[
        (Person, "is it a {word:short} visit or a {word:long} one?"),
        (Firm, "usually {duration}[, sometimes more|]."),
    ],
    &[
        (
            Firm,
            "your heart rate is {vital} and your oxygen is {vital}.",
        ),
        (Person, "[is that normal|sounds good|okay]."),
    ],
    &[
        (
            Firm,
            "I'd like to place a {eponym:Foley}[ and|,] check again in {duration}.",
        ),
        (Person, "[okay|alright|do I have to]."),
    ],
    &[
        (
            Person,
            "the [holter monitor|machine|screen] [beeped|showed an error] {count} times.",
        ),
        (
            Firm,
            "[okay|alright], [turn it off|unplug it] for {duration}.",
        ),
    ],
    &[(
        Firm,
        "press {count} for [billing|refills] or stay on the line.",
    )],
    &[
        (Person, "I lost {count} pounds in {duration}."),
        (Firm, "was that on {drug}?"),
        (Person, "[yes|no|I think so]."),
    ],
    &[
        (Firm, "the wait is about {duration}[, sorry about that|]."),
        (Person, "[no problem|that's fine|oh my]."),
    ],
    &[
        (
            Person,
            "my insurance changed in {year} when we left {state}.",
        ),
        (Firm, "[I see|that explains it]."),
    ],
    &[(Firm, "we'd start {drug} at {dose} and go up to {dose}.")],
    &[
        (Firm, "your sugar was {lab} and the A1C {lab}."),
        (Person, "it was {lab} in {year}."),
    ],
    &[
        (
            Person,
            "I walk {count} miles a day, I'm {age} but I feel {age}.",
        ),
        (Firm, "[ha|well], keep it up."),
    ],
    &[
        (
            Firm,
            "[how's the weather|is it cold|is it hot] [out there|today]?",
        ),
        (Person, "[raining|sunny and dry|could be worse]."),
    ],
    &[
        (
            Person,
            "[the app|the website|the line] [keeps freezing|cut me off|is so slow].",
        ),
        (Firm, "I'm sorry about that, I'm happy to help."),
    ],
    &[
        (Firm, "do you [smoke|drink]?"),
        (Person, "I quit in {year}, it cost {price} a pack."),
    ],
];

const DRUGS: &[&str] = &[
    "Metformin",
    "Lisinopril",
    "Atorvastatin",
    "Amlodipine",
    "Warfarin",
    "Eliquis",
    "Gabapentin",
    "Sertraline",
    "Ozempic",
    "Levothyroxine",
    "Prednisone",
    "Tylenol",
    "Ibuprofen",
    "Humira",
    "Albuterol",
    "Omeprazole",
    "Zoloft",
    "Lantus",
    "Tramadol",
    "Amoxicillin",
    "Losartan",
    "Furosemide",
    "Jardiance",
    "Plavix",
    "Xanax",
    "Trazodone",
    "Keppra",
    "Lyrica",
    "Advair",
    "Singulair",
    "Synthroid",
    "Crestor",
    "Lipitor",
    "Zyrtec",
    "Benadryl",
    "Allegra",
    "Farxiga",
    "Hydrochlorothiazide",
    "Duloxetine",
    "Methotrexate",
    "Tamoxifen",
    "Depakote",
    "Premarin",
];

const EPONYMS: &[&str] = &[
    "Parkinson's",
    "Alzheimer's",
    "Crohn's disease",
    "Hashimoto's",
    "Bell's palsy",
    "Raynaud's",
    "Sjogren's syndrome",
    "Graves' disease",
    "Meniere's disease",
    "Barrett's esophagus",
    "a Baker's cyst",
    "Cushing's",
    "Addison's disease",
    "Hodgkin's lymphoma",
    "Wilson's disease",
    "Huntington's",
    "a Babinski sign",
    "Murphy's sign",
    "a Colles fracture",
    "Dupuytren's",
    "Tourette's",
    "Marfan syndrome",
    "Kawasaki disease",
    "Lou Gehrig's disease",
    "Lyme disease",
    "Asperger's",
    "Down syndrome",
    "Paget's disease",
    "Guillain-Barre",
    "Chiari malformation",
];

/// A value that must stay, in the base form of the conversation.
pub(super) fn kept_value(kept: Kept, base: Form, dice: &mut Dice) -> String {
    let spoken = base == Form::Spoken;
    let text = match kept {
        Kept::Drug => drug(dice),
        Kept::Eponym => eponym(dice),
        Kept::State => dice.pick(&STATES).to_owned(),
        Kept::Dose => dose(spoken, dice),
        Kept::Duration => duration(spoken, dice),
        Kept::Age => number(dice.range(2, 88), spoken),
        Kept::Year if spoken => {
            let y = dice.range(1975, 2024);
            speak::year(y, dice)
        }
        Kept::Year => dice.range(1975, 2024).to_string(),
        Kept::Vital => vital(spoken, dice),
        Kept::Lab => decimal(dice.range(4, 14), dice.range(0, 9), spoken),
        Kept::Price => price(spoken, dice),
        Kept::Count => number(dice.range(2, 14), spoken),
        Kept::Word => dice.pick(&["will", "may", "hope"]).to_owned(),
    };
    if base == Form::Written {
        text
    } else {
        text.to_lowercase()
    }
}

fn number(n: u32, spoken: bool) -> String {
    if spoken {
        speak::cardinal(n)
    } else {
        n.to_string()
    }
}

fn decimal(whole: u32, tenth: u32, spoken: bool) -> String {
    match spoken {
        true => format!(
            "{} point {}",
            speak::cardinal(whole),
            speak::cardinal(tenth)
        ),
        false => format!("{whole}.{tenth}"),
    }
}

fn drug(dice: &mut Dice) -> String {
    dice.pick(DRUGS).to_owned()
}

fn eponym(dice: &mut Dice) -> String {
    let name = dice.pick(EPONYMS);
    name.strip_prefix("a ").unwrap_or(name).to_owned()
}

fn dose(spoken: bool, dice: &mut Dice) -> String {
    let amount = dice.one(&[5, 10, 20, 25, 40, 50, 81, 100, 150, 250, 325, 500, 850]);
    let [short, long] = dice.one(&[
        ["mg", "milligrams"],
        ["mg", "milligrams"],
        ["mcg", "micrograms"],
        ["units", "units"],
        ["mL", "milliliters"],
    ]);
    match (spoken, dice.chance(50)) {
        (true, _) => format!("{} {long}", speak::cardinal(amount)),
        (false, true) => format!("{amount} {short}"),
        (false, false) => format!("{amount} {long}"),
    }
}

fn duration(spoken: bool, dice: &mut Dice) -> String {
    let unit = dice.pick(&["days", "weeks", "months", "hours", "years", "minutes"]);
    format!("{} {unit}", number(dice.range(2, 20), spoken))
}

fn vital(spoken: bool, dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => decimal(dice.range(97, 103), dice.range(0, 9), spoken),
        1 => format!(
            "{} {}",
            number(dice.range(88, 99), spoken),
            if spoken { "percent" } else { "%" }
        )
        .replace(" %", "%"),
        2 => number(dice.range(52, 110), spoken),
        _ => {
            let [high, low] = [dice.range(98, 178), dice.range(58, 99)];
            match spoken {
                true => format!("{} over {}", pressure(high), speak::cardinal(low)),
                false => dice
                    .pick(&[&*format!("{high}/{low}"), &*format!("{high} over {low}")])
                    .to_owned(),
            }
        }
    }
}

/// `one thirty eight`, `ninety eight`.
fn pressure(high: u32) -> String {
    match (high / 100, high % 100) {
        (0, rest) => speak::cardinal(rest),
        (_, rest @ 10..) => format!("one {}", speak::cardinal(rest)),
        (_, 0) => "one hundred".to_owned(),
        (_, rest) => format!("one oh {}", speak::cardinal(rest)),
    }
}

fn price(spoken: bool, dice: &mut Dice) -> String {
    let dollars = dice.range(4, 480);
    match (spoken, dice.below(3)) {
        (true, _) => format!("{} dollars", speak::cardinal(dollars)),
        (false, 0) => format!("{dollars} dollars"),
        (false, 1) => format!("${dollars}"),
        (false, _) => format!("${dollars}.{:02}", dice.range(1, 99)),
    }
}

/// The kinds that `lines` hold.
pub(super) fn kinds_in(lines: &[Line]) -> impl Iterator<Item = Kept> {
    Kept::ALL.into_iter().filter(move |kept| {
        let head = format!("{{{}", kept.name());
        lines.iter().any(|(_, text)| text.contains(&head))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entropy;

    #[test]
    fn every_kind_that_must_stay_is_in_some_line() {
        for kept in Kept::ALL {
            assert!(
                LINES.iter().any(|lines| kinds_in(lines).any(|k| k == kept)),
                "{kept:?}"
            );
        }
    }

    #[test]
    fn spoken_values_hold_no_digit() {
        let mut dice = Dice::new(Entropy::from_u64(1));
        for kept in Kept::ALL {
            for _ in 0..100 {
                let said = kept_value(kept, Form::Spoken, &mut dice);
                assert!(
                    !said
                        .bytes()
                        .any(|b| b.is_ascii_digit() || b.is_ascii_uppercase()),
                    "{said}"
                );
            }
        }
    }
}
