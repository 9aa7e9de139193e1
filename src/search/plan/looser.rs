//! What comes near a word: it is found behind who has the word itself.

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{Technology, TechnologyKind};
use shokureki_index::{
    Condition, Gazetteer, Grade, MostCondition, StintCondition, TechnologyCondition, WordsCondition,
};

use super::super::plain::{self, Recognized};
use super::super::request::{EmployerFilter, Tenure};
use super::super::syntax::{Node, Term};
use super::Planner;
use super::relax::leaf_count;
use super::words::{is_usual_name, literal, text, words_of};

impl Planner<'_> {
    /// Returns `condition`, which the node or its `words` are taken for, or behind who meets it who meets
    /// a looser one.
    pub(super) fn or_looser(
        &mut self,
        node: &Node,
        words: &[&Term],
        condition: Condition,
    ) -> Condition {
        // A compound has a clause for each of its words, itself first.
        let first = self.plan.leaves.len().checked_sub(leaf_count(&condition));
        let Some(&clause) = first.and_then(|first| self.plan.leaves.get(first)) else {
            return condition;
        };
        let looser = match node {
            Node::Recognized(recognized) => {
                let told = self.told_in_text(recognized);
                told.or_else(|| self.with_implying(&condition))
            }
            Node::Any(nodes) => self.looser_parts(nodes, &condition),
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

    /// A compound by what comes near each of its words: 銀行向けの勘定系 by 地方銀行 and 勘定系.
    fn looser_parts(&self, nodes: &[Node], condition: &Condition) -> Option<Condition> {
        let (Some(Node::All(words)), Condition::Any(any)) = (nodes.last(), condition) else {
            // ECサイト・通販: either, or what comes near one. Products are meant as they stand.
            let is_product = |node: &Node| match node {
                Node::Word(word) => self.lexicon.resolve(&word.text).is_some(),
                _ => true,
            };
            if nodes.iter().any(is_product) {
                return None;
            }
            let words = nodes.iter().filter_map(|node| match node {
                Node::Word(word) => self.looser_words(&word.text),
                _ => None,
            });
            let near: Vec<Condition> = words.collect();
            return (!near.is_empty()).then_some(Condition::Any(near));
        };
        let Some(Condition::All(parts)) = any.last().filter(|_| words.len() > 1) else {
            // One word, which needs no list around it.
            let [Node::Word(word)] = words.as_slice() else {
                return None;
            };
            return self.looser_words(&word.text);
        };
        let mut is_looser = false;
        let parts = parts.iter().zip(words).map(|(part, word)| {
            let looser = match word {
                Node::Word(word) => self.looser_words(&word.text),
                _ => None,
            };
            is_looser |= looser.is_some();
            let forms = std::iter::once(part.clone()).chain(looser);
            Condition::Any(forms.collect())
        });
        let parts: Vec<Condition> = parts.collect();
        (is_looser && parts.len() == words.len()).then_some(Condition::All(parts))
    }

    fn looser_words(&self, text: &str) -> Option<Condition> {
        // LPIC-2 is met by who passed LPIC-3, too.
        let higher = plain::higher_certificates(self.lexicon, text).into_iter();
        let mut passed: Vec<Condition> = higher.map(Condition::Certification).collect();
        passed.extend(self.former(text));
        match passed.len() {
            0 => {}
            1 => return passed.pop(),
            _ => return Some(Condition::Any(passed)),
        }
        // Who passes a 技能検定 may be called so (職業能力開発促進法 第50条).
        if let Some(skill) = text.strip_suffix("技能士") {
            return Some(Condition::Certification(format!("{skill}技能検定")));
        }
        if let Some(name) = plain::former_employer(text) {
            let name = name.to_owned();
            let tenure = Tenure::Any;
            let stint = StintCondition {
                employer: Some(self.employer(&EmployerFilter { name, tenure })),
                ..StintCondition::default()
            };
            return Some(Condition::Stint(stint));
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
        if let Some(role) = self.lexicon.role_named(text).filter(|_| any.is_empty()) {
            any.extend(plain::near(&role.name).map(|near| self.near(near)));
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

    /// What was typed for a level of education, in the text: 「高専卒業後に入社」 names no school. Of a kind
    /// of employers, what says that somebody worked at one: 「銀行で」「銀行に入行」, but not 「銀行向け」.
    fn told_in_text(&self, recognized: &Recognized) -> Option<Condition> {
        let typed = &recognized.term.text;
        if recognized.filter.education.is_some() && plain::is_school_left(typed) {
            return Some(literal(typed));
        }
        let employer = recognized.filter.employer.as_ref()?;
        let kind = &employer.name;
        if !plain::is_kind_of_employer(&normalized_key(kind)) {
            return None;
        }
        let at_work = |kind: &str| {
            let sentences = AT_EMPLOYERS.iter().map(|behind| format!("{kind}{behind}"));
            let sentences: Vec<String> = sentences.collect();
            sentences.into_iter().map(|sentence| {
                Condition::Words(WordsCondition {
                    is_exact: true,
                    ..words_of(sentence)
                })
            })
        };
        let mut any: Vec<Condition> = at_work(kind).collect();
        // SIer is told by システムインテグレーター, too.
        for near in plain::near(kind).filter(|near| near != kind) {
            if plain::is_kind_of_employer(&normalized_key(near)) {
                any.extend(at_work(near));
            } else {
                any.push(self.near(near));
            }
        }
        // 第三者検証会社: the business is told beside the company's name; 印刷会社: in it (架空印刷).
        let business = ["会社", "企業", "社"];
        let business = business.into_iter().find_map(|end| kind.strip_suffix(end));
        if let Some(business) = business.filter(|business| business.chars().nth(1).is_some()) {
            if business.chars().count() >= LEAST_OF_BUSINESS {
                any.push(literal(business));
            }
            let named = EmployerFilter {
                name: business.to_owned(),
                tenure: employer.tenure,
            };
            let stint = StintCondition {
                employer: Some(self.employer(&named)),
                ..StintCondition::default()
            };
            any.push(Condition::Stint(stint));
        }
        Some(Condition::Any(any))
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
