//! Arguments of connections, and cursors of lists that are no search.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::ApiError;
use crate::search::{MAX_PAGE, PageFault, PageRequest, SearchError};

/// Items of a page when nothing is said.
pub(super) const DEFAULT_PAGE: u32 = 20;

/// Reads a number of items, `default` when it is not given.
pub(super) fn size(asked: Option<i32>, default: u32) -> Result<u32, ApiError> {
    let Some(asked) = asked else {
        return Ok(default);
    };
    let size = u32::try_from(asked).ok().filter(|size| *size <= MAX_PAGE);
    size.ok_or_else(|| SearchError::Page(PageFault::Size).into())
}

/// Reads the arguments of a connection that goes both ways.
pub(super) fn request(
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<PageRequest, ApiError> {
    if first.is_some() && last.is_some() {
        return Err(SearchError::Page(PageFault::BothEnds).into());
    }
    Ok(PageRequest {
        limit: size(first.or(last), DEFAULT_PAGE)?,
        after,
        before,
        backward: last.is_some(),
    })
}

/// What the fields of a connection cost: those of an item count once per ten items asked for.
pub(super) fn cost(asked: Option<i32>, fields: usize) -> usize {
    let items = usize::try_from(asked.unwrap_or(0))
        .unwrap_or(0)
        .max(DEFAULT_PAGE as usize);
    1 + fields * items.div_ceil(10)
}

/// Writes a cursor of a list ordered by count, name and key.
pub(super) fn encode_cursor(count: u64, key: &str, name: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{count}\n{key}\n{name}"))
}

/// Reads what [`encode_cursor`] wrote: count, key, name.
pub(super) fn decode_cursor(cursor: &str) -> Result<(u64, String, String), ApiError> {
    let parse = || {
        let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        let mut parts = plain.splitn(3, '\n');
        let count = parts.next()?.parse().ok()?;
        Some((count, parts.next()?.to_owned(), parts.next()?.to_owned()))
    };
    parse().ok_or_else(|| SearchError::BadCursor.into())
}
