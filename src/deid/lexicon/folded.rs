//! Letters without their marks: lists hold names as English writes them.

/// Most bytes of a word that is looked up without its marks.
const LONGEST: usize = 64;

/// `word` without the marks on its letters, where it has some: `padraig` of `pádraig`.
pub(super) fn folded(word: &str) -> Option<String> {
    if word.is_ascii() || word.len() > LONGEST {
        return None;
    }
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars() {
        match letter {
            'à'..='å' | 'À'..='Å' | 'ā' | 'ă' | 'ą' => plain.push('a'),
            'ç' | 'Ç' | 'ć' | 'č' | 'Č' => plain.push('c'),
            'ď' | 'đ' | 'Đ' | 'ð' => plain.push('d'),
            'è'..='ë' | 'È'..='Ë' | 'ē' | 'ė' | 'ę' | 'ě' => plain.push('e'),
            'ğ' => plain.push('g'),
            'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'į' | 'ı' | 'İ' => plain.push('i'),
            'ł' | 'Ł' | 'ľ' => plain.push('l'),
            'ñ' | 'Ñ' | 'ń' | 'ň' => plain.push('n'),
            'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' | 'ō' | 'ő' => plain.push('o'),
            'ř' => plain.push('r'),
            'ś' | 'Ś' | 'ş' | 'Ş' | 'š' | 'Š' | 'ș' => plain.push('s'),
            'ť' | 'ţ' | 'ț' => plain.push('t'),
            'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'ů' | 'ű' => plain.push('u'),
            'ý' | 'ÿ' | 'Ý' => plain.push('y'),
            'ź' | 'ż' | 'ž' | 'Ż' | 'Ž' => plain.push('z'),
            'æ' | 'Æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ß' => plain.push_str("ss"),
            'þ' | 'Þ' => plain.push_str("th"),
            other => plain.push(other),
        }
    }
    plain.is_ascii().then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::lexicon::tests::LEXICON;

    #[test]
    fn names_are_known_with_their_marks() {
        assert_eq!(folded("pádraig").as_deref(), Some("padraig"));
        assert_eq!(folded("odra"), None);
        assert_eq!(folded("мария"), None);
        assert_eq!(LEXICON.get("Zoë"), LEXICON.get("zoe"));
        assert!(LEXICON.get("josé's").given() > 3);
    }
}
