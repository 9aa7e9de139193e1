//! Japanese text to index terms.
