//! What a verified token says of its user, in words of ours.

use serde_json::{Map, Value};

use super::options::{OidcOptions, OrganizationOf};
use crate::domain::{Role, Scopes};

/// The most characters of a user's name (OpenID Connect Core 1.0, section 2: 255 of a subject).
const MAX_USER_CHARS: usize = 255;

/// What a verified token says of its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::access) struct Claimed {
    /// Who it is.
    pub(in crate::access) user: String,
    /// The name of the organization, which need not exist.
    pub(in crate::access) organization: String,
    /// What the user's roles allow; nothing for somebody without a role that is known here.
    pub(in crate::access) scopes: Scopes,
}

impl Claimed {
    /// Reads the claims; `None` where they name no user or no organization.
    pub(super) fn read(claims: &Map<String, Value>, options: &OidcOptions) -> Option<Self> {
        let user = claim(claims, &options.user_claim)?.as_str()?;
        let is_name = !user.is_empty()
            && user.chars().count() <= MAX_USER_CHARS
            && !user.chars().any(char::is_control);
        if !is_name {
            return None;
        }
        let organization = match &options.organization {
            OrganizationOf::Named(name) => name.clone(),
            OrganizationOf::Claim(name) => only_text(claim(claims, name)?)?.to_owned(),
        };
        let role = |name: &str| match options.roles.is_empty() {
            true => name.parse::<Role>().ok(),
            false => options.roles.get(name).copied(),
        };
        let roles = claim(claims, &options.roles_claim).map(texts);
        let roles = roles.unwrap_or_default().into_iter().filter_map(role);
        Some(Self {
            user: user.to_owned(),
            organization,
            scopes: roles.map(Role::scopes).fold(Scopes::default(), Scopes::or),
        })
    }
}

/// Returns the claim of this name, or the one that is reached by its parts between dots.
fn claim<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    if let Some(found) = claims.get(name) {
        return Some(found);
    }
    let (first, rest) = name.split_once('.')?;
    claim(claims.get(first)?.as_object()?, rest)
}

/// Returns the text that the value is, or is a list of alone.
fn only_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(values) => match values.as_slice() {
            [Value::String(text)] => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the texts of a list, or the one text that the value is.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::options::IssuerUrl;
    use super::*;
    use crate::domain::Scope;

    fn options() -> OidcOptions {
        let issuer = IssuerUrl::parse("https://login.example").expect("an issuer");
        OidcOptions::new(issuer, vec!["shokureki".to_owned()])
    }

    fn read(claims: &Value, options: &OidcOptions) -> Option<Claimed> {
        Claimed::read(claims.as_object().expect("an object"), options)
    }

    #[test]
    fn roles_of_our_names_are_ours_and_others_nothing() {
        let claims = json!({
            "sub": "u1", "organization": "見本", "roles": ["auditor", "blind-reviewer", "king", 1],
        });
        let claimed = read(&claims, &options()).expect("a user");
        assert_eq!(
            (claimed.user.as_str(), claimed.organization.as_str()),
            ("u1", "見本")
        );
        assert_eq!(
            claimed.scopes,
            [Scope::Search, Scope::Audit].into_iter().collect()
        );
        let claims = json!({ "sub": "u1", "organization": ["見本"] });
        let claimed = read(&claims, &options()).expect("a user");
        assert_eq!(claimed.scopes, Scopes::default());
    }

    #[test]
    fn claims_have_the_names_and_roles_the_meaning_that_they_are_given() {
        let mut options = options();
        options.user_claim = "https://id.example/mail".to_owned();
        options.organization = OrganizationOf::Named("default".to_owned());
        options.roles_claim = "realm_access.roles".to_owned();
        options.roles = [("HR".to_owned(), Role::Recruiter)].into();
        let claims = json!({
            "https://id.example/mail": "taro@example.com",
            "realm_access": { "roles": ["HR", "administrator"] },
        });
        let claimed = read(&claims, &options).expect("a user");
        assert_eq!(claimed.user, "taro@example.com");
        assert_eq!(claimed.organization, "default");
        assert_eq!(
            claimed.scopes,
            Role::Recruiter.scopes(),
            "only what is mapped counts"
        );
        let claims = json!({ "https://id.example/mail": "a", "realm_access": { "roles": "HR" } });
        let claimed = read(&claims, &options).expect("a user");
        assert_eq!(claimed.scopes, Role::Recruiter.scopes());
    }

    #[test]
    fn without_a_user_or_an_organization_there_is_nobody() {
        for claims in [
            json!({ "organization": "a" }),
            json!({ "sub": "", "organization": "a" }),
            json!({ "sub": 1, "organization": "a" }),
            json!({ "sub": "a\nb", "organization": "a" }),
            json!({ "sub": "a".repeat(256), "organization": "a" }),
            json!({ "sub": "u1" }),
            json!({ "sub": "u1", "organization": ["a", "b"] }),
            json!({ "sub": "u1", "organization": { "a": 1 } }),
        ] {
            assert_eq!(read(&claims, &options()), None, "{claims}");
        }
    }
}
