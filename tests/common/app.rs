//! The application on a free port, over a database and an index of its own; tests speak HTTP to it.

use std::time::Duration;

use serde_json::{Value, json};
use shokureki::app::App;
use shokureki::config::{Config, ServerSettings, Settings};
use shokureki::http;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A running server.
pub(crate) struct TestApp {
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    /// A client without redirects.
    pub(crate) client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<()>>,
    /// Holds the database and the index.
    pub(crate) data: tempfile::TempDir,
}

impl TestApp {
    /// Starts one with the default options.
    pub(crate) async fn start() -> Self {
        Self::start_with(ServerSettings::default()).await
    }

    /// Starts one with these options of the server.
    pub(crate) async fn start_with(server: ServerSettings) -> Self {
        Self::start_configured(server, |_| {}).await
    }

    /// Starts one with these options of the server, and what `change` makes of the configuration.
    pub(crate) async fn start_configured(
        server: ServerSettings,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let data = tempfile::tempdir().expect("a directory");
        let settings = Settings {
            data_dir: Some(data.path().to_owned()),
            ..Settings::default()
        };
        let server = ServerSettings {
            listen: Some(([127, 0, 0, 1], 0).into()),
            ..server
        };
        let mut config = Config::assemble(settings, &server).expect("a valid configuration");
        change(&mut config);
        let app = App::open(&config).await.expect("the application opens");
        let listener = http::bind(&config.http).await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(async move {
            let shutdown = async {
                // A dropped sender stops the server as well.
                let _ = stopped.await;
            };
            app.serve(listener, &config.http, shutdown).await;
        });
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(60))
            .build()
            .expect("a client");
        Self {
            url,
            client,
            stop: Some(stop),
            server: Some(server),
            data,
        }
    }

    /// Tells the server to stop, and waits until it has.
    pub(crate) async fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The server may have ended by itself.
            let _ = stop.send(());
        }
        if let Some(server) = self.server.take() {
            server.await.expect("the server ends in order");
        }
    }

    /// Posts `body` to `/graphql` as JSON.
    pub(crate) async fn post(&self, body: &Value) -> reqwest::Response {
        self.client
            .post(format!("{}/graphql", self.url))
            .json(body)
            .send()
            .await
            .expect("an answer")
    }

    /// Runs a query and returns its answer, errors included.
    pub(crate) async fn query(&self, query: &str, variables: Value) -> Value {
        let answer = self
            .post(&json!({ "query": query, "variables": variables }))
            .await;
        answer.json().await.expect("JSON")
    }

    /// Imports a text and waits until it is found.
    pub(crate) async fn import(&self, external_id: &str, text: &str) {
        let mutation = "mutation($input: ImportResumeInput!) { importResume(input: $input) { \
                        unchanged userErrors { code } } }";
        let input = json!({ "externalId": external_id, "fileName": "resume.md", "text": text });
        let answer = self.query(mutation, json!({ "input": input })).await;
        assert_eq!(
            answer["data"]["importResume"]["userErrors"],
            json!([]),
            "{answer}"
        );
    }
}
