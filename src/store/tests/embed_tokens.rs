//! Tokens of embedded pages: they end with whoever made them, and none that has ended is kept.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};

use super::engines::TestDatabase;
use crate::domain::{Actor, AuditAction, Maker, OrganizationId, Origin, Scope, Sha256, TokenId};
use crate::store::{AuditFilter, NewEmbedToken, NewToken, StoreError, entity};

const ORGANIZATION: OrganizationId = OrganizationId::DEFAULT;

async fn parent(database: &TestDatabase, expires_at: Option<DateTime<Utc>>) -> TokenId {
    let new = NewToken {
        name: "ATS".to_owned(),
        prefix: format!("parent-{}", TokenId::new()),
        secret: Sha256([1; 32]),
        scopes: [Scope::Search].into_iter().collect(),
        expires_at,
    };
    let made = database
        .store
        .create_token(ORGANIZATION, &Actor::Local, new);
    made.await.expect("stored").id
}

fn new(prefix: &str, minutes: i64) -> NewEmbedToken {
    NewEmbedToken {
        prefix: prefix.to_owned(),
        secret: Sha256([7; 32]),
        scopes: [Scope::Search, Scope::Identity].into_iter().collect(),
        allowed_origin: Origin::parse("https://ats.example").expect("an origin"),
        user: Some("recruiter-17".parse().expect("a label")),
        expires_at: Utc::now() + TimeDelta::minutes(minutes),
    }
}

pub(super) async fn an_embed_token_reads_back_and_ends_with_its_maker(database: &TestDatabase) {
    let store = &database.store;
    let soon = Utc::now() + TimeDelta::minutes(5);
    let id = parent(database, Some(soon)).await;
    let maker = Maker::Token(id);
    let end = store
        .create_embed_token(ORGANIZATION, &maker, new("one", 15))
        .await;
    let end = end.expect("stored");
    assert!((soon - end).abs() < TimeDelta::seconds(1), "{end}");
    let found = store.embed_token_by_prefix("one").await.expect("read");
    let row = found.expect("it is there");
    let wanted = new("one", 15);
    assert_eq!(
        (row.organization, row.secret, row.scopes, row.allowed_origin),
        (
            ORGANIZATION,
            wanted.secret,
            wanted.scopes,
            wanted.allowed_origin
        )
    );
    assert_eq!(
        (row.embedded.maker, row.embedded.user),
        (maker, wanted.user)
    );
    assert_eq!((row.expires_at, row.is_revoked), (end, false));

    let tokens = store.tokens(ORGANIZATION).await.expect("read");
    let prefix = tokens
        .iter()
        .find(|token| token.id == id)
        .map(|token| &token.prefix);
    let prefix = prefix.expect("the parent").clone();
    let revoked = store.revoke_token(ORGANIZATION, &Actor::Local, &prefix);
    assert!(revoked.await.expect("revoked").is_some());
    let found = store.embed_token_by_prefix("one").await.expect("read");
    assert!(found.expect("it is there").is_revoked);
    assert_eq!(
        store.embed_token_by_prefix("none").await.expect("read"),
        None
    );
}

pub(super) async fn embed_tokens_that_have_ended_go_with_the_next(database: &TestDatabase) {
    let store = &database.store;
    let user = Maker::User("subject|1".into());
    let made = store.create_embed_token(ORGANIZATION, &user, new("ended", -1));
    made.await.expect("stored");
    let made = store.create_embed_token(ORGANIZATION, &Maker::Local, new("valid", 15));
    made.await.expect("stored");
    let rows = entity::embed_token::Entity::find();
    assert_eq!(rows.count(&store.readers).await.expect("read"), 1);
    let left = store.embed_token_by_prefix("valid").await.expect("read");
    assert_eq!(left.expect("it is there").embedded.maker, Maker::Local);
    let again = store
        .create_embed_token(ORGANIZATION, &user, new("valid", 15))
        .await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");

    let filter = AuditFilter {
        action: Some(AuditAction::CreateEmbedToken),
        ..AuditFilter::default()
    };
    let entries = store
        .audit_page(ORGANIZATION, &filter, None, 10)
        .await
        .expect("read");
    let told: Vec<_> = entries
        .iter()
        .map(|entry| (entry.actor.as_str(), entry.detail.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "local",
                Some("valid (search identity) https://ats.example recruiter-17")
            ),
            (
                "user:subject|1",
                Some("ended (search identity) https://ats.example recruiter-17")
            ),
        ],
        "what was refused is not recorded"
    );
}
