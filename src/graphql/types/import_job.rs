use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Object, SimpleObject};

use super::candidate::Candidate;
use super::payloads::UserError;
use super::resume::Resume;
use crate::domain::{Access, Scope};
use crate::graphql::error::{ApiError, ErrorCode};
use crate::graphql::id::GlobalId;
use crate::graphql::loaders::{ProfileOf, ResumeOf};
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::{access, loaders, locale};
use crate::ingest::{FileOutcome, Imported, JobEvent, JobFile, JobState};

/// Documents to take in.
#[derive(InputObject)]
pub(in crate::graphql) struct StartImportInput {
    /// The documents, taken in one after the other in this order: from 1 to 100.
    pub(in crate::graphql) files: Vec<ImportFileInput>,
}

/// A document to take in, as text or base64: one of them.
#[derive(InputObject)]
pub(in crate::graphql) struct ImportFileInput {
    /// Your own id of the candidate. A newer document with the same one becomes the current résumé.
    pub(in crate::graphql) external_id: Option<String>,
    /// The file's name: helps to tell the format.
    pub(in crate::graphql) file_name: Option<String>,
    /// The document as text.
    pub(in crate::graphql) text: Option<String>,
    /// The document's bytes in base64.
    pub(in crate::graphql) base64: Option<String>,
    /// The document's date, used when it states none: open periods end there.
    pub(in crate::graphql) document_date: Option<Date>,
}

/// An import that was begun.
#[derive(SimpleObject, Default)]
pub(in crate::graphql) struct StartImportPayload {
    /// The import; null when none was begun.
    pub(in crate::graphql) job: Option<ImportJob>,
    /// Why none was begun; empty when one was. `files.2.base64` is a field of the third file.
    pub(in crate::graphql) user_errors: Vec<UserError>,
}

/// An import of several documents.
pub(in crate::graphql) struct ImportJob(pub(in crate::graphql) Arc<JobState>);

/// Whether an import goes on.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum ImportJobState {
    /// Documents wait.
    Running,
    /// Every document was taken in or refused.
    Finished,
}

impl ImportJob {
    fn count(&self, is_counted: impl Fn(&FileOutcome) -> bool) -> usize {
        let outcomes = self.0.files.iter().filter_map(|file| file.outcome.as_ref());
        outcomes.filter(|outcome| is_counted(outcome)).count()
    }
}

/// An import of several documents, which goes on in the background. The server that began it knows it, until
/// an hour after its end; after the server's own end it is unknown, and the same documents again change
/// nothing that was taken in.
#[Object]
impl ImportJob {
    /// The import's id.
    async fn id(&self) -> ID {
        GlobalId::ImportJob(self.0.id).into()
    }

    /// Whether it goes on.
    async fn state(&self) -> ImportJobState {
        match self.0.finished_at {
            None => ImportJobState::Running,
            Some(_) => ImportJobState::Finished,
        }
    }

    /// Documents in all.
    async fn total(&self) -> usize {
        self.0.files.len()
    }

    /// Documents that were taken in or refused.
    async fn done(&self) -> usize {
        self.0.done()
    }

    /// Documents that are stored and were not before.
    async fn imported(&self) -> usize {
        self.count(|outcome| matches!(outcome, FileOutcome::Stored(of) if !of.unchanged))
    }

    /// Documents that were stored before.
    async fn unchanged(&self) -> usize {
        self.count(|outcome| matches!(outcome, FileOutcome::Stored(of) if of.unchanged))
    }

    /// Documents that were refused.
    async fn failed(&self) -> usize {
        self.count(|outcome| !matches!(outcome, FileOutcome::Stored(_)))
    }

    /// When it began.
    async fn started_at(&self) -> DateTime {
        DateTime(self.0.started_at)
    }

    /// When the last document was done; null while it goes on.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }

    /// The documents, in the order of the request.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn files(&self) -> Vec<ImportFile> {
        let numbers = 0..self.0.files.len();
        let file = |index| ImportFile::of(&self.0, index);
        numbers.filter_map(file).collect()
    }
}

/// What became of one document of an import.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct ImportFile {
    /// Its place in the request, from 0.
    index: usize,
    /// What became of it.
    status: ImportFileStatus,
    /// The change that the document is, for `minSequence` of a search; null while it waits, and when it was
    /// refused.
    sequence: Option<i64>,
    #[graphql(skip)]
    outcome: Option<FileOutcome>,
    #[graphql(skip)]
    job: Arc<JobState>,
}

/// What became of a document.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum ImportFileStatus {
    /// It waits for those before it, or is being read.
    Waiting,
    /// It is stored.
    Imported,
    /// The same bytes were stored before: nothing changed.
    Unchanged,
    /// It was refused; nothing of it is stored.
    Failed,
}

impl ImportFile {
    fn of(job: &Arc<JobState>, index: usize) -> Option<Self> {
        let outcome = job.files.get(index)?.outcome;
        Some(Self {
            index,
            status: match outcome {
                None => ImportFileStatus::Waiting,
                Some(FileOutcome::Stored(imported)) if imported.unchanged => {
                    ImportFileStatus::Unchanged
                }
                Some(FileOutcome::Stored(_)) => ImportFileStatus::Imported,
                Some(_) => ImportFileStatus::Failed,
            },
            sequence: stored(outcome).map(|imported| imported.sequence),
            outcome,
            job: Arc::clone(job),
        })
    }

    /// Returns what was given with the document. It may tell who the person is: whoever must not know that
    /// is told only what they gave themselves.
    fn given(&self, access: &Access) -> Option<&JobFile> {
        let is_shown = !access.is_blind() || access.actor == self.job.actor;
        self.job.files.get(self.index).filter(|_| is_shown)
    }
}

fn stored(outcome: Option<FileOutcome>) -> Option<Imported> {
    match outcome {
        Some(FileOutcome::Stored(imported)) => Some(imported),
        _ => None,
    }
}

#[ComplexObject]
impl ImportFile {
    /// The file's name, as given; null to others than who gave it without the scopes `identity` and
    /// `contact`.
    async fn file_name(&self, context: &Context<'_>) -> Option<&str> {
        self.given(access(context))?.file_name.as_deref()
    }

    /// Your own id of the candidate, as given; null as the file's name is.
    async fn external_id(&self, context: &Context<'_>) -> Option<&str> {
        self.given(access(context))?.external_id.as_deref()
    }

    /// The candidate it belongs to, as they are now; null without the scope `search`, while the document
    /// waits, and when it was refused or the candidate erased.
    async fn candidate(&self, context: &Context<'_>) -> Result<Option<Candidate>, ApiError> {
        let Some(imported) = stored(self.outcome) else {
            return Ok(None);
        };
        // Who may only take documents in is not shown what was read.
        if access(context).require(Scope::Search).is_err() {
            return Ok(None);
        }
        let profile = loaders(context).one(ProfileOf(imported.candidate)).await?;
        Ok(profile.map(Candidate))
    }

    /// The stored document; null as the candidate is.
    async fn resume(&self, context: &Context<'_>) -> Result<Option<Resume>, ApiError> {
        let Some(imported) = stored(self.outcome) else {
            return Ok(None);
        };
        if access(context).require(Scope::Search).is_err() {
            return Ok(None);
        }
        let row = loaders(context).one(ResumeOf(imported.resume)).await?;
        Ok(row.map(|row| Resume(row.id)))
    }

    /// Why it was refused; null where it was not.
    async fn error(&self, context: &Context<'_>) -> Option<UserError> {
        let error = match self.outcome? {
            FileOutcome::Stored(_) => return None,
            FileOutcome::Rejected(rejection) => rejection.into(),
            FileOutcome::Unavailable => ApiError::of(ErrorCode::Unavailable),
            FileOutcome::Failed => ApiError::of(ErrorCode::Internal),
        };
        Some(UserError::of(None, &error, locale(context)))
    }
}

/// What happened to an import.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ImportProgress {
    /// The import as it is now: it may be further than the document that is told.
    job: ImportJob,
    /// The document that is done; null of the first event.
    file: Option<ImportFile>,
}

impl From<JobEvent> for ImportProgress {
    fn from(JobEvent { job, file }: JobEvent) -> Self {
        Self {
            file: file.and_then(|index| ImportFile::of(&job, index)),
            job: ImportJob(job),
        }
    }
}
