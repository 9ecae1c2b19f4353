//! Talk that identifies nobody, full of what must stay.

use super::Kept;

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
            "your blood pressure [today |]is {vital:bp}[, which is fine|, a bit high|].",
        ),
        (
            Person,
            "it was {vital:bp} [at home|on my cuff|when I checked].",
        ),
    ],
    &[
        (
            Firm,
            "the [A1C [came back at|was|is] {lab}|creatinine [came back at|was|is] {lab:creatinine}|hemoglobin was {lab:hemoglobin}|potassium is {lab:potassium}].",
        ),
        (Person, "[is that|that's] [bad|good|better than before]?"),
    ],
    &[
        (
            Person,
            "I'm {age:grown} years old and [I still work|I've never smoked|pretty active].",
        ),
        (Firm, "[that's great|good for you|okay]."),
    ],
    &[(
        Firm,
        "so this is a {age:grown} year old [man|woman] with [a history of|] {eponym}.",
    )],
    &[
        (
            Person,
            "my {relation} is {age}[ and has asthma| and healthy|].",
        ),
        (Firm, "any [kids|other family] at home?"),
        (Person, "yes, {count:few} kids, the oldest is {age:child}."),
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
        "[I don't think it's|this doesn't look like|nothing here suggests] {eponym}[, so that's good|, from the exam|].",
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
            "[no|it's fine|it should be okay], just wait {duration:short} between them.",
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
            "my temperature {word:rose} to {vital:heat} [last night|yesterday].",
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
        (Firm, "usually {duration:short}[, sometimes more|]."),
    ],
    &[
        (
            Firm,
            "your heart rate is {vital:rate} and your oxygen is {vital:oxygen}.",
        ),
        (Person, "[is that normal|sounds good|okay]."),
    ],
    &[
        (
            Firm,
            "I'd like to place a {eponym:Foley}[ and|,] check again in {duration:short}.",
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
            "[okay|alright], [turn it off|unplug it] for {duration:short}.",
        ),
    ],
    &[(
        Firm,
        "press {count:few} for [billing|refills] or stay on the line.",
    )],
    &[
        (Person, "I lost {count} pounds in {duration}."),
        (Firm, "was that on {drug}?"),
        (Person, "[yes|no|I think so]."),
    ],
    &[
        (
            Firm,
            "the wait is about {duration:short}[, sorry about that|].",
        ),
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
        (Firm, "your sugar was {lab:sugar} and the A1C {lab}."),
        (Person, "it was {lab:sugar} in {year}."),
    ],
    &[
        (
            Person,
            "I walk {count} miles a day, I'm {age:grown} but I feel {age:grown}.",
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

    #[test]
    fn every_kind_that_must_stay_is_in_some_line() {
        for kept in Kept::ALL {
            assert!(
                LINES.iter().any(|lines| kinds_in(lines).any(|k| k == kept)),
                "{kept:?}"
            );
        }
    }
}
