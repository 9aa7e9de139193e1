//! Employers and technologies by key: finds the ones that are stored, adds the ones that are not.

use std::collections::HashMap;

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Accepted;
use crate::domain::{EmployerId, EmployerName, TechnologyName};
use crate::store::StoreError;
use crate::store::batch::{KEYS, distinct, insert_all};
use crate::store::employers;
use crate::store::entity::stored::Strings;
use crate::store::entity::{employer, technology};
use crate::store::records::{namings, stored_key, stored_name};

/// The identities of what the accepted documents name.
pub(super) struct Names {
    /// By key; the anonymous ones are not among them.
    employers: HashMap<String, Uuid>,
    /// By résumé and place of the job.
    anonymous: HashMap<(Uuid, usize), Uuid>,
    technologies: HashMap<String, Uuid>,
}

impl Names {
    /// Stores what is new of the names in `accepted`, and returns the identities of all.
    pub(super) async fn store(
        connection: &impl ConnectionTrait,
        organization: Uuid,
        accepted: &[Accepted<'_>],
    ) -> Result<Self, StoreError> {
        Ok(Self {
            anonymous: store_anonymous(connection, organization, accepted).await?,
            employers: store_employers(connection, organization, accepted).await?,
            technologies: store_technologies(connection, organization, accepted).await?,
        })
    }

    /// Returns the employer of the job at `place` of the document.
    pub(super) fn employer(&self, resume: Uuid, place: usize, name: &EmployerName) -> Uuid {
        if name.is_anonymous {
            self.anonymous[&(resume, place)]
        } else {
            self.employers[&stored_key(&name.key)]
        }
    }

    /// Returns the technology of this name.
    pub(super) fn technology(&self, name: &TechnologyName) -> Uuid {
        self.technologies[&stored_key(&name.key)]
    }
}

/// Stores one employer for each job whose employer is not named.
async fn store_anonymous(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    accepted: &[Accepted<'_>],
) -> Result<HashMap<(Uuid, usize), Uuid>, StoreError> {
    let mut ids = HashMap::new();
    let mut rows = Vec::new();
    for accepted in accepted {
        for (place, job) in accepted.import.resume.stints.employments.iter().enumerate() {
            if !job.employer.is_anonymous {
                continue;
            }
            let id = EmployerId::new().as_uuid();
            ids.insert((accepted.resume, place), id);
            let mut row = employer::Model {
                id,
                organization_id: organization,
                key: format!("anonymous:{id}"),
                name: stored_name(&job.employer.name),
                aliases: Strings::default(),
                is_anonymous: true,
                search_text: String::new(),
                candidate_count: 0,
            };
            employers::add_names(&mut row, &job.employer);
            rows.push(row);
        }
    }
    insert_all::<employer::Entity, _>(connection, rows).await?;
    Ok(ids)
}

async fn store_employers(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    accepted: &[Accepted<'_>],
) -> Result<HashMap<String, Uuid>, StoreError> {
    let named: Vec<(String, &EmployerName)> = accepted
        .iter()
        .flat_map(|accepted| &accepted.import.resume.stints.employments)
        .filter(|job| !job.employer.is_anonymous)
        .map(|job| (stored_key(&job.employer.key), &job.employer))
        .collect();
    let mut known = HashMap::new();
    for keys in distinct(named.iter().map(|(key, _)| key.clone())).chunks(KEYS) {
        let rows = employer::Entity::find()
            .filter(employer::Column::OrganizationId.eq(organization))
            .filter(employer::Column::Key.is_in(keys))
            .all(connection)
            .await?;
        known.extend(rows.into_iter().map(|row| (row.key.clone(), row)));
    }
    let before = known.clone();
    for (key, name) in named {
        let row = known.entry(key.clone()).or_insert_with(|| employer::Model {
            id: EmployerId::new().as_uuid(),
            organization_id: organization,
            key,
            name: stored_name(&name.name),
            aliases: Strings::default(),
            is_anonymous: false,
            search_text: String::new(),
            candidate_count: 0,
        });
        employers::add_names(row, name);
    }
    let ids = known
        .values()
        .map(|row| (row.key.clone(), row.id))
        .collect();
    let (changed, new): (Vec<_>, Vec<_>) = known
        .into_values()
        .filter(|row| before.get(&row.key) != Some(row))
        .partition(|row| before.contains_key(&row.key));
    for row in changed {
        employers::update_names(connection, row).await?;
    }
    insert_all::<employer::Entity, _>(connection, new).await?;
    Ok(ids)
}

async fn store_technologies(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    accepted: &[Accepted<'_>],
) -> Result<HashMap<String, Uuid>, StoreError> {
    let mut named: HashMap<String, &TechnologyName> = HashMap::new();
    for accepted in accepted {
        for (name, _) in namings(&accepted.import.resume) {
            named
                .entry(stored_key(&name.key))
                .and_modify(|known| {
                    if name.is_listed {
                        *known = name;
                    }
                })
                .or_insert(name);
        }
    }
    let mut known = HashMap::new();
    for keys in distinct(named.keys().cloned()).chunks(KEYS) {
        let rows = technology::Entity::find()
            .filter(technology::Column::OrganizationId.eq(organization))
            .filter(technology::Column::Key.is_in(keys))
            .all(connection)
            .await?;
        known.extend(rows.into_iter().map(|row| (row.key.clone(), row)));
    }
    let mut new = Vec::new();
    let mut ids = HashMap::new();
    for (key, name) in named {
        let stored_name = stored_name(&name.name);
        let Some(row) = known.remove(&key) else {
            let id = uuid::Uuid::now_v7();
            ids.insert(key.clone(), id);
            new.push(technology::Model {
                id,
                organization_id: organization,
                key,
                name: stored_name,
                is_listed: name.is_listed,
                candidate_count: 0,
                naming_count: 0,
            });
            continue;
        };
        // The lexicon's word is better than a document's, and its newest is the one that holds.
        if name.is_listed && !(row.is_listed && row.name == stored_name) {
            technology::Entity::update_many()
                .col_expr(technology::Column::Name, Expr::value(stored_name))
                .col_expr(technology::Column::IsListed, Expr::value(true))
                .filter(technology::Column::Id.eq(row.id))
                .exec(connection)
                .await?;
        }
        ids.insert(key, row.id);
    }
    insert_all::<technology::Entity, _>(connection, new).await?;
    Ok(ids)
}
