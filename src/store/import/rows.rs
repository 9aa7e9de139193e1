//! The rows of accepted documents.

use std::collections::HashMap;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;

use super::Accepted;
use super::names::Names;
use crate::domain::{
    Certification, Education, Employment, EmploymentId, Mention, Project, ProjectId, StatedMonths,
    StintRef, YearMonth,
};
use crate::store::StoreError;
use crate::store::batch::insert_all;
use crate::store::entity::stored::{Headings, StoredGrade, StoredHeading, StoredSpan};
use crate::store::entity::{
    certification, document, education, employment, link, mention, notice, project, resume,
    resume_technology, stated_months,
};
use crate::store::records::{
    PeriodColumns, namings, ordinal, spans, storable, storable_list, storable_option,
};

/// Documents inserted by one statement: together below what one message may hold.
const DOCUMENTS_AT_ONCE: usize = 16;

/// Rows of all tables below a candidate, but for the documents' bytes.
#[derive(Default)]
pub(super) struct Rows {
    resumes: Vec<resume::Model>,
    employments: Vec<employment::Model>,
    projects: Vec<project::Model>,
    mentions: Vec<mention::Model>,
    stated: Vec<stated_months::Model>,
    certifications: Vec<certification::Model>,
    education: Vec<education::Model>,
    links: Vec<link::Model>,
    notices: Vec<notice::Model>,
    technologies: Vec<resume_technology::Model>,
}

/// What a document counts for.
pub(super) struct Counted {
    /// Its employers; one may be named twice.
    pub(super) employers: Vec<Uuid>,
    /// Its technologies, each once, with the strongest grade.
    pub(super) technologies: Vec<(Uuid, StoredGrade)>,
}

/// The row that a list's row belongs to.
#[derive(Clone, Copy)]
struct Owner {
    organization: Uuid,
    resume: Uuid,
}

impl Rows {
    /// Adds the rows of one document.
    pub(super) fn add(
        &mut self,
        organization: Uuid,
        accepted: &Accepted<'_>,
        names: &Names,
    ) -> Counted {
        let owner = Owner {
            organization,
            resume: accepted.resume,
        };
        self.resumes.push(resume_row(organization, accepted));
        let employers = self.add_stints(owner, accepted, names);
        self.add_lists(owner, accepted);
        let mut grades = HashMap::new();
        for (name, grade) in namings(&accepted.import.resume) {
            let strongest = grades.entry(names.technology(name)).or_insert(grade);
            *strongest = grade.max(*strongest);
        }
        let technologies: Vec<_> = grades.into_iter().collect();
        self.technologies
            .extend(
                technologies
                    .iter()
                    .map(|&(technology_id, grade)| resume_technology::Model {
                        organization_id: organization,
                        resume_id: accepted.resume,
                        technology_id,
                        grade,
                    }),
            );
        Counted {
            employers,
            technologies,
        }
    }

    /// Adds jobs and projects, and returns the employers of the jobs.
    fn add_stints(&mut self, owner: Owner, accepted: &Accepted<'_>, names: &Names) -> Vec<Uuid> {
        let resume = &accepted.import.resume;
        let jobs = resume.stints.employments.iter().enumerate();
        let employers: Vec<Uuid> = jobs
            .map(|(place, job)| names.employer(accepted.resume, place, &job.employer))
            .collect();
        for (place, (job, &employer)) in
            resume.stints.employments.iter().zip(&employers).enumerate()
        {
            self.employments
                .push(employment_row(owner, place, employer, job));
        }
        for (place, project) in resume.stints.projects.iter().enumerate() {
            self.projects.push(project_row(owner, place, project));
        }
        employers
    }

    fn add_lists(&mut self, owner: Owner, accepted: &Accepted<'_>) {
        let resume = &accepted.import.resume;
        for (place, mention) in resume.mentions.iter().enumerate() {
            self.mentions.push(mention_row(owner, place, mention));
        }
        for (place, stated) in resume.stated.iter().enumerate() {
            self.stated.push(stated_row(owner, place, stated));
        }
        for (place, certification) in resume.certifications.iter().enumerate() {
            self.certifications
                .push(certification_row(owner, place, certification));
        }
        for (place, school) in resume.education.iter().enumerate() {
            self.education.push(education_row(owner, place, school));
        }
        for (place, link) in resume.identity.links.iter().enumerate() {
            self.links.push(link::Model {
                organization_id: owner.organization,
                resume_id: owner.resume,
                ordinal: ordinal(place),
                kind: link.kind.into(),
                label: storable_option(link.label.as_ref()),
                url: storable(&link.url),
            });
        }
        for (place, notice) in accepted.import.notices.iter().enumerate() {
            self.notices.push(notice::Model {
                organization_id: owner.organization,
                resume_id: owner.resume,
                ordinal: ordinal(place),
                kind: notice.kind.into(),
                line: notice.line.map(i64::from),
                text: storable(&notice.text),
            });
        }
    }

    /// Inserts everything, parents before children.
    pub(super) async fn insert(self, connection: &impl ConnectionTrait) -> Result<(), StoreError> {
        insert_all::<resume::Entity, _>(connection, self.resumes).await?;
        insert_all::<employment::Entity, _>(connection, self.employments).await?;
        insert_all::<project::Entity, _>(connection, self.projects).await?;
        insert_all::<mention::Entity, _>(connection, self.mentions).await?;
        insert_all::<stated_months::Entity, _>(connection, self.stated).await?;
        insert_all::<certification::Entity, _>(connection, self.certifications).await?;
        insert_all::<education::Entity, _>(connection, self.education).await?;
        insert_all::<link::Entity, _>(connection, self.links).await?;
        insert_all::<notice::Entity, _>(connection, self.notices).await?;
        insert_all::<resume_technology::Entity, _>(connection, self.technologies).await
    }
}

/// Inserts the bytes and texts of the documents, a few at a time: they are large.
pub(super) async fn insert_documents(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    accepted: &[Accepted<'_>],
) -> Result<(), StoreError> {
    for accepted in accepted.chunks(DOCUMENTS_AT_ONCE) {
        let rows = accepted.iter().map(|accepted| document::Model {
            resume_id: accepted.resume,
            organization_id: organization,
            original: accepted.import.original.clone(),
            text: accepted.import.text.clone().into_bytes(),
        });
        insert_all::<document::Entity, _>(connection, rows.collect()).await?;
    }
    Ok(())
}

/// Returns the month that open periods of a document end in: that of its date, else of its receipt.
fn as_of(document_date: Option<NaiveDate>, received_at: DateTime<Utc>) -> YearMonth {
    let month = |date: NaiveDate| {
        let year = u16::try_from(date.year()).ok()?;
        YearMonth::new(year, u8::try_from(date.month()).ok()?).ok()
    };
    document_date
        .and_then(month)
        .or_else(|| month(received_at.date_naive()))
        .expect("the clock shows a year of this or the next century")
}

fn resume_row(organization: Uuid, accepted: &Accepted<'_>) -> resume::Model {
    let import = accepted.import;
    let identity = &import.resume.identity;
    let document_date = import.resume.document_date.or(import.given_document_date);
    let outline = import.resume.outline.iter().map(StoredHeading::from);
    resume::Model {
        id: accepted.resume,
        organization_id: organization,
        candidate_id: accepted.candidate,
        is_current: accepted.is_current,
        sequence: accepted.received_sequence,
        file_name: storable_option(import.file_name.as_ref()),
        format: import.format.into(),
        sha256: import.sha256.0.to_vec(),
        parser_version: i64::from(import.parser_version),
        received_at: accepted.received_at,
        stated_date: import.resume.document_date,
        document_date,
        as_of: as_of(document_date, accepted.received_at).to_string(),
        name: storable_option(identity.name.as_ref()),
        name_kana: storable_option(identity.name_kana.as_ref()),
        other_names: storable_list(&identity.other_names),
        birth_date: identity.birth_date,
        emails: storable_list(&identity.emails),
        phones: storable_list(&identity.phones),
        location: storable_option(identity.location.as_ref()),
        location_span: identity.location_span.map(StoredSpan::from),
        name_span: identity.name_span.map(StoredSpan::from),
        outline: Headings(outline.collect()),
    }
}

fn employment_row(
    owner: Owner,
    place: usize,
    employer: Uuid,
    job: &Employment,
) -> employment::Model {
    let period = PeriodColumns::from(job.period.as_ref());
    employment::Model {
        id: EmploymentId::new().as_uuid(),
        organization_id: owner.organization,
        resume_id: owner.resume,
        ordinal: ordinal(place),
        employer_id: employer,
        employer_name: storable(&job.employer.name),
        employer_key: storable(&job.employer.key),
        employer_aliases: storable_list(&job.employer.aliases),
        employer_is_anonymous: job.employer.is_anonymous,
        period_text: period.text,
        period_from: period.from,
        period_to: period.to,
        title: storable_option(job.title.as_ref()),
        department: storable_option(job.department.as_ref()),
        kind: job.kind.map(Into::into),
        line: i64::from(job.line),
        span_start: i64::from(job.span.start),
        span_end: i64::from(job.span.end),
        text: spans(&job.text),
    }
}

fn project_row(owner: Owner, place: usize, project: &Project) -> project::Model {
    let period = PeriodColumns::from(project.period.as_ref());
    project::Model {
        id: ProjectId::new().as_uuid(),
        organization_id: owner.organization,
        resume_id: owner.resume,
        ordinal: ordinal(place),
        title: storable_option(project.title.as_ref()),
        employment_ordinal: project.employment.map(ordinal),
        period_text: period.text,
        period_from: period.from,
        period_to: period.to,
        team_size: project.team_size.map(i64::from),
        roles: storable_list(&project.roles),
        summary: storable_option(project.summary.as_ref()),
        line: i64::from(project.line),
        span_start: i64::from(project.span.start),
        span_end: i64::from(project.span.end),
        text: spans(&project.text),
    }
}

fn mention_row(owner: Owner, place: usize, mention: &Mention) -> mention::Model {
    let (employment_ordinal, project_ordinal) = match mention.stint {
        None => (None, None),
        Some(StintRef::Employment(index)) => (Some(ordinal(index)), None),
        Some(StintRef::Project(index)) => (None, Some(ordinal(index))),
    };
    mention::Model {
        organization_id: owner.organization,
        resume_id: owner.resume,
        ordinal: ordinal(place),
        technology_key: storable(&mention.technology.key),
        technology_name: storable(&mention.technology.name),
        technology_is_listed: mention.technology.is_listed,
        grade: mention.grade.into(),
        employment_ordinal,
        project_ordinal,
        span_start: i64::from(mention.span.start),
        span_end: i64::from(mention.span.end),
        line: i64::from(mention.line),
        heading_path: storable_list(&mention.heading_path),
    }
}

fn stated_row(owner: Owner, place: usize, stated: &StatedMonths) -> stated_months::Model {
    stated_months::Model {
        organization_id: owner.organization,
        resume_id: owner.resume,
        ordinal: ordinal(place),
        technology_key: storable(&stated.technology.key),
        technology_name: storable(&stated.technology.name),
        technology_is_listed: stated.technology.is_listed,
        months: i64::from(stated.months),
        span_start: i64::from(stated.span.start),
        span_end: i64::from(stated.span.end),
        line: i64::from(stated.line),
    }
}

fn certification_row(
    owner: Owner,
    place: usize,
    certification: &Certification,
) -> certification::Model {
    let technology = certification.technology.as_ref();
    certification::Model {
        organization_id: owner.organization,
        resume_id: owner.resume,
        ordinal: ordinal(place),
        name: storable(&certification.name),
        acquired: certification.acquired.map(|acquired| acquired.to_string()),
        technology_key: technology.map(|technology| storable(&technology.key)),
        technology_name: technology.map(|technology| storable(&technology.name)),
        technology_is_listed: technology.map(|technology| technology.is_listed),
        line: i64::from(certification.line),
        span_start: i64::from(certification.span.start),
        span_end: i64::from(certification.span.end),
    }
}

fn education_row(owner: Owner, place: usize, school: &Education) -> education::Model {
    let period = PeriodColumns::from(school.period.as_ref());
    education::Model {
        organization_id: owner.organization,
        resume_id: owner.resume,
        ordinal: ordinal(place),
        school: storable(&school.school),
        degree: storable_option(school.degree.as_ref()),
        period_text: period.text,
        period_from: period.from,
        period_to: period.to,
        line: i64::from(school.line),
    }
}
