//! Documents in, candidates out: bytes to text to résumé to store.

use std::time::Instant;

use chrono::NaiveDate;
use prometheus_client::registry::Registry;
use sha2::{Digest as _, Sha256 as Sha256Hasher};
use shokureki_index::lexicon::Lexicon;

use super::error::{IngestError, Rejection};
use super::indexer::Indexer;
use super::metrics::ImportMetrics;
use crate::document;
use crate::domain::{
    Access, Actor, CandidateId, OrganizationId, PrivacyChange, ResumeId, Scope, Sha256,
};
use crate::resume;
use crate::store::{Erased, Imported, NewResume, Store, StoreError};

/// Times that a write is tried again when another writer got there first.
const CONFLICT_RETRIES: u32 = 5;

/// Stored documents that are read again by one transaction.
const REREAD_AT_ONCE: u64 = 32;

/// A document as it arrives.
#[derive(Clone)]
pub struct Upload {
    /// The caller's own name of the candidate.
    pub external_id: Option<String>,
    /// The file's name, without its folder.
    pub file_name: Option<String>,
    /// The document.
    pub bytes: Vec<u8>,
    /// The document's date, used when it states none.
    pub document_date: Option<NaiveDate>,
}

/// Takes documents in and erases candidates. Cheap to clone.
#[derive(Clone)]
pub struct Importer {
    store: Store,
    lexicon: &'static Lexicon,
    indexer: Indexer,
    metrics: ImportMetrics,
}

impl Importer {
    /// Returns an importer that writes to `store` and wakes `indexer`.
    pub fn new(store: Store, lexicon: &'static Lexicon, indexer: Indexer) -> Self {
        Self {
            store,
            lexicon,
            indexer,
            metrics: ImportMetrics::default(),
        }
    }

    /// Makes what is counted of imports part of `registry`.
    pub fn register_metrics(&self, registry: &mut Registry) {
        self.metrics.register(registry);
    }

    /// Takes one document in.
    ///
    /// # Errors
    /// [`IngestError::Store`]; what is wrong with the document itself is the inner error.
    pub async fn import(
        &self,
        access: &Access,
        upload: Upload,
    ) -> Result<Result<Imported, Rejection>, IngestError> {
        let mut outcomes = self.import_batch(access, vec![upload]).await?;
        outcomes.pop().ok_or(IngestError::Interrupted)
    }

    /// Takes several documents in: read in parallel, written in one transaction. Gives the outcomes
    /// in the order of `uploads`.
    ///
    /// # Errors
    /// [`IngestError::Store`]; nothing of the batch is stored then.
    pub async fn import_batch(
        &self,
        access: &Access,
        uploads: Vec<Upload>,
    ) -> Result<Vec<Result<Imported, Rejection>>, IngestError> {
        access.require(Scope::Import)?;
        let (documents, begun) = (uploads.len(), Instant::now());
        let outcomes = self.read_and_write(access, uploads).await;
        self.metrics.import(documents, begun.elapsed(), &outcomes);
        outcomes
    }

    async fn read_and_write(
        &self,
        access: &Access,
        uploads: Vec<Upload>,
    ) -> Result<Vec<Result<Imported, Rejection>>, IngestError> {
        let lexicon = self.lexicon;
        let readers: Vec<_> = uploads
            .into_iter()
            .map(|upload| {
                let span = tracing::debug_span!("read");
                tokio::task::spawn_blocking(move || span.in_scope(|| read(upload, lexicon)))
            })
            .collect();
        let mut accepted: Vec<NewResume> = Vec::new();
        let mut rejections: Vec<Option<Rejection>> = Vec::with_capacity(readers.len());
        for reader in readers {
            match reader.await {
                Ok(Ok(resume)) => {
                    accepted.push(resume);
                    rejections.push(None);
                }
                Ok(Err(rejection)) => rejections.push(Some(rejection)),
                Err(failure) if failure.is_panic() => {
                    tracing::error!("the reader panicked on a document");
                    rejections.push(Some(Rejection::Reader));
                }
                Err(_) => return Err(IngestError::Interrupted),
            }
        }
        let mut imported = self.write(access, &accepted).await?.into_iter();
        self.indexer.wake(access.organization);
        rejections
            .into_iter()
            .map(|rejection| match rejection {
                Some(rejection) => Ok(Err(rejection)),
                None => imported.next().map(Ok).ok_or(IngestError::Interrupted),
            })
            .collect()
    }

    #[tracing::instrument(level = "debug", name = "store", skip_all)]
    async fn write(
        &self,
        access: &Access,
        resumes: &[NewResume],
    ) -> Result<Vec<Imported>, StoreError> {
        if resumes.is_empty() {
            return Ok(Vec::new());
        }
        let mut retries = 0;
        loop {
            match self
                .store
                .import(access.organization, &access.actor, resumes)
                .await
            {
                Err(StoreError::Conflict) if retries < CONFLICT_RETRIES => retries += 1,
                result => return result,
            }
        }
    }

    /// Reads every stored document again that an older reader read, and returns how many there were.
    /// A document that this reader refuses or fails on keeps what was read before.
    ///
    /// # Errors
    /// [`IngestError::Store`]; what was read again until then stays.
    pub async fn reread(&self, organization: OrganizationId) -> Result<usize, IngestError> {
        let mut total = 0;
        let mut after = None;
        loop {
            let outdated = self
                .store
                .outdated(organization, resume::PARSER_VERSION, after, REREAD_AT_ONCE)
                .await?;
            let Some(last) = outdated.last() else {
                return Ok(total);
            };
            after = Some(last.id);
            let lexicon = self.lexicon;
            let readers: Vec<_> = outdated
                .into_iter()
                .map(|stored| {
                    tokio::task::spawn_blocking(move || {
                        let upload = Upload {
                            external_id: None,
                            file_name: stored.file_name,
                            bytes: stored.original,
                            document_date: stored.given_document_date,
                        };
                        Some((stored.id, read(upload, lexicon).ok()?))
                    })
                })
                .collect();
            let mut readings = Vec::with_capacity(readers.len());
            for reader in readers {
                match reader.await {
                    Ok(reading) => readings.extend(reading),
                    Err(failure) if failure.is_panic() => {
                        tracing::error!("the reader panicked on a document");
                    }
                    Err(_) => return Err(IngestError::Interrupted),
                }
            }
            let replaced = self.replace(organization, &readings).await?;
            self.metrics.reread(replaced);
            total += replaced;
            self.indexer.wake(organization);
        }
    }

    async fn replace(
        &self,
        organization: OrganizationId,
        readings: &[(ResumeId, NewResume)],
    ) -> Result<usize, StoreError> {
        let mut retries = 0;
        loop {
            match self.store.reread(organization, readings).await {
                Err(StoreError::Conflict) if retries < CONFLICT_RETRIES => retries += 1,
                result => return result,
            }
        }
    }

    /// Changes what is agreed with a person about their data, and returns the change that it is; `None`
    /// when there is no such candidate. Terms need the scope `import`, stopping the use `erase`.
    ///
    /// # Errors
    /// [`IngestError::Forbidden`], [`IngestError::Store`].
    pub async fn set_privacy(
        &self,
        access: &Access,
        candidate: CandidateId,
        to: &PrivacyChange,
    ) -> Result<Option<i64>, IngestError> {
        access.require(match to {
            PrivacyChange::Suspend | PrivacyChange::Unsuspend => Scope::Erase,
            PrivacyChange::Terms { .. } => Scope::Import,
        })?;
        let (organization, actor) = (access.organization, &access.actor);
        let changed = self.store.set_privacy(organization, actor, candidate, to);
        let changed = changed.await?;
        if changed.is_some() {
            self.indexer.wake(access.organization);
        }
        Ok(changed)
    }

    /// Erases the candidates of an organization whose last day is before `today`, each in a transaction
    /// of its own, and returns them; with `is_trial` nobody is erased.
    ///
    /// # Errors
    /// [`IngestError::Store`]; those before stay erased.
    pub async fn erase_overdue(
        &self,
        organization: OrganizationId,
        today: NaiveDate,
        is_trial: bool,
    ) -> Result<Vec<CandidateId>, IngestError> {
        let overdue = self.store.overdue(organization, today).await?;
        let access = Access {
            organization,
            actor: Actor::Automation,
            scopes: [Scope::Erase].into_iter().collect(),
        };
        if !is_trial {
            for candidate in &overdue {
                self.erase(&access, *candidate).await?;
            }
        }
        Ok(overdue)
    }

    /// Hands out everything that is held of a candidate, and records that it was; `None` when there is no
    /// such candidate. Needs the scopes `identity`, `contact` and `document`.
    ///
    /// # Errors
    /// [`IngestError::Forbidden`], [`IngestError::Store`].
    pub async fn export(
        &self,
        access: &Access,
        candidate: CandidateId,
    ) -> Result<Option<serde_json::Value>, IngestError> {
        for scope in [Scope::Identity, Scope::Contact, Scope::Document] {
            access.require(scope)?;
        }
        let exported = self
            .store
            .export(access.organization, &access.actor, candidate);
        Ok(exported.await?)
    }

    /// Erases a candidate with all documents; `None` when there is no such candidate.
    ///
    /// # Errors
    /// [`IngestError::Store`].
    pub async fn erase(
        &self,
        access: &Access,
        candidate: CandidateId,
    ) -> Result<Option<Erased>, IngestError> {
        access.require(Scope::Erase)?;
        let erased = self
            .store
            .erase(access.organization, &access.actor, candidate)
            .await?;
        if erased.is_some() {
            self.metrics.erase();
            self.indexer.wake(access.organization);
        }
        Ok(erased)
    }
}

/// Reads a document; takes as long as the reader does.
fn read(upload: Upload, lexicon: &Lexicon) -> Result<NewResume, Rejection> {
    let document = document::decode(&upload.bytes, upload.file_name.as_deref())?;
    let reading = resume::collect(&document.text, document.format, lexicon);
    Ok(NewResume {
        external_id: upload.external_id,
        file_name: upload.file_name,
        format: document.format,
        sha256: Sha256(Sha256Hasher::digest(&upload.bytes).into()),
        original: upload.bytes,
        text: reading.text.into_owned(),
        parser_version: resume::PARSER_VERSION,
        given_document_date: upload.document_date,
        resume: reading.resume,
        notices: reading.notices,
    })
}
