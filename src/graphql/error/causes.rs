//! What a client is told of each failure of the rooms below.

use std::borrow::Cow;
use std::sync::Arc;

use super::{ApiError, ErrorCode, Locale, whole_seconds};
use crate::catalog::{ReadError, StoreError};
use crate::domain::Forbidden;
use crate::ingest::{DocumentError, IngestError, JobError, Rejection};
use crate::search::{Expected, FilterFault, PageFault, SearchError, SyntaxFault};

/// When to begin an import again while too many are under way.
const JOBS_RETRY_AFTER_S: u64 = 2;

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

pub(in crate::graphql) fn log(error: &(dyn std::error::Error + 'static), message: &'static str) {
    tracing::error!(error, "{message}");
}
