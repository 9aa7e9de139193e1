//! A [`Condition`] made ready to be decided: leaves numbered, names and texts analyzed, and the
//! postings that narrow the candidates.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, Query as Narrowing, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::analysis::{Analyzer, Wanted};
use crate::document::Grade;
use crate::education::EducationLevel;
use crate::fields::{EmployerTerm, Fields, TextFields, technology_term};
use crate::lexicon::Lexicon;
use crate::naming::{EmployerName, person_query};
use crate::phrase::{Phrase, TextQuery};
use crate::place_names::is_place;
use crate::query::{
    Condition, EmployerCondition, PeriodCondition, StintCondition, TechnologyCondition, Tenure,
    WordsCondition,
};

/// A condition ready to be decided.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) root: Node,
    pub(crate) leaves: Vec<Leaf>,
}

/// The tree above the leaves.
#[derive(Debug)]
pub(crate) enum Node {
    /// The number of a leaf.
    Leaf(usize),
    /// The number of a leaf that excludes nobody.
    Weak(usize),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    /// Each in ever looser forms, and how many must be met.
    Most {
        of: Vec<Vec<Node>>,
        least: usize,
    },
    /// Is always (or never) met: a weak leaf under an odd number of negations.
    Never,
}

#[derive(Debug)]
pub(crate) enum Leaf {
    Words(Box<WordsPlan>),
    Stint(Box<StintPlan>),
    Name(PersonQuery),
    Certification(TextQuery),
    /// A certificate, and its least score.
    Score(TextQuery, u32),
    Level(EducationLevel),
    School(TextQuery),
    Location(TextQuery),
}

/// Parts of a person's name: of each, one of the terms.
pub(crate) type PersonQuery = Vec<Vec<String>>;

#[derive(Debug)]
pub(crate) struct WordsPlan {
    pub(crate) technology: Option<TechnologyPlan>,
    pub(crate) literal: Option<LiteralPlan>,
}

/// What a text as written meets.
#[derive(Debug)]
pub(crate) struct LiteralPlan {
    pub(crate) text: TextQuery,
    /// Only moves the rank: roles stand in the text too.
    pub(crate) roles: TextQuery,
    pub(crate) person: PersonQuery,
    pub(crate) employer: EmployerPlan,
}

#[derive(Debug)]
pub(crate) struct StintPlan {
    pub(crate) technology: Option<TechnologyPlan>,
    pub(crate) also: Vec<TechnologyPlan>,
    pub(crate) without: Vec<TechnologyPlan>,
    pub(crate) employer: Option<EmployerPlan>,
    pub(crate) period: Option<PeriodCondition>,
    pub(crate) role: Option<TextQuery>,
    pub(crate) text: Vec<TextQuery>,
}

#[derive(Clone, Debug)]
pub(crate) struct TechnologyPlan {
    /// With their parts where those count; in order.
    pub(crate) keys: Vec<String>,
    pub(crate) min_months: Option<u32>,
    pub(crate) last_used_since: Option<i32>,
    pub(crate) min_grade: Grade,
}

#[derive(Debug)]
pub(crate) struct EmployerPlan {
    pub(crate) key: Option<String>,
    pub(crate) name: Option<EmployerName>,
    pub(crate) tenure: Tenure,
}

/// Turns conditions into plans.
pub(crate) struct Planner<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) analyzer: &'a Analyzer,
}

impl Planner<'_> {
    pub(crate) fn plan(&self, condition: Option<&Condition>) -> Plan {
        let mut leaves = Vec::new();
        let root = match condition {
            Some(condition) => self.node(condition, false, &mut leaves),
            None => Node::All(Vec::new()),
        };
        Plan { root, leaves }
    }

    fn node(&self, condition: &Condition, is_negated: bool, leaves: &mut Vec<Leaf>) -> Node {
        let leaf = match condition {
            Condition::All(children) => {
                let children = children.iter();
                return Node::All(
                    children
                        .map(|child| self.node(child, is_negated, leaves))
                        .collect(),
                );
            }
            Condition::Any(children) => {
                let children = children.iter();
                return Node::Any(
                    children
                        .map(|child| self.node(child, is_negated, leaves))
                        .collect(),
                );
            }
            Condition::Not(child) => {
                return Node::Not(Box::new(self.node(child, !is_negated, leaves)));
            }
            Condition::Most(most) => {
                let mut forms_of = |forms: &Vec<Condition>| {
                    let forms = forms.iter();
                    forms
                        .map(|form| self.node(form, is_negated, leaves))
                        .collect()
                };
                return Node::Most {
                    of: most.of.iter().map(&mut forms_of).collect(),
                    least: most.least,
                };
            }
            Condition::Words(words) => Leaf::Words(Box::new(self.words(words))),
            Condition::Prefix(text) => Leaf::Words(Box::new(self.prefix(text))),
            Condition::Stint(stint) => Leaf::Stint(Box::new(self.stint(stint))),
            Condition::Name(name) => Leaf::Name(person_query(name)),
            Condition::Certification(name) => Leaf::Certification(TextQuery::new(
                name,
                self.fields.certifications,
                self.analyzer,
            )),
            Condition::Score(score) => {
                let fields = self.fields.certifications;
                let name = TextQuery::new(&score.certification, fields, self.analyzer);
                Leaf::Score(name, score.least)
            }
            Condition::Education(school) => match EducationLevel::parse(school) {
                Some(level) => Leaf::Level(level),
                None => Leaf::School(TextQuery::new(school, self.fields.text, self.analyzer)),
            },
            Condition::Location(place) => {
                Leaf::Location(TextQuery::new(place, self.fields.location, self.analyzer))
            }
        };
        let number = leaves.len();
        leaves.push(leaf);
        let is_weak = matches!(condition, Condition::Words(words) if words.is_weak);
        match (is_weak, is_negated) {
            (false, _) => Node::Leaf(number),
            (true, false) => Node::Weak(number),
            (true, true) => Node::Never,
        }
    }

    fn words(&self, words: &WordsCondition) -> WordsPlan {
        let technology = words.technology.as_ref().map(|key| TechnologyPlan {
            keys: with_parts(std::slice::from_ref(key), true),
            min_months: None,
            last_used_since: None,
            min_grade: Grade::Declared,
        });
        let literal = words.literal.then(|| LiteralPlan {
            text: TextQuery {
                outside_certificates: words.outside_certificates,
                ..self.text(words, self.fields.text)
            },
            roles: self.text(words, self.fields.roles),
            person: person_query(&words.text),
            employer: EmployerPlan {
                key: None,
                // 東京 asks for the place, not for 東京電力.
                name: (!is_place(&words.text)).then(|| EmployerName::parse(&words.text)),
                tenure: Tenure::Any,
            },
        });
        WordsPlan {
            technology,
            literal,
        }
    }

    fn text(&self, words: &WordsCondition, fields: TextFields) -> TextQuery {
        let read = if words.is_exact {
            TextQuery::exact
        } else {
            TextQuery::new
        };
        read(&words.text, fields, self.analyzer)
    }

    /// A beginning is of words of the text only: names of people and employers stand there too.
    fn prefix(&self, text: &str) -> WordsPlan {
        let literal = LiteralPlan {
            text: TextQuery::beginning(text, self.fields.text, self.analyzer),
            roles: TextQuery::beginning(text, self.fields.roles, self.analyzer),
            person: PersonQuery::new(),
            employer: EmployerPlan {
                key: None,
                name: None,
                tenure: Tenure::Any,
            },
        };
        WordsPlan {
            technology: None,
            literal: Some(literal),
        }
    }

    fn stint(&self, stint: &StintCondition) -> StintPlan {
        let text = |text: &String| TextQuery::new(text, self.fields.text, self.analyzer);
        let role = |role: &String| TextQuery::new(role, self.fields.roles, self.analyzer);
        StintPlan {
            technology: stint.technology.as_ref().map(TechnologyPlan::new),
            also: stint.also.iter().map(TechnologyPlan::new).collect(),
            without: stint.without.iter().map(TechnologyPlan::new).collect(),
            employer: stint.employer.as_ref().map(EmployerPlan::new),
            period: stint.period,
            role: stint.role.as_ref().map(role),
            text: stint.text.iter().map(text).collect(),
        }
    }

    /// Returns a query that finds at least the candidates that meet the plan.
    pub(crate) fn narrowing(&self, plan: &Plan) -> Box<dyn Narrowing> {
        match self.narrow(&plan.root, plan) {
            Narrow::All => Box::new(AllQuery),
            Narrow::Nothing => Box::new(EmptyQuery),
            Narrow::By(query) => query,
        }
    }

    fn narrow(&self, node: &Node, plan: &Plan) -> Narrow {
        match node {
            Node::Leaf(number) => self.narrow_leaf(&plan.leaves[*number]),
            Node::All(children) => {
                Narrow::all(children.iter().map(|child| self.narrow(child, plan)))
            }
            Node::Any(children) => {
                Narrow::any(children.iter().map(|child| self.narrow(child, plan)))
            }
            Node::Most { least: 0, .. } => Narrow::All,
            Node::Most { of, .. } => {
                let loosest = of.iter().filter_map(|forms| forms.last());
                Narrow::any(loosest.map(|form| self.narrow(form, plan)))
            }
            Node::Weak(_) | Node::Not(_) => Narrow::All,
            Node::Never => Narrow::Nothing,
        }
    }

    fn narrow_leaf(&self, leaf: &Leaf) -> Narrow {
        match leaf {
            Leaf::Words(words) => {
                let technology = words
                    .technology
                    .iter()
                    .map(|part| self.narrow_technology(part));
                let literal = words.literal.iter().flat_map(|literal| {
                    [
                        narrow_text(&literal.text),
                        self.narrow_person(&literal.person),
                        self.narrow_employer(&literal.employer),
                    ]
                });
                Narrow::any(technology.chain(literal))
            }
            Leaf::Stint(stint) => Narrow::all(
                [
                    stint
                        .technology
                        .as_ref()
                        .map(|part| self.narrow_technology(part)),
                    stint
                        .employer
                        .as_ref()
                        .map(|part| self.narrow_employer(part)),
                    stint.role.as_ref().map(narrow_text),
                ]
                .into_iter()
                .flatten()
                .chain(stint.text.iter().map(narrow_text))
                .chain(stint.also.iter().map(|part| self.narrow_technology(part))),
            ),
            Leaf::Name(person) => self.narrow_person(person),
            Leaf::Certification(text)
            | Leaf::Score(text, _)
            | Leaf::School(text)
            | Leaf::Location(text) => narrow_text(text),
            Leaf::Level(level) => narrow_term(self.fields.education, level.term()),
        }
    }

    fn narrow_technology(&self, part: &TechnologyPlan) -> Narrow {
        let terms = part
            .keys
            .iter()
            .map(|key| technology_term(key, part.min_grade));
        Narrow::any(terms.map(|term| narrow_term(self.fields.technologies, &term)))
    }

    fn narrow_employer(&self, part: &EmployerPlan) -> Narrow {
        let terms = part.terms();
        Narrow::any(
            terms
                .iter()
                .map(|term| narrow_term(self.fields.employers, term)),
        )
    }

    fn narrow_person(&self, person: &PersonQuery) -> Narrow {
        if person.is_empty() {
            return Narrow::Nothing;
        }
        let field = self.fields.names;
        Narrow::all(
            person
                .iter()
                .map(|forms| Narrow::any(forms.iter().map(|form| narrow_term(field, form)))),
        )
    }
}

impl StintPlan {
    /// Whether there is no other part, so that a technology may also be met outside stints.
    pub(crate) fn is_technology_alone(&self) -> bool {
        self.counts_stated() && self.role.is_none() && self.text.is_empty()
    }

    /// Whether stated months count: they are of no employer, no window and no other technology.
    pub(crate) fn counts_stated(&self) -> bool {
        self.employer.is_none()
            && self.period.is_none()
            && self.also.is_empty()
            && self.without.is_empty()
    }
}

impl TechnologyPlan {
    fn new(condition: &TechnologyCondition) -> Self {
        Self {
            keys: with_parts(&condition.any_of, condition.include_parts),
            min_months: condition.min_months,
            last_used_since: condition.last_used_since,
            min_grade: condition.min_grade,
        }
    }
}

impl EmployerPlan {
    fn new(condition: &EmployerCondition) -> Self {
        Self {
            key: Some(condition.key.clone()),
            name: condition
                .partial
                .then(|| EmployerName::parse(&condition.name)),
            tenure: condition.tenure,
        }
    }

    /// The terms of the index one of which an employer must have.
    pub(crate) fn terms(&self) -> Vec<String> {
        let key = self.key.as_deref().map(EmployerTerm::Key);
        let name = self.name.as_ref();
        let beginning = name.map(|name| EmployerTerm::Beginning(&name.beginning));
        let reading = name
            .and_then(|name| name.reading.as_deref())
            .map(EmployerTerm::Reading);
        let terms = [key, beginning, reading].into_iter().flatten();
        terms.map(EmployerTerm::to_term).collect()
    }
}

fn with_parts(keys: &[String], include_parts: bool) -> Vec<String> {
    let mut all = keys.to_vec();
    if include_parts {
        let lexicon = Lexicon::builtin();
        let parts = keys.iter().flat_map(|key| lexicon.parts_of(key));
        all.extend(parts.map(|part| part.key.clone()));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Which candidates can meet a part of the tree.
enum Narrow {
    All,
    Nothing,
    By(Box<dyn Narrowing>),
}

impl Narrow {
    fn all(parts: impl Iterator<Item = Self>) -> Self {
        let mut queries = Vec::new();
        for part in parts {
            match part {
                Self::All => {}
                Self::Nothing => return Self::Nothing,
                Self::By(query) => queries.push(query),
            }
        }
        match queries.len() {
            0 => Self::All,
            1 => Self::By(queries.remove(0)),
            _ => Self::By(Box::new(BooleanQuery::intersection(queries))),
        }
    }

    fn any(parts: impl Iterator<Item = Self>) -> Self {
        let mut queries = Vec::new();
        for part in parts {
            match part {
                Self::All => return Self::All,
                Self::Nothing => {}
                Self::By(query) => queries.push(query),
            }
        }
        match queries.len() {
            0 => Self::Nothing,
            1 => Self::By(queries.remove(0)),
            _ => Self::By(Box::new(BooleanQuery::union(queries))),
        }
    }
}

fn narrow_text(text: &TextQuery) -> Narrow {
    let own = [narrow_phrase(&text.words), narrow_phrase(&text.grams)].into_iter();
    Narrow::any(own.chain(text.spellings.iter().map(narrow_text)))
}

fn narrow_phrase(phrase: &Phrase) -> Narrow {
    if phrase.terms.is_empty() {
        return Narrow::Nothing;
    }
    let field = phrase.field;
    Narrow::all(phrase.terms.iter().map(|term| match &term.wanted {
        Wanted::Term(term) => narrow_term(field, term),
        Wanted::Pair(terms) => Narrow::any(terms.iter().map(|term| narrow_term(field, term))),
        Wanted::Beginning(beginning) | Wanted::Character(beginning) => {
            narrow_beginning(field, beginning)
        }
    }))
}

fn narrow_beginning(field: Field, beginning: &str) -> Narrow {
    let pattern = format!("{}.*", escaped(beginning));
    match RegexQuery::from_pattern(&pattern, field) {
        Ok(query) => Narrow::By(Box::new(query)),
        Err(_) => Narrow::All,
    }
}

/// Returns a pattern that only `text` meets.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_punctuation() {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

fn narrow_term(field: Field, term: &str) -> Narrow {
    let term = Term::from_field_text(field, term);
    Narrow::By(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
}
