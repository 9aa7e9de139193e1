//! A database of its own for each test, on each engine.

use sea_orm::{ConnectionTrait as _, Database};
use tempfile::TempDir;

use super::super::{Store, StoreOptions};
use crate::domain::OrganizationId;

/// Runs each of the named functions on SQLite, and on PostgreSQL when `TEST_POSTGRES_URL` names a
/// database whose user may create others.
macro_rules! on_both_engines {
    ($($case:ident,)+) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    let database = super::engines::TestDatabase::sqlite().await;
                    super::$case(&database).await;
                }
            )+
        }

        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    if let Some(database) = super::engines::TestDatabase::postgres().await {
                        super::$case(&database).await;
                    }
                }
            )+
        }
    };
}
pub(super) use on_both_engines;

/// A migrated database with the organization `default`. It goes when this does.
pub(super) struct TestDatabase {
    pub(super) store: Store,
    pub(super) options: StoreOptions,
    owner: Owner,
}

enum Owner {
    Folder(TempDir),
    Postgres { admin_url: String, name: String },
}

impl TestDatabase {
    pub(super) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        Self::open(url, Owner::Folder(folder)).await
    }

    pub(super) async fn postgres() -> Option<Self> {
        let admin_url = std::env::var("TEST_POSTGRES_URL").ok()?;
        let name = format!("store_{}", uuid::Uuid::now_v7().simple());
        execute(&admin_url, &format!("CREATE DATABASE {name}")).await;
        let (server, _) = admin_url.rsplit_once('/').expect("a URL with a database");
        let url = format!("{server}/{name}");
        let owner = Owner::Postgres {
            admin_url: admin_url.clone(),
            name,
        };
        Some(Self::open(url, owner).await)
    }

    async fn open(url: String, owner: Owner) -> Self {
        let options = StoreOptions {
            url,
            max_connections: 4,
        };
        let store = Store::connect(&options).await.expect("a database");
        store.migrate().await.expect("a schema");
        store
            .ensure_organization(OrganizationId::DEFAULT, "default")
            .await
            .expect("an organization");
        Self {
            store,
            options,
            owner,
        }
    }
}

impl TestDatabase {
    /// The bytes of the database's files, where it has its own.
    pub(super) fn files(&self) -> Vec<u8> {
        let Owner::Folder(folder) = &self.owner else {
            return Vec::new();
        };
        let files = std::fs::read_dir(folder.path()).expect("a folder");
        files
            .flat_map(|file| std::fs::read(file.expect("a file").path()).expect("a file"))
            .collect()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Owner::Postgres { admin_url, name } = &self.owner else {
            return;
        };
        let (admin_url, name) = (admin_url.clone(), name.clone());
        // A runtime of its own: this runs inside that of the test, also when the test failed.
        let dropping = std::thread::spawn(move || {
            tokio::runtime::Runtime::new()
                .expect("a runtime")
                .block_on(execute(
                    &admin_url,
                    &format!("DROP DATABASE {name} WITH (FORCE)"),
                ));
        });
        dropping.join().ok();
    }
}

async fn execute(url: &str, statement: &str) {
    let connection = Database::connect(url).await.expect("a server");
    connection
        .execute_unprepared(statement)
        .await
        .expect("a statement that the server takes");
}
