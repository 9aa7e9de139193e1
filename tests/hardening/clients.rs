//! Clients that are slow, that hold on to connections, and whose requests have no end.

use std::time::{Duration, Instant};

use serde_json::Value;
use shokureki::config::ServerSettings;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::app::TestApp;
use super::code;

/// A time-out of the server that tests can wait for.
const SHORT_MS: u64 = 300;

/// Longer than any time-out under test, shorter than those that are not.
const PATIENCE: Duration = Duration::from_secs(10);

async fn connect(app: &TestApp) -> TcpStream {
    let address = app.url.strip_prefix("http://").expect("an address");
    TcpStream::connect(address).await.expect("it listens")
}

/// Reads until the server closes the connection.
async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is an end as well.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut bytes))
        .await
        .expect("the server closes the connection");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Sends `part` again and again until the server has had enough.
async fn drip(stream: &mut TcpStream, part: &[u8]) -> String {
    let (mut reader, mut writer) = stream.split();
    let mut answer = Vec::new();
    let read = reader.read_to_end(&mut answer);
    let write = async {
        while writer.write_all(part).await.is_ok() {
            sleep(Duration::from_millis(SHORT_MS / 10)).await;
        }
        std::future::pending::<()>().await;
    };
    let ended = async {
        tokio::select! {
            _ = read => {}
            () = write => {}
        }
    };
    timeout(PATIENCE, ended)
        .await
        .expect("the server closes the connection");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_head_that_does_not_end_is_given_up() {
    let app = TestApp::start_with(ServerSettings {
        header_timeout_ms: Some(SHORT_MS),
        ..ServerSettings::default()
    })
    .await;
    let mut stream = connect(&app).await;
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: ")
        .await
        .expect("sent");
    let answer = drip(&mut stream, b"a").await;
    assert!(!answer.contains("200 OK"), "{answer}");
    let mut silent = connect(&app).await;
    assert_eq!(read_to_end(&mut silent).await, "");
    // Nor is a connection kept that asks no more.
    let mut idle = connect(&app).await;
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .expect("sent");
    assert!(read_to_end(&mut idle).await.contains("200 OK"));
}

#[tokio::test]
async fn a_body_that_does_not_end_is_given_up() {
    let app = TestApp::start_with(ServerSettings {
        body_timeout_ms: Some(SHORT_MS),
        ..ServerSettings::default()
    })
    .await;
    for framing in ["content-length: 100000", "transfer-encoding: chunked"] {
        let mut stream = connect(&app).await;
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             {framing}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        let part: &[u8] = if framing.contains("chunked") {
            b"1\r\n \r\n"
        } else {
            b" "
        };
        let answer = drip(&mut stream, part).await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
        let body: Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(code(&body), "UNAVAILABLE");
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_is_given_up() {
    let app = TestApp::start_with(ServerSettings {
        write_timeout_ms: Some(SHORT_MS),
        ..ServerSettings::default()
    })
    .await;
    let mut stream = connect(&app).await;
    let request = b"GET /graphiql HTTP/1.1\r\nhost: localhost\r\n\r\n";
    // The answers are many times what the system buffers for a connection.
    const REQUESTS: usize = 100_000;
    let (mut reader, mut writer) = stream.split();
    let write = async {
        // The server may stop to read before all are sent.
        let _ = writer.write_all(&request.repeat(REQUESTS)).await;
    };
    let _ = timeout(Duration::from_millis(6 * SHORT_MS), write).await;
    sleep(Duration::from_millis(3 * SHORT_MS)).await;
    let mut answers = Vec::new();
    let _ = timeout(PATIENCE, reader.read_to_end(&mut answers)).await;
    let answers = String::from_utf8_lossy(&answers);
    let count = answers.matches("HTTP/1.1 200 OK").count();
    assert!((1..REQUESTS).contains(&count), "{count}");
}

async fn check_head(app: &TestApp, head: &str, expected: &str) {
    let mut stream = connect(app).await;
    let request = format!("GET {head}host: localhost\r\nconnection: close\r\n\r\n");
    // The server may close before it has read all.
    let _ = stream.write_all(request.as_bytes()).await;
    let answer = read_to_end(&mut stream).await;
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {expected} ")),
        "{head:.60}: {answer:.200}"
    );
}

#[tokio::test]
async fn heads_are_bounded_in_size_and_number() {
    let app = TestApp::start().await;
    let headers = |count: usize| {
        let headers: String = (0..count).map(|n| format!("x-{n}: y\r\n")).collect();
        format!("/healthz HTTP/1.1\r\n{headers}")
    };
    check_head(&app, &headers(60), "200").await;
    check_head(&app, &headers(65), "431").await;
    check_head(&app, &headers(5_000), "431").await;
    let header = |size: usize| format!("/healthz HTTP/1.1\r\nx: {}\r\n", "y".repeat(size));
    check_head(&app, &header(60_000), "200").await;
    check_head(&app, &header(70_000), "431").await;
    let address = |size: usize| format!("/healthz?{} HTTP/1.1\r\n", "y".repeat(size));
    check_head(&app, &address(60_000), "200").await;
    check_head(&app, &address(70_000), "431").await;
}

#[tokio::test]
async fn connections_beyond_the_most_wait_for_a_place() {
    let app = TestApp::start_with(ServerSettings {
        max_connections: std::num::NonZeroU32::new(2),
        ..ServerSettings::default()
    })
    .await;
    let (first, _second) = (connect(&app).await, connect(&app).await);
    let mut third = connect(&app).await;
    third
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .await
        .expect("sent");
    let mut byte = [0];
    let early = timeout(Duration::from_millis(SHORT_MS), third.read(&mut byte)).await;
    assert!(early.is_err(), "there are two already");
    drop(first);
    assert!(read_to_end(&mut third).await.contains("200 OK"));
}

#[tokio::test]
async fn large_bodies_are_read_a_few_at_a_time() {
    let app = TestApp::start().await;
    let head = |framing: &str| {
        format!(
            "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             connection: close\r\n{framing}\r\n\r\n"
        )
    };
    let mut held = Vec::new();
    for number in 0..16 {
        let framing = match number % 2 {
            0 => "content-length: 20000000",
            _ => "transfer-encoding: chunked",
        };
        let mut stream = connect(&app).await;
        let sent = stream.write_all(head(framing).as_bytes()).await;
        sent.expect("sent");
        held.push(stream);
    }
    // All are read from once a small request was answered that came after them.
    let small = app.query("{ __typename }", Value::Null).await;
    assert_eq!(small["data"]["__typename"], "Query");
    let body = format!(
        "{{\"query\": \"{{ __typename }}\"}}{}",
        " ".repeat(2_000_000)
    );
    let mut next = connect(&app).await;
    let framing = format!("content-length: {}", body.len());
    let (mut reader, mut writer) = next.split();
    let request = head(&framing) + &body;
    let send = async {
        let _ = writer.write_all(request.as_bytes()).await;
        std::future::pending::<()>().await;
    };
    let answered = async {
        let mut answer = Vec::new();
        tokio::select! {
            _ = reader.read_to_end(&mut answer) => {}
            () = send => {}
        }
        answer
    };
    let mut answered = std::pin::pin!(answered);
    let early = timeout(Duration::from_millis(SHORT_MS), &mut answered).await;
    assert!(early.is_err(), "there are 16 already");
    held.pop();
    let answer = timeout(PATIENCE, answered).await.expect("an answer");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer:.300}");
}

#[tokio::test]
async fn a_connection_without_a_request_does_not_hold_up_the_end() {
    let mut app = TestApp::start().await;
    let mut idle = connect(&app).await;
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .expect("sent");
    let mut answer = [0; 15];
    idle.read_exact(&mut answer).await.expect("an answer");
    let silent = connect(&app).await;
    let begun = Instant::now();
    app.stop().await;
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    drop(silent);
}
