use async_graphql::{Context, ID, Object};

use super::enums::TechnologyKind;
use crate::catalog;
use crate::graphql::error::ApiError;
use crate::graphql::id::GlobalId;
use crate::graphql::loaders::CountOf;
use crate::graphql::{loaders, services};

/// A technology.
#[derive(Clone, Debug)]
pub(in crate::graphql) struct Technology(pub(in crate::graphql) catalog::Technology);

/// A technology: an entry of the lexicon, or a name that only résumés know.
#[Object]
impl Technology {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        GlobalId::Technology(self.0.key.clone()).into()
    }

    /// The canonical name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What sort of thing it is.
    async fn kind(&self) -> TechnologyKind {
        self.0.kind.into()
    }

    /// Other spellings, in Latin letters and katakana.
    async fn aliases(&self) -> &[String] {
        &self.0.aliases
    }

    /// What it is a part of (AWS Lambda of AWS).
    async fn part_of(&self, context: &Context<'_>) -> Option<Technology> {
        let whole = self.0.part_of.as_ref()?;
        services(context).catalog.listed_technology(whole).map(Self)
    }

    /// Whether the lexicon has it.
    async fn is_listed(&self) -> bool {
        self.0.is_listed
    }

    /// Candidates whose current résumé names it with the grade DECLARED or stronger.
    async fn candidate_count(&self, context: &Context<'_>) -> Result<u64, ApiError> {
        let row = loaders(context).one(CountOf(self.0.key.clone())).await?;
        Ok(row.map_or(0, |row| row.candidate_count))
    }

    /// Months of use at work, summed over the candidates: of each the union of the dated stints that name
    /// it, so that parallel stints do not count twice. Parts do not count as their whole here, as in
    /// `candidateCount`.
    async fn total_months(&self, context: &Context<'_>) -> Result<u64, ApiError> {
        loaders(context).months_of(self.0.key.clone()).await
    }
}
