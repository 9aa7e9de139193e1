//! The task of one organization's index: follows the change log, and rebuilds.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use shokureki_index::{Change as IndexChange, Document, SkillIndex};

use super::error::IngestError;
use super::index_document::index_document;
use super::indexer::OrganizationIndex;
use crate::domain::{CandidateId, ResumeId};
use crate::store::{Career, ChangeKind};

/// Changes that are applied and committed at once.
const BATCH: u32 = 256;

/// Candidates that a rebuild loads at once.
const REBUILD_PAGE: u32 = 256;

/// The first pause after a failure; each further one is twice as long, up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Feeds the index until it is told to stop.
pub(super) async fn run(entry: Arc<OrganizationIndex>) {
    let mut stopping = entry.stopping.subscribe();
    let mut pause = FIRST_PAUSE;
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
                pause = FIRST_PAUSE;
                entry.poll_interval
            }
            Err(error) => {
                entry.metrics.fail();
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, organization.id = %entry.organization, "cannot index changes");
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

/// Rebuilds an index that holds changes which the store does not have (it was of another database);
/// starts the rebuild of one that another analyzer wrote; then catches up.
async fn check_and_catch_up(entry: &Arc<OrganizationIndex>) -> Result<(), IngestError> {
    let state = entry.blocking(|index| index.state()).await?;
    let last = entry.store.last_sequence(entry.organization).await?;
    let is_ahead = state.applied_sequence > u64::try_from(last).unwrap_or(0);
    if is_ahead {
        tracing::warn!(organization.id = %entry.organization, "the index is of another database");
        rebuild(entry).await?;
    } else if !state.is_current {
        let entry = Arc::clone(entry);
        tokio::spawn(async move {
            if let Err(error) = rebuild(&entry).await {
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, "cannot rebuild the index for the analyzer in use");
            }
        });
    }
    catch_up(entry).await
}

/// Applies every change that the index does not hold.
async fn catch_up(entry: &OrganizationIndex) -> Result<(), IngestError> {
    reopen_if_gone(entry).await?;
    while apply_batch(entry).await? {
        if *entry.stopping.borrow() {
            break;
        }
    }
    Ok(())
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
    let changes = entry
        .store
        .changes_after(entry.organization, applied, BATCH)
        .await?;
    let Some(last) = changes.last().map(|change| change.sequence) else {
        entry.applied.send_replace(applied);
        return Ok(false);
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
    let lexicon = entry.lexicon;
    let sequence = u64::try_from(last).unwrap_or(0);
    entry
        .blocking(move |index| {
            let changes = kinds
                .into_keys()
                .map(
                    |candidate| match document(&careers, &texts, candidate, lexicon) {
                        Some(document) => IndexChange::Upsert(Box::new(document)),
                        None => IndexChange::Delete(candidate.to_string()),
                    },
                )
                .collect();
            index.apply(changes, sequence)
        })
        .await??;
    entry.metrics.apply(changes.len(), begun.elapsed());
    entry.applied.send_replace(last);
    Ok(changes.len() == BATCH as usize)
}

type Careers = HashMap<CandidateId, Career>;
type Texts = HashMap<ResumeId, Arc<str>>;

async fn load(
    entry: &OrganizationIndex,
    candidates: &[CandidateId],
) -> Result<(Careers, Texts), IngestError> {
    let careers = entry
        .store
        .current_careers(entry.organization, candidates)
        .await?;
    let resumes: Vec<ResumeId> = careers.values().map(|career| career.resume_id).collect();
    let texts = entry
        .store
        .resume_texts(entry.organization, &resumes)
        .await?;
    Ok((careers, texts))
}

/// Returns the candidate's document; `None` when the store has the candidate no longer.
fn document(
    careers: &Careers,
    texts: &Texts,
    candidate: CandidateId,
    lexicon: &shokureki_index::lexicon::Lexicon,
) -> Option<Document> {
    let career = careers.get(&candidate)?;
    let text = texts.get(&career.resume_id)?;
    Some(index_document(career, text, lexicon))
}

/// Writes the next generation from the store, then lets it take over and catch up, before any
/// further change is applied.
pub(super) async fn rebuild(entry: &OrganizationIndex) -> Result<(), IngestError> {
    if entry.is_rebuilding.swap(true, Ordering::SeqCst) {
        return Err(IngestError::AlreadyRebuilding);
    }
    let result = rebuild_alone(entry).await;
    entry.is_rebuilding.store(false, Ordering::SeqCst);
    result
}

async fn rebuild_alone(entry: &OrganizationIndex) -> Result<(), IngestError> {
    let begun_at = entry.store.last_sequence(entry.organization).await?;
    let mut rebuild = entry.blocking(|index| index.begin_rebuild()).await??;
    let mut after = None;
    loop {
        let candidates = entry
            .store
            .candidate_ids_page(entry.organization, after, REBUILD_PAGE)
            .await?;
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
    {
        let _writing = entry.writing.lock().await;
        let sequence = u64::try_from(begun_at).unwrap_or(0);
        entry.blocking(move |_| rebuild.finish(sequence)).await??;
        entry.metrics.rebuild();
    }
    while apply_batch(entry).await? {}
    Ok(())
}
