//! The messages of `graphql-transport-ws`, and why a socket is closed.
//!
//! <https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>

use async_graphql::{Response, ServerError};
use axum::extract::ws::{CloseFrame, Message};
use axum::http::HeaderValue;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::request::{Incoming, read};

/// What a client says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum ClientMessage {
    /// The first: who it is.
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Ping,
    Pong,
    /// Begins an operation.
    Subscribe {
        id: String,
        payload: Box<Incoming>,
    },
    /// Ends an operation.
    Complete {
        id: String,
    },
}

/// What the server says.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum ServerMessage<'a> {
    ConnectionAck,
    Pong,
    Next {
        id: &'a str,
        payload: &'a Response,
    },
    /// Ends an operation.
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    /// Ends an operation.
    Complete {
        id: &'a str,
    },
}

impl ClientMessage {
    /// Reads a message.
    pub(super) fn read(text: &str) -> Result<Self, Close> {
        read(text.as_bytes()).map_err(|_| Close::BadMessage)
    }
}

/// Returns what the payload of the first message tells of who sends it, as the header of that name.
///
/// # Errors
/// [`Close::Forbidden`] for what no header may hold.
pub(super) fn authorization(
    payload: Option<Map<String, Value>>,
) -> Result<Option<HeaderValue>, Close> {
    let fields = payload.unwrap_or_default().into_iter();
    let mut given = fields.filter(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    match given.next() {
        None | Some((_, Value::Null)) => Ok(None),
        Some((_, Value::String(text))) => {
            let value = HeaderValue::from_str(&text);
            value.map(Some).map_err(|_| Close::Forbidden)
        }
        Some(_) => Err(Close::Forbidden),
    }
}

impl ServerMessage<'_> {
    pub(super) fn text(&self) -> Message {
        // Keys are texts, and there is no number that JSON has not.
        let text = serde_json::to_string(self).expect("values are JSON");
        Message::text(text)
    }
}

/// Why a socket is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Close {
    /// The client has gone, or takes nothing any more: nobody is told.
    Gone,
    /// The server stops.
    Stopping,
    /// The client answers nothing.
    Silent,
    /// A fault of the server.
    Internal,
    /// The caller has all its sockets.
    TooManySockets,
    /// It is no message of the protocol.
    BadMessage,
    /// An operation before the caller is known.
    Unauthorized,
    /// The credentials are not valid, or no longer.
    Forbidden,
    /// The client speaks another protocol.
    OtherProtocol,
    /// The client did not say in time who it is.
    InitTimeout,
    /// An operation of this id is under way.
    TakenId(String),
    /// The client said twice who it is.
    TwoInits,
}

/// The longest reason, in bytes: a frame of control holds 125, two of them the code.
const MAX_REASON_BYTES: usize = 123;

impl Close {
    /// Returns the frame that tells it; `None` where nobody is told.
    pub(super) fn frame(&self) -> Option<CloseFrame> {
        let (code, reason) = match self {
            Self::Gone => return None,
            Self::Stopping => (1001, "the server stops"),
            Self::Silent => (1001, "no answer to pings"),
            Self::TooManySockets => (1013, "too many connections"),
            Self::BadMessage => (4400, "Invalid message received"),
            Self::Unauthorized => (4401, "Unauthorized"),
            Self::Forbidden => (4403, "Forbidden"),
            Self::OtherProtocol => (4406, "Subprotocol not acceptable"),
            Self::InitTimeout => (4408, "Connection initialisation timeout"),
            Self::TakenId(id) => {
                let reason = format!("Subscriber for {id} already exists");
                let reason = &reason[..reason.floor_char_boundary(MAX_REASON_BYTES)];
                return Some(CloseFrame {
                    code: 4409,
                    reason: reason.to_owned().into(),
                });
            }
            Self::TwoInits => (4429, "Too many initialisation requests"),
            Self::Internal => (4500, "Internal server error"),
        };
        Some(CloseFrame {
            code,
            reason: reason.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = match ClientMessage::read(text) {
            Ok(message) => format!("{message:?}"),
            Err(close) => format!("{close:?}"),
        };
        assert!(read.starts_with(expected), "{text}: {read}");
    }

    #[test]
    fn messages_are_those_of_the_protocol() {
        check(r#"{"type":"connection_init"}"#, "ConnectionInit");
        check(
            r#"{"type":"connection_init","payload":null}"#,
            "ConnectionInit",
        );
        check(
            r#"{"type":"connection_init","payload":{"a":{"b":1}}}"#,
            "ConnectionInit",
        );
        check(r#"{"type":"connection_init","payload":1}"#, "BadMessage");
        check(r#"{"type":"ping","payload":{"at":1}}"#, "Ping");
        check(r#"{"type":"pong"}"#, "Pong");
        check(
            r#"{"id":"1","type":"subscribe","payload":{"query":"{a}"}}"#,
            "Subscribe",
        );
        check(r#"{"type":"subscribe","id":"1"}"#, "BadMessage");
        check(
            r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
            "BadMessage",
        );
        check(r#"{"type":"complete","id":"1"}"#, "Complete");
        // Those of the protocol before.
        check(
            r#"{"type":"start","id":"1","payload":{"query":"{a}"}}"#,
            "BadMessage",
        );
        check("", "BadMessage");
        check("[]", "BadMessage");
    }

    #[test]
    fn who_calls_is_told_in_a_payload_by_any_case_of_the_name() {
        let of = |json: &str| {
            let payload = serde_json::from_str(json).expect("JSON");
            authorization(payload)
        };
        let token = HeaderValue::from_static("Bearer x");
        assert_eq!(of("null"), Ok(None));
        assert_eq!(of("{}"), Ok(None));
        for name in ["authorization", "Authorization"] {
            let json = format!("{{\"{name}\":\"Bearer x\"}}");
            assert_eq!(of(&json), Ok(Some(token.clone())));
        }
        for value in ["1", "\"a\\nb\"", "{}"] {
            let json = format!("{{\"authorization\":{value}}}");
            assert_eq!(of(&json), Err(Close::Forbidden), "{value}");
        }
    }

    #[test]
    fn a_reason_fits_into_its_frame() {
        let frame = Close::TakenId("あ".repeat(100))
            .frame()
            .expect("it is told");
        assert!(frame.reason.len() <= MAX_REASON_BYTES);
        assert!(frame.reason.starts_with("Subscriber for あ"));
    }
}
