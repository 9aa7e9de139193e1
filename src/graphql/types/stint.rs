use std::collections::HashSet;
use std::sync::Arc;

use async_graphql::{Context, ID, Interface};

use super::employer::Employer;
use super::employment::Employment;
use super::period::Period;
use super::project::Project;
use super::technology::Technology;
use crate::catalog::StoredStints;
use crate::domain::{Grade, StintRef};
use crate::graphql::error::ApiError;
use crate::graphql::loaders::NamingsIn;
use crate::graphql::{loaders, services};

/// The unit that a search binds technology, employer and period on: a project, or an employment itself.
#[derive(Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "The global id."),
    field(
        name = "employer",
        ty = "Option<Employer>",
        desc = "The employer; null where the résumé names none."
    ),
    field(
        name = "period",
        ty = "Option<Period>",
        desc = "The period; null where it is not stated."
    ),
    field(
        name = "technologies",
        ty = "Vec<Technology>",
        desc = "The technologies that were used in it, in document order."
    ),
    field(name = "line", ty = "u32", desc = "The line where it begins, from 1.")
)]
pub(in crate::graphql) enum Stint {
    /// A job.
    Employment(Employment),
    /// A project.
    Project(Project),
}

impl Stint {
    pub(super) fn of(stints: &Arc<StoredStints>, stint: StintRef) -> Self {
        let stints = Arc::clone(stints);
        match stint {
            StintRef::Employment(index) => Self::Employment(Employment { stints, index }),
            StintRef::Project(index) => Self::Project(Project { stints, index }),
        }
    }
}

/// Returns the employer of a stint, its own or its employment's.
pub(super) async fn employer(
    context: &Context<'_>,
    stints: &StoredStints,
    stint: StintRef,
) -> Result<Option<Employer>, ApiError> {
    let index = stints.stints.employment_index(stint);
    let Some(id) = index.and_then(|index| stints.employer_ids.get(index)) else {
        return Ok(None);
    };
    Ok(loaders(context).one(*id).await?.map(Employer))
}

/// Returns the technologies used in a stint; those of an employment's projects belong to it too.
pub(super) async fn technologies(
    context: &Context<'_>,
    stints: &StoredStints,
    stint: StintRef,
) -> Result<Vec<Technology>, ApiError> {
    let Some(namings) = loaders(context).one(NamingsIn(stints.resume_id)).await? else {
        return Ok(Vec::new());
    };
    let belongs = |of: StintRef| match stint {
        StintRef::Employment(index) => stints.stints.employment_index(of) == Some(index),
        StintRef::Project(_) => of == stint,
    };
    let mut seen = HashSet::new();
    Ok(namings
        .mentions
        .iter()
        .filter(|mention| mention.grade == Grade::Worked && mention.stint.is_some_and(belongs))
        .filter(|mention| seen.insert(mention.technology.key.as_str()))
        .map(|mention| Technology(services(context).catalog.technology(&mention.technology)))
        .collect())
}
