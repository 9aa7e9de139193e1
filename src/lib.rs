//! shokureki (職歴): searches Japanese résumés by technology, employer and period, over GraphQL.
//!
//! `ARCHITECTURE.md` tells what each room is for and which rooms it may use.

pub mod access;
pub mod app;
pub mod backup;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod document;
pub mod domain;
pub mod evaluate;
pub mod examine;
pub mod generate;
pub mod graphql;
pub mod http;
pub mod ingest;
pub mod resume;
pub mod search;
pub mod store;
