//! The checks of the store.

use sha2::{Digest as _, Sha256 as Hasher};

use super::report::{CheckKind, Checked, Report, State};
use super::unmade;
use crate::domain::{OrganizationId, Sha256};
use crate::resume::PARSER_VERSION;
use crate::store::{Fault, Store, StoreError};

/// Documents that are loaded at once; each may have 20 MiB.
const AT_ONCE: u32 = 8;

/// Most things of one kind that are named.
const NAMED: usize = 5;

/// Looks at the database itself; returns whether its contents can be looked at.
pub(super) async fn database(store: &Store, report: &mut Report) -> bool {
    match store.engine().await {
        Ok(engine) => report.add(Checked::new(CheckKind::Database, State::Ok, engine)),
        Err(error) => {
            report.add(unmade(CheckKind::Database, &error));
            return false;
        }
    }
    let checked = match store.migrations().await {
        Ok(migrations) => {
            let applied = migrations.iter().filter(|migration| migration.is_applied);
            let (applied, all) = (applied.count(), migrations.len());
            let state = if applied == all {
                State::Ok
            } else {
                State::Damaged
            };
            let summary = format!("{applied} of {all} versions of the tables");
            Checked::new(CheckKind::Migrations, state, summary)
        }
        Err(error) => unmade(CheckKind::Migrations, &error),
    };
    let is_usable = checked.state == State::Ok;
    report.add(checked);
    let checked = match store.check_files().await {
        Ok(Some(0)) => Checked::new(CheckKind::DatabaseFiles, State::Ok, "intact".to_owned()),
        Ok(None) => Checked::new(
            CheckKind::DatabaseFiles,
            State::Ok,
            "left to the tools of the server (pg_amcheck)".to_owned(),
        ),
        Ok(Some(faults)) => Checked::new(
            CheckKind::DatabaseFiles,
            State::Damaged,
            format!("{faults} faults found by PRAGMA integrity_check"),
        ),
        Err(error) => unmade(CheckKind::DatabaseFiles, &error),
    };
    report.add(checked);
    is_usable
}

/// Looks at what the database holds.
pub(super) async fn contents(store: &Store, report: &mut Report) {
    let faults = store.orphans().await;
    add_faults(
        report,
        CheckKind::References,
        "every row has those it names",
        faults,
    );
    let faults = store.incomplete().await;
    add_faults(
        report,
        CheckKind::Candidates,
        "every candidate is whole",
        faults,
    );
    report.add(match store.broken_logs().await {
        Ok(broken) if broken.is_empty() => {
            Checked::new(CheckKind::ChangeLog, State::Ok, "without a gap".to_owned())
        }
        Ok(broken) => Checked {
            check: CheckKind::ChangeLog,
            state: State::Damaged,
            summary: format!(
                "{} organizations whose log does not lead to their newest change",
                broken.len()
            ),
            examples: broken.iter().take(NAMED).map(ToString::to_string).collect(),
        },
        Err(error) => unmade(CheckKind::ChangeLog, &error),
    });
    audit_logs(store, report).await;
    let checked = documents(store).await;
    report.add(checked.unwrap_or_else(|error| unmade(CheckKind::Documents, &error)));
    report.add(match store.outdated_count(PARSER_VERSION).await {
        Ok(0) => Checked::new(
            CheckKind::Reader,
            State::Ok,
            format!("all documents were read by reader {PARSER_VERSION}"),
        ),
        Ok(count) => Checked::new(
            CheckKind::Reader,
            State::Pending,
            format!("{count} documents that a server or `reindex` will read again"),
        ),
        Err(error) => unmade(CheckKind::Reader, &error),
    });
}

fn add_faults(
    report: &mut Report,
    check: CheckKind,
    sound: &str,
    faults: Result<Vec<Fault>, StoreError>,
) {
    match faults {
        Err(error) => report.add(unmade(check, &error)),
        Ok(faults) if faults.is_empty() => {
            report.add(Checked::new(check, State::Ok, sound.to_owned()));
        }
        Ok(faults) => {
            for fault in faults {
                report.add(Checked {
                    check,
                    state: State::Damaged,
                    summary: format!("{} {}", fault.count, fault.what),
                    examples: fault.examples,
                });
            }
        }
    }
}

/// Looks at the audit log of every organization.
async fn audit_logs(store: &Store, report: &mut Report) {
    let organizations = match store.organizations().await {
        Ok(organizations) => organizations,
        Err(error) => return report.add(unmade(CheckKind::AuditLog, &error)),
    };
    for organization in organizations {
        let checked = audit_log(store, organization).await;
        report.add(checked.unwrap_or_else(|error| unmade(CheckKind::AuditLog, &error)));
    }
}

async fn audit_log(store: &Store, organization: OrganizationId) -> Result<Checked, StoreError> {
    let mut verdict = store.verify_audit(organization).await?;
    if verdict.fault.is_some() {
        // Entries that are pruned between two pages of it look like ones that were taken out.
        verdict = store.verify_audit(organization).await?;
    }
    let (state, what) = match verdict.fault {
        None => (
            State::Ok,
            format!("{} entries are as they were written", verdict.entries),
        ),
        Some((number, fault)) => (State::Damaged, format!("entry {number}: {fault}")),
    };
    let summary = format!("organization {organization}: {what}");
    Ok(Checked::new(CheckKind::AuditLog, state, summary))
}

/// Compares every document with the checksum that was recorded when it came.
async fn documents(store: &Store) -> Result<Checked, StoreError> {
    let (mut total, mut after) = (0, None);
    let mut damaged = Vec::new();
    loop {
        let documents = store.documents_to_check(after, AT_ONCE).await?;
        let Some(last) = documents.last() else {
            break;
        };
        after = Some(last.id);
        total += documents.len();
        for document in documents {
            let found = Sha256(Hasher::digest(&document.original).into());
            let is_sound =
                document.sha256 == Some(found) && std::str::from_utf8(&document.text).is_ok();
            if !is_sound {
                damaged.push(document.id.to_string());
            }
        }
    }
    if damaged.is_empty() {
        let summary = format!("{total} are as they were received");
        return Ok(Checked::new(CheckKind::Documents, State::Ok, summary));
    }
    let summary = format!("{} of {total} are not as they were received", damaged.len());
    damaged.truncate(NAMED);
    Ok(Checked {
        check: CheckKind::Documents,
        state: State::Damaged,
        summary,
        examples: damaged,
    })
}
