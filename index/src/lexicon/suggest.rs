//! Technologies by the beginning of a name, for search boxes.

use super::forms::TechnologyId;
use super::technology::Technology;
use crate::analysis::normalized_key;

/// How a typed beginning met a name, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Name,
    Alias,
    /// A later word of a name: lambda of AWS Lambda.
    InnerWord,
}

/// Every beginning that may be typed, sorted by text.
#[derive(Debug)]
pub(super) struct Suggestions {
    entries: Vec<(String, Rank, TechnologyId)>,
}

impl Suggestions {
    pub(super) fn new(technologies: &[Technology]) -> Self {
        let mut entries = Vec::new();
        for (id, technology) in technologies.iter().enumerate() {
            let names = std::iter::once((&technology.name, Rank::Name))
                .chain(technology.aliases.iter().map(|alias| (alias, Rank::Alias)));
            for (name, rank) in names {
                let key = normalized_key(name);
                let inner = key
                    .match_indices([' ', '-', '/'])
                    .map(|(at, mark)| &key[at + mark.len()..]);
                entries.extend(
                    inner
                        .filter(|rest| !rest.is_empty())
                        .map(|rest| (rest.to_owned(), Rank::InnerWord, id)),
                );
                entries.push((key, rank, id));
            }
        }
        entries.sort();
        entries.dedup();
        Self { entries }
    }

    /// The technologies with a name that begins with `query`, best first, each once.
    pub(super) fn search(&self, query: &str) -> Vec<TechnologyId> {
        let query = normalized_key(query);
        if query.is_empty() {
            return Vec::new();
        }
        let first = self
            .entries
            .partition_point(|(text, _, _)| text.as_str() < query.as_str());
        let mut met: Vec<(bool, Rank, usize, TechnologyId)> = self.entries[first..]
            .iter()
            .take_while(|(text, _, _)| text.starts_with(&query))
            .map(|(text, rank, id)| (text.len() != query.len(), *rank, text.chars().count(), *id))
            .collect();
        met.sort_unstable();
        let mut seen = std::collections::HashSet::new();
        met.into_iter()
            .map(|(_, _, _, id)| id)
            .filter(|id| seen.insert(*id))
            .collect()
    }
}
