//! Takes what was deleted out of the database's own files.

use sea_orm::{ConnectionTrait as _, DbBackend};

use super::shape::{quoted, tables};
use super::{Store, StoreError};

impl Store {
    /// Writes every table anew, so that the database's files hold no deleted row any more; whoever reads
    /// or writes a table waits until it is done.
    ///
    /// PostgreSQL's `VACUUM` alone lets rows be overwritten but leaves their bytes, and samples of values
    /// stay in its statistics; it does what the user may: tables of others are left out. What is in
    /// write-ahead logs goes with them.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn compact(&self) -> Result<(), StoreError> {
        if self.writers.get_database_backend() == DbBackend::Sqlite {
            self.writers.execute_unprepared("VACUUM").await?;
            return self.empty_log().await;
        }
        for table in tables(&self.writers).await? {
            let table = quoted(&table.shape.name);
            let vacuum = format!("VACUUM (FULL, ANALYZE) {table}");
            self.writers.execute_unprepared(&vacuum).await?;
        }
        let statistics = "VACUUM (FULL) pg_catalog.pg_statistic";
        self.writers.execute_unprepared(statistics).await?;
        Ok(())
    }
}
