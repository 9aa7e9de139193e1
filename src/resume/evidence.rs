//! What each block shows by itself and by its neighbours: section, field, periods, title.

mod around;
mod aside;
mod below;
mod column;
mod event;
mod form;
mod head;
mod labels;
mod parted;
mod row;
mod section;
mod stated;
mod table;
mod table_employer;
mod times;
mod transposed;

use std::ops::Range;

use shokureki_index::lexicon::Lexicon;

use crate::domain::Moment;

use super::block::{Blocks, Kind};
use super::facts::is_fact_line;
use super::label::Field;
use super::period::{FoundPeriod, find_periods};
use super::section::Section;

use stated::may_state_stay;
use times::dates_of_work;

pub(super) use around::{around, title_without};
pub(super) use event::{Event, event_of};
pub(super) use parted::begins_event;
pub(super) use section::sections;
pub(super) use table::{Shape, cell_text, is_ditto, joins};

/// Texts longer than this are prose and title nothing.
const MAX_TITLE_BYTES: usize = 400;

/// What is known of every block, by its index.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// The section it stands in.
    pub(super) section: Vec<Section>,
    /// Whether a heading opens a section or holds sections, rather than being part of one.
    pub(super) opens_section: Vec<bool>,
    /// The field it is labelled with.
    pub(super) field: Vec<Option<Field>>,
    /// Where its value stands in its text; all of it where the label stands elsewhere.
    pub(super) value: Vec<Range<usize>>,
    /// The field of it or of the nearest block above that is labelled.
    pub(super) scope: Vec<Option<Field>>,
    /// The periods in its text.
    pub(super) periods: Vec<Vec<FoundPeriod>>,
    /// Whether it is a line or a plain item whose text states a stretch of time and other facts of a job,
    /// and nothing else.
    is_fact_line: Vec<bool>,
    /// Whether it is a heading that says when, and nothing else, over one of several pieces of work at an employer.
    pub(super) dates_work: Vec<bool>,
    /// Whether it is part of a form that nobody filled in.
    pub(super) is_form: Vec<bool>,
    /// What the tables tell.
    tables: table::Tables,
}

/// A period and the block that it stands in.
#[derive(Clone, Debug)]
pub(super) struct PlacedPeriod {
    /// The period.
    pub(super) period: FoundPeriod,
    /// The block whose text it stands in.
    pub(super) block: usize,
    /// The text as written.
    pub(super) text: String,
}

impl Evidence {
    /// Collects the evidence of all blocks.
    pub(super) fn of(blocks: &Blocks, lexicon: &Lexicon) -> Self {
        let (section, opens_section) = sections(blocks);
        let mut evidence = Self {
            section,
            opens_section,
            field: vec![None; blocks.len()],
            value: (0..blocks.len())
                .map(|at| 0..blocks[at].str().len())
                .collect(),
            scope: vec![None; blocks.len()],
            periods: vec![Vec::new(); blocks.len()],
            is_fact_line: vec![false; blocks.len()],
            dates_work: vec![false; blocks.len()],
            is_form: Vec::new(),
            tables: table::Tables::default(),
        };
        let mut events = parted::Events::default();
        for at in 1..blocks.len() {
            // 「経歴」 opens the part of all jobs, and labels nothing.
            let opens_career = evidence.opens_section[at]
                && matches!(evidence.section[at], Section::Career | Section::Projects)
                && !blocks[at].is_label();
            evidence.label(blocks, at);
            if opens_career && evidence.field[at] != Some(Field::Employer) {
                evidence.field[at] = None;
                evidence.value[at] = 0..blocks[at].str().len();
            }
            if blocks[at].str().len() <= MAX_TITLE_BYTES {
                evidence.periods[at] = find_periods(blocks[at].str());
                events.part(blocks, at, &mut evidence.periods[at]);
            }
            let months = evidence.months_of_year_above(blocks, at).filter(|months| {
                let begins = evidence.periods[at].first();
                begins.is_none_or(|found| found.range.start >= months.range.end)
            });
            let states_stretch =
                months.is_some() || evidence.periods[at].iter().any(FoundPeriod::is_stretch);
            evidence.is_fact_line[at] = may_state_stay(&blocks[at], at)
                && states_stretch
                && is_fact_line(blocks[at].str(), &evidence.periods[at], lexicon);
            if let Some(months) = months {
                evidence.periods[at].insert(0, months);
            }
        }
        for at in 1..blocks.len() {
            if blocks[at].kind == Kind::Table {
                evidence.read_table(blocks, lexicon, at);
            }
        }
        evidence.label_blank_parted(blocks);
        evidence.dates_work = dates_of_work(blocks, &evidence);
        evidence.is_form = form::form_blocks(blocks, &evidence);
        for at in 1..blocks.len() {
            let parent = blocks[at].parent;
            // 「役割: PM」 says all it has to say; 「インフラ: AWS」 may go on below.
            let is_closed = evidence.field[parent]
                .is_some_and(|field| !matches!(field, Field::Technology | Field::Environment))
                && blocks[parent].kind != Kind::Cell
                && !evidence.value_text(blocks, parent).trim().is_empty();
            let above = if is_closed {
                None
            } else {
                evidence.scope[parent]
            };
            evidence.scope[at] = evidence.field[at].or(above);
        }
        evidence
    }

    /// Returns the months (「7月〜12月」, 「🏢 3月 株式会社A 入社」) that a line begins with below one that states
    /// the year and nothing else.
    fn months_of_year_above(&self, blocks: &Blocks, at: usize) -> Option<FoundPeriod> {
        let whole = blocks[at].str();
        let text = whole.trim_start_matches(|sign: char| {
            sign.is_whitespace() || !sign.is_alphanumeric() && !sign.is_ascii()
        });
        let lead = whole.len() - text.len();
        let begins = text.starts_with(|sign: char| sign.is_numeric())
            && text.chars().take(3).any(|sign| sign == '月')
            && text.len() <= MAX_TITLE_BYTES
            && matches!(blocks[at].kind, Kind::Heading | Kind::Item | Kind::Line);
        if !begins {
            return None;
        }
        let year = blocks.ancestors(at).take(2).find_map(|above| {
            let year = self.periods[above].first()?;
            let is_year = !year.is_stretch() && self.is_period_only(blocks, above);
            year.from
                .filter(|from| is_year && matches!(from, Moment::Year(_)))
        })?;
        let prefix = format!("{}年", year.earliest().year());
        let dated = format!("{prefix}{text}");
        let found = find_periods(&dated).into_iter().next()?;
        let first = text.split('。').next().unwrap_or("");
        let is_wanted = found.is_stretch() || event_of(first).is_some();
        (is_wanted && found.range.start == 0 && found.range.end > prefix.len()).then(|| {
            FoundPeriod {
                range: lead..lead + found.range.end - prefix.len(),
                ..found
            }
        })
    }

    /// Returns the text of the block without its label.
    pub(super) fn value_text<'a>(&self, blocks: &'a Blocks, at: usize) -> &'a str {
        blocks[at].str().get(self.value[at].clone()).unwrap_or("")
    }
}
