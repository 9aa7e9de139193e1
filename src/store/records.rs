//! Rows from domain values and domain values from rows.

use std::collections::HashMap;

use sea_orm::prelude::Uuid;
use sha2::Digest as _;

use super::entity::stored::{Spans, StoredGrade, StoredSpan, Strings};
use super::entity::{
    candidate, certification, education, employment, link, mention, notice, project, resume,
    stated_months,
};
use super::{Career, Profile, ResumeRow, StoreError, StoredStints};
use crate::domain::{
    Certification, Education, EmployerName, Employment, Identity, Link, LinkKind, Mention, Moment,
    Notice, NoticeKind, Period, PeriodEnd, Project, Resume, ResumeId, Sha256, Span, StatedMonths,
    StintRef, Stints, TechnologyName, YearMonth,
};

/// What `period_to` holds for a period that goes on.
const PRESENT: &str = "present";

/// Returns `text` as both engines can hold it: PostgreSQL knows no U+0000.
pub(super) fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// [`storable`] for what may be missing.
pub(super) fn storable_option(text: Option<&String>) -> Option<String> {
    text.map(|text| storable(text))
}

/// [`storable`] for lists.
pub(super) fn storable_list(texts: &[String]) -> Strings {
    Strings(texts.iter().map(|text| storable(text)).collect())
}

/// The longest indexed text: PostgreSQL refuses an index entry above some 2,700 bytes.
const MAX_INDEXED_BYTES: usize = 512;

/// Returns `key` as an index can hold it: a long one is cut and ends in its digest.
pub(super) fn stored_key(key: &str) -> String {
    let key = storable(key);
    if key.len() <= MAX_INDEXED_BYTES {
        return key;
    }
    let digest = Sha256(sha2::Sha256::digest(key.as_bytes()).into());
    format!("{}#{digest}", stored_name(&key))
}

/// Returns `name` as an index can hold it: a long one is cut.
pub(super) fn stored_name(name: &str) -> String {
    let name = storable(name);
    name[..name.floor_char_boundary(MAX_INDEXED_BYTES)].to_owned()
}

/// Returns the place of an item in its list as a column value.
pub(super) fn ordinal(index: usize) -> i64 {
    i64::try_from(index).expect("a list in memory is shorter")
}

/// A period as its three columns: text, first moment, last moment.
pub(super) struct PeriodColumns {
    pub(super) text: Option<String>,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
}

impl From<Option<&Period>> for PeriodColumns {
    fn from(period: Option<&Period>) -> Self {
        Self {
            text: period.map(|period| storable(&period.text)),
            from: period.and_then(|period| period.from.map(|from| from.to_string())),
            to: period.and_then(|period| match period.to {
                PeriodEnd::At(moment) => Some(moment.to_string()),
                PeriodEnd::Present => Some(PRESENT.to_owned()),
                PeriodEnd::Unstated => None,
            }),
        }
    }
}

impl PeriodColumns {
    fn read(self, table: &'static str) -> Result<Option<Period>, StoreError> {
        let Some(text) = self.text else {
            return Ok(None);
        };
        let moment = |text: &str, column| {
            text.parse::<Moment>()
                .map_err(|_| StoreError::Corrupt { table, column })
        };
        Ok(Some(Period {
            from: self
                .from
                .map(|from| moment(&from, "period_from"))
                .transpose()?,
            to: match self.to.as_deref() {
                None => PeriodEnd::Unstated,
                Some(PRESENT) => PeriodEnd::Present,
                Some(to) => PeriodEnd::At(moment(to, "period_to")?),
            },
            text,
        }))
    }
}

/// Returns the month that a résumé row counts to.
pub(super) fn read_as_of(text: &str) -> Result<YearMonth, StoreError> {
    match text.parse() {
        Ok(Moment::Month(month)) => Ok(month),
        _ => Err(StoreError::Corrupt {
            table: "resumes",
            column: "as_of",
        }),
    }
}

/// Returns a number that was written from a `u32`.
pub(super) fn read_number(
    value: i64,
    table: &'static str,
    column: &'static str,
) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_| StoreError::Corrupt { table, column })
}

fn read_index(
    value: i64,
    length: usize,
    table: &'static str,
    column: &'static str,
) -> Result<usize, StoreError> {
    usize::try_from(value)
        .ok()
        .filter(|&index| index < length)
        .ok_or(StoreError::Corrupt { table, column })
}

fn read_span(start: i64, end: i64, table: &'static str) -> Result<Span, StoreError> {
    Ok(Span {
        start: read_number(start, table, "span_start")?,
        end: read_number(end, table, "span_end")?,
    })
}

pub(super) fn spans(spans: &[Span]) -> Spans {
    Spans(spans.iter().copied().map(StoredSpan::from).collect())
}

/// Everything of some résumés, by résumé, each list in the order of the document.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) employments: HashMap<Uuid, Vec<employment::Model>>,
    pub(super) projects: HashMap<Uuid, Vec<project::Model>>,
    pub(super) mentions: HashMap<Uuid, Vec<mention::Model>>,
    pub(super) stated: HashMap<Uuid, Vec<stated_months::Model>>,
    pub(super) certifications: HashMap<Uuid, Vec<certification::Model>>,
    pub(super) education: HashMap<Uuid, Vec<education::Model>>,
    pub(super) links: HashMap<Uuid, Vec<link::Model>>,
    pub(super) notices: HashMap<Uuid, Vec<notice::Model>>,
}

impl Lists {
    /// Takes what belongs to `row` out of the lists and puts it together.
    pub(super) fn assemble(
        &mut self,
        row: resume::Model,
        candidate: candidate::Model,
    ) -> Result<Career, StoreError> {
        let id = row.id;
        let stated_date = row.stated_date;
        let links = self.links.remove(&id).unwrap_or_default();
        let profile = read_profile(row, candidate, links)?;
        let employments = self.employments.remove(&id).unwrap_or_default();
        let projects = self.projects.remove(&id).unwrap_or_default();
        let stored = read_stints(profile.row.id, profile.row.as_of, employments, projects)?;
        let counts = (
            stored.stints.employments.len(),
            stored.stints.projects.len(),
        );
        let mentions = self.mentions.remove(&id).unwrap_or_default();
        let stated = self.stated.remove(&id).unwrap_or_default();
        let certifications = self.certifications.remove(&id).unwrap_or_default();
        let education = self.education.remove(&id).unwrap_or_default();
        let notices = self.notices.remove(&id).unwrap_or_default();
        Ok(Career {
            candidate: profile.row.candidate,
            external_id: profile.external_id,
            resume_id: profile.row.id,
            as_of: profile.row.as_of,
            row: profile.row,
            updated_at: profile.updated_at,
            notices: all(notices, read_notice)?,
            employment_ids: stored.employment_ids,
            project_ids: stored.project_ids,
            employer_ids: stored.employer_ids,
            resume: Resume {
                document_date: stated_date,
                outline: profile.outline,
                identity: profile.identity,
                stints: stored.stints,
                mentions: all(mentions, |row| read_mention(row, counts))?,
                stated: all(stated, read_stated)?,
                certifications: all(certifications, read_certification)?,
                education: all(education, read_education)?,
            },
        })
    }
}

/// Puts a person's profile together.
pub(super) fn read_profile(
    mut row: resume::Model,
    candidate: candidate::Model,
    links: Vec<link::Model>,
) -> Result<Profile, StoreError> {
    let outline = std::mem::take(&mut row.outline.0);
    Ok(Profile {
        external_id: candidate.external_id,
        updated_at: candidate.updated_at,
        outline: outline.into_iter().map(Into::into).collect(),
        row: ResumeRow::try_from(&row)?,
        identity: read_identity(row, links),
    })
}

/// Puts the jobs and projects of a document together, whose open periods end at `as_of`.
pub(super) fn read_stints(
    id: ResumeId,
    as_of: YearMonth,
    employments: Vec<employment::Model>,
    projects: Vec<project::Model>,
) -> Result<StoredStints, StoreError> {
    let count = employments.len();
    Ok(StoredStints {
        resume_id: id,
        as_of,
        employment_ids: employments.iter().map(|row| row.id.into()).collect(),
        project_ids: projects.iter().map(|row| row.id.into()).collect(),
        employer_ids: employments
            .iter()
            .map(|row| row.employer_id.into())
            .collect(),
        stints: Stints {
            employments: all(employments, read_employment)?,
            projects: all(projects, |row| read_project(row, count))?,
        },
    })
}

pub(super) fn all<R, T>(
    rows: Vec<R>,
    read: impl FnMut(R) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    rows.into_iter().map(read).collect()
}

fn read_identity(row: resume::Model, links: Vec<link::Model>) -> Identity {
    Identity {
        name: row.name,
        name_kana: row.name_kana,
        other_names: row.other_names.0,
        birth_date: row.birth_date,
        emails: row.emails.0,
        phones: row.phones.0,
        location: row.location,
        location_span: row.location_span.map(Span::from),
        name_span: row.name_span.map(Span::from),
        links: links
            .into_iter()
            .map(|link| Link {
                kind: link.kind.known().unwrap_or(LinkKind::Other),
                label: link.label,
                url: link.url,
            })
            .collect(),
    }
}

fn read_employment(row: employment::Model) -> Result<Employment, StoreError> {
    const TABLE: &str = "employments";
    Ok(Employment {
        employer: EmployerName {
            is_anonymous: row.employer_is_anonymous,
            name: row.employer_name,
            key: row.employer_key,
            aliases: row.employer_aliases.0,
        },
        period: PeriodColumns {
            text: row.period_text,
            from: row.period_from,
            to: row.period_to,
        }
        .read(TABLE)?,
        title: row.title,
        department: row.department,
        kind: row.kind.and_then(|kind| kind.known()),
        line: read_number(row.line, TABLE, "line")?,
        span: read_span(row.span_start, row.span_end, TABLE)?,
        text: row.text.0.into_iter().map(Span::from).collect(),
    })
}

fn read_project(row: project::Model, employments: usize) -> Result<Project, StoreError> {
    const TABLE: &str = "projects";
    Ok(Project {
        title: row.title,
        employment: row
            .employment_ordinal
            .map(|index| read_index(index, employments, TABLE, "employment_ordinal"))
            .transpose()?,
        period: PeriodColumns {
            text: row.period_text,
            from: row.period_from,
            to: row.period_to,
        }
        .read(TABLE)?,
        team_size: row
            .team_size
            .map(|size| read_number(size, TABLE, "team_size"))
            .transpose()?,
        roles: row.roles.0,
        summary: row.summary,
        line: read_number(row.line, TABLE, "line")?,
        span: read_span(row.span_start, row.span_end, TABLE)?,
        text: row.text.0.into_iter().map(Span::from).collect(),
    })
}

/// `employments` and `projects` are how many there are.
pub(super) fn read_mention(
    row: mention::Model,
    (employments, projects): (usize, usize),
) -> Result<Mention, StoreError> {
    const TABLE: &str = "mentions";
    let stint = match (row.employment_ordinal, row.project_ordinal) {
        (None, None) => None,
        (Some(index), None) => Some(StintRef::Employment(read_index(
            index,
            employments,
            TABLE,
            "employment_ordinal",
        )?)),
        (_, Some(index)) => Some(StintRef::Project(read_index(
            index,
            projects,
            TABLE,
            "project_ordinal",
        )?)),
    };
    Ok(Mention {
        technology: TechnologyName {
            key: row.technology_key,
            name: row.technology_name,
            is_listed: row.technology_is_listed,
        },
        grade: row.grade.into(),
        stint,
        span: read_span(row.span_start, row.span_end, TABLE)?,
        line: read_number(row.line, TABLE, "line")?,
        heading_path: row.heading_path.0,
    })
}

pub(super) fn read_stated(row: stated_months::Model) -> Result<StatedMonths, StoreError> {
    const TABLE: &str = "stated_months";
    Ok(StatedMonths {
        technology: TechnologyName {
            key: row.technology_key,
            name: row.technology_name,
            is_listed: row.technology_is_listed,
        },
        months: read_number(row.months, TABLE, "months")?,
        span: read_span(row.span_start, row.span_end, TABLE)?,
        line: read_number(row.line, TABLE, "line")?,
    })
}

pub(super) fn read_certification(row: certification::Model) -> Result<Certification, StoreError> {
    const TABLE: &str = "certifications";
    let technology = match (
        row.technology_key,
        row.technology_name,
        row.technology_is_listed,
    ) {
        (Some(key), Some(name), Some(is_listed)) => Some(TechnologyName {
            key,
            name,
            is_listed,
        }),
        _ => None,
    };
    let acquired = row.acquired.map(|acquired| {
        acquired.parse().map_err(|_| StoreError::Corrupt {
            table: TABLE,
            column: "acquired",
        })
    });
    Ok(Certification {
        name: row.name,
        acquired: acquired.transpose()?,
        technology,
        line: read_number(row.line, TABLE, "line")?,
        span: read_span(row.span_start, row.span_end, TABLE)?,
    })
}

pub(super) fn read_education(row: education::Model) -> Result<Education, StoreError> {
    const TABLE: &str = "education";
    Ok(Education {
        school: row.school,
        degree: row.degree,
        period: PeriodColumns {
            text: row.period_text,
            from: row.period_from,
            to: row.period_to,
        }
        .read(TABLE)?,
        line: read_number(row.line, TABLE, "line")?,
    })
}

pub(super) fn read_notice(row: notice::Model) -> Result<Notice, StoreError> {
    Ok(Notice {
        kind: row.kind.known().unwrap_or(NoticeKind::Other),
        line: row
            .line
            .map(|line| read_number(line, "notices", "line"))
            .transpose()?,
        text: row.text,
    })
}

/// Returns every naming of a technology with its grade. A stated length counts as declared, a
/// certificate as certified.
pub(super) fn namings(resume: &Resume) -> impl Iterator<Item = (&TechnologyName, StoredGrade)> {
    let mentioned = resume
        .mentions
        .iter()
        .map(|mention| (&mention.technology, mention.grade.into()));
    let stated = resume
        .stated
        .iter()
        .filter(|stated| stated.months > 0)
        .map(|stated| (&stated.technology, StoredGrade::Declared));
    let certified = resume.certifications.iter().filter_map(|certification| {
        let technology = certification.technology.as_ref()?;
        Some((technology, StoredGrade::Certified))
    });
    mentioned.chain(stated).chain(certified)
}
