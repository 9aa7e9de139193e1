//! shokureki (職歴): searches Japanese résumés by technology, employer and period, over GraphQL.

pub mod config;
pub mod domain;
pub mod generate;
pub mod graphql;
pub mod http;
pub mod store;
