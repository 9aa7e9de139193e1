use async_graphql::{Context, Object};

use super::enums::{Grade, MonthsBasis};
use super::evidence::Evidence;
use super::experience_source::ExperienceSource;
use super::period::Period;
use super::technology::Technology;
use crate::catalog::{self, Experience};
use crate::domain::{self, Moment};
use crate::graphql::error::ApiError;
use crate::graphql::loaders::TextOf;
use crate::graphql::scalars::YearMonth;
use crate::graphql::{loaders, page, services};

/// Lines of evidence when nothing is said.
const DEFAULT_EVIDENCE: i32 = 3;

/// A technology of one candidate.
pub(in crate::graphql) struct TechnologyExperience {
    pub(super) source: ExperienceSource,
    pub(super) experience: Experience,
}

/// What a candidate's résumé shows of one technology. Months are those of the union of the stints that
/// name it as used at work: parallel stints do not count twice.
#[Object]
impl TechnologyExperience {
    /// The technology.
    async fn technology(&self, context: &Context<'_>) -> Technology {
        Technology(
            services(context)
                .catalog
                .technology(&self.experience.technology),
        )
    }

    /// Months of use: for dates known to the year only, the middle estimate; the stated months where
    /// nothing is dated; 0 where nothing is known.
    async fn months(&self) -> u32 {
        self.experience.months
    }

    /// The months that the résumé states in words or a table, beside dated ones.
    async fn stated_months(&self) -> Option<u32> {
        self.experience.stated_months
    }

    /// The months that are certain.
    async fn lower_months(&self) -> u32 {
        self.experience.lower_months
    }

    /// The months that are possible.
    async fn upper_months(&self) -> u32 {
        self.experience.upper_months
    }

    /// Where the months come from.
    async fn basis(&self) -> MonthsBasis {
        self.experience.basis.into()
    }

    /// The months that are counted, as disjoint periods in order.
    async fn intervals(&self) -> Vec<Period> {
        let told = self.source.told();
        let goes_on = self
            .experience
            .mentions
            .iter()
            .filter_map(|&index| told.mentions[index].stint)
            .any(|stint| {
                told.stints
                    .period_of(stint)
                    .is_some_and(domain::Period::is_current)
            });
        let as_of = self.experience.as_of.ordinal();
        let intervals = self.experience.intervals.iter();
        intervals
            .filter_map(|&range| Period::counted(range, goes_on && range.last == as_of))
            .collect()
    }

    /// The last month of use.
    async fn last_used(&self) -> Option<YearMonth> {
        self.experience
            .last_used
            .map(|month| YearMonth(Moment::Month(month)))
    }

    /// The month that open periods end in: that of the document.
    async fn as_of(&self) -> YearMonth {
        YearMonth(Moment::Month(self.experience.as_of))
    }

    /// The strongest grade.
    async fn grade(&self) -> Grade {
        self.experience.grade.into()
    }

    /// The lines that name it, strongest first.
    async fn evidence(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "How many, from 0 to 100.",
            default_with = "Some(DEFAULT_EVIDENCE)"
        )]
        first: Option<i32>,
    ) -> Result<Vec<Evidence>, ApiError> {
        let limit = page::size(first, DEFAULT_EVIDENCE.unsigned_abs())?;
        let profile = &self.source.profile;
        let Some(text) = loaders(context).one(TextOf(profile.row.id)).await? else {
            return Ok(Vec::new());
        };
        let told = self.source.told();
        let places = self.experience.mentions.iter().map(|&index| {
            let mention = &told.mentions[index];
            let bytes = mention.span.start as usize..mention.span.end as usize;
            (bytes, Some(mention.grade))
        });
        let stated = told
            .stated
            .iter()
            .filter(|stated| stated.technology.key == self.experience.technology.key)
            .map(|stated| (stated.span.start as usize..stated.span.end as usize, None));
        let shown = catalog::shown(&profile.row, &text);
        let evidence =
            domain::Evidence::gather(&profile.outline, &text, &shown, places.chain(stated));
        Ok(evidence
            .into_iter()
            .take(limit as usize)
            .map(Evidence::from)
            .collect())
    }
}
