//! One server for each data directory.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, bail};

/// Locked by the server for as long as it runs; holds its process id, for whoever finds it locked.
const LOCK_FILE: &str = "server.lock";

/// Takes the data directory for this server; it is free again when what is returned is dropped, or
/// the process is gone.
///
/// # Errors
/// Another server has it, or it cannot be written.
pub(super) fn hold(data_dir: &Path) -> anyhow::Result<File> {
    let path = data_dir.join(LOCK_FILE);
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    let mut file = options
        .open(&path)
        .with_context(|| format!("cannot write to the data directory {}", data_dir.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Whoever it is, the directory is taken.
            let _ = file.read_to_string(&mut holder);
            bail!(
                "another server (process {}) uses the data directory {}; give each server its own \
                 with --data-dir",
                holder.trim(),
                data_dir.display()
            );
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("cannot lock {}", path.display()));
        }
    }
    let written = file
        .set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{}", std::process::id()));
    written.with_context(|| format!("cannot write {}", path.display()))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_has_the_directory() {
        let folder = tempfile::tempdir().expect("a directory");
        let first = hold(folder.path()).expect("it is free");
        let refused = hold(folder.path()).expect_err("it is taken").to_string();
        let process = format!("process {}", std::process::id());
        assert!(refused.contains(&process), "{refused}");
        drop(first);
        hold(folder.path()).expect("it is free again");
    }
}
