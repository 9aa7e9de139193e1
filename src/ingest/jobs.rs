//! Imports of many files at once, in the background.
//!
//! A job lives in the memory of the server that began it. Each file is taken in by itself, in one
//! transaction, in the order in which they were sent, so that what a job tells to be imported is stored
//! whatever happens; after the end of the server the job is unknown, and the same files again change
//! nothing that is stored already.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::stream::{self, Stream};
use tokio::sync::{Semaphore, watch};

use super::error::{IngestError, Rejection};
use super::importer::{Importer, Upload};
use crate::domain::{Access, Actor, JobId, OrganizationId, Scope};
use crate::store::{Imported, StoreError};

/// How much import jobs may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobOptions {
    /// Files of all jobs that are taken in at once.
    pub max_files_at_once: usize,
    /// Jobs of one organization that are under way.
    pub max_running: usize,
    /// Bytes of all files that wait.
    pub max_waiting_bytes: usize,
    /// Jobs that are remembered once they have ended.
    pub max_remembered: usize,
    /// How long they are.
    pub remembered_for: Duration,
}

impl Default for JobOptions {
    fn default() -> Self {
        Self {
            max_files_at_once: 2,
            max_running: 8,
            max_waiting_bytes: 128 * 1024 * 1024,
            max_remembered: 1_000,
            remembered_for: Duration::from_secs(60 * 60),
        }
    }
}

/// Why a job was not begun.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The caller lacks the scope.
    #[error(transparent)]
    Forbidden(#[from] crate::domain::Forbidden),
    /// Others are under way, or the server ends.
    #[error("too many imports are under way")]
    Busy,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileOutcome {
    /// It is stored; it may have been before.
    Stored(Imported),
    /// It cannot be taken in.
    Rejected(Rejection),
    /// The store did not answer: it may be sent again.
    Unavailable,
    /// A fault of the program.
    Failed,
}

/// A file of a job.
#[derive(Clone, Debug)]
pub struct JobFile {
    /// The caller's own name of the candidate.
    pub external_id: Option<String>,
    /// The file's name.
    pub file_name: Option<String>,
    /// What became of it; none while it waits.
    pub outcome: Option<FileOutcome>,
}

/// A job as it is at one moment.
#[derive(Clone, Debug)]
pub struct JobState {
    /// The job.
    pub id: JobId,
    /// Who began it.
    pub actor: Actor,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When its last file was done; none while it is under way.
    pub finished_at: Option<DateTime<Utc>>,
    /// The files, in the order in which they were sent, which is that in which they are taken in.
    pub files: Vec<JobFile>,
}

impl JobState {
    /// Returns how many files are done.
    pub fn done(&self) -> usize {
        self.files
            .iter()
            .filter(|file| file.outcome.is_some())
            .count()
    }
}

/// What happened to a job.
#[derive(Clone, Debug)]
pub struct JobEvent {
    /// The job as it is now.
    pub job: Arc<JobState>,
    /// The file that is done; none of the first event.
    pub file: Option<usize>,
}

/// The import jobs of this server. Cheap to clone.
#[derive(Clone)]
pub struct ImportJobs {
    shared: Arc<Shared>,
}

struct Shared {
    importer: Importer,
    options: JobOptions,
    places: Semaphore,
    kept: Mutex<Kept>,
    /// Told whenever a job ends.
    running: watch::Sender<usize>,
}

#[derive(Default)]
struct Kept {
    jobs: HashMap<JobId, Arc<Job>>,
    /// Those that have ended, oldest first.
    ended: VecDeque<JobId>,
    waiting_bytes: usize,
    is_closed: bool,
}

struct Job {
    id: JobId,
    organization: OrganizationId,
    /// Sent with each file that is done, and at the end.
    state: watch::Sender<Arc<JobState>>,
}

impl ImportJobs {
    /// Returns jobs that take files in by `importer`.
    pub fn new(importer: Importer, options: JobOptions) -> Self {
        Self {
            shared: Arc::new(Shared {
                importer,
                places: Semaphore::new(options.max_files_at_once.max(1)),
                options,
                kept: Mutex::default(),
                running: watch::Sender::new(0),
            }),
        }
    }

    /// Begins to take files in, one after the other. Needs the scope `import`.
    ///
    /// # Errors
    /// Every [`JobError`]; nothing is taken in then.
    pub fn start(&self, access: &Access, uploads: Vec<Upload>) -> Result<Arc<JobState>, JobError> {
        access.require(Scope::Import)?;
        let bytes: usize = uploads.iter().map(|upload| upload.bytes.len()).sum();
        let file = |upload: &Upload| JobFile {
            external_id: upload.external_id.clone(),
            file_name: upload.file_name.clone(),
            outcome: None,
        };
        let state = Arc::new(JobState {
            id: JobId::new(),
            actor: access.actor.clone(),
            started_at: Utc::now(),
            finished_at: None,
            files: uploads.iter().map(file).collect(),
        });
        let job = Arc::new(Job {
            id: state.id,
            organization: access.organization,
            state: watch::Sender::new(Arc::clone(&state)),
        });
        self.shared.admit(&job, bytes)?;
        let running = Running {
            shared: Arc::clone(&self.shared),
            job,
            waiting_bytes: bytes,
        };
        tokio::spawn(running.run(access.clone(), uploads));
        Ok(state)
    }

    /// Returns a job of the caller's organization; `None` where it is unknown. Needs the scope `import`.
    ///
    /// # Errors
    /// [`IngestError::Forbidden`].
    pub fn get(&self, access: &Access, id: JobId) -> Result<Option<Arc<JobState>>, IngestError> {
        let job = self.job(access, id)?;
        Ok(job.map(|job| Arc::clone(&job.state.borrow())))
    }

    /// Returns what happens to a job: how it is now, then each file that is done, until all are; `None`
    /// where it is unknown. Needs the scope `import`.
    ///
    /// # Errors
    /// [`IngestError::Forbidden`].
    pub fn follow(
        &self,
        access: &Access,
        id: JobId,
    ) -> Result<Option<impl Stream<Item = JobEvent> + Send + use<>>, IngestError> {
        let Some(job) = self.job(access, id)? else {
            return Ok(None);
        };
        let follower = Follower {
            state: job.state.subscribe(),
            told: None,
        };
        Ok(Some(stream::unfold(follower, Follower::next)))
    }

    /// Begins no more jobs, and waits until those under way have ended, at most for `patience`.
    pub async fn finish(&self, patience: Duration) {
        self.shared.kept().is_closed = true;
        let mut running = self.shared.running.subscribe();
        let ended = running.wait_for(|running| *running == 0);
        if tokio::time::timeout(patience, ended).await.is_err() {
            tracing::warn!("imports under way did not end in time");
        }
    }

    fn job(&self, access: &Access, id: JobId) -> Result<Option<Arc<Job>>, IngestError> {
        access.require(Scope::Import)?;
        let mut kept = self.shared.kept();
        kept.forget_old(self.shared.options);
        let job = kept.jobs.get(&id);
        let own = job.filter(|job| job.organization == access.organization);
        Ok(own.cloned())
    }
}

impl Shared {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a job one that is under way.
    fn admit(&self, job: &Arc<Job>, bytes: usize) -> Result<(), JobError> {
        let options = self.options;
        let mut kept = self.kept();
        kept.forget_old(options);
        let running = kept.jobs.values().filter(|other| {
            other.organization == job.organization && other.state.borrow().finished_at.is_none()
        });
        let is_full = running.count() >= options.max_running;
        // One is let in however large it is, if no other waits.
        let is_heavy = kept.waiting_bytes > 0
            && kept.waiting_bytes.saturating_add(bytes) > options.max_waiting_bytes;
        if is_full || is_heavy || kept.is_closed {
            return Err(JobError::Busy);
        }
        kept.waiting_bytes += bytes;
        kept.jobs.insert(job.id, Arc::clone(job));
        self.running.send_modify(|running| *running += 1);
        Ok(())
    }
}

impl Kept {
    fn forget_old(&mut self, options: JobOptions) {
        while let Some(oldest) = self.ended.front() {
            let ended_at = self
                .jobs
                .get(oldest)
                .and_then(|job| job.state.borrow().finished_at);
            let age = ended_at.and_then(|at| (Utc::now() - at).to_std().ok());
            let is_old = age.is_some_and(|age| age >= options.remembered_for);
            if !is_old && self.ended.len() <= options.max_remembered {
                return;
            }
            if let Some(oldest) = self.ended.pop_front() {
                self.jobs.remove(&oldest);
            }
        }
    }
}

/// A job under way. Dropped, whatever the reason, it is at its end.
struct Running {
    shared: Arc<Shared>,
    job: Arc<Job>,
    waiting_bytes: usize,
}

impl Running {
    async fn run(mut self, access: Access, uploads: Vec<Upload>) {
        for (number, upload) in uploads.into_iter().enumerate() {
            let bytes = upload.bytes.len();
            let outcome = self.take_in(&access, upload).await;
            self.release(bytes);
            self.job.change(|state| {
                if let Some(file) = state.files.get_mut(number) {
                    file.outcome = Some(outcome);
                }
                if state.done() == state.files.len() {
                    state.finished_at = Some(Utc::now());
                }
            });
        }
    }

    async fn take_in(&self, access: &Access, upload: Upload) -> FileOutcome {
        // Never closed.
        let _place = self.shared.places.acquire().await;
        match self.shared.importer.import(access, upload).await {
            Ok(Ok(imported)) => FileOutcome::Stored(imported),
            Ok(Err(rejection)) => FileOutcome::Rejected(rejection),
            Err(error) => {
                let outcome = match &error {
                    IngestError::Store(StoreError::Unavailable(_) | StoreError::Conflict)
                    | IngestError::StoreSilent
                    | IngestError::Interrupted => FileOutcome::Unavailable,
                    _ => FileOutcome::Failed,
                };
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, "a file of an import cannot be stored");
                outcome
            }
        }
    }

    fn release(&mut self, bytes: usize) {
        self.waiting_bytes -= bytes;
        self.shared.kept().waiting_bytes -= bytes;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.job.change(|state| {
            // All is done, unless the task was stopped.
            for file in &mut state.files {
                file.outcome.get_or_insert(FileOutcome::Failed);
            }
            state.finished_at.get_or_insert_with(Utc::now);
        });
        let mut kept = self.shared.kept();
        kept.waiting_bytes -= self.waiting_bytes;
        kept.ended.push_back(self.job.id);
        drop(kept);
        self.shared.running.send_modify(|running| *running -= 1);
    }
}

impl Job {
    fn change(&self, change: impl FnOnce(&mut JobState)) {
        self.state.send_modify(|state| change(Arc::make_mut(state)));
    }
}

/// One who follows a job.
struct Follower {
    state: watch::Receiver<Arc<JobState>>,
    /// How many files were told to be done; none before the first event.
    told: Option<usize>,
}

impl Follower {
    async fn next(mut self) -> Option<(JobEvent, Self)> {
        loop {
            let job = Arc::clone(&self.state.borrow_and_update());
            let Some(told) = self.told else {
                self.told = Some(job.done());
                return Some((JobEvent { job, file: None }, self));
            };
            if job.done() > told {
                self.told = Some(told + 1);
                let file = Some(told);
                return Some((JobEvent { job, file }, self));
            }
            if job.finished_at.is_some() {
                return None;
            }
            // A job that was forgotten has ended.
            self.state.changed().await.ok()?;
        }
    }
}
