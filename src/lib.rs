//! shokureki (職歴): searches Japanese résumés by technology, employer and period, over GraphQL.

pub mod domain;
pub mod store;
