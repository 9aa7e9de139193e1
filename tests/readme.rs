//! The README's examples give the answers that it prints.

use async_graphql::Request;
use shokureki::app::App;
use shokureki::config::{Config, ServerSettings, Settings};
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
    let (mut place, mut examples) = (0, 0);
    while let Some(query) = fenced(&readme, QUERY, place) {
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
