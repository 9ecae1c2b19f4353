//! The gates of a release: a pure function of what landed, the agreement and
//! the time.

use std::collections::BTreeSet;

use crate::config::resolved::Tenant;
use crate::domain::EpochMs;
use crate::gate::{Admission, admit};
use crate::ledger::{Attested, Sample, TenantChain};

use super::Refusal;
use super::landed::{Landed, Tally};
use super::review::{self, Reviewed};

/// Under what a release may go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Approval {
    /// The attestation under which it goes out.
    pub(super) attested: Attested,
    /// What people read before, and the entry of their sample.
    pub(super) review: Option<(u64, Reviewed)>,
    /// The override that was needed.
    pub(super) dating_override: Option<String>,
    /// Whether paths may name years.
    pub(super) years: Years,
}

/// What a release says of years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Years {
    /// Each conversation lies under its year.
    Named,
    /// All lie under the unknown year.
    Withheld,
}

/// What persons and the agreement say of a release.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    /// The attestation in force now.
    pub(super) attested: Attested,
    /// The sample that was reviewed, where one is asked for.
    pub(super) sample: Option<&'a Sample>,
}

/// The gates that ask nothing of what landed.
///
/// # Errors
/// Every [`Refusal`].
pub(super) fn said<'a>(
    chain: &'a TenantChain,
    tenant: &Tenant,
    now: EpochMs,
) -> Result<Said<'a>, Vec<Refusal>> {
    let (attested, mut closed) = agreed(chain, tenant, now);
    let sample = review::review_gate(chain, tenant.release.review.as_ref(), now);
    match (attested, sample) {
        (Some(attested), Ok(sample)) if closed.is_empty() => Ok(Said { attested, sample }),
        (_, sample) => {
            closed.extend(sample.err().map(Refusal::from));
            Err(closed)
        }
    }
}

/// The attestation in force, and the gates that are closed before anything is
/// read, but for the review's.
pub(super) fn agreed(
    chain: &TenantChain,
    tenant: &Tenant,
    now: EpochMs,
) -> (Option<Attested>, Vec<Refusal>) {
    let mut closed = Vec::new();
    if let Admission::Paused(reason) = admit(tenant, now, None) {
        closed.push(Refusal::Authorization(reason));
    }
    closed.extend((!chain.freezes.is_empty()).then_some(Refusal::Frozen));
    let attested = chain.attested(now);
    closed.extend(attested.is_none().then_some(Refusal::Unattested));
    (attested, closed)
}

/// What the gates of what landed let pass: the override that was needed, and
/// what may be said of years.
pub(super) type Passed = (Option<String>, Years);

/// The gates that ask what landed.
///
/// # Errors
/// Every [`Refusal`].
pub(super) fn landed(
    landed: &Landed,
    chain: &TenantChain,
    tenant: &Tenant,
    now: EpochMs,
) -> Result<Passed, Vec<Refusal>> {
    let years: BTreeSet<_> = landed.rows.conversations().map(|c| c.year).collect();
    tally((&landed.tally, &years), chain.last_of_new(), tenant, now)
}

/// Of conversations of `years`; the release before them was made at `last`.
fn tally(
    (tally, years): (&Tally, &BTreeSet<Option<i16>>),
    last: Option<EpochMs>,
    tenant: &Tenant,
    now: EpochMs,
) -> Result<Passed, Vec<Refusal>> {
    let mut closed: Vec<Refusal> = counts(tally).err().into_iter().collect();
    let since = last.or(tally.earliest).unwrap_or(now);
    let dates = dating(tally.released, since, tenant, now);
    let reason = tenant.release.dating_override.clone();
    match reason.filter(|_| !dates.is_empty()) {
        Some(reason) if closed.is_empty() => return Ok((Some(reason), Years::Named)),
        Some(_) => {}
        None => closed.extend(dates),
    }
    if !closed.is_empty() {
        return Err(closed);
    }
    let min_ms = tenant.release.min_interval_ms;
    let narrow = |year: &i16| narrowed(*year, since, now) < min_ms;
    let dated = years.iter().flatten().any(narrow);
    Ok((None, if dated { Years::Withheld } else { Years::Named }))
}

/// What both kinds of gate let pass.
///
/// # Errors
/// Every refusal of both.
pub(super) fn both<'a>(
    said: Result<Said<'a>, Vec<Refusal>>,
    landed: Result<Passed, Vec<Refusal>>,
) -> Result<(Said<'a>, Passed), Vec<Refusal>> {
    match (said, landed) {
        (Ok(said), Ok(passed)) => Ok((said, passed)),
        (said, landed) => {
            let closed = said.err().into_iter().chain(landed.err());
            Err(closed.flatten().collect())
        }
    }
}

fn counts(tally: &Tally) -> Result<(), Refusal> {
    let held_back = tally.held_back.values().sum();
    if tally.landed == tally.released + held_back {
        return Ok(());
    }
    Err(Refusal::Counts {
        landed: tally.landed,
        released: tally.released,
        held_back,
    })
}

/// By what so many conversations since a moment could be dated too closely.
fn dating(conversations: u64, since: EpochMs, tenant: &Tenant, now: EpochMs) -> Vec<Refusal> {
    let (span_ms, min_ms) = (now.since(since), tenant.release.min_interval_ms);
    let narrow = (span_ms < min_ms).then_some(Refusal::TooNarrow { span_ms, min_ms });
    few(conversations, tenant)
        .into_iter()
        .chain(narrow)
        .collect()
}

/// Whether an outsider could pick one out of so many.
pub(super) fn few(conversations: u64, tenant: &Tenant) -> Option<Refusal> {
    let min = tenant.release.min_conversations;
    (conversations < min).then_some(Refusal::TooFew { conversations, min })
}

/// How much of `since..now` lies in `year`, in milliseconds; the whole year
/// where none of it does, since such a conversation is an older one.
fn narrowed(year: i16, since: EpochMs, now: EpochMs) -> i64 {
    let (start, end) = (start_of(year), start_of(year.saturating_add(1)));
    let (from, to) = (since.max(start), now.min(end));
    if from < to {
        to.since(from)
    } else {
        end.since(start)
    }
}

/// The first moment of `year` (UTC); beyond the calendar, the end of time.
fn start_of(year: i16) -> EpochMs {
    let day = jiff::civil::Date::new(year, 1, 1).ok();
    let moment = day.and_then(|d| d.to_zoned(jiff::tz::TimeZone::UTC).ok());
    EpochMs(moment.map_or(i64::MAX, |m| m.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::PauseReason;
    use crate::release::tests::tenant;

    const DAY: i64 = 86_400_000;
    /// 2026-01-01.
    const NEW_YEAR: EpochMs = EpochMs(1_767_225_600_000);

    const ATTESTED: Attested = Attested {
        entry: 4,
        number: 2,
        until: EpochMs(i64::MAX),
    };

    fn tally(landed: u64, held_back: u64) -> Tally {
        Tally {
            landed,
            released: landed - held_back,
            held_back: [(String::from("language"), held_back)].into(),
            earliest: Some(NEW_YEAR.plus(-100 * DAY)),
            ..Tally::default()
        }
    }

    /// The gates at `now`, `since` the last release, both in days from the new
    /// year, of 100 conversations of the years given.
    #[track_caller]
    fn check_of(
        attested: bool,
        change: impl FnOnce(&mut Tenant, &mut Tally),
        days: (i64, i64),
        years: &[i16],
        expected: Result<Passed, &[Refusal]>,
    ) {
        let (mut tenant, mut tally) = (tenant("north"), tally(110, 10));
        tenant.release.dating_override = None;
        tenant.release.min_conversations = 100;
        tenant.release.min_interval_ms = 30 * DAY;
        tenant.authorization.expires = NEW_YEAR.plus(300 * DAY);
        change(&mut tenant, &mut tally);
        let years: BTreeSet<_> = years.iter().map(|y| Some(*y)).chain([None]).collect();
        let (last, now) = (NEW_YEAR.plus(days.0 * DAY), NEW_YEAR.plus(days.1 * DAY));
        let chain = TenantChain {
            attestation: attested.then_some(ATTESTED),
            ..TenantChain::default()
        };
        let landed = super::tally((&tally, &years), Some(last), &tenant, now);
        let passed = both(said(&chain, &tenant, now), landed).map(|(_, passed)| passed);
        assert_eq!(passed, expected.map_err(<[Refusal]>::to_vec));
    }

    fn passed(years: Years) -> Result<Passed, &'static [Refusal]> {
        Ok((None, years))
    }

    /// As [`check_of`], while an attestation is in force.
    #[track_caller]
    fn check(
        change: impl FnOnce(&mut Tenant, &mut Tally),
        days: (i64, i64),
        years: &[i16],
        expected: Result<Passed, &[Refusal]>,
    ) {
        check_of(true, change, days, years, expected);
    }

    #[test]
    fn the_agreement_must_be_in_force() {
        let lapsed = Refusal::Authorization(PauseReason::Lapsed);
        check(|_, _| (), (200, 299), &[2026], passed(Years::Named));
        check(|_, _| (), (200, 300), &[2026], Err(&[lapsed]));
        let refused = Refusal::Authorization(PauseReason::NotPermitted);
        check(
            |t, _| t.authorization.permits_deidentification = false,
            (200, 299),
            &[],
            Err(&[refused]),
        );
        let refused = Refusal::Authorization(PauseReason::NoPurpose);
        check(
            |t, _| t.authorization.purposes.clear(),
            (200, 299),
            &[],
            Err(&[refused]),
        );
    }

    #[test]
    fn conversations_must_add_up() {
        let refused = Refusal::Counts {
            landed: 111,
            released: 100,
            held_back: 10,
        };
        check(|_, t| t.landed += 1, (30, 60), &[2026], Err(&[refused]));
    }

    #[test]
    fn too_few_or_too_narrow_wants_an_override() {
        let few = Refusal::TooFew {
            conversations: 99,
            min: 100,
        };
        let fewer = |_: &mut Tenant, tally: &mut Tally| *tally = super::tests::tally(109, 10);
        check(fewer, (30, 60), &[2026], Err(&[few]));
        let narrow = Refusal::TooNarrow {
            span_ms: 29 * DAY,
            min_ms: 30 * DAY,
        };
        check(|_, _| (), (30, 59), &[2026], Err(&[narrow]));
        assert_eq!(
            narrow.to_string(),
            "an outsider could date a conversation to 29d, less than `release.min_interval` of 30d; wait, or name a `release.dating_override`"
        );
        let reason = String::from("a demo (someone)");
        let allowed = (Some(reason.clone()), Years::Named);
        let named = |t: &mut Tenant, _: &mut Tally| t.release.dating_override = Some(reason);
        check(named, (30, 59), &[2026], Ok(allowed));
    }

    #[test]
    fn every_closed_gate_is_told() {
        let lapsed = Refusal::Authorization(PauseReason::Lapsed);
        let counts = Refusal::Counts {
            landed: 111,
            released: 100,
            held_back: 10,
        };
        let few = Refusal::TooFew {
            conversations: 100,
            min: 101,
        };
        let narrow = Refusal::TooNarrow {
            span_ms: DAY,
            min_ms: 30 * DAY,
        };
        let wrong = |tenant: &mut Tenant, tally: &mut Tally| {
            tenant.release.min_conversations = 101;
            tally.landed += 1;
        };
        let all = [lapsed, Refusal::Unattested, counts, few, narrow];
        check_of(false, wrong, (299, 300), &[], Err(&all));
    }

    #[test]
    fn an_override_is_recorded_only_where_it_was_needed() {
        let named = |t: &mut Tenant, _: &mut Tally| {
            t.release.dating_override = Some(String::from("x"));
        };
        check(named, (30, 60), &[2026], passed(Years::Named));
    }

    #[test]
    fn a_year_that_narrows_the_interval_is_withheld() {
        check(|_, _| (), (-15, 20), &[2025], passed(Years::Withheld));
        check(|_, _| (), (-40, 20), &[2025, 2026], passed(Years::Withheld));
        check(|_, _| (), (-40, 20), &[2025], passed(Years::Named));
        check(|_, _| (), (-40, 40), &[2025, 2026], passed(Years::Named));
        check(|_, _| (), (-15, 31), &[2019], passed(Years::Named));
        check(|_, _| (), (-15, 31), &[2026], passed(Years::Named));
        // Beyond the calendar nothing is known.
        check(|_, _| (), (-15, 31), &[i16::MAX], passed(Years::Withheld));
    }
}
