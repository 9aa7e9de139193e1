use async_graphql::{Context, Object};

use super::enums::Grade;
use super::technology::Technology;
use crate::domain;
use crate::graphql::scalars::YearMonth;
use crate::graphql::services;

/// A certificate.
pub(in crate::graphql) struct Certification(pub(super) domain::Certification);

/// A certificate of the person.
#[Object]
impl Certification {
    /// The name as written, without the date.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// When it was acquired.
    async fn acquired(&self) -> Option<YearMonth> {
        self.0.acquired.map(YearMonth)
    }

    /// The technology that it certifies.
    async fn technology(&self, context: &Context<'_>) -> Option<Technology> {
        let name = self.0.technology.as_ref()?;
        Some(Technology(services(context).catalog.technology(name)))
    }

    /// How strong it is as evidence of its technology: always CERTIFIED.
    async fn grade(&self) -> Grade {
        Grade::Certified
    }

    /// Its line in the résumé, from 1.
    async fn line(&self) -> u32 {
        self.0.line
    }
}
