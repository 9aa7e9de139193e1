//! Two employers in one line, of which the first passed somebody on to the second: 「株式会社A → 株式会社B
//! （2015年4月に転籍）」.

use std::collections::HashSet;

use shokureki_index::lexicon::{Lexicon, has_legal_form};
use shokureki_index::words;

use crate::domain::{Moment, PeriodEnd, YearMonth};
use crate::resume::block::Blocks;
use crate::resume::bracket::{closes, opens};
use crate::resume::employer::job_title;
use crate::resume::period::{PeriodShape, find_periods};

use super::statement::Statement;

/// Makes two statements of each that says when somebody moved on from one employer to another.
pub(super) fn split_moved(
    blocks: &Blocks,
    lexicon: &Lexicon,
    statements: Vec<Statement>,
) -> Vec<Statement> {
    let mut split = Vec::with_capacity(statements.len());
    for statement in statements {
        match moved(blocks, lexicon, &statement) {
            Some((before, after)) => split.extend([before, after]),
            None => split.push(statement),
        }
    }
    split
}

/// Reads a statement as two.
fn moved(
    blocks: &Blocks,
    lexicon: &Lexicon,
    statement: &Statement,
) -> Option<(Statement, Statement)> {
    let [first, second] = pair(&statement.job.name, &['→', '⇒'])?;
    let placed = statement.period.as_ref()?;
    let moment = moved_at(blocks[statement.named_in].str())?;
    let from = placed.period.from?;
    let is_inside = from.earliest() < moment.earliest()
        && match placed.period.to {
            PeriodEnd::At(to) => moment.earliest() <= to.latest(),
            PeriodEnd::Present | PeriodEnd::Unstated => true,
        };
    if !is_inside {
        return None;
    }
    let mut before = statement.clone();
    before.job.name = job_title(first, lexicon).name;
    if let Some(period) = &mut before.period {
        period.period.to = PeriodEnd::At(month_before(moment));
        period.period.shape = PeriodShape::Range;
    }
    let mut after = statement.clone();
    after.job.name = job_title(second, lexicon).name;
    if let Some(period) = &mut after.period {
        period.period.from = Some(moment);
    }
    Some((before, after))
}

/// Returns when the remark in brackets says that somebody moved on.
fn moved_at(text: &str) -> Option<Moment> {
    text.split(|sign| opens(sign) || closes(sign))
        .skip(1)
        .filter(|remark| {
            // What was handed over or merged goes on as it was, under another name.
            words!["転籍", "移籍", "転社"].is_in(remark)
                && !words!["譲渡", "承継", "合併", "統合", "吸収", "社名", "商号"].is_in(remark)
        })
        .find_map(|remark| {
            let found = find_periods(remark);
            found
                .iter()
                .find(|period| !period.is_stretch())
                .and_then(|period| period.from)
        })
}

/// Returns the month before a moment, the year before where only that is known.
fn month_before(moment: Moment) -> Moment {
    let month = moment.earliest();
    let before = match moment {
        Moment::Year(_) => return moment,
        _ if month.month() > 1 => YearMonth::new(month.year(), month.month() - 1),
        _ => YearMonth::new(month.year() - 1, 12),
    };
    before.map_or(moment, Moment::Month)
}

/// Splits a name that joins two companies at one of `signs`.
fn pair<'a>(name: &'a str, signs: &[char]) -> Option<[&'a str; 2]> {
    let (first, second) = name.split_once(signs)?;
    let is_pair = !second.contains(signs) && has_legal_form(first) && has_legal_form(second);
    is_pair.then_some([first.trim(), second.trim()])
}

/// Returns whether a statement without a time names two employers that are both known: a title over what
/// was done at either.
pub(super) fn names_known_pair(
    statement: &Statement,
    known: &HashSet<String>,
    lexicon: &Lexicon,
) -> bool {
    statement.period.is_none()
        && pair(&statement.job.name, &['→', '⇒', '/', '／']).is_some_and(|names| {
            names
                .iter()
                .all(|name| known.contains(&lexicon.employer_key(name)))
        })
}
