//! Files of the index that rot: the index is written anew from the store, and says so.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::files::files;
use super::support::{Server, eventually, folder, import_many, program, text};

/// Enough that writing the index anew takes a while.
const CANDIDATES: u64 = 300;

/// The files that the index's answers come from.
fn segment_files(data: &Path) -> Vec<PathBuf> {
    let mut files = files(&data.join("index"));
    files.retain(|path| {
        path.extension().is_some_and(|extension| {
            ["idx", "pos", "term", "store", "fast"].contains(&extension.to_str().unwrap_or(""))
        })
    });
    assert!(!files.is_empty(), "no segment");
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_makes_the_index_be_written_anew_while_the_store_answers() {
    let data = folder();
    import_many(data.path(), None, 41, CANDIDATES);
    let first = "{ searchCandidates(first: 1) { nodes { id } } }";
    let server = Server::start(data.path(), None);
    let answer = server.ask(first, json!({})).await;
    let id = answer["data"]["searchCandidates"]["nodes"][0]["id"].clone();
    let found = server.count("AWS").await;
    drop(server);

    let files = segment_files(data.path());
    let file = files
        .iter()
        .max_by_key(|path| fs::metadata(path).expect("a file").len());
    let file = file.expect("a file");
    let mut bytes = fs::read(file).expect("readable");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0b100;
    fs::write(file, bytes).expect("writable");

    let server = Server::start(data.path(), None);
    let status = "{ indexStatus { isAvailable rebuildReason isCurrent } }";
    let answer = server.ask(status, json!({})).await;
    let expected = json!({ "isAvailable": false, "rebuildReason": "DAMAGED", "isCurrent": false });
    assert_eq!(answer["data"]["indexStatus"], expected);
    let answer = server.ask(first, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAVAILABLE");
    let by_id = "query($id: ID) { candidate(id: $id) { id resume { text } } }";
    let answer = server.ask(by_id, json!({ "id": id })).await;
    assert_eq!(answer["data"]["candidate"]["id"], id, "{answer}");
    assert_eq!(server.status("/readyz").await, Some(503));

    server.caught_up().await;
    assert_eq!(server.count("AWS").await, found);
    assert_eq!(server.count("").await, Some(CANDIDATES));
    assert!(
        server.log().contains("the index is damaged"),
        "{}",
        server.log()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_under_a_running_server_is_noticed_by_the_search_that_fails() {
    let data = folder();
    import_many(data.path(), None, 42, 40);
    let server = Server::start(data.path(), None);
    server.caught_up().await;
    for file in segment_files(data.path()) {
        // In place: the server has these very files open.
        let length = fs::metadata(&file).expect("a file").len();
        let damaged = vec![0xff; usize::try_from(length).expect("small")];
        use std::os::unix::fs::FileExt as _;
        let open = fs::File::options()
            .write(true)
            .open(&file)
            .expect("writable");
        open.write_all_at(&damaged, 0).expect("written");
    }
    eventually("a search fails and the damage is noticed", async || {
        server.count("tech:AWS 設計").await;
        server.log().contains("the index is damaged").then_some(())
    })
    .await;
    server.caught_up().await;
    eventually("searches are answered again", async || {
        (server.count("").await == Some(40)).then_some(())
    })
    .await;
    assert!(server.count("AWS").await > Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_on_one_data_directory_is_refused() {
    let data = folder();
    let first = Server::start(data.path(), None);
    let mut command = program(data.path(), None);
    command.args(["serve", "--listen", "127.0.0.1:0"]);
    let Err((status, log)) = Server::try_start(command) else {
        panic!("it started");
    };
    assert_eq!(status.code(), Some(1));
    assert!(log.contains("another server (process"), "{log}");
    assert_eq!(first.count("").await, Some(0));
    drop(first);
    // A killed server leaves nothing that would hinder the next.
    let next = Server::start(data.path(), None);
    assert_eq!(next.count("").await, Some(0));
}

/// Gives the data directory `to` the index of `from`, as when one is copied or a database is replaced.
fn exchange_index(from: &Path, to: &Path) {
    let (from, to) = (from.join("index"), to.join("index"));
    fs::remove_dir_all(&to).expect("removed");
    for path in files(&from) {
        let target = to.join(path.strip_prefix(&from).expect("below it"));
        fs::create_dir_all(target.parent().expect("a folder")).expect("made");
        fs::copy(path, target).expect("copied");
    }
}

/// Starts a server on the index of `from` and the database of `to`, which has `count` candidates.
async fn check_exchanged(from: &Path, to: &Path, count: u64, said: &str) {
    exchange_index(from, to);
    let server = Server::start(to, None);
    let written = eventually("the index is written anew", async || {
        let is_new = server.count("").await == Some(count);
        (is_new && server.log().contains(said)).then_some(())
    });
    written.await;
    let listed = "{ searchCandidates(first: 100) { nodes { name } } }";
    let listed = server.ask(listed, json!({})).await;
    let nodes = listed["data"]["searchCandidates"]["nodes"].as_array();
    assert_eq!(nodes.map(Vec::len), usize::try_from(count).ok(), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_of_another_database_is_written_anew() {
    let [one, fewer, as_many] = [folder(), folder(), folder()];
    import_many(one.path(), None, 41, 5);
    // Fewer changes than the index holds.
    import_many(fewer.path(), None, 42, 3);
    let said = "the index is of another database";
    check_exchanged(one.path(), fewer.path(), 3, said).await;
    // As many changes, but of fewer people.
    import_many(as_many.path(), None, 43, 3);
    let server = Server::start(as_many.path(), None);
    for document in 0..2 {
        server.import("changed", &text(document), true).await;
    }
    drop(server);
    let said = "the index does not have the store's candidates";
    check_exchanged(one.path(), as_many.path(), 4, said).await;
}
