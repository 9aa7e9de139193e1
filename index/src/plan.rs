//! A [`Condition`] made ready to be decided: leaves numbered, names and texts analyzed.

use crate::analysis::Analyzer;
use crate::document::Grade;
use crate::education::EducationLevel;
use crate::experience;
use crate::fields::{EmployerTerm, Fields, TextFields};
use crate::lexicon::Lexicon;
use crate::naming::{EmployerName, person_query};
use crate::phrase::TextQuery;
use crate::place_names::is_place;
use crate::query::{
    Condition, EmployerCondition, PeriodCondition, StintCondition, TechnologyCondition, Tenure,
    WordsCondition,
};
use crate::timeline::{EmployerHashes, TechnologyKeys};

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
    /// Each in ever looser forms, how many of these are near, and how many of all must be met.
    Most {
        of: Vec<Vec<Node>>,
        near: Vec<usize>,
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
    /// With their parts where those count.
    pub(crate) keys: TechnologyKeys,
    /// The term that tells of all keys together, where there is one for them and it tells of all
    /// mentions that count.
    pub(crate) experience: Option<String>,
    pub(crate) min_months: Option<u32>,
    pub(crate) last_used_since: Option<i32>,
    pub(crate) min_grade: Grade,
}

#[derive(Debug)]
pub(crate) struct EmployerPlan {
    pub(crate) key: Option<String>,
    pub(crate) name: Option<EmployerName>,
    pub(crate) hashes: EmployerHashes,
    pub(crate) tenure: Tenure,
}

/// Turns conditions into plans.
pub(crate) struct Planner<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) analyzer: &'a Analyzer,
    /// See [`Query::is_blind`](crate::Query).
    pub(crate) is_blind: bool,
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
                    let mut nodes: Vec<Node> = Vec::with_capacity(forms.len());
                    for (number, form) in forms.iter().enumerate() {
                        let mut node = self.node(form, is_negated, leaves);
                        let stricter = number.checked_sub(1).map(|before| &forms[before]);
                        if let (Condition::Any(any), Node::Any(children)) = (form, &mut node)
                            && any.first().is_some_and(|first| Some(first) == stricter)
                        {
                            // A looser form is asked for where the stricter one is not met.
                            children.remove(0);
                        }
                        nodes.push(node);
                    }
                    nodes
                };
                return Node::Most {
                    of: most.of.iter().map(&mut forms_of).collect(),
                    near: most.near.clone(),
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
        let is_hidden =
            self.is_blind && matches!(leaf, Leaf::Name(_) | Leaf::School(_) | Leaf::Location(_));
        let number = leaves.len();
        leaves.push(leaf);
        if is_hidden {
            return Node::Never;
        }
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
            experience: Some(experience::term(key, true)),
            min_months: None,
            last_used_since: None,
            min_grade: Grade::Declared,
        });
        let literal = words.literal.then(|| LiteralPlan {
            text: TextQuery {
                outside_certificates: words.outside_certificates,
                outside_identity: self.is_blind,
                ..self.text(words, self.fields.text)
            },
            roles: self.text(words, self.fields.roles),
            person: if self.is_blind {
                PersonQuery::new()
            } else {
                person_query(&words.text)
            },
            // 東京 asks for the place, not for 東京電力.
            employer: EmployerPlan::new(
                None,
                (!is_place(&words.text)).then(|| EmployerName::parse(&words.text)),
                Tenure::Any,
            ),
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
            text: TextQuery {
                outside_identity: self.is_blind,
                ..TextQuery::beginning(text, self.fields.text, self.analyzer)
            },
            roles: TextQuery::beginning(text, self.fields.roles, self.analyzer),
            person: PersonQuery::new(),
            employer: EmployerPlan::new(None, None, Tenure::Any),
        };
        WordsPlan {
            technology: None,
            literal: Some(literal),
        }
    }

    fn stint(&self, stint: &StintCondition) -> StintPlan {
        let text = |text: &String| TextQuery {
            outside_identity: self.is_blind,
            ..TextQuery::new(text, self.fields.text, self.analyzer)
        };
        let role = |role: &String| TextQuery::new(role, self.fields.roles, self.analyzer);
        StintPlan {
            technology: stint.technology.as_ref().map(TechnologyPlan::new),
            also: stint.also.iter().map(TechnologyPlan::new).collect(),
            without: stint.without.iter().map(TechnologyPlan::new).collect(),
            employer: stint.employer.as_ref().map(EmployerPlan::of),
            period: stint.period,
            role: stint.role.as_ref().map(role),
            text: stint.text.iter().map(text).collect(),
        }
    }
}

impl Plan {
    /// Whether a technology or a stint is asked for.
    pub(crate) fn asks_stints(&self) -> bool {
        self.leaves.iter().any(|leaf| match leaf {
            Leaf::Stint(_) => true,
            Leaf::Words(words) => words.technology.is_some(),
            _ => false,
        })
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
        let experience = match condition.any_of.as_slice() {
            [key] if condition.min_grade >= experience::LEAST => {
                Some(experience::term(key, condition.include_parts))
            }
            _ => None,
        };
        Self {
            keys: with_parts(&condition.any_of, condition.include_parts),
            experience,
            min_months: condition.min_months,
            last_used_since: condition.last_used_since,
            min_grade: condition.min_grade,
        }
    }
}

impl TechnologyPlan {
    /// Whether months or a last month of use are asked for.
    pub(crate) fn is_measured(&self) -> bool {
        self.min_months.is_some_and(|least| least > 0) || self.last_used_since.is_some()
    }
}

impl EmployerPlan {
    fn new(key: Option<String>, name: Option<EmployerName>, tenure: Tenure) -> Self {
        let beginning = name.as_ref().map(|name| name.beginning.as_str());
        let reading = name.as_ref().and_then(|name| name.reading.as_deref());
        Self {
            hashes: EmployerHashes::of(key.as_deref(), beginning, reading),
            key,
            name,
            tenure,
        }
    }

    fn of(condition: &EmployerCondition) -> Self {
        let partial = condition.partial;
        let name = partial.then(|| EmployerName::parse(&condition.name));
        Self::new(Some(condition.key.clone()), name, condition.tenure)
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

fn with_parts(keys: &[String], include_parts: bool) -> TechnologyKeys {
    let mut all = keys.to_vec();
    if include_parts {
        let lexicon = Lexicon::builtin();
        let parts = keys.iter().flat_map(|key| lexicon.parts_of(key));
        all.extend(parts.map(|part| part.key.clone()));
    }
    all.sort_unstable();
    all.dedup();
    TechnologyKeys::new(all)
}
