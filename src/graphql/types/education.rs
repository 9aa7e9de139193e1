use async_graphql::SimpleObject;

use super::period::Period;
use crate::domain;

/// A school.
#[derive(SimpleObject, Clone, Debug)]
pub(in crate::graphql) struct Education {
    /// School, faculty and course, as written.
    school: String,
    /// The degree or how it ended (学士, 卒業, 中退 …), as written.
    degree: Option<String>,
    /// From entrance to leaving.
    period: Option<Period>,
    /// Its line in the résumé, from 1.
    line: u32,
}

impl Education {
    pub(super) fn of(education: &domain::Education, as_of: domain::YearMonth) -> Self {
        Self {
            school: education.school.clone(),
            degree: education.degree.clone(),
            period: education
                .period
                .as_ref()
                .map(|period| Period::of(period, as_of)),
            line: education.line,
        }
    }
}
