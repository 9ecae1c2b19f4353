//! Invented conversations with a wide vocabulary: sentences with open slots,
//! filled from the program's own word lists.

use std::collections::HashSet;
use std::sync::LazyLock;

use leeward::domain::Entropy;

/// What one side says.
pub(crate) struct Line {
    /// The caller or patient; else the agent.
    pub(crate) is_user: bool,
    /// What is said.
    pub(crate) text: String,
}

/// A conversation.
pub(crate) struct Dialogue {
    /// Its medium: `voice` or `chat`.
    pub(crate) channel: &'static str,
    /// Its turns.
    pub(crate) lines: Vec<Line>,
}

impl Dialogue {
    /// Bytes of its text.
    pub(crate) fn text_bytes(&self) -> usize {
        self.lines.iter().map(|line| line.text.len()).sum()
    }
}

/// How a conversation is written.
#[derive(Clone, Copy)]
pub(crate) enum Style {
    /// Speech about an illness: lower case, no punctuation; an identifier in
    /// one of eight turns.
    ClinicalSpeech,
    /// Typed service chat: an identifier in every other turn.
    DenseChat,
}

/// `count` conversations of 20 to 40 turns.
pub(crate) fn dialogues(style: Style, count: usize, seed: u64) -> Vec<Dialogue> {
    let mut entropy = Entropy::from_u64(seed);
    (0..count).map(|_| dialogue(style, &mut entropy)).collect()
}

fn dialogue(style: Style, entropy: &mut Entropy) -> Dialogue {
    let turns = 20 + entropy.below(21);
    let channel = match style {
        Style::ClinicalSpeech => "voice",
        Style::DenseChat => "chat",
    };
    let lines = (0..turns).map(|turn| Line {
        is_user: turn % 2 == 1,
        text: turn_text(style, entropy),
    });
    Dialogue {
        channel,
        lines: lines.collect(),
    }
}

fn turn_text(style: Style, entropy: &mut Entropy) -> String {
    let one_in = match style {
        Style::ClinicalSpeech => 8,
        Style::DenseChat => 2,
    };
    let mut sentences: Vec<String> = (0..=entropy.below(3))
        .map(|_| fill(pick(&PLAIN, entropy), entropy))
        .collect();
    if entropy.below(one_in) == 0 {
        sentences.push(fill(pick(&IDENTIFYING, entropy), entropy));
    }
    let text = sentences.join(" ");
    match style {
        Style::ClinicalSpeech => as_spoken(&text),
        Style::DenseChat => text,
    }
}

/// `word` is a common English word, `term` a clinical one; digits stand for
/// random digits.
const PLAIN: [&str; 28] = [
    "How can I help you today?",
    "I have had this {word} {word} in my {body} for about {count} days now.",
    "It gets worse when I {word} or when I {word} at night.",
    "Okay, and is there any {term} or {term} that you know of?",
    "They put me on {drug} last year, and then on {drug}.",
    "I take {count} milligrams of {drug} in the morning and {count} in the evening.",
    "No, no fever, but I did feel a bit {word} and {word}.",
    "Have you noticed any swelling, any {word}, or a {word} feeling in the {body}?",
    "My mother had {term} and I think my brother has the same.",
    "Let me just check that for you, one moment please.",
    "The {word} was fine until the {word} came off, and then it started to hurt.",
    "So the pain is about a {count} out of ten, would you say?",
    "Right, I would like to rule out {term} before we {word} anything.",
    "I could not sleep, I was thinking about the {word} and the {word} all night.",
    "Do you smoke, or have you ever used {drug}?",
    "We usually see that with {term}, it is nothing to worry about.",
    "Yes, that is correct, thank you.",
    "I was told that the {word} would be covered but the letter says otherwise.",
    "Can you {word} it again? I did not hear the last part.",
    "The {body} looks {word}, there is some {word} tissue around it.",
    "I will send the {word} to the pharmacy and they should {word} it by tomorrow.",
    "Honestly it feels {word}, like a {word} that does not go away.",
    "We should repeat the blood test in {count} weeks and look at the {term} again.",
    "Is it okay to {word} while I am on the {drug}?",
    "There is a {word} in the waiting room if you would like to {word}.",
    "I do not think so, not that I can remember.",
    "It was {word}, then it was {word}, and now the whole {body} is {word}.",
    "Okay, anything else that you want to {word} about before we finish?",
];

const IDENTIFYING: [&str; 14] = [
    "My name is {given} {surname}.",
    "This is {given} {surname} calling about my {word}.",
    "You can reach me at 2## 555 01##.",
    "My date of birth is {month} {count}, 19##.",
    "The member number is {letter}{letter}########.",
    "I live at #### {surname} Street, {town}.",
    "I saw Doctor {surname} on {month} {count}.",
    "My social is ###-##-####.",
    "The record number is MRN ########.",
    "You can write to {given}.{surname}##@example.com.",
    "My husband {given} is on the same plan, he was born in {month} 19##.",
    "It is for {given} {surname}, the zip code is #####.",
    "I am {count} years old and I moved here from {town}.",
    "It should be under the account number ##########.",
];

const BODY: [&str; 12] = [
    "chest", "back", "knee", "left arm", "stomach", "throat", "shoulder", "neck", "hip", "ankle",
    "head", "foot",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn fill(template: &str, entropy: &mut Entropy) -> String {
    let mut out = String::with_capacity(2 * template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, tail) = after.split_once('}').expect("a slot is closed");
        push_digits(before, &mut out, entropy);
        out.push_str(&value(slot, entropy));
        rest = tail;
    }
    push_digits(rest, &mut out, entropy);
    out
}

/// Copies `text` with a random digit in the place of each `#`.
fn push_digits(text: &str, out: &mut String, entropy: &mut Entropy) {
    out.extend(text.chars().map(|c| match c {
        '#' => char::from(b'0' + entropy.below(10) as u8),
        c => c,
    }));
}

fn value(slot: &str, entropy: &mut Entropy) -> String {
    match slot {
        "count" => (2 + entropy.below(27)).to_string(),
        "letter" => char::from(b'A' + entropy.below(26) as u8).to_string(),
        "body" => pick(&BODY, entropy).to_owned(),
        "month" => pick(&MONTHS, entropy).to_owned(),
        "term" => pick(&TERMS, entropy).to_owned(),
        "drug" => pick(&DRUGS, entropy).to_owned(),
        "given" => capitalised(pick(&GIVEN, entropy)),
        "surname" => capitalised(pick(&SURNAMES, entropy)),
        "town" => capitalised(pick(&TOWNS, entropy)),
        "word" => skewed(&WORDS, entropy).to_owned(),
        _ => unreachable!("every slot of the sentences has a value"),
    }
}

fn pick(list: &[&'static str], entropy: &mut Entropy) -> &'static str {
    list[entropy.below(list.len() as u64) as usize]
}

/// Words near the front more often: the square of a uniform draw.
fn skewed(list: &[&'static str], entropy: &mut Entropy) -> &'static str {
    let unit = entropy.below(1 << 32) as f64 / (1u64 << 32) as f64;
    list[(unit * unit * list.len() as f64) as usize]
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_ascii_uppercase() + rest
}

/// Lower case without punctuation, as a recogniser that formats numbers writes
/// it.
fn as_spoken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '@' => out.push_str(" at "),
            '.' if chars.peek().is_some_and(|next| next.is_alphabetic()) => out.push_str(" dot "),
            ' ' | '-' => out.push(c),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

type Words = LazyLock<Vec<&'static str>>;

/// English words, the most common first.
static WORDS: Words = LazyLock::new(|| {
    let list = include_str!("../../src/deid/lexicon/data/english_words.tsv");
    let mut words = rows(list);
    words.retain(|(word, band)| *band <= 35 && word.len() > 2 && !word.contains('\''));
    words.sort_by_key(|(_, band)| *band);
    words.into_iter().map(|(word, _)| word).collect()
});

static GIVEN: Words = LazyLock::new(|| {
    frequent(
        include_str!("../../src/deid/lexicon/data/given_names.tsv"),
        3,
    )
});
static SURNAMES: Words =
    LazyLock::new(|| frequent(include_str!("../../src/deid/lexicon/data/surnames.tsv"), 3));
static TOWNS: Words =
    LazyLock::new(|| frequent(include_str!("../../src/deid/lexicon/data/towns.tsv"), 2));
/// Clinical words that are no names, as those are that illnesses are called after:
/// nobody says `my mother had robertson`.
static TERMS: Words = LazyLock::new(|| {
    let mut terms = long(include_str!(
        "../../src/deid/lexicon/data/clinical_words.txt"
    ));
    let names = [
        include_str!("../../src/deid/lexicon/data/given_names.tsv"),
        include_str!("../../src/deid/lexicon/data/surnames.tsv"),
        include_str!("../../src/deid/lexicon/data/towns.tsv"),
    ];
    let names: HashSet<&str> = names
        .into_iter()
        .flat_map(|list| rows(list))
        .map(|(name, _)| name)
        .collect();
    terms.retain(|term| !names.contains(term.trim_end_matches("'s")));
    terms
});
static DRUGS: Words = LazyLock::new(|| long(include_str!("../../src/deid/lexicon/data/drugs.txt")));

/// Plain words of a list whose band is at least `least`.
fn frequent(list: &'static str, least: u8) -> Vec<&'static str> {
    let rows = rows(list).into_iter();
    let kept = rows.filter(|(word, band)| *band >= least && word.is_ascii());
    kept.map(|(word, _)| word).collect()
}

fn long(list: &'static str) -> Vec<&'static str> {
    list.lines().filter(|word| word.len() >= 6).collect()
}

fn rows(list: &'static str) -> Vec<(&'static str, u8)> {
    let row = |line: &'static str| {
        let (word, band) = line.split_once('\t')?;
        Some((word, band.parse().ok()?))
    };
    list.lines().filter_map(row).collect()
}
