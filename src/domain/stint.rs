//! What a stint has of its own and what it inherits.

use super::period::Period;
use super::resume::{Employment, Project, StintRef};

/// The jobs and projects of a résumé.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stints {
    /// The jobs in document order.
    pub employments: Vec<Employment>,
    /// The projects in document order.
    pub projects: Vec<Project>,
}

impl Stints {
    /// Returns every stint: the employments, then the projects, each in document order.
    pub fn all(&self) -> impl Iterator<Item = StintRef> + use<> {
        let employments = (0..self.employments.len()).map(StintRef::Employment);
        employments.chain((0..self.projects.len()).map(StintRef::Project))
    }

    /// Returns the employment of a stint as an index into [`Stints::employments`]: the stint itself,
    /// or the one above the project. `None` for a project on its own and for a stint that there is
    /// not.
    pub fn employment_index(&self, stint: StintRef) -> Option<usize> {
        let index = match stint {
            StintRef::Employment(index) => index,
            StintRef::Project(index) => self.projects.get(index)?.employment?,
        };
        (index < self.employments.len()).then_some(index)
    }

    /// Returns the employment of a stint; see [`Stints::employment_index`].
    pub fn employment_of(&self, stint: StintRef) -> Option<&Employment> {
        self.employments.get(self.employment_index(stint)?)
    }

    /// Returns whether the stint's period is its employment's, for want of its own.
    pub fn is_period_inherited(&self, stint: StintRef) -> bool {
        match stint {
            StintRef::Employment(_) => false,
            StintRef::Project(index) => {
                let own = self.projects.get(index).and_then(|p| p.period.as_ref());
                own.is_none() && self.period_of(stint).is_some()
            }
        }
    }

    /// Returns the period of a stint: its own, else its employment's.
    pub fn period_of(&self, stint: StintRef) -> Option<&Period> {
        let own = match stint {
            StintRef::Employment(_) => None,
            StintRef::Project(index) => self.projects.get(index)?.period.as_ref(),
        };
        own.or_else(|| self.employment_of(stint)?.period.as_ref())
    }
}
