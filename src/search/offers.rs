//! What may have been meant by words that no document has.

use std::sync::Arc;

use shokureki_index::lexicon::MatchKind;

use super::plan::{Interpretation, Offer, OfferReason};
use super::print::QueryNodeKind;
use super::{SearchError, Searcher};
use crate::domain::Access;

/// The most words that something is looked for instead of.
const MAX_WORDS: usize = 8;

impl Searcher {
    /// Adds offers for the free words of the query that no document has, and that something near is of.
    pub(super) async fn offer_words(
        &self,
        access: &Access,
        interpretation: &mut Interpretation,
    ) -> Result<(), SearchError> {
        let words = self.unknown_words(interpretation);
        // A word that is near may be a part of somebody's name.
        if words.is_empty() || access.is_blind() {
            return Ok(());
        }
        let index = (self.indexes)(access.organization).ok_or(SearchError::IndexClosed)?;
        let permit = Arc::clone(&self.permits).acquire_owned();
        let permit = tokio::time::timeout(self.options.budget, permit).await;
        let permit = permit.map_err(|_| SearchError::TimedOut)?;
        let permit = permit.map_err(|_| SearchError::IndexClosed)?;
        let offers = tokio::task::spawn_blocking(move || {
            let mut offers = Vec::new();
            for (text, position) in words {
                offers.extend(index.nearest_word(&text)?.map(|near| Offer {
                    text,
                    position,
                    suggestion: Some(near),
                    reason: OfferReason::NotFound,
                }));
            }
            drop(permit);
            Ok(offers)
        });
        let offers: Result<Vec<Offer>, SearchError> =
            offers.await.map_err(|_| SearchError::IndexClosed)?;
        interpretation.offers.extend(offers?);
        Ok(())
    }

    /// Returns the free words, and where they stand, that nothing is known of but their letters.
    fn unknown_words(&self, interpretation: &Interpretation) -> Vec<(String, usize)> {
        let is_known = |text: &str| {
            let resolved = self.lexicon.resolve(text);
            let is_offered = interpretation.offers.iter();
            resolved.is_some_and(|resolved| resolved.via == MatchKind::Exact)
                || interpretation
                    .corrections
                    .iter()
                    .any(|made| made.typed == text)
                || interpretation
                    .ignored
                    .iter()
                    .any(|ignored| ignored.text == text)
                || is_offered
                    .into_iter()
                    .any(|offer| text.starts_with(&offer.text))
        };
        let words = interpretation.tree.iter().filter_map(|node| {
            let is_word = node.kind == QueryNodeKind::Word && !is_known(&node.text);
            Some((node.text.clone(), node.start.filter(|_| is_word)?))
        });
        words.take(MAX_WORDS).collect()
    }
}
