//! Which first three digits of a ZIP code may stay: those whose area holds
//! more than 20,000 people by the 2020 census (45 CFR 164.514(b)(2)(i)(B)).

use std::sync::LazyLock;

/// The name of the table in policies and manifests.
pub const ZIP_TABLE: &str = "census-2020";

const TABLE: &str = include_str!("data/zip3_census2020.tsv");

/// One flag a prefix, `000` to `999`. A prefix that the census does not list is
/// not kept: nothing is known of its population.
static KEPT: LazyLock<[bool; 1000]> = LazyLock::new(|| {
    let mut kept = [false; 1000];
    for line in TABLE.lines() {
        let mut fields = line.split('\t');
        if let (Some(Ok(zip3)), Some(_), Some("1")) = (
            fields.next().map(str::parse::<usize>),
            fields.next(),
            fields.next(),
        ) && let Some(flag) = kept.get_mut(zip3)
        {
            *flag = true;
        }
    }
    kept
});

/// The first three digits of `zip` where they may stay, else `000`. `None` when
/// `zip` is no ZIP code: it does not begin with three ASCII digits, holds letters, or
/// has as many digits as a ZIP code of no kind has: elsewhere postcodes have four or
/// six, and three of them may tell a suburb.
#[must_use]
pub(super) fn zip3(zip: &str) -> Option<&str> {
    let zip = zip.trim();
    let prefix = zip.get(..3)?;
    let digits = zip
        .bytes()
        .all(|b| b.is_ascii_digit() || b"- ".contains(&b));
    let count = zip.bytes().filter(u8::is_ascii_digit).count();
    if !digits || !matches!(count, 3 | 5 | 9) || !prefix.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let kept = prefix.parse::<usize>().is_ok_and(|at| KEPT[at]);
    Some(if kept { prefix } else { "000" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(KEPT.iter().filter(|kept| **kept).count(), 876);
    }

    #[test]
    fn prefixes_stay_by_population_and_unknown_ones_do_not() {
        for (zip, expected) in [
            ("85004", Some("850")),
            ("85004-1234", Some("850")),
            ("03601", Some("000")),
            ("20501", Some("000")),
            ("83112", Some("831")),
            ("96201", Some("000")),
            ("850", Some("850")),
            ("000", Some("000")),
            ("SW1A 1AA", None),
            ("85", None),
            ("8500", None),
            ("850042", None),
            ("8500é", None),
        ] {
            assert_eq!(zip3(zip), expected, "{zip}");
        }
    }
}
