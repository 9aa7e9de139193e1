use std::collections::HashSet;
use std::sync::Arc;

use async_graphql::{Context, ID, Interface};

use super::employer::Employer;
use super::employment::Employment;
use super::period::Period;
use super::project::Project;
use super::technology::Technology;
use crate::catalog::Career;
use crate::domain::{Grade, StintRef};
use crate::graphql::error::ApiError;
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
    pub(super) fn of(career: &Arc<Career>, stint: StintRef) -> Self {
        let career = Arc::clone(career);
        match stint {
            StintRef::Employment(index) => Self::Employment(Employment { career, index }),
            StintRef::Project(index) => Self::Project(Project { career, index }),
        }
    }
}

/// Returns the employer of a stint, its own or its employment's.
pub(super) async fn employer(
    context: &Context<'_>,
    career: &Career,
    stint: StintRef,
) -> Result<Option<Employer>, ApiError> {
    let index = career.resume.employment_index(stint);
    let Some(id) = index.and_then(|index| career.employer_ids.get(index)) else {
        return Ok(None);
    };
    Ok(loaders(context).one(*id).await?.map(Employer))
}

/// Returns the technologies used in a stint; those of an employment's projects belong to it too.
pub(super) fn technologies(
    context: &Context<'_>,
    career: &Career,
    stint: StintRef,
) -> Vec<Technology> {
    let resume = &career.resume;
    let belongs = |of: StintRef| match stint {
        StintRef::Employment(index) => resume.employment_index(of) == Some(index),
        StintRef::Project(_) => of == stint,
    };
    let mut seen = HashSet::new();
    resume
        .mentions
        .iter()
        .filter(|mention| mention.grade == Grade::Worked && mention.stint.is_some_and(belongs))
        .filter(|mention| seen.insert(mention.technology.key.as_str()))
        .map(|mention| Technology(services(context).catalog.technology(&mention.technology)))
        .collect()
}
