//! Words → turns: words of one speaker that follow each other are one turn.

use super::spec::Join;
use crate::domain::RawTurn;

/// The words of a turn that is not said to its end.
#[derive(Debug)]
pub(crate) struct Run {
    by: Option<String>,
    turn: RawTurn,
    text: String,
    /// Sum and number of the words' confidences.
    confidence: (f32, u32),
}

impl Run {
    /// Adds `word`, of which `turn` tells all but the text, to the `open` run;
    /// or begins another, and gives back the one that it ends. A word that is
    /// nobody's is the last speaker's.
    pub(crate) fn take(
        open: Option<Self>,
        join: &Join,
        by: Option<String>,
        glued: bool,
        word: String,
        turn: RawTurn,
    ) -> (Self, Option<Self>) {
        match open {
            Some(mut run) if glued || run.goes_on(join, by.as_deref(), &turn) => {
                run.add(glued, &word, &turn);
                (run, None)
            }
            ended => (Self::begin(by, word, turn), ended),
        }
    }

    fn begin(by: Option<String>, word: String, turn: RawTurn) -> Self {
        let confidence = turn.confidence.map_or((0.0, 0), |value| (value, 1));
        Self {
            by,
            turn,
            text: word,
            confidence,
        }
    }

    fn goes_on(&self, join: &Join, by: Option<&str>, next: &RawTurn) -> bool {
        let same = by.is_none() || by == self.by.as_deref();
        let ended = self.turn.end_ms.or(self.turn.start_ms);
        let silence = next.start_ms.zip(ended).map(|(next, ended)| next - ended);
        let paused = join.pause_ms.zip(silence).is_some_and(|(p, s)| s >= p);
        same && !paused
    }

    fn add(&mut self, glued: bool, word: &str, next: &RawTurn) {
        if !glued {
            self.text.push(' ');
        }
        self.text.push_str(word);
        self.turn.end_ms = next.end_ms.or(self.turn.end_ms);
        if let Some(value) = next.confidence.filter(|_| !glued) {
            self.confidence.0 += value;
            self.confidence.1 += 1;
        }
    }

    /// The turn and its text; its confidence is the mean of its words'.
    pub(crate) fn finish(self) -> (RawTurn, String) {
        let (sum, words) = self.confidence;
        let confidence = (words > 0).then(|| sum / words as f32);
        let turn = RawTurn {
            confidence,
            ..self.turn
        };
        (turn, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words as speaker, text, start and end; punctuation is glued.
    fn check(words: &[(Option<&str>, &str, i64, i64)], expected: &[(&str, i64, i64)]) {
        let join = Join {
            by: Vec::new(),
            glue: Vec::new(),
            pause_ms: Some(1000),
        };
        let (mut open, mut said) = (None, Vec::new());
        for (by, word, start, end) in words {
            let glued = *word == ".";
            let turn = RawTurn {
                start_ms: (!glued).then_some(*start),
                end_ms: (!glued).then_some(*end),
                ..RawTurn::default()
            };
            let by = by.map(str::to_owned);
            let (run, ended) = Run::take(open, &join, by, glued, (*word).to_owned(), turn);
            said.extend(ended);
            open = Some(run);
        }
        said.extend(open);
        let said: Vec<_> = said.into_iter().map(Run::finish).collect();
        let seen: Vec<_> = said
            .iter()
            .map(|(turn, text)| (text.as_str(), turn.start_ms, turn.end_ms))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(text, start, end)| (*text, Some(*start), Some(*end)))
            .collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn words_of_one_speaker_are_one_turn() {
        let (a, b) = (Some("a"), Some("b"));
        check(
            &[
                (a, "good", 0, 200),
                (a, "day", 250, 400),
                (None, ".", 0, 0),
                (b, "hello", 500, 700),
                (None, "there", 750, 900),
                (a, "yes", 950, 990),
            ],
            &[
                ("good day.", 0, 400),
                ("hello there", 500, 900),
                ("yes", 950, 990),
            ],
        );
    }

    #[test]
    fn a_silence_begins_a_turn() {
        check(
            &[
                (None, "one", 0, 200),
                (None, "two", 1199, 1300),
                (None, ".", 0, 0),
                (None, "three", 2300, 2500),
            ],
            &[("one two.", 0, 1300), ("three", 2300, 2500)],
        );
    }

    #[test]
    fn confidence_is_the_mean_of_the_words() {
        let turn = |confidence| RawTurn {
            confidence,
            ..RawTurn::default()
        };
        let join = Join {
            by: Vec::new(),
            glue: Vec::new(),
            pause_ms: None,
        };
        let mut open = None;
        for (glued, value) in [
            (false, Some(0.5)),
            (true, Some(0.0)),
            (false, Some(1.0)),
            (false, None),
        ] {
            let (run, _) = Run::take(open, &join, None, glued, "w".to_owned(), turn(value));
            open = Some(run);
        }
        let mean = open.map(|run| run.finish().0.confidence);
        assert_eq!(mean, Some(Some(0.75)));
    }
}
