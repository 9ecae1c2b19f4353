//! Letters without their marks: lists hold names as English writes them.

/// Most bytes of a word that is looked up without its marks.
const LONGEST: usize = 64;

/// `word` without the marks on its letters, where it has some: `sinead` of `sinéad`.
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

/// `word` as America spells it, where Britain writes two vowels for one: `hemolysis` of
/// `haemolysis`.
pub(super) fn american(word: &str) -> Option<String> {
    const SHORTEST: usize = 7;
    if word.len() < SHORTEST || word.len() > LONGEST {
        return None;
    }
    let twofold = |pair: &[u8]| matches!(pair, b"ae" | b"oe");
    let any = word.as_bytes().windows(2).any(twofold);
    any.then(|| word.replace("ae", "e").replace("oe", "e"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::lexicon::Classes;
    use crate::deid::lexicon::tests::LEXICON;

    #[test]
    fn names_are_known_with_their_marks() {
        assert_eq!(folded("sinéad").as_deref(), Some("sinead"));
        assert_eq!(folded("odra"), None);
        assert_eq!(folded("мария"), None);
        assert_eq!(LEXICON.get("zoë").given(), LEXICON.get("zoe").given());
        assert!(LEXICON.get("josé's").given() > 3);
    }

    #[test]
    fn words_of_medicine_are_known_as_britain_spells_them() {
        assert!(LEXICON.get("haemochromatosis").any(Classes::CLINICAL));
        assert_eq!(LEXICON.get("zolvaenik"), Classes::NONE);
    }
}
