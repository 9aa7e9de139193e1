use async_graphql::{ID, Interface};

use super::candidate::Candidate;
use super::employer::Employer;
use super::employment::Employment;
use super::project::Project;
use super::resume::Resume;
use super::technology::Technology;

/// Anything with a global id.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "The global id: opaque, and never another object's."
))]
pub(in crate::graphql) enum Node {
    /// A person.
    Candidate(Candidate),
    /// A document.
    Resume(Resume),
    /// A job.
    Employment(Employment),
    /// A project.
    Project(Project),
    /// An employer.
    Employer(Employer),
    /// A technology.
    Technology(Technology),
}
