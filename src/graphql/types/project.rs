use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::employer::Employer;
use super::employment::Employment;
use super::period::Period;
use super::stint;
use super::technology::Technology;
use crate::catalog::Career;
use crate::domain::{self, StintRef};
use crate::graphql::error::ApiError;
use crate::graphql::id::GlobalId;

/// A project, by its place in a career.
#[derive(Clone, Debug)]
pub(in crate::graphql) struct Project {
    pub(in crate::graphql) career: Arc<Career>,
    pub(in crate::graphql) index: usize,
}

impl Project {
    fn value(&self) -> &domain::Project {
        &self.career.resume.projects[self.index]
    }

    fn stint(&self) -> StintRef {
        StintRef::Project(self.index)
    }
}

/// A piece of work, under a job or on its own.
#[Object]
impl Project {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        GlobalId::Project(self.career.project_ids[self.index]).into()
    }

    /// The employer: that of the job it belongs to.
    pub(super) async fn employer(
        &self,
        context: &Context<'_>,
    ) -> Result<Option<Employer>, ApiError> {
        stint::employer(context, &self.career, self.stint()).await
    }

    /// Its own period, else that of the job it belongs to.
    pub(super) async fn period(&self) -> Option<Period> {
        let period = self.career.resume.period_of(self.stint());
        period.map(|period| Period::of(period, self.career.as_of))
    }

    /// The technologies that were used in it, in document order.
    pub(super) async fn technologies(&self, context: &Context<'_>) -> Vec<Technology> {
        stint::technologies(context, &self.career, self.stint())
    }

    /// The line where it begins, from 1.
    pub(super) async fn line(&self) -> u32 {
        self.value().line
    }

    /// The title, as written.
    async fn title(&self) -> Option<&str> {
        self.value().title.as_deref()
    }

    /// The job it belongs to.
    async fn employment(&self) -> Option<Employment> {
        let index = self.career.resume.employment_index(self.stint())?;
        Some(Employment {
            career: Arc::clone(&self.career),
            index,
        })
    }

    /// Number of people in the team.
    async fn team_size(&self) -> Option<u32> {
        self.value().team_size
    }

    /// Roles, as written.
    async fn roles(&self) -> &[String] {
        &self.value().roles
    }

    /// The first lines of its description.
    async fn summary(&self) -> Option<&str> {
        self.value().summary.as_deref()
    }

    /// Whether the period is that of the job, for want of its own.
    async fn period_inherited(&self) -> bool {
        self.career.resume.is_period_inherited(self.stint())
    }
}
