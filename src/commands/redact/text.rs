//! Plain text as a conversation: each line is a turn, and a speaker's word
//! before a colon says whose.

use crate::deid::CleanConversation;
use crate::domain::{Phi, RawConversation, RawTurn, Role};

use super::record::conversation;

/// What of a line is not said: kept as it is.
#[derive(Debug, PartialEq, Eq)]
struct Frame<'a> {
    /// `Agent: `, or nothing.
    speaker: &'a str,
    /// `\n`, `\r\n`, or nothing at the end.
    ending: &'a str,
}

/// A text file, read.
#[derive(Debug)]
pub(super) struct Page<'a> {
    frames: Vec<Frame<'a>>,
    /// One turn a line.
    pub(super) conversation: RawConversation,
}

impl<'a> Page<'a> {
    /// Cuts `text` into lines.
    pub(super) fn read(text: &'a str) -> Self {
        let (frames, turns) = text.split_inclusive('\n').map(read_line).unzip();
        Self {
            frames,
            conversation: conversation(turns),
        }
    }

    /// The same lines with what `clean` says in place of what was said.
    pub(super) fn write(&self, clean: &CleanConversation) -> String {
        let mut out = String::new();
        for (frame, turn) in self.frames.iter().zip(&clean.turns) {
            out.push_str(frame.speaker);
            out.push_str(turn.text.as_str());
            out.push_str(frame.ending);
        }
        out
    }
}

fn read_line(line: &str) -> (Frame<'_>, RawTurn) {
    let body = line.trim_end_matches(['\n', '\r']);
    let ending = &line[body.len()..];
    let (speaker, role) = speaker_of(body).unwrap_or(("", Role::Other));
    let turn = RawTurn {
        role,
        text: Phi::new(body[speaker.len()..].to_owned()),
        ..RawTurn::default()
    };
    (Frame { speaker, ending }, turn)
}

/// `Agent: `, `speaker 2: ` at the start of `line`. A word that is not in the
/// closed list of roles may be a name, so it is part of what is said.
fn speaker_of(line: &str) -> Option<(&str, Role)> {
    let colon = line.find(':').filter(|at| *at <= 32)?;
    let label = line[..colon]
        .trim()
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let role = Role::named(label.trim_end())?;
    let after = &line[colon + 1..];
    let space = after.len() - after.trim_start_matches([' ', '\t']).len();
    Some((&line[..colon + 1 + space], role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, speaker: &str, said: &str, role: Role) {
        let (frame, turn) = read_line(line);
        assert_eq!(frame.speaker, speaker);
        assert_eq!(turn.text.expose(), said);
        assert_eq!(turn.role, role);
    }

    #[test]
    fn speakers_of_the_closed_list_are_not_said() {
        check(
            "Agent: good morning\n",
            "Agent: ",
            "good morning",
            Role::Agent,
        );
        check("speaker 2:\thi\r\n", "speaker 2:\t", "hi", Role::Other);
        check("CALLER : yes", "CALLER : ", "yes", Role::User);
        check("Ada Lovell: hi", "", "Ada Lovell: hi", Role::Other);
        check("at 10:30 sharp", "", "at 10:30 sharp", Role::Other);
        check("", "", "", Role::Other);
    }
}
