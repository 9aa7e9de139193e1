//! Traces reach a collector, with the steps of a search and nothing of what was searched for.

use std::process::Command;

#[cfg(not(feature = "otlp"))]
#[test]
fn a_build_without_traces_says_so() {
    let data = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_shokureki"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(["--otlp-endpoint", "http://127.0.0.1:4318"])
        .env_clear()
        .env("SHOKUREKI_DATA_DIR", data.path())
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(error.contains("--features otlp"), "{error}");
}

#[cfg(feature = "otlp")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_is_traced_from_parsing_to_the_store() {
    use std::io::{BufRead as _, BufReader};
    use std::process::Stdio;
    use std::sync::{Arc, Mutex};

    use axum::Router;
    use axum::body::Bytes;
    use axum::routing::post;
    use serde_json::json;

    let received: Arc<Mutex<Vec<u8>>> = Arc::default();
    let taking = Arc::clone(&received);
    let take = move |body: Bytes| async move {
        taking.lock().expect("no panic").extend_from_slice(&body);
    };
    let collector = Router::new().route("/v1/traces", post(take));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("bound"));
    tokio::spawn(async move { axum::serve(listener, collector).await });

    let data = tempfile::tempdir().expect("a folder");
    let mut server = Command::new(env!("CARGO_BIN_EXE_shokureki"))
        .args(["serve", "--samples", "--listen", "127.0.0.1:0"])
        .args(["--otlp-endpoint", &endpoint])
        .env_clear()
        .env("SHOKUREKI_DATA_DIR", data.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut lines = BufReader::new(server.stdout.take().expect("piped")).lines();
    let url = loop {
        let line = lines.next().expect("a line").expect("UTF-8");
        if let Some(url) = line.strip_prefix("shokureki listens on ") {
            break url.to_owned();
        }
    };
    std::thread::spawn(move || lines.for_each(drop));
    let query = "query HimitsuName { searchCandidates(query: \"Erlang\") { nodes { name } } }";
    let answer = reqwest::Client::new()
        .post(format!("{url}graphql"))
        .json(&json!({ "query": query }))
        .send()
        .await
        .expect("an answer");
    let answer = answer.text().await.expect("text");
    assert!(!answer.contains("errors"), "{answer}");
    // What was traced is sent at the latest when the server stops in order.
    let stopped = Command::new("kill")
        .args(["-TERM", &server.id().to_string()])
        .status();
    assert!(stopped.expect("it runs").success());
    assert!(server.wait().expect("it ends").success());

    let received = received.lock().expect("no panic");
    let has = |word: &str| {
        let word = word.as_bytes();
        received.windows(word.len()).any(|part| part == word)
    };
    for span in [
        "shokureki",
        "request",
        "graphql",
        "parse",
        "plan",
        "index",
        "store",
        "read",
        "searchCandidates",
    ] {
        assert!(has(span), "no {span}");
    }
    for secret in ["Erlang", "Himitsu", "アーラン", "千早"] {
        assert!(!has(secret), "{secret} is nobody's business");
    }
}
