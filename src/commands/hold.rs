//! `leeward hold`: nothing of a tenant goes while a hold is in force; and
//! `leeward freeze`, a hold under which nothing is released either.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::deed;
use super::opened::{Stop, answer};
use crate::domain::{Entropy, EpochMs};
use crate::ledger::{Deed, Entry, TenantChain};
use crate::purge::GoneAlready;
use crate::scope::Scope;

/// Arguments of `leeward hold`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Keep everything of a tenant from now on, and say what is already gone
    Place(Change),
    /// Stop releases too, at once: the same as `leeward freeze`
    Freeze(Change),
    /// Let timers, and releases after a freeze, run again
    Lift {
        #[command(flatten)]
        change: Change,
        /// The hold, as `place` and `list` name it
        #[arg(long)]
        hold: String,
    },
    /// Show the holds in force
    List(Which),
}

#[derive(Debug, clap::Args)]
struct Which {
    /// The pipeline file
    pipeline: PathBuf,
    /// Whose originals
    #[arg(long)]
    tenant: String,
}

#[derive(Debug, clap::Args)]
struct Change {
    #[command(flatten)]
    which: Which,
    /// Who asks for it; kept as a keyed digest only
    #[arg(long, visible_alias = "by")]
    actor: String,
}

/// Arguments of `leeward freeze`.
#[derive(Debug, clap::Args)]
pub struct Freeze {
    #[command(flatten)]
    change: Change,
}

/// Stops a tenant's releases and purges at once, until the freeze is lifted
/// like any hold.
#[must_use]
pub fn freeze(args: Freeze) -> ExitCode {
    perform(&Verb::Freeze(args.change))
}

/// Places, lifts or lists holds.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    perform(&args.verb)
}

fn perform(verb: &Verb) -> ExitCode {
    let which = match verb {
        Verb::Place(change) | Verb::Freeze(change) | Verb::Lift { change, .. } => &change.which,
        Verb::List(which) => which,
    };
    answer(
        &which.pipeline,
        &which.tenant,
        async |scope, now, entropy| act(verb, scope, now, entropy).await,
    )
}

async fn act(
    verb: &Verb,
    scope: &Scope,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<String, Stop> {
    match verb {
        Verb::List(_) => {
            let (chain, entries) = scope.journal.read().await.map_err(Stop::new)?;
            Ok(listed(&chain, &entries))
        }
        Verb::Place(change) => place(scope, change, false, now, entropy).await,
        Verb::Freeze(change) => place(scope, change, true, now, entropy).await,
        Verb::Lift { change, hold } => {
            let deed = |chain: &TenantChain| lift(chain, hold);
            let (chain, _) = deed::append(scope, deed, &change.actor, now, entropy).await?;
            Ok(lifted(&chain))
        }
    }
}

async fn place(
    scope: &Scope,
    change: &Change,
    freezes: bool,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<String, Stop> {
    let hold = hex::encode(entropy.bytes::<8>());
    let id = hold.clone();
    let deed = move |_: &TenantChain| {
        let hold = id.clone();
        Ok(Deed::HoldPlaced { hold, freezes })
    };
    let (chain, entries) = deed::append(scope, deed, &change.actor, now, entropy).await?;
    Ok(placed(&hold, freezes, &GoneAlready::of(&chain, &entries)))
}

fn lift(chain: &TenantChain, hold: &str) -> Result<Deed, Stop> {
    let known = chain.holds.contains_key(hold);
    let hold = hold.to_owned();
    let deed = known.then_some(Deed::HoldLifted { hold });
    deed.ok_or_else(|| Stop::new("--hold: no such hold is in force; see `leeward hold list`"))
}

fn lifted(chain: &TenantChain) -> String {
    let others: Vec<&str> = chain.holds.keys().map(String::as_str).collect();
    match others.is_empty() {
        true => String::from("The hold is lifted. Timers run again.\n"),
        false => format!(
            "The hold is lifted. Still in force, so nothing goes: {}\n",
            others.join(", ")
        ),
    }
}

fn listed(chain: &TenantChain, entries: &[Entry]) -> String {
    let mut out = String::new();
    for (hold, n) in &chain.holds {
        let placed = entries.iter().find(|entry| entry.n == *n);
        let at = placed.and_then(|entry| jiff::Timestamp::from_millisecond(entry.at.0).ok());
        let at = at.map_or_else(|| String::from("at an unknown time"), |at| at.to_string());
        let kind = match chain.freezes.contains(hold) {
            true => "frozen",
            false => "placed",
        };
        let _ = writeln!(out, "{hold}  {kind} {at}, entry {n}");
    }
    if out.is_empty() {
        out.push_str("No hold is in force.\n");
    }
    out
}

fn placed(hold: &str, freezes: bool, gone: &GoneAlready) -> String {
    let what = match freezes {
        true => "nothing of this tenant is released or goes",
        false => "nothing of this tenant goes",
    };
    let mut out = format!("Hold {hold} is in force: {what} until it is lifted.\n");
    for (place, epoch, upto) in &gone.records {
        let _ = writeln!(
            out,
            "Already gone: records of {place} (epoch {epoch}) below {upto}"
        );
    }
    if gone.files > 0 {
        let _ = writeln!(out, "Already gone: {} sealed files", gone.files);
    }
    if gone.open_intents > 0 {
        let n = gone.open_intents;
        let _ = writeln!(
            out,
            "Intended before the hold and not concluded: {n}; what is not gone yet is kept, \
             except what a process is deleting at this moment"
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tests::scope;
    use crate::domain::TopicPartition;
    use crate::lake::append::Appended;
    use crate::ledger::{KafkaPurge, PurgeTarget, Receipt};

    fn change() -> Change {
        Change {
            which: Which {
                pipeline: PathBuf::new(),
                tenant: String::from("north"),
            },
            actor: String::from("Orla Fenn"),
        }
    }

    async fn said(scope: &Scope, verb: Verb) -> Result<String, String> {
        let mut entropy = Entropy::from_system();
        let said = act(&verb, scope, EpochMs(1_800_000_000_000), &mut entropy).await;
        said.map_err(|stop| stop.why().to_owned())
    }

    async fn list(scope: &Scope) -> String {
        let said = said(scope, Verb::List(change().which)).await;
        said.expect("lists")
    }

    #[tokio::test]
    async fn a_hold_is_placed_listed_and_lifted_and_names_nobody() {
        let scope = scope();
        assert_eq!(list(&scope).await, "No hold is in force.\n");
        let placed = said(&scope, Verb::Place(change())).await.expect("places");
        let shown = list(&scope).await;
        let (hold, rest) = shown.split_once("  ").expect("an id first");
        assert!(placed.starts_with(&format!("Hold {hold} is in force")));
        assert_eq!(rest, "placed 2027-01-15T08:00:00Z, entry 1\n");
        let (_, entries) = scope.journal.read().await.expect("verifies");
        let actor = entries[1].actor.clone().expect("an actor");
        let digest = scope.ledger_key.digest("actor", b"Orla Fenn");
        assert_eq!(actor, digest.to_string());
        let lift = |hold: &str| Verb::Lift {
            change: change(),
            hold: hold.to_owned(),
        };
        let other = said(&scope, lift("other")).await;
        assert!(other.expect_err("refused").contains("no such hold"));
        said(&scope, lift(hold)).await.expect("lifts");
        assert_eq!(list(&scope).await, "No hold is in force.\n");
    }

    #[tokio::test]
    async fn a_freeze_is_a_hold_that_stops_releases_too() {
        let scope = scope();
        let said_of = said(&scope, Verb::Freeze(change())).await.expect("freezes");
        assert!(said_of.contains("is released or goes"), "{said_of}");
        let shown = list(&scope).await;
        let (hold, rest) = shown.split_once("  ").expect("an id first");
        assert!(rest.starts_with("frozen "), "{rest}");
        let (chain, _) = scope.journal.read().await.expect("verifies");
        assert!(chain.freezes.contains(hold) && chain.holds.contains_key(hold));
        let lift = Verb::Lift {
            change: change(),
            hold: hold.to_owned(),
        };
        said(&scope, lift).await.expect("lifts");
        let (chain, _) = scope.journal.read().await.expect("verifies");
        assert!(chain.freezes.is_empty() && chain.holds.is_empty());
    }

    #[tokio::test]
    async fn whoever_lifts_one_of_two_holds_is_told_of_the_other() {
        let scope = scope();
        for verb in [Verb::Place(change()), Verb::Freeze(change())] {
            said(&scope, verb).await.expect("places");
        }
        for others in [true, false] {
            let (chain, _) = scope.journal.read().await.expect("verifies");
            let hold = chain.holds.keys().next().expect("one is left").clone();
            let change = change();
            let told = said(&scope, Verb::Lift { change, hold }).await;
            let told = told.expect("lifts");
            assert_eq!(told.contains("Still in force"), others, "{told}");
            assert_eq!(told.contains("Timers run again"), !others, "{told}");
        }
    }

    #[tokio::test]
    async fn whoever_places_a_hold_is_told_what_is_gone() {
        let (scope, mut entropy) = (scope(), Entropy::from_u64(1));
        let purge = |upto| Deed::PurgeIntended {
            target: PurgeTarget::Kafka(KafkaPurge {
                place: TopicPartition::new("calls", 2),
                epoch: 0,
                upto,
                verified_slot: 0,
            }),
        };
        let receipt = Receipt::RecordsGone {
            answered_low: 40,
            read_low: 40,
            fetch_below_refused: true,
            on_disk_until: EpochMs(0),
        };
        for deed in [purge(40), Deed::Purged { intent: 1, receipt }, purge(60)] {
            let opened = scope.journal.open(EpochMs(1), &mut entropy).await;
            let (chain, _) = opened.expect("opens");
            let answer = scope
                .journal
                .append(&chain, deed, EpochMs(1), None, &mut entropy);
            assert_eq!(answer.await, Appended::Won);
        }
        let placed = said(&scope, Verb::Place(change())).await.expect("places");
        assert!(
            placed.contains("records of calls/2 (epoch 0) below 40\n"),
            "{placed}"
        );
        assert!(placed.contains("not concluded: 1;"), "{placed}");
    }
}
