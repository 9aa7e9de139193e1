//! What goes into the index: one document per candidate, as plain data.

use std::ops::Range;

use crate::months::MonthRange;

/// How strong a mention is. Ordered weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Said not to be known.
    Negated,
    /// Being learned, or wished for.
    Learning,
    /// A certificate only.
    Certified,
    /// Own projects, hobby.
    Personal,
    /// Claimed in a skill table or self-appraisal.
    Declared,
    /// Named in the text or technology list of a job or project.
    Worked,
}

/// A candidate as the index sees it: the current résumé, its stints and mentions.
///
/// All byte ranges slice `text` on char boundaries. Keys are opaque; the index only compares them.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The candidate.
    pub key: String,
    /// The résumé that `text` is of; given back with each hit, so that spans are read against it.
    pub resume: String,
    /// The text of the résumé.
    pub text: String,
    /// The person's names in every spelling and script that is known, the usual one first.
    pub names: Vec<String>,
    /// Where the usual name stands.
    pub name_span: Option<Range<usize>>,
    /// The reading of the name (katakana), for sorting by name and for search by reading.
    pub name_kana: Option<String>,
    /// Where the person lives, as written and by the names of all that it lies in, and where that stands.
    pub location: Option<(Vec<String>, Range<usize>)>,
    /// The prefectures that the place names or lies in.
    pub prefectures: Vec<String>,
    /// Certificates.
    pub certifications: Vec<CertificationEntry>,
    /// Roles that the person has had, each by the one name that it is counted by.
    pub roles: Vec<String>,
    /// Schools.
    pub education: Vec<EducationEntry>,
    /// Jobs and projects in document order.
    pub stints: Vec<StintEntry>,
    /// Where schools and employers are named: a place inside such a name is not meant.
    pub names_at: Vec<Range<usize>>,
    /// Where the text tells who the person is or how to reach them, in order.
    pub identity_at: Vec<Range<usize>>,
    /// Technologies named, in document order.
    pub mentions: Vec<MentionEntry>,
    /// The names of technologies that have one beside their key: key and name as written.
    pub unlisted: Vec<(String, String)>,
    /// Stated lengths of experience: technology key and months.
    pub stated_months: Vec<(String, u32)>,
    /// The month that the résumé is of, `year * 12 + month - 1`: where open periods end.
    pub as_of: i32,
    /// The last change of the candidate, microseconds since 1970 (UTC).
    pub updated_at_us: i64,
}

/// A certificate.
#[derive(Clone, Debug)]
pub struct CertificationEntry {
    /// The name as written, and the canonical one where the lexicon knows it.
    pub names: Vec<String>,
    /// Where it stands.
    pub span: Range<usize>,
}

/// A school.
#[derive(Clone, Debug)]
pub struct EducationEntry {
    /// School, faculty and course, as written.
    pub school: String,
    /// 学士, 修士, 卒業, 中退 … as written.
    pub degree: Option<String>,
    /// Where it stands.
    pub span: Range<usize>,
}

/// A stint: what technology, employer, period, role and text are bound to.
#[derive(Clone, Debug)]
pub struct StintEntry {
    /// The stint.
    pub key: String,
    /// Its employer, inherited where it has none of its own.
    pub employer: Option<EmployerEntry>,
    /// The months it covers (the middle estimate), its own or inherited; `None` when undated.
    pub months: Option<MonthRange>,
    /// Whether it still goes on.
    pub is_current: bool,
    /// Titles, departments and roles, as written.
    pub roles: Vec<String>,
    /// Where each of `roles` stands, in the same order; missing or `None` where that is not known.
    pub role_spans: Vec<Option<Range<usize>>>,
    /// Where the stint is named: the evidence of its employer and period, and of a role that stands
    /// nowhere else.
    pub span: Range<usize>,
    /// The parts of the text that belong to it.
    pub text: Vec<Range<usize>>,
    /// The job that this project is a part of: an index into [`Document::stints`].
    pub part_of: Option<usize>,
}

/// The employer of a stint.
#[derive(Clone, Debug)]
pub struct EmployerEntry {
    /// Identity.
    pub key: String,
    /// Names and aliases.
    pub names: Vec<String>,
    /// Where the employer is named.
    pub span: Range<usize>,
}

/// A mention of a technology.
#[derive(Clone, Debug)]
pub struct MentionEntry {
    /// The technology's key.
    pub technology: String,
    /// How strong it is.
    pub grade: Grade,
    /// The stint it belongs to: an index into [`Document::stints`].
    pub stint: Option<usize>,
    /// Where it stands.
    pub span: Range<usize>,
}
