//! A résumé as it was read: a value without identity, offsets in bytes of the document's text.

use chrono::NaiveDate;

use super::month::Moment;
use super::period::Period;
use super::stint::Stints;

/// A place in a document's text: bytes `start..end`, on char boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// Everything the reader got out of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resume {
    /// The date the document states for itself (更新日, 作成日, バージョン, 〜現在 …). A document that
    /// states a month only has that month's last day, one that states a year its 31 December.
    pub document_date: Option<NaiveDate>,
    /// Who the person is.
    pub identity: Identity,
    /// The headings in document order.
    pub outline: Vec<Heading>,
    /// The jobs and projects.
    pub stints: Stints,
    /// The technologies named, in document order.
    pub mentions: Vec<Mention>,
    /// Lengths of experience in words or a table (「Python 5年」).
    pub stated: Vec<StatedMonths>,
    /// Certificates in document order.
    pub certifications: Vec<Certification>,
    /// Schools in document order.
    pub education: Vec<Education>,
}

/// Identity fields. Personal data: never in a log or an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The name as written, without its reading.
    pub name: Option<String>,
    /// The reading in katakana, one space between the parts if the document has one.
    pub name_kana: Option<String>,
    /// Other spellings (`Nao Iizumi`, a handle is a link, not a spelling).
    pub other_names: Vec<String>,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// Mail addresses in document order.
    pub emails: Vec<String>,
    /// Telephone numbers as written.
    pub phones: Vec<String>,
    /// Where the person lives, as written (現住所, 住所, 居住地 …); not the place of birth.
    pub location: Option<String>,
    /// Where `location` stands.
    pub location_span: Option<Span>,
    /// Where the name stands.
    pub name_span: Option<Span>,
    /// Links that belong to the person (GitHub, blog …), not those inside projects.
    pub links: Vec<Link>,
}

/// A link of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it leads to.
    pub kind: LinkKind,
    /// The text or label, as written.
    pub label: Option<String>,
    /// The address.
    pub url: String,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// GitHub, GitLab, Bitbucket.
    Code,
    /// X/Twitter, Facebook, LinkedIn, Wantedly and the like.
    Social,
    /// Qiita, Zenn, a blog.
    Blog,
    /// Slides, talks.
    Slides,
    /// Credly and other proofs of certificates.
    Credential,
    /// Anything else.
    Other,
}

/// A heading of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Depth in the outline, 1 is the top.
    pub level: u8,
    /// The heading's text without markup.
    pub title: String,
    /// The whole section: from the heading to where the next one of its level or above begins.
    pub span: Span,
    /// The heading's line, from 1.
    pub line: u32,
}

/// An employer as a résumé names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmployerName {
    /// The name as written, or the label where it is anonymous (A社, 大手SIer, インターン).
    pub name: String,
    /// Identity: employers with equal keys are one. Unique to the job when it is anonymous.
    pub key: String,
    /// Other names that the text gives (旧…, 現…, in brackets).
    pub aliases: Vec<String>,
    /// Whether the name hides who it was; such employers are never merged with one another.
    pub is_anonymous: bool,
}

/// How a person is employed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EmploymentKind {
    /// 正社員, 新卒, 中途.
    Permanent,
    /// 契約社員, 嘱託.
    FixedTerm,
    /// 派遣.
    Dispatched,
    /// 業務委託, SES contract of an individual.
    Contract,
    /// フリーランス, 個人事業主.
    Freelance,
    /// インターン.
    Intern,
    /// アルバイト, パート.
    PartTime,
    /// 代表, 役員.
    Executive,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employment {
    /// Who employs.
    pub employer: EmployerName,
    /// From joining to leaving; `None` where the document gives neither.
    pub period: Option<Period>,
    /// 役職, 職種.
    pub title: Option<String>,
    /// 部署, 配属; several are joined by ` / ` in document order, with their dates as written.
    pub department: Option<String>,
    /// 雇用形態.
    pub kind: Option<EmploymentKind>,
    /// The line where it is named, from 1.
    pub line: u32,
    /// Where it is named.
    pub span: Span,
    /// The text that belongs to the job itself and to none of its projects, in document order.
    pub text: Vec<Span>,
}

/// A piece of work under an employment or on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The title as written.
    pub title: Option<String>,
    /// The employment it belongs to: an index into [`Stints::employments`].
    pub employment: Option<usize>,
    /// Its own period; `None` where it has none (the employment's holds then).
    pub period: Option<Period>,
    /// 体制, 規模: number of people.
    pub team_size: Option<u32>,
    /// 役割, 担当, as written, split into items.
    pub roles: Vec<String>,
    /// 概要, first lines of it, at most 500 characters.
    pub summary: Option<String>,
    /// The line where it begins, from 1.
    pub line: u32,
    /// Where it is titled.
    pub span: Span,
    /// The text that belongs to it, in document order.
    pub text: Vec<Span>,
}

/// A stint of a [`Resume`], by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StintRef {
    /// Index into [`Stints::employments`].
    Employment(usize),
    /// Index into [`Stints::projects`].
    Project(usize),
}

/// A technology by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TechnologyName {
    /// Identity: the lexicon's key, or the normalized spelling where the lexicon has none.
    pub key: String,
    /// The canonical name, or the spelling as written where the lexicon has none.
    pub name: String,
    /// Whether the lexicon has it.
    pub is_listed: bool,
}

/// How strong a mention is. Ordered weakest first, so `grade >= Grade::Declared` reads as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// 未経験, 使用経験なし, an unticked cell.
    Negated,
    /// 学習中, 興味, wishes.
    Learning,
    /// A certificate only.
    Certified,
    /// Own projects, hobby.
    Personal,
    /// A skill table, ★, self-appraisal.
    Declared,
    /// In the text or technology list of a job or project.
    Worked,
}

/// A place where a technology is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The technology.
    pub technology: TechnologyName,
    /// How strong it is.
    pub grade: Grade,
    /// The stint it belongs to.
    pub stint: Option<StintRef>,
    /// Where it stands, the spelling as written.
    pub span: Span,
    /// Its line, from 1.
    pub line: u32,
    /// Titles of the headings above it, outermost first.
    pub heading_path: Vec<String>,
}

/// A stated length of experience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedMonths {
    /// The technology.
    pub technology: TechnologyName,
    /// How long, in months (5年 is 60, 半年 6).
    pub months: u32,
    /// Where it is stated.
    pub span: Span,
    /// Its line, from 1.
    pub line: u32,
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certification {
    /// The name as written, without the date.
    pub name: String,
    /// When it was acquired.
    pub acquired: Option<Moment>,
    /// The technology it certifies.
    pub technology: Option<TechnologyName>,
    /// Its line, from 1.
    pub line: u32,
    /// Where it stands.
    pub span: Span,
}

/// A school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Education {
    /// School, faculty and course, as written.
    pub school: String,
    /// 学士, 修士, 卒業, 修了, 中退 … as written.
    pub degree: Option<String>,
    /// From entrance to leaving; a graduation date alone is a period without a start.
    pub period: Option<Period>,
    /// Its line, from 1.
    pub line: u32,
}
