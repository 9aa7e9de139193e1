//! The database goes away and comes back.

use std::time::Duration;

use serde_json::json;
use shokureki::generate::generate;

use super::proxy::{Network, Proxy};
use super::support::{Database, IMPORT, Server, eventually, folder, number_of};

const SEARCH: &str = "{ searchCandidates { nodes { name } } }";

async fn survive(outage: Network) {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let url = database.url.as_deref().expect("a URL");
    let (login, rest) = url.split_once('@').expect("a login");
    let (host, name) = rest.split_once('/').expect("a database");
    let proxy = Proxy::to(host.to_owned()).await;
    let through = format!("{login}@{}/{name}", proxy.address);
    let (one, two) = (folder(), folder());
    let arguments = ["--request-timeout-ms", "8000"];
    let server = Server::start_with(one.path(), Some(&through), &arguments);
    let neighbour = Server::start(two.path(), Some(url));
    server.import("before", &generate(61, 0).text, true).await;

    proxy.become_(outage);
    let input = json!({ "externalId": "lost", "text": generate(61, 1).text });
    let answer = server.ask(IMPORT, json!({ "input": input })).await;
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "UNAVAILABLE",
        "{answer}"
    );
    let answer = server.ask(SEARCH, json!({})).await;
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "UNAVAILABLE",
        "{answer}"
    );
    assert_eq!(server.status("/readyz").await, Some(503));
    assert_eq!(server.status("/healthz").await, Some(200));
    // What another server writes meanwhile is not lost on this one.
    neighbour
        .import("meanwhile", &generate(61, 2).text, true)
        .await;
    let outage = number_of("OUTAGE_SECONDS", 3);
    tokio::time::sleep(Duration::from_secs(outage)).await;

    proxy.become_(Network::Open);
    eventually("the server is ready again", async || {
        (server.status("/readyz").await == Some(200)).then_some(())
    })
    .await;
    eventually("the server found what it missed", async || {
        let answer = server.ask(SEARCH, json!({})).await;
        let found = answer["data"]["searchCandidates"]["nodes"]
            .as_array()
            .map(Vec::len);
        (found == Some(2)).then_some(())
    })
    .await;
    server.import("after", &generate(61, 3).text, true).await;
    neighbour
        .import("after too", &generate(61, 4).text, true)
        .await;
    eventually("both see all", async || {
        let counts = [server.count("").await, neighbour.count("").await];
        (counts == [Some(4), Some(4)]).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_ends_connections_and_refuses_new_ones_comes_back() {
    survive(Network::Refusing).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_says_nothing_any_more_comes_back() {
    survive(Network::Silent).await;
}
