//! Databases of their own on both engines, for tests that need no more than an address.

use sea_orm::{ConnectionTrait as _, Database};
use shokureki::config::{Config, ServerSettings, Settings};
use tempfile::TempDir;

/// An empty database and a folder for the rest. It goes when this does.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) database_url: String,
    /// The server and the name of a database to drop.
    made: Option<(String, String)>,
}

impl Place {
    /// On SQLite.
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("shokureki.db");
        Self {
            database_url: format!("sqlite://{}?mode=rwc", database.display()),
            folder,
            made: None,
        }
    }

    /// On PostgreSQL, when `TEST_POSTGRES_URL` names a server whose user may make databases.
    pub(crate) async fn postgres() -> Option<Self> {
        let server = std::env::var("TEST_POSTGRES_URL").ok()?;
        let name = format!("place_{}", uuid::Uuid::now_v7().simple());
        execute(&server, &format!("CREATE DATABASE {name}")).await;
        let (address, _) = server.rsplit_once('/').expect("a URL with a database");
        Some(Self {
            folder: tempfile::tempdir().expect("a folder"),
            database_url: format!("{address}/{name}"),
            made: Some((server, name)),
        })
    }

    /// On the engine of that name; `None` when there is no such server.
    pub(crate) async fn on(engine: &str) -> Option<Self> {
        match engine {
            "SQLite" => Some(Self::sqlite()),
            _ => Self::postgres().await,
        }
    }

    /// The configuration of a program that works here.
    pub(crate) fn config(&self) -> Config {
        let settings = Settings {
            data_dir: Some(self.folder.path().to_owned()),
            database_url: Some(self.database_url.clone()),
            ..Settings::default()
        };
        Config::assemble(settings, &ServerSettings::default()).expect("a valid configuration")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((server, name)) = self.made.take() else {
            return;
        };
        // A runtime of its own: this runs inside that of the test, also when the test failed.
        let dropping = std::thread::spawn(move || {
            let sql = format!("DROP DATABASE {name} WITH (FORCE)");
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            runtime.block_on(execute(&server, &sql));
        });
        dropping.join().ok();
    }
}

/// Runs a statement on the database at `url`.
pub(crate) async fn execute(url: &str, statement: &str) {
    let connection = Database::connect(url).await.expect("a server");
    connection
        .execute_unprepared(statement)
        .await
        .expect("a statement that the server takes");
    connection.close().await.expect("it is closed");
}
