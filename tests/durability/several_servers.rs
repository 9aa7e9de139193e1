//! Several servers, each with its own index, over one PostgreSQL.

use std::time::{Duration, Instant};

use serde_json::json;
use shokureki::generate::generate;

use super::support::{Database, ERASE, Server, eventually, folder};

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
