//! `leeward release attest`: a person states that the covered entity has no
//! actual knowledge that what remains could identify anyone (45 CFR
//! 164.514(b)(2)(ii)). Without one in force nothing is released.

use std::process::ExitCode;

use crate::commands::deed::{self, Asked};
use crate::commands::opened::Stop;
use crate::config::end_of_day;
use crate::domain::{Entropy, EpochMs};
use crate::ledger::{Attestation, Deed, TenantChain};
use crate::release::NO_ACTUAL_KNOWLEDGE;
use crate::scope::Scope;

/// The longest that a statement holds, in milliseconds: knowledge changes.
const LONGEST_MS: i64 = 366 * 86_400_000;

/// Arguments of `leeward release attest`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    term: Term,
    /// Other words than the usual ones; kept as a keyed digest only, so keep
    /// them yourself
    #[arg(long, value_name = "TEXT", conflicts_with = "withdraw")]
    statement: Option<String>,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Term {
    /// The last day (UTC) on which it holds, within a year
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// The statement in force no longer holds
    #[arg(long)]
    withdraw: bool,
}

/// Appends the statement, or its withdrawal, to the tenant's chain.
pub(super) fn run(args: &Args) -> ExitCode {
    args.asked
        .answer(async |scope, now, entropy| act(args, scope, now, entropy).await)
}

async fn act(
    args: &Args,
    scope: &Scope,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<String, Stop> {
    let Some(day) = &args.term.until else {
        let (chain, _) = deed::append(scope, withdrawn, &args.asked.by, now, entropy).await?;
        return Ok(format!(
            "The attestation is withdrawn, entry {}. Nothing is released until there is another.\n",
            chain.next - 1
        ));
    };
    let until = term(day, now)?;
    let words = args.statement.as_deref().unwrap_or(NO_ACTUAL_KNOWLEDGE);
    attest(scope, words, &args.asked.by, until, now, entropy).await
}

/// States `words` until the moment `until`, and gives what to tell.
pub(in crate::commands) async fn attest(
    scope: &Scope,
    words: &str,
    by: &str,
    until: EpochMs,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<String, Stop> {
    let statement = scope.ledger_key.digest("statement", words.as_bytes());
    let deed = |_: &TenantChain| Ok(Deed::Attested(Attestation { until, statement }));
    let (chain, _) = deed::append(scope, deed, by, now, entropy).await?;
    Ok(format!(
        "{words}\n\nAttested by {by}, entry {}; it holds until {}.\n",
        chain.next - 1,
        super::moment(until),
    ))
}

fn withdrawn(chain: &TenantChain) -> Result<Deed, Stop> {
    let known = chain.attestation.map(|_| Deed::AttestationWithdrawn);
    known.ok_or_else(|| Stop::new("--withdraw: there is no attestation to withdraw"))
}

/// The first moment after `day`, which must come and be within a year.
fn term(day: &str, now: EpochMs) -> Result<EpochMs, Stop> {
    let wrong = "--until: write a day of the calendar such as 2027-06-30";
    let until = end_of_day(day).ok_or_else(|| Stop::new(wrong))?;
    match until.since(now) {
        i64::MIN..=0 => Err(Stop::new("--until: that day is past")),
        left if left > LONGEST_MS => Err(Stop::new(
            "--until: more than a year ahead; nobody knows today what is known then",
        )),
        _ => Ok(until),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tests::scope;

    /// 2027-01-15, eight o'clock.
    const NOW: EpochMs = EpochMs(1_800_000_000_000);

    async fn said(scope: &Scope, until: Option<&str>) -> Result<String, String> {
        let args = Args {
            asked: Asked::of("north", "Orla Fenn"),
            term: Term {
                until: until.map(str::to_owned),
                withdraw: until.is_none(),
            },
            statement: None,
        };
        let said = act(&args, scope, NOW, &mut Entropy::from_u64(3)).await;
        said.map_err(|stop| stop.why().to_owned())
    }

    #[tokio::test]
    async fn a_statement_is_made_and_withdrawn_and_names_nobody() {
        let scope = scope();
        let told = said(&scope, Some("2027-01-31")).await.expect("attests");
        assert!(told.starts_with(NO_ACTUAL_KNOWLEDGE), "{told}");
        assert!(
            told.ends_with("entry 1; it holds until 2027-02-01T00:00:00Z.\n"),
            "{told}"
        );
        let (chain, entries) = scope.journal.read().await.expect("verifies");
        let until = end_of_day("2027-01-31").expect("a day");
        assert_eq!(chain.attested(NOW).map(|a| a.until), Some(until));
        assert_eq!(chain.attested(until), None, "it lapses");
        let actor = scope.ledger_key.digest("actor", b"Orla Fenn").to_string();
        assert_eq!(entries[1].actor, Some(actor));
        let stored = String::from_utf8(entries[1].to_bytes()).expect("text");
        assert!(!stored.contains("Fenn") && !stored.contains("knowledge"));
        said(&scope, None).await.expect("withdraws");
        let (chain, _) = scope.journal.read().await.expect("verifies");
        assert_eq!(chain.attested(NOW), None);
        let again = said(&scope, None).await.expect_err("there is none");
        assert!(again.contains("no attestation to withdraw"), "{again}");
    }

    #[test]
    fn a_term_comes_and_is_within_a_year() {
        for (day, expected) in [
            ("2027-01-15", Ok(())),
            ("2027-01-14", Err("is past")),
            ("2028-01-15", Ok(())),
            ("2028-01-16", Err("more than a year")),
            ("2027-02-30", Err("a day of the calendar")),
        ] {
            match (term(day, NOW), expected) {
                (Ok(_), Ok(())) => {}
                (Err(stop), Err(why)) => assert!(stop.why().contains(why), "{day}: {stop:?}"),
                (got, _) => panic!("{day}: {got:?}"),
            }
        }
    }
}
