//! Who a caller is, and what they may see of people.
//!
//! [`Authenticator`] turns credentials into a [`domain::Access`](crate::domain::Access), which every
//! service asks for; [`Tokens`] gives API tokens out and takes them back, [`EmbedTokens`] let pages of
//! other applications in for a while; [`Views`] reads people's data as one caller may see it. Nothing
//! here knows of HTTP or of GraphQL.

mod audit_log;
mod auditor;
mod authenticator;
mod blind;
mod credentials;
mod embed_tokens;
mod oidc;
mod secret;
mod tokens;
mod views;

pub use audit_log::AuditLog;
pub use auditor::Auditor;
pub use authenticator::{AuthenticationError, Authenticator, LocalMode};
pub use blind::{Hidden, Mask};
pub use credentials::Credentials;
pub use embed_tokens::{EmbedToken, EmbedTokenError, EmbedTokenRequest, EmbedTokens};
pub use oidc::{
    IssuerUrl, IssuerUrlError, OidcAlgorithm, OidcAlgorithmError, OidcOptions, OrganizationOf,
};
pub use tokens::{TokenError, TokenRequest, Tokens};
pub use views::{ReadError, Views};

pub use crate::store::{
    AuditEntry, AuditFault, AuditFilter, AuditVerdict, OrganizationRow, TokenRow,
};

pub use crate::domain::{Role, RoleError};
