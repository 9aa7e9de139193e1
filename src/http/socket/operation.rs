//! One operation of a socket: a task of its own that waits until its events are taken.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Response, ServerError, Value};
use futures::FutureExt as _;
use futures::stream::{BoxStream, StreamExt as _};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::graphql::{self, ErrorCode, Locale};

/// An operation under way; it ends when it is dropped.
pub(super) struct Operation {
    /// Tells it from earlier ones of the same id.
    pub(super) number: u64,
    task: JoinHandle<()>,
}

impl Drop for Operation {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What an operation has to tell.
pub(super) struct Event {
    pub(super) id: Arc<str>,
    /// Of the operation.
    pub(super) number: u64,
    pub(super) news: News,
}

pub(super) enum News {
    Next(Box<Response>),
    /// The last.
    Failed(Vec<ServerError>),
    /// The last.
    Completed,
}

impl News {
    pub(super) fn is_last(&self) -> bool {
        !matches!(self, Self::Next(_))
    }
}

/// What an event costs its caller: who cannot pay waits, and misses nothing.
pub(super) type Fare = Box<dyn Fn() -> Result<(), Duration> + Send + Sync>;

impl Operation {
    /// Begins to tell `responses`, of which the first is paid for.
    pub(super) fn begin(
        id: Arc<str>,
        number: u64,
        responses: BoxStream<'static, Response>,
        fare: Fare,
        events: mpsc::Sender<Event>,
        locale: Locale,
    ) -> Self {
        let task = tokio::spawn(async move {
            let event = |news| Event {
                id: Arc::clone(&id),
                number,
                news,
            };
            let told = tell(responses, fare, &events, event);
            let last = AssertUnwindSafe(told).catch_unwind().await;
            let last = last.unwrap_or_else(|_| {
                tracing::error!("an operation panicked");
                let refused = graphql::refusal(ErrorCode::Internal, locale);
                Some(News::Failed(refused.errors))
            });
            if let Some(last) = last {
                // Without a socket there is nobody to tell.
                events.send(event(last)).await.ok();
            }
        });
        Self { number, task }
    }
}

/// Tells all but the last, which it returns; `None` where nobody listens.
async fn tell(
    mut responses: BoxStream<'static, Response>,
    fare: Fare,
    events: &mpsc::Sender<Event>,
    event: impl Fn(News) -> Event,
) -> Option<News> {
    let mut is_paid = true;
    while let Some(response) = responses.next().await {
        if response.data == Value::Null && !response.errors.is_empty() {
            return Some(News::Failed(response.errors));
        }
        if !is_paid {
            while let Err(time) = fare() {
                tokio::time::sleep(time).await;
            }
        }
        is_paid = false;
        let next = News::Next(Box::new(response));
        events.send(event(next)).await.ok()?;
    }
    Some(News::Completed)
}
