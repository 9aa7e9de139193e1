//! Technologies as the lexicon and the résumés know them.

use shokureki_index::lexicon::{Lexicon, TechnologyKind};

use crate::domain::TechnologyName;

/// A technology, listed in the lexicon or only named by résumés.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Technology {
    /// Identity.
    pub key: String,
    /// The canonical name, or the spelling of a résumé where the lexicon has none.
    pub name: String,
    /// What it is; `None` where the lexicon does not have it.
    pub kind: Option<TechnologyKind>,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// The key of what it is a part of.
    pub part_of: Option<String>,
    /// Whether the lexicon has it.
    pub is_listed: bool,
}

impl Technology {
    /// Returns the technology that a résumé names, with what the lexicon knows of it.
    pub fn named(lexicon: &Lexicon, name: &TechnologyName) -> Self {
        Self::listed(lexicon, &name.key).unwrap_or_else(|| Self {
            key: name.key.clone(),
            name: name.name.clone(),
            kind: None,
            aliases: Vec::new(),
            part_of: None,
            is_listed: false,
        })
    }

    /// Returns the entry of the lexicon, if it has one.
    pub fn listed(lexicon: &Lexicon, key: &str) -> Option<Self> {
        let entry = lexicon.technology(key)?;
        Some(Self {
            key: entry.key.clone(),
            name: entry.name.clone(),
            kind: Some(entry.kind),
            aliases: entry.aliases.clone(),
            part_of: entry.part_of.clone(),
            is_listed: true,
        })
    }
}
