//! Users of an identity provider: whom its tokens name is let in, by what it says of their roles, and
//! nobody whose token is not as it should be.

use std::time::Duration;

use crate::app::TestApp;
use crate::issuer::{Issuer, Key, base64, seconds};
use crate::program::shokureki;
use reqwest::{StatusCode, header};
use ring::hmac;
use serde_json::{Value, json};
use shokureki::access::OidcOptions;
use shokureki::config::{OidcSettings, ServerSettings};

const RESUME: &str =
    "# 職務経歴書\n\n氏名: 見本 花子\n\n更新日: 2024-04-01\n\n- 使用技術: Erlang\n";
const NAMES: &str = "{ searchCandidates { totalCount nodes { name } } }";

async fn ask(app: &TestApp, token: &str, query: &str) -> (StatusCode, Value) {
    let request = app.client.post(format!("{}/graphql", app.url));
    let request = request.json(&json!({ "query": query })).bearer_auth(token);
    let answer = request.send().await.expect("an answer");
    (answer.status(), answer.json().await.expect("JSON"))
}

async fn status(app: &TestApp, token: &str) -> StatusCode {
    ask(app, token, NAMES).await.0
}

/// Asks until the answer is `expected`; fails after a while.
async fn becomes(app: &TestApp, token: &str, expected: StatusCode) {
    for _ in 0..200 {
        if status(app, token).await == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{}, not {expected}", status(app, token).await);
}

fn settings(issuer: &Issuer) -> OidcSettings {
    OidcSettings {
        issuer: Some(issuer.url.clone()),
        audience: vec!["shokureki".to_owned()],
        ..OidcSettings::default()
    }
}

/// An application that trusts the issuer, with what `change` makes of that.
async fn started(settings: OidcSettings, change: impl FnOnce(&mut OidcOptions)) -> TestApp {
    let server = ServerSettings {
        oidc: settings,
        ..ServerSettings::default()
    };
    TestApp::start_configured(server, |config| {
        change(config.http.oidc.as_mut().expect("it is told"));
    })
    .await
}

async fn with_a_candidate(issuer: &Issuer) -> TestApp {
    let app = started(settings(issuer), |_| {}).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("one.md");
    std::fs::write(&path, RESUME).expect("written");
    shokureki(&app, &["import", path.to_str().expect("a path")]);
    app
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn users_are_let_in_by_their_roles_and_the_audit_log_names_them() {
    let keys = [Key::rs256(), Key::es256(), Key::ed_dsa()];
    let public = keys.iter().map(|key| key.public(key.algorithm()));
    let issuer = Issuer::start(public.collect()).await;
    let app = with_a_candidate(&issuer).await;
    for key in &keys {
        let token = key.token(key.algorithm(), &issuer.claims("u|1", "recruiter"));
        becomes(&app, &token, StatusCode::OK).await;
        let mut found = Value::Null;
        for _ in 0..200 {
            found = ask(&app, &token, NAMES).await.1["data"]["searchCandidates"].take();
            if found["totalCount"] == 1 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(
            found["nodes"][0]["name"],
            "見本 花子",
            "{}",
            key.algorithm()
        );
    }
    let key = &keys[1];
    let blind = key.token("ES256", &issuer.claims("u|2", "blind-reviewer"));
    let (_, answer) = ask(&app, &blind, NAMES).await;
    assert_eq!(
        answer["data"]["searchCandidates"]["totalCount"], 1,
        "{answer}"
    );
    assert_eq!(
        answer["data"]["searchCandidates"]["nodes"][0]["name"],
        Value::Null
    );
    let nobody = key.token("ES256", &issuer.claims("u|3", "king"));
    let (_, answer) = ask(&app, &nobody, NAMES).await;
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "FORBIDDEN",
        "{answer}"
    );

    let auditor = key.token("ES256", &issuer.claims("u|4", "auditor"));
    let log = "{ auditLog(first: 100, filter: { action: SEARCH }) { nodes { actor } } }";
    let (_, answer) = ask(&app, &auditor, log).await;
    let nodes = answer["data"]["auditLog"]["nodes"]
        .as_array()
        .expect("entries");
    assert_eq!(nodes[0]["actor"], "user:u|2", "{answer}");
    assert!(
        nodes.iter().any(|node| node["actor"] == "user:u|1"),
        "{answer}"
    );
    assert!(
        nodes.iter().all(|node| node["actor"] != "user:u|3"),
        "{answer}"
    );
    // Nobody is local any more, though there is no API token.
    let answer = app.post(&json!({ "query": NAMES })).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    // API tokens go on beside.
    let token = shokureki(&app, &["token", "create", "--role", "blind-reviewer"]);
    assert_eq!(status(&app, &token).await, StatusCode::OK);
}

/// The claims with one of them otherwise; without it where `value` is null.
fn changed(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    match value {
        Value::Null => {
            claims.as_object_mut().expect("an object").remove(name);
        }
        value => claims[name] = value,
    }
    claims
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_not_as_it_should_be_lets_nobody_in() {
    let (key, other) = (Key::es256(), Key::es256());
    let rsa = Key::rs256();
    let issuer = Issuer::start(vec![key.public("a"), rsa.public("r"), other.public("b")]).await;
    let app = started(settings(&issuer), |_| {}).await;
    let good = issuer.claims("u1", "blind-reviewer");
    let with = |name: &str, value: Value| key.token("a", &changed(&good, name, value));
    for (case, token) in [
        ("as it should be", with("iat", json!(seconds(0)))),
        ("for several", with("aud", json!(["other", "shokureki"]))),
        ("a clock that is behind", with("exp", json!(seconds(-30)))),
        ("a clock that is ahead", with("nbf", json!(seconds(30)))),
    ] {
        assert_eq!(status(&app, &token).await, StatusCode::OK, "{case}");
    }
    let header = |alg: &str| json!({ "typ": "JWT", "alg": alg, "kid": "a" });
    let none = format!(
        "{}.{}.",
        base64(header("none").to_string()),
        base64(good.to_string())
    );
    let parts = key.token("a", &good);
    let parts: Vec<&str> = parts.split('.').collect();
    let stronger = base64(changed(&good, "roles", json!(["administrator"])).to_string());
    let mut refused = vec![
        (
            "another issuer",
            with("iss", json!("https://login.example")),
        ),
        ("no issuer", with("iss", Value::Null)),
        ("for another", with("aud", json!("other"))),
        (
            "for several others",
            with("aud", json!(["other", "shokureki2"])),
        ),
        ("for nobody", with("aud", Value::Null)),
        ("at its end", with("exp", json!(seconds(-120)))),
        ("without an end", with("exp", Value::Null)),
        ("an end that is no time", with("exp", json!("never"))),
        ("not yet", with("nbf", json!(seconds(120)))),
        ("a beginning that is no time", with("nbf", json!("now"))),
        ("of nobody", with("sub", Value::Null)),
        ("of an empty name", with("sub", json!(""))),
        ("of no organization", with("organization", Value::Null)),
        (
            "of an unknown organization",
            with("organization", json!("nobody")),
        ),
        ("not signed", none),
        (
            "without its signature",
            format!("{}.{}.", parts[0], parts[1]),
        ),
        ("changed", format!("{}.{stronger}.{}", parts[0], parts[2])),
        ("signed by another key", other.token("a", &good)),
        ("signed by a key of nobody", Key::es256().token("a", &good)),
        ("of a key that there is not", key.token("x", &good)),
        (
            "of another algorithm than it says",
            key.token_of(&header("ES384"), &good),
        ),
        (
            "of another kind of key",
            key.token_of(&json!({ "alg": "RS256", "kid": "r" }), &good),
        ),
        (
            "of one of several keys",
            key.token_of(&json!({ "alg": "ES256" }), &good),
        ),
        (
            "with what must be understood",
            key.token_of(
                &json!({ "alg": "ES256", "kid": "a", "crit": ["x"], "x": 1 }),
                &good,
            ),
        ),
        ("in two parts", format!("{}.{}", parts[0], parts[1])),
        ("in five parts", format!("{}.a.b", parts.join("."))),
        ("nothing of it", "a.b.c".to_owned()),
    ];
    // What everybody can read, taken for what both sides keep.
    let public = rsa.public("r");
    let point = key.public("a");
    let number = public["n"].as_str().expect("a number").as_bytes().to_vec();
    for (case, secret) in [
        ("HS256 by the modulus", number),
        (
            "HS256 by the key as published",
            public.to_string().into_bytes(),
        ),
        (
            "HS256 by a point",
            point["x"].as_str().expect("a number").as_bytes().to_vec(),
        ),
    ] {
        let header = json!({ "typ": "JWT", "alg": "HS256", "kid": "r" });
        let message = format!(
            "{}.{}",
            base64(header.to_string()),
            base64(good.to_string())
        );
        let signature = hmac::sign(
            &hmac::Key::new(hmac::HMAC_SHA256, &secret),
            message.as_bytes(),
        );
        refused.push((case, format!("{message}.{}", base64(signature))));
    }
    let mut answers = Vec::new();
    for (case, token) in refused {
        let (status, answer) = ask(&app, &token, NAMES).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{case}: {answer}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
        answers.push(answer);
    }
    answers.dedup();
    assert_eq!(
        answers.len(),
        1,
        "what is wrong is told to nobody: {answers:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_algorithm_that_is_not_allowed_lets_nobody_in() {
    let (es, rs) = (Key::es256(), Key::rs256());
    let issuer = Issuer::start(vec![es.public("a"), rs.public("r")]).await;
    let mut only = settings(&issuer);
    only.algorithm = vec!["RS256".to_owned()];
    let app = started(only, |_| {}).await;
    let claims = issuer.claims("u1", "blind-reviewer");
    assert_eq!(status(&app, &rs.token("r", &claims)).await, StatusCode::OK);
    assert_eq!(
        status(&app, &es.token("a", &claims)).await,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_is_fetched_when_it_is_used_and_unknown_ones_make_nobody_ask_for_long() {
    let (old, new) = (Key::es256(), Key::es256());
    let issuer = Issuer::start(vec![old.public("old")]).await;
    let claims = issuer.claims("u1", "blind-reviewer");
    let app = started(settings(&issuer), |oidc| {
        oidc.keys_refetch_every = Duration::ZERO;
    })
    .await;
    assert_eq!(
        status(&app, &old.token("old", &claims)).await,
        StatusCode::OK
    );
    issuer.publish(vec![old.public("old"), new.public("new")]);
    assert_eq!(
        status(&app, &new.token("new", &claims)).await,
        StatusCode::OK
    );
    assert_eq!(
        status(&app, &old.token("old", &claims)).await,
        StatusCode::OK
    );

    let issuer = Issuer::start(vec![old.public("old")]).await;
    let claims = issuer.claims("u1", "blind-reviewer");
    let app = started(settings(&issuer), |_| {}).await;
    assert_eq!(
        status(&app, &old.token("old", &claims)).await,
        StatusCode::OK
    );
    for number in 0..50 {
        let unknown = new.token(&format!("unknown{number}"), &claims);
        assert_eq!(status(&app, &unknown).await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(issuer.asked(), 1, "all within half a minute of the first");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_the_issuer_takes_back_is_good_for_no_longer_than_keys_are_kept() {
    let (old, new) = (Key::es256(), Key::ed_dsa());
    let issuer = Issuer::start(vec![old.public("old"), new.public("new")]).await;
    let claims = issuer.claims("u1", "blind-reviewer");
    let kept = started(settings(&issuer), |_| {}).await;
    let short = started(settings(&issuer), |oidc| {
        oidc.keys_max_age = Duration::from_millis(300);
    })
    .await;
    let token = old.token("old", &claims);
    for app in [&kept, &short] {
        assert_eq!(status(app, &token).await, StatusCode::OK);
    }
    issuer.publish(vec![new.public("new")]);
    becomes(&short, &token, StatusCode::UNAUTHORIZED).await;
    assert_eq!(
        status(&short, &new.token("new", &claims)).await,
        StatusCode::OK
    );
    assert_eq!(
        status(&kept, &token).await,
        StatusCode::OK,
        "ten minutes have not passed"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issuer_that_is_away_hinders_its_users_only_once_its_keys_are_too_old() {
    let key = Key::es256();
    let mut issuer = Issuer::start(vec![key.public("a")]).await;
    let claims = issuer.claims("u1", "blind-reviewer");
    let token = key.token("a", &claims);
    issuer.stop().await;
    let app = started(settings(&issuer), |oidc| {
        oidc.keys_max_age = Duration::from_millis(100);
        oidc.keys_stale_for = Duration::from_secs(3);
    })
    .await;
    let (status_then, answer) = ask(&app, &token, NAMES).await;
    assert_eq!(status_then, StatusCode::SERVICE_UNAVAILABLE, "{answer}");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAVAILABLE");
    let own = shokureki(&app, &["token", "create", "--role", "blind-reviewer"]);
    assert_eq!(
        status(&app, &own).await,
        StatusCode::OK,
        "API tokens need no issuer"
    );

    issuer.start_again().await;
    becomes(&app, &token, StatusCode::OK).await;
    issuer.stop().await;
    // Older than keys may be, and good while the issuer is away; what is not valid stays so.
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(status(&app, &token).await, StatusCode::OK);
    let forged = Key::es256().token("a", &claims);
    assert_eq!(status(&app, &forged).await, StatusCode::UNAUTHORIZED);
    becomes(&app, &token, StatusCode::SERVICE_UNAVAILABLE).await;
    issuer.start_again().await;
    becomes(&app, &token, StatusCode::OK).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issuer_that_describes_another_or_keys_in_the_open_is_not_believed() {
    let key = Key::es256();
    let issuer = Issuer::start(vec![key.public("a")]).await;
    let token = key.token("a", &issuer.claims("u1", "blind-reviewer"));
    let keys = format!("{}/keys", issuer.url);
    for description in [
        json!({ "issuer": "https://login.example", "jwks_uri": keys }),
        json!({ "issuer": format!("{}/", issuer.url), "jwks_uri": keys }),
        json!({ "issuer": issuer.url, "jwks_uri": "http://keys.example/keys" }),
        json!({ "issuer": issuer.url }),
        json!([]),
    ] {
        issuer.describe(description.clone());
        let app = started(settings(&issuer), |_| {}).await;
        let told = status(&app, &token).await;
        assert_eq!(told, StatusCode::SERVICE_UNAVAILABLE, "{description}");
    }
    assert_eq!(issuer.asked(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_acts_for_the_organization_of_the_claim_and_for_no_other() {
    let key = Key::es256();
    let issuer = Issuer::start(vec![key.public("a")]).await;
    let app = with_a_candidate(&issuer).await;
    shokureki(&app, &["organization", "create", "別の会社"]);
    let claims = issuer.claims("u1", "administrator");
    let theirs = key.token("a", &changed(&claims, "organization", json!("別の会社")));
    let (_, answer) = ask(&app, &theirs, NAMES).await;
    assert_eq!(
        answer["data"]["searchCandidates"]["totalCount"], 0,
        "{answer}"
    );

    let mut named = settings(&issuer);
    named.organization = Some("default".to_owned());
    named.role = vec!["人事=blind-reviewer".to_owned()];
    named.roles_claim = Some("realm_access.roles".to_owned());
    named.user_claim = Some("mail".to_owned());
    let app = started(named, |_| {}).await;
    let mut claims = changed(&claims, "organization", json!("別の会社"));
    claims["realm_access"] = json!({ "roles": ["人事"] });
    let without = key.token("a", &claims);
    assert_eq!(
        status(&app, &without).await,
        StatusCode::UNAUTHORIZED,
        "no mail"
    );
    claims["mail"] = json!("taro@example.com");
    let (_, answer) = ask(&app, &key.token("a", &claims), NAMES).await;
    assert_eq!(
        answer["data"]["searchCandidates"]["totalCount"], 0,
        "{answer}"
    );
    let embed = "mutation { createEmbedToken(input: { scopes: [SEARCH], allowedOrigin: \"https://ats.example\" }) { token } }";
    let (_, answer) = ask(&app, &key.token("a", &claims), embed).await;
    let token = answer["data"]["createEmbedToken"]["token"]
        .as_str()
        .expect("a token");
    let request = app.client.post(format!("{}/graphql", app.url));
    let request = request.json(&json!({ "query": NAMES })).bearer_auth(token);
    let answer = request
        .header(header::ORIGIN, "https://ats.example")
        .send()
        .await;
    assert_eq!(answer.expect("an answer").status(), StatusCode::OK);
    let auditor = shokureki(&app, &["token", "create", "--role", "auditor"]);
    let log = "{ auditLog(first: 1, filter: { action: SEARCH }) { nodes { actor } } }";
    let (_, answer) = ask(&app, &auditor, log).await;
    let actor = &answer["data"]["auditLog"]["nodes"][0]["actor"];
    assert_eq!(actor, "embed/user:taro@example.com", "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_is_told_how_pages_sign_in() {
    let told = async |app: &TestApp| -> Value {
        let answer = app.client.get(format!("{}/sign-in.json", app.url)).send();
        answer.await.expect("an answer").json().await.expect("JSON")
    };
    let policy = async |app: &TestApp| -> String {
        let answer = app.client.get(&app.url).send().await.expect("an answer");
        let policy = answer.headers()["content-security-policy"].to_str();
        policy.expect("text").to_owned()
    };
    let local = TestApp::start().await;
    let expected = json!({ "localMode": true, "tokens": true, "oidc": null });
    assert_eq!(told(&local).await, expected);
    shokureki(&local, &["token", "create", "--scope", "search"]);
    let expected = json!({ "localMode": false, "tokens": true, "oidc": null });
    assert_eq!(told(&local).await, expected);

    let issuer = Issuer::start(vec![Key::es256().public("a")]).await;
    let app = started(settings(&issuer), |_| {}).await;
    assert_eq!(told(&app).await, expected, "pages have no name there");
    assert!(!policy(&app).await.contains(&issuer.url));
    let mut named = settings(&issuer);
    named.client_id = Some("page".to_owned());
    named.client_scopes = Some("openid api".to_owned());
    let app = started(named, |_| {}).await;
    let provider = json!({
        "issuer": issuer.url, "clientId": "page", "scope": "openid api", "audience": "shokureki",
    });
    assert_eq!(told(&app).await["oidc"], provider);
    let asked = format!("connect-src 'self' {};", issuer.url);
    let policy = policy(&app).await;
    assert!(policy.contains(&asked), "{policy}");
}
