//! Fields of records that are written out in a turn, as the arguments and
//! results of tools are: `{"maiden": "quill", "dob": {"month": 5, "day": 3}}`.

pub(crate) mod key;
mod scan;

use std::ops::Range;

use crate::deid::document::BLANK;
use crate::deid::finding::{Finding, Strength};
use crate::deid::generalize::ninety_years_before;
use crate::deid::lexicon::{ReadTurn, Reading};
use crate::domain::Category;

use super::name::{Standing, standing};
use scan::{Field, Object, scan};

/// Adds what the fields of fresh turns of `reading` say of somebody to `out`.
pub(super) fn detect(reading: &Reading<'_>, out: &mut Vec<Finding>) {
    for (index, read) in reading.turns.iter().enumerate() {
        let turn = read.turn;
        if turn.fresh && turn.shape.marks.has(b'"') && turn.text.contains("\":") {
            let mut find = |span, category, rule| out.push(finding(index, span, category, rule));
            for object in scan(turn.text) {
                for field in &object.fields {
                    if let Some(category) = identifies(read, &object, field) {
                        find(field.value.clone(), category, "value");
                    }
                }
                for (part, category) in dates(turn.text, &object, reading.document.year) {
                    find(part, category, "part-of-date");
                }
            }
        }
    }
}

fn finding(turn: usize, span: Range<usize>, category: Category, rule: &'static str) -> Finding {
    Finding {
        turn,
        span,
        category,
        detector: "field",
        rule,
        strength: Strength::Cued,
        confidence: 0.9,
    }
}

/// What the value of `field` identifies by its key.
fn identifies(read: &ReadTurn<'_>, object: &Object, field: &Field) -> Option<Category> {
    let text = read.turn.text;
    let value = &text[field.value.clone()];
    if value.contains(BLANK) {
        return None;
    }
    let words = key::words(&text[field.key.clone()]);
    let of_person = || key::is_person(&key::words(&text[object.key.clone()]));
    match key::category(&words, value)? {
        Category::Age => key::is_old(value).then_some(Category::Age),
        Category::Person if key::is_sure_of_person(&words) => Some(Category::Person),
        // A function, a drug and a firm have names too.
        Category::Person if words == "name" && !of_person() => None,
        Category::Person => is_name(read, &field.value).then_some(Category::Person),
        other => Some(other),
    }
}

/// Whether every word at `value` may be a part of somebody's name.
fn is_name(read: &ReadTurn<'_>, value: &Range<usize>) -> bool {
    const MOST_WORDS: usize = 5;
    let tokens = read.turn.tokens_of(value);
    let words = tokens.filter(|&i| read.is_word(i) && !read.is_letter(i));
    let mut count = 0;
    for i in words {
        count += 1;
        let stands = standing(read.classes(i));
        if stands < Standing::Unlisted || count > MOST_WORDS {
            return false;
        }
    }
    count > 0
}

/// The parts of a date that `object` is or holds, but for its year; and a year
/// of birth that implies an age over 89 (45 CFR 164.514(b)(2)(i)(C)).
fn dates(
    text: &str,
    object: &Object,
    year: Option<i16>,
) -> impl Iterator<Item = (Range<usize>, Category)> {
    let part = |part: key::Part| {
        let is = |field: &&Field| {
            let words = key::words(&text[field.key.clone()]);
            key::part_of_date(&words, &text[field.value.clone()]) == Some(part)
        };
        object
            .fields
            .iter()
            .find(is)
            .map(|field| field.value.clone())
    };
    const PARTS: [key::Part; 3] = [key::Part::Year, key::Part::Month, key::Part::Day];
    let places = PARTS.map(part);
    let known = [0, 1, 2].map(|at| places[at].as_ref().map(|_| PARTS[at]));
    let is_date = key::is_date(&known);
    let [of_year, month, day] = places;
    let birth = key::is_birth(&key::words(&text[object.key.clone()]));
    let old = of_year.filter(|span| {
        let born = text[span.clone()].parse::<i16>();
        birth && born.is_ok_and(|born| born <= ninety_years_before(year))
    });
    let parts = [month, day].into_iter().flatten();
    let parts = parts
        .filter(move |_| is_date)
        .map(|span| (span, Category::Date));
    parts.chain(old.map(|span| (span, Category::Age)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::document::Document;
    use crate::deid::lexicon::tests::LEXICON;
    use crate::deid::tests::conversation;
    use crate::domain::Category::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Category)]) {
        let raw = conversation(&[text]);
        let document = Document::new(&raw);
        let mut found = Vec::new();
        detect(&Reading::new(&document, &LEXICON), &mut found);
        found.sort_by_key(|f| f.span.start);
        let found: Vec<_> = found
            .iter()
            .map(|f| (&text[f.span.clone()], f.category))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn keys_tell_what_values_are() {
        check(
            r#"{"maiden": "Abara", "nick": "Dash"}"#,
            &[("Abara", Person), ("Dash", Person)],
        );
        check(
            r#"{"given": ["Abara", "Ines"], "family": "Oduya"}"#,
            &[("Abara", Person), ("Ines", Person), ("Oduya", Person)],
        );
        check(
            r#"{"patient": {"name": "Abara"}, "tool": {"name": "lookup"}}"#,
            &[("Abara", Person)],
        );
        check(
            r#"{"street":"14 Elm","house_number": 418,"apt":"3C"}"#,
            &[("14 Elm", Address), ("418", Address), ("3C", Address)],
        );
        check(
            r#"{"userName":"aoduya","password":"tulips","last4":7731}"#,
            &[("aoduya", Username), ("tulips", Secret), ("7731", OtherId)],
        );
    }

    #[test]
    fn ages_over_89_and_dates_in_parts_are_found() {
        check(r#"{"patientAge":97,"age":"88"}"#, &[("97", Age)]);
        check(r#"{"ages":[91,72]}"#, &[("91", Age)]);
        check(
            r#"{"dob":{"year":1951,"month":5,"day":3}}"#,
            &[("5", Date), ("3", Date)],
        );
        check(
            r#"{"birth":{"y":1921,"m":"June","d":3}}"#,
            &[("1921", Age), ("June", Date), ("3", Date)],
        );
        check(r#"{"visit_year":2024,"visit_month":6}"#, &[("6", Date)]);
    }

    #[test]
    fn measures_and_settings_stay() {
        for text in [
            r#"{"weight_kg":94,"pulse":92,"page":94,"average":95}"#,
            r#"{"day":14,"days":30,"dose":{"m":1}}"#,
            r#"{"family":"hypertension","first":"yes","order":"asc","address_type":"home"}"#,
            r#"{"name":"metformin","status":"active","state":"NV","unit":"mg"}"#,
            r#"{"id":7,"token":"none","policy":"strict","account":"checking"}"#,
            r#"he said "wait": then left"#,
            r#"{"a":{"b":["#,
        ] {
            check(text, &[]);
        }
    }
}
