//! The schema over a database and an index of its own.

// Each test file is a crate of its own and uses a part of this.
#![allow(dead_code)]

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Request, Variables};
use serde_json::{Value, json};
use shokureki::access::{AuditLog, EmbedTokens};
use shokureki::catalog::Catalog;
use shokureki::domain::{Access, OrganizationId};
use shokureki::graphql::{Locale, Schema, Services, schema};
use shokureki::ingest::{ImportJobs, Importer, Indexer, IndexerOptions, JobOptions};
use shokureki::search::{SearchOptions, Searcher};
use shokureki::store::{Store, StoreOptions};
use shokureki_index::lexicon::Lexicon;
use tempfile::TempDir;

/// The schema with everything below it, in a folder that goes with it.
pub(crate) struct TestSchema {
    pub schema: Schema,
    pub store: Store,
    pub indexer: Indexer,
    folder: TempDir,
}

impl TestSchema {
    /// Begins with an empty database.
    pub(crate) async fn new() -> Self {
        Self::in_folder(TempDir::new().expect("a folder")).await
    }

    /// Begins with these documents, each given as external id and Markdown.
    pub(crate) async fn with(documents: &[(&str, &str)]) -> Self {
        let test = Self::new().await;
        for (external_id, text) in documents {
            test.import(external_id, text).await;
        }
        test
    }

    async fn in_folder(folder: TempDir) -> Self {
        let options = SearchOptions {
            budget: Duration::from_secs(60),
            ..SearchOptions::default()
        };
        Self::with_searches(folder, options, usize::MAX, || {}).await
    }

    /// Begins with an empty database and at most `max_open` open indexes.
    pub(crate) async fn bounded(max_open: usize) -> Self {
        let folder = TempDir::new().expect("a folder");
        Self::with_searches(folder, SearchOptions::default(), max_open, || {}).await
    }

    /// Begins with an empty database; `before` is called on the blocking thread of each search before
    /// it reads the index.
    pub(crate) async fn searching(
        options: SearchOptions,
        before: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let folder = TempDir::new().expect("a folder");
        Self::with_searches(folder, options, usize::MAX, before).await
    }

    async fn with_searches(
        folder: TempDir,
        searches: SearchOptions,
        max_open: usize,
        before: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let url = format!(
            "sqlite://{}?mode=rwc",
            folder.path().join("test.db").display()
        );
        let options = StoreOptions {
            url,
            max_connections: 4,
        };
        let store = Store::connect(&options).await.expect("the database opens");
        store.migrate().await.expect("the tables are made");
        let organization = OrganizationId::DEFAULT;
        store
            .ensure_organization(organization, "default")
            .await
            .expect("it is stored");
        let lexicon = Lexicon::builtin();
        let mut options = IndexerOptions::new(folder.path().join("index"));
        // Statements are counted: no look at the change log but when told to.
        options.poll_interval = Duration::from_secs(3600);
        options.max_open = max_open;
        let indexer = Indexer::new(store.clone(), lexicon, options);
        indexer.open(organization).await.expect("the index opens");
        let indexes = indexer.clone();
        let importer = Importer::new(store.clone(), lexicon, indexer.clone());
        let services = Services {
            audit: AuditLog::new(store.clone()),
            embed_tokens: EmbedTokens::new(store.clone()),
            catalog: Catalog::new(store.clone(), lexicon),
            searcher: Searcher::new(
                store.clone(),
                lexicon,
                Arc::new(move |organization| {
                    before();
                    indexes.index(organization)
                }),
                searches,
            ),
            importer: importer.clone(),
            jobs: ImportJobs::new(importer, JobOptions::default()),
            indexer: indexer.clone(),
            index_patience: Duration::from_secs(60),
        };
        Self {
            schema: schema(services),
            store,
            indexer,
            folder,
        }
    }

    /// Returns how many statements the answer to `document` takes, the least of several tries: the task
    /// that follows the change log may look once more after an import, and on a busy machine keys that
    /// come more than a millisecond late are loaded apart.
    pub(crate) async fn statements(&self, document: &str, variables: &Value) -> u64 {
        let mut least = u64::MAX;
        for _ in 0..5 {
            let before = self.store.statement_count();
            self.data(document, variables.clone()).await;
            least = least.min(self.store.statement_count() - before);
        }
        least
    }

    /// The folder of the database and the index.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Stops, deletes the index and starts again.
    pub(crate) async fn restarted_without_index(self) -> Self {
        self.indexer.shutdown().await;
        let Self {
            schema,
            store,
            indexer,
            folder,
        } = self;
        drop((schema, store, indexer));
        std::fs::remove_dir_all(folder.path().join("index")).expect("it is deleted");
        let test = Self::in_folder(folder).await;
        let wait = test
            .indexer
            .wait_until_current(OrganizationId::DEFAULT, Duration::from_secs(60));
        wait.await.expect("it catches up");
        test
    }

    /// Imports a Markdown document and waits until it is found; returns the candidate's id.
    pub(crate) async fn import(&self, external_id: &str, text: &str) -> String {
        let data = self
            .data(
                "mutation($input: ImportResumeInput!) { importResume(input: $input) {
                    candidate { id } isIndexed userErrors { field code message } } }",
                json!({ "input": { "externalId": external_id, "fileName": "r.md", "text": text } }),
            )
            .await;
        let payload = &data["importResume"];
        assert_eq!(payload["userErrors"], json!([]));
        assert_eq!(payload["isIndexed"], json!(true));
        payload["candidate"]["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    }

    /// Answers a document, errors and all.
    pub(crate) async fn answer(&self, document: &str, variables: Value) -> Value {
        self.answer_in(Locale::English, document, variables).await
    }

    /// Answers a document in a language.
    pub(crate) async fn answer_in(
        &self,
        locale: Locale,
        document: &str,
        variables: Value,
    ) -> Value {
        let request = Request::new(document)
            .variables(Variables::from_json(variables))
            .data(locale);
        self.execute(request, Access::local()).await
    }

    /// Answers a document for a caller.
    pub(crate) async fn answer_as(
        &self,
        access: Access,
        document: &str,
        variables: Value,
    ) -> Value {
        let request = Request::new(document).variables(Variables::from_json(variables));
        self.execute(request, access).await
    }

    async fn execute(&self, request: Request, access: Access) -> Value {
        let response = self.schema.execute(request.data(access)).await;
        serde_json::to_value(response).expect("it is JSON")
    }

    /// Answers a document that has no error.
    #[track_caller]
    pub(crate) fn data(&self, document: &str, variables: Value) -> impl Future<Output = Value> {
        let caller = std::panic::Location::caller();
        let answer = self.answer(document, variables);
        async move {
            let mut answer = answer.await;
            assert!(answer.get("errors").is_none(), "{caller}: {answer}");
            answer["data"].take()
        }
    }

    /// Returns the external ids that a query and filter find, sorted.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the JSON in place"
    )]
    pub(crate) fn find(&self, query: &str, filter: Value) -> impl Future<Output = Vec<String>> {
        let query = Some(query).filter(|query| !query.is_empty());
        let data = self.data(
            "query($query: String, $filter: CandidateFilter) {
                searchCandidates(query: $query, filter: $filter) { nodes { externalId } } }",
            json!({ "query": query, "filter": filter }),
        );
        async move {
            let data = data.await;
            let nodes = data["searchCandidates"]["nodes"]
                .as_array()
                .expect("a list")
                .clone();
            let ids = nodes
                .iter()
                .map(|node| node["externalId"].as_str().expect("an id").to_owned());
            let mut ids: Vec<String> = ids.collect();
            ids.sort();
            ids
        }
    }

    /// Returns the code of the only error of an answer.
    pub(crate) async fn code(&self, document: &str, variables: Value) -> String {
        let answer = self.answer(document, variables).await;
        let errors = answer["errors"]
            .as_array()
            .unwrap_or_else(|| panic!("no error: {answer}"));
        errors[0]["extensions"]["code"]
            .as_str()
            .expect("a code")
            .to_owned()
    }
}

/// An invented engineer who did video delivery, then drones, then retail: the shape of a document with
/// technology lists under projects.
pub(crate) const MINATO: &str = include_str!("minato.md");

/// An invented engineer in finance, with a skill table, certificates and wishes.
pub(crate) const SAKAKI: &str = include_str!("sakaki.md");
