//! `leeward unclaimed`: records whose tenant could not be established, sealed to
//! the operator's key: where they came by, when they go, and what they are.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::deed;
use super::opened::{Opened, Stop, print};
use super::private::{self, NewFile};
use crate::domain::{Entropy, EpochMs, Sha256, TenantId, TopicPartition};
use crate::lake::layout::LandingFile;
use crate::lake::read;
use crate::ledger::{Deed, Evidence, TenantChain};
use crate::purge::slot_evidence;
use crate::scope::Scope;
use crate::seal::{BlobName, open_as_operator};

/// Arguments of `leeward unclaimed`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Show the sealed files: where their records came by, and when they go
    List(List),
    /// Open one with the operator's private key, to see whose its records are
    ///
    /// The records are written to a new file that only its owner may read, as
    /// JSON lines with their bytes in base64. Who opened it is in the operator's
    /// ledger before it is opened.
    Open(Open),
}

#[derive(Debug, clap::Args)]
struct List {
    /// The pipeline file
    pipeline: PathBuf,
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Open {
    /// The pipeline file
    pipeline: PathBuf,
    /// The file, as `list` names it
    name: String,
    /// A file with the private key of `unclaimed.public_key`, 32 bytes in hexadecimal
    #[arg(long, value_name = "FILE")]
    private_key: PathBuf,
    /// Where the records are written; nothing may be there
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Who opens it; kept as a keyed digest only
    #[arg(long, visible_alias = "by")]
    actor: String,
}

/// Lists or opens.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let pipeline = match &args.verb {
        Verb::List(list) => &list.pipeline,
        Verb::Open(open) => &open.pipeline,
    };
    let said = Opened::open(pipeline).and_then(|opened| match &args.verb {
        Verb::List(list) => opened.block_on(listed(&opened, list.json)),
        Verb::Open(open) => opened.block_on(opened_to(&opened, open)),
    });
    match said {
        Ok(text) => print(&text, 0),
        Err(stop) => stop.exit(),
    }
}

/// One sealed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Kept {
    name: BlobName,
    /// The tenant whose topic its records came by.
    came_by: TenantId,
    #[serde(flatten)]
    place: TopicPartition,
    records: u64,
    sealed_at: EpochMs,
    due: EpochMs,
    #[serde(skip)]
    sha256: Sha256,
}

impl Kept {
    /// The files for the operator that `evidence` names.
    fn of(evidence: &Evidence, timer_ms: i64) -> impl Iterator<Item = Self> + '_ {
        evidence.files.iter().filter_map(move |entry| {
            let LandingFile::Unclaimed { name } = entry.file else {
                return None;
            };
            Some(Self {
                name,
                came_by: evidence.tenant.clone(),
                place: evidence.place.clone(),
                records: entry.rows,
                sealed_at: evidence.at,
                due: evidence.at.plus(timer_ms),
                sha256: entry.sha256,
            })
        })
    }
}

/// Every file that lies there, in the order of the logs.
async fn kept(opened: &Opened) -> Result<Vec<Kept>, Stop> {
    let scopes = opened.scopes(None)?;
    let timer_ms = opened.config.pipeline.unclaimed.timer_ms;
    let Some(any) = scopes.first() else {
        return Ok(Vec::new());
    };
    let (state, landing) = (&any.stores.state, &any.stores.landing);
    let mut found = Vec::new();
    for (place, epoch) in state.logs().await.map_err(Stop::new)? {
        let slots = read::slots(state, &read::log(&place, epoch), 0).await;
        for slot in slots.map_err(Stop::new)? {
            let own = scopes.iter().filter(|s| slot.leaves.contains_key(s.id()));
            for scope in own {
                // What does not verify is told by `audit verify`.
                if let Ok((_, evidence)) = slot_evidence(scope, &slot).await.map_err(Stop::new)? {
                    found.extend(Kept::of(&evidence, timer_ms));
                }
            }
        }
    }
    let mut there = Vec::new();
    for file in found {
        let path = LandingFile::Unclaimed { name: file.name }.path();
        if landing.get(&path).await.map_err(Stop::new)?.is_some() {
            there.push(file);
        }
    }
    Ok(there)
}

async fn listed(opened: &Opened, json: bool) -> Result<String, Stop> {
    let files = kept(opened).await?;
    Ok(match json {
        true => format!("{:#}\n", serde_json::json!({ "files": files })),
        false => text(&files),
    })
}

fn text(files: &[Kept]) -> String {
    let mut out = String::new();
    for file in files {
        let _ = writeln!(
            out,
            "{}  {} records by {} of {}, sealed {}, due {}",
            file.name,
            file.records,
            file.place,
            file.came_by,
            moment(file.sealed_at),
            moment(file.due),
        );
    }
    if out.is_empty() {
        out.push_str("Nothing is unclaimed.\n");
    }
    out
}

fn moment(at: EpochMs) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map_or_else(|_| String::from("at an unknown time"), |at| at.to_string())
}

/// Opens one file; the ledger has it before anyone can read it.
async fn opened_to(opened: &Opened, args: &Open) -> Result<String, Stop> {
    let key = private::key(&args.private_key, "--private-key")?;
    let files = kept(opened).await?;
    let file = files.iter().find(|file| file.name.to_string() == args.name);
    let file =
        file.ok_or_else(|| Stop::new("there is no such file; see `leeward unclaimed list`"))?;
    let scope = opened.scope(file.came_by.as_str())?;
    let path = LandingFile::Unclaimed { name: file.name }.path();
    let bytes = scope.stores.landing.get(&path).await.map_err(Stop::new)?;
    let bytes = bytes.filter(|bytes| Sha256::of(bytes) == file.sha256);
    let bytes = bytes.ok_or_else(|| Stop::new("the file is gone, or is not what was sealed"))?;
    let records = open_as_operator(&key, file.name, &bytes).map_err(Stop::new)?;
    record(&scope, file.name, &args.actor, opened.now).await?;
    NewFile::create(&args.out, "--out")?.write(records.expose())?;
    Ok(format!(
        "{} records are in {}. The ledger says who opened them; delete the file when you are done.\n",
        file.records,
        args.out.display(),
    ))
}

/// Says in the operator's chain that a file is opened, and by whom: a digest
/// under the ledger key of the tenant whose topic it came by.
async fn record(scope: &Scope, name: BlobName, actor: &str, now: EpochMs) -> Result<(), Stop> {
    let journal = scope.journal.operator();
    let actor = scope.ledger_key.digest("actor", actor.as_bytes());
    let deed = |_: &TenantChain| Ok(Deed::UnclaimedOpened { name });
    let mut entropy = Entropy::from_system();
    let written = deed::append_to(&journal, deed, actor, now, &mut entropy).await;
    written.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_with_its_place_and_its_time() {
        let kept = Kept {
            name: BlobName::draw(&mut Entropy::from_u64(1)),
            came_by: TenantId::parse("north").expect("a name"),
            place: TopicPartition::new("calls", 3),
            records: 2,
            sealed_at: EpochMs(1_800_000_000_000),
            due: EpochMs(1_800_604_800_000),
            sha256: Sha256::default(),
        };
        let told = text(std::slice::from_ref(&kept));
        let expected = "2 records by calls/3 of north, sealed 2027-01-15T08:00:00Z, \
                        due 2027-01-22T08:00:00Z\n";
        assert_eq!(told, format!("{}  {expected}", kept.name));
        assert_eq!(text(&[]), "Nothing is unclaimed.\n");
    }
}
