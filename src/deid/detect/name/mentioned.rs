//! Persons mentioned by a given name that is a word too: who is told something, whose
//! relative they are, what they do that only people do (`i told [skip] that`, `how did
//! [mercy] take it`, `[grace] her sister`).

mod asked;

use std::ops::Range;

use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};

use super::kindred::{WHOSE, is_introduced, is_mourned, is_newborn, is_relative};
use super::slot::{is_auxiliary, is_end_or_mark};
use super::standing::{Standing, standing};
use super::told::OTHER;
use asked::{is_asked_about, is_hailed};

/// How common a word may be that does as people do.
const SELDOM: u32 = 5;

/// The name that begins at token `i`, and the rule that says so.
pub(super) fn name_at(turn: &ReadTurn<'_>, i: usize) -> Option<(Range<usize>, &'static str)> {
    if turn.is_letter(i) {
        return None;
    }
    let one = i..i + 1;
    if is_newborn(turn, i) {
        return Some((one, "newborn"));
    }
    if is_irish(turn, i) {
        return Some((one, "patronymic"));
    }
    if is_mourned(turn, i) || is_introduced(turn, i) {
        return Some((one, "kinship"));
    }
    if is_listed_last_first(turn, i) {
        return Some((one, "last-first"));
    }
    if !is_called(turn, i) {
        return is_seen(turn, i).then_some((one, "seen"));
    }
    let rule = if does_as_people_do(turn, i) {
        "subject"
    } else if is_told(turn, i) {
        "told"
    } else if is_asked_about(turn, i) {
        "asked-about"
    } else if is_relative(turn, i) {
        "kinship"
    } else if is_hailed(turn, i) {
        "addressed"
    } else if is_near(turn, i)
        || is_sought(turn, i)
        || is_on_the_way(turn, i)
        || is_taken(turn, i)
        || is_told_of(turn, i)
        || is_sized(turn, i)
    {
        "mentioned"
    } else {
        return None;
    };
    Some((one, rule))
}

/// Whether people are called as token `i` is, a word though it be.
fn is_called(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NOT: Classes = OTHER
        .with(Classes::STOP)
        .with(Classes::KIN)
        .with(Classes::TITLE)
        .with(Classes::CLINICAL);
    const SEASONS: Words = words![
        "autumn", "autumn's", "spring", "spring's", "summer", "summer's", "winter", "winter's",
    ];
    let classes = turn.classes(i);
    turn.is_word(i)
        && classes.given() >= 2
        && !classes.any(NOT)
        && !is_auxiliary(turn.word(i))
        && !SEASONS.has(turn.key(i))
}

/// Whether somebody is told something: `i told [skip] because`, `what did you say to
/// [harmony]`.
fn is_told(turn: &ReadTurn<'_>, i: usize) -> bool {
    const TELLS: Words = words!["emailed", "messaged", "reminded", "texted", "told"];
    const SAYS: Words = words![
        "apologize",
        "apologized",
        "engaged",
        "lied",
        "listen",
        "married",
        "said",
        "say"
    ];
    const NEXT: Words = words![
        "about",
        "and",
        "because",
        "cause",
        "he",
        "how",
        "i",
        "i'd",
        "i'll",
        "i'm",
        "i've",
        "it",
        "it's",
        "no",
        "not",
        "she",
        "that",
        "they",
        "this",
        "to",
        "today",
        "we",
        "we're",
        "what",
        "yesterday",
        "you",
    ];
    let Some(last) = i.checked_sub(1) else {
        return false;
    };
    let said = says!(turn, last, "to")
        && last > 0
        && SAYS.has(turn.key(last - 1))
        && turn.classes(i).given() >= 3;
    let next = is_end_or_mark(turn, i + 1) || NEXT.has(turn.key(i + 1));
    (said || TELLS.has(turn.key(last))) && next
}

/// Whether more is said of token `i` right after it, as of a person: `thinking about
/// [penny] she would`, `[penny's] your wife`.
fn is_told_of(turn: &ReadTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words!["about", "by", "for", "from", "saw", "with"];
    const WHO: Words = words!["he", "he'd", "he's", "she", "she'd", "she's", "who's"];
    const SURE: Words = words!["by", "from", "saw", "with"];
    let given = turn.classes(i).given() >= 3;
    let more = i > 0
        && BEFORE.has(turn.key(i - 1))
        && WHO.has(turn.key(i + 1))
        && (given || SURE.has(turn.key(i - 1)));
    let whose = turn.classes(i).any(Classes::POSSESSIVE)
        && WHOSE.has(turn.key(i + 1))
        && (turn.classes(i + 2).any(Classes::KIN) || i + 2 == turn.len());
    more || given && whose && !follows_article(turn, i)
}

/// Whether somebody who lives or works nearby is token `i`: `[clementine] next door saw`.
fn is_near(turn: &ReadTurn<'_>, i: usize) -> bool {
    let near = matches!(
        (turn.word(i + 1), turn.word(i + 2)),
        ("next", "door") | ("across", "the") | ("down" | "up", "the") | ("from", "work" | "church")
    );
    near && turn.classes(i).given() >= 3 && !follows_article(turn, i)
}

/// Whether somebody is told from others of that name by what they are like: `and old
/// [clay] went`.
fn is_sized(turn: &ReadTurn<'_>, i: usize) -> bool {
    const LIKE: Words = words!["big", "lil", "little", "old", "ole", "wee", "young"];
    const BEFORE: Words = words![
        "and", "ask", "but", "from", "like", "me", "or", "saw", "so", "then", "told", "with",
    ];
    const NOUNS: Words = words![
        "bill", "case", "chance", "chase", "dash", "faith", "fall", "glory", "grace", "grant",
        "hope", "joy", "jack", "mark", "mercy", "patience", "rock", "trip",
    ];
    const NEXT: Words = words![
        "and", "came", "did", "does", "from", "had", "has", "is", "said", "saw", "says", "too",
        "told", "took", "was", "went",
    ];
    i > 0
        && LIKE.has(turn.key(i - 1))
        && (i == 1 || BEFORE.has(turn.key(i - 2)))
        && turn.classes(i).given() >= 3
        && !NOUNS.has(turn.key(i))
        && (is_end_or_mark(turn, i + 1) || NEXT.has(turn.key(i + 1)))
}

/// Whether somebody is to be got on the telephone: `get hold of [star] at`, `ask for
/// [patience] in`.
fn is_sought(turn: &ReadTurn<'_>, i: usize) -> bool {
    let sought = i > 1
        && matches!(
            (turn.word(i - 2), turn.word(i - 1)),
            ("hold", "of") | ("ask" | "asked" | "asking", "for")
        );
    let next = is_end_or_mark(turn, i + 1) || turn.classes(i + 1).any(Classes::STOP);
    // `call you [jazz]`
    let named = i > 1
        && says!(turn, i - 2, "call")
        && says!(turn, i - 1, "you" | "him" | "her")
        && is_end_or_mark(turn, i + 1);
    let who = i > 0
        && says!(turn, i - 1, "who's")
        && is_end_or_mark(turn, i + 1)
        && turn.classes(i).given() >= 3;
    named || who || sought && next && turn.classes(i).given() >= 3
}

/// Whether token `i` is said to be there, or to do what people alone do: `[colt]'s
/// calling`.
fn is_on_the_way(turn: &ReadTurn<'_>, i: usize) -> bool {
    const DOES: Words = words![
        "babysitting",
        "bringing",
        "calling",
        "coming",
        "crying",
        "driving",
        "flying",
        "here",
        "home",
        "outside",
        "picking",
        "sleeping",
        "staying",
        "visiting",
        "waiting",
        "watching",
        "yelling",
    ];
    turn.classes(i).any(Classes::POSSESSIVE)
        && DOES.has(turn.key(i + 1))
        && !follows_article(turn, i)
}

/// Whether somebody is brought somewhere or fetched: `had to drop [king] at his dad's`.
fn is_taken(turn: &ReadTurn<'_>, i: usize) -> bool {
    const TAKES: Words = words!["drop", "dropped", "dropping", "drove"];
    const WHERE: Words = words!["at", "by", "from", "home", "off", "to"];
    // `pick up sage at the store`
    const SHOPS: Words = words![
        "bakery",
        "costco",
        "counter",
        "cvs",
        "florist",
        "garden",
        "grocery",
        "market",
        "pharmacy",
        "shop",
        "store",
        "supermarket",
        "target",
        "walgreens",
        "walmart",
    ];
    let bought = (i + 2..i + 4).any(|k| SHOPS.has(turn.key(k)));
    i > 0
        && !bought
        && (TAKES.has(turn.key(i - 1))
            || says!(turn, i - 1, "up") && i > 1 && turn.word(i - 2).starts_with("pick"))
        && WHERE.has(turn.key(i + 1))
        && turn.classes(i).given() >= 3
}

/// Whether token `i` is a surname with `o'`, which is before little else: `[o'neal]`.
fn is_irish(turn: &ReadTurn<'_>, i: usize) -> bool {
    const OTHER: Words = words!["o'clock", "o'er"];
    let stem = turn.word(i).strip_prefix("o'");
    stem.is_some_and(|stem| stem.len() > 2 && stem.is_ascii()) && !OTHER.has(turn.key(i))
}

/// Whether token `i` is a surname that is a word too, before a spoken comma and a given
/// name that is none, as charts list people: `patient [banks] comma odra`.
fn is_listed_last_first(turn: &ReadTurn<'_>, i: usize) -> bool {
    let (classes, given) = (turn.classes(i), turn.classes(i + 2));
    says!(turn, i + 1, "comma")
        && classes.family() >= 2
        && standing(classes) > Standing::Word
        && given.given() >= 3
        && standing(given) == Standing::Name
        && !classes.any(Classes::CLINICAL | Classes::DRUG)
}

/// Whether a sentence begins with token `i` that says what people alone do: `[herb]
/// wears the hat`.
fn does_as_people_do(turn: &ReadTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words![
        "and", "because", "but", "cause", "if", "no", "oh", "okay", "since", "so", "then", "until",
        "well", "when", "while", "yeah", ",", ".",
    ];
    const DOES: Words = words![
        "bought", "brought", "cooks", "cried", "drinks", "drives", "drove", "hates", "hugged",
        "laughed", "loves", "married", "quit", "said", "says", "smokes", "takes", "thinks",
        "thought", "told", "walked", "wanted", "wants", "watched", "wears", "yelled"
    ];
    let first = i == 0 || BEFORE.has(turn.key(i - 1));
    // `ginger takes the edge off`
    const OF_THINGS: Words = words!["a", "effect", "over", "some", "the", "time"];
    let thing = says!(turn, i + 1, "takes") && OF_THINGS.has(turn.key(i + 2));
    // Fewer are called `bunny`, of whom less is surely said.
    const SAYS: Words = words!["said", "says", "thinks", "thought", "told"];
    let next = turn.key(i + 1);
    let does = SAYS.has(next) || DOES.has(next) && turn.classes(i).given() >= 3;
    first && !thing && does && turn.classes(i).commonness() <= SELDOM
}

/// Whether a surname that is no word is whom somebody saw: `she saw [gupta] at`.
fn is_seen(turn: &ReadTurn<'_>, i: usize) -> bool {
    const SEEN: Words = words!["per", "saw", "see", "seeing"];
    if i == 0 || !SEEN.has(turn.key(i - 1)) {
        return false;
    }
    let classes = turn.classes(i);
    standing(classes) == Standing::Rare
        && classes.family() >= 2
        && (is_end_or_mark(turn, i + 1) || turn.classes(i + 1).any(Classes::STOP))
}

/// One past the surname of a name whose first part, at token `i`, is said twice: `[bud uh
/// bud leavitt]`.
pub(super) fn doubled_end(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    const HESITATIONS: Words = words!["er", "uh", "um", ","];
    let said = turn.key(i);
    let again = match (turn.key(i + 1), turn.key(i + 2)) {
        (next, _) if next == said => i + 1,
        (between, next) if next == said && HESITATIONS.has(between) => i + 2,
        _ => return None,
    };
    let classes = turn.classes(i);
    let surname = turn.classes(again + 1);
    let named = matches!(standing(surname), Standing::Name | Standing::Rare)
        && surname.family() >= 2
        && turn.is_word(again + 1);
    let rare = classes.commonness() <= SELDOM && !classes.any(Classes::STOP);
    (named && turn.word(i).len() > 2 && (classes.given() >= 2 || rare)).then_some(again + 2)
}

/// Whether an article or the like before token `i` makes it a thing.
fn follows_article(turn: &ReadTurn<'_>, i: usize) -> bool {
    const ARTICLES: Words = words![
        "a", "an", "any", "every", "her", "his", "my", "no", "our", "some", "that", "the", "their",
        "this", "your",
    ];
    // `no [grace] next door is`
    let said = i == 1 && says!(turn, 0, "no");
    i > 0 && ARTICLES.has(turn.key(i - 1)) && !said
}

#[cfg(test)]
mod tests {
    use crate::deid::detect::name::tests::check_line as check;

    #[test]
    fn who_does_as_people_do_is_a_person() {
        check("i told skip because he asked", &["skip"]);
        check("can you say to harmony what you need", &["harmony"]);
        check("how did mercy take it", &["mercy"]);
        check("how's king doing", &["king"]);
        check("okay is basil home", &["basil"]);
        check("she lives with grace her sister", &["grace"]);
        check("is holly your bed partner", &["holly"]);
        check("but clementine next door saw it", &["clementine"]);
        check("trying to get hold of star at the desk", &["star"]);
        check("ask for patience in member services", &["patience"]);
        check("hold on colt's calling", &["colt"]);
        check("thinking about penny she would be proud", &["penny"]);
        check("mercy's your sister", &["mercy"]);
        check("a month since iris passed", &["iris"]);
        check("skeeter my nephew drives", &["skeeter"]);
        check("a: clay can you turn to her", &["clay"]);
        check("i was with rich he's getting divorced", &["rich"]);
        check("who else mercy how are you", &["mercy"]);
        check("when does fern land", &["fern"]);
        check("i had to drop king at his dad's", &["king"]);
        check("it was o'neal over there", &["o'neal"]);
        check("patient banks comma michael", &["banks comma michael"]);
        check("bunny thinks so", &["bunny"]);
        check("colt come on", &["colt"]);
        check("skip please don't", &["skip"]);
        check("then old clay went", &["clay"]);
        check("colt says no", &["colt"]);
        check("pick up king at the gym", &["king"]);
        check("dictated but not read k l m", &["k l m"]);
        check("my name is jk lund", &["jk lund"]);
        check("this is my wife maria salamat", &["maria salamat"]);
        check("room seven is baby boy sato eleven days", &["sato"]);
        check("she saw gupta at ten", &["gupta"]);
        check("it's winsome uh winsome lund", &["winsome uh winsome lund"]);
    }

    #[test]
    fn what_people_do_not_do_is_none() {
        for text in [
            "with little hope of it",
            "a big bill and a fee",
            "please come on in",
            "how's work going",
            "how did the skip go",
            "summer's coming",
            "i hope my sister calls",
            "the art next door",
            "the king's here",
            "is pain coming back",
            "baby boy is six pounds",
            "i told work i was out",
            "i see improvement in it",
            "ask for help in the store",
            "it was very very good",
            "she said to skip it",
            "call at three o'clock",
            "it's about hope and faith",
            "okay how are you",
            "since the stone passed i feel fine",
            "a: hope you are well",
            "thirty for mercy to land",
            "drop the king at home",
            "pick up sage at the store",
            "how does olive work for that",
            "sage takes time",
            "hope will come back",
            "could not read e f p t",
            "signed by an m d typed by a p a",
            "my addisons labs",
        ] {
            check(text, &[]);
        }
    }
}
