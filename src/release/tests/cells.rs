//! Small cells, from landing files to what research reads.

use std::collections::BTreeMap;

use arrow::array::{Array, AsArray};

use super::fixture::{DAY, Flush, NOW, World, clean_of, land, place, tenant};
use super::{NAME, research, run_at};
use crate::config::resolved::{SmallCellAction, SmallCells};
use crate::domain::{Attribute, Entropy, Phi};
use crate::release::{Manifest, Outcome, Summary};

/// Three people who share what is known of them, and one who shares it with
/// nobody, released with `action` below 3.
async fn released(action: SmallCellAction) -> (Summary, World) {
    let world = World::default();
    let mut tenant = tenant(NAME);
    tenant.release.small_cells = SmallCells { k: 3, action };
    let scope = world.healthy(tenant);
    let mut entropy = Entropy::from_u64(3);
    let people = [["47", "f", "MA", "02139"]; 3];
    let people = people.into_iter().chain([["62", "m", "VT", "05401"]]);
    let list: Vec<_> = people
        .map(|values| {
            let kinds = [
                Attribute::Age,
                Attribute::Sex,
                Attribute::State,
                Attribute::Zip,
            ];
            let values = values.map(|v| Phi::new(v.to_owned()));
            clean_of(
                &["hello"],
                kinds.into_iter().zip(values).collect(),
                &mut entropy,
            )
        })
        .collect();
    let flush = Flush {
        landed: &list,
        held_back: 1,
        at: NOW.plus(-40 * DAY),
    };
    land(&scope, &place(NAME, 0), &flush, 3).await;
    let report = run_at(&scope, NOW, 1).await.expect("well");
    let Outcome::Released(summary) = report.outcome else {
        panic!("{report:?}");
    };
    (summary, world)
}

/// What research reads of each conversation's attributes, counted.
async fn told(world: &World) -> BTreeMap<String, usize> {
    let mut told = BTreeMap::new();
    let objects = research::objects(&world.research).await;
    let files = objects
        .iter()
        .filter(|(path, _)| path.contains("/conversations/"));
    for batch in files.flat_map(|(_, bytes)| research::batches(bytes)) {
        let attributes = batch["attributes"].as_struct();
        for row in 0..batch.num_rows() {
            let values = attributes.columns().iter().map(|column| {
                let column = column.as_string::<i32>();
                if column.is_valid(row) {
                    column.value(row)
                } else {
                    "-"
                }
            });
            *told
                .entry(values.collect::<Vec<_>>().join(" "))
                .or_default() += 1;
        }
    }
    told
}

#[tokio::test]
async fn what_too_few_share_is_told_less_exactly() {
    let (summary, world) = released(SmallCellAction::Coarsen).await;
    assert_eq!(
        (summary.landed, summary.released, summary.coarsened),
        (5, 4, 1)
    );
    let expected = [("47 f MA 021 -", 3), ("- - - - -", 1)];
    let expected = expected.map(|(told, n)| (told.to_owned(), n));
    assert_eq!(told(&world).await, expected.into());
    let objects = research::objects(&world.research).await;
    let manifest = objects
        .iter()
        .find(|(path, _)| path.ends_with("manifest.json"));
    let manifest: Manifest = serde_json::from_slice(manifest.expect("one").1).expect("JSON");
    let cells = manifest.small_cells.expect("said");
    assert_eq!((cells.k, cells.coarsened), (3, 1));
}

#[tokio::test]
async fn what_too_few_share_is_held_back_and_counted() {
    let (summary, world) = released(SmallCellAction::HoldBack).await;
    assert_eq!(
        (summary.landed, summary.released, summary.coarsened),
        (5, 3, 0)
    );
    let held_back = [("language", 1), ("small_cell", 1)];
    assert_eq!(
        summary.held_back,
        held_back.map(|(r, n)| (r.to_owned(), n)).into()
    );
    assert_eq!(told(&world).await, [("47 f MA 021 -".to_owned(), 3)].into());
}
