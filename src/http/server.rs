//! The listening socket, and its orderly end.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::serve::Listener;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio_io_timeout::TimeoutStream;
use tower::Layer as _;

use super::options::HttpOptions;
use super::socket::Stopping;

/// Headers of one request.
const MAX_HEADERS: usize = 64;

/// Bytes of the head of one request, its address included.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The address is taken or not this machine's.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
}

/// Takes the address that `options` name.
///
/// # Errors
/// [`HttpError::Listen`] when the address cannot be had.
pub async fn bind(options: &HttpOptions) -> Result<TcpListener, HttpError> {
    let address = options.listen;
    TcpListener::bind(address)
        .await
        .map_err(|source| HttpError::Listen { address, source })
}

/// Answers requests until `shutdown` is over, then lets those in flight finish, for at most
/// `options.shutdown_grace`.
///
/// Clients that are slow to send or to read are dropped, and no more than `options.max_connections` are
/// listened to at once.
pub async fn serve(
    mut listener: TcpListener,
    router: Router,
    options: &HttpOptions,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    let http = http(options);
    let places = Arc::new(Semaphore::new(options.max_connections));
    let (stop, _) = watch::channel(());
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            // Waits and tries again where the system has no more of what a socket takes.
            (place, Listener::accept(&mut listener).await)
        };
        let (place, (stream, peer)) = tokio::select! {
            accepted = next => accepted,
            () = &mut shutdown => break,
        };
        let service = Extension(ConnectInfo(peer)).layer(router.clone());
        // Sockets are no connections of HTTP any more: they hear of the end, and are waited for, by this.
        let service = Extension(Stopping(stop.subscribe())).layer(service);
        let service = TowerToHyperService::new(service);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(options.write_timeout));
        let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), service);
        let mut told = stop.subscribe();
        tokio::spawn(async move {
            let mut connection = pin!(connection.with_upgrades());
            let ended = tokio::select! {
                ended = &mut connection => ended,
                _ = told.changed() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended early");
            }
            drop((place, told));
        });
    }
    drop(listener);
    stop.send_replace(());
    // Until no connection listens any more.
    let finished = tokio::time::timeout(options.shutdown_grace, stop.closed()).await;
    if finished.is_err() {
        tracing::warn!("requests in flight did not finish in time");
    }
}

fn http(options: &HttpOptions) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(options.header_timeout)
        .max_headers(MAX_HEADERS)
        .max_header_size(MAX_HEAD_BYTES)
        // An answer of hyper's own to a head that is too large needs all of it to be buffered.
        .max_buf_size(2 * MAX_HEAD_BYTES);
    http
}
