//! Free words to conditions: technologies, certificates, companies, people, or the words themselves.

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{MatchKind, Technology};
use shokureki_index::{Condition, EmployerCondition, StintCondition, WordsCondition};

use super::super::clause;
use super::super::syntax::{Node, Term};
use super::{Correction, Ignored, IgnoredReason, Planner, is_searchable, joined};

/// The most words that one technology's name may have.
const LONGEST_NAME: usize = 5;

/// Words that nearly every résumé has: they move the rank and exclude nobody.
const GENERIC_WORDS: [&str; 22] = [
    "経験",
    "実務",
    "実務経験",
    "開発",
    "開発経験",
    "運用経験",
    "業務",
    "業務経験",
    "エンジニア",
    "経験者",
    "できる人",
    "人材",
    "候補者",
    "スキル",
    "技術",
    "使用",
    "利用",
    "利用経験",
    "使用経験",
    "engineer",
    "experience",
    "developer",
];

impl Planner<'_> {
    /// Returns the condition of parts that must all be met: words beside one another may be one name.
    pub(super) fn all(&mut self, nodes: &[Node]) -> Option<Condition> {
        if nodes.is_empty() {
            return Some(Condition::All(Vec::new()));
        }
        let mut conditions = Vec::new();
        let mut rest = nodes;
        while let Some((first, others)) = rest.split_first() {
            let run: Vec<&Term> = rest
                .iter()
                .map_while(|node| match node {
                    Node::Word(term) if is_searchable(&term.text) => Some(term),
                    _ => None,
                })
                .take(LONGEST_NAME)
                .collect();
            let name = (2..=run.len()).rev().find(|&length| {
                let words = &run[..length];
                self.is_certificate(words) || self.is_technology(words)
            });
            if let Some(length) = name {
                conditions.extend(self.words(&run[..length]));
                rest = &rest[length..];
            } else {
                conditions.extend(self.node(first));
                rest = others;
            }
        }
        joined(conditions)
    }

    /// Returns whether words are the whole name of a certificate: `AWS SAP`.
    fn is_certificate(&self, words: &[&Term]) -> bool {
        self.lexicon.certificate_named(&text(words)).is_some()
    }

    /// Returns whether words are one technology's name: `AWS Lambda`, but not `AWS Terraform`, which
    /// asks for both.
    fn is_technology(&self, words: &[&Term]) -> bool {
        let exact = |words: &[&Term]| {
            let resolved = self.lexicon.resolve(&text(words))?;
            (resolved.via == MatchKind::Exact).then_some(resolved.technology)
        };
        let Some(whole) = exact(words) else {
            return false;
        };
        // What the first word adds to the others is their maker's name, or a condition of its own.
        (1..words.len()).all(|at| {
            let (Some(maker), Some(rest)) = (exact(&words[..at]), exact(&words[at..])) else {
                return true;
            };
            rest.key != whole.key || self.is_part_of(whole, maker) || is_named(whole, &text(words))
        })
    }

    /// Returns whether `part` is a part of `whole`, or of a part of it.
    fn is_part_of(&self, part: &Technology, whole: &Technology) -> bool {
        let parent =
            |technology: &Technology| self.lexicon.technology(technology.part_of.as_deref()?);
        std::iter::successors(Some(part), |technology| parent(technology))
            .take(LONGEST_NAME)
            .any(|technology| technology.key == whole.key)
    }

    /// Returns the condition of a free word, or of the words of one technology's name.
    pub(super) fn words(&mut self, words: &[&Term]) -> Option<Condition> {
        let text = text(words);
        if !is_searchable(&text) {
            self.ignore(words, &text, IgnoredReason::NoTerm);
            return None;
        }
        let certificate = self.lexicon.certificate_named(&text);
        let resolved = self.lexicon.resolve(&text);
        // `AWS SAP` is a certificate, and no SAP.
        let resolved = resolved.filter(|resolved| {
            certificate.is_none() || words.len() == 1 || is_named(resolved.technology, &text)
        });
        let technology = resolved.map(|resolved| resolved.technology.key.clone());
        if let Some(resolved) = resolved.filter(|resolved| resolved.via == MatchKind::Typo) {
            self.correct(&text, &resolved.technology.name, &resolved.technology.key);
        }
        let is_exact = resolved.is_some_and(|resolved| resolved.via == MatchKind::Exact);
        let is_weak = technology.is_none() && is_generic(&text);
        if is_weak {
            self.ignore(words, &text, IgnoredReason::Generic);
        }
        let clause = self.clause(clause::quoted(&text));
        let words = Condition::Words(WordsCondition {
            text: text.clone(),
            technology,
            literal: !is_exact,
            is_exact: false,
            is_weak,
        });
        let words = self.leaf(clause, words);
        let certificate = certificate.map(|certificate| certificate.name.clone());
        let certificate = certificate.map(|name| self.leaf(clause, Condition::Certification(name)));
        if is_exact || is_weak {
            let mut any = vec![words];
            any.extend(certificate);
            return match any.len() {
                1 => any.pop(),
                _ => Some(Condition::Any(any)),
            };
        }
        // It may as well be a person's name in another script, or a company's other name.
        let name = self.leaf(clause, Condition::Name(text.clone()));
        let mut any = vec![words];
        any.extend(certificate);
        any.push(name);
        if let Some(company) = self.lexicon.company(&text) {
            let employer = EmployerCondition {
                name: text,
                key: company.key.clone(),
                partial: false,
                tenure: shokureki_index::Tenure::Any,
            };
            let stint = StintCondition {
                employer: Some(employer),
                ..StintCondition::default()
            };
            any.push(self.leaf(clause, Condition::Stint(stint)));
        }
        Some(Condition::Any(any))
    }

    /// Returns the condition of the beginning of a word.
    pub(super) fn prefix(&mut self, term: &Term) -> Option<Condition> {
        let clause = self.clause(format!("{}*", term.text));
        Some(self.leaf(clause, Condition::Prefix(term.text.clone())))
    }

    /// Returns the condition of a quoted text.
    pub(super) fn phrase(&mut self, term: &Term) -> Option<Condition> {
        if !is_searchable(&term.text) {
            self.ignore(&[term], &term.text, IgnoredReason::NoTerm);
            return None;
        }
        let clause = self.clause(clause::in_quotes(&term.text));
        let words = Condition::Words(WordsCondition {
            text: term.text.clone(),
            technology: None,
            literal: true,
            is_exact: true,
            is_weak: false,
        });
        Some(self.leaf(clause, words))
    }

    fn ignore(&mut self, words: &[&Term], text: &str, reason: IgnoredReason) {
        self.plan.interpretation.ignored.push(Ignored {
            text: text.to_owned(),
            position: words.first().map_or(0, |term| term.position),
            reason,
        });
    }

    /// Tells that a name was taken for another.
    pub(super) fn correct(&mut self, typed: &str, corrected: &str, technology: &str) {
        let correction = Correction {
            typed: typed.to_owned(),
            corrected: corrected.to_owned(),
            technology: technology.to_owned(),
        };
        if !self.plan.interpretation.corrections.contains(&correction) {
            self.plan.interpretation.corrections.push(correction);
        }
    }
}

fn text(words: &[&Term]) -> String {
    let words: Vec<&str> = words.iter().map(|term| term.text.as_str()).collect();
    words.join(" ")
}

/// Whether `text` is a name of `technology` as a whole.
fn is_named(technology: &Technology, text: &str) -> bool {
    let key = normalized_key(text);
    let mut names = technology.aliases.iter().chain([&technology.name]);
    names.any(|name| normalized_key(name) == key)
}

fn is_generic(text: &str) -> bool {
    let key = normalized_key(text);
    GENERIC_WORDS.iter().any(|word| normalized_key(word) == key)
}
