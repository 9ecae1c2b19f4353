//! Scenes: who speaks, how it begins and ends, what may be asked.

use super::kind::Kind;
use super::opening::{CALL_ENDS, CALL_STARTS, TEXT_STARTS, VISIT_STARTS};
use super::small_talk::{Line, Side};

/// A setting of conversations.
#[derive(Debug)]
pub(super) struct Scene {
    /// The firm's speaker and the person.
    pub(super) speakers: [&'static [&'static str]; 2],
    /// First lines: any sequence of turns.
    pub(super) openings: &'static [&'static [Line]],
    /// Last lines.
    pub(super) closings: &'static [&'static [Line]],
    /// What may come up.
    pub(super) kinds: &'static [Kind],
}

impl Scene {
    /// The speaker of `side`, the same through a conversation whose draw is `n`.
    pub(super) fn speaker(&self, side: Side, n: usize) -> &'static str {
        let speakers = self.speakers[usize::from(side == Side::Person)];
        speakers[n % speakers.len()]
    }
}

/// Every scene.
pub(super) const SCENES: &[Scene] = &[
    // A refill at a pharmacy.
    Scene {
        speakers: [&["agent", "representative", "bot"], &["customer", "caller"]],
        openings: CALL_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::FullName,
            Kind::FamilyName,
            Kind::BirthDate,
            Kind::Prescription,
            Kind::Member,
            Kind::Group,
            Kind::Phone,
            Kind::Doctor,
            Kind::Address,
            Kind::Zip,
            Kind::Facility,
            Kind::EventDate,
            Kind::Card,
            Kind::Dea,
            Kind::Npi,
            Kind::Relative,
            Kind::Clock,
        ],
    },
    // An appointment.
    Scene {
        speakers: [
            &["agent", "bot", "receptionist"],
            &["patient", "customer", "caller"],
        ],
        openings: CALL_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::FullName,
            Kind::GivenName,
            Kind::FamilyName,
            Kind::BirthDate,
            Kind::Phone,
            Kind::Email,
            Kind::EventDate,
            Kind::Clock,
            Kind::VagueDate,
            Kind::Facility,
            Kind::Doctor,
            Kind::Member,
            Kind::MedicalRecord,
            Kind::City,
            Kind::Zip,
            Kind::Nhs,
        ],
    },
    // A visit.
    Scene {
        speakers: [&["doctor"], &["patient"]],
        openings: VISIT_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::Relative,
            Kind::Doctor,
            Kind::Employer,
            Kind::City,
            Kind::Age,
            Kind::Birthday,
            Kind::OldBirthYear,
            Kind::EventDate,
            Kind::VagueDate,
            Kind::Facility,
            Kind::Serial,
            Kind::Photo,
            Kind::Clock,
        ],
    },
    // Results of a laboratory.
    Scene {
        speakers: [&["nurse", "agent"], &["patient", "caller"]],
        openings: CALL_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::MedicalRecord,
            Kind::BirthDate,
            Kind::EventDate,
            Kind::FullName,
            Kind::Fax,
            Kind::Phone,
            Kind::Doctor,
            Kind::Ticket,
            Kind::Url,
            Kind::Facility,
            Kind::Handle,
            Kind::Initials,
            Kind::VagueDate,
        ],
    },
    // A claim.
    Scene {
        speakers: [&["agent", "bot"], &["customer", "member"]],
        openings: CALL_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::Member,
            Kind::Group,
            Kind::Claim,
            Kind::Ssn,
            Kind::SsnLastFour,
            Kind::Npi,
            Kind::Address,
            Kind::Zip,
            Kind::EventDate,
            Kind::Fax,
            Kind::Employer,
            Kind::Account,
            Kind::FullName,
            Kind::Dea,
        ],
    },
    // A bank or a utility.
    Scene {
        speakers: [&["agent", "bot"], &["customer", "user"]],
        openings: CALL_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::Account,
            Kind::Card,
            Kind::Routing,
            Kind::Iban,
            Kind::SsnLastFour,
            Kind::Ssn,
            Kind::Pin,
            Kind::Password,
            Kind::OneTimeCode,
            Kind::Order,
            Kind::Email,
            Kind::Address,
            Kind::Handle,
            Kind::Passport,
            Kind::DriverLicense,
            Kind::FullName,
            Kind::Template,
        ],
    },
    // A call after discharge.
    Scene {
        speakers: [&["nurse", "agent"], &["patient", "client"]],
        openings: CALL_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::EventDate,
            Kind::VagueDate,
            Kind::Facility,
            Kind::Age,
            Kind::Relative,
            Kind::Phone,
            Kind::Address,
            Kind::Clock,
            Kind::Photo,
            Kind::MedicalRecord,
            Kind::City,
            Kind::Birthday,
        ],
    },
    // A chat of telehealth.
    Scene {
        speakers: [&["agent", "bot", "assistant"], &["user", "patient"]],
        openings: CALL_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::Email,
            Kind::Handle,
            Kind::Password,
            Kind::OneTimeCode,
            Kind::Url,
            Kind::Ip,
            Kind::Mac,
            Kind::Imei,
            Kind::Photo,
            Kind::Ticket,
            Kind::Template,
            Kind::Pin,
            Kind::GivenName,
        ],
    },
    // A thread of text messages.
    Scene {
        speakers: [&["agent", "bot"], &["patient", "user"]],
        openings: TEXT_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::FullName,
            Kind::Clock,
            Kind::EventDate,
            Kind::Phone,
            Kind::Url,
            Kind::Address,
            Kind::City,
            Kind::Photo,
            Kind::Geocode,
            Kind::Relative,
            Kind::VagueDate,
            Kind::Order,
        ],
    },
    // A device.
    Scene {
        speakers: [&["agent", "rep", "bot"], &["customer", "patient"]],
        openings: CALL_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::Serial,
            Kind::Udi,
            Kind::Imei,
            Kind::Mac,
            Kind::Ip,
            Kind::Phone,
            Kind::Email,
            Kind::Order,
            Kind::Address,
            Kind::Ticket,
            Kind::Geocode,
            Kind::GivenName,
            Kind::EventDate,
        ],
    },
    // Somebody calls for another.
    Scene {
        speakers: [&["agent", "nurse"], &["client", "caller"]],
        openings: CALL_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::Relative,
            Kind::Age,
            Kind::Birthday,
            Kind::OldBirthYear,
            Kind::Address,
            Kind::City,
            Kind::Ssn,
            Kind::Member,
            Kind::Phone,
            Kind::Facility,
            Kind::Nhs,
            Kind::Geocode,
            Kind::Doctor,
        ],
    },
    // Screening for a trial.
    Scene {
        speakers: [&["clinician", "agent"], &["member", "patient"]],
        openings: CALL_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::TrialSubject,
            Kind::Initials,
            Kind::BirthDate,
            Kind::Template,
            Kind::Employer,
            Kind::City,
            Kind::Zip,
            Kind::Phone,
            Kind::Passport,
            Kind::EventDate,
            Kind::Photo,
            Kind::OldBirthYear,
        ],
    },
    // A ride to the clinic.
    Scene {
        speakers: [&["operator", "agent", "bot"], &["caller", "patient"]],
        openings: CALL_STARTS,
        closings: CALL_ENDS,
        kinds: &[
            Kind::Plate,
            Kind::Vin,
            Kind::Address,
            Kind::Geocode,
            Kind::DriverLicense,
            Kind::Phone,
            Kind::Clock,
            Kind::City,
            Kind::Order,
            Kind::GivenName,
            Kind::Facility,
            Kind::Zip,
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    #[test]
    fn speakers_are_called_what_transcripts_call_them() {
        for scene in SCENES {
            let [firm, person] = scene.speakers;
            assert!(
                firm.iter().all(|s| Role::named(s) == Some(Role::Agent)),
                "{firm:?}"
            );
            assert!(
                person.iter().all(|s| Role::named(s) == Some(Role::User)),
                "{person:?}"
            );
        }
    }

    #[test]
    fn every_kind_has_a_scene() {
        for kind in Kind::ALL {
            assert!(
                SCENES.iter().any(|scene| scene.kinds.contains(kind)),
                "{kind:?}"
            );
        }
    }
}
