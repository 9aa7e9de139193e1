//! How technologies go together, and who has which.

use std::collections::HashSet;

use async_graphql::{Context, ID, Object};

use super::error::{ApiError, ErrorCode};
use super::id::GlobalId;
use super::loaders::ProfileOf;
use super::query::technology;
use super::types::{
    ExperienceSource, RelatedTechnology, SkillColumn, SkillMatrix, SkillRow, Technology,
};
use super::{access, loaders, page, services};
use crate::catalog;
use crate::domain::CandidateId;

/// Related technologies when nothing is said.
const DEFAULT_RELATED: i32 = 20;

/// The most candidates, and the most technologies, of a matrix.
const MAX_MATRIX: usize = 50;

/// The longest name of a technology, in characters.
const MAX_NAME_CHARS: usize = 200;

/// Questions about technologies.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct InsightQuery;

/// Questions about technologies.
#[Object]
impl InsightQuery {
    /// Technologies that are used together with one, in the same projects and jobs: those first that most
    /// belong to it. What everybody uses is not listed for that: a technology must be used in its
    /// stints more often than in others. Its parts, which count as it, and what it is a part of are
    /// left out.
    #[graphql(complexity = "page::cost(first.or(Some(DEFAULT_RELATED)), child_complexity)")]
    async fn related(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A technology's id, or its name in any spelling.")] technology: ID,
        #[graphql(
            desc = "How many, at most 100.",
            default_with = "Some(DEFAULT_RELATED)"
        )]
        first: Option<i32>,
    ) -> Result<Vec<RelatedTechnology>, ApiError> {
        let limit = page::size(first, DEFAULT_RELATED.unsigned_abs())?;
        let asked = asked_technology(context, technology).await?;
        let services = services(context);
        let found = services
            .searcher
            .related(access(context), &asked.key, limit)
            .await?;
        let related = found.into_iter().map(async |found| {
            let technology = self::technology(context, found.key.clone()).await?;
            // What the index still has, but the store no longer, is left out.
            let related = technology.map(|technology| RelatedTechnology::of(technology, &found));
            Ok::<_, ApiError>(related)
        });
        let related = futures::future::try_join_all(related).await?;
        Ok(related.into_iter().flatten().collect())
    }

    /// Candidates and technologies side by side: months of use, the last use and the grade, as
    /// `Candidate.technologies` has them, but parts count as their whole (AWS Lambda as AWS). At most 50
    /// candidates and 50 technologies; the same one asked for twice is one row or column.
    #[graphql(
        complexity = "1 + child_complexity * candidate_ids.len().div_ceil(10).max(1) * technologies.len().div_ceil(10).max(1)"
    )]
    async fn skill_matrix(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The candidates, by id.")] candidate_ids: Vec<ID>,
        #[graphql(desc = "Names of technologies, in any spelling.")] technologies: Vec<String>,
    ) -> Result<SkillMatrix, ApiError> {
        check_matrix(&candidate_ids, &technologies)?;
        let catalog = &services(context).catalog;
        let asked = catalog
            .technologies_named(access(context), &technologies)
            .await?;
        let columns: Vec<catalog::Technology> = asked
            .known
            .iter()
            .map(|asked| asked.technology.clone())
            .collect();
        let mut ids: Vec<(ID, Option<CandidateId>)> = Vec::new();
        let mut seen = HashSet::new();
        for id in candidate_ids {
            let candidate = match GlobalId::parse(&id)? {
                GlobalId::Candidate(candidate) => Some(candidate),
                _ => None,
            };
            if seen.insert(id.clone()) {
                ids.push((id, candidate));
            }
        }
        let keys = ids.iter().filter_map(|(_, id)| Some(ProfileOf((*id)?)));
        let profiles = loaders(context).many(keys).await?;
        let known = profiles.values().cloned().collect();
        let sources = ExperienceSource::load(context, known).await?;
        let mut matrix = SkillMatrix {
            columns: Vec::new(),
            rows: Vec::new(),
            unknown_candidates: Vec::new(),
            unknown_technologies: asked.unknown,
        };
        for (id, candidate) in ids {
            let of = |source: &&ExperienceSource| Some(source.profile.row.candidate) == candidate;
            match sources.iter().find(of) {
                Some(source) => {
                    let as_of = source.profile.row.as_of;
                    let skills = catalog.skills(source.told(), as_of, &columns);
                    matrix.rows.push(SkillRow::of(source, &columns, skills));
                }
                None => matrix.unknown_candidates.push(id),
            }
        }
        matrix.columns = asked.known.into_iter().map(SkillColumn::from).collect();
        Ok(matrix)
    }
}

/// Returns the technology of an id or a name.
async fn asked_technology(
    context: &Context<'_>,
    asked: ID,
) -> Result<catalog::Technology, ApiError> {
    if let Ok(GlobalId::Technology(key)) = GlobalId::parse(&asked) {
        let found = technology(context, key).await?;
        return found
            .map(|Technology(found)| found)
            .ok_or(ApiError::of(ErrorCode::NotFound));
    }
    let names = [asked.0];
    check_names(&names)?;
    let catalog = &services(context).catalog;
    let found = catalog.technologies_named(access(context), &names).await?;
    let known = found.known.into_iter().next();
    known
        .map(|known| known.technology)
        .ok_or(ApiError::of(ErrorCode::NotFound))
}

fn check_matrix(candidates: &[ID], technologies: &[String]) -> Result<(), ApiError> {
    if candidates.is_empty() || technologies.is_empty() {
        return Err(ApiError::bad_input(
            "candidateIds and technologies must not be empty",
            "candidateIds と technologies は空にできません",
        ));
    }
    if candidates.len() > MAX_MATRIX || technologies.len() > MAX_MATRIX {
        return Err(ApiError::bad_input(
            "candidateIds and technologies may have 50 items each",
            "candidateIds と technologies はそれぞれ50個までです",
        ));
    }
    check_names(technologies)
}

fn check_names(names: &[String]) -> Result<(), ApiError> {
    if names.iter().any(|name| name.trim().is_empty()) {
        return Err(ApiError::bad_input(
            "the name of a technology must not be empty",
            "技術名は空にできません",
        ));
    }
    if names
        .iter()
        .any(|name| name.chars().count() > MAX_NAME_CHARS)
    {
        return Err(ApiError::bad_input(
            "the name of a technology must not exceed 200 characters",
            "技術名は200文字までです",
        ));
    }
    Ok(())
}
