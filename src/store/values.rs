//! What goes into the store and comes out of it, beside the domain's own values.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::{
    CandidateId, DocumentFormat, EmployerId, EmploymentId, Heading, Identity, Mention, Notice,
    ProjectId, Resume, ResumeId, Sha256, StatedMonths, StintId, StintRef, Stints, YearMonth,
};

/// A document that was read and is to be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct NewResume {
    /// The caller's own name of the candidate.
    pub external_id: Option<String>,
    /// The file's name, without its folder.
    pub file_name: Option<String>,
    /// The form of the document.
    pub format: DocumentFormat,
    /// The SHA-256 of `original`.
    pub sha256: Sha256,
    /// The document's bytes, unchanged.
    pub original: Vec<u8>,
    /// The decoded text that every span of `resume` points into, with blanks for what must not be
    /// collected.
    pub text: String,
    /// The version of the reader that made `resume`.
    pub parser_version: u32,
    /// The date given with the document; used only when the document states none.
    pub given_document_date: Option<NaiveDate>,
    /// What was read.
    pub resume: Resume,
    /// What was not understood.
    pub notices: Vec<Notice>,
}

/// What became of one [`NewResume`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The person it belongs to.
    pub candidate: CandidateId,
    /// The stored document.
    pub resume: ResumeId,
    /// Whether these bytes were stored before; nothing was written then.
    pub unchanged: bool,
    /// The change-log entry that stored it; of the earlier import when `unchanged`.
    pub sequence: i64,
}

/// What an erasure did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// The change-log entry of the erasure.
    pub sequence: i64,
    /// How many documents went with the candidate.
    pub resume_count: u64,
}

/// A candidate without the contents of any résumé.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateRow {
    /// The candidate.
    pub id: CandidateId,
    /// The caller's own name of the candidate.
    pub external_id: Option<String>,
    /// The résumé received last.
    pub current_resume: ResumeId,
    /// When that résumé was stored.
    pub updated_at: DateTime<Utc>,
}

/// A stored document that an older reader read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outdated {
    /// The document.
    pub id: ResumeId,
    /// The file's name.
    pub file_name: Option<String>,
    /// The bytes as received.
    pub original: Vec<u8>,
    /// The date given with it, where it states none itself.
    pub given_document_date: Option<NaiveDate>,
}

/// A document without its bytes, its text and what was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResumeRow {
    /// The document.
    pub id: ResumeId,
    /// The person it belongs to.
    pub candidate: CandidateId,
    /// The file's name.
    pub file_name: Option<String>,
    /// The form of the document.
    pub format: DocumentFormat,
    /// The date it states, else the one given with it.
    pub document_date: Option<NaiveDate>,
    /// The month that its open periods end in.
    pub as_of: YearMonth,
    /// When it was stored.
    pub received_at: DateTime<Utc>,
    /// The SHA-256 of its bytes.
    pub sha256: Sha256,
    /// The version of the reader that read it.
    pub parser_version: u32,
}

/// A person by one résumé, without what its lists hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The document's own row; it names the person, too.
    pub row: ResumeRow,
    /// The caller's own name of the person.
    pub external_id: Option<String>,
    /// When the candidate last changed.
    pub updated_at: DateTime<Utc>,
    /// Who the person is.
    pub identity: Identity,
    /// The document's headings, in its order.
    pub outline: Vec<Heading>,
}

/// The jobs and projects of one résumé, with the identities that its rows got.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredStints {
    /// The document.
    pub resume_id: ResumeId,
    /// The month that open periods end in.
    pub as_of: YearMonth,
    /// The jobs and projects.
    pub stints: Stints,
    /// The identities of `stints.employments`, in the same order.
    pub employment_ids: Vec<EmploymentId>,
    /// The identities of `stints.projects`, in the same order.
    pub project_ids: Vec<ProjectId>,
    /// The employers of `stints.employments`, in the same order.
    pub employer_ids: Vec<EmployerId>,
}

impl StoredStints {
    /// Returns the stint of an identity; `None` where the résumé has none of it.
    pub fn find(&self, id: StintId) -> Option<StintRef> {
        match id {
            StintId::Employment(id) => {
                let index = self.employment_ids.iter().position(|of| *of == id)?;
                Some(StintRef::Employment(index))
            }
            StintId::Project(id) => {
                let index = self.project_ids.iter().position(|of| *of == id)?;
                Some(StintRef::Project(index))
            }
        }
    }
}

/// The technologies that one résumé names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Namings {
    /// Where they are named, in document order.
    pub mentions: Vec<Mention>,
    /// Lengths of experience in words or a table.
    pub stated: Vec<StatedMonths>,
}

/// A résumé as it was read, whole, with the identities that its rows got.
#[derive(Clone, Debug, PartialEq)]
pub struct Career {
    /// The person.
    pub candidate: CandidateId,
    /// The caller's own name of the person.
    pub external_id: Option<String>,
    /// The document.
    pub resume_id: ResumeId,
    /// The document's own row.
    pub row: ResumeRow,
    /// The month that open periods end in.
    pub as_of: YearMonth,
    /// When the candidate last changed.
    pub updated_at: DateTime<Utc>,
    /// What was read. Its `document_date` is the one that the document states.
    pub resume: Resume,
    /// What was not understood, in the reader's order.
    pub notices: Vec<Notice>,
    /// The identities of `resume.stints.employments`, in the same order.
    pub employment_ids: Vec<EmploymentId>,
    /// The identities of `resume.stints.projects`, in the same order.
    pub project_ids: Vec<ProjectId>,
    /// The employers of `resume.stints.employments`, in the same order.
    pub employer_ids: Vec<EmployerId>,
}

/// An employer as all stored résumés name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployerRow {
    /// The employer.
    pub id: EmployerId,
    /// What equal employers share; unique to the job where the employer is anonymous.
    pub key: String,
    /// The name of its first résumé.
    pub name: String,
    /// Every other name, in the order of appearance.
    pub aliases: Vec<String>,
    /// Whether the name hides who it was.
    pub is_anonymous: bool,
    /// Candidates whose current résumé has it.
    pub candidate_count: u64,
}

/// Where a page of employers goes on: the last row of the page before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployerCursor {
    /// Its [`EmployerRow::candidate_count`].
    pub candidate_count: u64,
    /// Its [`EmployerRow::name`].
    pub name: String,
    /// Its [`EmployerRow::id`].
    pub id: EmployerId,
}

impl EmployerRow {
    /// Returns the cursor that leads to the row after this one.
    pub fn cursor(&self) -> EmployerCursor {
        EmployerCursor {
            candidate_count: self.candidate_count,
            name: self.name.clone(),
            id: self.id,
        }
    }
}

/// A technology that a stored résumé names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TechnologyRow {
    /// The lexicon's key, or the normalized spelling where the lexicon has none.
    pub key: String,
    /// The canonical name, or the first spelling seen where the lexicon has none.
    pub name: String,
    /// Whether the lexicon has it.
    pub is_listed: bool,
    /// Candidates whose current résumé mentions it with a grade of `Declared` or stronger.
    pub candidate_count: u64,
}

/// Where a page of technologies goes on: the last row of the page before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TechnologyCursor {
    /// Its [`TechnologyRow::candidate_count`].
    pub candidate_count: u64,
    /// Its [`TechnologyRow::name`].
    pub name: String,
    /// Its [`TechnologyRow::key`].
    pub key: String,
}

impl TechnologyRow {
    /// Returns the cursor that leads to the row after this one.
    pub fn cursor(&self) -> TechnologyCursor {
        TechnologyCursor {
            candidate_count: self.candidate_count,
            name: self.name.clone(),
            key: self.key.clone(),
        }
    }
}

/// What happened to a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// It is new, or has another current résumé.
    Upsert,
    /// It was erased.
    Delete,
}

/// An entry of the change log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place: strictly increasing within an organization, in the order of commits.
    pub sequence: i64,
    /// The candidate.
    pub candidate: CandidateId,
    /// What happened to it.
    pub kind: ChangeKind,
}

/// A step of the database schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationState {
    /// The migration's name, which begins with its date.
    pub name: String,
    /// Whether the database has it.
    pub is_applied: bool,
}
