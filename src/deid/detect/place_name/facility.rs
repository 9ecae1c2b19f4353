//! Facilities by the kind that ends their name: "… hospital", "… clinic".

use std::ops::Range;

use crate::deid::Strength;
use crate::deid::detect::name::{Standing, ends_phrase, standing};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};
use crate::domain::Category;

use super::Place;

/// What begins a saint's name.
pub(super) const SAINT: Words = words!["saint", "st"];

/// Fewest letters of a word in no list that tells a facility: shorter ones are
/// muttered or abbreviated.
const LONG_ENOUGH: usize = 5;

/// Most words before the kind.
pub(super) const MOST_WORDS: usize = 4;

/// The facility whose name ends with token `i`.
pub(super) fn ending_at(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let kind = kind_start(turn, i)?;
    named(turn, kind, i).or_else(|| visited(turn, kind, i))
}

/// The facility whose kind begins with token `kind` and ends with `i`, by the
/// words before it that tell one from another.
fn named(turn: &ReadTurn<'_>, kind: usize, i: usize) -> Option<Place> {
    let start = (kind.saturating_sub(MOST_WORDS)..kind)
        .rev()
        .take_while(|&k| belongs(turn, k))
        .last()?;
    let start = (start..kind)
        .find(|&k| is_telling(turn, k) || is_adjective(turn.word(k)) || is_of_town(turn, k))?;
    let named = (start..kind).any(|k| is_telling(turn, k));
    let start = if named {
        start
    } else {
        word_before(turn, start..kind)?
    };
    let first = turn.title_before(start).unwrap_or(0);
    let called = (first..=start).any(|k| SAINT.has(turn.key(k)));
    let saint = called && turn.classes(i).any(Classes::FACILITY);
    let town = saint.then(|| plain_town_end(turn, i + 1)).flatten();
    Some(Place {
        tokens: start..town.unwrap_or_else(|| town_end(turn, i + 1)),
        category: Category::Facility,
        rule: "kind",
        strength: Strength::Likely,
        confidence: 0.8,
    })
}

/// The facility to which somebody goes or is taken, though its name be of plain
/// words: "admitted to [great river general hospital]". A kind of facility has
/// an article before it, or says what it treats.
fn visited(turn: &ReadTurn<'_>, kind: usize, i: usize) -> Option<Place> {
    const TO: Words = words![
        "admitted",
        "back",
        "brought",
        "discharged",
        "go",
        "goes",
        "going",
        "moved",
        "sent",
        "taken",
        "transferred",
        "went",
    ];
    const AT: Words = words!["admitted", "patient", "seen", "treated"];
    const FROM: Words = words!["discharged", "released", "transferred"];
    let start = (kind.saturating_sub(MOST_WORDS)..kind)
        .rev()
        .take_while(|&k| is_plain(turn, k))
        .last()
        .filter(|&start| start > 1)?;
    let verb = turn.key(start - 2);
    let visits = match turn.word(start - 1) {
        "to" => TO.has(verb) || is_counted(turn, kind, i),
        "at" => AT.has(verb) || is_counted(turn, kind, i),
        "from" => FROM.has(verb) || is_counted(turn, kind, i),
        _ => false,
    };
    (visits && is_called(turn, start..kind)).then(|| Place {
        tokens: start..town_end(turn, i + 1),
        category: Category::Facility,
        rule: "visited",
        strength: Strength::Likely,
        confidence: 0.7,
    })
}

/// Whether a kind of which one says `a` or `the`, unless it is of a name, stands
/// from token `kind` to `i`: nobody goes "to urgent care center".
fn is_counted(turn: &ReadTurn<'_>, kind: usize, i: usize) -> bool {
    kind < i || says!(turn, i, "hospital" | "clinic")
}

/// Whether `words` before a kind of facility tell one from another.
pub(super) fn is_called(turn: &ReadTurn<'_>, mut words: Range<usize>) -> bool {
    const NOT: Words = words![
        "another", "best", "big", "closest", "field", "main", "other", "psych", "public", "rural",
        "same", "small", "teaching", "usual",
    ];
    // `renal clinic`, `orthopedic hospital`
    let medical = |k: usize| {
        ["al", "ary", "ic", "ology"]
            .iter()
            .any(|end| turn.word(k).ends_with(end))
    };
    let plain = !words
        .clone()
        .any(|k| is_specialty(turn, k) || medical(k) || NOT.has(turn.key(k)));
    plain && words.any(|k| !is_adjective(turn.word(k)))
}

/// The kind of a facility with what it is called, in an answer that says where:
/// the tokens `run` end with it.
pub(super) fn is_answer(turn: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    kind_start(turn, run.end - 1)
        .is_some_and(|kind| kind > run.start && is_called(turn, run.start..kind))
}

/// Whether the plain word at token `k` may be of a facility's name.
pub(super) fn is_plain(turn: &ReadTurn<'_>, k: usize) -> bool {
    let other = Classes::STOP
        .with(Classes::CLINICAL)
        .with(Classes::DRUG)
        .with(Classes::FACILITY);
    let named = words!["good", "great", "little", "new", "old"].has(turn.key(k));
    turn.is_word(k) && !turn.is_letter(k) && (named || !turn.classes(k).any(other))
}

/// Whether token `k` says what a facility treats, or when.
pub(super) fn is_specialty(turn: &ReadTurn<'_>, k: usize) -> bool {
    const TREATS: Words = words![
        "acute",
        "alcohol",
        "allergy",
        "bone",
        "breast",
        "dental",
        "drug",
        "ear",
        "eye",
        "fertility",
        "foot",
        "free",
        "hand",
        "headache",
        "heart",
        "inpatient",
        "joint",
        "local",
        "medicine",
        "memory",
        "mental",
        "nearest",
        "outpatient",
        "pain",
        "physical",
        "private",
        "short",
        "skin",
        "sleep",
        "specialty",
        "spine",
        "sports",
        "therapy",
        "travel",
        "urgent",
        "vaccine",
        "vein",
        "walk",
        "wound",
    ];
    TREATS.has(turn.key(k))
}

/// The word that tells a facility whose name is of words that many share:
/// "at [elm] city general hospital".
fn word_before(turn: &ReadTurn<'_>, shared: Range<usize>) -> Option<usize> {
    let word = shared.start.checked_sub(1).filter(|_| shared.len() > 1)?;
    let placed = word > 0 && says!(turn, word - 1, "at" | "to" | "in" | "from" | "near");
    let plain = turn.is_word(word) && !turn.classes(word).any(Classes::STOP);
    (placed && plain).then_some(word)
}

/// One past the town that follows a facility's name at token `k`: "… hospital
/// port [quillmere]".
fn town_end(turn: &ReadTurn<'_>, k: usize) -> usize {
    let telling = |k: usize| {
        let classes = turn.classes(k);
        turn.is_word(k)
            && !turn.is_letter(k)
            && !classes.any(Classes::STOP)
            && (classes.commonness() == 0
                && (classes.town_size() >= 1 || turn.word(k).len() >= LONG_ENOUGH)
                || turn.is_proper(k))
    };
    let end = (k..turn.len().min(k + 3))
        .take_while(|&k| telling(k) || is_of_town(turn, k))
        .last()
        .map_or(k, |last| last + 1);
    let named = (k..end).any(telling);
    if named && ends_phrase(turn, end - 1) {
        end
    } else {
        k
    }
}

/// One past the town of plain words at token `k`, after a hospital that is called
/// after a saint, as many are: "st ann's hospital [holly grove]".
fn plain_town_end(turn: &ReadTurn<'_>, k: usize) -> Option<usize> {
    const NOT: Words = words![
        "bill",
        "billing",
        "campus",
        "department",
        "er",
        "ground",
        "lab",
        "network",
        "parking",
        "record",
        "records",
        "staff",
        "system",
        "visit",
        "website",
    ];
    let plain = |k: usize| is_plain(turn, k) && !NOT.has(turn.key(k));
    let last = (k..turn.len().min(k + 2))
        .take_while(|&k| plain(k))
        .last()?;
    let closed = (last + 1..turn.len()).all(|k| !turn.is_word(k)) || turn.is_mark(last + 1, ",");
    closed.then_some(last + 1)
}

/// Words with which towns' names begin or end.
pub(super) fn is_of_town(turn: &ReadTurn<'_>, k: usize) -> bool {
    says!(
        turn,
        k,
        "port"
            | "fort"
            | "lake"
            | "park"
            | "san"
            | "los"
            | "las"
            | "beach"
            | "creek"
            | "harbor"
            | "heights"
            | "hill"
            | "hills"
            | "junction"
            | "falls"
            | "springs"
    )
}

/// Where the words of the kind that ends at token `i` begin.
pub(super) fn kind_start(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    if turn.classes(i).any(Classes::FACILITY) {
        return Some(i);
    }
    if i == 0 || !turn.classes(i).any(Classes::FACILITY_END) {
        return None;
    }
    if says!(turn, i, "rehab") {
        return Some(i);
    }
    if is_british(turn, i) {
        return Some(i);
    }
    let before = turn.word(i - 1);
    matches!(
        (before, turn.word(i)),
        ("medical" | "dental", "practice" | "surgery")
            | (
                "medical"
                    | "health"
                    | "surgery"
                    | "surgical"
                    | "cancer"
                    | "rehab"
                    | "rehabilitation"
                    | "dialysis"
                    | "infusion"
                    | "trauma"
                    | "birth"
                    | "heart"
                    | "wellness"
                    | "imaging",
                "center" | "centre" | "group"
            )
            | ("urgent" | "primary", "care")
            | (
                "nursing" | "veterans" | "retirement" | "care" | "rest" | "residential",
                "home"
            )
            | ("assisted", "living")
            | ("family", "practice" | "medicine")
            | ("high" | "middle" | "elementary" | "primary", "school")
            | ("general" | "memorial" | "regional", "medical")
    )
    .then_some(i - 1)
}

/// Whether token `i` is what the British call a doctor's house, and no operation: `at
/// Lockkeeper [Surgery]`.
fn is_british(turn: &ReadTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words!["at", "by", "from", "near", "of", "the", "to", "with"];
    // What practices of every kind are called.
    const SHARED: Words = words![
        "back", "best", "clinical", "family", "general", "group", "good", "knee", "nursing",
        "private", "safe", "solo", "standard",
    ];
    i > 1
        && !SHARED.has(turn.key(i - 1))
        && says!(turn, i, "surgery" | "practice")
        && turn.is_proper(i)
        && turn.is_proper(i - 1)
        && BEFORE.has(turn.key(i - 2))
        && !turn.classes(i - 1).any(Classes::CLINICAL)
}

/// Whether token `k` may stand within a facility's name.
pub(super) fn belongs(turn: &ReadTurn<'_>, k: usize) -> bool {
    turn.is_word(k) && (is_adjective(turn.word(k)) || is_telling(turn, k) || is_of_town(turn, k))
}

/// Words that many facilities share: they tell no place by themselves.
pub(super) fn is_adjective(word: &str) -> bool {
    matches!(
        word,
        "general"
            | "memorial"
            | "regional"
            | "community"
            | "county"
            | "university"
            | "children's"
            | "women's"
            | "saint"
            | "st"
            | "mercy"
            | "good"
            | "samaritan"
            | "valley"
            | "city"
            | "north"
            | "south"
            | "east"
            | "west"
            | "central"
            | "medical"
            | "health"
            | "mount"
            | "family"
            | "baptist"
            | "methodist"
            | "presbyterian"
    )
}

/// Whether token `k` tells one facility from another.
pub(super) fn is_telling(turn: &ReadTurn<'_>, k: usize) -> bool {
    let classes = turn.classes(k);
    if classes.any(Classes::STOP)
        || !turn.is_word(k)
        || turn.is_letter(k)
        || is_adjective(turn.word(k))
    {
        return false;
    }
    let unlisted = standing(classes) == Standing::Unlisted && turn.word(k).len() >= LONG_ENOUGH;
    let listed = unlisted
        || standing(classes) == Standing::Name
        || standing(classes) == Standing::Rare
        || (classes.town_size() >= 1 && classes.commonness() == 0);
    listed || (turn.is_proper(k) && !turn.is_all_capitals(k) && !classes.any(Classes::CLINICAL))
}
