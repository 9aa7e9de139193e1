use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::employer::Employer;
use super::enums::EmploymentKind;
use super::period::Period;
use super::project::Project;
use super::stint;
use super::technology::Technology;
use crate::catalog::StoredStints;
use crate::domain::{self, StintRef};
use crate::graphql::error::ApiError;
use crate::graphql::id::GlobalId;

/// A job, by its place in a résumé.
#[derive(Clone, Debug)]
pub(in crate::graphql) struct Employment {
    pub(in crate::graphql) stints: Arc<StoredStints>,
    pub(in crate::graphql) index: usize,
}

impl Employment {
    /// Returns every job of a résumé, in document order.
    pub(super) fn all(stints: &Arc<StoredStints>) -> Vec<Self> {
        let count = stints.stints.employments.len();
        let of = |index| Self {
            stints: Arc::clone(stints),
            index,
        };
        (0..count).map(of).collect()
    }

    fn value(&self) -> &domain::Employment {
        &self.stints.stints.employments[self.index]
    }

    fn stint(&self) -> StintRef {
        StintRef::Employment(self.index)
    }
}

/// A job: an employer, a period, and what was done there.
#[Object]
impl Employment {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        GlobalId::Employment(self.stints.employment_ids[self.index]).into()
    }

    /// Who employs.
    pub(super) async fn employer(
        &self,
        context: &Context<'_>,
    ) -> Result<Option<Employer>, ApiError> {
        stint::employer(context, &self.stints, self.stint()).await
    }

    /// From joining to leaving.
    pub(super) async fn period(&self) -> Option<Period> {
        let period = self.value().period.as_ref();
        period.map(|period| Period::of(period, self.stints.as_of))
    }

    /// The technologies that were used in it, those of its projects included.
    pub(super) async fn technologies(
        &self,
        context: &Context<'_>,
    ) -> Result<Vec<Technology>, ApiError> {
        stint::technologies(context, &self.stints, self.stint()).await
    }

    /// The line where it is named, from 1.
    pub(super) async fn line(&self) -> u32 {
        self.value().line
    }

    /// Title or occupation, as written.
    async fn title(&self) -> Option<&str> {
        self.value().title.as_deref()
    }

    /// Department, as written.
    async fn department(&self) -> Option<&str> {
        self.value().department.as_deref()
    }

    /// How the person is employed.
    async fn kind(&self) -> Option<EmploymentKind> {
        self.value().kind.map(EmploymentKind::from)
    }

    /// The projects of this job, in document order.
    async fn projects(&self) -> Vec<Project> {
        let projects = self.stints.stints.projects.iter().enumerate();
        projects
            .filter(|(_, project)| project.employment == Some(self.index))
            .map(|(index, _)| Project {
                stints: Arc::clone(&self.stints),
                index,
            })
            .collect()
    }
}
