//! A bound run to nodes of the search language.

use std::ops::Range;

use super::super::plan::IgnoredReason;
use super::super::request::{EmployerFilter, Filter, PeriodFilter, TechnologyFilter, Tenure};
use super::super::syntax::Node;
use super::Recognized;
use super::bind::{Binder, Item, Role, Unit, as_unit};
use super::time::Amount;
use super::vocabulary::{self, Sense};
use crate::domain::Grade;

impl Binder<'_, '_> {
    /// What the run asks for, in its order.
    pub(super) fn nodes(&self) -> Vec<Node> {
        let has_unit = !self.units.is_empty();
        let has_strong = has_unit
            || self.items.iter().any(|(item, _)| match item {
                Item::Amount(amount) => !matches!(amount, Amount::Months(_) | Amount::Fewer),
                // 広告業界: a word of its own where it stands beside no name.
                Item::Sense(sense) => {
                    matches!(sense, Sense::School(_) | Sense::Untold | Sense::Subject)
                }
                Item::Unit(_) => true,
            })
            // 経験のあるエンジニアを探しています: nobody is excluded by its other words either.
            || self.items.iter().any(|(item, range)| {
                matches!(item, Item::Sense(Sense::Generic | Sense::Work))
                    && vocabulary::is_generic(self.text(range))
            });
        let mut nodes = Vec::new();
        let mut item = 0;
        while item < self.items.len() {
            let (kind, range) = &self.items[item];
            match kind {
                Item::Unit(unit) => {
                    let chain = self.alternatives(item);
                    item += 2 * (chain.len() - 1);
                    nodes.extend(self.units_nodes(*unit, &chain));
                }
                _ if self.is_bound[item] => {}
                Item::Amount(amount) => nodes.push(self.amount_node(amount, range, has_unit)),
                Item::Sense(sense) => nodes.extend(self.sense_node(*sense, item, has_strong)),
            }
            item += 1;
        }
        nodes
    }

    /// The units from `item` on that are joined by または.
    fn alternatives(&self, item: usize) -> Vec<usize> {
        let mut chain: Vec<usize> = as_unit(&self.items[item]).into_iter().collect();
        let mut at = item;
        while let (Some((Item::Sense(Sense::Or), _)), Some((Item::Unit(next), _))) =
            (self.items.get(at + 1), self.items.get(at + 2))
        {
            chain.push(*next);
            at += 2;
        }
        chain
    }

    fn units_nodes(&self, first: usize, chain: &[usize]) -> Vec<Node> {
        if chain.len() == 1 {
            return self.unit_nodes(first);
        }
        let is_plain = |&unit: &usize| self.is_technology(unit) && !self.units[unit].is_negated;
        let last = chain[chain.len() - 1];
        // One condition where something belongs to all of them; else who has both comes first.
        if chain.iter().all(is_plain) && chain.iter().any(|&unit| self.is_limited(unit)) {
            let mut filter = self.technology(last);
            if let Some(technology) = &mut filter.technology {
                technology.any_of = chain.iter().map(|&unit| self.typed(unit)).collect();
            }
            let covers = self.units[first].covers.start..self.units[last].covers.end;
            return vec![self.recognized(filter, covers)];
        }
        let any = chain.iter().map(|&unit| {
            let mut nodes = self.unit_nodes(unit);
            match nodes.len() {
                1 => nodes.remove(0),
                _ => Node::All(nodes),
            }
        });
        vec![Node::Any(any.collect())]
    }

    /// Whether something belongs to the unit.
    fn is_limited(&self, unit: usize) -> bool {
        let unit = &self.units[unit];
        unit.months.is_some()
            || unit.period.is_some()
            || unit.grade.is_some()
            || unit.employer.is_some()
    }

    fn unit_nodes(&self, index: usize) -> Vec<Node> {
        let unit = &self.units[index];
        if unit.is_taken {
            return Vec::new();
        }
        if unit.is_welcome {
            let term = self.run.typed(unit.range.clone());
            return vec![Node::Weak(term, IgnoredReason::Generic)];
        }
        let filters = self.filters(index);
        let mut nodes = if filters.is_empty() {
            self.words(unit)
        } else {
            let mut nodes: Vec<Node> = filters
                .into_iter()
                .map(|filter| self.recognized(filter, unit.covers.clone()))
                .collect();
            match nodes.len() {
                1 => nodes,
                _ => vec![Node::Any(std::mem::take(&mut nodes))],
            }
        };
        if unit.is_negated {
            let node = match nodes.len() {
                1 => nodes.remove(0),
                _ => Node::All(nodes),
            };
            return vec![Node::Not(Box::new(node))];
        }
        nodes
    }

    /// What a unit asks for, one of which is enough; nothing where its words are enough.
    fn filters(&self, index: usize) -> Vec<Filter> {
        let unit = &self.units[index];
        let employer = |tenure: Tenure, ending: &str| Filter {
            employer: Some(EmployerFilter {
                name: self.typed(index) + ending,
                tenure,
            }),
            period: unit.period,
            ..Filter::default()
        };
        match unit.role {
            Role::Employer(tenure) => vec![employer(tenure, "")],
            Role::Employers(tenure) => vec![employer(tenure, "*")],
            Role::Location => vec![Filter {
                location: Some(self.typed(index)),
                ..Filter::default()
            }],
            Role::School => vec![Filter {
                education: Some(self.typed(index)),
                ..Filter::default()
            }],
            Role::Certificates => vec![Filter {
                certification: Some(self.typed(index)),
                ..Filter::default()
            }],
            Role::Technology => vec![self.technology(index)],
            // デザイナー以外: who was one, and nobody who only worked with one.
            Role::Open if unit.is_negated && self.is_role(index) => vec![Filter {
                role: Some(self.typed(index)),
                ..Filter::default()
            }],
            Role::Open if !unit.certificates.is_empty() => {
                let any = unit.certificates.iter().map(|name| Filter {
                    certification: Some(name.clone()),
                    ..Filter::default()
                });
                any.collect()
            }
            Role::Open if unit.score.is_some() => vec![Filter {
                certification: Some(self.typed(index)),
                min_score: unit.score,
                ..Filter::default()
            }],
            Role::Open => {
                let is_bound = unit.period.is_some() || unit.grade.is_some();
                let mut filters = Vec::new();
                if is_bound && self.is_technology(index) {
                    filters.push(self.technology(index));
                }
                if unit.period.is_some() && self.is_company(index) {
                    filters.push(employer(Tenure::Any, ""));
                }
                if unit.period.is_some()
                    && self.lexicon.role_named(self.text(&unit.range)).is_some()
                {
                    // SRE 2022年以降: as one, or with its methods.
                    filters.push(Filter {
                        role: Some(self.typed(index)),
                        period: unit.period,
                        ..Filter::default()
                    });
                }
                if unit.period.is_some() && filters.is_empty() {
                    filters.push(Filter {
                        text: vec![self.typed(index)],
                        period: unit.period,
                        ..Filter::default()
                    });
                }
                filters
            }
        }
    }

    fn technology(&self, index: usize) -> Filter {
        let unit = &self.units[index];
        let employer = unit.employer.map(|employer| &self.units[employer]);
        let tenure = employer.map(|employer| match employer.role {
            Role::Employer(tenure) | Role::Employers(tenure) => tenure,
            _ => Tenure::Any,
        });
        Filter {
            technology: Some(TechnologyFilter {
                min_months: unit.months,
                min_grade: unit.grade.unwrap_or(Grade::Declared),
                ..TechnologyFilter::named(self.typed(index))
            }),
            employer: unit
                .employer
                .zip(tenure)
                .map(|(employer, tenure)| EmployerFilter {
                    name: self.typed(employer),
                    tenure,
                }),
            period: unit
                .period
                .or_else(|| employer.and_then(|employer| employer.period)),
            ..Filter::default()
        }
    }

    fn typed(&self, unit: usize) -> String {
        self.run.typed(self.units[unit].range.clone()).text
    }

    fn recognized(&self, filter: Filter, covers: Range<usize>) -> Node {
        Node::Recognized(Recognized {
            filter: Box::new(filter),
            term: self.run.typed(covers),
        })
    }

    /// The words of a unit as they were typed.
    fn words(&self, unit: &Unit<'_>) -> Vec<Node> {
        if let Some(parts) = &unit.compound {
            let word = |range: &Range<usize>| Node::Word(self.run.typed(range.clone()));
            let parts = parts.iter().map(word).collect();
            return vec![Node::Any(vec![word(&unit.range), Node::All(parts)])];
        }
        match self.run.whole_terms(unit.range.clone()) {
            Some(terms) => terms.iter().map(|&term| Node::Word(term.clone())).collect(),
            None => vec![Node::Word(self.run.typed(unit.range.clone()))],
        }
    }

    fn amount_node(&self, amount: &Amount, range: &Range<usize>, has_unit: bool) -> Node {
        let term = self.run.typed(range.clone());
        let window = match *amount {
            Amount::Window(window) => window,
            Amount::Months(_) | Amount::Fewer if has_unit => {
                return Node::Weak(term, IgnoredReason::Unsupported);
            }
            Amount::Untold => return Node::Weak(term, IgnoredReason::Unsupported),
            Amount::Months(_) | Amount::Fewer | Amount::Score(_) => return Node::Word(term),
        };
        let period = PeriodFilter {
            window,
            within: false,
        };
        let filter = Filter {
            period: Some(period),
            ..Filter::default()
        };
        self.recognized(filter, range.clone())
    }

    fn sense_node(&self, sense: Sense, item: usize, has_strong: bool) -> Option<Node> {
        let range = &self.items[item].1;
        let term = self.run.typed(range.clone());
        if let Sense::School(level) = sense {
            let filter = Filter {
                education: Some(level.to_owned()),
                ..Filter::default()
            };
            return Some(self.recognized(filter, range.clone()));
        }
        if sense == Sense::Untold {
            return Some(Node::Weak(term, IgnoredReason::Unsupported));
        }
        let is_weak = match sense {
            // A sign alone is told to ask for nothing.
            Sense::Glue | Sense::And | Sense::Or if self.is_stray(item) => false,
            Sense::Glue | Sense::At | Sense::And | Sense::Or if has_strong => return None,
            Sense::Glue | Sense::At | Sense::And | Sense::Or | Sense::School(_) => false,
            // LINEボット: the technology, whatever was made of it.
            Sense::Subject => self.is_glued(item),
            Sense::Work => true,
            Sense::Generic => has_strong || vocabulary::is_generic(&term.text),
            Sense::Activity => has_strong && self.is_beside_name(item),
            Sense::Untold => true,
            Sense::Welcome | Sense::Needless => has_strong,
            Sense::Except
            | Sense::Refused
            | Sense::Denied
            | Sense::Certificate
            | Sense::Tenure(_)
            | Sense::TenureOf(_)
            | Sense::Group
            | Sense::Residence
            | Sense::Grade(_) => has_strong,
        };
        Some(if is_weak {
            Node::Weak(term, IgnoredReason::Generic)
        } else {
            Node::Word(term)
        })
    }

    /// Whether the item touches what stands before it.
    fn is_glued(&self, item: usize) -> bool {
        let start = self.items[item].1.start;
        let before = item.checked_sub(1).map(|before| &self.items[before].1);
        before.is_some_and(|before| before.end == start)
    }

    /// Whether the item is a sign that joins nothing.
    fn is_stray(&self, item: usize) -> bool {
        let range = &self.items[item].1;
        let is_sign = !self.text(range).chars().any(char::is_alphanumeric);
        let is_between = self.left(item).is_some() && self.right(item).is_some();
        is_sign && !is_between && self.run.whole_terms(range.clone()).is_some()
    }

    /// Whether an activity only says what was done with a name: AWSの運用, AWS 設計経験.
    fn is_beside_name(&self, item: usize) -> bool {
        let range = &self.items[item].1;
        let touches = |at: Option<&(Item, Range<usize>)>| {
            at.is_some_and(|(_, other)| other.end == range.start)
        };
        let before = item
            .checked_sub(1)
            .and_then(|before| self.items.get(before));
        let is_followed = self.items.get(item + 1).is_some_and(|(next, other)| {
            other.start == range.end && matches!(next, Item::Sense(Sense::Generic | Sense::Work))
        });
        let has_name = self.units.iter().any(|unit| unit.name.is_some());
        // AWS 構築
        let is_behind_technology = before
            .and_then(as_unit)
            .is_some_and(|unit| self.is_technology(unit) && !self.is_company(unit));
        touches(before) || is_behind_technology || (has_name && is_followed)
    }
}
