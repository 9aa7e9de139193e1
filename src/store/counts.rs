//! How many candidates have an employer or a technology, kept with the rows so that lists can be
//! ordered by it. Only current résumés count; a candidate has one, so it counts once.

use std::collections::{BTreeMap, HashMap};

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::StoreError;
use super::batch::{KEYS, distinct};
use super::entity::stored::StoredGrade;
use super::entity::{employer, employment, resume_technology, technology};

/// By how much the counts of employers and technologies change.
#[derive(Default)]
pub(super) struct Counts {
    employers: HashMap<Uuid, i64>,
    /// Candidates that declare it or stronger, and candidates that name it.
    technologies: HashMap<Uuid, (i64, i64)>,
}

impl Counts {
    /// Counts one current résumé: `sign` is 1 for one that comes, -1 for one that goes.
    pub(super) fn add(
        &mut self,
        employers: &[Uuid],
        technologies: &[(Uuid, StoredGrade)],
        sign: i64,
    ) {
        for employer in distinct(employers.iter().copied()) {
            *self.employers.entry(employer).or_default() += sign;
        }
        for &(technology, grade) in technologies {
            let (declared, named) = self.technologies.entry(technology).or_default();
            *named += sign;
            if grade >= StoredGrade::Declared {
                *declared += sign;
            }
        }
    }

    /// Counts stored résumés, at most [`KEYS`] of them.
    pub(super) async fn add_resumes(
        &mut self,
        connection: &impl ConnectionTrait,
        resumes: &[Uuid],
        sign: i64,
    ) -> Result<(), StoreError> {
        let employers: Vec<(Uuid, Uuid)> = employment::Entity::find()
            .select_only()
            .column(employment::Column::ResumeId)
            .column(employment::Column::EmployerId)
            .distinct()
            .filter(employment::Column::ResumeId.is_in(resumes.iter().copied()))
            .into_tuple()
            .all(connection)
            .await?;
        for (_, employer) in employers {
            self.add(&[employer], &[], sign);
        }
        let technologies = resume_technology::Entity::find()
            .filter(resume_technology::Column::ResumeId.is_in(resumes.iter().copied()))
            .all(connection)
            .await?;
        for row in technologies {
            self.add(&[], &[(row.technology_id, row.grade)], sign);
        }
        Ok(())
    }

    /// Writes the changes: one statement for all rows that change by the same number.
    pub(super) async fn apply(self, connection: &impl ConnectionTrait) -> Result<(), StoreError> {
        for (change, employers) in grouped(self.employers, 0) {
            let count = Expr::col(employer::Column::CandidateCount).add(change);
            for employers in employers.chunks(KEYS) {
                employer::Entity::update_many()
                    .col_expr(employer::Column::CandidateCount, count.clone())
                    .filter(employer::Column::Id.is_in(employers.iter().copied()))
                    .exec(connection)
                    .await?;
            }
        }
        for ((declared, named), technologies) in grouped(self.technologies, (0, 0)) {
            let declared = Expr::col(technology::Column::CandidateCount).add(declared);
            let named = Expr::col(technology::Column::NamingCount).add(named);
            for technologies in technologies.chunks(KEYS) {
                technology::Entity::update_many()
                    .col_expr(technology::Column::CandidateCount, declared.clone())
                    .col_expr(technology::Column::NamingCount, named.clone())
                    .filter(technology::Column::Id.is_in(technologies.iter().copied()))
                    .exec(connection)
                    .await?;
            }
        }
        Ok(())
    }
}

/// Returns the rows of each change, without those that do not change.
fn grouped<C: Ord + Copy>(changes: HashMap<Uuid, C>, none: C) -> BTreeMap<C, Vec<Uuid>> {
    let mut grouped: BTreeMap<C, Vec<Uuid>> = BTreeMap::new();
    for (id, change) in changes {
        if change != none {
            grouped.entry(change).or_default().push(id);
        }
    }
    grouped
}
