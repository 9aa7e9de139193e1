//! Opaque global ids that name their type.

use async_graphql::ID;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::ApiError;
use crate::domain::{CandidateId, EmployerId, EmploymentId, JobId, ProjectId, ResumeId};

/// What a global id leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum GlobalId {
    /// A person.
    Candidate(CandidateId),
    /// A document.
    Resume(ResumeId),
    /// A job.
    Employment(EmploymentId),
    /// A project.
    Project(ProjectId),
    /// An employer.
    Employer(EmployerId),
    /// A technology, by key.
    Technology(String),
    /// An import; no node.
    ImportJob(JobId),
}

impl GlobalId {
    /// Reads an id.
    pub(super) fn parse(id: &ID) -> Result<Self, ApiError> {
        Self::decode(id).ok_or(ApiError::bad_input("not an id", "IDが正しくありません"))
    }

    fn decode(id: &ID) -> Option<Self> {
        let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(id.as_str()).ok()?).ok()?;
        let (kind, key) = plain.split_once(':')?;
        Some(match kind {
            "Candidate" => Self::Candidate(key.parse().ok()?),
            "Resume" => Self::Resume(key.parse().ok()?),
            "Employment" => Self::Employment(key.parse().ok()?),
            "Project" => Self::Project(key.parse().ok()?),
            "Employer" => Self::Employer(key.parse().ok()?),
            "ImportJob" => Self::ImportJob(key.parse().ok()?),
            "Technology" => Self::Technology(key.to_owned()),
            _ => return None,
        })
    }
}

impl From<GlobalId> for ID {
    fn from(id: GlobalId) -> Self {
        let plain = match id {
            GlobalId::Candidate(id) => format!("Candidate:{id}"),
            GlobalId::Resume(id) => format!("Resume:{id}"),
            GlobalId::Employment(id) => format!("Employment:{id}"),
            GlobalId::Project(id) => format!("Project:{id}"),
            GlobalId::Employer(id) => format!("Employer:{id}"),
            GlobalId::ImportJob(id) => format!("ImportJob:{id}"),
            GlobalId::Technology(key) => format!("Technology:{key}"),
        };
        Self(URL_SAFE_NO_PAD.encode(plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_writes() {
        for id in [
            GlobalId::Candidate(CandidateId::new()),
            GlobalId::Project(ProjectId::new()),
            GlobalId::ImportJob(JobId::new()),
            GlobalId::Technology("c++".to_owned()),
        ] {
            assert_eq!(GlobalId::decode(&id.clone().into()), Some(id));
        }
        for text in ["", "x", "Q2FuZGlkYXRlOng", "あ"] {
            assert_eq!(GlobalId::decode(&ID(text.to_owned())), None);
        }
    }
}
