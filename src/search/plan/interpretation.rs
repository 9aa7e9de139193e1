//! What became of a request, told beside its answer.

use super::RelaxedClause;
use crate::domain::TechnologyName;
use crate::search::print::QueryNode;

/// How a request was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interpretation {
    /// Query and filter in the search language, with English keys.
    pub parsed: String,
    /// The same with Japanese keys.
    pub parsed_ja: String,
    /// The same as a tree, each node before those below it.
    pub tree: Vec<QueryNode>,
    /// The technologies that are asked for, in the order of the request, each once: by a condition or by a
    /// bare word that is a name of one. Not those that must be missing.
    pub technologies: Vec<TechnologyName>,
    /// The conditions on candidates, as [`Match::clause`](crate::search::Match::clause) names them.
    pub clauses: Vec<String>,
    /// Bare words that were taken for conditions.
    pub recognized: Vec<RecognizedText>,
    /// Words that were taken for others of another spelling.
    pub corrections: Vec<Correction>,
    /// What may have been meant, and was not searched for.
    pub offers: Vec<Offer>,
    /// What was left out.
    pub ignored: Vec<Ignored>,
    /// The clauses that not all of those who are found meet: nobody meets all, so those who meet
    /// most are the answer.
    pub relaxed: Vec<RelaxedClause>,
}

/// Bare words taken for a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognizedText {
    /// As typed.
    pub text: String,
    /// Where it begins, in characters from 0.
    pub position: usize,
    /// The condition, in the search language.
    pub clause: String,
}

/// What a part of the query string may have been meant for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// As typed.
    pub text: String,
    /// Where it begins, in characters from 0.
    pub position: usize,
    /// What to type instead; `None` where there is nothing like it.
    pub suggestion: Option<String>,
    /// Why it is offered.
    pub reason: OfferReason,
}

/// Why something is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfferReason {
    /// It looks like a condition, but there is no such key; it was searched for as a word.
    UnknownKey,
    /// No document has the word; the suggestion is of some.
    NotFound,
}

/// A word taken for a misspelt name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// As typed.
    pub typed: String,
    /// The name that it was taken for.
    pub corrected: String,
    /// The technology's key; `None` for a word that documents have.
    pub technology: Option<String>,
}

/// A part of the query string that asks for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// As typed.
    pub text: String,
    /// Where it begins, in characters from 0.
    pub position: usize,
    /// Why it was left out.
    pub reason: IgnoredReason,
}

/// Why a part of the query string was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IgnoredReason {
    /// It has neither letters nor digits.
    NoTerm,
    /// It is a generic word (経験 …) or only welcome: it moves the rank but excludes nobody.
    Generic,
    /// It asks for what no condition can tell (months without a technology, an age, pay).
    Unsupported,
}
