//! Names of people: listed, invented, and common words.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::deid::lexicon;

use super::dice::Dice;

/// A person.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) given: String,
    pub(super) family: String,
}

impl Person {
    pub(super) fn draw(dice: &mut Dice) -> Self {
        Self {
            given: given(dice),
            family: family(dice),
        }
    }

    /// Given and family name.
    pub(super) fn full(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

/// Given names that are words of every day.
pub(super) const WORD_GIVEN: [&str; 24] = [
    "Will", "Grace", "May", "Hope", "Mark", "Rose", "Art", "Bill", "Faith", "Joy", "June", "Rob",
    "Frank", "Pat", "Sunny", "Ivy", "Dawn", "Jack", "Summer", "Chase", "Drew", "Gene", "Clay",
    "Robin",
];

/// Family names that are words of every day.
pub(super) const WORD_FAMILY: [&str; 24] = [
    "Long", "Young", "Price", "Short", "Rice", "Bush", "Fields", "Day", "Little", "Best", "Bond",
    "Case", "Church", "Cook", "Cross", "English", "Fair", "Gold", "Green", "Hand", "Key", "Small",
    "Strong", "Woods",
];

static GIVEN: LazyLock<Vec<(&str, u8)>> = LazyLock::new(|| listed(lexicon::GIVEN_NAMES));
static FAMILY: LazyLock<Vec<(&str, u8)>> = LazyLock::new(|| listed(lexicon::SURNAMES));

/// Every listed name and word, so that an invented name is on no list.
static KNOWN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lists = [
        lexicon::GIVEN_NAMES,
        lexicon::SURNAMES,
        lexicon::ENGLISH_WORDS,
        lexicon::TOWNS,
    ];
    lists
        .into_iter()
        .flat_map(str::lines)
        .filter_map(|line| line.split('\t').next())
        .collect()
});

static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let words = lexicon::ENGLISH_WORDS
        .lines()
        .filter_map(|line| line.split('\t').next());
    words.chain(lexicon::CLINICAL_WORDS.lines()).collect()
});

/// Plain names of a list with their bands of commonness; no words.
fn listed(list: &'static str) -> Vec<(&'static str, u8)> {
    list.lines()
        .filter_map(|line| {
            let (name, band) = line.split_once('\t')?;
            let plain = name.len() > 2 && name.bytes().all(|b| b.is_ascii_lowercase());
            (plain && !WORDS.contains(name)).then_some((name, band.parse().ok()?))
        })
        .collect()
}

/// A given name: of ten, four invented, one a word, five listed.
fn given(dice: &mut Dice) -> String {
    match dice.below(10) {
        0..=3 => invented(&GIVEN_PARTS, dice),
        4 => dice.pick(&WORD_GIVEN).to_owned(),
        _ => capitalised(from_list(&GIVEN, dice)),
    }
}

/// A family name, in the same shares.
pub(super) fn family(dice: &mut Dice) -> String {
    match dice.below(10) {
        0..=3 => invented(&FAMILY_PARTS, dice),
        4 => dice.pick(&WORD_FAMILY).to_owned(),
        5 if dice.chance(30) => {
            format!(
                "{}-{}",
                capitalised(from_list(&FAMILY, dice)),
                invented(&FAMILY_PARTS, dice)
            )
        }
        _ => capitalised(from_list(&FAMILY, dice)),
    }
}

/// Half the time a common name.
fn from_list(list: &[(&'static str, u8)], dice: &mut Dice) -> &'static str {
    let common = dice.chance(50);
    loop {
        let (name, band) = list[dice.below(list.len())];
        if !common || band >= 3 {
            return name;
        }
    }
}

/// Beginnings, middles and ends of one sound system.
type Parts = [&'static str; 3];

/// Sound systems of given names, each after the phonotactics of some tongue.
const GIVEN_PARTS: [Parts; 9] = [
    [
        "Ade Olu Ifa Chi Nne Oko Uzo Ebe",
        "b d k m n",
        "ola iyi uchi enna osa ike",
    ],
    [
        "Svet Rad Mil Drag Bor Zor Jar",
        "i o e",
        "mira slav lenka dan jana vit",
    ],
    [
        "Sri Pra Nav Ash Ven Har Dev",
        "ya vi da ri",
        "noor nika thesh vika pal meera",
    ],
    [
        "Aino Tuu Vei Rau Kai Sii",
        "l m v r",
        "ikki oli ani amo eri",
    ],
    [
        "Xio Yar Itz Mai Ana Lu",
        "re la mi",
        "beth linda cely tza ndo",
    ],
    ["Tal Mal Lei Kea Noa Pu", "a i o", "loa kani mele nui hina"],
    [
        "Thorn El Wyn Bry Cor Mar",
        "a de li",
        "wick nor drie lyn ston",
    ],
    [
        "Nar Gev Tig Ara Lus Hay",
        "i a e",
        "ntuhi rkush nush vard kanz",
    ],
    [
        "Zu Sha Fa Ka Ra Na",
        "hai mi di ri",
        "raan leem reeq fiya mun",
    ],
];

/// Sound systems of family names.
const FAMILY_PARTS: [Parts; 9] = [
    [
        "Oke Adu Nwa Eze Mba Oti",
        "b ch g nw k",
        "afor elu ugo unde ike",
    ],
    [
        "Kov Brez Dom Star Vel Pol",
        "al in ov et",
        "enko czyk ovski asic yuk",
    ],
    [
        "Rama Sund Vish Chand Kri Gana",
        "na ra va",
        "thasan ppan gotra kutty mani",
    ],
    [
        "Haa Kos Rant Vuo Lep Miet",
        "pa ke ala",
        "lainen konen mela sniemi ranta",
    ],
    [
        "Etxe Arra Goi Zubi Men Iba",
        "ba ga ri",
        "rrondo tegui zabal koetxea rrola",
    ],
    [
        "Fale Tau Mana Kalo Vai",
        "le fa ma",
        "olo taki lua hopu siga",
    ],
    [
        "Hart Wex Thorn Brack Cald Pem",
        "en er ing",
        "shaw combe worthy leigh stead",
    ],
    [
        "Mkhi Der Har Sar Bagh Tor",
        "ta ou osh",
        "rosyan mazian gulian dzhyan khatian",
    ],
    [
        "Qash Bar Dar Tam Zar Haf",
        "a u i",
        "whari zadeh ullin qani mutaz",
    ],
];

/// A name on no list.
fn invented(systems: &[Parts], dice: &mut Dice) -> String {
    loop {
        let system = systems[dice.below(systems.len())];
        let name: String = system
            .iter()
            .map(|parts| dice.pick(&parts.split(' ').collect::<Vec<_>>()).to_owned())
            .collect();
        if !KNOWN.contains(name.to_lowercase().as_str()) {
            return name;
        }
    }
}

/// Whether `word`, in lower case, is on a list of the engine's.
pub(super) fn is_known(word: &str) -> bool {
    KNOWN.contains(word)
}

/// Whether `word`, in lower case, is a word that some of these names are.
pub(super) fn is_word_name(word: &str) -> bool {
    let is = |name: &&str| name.eq_ignore_ascii_case(word);
    WORD_GIVEN.iter().chain(&WORD_FAMILY).any(is)
}

/// With a capital at the head of each word.
pub(super) fn capitalised(words: &str) -> String {
    let words: Vec<String> = words
        .split(' ')
        .map(|word| {
            let mut chars = word.chars();
            let first = chars.next().map(|c| c.to_uppercase().to_string());
            first.unwrap_or_default() + chars.as_str()
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entropy;

    #[test]
    fn at_least_a_third_of_names_is_on_no_list() {
        let mut dice = Dice::new(Entropy::from_u64(2));
        let people: Vec<Person> = (0..600).map(|_| Person::draw(&mut dice)).collect();
        let unlisted = |name: &String| !is_known(&name.to_lowercase());
        assert!(people.iter().filter(|p| unlisted(&p.given)).count() >= 200);
        assert!(people.iter().filter(|p| unlisted(&p.family)).count() >= 200);
        assert!(people.iter().any(|p| is_word_name(&p.given.to_lowercase())));
    }
}
