//! A request to conditions of the index, and what became of each word.

mod relax;
#[cfg(test)]
mod tests;
mod words;

pub use relax::RelaxedClause;
pub(super) use relax::{Firmness, Relaxed};
pub(super) use words::name_length;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{Certificate, Lexicon, MatchKind};
use shokureki_index::months::MonthRange;
use shokureki_index::{
    Condition, EmployerCondition, Gazetteer, PeriodCondition, ScoreCondition, StintCondition,
    TechnologyCondition,
};

use super::clause;
use super::error::{FilterFault, FilterField, SearchError};
use super::keys;
use super::plain;
use super::print::{self, Language, QueryNode};
use super::request::{
    EmployerFilter, Filter, MAX_DEPTH, MAX_QUERY_CHARS, MAX_TERMS, PeriodFilter, Request,
    TechnologyFilter, Tenure, Window,
};
use super::slips::Slips;
use super::syntax::{self, Node, Term};
use crate::domain::Grade;

/// A request as the index is asked it.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// What a candidate must meet.
    pub(super) condition: Option<Condition>,
    /// The parts of the condition, each of which must be met, in the order of their leaves.
    pub(super) parts: Vec<(Condition, Firmness)>,
    /// The clause that each leaf of the condition belongs to: an index into `clauses`.
    pub(super) leaves: Vec<usize>,
    /// The conditions as a person would type them.
    pub(super) clauses: Vec<String>,
    /// Whether use in a job is asked for (実務).
    pub(super) prefers_worked: bool,
    /// What became of the query string.
    pub(super) interpretation: Interpretation,
}

/// How a request was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interpretation {
    /// Query and filter in the search language, with English keys.
    pub parsed: String,
    /// The same with Japanese keys.
    pub parsed_ja: String,
    /// The same as a tree, each node before those below it.
    pub tree: Vec<QueryNode>,
    /// The conditions on candidates, as [`super::Match::clause`] names them.
    pub clauses: Vec<String>,
    /// Bare words that were taken for conditions.
    pub recognized: Vec<RecognizedText>,
    /// Words that were taken for others of another spelling.
    pub corrections: Vec<Correction>,
    /// What may have been meant, and was not searched for.
    pub offers: Vec<Offer>,
    /// What was left out.
    pub ignored: Vec<Ignored>,
    /// The clauses that not all of those who are found meet: nobody meets all, so those who meet
    /// most are the answer.
    pub relaxed: Vec<RelaxedClause>,
}

/// Bare words taken for a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognizedText {
    /// As typed.
    pub text: String,
    /// Where it begins, in characters from 0.
    pub position: usize,
    /// The condition, in the search language.
    pub clause: String,
}

/// What a part of the query string may have been meant for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// As typed.
    pub text: String,
    /// Where it begins, in characters from 0.
    pub position: usize,
    /// What to type instead; `None` where there is nothing like it.
    pub suggestion: Option<String>,
    /// Why it is offered.
    pub reason: OfferReason,
}

/// Why something is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfferReason {
    /// It looks like a condition, but there is no such key; it was searched for as a word.
    UnknownKey,
    /// No document has the word; the suggestion is of some.
    NotFound,
}

/// A word taken for a misspelt name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// As typed.
    pub typed: String,
    /// The name that it was taken for.
    pub corrected: String,
    /// The technology's key; `None` for a word that documents have.
    pub technology: Option<String>,
}

/// A part of the query string that asks for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// As typed.
    pub text: String,
    /// Where it begins, in characters from 0.
    pub position: usize,
    /// Why it was left out.
    pub reason: IgnoredReason,
}

/// Why a part of the query string was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IgnoredReason {
    /// It has neither letters nor digits.
    NoTerm,
    /// It is a generic word (経験 …): it moves the rank but excludes nobody.
    Generic,
    /// It asks for what no condition can tell (months without a technology); it moves the rank.
    Unsupported,
}

/// Returns the plan of `request`, of whose words `slips` are misspelt.
///
/// # Errors
/// Every [`SearchError`] of query and filter.
pub(super) fn plan(
    request: &Request,
    lexicon: &Lexicon,
    slips: Slips,
) -> Result<Plan, SearchError> {
    let mut planner = Planner {
        lexicon,
        slips,
        plan: Plan::default(),
        terms: 0,
    };
    let mut conditions = Vec::new();
    let mut parts = Vec::new();
    let query = request.query.as_deref().unwrap_or_default();
    if !query.trim().is_empty() {
        let node = syntax::parse(query)?;
        planner.offer_keys(&node);
        let node = plain::read(planner.corrected(node), lexicon);
        let of_query = planner.parts(&node);
        if !of_query.is_empty() {
            parts.push(node);
            conditions.extend(of_query);
        } else if request.filter.is_none() {
            return Err(SearchError::NoTerm);
        }
    }
    if let Some(filter) = &request.filter
        && let Some(condition) = planner.filter(filter, 0)?
    {
        parts.push(Node::of(filter));
        conditions.push((condition, Firmness::Firm));
    }
    let mut plan = planner.plan;
    plan.condition = joined(conditions.iter().map(|(part, _)| part.clone()).collect());
    plan.parts = conditions;
    let tree = Node::all(parts);
    plan.interpretation.parsed = print::written(&tree, Language::English);
    plan.interpretation.parsed_ja = print::written(&tree, Language::Japanese);
    plan.interpretation.tree = print::outline(&tree);
    plan.interpretation.clauses.clone_from(&plan.clauses);
    Ok(plan)
}

/// Returns the conjunction, without a list around a single condition.
fn joined(mut conditions: Vec<Condition>) -> Option<Condition> {
    match conditions.len() {
        0 => None,
        1 => conditions.pop(),
        _ => Some(Condition::All(conditions)),
    }
}

struct Planner<'a> {
    lexicon: &'a Lexicon,
    slips: Slips,
    plan: Plan,
    /// Terms of the filter so far.
    terms: usize,
}

impl Planner<'_> {
    /// Adds a clause; its leaves follow.
    fn clause(&mut self, text: String) -> usize {
        self.plan.clauses.push(text);
        self.plan.clauses.len() - 1
    }

    /// Records the next leaf of the condition; to be called in the order of the leaves.
    fn leaf(&mut self, clause: usize, condition: Condition) -> Condition {
        self.plan.leaves.push(clause);
        condition
    }

    /// Returns the condition of a parsed query; `None` where nothing of it can be searched for.
    fn node(&mut self, node: &Node) -> Option<Condition> {
        match node {
            Node::Word(term) => self.words(&[term]),
            Node::Prefix(term) => self.prefix(term),
            Node::Phrase(term) => self.phrase(term),
            Node::Condition(filter, _) => self.conditions(filter),
            Node::Weak(term, reason) => self.weak(term, *reason),
            Node::Recognized(recognized) => {
                let text = RecognizedText {
                    text: recognized.term.text.clone(),
                    position: recognized.term.position,
                    clause: clause::condition(&recognized.filter, Language::English),
                };
                self.plan.interpretation.recognized.push(text);
                self.conditions(&recognized.filter)
            }
            Node::Not(node) => Some(Condition::Not(Box::new(self.node(node)?))),
            Node::All(nodes) => self.all(nodes),
            Node::Any(nodes) => {
                let any: Vec<Condition> = nodes.iter().filter_map(|node| self.node(node)).collect();
                (!any.is_empty()).then_some(Condition::Any(any))
            }
        }
    }

    /// Returns the conditions of a parsed query, each of which must be met.
    fn parts(&mut self, node: &Node) -> Vec<(Condition, Firmness)> {
        if let Node::All(nodes) = node
            && !nodes.is_empty()
        {
            return self.all_parts(nodes);
        }
        let Some(condition) = self.node(node) else {
            return Vec::new();
        };
        let firmness = Firmness::of(node, &condition);
        vec![(condition, firmness)]
    }

    /// Returns the condition of `filter`; `None` where it asks for nothing.
    fn filter(&mut self, filter: &Filter, depth: usize) -> Result<Option<Condition>, SearchError> {
        if depth > MAX_DEPTH {
            return Err(SearchError::FilterTooDeep { limit: MAX_DEPTH });
        }
        self.check(filter)?;
        let mut conditions: Vec<Condition> = self.conditions(filter).into_iter().collect();
        for each in &filter.all {
            conditions.extend(self.filter(each, depth + 1)?);
        }
        if let Some(any) = &filter.any {
            let mut alternatives = Vec::new();
            for each in any {
                let condition = self.filter(each, depth + 1)?;
                alternatives.push(condition.unwrap_or(Condition::All(Vec::new())));
            }
            conditions.push(Condition::Any(alternatives));
        }
        if let Some(not) = &filter.not {
            let condition = self
                .filter(not, depth + 1)?
                .unwrap_or(Condition::All(Vec::new()));
            conditions.push(Condition::Not(Box::new(condition)));
        }
        Ok(joined(conditions))
    }

    /// Returns the conditions of `filter` itself, without those nested in it.
    fn conditions(&mut self, filter: &Filter) -> Option<Condition> {
        let mut conditions = Vec::new();
        if clause::has_stint(filter) {
            let clause = self.clause(clause::stint(filter));
            let stint = StintCondition {
                technology: filter.technology.as_ref().map(|part| self.technology(part)),
                also: self.technologies(&filter.also),
                without: self.technologies(&filter.without),
                employer: filter.employer.as_ref().map(|part| self.employer(part)),
                period: filter.period.as_ref().map(period),
                role: filter.role.as_ref().map(|role| self.role(role)),
                text: filter.text.clone(),
            };
            conditions.push(self.leaf(clause, Condition::Stint(stint)));
        }
        if let Some(name) = &filter.name {
            let clause = self.clause(clause::keyed("name", name));
            conditions.push(self.leaf(clause, Condition::Name(name.clone())));
        }
        if let (Some(name), Some(least)) = (&filter.certification, filter.min_score) {
            let filter = Filter {
                certification: Some(name.clone()),
                min_score: Some(least),
                ..Filter::default()
            };
            let clause = clause::condition(&filter, Language::English);
            let clause = self.clause(clause);
            let known = self.lexicon.certificate_named(name);
            let names = [Some(name), known.map(|known| &known.name)];
            let scores = names.into_iter().flatten().map(|name| {
                let certification = name.clone();
                let score = ScoreCondition {
                    certification,
                    least,
                };
                self.leaf(clause, Condition::Score(score))
            });
            conditions.push(Condition::Any(scores.collect()));
        } else if let Some(name) = &filter.certification {
            let clause = self.clause(clause::keyed("cert", name));
            let mut any = vec![self.leaf(clause, Condition::Certification(name.clone()))];
            if let Some(known) = self.lexicon.certificate_named(name) {
                any.extend(self.certificates(known, clause));
            }
            conditions.push(Condition::Any(any));
        }
        if let Some(school) = &filter.education {
            let clause = self.clause(clause::keyed("school", school));
            conditions.push(self.leaf(clause, Condition::Education(school.clone())));
        }
        if let Some(place) = &filter.location {
            let clause = self.clause(clause::keyed("location", place));
            let mut names = Gazetteer::builtin().canonical(place);
            if names.is_empty() {
                names.push(place.clone());
            }
            let any = names.into_iter().map(Condition::Location);
            let any = any.map(|place| self.leaf(clause, place)).collect();
            conditions.push(Condition::Any(any));
        }
        joined(conditions)
    }

    /// The conditions of a certificate or one that it took the place of.
    fn certificates(&mut self, certificate: &Certificate, clause: usize) -> Vec<Condition> {
        let names = std::iter::once(&certificate.name).chain(&certificate.former);
        names
            .map(|name| self.leaf(clause, Condition::Certification(name.clone())))
            .collect()
    }

    /// Tells of words that look like conditions with a key that there is none of.
    fn offer_keys(&mut self, node: &Node) {
        match node {
            Node::Word(term) => {
                let offer = keys::unknown_key(&term.text).map(|unknown| Offer {
                    position: term.position,
                    suggestion: unknown.nearest.map(|key| format!("{key}:")),
                    text: unknown.key,
                    reason: OfferReason::UnknownKey,
                });
                self.plan.interpretation.offers.extend(offer);
            }
            Node::Not(node) => self.offer_keys(node),
            Node::All(nodes) | Node::Any(nodes) => {
                nodes.iter().for_each(|node| self.offer_keys(node));
            }
            Node::Prefix(_)
            | Node::Phrase(_)
            | Node::Condition(..)
            | Node::Weak(..)
            | Node::Recognized(_) => {}
        }
    }

    /// Puts what is meant in the place of misspelt free words, and tells so.
    fn corrected(&mut self, node: Node) -> Node {
        let mut each = |nodes: Vec<Node>| -> Vec<Node> {
            let nodes = nodes.into_iter();
            nodes.map(|node| self.corrected(node)).collect()
        };
        match node {
            Node::All(nodes) => Node::All(each(nodes)),
            Node::Any(nodes) => Node::Any(each(nodes)),
            Node::Not(node) => Node::Not(Box::new(self.corrected(*node))),
            Node::Word(term) => match self.slips.get(&term.text).cloned() {
                Some(slip) => {
                    self.correct(&term.text, &slip.meant, slip.technology.as_deref());
                    Node::Word(Term {
                        text: slip.meant,
                        ..term
                    })
                }
                None => Node::Word(term),
            },
            node => node,
        }
    }

    fn technologies(&mut self, parts: &[TechnologyFilter]) -> Vec<TechnologyCondition> {
        parts.iter().map(|part| self.technology(part)).collect()
    }

    fn technology(&mut self, part: &TechnologyFilter) -> TechnologyCondition {
        let mut any_of = Vec::with_capacity(part.any_of.len());
        for name in &part.any_of {
            let resolved = self.lexicon.resolve(name);
            if let Some(resolved) = resolved.filter(|resolved| resolved.via == MatchKind::Typo) {
                self.correct(
                    name,
                    &resolved.technology.name,
                    Some(&resolved.technology.key),
                );
            }
            let slip = self.slips.get(name).cloned();
            let meant = slip.and_then(|slip| Some((slip.technology?, slip.meant)));
            any_of.push(match (resolved, meant) {
                (Some(resolved), _) => resolved.technology.key.clone(),
                (None, Some((key, meant))) => {
                    self.correct(name, &meant, Some(&key));
                    key
                }
                (None, None) => normalized_key(name.trim()),
            });
        }
        TechnologyCondition {
            any_of,
            include_parts: part.include_parts,
            min_months: part.min_months,
            last_used_since: part.last_used_since.map(|since| since.earliest().ordinal()),
            min_grade: grade(part.min_grade),
        }
    }

    /// The name that all spellings of a role are found by.
    fn role(&self, role: &str) -> String {
        let listed = self.lexicon.role_named(role);
        listed.map_or(role, |listed| &listed.name).to_owned()
    }

    fn employer(&self, part: &EmployerFilter) -> EmployerCondition {
        let name = part.name.trim();
        let beginning = name.strip_suffix('*').map(str::trim_end);
        let name = beginning.unwrap_or(name);
        EmployerCondition {
            name: name.to_owned(),
            key: self.lexicon.employer_key(name),
            partial: beginning.is_some() || self.lexicon.company(name).is_none(),
            tenure: match part.tenure {
                Tenure::Any => shokureki_index::Tenure::Any,
                Tenure::Current => shokureki_index::Tenure::Current,
                Tenure::Past => shokureki_index::Tenure::Past,
            },
        }
    }

    /// Checks the values of `filter` itself and counts its terms.
    fn check(&mut self, filter: &Filter) -> Result<(), SearchError> {
        let technologies = || {
            let first = filter.technology.iter();
            first.chain(&filter.also).chain(&filter.without)
        };
        let technology = technologies().flat_map(|part| &part.any_of);
        let employer = filter.employer.iter().map(|part| &part.name);
        let texts = technology
            .map(|name| (FilterField::Technology, name))
            .chain(employer.map(|name| (FilterField::Employer, name)))
            .chain(filter.role.iter().map(|text| (FilterField::Role, text)))
            .chain(filter.text.iter().map(|text| (FilterField::Text, text)))
            .chain(
                filter
                    .certification
                    .iter()
                    .map(|text| (FilterField::Certification, text)),
            )
            .chain(
                filter
                    .education
                    .iter()
                    .map(|text| (FilterField::Education, text)),
            )
            .chain(
                filter
                    .location
                    .iter()
                    .map(|text| (FilterField::Location, text)),
            );
        for (field, text) in texts {
            self.terms += 1;
            check_text(field, text)?;
        }
        if technologies().any(|part| part.any_of.is_empty())
            || (filter.technology.is_none() && !filter.also.is_empty())
        {
            let field = FilterField::Technology;
            return Err(SearchError::Filter {
                field,
                fault: FilterFault::Empty,
            });
        }
        if filter.min_score.is_some() && filter.certification.is_none() {
            let field = FilterField::Certification;
            return Err(SearchError::Filter {
                field,
                fault: FilterFault::Empty,
            });
        }
        if filter.any.as_ref().is_some_and(Vec::is_empty) {
            let field = FilterField::Any;
            return Err(SearchError::Filter {
                field,
                fault: FilterFault::Empty,
            });
        }
        if let Some(period) = &filter.period {
            self.terms += 1;
            check_period(period)?;
        }
        self.terms += filter.all.len() + filter.any.as_ref().map_or(0, Vec::len);
        let of_query = self.plan.leaves.len().min(MAX_TERMS);
        if self.terms + of_query > MAX_TERMS {
            return Err(SearchError::TooManyTerms {
                limit: MAX_TERMS,
                position: None,
            });
        }
        Ok(())
    }
}

fn check_text(field: FilterField, text: &str) -> Result<(), SearchError> {
    let fault = if text.chars().count() > MAX_QUERY_CHARS {
        FilterFault::TooLong
    } else if !is_searchable(text) {
        FilterFault::Empty
    } else {
        return Ok(());
    };
    Err(SearchError::Filter { field, fault })
}

fn check_period(period: &PeriodFilter) -> Result<(), SearchError> {
    let fault = match period.window {
        Window::Between {
            from: Some(from),
            to: Some(to),
        } if from.earliest() > to.latest() => FilterFault::EndBeforeStart,
        Window::Between {
            from: None,
            to: None,
        }
        | Window::Last { months: 0 } => FilterFault::Empty,
        Window::Between { .. } | Window::Last { .. } => return Ok(()),
    };
    Err(SearchError::Filter {
        field: FilterField::Period,
        fault,
    })
}

/// Returns the window, an open end at the border of the calendar that months are taken from.
fn period(part: &PeriodFilter) -> PeriodCondition {
    const FIRST_MONTH: i32 = 1900 * 12;
    const LAST_MONTH: i32 = 2199 * 12 + 11;
    let window = match part.window {
        Window::Between { from, to } => shokureki_index::Window::Months(MonthRange {
            first: from.map_or(FIRST_MONTH, |from| from.earliest().ordinal()),
            last: to.map_or(LAST_MONTH, |to| to.latest().ordinal()),
        }),
        Window::Last { months } => shokureki_index::Window::Last(months),
    };
    PeriodCondition {
        window,
        within: part.within,
    }
}

/// Whether there is a letter or digit in it.
fn is_searchable(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn grade(grade: Grade) -> shokureki_index::Grade {
    match grade {
        Grade::Negated => shokureki_index::Grade::Negated,
        Grade::Learning => shokureki_index::Grade::Learning,
        Grade::Certified => shokureki_index::Grade::Certified,
        Grade::Personal => shokureki_index::Grade::Personal,
        Grade::Declared => shokureki_index::Grade::Declared,
        Grade::Worked => shokureki_index::Grade::Worked,
    }
}
