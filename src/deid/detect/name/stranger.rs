//! Names that are in no list, or words that people are called by too, by what is said
//! of a person alone: who signed, who is on leave, who is asked for, whose spelling is
//! told.

mod acts;
mod shown;
mod sought;
mod trade;

use std::ops::Range;

use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, words};

use super::cue::Slot;
use super::reach::name_end;
use super::slot::{has_ending, is_auxiliary};
use super::standing::{Standing, standing};
use super::told::OTHER;
pub(super) use acts::is_word_relative;
use acts::{does, is_asked_after, is_doer, is_it, is_on_leave, is_relative_who, would};
use shown::{is_honoured, is_pair, is_read_back, is_spelled_with, is_titled};
use sought::{
    is_asked_for, is_by_role, is_covered_for, is_handed, is_identified, is_near, is_of_family,
    is_reached,
};
use trade::is_of_trade;

/// Fewest letters of a word in no list.
const UNLISTED: usize = 4;

/// How common a word is at most that people are called by too.
const SELDOM: u32 = 6;

/// How common a word is at most that is a name where people do something.
const FEW: u32 = 3;

/// The name that begins at token `i`, and the rule that says so.
pub(super) fn name_at(turn: &ReadTurn<'_>, i: usize) -> Option<(Range<usize>, &'static str)> {
    if turn.is_letter(i) {
        return None;
    }
    if is_word_relative(turn, i) {
        return Some((i..i + 1, "kinship"));
    }
    let strange = is_strange(turn, i);
    let called = !strange && is_called(turn, i);
    if !strange && !called {
        // Of a nickname few letters are left.
        let short = turn.classes(i).is_unlisted() && turn.word(i).len() == UNLISTED - 1;
        let asked = short && turn.is_word(i) && is_asked_for(turn, i);
        return asked.then_some((i..i + 1, "mentioned"));
    }
    let seldom = called && turn.classes(i).commonness() <= FEW;
    let rule = if is_on_leave(turn, i) {
        "owner"
    } else if is_spelled_with(turn, i) {
        "likened"
    } else if is_asked_for(turn, i)
        || is_covered_for(turn, i)
        || is_handed(turn, i)
        || is_identified(turn, i)
        || is_by_role(turn, i)
        || strange
            && (is_near(turn, i)
                || is_reached(turn, i)
                || is_of_family(turn, i)
                || is_of_trade(turn, i))
    {
        "mentioned"
    } else if strange && (is_asked_after(turn, i) || is_it(turn, i) || is_doer(turn, i)) {
        "asked-about"
    } else if strange && is_read_back(turn, i) {
        "read-back"
    } else if strange && is_pair(turn, i) {
        return Some((i..i + 2, "pair"));
    } else if (strange || seldom) && does(turn, i)
        || strange && (is_relative_who(turn, i) || would(turn, i))
    {
        "subject"
    } else if strange && (is_titled(turn, i) || is_honoured(turn, i)) {
        "title"
    } else {
        return None;
    };
    Some((i..name_end(turn, i, Slot::Medium), rule))
}

/// Whether token `i` is no word and no thing that is known.
fn is_strange(turn: &ReadTurn<'_>, i: usize) -> bool {
    let strange = match standing(turn.classes(i)) {
        Standing::Rare => true,
        Standing::Unlisted => {
            let word = turn.word(i);
            let possessive = turn.classes(i).any(Classes::POSSESSIVE);
            word.len() >= UNLISTED
                && !has_ending(word)
                && (possessive || !word.contains(['\'', '’']))
        }
        _ => false,
    };
    strange && turn.is_word(i) && !turn.is_all_capitals(i)
}

/// Whether people are called as token `i` is, a word though it be.
fn is_called(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NOT: Classes = OTHER
        .with(Classes::STOP)
        .with(Classes::KIN)
        .with(Classes::TITLE)
        .with(Classes::CLINICAL);
    let classes = turn.classes(i);
    classes.given() >= 2
        && !classes.any(NOT)
        && !is_auxiliary(turn.word(i))
        && (classes.commonness() <= SELDOM || classes.given() >= 3 || turn.is_proper(i))
}

/// What stands before a thing, and before no name.
const OF_THINGS: Words = words![
    "a", "an", "any", "another", "each", "every", "her", "his", "my", "no", "our", "some", "that",
    "the", "their", "this", "your",
];

fn follows_article(turn: &ReadTurn<'_>, i: usize) -> bool {
    i > 0 && OF_THINGS.has(turn.key(i - 1))
}

#[cfg(test)]
mod tests {
    use crate::deid::detect::name::tests::check_line as check;

    #[test]
    fn who_does_as_people_do_is_one() {
        check("on mondays zolvani teaches us", &["zolvani"]);
        check("zolvani reckons it's the pump", &["zolvani"]);
        check("her nephew zolvani keeps the keys", &["zolvani"]);
        check("my cousin fandango he knows", &["fandango"]);
        check("her uncle haglund taught me", &["haglund"]);
        check("your yard boy mercy he digs", &["mercy"]);
        check("the milkman zolvani has keys", &["zolvani"]);
        check("your organist okonta lund came", &["okonta lund"]);
        check("that is pronounced zolvani mind you", &["zolvani"]);
        check("faith's on lunch", &["faith"]);
        check("penny is on leave until may", &["penny"]);
        check("i am covering faith until noon", &["faith"]);
        check("i'm filling in for zolvani today", &["zolvani"]);
        check("i handed it to fern at the counter", &["fern"]);
        check("ask for zolvani at gate two", &["zolvani"]);
        check("that's zolvani with a z", &["zolvani"]);
        check("then chief zolvani spoke", &["zolvani"]);
        check("zolvani bhaiya knows the road", &["zolvani"]);
        check("call and ask for zol at noon", &["zol"]);
        check("okay mick promised us two", &["mick"]);
        check("the pills are from ivy the vet", &["ivy"]);
        check("i saw zolvani the new registrar", &["zolvani"]);
        check("my boy zolvani and his dog", &["zolvani"]);
        check("ifeoma could tell you", &["ifeoma"]);
        check("is zolvani around today", &["zolvani"]);
        check("has zolvani left yet", &["zolvani"]);
        check("i think it was zolvani i spoke with", &["zolvani"]);
        check("signed for by zolvani apparently", &["zolvani"]);
        check("a: i'll pass you over to zolvani", &["zolvani"]);
        check("you need my accountant zolvani about that", &["zolvani"]);
        check("zolvani's van broke down", &["zolvani"]);
        check("with somebody called zolvani earlier", &["zolvani"]);
        check("you may see birdie that's my aunt", &["birdie"]);
        check("see if zolvani next door has it", &["zolvani"]);
        check("we phoned zolvani about it", &["zolvani"]);
        check("the lindquist twins are here", &["lindquist"]);
        check("a: i heard zolvani is that correct", &["zolvani"]);
        check(
            "the tenant is zolvani ostermark and two cats",
            &["zolvani ostermark"],
        );
    }

    #[test]
    fn what_does_not_is_none() {
        for text in [
            "my sister pregnant she told me",
            "my mom hope she gets well",
            "my wife upstairs she fell",
            "the driver allways late",
            "my husbnd said no",
            "the zolvani said no",
            "i hope is on the way",
            "the plan covering grace period fees",
            "vitamin with a d",
            "i gave it to charity in may",
            "ask for help if you can",
            "the chief complaint is pain",
            "my son vomitted twice",
            "it says eror again",
            "my phone stoped and i rang again",
            "the wifii discharge",
            "there is stomch ache",
        ] {
            check(text, &[]);
        }
    }
}
