//! Several servers, each with its own index, over one PostgreSQL.

use std::time::{Duration, Instant};

use serde_json::json;
use shokureki::generate::generate;

use super::support::{Database, ERASE, IMPORT, Server, eventually, folder};

/// A document imported through one server is found through the others within this time.
const PROMISED: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_writes_another_finds_within_a_second() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let url = database.url.as_deref();
    let (one, two) = (folder(), folder());
    // At once: both migrate the empty database.
    let starting = [one.path(), two.path()].map(|data| {
        let (data, url) = (data.to_owned(), database.url.clone());
        std::thread::spawn(move || Server::start(&data, url.as_deref()))
    });
    let servers = starting.map(|server| server.join().expect("it starts"));
    for number in 0..6_u64 {
        let (writer, reader) = match number % 2 {
            0 => (&servers[0], &servers[1]),
            _ => (&servers[1], &servers[0]),
        };
        let marker = format!("mejirushi{number:03}x");
        let text = format!(
            "{}\n## 自己PR\n\n整理番号は {marker} です。\n",
            generate(31, number).text
        );
        let query = format!("\"{marker}\"");
        writer.import(&marker, &text, false).await;
        let begun = Instant::now();
        eventually("the other server finds it", async || {
            (reader.count(&query).await == Some(1)).then_some(())
        })
        .await;
        assert!(begun.elapsed() < PROMISED, "{:?}", begun.elapsed());
        if number % 3 == 2 {
            let input = json!({ "externalId": marker, "waitForIndex": false });
            writer.ask(ERASE, json!({ "input": input })).await;
            let begun = Instant::now();
            eventually("the other server forgets it", async || {
                (reader.count(&query).await == Some(0)).then_some(())
            })
            .await;
            assert!(begun.elapsed() < PROMISED, "{:?}", begun.elapsed());
        }
    }
    // A third that starts later catches up with all of it.
    let three = folder();
    let third = Server::start(three.path(), url);
    third.caught_up().await;
    assert_eq!(third.count("").await, Some(4));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_sees_what_another_server_wrote_when_it_asks_for_it() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let url = database.url.as_deref();
    let (one, two) = (folder(), folder());
    let writer = Server::start(one.path(), url);
    let mut reader = Server::start(two.path(), url);
    let search =
        "query($sequence: Int) { searchCandidates(minSequence: $sequence) { totalCount } }";
    for number in 0..10_u64 {
        let input = json!({ "text": generate(32, number).text, "waitForIndex": false });
        let import = IMPORT.replace("isIndexed", "sequence");
        let answer = writer.ask(&import, json!({ "input": input })).await;
        let sequence = &answer["data"]["importResume"]["sequence"];
        let answer = reader.ask(search, json!({ "sequence": sequence })).await;
        let count = &answer["data"]["searchCandidates"]["totalCount"];
        assert_eq!(*count, number + 1, "{answer}");
    }
    // What nobody wrote is not waited for without end.
    let answer = reader.ask(search, json!({ "sequence": 11 })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAVAILABLE");

    let servers = "{ indexStatus { servers { isThis appliedSequence pendingChanges } } }";
    eventually("each server tells of itself", async || {
        let answer = writer.ask(servers, json!({})).await;
        let current =
            |is_this| json!({ "isThis": is_this, "appliedSequence": 10, "pendingChanges": 0 });
        let both = json!([current(true), current(false)]);
        (answer["data"]["indexStatus"]["servers"] == both).then_some(())
    })
    .await;
    reader.terminate();
    assert!(reader.ended().await.success());
    let answer = writer.ask(servers, json!({})).await;
    let left = answer["data"]["indexStatus"]["servers"].as_array();
    assert_eq!(left.map(Vec::len), Some(1), "{answer}");
}
