//! The words of the product as values: identifiers, months, periods, and a résumé as it was read.
//!
//! Everything here is valid because it exists, and plain: no file, no database, no index, no
//! GraphQL. Rooms above convert to and from these types; nothing here knows of them.

mod access;
mod audit;
mod blanks;
mod document;
mod embed;
mod evidence;
mod excerpt;
mod ids;
mod line_map;
mod month;
mod notice;
mod origin;
mod period;
mod privacy;
mod pseudonym;
mod resume;
mod role;
mod stint;

pub use access::{Access, Actor, Forbidden, Scope, ScopeError, Scopes};
pub use audit::{AuditAction, AuditActionError};
pub use blanks::{only, without};
pub use document::{DocumentFormat, Sha256};
pub use embed::{Embedded, Maker, UserLabel, UserLabelError};
pub use evidence::Evidence;
pub use excerpt::{Excerpt, MAX_EXCERPT_CHARS, Shown, line_of};
pub use ids::{
    CandidateId, EmployerId, EmploymentId, JobId, OrganizationId, ProjectId, ResumeId, StintId,
    TokenId,
};
pub use line_map::LineMap;
pub use month::{Moment, Precision, YearMonth, YearMonthError};
pub use notice::{Notice, NoticeKind};
pub use origin::{Origin, OriginError};
pub use period::{MonthBounds, Period, PeriodEnd};
pub use privacy::{Privacy, PrivacyChange};
pub use pseudonym::{Pseudonym, PseudonymError};
pub use resume::{
    Certification, Education, EmployerName, Employment, EmploymentKind, Grade, Heading, Identity,
    Link, LinkKind, Mention, Project, Resume, Span, StatedMonths, StintRef, TechnologyName,
};
pub use role::{Role, RoleError};
pub use stint::Stints;
