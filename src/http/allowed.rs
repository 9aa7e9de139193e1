//! The only requests that run, where a server is told so.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use async_graphql::Request;
use serde::Deserialize;

use super::persisted::DocumentHash;
use crate::graphql;

/// Texts that alone may run, by their hash.
#[derive(Debug, Default)]
pub struct AllowedOperations(HashMap<DocumentHash, Box<str>>);

/// The allowed operations cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum AllowedOperationsError {
    /// A file or folder cannot be read.
    #[error("cannot read the allowed operations in {path}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is neither a manifest of operations nor a map of texts.
    #[error("{path} is no manifest of operations")]
    Manifest {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// A text is no GraphQL document that the server would run.
    #[error("{path} holds a document that cannot run: {message}")]
    Document {
        /// The file.
        path: PathBuf,
        /// Why.
        message: String,
    },
    /// There is nothing in it: no request at all would run.
    #[error("{path} holds no operation")]
    Empty {
        /// The file or folder.
        path: PathBuf,
    },
}

/// The forms of a `.json` file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    /// As Apollo's tools write it.
    Operations {
        /// Their texts; what else is said of them is not read.
        operations: Vec<Operation>,
    },
    /// As Relay's tools write it: any key, and the text.
    Texts(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Operation {
    body: String,
}

impl AllowedOperations {
    /// Reads a file, or every file of a folder: `.graphql` and `.gql` hold one document, `.json` a
    /// manifest of many. Other files of a folder are passed over.
    ///
    /// # Errors
    /// Every [`AllowedOperationsError`].
    pub fn read(path: &Path) -> Result<Self, AllowedOperationsError> {
        let mut allowed = Self::default();
        if path.is_dir() {
            for file in files(path)? {
                allowed.read_file(&file)?;
            }
        } else {
            allowed.read_file(path)?;
        }
        if allowed.0.is_empty() {
            return Err(AllowedOperationsError::Empty {
                path: path.to_owned(),
            });
        }
        Ok(allowed)
    }

    fn read_file(&mut self, path: &Path) -> Result<(), AllowedOperationsError> {
        let text = std::fs::read_to_string(path).map_err(|source| unreadable(path, source))?;
        if !has_extension(path, &["json"]) {
            // Clients send what is between the blank lines, or the file as it is.
            self.insert(path, text.trim())?;
            return self.insert(path, &text);
        }
        let manifest =
            serde_json::from_str(&text).map_err(|source| AllowedOperationsError::Manifest {
                path: path.to_owned(),
                source,
            })?;
        let texts: Vec<String> = match manifest {
            Manifest::Operations { operations } => operations
                .into_iter()
                .map(|operation| operation.body)
                .collect(),
            Manifest::Texts(texts) => texts.into_values().collect(),
        };
        texts.iter().try_for_each(|text| self.insert(path, text))
    }

    fn insert(&mut self, path: &Path, text: &str) -> Result<(), AllowedOperationsError> {
        graphql::parse(&mut Request::new(text)).map_err(|error| {
            AllowedOperationsError::Document {
                path: path.to_owned(),
                message: error.message,
            }
        })?;
        self.0.insert(DocumentHash::of(text), text.into());
        Ok(())
    }

    /// Returns the text of this hash.
    pub(super) fn get(&self, hash: DocumentHash) -> Option<&str> {
        self.0.get(&hash).map(AsRef::as_ref)
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, AllowedOperationsError> {
    let entries = std::fs::read_dir(folder).map_err(|source| unreadable(folder, source))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|source| unreadable(folder, source))?.path();
        if path.is_file() && has_extension(&path, &["graphql", "gql", "json"]) {
            files.push(path);
        }
    }
    Ok(files)
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extensions.contains(&extension))
}

fn unreadable(path: &Path, source: std::io::Error) -> AllowedOperationsError {
    AllowedOperationsError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a directory");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        folder
    }

    #[test]
    fn files_of_every_form_are_read_and_others_passed_over() {
        let folder = written(&[
            ("one.graphql", "\n{ a }\n"),
            ("two.gql", "{ b }"),
            (
                "apollo.json",
                r#"{"format": "x", "operations": [{"id": "1", "body": "{ c }"}]}"#,
            ),
            ("relay.json", r#"{"some-key": "{ d }"}"#),
            ("README.md", "{"),
        ]);
        let allowed = AllowedOperations::read(folder.path()).expect("it is read");
        for text in ["{ a }", "\n{ a }\n", "{ b }", "{ c }", "{ d }"] {
            assert_eq!(allowed.get(DocumentHash::of(text)), Some(text));
        }
        assert_eq!(allowed.get(DocumentHash::of("{ e }")), None);
        let one = AllowedOperations::read(&folder.path().join("two.gql")).expect("it is read");
        assert!(one.get(DocumentHash::of("{ b }")).is_some());
        assert!(one.get(DocumentHash::of("{ a }")).is_none());
    }

    #[test]
    fn what_cannot_be_read_is_an_error_that_names_the_file() {
        for (name, text) in [
            ("x.graphql", "{"),
            ("x.json", "[]"),
            ("x.json", r#"{"k": "{"}"#),
        ] {
            let folder = written(&[(name, text)]);
            let error = AllowedOperations::read(folder.path()).expect_err(text);
            assert!(error.to_string().contains(name), "{error}");
        }
        let empty = written(&[]);
        assert!(AllowedOperations::read(empty.path()).is_err());
        assert!(AllowedOperations::read(&empty.path().join("none.json")).is_err());
    }
}
