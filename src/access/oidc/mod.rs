//! Users that an identity provider vouches for: JWTs of one issuer, as OpenID Connect and RFC 9068 have
//! them.

mod claims;
mod fetch;
mod keys;
mod options;
mod verifier;

use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde_json::{Map, Value};

use claims::Claimed;
use fetch::Source;
use keys::{KeyError, Keys};

pub use options::{
    IssuerUrl, IssuerUrlError, OidcAlgorithm, OidcAlgorithmError, OidcOptions, OrganizationOf,
};

/// How far the clocks of the issuer and of this machine may differ, in seconds.
const LEEWAY_S: u64 = 60;

/// Why a JWT tells nobody.
#[derive(Debug, thiserror::Error)]
pub(super) enum OidcError {
    /// It is none that is valid here. What is wrong with it is told to nobody.
    #[error("the token is not valid")]
    Invalid,
    /// The issuer's keys cannot be had.
    #[error("the identity provider cannot be reached")]
    Unreachable,
}

impl From<KeyError> for OidcError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Unknown => Self::Invalid,
            KeyError::Unreachable => Self::Unreachable,
        }
    }
}

impl From<jsonwebtoken::errors::Error> for OidcError {
    fn from(_: jsonwebtoken::errors::Error) -> Self {
        Self::Invalid
    }
}

/// Verifies the JWTs of one issuer.
pub(super) struct Oidc {
    options: OidcOptions,
    keys: Keys,
}

impl Oidc {
    /// Returns what verifies the tokens that `options` tell. Nothing is fetched before the first.
    pub(super) fn new(options: OidcOptions) -> Self {
        verifier::install();
        Self {
            keys: Keys::new(Source::new(options.issuer.clone()), &options),
            options,
        }
    }

    /// Returns whether `token` has the form of a JWT: three parts.
    pub(super) fn is_jwt(token: &str) -> bool {
        token.split('.').count() == 3
    }

    /// Fetches the issuer's keys, so that the first user need not wait for them. An issuer that cannot be
    /// reached is asked again when a user comes.
    pub(super) async fn prepare(&self) {
        // What fails is logged where it does.
        self.keys.current().await.ok();
    }

    /// Returns what `token` says of its user.
    ///
    /// # Errors
    /// Every [`OidcError`].
    pub(super) async fn verify(&self, token: &str) -> Result<Claimed, OidcError> {
        let header = decode_header(token)?;
        // What must be understood and is not (RFC 7515, section 4.1.11).
        if !self.allows(header.alg) || header.crit.is_some() {
            return Err(OidcError::Invalid);
        }
        let kid = header.kid.as_deref();
        let key = self.keys.find(header.alg, kid).await?;
        let validation = self.validation(header.alg);
        let claims: Map<String, Value> = decode(token, &key, &validation)?.claims;
        Claimed::read(&claims, &self.options).ok_or(OidcError::Invalid)
    }

    fn allows(&self, algorithm: Algorithm) -> bool {
        let mut allowed = self.options.algorithms.iter();
        allowed.any(|allowed| Algorithm::from(*allowed) == algorithm)
    }

    fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm);
        validation.leeway = LEEWAY_S;
        validation.validate_nbf = true;
        validation.set_issuer(&[self.options.issuer.as_str()]);
        validation.set_audience(&self.options.audiences);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation
    }
}
