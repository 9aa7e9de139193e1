//! An issuer's keys, kept for a while.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::{Mutex, MutexGuard};

use super::fetch::Source;
use super::options::OidcOptions;

/// How seldom an issuer is asked that does not answer.
const RETRY_EVERY: Duration = Duration::from_secs(5);

/// Keys of one issuer.
const MAX_KEYS: usize = 100;

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum KeyError {
    /// The issuer has none that fits.
    #[error("the issuer has no such key")]
    Unknown,
    /// Its keys were never had, or too long ago.
    #[error("the issuer's keys cannot be had")]
    Unreachable,
}

/// The keys of one issuer, fetched when they are needed and kept.
///
/// Keys younger than `max_age` are used as they are, so that one that the issuer takes back is good for no
/// longer than that. Older ones are fetched again; while the issuer does not answer they are good for
/// `stale_for` longer. A key that is not known is asked for at most every `refetch_every`, so that nobody
/// makes this server ask with each token that it is sent.
pub(super) struct Keys {
    source: Source,
    max_age: Duration,
    stale_for: Duration,
    refetch_every: Duration,
    held: RwLock<Option<Held>>,
    /// When the issuer was last asked; held by who asks.
    asked: Mutex<Option<Instant>>,
}

#[derive(Clone)]
struct Held {
    keys: Arc<KeySet>,
    since: Instant,
}

impl Keys {
    pub(super) fn new(source: Source, options: &OidcOptions) -> Self {
        Self {
            source,
            max_age: options.keys_max_age,
            stale_for: options.keys_stale_for,
            refetch_every: options.keys_refetch_every,
            held: RwLock::default(),
            asked: Mutex::default(),
        }
    }

    /// Returns the key that a token of this header is signed by.
    ///
    /// # Errors
    /// Every [`KeyError`].
    pub(super) async fn find(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
    ) -> Result<DecodingKey, KeyError> {
        let keys = self.current().await?;
        if let Some(key) = keys.find(algorithm, kid) {
            return Ok(key.clone());
        }
        // The issuer may have begun to use a new one.
        let mut asked = self.asked.lock().await;
        if is_since(*asked, self.refetch_every) {
            self.fetch(&mut asked).await.ok();
        }
        let newest = self.held().map_or(keys, |held| held.keys);
        newest
            .find(algorithm, kid)
            .cloned()
            .ok_or(KeyError::Unknown)
    }

    /// Returns the keys, fetched before if those at hand are too old.
    ///
    /// # Errors
    /// [`KeyError::Unreachable`].
    pub(super) async fn current(&self) -> Result<Arc<KeySet>, KeyError> {
        if let Some(held) = self.held() {
            let age = held.since.elapsed();
            if age < self.max_age {
                return Ok(held.keys);
            }
            if age < self.max_age + self.stale_for {
                // One asks, the others go on with what there is.
                if let Ok(mut asked) = self.asked.try_lock()
                    && is_since(*asked, RETRY_EVERY.min(self.max_age))
                {
                    self.fetch(&mut asked).await.ok();
                }
                return Ok(self.held().map_or(held.keys, |newest| newest.keys));
            }
        }
        let mut asked = self.asked.lock().await;
        match self.held() {
            Some(held) if held.since.elapsed() < self.max_age => Ok(held.keys),
            _ if is_since(*asked, RETRY_EVERY.min(self.max_age)) => self.fetch(&mut asked).await,
            _ => Err(KeyError::Unreachable),
        }
    }

    async fn fetch(
        &self,
        asked: &mut MutexGuard<'_, Option<Instant>>,
    ) -> Result<Arc<KeySet>, KeyError> {
        **asked = Some(Instant::now());
        match self.source.fetch().await {
            Ok(keys) => {
                let keys = Arc::new(keys);
                let held = Held {
                    keys: Arc::clone(&keys),
                    since: Instant::now(),
                };
                *self.held.write().unwrap_or_else(PoisonError::into_inner) = Some(held);
                Ok(keys)
            }
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(error, "the keys of the identity provider cannot be fetched");
                Err(KeyError::Unreachable)
            }
        }
    }

    fn held(&self) -> Option<Held> {
        let held = self.held.read();
        held.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Whether `at` is that long ago, or never was.
fn is_since(at: Option<Instant>, time: Duration) -> bool {
    at.is_none_or(|at| at.elapsed() >= time)
}

/// A set of keys as an issuer publishes it (RFC 7517, section 5).
#[derive(Deserialize)]
pub(super) struct Published {
    keys: Vec<Value>,
}

/// The keys that tokens can be checked by.
pub(super) struct KeySet(Vec<Key>);

struct Key {
    id: Option<String>,
    /// What it may be used for.
    algorithms: Vec<Algorithm>,
    key: DecodingKey,
}

impl KeySet {
    /// Reads what an issuer publishes. Keys that are not understood, or for other uses, are left out.
    pub(super) fn read(published: Published) -> Self {
        let keys = published.keys.into_iter().take(MAX_KEYS);
        let keys = keys.filter_map(|key| serde_json::from_value::<Jwk>(key).ok());
        Self(keys.filter_map(|key| Key::read(&key)).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the key of this id that is for the algorithm; without an id, the only one that is.
    fn find(&self, algorithm: Algorithm, kid: Option<&str>) -> Option<&DecodingKey> {
        let mut fitting = self.0.iter().filter(|key| {
            let is_named = kid.is_none() || key.id.as_deref() == kid;
            is_named && key.algorithms.contains(&algorithm)
        });
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => Some(&key.key),
            _ => None,
        }
    }
}

impl Key {
    fn read(key: &Jwk) -> Option<Self> {
        if matches!(key.common.public_key_use, Some(ref usage) if *usage != PublicKeyUse::Signature)
        {
            return None;
        }
        let algorithms = match &key.algorithm {
            AlgorithmParameters::RSA(_) => AlgorithmFamily::Rsa.algorithms(),
            AlgorithmParameters::EllipticCurve(of) => match of.curve {
                EllipticCurve::P256 => &[Algorithm::ES256],
                EllipticCurve::P384 => &[Algorithm::ES384],
                _ => return None,
            },
            AlgorithmParameters::OctetKeyPair(of) if of.curve == EllipticCurve::Ed25519 => {
                &[Algorithm::EdDSA]
            }
            // A key that both sides have, above all.
            _ => return None,
        };
        let only = match key.common.key_algorithm {
            Some(only) => Some(Algorithm::try_from(only).ok()?),
            None => None,
        };
        let algorithms = algorithms.iter().copied();
        Some(Self {
            id: key.common.key_id.clone(),
            algorithms: algorithms
                .filter(|algorithm| only.is_none_or(|only| only == *algorithm))
                .collect(),
            key: DecodingKey::from_jwk(key).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn set(keys: &Value) -> KeySet {
        let published = serde_json::from_value(json!({ "keys": keys }));
        KeySet::read(published.expect("a set"))
    }

    #[test]
    fn a_key_is_found_by_id_and_algorithm_and_nothing_stands_in_for_it() {
        let set = set(&json!([
            { "kty": "RSA", "kid": "a", "n": "AQAB", "e": "AQAB", "alg": "RS256" },
            { "kty": "RSA", "kid": "b", "n": "AQAB", "e": "AQAB", "use": "enc" },
            { "kty": "EC", "kid": "c", "crv": "P-256", "x": "AQAB", "y": "AQAB", "use": "sig" },
            { "kty": "oct", "kid": "d", "k": "AQAB", "alg": "HS256" },
            { "kty": "OKP", "kid": "e", "crv": "Ed25519", "x": "AQAB" },
            { "kty": "new", "kid": "f" },
            "nonsense",
        ]));
        let found = |algorithm, kid| set.find(algorithm, kid).is_some();
        assert!(found(Algorithm::RS256, Some("a")));
        assert!(found(Algorithm::ES256, Some("c")));
        assert!(found(Algorithm::EdDSA, Some("e")));
        assert!(found(Algorithm::RS256, None), "the only one");
        assert!(!found(Algorithm::RS512, Some("a")), "it is for RS256");
        assert!(!found(Algorithm::RS256, Some("b")), "it encrypts");
        assert!(!found(Algorithm::ES384, Some("c")), "another curve");
        assert!(!found(Algorithm::HS256, Some("d")), "both sides have it");
        assert!(!found(Algorithm::HS256, Some("a")));
        assert!(!found(Algorithm::RS256, Some("f")));
        assert!(!found(Algorithm::RS256, Some("c")));
    }

    #[test]
    fn of_several_keys_none_is_guessed() {
        let key = |kid: &str| json!({ "kty": "RSA", "kid": kid, "n": "AQAB", "e": "AQAB" });
        let set = set(&json!([key("a"), key("b")]));
        assert!(set.find(Algorithm::RS256, None).is_none());
        assert!(set.find(Algorithm::RS256, Some("b")).is_some());
    }
}
