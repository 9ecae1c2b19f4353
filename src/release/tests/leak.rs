//! Nothing in the research area tells whose it is, of which day, from where.

use super::fixture::{DAY, NOW, OFFSET, tenant};
use super::{NAME, landed, paths, research, run_at};

#[tokio::test]
async fn nothing_in_research_tells_tenant_agreement_day_or_source() {
    let landed = landed().await;
    let scope = landed.world.healthy(tenant(NAME));
    run_at(&scope, NOW, 1).await.expect("released");
    let objects = research::objects(&landed.world.research).await;
    let text = research::decoded(&objects);
    assert!(text.contains("how is the cough"), "the scan sees turns");
    assert!(text.contains("year=2025"), "the scan sees paths");
    let baa = &scope.tenant.authorization.baa_reference;
    let digest = scope.ledger_key.digest("authorization", baa.as_bytes());
    let mut never: Vec<String> = [NAME, baa, ".calls", "call-55120", "a test"]
        .map(String::from)
        .into();
    never.push(digest.to_string());
    never.extend((0..14).map(|i| (OFFSET + i).to_string()));
    never.extend(moments());
    for name in paths(&landed.world.landing, "northfield/").await {
        let name = name.rsplit('/').next().expect("a name").to_owned();
        never.push(name);
    }
    for never in never {
        assert!(!text.contains(&never), "{never}");
    }
    for path in objects.keys() {
        let area = path.split('/').next().expect("an area");
        assert_eq!(&area[14..15], "4", "a random id, not a time-ordered one");
    }
}

/// The days of the test as people and programs write them.
fn moments() -> Vec<String> {
    [NOW, NOW.plus(-40 * DAY)]
        .into_iter()
        .flat_map(|at| {
            let moment = jiff::Timestamp::from_millisecond(at.0).expect("a time");
            let day = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
            let month = |format: &str| day.strftime(format).to_string();
            [
                day.to_string(),
                month("%Y%m%d"),
                month("%Y-%m"),
                month("%B %Y"),
                (at.0 / 1000).to_string(),
                at.day().to_string(),
            ]
        })
        .collect()
}
