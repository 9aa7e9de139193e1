//! Employers, over all documents of an organization.

use std::collections::{HashMap, HashSet};

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, LikeExpr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use unicode_normalization::UnicodeNormalization as _;

use super::batch::KEYS;
use super::entity::{employer, employment};
use super::records::stored_name;
use super::{EmployerCursor, EmployerRow, Store, StoreError};
use crate::domain::{EmployerId, EmployerName, OrganizationId};

/// The longest folded query that is looked for; no name is as long. SQLite refuses patterns above
/// 50,000 bytes.
const MAX_QUERY_BYTES: usize = 20_000;

impl Store {
    /// Returns the employers of `ids` that exist.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn employers(
        &self,
        organization: OrganizationId,
        ids: &[EmployerId],
    ) -> Result<HashMap<EmployerId, EmployerRow>, StoreError> {
        let mut employers = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(KEYS) {
            let rows = employer::Entity::find()
                .filter(employer::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(employer::Column::Id.is_in(ids.iter().map(|id| id.as_uuid())))
                .all(&self.readers)
                .await?;
            for row in rows {
                let row = EmployerRow::try_from(row)?;
                employers.insert(row.id, row);
            }
        }
        Ok(employers)
    }

    /// Returns at most `limit` employers behind `after` that current résumés have: those of most
    /// candidates first, then by name (code points), then by id.
    ///
    /// `query` is looked for in names, aliases and keys, width, case and kind of kana ignored.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn employers_page(
        &self,
        organization: OrganizationId,
        query: Option<&str>,
        after: Option<&EmployerCursor>,
        limit: u32,
    ) -> Result<Vec<EmployerRow>, StoreError> {
        let mut select = employer::Entity::find()
            .filter(employer::Column::OrganizationId.eq(organization.as_uuid()))
            .filter(employer::Column::CandidateCount.gt(0));
        if let Some(query) = query {
            let query = folded(query.trim());
            if query.len() > MAX_QUERY_BYTES {
                return Ok(Vec::new());
            }
            select = select.filter(employer::Column::SearchText.like(containing(&query)));
        }
        if let Some(after) = after {
            select = select.filter(behind(after));
        }
        let rows = select
            .order_by_desc(employer::Column::CandidateCount)
            .order_by_asc(employer::Column::Name)
            .order_by_asc(employer::Column::Id)
            .limit(u64::from(limit))
            .all(&self.readers)
            .await?;
        rows.into_iter().map(EmployerRow::try_from).collect()
    }
}

impl TryFrom<employer::Model> for EmployerRow {
    type Error = StoreError;

    fn try_from(row: employer::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.into(),
            key: row.key,
            name: row.name,
            aliases: row.aliases.0,
            is_anonymous: row.is_anonymous,
            candidate_count: u64::try_from(row.candidate_count).map_err(|_| {
                StoreError::Corrupt {
                    table: "employers",
                    column: "candidate_count",
                }
            })?,
        })
    }
}

fn behind(cursor: &EmployerCursor) -> Condition {
    let count = i64::try_from(cursor.candidate_count).unwrap_or(i64::MAX);
    let same_count = employer::Column::CandidateCount.eq(count);
    let same_name = employer::Column::Name.eq(&cursor.name);
    let later_id = employer::Column::Id.gt(cursor.id.as_uuid());
    Condition::any()
        .add(employer::Column::CandidateCount.lt(count))
        .add(
            same_count
                .clone()
                .and(employer::Column::Name.gt(&cursor.name)),
        )
        .add(same_count.and(same_name).and(later_id))
}

/// Returns the pattern of texts that contain `query`.
fn containing(query: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for character in query.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}

/// Returns `text` without differences of width, case and kind of kana.
fn folded(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .map(|character| match character {
            'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => {
                char::from_u32(u32::from(character) + 0x60).unwrap_or(character)
            }
            '\0' => '\u{fffd}',
            character => character,
        })
        .collect()
}

/// Adds the names that `name` gives and `row` does not have yet, and what searches look at.
pub(super) fn add_names(row: &mut employer::Model, name: &EmployerName) {
    for other in std::iter::once(&name.name).chain(&name.aliases) {
        let other = stored_name(other);
        if other != row.name && !row.aliases.0.contains(&other) {
            row.aliases.0.push(other);
        }
    }
    row.search_text = search_text(row);
}

fn search_text(row: &employer::Model) -> String {
    let names = std::iter::once(&row.name).chain(&row.aliases.0);
    let key = (!row.is_anonymous).then_some(&row.key);
    let names: Vec<String> = names.chain(key).map(|name| folded(name)).collect();
    names.join("\n")
}

/// Writes the names of a stored employer.
pub(super) async fn update_names(
    connection: &impl ConnectionTrait,
    row: employer::Model,
) -> Result<(), StoreError> {
    let id = row.id;
    let mut changed = row.into_active_model();
    changed.name.reset();
    changed.aliases.reset();
    changed.search_text.reset();
    employer::Entity::update_many()
        .set(changed)
        .filter(employer::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Deletes those of `ids` that no job has any more, and takes from the others the names that no job
/// gives any more. At most [`KEYS`] of them.
pub(super) async fn forget_unused(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<(), StoreError> {
    let used = Query::select()
        .expr(Expr::value(1))
        .from(employment::Entity)
        .and_where(
            Expr::col((employment::Entity, employment::Column::EmployerId))
                .equals((employer::Entity, employer::Column::Id)),
        )
        .to_owned();
    employer::Entity::delete_many()
        .filter(employer::Column::Id.is_in(ids.iter().copied()))
        .filter(Expr::exists(used).not())
        .exec(connection)
        .await?;
    let given = given_names(connection, ids).await?;
    let rows = employer::Entity::find()
        .filter(employer::Column::Id.is_in(ids.iter().copied()))
        .all(connection)
        .await?;
    for row in rows {
        let Some(given) = given.get(&row.id) else {
            continue;
        };
        let mut kept = std::iter::once(&row.name)
            .chain(&row.aliases.0)
            .filter(|name| given.contains(*name))
            .cloned();
        let mut left = row.clone();
        left.name = kept.next().unwrap_or_else(|| row.name.clone());
        left.aliases.0 = kept.collect();
        left.search_text = search_text(&left);
        if left != row {
            update_names(connection, left).await?;
        }
    }
    Ok(())
}

/// Returns the names that jobs give to each of `ids`.
async fn given_names(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, HashSet<String>>, StoreError> {
    // PostgreSQL compares no JSON, hence the cast.
    let aliases = Expr::col(employment::Column::EmployerAliases).cast_as(Alias::new("text"));
    let rows: Vec<(Uuid, String, String)> = employment::Entity::find()
        .select_only()
        .column(employment::Column::EmployerId)
        .column(employment::Column::EmployerName)
        .expr_as(aliases, "aliases")
        .distinct()
        .filter(employment::Column::EmployerId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    let mut given: HashMap<Uuid, HashSet<String>> = HashMap::new();
    for (id, name, aliases) in rows {
        let aliases: Vec<String> =
            serde_json::from_str(&aliases).map_err(|_| StoreError::Corrupt {
                table: "employments",
                column: "employer_aliases",
            })?;
        let names = std::iter::once(&name).chain(&aliases);
        given
            .entry(id)
            .or_default()
            .extend(names.map(|name| stored_name(name)));
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        assert_eq!(folded(input), expected, "{input}");
    }

    #[test]
    fn folding_ignores_width_case_and_kind_of_kana() {
        check("ﾄﾞﾜﾝｺﾞ", "ドワンゴ");
        check("どわんご", "ドワンゴ");
        check("ＤＷＡＮＧＯ", "dwango");
        check("㈱ドワンゴ", "(株)ドワンゴ");
    }
}
