//! The identity provider whose users are let in.

use std::collections::BTreeMap;

use clap::Args;
use serde::Deserialize;

use crate::access::{
    IssuerUrl, IssuerUrlError, OidcAlgorithm, OidcAlgorithmError, OidcOptions, OrganizationOf,
    Role, RoleError,
};

/// Settings of the identity provider; the keys of the configuration file under `[oidc]`.
#[derive(Args, Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct OidcSettings {
    /// Identity provider whose users are let in by their JWTs, letter for letter as its tokens name it
    /// (`iss`), such as `https://login.example`; ends local mode [default: none].
    #[arg(
        id = "oidc_issuer",
        long = "oidc-issuer",
        env = "SHOKUREKI_OIDC_ISSUER",
        value_name = "URL"
    )]
    pub issuer: Option<String>,

    /// Whom its tokens must be for (`aud`); several are alternatives. Needed with an issuer.
    #[arg(
        id = "oidc_audience",
        long = "oidc-audience",
        env = "SHOKUREKI_OIDC_AUDIENCE",
        value_name = "AUDIENCE",
        value_delimiter = ','
    )]
    pub audience: Vec<String>,

    /// How its tokens may be signed [default: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384,
    /// EdDSA].
    #[arg(
        id = "oidc_algorithm",
        long = "oidc-algorithm",
        env = "SHOKUREKI_OIDC_ALGORITHM",
        value_name = "NAME",
        value_delimiter = ','
    )]
    pub algorithm: Vec<String>,

    /// The organization that all its users act for [default: the one that the claim names].
    #[arg(
        id = "oidc_organization",
        long = "oidc-organization",
        env = "SHOKUREKI_OIDC_ORGANIZATION",
        value_name = "NAME"
    )]
    pub organization: Option<String>,

    /// The claim that names the organization [default: organization].
    #[arg(
        id = "oidc_organization_claim",
        long = "oidc-organization-claim",
        env = "SHOKUREKI_OIDC_ORGANIZATION_CLAIM",
        value_name = "CLAIM"
    )]
    pub organization_claim: Option<String>,

    /// The claim that has the roles; dots lead into it, as in realm_access.roles [default: roles].
    #[arg(
        id = "oidc_roles_claim",
        long = "oidc-roles-claim",
        env = "SHOKUREKI_OIDC_ROLES_CLAIM",
        value_name = "CLAIM"
    )]
    pub roles_claim: Option<String>,

    /// The claim that names the user in the audit log [default: sub].
    #[arg(
        id = "oidc_user_claim",
        long = "oidc-user-claim",
        env = "SHOKUREKI_OIDC_USER_CLAIM",
        value_name = "CLAIM"
    )]
    pub user_claim: Option<String>,

    /// What one of its roles is here, such as HR=recruiter; may be given several times. Others then allow
    /// nothing [default: roles of the names here].
    #[arg(
        id = "oidc_role",
        long = "oidc-role",
        env = "SHOKUREKI_OIDC_ROLE",
        value_name = "THEIRS=OURS",
        value_delimiter = ','
    )]
    pub role: Vec<String>,

    /// The name that pages sign their users in by at the identity provider [default: they do not].
    #[arg(
        id = "oidc_client_id",
        long = "oidc-client-id",
        env = "SHOKUREKI_OIDC_CLIENT_ID",
        value_name = "ID"
    )]
    pub client_id: Option<String>,

    /// What pages ask for then, with spaces between [default: openid].
    #[arg(
        id = "oidc_client_scopes",
        long = "oidc-client-scopes",
        env = "SHOKUREKI_OIDC_CLIENT_SCOPES",
        value_name = "SCOPES"
    )]
    pub client_scopes: Option<String>,
}

/// The settings of the identity provider cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OidcSettingsError {
    /// The issuer is no address of one.
    #[error(transparent)]
    Issuer(#[from] IssuerUrlError),
    /// There are settings, and no issuer that they are of.
    #[error("settings of an identity provider are of no use without --oidc-issuer")]
    NoIssuer,
    /// Tokens for anybody would be taken.
    #[error("--oidc-issuer needs --oidc-audience: tokens for others must not be taken")]
    NoAudience,
    /// An algorithm is none that tokens may be signed by.
    #[error(transparent)]
    Algorithm(#[from] OidcAlgorithmError),
    /// The organization is told in two ways.
    #[error("give one of --oidc-organization and --oidc-organization-claim")]
    TwoOrganizations,
    /// A role is not told what it is.
    #[error("{0:?} does not say what a role is here, such as HR=recruiter")]
    NoRole(String),
    /// A role is none of ours.
    #[error("{mapping:?}: {source}")]
    Role {
        /// As it was given.
        mapping: String,
        /// Why.
        source: RoleError,
    },
    /// Everybody would be let in beside.
    #[error("an identity provider and --insecure-no-auth exclude each other")]
    NoAuth,
}

impl OidcSettings {
    /// Puts these over those of the file.
    pub(super) fn over(&self, file: &Self) -> Self {
        let list = |flags: &[String], file: &[String]| match flags {
            [] => file.to_vec(),
            _ => flags.to_vec(),
        };
        let text = |flag: &Option<String>, file: &Option<String>| flag.clone().or(file.clone());
        Self {
            issuer: text(&self.issuer, &file.issuer),
            audience: list(&self.audience, &file.audience),
            algorithm: list(&self.algorithm, &file.algorithm),
            organization: text(&self.organization, &file.organization),
            organization_claim: text(&self.organization_claim, &file.organization_claim),
            roles_claim: text(&self.roles_claim, &file.roles_claim),
            user_claim: text(&self.user_claim, &file.user_claim),
            role: list(&self.role, &file.role),
            client_id: text(&self.client_id, &file.client_id),
            client_scopes: text(&self.client_scopes, &file.client_scopes),
        }
    }

    /// Returns the options that these are; `None` where there is no identity provider.
    pub(super) fn options(self) -> Result<Option<OidcOptions>, OidcSettingsError> {
        let Some(issuer) = &self.issuer else {
            return match self == Self::default() {
                true => Ok(None),
                false => Err(OidcSettingsError::NoIssuer),
            };
        };
        let issuer = IssuerUrl::parse(issuer)?;
        if self.audience.iter().all(String::is_empty) {
            return Err(OidcSettingsError::NoAudience);
        }
        let default = OidcOptions::new(issuer, self.audience);
        let algorithms = self.algorithm.iter().map(|name| name.parse());
        let algorithms = algorithms.collect::<Result<Vec<OidcAlgorithm>, _>>()?;
        let roles = self.role.iter().map(|mapping| role(mapping));
        Ok(Some(OidcOptions {
            algorithms: match algorithms.is_empty() {
                true => default.algorithms.clone(),
                false => algorithms,
            },
            organization: match (self.organization, self.organization_claim) {
                (Some(_), Some(_)) => return Err(OidcSettingsError::TwoOrganizations),
                (Some(name), None) => OrganizationOf::Named(name),
                (None, Some(claim)) => OrganizationOf::Claim(claim),
                (None, None) => default.organization.clone(),
            },
            roles: roles.collect::<Result<BTreeMap<_, _>, _>>()?,
            roles_claim: self.roles_claim.unwrap_or(default.roles_claim),
            user_claim: self.user_claim.unwrap_or(default.user_claim),
            client_id: self.client_id,
            client_scopes: self.client_scopes.unwrap_or(default.client_scopes),
            ..default
        }))
    }
}

/// Reads what a role is here: the last sign parts them, for ours have none.
fn role(mapping: &str) -> Result<(String, Role), OidcSettingsError> {
    let parts = mapping.rsplit_once('=');
    let parts = parts.filter(|(theirs, _)| !theirs.is_empty());
    let (theirs, ours) = parts.ok_or_else(|| OidcSettingsError::NoRole(mapping.to_owned()))?;
    let ours = ours.parse().map_err(|source| OidcSettingsError::Role {
        mapping: mapping.to_owned(),
        source,
    })?;
    Ok((theirs.to_owned(), ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(set: impl FnOnce(&mut OidcSettings)) -> OidcSettings {
        let mut settings = OidcSettings {
            issuer: Some("https://login.example".to_owned()),
            audience: vec!["shokureki".to_owned()],
            ..OidcSettings::default()
        };
        set(&mut settings);
        settings
    }

    #[test]
    fn what_is_told_becomes_the_options() {
        let told = settings(|settings| {
            settings.algorithm = vec!["ES256".to_owned()];
            settings.role = vec!["HR=recruiter".to_owned(), "a=b=auditor".to_owned()];
            settings.organization = Some("default".to_owned());
            settings.client_id = Some("page".to_owned());
        });
        let file = settings(|settings| {
            settings.issuer = Some("https://file.example".to_owned());
            settings.roles_claim = Some("groups".to_owned());
        });
        let options = told.over(&file).options().expect("valid").expect("told");
        assert_eq!(options.issuer.as_str(), "https://login.example");
        assert_eq!(options.audiences, ["shokureki"]);
        assert_eq!(options.algorithms, [OidcAlgorithm::Es256]);
        assert_eq!(options.roles_claim, "groups");
        assert_eq!(options.roles["HR"], Role::Recruiter);
        assert_eq!(options.roles["a=b"], Role::Auditor);
        assert_eq!(
            options.organization,
            OrganizationOf::Named("default".to_owned())
        );
        assert_eq!(options.client_id.as_deref(), Some("page"));
        assert_eq!(options.client_scopes, "openid");
        let none = OidcSettings::default().options().expect("valid");
        assert!(none.is_none());
    }

    #[track_caller]
    fn check(set: impl FnOnce(&mut OidcSettings), told: &str) {
        let error = settings(set).options().expect_err("not valid");
        assert!(error.to_string().contains(told), "{error}");
    }

    #[test]
    fn what_cannot_be_is_an_error_that_tells_what_to_mend() {
        check(|s| s.issuer = None, "--oidc-issuer");
        check(
            |s| s.issuer = Some("http://login.example".to_owned()),
            "https",
        );
        check(|s| s.audience = Vec::new(), "--oidc-audience");
        check(|s| s.audience = vec![String::new()], "--oidc-audience");
        check(|s| s.algorithm = vec!["HS256".to_owned()], "HS256");
        check(|s| s.algorithm = vec!["none".to_owned()], "none");
        check(|s| s.role = vec!["HR".to_owned()], "HR");
        check(|s| s.role = vec!["HR=king".to_owned()], "no such role");
        check(
            |s| {
                s.organization = Some("a".to_owned());
                s.organization_claim = Some("b".to_owned());
            },
            "one of",
        );
    }
}
