//! The postings that narrow a search to the candidates that may meet a plan.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, Query as Narrowing, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::analysis::Wanted;
use crate::document::Grade;
use crate::fields::technology_term;
use crate::phrase::{Phrase, TextQuery};
use crate::plan::{EmployerPlan, Leaf, Node, PersonQuery, Plan, Planner, TechnologyPlan};

impl Planner<'_> {
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
                let forms = of.iter().flatten();
                Narrow::any(forms.map(|form| self.narrow(form, plan)))
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

impl Plan {
    /// Whether those whom [`Planner::narrowing`] finds meet the plan, all of them.
    pub(crate) fn is_narrowing_exact(&self) -> bool {
        self.is_exact(&self.root)
    }

    fn is_exact(&self, node: &Node) -> bool {
        match node {
            Node::Leaf(number) => match &self.leaves[*number] {
                Leaf::Stint(stint) => {
                    let technology = stint.technology.as_ref();
                    stint.is_technology_alone() && technology.is_some_and(is_technology_exact)
                }
                _ => false,
            },
            Node::All(children) | Node::Any(children) => {
                children.iter().all(|child| self.is_exact(child))
            }
            Node::Never => true,
            Node::Weak(_) | Node::Not(_) | Node::Most { .. } => false,
        }
    }
}

/// Whether there is nothing but a grade that has terms of its own.
fn is_technology_exact(part: &TechnologyPlan) -> bool {
    let has_terms = matches!(
        part.min_grade,
        Grade::Worked | Grade::Declared | Grade::Negated
    );
    has_terms && part.min_months.is_none() && part.last_used_since.is_none()
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
