//! What was agreed with a tenant: nothing is admitted without it.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::inference::inference;
use crate::config::problem::child;
use crate::config::read::Document;
use crate::config::resolved;
use crate::config::written::{Authorization as Written, Purpose};
use crate::domain::EpochMs;

pub(super) const DAY_MS: i64 = 86_400_000;

/// The agreement that is meant; refused when it is absent or permits nothing.
pub(super) fn authorization(
    document: &mut Document,
    written: Option<&Written>,
    now: EpochMs,
) -> Option<resolved::Authorization> {
    let Some(written) = written else {
        document.refuse(
            "/authorization",
            "is missing, so nothing of this tenant may be read",
            "write down what was agreed: `permits_deidentification`, `baa_reference`, `purposes`, `expires`",
        );
        return None;
    };
    if !written.permits_deidentification {
        document.refuse(
            "/authorization/permits_deidentification",
            "does not say that the agreement permits de-identification (45 CFR 164.502(d)(1), 164.504(e)(2))",
            "write `true` once the agreement does",
        );
    }
    let purposes = purposes(document, written);
    let expires = expires(document, written, now);
    let listed = written.inference.as_ref();
    let inference = listed.and_then(|listed| inference(document, listed, now));
    let part2 = written.part2.as_ref();
    let fields = written.fields.as_ref();
    Some(resolved::Authorization {
        permits_deidentification: written.permits_deidentification,
        permits_evaluation: written.permits_evaluation,
        baa_reference: written.baa_reference.clone()?,
        purposes,
        expires: expires?,
        fields: fields.map(|fields| fields.iter().flatten().copied().collect()),
        inference,
        part2_consent: part2.and_then(|part2| part2.consent_reference.clone()),
    })
}

fn purposes(document: &mut Document, written: &Written) -> Vec<resolved::Purpose> {
    let mut purposes = Vec::new();
    for (i, purpose) in written.purposes.iter().flatten().enumerate() {
        let Some(purpose) = purpose else { continue };
        match admitted(*purpose) {
            Ok(purpose) => purposes.push(purpose),
            Err(why) => {
                let pointer = child("/authorization/purposes", &i.to_string());
                let remedy = "name a research use: health_services_research, clinical_research, \
                              public_health, quality_improvement or patient_safety";
                document.refuse(&pointer, why, remedy);
            }
        }
    }
    purposes.sort_unstable();
    purposes.dedup();
    purposes
}

const fn admitted(purpose: Purpose) -> Result<resolved::Purpose, &'static str> {
    Ok(match purpose {
        Purpose::HealthServicesResearch => resolved::Purpose::HealthServicesResearch,
        Purpose::ClinicalResearch => resolved::Purpose::ClinicalResearch,
        Purpose::PublicHealth => resolved::Purpose::PublicHealth,
        Purpose::QualityImprovement => resolved::Purpose::QualityImprovement,
        Purpose::PatientSafety => resolved::Purpose::PatientSafety,
        Purpose::ModelImprovement | Purpose::ModelTraining => {
            return Err(
                "training or improving models is not research on the tenant's behalf, \
                        and no agreement read here permits it",
            );
        }
        Purpose::ProductImprovement | Purpose::ServiceImprovement | Purpose::Analytics => {
            return Err(
                "the vendor's own product, service or analytics is not research on the \
                        tenant's behalf (45 CFR 164.504(e)(2)(i))",
            );
        }
        Purpose::Marketing | Purpose::Sale => {
            return Err("needs the individual's own authorization (45 CFR 164.508(a)(3), (4))");
        }
    })
}

fn expires(document: &mut Document, written: &Written, now: EpochMs) -> Option<EpochMs> {
    let pointer = "/authorization/expires";
    let Some(end) = end_of_day(written.expires.as_deref()?) else {
        document.refuse(
            pointer,
            "is not a day of the calendar",
            "write one such as `2027-06-30`",
        );
        return None;
    };
    let remedy = "renew the agreement, then write its new last day";
    lapse(document, pointer, (end, now), "the agreement", remedy);
    Some(end)
}

/// Warns of what has lapsed at `now`, and of what will.
pub(super) fn lapse(
    document: &mut Document,
    pointer: &str,
    (end, now): (EpochMs, EpochMs),
    what: &str,
    remedy: &str,
) {
    match lapse_notice(end, now) {
        // The gate pauses the tenant; timers of what lies there run on.
        Some(0) => {
            let what = format!("is past: {what} has lapsed, and its topics are paused");
            document.warn(pointer, &what, remedy);
        }
        Some(days) => {
            let what = format!("{what} lapses within {days} days or less");
            document.warn(pointer, &what.replace(" 1 days or less", " 1 day"), remedy);
        }
        None => {}
    }
}

/// The first moment (UTC) after the day that `text` names.
#[must_use]
pub fn end_of_day(text: &str) -> Option<EpochMs> {
    let day: Date = text.parse().ok()?;
    let midnight = day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(EpochMs(midnight.timestamp().as_millisecond()))
}

/// Which notice of a lapse is due at `now`: within 30, 7 or 1 days of
/// `expires`, 0 when it has lapsed, `None` before.
#[must_use]
pub fn lapse_notice(expires: EpochMs, now: EpochMs) -> Option<u8> {
    let left = expires.since(now);
    if left <= 0 {
        return Some(0);
    }
    [1u8, 7, 30]
        .into_iter()
        .find(|days| left <= i64::from(*days) * DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_included() {
        assert_eq!(end_of_day("1970-01-01"), Some(EpochMs(DAY_MS)));
        assert_eq!(end_of_day("2026-02-30"), None);
        assert_eq!(end_of_day("9999-12-31"), None);
    }

    #[test]
    fn notices_come_at_30_7_and_1_days() {
        let expires = EpochMs(100 * DAY_MS);
        for (left, notice) in [
            (31 * DAY_MS, None),
            (30 * DAY_MS, Some(30)),
            (7 * DAY_MS + 1, Some(30)),
            (7 * DAY_MS, Some(7)),
            (DAY_MS, Some(1)),
            (1, Some(1)),
            (0, Some(0)),
            (-1, Some(0)),
        ] {
            assert_eq!(lapse_notice(expires, expires.plus(-left)), notice, "{left}");
        }
    }
}
