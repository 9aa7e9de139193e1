//! Enumerations that mirror those of the rooms below, value by value.

use async_graphql::Enum;

use crate::{catalog, domain, ingest, search};

/// How strong a mention of a technology is, strongest first.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::Grade")]
pub(in crate::graphql) enum Grade {
    /// In the text or technology list of a job or project.
    Worked,
    /// In a skill table, with stars, in a self-appraisal.
    Declared,
    /// In an own project or hobby.
    Personal,
    /// By a certificate only.
    Certified,
    /// Being learned, or wished for.
    Learning,
    /// Said not to be known.
    Negated,
}

/// How exactly a date is stated.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::Precision")]
pub(in crate::graphql) enum DatePrecision {
    /// To the month.
    Month,
    /// To the year only.
    Year,
}

/// How a person is employed.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::EmploymentKind")]
pub(in crate::graphql) enum EmploymentKind {
    /// Permanent staff (正社員, 新卒, 中途).
    Permanent,
    /// Fixed term (契約社員).
    FixedTerm,
    /// Dispatched by an agency (派遣).
    Dispatched,
    /// By contract for work (業務委託).
    Contract,
    /// Self-employed (フリーランス, 個人事業主).
    Freelance,
    /// Intern.
    Intern,
    /// Part-time (アルバイト, パート).
    PartTime,
    /// Director or officer (代表, 役員).
    Executive,
}

/// What a link leads to.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::LinkKind")]
pub(in crate::graphql) enum LinkKind {
    /// Code: GitHub, GitLab and the like.
    Code,
    /// A social network.
    Social,
    /// A blog.
    Blog,
    /// Slides or talks.
    Slides,
    /// A proof of a certificate.
    Credential,
    /// Anything else.
    Other,
}

/// The form of a document.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::DocumentFormat")]
pub(in crate::graphql) enum DocumentFormat {
    /// Markdown.
    Markdown,
    /// Text without markup.
    PlainText,
    /// Emacs Org.
    Org,
    /// HTML.
    Html,
    /// LaTeX.
    Latex,
    /// Typst.
    Typst,
    /// YAML.
    Yaml,
    /// JSON.
    Json,
}

/// Where the months of an experience come from.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "catalog::MonthsBasis")]
pub(in crate::graphql) enum MonthsBasis {
    /// From dated stints.
    Dated,
    /// From a statement alone (「Python 5年」).
    Stated,
    /// From neither: 0 months, yet there is evidence.
    Undated,
}

/// Whether a job goes on.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "search::Tenure")]
pub(in crate::graphql) enum Tenure {
    /// Either.
    Any,
    /// It does.
    Current,
    /// It does not.
    Past,
}

/// Why a part of a query was left out.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "search::IgnoredReason")]
pub(in crate::graphql) enum IgnoredReason {
    /// It has neither letters nor digits.
    NoTerm,
    /// It is a generic word, or only welcome: it moves the rank but excludes nobody.
    Generic,
    /// It asks for what no condition can tell (months without a technology, an age, pay).
    Unsupported,
}

/// Why something is offered instead of a part of a query.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "search::OfferReason")]
pub(in crate::graphql) enum OfferReason {
    /// It looks like a condition, but there is no such key; it was searched for as a word.
    UnknownKey,
    /// No document has the word; the suggestion is of some.
    NotFound,
}

/// What a node of the tree of a query is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "search::QueryNodeKind")]
pub(in crate::graphql) enum QueryNodeKind {
    /// A free word.
    Word,
    /// The beginning of a word: `Kube*`.
    Prefix,
    /// A quoted phrase.
    Phrase,
    /// Conditions on one stint, or a condition on the candidate.
    Condition,
    /// What stands below it is not met.
    Not,
    /// All that stand below it are met.
    All,
    /// One of those below it is met.
    Any,
}

/// How a stint must lie to a window of time.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::graphql) enum PeriodMatch {
    /// At least one month in common.
    #[default]
    Overlaps,
    /// Wholly within.
    Within,
}

/// What sort of thing a technology is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum TechnologyKind {
    /// A programming, query or markup language.
    Language,
    /// A framework.
    Framework,
    /// A library.
    Library,
    /// A database or data warehouse.
    Database,
    /// A queue, broker or stream.
    Messaging,
    /// A cloud platform as a whole.
    Cloud,
    /// A hosted service.
    Service,
    /// A server that programs run on or behind.
    Middleware,
    /// Containers, virtualization, provisioning, networks.
    Infrastructure,
    /// Continuous integration and delivery.
    Ci,
    /// Monitoring, logs, traces.
    Observability,
    /// Tests and their tools.
    Testing,
    /// An operating system.
    Os,
    /// A protocol or interface standard.
    Protocol,
    /// A data or file format.
    Format,
    /// A device or board.
    Hardware,
    /// A tool that people work with.
    Tool,
    /// Packaged business software.
    Package,
    /// A way of working.
    Method,
    /// Not known: the lexicon does not have it.
    Unlisted,
}

impl From<Option<catalog::TechnologyKind>> for TechnologyKind {
    fn from(kind: Option<catalog::TechnologyKind>) -> Self {
        use catalog::TechnologyKind as Kind;
        match kind {
            None => Self::Unlisted,
            Some(Kind::Language) => Self::Language,
            Some(Kind::Framework) => Self::Framework,
            Some(Kind::Library) => Self::Library,
            Some(Kind::Database) => Self::Database,
            Some(Kind::Messaging) => Self::Messaging,
            Some(Kind::Cloud) => Self::Cloud,
            Some(Kind::Service) => Self::Service,
            Some(Kind::Middleware) => Self::Middleware,
            Some(Kind::Infrastructure) => Self::Infrastructure,
            Some(Kind::Ci) => Self::Ci,
            Some(Kind::Observability) => Self::Observability,
            Some(Kind::Testing) => Self::Testing,
            Some(Kind::Os) => Self::Os,
            Some(Kind::Protocol) => Self::Protocol,
            Some(Kind::Format) => Self::Format,
            Some(Kind::Hardware) => Self::Hardware,
            Some(Kind::Tool) => Self::Tool,
            Some(Kind::Package) => Self::Package,
            Some(Kind::Method) => Self::Method,
        }
    }
}

/// Why the index is written anew.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ingest::RebuildReason")]
pub(in crate::graphql) enum RebuildReason {
    /// Somebody asked for it.
    Asked,
    /// There was none.
    Missing,
    /// Its files were not as they were written, or it did not have the stored candidates.
    Damaged,
    /// Its fields were of another layout, of another version of the program.
    OtherLayout,
    /// Another analyzer or dictionary wrote it.
    OtherAnalyzer,
    /// It was of another database.
    OtherDatabase,
}
