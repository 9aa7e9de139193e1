//! The README's examples give the answers that it prints, and all of `examples/queries`, which the
//! playground offers, are answered.

use std::path::PathBuf;

use async_graphql::Request;
use futures::StreamExt as _;
use shokureki::app::App;
use shokureki::config::{Config, ServerSettings, Settings};
use shokureki::domain::Access;
use shokureki::ingest::Upload;

const QUERY: &str = "```graphql\n";
const ANSWER: &str = "```json\n";
const END: &str = "```\n";

/// The text between `open` and the fence that closes it, from `start` on: its place in `text`.
fn fenced(text: &str, open: &str, start: usize) -> Option<std::ops::Range<usize>> {
    let begin = start + text.get(start..)?.find(open)? + open.len();
    let end = begin + text.get(begin..)?.find(END)?;
    Some(begin..end)
}

/// The requests of `examples/queries` in their order, without the titles that they begin with.
fn example_requests() -> Vec<(PathBuf, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/queries");
    let entries = std::fs::read_dir(folder).expect("readable");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    paths.sort();
    let request = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("readable");
        let (title, request) = text.split_once("\n\n").expect("a title and a request");
        assert!(title.starts_with("# "), "{}", path.display());
        (path, request.to_owned())
    };
    paths.into_iter().map(request).collect()
}

async fn samples(data: &std::path::Path) -> App {
    let settings = Settings {
        data_dir: Some(data.to_owned()),
        ..Settings::default()
    };
    let config = Config::assemble(settings, &ServerSettings::default()).expect("valid");
    let app = App::open(&config).await.expect("opened");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("readable")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| !path.ends_with("README.md"))
        .collect();
    paths.sort();
    let uploads = paths.iter().map(|path| {
        let name = path
            .file_name()
            .expect("a file")
            .to_string_lossy()
            .into_owned();
        Upload {
            external_id: Some(name.clone()),
            file_name: Some(name),
            bytes: std::fs::read(path).expect("readable"),
            document_date: None,
        }
    });
    for outcome in app.import(uploads.collect()).await.expect("imported") {
        outcome.expect("a sample is readable");
    }
    app.wait_for_index(std::time::Duration::from_secs(60))
        .await
        .expect("indexed");
    app
}

#[tokio::test]
async fn the_examples_of_the_readme_answer_as_printed() {
    let data = tempfile::tempdir().expect("a directory");
    let app = samples(data.path()).await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).expect("readable");
    let requests = example_requests();
    let (mut place, mut examples) = (0, 0);
    while let Some(query) = fenced(&readme, QUERY, place) {
        assert!(
            requests
                .iter()
                .any(|(_, text)| *text == readme[query.clone()]),
            "examples/queries has {}",
            &readme[query]
        );
        let response = app.execute(Request::new(&readme[query.clone()])).await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        let answer = response.data.into_json().expect("JSON");
        let answer = serde_json::to_string_pretty(&answer).expect("JSON") + "\n";
        let printed = fenced(&readme, ANSWER, query.end).expect("an answer below the query");
        place = printed.end;
        assert_eq!(&readme[printed], answer, "the answer to {}", &readme[query]);
        examples += 1;
    }
    assert_eq!(examples, 4);
}

#[tokio::test]
async fn every_example_is_answered() {
    let data = tempfile::tempdir().expect("a directory");
    let app = samples(data.path()).await;
    let requests = example_requests();
    let names: Vec<_> = requests.iter().map(|(path, _)| path.display()).collect();
    assert!(names.len() > 10, "{names:?}");
    for (path, text) in &requests {
        // The answer, or a subscription's first event.
        let request = Request::new(text).data(Access::local());
        let mut answers = app.schema().execute_stream(request);
        let patience = std::time::Duration::from_secs(30);
        let answer = tokio::time::timeout(patience, answers.next()).await;
        let response = answer.expect("in time").expect("an answer");
        let path = path.display();
        assert!(response.errors.is_empty(), "{path}: {:?}", response.errors);
        let answer = response.data.into_json().expect("JSON").to_string();
        // Something is found, and no mutation is refused.
        for nothing in ["\"totalCount\":0", "\"code\":"] {
            assert!(!answer.contains(nothing), "{path}: {answer}");
        }
        assert!(!answer.ends_with(":[]}"), "{path}: {answer}");
    }
}
