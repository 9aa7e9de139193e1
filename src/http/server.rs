//! The listening socket, and its orderly end.

use std::future::{Future, IntoFuture as _};
use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;

use super::options::{HttpOptions, ListenError};

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The address may not be listened on.
    #[error(transparent)]
    Refused(#[from] ListenError),
    /// The address is taken or not this machine's.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The socket failed.
    #[error("the listening socket failed")]
    Serve(#[source] std::io::Error),
}

/// Takes the address that `options` name.
///
/// # Errors
/// [`HttpError::Refused`] beyond loopback, [`HttpError::Listen`] when the address cannot be had.
pub async fn bind(options: &HttpOptions) -> Result<TcpListener, HttpError> {
    options.check()?;
    let address = options.listen;
    TcpListener::bind(address)
        .await
        .map_err(|source| HttpError::Listen { address, source })
}

/// Answers requests until `shutdown` is over, then lets those in flight finish, for at most
/// `options.shutdown_grace`.
///
/// # Errors
/// [`HttpError::Serve`].
pub async fn serve(
    listener: TcpListener,
    router: Router,
    options: &HttpOptions,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), HttpError> {
    let (told, mut telling) = tokio::sync::watch::channel(false);
    let stop = async move {
        shutdown.await;
        // Nobody waits any more when the server has already ended.
        let _ = told.send(true);
    };
    let server = axum::serve(listener, router)
        .with_graceful_shutdown(stop)
        .into_future();
    let grace = options.shutdown_grace;
    let deadline = async {
        if telling.wait_for(|told| *told).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(grace).await;
    };
    tokio::select! {
        ended = server => ended.map_err(HttpError::Serve),
        () = deadline => {
            tracing::warn!("requests in flight did not finish in time");
            Ok(())
        }
    }
}
