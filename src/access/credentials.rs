//! What a request says of who sends it.

use super::secret::{self, Kind};

/// What a request says of who sends it.
#[derive(Clone, Copy, Default)]
pub struct Credentials<'a> {
    /// The token, if one is given.
    pub bearer: Option<&'a str>,
    /// The origin of the page that asks, as its browser tells it; programs need tell none.
    pub origin: Option<&'a str>,
}

impl Credentials<'_> {
    /// Returns whether the token has the form of those of pages that search is embedded in: only such a
    /// page can use it.
    pub fn are_of_embedded_page(&self) -> bool {
        let bearer = self.bearer.unwrap_or_default();
        secret::prefix_of(Kind::Embed, bearer).is_some()
    }
}
