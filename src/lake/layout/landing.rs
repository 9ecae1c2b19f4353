//! Paths of the landing store.

use serde::{Deserialize, Serialize};

use super::{Folder, LandingPath, parsed};
use crate::domain::TenantId;
use crate::seal::{BlobName, Purpose, SealedBlob, UnclaimedBlob};

/// What a file of the landing store is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LandingFile {
    /// A sealed file of a tenant.
    Sealed {
        /// Whose it is.
        tenant: TenantId,
        /// What it is for.
        purpose: Purpose,
        /// Its name.
        name: BlobName,
    },
    /// What a slot says of a tenant's files.
    Evidence {
        /// Whose it is.
        tenant: TenantId,
        /// Its name.
        name: BlobName,
    },
    /// A record whose tenant could not be established, sealed to the operator.
    Unclaimed {
        /// Its name.
        name: BlobName,
    },
}

impl LandingFile {
    /// What it is for, by its folder's name: files of one purpose go together.
    /// `None` for evidence, which stays.
    #[must_use]
    pub const fn purpose(&self) -> Option<&'static str> {
        match self {
            Self::Sealed { purpose, .. } => Some(purpose.segment()),
            Self::Unclaimed { .. } => Some("unclaimed"),
            Self::Evidence { .. } => None,
        }
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> LandingPath {
        LandingPath(parsed(&match self {
            Self::Sealed {
                tenant,
                purpose,
                name,
            } => format!("tenants/{tenant}/{}/{name}", purpose.segment()),
            Self::Evidence { tenant, name } => format!("tenants/{tenant}/evidence/{name}.json"),
            Self::Unclaimed { name } => format!("unclaimed/{name}"),
        }))
    }
}

impl From<&SealedBlob> for LandingFile {
    fn from(blob: &SealedBlob) -> Self {
        Self::Sealed {
            tenant: blob.tenant().clone(),
            purpose: blob.purpose(),
            name: blob.name(),
        }
    }
}

impl From<&UnclaimedBlob> for LandingFile {
    fn from(blob: &UnclaimedBlob) -> Self {
        Self::Unclaimed { name: blob.name() }
    }
}

impl LandingPath {
    /// What lies there; `None` for a file that this program did not write.
    #[must_use]
    pub fn file(&self) -> Option<LandingFile> {
        let parts: Vec<&str> = self.0.as_ref().split('/').collect();
        match parts[..] {
            ["unclaimed", name] => Some(LandingFile::Unclaimed {
                name: BlobName::parse(name)?,
            }),
            ["tenants", tenant, "evidence", name] => Some(LandingFile::Evidence {
                tenant: TenantId::parse(tenant)?,
                name: BlobName::parse(name.strip_suffix(".json")?)?,
            }),
            ["tenants", tenant, purpose, name] => Some(LandingFile::Sealed {
                tenant: TenantId::parse(tenant)?,
                purpose: Purpose::of_segment(purpose)?,
                name: BlobName::parse(name)?,
            }),
            _ => None,
        }
    }
}

impl Folder<LandingPath> {
    /// All files of a tenant.
    #[must_use]
    pub fn tenant(tenant: &TenantId) -> Self {
        Self::new(format!("tenants/{tenant}"))
    }

    /// A tenant's sealed files of one purpose.
    #[must_use]
    pub fn sealed(tenant: &TenantId, purpose: Purpose) -> Self {
        Self::new(format!("tenants/{tenant}/{}", purpose.segment()))
    }

    /// Files sealed to the operator.
    #[must_use]
    pub fn unclaimed() -> Self {
        Self::new("unclaimed".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;
    use object_store::path::Path;

    fn name() -> BlobName {
        BlobName::parse("000102030405060708090a0b0c0d0e0f").expect("a name")
    }

    #[test]
    fn landing_paths_and_back() {
        let sealed = |purpose| LandingFile::Sealed {
            tenant: TenantId::parse("north").expect("a name"),
            purpose,
            name: name(),
        };
        let cases = [
            (
                sealed(Purpose::HeldBack),
                "tenants/north/held-back/000102030405060708090a0b0c0d0e0f",
            ),
            (
                LandingFile::Evidence {
                    tenant: TenantId::parse("north").expect("a name"),
                    name: name(),
                },
                "tenants/north/evidence/000102030405060708090a0b0c0d0e0f.json",
            ),
            (
                LandingFile::Unclaimed { name: name() },
                "unclaimed/000102030405060708090a0b0c0d0e0f",
            ),
        ];
        for (file, path) in cases {
            assert_eq!(file.path().to_string(), path);
            assert_eq!(file.path().file(), Some(file));
        }
        for purpose in Purpose::ALL {
            assert_eq!(sealed(purpose).path().file(), Some(sealed(purpose)));
        }
        for foreign in [
            "tenants/north/landing/x",
            "x",
            "tenants/North/evidence/x.json",
        ] {
            assert_eq!(LandingPath::listed(Path::from(foreign)).file(), None);
        }
    }
}
