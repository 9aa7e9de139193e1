//! Lexicon, Japanese analysis and full-text index of shokureki.

pub mod analysis;
pub mod lexicon;
