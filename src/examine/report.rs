//! What was looked at, and what was found.

use serde::Serialize;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// The versions of the program and its reader.
    Program,
    /// The dictionary inside the program.
    Dictionary,
    /// Whether the database answers, and which it is.
    Database,
    /// The versions of the tables.
    Migrations,
    /// The database's own files.
    DatabaseFiles,
    /// Rows that name others.
    References,
    /// Whether every candidate has a résumé, and every résumé its document.
    Candidates,
    /// Whether the change log leads to the newest change.
    ChangeLog,
    /// Whether an organization's audit log is as it was written.
    AuditLog,
    /// Whether documents are as they were received.
    Documents,
    /// Whether the newest reader has read every document.
    Reader,
    /// The files of an organization's index.
    IndexFiles,
    /// Whether an organization's index holds what the store does.
    Index,
}

impl CheckKind {
    /// Returns the name as it stands in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Dictionary => "dictionary",
            Self::Database => "database",
            Self::Migrations => "migrations",
            Self::DatabaseFiles => "database_files",
            Self::References => "references",
            Self::Candidates => "candidates",
            Self::ChangeLog => "change_log",
            Self::AuditLog => "audit_log",
            Self::Documents => "documents",
            Self::Reader => "reader",
            Self::IndexFiles => "index_files",
            Self::Index => "index",
        }
    }
}

/// How something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// As it should be.
    Ok,
    /// Not as it will be: the program mends it by itself.
    Pending,
    /// Not as it should be.
    Damaged,
}

impl State {
    /// Returns the name as it stands in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Pending => "pending",
            Self::Damaged => "damaged",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// What.
    pub check: CheckKind,
    /// How it was found.
    pub state: State,
    /// In words.
    pub summary: String,
    /// Ids of some of what is damaged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
}

impl Checked {
    /// Returns one without examples.
    pub(super) fn new(check: CheckKind, state: State, summary: String) -> Self {
        Self {
            check,
            state,
            summary,
            examples: Vec::new(),
        }
    }
}

/// Everything that was looked at.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// In the order of looking.
    pub checks: Vec<Checked>,
}

impl Report {
    pub(super) fn add(&mut self, checked: Checked) {
        self.checks.push(checked);
    }

    /// Returns how many things are not as they should be.
    pub fn damaged(&self) -> usize {
        let damaged = |checked: &&Checked| checked.state == State::Damaged;
        self.checks.iter().filter(damaged).count()
    }
}
