//! The database goes away and comes back.

use std::time::Duration;

use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
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

/// A connection that was good a moment ago may swallow the question: nothing but the clock ends that.
#[tokio::test(flavor = "multi_thread")]
async fn who_asks_is_looked_up_no_longer_than_a_request_may_take() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let data = folder();
    let url = database.url.as_deref();
    let server = Server::start_with(data.path(), url, &["--request-timeout-ms", "1000"]);
    let other = database.connect(data.path()).await;
    let transaction = other.begin().await.expect("a transaction");
    let lock = "LOCK TABLE access_tokens IN ACCESS EXCLUSIVE MODE";
    let locked = transaction.execute_unprepared(lock).await;
    locked.expect("the table is locked");

    // Without credentials the tokens are counted, with some they are looked up.
    let answer = server.ask(SEARCH, json!({})).await;
    let code = &answer["errors"][0]["extensions"]["code"];
    assert_eq!(code, "UNAVAILABLE", "{answer}");
    let token = format!("skr_abcdefghijkm_{}", "A".repeat(43));
    let asked = server.client.post(format!("{}/graphql", server.url));
    let asked = asked.bearer_auth(token).json(&json!({ "query": SEARCH }));
    let answer = asked.send().await.expect("an answer");
    assert_eq!(answer.status(), 503);
    assert_eq!(server.status("/sign-in.json").await, Some(503));
    assert_eq!(server.status("/graphiql").await, Some(404));

    transaction.rollback().await.expect("the end of the lock");
    eventually("the server answers again", async || {
        let answer = server.ask(SEARCH, json!({})).await;
        answer["data"]["searchCandidates"]["nodes"]
            .is_array()
            .then_some(())
    })
    .await;
}
