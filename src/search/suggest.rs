//! Names for a search box, from what the index holds.

use shokureki_index::IndexError;

use super::facets::technology_name;
use super::{SearchError, Searcher};
use crate::domain::{Access, Scope, TechnologyName};

pub use shokureki_index::SuggestionKind;

/// A name that goes on from what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is a name of.
    pub kind: SuggestionKind,
    /// The name, as most candidates' résumés or the lexicon write it.
    pub text: String,
    /// How many candidates have it.
    pub candidate_count: u64,
    /// Whether nothing goes on from what was typed, and this is what may have been meant.
    pub is_correction: bool,
    /// The technology, where it is one.
    pub technology: Option<TechnologyName>,
    /// The key of the employer, where it is one.
    pub employer: Option<String>,
}

impl Searcher {
    /// Returns at most `limit` names of `kinds` that go on from `prefix`, typed in any script, most
    /// candidates first. Answered from memory: neither a search nor a statement.
    ///
    /// # Errors
    /// [`SearchError::IndexClosed`], [`SearchError::Index`].
    pub async fn suggest(
        &self,
        access: &Access,
        prefix: &str,
        kinds: Vec<SuggestionKind>,
        limit: u32,
    ) -> Result<Vec<Suggestion>, SearchError> {
        access.require(Scope::Search)?;
        let index = (self.indexes)(access.organization).ok_or(SearchError::IndexClosed)?;
        let prefix = prefix.to_owned();
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        // The first call after the start counts the index.
        let found = tokio::task::spawn_blocking(move || index.suggest(&prefix, &kinds, limit));
        let found = found.await.map_err(|_| SearchError::IndexClosed)?;
        let found = found.map_err(|error: IndexError| SearchError::from(error))?;
        let is_correction = found.is_correction;
        let suggestion = |of: shokureki_index::Suggestion| Suggestion {
            kind: of.kind,
            candidate_count: of.count,
            is_correction,
            technology: (of.kind == SuggestionKind::Technology)
                .then(|| technology_name(self.lexicon, &of.key, &of.name)),
            employer: (of.kind == SuggestionKind::Employer).then(|| of.key.clone()),
            text: of.name,
        };
        Ok(found.list.into_iter().map(suggestion).collect())
    }
}
