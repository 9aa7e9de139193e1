//! Subscriptions over a WebSocket at `/graphql`: the protocol `graphql-transport-ws`.
//!
//! Only what goes on is followed here; what is asked once is asked by POST, with its limits of time and
//! size. Whoever opens a socket says who they are in its first message, and is looked at again before
//! each event and every few seconds: what they may no longer see ends with the socket. async-graphql has
//! a socket of its own, which knows neither the protocol's codes nor limits nor callers whose right ends.

mod operation;
mod places;
mod protocol;
mod session;

use std::time::Duration;

use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse as _;
use tokio::sync::watch;

use super::answer::{MediaType, refused, wait};
use super::graphql::locale;
use super::guard::{self, Opener};
use super::rate::{Account, CallerKey};
use super::router::ServerState;
use crate::graphql::ErrorCode;
pub(super) use places::Places;
use session::{Opened, Session};

/// The one protocol that is spoken.
const PROTOCOL: &str = "graphql-transport-ws";

/// When to try again where there is no place, in seconds.
const RETRY_AFTER_S: u64 = 5;

/// The limits of sockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketOptions {
    /// Sockets at once.
    pub max_sockets: usize,
    /// Sockets of one caller at once, and of one address before it is known who calls.
    pub max_sockets_per_caller: usize,
    /// Operations of one socket at once.
    pub max_operations: usize,
    /// Bytes of one message of a client.
    pub max_message_bytes: usize,
    /// How long a client may take to say who it is.
    pub init_timeout: Duration,
    /// How often it is looked whether a caller may still listen, beside before each event.
    pub check_interval: Duration,
    /// How long a client may be silent before it is asked whether it is there; it is given up after three
    /// times as long.
    pub ping_interval: Duration,
}

impl Default for SocketOptions {
    fn default() -> Self {
        Self {
            max_sockets: 1_024,
            max_sockets_per_caller: 64,
            max_operations: 16,
            max_message_bytes: 128 * 1024,
            init_timeout: Duration::from_secs(10),
            check_interval: Duration::from_secs(2),
            ping_interval: Duration::from_secs(20),
        }
    }
}

/// Tells a connection that the server stops; the server waits for those who hold it.
#[derive(Clone, Debug)]
pub(super) struct Stopping(pub(super) watch::Receiver<()>);

/// Answers a request that asks for a WebSocket; lets every other request pass.
pub(super) async fn upgrade(
    State(state): State<ServerState>,
    request: Request,
    next: Next,
) -> Response<Body> {
    if !is_upgrade(request.headers()) {
        return next.run(request).await;
    }
    let (mut parts, _) = request.into_parts();
    let locale = locale(&parts.headers);
    let refuse = |status, code| refused(status, MediaType::Json, code, locale);
    let Some(opener) = guard::opener(&parts.headers, &state.origins) else {
        return refuse(StatusCode::FORBIDDEN, ErrorCode::Forbidden);
    };
    let Ok(address) = CallerKey::from_request_parts(&mut parts, &()).await;
    let address = match opener {
        Opener::Known => address,
        Opener::OtherPage => address.of_other_pages(),
    };
    let budgets = state.budgets.clone();
    let account = budgets.map(|budgets| Account::new(budgets, address.clone()));
    if let Some(Err(time)) = account.map(|account| account.spend(1)) {
        return wait(time, MediaType::Json, locale);
    }
    let Some(place) = state.sockets.take(address.clone()) else {
        let mut answer = refuse(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable);
        let headers = answer.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_S));
        return answer;
    };
    let opened = Opened {
        opener,
        credentials: credentials(&parts.headers),
        locale,
        address,
        place,
        stopping: parts.extensions.remove::<Stopping>(),
    };
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => accept(upgrade, state, opened),
        Err(rejection) => rejection.into_response(),
    }
}

fn accept(upgrade: WebSocketUpgrade, state: ServerState, opened: Opened) -> Response<Body> {
    let max_bytes = state.socket_options.max_message_bytes;
    let upgrade = upgrade
        .protocols([PROTOCOL])
        .max_message_size(max_bytes)
        .max_frame_size(max_bytes)
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0);
    let speaks = upgrade.selected_protocol().is_some();
    upgrade.on_upgrade(move |socket| Session::run(socket, state, opened, speaks))
}

/// Bytes that are read at once: each socket has as many for itself.
const READ_BUFFER_BYTES: usize = 8 * 1024;

fn is_upgrade(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE).map(HeaderValue::as_bytes);
    upgrade.is_some_and(|to| to.eq_ignore_ascii_case(b"websocket"))
}

/// Returns the headers that tell who opens a socket.
fn credentials(headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for name in [header::AUTHORIZATION, header::ORIGIN] {
        for value in headers.get_all(&name) {
            kept.append(name.clone(), value.clone());
        }
    }
    kept
}
