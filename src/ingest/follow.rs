//! The task of one organization's index: follows the change log, and rebuilds.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use shokureki_index::lexicon::Lexicon;
use shokureki_index::{Change as IndexChange, Document, IndexError, Rebuild, SkillIndex};

use super::entry::OrganizationIndex;
use super::error::IngestError;
use super::index_document::index_document;
use super::status::RebuildReason;
use crate::domain::{CandidateId, ResumeId};
use crate::store::{Career, ChangeKind, StoreError};

/// Changes that are applied and committed at once.
const BATCH: u32 = 256;

/// Candidates that a rebuild loads at once.
const REBUILD_PAGE: u32 = 256;

/// Failures of the index one after the other after which it is written anew: about six seconds.
const STUBBORN: u32 = 6;

/// How long a question to the database may take.
const STORE_PATIENCE: Duration = Duration::from_secs(30);

/// The first pause after a failure; each further one is twice as long, up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Feeds the index until it is told to stop.
pub(super) async fn run(entry: Arc<OrganizationIndex>) {
    let mut stopping = entry.stopping.subscribe();
    let mut pause = FIRST_PAUSE;
    let mut index_failures = 0_u32;
    let mut is_checked = false;
    while !*stopping.borrow_and_update() {
        let result = if is_checked {
            catch_up(&entry).await
        } else {
            check_and_catch_up(&entry).await
        };
        let wait = match result {
            Ok(()) => {
                is_checked = true;
                index_failures = 0;
                pause = FIRST_PAUSE;
                entry.poll_interval
            }
            Err(error) => {
                entry.metrics.fail();
                if is_of_the_index(&error) {
                    index_failures += 1;
                    entry.index().suspect();
                }
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    organization.id = %entry.organization,
                    "cannot index changes"
                );
                if index_failures == STUBBORN {
                    index_failures = 0;
                    write_anew(&entry).await;
                }
                let wait = pause;
                pause = (pause * 2).min(LONGEST_PAUSE);
                wait
            }
        };
        tokio::select! {
            () = entry.woken.notified() => {}
            () = tokio::time::sleep(wait) => {}
            _ = stopping.changed() => {}
        }
    }
}

/// Whether the index itself failed, or a thread that worked on it.
fn is_of_the_index(error: &IngestError) -> bool {
    matches!(
        error,
        IngestError::Index(IndexError::Storage(_)) | IngestError::Interrupted
    )
}

/// Writes an index anew that answers, but takes no changes although its files are sound.
async fn write_anew(entry: &OrganizationIndex) {
    tracing::warn!(
        organization.id = %entry.organization,
        "the index takes no changes; another is written beside it"
    );
    if let Err(error) = rebuild(entry, RebuildReason::Damaged).await {
        let error: &dyn std::error::Error = &error;
        tracing::error!(error, "cannot write another index");
    }
}

/// Rebuilds an index that holds changes which the store does not have (it was of another database);
/// starts the rebuild of one that another analyzer wrote; catches up; and rebuilds one that then has
/// not as many candidates as the store.
async fn check_and_catch_up(entry: &Arc<OrganizationIndex>) -> Result<(), IngestError> {
    let state = entry.blocking(|index| index.state()).await?;
    let last = in_time(entry.store.last_sequence(entry.organization)).await?;
    let is_ahead = state.applied_sequence > u64::try_from(last).unwrap_or(0);
    if is_ahead {
        tracing::warn!(organization.id = %entry.organization, "the index is of another database");
        entry.hide(RebuildReason::OtherDatabase);
        rebuild(entry, RebuildReason::OtherDatabase).await?;
    } else if !state.is_current {
        let entry = Arc::clone(entry);
        tokio::spawn(async move {
            if let Err(error) = rebuild(&entry, RebuildReason::OtherAnalyzer).await {
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, "cannot rebuild the index for the analyzer in use");
            }
        });
    }
    catch_up(entry).await?;
    let (last, candidates) = in_time(entry.store.extent(entry.organization)).await?;
    let state = entry.blocking(|index| index.state()).await?;
    let is_level = state.applied_sequence == u64::try_from(last).unwrap_or(0);
    if is_level && state.documents != candidates {
        tracing::warn!(
            organization.id = %entry.organization,
            "the index does not have the store's candidates; it is written anew"
        );
        recover(entry).await?;
    }
    Ok(())
}

/// Applies every change that the index does not hold.
async fn catch_up(entry: &OrganizationIndex) -> Result<(), IngestError> {
    reopen_if_gone(entry).await?;
    if entry.index().is_suspect() {
        examine(entry).await?;
    }
    while apply_batch(entry).await? {
        if *entry.stopping.borrow() {
            return Ok(());
        }
    }
    if entry.blocking(|index| index.filling()).await?.is_some() {
        entry.blocking(|index| index.filled()).await??;
        tracing::info!(organization.id = %entry.organization, "the index is complete");
    }
    entry.show();
    let applied = entry.blocking(|index| index.state().applied_sequence);
    entry.tell_applied(i64::try_from(applied.await?).unwrap_or(i64::MAX));
    Ok(())
}

/// Looks whether the files of a suspect index are damaged, and recovers from it.
async fn examine(entry: &OrganizationIndex) -> Result<(), IngestError> {
    let Err(error) = entry.blocking(|index| index.verify()).await? else {
        tracing::info!(organization.id = %entry.organization, "the files of the index are sound");
        return Ok(());
    };
    tracing::warn!(
        error = &error as &dyn std::error::Error,
        organization.id = %entry.organization,
        "the index is damaged; it is written anew from the store, and searches are refused until then"
    );
    recover(entry).await
}

/// Writes an index anew whose answers cannot be relied on.
async fn recover(entry: &OrganizationIndex) -> Result<(), IngestError> {
    entry.hide(RebuildReason::Damaged);
    rebuild(entry, RebuildReason::Damaged).await
}

/// Gives up a question to the database that is not answered in time: where the network swallows what
/// is sent, nothing else ends it.
pub(super) async fn in_time<T>(
    asked: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, IngestError> {
    match tokio::time::timeout(STORE_PATIENCE, asked).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(IngestError::StoreSilent),
    }
}

/// Begins an empty index where the folder was deleted under the running program.
async fn reopen_if_gone(entry: &OrganizationIndex) -> Result<(), IngestError> {
    let directory = entry.directory.clone();
    let _writing = entry.writing.lock().await;
    let reopened = entry.blocking(move |_| {
        if directory.is_dir() {
            return Ok(None);
        }
        let index = SkillIndex::open(&directory)?;
        let applied = index.state().applied_sequence;
        Ok::<_, shokureki_index::IndexError>(Some((index, applied)))
    });
    if let Some((index, applied)) = reopened.await?? {
        tracing::warn!(organization.id = %entry.organization, "the index folder was gone");
        entry.hide(RebuildReason::Missing);
        entry.replace_index(index);
        entry
            .applied
            .send_replace(i64::try_from(applied).unwrap_or(i64::MAX));
    }
    Ok(())
}

/// Applies the next changes, at most [`BATCH`]; returns whether there may be more.
async fn apply_batch(entry: &OrganizationIndex) -> Result<bool, IngestError> {
    let _writing = entry.writing.lock().await;
    let begun = Instant::now();
    let applied = entry
        .blocking(|index| index.state().applied_sequence)
        .await?;
    let applied = i64::try_from(applied).unwrap_or(i64::MAX);
    let Some(batch) = next_batch(entry, applied).await? else {
        entry.tell_applied(applied);
        return Ok(false);
    };
    let (last, is_full, changes) = (batch.last, batch.is_full, batch.changes);
    let erases = batch.kinds.values().any(|kind| *kind == ChangeKind::Delete);
    let [before, sequence] = [applied, last].map(|of| u64::try_from(of).unwrap_or(0));
    // An erasure is done when its words are gone from the files. Until then the index does not count
    // the batch: a process that dies or fails in between does it again, which changes nothing else.
    let counted = if erases { before } else { sequence };
    let lexicon = entry.lexicon;
    entry
        .blocking(move |index| index.apply(batch.documents(lexicon), counted))
        .await??;
    entry.metrics.apply(changes, begun.elapsed());
    // Who waits is told now: searches see all of it, and nobody whom it erased.
    entry.tell_applied(last);
    if erases {
        let expunge = move |index: SkillIndex| {
            index.expunge()?;
            index.apply(Vec::new(), sequence)
        };
        entry.blocking(expunge).await??;
    }
    Ok(is_full)
}

/// Changes, and what the store has of their candidates.
struct Batch {
    kinds: HashMap<CandidateId, ChangeKind>,
    careers: Careers,
    texts: Texts,
    /// The sequence of the last change.
    last: i64,
    /// How many changes there are.
    changes: usize,
    /// Whether there may be more.
    is_full: bool,
}

impl Batch {
    /// Returns what the index is to do.
    fn documents(self, lexicon: &Lexicon) -> Vec<IndexChange> {
        let Self {
            kinds,
            careers,
            texts,
            ..
        } = self;
        kinds
            .into_keys()
            .map(
                |candidate| match document(&careers, &texts, candidate, lexicon) {
                    Some(document) => IndexChange::Upsert(Box::new(document)),
                    None => IndexChange::Delete(candidate.to_string()),
                },
            )
            .collect()
    }
}

/// Returns the changes after `sequence`, at most [`BATCH`]; `None` when there is none.
async fn next_batch(
    entry: &OrganizationIndex,
    sequence: i64,
) -> Result<Option<Batch>, IngestError> {
    let store = &entry.store;
    let changes = in_time(store.changes_after(entry.organization, sequence, BATCH)).await?;
    let Some(last) = changes.last().map(|change| change.sequence) else {
        return Ok(None);
    };
    let mut kinds: HashMap<CandidateId, ChangeKind> = HashMap::new();
    for change in &changes {
        kinds.insert(change.candidate, change.kind);
    }
    let upserted: Vec<CandidateId> = kinds
        .iter()
        .filter(|(_, kind)| **kind == ChangeKind::Upsert)
        .map(|(&candidate, _)| candidate)
        .collect();
    let (careers, texts) = load(entry, &upserted).await?;
    Ok(Some(Batch {
        kinds,
        careers,
        texts,
        last,
        changes: changes.len(),
        is_full: changes.len() == BATCH as usize,
    }))
}

type Careers = HashMap<CandidateId, Career>;
type Texts = HashMap<ResumeId, Arc<str>>;

async fn load(
    entry: &OrganizationIndex,
    candidates: &[CandidateId],
) -> Result<(Careers, Texts), IngestError> {
    let store = &entry.store;
    let mut careers = in_time(store.current_careers(entry.organization, candidates)).await?;
    // Data that must not be used is not searched.
    let suspended = in_time(store.suspended(entry.organization, candidates)).await?;
    careers.retain(|candidate, _| !suspended.contains(candidate));
    let resumes: Vec<ResumeId> = careers.values().map(|career| career.resume_id).collect();
    let texts = in_time(store.resume_texts(entry.organization, &resumes)).await?;
    Ok((careers, texts))
}

/// Returns the candidate's document; `None` when the store has the candidate no longer.
fn document(
    careers: &Careers,
    texts: &Texts,
    candidate: CandidateId,
    lexicon: &Lexicon,
) -> Option<Document> {
    let career = careers.get(&candidate)?;
    let text = texts.get(&career.resume_id)?;
    Some(index_document(career, text, lexicon))
}

/// Writes the next generation from the store and lets it take over once it holds every change that
/// this one does, so that no search sees less than one before it did.
pub(super) async fn rebuild(
    entry: &OrganizationIndex,
    reason: RebuildReason,
) -> Result<(), IngestError> {
    if entry.is_rebuilding.swap(true, Ordering::SeqCst) {
        return Err(IngestError::AlreadyRebuilding);
    }
    entry.begin(reason);
    let result = rebuild_alone(entry).await;
    entry.is_rebuilding.store(false, Ordering::SeqCst);
    entry.end(result.is_ok());
    // The task tells how far the index is now.
    entry.woken.notify_one();
    result
}

async fn rebuild_alone(entry: &OrganizationIndex) -> Result<(), IngestError> {
    let begun_at = in_time(entry.store.last_sequence(entry.organization)).await?;
    let mut rebuild = entry.blocking(|index| index.begin_rebuild()).await??;
    let mut after = None;
    loop {
        let page = entry
            .store
            .candidate_ids_page(entry.organization, after, REBUILD_PAGE);
        let candidates = in_time(page).await?;
        let Some(&last) = candidates.last() else {
            break;
        };
        after = Some(last);
        let (careers, texts) = load(entry, &candidates).await?;
        let lexicon = entry.lexicon;
        let added = entry.blocking(move |_| {
            let mut rebuild = rebuild;
            let documents = candidates
                .iter()
                .filter_map(|&candidate| document(&careers, &texts, candidate, lexicon))
                .collect();
            rebuild.add(documents).map(|()| rebuild)
        });
        rebuild = added.await??;
    }
    // What is left after the first is little, and waited for by whoever writes.
    let (rebuild, applied) = add_changes(entry, rebuild, begun_at).await?;
    let _writing = entry.writing.lock().await;
    let (rebuild, applied) = add_changes(entry, rebuild, applied).await?;
    let sequence = u64::try_from(applied).unwrap_or(0);
    entry.blocking(move |_| rebuild.finish(sequence)).await??;
    entry.metrics.rebuild();
    Ok(())
}

/// Adds the changes after `applied` to the next generation; returns the last one beside it.
async fn add_changes(
    entry: &OrganizationIndex,
    mut rebuild: Rebuild,
    mut applied: i64,
) -> Result<(Rebuild, i64), IngestError> {
    while let Some(batch) = next_batch(entry, applied).await? {
        applied = batch.last;
        let is_full = batch.is_full;
        let lexicon = entry.lexicon;
        let added = entry.blocking(move |_| {
            let mut rebuild = rebuild;
            rebuild.apply(batch.documents(lexicon)).map(|()| rebuild)
        });
        rebuild = added.await??;
        if !is_full {
            break;
        }
    }
    Ok((rebuild, applied))
}
