//! Well-known companies: which names are one employer.

use std::collections::HashMap;

use super::legal_form::bare_employer;

/// A company of the reviewed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// Identity: the normalized name without legal form.
    pub key: String,
    /// The name as people write it.
    pub name: String,
    /// Other names of the same company.
    pub aliases: Vec<String>,
    /// Names it had before.
    pub former: Vec<String>,
    /// Names of what it became later, which may be companies of their own.
    pub later: Vec<String>,
}

impl Company {
    pub(super) fn new(
        name: &str,
        aliases: Vec<String>,
        former: Vec<String>,
        later: Vec<String>,
    ) -> Self {
        Self {
            key: bare_employer(name),
            name: name.to_owned(),
            aliases,
            former,
            later,
        }
    }

    /// Each written name that means this company, with its normalized form.
    pub(super) fn identities(&self) -> impl Iterator<Item = (&str, String)> {
        self.names().map(|name| (name, bare_employer(name)))
    }

    /// Each name that means this company, as written.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name)
            .chain(&self.aliases)
            .chain(&self.former)
            .map(String::as_str)
    }
}

/// Companies by any of their names.
#[derive(Debug, Default)]
pub(super) struct Companies {
    entries: Vec<Company>,
    by_name: HashMap<String, usize>,
}

impl Companies {
    /// `by_name` has the position in `entries` of every identity.
    pub(super) fn new(entries: Vec<Company>, by_name: HashMap<String, usize>) -> Self {
        Self { entries, by_name }
    }

    /// The company that `bare`, a result of [`bare_employer`], names.
    pub(super) fn find(&self, bare: &str) -> Option<&Company> {
        self.by_name
            .get(bare)
            .map(|&position| &self.entries[position])
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Company> {
        self.entries.iter()
    }
}
