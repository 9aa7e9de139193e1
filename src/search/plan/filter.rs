//! Filters, written or read from a query, to conditions.

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{Certificate, MatchKind};
use shokureki_index::months::MonthRange;
use shokureki_index::{
    Condition, EmployerCondition, Gazetteer, PeriodCondition, ScoreCondition, StintCondition,
    TechnologyCondition,
};

use super::{Planner, is_searchable, joined};
use crate::domain::Grade;
use crate::search::clause;
use crate::search::error::{FilterFault, FilterField, SearchError};
use crate::search::print::Language;
use crate::search::request::{
    EmployerFilter, Filter, MAX_DEPTH, MAX_QUERY_CHARS, MAX_TERMS, PeriodFilter, TechnologyFilter,
    Tenure, Window,
};

impl Planner<'_> {
    /// Returns the condition of `filter`; `None` where it asks for nothing.
    pub(super) fn filter(
        &mut self,
        filter: &Filter,
        depth: usize,
    ) -> Result<Option<Condition>, SearchError> {
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
                .negated(|planner| planner.filter(not, depth + 1))?
                .unwrap_or(Condition::All(Vec::new()));
            conditions.push(Condition::Not(Box::new(condition)));
        }
        Ok(joined(conditions))
    }

    /// Returns the conditions of `filter` itself, without those nested in it.
    pub(super) fn conditions(&mut self, filter: &Filter) -> Option<Condition> {
        let mut conditions = Vec::new();
        if clause::has_stint(filter) {
            let clause = self.clause(clause::stint(filter));
            let stint = StintCondition {
                technology: filter.technology.as_ref().map(|part| self.technology(part)),
                also: self.technologies(&filter.also),
                without: self.negated(|planner| planner.technologies(&filter.without)),
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
    pub(super) fn certificates(
        &mut self,
        certificate: &Certificate,
        clause: usize,
    ) -> Vec<Condition> {
        let names = std::iter::once(&certificate.name).chain(&certificate.former);
        names
            .map(|name| self.leaf(clause, Condition::Certification(name.clone())))
            .collect()
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
            let key = match (resolved, meant) {
                (Some(resolved), _) => resolved.technology.key.clone(),
                (None, Some((key, meant))) => {
                    self.correct(name, &meant, Some(&key));
                    key
                }
                (None, None) => normalized_key(name.trim()),
            };
            self.asks_for(&key, name.trim());
            any_of.push(key);
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

    pub(super) fn employer(&self, part: &EmployerFilter) -> EmployerCondition {
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
pub(super) fn period(part: &PeriodFilter) -> PeriodCondition {
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
