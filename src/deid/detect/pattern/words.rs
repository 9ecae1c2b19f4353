//! Fragments that expressions share.

/// What `<NAME>` stands for in a rule's expression.
pub(super) const FRAGMENTS: &[(&str, &str)] = &[
    (
        "<MONTH>",
        r"(?:january|february|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|may|march)\b\.?",
    ),
    // Months that are nothing else when they stand alone.
    (
        "<PLAIN>",
        r"(?:january|february|april|june|july|august|september|october|november|december|feb|sept|nov)\b",
    ),
    (
        "<ORDINAL>",
        r"(?:thirty[\s-]first|thirtieth|twenty[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|twentieth|nineteenth|eighteenth|seventeenth|sixteenth|fifteenth|fourteenth|thirteenth|twelfth|eleventh|tenth|ninth|eighth|seventh|sixth|fifth|fourth|third|second|first)",
    ),
    (
        "<DAY>",
        r"(?:3[01]|[12][0-9]|0?[1-9])(?:\s?(?:st|nd|rd|th))?",
    ),
    (
        "<DAYWORD>",
        r"(?:thirty[\s-]one|thirty|twenty[\s-](?:one|two|three|four|five|six|seven|eight|nine)|twenty|nineteen|eighteen|seventeen|sixteen|fifteen|fourteen|thirteen|twelve|eleven|ten|nine|eight|seven|six|five|four|three|two|one)",
    ),
    (
        "<DEGREES>",
        r"(?:(?:a|one)\shundred(?:\s(?:and\s)?(?:<TENS>(?:[\s-]<UNIT>)?|<UNIT>))?|<TENS>(?:[\s-]<UNIT>)?|<UNIT>|zero)",
    ),
    ("<YEAR>", r"(?:(?:18|19|20)[0-9]{2}|'[0-9]{2}|<YEARWORD>)"),
    (
        "<YEARWORD>",
        r"(?:two\sthousand(?:\s(?:and\s)?(?:twenty[\s-])?<UNIT>)?|(?:eighteen|nineteen|twenty)[\s-](?:hundred|oh[\s-]<UNIT>|(?:<TENS>(?:[\s-]<UNIT>)?|<TEEN>)))",
    ),
    (
        "<TENS>",
        r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)",
    ),
    (
        "<TEEN>",
        r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)",
    ),
    (
        "<UNIT>",
        r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)",
    ),
    (
        "<NUMBERWORD>",
        r"(?:<TENS>|<TEEN>|one|two|three|four|five|six|seven|eight|nine|zero|oh)",
    ),
    (
        "<WEEKDAY>",
        r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tues|thurs?|weds)",
    ),
    // Before how old somebody is.
    (
        "<AGED>",
        r"(?:aged?|turned|turning|turns|at\sage|age\sof|age\sis|i'?m|i\sam|you'?re|you\sare|(?:i|you|he|she)'?ll\sbe|he'?s|she'?s|he\sis|she\sis|he\swas|she\swas|(?:i|he|she)\s(?:myself|himself|herself)\s(?:am|is|was)|(?:i'?m|he'?s|she'?s)\s(?:going\sto|gonna)\sbe|(?:he'?d|she'?d)\shave\sbeen|who'?s|who\sis|who\swas|(?:mother|father|grandmother|grandfather|grandma|grandpa|mom|mum|dad|aunt|uncle|husband|wife|brother|sister|neighbou?r|friend|nana?|granny|cousin|roommate|resident|patient|grandson|granddaughter|nephew|niece|landlord|landlady)(?:'s|\sis|\swas)|(?:died|passed|passed\saway)\sat|lived\sto(?:\sbe)?)",
    ),
    // What may be said before a number that is none for sure: `he's, like, ninety`.
    (
        "<ABOUT>",
        r"(?:,?\s(?:about|around|now|like|only|almost|nearly|just|over|past),?)?",
    ),
    (
        "<STATE>",
        r"(?:a[klrz]|c[aot]|d[ce]|fl|ga|hi|i[adln]|k[sy]|la|m[adeinost]|n[cdehjmvy]|o[hkr]|p[ar]|ri|s[cd]|t[nx]|ut|v[ait]|w[aivy]|alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new\shampshire|new\sjersey|new\smexico|new\syork|north\scarolina|north\sdakota|ohio|oklahoma|oregon|pennsylvania|rhode\sisland|south\scarolina|south\sdakota|tennessee|texas|utah|vermont|virginia|washington|west\svirginia|wisconsin|wyoming|puerto\srico)",
    ),
];

/// The expression that `pattern` abbreviates.
pub(super) fn expand(pattern: &str) -> String {
    let mut out = pattern.to_owned();
    // A fragment may hold others; the nesting is three deep.
    for _ in 0..3 {
        for (name, fragment) in FRAGMENTS {
            out = out.replace(name, fragment);
        }
    }
    out.replace(r"\b", r"(?-u:\b)")
}
