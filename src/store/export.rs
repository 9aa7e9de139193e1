//! Everything that is held of one candidate.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    Statement, Value,
};
use serde_json::{Map, Value as Json, json};

use super::batch::KEYS;
use super::entity::candidate;
use super::shape::{ColumnKind, Table, TableShape, quoted, tables};
use super::transfer::{read, selected};
use super::{NewAuditEntry, Store, StoreError, audit, organizations};
use crate::domain::{Actor, AuditAction, CandidateId, OrganizationId};

/// The table that all others of a candidate lead to.
const CANDIDATES: &str = "candidates";

/// What a row of another table names the candidate by where no key leads there.
const CANDIDATE_ID: &str = "candidate_id";

/// The table that leads to other people.
const ORGANIZATIONS: &str = "organizations";

impl Store {
    /// Returns every row that is about the candidate, documents with their bytes (base64) included, and
    /// records that it was handed out; `None` when the organization has no such candidate.
    ///
    /// The tables and what refers to what are those that the database has, so that nothing is left out
    /// that a later migration adds. Rows are objects by the names of columns, tables lists of rows:
    /// `{"candidateId", "tables": {"resumes": [{"id", …}], …}}`.
    ///
    /// # Errors
    /// [`StoreError::UnknownOrganization`], or what the database answers.
    pub async fn export(
        &self,
        organization: OrganizationId,
        actor: &Actor,
        candidate: CandidateId,
    ) -> Result<Option<Json>, StoreError> {
        let writing = self.begin_write().await?;
        let transaction = &writing.transaction;
        organizations::lock(transaction, organization.as_uuid()).await?;
        let found = candidate::Entity::find_by_id(candidate.as_uuid())
            .filter(candidate::Column::OrganizationId.eq(organization.as_uuid()));
        if found.one(transaction).await?.is_none() {
            return Ok(None);
        }
        let entry = NewAuditEntry {
            actor: actor.clone(),
            action: AuditAction::Export,
            candidate: Some(candidate),
            detail: None,
        };
        audit::append(transaction, organization.as_uuid(), &[entry]).await?;
        let exported = everything(transaction, candidate).await?;
        writing.commit().await?;
        Ok(Some(
            json!({ "candidateId": candidate.to_string(), "tables": exported }),
        ))
    }
}

async fn everything(
    transaction: &DatabaseTransaction,
    candidate: CandidateId,
) -> Result<BTreeMap<String, Vec<Json>>, StoreError> {
    let tables = tables(transaction).await?;
    let mut keys: HashMap<&str, Vec<Uuid>> = HashMap::new();
    keys.insert(CANDIDATES, vec![candidate.as_uuid()]);
    let mut exported = BTreeMap::new();
    // What the candidate's rows name that others may name too, such as employers.
    let mut named: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for table in &tables {
        let Some((column, ids)) = leading(table, &keys) else {
            continue;
        };
        let rows = rows_with(transaction, &table.shape, column, &ids).await?;
        keys.insert(&table.shape.name, uuids(&rows, "id").collect());
        for reference in &table.references {
            if reference.table != ORGANIZATIONS && !keys.contains_key(reference.table.as_str()) {
                let columns = reference.columns.iter();
                let ids = columns.flat_map(|column| uuids(&rows, column));
                named.entry(&reference.table).or_default().extend(ids);
            }
        }
        if !rows.is_empty() {
            exported.insert(table.shape.name.clone(), rows);
        }
    }
    for (name, ids) in named {
        let Some(table) = tables.iter().find(|table| table.shape.name == name) else {
            continue;
        };
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let rows = rows_with(transaction, &table.shape, "id", &ids).await?;
        exported.insert(name.to_owned(), rows);
    }
    Ok(exported)
}

/// Returns the column of `table` that leads to rows of the candidate, and the keys that it then has.
fn leading<'t>(table: &'t Table, keys: &HashMap<&str, Vec<Uuid>>) -> Option<(&'t str, Vec<Uuid>)> {
    if table.shape.name == CANDIDATES {
        return Some(("id", keys[CANDIDATES].clone()));
    }
    let by_key = table.references.iter().find_map(|reference| {
        let [column] = reference.columns.as_slice() else {
            return None;
        };
        Some((column.as_str(), keys.get(reference.table.as_str())?.clone()))
    });
    by_key.or_else(|| {
        let mut columns = table.shape.columns.iter();
        let column = columns.find(|column| column.name == CANDIDATE_ID)?;
        Some((column.name.as_str(), keys[CANDIDATES].clone()))
    })
}

/// Returns the rows of `table` whose `column` has one of `ids`.
async fn rows_with(
    transaction: &DatabaseTransaction,
    table: &TableShape,
    column: &str,
    ids: &[Uuid],
) -> Result<Vec<Json>, StoreError> {
    let backend = transaction.get_database_backend();
    let mut rows = Vec::new();
    for ids in ids.chunks(KEYS) {
        let places: Vec<String> = (1..=ids.len())
            .map(|number| match backend {
                DbBackend::Postgres => format!("${number}"),
                _ => "?".to_owned(),
            })
            .collect();
        let sql = format!(
            "{} WHERE {} IN ({})",
            selected(table, backend),
            quoted(column),
            places.join(", ")
        );
        let values = ids.iter().map(|id| Value::from(*id));
        let statement = Statement::from_sql_and_values(backend, sql, values);
        for row in transaction.query_all_raw(statement).await? {
            let mut object = Map::new();
            for (index, column) in table.columns.iter().enumerate() {
                let value = read(&row, index, column.kind)?;
                object.insert(column.name.clone(), unfolded(value, column.kind));
            }
            rows.push(Json::Object(object));
        }
    }
    Ok(rows)
}

/// Columns of JSON hold it as text.
fn unfolded(value: Json, kind: ColumnKind) -> Json {
    match (&value, kind) {
        (Json::String(text), ColumnKind::Json | ColumnKind::Jsonb) => {
            serde_json::from_str(text).unwrap_or(value)
        }
        _ => value,
    }
}

fn uuids<'r>(rows: &'r [Json], column: &'r str) -> impl Iterator<Item = Uuid> + 'r {
    let values = rows.iter().filter_map(move |row| row.get(column)?.as_str());
    values.filter_map(|text| text.parse().ok())
}
