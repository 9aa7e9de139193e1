use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::certification::Certification;
use super::education::Education;
use super::employment::Employment;
use super::enums::Grade;
use super::link::Link;
use super::notice::Notice;
use super::project::Project;
use super::resume::Resume;
use super::technology_experience::TechnologyExperience;
use crate::catalog::{self, Career};
use crate::domain::{self, Identity};
use crate::graphql::error::ApiError;
use crate::graphql::id::GlobalId;
use crate::graphql::loaders;
use crate::graphql::loaders::ResumesOf;
use crate::graphql::scalars::{Date, DateTime};

/// A person, by the current career.
#[derive(Clone, Debug)]
pub(in crate::graphql) struct Candidate(pub(in crate::graphql) Arc<Career>);

impl Candidate {
    fn identity(&self) -> &Identity {
        &self.0.resume.identity
    }
}

/// A person, as the current résumé tells.
#[Object]
impl Candidate {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        GlobalId::Candidate(self.0.candidate).into()
    }

    /// The id that the importing system gave.
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// The name, as written.
    async fn name(&self) -> Option<&str> {
        self.identity().name.as_deref()
    }

    /// The reading of the name, in katakana.
    async fn name_kana(&self) -> Option<&str> {
        self.identity().name_kana.as_deref()
    }

    /// The birth date.
    async fn birth_date(&self) -> Option<Date> {
        self.identity().birth_date.map(Date)
    }

    /// Mail addresses, in document order.
    async fn emails(&self) -> &[String] {
        &self.identity().emails
    }

    /// Telephone numbers, as written.
    async fn phones(&self) -> &[String] {
        &self.identity().phones
    }

    /// Where the person lives, as written.
    async fn location(&self) -> Option<&str> {
        self.identity().location.as_deref()
    }

    /// Links of the person.
    async fn links(&self) -> Vec<Link> {
        self.identity().links.iter().map(Link::from).collect()
    }

    /// The jobs, in document order.
    async fn employments(&self) -> Vec<Employment> {
        let count = self.0.resume.employments.len();
        (0..count)
            .map(|index| Employment {
                career: Arc::clone(&self.0),
                index,
            })
            .collect()
    }

    /// The projects, under a job or on their own, in document order.
    async fn projects(&self) -> Vec<Project> {
        let count = self.0.resume.projects.len();
        (0..count)
            .map(|index| Project {
                career: Arc::clone(&self.0),
                index,
            })
            .collect()
    }

    /// What the résumé shows of each technology: strongest grade first, then most months.
    async fn technologies(
        &self,
        #[graphql(
            desc = "The least grade. By default, what is only wished for is listed and what is said not to be known is not.",
            default_with = "Some(Grade::Learning)"
        )]
        min_grade: Option<Grade>,
    ) -> Vec<TechnologyExperience> {
        let min_grade = domain::Grade::from(min_grade.unwrap_or(Grade::Learning));
        let experiences = catalog::experiences(&self.0.resume, self.0.as_of).into_iter();
        experiences
            .filter(|experience| experience.grade >= min_grade)
            .map(|experience| TechnologyExperience {
                career: Arc::clone(&self.0),
                experience,
            })
            .collect()
    }

    /// Certificates, in document order.
    async fn certifications(&self) -> Vec<Certification> {
        self.0
            .resume
            .certifications
            .iter()
            .cloned()
            .map(Certification)
            .collect()
    }

    /// Schools, in document order.
    async fn education(&self) -> Vec<Education> {
        let schools = self.0.resume.education.iter();
        schools
            .map(|school| Education::of(school, self.0.as_of))
            .collect()
    }

    /// The current résumé.
    async fn resume(&self) -> Resume {
        Resume(self.0.resume_id)
    }

    /// Every résumé, newest first.
    async fn resumes(&self, context: &Context<'_>) -> Result<Vec<Resume>, ApiError> {
        let ids = loaders(context).one(ResumesOf(self.0.candidate)).await?;
        Ok(ids.unwrap_or_default().into_iter().map(Resume).collect())
    }

    /// What the reader did not understand of the current résumé, or doubts.
    async fn notices(&self) -> Vec<Notice> {
        self.0.notices.iter().cloned().map(Notice).collect()
    }

    /// When the candidate last changed.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}
