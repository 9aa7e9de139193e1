//! The index: what it finds and in which order, what it says of that, and what it survives.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

mod changes;
mod conditions;
mod damage;
mod erased;
mod explain;
mod matching;
mod ranking;
mod reference;
mod small_pages;
