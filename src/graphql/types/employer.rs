use async_graphql::{ID, Object};

use crate::catalog::EmployerRow;
use crate::graphql::id::GlobalId;

/// An employer.
#[derive(Clone, Debug)]
pub(in crate::graphql) struct Employer(pub(in crate::graphql) EmployerRow);

/// An employer: one identity for all spellings of its name (株式会社ドワンゴ, ㈱ドワンゴ, Dwango).
#[Object]
impl Employer {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        GlobalId::Employer(self.0.id).into()
    }

    /// The name as the first résumé writes it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Every other name that résumés give it.
    async fn aliases(&self) -> &[String] {
        &self.0.aliases
    }

    /// Whether the name hides who it was (A社, 大手EC企業). Such employers are never merged.
    async fn is_anonymous(&self) -> bool {
        self.0.is_anonymous
    }

    /// Candidates whose current résumé has it.
    async fn candidate_count(&self) -> u64 {
        self.0.candidate_count
    }
}
