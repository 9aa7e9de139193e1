//! Why a search has no answer.

use shokureki_index::IndexError;

use crate::access::ReadError;
use crate::domain::Forbidden;
use crate::store::StoreError;

/// A failure of a search. The messages repeat nothing of the query.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The query string breaks its grammar.
    #[error("{fault} at character {position}: expected {expected}")]
    Syntax {
        /// What is wrong.
        fault: SyntaxFault,
        /// Where it begins, in characters of the query from 0.
        position: usize,
        /// Where it ends.
        end: usize,
        /// What should stand there.
        expected: Expected,
    },
    /// The query string is too long.
    #[error("query exceeds {limit} characters")]
    QueryTooLong {
        /// The characters allowed, which is also the position of the first beyond.
        limit: usize,
    },
    /// There are too many terms in query and filter together.
    #[error("search exceeds {limit} terms")]
    TooManyTerms {
        /// The terms allowed.
        limit: usize,
        /// Where the first term beyond stands, if in the query string.
        position: Option<usize>,
    },
    /// The filter is nested too deep.
    #[error("filter is nested deeper than {limit} levels")]
    FilterTooDeep {
        /// The levels allowed.
        limit: usize,
    },
    /// Nothing is left of the query once analyzed (symbols only).
    #[error("query has no searchable term")]
    NoTerm,
    /// A part of the filter is no condition.
    #[error("{field}: {fault}")]
    Filter {
        /// The part of the filter.
        field: FilterField,
        /// What is wrong.
        fault: FilterFault,
    },
    /// More or less asked for than one page may hold, or from both ends.
    #[error("{0}")]
    Page(PageFault),
    /// The cursor is not one that a search with this order gave.
    #[error("cursor is not one of this search")]
    BadCursor,
    /// The index was rebuilt since the cursor was given.
    #[error("cursor has expired")]
    CursorExpired,
    /// The search took too long.
    #[error("search took too long")]
    TimedOut,
    /// Too many searches wait already.
    #[error("too many searches at once")]
    Busy {
        /// When those that wait now are over.
        retry_after: std::time::Duration,
    },
    /// The organization's index is not open, or the program is stopping.
    #[error("index is not open")]
    IndexClosed,
    /// The index is damaged or missing.
    #[error("cannot read the index")]
    Index(#[source] IndexError),
    /// The database refused or did not answer in time.
    #[error("cannot read the store")]
    Store(#[from] StoreError),
    /// That it was asked for could not be recorded, so that nothing is told.
    #[error("the audit log cannot be written")]
    NotRecorded,
    /// The caller lacks a scope that the search needs.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
}

impl From<ReadError> for SearchError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Forbidden(error) => Self::Forbidden(error),
            ReadError::Store(error) => Self::Store(error),
            ReadError::NotRecorded => Self::NotRecorded,
        }
    }
}

impl From<IndexError> for SearchError {
    fn from(error: IndexError) -> Self {
        match error {
            IndexError::CursorExpired => Self::CursorExpired,
            IndexError::TimedOut | IndexError::Cancelled => Self::TimedOut,
            error @ (IndexError::InUse | IndexError::Dictionary(_) | IndexError::Storage(_)) => {
                Self::Index(error)
            }
        }
    }
}

/// What is wrong with a query string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxFault {
    /// A quote without its end.
    #[error("unclosed quote")]
    UnclosedQuote,
    /// A parenthesis or brace without its end.
    #[error("unclosed bracket")]
    UnclosedBracket,
    /// A closing parenthesis or brace without its beginning.
    #[error("unexpected closing bracket")]
    UnexpectedBracket,
    /// An operator without what it applies to.
    #[error("operator without a term")]
    MissingTerm,
    /// Brackets within brackets within brackets …
    #[error("too many brackets")]
    TooDeep,
    /// A key (`tech:` …) without a value, or with one that it does not take.
    #[error("bad value")]
    BadValue,
    /// A second employer, period or role of one stint.
    #[error("asked of one stint twice")]
    Twice,
    /// Something in braces that no single stint can be asked for.
    #[error("not possible within braces")]
    NotOfStint,
}

/// What the search language takes at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Expected {
    /// Anything that can be met.
    #[error("a word or condition")]
    Term,
    /// The end of what was begun.
    #[error("{0}")]
    Closing(char),
    /// A name.
    #[error("a name")]
    Name,
    /// A name in quotes, since only free words may end in `*`.
    #[error("a whole name (only free words take *)")]
    WholeName,
    /// More letters before the `*`.
    #[error("at least two characters before *")]
    LongerPrefix,
    /// A length of time.
    #[error("a length such as 2y, 24m or 2年6ヶ月")]
    Length,
    /// A score.
    #[error("a score such as 800 or 800点")]
    Score,
    /// The only comparison that there is.
    #[error("the comparison >=")]
    AtLeast,
    /// A month or year.
    #[error("a month or year such as 2016-04, 2016 or 2016年4月")]
    Month,
    /// A window of time.
    #[error("a period such as 2016-04..2019, 2020.., last3y or 直近3年")]
    Period,
    /// A grade.
    #[error("worked, declared, personal, certified, learning or negated")]
    Grade,
    /// Whether a job goes on.
    #[error("any, current or past")]
    Tenure,
    /// A flag.
    #[error("yes or no")]
    YesOrNo,
    /// A condition that the key says more about.
    #[error("a condition tech: directly before it")]
    TechnologyBefore,
    /// A condition that the key says more about.
    #[error("a condition employer: directly before it")]
    EmployerBefore,
    /// The only operator between names.
    #[error("OR between names")]
    OnlyOr,
    /// What a stint can be asked for.
    #[error("a condition on one job or project")]
    StintPart,
    /// The only thing that can be negated within braces.
    #[error("a technology without length or date behind -")]
    Technology,
    /// One employer, period and role.
    #[error("one employer, one period and one role within braces")]
    Once,
}

/// A part of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterField {
    /// `technology`.
    #[error("technology")]
    Technology,
    /// `employer`.
    #[error("employer")]
    Employer,
    /// `period`.
    #[error("period")]
    Period,
    /// `role`.
    #[error("role")]
    Role,
    /// `text`.
    #[error("text")]
    Text,
    /// `certification`.
    #[error("certification")]
    Certification,
    /// `education`.
    #[error("education")]
    Education,
    /// `location`.
    #[error("location")]
    Location,
    /// `any`.
    #[error("any")]
    Any,
}

/// What is wrong with a part of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterFault {
    /// It has no name or no word.
    #[error("must not be empty")]
    Empty,
    /// It is too long.
    #[error("must not exceed 1024 characters")]
    TooLong,
    /// The window ends before it begins.
    #[error("must not end before it begins")]
    EndBeforeStart,
    /// One of `name` and `anyOf` must be given, not both.
    #[error("takes exactly one of name and anyOf")]
    NameOrAnyOf,
    /// A number of months must not be negative.
    #[error("months must not be negative")]
    NegativeMonths,
    /// The ends of a window exclude a length counted from its end.
    #[error("takes lastMonths or from and to, not both")]
    EndsOrLastMonths,
}

/// What is wrong with the arguments of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageFault {
    /// Both `first` and `last`.
    #[error("first and last exclude each other")]
    BothEnds,
    /// Not in `0..=100`.
    #[error("first and last must be from 0 to 100")]
    Size,
}
