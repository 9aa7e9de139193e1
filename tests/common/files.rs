//! What the files below a folder hold.

use std::path::{Path, PathBuf};

/// Every file below `folder`. One that goes meanwhile may be among them or not.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

/// Every file below `folder` that holds one of `words`, in UTF-8, with the word.
pub(crate) fn files_with(folder: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in files(folder) {
        let bytes = std::fs::read(&path).unwrap_or_default();
        for word in words {
            let has = bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes());
            if has {
                found.push(format!("{}: {word}", path.display()));
            }
        }
    }
    found
}
