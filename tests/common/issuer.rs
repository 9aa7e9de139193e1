//! An identity provider on this machine: keys, tokens, and what it publishes of them over HTTP.

use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::rsa::{KeyPairComponents, PublicKeyComponents};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RsaKeyPair,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A key that signs tokens.
pub(crate) enum Key {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
    /// Made for this file alone: ring makes none.
    Rs256(RsaKeyPair, Value),
}

pub(crate) fn base64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Key {
    /// A new key of an elliptic curve.
    pub(crate) fn es256() -> Self {
        let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random);
        Self::Es256(pair.expect("a key"))
    }

    /// A new key of Ed25519.
    pub(crate) fn ed_dsa() -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a key");
        Self::EdDsa(Ed25519KeyPair::from_pkcs8(document.as_ref()).expect("a key"))
    }

    /// The key of RSA.
    pub(crate) fn rs256() -> Self {
        let key: Value = serde_json::from_str(include_str!("rsa_key.json")).expect("JSON");
        let number = |name: &str| {
            let text = key[name].as_str().expect("a number");
            URL_SAFE_NO_PAD.decode(text).expect("base64")
        };
        let pair = RsaKeyPair::from_components(&KeyPairComponents {
            public_key: PublicKeyComponents {
                n: number("n"),
                e: number("e"),
            },
            d: number("d"),
            p: number("p"),
            q: number("q"),
            dP: number("dp"),
            dQ: number("dq"),
            qInv: number("qi"),
        });
        let public = json!({ "kty": "RSA", "n": key["n"], "e": key["e"] });
        Self::Rs256(pair.expect("a key"), public)
    }

    pub(crate) fn algorithm(&self) -> &'static str {
        match self {
            Self::Es256(_) => "ES256",
            Self::EdDsa(_) => "EdDSA",
            Self::Rs256(..) => "RS256",
        }
    }

    /// The public half, as an issuer publishes it.
    pub(crate) fn public(&self, kid: &str) -> Value {
        let mut key = match self {
            Self::Es256(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                json!({ "kty": "EC", "crv": "P-256", "x": base64(x), "y": base64(y) })
            }
            Self::EdDsa(pair) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "x": base64(pair.public_key()) })
            }
            Self::Rs256(_, public) => public.clone(),
        };
        key["kid"] = json!(kid);
        key["use"] = json!("sig");
        key
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Es256(pair) => pair
                .sign(&random, message)
                .expect("signed")
                .as_ref()
                .to_vec(),
            Self::EdDsa(pair) => pair.sign(message).as_ref().to_vec(),
            Self::Rs256(pair, _) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .expect("signed");
                signature
            }
        }
    }

    /// A token of these claims under this name of the key.
    pub(crate) fn token(&self, kid: &str, claims: &Value) -> String {
        let header = json!({ "typ": "JWT", "alg": self.algorithm(), "kid": kid });
        self.token_of(&header, claims)
    }

    /// A token of this header and these claims, signed whatever the header says.
    pub(crate) fn token_of(&self, header: &Value, claims: &Value) -> String {
        let message = format!(
            "{}.{}",
            base64(header.to_string()),
            base64(claims.to_string())
        );
        let signature = base64(self.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }
}

/// Seconds since 1970, so many from now.
pub(crate) fn seconds(from_now: i64) -> i64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    i64::try_from(now.as_secs()).expect("before the end of time") + from_now
}

#[derive(Default)]
struct Published {
    description: Value,
    keys: Vec<Value>,
    /// How often the keys were asked for.
    asked: usize,
}

/// An identity provider; it goes when this does.
pub(crate) struct Issuer {
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    published: Arc<Mutex<Published>>,
    server: Option<JoinHandle<()>>,
}

impl Issuer {
    /// Starts one that publishes these keys.
    pub(crate) async fn start(keys: Vec<Value>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let published = Published {
            description: json!({ "issuer": url, "jwks_uri": format!("{url}/keys") }),
            keys,
            asked: 0,
        };
        let mut issuer = Self {
            url,
            published: Arc::new(Mutex::new(published)),
            server: None,
        };
        issuer.serve(listener);
        issuer
    }

    fn serve(&mut self, listener: TcpListener) {
        let description = async |State(published): State<Arc<Mutex<Published>>>| {
            Json(published.lock().expect("whole").description.clone())
        };
        let keys = async |State(published): State<Arc<Mutex<Published>>>| {
            let mut published = published.lock().expect("whole");
            published.asked += 1;
            Json(json!({ "keys": published.keys }))
        };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(description))
            .route("/keys", get(keys))
            .with_state(Arc::clone(&self.published));
        let serving = async move { axum::serve(listener, router).await.expect("it serves") };
        self.server = Some(tokio::spawn(serving));
    }

    /// Publishes other keys from now on.
    pub(crate) fn publish(&self, keys: Vec<Value>) {
        self.published.lock().expect("whole").keys = keys;
    }

    /// Describes itself otherwise from now on.
    pub(crate) fn describe(&self, description: Value) {
        self.published.lock().expect("whole").description = description;
    }

    /// How often its keys were asked for.
    pub(crate) fn asked(&self) -> usize {
        self.published.lock().expect("whole").asked
    }

    /// Answers nobody any more.
    pub(crate) async fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            server.abort();
            // Until its port is closed.
            server.await.ok();
        }
    }

    /// Answers again, at the same address.
    pub(crate) async fn start_again(&mut self) {
        let address = self.url.strip_prefix("http://").expect("an address");
        let listener = TcpListener::bind(address).await.expect("still free");
        self.serve(listener);
    }

    /// Claims that are as they should be.
    pub(crate) fn claims(&self, user: &str, role: &str) -> Value {
        json!({
            "iss": self.url,
            "aud": "shokureki",
            "sub": user,
            "exp": seconds(300),
            "iat": seconds(0),
            "organization": "default",
            "roles": [role],
        })
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        if let Some(server) = &self.server {
            server.abort();
        }
    }
}
