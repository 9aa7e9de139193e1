//! Technologies of several candidates side by side.

use std::collections::HashSet;

use shokureki_index::analysis::normalized_key;

use super::experience::{Experience, Told, experiences_of};
use super::{Catalog, Technology};
use crate::access::ReadError;
use crate::domain::{Access, TechnologyName, YearMonth};

/// Technologies that were asked for by name.
#[derive(Clone, Debug, Default)]
pub struct AskedTechnologies {
    /// Those that are known, in the order asked for, each once.
    pub known: Vec<AskedTechnology>,
    /// Names that neither the lexicon nor any résumé has.
    pub unknown: Vec<String>,
}

/// A technology and the name that it was asked for by.
#[derive(Clone, Debug)]
pub struct AskedTechnology {
    /// As typed.
    pub asked: String,
    /// The technology.
    pub technology: Technology,
}

impl Catalog {
    /// Returns the technologies that `names` stand for, in any spelling: those of the lexicon and those
    /// that only résumés name.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn technologies_named(
        &self,
        access: &Access,
        names: &[String],
    ) -> Result<AskedTechnologies, ReadError> {
        let listed = |name: &String| {
            let resolved = self.lexicon.resolve(name)?;
            self.listed_technology(&resolved.technology.key)
        };
        let unlisted_key = |name: &String| normalized_key(name.trim());
        let unlisted = names.iter().filter(|name| listed(name).is_none());
        let unlisted: Vec<String> = unlisted.map(unlisted_key).collect();
        let rows = if unlisted.is_empty() {
            std::collections::HashMap::new()
        } else {
            self.technology_counts(access, &unlisted).await?
        };
        let named = |name: &String| {
            let row = rows.get(&unlisted_key(name))?;
            Some(self.technology(&TechnologyName {
                key: row.key.clone(),
                name: row.name.clone(),
                is_listed: row.is_listed,
            }))
        };
        let mut found = AskedTechnologies::default();
        let mut seen = HashSet::new();
        for name in names {
            match listed(name).or_else(|| named(name)) {
                Some(technology) => {
                    if seen.insert(technology.key.clone()) {
                        found.known.push(AskedTechnology {
                            asked: name.clone(),
                            technology,
                        });
                    }
                }
                None => found.unknown.push(name.clone()),
            }
        }
        Ok(found)
    }

    /// Returns what a résumé shows of each of `technologies`, parts counting as their whole (AWS Lambda
    /// as AWS); `None` where nothing. Open periods end at `as_of`.
    pub fn skills(
        &self,
        told: Told<'_>,
        as_of: YearMonth,
        technologies: &[Technology],
    ) -> Vec<Option<Experience>> {
        let asked: Vec<(TechnologyName, Vec<String>)> = technologies
            .iter()
            .map(|technology| {
                let parts = self.lexicon.parts_of(&technology.key).into_iter();
                let mut keys = vec![technology.key.clone()];
                keys.extend(parts.map(|part| part.key.clone()));
                let name = TechnologyName {
                    key: technology.key.clone(),
                    name: technology.name.clone(),
                    is_listed: technology.is_listed,
                };
                (name, keys)
            })
            .collect();
        experiences_of(told, as_of, &asked)
    }
}
