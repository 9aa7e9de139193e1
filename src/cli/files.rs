//! Which files an argument of `import` stands for.

use std::io;
use std::path::{Path, PathBuf};

/// Extensions of the formats that are read. A file named on the command line itself is taken whatever
/// its name.
const EXTENSIONS: &[&str] = &[
    "md", "markdown", "txt", "org", "html", "htm", "tex", "typ", "yaml", "yml", "json",
];

/// Where one document comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// Standard input (`-`).
    StandardInput,
    /// A file.
    File(PathBuf),
}

impl Source {
    /// Reads the bytes.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::StandardInput => {
                let mut bytes = Vec::new();
                io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes)?;
                Ok(bytes)
            }
            Self::File(path) => std::fs::read(path),
        }
    }

    /// The file's name, which tells its format.
    pub(super) fn file_name(&self) -> Option<String> {
        match self {
            Self::StandardInput => None,
            Self::File(path) => Some(path.file_name()?.to_string_lossy().into_owned()),
        }
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::StandardInput => formatter.write_str("standard input"),
            Self::File(path) => path.display().fmt(formatter),
        }
    }
}

/// Expands `paths` in order: a folder stands for the files of known formats under it, by name; hidden
/// ones and READMEs, which are no résumés, are left out.
///
/// # Errors
/// The path that cannot be looked at, and why.
pub(super) fn expand(paths: &[PathBuf]) -> Result<Vec<Source>, (PathBuf, io::Error)> {
    let mut sources = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            sources.push(Source::StandardInput);
        } else if path.is_dir() {
            walk(path, &mut sources)?;
        } else {
            // A missing file is reported with the others when it is read.
            sources.push(Source::File(path.clone()));
        }
    }
    Ok(sources)
}

fn walk(folder: &Path, sources: &mut Vec<Source>) -> Result<(), (PathBuf, io::Error)> {
    let failed = |error| (folder.to_owned(), error);
    let mut entries = std::fs::read_dir(folder)
        .and_then(Iterator::collect::<io::Result<Vec<_>>>)
        .map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        // `file_type` does not follow links, so a link to a folder above cannot loop.
        match entry.file_type().map_err(failed)? {
            kind if kind.is_dir() => walk(&path, sources)?,
            _ if path.is_file() && is_document(&path) => sources.push(Source::File(path)),
            _ => {}
        }
    }
    Ok(())
}

fn is_document(path: &Path) -> bool {
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    EXTENSIONS
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
        && !stem.eq_ignore_ascii_case("README")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_its_documents_by_name() {
        let folder = tempfile::tempdir().expect("a directory");
        let root = folder.path();
        std::fs::create_dir(root.join("sub")).expect("created");
        for name in [
            "b.md",
            "a.txt",
            "README.md",
            ".hidden.md",
            "photo.png",
            "sub/c.org",
        ] {
            std::fs::write(root.join(name), "x").expect("written");
        }
        let found = expand(&[root.to_owned()]).expect("readable");
        let expected: Vec<Source> = ["a.txt", "b.md", "sub/c.org"]
            .iter()
            .map(|name| Source::File(root.join(name)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_file_named_itself_is_taken_whatever_its_name_and_a_dash_is_standard_input() {
        let found = expand(&[PathBuf::from("-"), PathBuf::from("README")]).expect("readable");
        let expected = [Source::StandardInput, Source::File(PathBuf::from("README"))];
        assert_eq!(found, expected);
    }
}
