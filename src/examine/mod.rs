//! Whether store and index are as the program writes them: `shokureki doctor`.
//!
//! Looks and changes nothing; a server may run meanwhile. A report names tables, numbers and ids, never
//! what a résumé says.

mod index;
mod report;
mod store;

use std::path::Path;

use shokureki_index::analysis::DICTIONARY_CHECKSUM;

use crate::store::{Store, StoreError};

pub use report::{CheckKind, Checked, Report, State};

/// Looks at everything: the store, and the indexes under `index_dir`.
///
/// A check that cannot be made is part of the report as such.
pub async fn examine(store: &Store, index_dir: &Path) -> Report {
    let mut report = Report::default();
    report.add(Checked::new(
        CheckKind::Program,
        State::Ok,
        format!(
            "shokureki {}, reader {}",
            env!("CARGO_PKG_VERSION"),
            crate::resume::PARSER_VERSION
        ),
    ));
    report.add(dictionary().await);
    let is_usable = store::database(store, &mut report).await;
    if !is_usable {
        return report;
    }
    store::contents(store, &mut report).await;
    index::indexes(store, index_dir, &mut report).await;
    report
}

/// The dictionary inside the program is compared with its checksum when it is unpacked.
async fn dictionary() -> Checked {
    let loaded = tokio::task::spawn_blocking(|| {
        let analyzer = shokureki_index::analysis::Analyzer::builtin();
        analyzer.is_ok_and(|analyzer| analyzer.dictionary_checksum() == DICTIONARY_CHECKSUM)
    });
    if loaded.await.unwrap_or(false) {
        let short: String = DICTIONARY_CHECKSUM.chars().take(12).collect();
        Checked::new(CheckKind::Dictionary, State::Ok, format!("sha256 {short}…"))
    } else {
        let what = "the dictionary in the program is not the one that it was built with";
        Checked::new(CheckKind::Dictionary, State::Damaged, what.to_owned())
    }
}

/// A check that the database did not let be made.
fn unmade(kind: CheckKind, error: &StoreError) -> Checked {
    Checked::new(kind, State::Damaged, format!("cannot be checked: {error}"))
}
