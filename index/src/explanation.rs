//! Why a candidate meets a query or not, as plain data.

use crate::document::Grade;
use crate::hit::{ClauseMatch, EvidenceSpan};
use crate::months::MonthRange;
use crate::ranking::PartKind;

/// What a query makes of one candidate.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The résumé that spans refer to.
    pub resume: String,
    /// Whether the candidate meets the condition.
    pub is_met: bool,
    /// The sum of all parts: the score of the hit where the condition is met.
    pub score: f32,
    /// Each leaf, by its number.
    pub leaves: Vec<LeafExplanation>,
    /// How many conditions meet in one stint and what that adds; `None` where it adds nothing.
    pub together: Option<(usize, f32)>,
    /// The first condition that failed, and the leaf it is of; `None` when the condition is met.
    pub failure: Option<(Option<usize>, Failure)>,
}

/// What became of one leaf, decided whether it matters or not.
#[derive(Clone, Debug)]
pub struct LeafExplanation {
    /// Whether the résumé has what the leaf asks for.
    pub is_met: bool,
    /// What it adds to the score; nothing where it does not make the candidate a hit.
    pub parts: Vec<ScorePart>,
    /// The last month of use, of a technology.
    pub last_used: Option<i32>,
    /// How it is met, with evidence.
    pub found: Option<ClauseMatch>,
    /// Why it is not met.
    pub failure: Option<Failure>,
}

/// A part of a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScorePart {
    /// What it is given for.
    pub kind: PartKind,
    /// How much.
    pub value: f32,
}

/// Why a condition is not met.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What stands against it.
    pub reason: FailureReason,
    /// What in the résumé comes nearest to it, best first: at most
    /// [`MAX_SPANS`](crate::MAX_SPANS). Empty where there is nothing of the kind.
    pub nearest: Vec<EvidenceSpan>,
}

/// What stands against a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum FailureReason {
    /// The résumé has nothing of it.
    Absent(AskedFor),
    /// The technology is named, at most so strongly.
    GradeTooWeak(AskedFor, Grade),
    /// The technology is named outside jobs and projects only (a skill table), where neither
    /// employer nor period is known.
    OutsideStints(AskedFor),
    /// Both are there, in different stints.
    OtherStint(AskedFor, AskedFor),
    /// Every stint with the one also names the other, which it must not.
    Beside(AskedFor, AskedFor),
    /// It was in other months than asked for.
    OutsidePeriod {
        /// What was.
        asked: AskedFor,
        /// When it was; not empty.
        months: Vec<MonthRange>,
        /// When it should have been.
        window: MonthRange,
        /// Whether it should have been wholly within.
        within: bool,
    },
    /// It is not said when it was.
    Undated(AskedFor),
    /// The technology was used for fewer months.
    TooFewMonths {
        /// The technology.
        asked: AskedFor,
        /// The months that count.
        months: u32,
        /// The months asked for.
        least: u32,
        /// Whether `months` are stated ones (「5年」).
        are_stated: bool,
    },
    /// The technology was not used lately enough.
    NotUsedSince {
        /// The technology.
        asked: AskedFor,
        /// The last month of use, where it is dated.
        last_used: Option<i32>,
        /// The month asked for.
        since: i32,
    },
    /// The person no longer works for the employer.
    JobIsOver,
    /// The person still works for the employer.
    JobGoesOn,
    /// What must not be met is met.
    Excluded,
    /// Something else.
    NotMet,
}

/// A part of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AskedFor {
    /// A free word or a phrase.
    Words,
    /// A technology.
    Technology,
    /// A technology that the stint must name beside it, by its index.
    Also(usize),
    /// A technology that the stint must not name, by its index.
    Without(usize),
    /// An employer.
    Employer,
    /// A title or role.
    Role,
    /// Words of a stint's text.
    Text,
    /// Any stint.
    Stint,
    /// The person's name.
    Name,
    /// A certificate.
    Certification,
    /// A school, or a level of education.
    Education,
    /// Where the person lives.
    Location,
}

impl FailureReason {
    /// How far the candidate is from meeting the condition; smaller is nearer.
    pub fn distance(&self) -> u8 {
        match self {
            Self::TooFewMonths { .. }
            | Self::NotUsedSince { .. }
            | Self::JobIsOver
            | Self::JobGoesOn => 0,
            Self::OutsidePeriod { .. } | Self::Undated(_) => 1,
            Self::OtherStint(..) | Self::OutsideStints(_) | Self::Beside(..) => 2,
            Self::GradeTooWeak(..) => 3,
            Self::Excluded => 4,
            Self::Absent(_) | Self::NotMet => 5,
        }
    }
}
