//! Latin words of a request that no document has: what they are likely a slip of.

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{Lexicon, MatchKind};
use shokureki_index::{IndexError, SkillIndex};

use super::request::{Filter, Request};
use super::syntax::{self, Node, Term};
use super::{SearchError, Searcher};
use crate::domain::Access;

/// Fewest letters of a word that may be a slip.
const MIN_LETTERS: usize = 5;

/// The most words of a request that are looked up.
const MAX_WORDS: usize = 8;

/// What a misspelt word means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// The name or word that is meant.
    pub(super) meant: String,
    /// The technology's key, where it is one's name.
    pub(super) technology: Option<String>,
}

/// What the misspelt words of a request mean, by their normalized form.
#[derive(Clone, Debug, Default)]
pub(super) struct Slips(HashMap<String, Slip>);

impl Slips {
    /// Looks up words, none of which the lexicon knows. Blocks.
    fn look_up(
        words: BTreeSet<String>,
        index: &SkillIndex,
        lexicon: &Lexicon,
    ) -> Result<Self, IndexError> {
        let mut slips = HashMap::new();
        for word in words {
            let Some(near) = index.nearest_word(&word)? else {
                continue;
            };
            let resolved = lexicon.resolve(&near);
            let technology = resolved
                .filter(|resolved| resolved.via == MatchKind::Exact)
                .map(|resolved| resolved.technology);
            let slip = Slip {
                meant: technology.map_or(near, |technology| technology.name.clone()),
                technology: technology.map(|technology| technology.key.clone()),
            };
            slips.insert(word, slip);
        }
        Ok(Self(slips))
    }

    /// What `text`, a word as typed, means instead.
    pub(super) fn get(&self, text: &str) -> Option<&Slip> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&normalized_key(text.trim()))
    }
}

impl Searcher {
    /// Looks up the words of a request that nothing is known of; most requests have none.
    ///
    /// # Errors
    /// Every [`SearchError`] of a search. A query that cannot be read has no slips.
    pub(super) async fn slips(
        &self,
        access: &Access,
        request: &Request,
        start: Instant,
    ) -> Result<Slips, SearchError> {
        let words = doubtful_words(request, self.lexicon);
        // A word of the documents may be a part of somebody's name.
        if words.is_empty() || access.is_blind() {
            return Ok(Slips::default());
        }
        let lexicon = self.lexicon;
        self.ask_index(access, start, move |index, _, _| {
            Slips::look_up(words, index, lexicon)
        })
        .await
    }
}

/// The words of a request that may be slips, normalized: Latin letters alone, outside quotes, and no
/// name that the lexicon knows.
fn doubtful_words(request: &Request, lexicon: &Lexicon) -> BTreeSet<String> {
    let mut names: Vec<String> = Vec::new();
    if let Some(query) = &request.query
        && let Ok(node) = syntax::parse(query)
    {
        names_of(&node, &mut names);
    }
    if let Some(filter) = &request.filter {
        technologies_of(filter, &mut names);
    }
    let words = names.iter().map(|name| normalized_key(name.trim()));
    let is_known = |word: &str| {
        lexicon.resolve(word).is_some()
            || lexicon.company(word).is_some()
            || lexicon.certificate_named(word).is_some()
            || lexicon.role_named(word).is_some()
    };
    words
        .filter(|word| word.len() >= MIN_LETTERS)
        .filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()))
        .filter(|word| !is_known(word))
        .take(MAX_WORDS)
        .collect()
}

/// The free words of a query, and the technologies that it asks for by key.
fn names_of(node: &Node, names: &mut Vec<String>) {
    match node {
        Node::Word(Term { text, .. }) => names.push(text.clone()),
        Node::Condition(filter, _) => technologies_of(filter, names),
        Node::Not(node) => names_of(node, names),
        Node::All(nodes) | Node::Any(nodes) => {
            nodes.iter().for_each(|node| names_of(node, names));
        }
        Node::Prefix(_) | Node::Phrase(_) | Node::Weak(..) | Node::Recognized(_) => {}
    }
}

fn technologies_of(filter: &Filter, names: &mut Vec<String>) {
    let own = filter.technology.iter();
    for part in own.chain(&filter.also).chain(&filter.without) {
        names.extend(part.any_of.iter().cloned());
    }
    let alternatives = filter.any.iter().flatten();
    for nested in filter.all.iter().chain(alternatives) {
        technologies_of(nested, names);
    }
    if let Some(not) = &filter.not {
        technologies_of(not, names);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        let request = Request {
            query: Some(query.to_owned()),
            ..Request::default()
        };
        let words = doubtful_words(&request, Lexicon::builtin());
        assert!(words.iter().eq(expected), "{query}: {words:?}");
    }

    #[test]
    fn unknown_latin_words_outside_quotes_are_doubtful() {
        check("Terafform ＥＬＩＸＩＲＲＲＲ", &["elixirrrr", "terafform"]);
        check(
            "tech:Terafform (Kotlimm OR -Zzyzxx)",
            &["kotlimm", "terafform", "zzyzxx"],
        );
        check("\"Terafform\" 「Terafform」 Terafform*", &[]);
        check("\"Terafform", &[]);
    }

    #[test]
    fn known_and_short_words_and_other_scripts_are_not() {
        check("Terraform Kubernetes Kubernates Dwango", &[]);
        check("Gooo 設計 C++ k8s", &[]);
        check("", &[]);
    }
}
