//! Where what somebody tells ends.

use super::atom::Line;

/// Whether a value may end before atom `i`: the turn ends there, a mark stands
/// there, or what people say once a value is told.
pub(super) fn closes(line: &Line, i: usize) -> bool {
    let word = line.word(i);
    i >= line.atoms.len()
        || line.mark(i).is_some()
        || word == "is" && line.word(i + 1 + usize::from(line.is_filler(i + 1))) == "that"
        || word == "one" && is_moment(line.word(i + 1))
        || matches!(
            word,
            "okay"
                | "ok"
                | "correct"
                | "right"
                | "thank"
                | "thanks"
                | "got"
                | "let"
                | "i'm"
                | "great"
                | "perfect"
                | "did"
                | "bear"
                | "alright"
        )
}

/// [`closes`], or a hesitation or a correction stands at `i`: `[ID_1] vw no
/// wait`, `[ID_1] vw if you need it`.
pub(super) fn breaks_off(line: &Line, i: usize) -> bool {
    closes(line, i)
        || line.is_filler(i)
        || line.word(i) == "you" && line.word(i + 1) == "know"
        || line.word(i) == "i" && matches!(line.word(i + 1), "hope" | "mean" | "think")
        || matches!(
            line.word(i),
            "sorry" | "wait" | "hang" | "if" | "no" | "oh" | "as" | "scratch" | "actually"
        )
}

pub(super) fn is_moment(word: &str) -> bool {
    matches!(word, "moment" | "second" | "sec" | "minute")
}
