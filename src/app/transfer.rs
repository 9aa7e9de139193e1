//! Backups, and what a restore must see to beside the store: the index.

use std::path::{Path, PathBuf};

use shokureki_index::{IndexError, SkillIndex};

use super::{AppError, connect};
use crate::backup::{self, BackupError, Manifest};
use crate::config::Config;
use crate::examine::{self, Report};
use crate::store::{self, Store};

/// Why nothing was backed up or restored.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] AppError),
    /// The backup cannot be written, read or stored.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// A server runs on the data directory, or told the database of itself lately.
    #[error("a server uses the data: stop the server first (one that was killed counts for 30 s)")]
    InUse,
    /// The index of the data before cannot be taken away.
    #[error("cannot remove the index in {path}")]
    Index {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Writes a backup of the store to the folder `to`. A server may run meanwhile.
///
/// # Errors
/// [`TransferError::Open`], [`TransferError::Backup`].
pub async fn back_up(config: &Config, to: &Path) -> Result<Manifest, TransferError> {
    let store = connect(config).await?;
    Ok(backup::write(&store, to).await?)
}

/// Looks whether store and index are as the program writes them. Changes nothing; a server may run.
///
/// # Errors
/// [`AppError`] when the database cannot be opened at all.
pub async fn examine(config: &Config) -> Result<Report, AppError> {
    let store = connect(config).await?;
    Ok(examine::examine(&store, &config.index_dir()).await)
}

/// Compares the files of a backup with its checksums.
///
/// # Errors
/// Those of [`backup::verify`].
pub fn verify_backup(from: &Path) -> Result<Manifest, BackupError> {
    backup::verify(from)
}

/// Fills the store from a backup, and takes the index away, which the next start writes anew. No server
/// may run.
///
/// # Errors
/// Every [`TransferError`]; the store is then as it was before.
pub async fn restore(
    config: &Config,
    from: &Path,
    replaces: bool,
) -> Result<Manifest, TransferError> {
    // A damaged backup takes nothing away.
    backup::verify(from)?;
    let store = connect(config).await?;
    if !replaces && !store.is_empty().await.map_err(AppError::from)? {
        return Err(BackupError::Transfer(store::TransferError::NotEmpty).into());
    }
    if is_served(&store).await {
        return Err(TransferError::InUse);
    }
    let index = config.index_dir();
    tokio::task::spawn_blocking(move || remove_index(&index))
        .await
        .map_err(|_| TransferError::InUse)??;
    Ok(backup::restore(&store, from, replaces).await?)
}

/// Whether a server that shares the database told of itself lately; a database without tables has none.
async fn is_served(store: &Store) -> bool {
    let Ok(organizations) = store.organizations().await else {
        return false;
    };
    for organization in organizations {
        let followers = store.followers(organization).await;
        if followers.is_ok_and(|followers| !followers.is_empty()) {
            return true;
        }
    }
    false
}

/// Takes the indexes of all organizations away, unless one is in use.
fn remove_index(directory: &Path) -> Result<(), TransferError> {
    let failed = |source| TransferError::Index {
        path: directory.to_owned(),
        source,
    };
    let entries = match std::fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        // One that is damaged is in nobody's use.
        if path.is_dir() && matches!(SkillIndex::open(&path), Err(IndexError::InUse)) {
            return Err(TransferError::InUse);
        }
    }
    std::fs::remove_dir_all(directory).map_err(failed)
}
