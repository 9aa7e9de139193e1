use std::sync::Arc;

use async_graphql::{ID, SimpleObject};

use super::candidate::Candidate;
use super::enums::Grade;
use super::experience_source::ExperienceSource;
use super::technology::Technology;
use super::technology_experience::TechnologyExperience;
use crate::catalog::{self, AskedTechnology, Experience};
use crate::domain::Moment;
use crate::graphql::scalars::YearMonth;
use crate::search;

/// A technology that is used together with another.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RelatedTechnology {
    /// The technology.
    technology: Technology,
    /// Projects and jobs that use both.
    stint_count: u64,
    /// Candidates with such a project or job.
    candidate_count: u64,
    /// How many times more often both are used in one stint than they would be by chance:
    /// p(both) / (p(one) · p(other)).
    lift: f64,
    /// How strongly they go together, above 0 and at most 1: what the order is by. The normalized pointwise
    /// mutual information of both over all stints, less the fewer candidates show it.
    strength: f64,
}

impl RelatedTechnology {
    pub(in crate::graphql) fn of(
        technology: Technology,
        found: &search::RelatedTechnology,
    ) -> Self {
        Self {
            technology,
            stint_count: found.stints,
            candidate_count: found.candidates,
            lift: found.lift,
            strength: found.strength,
        }
    }
}

/// Candidates and technologies side by side.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SkillMatrix {
    /// The technologies, in the order asked for.
    pub(in crate::graphql) columns: Vec<SkillColumn>,
    /// The candidates, in the order asked for.
    pub(in crate::graphql) rows: Vec<SkillRow>,
    /// Ids that lead to no candidate (any more).
    pub(in crate::graphql) unknown_candidates: Vec<ID>,
    /// Names that neither the lexicon nor any résumé has.
    pub(in crate::graphql) unknown_technologies: Vec<String>,
}

/// A technology of a matrix.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SkillColumn {
    /// The name that it was asked for by.
    asked: String,
    /// The technology that the name stands for.
    technology: Technology,
}

impl From<AskedTechnology> for SkillColumn {
    fn from(asked: AskedTechnology) -> Self {
        Self {
            asked: asked.asked,
            technology: Technology(asked.technology),
        }
    }
}

/// A candidate of a matrix.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SkillRow {
    /// The candidate.
    candidate: Candidate,
    /// One for each column, in their order.
    cells: Vec<SkillCell>,
}

/// What a candidate's résumé shows of a technology.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SkillCell {
    /// The technology.
    technology: Technology,
    /// Months of use, as in `TechnologyExperience.months`; 0 where the résumé does not name it.
    months: u32,
    /// The last month of use at work.
    last_used: Option<YearMonth>,
    /// The strongest grade; null where the résumé does not name it.
    grade: Option<Grade>,
    /// All that the résumé shows of it; null where it does not name it.
    experience: Option<TechnologyExperience>,
}

impl SkillRow {
    /// `skills` has one item for each of `columns`.
    pub(in crate::graphql) fn of(
        source: &ExperienceSource,
        columns: &[catalog::Technology],
        skills: Vec<Option<Experience>>,
    ) -> Self {
        let cell = |technology: &catalog::Technology, skill: Option<Experience>| {
            let last_used = skill.as_ref().and_then(|skill| skill.last_used);
            SkillCell {
                technology: Technology(technology.clone()),
                months: skill.as_ref().map_or(0, |skill| skill.months),
                last_used: last_used.map(|month| YearMonth(Moment::Month(month))),
                grade: skill.as_ref().map(|skill| skill.grade.into()),
                experience: skill.map(|experience| TechnologyExperience {
                    source: source.clone(),
                    experience,
                }),
            }
        };
        let cells = columns.iter().zip(skills);
        Self {
            candidate: Candidate(Arc::clone(&source.profile)),
            cells: cells
                .map(|(technology, skill)| cell(technology, skill))
                .collect(),
        }
    }
}
