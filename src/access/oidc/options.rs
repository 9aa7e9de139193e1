//! Which issuer is trusted, and what its claims mean here.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use jsonwebtoken::Algorithm;
use reqwest::Url;

use crate::domain::Role;

/// Which issuer is trusted, and what its claims mean here.
#[derive(Clone, Debug)]
pub struct OidcOptions {
    /// The issuer, letter for letter as its tokens name it.
    pub issuer: IssuerUrl,
    /// Whom its tokens must be for: one of these; at least one.
    pub audiences: Vec<String>,
    /// How its tokens may be signed.
    pub algorithms: Vec<OidcAlgorithm>,
    /// Which organization its users act for.
    pub organization: OrganizationOf,
    /// The claim that has the roles: a name, or names with dots between for a claim within others.
    pub roles_claim: String,
    /// The claim that names the user in the audit log.
    pub user_claim: String,
    /// What the issuer's roles are here; where it is empty, roles of our names are ours.
    pub roles: BTreeMap<String, Role>,
    /// By what name pages sign users in there; `None` if they do not.
    pub client_id: Option<String>,
    /// What pages ask for when they sign users in, with spaces between.
    pub client_scopes: String,
    /// How old the issuer's keys may be before they are fetched again.
    pub keys_max_age: Duration,
    /// How much older they may be while it cannot be reached.
    pub keys_stale_for: Duration,
    /// How seldom they are fetched because a token names one that is not known.
    pub keys_refetch_every: Duration,
}

impl OidcOptions {
    /// Returns the usual options for tokens of `issuer` for `audiences`.
    pub fn new(issuer: IssuerUrl, audiences: Vec<String>) -> Self {
        Self {
            issuer,
            audiences,
            algorithms: OidcAlgorithm::ALL.to_vec(),
            organization: OrganizationOf::Claim("organization".to_owned()),
            roles_claim: "roles".to_owned(),
            user_claim: "sub".to_owned(),
            roles: BTreeMap::new(),
            client_id: None,
            client_scopes: "openid".to_owned(),
            keys_max_age: Duration::from_secs(10 * 60),
            keys_stale_for: Duration::from_secs(60 * 60),
            keys_refetch_every: Duration::from_secs(30),
        }
    }
}

/// Which organization a user acts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganizationOf {
    /// The one that this claim names.
    Claim(String),
    /// This one, whatever the token says.
    Named(String),
}

/// The address of an issuer: `https://`, or `http://` on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerUrl {
    text: String,
    origin: String,
}

/// It is no address of an issuer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no issuer such as https://login.example (https, no query, no fragment)")]
pub struct IssuerUrlError(String);

impl IssuerUrl {
    /// Reads an issuer's address.
    ///
    /// # Errors
    /// [`IssuerUrlError`].
    pub fn parse(text: &str) -> Result<Self, IssuerUrlError> {
        let error = || IssuerUrlError(text.to_owned());
        let url = secure_url(text).ok_or_else(error)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(error());
        }
        Ok(Self {
            text: text.to_owned(),
            origin: url.origin().ascii_serialization(),
        })
    }

    /// Returns the address as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns its origin, for a page's content security policy.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// Reads an address that nobody on the way can answer for: by TLS, or on this machine; without a
/// password.
pub(super) fn secure_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let host = url
        .host_str()?
        .trim_start_matches('[')
        .trim_end_matches(']');
    let is_here = host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    let is_secure = url.scheme() == "https" || (url.scheme() == "http" && is_here);
    let is_plain = url.username().is_empty() && url.password().is_none();
    (is_secure && is_plain).then_some(url)
}

/// A way to sign by a key of which only one half is public. There is no `none`, and nothing whose key both
/// sides have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OidcAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// RSASSA-PSS with SHA-384.
    Ps384,
    /// RSASSA-PSS with SHA-512.
    Ps512,
    /// ECDSA over P-256 with SHA-256.
    Es256,
    /// ECDSA over P-384 with SHA-384.
    Es384,
    /// Ed25519.
    EdDsa,
}

impl OidcAlgorithm {
    /// Every algorithm.
    pub const ALL: [Self; 9] = [
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::EdDsa,
    ];

    /// Returns the name of RFC 7518 or RFC 8037.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
        }
    }
}

impl From<OidcAlgorithm> for Algorithm {
    fn from(algorithm: OidcAlgorithm) -> Self {
        match algorithm {
            OidcAlgorithm::Rs256 => Self::RS256,
            OidcAlgorithm::Rs384 => Self::RS384,
            OidcAlgorithm::Rs512 => Self::RS512,
            OidcAlgorithm::Ps256 => Self::PS256,
            OidcAlgorithm::Ps384 => Self::PS384,
            OidcAlgorithm::Ps512 => Self::PS512,
            OidcAlgorithm::Es256 => Self::ES256,
            OidcAlgorithm::Es384 => Self::ES384,
            OidcAlgorithm::EdDsa => Self::EdDSA,
        }
    }
}

/// The text names no algorithm that tokens may be signed by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no algorithm for tokens; there are RS256, RS384, RS512, PS256, PS384, PS512, ES256, \
     ES384, EdDSA"
)]
pub struct OidcAlgorithmError(String);

impl FromStr for OidcAlgorithm {
    type Err = OidcAlgorithmError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|algorithm| algorithm.name() == text);
        found.ok_or_else(|| OidcAlgorithmError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, origin: Option<&str>) {
        let issuer = IssuerUrl::parse(text).ok();
        assert_eq!(issuer.as_ref().map(IssuerUrl::origin), origin, "{text}");
    }

    #[test]
    fn an_issuer_is_asked_by_tls_or_on_this_machine() {
        check("https://login.example", Some("https://login.example"));
        check(
            "https://login.example:8443/a/",
            Some("https://login.example:8443"),
        );
        check("http://127.0.0.1:9000", Some("http://127.0.0.1:9000"));
        check("http://[::1]:9000/realm", Some("http://[::1]:9000"));
        check("http://localhost", Some("http://localhost"));
        for text in [
            "",
            "login.example",
            "http://login.example",
            "http://127.0.0.1.example",
            "https://user:secret@login.example",
            "https://login.example?a=b",
            "https://login.example#a",
            "ftp://localhost",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn nothing_but_signatures_by_keys_of_two_halves_is_an_algorithm() {
        for algorithm in OidcAlgorithm::ALL {
            assert_eq!(algorithm.name().parse(), Ok(algorithm));
            let error = OidcAlgorithmError(String::new()).to_string();
            assert!(error.contains(algorithm.name()), "{error}");
        }
        for text in ["none", "HS256", "HS384", "HS512", "rs256", ""] {
            assert!(text.parse::<OidcAlgorithm>().is_err(), "{text}");
        }
    }
}
