//! What is asked of the index: a tree of conditions, an order and a page, as plain data.

use crate::document::Grade;
use crate::months::MonthRange;

/// A search over one organization's candidates.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What a candidate must meet; `None` is met by all.
    pub condition: Option<Condition>,
    /// The order of the hits.
    pub order: Order,
    /// The page.
    pub page: Page,
    /// Whether to count all hits.
    pub count: bool,
    /// Which facets to count over all hits.
    pub facets: FacetRequest,
    /// Whether to prove the hits: without, they say not how they are met.
    pub evidence: bool,
    /// Whether use in a job (実務) is asked for: it moves such use further up, and excludes nobody.
    pub prefers_worked: bool,
    /// Whether nothing that tells who a person is may meet a condition: names, schools, addresses.
    pub is_blind: bool,
}

impl Query {
    /// A search that gives no hits, but what is known of all of them where asked for.
    pub fn without_hits(condition: Option<Condition>) -> Self {
        Self {
            condition,
            order: Order::Relevance,
            page: Page::empty(),
            count: false,
            facets: FacetRequest::default(),
            evidence: false,
            prefers_worked: false,
            is_blind: false,
        }
    }
}

/// A search whose hits are stints: each must meet the condition by itself. A technology, a text and
/// words are looked for in the stint's own mentions and text, months are its own; an employer, a
/// period and a role may be those of the job that it is a part of; a name, a certificate and a place
/// of living are the candidate's. What is negated must hold for no part of a job either.
#[derive(Clone, Debug, PartialEq)]
pub struct StintQuery {
    /// What a stint must meet; `None` is met by all.
    pub condition: Option<Condition>,
    /// The order of the hits.
    pub order: Order,
    /// What a page is a page of.
    pub grouping: Grouping,
    /// The page. Cursors are those of a group's first stint.
    pub page: Page,
    /// Whether to count all hits and groups.
    pub count: bool,
    /// As in [`Query::is_blind`].
    pub is_blind: bool,
}

impl StintQuery {
    /// A search that gives no hits, but what is known of all of them where asked for.
    pub fn without_hits(condition: Option<Condition>) -> Self {
        Self {
            condition,
            order: Order::Relevance,
            grouping: Grouping::Stint,
            page: Page::empty(),
            count: false,
            is_blind: false,
        }
    }
}

/// What stints are put together by. A group stands where its first stint stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// Each stint is a group of its own.
    #[default]
    Stint,
    /// The candidate.
    Candidate,
    /// The employer, by key; those without one are one group.
    Employer,
}

/// A condition on a candidate. Leaves are numbered in document order of the tree (depth first, from 0);
/// [`ClauseMatch::leaf`](crate::ClauseMatch) refers to that number.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A leaf: a word or phrase anywhere in the résumé.
    Words(WordsCondition),
    /// A leaf: a word of the résumé begins so.
    Prefix(String),
    /// A leaf: all parts are met by one stint.
    Stint(StintCondition),
    /// A leaf: a name of the person, in kanji, kana or romaji.
    Name(String),
    /// A leaf: a certificate's name, whole or in part.
    Certification(String),
    /// A leaf: a certificate with a score.
    Score(ScoreCondition),
    /// A leaf: a level of education (高専, 修士: [`EducationLevel`](crate::EducationLevel)), or words of
    /// a school's name.
    Education(String),
    /// A leaf: where the person lives.
    Location(String),
    /// Each is met. An empty list is met by all.
    All(Vec<Condition>),
    /// At least one is met. An empty list is met by none.
    Any(Vec<Condition>),
    /// It is not met.
    Not(Box<Condition>),
    /// Some of several are met, more of them before fewer.
    Most(MostCondition),
}

/// Conditions of which as many as possible are to be met.
#[derive(Clone, Debug, PartialEq)]
pub struct MostCondition {
    /// The conditions, each in other forms, the strictest first; the first form that is met counts.
    pub of: Vec<Vec<Condition>>,
    /// How many of the first forms of each are much like its strictest.
    pub near: Vec<usize>,
    /// How many must be met.
    pub least: usize,
}

/// A free word or a phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct WordsCondition {
    /// The text as typed.
    pub text: String,
    /// The technology that the whole text names: a mention of it or of a part of it, of
    /// [`Grade::Declared`] or stronger, meets the condition.
    pub technology: Option<String>,
    /// Whether the text as written meets it too. Off for names that are ordinary words (Go, C), and
    /// wherever the technology alone must decide.
    pub literal: bool,
    /// Whether the text was in quotes: each character counts as it is written, endings and particles
    /// included, wherever words begin. Width, case and long marks do not.
    pub is_exact: bool,
    /// Whether the text in the name of a certificate does not meet it: SAP in 「AWS SAP」.
    pub outside_certificates: bool,
    /// Whether the condition only moves the rank and excludes nobody.
    pub is_weak: bool,
}

/// A certificate with a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreCondition {
    /// The certificate's name, whole or in part.
    pub certification: String,
    /// The least score.
    pub least: u32,
}

/// Parts that must all be met by the same stint. Months count over all stints that meet the other
/// parts, clipped to the period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StintCondition {
    /// Technology part. Alone (nothing else in this condition), it may also be met outside a stint
    /// (a skill table, an undated mention).
    pub technology: Option<TechnologyCondition>,
    /// Technologies that the same stint must name beside it. Months of each count over the stints
    /// that name all of them.
    pub also: Vec<TechnologyCondition>,
    /// Technologies that the stint, a job together with its projects, must not name with their least
    /// grade or a stronger one; their months and last use are not looked at.
    pub without: Vec<TechnologyCondition>,
    /// Employer part.
    pub employer: Option<EmployerCondition>,
    /// Period part.
    pub period: Option<PeriodCondition>,
    /// Words of the title, department or roles.
    pub role: Option<String>,
    /// Words and phrases, each of which the stint's text has.
    pub text: Vec<String>,
}

/// The technology part.
#[derive(Clone, Debug, PartialEq)]
pub struct TechnologyCondition {
    /// Technology keys, one of which must be named.
    pub any_of: Vec<String>,
    /// Whether parts count as their whole (AWS Lambda as AWS).
    pub include_parts: bool,
    /// The least months, over the union of the stints that meet the other parts, clipped to the
    /// period. Without period and employer, met by the larger of dated and stated months.
    pub min_months: Option<u32>,
    /// The last month of use must not be earlier.
    pub last_used_since: Option<i32>,
    /// The least grade of a mention that counts.
    pub min_grade: Grade,
}

/// The employer part.
#[derive(Clone, Debug, PartialEq)]
pub struct EmployerCondition {
    /// The name as typed.
    pub name: String,
    /// The identity that the name resolves to; compared exactly.
    pub key: String,
    /// Whether names that begin with `name` at a word border meet it too (日東 for 日東電工). Off for
    /// names of well-known companies.
    pub partial: bool,
    /// Whether the job goes on.
    pub tenure: Tenure,
}

/// Whether a job goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tenure {
    /// Either.
    #[default]
    Any,
    /// It does.
    Current,
    /// It does not.
    Past,
}

/// The period part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodCondition {
    /// The window.
    pub window: Window,
    /// Whether the stint must lie within the window; else one shared month is enough.
    pub within: bool,
}

/// A span of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// From a month to another, both inclusive.
    Months(MonthRange),
    /// So many months that end with the one that the candidate's résumé is of
    /// ([`Document::as_of`](crate::Document::as_of)).
    Last(u32),
}

impl Window {
    /// Returns the months of the window for a résumé of the month `as_of`.
    pub fn at(self, as_of: i32) -> MonthRange {
        match self {
            Self::Months(months) => months,
            Self::Last(length) => MonthRange {
                first: as_of.saturating_sub_unsigned(length).saturating_add(1),
                last: as_of,
            },
        }
    }
}

/// The order of hits; ties are broken by key, ascending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Best first.
    #[default]
    Relevance,
    /// Most months of the asked technologies first.
    MonthsDescending,
    /// Latest use of the asked technologies first.
    LastUsedDescending,
    /// Latest change first.
    UpdatedDescending,
    /// By reading, else by name.
    NameAscending,
}

/// A page of hits, by keyset.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Most hits to return, counted from the start, or from the end when `backward`.
    pub limit: u32,
    /// Only hits after this one.
    pub after: Option<Cursor>,
    /// Only hits before this one.
    pub before: Option<Cursor>,
    /// Whether to take the last `limit` hits of the range instead of the first.
    pub backward: bool,
}

impl Page {
    /// The page of no hits.
    fn empty() -> Self {
        Self {
            limit: 0,
            after: None,
            before: None,
            backward: false,
        }
    }
}

/// A hit's place in the order: its sort value and key.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    /// The generation of the index that gave it. Another generation answers
    /// [`IndexError::CursorExpired`](crate::IndexError::CursorExpired).
    pub generation: u64,
    /// The sort value.
    pub value: SortValue,
    /// The candidate.
    pub key: String,
}

/// What hits are ordered by.
#[derive(Clone, Debug, PartialEq)]
pub enum SortValue {
    /// A score.
    Score(f32),
    /// Months, an ordinal, or microseconds.
    Number(i64),
    /// A name's sort form.
    Text(String),
}

/// Which facets to count, and how many values of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FacetRequest {
    /// Technologies (grade Declared or stronger), and the strongest grade of the top ones.
    pub technologies: Option<u32>,
    /// Employers, by key.
    pub employers: Option<u32>,
    /// Calendar years that stints of the candidate touch.
    pub years: Option<u32>,
    /// Roles, by the name of the lexicon.
    pub roles: Option<u32>,
    /// Certificates, by normalized name: the one of the lexicon, else the one written.
    pub certifications: Option<u32>,
    /// Prefectures.
    pub locations: Option<u32>,
    /// Over whom to count.
    pub counting: FacetCounting,
}

/// Over which candidates facets are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FacetCounting {
    /// Over the hits: [`Answer::facets`](crate::Answer::facets).
    #[default]
    Conjunctive,
    /// Each facet over the candidates that meet everything but the conditions of its own kind at the
    /// top of the tree: [`Answer::disjunctive_facets`](crate::Answer::disjunctive_facets).
    Disjunctive,
    /// Both ways.
    Both,
}
