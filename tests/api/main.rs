//! What clients get: the schema in this process, or the server on a port of its own, over a database and an
//! index of each test's own.
//!
//! One crate, because linking each file of it by itself takes longer than its tests.

#[path = "../common/app.rs"]
mod app;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/database.rs"]
mod database;
#[path = "../common/files.rs"]
mod files;
#[path = "../common/issuer.rs"]
mod issuer;
#[path = "../common/people.rs"]
mod people;
#[path = "../common/program.rs"]
mod program;
#[path = "../common/socket.rs"]
mod socket;

mod access;
mod any_input;
mod audit;
mod blind;
mod embed_tokens;
mod explain;
mod facets;
mod graphql_api;
mod http;
mod implied;
mod insight;
mod matching;
mod metrics;
mod not_collected;
mod oidc;
mod plain_requests;
mod privacy;
mod query_language;
mod rebuild;
mod reference;
mod right_people;
mod search;
mod stint_search;
mod suggest;
mod tokens;
mod told_otherwise;
