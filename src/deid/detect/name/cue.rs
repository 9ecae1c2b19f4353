//! Cues: phrases after which a name stands.

use rustc_hash::FxHashMap;

use crate::deid::detect::fluent::past_hesitation;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::Key;

/// How far a cue may be trusted to be followed by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Nothing but a name is said here: "my name is".
    Strong,
    /// A title: "dr".
    Title,
    /// The word "name" by itself, as in a form.
    Named,
    /// Often a name, often something else: "i'm", "this is".
    Medium,
    /// Seldom a name: "it's", "that's".
    Weak,
    /// A word of kinship: "my husband".
    Kin,
    /// A greeting: a name often follows, and is then set off.
    Greeting,
    /// Thanks, an excuse, an agreement: a name may follow.
    Vocative,
}

/// A phrase and the slot that it opens.
#[derive(Debug)]
pub(crate) struct Cue {
    words: Vec<Key>,
    pub(crate) slot: Slot,
    pub(crate) rule: &'static str,
}

/// Cues by their first word, the longest first.
#[derive(Debug)]
pub(crate) struct CueTable(FxHashMap<Key, Vec<Cue>>);

impl CueTable {
    /// Compiles the built-in cues.
    pub(crate) fn built_in() -> Self {
        let mut table: FxHashMap<Key, Vec<Cue>> = FxHashMap::default();
        for &(slot, rule, phrases) in CUES {
            for phrase in phrases.split(" | ") {
                let words: Vec<_> = phrase.split_whitespace().map(Key::of).collect();
                let cue = Cue { words, slot, rule };
                table.entry(cue.words[0]).or_default().push(cue);
            }
        }
        for cues in table.values_mut() {
            cues.sort_by_key(|cue| std::cmp::Reverse(cue.words.len()));
        }
        Self(table)
    }

    /// The longest cue that begins at token `i`, and the token after it.
    pub(crate) fn at(&self, turn: &ReadTurn<'_>, i: usize) -> Option<(&Cue, usize)> {
        if !turn.classes(i).any(Classes::CUE_START) {
            return None;
        }
        let end = |cue: &Cue| {
            cue.words.iter().skip(1).try_fold(i + 1, |at, word| {
                let at = past_pause(turn, at);
                (turn.key(at) == *word).then_some(at + 1)
            })
        };
        let first = self.0.get(&turn.key(i))?;
        first.iter().find_map(|cue| Some((cue, end(cue)?)))
    }
}

/// Past a hesitation at token `i`, or what sets off a greeting, `hello[,] is this`.
fn past_pause(turn: &ReadTurn<'_>, i: usize) -> usize {
    const COMMA: Key = Key::of(",");
    const IS: Key = Key::of("is");
    match turn.key(i) {
        COMMA if turn.key(i + 1) == IS => i + 1,
        _ => past_hesitation(turn, i),
    }
}

const CUES: &[(Slot, &str, &str)] = &[
    (
        Slot::Strong,
        "name-is",
        "my name is | my name's | my names | my name | name is | name's | name was | name would be | names is \
         | name will be | name it's | name as | his name is | her name is | their name is | names are \
         | his names | her names",
    ),
    (
        Slot::Strong,
        "part-of-name",
        "first name is | last name is | full name is | middle name is | maiden name is | family name is \
         | given name is | surname is | first name | last name | full name | middle name | maiden name \
         | family name | given name | surname | nickname is | goes by | go by | known as | aka \
         | first name's | last name's | first is | last is",
    ),
    (
        Slot::Strong,
        "role-is",
        "dictated by | transcribed by | cosigned by | patient is | caller is | client is | patient name | patient named | patient's name is \
         | patient's name | caller's name is | member name | member is | customer name | emergency contact is",
    ),
    (
        Slot::Strong,
        "called",
        "by the name of | named | call me | people call me | they call me | you can call me | named her | named him | named them | calls me | calls her \
         | calls him | people call her | people call him | they call her | they call him | guy called | lady called \
         | man called | woman called | bloke called | chap called | girl called",
    ),
    (
        Slot::Named,
        "name",
        "name | myself | calling me | called me",
    ),
    (
        Slot::Named,
        "file-of",
        "hello is this | hi is this | hey is this | account for | profile for | record for | file for | chart for | policy for",
    ),
    (
        Slot::Medium,
        "self",
        "this is | i am | i'm | im | speaking is",
    ),
    (
        Slot::Kin,
        "role",
        "my boy | my girl | my buddy | his buddy | her buddy | chef | accountant | adjuster | adviser | advisor | apprentice | assistant | attorney | babysitter | bookkeeper | broker \
         | builder | caseworker | cashier | chauffeur | clerk | contractor | courier | driver \
         | electrician | instructor | inspector | installer | janitor | lawyer | mechanic | realtor | receptionist \
         | stylist | superintendent | supervisor | technician | tutor | childminder | cleaner | counsellor | dentist \
         | flatmate | foreman | gardener | groomer | handyman | housemate | hygienist | interpreter | lodger | mate \
         | nanny | paralegal | pharmacist | physio | physiotherapist | roofer | secretary | solicitor | surveyor \
         | tenant | translator | vicar | warden",
    ),
    (
        Slot::Weak,
        "it-is",
        "it's | it is | its | that's | that is | she's | he's | she is | he is | who's",
    ),
    (
        Slot::Medium,
        "with",
        "speaking with | speaking to | chatting with | chatting to | speak with | speak to | spoke with | spoke to | talk to | talk with \
         | talking to | talking with | talked to | talked with | ask for | asked for | asking for | signed by \
         | reviewed by | typed by \
         | meet with | meeting with | met with | seen by | i saw | seeing | next is \
         | introduce | next patient is | appointment with",
    ),
    (
        Slot::Greeting,
        "greeting",
        "hi | hello | hey | hiya | dear | good morning | good afternoon | good evening | good night | morning \
         | afternoon | evening | hi there | hello there | hey there | welcome | welcome back | hello again \
         | hi again",
    ),
    (
        Slot::Vocative,
        "thanks",
        "thanks | thank you | thank u | thx | thanks so much | thank you so much | thank you very much | thanks again \
         | thank you again | bye | goodbye | bye bye | good bye | sorry | okay | ok | alright | all right \
         | congratulations | to meet you | to see you | see you | regards | sincerely | night",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::lexicon::tests::LEXICON;

    #[test]
    fn who_dictates_is_named() {
        for verb in ["dictated", "transcribed", "cosigned"] {
            let text = format!("{verb} by odra lund and sent");
            crate::deid::detect::name::tests::check(&[&text], &["odra lund"]);
        }
    }

    #[test]
    fn the_lexicon_marks_the_first_word_of_every_cue() {
        let phrases = CUES.iter().flat_map(|(_, _, phrases)| phrases.split(" | "));
        for word in phrases.filter_map(|phrase| phrase.split_whitespace().next()) {
            assert!(LEXICON.get(word).any(Classes::CUE_START), "{word}");
        }
    }

    #[test]
    fn no_cue_hides_a_longer_one() {
        for cues in CueTable::built_in().0.values() {
            assert!(cues.is_sorted_by_key(|cue| std::cmp::Reverse(cue.words.len())));
        }
    }
}
