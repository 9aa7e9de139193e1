//! The postings that narrow a search to the candidates that may meet a plan.

use tantivy::schema::Field;

use crate::analysis::Wanted;
use crate::candidates::Narrowing;
use crate::document::Grade;
use crate::experience;
use crate::fields::technology_term;
use crate::phrase::{Phrase, TextQuery};
use crate::plan::{EmployerPlan, Leaf, Node, PersonQuery, Plan, Planner, TechnologyPlan};

impl Planner<'_> {
    /// Returns what leaves at least the candidates that meet the plan.
    pub(crate) fn narrowing(&self, plan: &Plan) -> Narrowing {
        self.narrow(&plan.root, plan)
    }

    fn narrow(&self, node: &Node, plan: &Plan) -> Narrowing {
        match node {
            Node::Leaf(number) => self.narrow_leaf(&plan.leaves[*number]),
            Node::All(children) => {
                Narrowing::every(children.iter().map(|child| self.narrow(child, plan)))
            }
            Node::Any(children) => {
                Narrowing::any(children.iter().map(|child| self.narrow(child, plan)))
            }
            Node::Most { least: 0, .. } => Narrowing::All,
            Node::Most { of, .. } => {
                let forms = of.iter().flatten();
                Narrowing::any(forms.map(|form| self.narrow(form, plan)))
            }
            Node::Weak(_) | Node::Not(_) => Narrowing::All,
            Node::Never => Narrowing::Nothing,
        }
    }

    fn narrow_leaf(&self, leaf: &Leaf) -> Narrowing {
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
                Narrowing::any(technology.chain(literal))
            }
            Leaf::Stint(stint) => Narrowing::every(
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

    fn narrow_technology(&self, part: &TechnologyPlan) -> Narrowing {
        if let Some(term) = &part.experience
            && part.min_grade == experience::LEAST
        {
            return narrow_term(self.fields.experience, term);
        }
        let terms = part
            .keys
            .iter()
            .map(|key| technology_term(key, part.min_grade));
        Narrowing::any(terms.map(|term| narrow_term(self.fields.technologies, &term)))
    }

    fn narrow_employer(&self, part: &EmployerPlan) -> Narrowing {
        let terms = part.terms();
        Narrowing::any(
            terms
                .iter()
                .map(|term| narrow_term(self.fields.employers, term)),
        )
    }

    fn narrow_person(&self, person: &PersonQuery) -> Narrowing {
        if person.is_empty() {
            return Narrowing::Nothing;
        }
        let field = self.fields.names;
        Narrowing::every(
            person
                .iter()
                .map(|forms| Narrowing::any(forms.iter().map(|form| narrow_term(field, form)))),
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

fn narrow_text(text: &TextQuery) -> Narrowing {
    let own = [narrow_phrase(&text.words), narrow_phrase(&text.grams)].into_iter();
    Narrowing::any(own.chain(text.spellings.iter().map(narrow_text)))
}

fn narrow_phrase(phrase: &Phrase) -> Narrowing {
    if phrase.terms.is_empty() {
        return Narrowing::Nothing;
    }
    let field = phrase.field;
    Narrowing::every(phrase.terms.iter().map(|term| match &term.wanted {
        Wanted::Term(term) => narrow_term(field, term),
        Wanted::Pair(terms) => Narrowing::any(terms.iter().map(|term| narrow_term(field, term))),
        Wanted::Beginning(beginning) | Wanted::Character(beginning) => {
            Narrowing::Beginning(field, beginning.clone())
        }
    }))
}

fn narrow_term(field: Field, term: &str) -> Narrowing {
    Narrowing::Term(field, term.to_owned())
}
