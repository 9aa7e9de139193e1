//! How well the reader reads labelled documents, and how well searches answer judged queries.
//!
//! Reading: in, a folder of résumés, each with a label file beside it that says what a perfect reader
//! gets from it (`docs/evaluation.md`); out, precision, recall and F1 of each kind, and every miss.
//! Searches: [`relevance`] scores what somebody else asked. The store and the index are not needed.

mod labels;
mod matching;
mod reading;
pub mod relevance;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use shokureki_index::lexicon::Lexicon;

use crate::document::{self, DocumentError};
use crate::resume;

use labels::Labels;
pub use matching::{Miss, Score};
pub use reading::{Ends, ends};

/// What is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Jobs: the employer's name and both ends of the period.
    Employers,
    /// Projects: title, employer and both ends of the project's own period.
    Projects,
    /// Technologies that the person used or knows.
    Technologies,
    /// Certificates.
    Certifications,
    /// Schools and when they were left.
    Education,
}

impl Kind {
    /// All kinds, in the order in which they are printed.
    pub const ALL: [Self; 5] = [
        Self::Employers,
        Self::Projects,
        Self::Technologies,
        Self::Certifications,
        Self::Education,
    ];

    /// Returns the kind's name in English, plural.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Employers => "employers",
            Self::Projects => "projects",
            Self::Technologies => "technologies",
            Self::Certifications => "certifications",
            Self::Education => "education",
        }
    }
}

/// How one document was read.
#[derive(Clone, Debug)]
pub struct DocumentReport {
    /// The file's name.
    pub name: String,
    /// The score of each kind, in the order of [`Kind::ALL`].
    pub scores: [Score; 5],
    /// Names that the labels call no experience (wishes, negations, unticked cells) and that count
    /// as experience all the same.
    pub leaked: usize,
    /// What is wrong or missing.
    pub misses: Vec<Miss>,
    /// How long reading took.
    pub took: Duration,
    /// Bytes of the document's text.
    pub text_bytes: usize,
}

/// Why a folder cannot be evaluated.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The folder or a file in it cannot be read.
    #[error("cannot read {}", path.display())]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A document is no text.
    #[error("cannot decode {}", path.display())]
    Document {
        /// The file.
        path: PathBuf,
        /// Why.
        source: DocumentError,
    },
    /// A label file is not of the documented form.
    #[error("cannot understand the labels of {}", path.display())]
    Labels {
        /// The file.
        path: PathBuf,
        /// Where it differs.
        source: serde_json::Error,
    },
    /// The folder holds no document with labels.
    #[error("no document with a label file beside it in {}", path.display())]
    NoDocument {
        /// The folder.
        path: PathBuf,
    },
}

/// Scores the reader on every labelled document of `folder`, in the order of their names.
///
/// # Errors
/// [`EvaluateError`] for a folder, document or label file that cannot be read, and for a folder
/// without labelled documents.
pub fn reading(folder: &Path, lexicon: &Lexicon) -> Result<Vec<DocumentReport>, EvaluateError> {
    let io = |source| EvaluateError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(io)?
        .map(|entry| Ok(entry.map_err(io)?.path()))
        .collect::<Result<_, EvaluateError>>()?;
    paths.retain(|path| is_document(path) && labels_of(path).is_file());
    paths.sort();
    if paths.is_empty() {
        return Err(EvaluateError::NoDocument {
            path: folder.to_owned(),
        });
    }
    paths.iter().map(|path| report(path, lexicon)).collect()
}

/// Reads one document and compares it with its labels.
fn report(path: &Path, lexicon: &Lexicon) -> Result<DocumentReport, EvaluateError> {
    let read = |path: &Path| {
        std::fs::read(path).map_err(|source| EvaluateError::Io {
            path: path.to_owned(),
            source,
        })
    };
    let labels_path = labels_of(path);
    let labels: Labels =
        serde_json::from_slice(&read(&labels_path)?).map_err(|source| EvaluateError::Labels {
            path: labels_path.clone(),
            source,
        })?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let document =
        document::decode(&read(path)?, Some(&name)).map_err(|source| EvaluateError::Document {
            path: path.to_owned(),
            source,
        })?;
    let begin = Instant::now();
    let (resume, _) = resume::read(&document.text, document.format, lexicon);
    let took = begin.elapsed();
    let compared = reading::compare(&resume, &labels, lexicon);
    Ok(DocumentReport {
        name,
        scores: compared.scores,
        leaked: compared.leaked,
        misses: compared.misses,
        took,
        text_bytes: document.text.len(),
    })
}

/// Returns whether a file is a résumé rather than its labels: `x.json` beside `x.md` are labels,
/// and `x.resume.json` is a résumé.
fn is_document(path: &Path) -> bool {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("");
    path.is_file() && (!name.ends_with(".json") || name.ends_with(".resume.json"))
}

/// Returns where the labels of a document are, whether there are any or not.
pub fn labels_of(path: &Path) -> PathBuf {
    let labels = path.with_extension("json");
    if labels != path {
        return labels;
    }
    path.with_extension("").with_extension("json")
}
