//! How the server listens, and its limits.

use std::net::SocketAddr;
use std::time::Duration;

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
    /// How long requests in flight may take to finish once the server was told to stop.
    pub shutdown_grace: Duration,
    /// Whether to listen beyond loopback although nobody is asked who they are.
    pub insecure_no_auth: bool,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            request_timeout: Duration::from_secs(10),
            body_limit_bytes: 28 * 1024 * 1024,
            shutdown_grace: Duration::from_secs(15),
            insecure_no_auth: false,
        }
    }
}

/// The address is not one to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0} can be reached from other machines, and requests are not authenticated: listen on 127.0.0.1 \
     or [::1], or give --insecure-no-auth"
)]
pub struct ListenError(pub SocketAddr);

impl HttpOptions {
    /// Refuses an address beyond loopback unless that was asked for in so many words: without tokens
    /// whoever reaches the port reads every résumé.
    ///
    /// # Errors
    /// [`ListenError`] with the address.
    pub fn check(&self) -> Result<(), ListenError> {
        if self.listen.ip().is_loopback() || self.insecure_no_auth {
            return Ok(());
        }
        Err(ListenError(self.listen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(listen: &str, insecure_no_auth: bool, allowed: bool) {
        let listen = listen.parse().expect("an address");
        let options = HttpOptions {
            listen,
            insecure_no_auth,
            ..HttpOptions::default()
        };
        assert_eq!(options.check().is_ok(), allowed, "{listen}");
    }

    #[test]
    fn only_loopback_is_listened_on_unless_asked_otherwise() {
        check("127.0.0.1:8080", false, true);
        check("[::1]:8080", false, true);
        check("0.0.0.0:8080", false, false);
        check("192.168.0.2:8080", false, false);
        check("0.0.0.0:8080", true, true);
    }
}
