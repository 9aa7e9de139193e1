//! Label files: what a perfect reader gets from a document.

use serde::Deserialize;

/// The labels of one document; keys that scoring does not use (`layout`, `notices`) are ignored.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Labels {
    /// Jobs; self-employment is one.
    pub(super) employers: Vec<EmployerLabel>,
    /// Pieces of work for an employer or client.
    pub(super) projects: Vec<ProjectLabel>,
    /// What the person used or knows, by usual product names.
    pub(super) skills: Vec<String>,
    /// What is named without being experience.
    pub(super) mentioned_only: Vec<String>,
    /// Certificates as written.
    pub(super) certifications: Vec<String>,
    /// Schools as written.
    pub(super) education: Vec<SchoolLabel>,
}

/// A job. Dates are `2016-04`, `2016`, `present`, or none where nothing is stated.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct EmployerLabel {
    /// The name as written; none where it is anonymous.
    pub(super) name: Option<String>,
    /// What an anonymous employer is called.
    pub(super) label: Option<String>,
    /// When it began.
    pub(super) start: Option<String>,
    /// When it ended.
    pub(super) end: Option<String>,
}

/// A project with its own dates; what it has from its job is not repeated.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ProjectLabel {
    /// The title as written.
    pub(super) title: Option<String>,
    /// The employer; none where it is anonymous or there is none.
    pub(super) employer: Option<String>,
    /// When it began.
    pub(super) start: Option<String>,
    /// When it ended.
    pub(super) end: Option<String>,
}

/// A school.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct SchoolLabel {
    /// School and faculty as written.
    pub(super) school: String,
    /// When it was left.
    pub(super) end: Option<String>,
}
