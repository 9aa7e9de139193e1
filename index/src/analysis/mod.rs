//! Japanese text to index terms.

mod normalize;

pub use normalize::{Normalized, normalize, normalized_key};
