//! A seeded simulator: real workers, assemblers, logs, release and purge
//! planners against a scripted broker, store and clock.
//!
//! A seed fixes everything: which records there are, in what order things
//! happen, which answers get lost and who crashes between which two effects.
//! `LEEWARD_SIM_SEED=n cargo test --lib sim::replay` runs one seed again;
//! `LEEWARD_SIM_SEEDS=n` sets how many `sim::promises_hold` runs.

mod broker;
mod chores;
mod node;
mod oracle;
mod store;
mod world;

use std::collections::BTreeMap;

use crate::fault::{Fault, plant};
use world::World;

/// A promise that a run broke.
pub(super) type Violation = String;

fn run(seed: u64) -> Result<(), Violation> {
    World::new(seed).run()
}

fn env(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs `seeds` on both cores; gives the first seed that fails.
fn first_failure(seeds: std::ops::Range<u64>, fault: Option<Fault>) -> Option<(u64, Violation)> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let worker = |lane: u64| {
        let seeds = seeds.clone();
        move || {
            plant(fault);
            let mut mine = seeds.skip(lane as usize).step_by(threads as usize);
            mine.find_map(|seed| run(seed).err().map(|violation| (seed, violation)))
        }
    };
    std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..threads).map(|lane| scope.spawn(worker(lane))).collect();
        let failures = lanes.into_iter().filter_map(|lane| match lane.join() {
            Ok(found) => found,
            Err(_) => Some((u64::MAX, String::from("a panic"))),
        });
        failures.min_by_key(|(seed, _)| *seed)
    })
}

#[test]
fn promises_hold() {
    let seeds = env("LEEWARD_SIM_SEEDS").unwrap_or(10_000);
    if let Some((seed, violation)) = first_failure(0..seeds, None) {
        panic!("{violation}\nreplay: LEEWARD_SIM_SEED={seed} cargo test --lib sim::replay");
    }
    println!("simulator: {seeds} seeds, no violation");
}

#[test]
fn replay() {
    let Some(seed) = env("LEEWARD_SIM_SEED") else {
        return;
    };
    if let Err(violation) = run(seed) {
        panic!("seed {seed}: {violation}");
    }
}

/// A check that cannot fail is a defect: each planted fault must be found.
#[test]
fn every_planted_fault_is_found() {
    let mut found = BTreeMap::new();
    let mut missed = Vec::new();
    for fault in Fault::ALL {
        match first_failure(0..20_000, Some(fault)) {
            Some((seed, violation)) => {
                found.insert(format!("{fault:?}"), (seed, violation));
            }
            None => missed.push(fault),
        }
    }
    for (fault, (seed, violation)) in &found {
        println!("{fault}: seed {seed}: {violation}");
    }
    assert!(missed.is_empty(), "not found in 20,000 seeds: {missed:?}");
}
