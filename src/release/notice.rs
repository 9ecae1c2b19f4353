//! The words that go out with every release.

use super::Reviewed;

/// What the manifest attests.
pub(super) const ATTESTATION: &str = "Produced by a Safe Harbor process \
(45 CFR 164.514(b)(2)). Such a process can miss an identifier: treat what you \
find as if it could still name someone.";

/// What a person states before anything goes out, in the covered entity's name.
pub const NO_ACTUAL_KNOWLEDGE: &str = "On behalf of the covered entity I state \
that it has no actual knowledge that what remains in the releases made while \
this statement is in force could be used, alone or with other information, to \
identify a person who is a subject of it (45 CFR 164.514(b)(2)(ii)).";

/// The condition that nobody is to be re-identified, and what was done before
/// the release to see whether anyone could be.
pub(super) fn notice(reviewed: Option<&Reviewed>) -> String {
    match reviewed {
        None => NOTICE.to_owned(),
        Some(reviewed) => format!("{NOTICE}{}", read_before(reviewed)),
    }
}

fn read_before(reviewed: &Reviewed) -> String {
    let Reviewed {
        conversations, of, ..
    } = reviewed;
    let people = match reviewed.reviewers {
        1 => String::from("one person"),
        n => format!("{n} people"),
    };
    let before = match reviewed.leaks {
        0 => String::new(),
        n => format!(
            " In samples drawn before it they had seen something in {n}, which are held back."
        ),
    };
    format!(
        "\n## What was read before the release\n\n\
         {conversations} of {of} conversations, drawn by chance, were read by {people}, who saw \
         nothing in them that may identify someone.{before} With 95 % confidence they would have \
         seen something in fewer than {:.2} % of the conversations (Clopper and Pearson's bound \
         of none in {conversations}); what they overlook is not in that figure.\n",
        100.0 * reviewed.upper_95()
    )
}

const NOTICE: &str = "\
# Notice to whoever uses this data

These files were produced by a Safe Harbor process (45 CFR 164.514(b)(2)): names, dates, \
places, numbers and the other identifiers that the rule lists were looked for in every \
conversation and replaced. No such process is perfect, and an identifier may remain.

By using these files you agree to the following.

1. Do not try to find out who anybody in them is, and do not contact anyone whom you \
believe you have recognised.
2. Do not link them with other data in a way that could identify a person, a household, \
an employer or a clinic.
3. If you come upon something that may identify someone, do not use, copy or pass it on. \
Report the `conversation_id` and the position in the conversation, not the text, to \
whoever gave you these files, so that it can be removed.
4. Pass these files on only to people who have agreed to the same, and never without \
this notice.
5. Delete a release, and what you made of its text, when you are told that it was \
withdrawn, or find `withdrawn.json` where its manifest was.
";
