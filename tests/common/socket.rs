//! A client of `graphql-transport-ws`.

// Each test file is a crate of its own and uses a part of this.
#![allow(dead_code)]

use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What came.
#[derive(Debug, PartialEq)]
pub(crate) enum Heard {
    Message(Value),
    /// The code that the server closed with, 0 without one.
    Closed(u16),
}

impl Socket {
    /// Opens a socket at the server of this address, or returns the status of the answer that refuses it.
    pub(crate) async fn open(server: &str, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let url = format!("{}/graphql", server.replacen("http", "ws", 1));
        let mut request = url.into_client_request().expect("a request");
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a name");
            let value = HeaderValue::from_str(value).expect("a value");
            if name == "host" {
                request.headers_mut().insert(name, value);
            } else {
                request.headers_mut().append(name, value);
            }
        }
        match timeout(PATIENCE, connect_async(request))
            .await
            .expect("in time")
        {
            Ok((socket, answer)) => {
                let spoken = answer.headers().get("sec-websocket-protocol");
                assert_eq!(
                    spoken.map(HeaderValue::as_bytes),
                    Some(PROTOCOL.1.as_bytes())
                );
                Ok(Self(socket))
            }
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Opens a socket that has said nothing.
    pub(crate) async fn silent(server: &str) -> Self {
        Self::open(server, &[PROTOCOL]).await.expect("it is opened")
    }

    /// Opens a socket and says who it is.
    pub(crate) async fn of(server: &str, token: Option<&str>) -> Self {
        let mut socket = Self::silent(server).await;
        socket.acknowledge(token).await;
        socket
    }

    /// Says who it is, and is let in.
    pub(crate) async fn acknowledge(&mut self, token: Option<&str>) {
        self.introduce(token).await;
        let acknowledged = Heard::Message(json!({ "type": "connection_ack" }));
        assert_eq!(self.hear().await, acknowledged);
    }

    pub(crate) async fn introduce(&mut self, token: Option<&str>) {
        let payload = token.map(|token| json!({ "authorization": format!("Bearer {token}") }));
        self.say(&json!({ "type": "connection_init", "payload": payload }))
            .await;
    }

    pub(crate) async fn say(&mut self, message: &Value) {
        self.send(Message::text(message.to_string())).await;
    }

    pub(crate) async fn send(&mut self, message: Message) {
        // The server may have closed already, which is heard.
        self.0.send(message).await.ok();
    }

    pub(crate) async fn subscribe(&mut self, id: &str, query: &str, variables: &Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.say(&json!({ "type": "subscribe", "id": id, "payload": payload }))
            .await;
    }

    /// Waits for the next message or the end.
    #[track_caller]
    pub(crate) fn hear(&mut self) -> impl Future<Output = Heard> {
        let caller = std::panic::Location::caller();
        async move {
            loop {
                let message = timeout(PATIENCE, self.0.next()).await;
                match message.unwrap_or_else(|_| panic!("{caller}: nothing came")) {
                    Some(Ok(Message::Text(text))) => {
                        return Heard::Message(serde_json::from_str(&text).expect("JSON"));
                    }
                    Some(Ok(Message::Close(frame))) => {
                        return Heard::Closed(frame.map_or(0, |frame| frame.code.into()));
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return Heard::Closed(0),
                }
            }
        }
    }

    /// Waits for the next event of an operation, and returns its payload.
    #[track_caller]
    pub(crate) fn next(&mut self, id: &str) -> impl Future<Output = Value> {
        let caller = std::panic::Location::caller();
        let heard = self.hear();
        async move {
            match heard.await {
                Heard::Message(mut message) if message["type"] == "next" && message["id"] == id => {
                    message["payload"].take()
                }
                heard => panic!("{caller}: {heard:?}"),
            }
        }
    }

    /// Waits for the error that ends an operation, and returns its code.
    #[track_caller]
    pub(crate) fn error(&mut self, id: &str) -> impl Future<Output = String> {
        let caller = std::panic::Location::caller();
        let heard = self.hear();
        async move {
            match heard.await {
                Heard::Message(message) if message["type"] == "error" && message["id"] == id => {
                    let code = message["payload"][0]["extensions"]["code"].as_str();
                    code.unwrap_or_else(|| panic!("{caller}: {message}"))
                        .to_owned()
                }
                heard => panic!("{caller}: {heard:?}"),
            }
        }
    }

    /// Whether nothing comes for as long as `time`.
    pub(crate) async fn is_quiet(&mut self, time: Duration) -> bool {
        timeout(time, self.0.next()).await.is_err()
    }
}
