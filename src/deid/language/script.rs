//! Scripts: what letters a text is written in.

/// Whether `text` has two letters, or one inside a Latin word, of a script
/// that the engine does not read. Greek letters by ones and twos are symbols
/// (`β`, `μg`).
pub(super) fn has_other_script(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let mut found = 0;
    let mut greek = 0;
    let mut before = Script::None;
    for c in text.chars() {
        let script = script_of(c);
        greek = if script == Script::Greek {
            greek + 1
        } else {
            0
        };
        let joined = (before, script) == (Script::Latin, Script::Other)
            || (before, script) == (Script::Other, Script::Latin);
        found += i32::from(script == Script::Other) + i32::from(joined);
        if found >= 2 || greek >= 3 {
            return true;
        }
        before = script;
    }
    false
}

/// What a character is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    /// No letter.
    None,
    Latin,
    Greek,
    Other,
}

fn script_of(c: char) -> Script {
    match c {
        _ if !c.is_alphabetic() => Script::None,
        _ if is_latin(c) => Script::Latin,
        _ if is_greek(c) => Script::Greek,
        _ => Script::Other,
    }
}

const fn is_latin(c: char) -> bool {
    matches!(c,
        'a'..='z' | 'A'..='Z' | '\u{aa}'..='\u{2ff}' | '\u{1d00}'..='\u{1dbf}'
        | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}')
}

const fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_of_another_script_or_one_inside_a_word_tell_it() {
        for text in ["\u{410}nna", "да", "Πονάει", "我從"] {
            assert!(has_other_script(text), "{text}");
        }
        for text in ["", "anna", "José", "5 μg", "α and β", "я"] {
            assert!(!has_other_script(text), "{text}");
        }
    }
}
