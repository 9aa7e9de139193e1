//! What a perfect reader gets from a document, in the form of label files.

use serde_json::{Value, json};

use super::career::Span;
use super::choice::Made;

/// A document, its labels and how it is laid out.
pub(crate) struct Document {
    pub(crate) text: String,
    pub(crate) labels: Labels,
    pub(crate) made: Vec<Made>,
}

/// Labels of the kinds that are scored here.
#[derive(Default)]
pub(crate) struct Labels {
    employers: Vec<Value>,
    projects: Vec<Value>,
}

impl Labels {
    /// Adds an employer; without a span the document states none.
    pub(crate) fn employer(&mut self, name: &str, span: Option<Span>) {
        let (start, end) = ends(span);
        self.employers
            .push(json!({ "name": name, "start": start, "end": end }));
    }

    /// Adds a project; without a span the document states none.
    pub(crate) fn project(&mut self, title: &str, employer: &str, span: Option<Span>) {
        let (start, end) = ends(span);
        self.projects
            .push(json!({ "title": title, "employer": employer, "start": start, "end": end }));
    }

    /// Writes a label file.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "employers": self.employers,
            "projects": self.projects,
            "skills": [],
            "mentioned_only": [],
            "certifications": [],
            "education": [],
        })
    }
}

fn ends(span: Option<Span>) -> (Option<String>, Option<String>) {
    let Some(span) = span else {
        return (None, None);
    };
    let end = span
        .last
        .map_or_else(|| "present".to_owned(), |last| last.to_string());
    (Some(span.first.to_string()), Some(end))
}
