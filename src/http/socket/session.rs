//! One socket, from its first message to its last.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_graphql::Response;
use axum::extract::ws::{Message, WebSocket};
use axum::http::{HeaderMap, header};
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior};

use super::super::authentication::{access, caller_name, credentials};
use super::super::graphql::Exchange;
use super::super::guard::Opener;
use super::super::rate::{Account, CallerKey};
use super::super::request::Incoming;
use super::super::router::ServerState;
use super::operation::{Event, News, Operation};
use super::places::Place;
use super::protocol::{ClientMessage, Close, ServerMessage, authorization};
use super::{SocketOptions, Stopping};
use crate::access::AuthenticationError;
use crate::domain::Access;
use crate::graphql::{self, CostGate, Locale};

/// How long a client may take to close its side.
const FAREWELL: Duration = Duration::from_secs(1);

/// What is known of a socket when it is opened.
pub(super) struct Opened {
    pub(super) opener: Opener,
    /// The headers that tell who opens it; the first message may add to them.
    pub(super) credentials: HeaderMap,
    pub(super) locale: Locale,
    /// Whom failed attempts are charged to.
    pub(super) address: CallerKey,
    pub(super) place: Place,
    /// None where nothing tells.
    pub(super) stopping: Option<Stopping>,
}

/// A socket.
pub(super) struct Session {
    socket: WebSocket,
    state: ServerState,
    opener: Opener,
    credentials: HeaderMap,
    locale: Locale,
    heard_at: Instant,
}

/// Who listens.
struct Caller {
    access: Access,
    key: CallerKey,
    /// Held for as long as the socket is open.
    _place: Place,
}

impl Session {
    /// Speaks with a client until one of both has enough. `speaks` tells whether the client knows the
    /// protocol.
    pub(super) async fn run(socket: WebSocket, state: ServerState, opened: Opened, speaks: bool) {
        let Opened {
            opener,
            credentials,
            locale,
            address,
            place,
            mut stopping,
        } = opened;
        let mut session = Self {
            socket,
            state,
            opener,
            credentials,
            locale,
            heard_at: Instant::now(),
        };
        let why = if speaks {
            tokio::select! {
                why = session.speak(address, place) => why,
                () = told(stopping.as_mut()) => Close::Stopping,
            }
        } else {
            Close::OtherProtocol
        };
        session.close(&why).await;
    }

    async fn speak(&mut self, address: CallerKey, place: Place) -> Close {
        let patience = self.options().init_timeout;
        let init = tokio::time::timeout(patience, self.init(address, place));
        let spoken = match init.await {
            Ok(Ok(caller)) => self.follow(caller).await,
            Ok(Err(close)) => Err(close),
            Err(_) => Err(Close::InitTimeout),
        };
        let Err(why) = spoken;
        why
    }

    fn options(&self) -> SocketOptions {
        self.state.socket_options
    }

    /// Waits until the client has said who it is.
    async fn init(&mut self, address: CallerKey, place: Place) -> Result<Caller, Close> {
        let payload = loop {
            match self.heard().await? {
                Some(ClientMessage::ConnectionInit { payload }) => break payload,
                Some(ClientMessage::Ping) => self.say(&ServerMessage::Pong).await?,
                Some(ClientMessage::Subscribe { .. }) => return Err(Close::Unauthorized),
                Some(ClientMessage::Pong | ClientMessage::Complete { .. }) | None => {}
            }
        };
        if let Some(value) = authorization(payload)? {
            self.credentials.insert(header::AUTHORIZATION, value);
        }
        let access = match let_in(&self.state, self.opener, &self.credentials).await {
            Ok(access) => access,
            Err(error) => {
                if let Some(account) = self.account(address) {
                    // Who cannot pay is turned away all the same.
                    account.spend(1).ok();
                }
                return Err(turned_away(&error));
            }
        };
        let key = caller_name(&access).map_or(address, |name| CallerKey::named(&name));
        let place = self.state.sockets.hand_over(place, key.clone());
        let caller = Caller {
            access,
            key,
            _place: place.ok_or(Close::TooManySockets)?,
        };
        self.say(&ServerMessage::ConnectionAck).await?;
        Ok(caller)
    }

    fn account(&self, caller: CallerKey) -> Option<Account> {
        let budgets = self.state.budgets.clone();
        budgets.map(|budgets| Account::new(budgets, caller))
    }

    /// Runs what the client asks for.
    async fn follow(&mut self, caller: Caller) -> Result<std::convert::Infallible, Close> {
        let options = self.options();
        let mut ticks = tokio::time::interval(options.check_interval);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut pinged_at = Instant::now();
        let mut operations: HashMap<Arc<str>, Operation> = HashMap::new();
        let mut begun = 0;
        // Operations wait until the client has taken what another had to tell.
        let (events, mut news) = mpsc::channel(1);
        loop {
            tokio::select! {
                heard = self.heard() => match heard? {
                    None | Some(ClientMessage::Pong) => {}
                    Some(ClientMessage::Ping) => self.say(&ServerMessage::Pong).await?,
                    Some(ClientMessage::ConnectionInit { .. }) => return Err(Close::TwoInits),
                    Some(ClientMessage::Complete { id }) => {
                        operations.remove(id.as_str());
                    }
                    Some(ClientMessage::Subscribe { id, payload }) => {
                        if operations.contains_key(id.as_str()) {
                            return Err(Close::TakenId(id));
                        }
                        let is_full = operations.len() >= options.max_operations;
                        begun += 1;
                        let id: Arc<str> = id.into();
                        let ticket = (Arc::clone(&id), begun);
                        match self.begin(&caller, ticket, *payload, is_full, &events) {
                            Ok(operation) => {
                                operations.insert(id, operation);
                            }
                            Err(refused) => {
                                let payload = &refused.errors;
                                self.say(&ServerMessage::Error { id: &id, payload }).await?;
                            }
                        }
                    }
                },
                Some(event) = news.recv() => {
                    let operation = operations.get(&event.id);
                    if operation.is_some_and(|operation| operation.number == event.number) {
                        self.check(&caller, true).await?;
                        if event.news.is_last() {
                            operations.remove(&event.id);
                        }
                        self.tell(&event).await?;
                    }
                }
                _ = ticks.tick() => {
                    self.check(&caller, false).await?;
                    let silence = self.heard_at.elapsed();
                    if silence >= 3 * options.ping_interval {
                        return Err(Close::Silent);
                    }
                    if silence.min(pinged_at.elapsed()) >= options.ping_interval {
                        pinged_at = Instant::now();
                        self.send(Message::Ping(axum::body::Bytes::new())).await?;
                    }
                }
            }
        }
    }

    /// Begins an operation, or answers why not.
    fn begin(
        &self,
        caller: &Caller,
        (id, number): (Arc<str>, u64),
        incoming: Incoming,
        is_full: bool,
        events: &mpsc::Sender<Event>,
    ) -> Result<Operation, Box<Response>> {
        let locale = self.locale;
        if is_full {
            return Err(Box::new(graphql::wait(Duration::from_secs(1), locale)));
        }
        let key = caller.key.clone();
        let exchange = Exchange::of_socket(&self.state, caller.access.clone(), key, locale);
        let request = exchange.subscription(incoming);
        let request = request.map_err(|refusal| Box::new(exchange.response(refusal)))?;
        let account = self.account(caller.key.clone());
        let spend = move |cost: usize| account.as_ref().map_or(Ok(()), |of| of.spend(cost));
        // Known once it is worked out, before the first event.
        let cost = Arc::new(AtomicUsize::new(1));
        let gate = {
            let (cost, spend) = (Arc::clone(&cost), spend.clone());
            CostGate::new(move |asked| {
                cost.store(asked, Ordering::Relaxed);
                // The least is paid already.
                spend(asked.saturating_sub(1))
            })
        };
        let responses = self.state.schema.execute_stream(request.data(gate));
        let fare = Box::new(move || spend(cost.load(Ordering::Relaxed)));
        let events = events.clone();
        Ok(Operation::begin(
            id, number, responses, fare, events, locale,
        ))
    }

    /// Asks whether the caller may still listen to what it did when it came. Where that cannot be known, it
    /// hears nothing.
    async fn check(&mut self, caller: &Caller, tells: bool) -> Result<(), Close> {
        match let_in(&self.state, self.opener, &self.credentials).await {
            Ok(access) if access == caller.access => Ok(()),
            Ok(_) => Err(Close::Forbidden),
            Err(error) if !tells && error.is_unknown() => Ok(()),
            Err(error) => Err(turned_away(&error)),
        }
    }

    async fn tell(&mut self, event: &Event) -> Result<(), Close> {
        let id = &*event.id;
        let message = match &event.news {
            News::Next(payload) => ServerMessage::Next { id, payload },
            News::Failed(payload) => ServerMessage::Error { id, payload },
            News::Completed => ServerMessage::Complete { id },
        };
        self.say(&message).await
    }

    /// Waits for a message; `None` for one of the socket itself.
    async fn heard(&mut self) -> Result<Option<ClientMessage>, Close> {
        let message = self.socket.recv().await;
        self.heard_at = Instant::now();
        match message {
            Some(Ok(Message::Text(text))) => ClientMessage::read(&text).map(Some),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
            None | Some(Ok(Message::Close(_))) => Err(Close::Gone),
            // One that is too large is an error of the socket.
            Some(Ok(Message::Binary(_)) | Err(_)) => Err(Close::BadMessage),
        }
    }

    async fn say(&mut self, message: &ServerMessage<'_>) -> Result<(), Close> {
        self.send(message.text()).await
    }

    /// Sends a message; a client that takes nothing of it for long is given up by the connection below.
    async fn send(&mut self, message: Message) -> Result<(), Close> {
        self.socket.send(message).await.map_err(|_| Close::Gone)
    }

    /// Tells the client why, and lets it close its side.
    async fn close(mut self, why: &Close) {
        tracing::debug!(?why, "a socket is closed");
        let Some(frame) = why.frame() else {
            return;
        };
        let farewell = async {
            if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = self.socket.recv().await {}
            }
        };
        // Who takes no leave is left.
        tokio::time::timeout(FAREWELL, farewell).await.ok();
    }
}

/// Returns what whoever opened a socket may do now, by what they said of themselves.
async fn let_in(
    state: &ServerState,
    opener: Opener,
    said: &HeaderMap,
) -> Result<Access, AuthenticationError> {
    let may_be = match opener {
        Opener::Known => true,
        // Whether the token is of the page's origin is seen next.
        Opener::OtherPage => credentials(said)?.are_of_embedded_page(),
    };
    if !may_be {
        return Err(AuthenticationError::Invalid);
    }
    access(state, said).await
}

fn turned_away(error: &AuthenticationError) -> Close {
    match error {
        AuthenticationError::Missing | AuthenticationError::Invalid => Close::Forbidden,
        AuthenticationError::Issuer => Close::Internal,
        AuthenticationError::Store(_) | AuthenticationError::Late => {
            let error: &dyn std::error::Error = error;
            tracing::error!(error, "credentials cannot be checked");
            Close::Internal
        }
    }
}

/// Waits until the server stops.
async fn told(stopping: Option<&mut Stopping>) {
    match stopping {
        // An error: the server is gone.
        Some(Stopping(stopping)) => {
            stopping.changed().await.ok();
        }
        None => std::future::pending().await,
    }
}
