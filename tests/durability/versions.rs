//! A server beside a newer one, which knows more kinds of things than it does.

use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use super::socket::Socket;
use super::support::{Database, Server, folder, program};

const RESUME: &str = "# 職務経歴書\n\n氏名: 見本 花子\n\n更新日: 2024-04-01\n\nGitHub: https://github.com/mihon-example\n\n\
                      ## 株式会社見本（2016年13月 〜 2019年3月）\n\n- 雇用形態: 正社員\n- 使用技術: Erlang\n";

const ALL: &str = "{ searchCandidates(query: \"tech:Erlang\") { nodes { name notices { kind line text message } \
                   links { kind url } employments { kind employer { name } } resume { format text } } } }";

/// What a newer server may have written, in words that this one does not know.
const NEWER: [&str; 5] = [
    "UPDATE notices SET kind = 'of_tomorrow' WHERE kind = 'impossible_date'",
    "UPDATE links SET kind = 'of_tomorrow'",
    "UPDATE employments SET kind = 'of_tomorrow'",
    "UPDATE resumes SET format = 'of_tomorrow'",
    "UPDATE audit_log SET action = 'of_tomorrow' WHERE action = 'import'",
];

fn person(answer: &Value) -> &Value {
    assert!(answer.get("errors").is_none(), "{answer}");
    &answer["data"]["searchCandidates"]["nodes"][0]
}

async fn words_of_a_newer_server_are_answered(database: Database) {
    let data = folder();
    let url = database.url.as_deref();
    let server = Server::start(data.path(), url);
    server.import("one", RESUME, true).await;
    let before = server.ask(ALL, json!({})).await;
    let notices = person(&before)["notices"].as_array().expect("a list");
    let found = notices
        .iter()
        .position(|of| of["kind"] == "IMPOSSIBLE_DATE");
    let found = found.unwrap_or_else(|| panic!("{before}"));

    let connection = database.connect(data.path()).await;
    for statement in NEWER {
        let changed = connection.execute_unprepared(statement).await;
        assert!(changed.expect("it runs").rows_affected() > 0, "{statement}");
    }
    let after = server.ask(ALL, json!({})).await;
    let (was, is) = (person(&before), person(&after));
    // What is not of such a word is as it was.
    for same in [
        "/name",
        "/resume/text",
        "/employments/0/employer",
        "/links/0/url",
    ] {
        assert!(
            is.pointer(same).is_some_and(|value| !value.is_null()),
            "{is}"
        );
        assert_eq!(is.pointer(same), was.pointer(same));
    }
    let (was, is) = (&notices[found], &is["notices"][found]);
    assert_eq!(is["kind"], "OTHER");
    assert_eq!((&is["line"], &is["text"]), (&was["line"], &was["text"]));
    assert!(
        is["message"]
            .as_str()
            .is_some_and(|text| text.contains("newer"))
    );
    let of = |path: &str| person(&after).pointer(path).cloned();
    assert_eq!(of("/links/0/kind"), Some(json!("OTHER")));
    assert_eq!(of("/employments/0/kind"), Some(Value::Null));
    assert_eq!(of("/resume/format"), Some(json!("PLAIN_TEXT")));

    let log = "query($action: AuditAction) { auditLog(filter: { action: $action }) { nodes { action actor } } }";
    let answer = server.ask(log, json!({ "action": "OTHER" })).await;
    let entries = json!([{ "action": "OTHER", "actor": "local" }]);
    assert_eq!(answer["data"]["auditLog"]["nodes"], entries, "{answer}");

    // Who follows hears of them as well, and an index can be written from them.
    let mut socket = Socket::of(&server.url, None).await;
    let changes =
        "subscription { candidatesChanged(afterSequence: 0) { candidate { notices { kind } } } }";
    socket.subscribe("1", changes, &json!({})).await;
    let told = socket.next("1").await;
    let kind = format!("/data/candidatesChanged/candidate/notices/{found}/kind");
    assert_eq!(told.pointer(&kind), Some(&json!("OTHER")), "{told}");
    drop(server);
    std::fs::remove_dir_all(data.path().join("index")).expect("it is deleted");
    let server = Server::start(data.path(), url);
    server.caught_up().await;
    assert_eq!(server.ask(ALL, json!({})).await, after);

    // A token that also allows something that this program does not know allows the rest.
    let create = ["token", "create", "--scope", "search,identity"];
    let token = program(data.path(), url)
        .args(create)
        .output()
        .expect("it runs");
    let token = String::from_utf8(token.stdout)
        .expect("UTF-8")
        .trim()
        .to_owned();
    let widened = "UPDATE access_tokens SET scopes = 'foresee search'";
    let widened = connection
        .execute_unprepared(widened)
        .await
        .expect("it runs");
    assert_eq!(widened.rows_affected(), 1);
    let ask = async |query: &str| {
        let request = server.client.post(format!("{}/graphql", server.url));
        let request = request.bearer_auth(&token).json(&json!({ "query": query }));
        let answer = request.send().await.expect("an answer");
        answer.json::<Value>().await.expect("JSON")
    };
    let answer = ask("{ searchCandidates { totalCount nodes { name } } }").await;
    let found = json!({ "totalCount": 1, "nodes": [{ "name": null }] });
    assert_eq!(answer["data"]["searchCandidates"], found, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_a_newer_server_are_answered_on_sqlite() {
    words_of_a_newer_server_are_answered(Database::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_a_newer_server_are_answered_on_postgres() {
    if let Some(database) = Database::postgres().await {
        words_of_a_newer_server_are_answered(database).await;
    }
}
