//! `leeward hold`: nothing of a tenant goes while a hold is in force; and
//! `leeward freeze`, a hold under which nothing is released either.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use serde::Serialize;
use serde_json::json;

use super::deed::{self, Asked};
use super::opened::{Opened, Stop, print};
use crate::domain::{Entropy, EpochMs, TenantId};
use crate::ledger::{Deed, Entry, HoldReason, TenantChain};
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
    #[command(flatten)]
    Change(Change),
    /// Show the holds in force
    List(Which),
}

#[derive(Debug, clap::Subcommand)]
enum Change {
    /// Keep everything of a tenant from now on, and say what is already gone
    Place(Placing),
    /// Stop releases too, at once: the same as `leeward freeze`
    Freeze(Placing),
    /// Let timers, and releases after a freeze, run again
    Lift {
        #[command(flatten)]
        asked: Asked,
        /// The hold, as `place` and `list` name it
        #[arg(long)]
        hold: String,
    },
}

#[derive(Debug, clap::Args)]
struct Which {
    /// The pipeline file
    pipeline: PathBuf,
    /// Only this tenant
    #[arg(long, value_name = "NAME")]
    tenant: Option<String>,
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
}

impl Change {
    fn asked(&self) -> &Asked {
        match self {
            Self::Place(placing) | Self::Freeze(placing) => &placing.asked,
            Self::Lift { asked, .. } => asked,
        }
    }
}

#[derive(Debug, clap::Args)]
struct Placing {
    #[command(flatten)]
    asked: Asked,
    /// Why; kept in the ledger, and shown by `leeward hold list`
    #[arg(long)]
    reason: Option<Reason>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Reason {
    /// A lawsuit is pending or expected
    Litigation,
    /// An authority or the tenant looks into something
    Investigation,
    /// The covered entity asks for it
    Instructed,
    /// Something that was to be removed may have gone out
    SuspectedLeak,
}

impl From<Reason> for HoldReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Litigation => Self::Litigation,
            Reason::Investigation => Self::Investigation,
            Reason::Instructed => Self::Instructed,
            Reason::SuspectedLeak => Self::SuspectedLeak,
        }
    }
}

/// `reason` as it is written on the command line.
fn word(reason: HoldReason) -> String {
    let all = Reason::value_variants().iter();
    let same = all.filter(|r| HoldReason::from(**r) == reason);
    let mut words = same.filter_map(Reason::to_possible_value);
    words
        .next()
        .map_or_else(String::new, |w| w.get_name().to_owned())
}

/// Arguments of `leeward freeze`.
#[derive(Debug, clap::Args)]
pub struct Freeze {
    #[command(flatten)]
    placing: Placing,
}

/// Stops a tenant's releases and purges at once, until the freeze is lifted
/// like any hold.
#[must_use]
pub fn freeze(args: Freeze) -> ExitCode {
    perform(&Change::Freeze(args.placing))
}

/// Places, lifts or lists holds.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match &args.verb {
        Verb::Change(change) => perform(change),
        Verb::List(which) => match list(which) {
            Ok(text) => print(&text, 0),
            Err(stop) => stop.exit(),
        },
    }
}

fn perform(change: &Change) -> ExitCode {
    change
        .asked()
        .answer(async |scope, now, entropy| act(change, scope, now, entropy).await)
}

fn list(which: &Which) -> Result<String, Stop> {
    let opened = Opened::open(&which.pipeline)?;
    let scopes = opened.scopes(which.tenant.as_deref())?;
    let holds = opened.block_on(holds_of(&scopes))?;
    Ok(match which.json {
        true => in_json(&holds),
        false => told(&holds),
    })
}

fn in_json(holds: &[Hold]) -> String {
    format!("{:#}\n", json!({ "holds": holds }))
}

/// A hold in force, for people and programs.
#[derive(Debug, Serialize)]
struct Hold {
    hold: String,
    tenant: TenantId,
    /// Nothing is released either.
    freezes: bool,
    /// When it was placed.
    at: Option<String>,
    /// The entry of the tenant's chain that places it.
    entry: u64,
    reason: Option<String>,
}

/// The holds of each of `scopes`.
async fn holds_of(scopes: &[Scope]) -> Result<Vec<Hold>, Stop> {
    let mut all = Vec::new();
    for scope in scopes {
        let (chain, entries) = scope.journal.read().await.map_err(Stop::new)?;
        all.extend(holds(scope.id(), &chain, &entries));
    }
    Ok(all)
}

fn told(holds: &[Hold]) -> String {
    match holds.is_empty() {
        true => String::from("No hold is in force.\n"),
        false => holds.iter().map(Hold::line).collect(),
    }
}

async fn act(
    change: &Change,
    scope: &Scope,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<String, Stop> {
    match change {
        Change::Place(placing) => place(scope, placing, false, now, entropy).await,
        Change::Freeze(placing) => place(scope, placing, true, now, entropy).await,
        Change::Lift { asked, hold } => {
            let deed = |chain: &TenantChain| lift(chain, hold);
            let (chain, _) = deed::append(scope, deed, &asked.by, now, entropy).await?;
            Ok(lifted(&chain))
        }
    }
}

async fn place(
    scope: &Scope,
    placing: &Placing,
    freezes: bool,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<String, Stop> {
    let hold = hex::encode(entropy.bytes::<8>());
    let deed = |_: &TenantChain| {
        Ok(Deed::HoldPlaced {
            hold: hold.clone(),
            freezes,
            reason: placing.reason.map(HoldReason::from),
        })
    };
    let by = &placing.asked.by;
    let (chain, entries) = deed::append(scope, deed, by, now, entropy).await?;
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

fn holds<'a>(
    tenant: &'a TenantId,
    chain: &'a TenantChain,
    entries: &'a [Entry],
) -> impl Iterator<Item = Hold> + 'a {
    chain.holds.iter().map(|(hold, n)| {
        let placed = entries.iter().find(|entry| entry.n == *n);
        let at = placed.and_then(|entry| jiff::Timestamp::from_millisecond(entry.at.0).ok());
        let reason = placed.and_then(|entry| match &entry.deed {
            Deed::HoldPlaced { reason, .. } => *reason,
            _ => None,
        });
        Hold {
            hold: hold.clone(),
            tenant: tenant.clone(),
            freezes: chain.freezes.contains(hold),
            at: at.map(|at| at.to_string()),
            entry: *n,
            reason: reason.map(word),
        }
    })
}

impl Hold {
    fn line(&self) -> String {
        let at = self.at.as_deref().unwrap_or("at an unknown time");
        let kind = if self.freezes { "frozen" } else { "placed" };
        let reason = self.reason.as_ref().map(|reason| format!(", {reason}"));
        let Self {
            hold,
            tenant,
            entry,
            ..
        } = self;
        let reason = reason.unwrap_or_default();
        format!("{hold}  {tenant}  {kind} {at}, entry {entry}{reason}\n")
    }
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

    fn asked() -> Asked {
        Asked::of("north", "Orla Fenn")
    }

    fn placing() -> Placing {
        Placing {
            asked: asked(),
            reason: None,
        }
    }

    async fn said(scope: &Scope, change: Change) -> Result<String, String> {
        let mut entropy = Entropy::from_system();
        let said = act(&change, scope, EpochMs(1_800_000_000_000), &mut entropy).await;
        said.map_err(|stop| stop.why().to_owned())
    }

    async fn list(scope: &Scope) -> String {
        let listed = holds_of(std::slice::from_ref(scope)).await;
        told(&listed.expect("lists"))
    }

    #[tokio::test]
    async fn a_hold_is_placed_listed_and_lifted_and_names_nobody() {
        let scope = scope();
        assert_eq!(list(&scope).await, "No hold is in force.\n");
        let placed = said(&scope, Change::Place(placing()))
            .await
            .expect("places");
        let shown = list(&scope).await;
        let (hold, rest) = shown.split_once("  ").expect("an id first");
        assert!(placed.starts_with(&format!("Hold {hold} is in force")));
        assert_eq!(rest, "north  placed 2027-01-15T08:00:00Z, entry 1\n");
        let (_, entries) = scope.journal.read().await.expect("verifies");
        let actor = entries[1].actor.clone().expect("an actor");
        let digest = scope.ledger_key.digest("actor", b"Orla Fenn");
        assert_eq!(actor, digest.to_string());
        let lift = |hold: &str| Change::Lift {
            asked: asked(),
            hold: hold.to_owned(),
        };
        let other = said(&scope, lift("other")).await;
        assert!(other.expect_err("refused").contains("no such hold"));
        said(&scope, lift(hold)).await.expect("lifts");
        assert_eq!(list(&scope).await, "No hold is in force.\n");
    }

    #[tokio::test]
    async fn a_hold_says_why_it_was_placed() {
        let scope = scope();
        for reason in Reason::value_variants() {
            let reason = Some(*reason);
            let change = Change::Place(Placing {
                reason,
                ..placing()
            });
            said(&scope, change).await.expect("places");
        }
        let shown = list(&scope).await;
        let holds = holds_of(std::slice::from_ref(&scope)).await.expect("lists");
        let json: serde_json::Value = serde_json::from_str(&in_json(&holds)).expect("JSON");
        assert_eq!(json["holds"].as_array().map(Vec::len), Some(holds.len()));
        let first = &json["holds"][0];
        assert_eq!(
            (&first["tenant"], &first["freezes"]),
            (&"north".into(), &false.into())
        );
        assert!(
            first["reason"].is_string() && first["at"].is_string(),
            "{first}"
        );
        for word in [
            "litigation",
            "investigation",
            "instructed",
            "suspected-leak",
        ] {
            assert!(shown.contains(&format!(", {word}\n")), "{word}: {shown}");
        }
    }

    #[tokio::test]
    async fn a_freeze_is_a_hold_that_stops_releases_too() {
        let scope = scope();
        let said_of = said(&scope, Change::Freeze(placing()))
            .await
            .expect("freezes");
        assert!(said_of.contains("is released or goes"), "{said_of}");
        let shown = list(&scope).await;
        let (hold, rest) = shown.split_once("  ").expect("an id first");
        assert!(rest.starts_with("north  frozen "), "{rest}");
        let (chain, _) = scope.journal.read().await.expect("verifies");
        assert!(chain.freezes.contains(hold) && chain.holds.contains_key(hold));
        let lift = Change::Lift {
            asked: asked(),
            hold: hold.to_owned(),
        };
        said(&scope, lift).await.expect("lifts");
        let (chain, _) = scope.journal.read().await.expect("verifies");
        assert!(chain.freezes.is_empty() && chain.holds.is_empty());
    }

    #[tokio::test]
    async fn whoever_lifts_one_of_two_holds_is_told_of_the_other() {
        let scope = scope();
        for change in [Change::Place(placing()), Change::Freeze(placing())] {
            said(&scope, change).await.expect("places");
        }
        for others in [true, false] {
            let (chain, _) = scope.journal.read().await.expect("verifies");
            let hold = chain.holds.keys().next().expect("one is left").clone();
            let asked = asked();
            let told = said(&scope, Change::Lift { asked, hold }).await;
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
        let placed = said(&scope, Change::Place(placing()))
            .await
            .expect("places");
        assert!(
            placed.contains("records of calls/2 (epoch 0) below 40\n"),
            "{placed}"
        );
        assert!(placed.contains("not concluded: 1;"), "{placed}");
    }
}
