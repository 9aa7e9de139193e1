//! Free words to conditions: technologies, certificates, companies, people, or the words themselves.

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{
    Lexicon, Listed, MatchKind, Technology, TechnologyKind, has_spoken_domain,
};
use shokureki_index::{Condition, EmployerCondition, Gazetteer, StintCondition, WordsCondition};

use super::super::clause;
use super::super::plain;
use super::super::syntax::{Node, Term};
use super::{Correction, Firmness, Ignored, IgnoredReason, Planner, is_searchable, joined};

/// The most words that one technology's name may have.
const LONGEST_NAME: usize = 5;

/// A shorter name of a certificate (SC, AP) may be part of any other's.
const LEAST_OF_CERTIFICATE: usize = 6;

impl Planner<'_> {
    /// Returns the condition of parts that must all be met: words beside one another may be one name.
    pub(super) fn all(&mut self, nodes: &[Node]) -> Option<Condition> {
        if nodes.is_empty() {
            return Some(Condition::All(Vec::new()));
        }
        let parts = self.all_parts(nodes, |planner, _, words, condition| {
            planner.or_former(words, condition)
        });
        joined(parts.into_iter().map(|(part, _)| part).collect())
    }

    /// Returns the conditions of parts that must all be met, and how firm each is; `widen` may find
    /// more by a node's condition.
    pub(super) fn all_parts(
        &mut self,
        nodes: &[Node],
        widen: fn(&mut Self, &Node, &[&Term], Condition) -> Condition,
    ) -> Vec<(Condition, Firmness)> {
        let mut parts = Vec::new();
        let mut rest = nodes;
        while let Some((first, others)) = rest.split_first() {
            let run: Vec<&Term> = rest
                .iter()
                .map_while(|node| match node {
                    Node::Word(term) => Some(term),
                    _ => None,
                })
                .take(LONGEST_NAME)
                .collect();
            let length = name_length(self.lexicon, &run);
            let words = &run[..length.unwrap_or(1).min(run.len())];
            let condition = if let Some(length) = length {
                rest = &rest[length..];
                self.words(words)
            } else {
                rest = others;
                match first {
                    Node::Word(term) => self.words(&[term]),
                    node => self.node(node),
                }
            };
            if let Some(condition) = condition {
                let condition = widen(self, first, words, condition);
                let firmness = Firmness::of(first, &condition);
                parts.push((condition, firmness));
            }
        }
        parts
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
        let role = self.lexicon.role_named(&text);
        // スクラムマスター asks for who was one, before all who know スクラム.
        let resolved =
            resolved.filter(|resolved| role.is_none() || is_usual_name(resolved.technology, &text));
        let technology = resolved.map(|resolved| resolved.technology.key.clone());
        if let Some(key) = &technology {
            self.asks_for(key, &text);
        }
        if let Some(resolved) = resolved.filter(|resolved| resolved.via == MatchKind::Typo) {
            self.correct(
                &text,
                &resolved.technology.name,
                Some(&resolved.technology.key),
            );
        }
        let is_exact = resolved.is_some_and(|resolved| resolved.via == MatchKind::Exact);
        let company = self.lexicon.company(&text);
        let is_abbreviation = resolved.is_some_and(|resolved| {
            self.lexicon.is_also_a_word(&text) && is_abbreviation(resolved.technology, &text)
        });
        let is_weak = technology.is_none() && plain::is_generic(&text);
        if is_weak {
            self.ignore(words, &text, IgnoredReason::Generic);
            self.plan.prefers_worked |= plain::asks_for_work(&text);
        }
        // 「情報処理安全確保支援士は受験予定」 names the certificate, too.
        let is_only_certificate =
            certificate.is_some() && technology.is_none() && company.is_none() && role.is_none();
        let is_told_by_text =
            !is_exact || company.is_some() || is_abbreviation || self.is_japanese_word(&text);
        let outside_certificates = technology.is_some() || role.is_some();
        let clause = self.clause(clause::quoted(&text));
        let words = Condition::Words(WordsCondition {
            text: text.clone(),
            technology,
            literal: is_told_by_text && !is_only_certificate,
            is_exact: false,
            outside_certificates,
            is_weak,
        });
        let mut any = vec![self.leaf(clause, words)];
        if let Some(certificate) = certificate {
            let name = certificate.name.clone();
            any.push(self.leaf(clause, Condition::Certification(name)));
            // Written as it was typed, with signs that the lexicon's spellings lack.
            if text.chars().count() >= LEAST_OF_CERTIFICATE && text != certificate.name {
                any.push(self.leaf(clause, Condition::Certification(text.clone())));
            }
        }
        if !is_exact && !is_weak {
            // It may as well be a person's name in another script.
            any.push(self.leaf(clause, Condition::Name(text.clone())));
        }
        if !is_exact
            && !is_weak
            && company.is_none()
            && let Some(katakana) = in_katakana(&text)
        {
            let words = Condition::Words(WordsCondition {
                outside_certificates,
                ..words_of(katakana)
            });
            any.push(self.leaf(clause, words));
        }
        if let Some(role) = role {
            for spelling in spellings_of_role(role, &text) {
                let words = Condition::Words(WordsCondition {
                    text: spelling.to_owned(),
                    technology: None,
                    literal: true,
                    is_exact: false,
                    outside_certificates,
                    is_weak: false,
                });
                any.push(self.leaf(clause, words));
            }
            // Every spelling of a role stands in the index by its one name.
            let stint = StintCondition {
                role: Some(role.name.clone()),
                ..StintCondition::default()
            };
            any.push(self.leaf(clause, Condition::Stint(stint)));
        }
        if !is_exact && !is_only_certificate && company.is_none() && !is_weak {
            // 北海道 asks for who lives in 札幌, too.
            for place in Gazetteer::builtin().canonical(&text) {
                any.push(self.leaf(clause, Condition::Location(place)));
            }
        }
        // 架空ドットコム is written 架空.com, too, which no word of the text is.
        let is_employer = company.is_some() || has_spoken_domain(&text);
        if is_employer && !is_weak {
            let employer = EmployerCondition {
                key: self.lexicon.employer_key(&text),
                name: text,
                partial: false,
                tenure: shokureki_index::Tenure::Any,
            };
            let stint = StintCondition {
                employer: Some(employer),
                ..StintCondition::default()
            };
            any.push(self.leaf(clause, Condition::Stint(stint)));
        }
        match any.len() {
            1 => any.pop(),
            _ => Some(Condition::Any(any)),
        }
    }

    /// Returns the condition of a word that excludes nobody; `None` where nothing tells of it.
    pub(super) fn weak(&mut self, term: &Term, reason: IgnoredReason) -> Option<Condition> {
        self.ignore(&[term], &term.text, reason);
        // An age or a salary puts nobody before others.
        if reason == IgnoredReason::Unsupported || !is_searchable(&term.text) {
            return None;
        }
        self.plan.prefers_worked |= plain::asks_for_work(&term.text);
        let resolved = self.lexicon.resolve(&term.text);
        let technology = resolved.filter(|resolved| resolved.via == MatchKind::Exact);
        let is_company = self.lexicon.company(&term.text).is_some();
        let literal = technology.is_none() || is_company || self.is_japanese_word(&term.text);
        let clause = self.clause(clause::quoted(&term.text));
        let words = Condition::Words(WordsCondition {
            text: term.text.clone(),
            technology: technology.map(|resolved| resolved.technology.key.clone()),
            literal,
            is_exact: false,
            outside_certificates: technology.is_some(),
            is_weak: true,
        });
        Some(self.leaf(clause, words))
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
            outside_certificates: false,
            is_weak: false,
        });
        Some(self.leaf(clause, words))
    }

    /// Whether a technology's name is an ordinary word of Japanese, too, which its mentions may be too
    /// few of: 電子カルテ.
    fn is_japanese_word(&self, text: &str) -> bool {
        let is_kanji = |letter: char| matches!(letter, '\u{4E00}'..='\u{9FFF}');
        text.contains(is_kanji) && self.lexicon.is_also_a_word(text)
    }

    fn ignore(&mut self, words: &[&Term], text: &str, reason: IgnoredReason) {
        self.plan.interpretation.ignored.push(Ignored {
            text: text.to_owned(),
            position: words.first().map_or(0, |term| term.position),
            reason,
        });
    }

    /// Tells that a name was taken for another.
    pub(super) fn correct(&mut self, typed: &str, corrected: &str, technology: Option<&str>) {
        let correction = Correction {
            typed: typed.to_owned(),
            corrected: corrected.to_owned(),
            technology: technology.map(str::to_owned),
        };
        if !self.plan.interpretation.corrections.contains(&correction) {
            self.plan.interpretation.corrections.push(correction);
        }
    }
}

/// Returns how many words from the first on, two at least, are one name of a technology or certificate.
pub(in crate::search) fn name_length(lexicon: &Lexicon, words: &[&Term]) -> Option<usize> {
    let run = words
        .iter()
        .take(LONGEST_NAME)
        .take_while(|term| is_searchable(&term.text))
        .count();
    (2..=run).rev().find(|&length| {
        let words = &words[..length];
        // `AWS SAP` is a certificate.
        lexicon.certificate_named(&text(words)).is_some() || is_technology(lexicon, words)
    })
}

/// Returns whether words are one technology's name: `AWS Lambda`, but not `AWS Terraform`, which
/// asks for both.
fn is_technology(lexicon: &Lexicon, words: &[&Term]) -> bool {
    let exact = |words: &[&Term]| {
        let resolved = lexicon.resolve(&text(words))?;
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
        rest.key != whole.key || is_part_of(lexicon, whole, maker) || is_named(whole, &text(words))
    })
}

/// Returns whether `part` is a part of `whole`, or of a part of it.
fn is_part_of(lexicon: &Lexicon, part: &Technology, whole: &Technology) -> bool {
    let parent = |technology: &Technology| lexicon.technology(technology.part_of.as_deref()?);
    std::iter::successors(Some(part), |technology| parent(technology))
        .take(LONGEST_NAME)
        .any(|technology| technology.key == whole.key)
}

/// A name that begins in hiragana, in katakana: コダマ情報 for こだま情報.
fn in_katakana(text: &str) -> Option<String> {
    const LEAST_CHARS: usize = 4;
    let is_hiragana = |letter: char| ('ぁ'..='ゖ').contains(&letter);
    let is_kanji = |letter: char| matches!(letter, '\u{4E00}'..='\u{9FFF}' | 'ー');
    let is_name = text.chars().take(2).all(is_hiragana)
        && text.chars().count() >= LEAST_CHARS
        && text
            .chars()
            .all(|letter| is_hiragana(letter) || is_kanji(letter));
    let katakana = |letter: char| match letter {
        // The two alphabets stand in the same order.
        'ぁ'..='ゖ' => char::from_u32(u32::from(letter) + 0x60).unwrap_or(letter),
        _ => letter,
    };
    is_name.then(|| text.chars().map(katakana).collect())
}

/// The condition that the text has `text`, whatever it is.
pub(super) fn literal(text: &str) -> Condition {
    Condition::Words(words_of(text.to_owned()))
}

pub(super) fn words_of(text: String) -> WordsCondition {
    WordsCondition {
        text,
        technology: None,
        literal: true,
        is_exact: false,
        outside_certificates: true,
        is_weak: false,
    }
}

/// The other names of a role that are no other word's: プロジェクトマネージャー for PM, which may stand in
/// prose, but not PM for it.
fn spellings_of_role<'r>(role: &'r Listed, typed: &str) -> impl Iterator<Item = &'r str> {
    const LEAST_CHARS: usize = 5;
    let typed = normalized_key(typed);
    let names = std::iter::once(&role.name).chain(&role.aliases);
    names.map(String::as_str).filter(move |name| {
        let is_clear = if name.is_ascii() {
            name.contains(' ')
        } else {
            name.chars().count() >= LEAST_CHARS
        };
        is_clear && normalized_key(name) != typed
    })
}

pub(super) fn text(words: &[&Term]) -> String {
    let words: Vec<&str> = words.iter().map(|term| term.text.as_str()).collect();
    words.join(" ")
}

/// Whether `text` is the name of a method or protocol in capitals (SRE, CAN), or one that says something
/// else, too (SES), which the technology's mentions may be too few of: such a name is no word of a
/// sentence. A product's (SVF, JAX) may stand where it is said not to be used, a language's (RPG) for
/// other things.
fn is_abbreviation(technology: &Technology, text: &str) -> bool {
    const LEAST_LETTERS: usize = 3;
    let is_spoken_of = matches!(
        technology.kind,
        TechnologyKind::Method | TechnologyKind::Protocol | TechnologyKind::Format
    );
    if !is_spoken_of && plain::near(text).next().is_none() {
        return false;
    }
    let key = normalized_key(text);
    let mut names = technology.aliases.iter().chain([&technology.name]);
    names.any(|name| {
        let capitals = name.chars().filter(char::is_ascii_uppercase).count();
        let is_capital = !name.chars().any(char::is_lowercase);
        is_capital && capitals >= LEAST_LETTERS && name.is_ascii() && normalized_key(name) == key
    })
}

/// Whether `text` is the usual name of `technology`, and no alias.
pub(super) fn is_usual_name(technology: &Technology, text: &str) -> bool {
    normalized_key(&technology.name) == normalized_key(text)
}

/// Whether `text` is a name of `technology` as a whole.
fn is_named(technology: &Technology, text: &str) -> bool {
    let key = normalized_key(text);
    let mut names = technology.aliases.iter().chain([&technology.name]);
    names.any(|name| normalized_key(name) == key)
}
