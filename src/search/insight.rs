//! How technologies are used over all candidates of an organization.

use std::collections::HashMap;
use std::time::Instant;

use shokureki_index::RelatedTechnology;

use super::{SearchError, Searcher};
use crate::domain::Access;

impl Searcher {
    /// Returns the technologies that are used in the stints of the technology `key`, or of a part of
    /// it, more often than in others: strongest first, at most `limit`. Its parts and what it is a part
    /// of are left out: that they come together says nothing.
    ///
    /// # Errors
    /// [`SearchError::TimedOut`], [`SearchError::IndexClosed`], [`SearchError::Index`].
    pub async fn related(
        &self,
        access: &Access,
        key: &str,
        limit: u32,
    ) -> Result<Vec<RelatedTechnology>, SearchError> {
        let parts = self.lexicon.parts_of(key).into_iter();
        let mut keys = vec![key.to_owned()];
        keys.extend(parts.map(|part| part.key.clone()));
        let wholes: Vec<String> =
            std::iter::successors(self.whole_of(key), |whole| self.whole_of(whole)).collect();
        let mut related = self
            .ask_index(access, Instant::now(), move |index, budget, cancel| {
                index.related(&keys, &wholes, budget, cancel)
            })
            .await?;
        related.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(related)
    }

    fn whole_of(&self, key: &str) -> Option<String> {
        self.lexicon.technology(key)?.part_of.clone()
    }

    /// Returns for how many months each technology of `keys` was used: the sum over the candidates,
    /// of each the union of the dated stints that name it as used at work.
    ///
    /// # Errors
    /// [`SearchError::TimedOut`], [`SearchError::IndexClosed`], [`SearchError::Index`].
    pub async fn technology_months(
        &self,
        access: &Access,
        keys: &[String],
    ) -> Result<HashMap<String, u64>, SearchError> {
        let asked = keys.to_vec();
        let used = self
            .ask_index(access, Instant::now(), move |index, budget, cancel| {
                index.technology_use(&asked, budget, cancel)
            })
            .await?;
        let months = used.into_iter().map(|used| used.months);
        Ok(keys.iter().cloned().zip(months).collect())
    }
}
