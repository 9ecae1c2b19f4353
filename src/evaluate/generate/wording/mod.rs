//! How each kind is asked for, answered, volunteered and told.
//!
//! `{v}` is the value in its form, `{b}` the same value as the conversation's
//! style would have it, `{noun}` what the kind is called.

mod codes;
mod people;

use super::kind::Kind;

use codes::{of_code, of_contact};
use people::{of_person, of_place, of_time};

/// The sentences of one kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wording {
    /// What it is called.
    pub(super) noun: &'static str,
    /// Requests by the firm's side, beside those of every code.
    pub(super) asks: &'static [&'static str],
    /// Sentences by the person that need no request.
    pub(super) says: &'static [&'static str],
    /// Sentences by the firm's side that name the value.
    pub(super) tells: &'static [&'static str],
    /// The requests and sentences of codes fit it too.
    pub(super) coded: bool,
}

/// Requests for anything that has a noun.
pub(super) const ASKS: &[&str] = &[
    "[could|can|may] I [have|get|take|grab] [your|the] {noun}[, please|]?",
    "[and|okay,|alright, and|] what's [your|the] {noun}?",
    "what is [your|the] {noun}[, please|]?",
    "[please|go ahead and] [read me|give me|tell me] [your|the] {noun}[ when you're ready| whenever you're ready|].",
    "[I'll need|I'm going to need|I just need|we need] [your|the] {noun} [to pull that up|before we go on|for the record|to continue|first].",
    "do you [have|happen to have|know] [your|the] {noun}[ handy| in front of you| nearby|]?",
    "please [enter|say|provide|confirm|verify] your {noun}.",
    "{noun}:",
    "{noun}?",
    "[next|then|now] the {noun}[, please|].",
    "would you mind [giving|reading] me [your|the] {noun}?",
    "which {noun} [is this under|should I use|is on the file]?",
];

/// Answers to any request.
pub(super) const ANSWERS: &[&str] = &[
    "{v}",
    "{v}.",
    "it's {v}.",
    "[yes|sure|okay|yeah|of course], [it's|that's|that would be] {v}.",
    "[let me see|one second|hold on|bear with me], [okay, |]{v}.",
    "[I think it's|should be|that should be|I believe it's] {v}.",
    "{v}[. did you get that?|. I hope that's right.|, if that helps.|.]",
    "yeah, {v}.",
    "[sorry, I had to find it|found it|here it is|got it right here], {v}.",
];

/// A first try, then the value.
pub(super) const CORRECTED: &[&str] = &[
    "it's {w}, [no wait|sorry|scratch that|no, I mean|wait, no], {v}.",
    "{w}, [oh hang on|hmm, that's the old one|no that's wrong], it's {v}.",
];

/// Sentences of a person that volunteer a code.
pub(super) const SAYS: &[&str] = &[
    "my {noun} is {v}.",
    "[so|okay so|and|also|oh,] my {noun} is {v}[ if you need it|].",
    "I have [a|the] {noun} here, {v}.",
    "[the letter|the paper|the card|the form|my account page] says {noun} {v}.",
    "the {noun} [I was given|on the letter|they gave me] [is|was] {v}.",
    "[you can look it up|it's filed|try looking] under {noun} {v}.",
];

/// Sentences of the firm's side that name a code.
pub(super) const TELLS: &[&str] = &[
    "[your|the] {noun} is {v}.",
    "I [have|see|show] {v} as [your|the] {noun}[, is that right?|.]",
    "[can you confirm|I'm showing] the {noun} on file is {v}[?|, correct?]",
    "[please note|just so you have it,|for your records,] the {noun} is {v}.",
];

/// Read-backs.
pub(super) const ECHOES: &[&str] = &[
    "[so that's|I have|I've got|that was|let me read that back,] {b}[, correct?|, is that right?|.]",
    "[thank you|thanks|perfect|great|got it], {b}.",
    "{b}[, okay|, got it|, thank you].",
    "okay, {b}[, one moment|, let me check that|, I'm typing that in].",
];

/// Short replies to what was told or read back.
pub(super) const AGREES: &[&str] = &[
    "[yes|yep|yeah|correct|uh-huh], [that's right|that's it|correct|you got it].",
    "yes.",
    "correct.",
    "that's right[, thank you|].",
    "mm-hmm.",
    "exactly.",
];

/// Acknowledgements of an answer.
pub(super) const THANKS: &[&str] = &[
    "[thank you|thanks|great|perfect|wonderful|okay]. [one moment|let me check|I found it|bear with me|that matches|]",
    "[got it|okay, got that|alright|very good].",
    "[thanks for that|thank you so much], [I'm pulling it up now|I see it here|we're all set with that].",
];

/// Back-channels between the pieces of a value.
pub(super) const BACK_CHANNELS: &[&str] = &[
    "mm-hmm.",
    "okay.",
    "go ahead.",
    "uh-huh.",
    "yes.",
    "got it.",
    "right.",
    "[and then?|next?|keep going.]",
    "I'm listening.",
];

/// A piece of a value.
pub(super) const PIECES: &[&str] = &[
    "{p}",
    "{p}",
    "{p}.",
    "{p}",
    "{p}.",
    "[and|then|next is|um,] {p}.",
    "{p}, [okay?|got it?]",
];

const fn code(noun: &'static str) -> Wording {
    Wording {
        noun,
        asks: &[],
        says: &[],
        tells: &[],
        coded: true,
    }
}

const fn with(
    noun: &'static str,
    says: &'static [&'static str],
    tells: &'static [&'static str],
) -> Wording {
    Wording {
        noun,
        asks: &[],
        says,
        tells,
        coded: true,
    }
}

const fn own(
    asks: &'static [&'static str],
    says: &'static [&'static str],
    tells: &'static [&'static str],
) -> Wording {
    Wording {
        noun: "",
        asks,
        says,
        tells,
        coded: false,
    }
}

/// The sentences of `kind`.
pub(super) fn wording(kind: Kind) -> Wording {
    match kind {
        Kind::FullName
        | Kind::GivenName
        | Kind::FamilyName
        | Kind::Relative
        | Kind::Doctor
        | Kind::Initials => of_person(kind),
        Kind::Employer
        | Kind::Address
        | Kind::City
        | Kind::Facility
        | Kind::Zip
        | Kind::Geocode => of_place(kind),
        Kind::BirthDate
        | Kind::EventDate
        | Kind::VagueDate
        | Kind::Clock
        | Kind::Age
        | Kind::Birthday
        | Kind::OldBirthYear => of_time(kind),
        Kind::Phone
        | Kind::Fax
        | Kind::Email
        | Kind::Url
        | Kind::Ip
        | Kind::Handle
        | Kind::Password
        | Kind::Pin
        | Kind::OneTimeCode => of_contact(kind),
        _ => of_code(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_can_be_asked_for_said_and_told() {
        for kind in Kind::ALL {
            let wording = wording(*kind);
            assert!(wording.coded || !wording.asks.is_empty(), "{kind:?}");
            assert!(wording.coded || !wording.says.is_empty(), "{kind:?}");
            assert_eq!(wording.coded, !wording.noun.is_empty(), "{kind:?}");
            for line in wording.says.iter().chain(wording.tells) {
                assert!(line.contains("{v}"), "{kind:?}: {line}");
            }
        }
    }
}
