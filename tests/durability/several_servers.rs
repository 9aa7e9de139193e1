//! Several servers, each with its own index, over one PostgreSQL.

use std::time::{Duration, Instant};

use serde_json::json;
use shokureki::generate::generate;

use super::socket::{Heard, Socket};
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

const CHANGES: &str = "subscription($after: Int) { candidatesChanged(afterSequence: $after) { \
                       sequence kind candidate { externalId } } }";

/// Waits for the next change; returns its number, its kind and whom it is of.
async fn hear(socket: &mut Socket) -> (i64, String, Option<String>) {
    let told = socket.next("1").await;
    let change = &told["data"]["candidatesChanged"];
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    (
        change["sequence"].as_i64().expect("a number"),
        text(&change["kind"]).expect("a kind"),
        text(&change["candidate"]["externalId"]),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn who_follows_one_server_hears_within_a_second_what_another_wrote() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let url = database.url.as_deref();
    let (one, two) = (folder(), folder());
    let writer = Server::start(one.path(), url);
    let follower = Server::start(two.path(), url);
    let mut socket = Socket::of(&follower.url, None).await;
    socket.subscribe("1", CHANGES, &json!({})).await;
    // A pong is heard before the events that come of what happens from here on.
    socket.say(&json!({ "type": "ping" })).await;
    let pong = Heard::Message(json!({ "type": "pong" }));
    assert_eq!(socket.hear().await, pong);
    let mut sequence = 0;
    for number in 0..6_u64 {
        let id = format!("c{number}");
        let text = generate(33, number).text;
        writer.import(&id, &text, false).await;
        let begun = Instant::now();
        sequence += 1;
        let changed = (sequence, "CHANGED".to_owned(), Some(id.clone()));
        assert_eq!(hear(&mut socket).await, changed);
        assert!(begun.elapsed() < PROMISED, "{:?}", begun.elapsed());
        // A search after the event finds what the event told.
        assert_eq!(follower.count("").await, Some(1 + number.div_ceil(2)));
        if number % 2 == 1 {
            let input = json!({ "externalId": id, "waitForIndex": false });
            writer.ask(ERASE, json!({ "input": input })).await;
            let begun = Instant::now();
            sequence += 1;
            let erased = (sequence, "ERASED".to_owned(), None);
            assert_eq!(hear(&mut socket).await, erased);
            assert!(begun.elapsed() < PROMISED, "{:?}", begun.elapsed());
            assert_eq!(follower.count("").await, Some(number.div_ceil(2)));
        }
    }
    // Whoever goes on at another server misses nothing and hears nothing twice.
    let mut socket = Socket::of(&writer.url, None).await;
    socket.subscribe("1", CHANGES, &json!({ "after": 3 })).await;
    for expected in 4..=sequence {
        assert_eq!(hear(&mut socket).await.0, expected);
    }
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
