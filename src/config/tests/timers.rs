//! Timers against the delays before them: thirty combinations, each proven or
//! refused with the sum.

use super::Case;

/// Spans as they are written: flush interval, idle, age cap, late; release
/// interval; what must have happened; the purge timer.
type Row<'a> = (
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
);

/// Whether the combination is proven, else the sum that a record may need.
#[track_caller]
fn check(row: Row<'_>, expected: Option<&str>) {
    let (flush, idle, age, late, interval, after, kafka) = row;
    let case = Case::good();
    let pipeline = include_str!("../../../tests/config/good-pipeline.yaml");
    let assemble = format!("{{end_grace: 1s, idle: {idle}, max_age: {age}, late: {late}}}");
    let timers = format!("assemble: {assemble}\nflush: {{interval: {flush}}}\n");
    case.write("pipeline.yaml", format!("{pipeline}{timers}"));
    let tenant = include_str!("../../../tests/config/good-tenant.yaml");
    let purge = format!("purge: {{kafka: {kafka}, after: {after}}}\n");
    let release = format!("release: {{interval: {interval}}}\n");
    case.write("tenants/north.yaml", format!("{tenant}{release}{purge}"));
    let said = case.printed();
    match expected {
        None => assert_eq!(said, "", "{row:?}"),
        Some(sum) => {
            assert_eq!(said.lines().count(), 1, "{row:?}: {said}");
            let refused = format!("but a record may need {sum}:");
            assert!(said.contains(&refused), "{row:?}: {said}");
            assert!(
                said.contains(&format!("lengthen it beyond {sum}")),
                "{said}"
            );
        }
    }
}

#[test]
fn each_combination_is_proven_or_refused_with_its_sum() {
    let released = "released";
    let committed = "committed";
    for (row, expected) in [
        // The sum itself is refused, a second more is proven.
        (
            ("1m", "15m", "12h", "1h", "30d", committed, "13h"),
            Some("13h 16m"),
        ),
        (
            ("1m", "15m", "12h", "1h", "30d", committed, "796m"),
            Some("13h 16m"),
        ),
        (("1m", "15m", "12h", "1h", "30d", committed, "797m"), None),
        (
            ("1m", "15m", "12h", "0s", "30d", committed, "736m"),
            Some("12h 16m"),
        ),
        (("1m", "15m", "12h", "0s", "30d", committed, "737m"), None),
        (("1m", "15m", "12h", "1h", "30d", committed, "7d"), None),
        (("1m", "15m", "12h", "1h", "30d", committed, "1d"), None),
        (
            ("1m", "15m", "12h", "1d", "30d", committed, "1d"),
            Some("1d 12h 16m"),
        ),
        (("1m", "15m", "12h", "1d", "30d", committed, "2d"), None),
        (
            ("1m", "12h", "12h", "1h", "30d", committed, "1d"),
            Some("1d 1h 1m"),
        ),
        (("1m", "12h", "12h", "1h", "30d", committed, "26h"), None),
        (
            ("1m", "1h", "7d", "1h", "30d", committed, "7d"),
            Some("7d 2h 1m"),
        ),
        (("1m", "1h", "7d", "1h", "30d", committed, "8d"), None),
        (
            ("6h", "1h", "6h", "1h", "30d", committed, "14h"),
            Some("14h"),
        ),
        (("6h", "1h", "6h", "1h", "30d", committed, "15h"), None),
        (("1s", "1s", "1s", "0s", "30d", committed, "3s"), Some("3s")),
        (("1s", "1s", "1s", "0s", "30d", committed, "4s"), None),
        (("1s", "1s", "1s", "1s", "30d", committed, "4s"), Some("4s")),
        (("1s", "1s", "1s", "1s", "30d", committed, "5s"), None),
        (("1m", "15m", "12h", "1h", "90d", committed, "7d"), None),
        // What must be released waits for the interval too.
        (
            ("1m", "15m", "12h", "1h", "30d", released, "7d"),
            Some("30d 13h 16m"),
        ),
        (
            ("1m", "15m", "12h", "1h", "30d", released, "30d"),
            Some("30d 13h 16m"),
        ),
        (("1m", "15m", "12h", "1h", "30d", released, "31d"), None),
        (
            ("1m", "15m", "12h", "0s", "30d", released, "30d"),
            Some("30d 12h 16m"),
        ),
        (("1m", "15m", "12h", "0s", "30d", released, "31d"), None),
        (
            ("1m", "15m", "12h", "1h", "90d", released, "90d"),
            Some("90d 13h 16m"),
        ),
        (("1m", "15m", "12h", "1h", "90d", released, "91d"), None),
        (
            ("1m", "12h", "12h", "1d", "30d", released, "31d"),
            Some("32d 1m"),
        ),
        (("1m", "12h", "12h", "1d", "30d", released, "33d"), None),
        (
            ("1s", "1s", "1s", "0s", "30d", released, "30d"),
            Some("30d 3s"),
        ),
    ] {
        check(row, expected);
    }
}
