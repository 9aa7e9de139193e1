//! An issuer's keys, from the issuer.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::keys::KeySet;
use super::options::{IssuerUrl, secure_url};

/// The longest time for one document of the issuer.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The largest document of the issuer, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// Why an issuer's keys were not had.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    /// It does not answer, or not in time.
    #[error("the issuer does not answer")]
    Silent(#[from] reqwest::Error),
    /// It answers with another status than 200.
    #[error("the issuer answers with status {0}")]
    Status(StatusCode),
    /// Its answer is too large.
    #[error("the issuer's answer is larger than {MAX_BYTES} bytes")]
    TooLarge,
    /// Its answer is not what OpenID Connect Discovery 1.0 or RFC 7517 says.
    #[error("the issuer's answer is not as it should be")]
    Malformed(#[from] serde_json::Error),
    /// It names another issuer than itself.
    #[error("the issuer calls itself otherwise: an issuer is compared letter for letter")]
    OtherIssuer,
    /// Its keys lie where anybody on the way could exchange them.
    #[error("the issuer's keys are not at an address of https")]
    Insecure,
    /// It has no key that tokens can be checked by.
    #[error("the issuer has no key that tokens can be checked by")]
    NoKey,
}

/// Where an issuer's keys come from.
pub(super) struct Source {
    issuer: IssuerUrl,
    /// Made with the first request: the certificates that the system trusts are read for it.
    client: OnceLock<Client>,
}

/// What is read of an issuer's description of itself (OpenID Connect Discovery 1.0, section 3).
#[derive(Deserialize)]
struct Description {
    issuer: String,
    jwks_uri: String,
}

impl Source {
    pub(super) fn new(issuer: IssuerUrl) -> Self {
        Self {
            issuer,
            client: OnceLock::new(),
        }
    }

    /// Asks the issuer for its keys, by its description of itself.
    pub(super) async fn fetch(&self) -> Result<KeySet, FetchError> {
        let issuer = self.issuer.as_str();
        let base = issuer.strip_suffix('/').unwrap_or(issuer);
        let address = format!("{base}/.well-known/openid-configuration");
        let address = secure_url(&address).ok_or(FetchError::Insecure)?;
        let description: Description = self.get(address).await?;
        if description.issuer != issuer {
            return Err(FetchError::OtherIssuer);
        }
        let keys = secure_url(&description.jwks_uri).ok_or(FetchError::Insecure)?;
        let keys = KeySet::read(self.get(keys).await?);
        if keys.is_empty() {
            return Err(FetchError::NoKey);
        }
        Ok(keys)
    }

    async fn get<T: DeserializeOwned>(&self, address: Url) -> Result<T, FetchError> {
        let mut answer = self.client()?.get(address).send().await?;
        if answer.status() != StatusCode::OK {
            return Err(FetchError::Status(answer.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > MAX_BYTES {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(serde_json::from_slice(&body)?)
    }

    fn client(&self) -> Result<&Client, FetchError> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        // No redirects: they could lead to where nobody said that the issuer is.
        let client = Client::builder().timeout(TIMEOUT).redirect(Policy::none());
        let client = client.build()?;
        Ok(self.client.get_or_init(|| client))
    }
}
