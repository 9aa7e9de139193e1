//! What a client may know of a failure: a code of a closed list, a message in its language.

mod answer;
mod causes;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{ErrorExtensionValues, ErrorExtensions as _};

pub use answer::{no_subscription, refusal, wait, with_codes};
pub(super) use answer::{server_error, without_suggestions};
pub(super) use causes::log;

/// The language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

impl Locale {
    /// Returns the language that the value of an `Accept-Language` header ranks first among those
    /// that messages exist in; English when it names neither.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best = (Self::English, 0.0);
        for range in accept_language.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
            let locale = match tag.split('-').next().unwrap_or_default() {
                "ja" => Self::Japanese,
                "en" => Self::English,
                _ => continue,
            };
            let quality = parts
                .find_map(|part| part.strip_prefix("q=")?.trim().parse::<f32>().ok())
                .unwrap_or(1.0);
            if quality > best.1 {
                best = (locale, quality);
            }
        }
        best.0
    }
}

/// The closed list of error codes.
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// The request or an argument breaks a rule.
    BadUserInput,
    /// The request carries no valid credentials.
    Unauthenticated,
    /// The credentials do not allow it.
    Forbidden,
    /// There is no such object.
    NotFound,
    /// Another writer got there first.
    Conflict,
    /// The request exceeds the limits of depth, complexity or aliases; it was not executed.
    TooComplex,
    /// The caller has spent what it may; `extensions.retryAfter` says in how many seconds to try again.
    RateLimited,
    /// The cursor is of an index that was rebuilt since.
    CursorExpired,
    /// No document of this hash is known here: send it once with its text.
    PersistedQueryNotFound,
    /// The document or request is too large.
    PayloadTooLarge,
    /// The document is of no known format.
    UnsupportedFormat,
    /// Something the answer needs is not available now, or took too long; trying again may help.
    Unavailable,
    /// A fault of the server.
    Internal,
}

impl ErrorCode {
    /// Returns the code as it stands in `extensions.code`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::TooComplex => "TOO_COMPLEX",
            Self::RateLimited => "RATE_LIMITED",
            Self::CursorExpired => "CURSOR_EXPIRED",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::PayloadTooLarge => "PAYLOAD_TOO_LARGE",
            Self::UnsupportedFormat => "UNSUPPORTED_FORMAT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }

    /// Returns what the code means, for want of something more exact.
    pub const fn message(self, locale: Locale) -> &'static str {
        let (english, japanese) = self.messages();
        match locale {
            Locale::English => english,
            Locale::Japanese => japanese,
        }
    }

    const fn messages(self) -> (&'static str, &'static str) {
        match self {
            Self::BadUserInput => ("bad request", "リクエストが正しくありません"),
            Self::Unauthenticated => ("authentication required", "認証が必要です"),
            Self::Forbidden => ("not allowed", "許可されていません"),
            Self::NotFound => ("no such object", "見つかりません"),
            Self::Conflict => ("conflicts with another change", "他の変更と競合しました"),
            Self::TooComplex => ("request is too complex", "リクエストが複雑すぎます"),
            Self::RateLimited => ("too many requests", "リクエストが多すぎます"),
            Self::CursorExpired => ("cursor has expired", "カーソルの有効期限が切れています"),
            // Clients compare this text.
            Self::PersistedQueryNotFound => ("PersistedQueryNotFound", "PersistedQueryNotFound"),
            Self::PayloadTooLarge => ("payload is too large", "データが大きすぎます"),
            Self::UnsupportedFormat => ("unsupported format", "対応していない形式です"),
            Self::Unavailable => ("not available now", "現在利用できません"),
            Self::Internal => ("internal error", "内部エラーが発生しました"),
        }
    }
}

/// A failure as a client may know it. No `Display` on purpose: async-graphql turns any `Display` type
/// into an error without a code; the `From` below is this type's only way out.
#[derive(Clone, Debug)]
pub(crate) struct ApiError {
    code: ErrorCode,
    english: Cow<'static, str>,
    japanese: Cow<'static, str>,
    /// In characters of the query string.
    position: Option<usize>,
    /// Where what is wrong ends.
    end: Option<usize>,
    /// When to try again, in seconds.
    retry_after: Option<u64>,
}

impl ApiError {
    /// Returns an error that says what its code says.
    pub(super) const fn of(code: ErrorCode) -> Self {
        let (english, japanese) = code.messages();
        Self {
            code,
            english: Cow::Borrowed(english),
            japanese: Cow::Borrowed(japanese),
            position: None,
            end: None,
            retry_after: None,
        }
    }

    /// Returns an error about an argument.
    pub(super) const fn bad_input(english: &'static str, japanese: &'static str) -> Self {
        Self {
            code: ErrorCode::BadUserInput,
            english: Cow::Borrowed(english),
            japanese: Cow::Borrowed(japanese),
            position: None,
            end: None,
            retry_after: None,
        }
    }

    /// Returns the error of a caller that has to wait.
    pub(super) fn rate_limited(wait: Duration) -> Self {
        Self {
            retry_after: Some(whole_seconds(wait)),
            ..Self::of(ErrorCode::RateLimited)
        }
    }

    pub(super) fn code(&self) -> ErrorCode {
        self.code
    }

    pub(super) fn message(&self, locale: Locale) -> &str {
        match locale {
            Locale::English => &self.english,
            Locale::Japanese => &self.japanese,
        }
    }

    fn fill(&self, extensions: &mut ErrorExtensionValues) {
        extensions.set("code", self.code.as_str());
        if let Some(position) = self.position {
            extensions.set("position", position);
        }
        if let Some(end) = self.end {
            extensions.set("end", end);
        }
        if let Some(seconds) = self.retry_after {
            extensions.set("retryAfter", seconds);
        }
    }
}

impl From<ApiError> for async_graphql::Error {
    #[expect(clippy::disallowed_methods, reason = "here each error gets its code")]
    fn from(error: ApiError) -> Self {
        let filled = Self::new(error.english.clone());
        let mut filled = filled.extend_with(|_, extensions| error.fill(extensions));
        filled.source = Some(Arc::new(error));
        filled
    }
}

/// The time in seconds, rounded up, at least one.
fn whole_seconds(time: Duration) -> u64 {
    let begun = u64::from(time.subsec_nanos() > 0);
    (time.as_secs() + begun).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accept_language: &str, expected: Locale) {
        assert_eq!(
            Locale::negotiate(accept_language),
            expected,
            "{accept_language}"
        );
    }

    #[test]
    fn the_language_is_the_one_that_the_header_ranks_first() {
        check("", Locale::English);
        check("ja", Locale::Japanese);
        check("ja-JP,ja;q=0.9,en;q=0.8", Locale::Japanese);
        check("en-US,en;q=0.9,ja;q=0.8", Locale::English);
        check("fr, ja;q=0.1", Locale::Japanese);
        check("en;q=0.3, ja;q=0.7", Locale::Japanese);
        check("*", Locale::English);
        check("ja;q=0", Locale::English);
    }
}
