//! Free words to conditions: technologies, certificates, companies, people, or the words themselves.

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{
    Lexicon, Listed, MatchKind, Technology, TechnologyKind, has_spoken_domain,
};
use shokureki_index::{
    Condition, EmployerCondition, Gazetteer, Grade, MostCondition, StintCondition,
    TechnologyCondition, WordsCondition,
};

use super::super::clause;
use super::super::plain::{self, Recognized};
use super::super::syntax::{Node, Term};
use super::relax::leaf_count;
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

    /// Returns `condition`, which the node or its `words` are taken for, or behind who meets it who meets
    /// a looser one.
    pub(super) fn or_looser(
        &mut self,
        node: &Node,
        words: &[&Term],
        condition: Condition,
    ) -> Condition {
        let Some(&clause) = self.plan.leaves.last() else {
            return condition;
        };
        let looser = match node {
            Node::Recognized(recognized) => {
                told_in_text(recognized).or_else(|| self.with_implying(&condition))
            }
            _ if words.is_empty() => None,
            _ => self.looser_words(&text(words)),
        };
        let Some(looser) = looser else {
            return condition;
        };
        // The looser form holds the stricter one, of which each leaf is one more.
        let leaves = leaf_count(&condition) + leaf_count(&looser);
        let clauses = std::iter::repeat_n(clause, leaves);
        self.plan.leaves.extend(clauses);
        let looser = Condition::Any(vec![condition.clone(), looser]);
        Condition::Most(MostCondition {
            of: vec![vec![condition, looser]],
            near: vec![2],
            least: 1,
        })
    }

    /// Returns `condition` or, as good as it, a certificate that the one named by `words` took the place of.
    pub(super) fn or_former(&mut self, words: &[&Term], condition: Condition) -> Condition {
        let former = self.former(&text(words));
        let (Some(former), Some(&clause)) = (former, self.plan.leaves.last()) else {
            return condition;
        };
        let clauses = std::iter::repeat_n(clause, leaf_count(&former));
        self.plan.leaves.extend(clauses);
        Condition::Any(vec![condition, former])
    }

    /// The certificates that the one named `text` took the place of.
    fn former(&self, text: &str) -> Option<Condition> {
        let certificate = self.lexicon.certificate_named(text)?;
        let former = certificate.former.iter().cloned();
        let any: Vec<Condition> = former.map(Condition::Certification).collect();
        (!any.is_empty()).then_some(Condition::Any(any))
    }

    fn looser_words(&self, text: &str) -> Option<Condition> {
        if let Some(former) = self.former(text) {
            return Some(former);
        }
        let stint = match self.lexicon.resolve(text) {
            Some(resolved)
                if self.lexicon.role_named(text).is_some()
                    && !is_usual_name(resolved.technology, text) =>
            {
                using(vec![resolved.technology.key.clone()]).map(Condition::Stint)
            }
            Some(resolved) => self.implying(resolved.technology),
            None => self.parts_in_one_stint(text).map(Condition::Stint),
        };
        // 物流 is told by 配送, too, and who was no データエンジニア by name by データ基盤.
        let mut any: Vec<Condition> = plain::near(text).map(|near| self.near(near)).collect();
        if let Some(stem) = text.strip_suffix("エンジニア").filter(|_| any.is_empty())
            && self.lexicon.role_named(text).is_some()
        {
            any.push(literal(stem));
            any.extend(plain::near(stem).map(|near| self.near(near)));
        }
        if any.is_empty() && self.lexicon.resolve(text).is_none() {
            any.extend(plain::subject_of_deed(text).map(literal));
        }
        any.extend(stint);
        match any.len() {
            0 | 1 => any.pop(),
            _ => Some(Condition::Any(any)),
        }
    }

    /// What comes near: a product by who used it, any other word by the text.
    fn near(&self, word: &str) -> Condition {
        let resolved = self.lexicon.resolve(word).filter(|_| word.is_ascii());
        let stint = resolved.and_then(|resolved| using(vec![resolved.technology.key.clone()]));
        stint.map_or_else(|| literal(word), Condition::Stint)
    }

    /// A technology that was asked for with more, and what is not used without it: 「PHP 3年以上」.
    fn with_implying(&self, condition: &Condition) -> Option<Condition> {
        let Condition::Stint(stint) = condition else {
            return None;
        };
        let mut stint = stint.clone();
        let technology = stint.technology.as_mut()?;
        let implying = technology.any_of.iter();
        let implying = implying.flat_map(|key| self.lexicon.implying(key));
        let implying: Vec<String> = implying.map(|other| other.key.clone()).collect();
        technology.any_of.extend_from_slice(&implying);
        (!implying.is_empty()).then_some(Condition::Stint(stint))
    }

    /// What is not used without the technology: Laravel for PHP. Who says not to know the technology
    /// (OpenShift, and no Kubernetes) is taken at the word.
    fn implying(&self, technology: &Technology) -> Option<Condition> {
        let implying = self.lexicon.implying(&technology.key).into_iter();
        let implying = using(implying.map(|other| other.key.clone()).collect())?;
        // Whoever does what a method asks for knows it.
        if technology.kind == TechnologyKind::Method {
            return Some(Condition::Stint(implying));
        }
        let named = |min_grade: Grade| {
            let technology = TechnologyCondition {
                any_of: vec![technology.key.clone()],
                include_parts: false,
                min_months: None,
                last_used_since: None,
                min_grade,
            };
            Condition::Stint(StintCondition {
                technology: Some(technology),
                ..StintCondition::default()
            })
        };
        let is_not_denied = Condition::Any(vec![
            Condition::Not(Box::new(named(Grade::Negated))),
            named(Grade::Learning),
        ]);
        // Both, as one: they are no words of which either is enough.
        let both = Condition::All(vec![Condition::Stint(implying), is_not_denied]);
        Some(Condition::Any(vec![both]))
    }

    /// Both words of a compound in one job or project: クラウド移行 for 「クラウドへの移行」.
    fn parts_in_one_stint(&self, text: &str) -> Option<StintCondition> {
        let is_name = self.lexicon.company(text).is_some()
            || self.lexicon.certificate_named(text).is_some()
            || self.lexicon.role_named(text).is_some()
            || !Gazetteer::builtin().canonical(text).is_empty();
        let (first, second) = plain::two_words(text).filter(|_| !is_name)?;
        Some(StintCondition {
            text: vec![first.to_owned(), second.to_owned()],
            ..StintCondition::default()
        })
    }

    /// Returns the condition of a word that excludes nobody.
    pub(super) fn weak(&mut self, term: &Term, reason: IgnoredReason) -> Option<Condition> {
        self.ignore(&[term], &term.text, reason);
        self.plan.prefers_worked |= plain::asks_for_work(&term.text);
        if !is_searchable(&term.text) {
            return None;
        }
        let clause = self.clause(clause::quoted(&term.text));
        let words = Condition::Words(WordsCondition {
            text: term.text.clone(),
            technology: None,
            literal: true,
            is_exact: false,
            outside_certificates: false,
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

/// What was typed for a level of education, in the text: 「高専卒業後に入社」 names no school. Of a kind of
/// employers, what says that somebody worked at one: 「銀行で」「銀行に入行」, but not 「銀行向け」.
fn told_in_text(recognized: &Recognized) -> Option<Condition> {
    let typed = &recognized.term.text;
    if recognized.filter.education.is_some() && plain::is_school_left(typed) {
        return Some(literal(typed));
    }
    let kind = &recognized.filter.employer.as_ref()?.name;
    let any = AT_EMPLOYERS.iter().map(|behind| {
        Condition::Words(WordsCondition {
            is_exact: true,
            ..words_of(format!("{kind}{behind}"))
        })
    });
    // 第三者検証会社: the business is told beside the company's name.
    let business = kind.strip_suffix("会社").or(kind.strip_suffix("企業"));
    let business = business.filter(|business| business.chars().count() >= LEAST_OF_BUSINESS);
    let any = any.chain(business.map(literal));
    plain::is_kind_of_employer(&normalized_key(kind)).then(|| Condition::Any(any.collect()))
}

/// Characters of a business that is told of hardly anything but a company: 受託開発, and not 広告.
const LEAST_OF_BUSINESS: usize = 4;

/// What stands behind a kind of employers in a sentence about work at one of them.
const AT_EMPLOYERS: [&str; 16] = [
    "で",
    "にて",
    "に入",
    "に勤",
    "に就",
    "に在",
    "に転",
    "に新卒",
    "を退",
    "から転",
    "に移",
    "を経て",
    "出身",
    "勤務",
    "時代",
    "職員",
];

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
fn literal(text: &str) -> Condition {
    Condition::Words(words_of(text.to_owned()))
}

fn words_of(text: String) -> WordsCondition {
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

fn text(words: &[&Term]) -> String {
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

/// The condition that one of these technologies was used; `None` where there is none.
fn using(any_of: Vec<String>) -> Option<StintCondition> {
    let technology = TechnologyCondition {
        any_of,
        include_parts: true,
        min_months: None,
        last_used_since: None,
        min_grade: Grade::Declared,
    };
    (!technology.any_of.is_empty()).then(|| StintCondition {
        technology: Some(technology),
        ..StintCondition::default()
    })
}

/// Whether `text` is the usual name of `technology`, and no alias.
fn is_usual_name(technology: &Technology, text: &str) -> bool {
    normalized_key(&technology.name) == normalized_key(text)
}

/// Whether `text` is a name of `technology` as a whole.
fn is_named(technology: &Technology, text: &str) -> bool {
    let key = normalized_key(text);
    let mut names = technology.aliases.iter().chain([&technology.name]);
    names.any(|name| normalized_key(name) == key)
}
