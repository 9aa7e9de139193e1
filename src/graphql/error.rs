//! What a client may know of a failure: a code of a closed list, a message in its language.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{ErrorExtensionValues, ErrorExtensions as _, Pos, Response, ServerError};

use crate::catalog::{ReadError, StoreError};
use crate::domain::Forbidden;
use crate::ingest::{DocumentError, IngestError, JobError, Rejection};
use crate::search::{Expected, FilterFault, PageFault, SearchError, SyntaxFault};

/// When to begin an import again while too many are under way.
const JOBS_RETRY_AFTER_S: u64 = 2;

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

impl From<SearchError> for ApiError {
    fn from(error: SearchError) -> Self {
        let position = match &error {
            SearchError::Syntax { position, .. } => Some(*position),
            SearchError::QueryTooLong { limit } => Some(*limit),
            SearchError::TooManyTerms { position, .. } => *position,
            _ => None,
        };
        let end = match &error {
            SearchError::Syntax { end, .. } => Some(*end),
            _ => None,
        };
        match error {
            SearchError::Syntax { .. }
            | SearchError::QueryTooLong { .. }
            | SearchError::TooManyTerms { .. }
            | SearchError::FilterTooDeep { .. }
            | SearchError::NoTerm
            | SearchError::Filter { .. }
            | SearchError::Page(_)
            | SearchError::BadCursor => Self {
                code: ErrorCode::BadUserInput,
                japanese: japanese(&error),
                english: error.to_string().into(),
                position,
                end,
                retry_after: None,
            },
            SearchError::CursorExpired => Self::of(ErrorCode::CursorExpired),
            SearchError::Busy { retry_after } => Self {
                retry_after: Some(whole_seconds(retry_after)),
                ..Self::of(ErrorCode::Unavailable)
            },
            SearchError::TimedOut | SearchError::IndexClosed | SearchError::NotRecorded => {
                Self::of(ErrorCode::Unavailable)
            }
            SearchError::Index(_) => {
                log(&error, "the index failed in a search");
                Self::of(ErrorCode::Internal)
            }
            SearchError::Store(error) => error.into(),
            SearchError::Forbidden(error) => error.into(),
        }
    }
}

/// The time in seconds, rounded up, at least one.
fn whole_seconds(time: Duration) -> u64 {
    let begun = u64::from(time.subsec_nanos() > 0);
    (time.as_secs() + begun).max(1)
}

fn japanese(error: &SearchError) -> Cow<'static, str> {
    match error {
        SearchError::Syntax {
            fault,
            position,
            expected,
            ..
        } => {
            let fault = match fault {
                SyntaxFault::UnclosedQuote => "引用符が閉じられていません",
                SyntaxFault::UnclosedBracket => "括弧が閉じられていません",
                SyntaxFault::UnexpectedBracket => "対応しない閉じ括弧があります",
                SyntaxFault::MissingTerm => "演算子の対象がありません",
                SyntaxFault::TooDeep => "括弧が深すぎます",
                SyntaxFault::BadValue => "値が正しくありません",
                SyntaxFault::Twice => "一つの波括弧の中で二度指定されています",
                SyntaxFault::NotOfStint => "波括弧の中では使えません",
            };
            let expected = expected_in_japanese(*expected);
            format!("{fault}（{}文字目。必要なもの: {expected}）", position + 1).into()
        }
        SearchError::QueryTooLong { limit } => format!("検索文は{limit}文字までです").into(),
        SearchError::TooManyTerms { limit, .. } => format!("検索語は{limit}個までです").into(),
        SearchError::FilterTooDeep { limit } => format!("条件の入れ子は{limit}段までです").into(),
        SearchError::NoTerm => "検索できる語がありません".into(),
        SearchError::Filter { field, fault } => {
            let fault = match fault {
                FilterFault::Empty => "空にできません",
                FilterFault::TooLong => "1024文字までです",
                FilterFault::EndBeforeStart => "終わりが始まりより前です",
                FilterFault::NameOrAnyOf => "name と anyOf のどちらか一つを指定してください",
                FilterFault::NegativeMonths => "月数は負にできません",
                FilterFault::EndsOrLastMonths => "lastMonths と from・to は同時に指定できません",
            };
            format!("{field}: {fault}").into()
        }
        SearchError::Page(PageFault::BothEnds) => "first と last は同時に指定できません".into(),
        SearchError::Page(PageFault::Size) => "first と last は0から100までです".into(),
        SearchError::BadCursor => "この検索のカーソルではありません".into(),
        SearchError::CursorExpired
        | SearchError::TimedOut
        | SearchError::Busy { .. }
        | SearchError::IndexClosed
        | SearchError::Index(_)
        | SearchError::Store(_)
        | SearchError::NotRecorded
        | SearchError::Forbidden(_) => ErrorCode::Internal.message(Locale::Japanese).into(),
    }
}

fn expected_in_japanese(expected: Expected) -> Cow<'static, str> {
    Cow::Borrowed(match expected {
        Expected::Term => "語または条件",
        Expected::Closing(sign) => return format!("「{sign}」").into(),
        Expected::Name => "名前",
        Expected::WholeName => "名前の全体（* は検索語だけに使えます）",
        Expected::LongerPrefix => "* の前に2文字以上",
        Expected::Length => "2y、24m、2年6ヶ月 のような長さ",
        Expected::Score => "800、800点 のような点数",
        Expected::AtLeast => "比較は >= のみ",
        Expected::Month => "2016-04、2016、2016年4月 のような年月",
        Expected::Period => "2016-04..2019、2020年以降、直近3年 のような期間",
        Expected::Grade => "実務、申告、個人、資格、学習、未経験 のいずれか",
        Expected::Tenure => "不問、現在、過去 のいずれか",
        Expected::YesOrNo => "含む または 含まない",
        Expected::TechnologyBefore => "直前に 技術: の条件",
        Expected::EmployerBefore => "直前に 会社: の条件",
        Expected::OnlyOr => "名前の間には または",
        Expected::StintPart => "一つの職歴・案件についての条件",
        Expected::Technology => "- の後には長さや年月のない技術",
        Expected::Once => "波括弧の中では会社・期間・役割は一つずつ",
    })
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::from(&error)
    }
}

impl From<Forbidden> for ApiError {
    fn from(Forbidden(scope): Forbidden) -> Self {
        Self {
            english: format!("not allowed: the scope {scope} is required").into(),
            japanese: format!("許可されていません（必要なスコープ: {scope}）").into(),
            ..Self::of(ErrorCode::Forbidden)
        }
    }
}

impl From<Arc<ReadError>> for ApiError {
    fn from(error: Arc<ReadError>) -> Self {
        Self::from(error.as_ref())
    }
}

impl From<ReadError> for ApiError {
    fn from(error: ReadError) -> Self {
        Self::from(&error)
    }
}

impl From<&ReadError> for ApiError {
    fn from(error: &ReadError) -> Self {
        match error {
            ReadError::Forbidden(error) => Self::from(*error),
            ReadError::Store(error) => Self::from(error),
            ReadError::NotRecorded => Self::of(ErrorCode::Unavailable),
        }
    }
}

impl From<&StoreError> for ApiError {
    fn from(error: &StoreError) -> Self {
        log(error, "the store failed in a request");
        Self::of(match error {
            StoreError::Unavailable(_) => ErrorCode::Unavailable,
            StoreError::Conflict => ErrorCode::Conflict,
            StoreError::Corrupt { .. }
            | StoreError::UnknownOrganization
            | StoreError::Address
            | StoreError::Migration(_)
            | StoreError::NewerSchema => ErrorCode::Internal,
        })
    }
}

impl From<IngestError> for ApiError {
    fn from(error: IngestError) -> Self {
        match error {
            IngestError::Store(error) => error.into(),
            IngestError::Forbidden(error) => error.into(),
            IngestError::StoreSilent
            | IngestError::IndexBehind
            | IngestError::IndexClosed
            | IngestError::Interrupted => Self::of(ErrorCode::Unavailable),
            IngestError::NoSuchChange => {
                Self::bad_input("there is no such change", "その番号の変更はありません")
            }
            IngestError::AlreadyRebuilding => Self::of(ErrorCode::Conflict),
            IngestError::Index(_) => {
                log(&error, "the index failed in a request");
                Self::of(ErrorCode::Internal)
            }
        }
    }
}

impl From<JobError> for ApiError {
    fn from(error: JobError) -> Self {
        match error {
            JobError::Forbidden(error) => error.into(),
            JobError::Busy => Self {
                retry_after: Some(JOBS_RETRY_AFTER_S),
                ..Self::of(ErrorCode::Unavailable)
            },
        }
    }
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        Self::of(match rejection {
            Rejection::Document(DocumentError::TooLarge { .. }) => ErrorCode::PayloadTooLarge,
            Rejection::Document(_) => ErrorCode::UnsupportedFormat,
            Rejection::Reader => ErrorCode::Internal,
        })
    }
}

pub(super) fn log(error: &(dyn std::error::Error + 'static), message: &'static str) {
    tracing::error!(error, "{message}");
}

/// Returns the answer to a request that is not executed.
pub fn refusal(code: ErrorCode, locale: Locale) -> Response {
    answer(ApiError::of(code), locale)
}

/// Returns the answer to a request that may be sent again after `time`, since its caller has spent what
/// it may.
pub fn wait(time: Duration, locale: Locale) -> Response {
    answer(ApiError::rate_limited(time), locale)
}

/// Returns the answer to an operation of a socket that is no subscription to one thing.
pub fn no_subscription(locale: Locale) -> Response {
    let error = ApiError::bad_input(
        "only a subscription with one field, written out, runs here; send queries and mutations by POST",
        "ここで実行できるのは、フィールドを一つだけ直接書いたサブスクリプションです。クエリとミューテーションはPOSTで送ってください",
    );
    answer(error, locale)
}

fn answer(error: ApiError, locale: Locale) -> Response {
    with_codes(Response::from_errors(vec![server_error(error)]), locale)
}

/// An error of the request as a whole.
pub(super) fn server_error(error: ApiError) -> ServerError {
    let error = async_graphql::Error::from(error);
    ServerError {
        source: error.source.clone(),
        ..error.into_server_error(Pos::default())
    }
}

/// Takes names of the schema out of the errors that offer them for a name that is none.
pub(super) fn without_suggestions(mut response: Response) -> Response {
    for error in &mut response.errors {
        if let Some(offer) = error.message.find(" Did you mean")
            && error.source.is_none()
        {
            error.message.truncate(offer);
        }
    }
    response
}

/// Gives every error of `response` a code and a message in the language of `locale`.
///
/// Errors of the engine itself (syntax, validation, values of arguments) have no code until here.
/// Calling it again changes nothing.
#[must_use]
pub fn with_codes(mut response: Response, locale: Locale) -> Response {
    for error in &mut response.errors {
        let own = error
            .source
            .as_ref()
            .and_then(|source| source.downcast_ref::<ApiError>());
        if let Some(own) = own {
            error.message = own.message(locale).to_owned();
            let own = own.clone();
            own.fill(error.extensions.get_or_insert_default());
            continue;
        }
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_some() {
            continue;
        }
        // The limits that async-graphql itself checks carry no other mark than their text.
        let code = match error.message.as_str() {
            text if text.starts_with("The recursion depth of the query") => ErrorCode::TooComplex,
            _ => ErrorCode::BadUserInput,
        };
        extensions.set("code", code.as_str());
        if code == ErrorCode::TooComplex || locale == Locale::Japanese {
            let detail = std::mem::take(&mut error.message);
            error.message = match code {
                ErrorCode::TooComplex => code.message(locale).to_owned(),
                code => format!("{}: {detail}", code.message(locale)),
            };
        }
    }
    response
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
