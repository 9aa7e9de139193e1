//! Lexicon, Japanese analysis and full-text index of shokureki: text and keys in, ranked keys out.
//!
//! The boundary is plain data: [`Document`] goes in, [`Query`] asks, [`Answer`] comes back. Keys are
//! opaque strings. No database, no GraphQL, and no type of lindera or tantivy shows.

pub mod analysis;
mod audit;
mod cancel;
mod candidates;
mod columns;
mod decide;
mod disjunctive;
mod document;
mod education;
mod error;
mod evidence;
mod experience;
mod explain;
mod explanation;
mod facets;
mod failure;
mod fields;
mod files;
mod gazetteer;
mod generation;
mod hit;
mod index;
mod insight;
mod integrity;
mod joining;
pub mod lexicon;
pub mod months;
mod names;
mod naming;
mod narrowing;
mod nearest;
mod order;
mod phrase;
mod place_names;
mod places;
mod plan;
mod prepare;
mod query;
mod ranking;
mod rarity;
mod reader;
mod score;
mod stint_search;
mod stint_set;
mod stints;
mod suggest;
mod timeline;
mod varint;
mod writer;

pub use cancel::{Cancel, Helpers};
pub use document::{
    CertificationEntry, Document, EducationEntry, EmployerEntry, Grade, MentionEntry, StintEntry,
};
pub use education::EducationLevel;
pub use error::IndexError;
pub use explanation::{AskedFor, Explanation, Failure, FailureReason, LeafExplanation, ScorePart};
pub use files::Filling;
pub use gazetteer::Gazetteer;
pub use hit::{
    Answer, ClauseMatch, EvidenceSpan, FacetCount, Facets, Hit, MAX_GROUP_STINTS, MAX_SPANS,
    MostMet, RelatedTechnology, StintAnswer, StintGroup, StintHit, TechnologyUse,
};
pub use index::{Change, IndexState, Rebuild, SkillIndex};
pub use query::{
    Condition, Cursor, EmployerCondition, FacetCounting, FacetRequest, Grouping, MostCondition,
    Order, Page, PeriodCondition, Query, ScoreCondition, SortValue, StintCondition, StintQuery,
    TechnologyCondition, Tenure, Window, WordsCondition,
};
pub use ranking::PartKind;
pub use suggest::{Suggestion, SuggestionKind, Suggestions};
