use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, Object};

use super::certification::Certification;
use super::education::Education;
use super::employment::Employment;
use super::enums::Grade;
use super::experience_source::ExperienceSource;
use super::link::Link;
use super::notice::Notice;
use super::privacy::CandidatePrivacy;
use super::project::Project;
use super::resume::Resume;
use super::technology_experience::TechnologyExperience;
use crate::catalog::{self, Profile, ReadError};
use crate::domain::{self, Identity, ResumeId};
use crate::graphql::error::ApiError;
use crate::graphql::id::GlobalId;
use crate::graphql::loaders;
use crate::graphql::loaders::{
    CertificationsIn, EducationIn, NoticesIn, PrivacyOf, Reads, ResumesOf, StintsIn,
};
use crate::graphql::scalars::{Date, DateTime};

/// A person, by the current résumé.
#[derive(Clone, Debug)]
pub(in crate::graphql) struct Candidate(pub(in crate::graphql) Arc<Profile>);

impl Candidate {
    fn identity(&self) -> &Identity {
        &self.0.identity
    }

    /// Loads a list of the current résumé; empty where it was erased since.
    async fn list<K, V>(
        &self,
        context: &Context<'_>,
        key: impl Fn(ResumeId) -> K,
    ) -> Result<Arc<Vec<V>>, ApiError>
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Reads: Loader<K, Value = Arc<Vec<V>>, Error = Arc<ReadError>>,
    {
        let list = loaders(context).one(key(self.0.row.id)).await?;
        Ok(list.unwrap_or_default())
    }
}

/// A person, as the current résumé tells.
#[Object]
impl Candidate {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        GlobalId::Candidate(self.0.row.candidate).into()
    }

    /// The id that the importing system gave.
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// A name that tells nothing of the person, the same for ever: to speak of a candidate who must not
    /// be known.
    async fn pseudonym(&self) -> String {
        self.0.row.candidate.pseudonym().to_string()
    }

    /// The name, as written; null without the scope `identity`.
    async fn name(&self) -> Option<&str> {
        self.identity().name.as_deref()
    }

    /// The reading of the name, in katakana; null without the scope `identity`.
    async fn name_kana(&self) -> Option<&str> {
        self.identity().name_kana.as_deref()
    }

    /// The birth date; null without the scope `identity`.
    async fn birth_date(&self) -> Option<Date> {
        self.identity().birth_date.map(Date)
    }

    /// Mail addresses, in document order; none without the scope `contact`.
    async fn emails(&self) -> &[String] {
        &self.identity().emails
    }

    /// Telephone numbers, as written; none without the scope `contact`.
    async fn phones(&self) -> &[String] {
        &self.identity().phones
    }

    /// Where the person lives, as written; null without the scope `contact`.
    async fn location(&self) -> Option<&str> {
        self.identity().location.as_deref()
    }

    /// Links of the person; none without the scopes `identity` and `contact`.
    async fn links(&self) -> Vec<Link> {
        self.identity().links.iter().map(Link::from).collect()
    }

    /// The jobs, in document order.
    async fn employments(&self, context: &Context<'_>) -> Result<Vec<Employment>, ApiError> {
        let stints = loaders(context).one(StintsIn(self.0.row.id)).await?;
        Ok(stints.map_or_else(Vec::new, |stints| Employment::all(&stints)))
    }

    /// The projects, under a job or on their own, in document order.
    async fn projects(&self, context: &Context<'_>) -> Result<Vec<Project>, ApiError> {
        let stints = loaders(context).one(StintsIn(self.0.row.id)).await?;
        Ok(stints.map_or_else(Vec::new, |stints| Project::all(&stints)))
    }

    /// What the résumé shows of each technology: strongest grade first, then most months.
    async fn technologies(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "The least grade. By default, what is only wished for is listed and what is said not to be known is not.",
            default_with = "Some(Grade::Learning)"
        )]
        min_grade: Option<Grade>,
    ) -> Result<Vec<TechnologyExperience>, ApiError> {
        let min_grade = domain::Grade::from(min_grade.unwrap_or(Grade::Learning));
        let sources = ExperienceSource::load(context, vec![Arc::clone(&self.0)]).await?;
        let Some(source) = sources.first() else {
            return Ok(Vec::new());
        };
        let experiences = catalog::experiences(source.told(), self.0.row.as_of).into_iter();
        Ok(experiences
            .filter(|experience| experience.grade >= min_grade)
            .map(|experience| TechnologyExperience {
                source: source.clone(),
                experience,
            })
            .collect())
    }

    /// Certificates, in document order.
    async fn certifications(&self, context: &Context<'_>) -> Result<Vec<Certification>, ApiError> {
        let list = self.list(context, CertificationsIn).await?;
        Ok(list.iter().cloned().map(Certification).collect())
    }

    /// Schools, in document order; a mark stands for the name without the scope `identity`.
    async fn education(&self, context: &Context<'_>) -> Result<Vec<Education>, ApiError> {
        let list = self.list(context, EducationIn).await?;
        let as_of = self.0.row.as_of;
        Ok(list
            .iter()
            .map(|school| Education::of(school, as_of))
            .collect())
    }

    /// The current résumé.
    async fn resume(&self) -> Resume {
        Resume(self.0.row.id)
    }

    /// Every résumé, newest first.
    async fn resumes(&self, context: &Context<'_>) -> Result<Vec<Resume>, ApiError> {
        let ids = loaders(context)
            .one(ResumesOf(self.0.row.candidate))
            .await?;
        Ok(ids.unwrap_or_default().into_iter().map(Resume).collect())
    }

    /// What the reader did not understand of the current résumé, or doubts.
    async fn notices(&self, context: &Context<'_>) -> Result<Vec<Notice>, ApiError> {
        let list = self.list(context, NoticesIn).await?;
        Ok(list.iter().cloned().map(Notice).collect())
    }

    /// What is agreed with the person about their data.
    async fn privacy(&self, context: &Context<'_>) -> Result<CandidatePrivacy, ApiError> {
        let privacy = loaders(context)
            .one(PrivacyOf(self.0.row.candidate))
            .await?;
        Ok(CandidatePrivacy(privacy.unwrap_or_default()))
    }

    /// When the candidate last changed.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}
