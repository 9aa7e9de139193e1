//! shokureki (職歴): searches Japanese résumés by technology, employer and period, over GraphQL.

pub mod catalog;
pub mod document;
pub mod domain;
pub mod graphql;
pub mod ingest;
pub mod resume;
pub mod search;
pub mod store;
