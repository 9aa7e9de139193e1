//! Column types: the domain's closed sets as words, and lists as JSON.

use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::{DocumentFormat, EmploymentKind, Grade, Heading, LinkKind, NoticeKind, Span};
use crate::store::ChangeKind;
use crate::store::records::storable;

/// Declares a column type that stores each variant of a domain set as a word.
macro_rules! stored_words {
    ($stored:ident of $domain:ty { $($variant:ident = $word:tt,)+ }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $stored {
            $(#[sea_orm(string_value = $word)] $variant,)+
        }

        stored_words!(@convert $stored of $domain { $($variant,)+ });
    };
    (@convert $stored:ident of $domain:ty { $($variant:ident,)+ }) => {
        impl From<$domain> for $stored {
            fn from(value: $domain) -> Self {
                match value { $(<$domain>::$variant => Self::$variant,)+ }
            }
        }

        impl From<$stored> for $domain {
            fn from(value: $stored) -> Self {
                match value { $($stored::$variant => Self::$variant,)+ }
            }
        }
    };
}

/// Declares a column type that stores each variant of a domain set, which may grow, as a word.
///
/// Servers of two versions may share a database: a word that only the newer one knows is no error to the
/// older, but read as `None`.
macro_rules! stored_open_words {
    ($stored:ident of $domain:ty { $($variant:ident = $word:tt,)+ }) => {
        #[derive(Clone, Debug, PartialEq, Eq, DeriveValueType)]
        #[sea_orm(column_type = "Text")]
        pub struct $stored(String);

        impl $stored {
            /// Returns what the word says; `None` for one that a newer program wrote.
            pub fn known(&self) -> Option<$domain> {
                match self.0.as_str() {
                    $($word => Some(<$domain>::$variant),)+
                    _ => None,
                }
            }
        }

        impl From<$domain> for $stored {
            fn from(value: $domain) -> Self {
                let word = match value { $(<$domain>::$variant => $word,)+ };
                Self(word.to_owned())
            }
        }
    };
}

stored_words! { StoredChangeKind of ChangeKind {
    Upsert = "upsert",
    Delete = "delete",
} }

stored_open_words! { StoredFormat of DocumentFormat {
    Markdown = "markdown",
    PlainText = "plain_text",
    Org = "org",
    Html = "html",
    Latex = "latex",
    Typst = "typst",
    Yaml = "yaml",
    Json = "json",
} }

stored_open_words! { StoredLinkKind of LinkKind {
    Code = "code",
    Social = "social",
    Blog = "blog",
    Slides = "slides",
    Credential = "credential",
    Other = "other",
} }

stored_open_words! { StoredEmploymentKind of EmploymentKind {
    Permanent = "permanent",
    FixedTerm = "fixed_term",
    Dispatched = "dispatched",
    Contract = "contract",
    Freelance = "freelance",
    Intern = "intern",
    PartTime = "part_time",
    Executive = "executive",
} }

stored_open_words! { StoredNoticeKind of NoticeKind {
    ImpossibleDate = "impossible_date",
    EndBeforeStart = "end_before_start",
    StartAfterDocument = "start_after_document",
    ContradictoryPeriod = "contradictory_period",
    EndNotStated = "end_not_stated",
    PeriodNotStated = "period_not_stated",
    EmployerNotStated = "employer_not_stated",
    DocumentDateNotStated = "document_date_not_stated",
    FutureEmployment = "future_employment",
    CorrectedSpelling = "corrected_spelling",
    UsedBeforeRelease = "used_before_release",
    UnlistedTechnology = "unlisted_technology",
    Placeholder = "placeholder",
    NotUnderstood = "not_understood",
    NotCollected = "not_collected",
    Other = "other",
} }

/// A grade as a number, weakest 0, so that SQL can compare it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum StoredGrade {
    #[sea_orm(num_value = 0)]
    Negated,
    #[sea_orm(num_value = 1)]
    Learning,
    #[sea_orm(num_value = 2)]
    Certified,
    #[sea_orm(num_value = 3)]
    Personal,
    #[sea_orm(num_value = 4)]
    Declared,
    #[sea_orm(num_value = 5)]
    Worked,
}

stored_words! { @convert StoredGrade of Grade {
    Negated, Learning, Certified, Personal, Declared, Worked,
} }

/// A list of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Strings(pub Vec<String>);

/// A span as `[start, end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct StoredSpan(u32, u32);

impl From<Span> for StoredSpan {
    fn from(span: Span) -> Self {
        Self(span.start, span.end)
    }
}

impl From<StoredSpan> for Span {
    fn from(StoredSpan(start, end): StoredSpan) -> Self {
        Self { start, end }
    }
}

/// A list of spans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Spans(pub Vec<StoredSpan>);

/// A heading of an outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredHeading {
    level: u8,
    title: String,
    span: StoredSpan,
    line: u32,
}

impl From<&Heading> for StoredHeading {
    fn from(heading: &Heading) -> Self {
        Self {
            level: heading.level,
            title: storable(&heading.title),
            span: heading.span.into(),
            line: heading.line,
        }
    }
}

impl From<StoredHeading> for Heading {
    fn from(heading: StoredHeading) -> Self {
        Self {
            level: heading.level,
            title: heading.title,
            span: heading.span.into(),
            line: heading.line,
        }
    }
}

/// An outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Headings(pub Vec<StoredHeading>);
