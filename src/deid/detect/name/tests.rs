//! Names in the ways people say them; every example is invented.

use super::*;
use crate::deid::document::Document;
use crate::deid::lexicon::tests::LEXICON;
use crate::domain::{Channel, ConversationRef, Phi, RawConversation, RawTurn, Role, TenantId};

/// A conversation of agent (`a:`) and user turns.
pub(crate) fn conversation(lines: &[&str]) -> RawConversation {
    let turn = |line: &&str| {
        let (role, text) = match line.strip_prefix("a: ") {
            Some(text) => (Role::Agent, text),
            None => (Role::User, *line),
        };
        RawTurn {
            role,
            text: Phi::new(text.to_owned()),
            ..RawTurn::default()
        }
    };
    RawConversation {
        tenant: TenantId::parse("clinic").expect("a tenant id"),
        conversation: ConversationRef::new("c1"),
        channel: Channel::Voice,
        language: None,
        year: None,
        turns: lines.iter().map(turn).collect(),
        known: Vec::new(),
        attributes: std::collections::BTreeMap::new(),
        provenance: Default::default(),
        incomplete: false,
    }
}

/// What is masked as a person: the union of findings of the last turn.
fn masked(lines: &[&str]) -> Vec<String> {
    let conversation = conversation(lines);
    let document = Document::new(&conversation);
    let mut out = Vec::new();
    NameDetector::new().detect(&Reading::new(&document, &LEXICON), &mut out);
    let last = lines.len() - 1;
    let mut spans: Vec<Range<usize>> = out
        .iter()
        .filter(|f| f.turn == last && f.category == Category::Person)
        .map(|f| f.span.clone())
        .collect();
    spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut union: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match union.last_mut() {
            Some(previous) if span.start < previous.end => {
                previous.end = previous.end.max(span.end)
            }
            _ => union.push(span),
        }
    }
    let text = document.turns[last].text;
    union
        .into_iter()
        .map(|span| text[span].to_owned())
        .collect()
}

#[track_caller]
pub(super) fn check(lines: &[&str], expected: &[&str]) {
    assert_eq!(masked(lines), expected, "{lines:?}");
}

/// The same, of one line.
#[track_caller]
pub(super) fn check_line(text: &str, expected: &[&str]) {
    check(&[text], expected);
}

#[test]
fn names_in_forms_end_with_their_line() {
    check(&["Name: Odra Quill\nReason: cough"], &["Odra Quill"]);
    check(&["Name: Odra Quill\nD.O.B: none"], &["Odra Quill"]);
}

#[test]
fn whose_somebody_is_needs_no_apostrophe() {
    check(&["hi im harpers mom"], &["harpers"]);
    check(&["this is jackson's mum"], &["jackson"]);
    check(&["can mercy do the blood draw"], &["mercy"]);
    check(&["ok barb says it is worse"], &["barb"]);
    check(&["ok barb will drive me"], &["barb"]);
    check(
        &["she has three kids kevin, brandon and king"],
        &["kevin", "brandon", "king"],
    );
    check(&["the bill says 40 and parkinson's carer"], &[]);
    check(&["thank you odette x"], &["odette"]);
}

#[test]
fn agents_introduce_themselves() {
    check(&["a: yes, this um is sunny with everline"], &["sunny"]);
    check(&["a: i'm may from the lab"], &["may"]);
    check(&["a: i'm quellidor with everline"], &["quellidor"]);
    check(
        &["a: and quellidor is your daughter, right?"],
        &["quellidor"],
    );
    check(&["a: doctor day will see you"], &["day"]);
    check(&["a: this you know is rose from billing"], &["rose"]);
    check(&["a: this is art how may i help"], &["art"]);
    check(&["a: i'm art from billing"], &["art"]);
    check(
        &["hello, is this zelvath quirrelmo?"],
        &["zelvath quirrelmo"],
    );
    check(
        &["a: i see an account for zelvath quirrelmo, right?"],
        &["zelvath quirrelmo"],
    );
    check(&["a: who will be home", "will"], &["will"]);
    for answer in [
        "tamarisk like the tree",
        "tamarisk, as in the shrub",
        "it's tamarisk like a tree",
    ] {
        check(&["a: last name please", answer], &["tamarisk"]);
    }
    check(
        &["a: last name please", "it looks like the rain stopped"],
        &[],
    );
    check(&["a: nurse line this is a recording"], &[]);
    check(&["a: there's an account for business"], &[]);
    check(&["a: i'm done with that"], &[]);
    check(&["i'm may from the lab"], &[]);
    check(&["Signed with my initials, AS."], &["AS"]);
}

#[test]
fn answers_that_are_a_word_alone() {
    check(&["a: surname?", "childs"], &["childs"]);
    check(&["a: surname please", "childs."], &["childs"]);
    check(&["a: name and unit", "fitz"], &["fitz"]);
    check(
        &["a: what's the patient's name", "mo farouk"],
        &["mo farouk"],
    );
    check(&["a: what's his name", "uh mo farouk"], &["mo farouk"]);
    check(&["a: surname please", "what"], &[]);
    check(&["a: surname please", "hold please"], &[]);
    check(&["a: the name is wrong", "friday"], &[]);
}

#[test]
fn introductions() {
    check(
        &["my name is tobias ferrante and i need a refill"],
        &["tobias ferrante"],
    );
    check(&["hi this is grace calling about my test"], &["grace"]);
    check(
        &["My name's Zorblat Quenneville."],
        &["Zorblat Quenneville"],
    );
    check(
        &["last name is young first name is hope"],
        &["young", "hope"],
    );
    check(&["you can call me art"], &["art"]);
    check(&["i'm rosalind k. achebe"], &["rosalind k. achebe"]);
    check(&["my name is mary-kate o'leary"], &["mary-kate o'leary"]);
    check(&["name fenwicka and phone 2"], &["fenwicka"]);
}

#[test]
fn greetings_and_addresses() {
    check(&["hi ottilie . how are you ?"], &["ottilie"]);
    check(&["thanks, Grace."], &["Grace"]);
    check(&["good morning mark how are you"], &["mark"]);
    check(&["so , mark , what brings you in"], &["mark"]);
    check(&["rose is a 61 year old female"], &["rose"]);
}

#[test]
fn titles_and_kinship() {
    check(&["i saw dr. brown on the stairs"], &["brown"]);
    check(&["mrs long is here"], &["long"]);
    check(&["doctor patel's office"], &["patel"]);
    check(&["my husband bob drove"], &["bob"]);
    check(&["my daughter's name is isla"], &["isla"]);
}

#[test]
fn persons_described_and_asked_for() {
    check(
        &["a sixty year old man odhran quirrelmo with pain"],
        &["odhran quirrelmo"],
    );
    check(&["a 40 year old woman smoker with pain"], &[]);
    check(&["a: how old is marigold"], &["marigold"]);
    check(&["how old is the house"], &[]);
    check(&["a: hello is this hope"], &["hope"]);
    check(&["is this normal"], &[]);
    check(&["we named her marigold"], &["marigold"]);
    check(&["my toddler kit ate some"], &["kit"]);
    check(&["i'm at my sister's place"], &[]);
    check(&["with miss tansy at school"], &["tansy"]);
    check(&["good morning . you miss hill ?"], &["hill"]);
    check(&["did you miss work ?"], &[]);
    check(&["i miss tansy tea"], &[]);
    check(&["take asa 81 daily"], &[]);
    check(&["on the okafor-lindqvist side"], &["okafor-lindqvist"]);
    check(&["hawthorne comma birdie"], &["hawthorne comma birdie"]);
}

#[test]
fn answers_to_a_request() {
    check(
        &["a: may i have your name please", "yes it's hope young"],
        &["hope young"],
    );
    check(
        &["a: what is your full name?", "sure", "a: mm-hmm", "mark"],
        &["mark"],
    );
    check(
        &["a: last name", "snow", "a: and the first", "winter"],
        &["winter"],
    );
    check(&["a: what do you go by", "ocean"], &["ocean"]);
    check(&["a: what comes first", "winter"], &[]);
    check(
        &["a: mother's maiden name", "lindqvist-bell"],
        &["lindqvist-bell"],
    );
    check(
        &["a: can you spell your last name", "quillfeather , thanks"],
        &["quillfeather"],
    );
    check(
        &[
            "a: what is the name of the medication",
            "i think hope is not lost",
        ],
        &[],
    );
}

#[test]
fn arguments_of_tool_calls() {
    check(
        &[r#"{"patient_name": "quellan fyfe", "reason": "refill"}"#],
        &["quellan fyfe"],
    );
}

#[test]
fn greetings_of_names_outside_every_list() {
    check(&["hi xanthorra how are you"], &["xanthorra"]);
    check(&["my husband qworlo , he drove"], &["qworlo"]);
    check(&["ok alot of pain"], &[]);
}

#[test]
fn spelled_names() {
    check(&["it's j o h n"], &["j o h n"]);
    check(&["that is spelled Q-U-I-L-L"], &["Q-U-I-L-L"]);
    check(&["he has C O P D and a d h d"], &[]);
    check(&["well i i i i don't know"], &[]);
}

#[test]
fn bare_and_form_like_names() {
    check(&["maybe ask yolanda tomorrow"], &["yolanda"]);
    check(&["deshawn okafor 4417"], &["deshawn okafor"]);
    check(&["nguyen and ssn 1234"], &["nguyen"]);
    check(&["We met April at the gate"], &[]);
}

#[test]
fn what_is_no_name() {
    for text in [
        "i have parkinson's disease and take metformin",
        "the nurse will be in , you may go",
        "i hope the mark on my arm will fade",
        "they put a foley in and a holter monitor on",
        "crohn's runs in the family",
        "it happened in may or in march",
        "i miss my old job a long way from here",
        "the brand name is lipitor",
        "a rose garden and a bill i paid",
        "i ride coach class and took coach seats",
        "positive babinski sign with a huntington disease history",
        "it's blue and it's cold",
        "she takes tylenol and ibuprofen for it",
    ] {
        check(&[text], &[]);
    }
}

#[test]
fn a_possessive_stays_outside_the_finding() {
    check(&["hi that is michael's knee"], &["michael"]);
}

proptest::proptest! {
    #[test]
    fn findings_lie_on_character_boundaries(text in "\\PC{0,60}") {
        let conversation = conversation(&[&text]);
        let document = Document::new(&conversation);
        let mut out = Vec::new();
        NameDetector::new().detect(&Reading::new(&document, &LEXICON), &mut out);
        for finding in out {
            let text = document.turns[finding.turn].text;
            proptest::prop_assert!(text.get(finding.span.clone()).is_some_and(|s| !s.is_empty()));
        }
    }
}

#[test]
fn initials_are_announced() {
    check(&["my initials are j k okay"], &["j k"]);
    check(&["Signed with initials, QK"], &["QK"]);
    check(&["your initials on the form and i sign"], &[]);
}

#[test]
fn surnames_that_are_words_and_joined_ones() {
    check(&["hi this is nora english i'm calling"], &["nora english"]);
    check(&["nora english lessons help"], &["nora"]);
    check(&["thank you doctor day"], &["day"]);
    check(&["a: is zudra also living with you"], &["zudra"]);
    check(&["a: is that also living with you"], &[]);
}

#[test]
fn titles_and_talk_tell_names_that_are_words() {
    check(&["a: my pleasure, Mrs. Plum"], &["Plum"]);
    check(&["a: you're welcome ms . plum ."], &["plum"]);
    check(&["ms has been hard on her"], &[]);
    check(&["a: you're chatting with drew how can i help"], &["drew"]);
    check(&["am i speaking with will short?"], &["will short"]);
    check(&["are you speaking to much about it"], &[]);
    check(&["my son art is here"], &["art"]);
    check(&["a: so drew what brings you in"], &["drew"]);
    check(&["so long what a day"], &[]);
    check(&["yeah hi my name's odra"], &["odra"]);
}

#[test]
fn who_is_told_or_asked_is_a_person() {
    check(&["let sunny know i called"], &["sunny"]);
    check(&["tell kestrelle that we moved"], &["kestrelle"]);
    check(&["okay will fern be able to drive"], &["fern"]);
    check(&["have hope call me back"], &["hope"]);
    for kept in [
        "let reception know",
        "tell billing that it came",
        "will insurance need a form",
        "ask the page to load",
        "we may have rest come later",
    ] {
        check(&[kept], &[]);
    }
}

#[test]
fn several_persons_are_named_at_once() {
    check(
        &["my kids destiny and king were there"],
        &["destiny", "king"],
    );
    check(&["the twins are rose and ivy"], &["rose", "ivy"]);
    check(&["is that michael or grace"], &["michael", "grace"]);
    check(&["my kids eat and sleep"], &[]);
    check(&["grace and mercy to you"], &[]);
}

#[test]
fn relatives_are_named_whatever_follows() {
    check(&["my sister beryl in leeds"], &["beryl"]);
    check(&["my partner quillan's at work"], &["quillan"]);
    check(&["his mother in law rosemary had it"], &["rosemary"]);
    check(&["i rang my nan about it"], &[]);
}

#[test]
fn names_that_are_verbs_of_grammar() {
    check(&["just me will has terrible credit"], &["will"]);
    check(&["the will has to be read"], &[]);
    check(&["that is dr may the tall one"], &["may"]);
    check(&["the doctor may can help"], &[]);
    check(&["a: last name", "day"], &["day"]);
    check(&["a: last name", "good"], &[]);
}

#[test]
fn whoever_is_presented_or_greets() {
    check(&["aye this is dot she does the talking"], &["dot"]);
    check(&["this is deb the nurse"], &["deb"]);
    check(&["hi it's sunny i'm booked at four"], &["sunny"]);
    check(&["it's sunny i'm going out"], &[]);
    check(&["a guy called smithy"], &["smithy"]);
    check(&["a: your name please", "nothanks"], &[]);
}

#[test]
fn names_that_are_told_apart_by_what_is_asked() {
    check(&["will quillan come too"], &["quillan"]);
    check(&["is storm a man"], &["storm"]);
    check(&["sorrel as in the horse colour"], &["sorrel"]);
    check(&["a: what's baby's name", "legend"], &["legend"]);
    check(&["this is marge over at the home"], &["marge"]);
    check(&["my cousin struanne yes"], &["struanne"]);
    for kept in [
        "his brother invitied us",
        "is lasix a steroid",
        "last name as in the form",
    ] {
        check(&[kept], &[]);
    }
}

#[test]
fn results_are_told_of_tests_and_of_persons() {
    check(&["ian negative for flu"], &["ian"]);
    check(&["and kim positive for strep"], &["kim"]);
    check(&["the ana negative today"], &[]);
}

#[test]
fn titles_orders_and_initials_belong_to_names() {
    check(&["a man called bishop at work"], &["bishop"]);
    check(&["call me doctor please"], &[]);
    check(&["michael lund the third"], &["michael lund the third"]);
    check(&["michael lund the third time"], &["michael lund"]);
    check(&["It was Maria A. who came"], &["Maria A"]);
    check(&["I'm Maria Guy."], &["Maria Guy"]);
    check(&["i think his names sorrel"], &["sorrel"]);
}

#[test]
fn families_and_relatives_are_named_by_words() {
    check(&["the lunds next door"], &["lunds"]);
    check(&["in granny fern's yard"], &["fern"]);
    check(&["hi grandma hope you are well"], &[]);
    check(&["your nani cooks"], &[]);
    check(&["my sisters sunniva and zolvani"], &["sunniva", "zolvani"]);
    check(&["Bring it to Grace and Mark."], &["Grace", "Mark"]);
}
