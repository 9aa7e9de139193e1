//! The fictional résumés that `serve --samples` loads.

/// File name and bytes of each sample, by name.
pub(super) const SAMPLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));
