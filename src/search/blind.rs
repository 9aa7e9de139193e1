//! What a caller who must not know people cannot ask for.

use shokureki_index::{Condition, EducationLevel};

use super::{FacetSelection, Sort};
use crate::domain::{Access, Forbidden, Scope};

/// Refuses conditions on what is hidden from the caller: a refusal tells nothing of anybody, while an
/// answer without hits would tell that nobody is meant.
pub(super) fn check_condition(
    access: &Access,
    condition: Option<&Condition>,
) -> Result<(), Forbidden> {
    if !access.is_blind() {
        return Ok(());
    }
    let Some(condition) = condition else {
        return Ok(());
    };
    match condition {
        // A link, a mail address and a school's page all tell the name: one scope is not enough.
        Condition::Name(_) => check(access, Scope::Identity),
        Condition::Education(school) if EducationLevel::parse(school).is_none() => {
            check(access, Scope::Identity)
        }
        Condition::Location(_) => check(access, Scope::Contact),
        Condition::All(children) => check_all(access, children),
        // A free word may be a name among other things: it is then met by those others alone.
        Condition::Any(children) => {
            let mut checked = children.iter();
            let checked = checked.try_fold(Ok(()), |first, child| {
                match check_condition(access, Some(child)) {
                    Ok(()) => Err(()),
                    refused => Ok(first.and(refused)),
                }
            });
            checked.unwrap_or(Ok(()))
        }
        Condition::Not(child) => check_condition(access, Some(child)),
        Condition::Most(most) => most
            .of
            .iter()
            .try_for_each(|forms| check_all(access, forms)),
        Condition::Words(_)
        | Condition::Prefix(_)
        | Condition::Stint(_)
        | Condition::Certification(_)
        | Condition::Score(_)
        | Condition::Education(_) => Ok(()),
    }
}

/// Refuses an order by name.
pub(super) fn check_sort(access: &Access, sort: Sort) -> Result<(), Forbidden> {
    match sort {
        Sort::NameAscending if access.is_blind() => check(access, Scope::Identity),
        _ => Ok(()),
    }
}

/// Refuses to count by places of living.
pub(super) fn check_facets(
    access: &Access,
    facets: Option<&FacetSelection>,
) -> Result<(), Forbidden> {
    match facets {
        Some(facets) if facets.locations && access.is_blind() => check(access, Scope::Contact),
        _ => Ok(()),
    }
}

fn check_all(access: &Access, conditions: &[Condition]) -> Result<(), Forbidden> {
    let mut conditions = conditions.iter();
    conditions.try_for_each(|condition| check_condition(access, Some(condition)))
}

/// The scope that is named is the one that is missing, the other where this one is not.
fn check(access: &Access, scope: Scope) -> Result<(), Forbidden> {
    access.require(scope)?;
    access.require(Scope::Identity)?;
    access.require(Scope::Contact)
}
