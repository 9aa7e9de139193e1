use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::employer::Employer;
use super::employment::Employment;
use super::period::Period;
use super::stint;
use super::technology::Technology;
use crate::catalog::StoredStints;
use crate::domain::{self, StintRef};
use crate::graphql::error::ApiError;
use crate::graphql::id::GlobalId;

/// A project, by its place in a résumé.
#[derive(Clone, Debug)]
pub(in crate::graphql) struct Project {
    pub(in crate::graphql) stints: Arc<StoredStints>,
    pub(in crate::graphql) index: usize,
}

impl Project {
    /// Returns every project of a résumé, in document order.
    pub(super) fn all(stints: &Arc<StoredStints>) -> Vec<Self> {
        let count = stints.stints.projects.len();
        let of = |index| Self {
            stints: Arc::clone(stints),
            index,
        };
        (0..count).map(of).collect()
    }

    fn value(&self) -> &domain::Project {
        &self.stints.stints.projects[self.index]
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
        GlobalId::Project(self.stints.project_ids[self.index]).into()
    }

    /// The employer: that of the job it belongs to.
    pub(super) async fn employer(
        &self,
        context: &Context<'_>,
    ) -> Result<Option<Employer>, ApiError> {
        stint::employer(context, &self.stints, self.stint()).await
    }

    /// Its own period, else that of the job it belongs to.
    pub(super) async fn period(&self) -> Option<Period> {
        let period = self.stints.stints.period_of(self.stint());
        period.map(|period| Period::of(period, self.stints.as_of))
    }

    /// The technologies that were used in it, in document order.
    pub(super) async fn technologies(
        &self,
        context: &Context<'_>,
    ) -> Result<Vec<Technology>, ApiError> {
        stint::technologies(context, &self.stints, self.stint()).await
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
        let index = self.stints.stints.employment_index(self.stint())?;
        Some(Employment {
            stints: Arc::clone(&self.stints),
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
        self.stints.stints.is_period_inherited(self.stint())
    }
}
