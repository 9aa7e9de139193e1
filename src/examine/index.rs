//! The checks of the indexes, each against what the store holds.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use shokureki_index::{IndexError, IndexState, SkillIndex};

use super::report::{CheckKind, Checked, Report, State};
use super::unmade;
use crate::domain::OrganizationId;
use crate::store::{Store, StoreError};

/// Rows that are loaded at once.
const AT_ONCE: u32 = 10_000;

/// Most things of one kind that are named.
const NAMED: usize = 5;

/// Looks at the index of every organization.
pub(super) async fn indexes(store: &Store, index_dir: &Path, report: &mut Report) {
    let organizations = match store.organizations().await {
        Ok(organizations) => organizations,
        Err(error) => return report.add(unmade(CheckKind::Index, &error)),
    };
    for organization in organizations {
        let directory = index_dir.join(organization.to_string());
        if let Err(error) = index(store, organization, directory, report).await {
            report.add(unmade(CheckKind::Index, &error));
        }
    }
}

/// What is read of an index at one moment.
struct Seen {
    state: IndexState,
    damaged: Vec<String>,
    keys: Vec<String>,
}

async fn index(
    store: &Store,
    organization: OrganizationId,
    directory: PathBuf,
    report: &mut Report,
) -> Result<(), StoreError> {
    let add = |report: &mut Report, check, state, what: String, examples| {
        report.add(Checked {
            check,
            state,
            summary: format!("organization {organization}: {what}"),
            examples,
        });
    };
    if !directory.join("CURRENT").is_file() {
        let what = "none yet, the server writes it when it is needed".to_owned();
        add(report, CheckKind::Index, State::Pending, what, Vec::new());
        return Ok(());
    }
    let seen = tokio::task::spawn_blocking(move || see(&directory)).await;
    // A panic is what a reader does on files that it does not understand.
    let Ok(Ok(seen)) = seen else {
        let what = "cannot be read; `shokureki reindex` writes it anew".to_owned();
        add(
            report,
            CheckKind::IndexFiles,
            State::Damaged,
            what,
            Vec::new(),
        );
        return Ok(());
    };
    if seen.damaged.is_empty() {
        let what = format!("{} bytes are as they were written", seen.state.size_bytes);
        add(report, CheckKind::IndexFiles, State::Ok, what, Vec::new());
    } else {
        let what = format!("{} files are damaged", seen.damaged.len());
        let examples = seen.damaged.iter().take(NAMED).cloned().collect();
        add(
            report,
            CheckKind::IndexFiles,
            State::Damaged,
            what,
            examples,
        );
    }
    if !seen.state.is_current {
        let what = "of another analyzer or dictionary; the server writes it anew".to_owned();
        add(report, CheckKind::Index, State::Pending, what, Vec::new());
    }
    // The index first and the store then: what comes between is in the log.
    let applied = i64::try_from(seen.state.applied_sequence).unwrap_or(i64::MAX);
    let stored = candidates(store, organization).await?;
    let changed = changed_since(store, organization, applied).await?;
    let last = store.last_sequence(organization).await?;
    if applied > last {
        let what =
            format!("holds change {applied}, the store has {last}: it is of another database");
        add(report, CheckKind::Index, State::Damaged, what, Vec::new());
        return Ok(());
    }
    let indexed: BTreeSet<&String> = seen.keys.iter().collect();
    let is_settled = |key: &&String| !changed.contains(*key);
    let missing = stored.iter().filter(|key| !indexed.contains(key));
    let extra = indexed.iter().copied().filter(|key| !stored.contains(*key));
    let doubled = seen.keys.windows(2).filter(|pair| pair[0] == pair[1]);
    let faults: [(&str, Vec<&String>); 3] = [
        (
            "candidates of the store are missing",
            missing.filter(is_settled).collect(),
        ),
        (
            "candidates are no longer in the store",
            extra.filter(is_settled).collect(),
        ),
        (
            "candidates are in there twice",
            doubled.map(|pair| &pair[0]).collect(),
        ),
    ];
    let mut is_sound = true;
    for (what, keys) in faults {
        if !keys.is_empty() {
            is_sound = false;
            let examples = keys.iter().take(NAMED).map(ToString::to_string).collect();
            let what = format!("{} {what}", keys.len());
            add(report, CheckKind::Index, State::Damaged, what, examples);
        }
    }
    if is_sound {
        let (state, behind) = match last - applied {
            0 => (State::Ok, String::new()),
            behind => (State::Pending, format!(", {behind} changes behind")),
        };
        let what = format!(
            "{} candidates, change {applied}, generation {}{behind}",
            indexed.len(),
            seen.state.generation
        );
        add(report, CheckKind::Index, state, what, Vec::new());
    }
    Ok(())
}

fn see(directory: &Path) -> Result<Seen, IndexError> {
    let index = SkillIndex::open_to_read(directory)?;
    let damaged = index.damaged_files()?;
    let keys = if damaged.is_empty() {
        index.keys()?
    } else {
        index.keys().unwrap_or_default()
    };
    Ok(Seen {
        state: index.state(),
        damaged,
        keys,
    })
}

async fn candidates(
    store: &Store,
    organization: OrganizationId,
) -> Result<BTreeSet<String>, StoreError> {
    let (mut all, mut after) = (BTreeSet::new(), None);
    loop {
        let page = store
            .candidate_ids_page(organization, after, AT_ONCE)
            .await?;
        let Some(&last) = page.last() else {
            return Ok(all);
        };
        after = Some(last);
        all.extend(page.iter().map(ToString::to_string));
    }
}

/// Returns candidates that changed behind `sequence`: the index need not know them yet.
async fn changed_since(
    store: &Store,
    organization: OrganizationId,
    mut sequence: i64,
) -> Result<BTreeSet<String>, StoreError> {
    let mut changed = BTreeSet::new();
    loop {
        let changes = store.changes_after(organization, sequence, AT_ONCE).await?;
        let Some(last) = changes.last() else {
            return Ok(changed);
        };
        sequence = last.sequence;
        changed.extend(changes.iter().map(|change| change.candidate.to_string()));
    }
}
