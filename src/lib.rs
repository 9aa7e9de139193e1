//! shokureki (職歴): searches Japanese résumés by technology, employer and period, over GraphQL.

pub mod document;
pub mod domain;
pub mod resume;
pub mod store;
