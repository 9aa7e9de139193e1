//! Types of the schema, one file each.

mod audit;
mod candidate;
mod candidate_change;
mod candidate_filter;
mod certification;
mod education;
mod embed_token;
mod employer;
mod employment;
mod enums;
mod evidence;
mod experience_source;
mod explanation;
mod facets;
mod import_job;
mod index_status;
mod insight;
mod link;
mod lists;
mod node;
mod notice;
mod payloads;
mod period;
mod privacy;
mod project;
mod resume;
mod search;
mod stint;
mod stint_search;
mod suggestion;
mod technology;
mod technology_experience;
mod viewer;

pub(super) use audit::{AuditConnection, AuditFilter};
pub(super) use candidate::Candidate;
pub(super) use candidate_change::CandidateChange;
pub(super) use candidate_filter::{CandidateFilter, CandidateSort};
pub(super) use embed_token::{CreateEmbedTokenInput, CreateEmbedTokenPayload};
pub(super) use employer::Employer;
pub(super) use employment::Employment;
pub(super) use experience_source::ExperienceSource;
pub(super) use explanation::Explanation;
pub(super) use facets::selection as facet_selection;
pub(super) use import_job::{
    ImportFileInput, ImportJob, ImportProgress, StartImportInput, StartImportPayload,
};
pub(super) use index_status::IndexStatus;
pub(super) use insight::{RelatedTechnology, SkillColumn, SkillMatrix, SkillRow};
pub(super) use lists::{EmployerConnection, EmployerEdge, TechnologyConnection, TechnologyEdge};
pub(super) use lists::{employer_cursor, technology_cursor};
pub(super) use node::Node;
pub(super) use payloads::{
    EraseCandidateInput, EraseCandidatePayload, ExportCandidateInput, ExportCandidatePayload,
    ImportResumeInput, ImportResumePayload, UserError,
};
pub(super) use privacy::{CandidatePrivacyPayload, SetCandidatePrivacyInput, SuspendUseInput};
pub(super) use project::Project;
pub(super) use resume::Resume;
pub(super) use search::CandidateSearchConnection;
pub(super) use stint::Stint;
pub(super) use stint_search::{StintGrouping, StintSearchConnection, StintSort};
pub(super) use suggestion::{Suggestion, SuggestionKind};
pub(super) use technology::Technology;
pub(super) use viewer::Viewer;
