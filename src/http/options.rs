//! How the server listens, and its limits.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use super::allowed::AllowedOperations;
use super::socket::SocketOptions;
use crate::access::{LocalMode, OidcOptions};
use crate::domain::Origin;

/// What the server is told.
#[derive(Clone, Debug)]
pub struct HttpOptions {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The longest a request may take; beyond it `UNAVAILABLE` (design, section 9: 10 s).
    pub request_timeout: Duration,
    /// The largest body in bytes. A document of 20 MiB is 27 MiB in base64; the rest is the request
    /// around it.
    pub body_limit_bytes: usize,
    /// How long a client may take to send the head of a request, and be quiet between two.
    pub header_timeout: Duration,
    /// How long a client may take to send the body of a request.
    pub body_timeout: Duration,
    /// How long a client may take nothing of an answer.
    pub write_timeout: Duration,
    /// Connections at once; further ones wait to be accepted.
    pub max_connections: usize,
    /// Cost that each caller may spend in a minute; `None` for no limit.
    pub rate_limit_cost_per_minute: Option<NonZeroU32>,
    /// The only requests that run; `None` for any.
    pub allowed_operations: Option<Arc<AllowedOperations>>,
    /// Whether the schema may be asked for; `None` for in local mode only.
    pub introspection: Option<bool>,
    /// Whether there is a playground at `/graphiql`; `None` for in local mode only.
    pub playground: Option<bool>,
    /// Web origins whose pages may ask, beside the server's own.
    pub cors_origins: Vec<Origin>,
    /// The identity provider whose users are let in; `None` for none.
    pub oidc: Option<OidcOptions>,
    /// How long browsers are told to come by TLS only, in seconds; `None` to say nothing of it.
    pub hsts_max_age_s: Option<u64>,
    /// How long the server goes on answering, `/readyz` alone refusing, once it was told to stop.
    pub drain_delay: Duration,
    /// How long requests in flight may take to finish once the server was told to stop.
    pub shutdown_grace: Duration,
    /// Whether requests without credentials act as the owner of the organization `default`, whoever
    /// sends them.
    pub insecure_no_auth: bool,
    /// The limits of sockets.
    pub sockets: SocketOptions,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            request_timeout: Duration::from_secs(10),
            body_limit_bytes: 28 * 1024 * 1024,
            header_timeout: Duration::from_secs(30),
            body_timeout: Duration::from_secs(30),
            write_timeout: Duration::from_secs(30),
            max_connections: 1024,
            rate_limit_cost_per_minute: None,
            allowed_operations: None,
            introspection: None,
            playground: None,
            cors_origins: Vec::new(),
            oidc: None,
            hsts_max_age_s: None,
            drain_delay: Duration::ZERO,
            shutdown_grace: Duration::from_secs(15),
            insecure_no_auth: false,
            sockets: SocketOptions::default(),
        }
    }
}

impl HttpOptions {
    /// Returns whether requests without credentials act as the owner of the organization `default`: on
    /// loopback until tokens are given out or an identity provider is trusted, else only if that was asked
    /// for in so many words.
    pub fn local_mode(&self) -> LocalMode {
        if self.insecure_no_auth {
            LocalMode::Always
        } else if self.oidc.is_none() && self.listen.ip().is_loopback() {
            LocalMode::UntilTokens
        } else {
            LocalMode::Off
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(listen: &str, insecure_no_auth: bool, expected: LocalMode) {
        let listen = listen.parse().expect("an address");
        let options = HttpOptions {
            listen,
            insecure_no_auth,
            ..HttpOptions::default()
        };
        assert_eq!(options.local_mode(), expected, "{listen}");
    }

    #[test]
    fn local_mode_is_of_loopback_unless_asked_otherwise() {
        check("127.0.0.1:8080", false, LocalMode::UntilTokens);
        check("[::1]:8080", false, LocalMode::UntilTokens);
        check("0.0.0.0:8080", false, LocalMode::Off);
        check("192.168.0.2:8080", false, LocalMode::Off);
        check("0.0.0.0:8080", true, LocalMode::Always);
        check("127.0.0.1:8080", true, LocalMode::Always);
    }
}
