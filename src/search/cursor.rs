//! Cursors as opaque text.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shokureki_index::{Cursor, SortValue};

use super::error::SearchError;
use super::request::{Sort, StintGrouping};

/// What a cursor is a place among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listing {
    /// The order.
    pub(super) sort: Sort,
    /// `None` for candidates.
    pub(super) stints: Option<StintGrouping>,
}

impl Listing {
    /// Candidates ordered by `sort`.
    pub(super) fn candidates(sort: Sort) -> Self {
        Self { sort, stints: None }
    }

    fn mark(self) -> String {
        let unit = match self.stints {
            None => "",
            Some(StintGrouping::None) => "s",
            Some(StintGrouping::Candidate) => "c",
            Some(StintGrouping::Employer) => "e",
        };
        format!("{}{unit}", letter(self.sort))
    }
}

/// Writes a cursor of `listing`.
pub(super) fn encode(listing: Listing, cursor: &Cursor) -> String {
    let (kind, value) = match &cursor.value {
        SortValue::Score(score) => ('s', score.to_bits().to_string()),
        SortValue::Number(number) => ('n', number.to_string()),
        SortValue::Text(text) => ('t', text.clone()),
    };
    let order = listing.mark();
    let plain = format!(
        "1\n{order}\n{}\n{}\n{kind}\n{value}",
        cursor.generation, cursor.key
    );
    URL_SAFE_NO_PAD.encode(plain)
}

/// Reads a cursor of `listing`.
///
/// # Errors
/// [`SearchError::BadCursor`] for anything else.
pub(super) fn decode(listing: Listing, text: &str) -> Result<Cursor, SearchError> {
    parse(listing, text).ok_or(SearchError::BadCursor)
}

fn parse(listing: Listing, text: &str) -> Option<Cursor> {
    let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let mut parts = plain.splitn(6, '\n');
    if parts.next()? != "1" || parts.next()? != listing.mark() {
        return None;
    }
    let generation = parts.next()?.parse().ok()?;
    let key = parts.next()?.to_owned();
    let kind = parts.next()?;
    let value = parts.next()?;
    let value = match kind {
        "s" => SortValue::Score(f32::from_bits(value.parse().ok()?)),
        "n" => SortValue::Number(value.parse().ok()?),
        "t" => SortValue::Text(value.to_owned()),
        _ => return None,
    };
    if matches!(value, SortValue::Score(score) if score.is_nan()) {
        return None;
    }
    Some(Cursor {
        generation,
        value,
        key,
    })
}

fn letter(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "r",
        Sort::MonthsDescending => "m",
        Sort::LastUsedDescending => "l",
        Sort::UpdatedDescending => "u",
        Sort::NameAscending => "n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_what_it_writes() {
        for value in [
            SortValue::Score(1.5),
            SortValue::Number(-3),
            SortValue::Text("ア\nb".to_owned()),
        ] {
            let cursor = Cursor {
                generation: 7,
                value,
                key: "k".to_owned(),
            };
            let listing = Listing::candidates(Sort::Relevance);
            let text = encode(listing, &cursor);
            assert_eq!(decode(listing, &text).expect("it is one"), cursor);
            let others = [
                Listing::candidates(Sort::NameAscending),
                Listing {
                    stints: Some(StintGrouping::None),
                    ..listing
                },
            ];
            for other in others {
                assert!(decode(other, &text).is_err());
            }
        }
        let listing = Listing::candidates(Sort::Relevance);
        assert!(decode(listing, "x").is_err());
        assert!(decode(listing, "").is_err());
    }
}
