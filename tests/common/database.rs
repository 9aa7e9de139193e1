//! The database below a server that runs.

use sea_orm::{ConnectionTrait as _, Database};

use super::app::TestApp;

/// Changes one row behind the server's back.
pub(crate) async fn execute(app: &TestApp, sql: &str) {
    let path = app.data.path().join("shokureki.db");
    let database = Database::connect(format!("sqlite://{}", path.display()));
    let database = database.await.expect("it opens");
    let changed = database.execute_unprepared(sql).await.expect("it runs");
    assert_eq!(changed.rows_affected(), 1, "{sql}");
}
