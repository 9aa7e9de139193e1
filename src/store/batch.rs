//! Many rows or keys in few statements, within what the engines let one statement bind.

use std::hash::Hash;

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Iterable,
};

use super::StoreError;

/// Values bound by one statement that inserts. More gain nothing; SQLite allows 32,766.
const INSERT_VALUES: usize = 8_000;

/// Keys bound by one statement that selects, updates or deletes; below SQLite's 32,766 and
/// PostgreSQL's 65,535 with room for other values.
pub(super) const KEYS: usize = 30_000;

/// Inserts `rows` in as few statements as the engine allows, in their order.
pub(super) async fn insert_all<E, A>(
    connection: &impl ConnectionTrait,
    rows: Vec<E::Model>,
) -> Result<(), StoreError>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
{
    let rows_at_once = (INSERT_VALUES / E::Column::iter().count()).max(1);
    let mut rows = rows.into_iter();
    loop {
        let chunk: Vec<A> = rows
            .by_ref()
            .take(rows_at_once)
            .map(IntoActiveModel::into_active_model)
            .collect();
        if chunk.is_empty() {
            return Ok(());
        }
        E::insert_many(chunk)
            .exec_without_returning(connection)
            .await?;
    }
}

/// Returns `keys` sorted, each once.
pub(super) fn distinct<K: Ord + Hash>(keys: impl IntoIterator<Item = K>) -> Vec<K> {
    let mut keys: Vec<K> = keys.into_iter().collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
