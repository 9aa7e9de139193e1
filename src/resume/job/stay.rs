//! Jobs that a document tells of more than once: in a summary, in detail, as part of a longer stay.

use std::collections::HashMap;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{Lexicon, has_legal_form, is_self_employment};

use crate::domain::{Moment, PeriodEnd};

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{opens, without_brackets};
use crate::resume::employer::{counts_employers, is_hidden, kind_of, names_role};
use crate::resume::evidence::PlacedPeriod;
use crate::resume::label::{Field, label_of};
use crate::resume::period::PeriodShape;
use crate::resume::stint::is_department;

use super::JobDraft;
use super::work_words::reads_like_work;

/// Leaves out titles that only sum up several jobs told elsewhere: 「HarborQuill（2015年〜現在）／
/// フリーランス → 合同会社」 over a self-employment and the company that followed.
pub(super) fn without_spans(jobs: Vec<JobDraft>) -> Vec<JobDraft> {
    let rows: Vec<(String, Option<(i32, i32)>)> = jobs
        .iter()
        .take(MAX_COMPARED)
        .map(|job| (normalized_key(&job.job.name), span(job.period.as_ref())))
        .collect();
    let is_span = |index: usize, job: &JobDraft| {
        let Some((name, Some((from, to)))) = rows.get(index) else {
            return false;
        };
        if name.chars().count() < 3 || has_legal_form(&job.job.name) || is_hidden(&job.job.name) {
            return false;
        }
        let parts = rows
            .iter()
            .enumerate()
            .filter(|(other, (long, _))| *other != index && long.contains(name.as_str()))
            .filter(|(_, (long, _))| long.len() > name.len())
            .filter(|(_, (_, span))| span.is_some_and(|span| *from <= span.0 && span.1 <= *to))
            .count();
        parts >= 2
    };
    let keep: Vec<bool> = jobs
        .iter()
        .enumerate()
        .map(|(index, job)| !is_span(index, job))
        .collect();
    jobs.into_iter()
        .zip(keep)
        .filter_map(|(job, keep)| keep.then_some(job))
        .collect()
}

/// Jobs that are compared with each other.
const MAX_COMPARED: usize = 64;

/// Merges what is said more than once of one stay: in a summary and in detail, or of parts of it.
pub(super) fn merge_stays(
    blocks: &Blocks,
    jobs: Vec<JobDraft>,
    lexicon: &Lexicon,
) -> Vec<JobDraft> {
    let mut kept: Vec<JobDraft> = Vec::new();
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for mut job in jobs {
        let is_hidden = !job.job.name.contains('社') && is_hidden(&job.job.name);
        let key = if is_hidden {
            format!("hidden:{}", job.job.name)
        } else {
            lexicon.employer_key(without_trade_name(&job.job.name))
        };
        let known = by_key.entry(key).or_default();
        if known
            .iter()
            .any(|index| is_told_within(&kept[*index], &job))
        {
            job.period = None;
        }
        let fits = |index: &usize| {
            let (one, other) = (kept[*index].period.as_ref(), job.period.as_ref());
            // Names that hide an employer may hide two: those of one time are one.
            if is_hidden {
                return one.is_some() && is_same_time(one, other);
            }
            is_same_time(one, other)
                || holds(one, other)
                || holds(other, one)
                || goes_on_with(&kept[*index], &job)
        };
        // Who went back to a company tells of each stay under a heading of its own, in order.
        let is_new = |index: &usize| job.period.is_some() || kept[*index].more.is_empty();
        let twin = known
            .iter()
            .copied()
            .find(|index| fits(index) && is_new(index))
            .or_else(|| known.iter().copied().find(fits));
        let Some(twin) = twin else {
            known.push(kept.len());
            kept.push(job);
            continue;
        };
        merge(blocks, &mut kept[twin], job);
    }
    kept
}

/// Returns whether a heading names a self-employment that still goes on, and the only time is one that a line below it
/// tells of something since: 「2021年より課税事業者になりました」.
fn is_told_within(known: &JobDraft, job: &JobDraft) -> bool {
    let (Some(stay), Some(told)) = (known.period.as_ref(), job.period.as_ref()) else {
        return false;
    };
    is_self_employment(without_trade_name(&job.job.name))
        && told.block != job.block
        && told.period.to == PeriodEnd::Unstated
        && !matches!(stay.period.to, PeriodEnd::At(_))
        && stay
            .period
            .from
            .zip(told.period.from)
            .is_some_and(|(from, since)| from.earliest() < since.earliest())
}

/// Gives the stays that a list counts the headings that only count them: 「## １社目」 behind 「2007年4月～2013年2月
/// １社目：SIer」.
pub(super) fn join_counted(blocks: &Blocks, jobs: Vec<JobDraft>) -> Vec<JobDraft> {
    let count_of = |job: &JobDraft| {
        let text = blocks[job.named_in].str();
        let end = text.find("社目")?;
        let before = text[..end].trim_end_matches(char::is_numeric).len();
        (before < end).then(|| normalized_key(&text[before..end]))
    };
    let (counting, mut kept): (Vec<JobDraft>, Vec<JobDraft>) = jobs.into_iter().partition(|job| {
        job.period.is_none()
            && blocks[job.block].kind == Kind::Heading
            && counts_employers(blocks[job.block].str())
    });
    for job in counting {
        let count = count_of(&job);
        let same = |known: &&mut JobDraft| known.period.is_some() && count_of(known) == count;
        match kept.iter_mut().take(MAX_COUNTED).find(same) {
            Some(known) if count.is_some() => known.more.push((job.block, job.end)),
            _ => kept.push(job),
        }
    }
    kept
}

/// Jobs that are looked through for one that is counted.
const MAX_COUNTED: usize = 32;

/// Returns how somebody is employed by themselves without the name that they trade under: 「個人事業主（屋号 …）」.
fn without_trade_name(name: &str) -> &str {
    let outside = name.split(opens).next().unwrap_or(name).trim_end();
    if outside.len() < name.len() && is_self_employment(outside) {
        outside
    } else {
        name
    }
}

/// Returns whether two statements each name a product of the employer, and one stay went on from the one
/// to the other: 「株式会社A | 会員アプリ (2016.4 - 2019.1)」, 「株式会社A | 決済 (2019.2 - )」.
fn goes_on_with(one: &JobDraft, other: &JobDraft) -> bool {
    let end = |job: &JobDraft| match job.period.as_ref()?.period.to {
        PeriodEnd::At(end) => Some(end.latest().ordinal()),
        _ => None,
    };
    let start = |job: &JobDraft| Some(job.period.as_ref()?.period.from?.earliest().ordinal());
    let follows = |first: &JobDraft, second: &JobDraft| {
        end(first)
            .zip(start(second))
            .is_some_and(|(end, start)| (0..=1).contains(&(start - end)))
    };
    (titles_work(one) && titles_work(other) || changes_role(one, other))
        && (follows(one, other) || follows(other, one))
}

/// Returns whether a title names what was worked on at the employer: 「株式会社A | 会員アプリ」, 「株式会社A / 決済の
/// 開発」.
fn titles_work(job: &JobDraft) -> bool {
    let is_work = |rest: &String| {
        reads_like_work(rest)
            && !names_role(rest)
            && kind_of(rest).is_none()
            && !is_department(rest)
    };
    job.job.product.is_some() || job.job.rest.iter().any(is_work)
}

/// Returns whether two titles name the role that the employer below them gave, and nothing else.
fn changes_role(one: &JobDraft, other: &JobDraft) -> bool {
    let is_role = |job: &JobDraft| {
        let title = job.job.rest.first();
        job.named_in != job.block
            && !job.is_part
            && title.is_some_and(|title| names_role(without_brackets(title).trim()))
    };
    is_role(one) && is_role(other) && !is_self_employment(&one.job.name)
}

/// Makes one stay of two, the products of which are works of it.
fn join_products(known: &mut JobDraft, other: JobDraft) {
    if changes_role(known, &other) {
        known.period = joined(known.period.take(), other.period);
        known.more.push((other.block, other.end));
        known.more.extend(other.more);
        known.parts.extend(other.parts);
        return;
    }
    let first = known.clone();
    known.period = joined(known.period.take(), other.period.clone());
    known.is_part = true;
    known.parts.push(
        JobDraft {
            parts: Vec::new(),
            more: Vec::new(),
            ..first
        }
        .into_part(),
    );
    known.parts.extend(other.parts.iter().cloned());
    known.more.extend(other.more.iter().copied());
    known.parts.push(other.into_part());
}

/// Merges a statement into what is known of the same stay. Nothing long is copied: a document may
/// name one employer many times.
fn merge(blocks: &Blocks, known: &mut JobDraft, other: JobDraft) {
    if goes_on_with(known, &other) {
        return join_products(known, other);
    }
    let is_known_outer = holds(known.period.as_ref(), other.period.as_ref());
    // 「【企業名】株式会社A」 over 「【プロジェクト】」 says when the work was, though it began with the stay.
    let is_part = |part: &JobDraft, stay: &JobDraft| {
        labels_work(blocks, part)
            && holds(stay.period.as_ref(), part.period.as_ref())
            && span(stay.period.as_ref()) != span(part.period.as_ref())
    };
    let is_same = is_same_time(known.period.as_ref(), other.period.as_ref())
        && !is_part(&other, &*known)
        && !is_part(&*known, &other);
    let are_headings = [known.block, other.block]
        .iter()
        .all(|at| blocks[*at].kind == Kind::Heading);
    if !is_same && are_headings && titles_work(known) && titles_work(&other) {
        return join_products(known, other);
    }
    let before = std::mem::take(known);
    if !is_same {
        // One states a part of the other: the longer is the stay, the part may be a project of it.
        let (mut stay, mut part) = if is_known_outer {
            (before, other)
        } else {
            (other, before)
        };
        stay.parts.append(&mut part.parts);
        stay.more.append(&mut part.more);
        stay.parts.push(part.into_part());
        *known = stay;
        return;
    }
    let is_longer = size(blocks, &other) >= size(blocks, &before);
    let (mut winner, mut loser) = if is_longer {
        (other, before)
    } else {
        (before, other)
    };
    let has_start = |job: &JobDraft| {
        let period = job.period.as_ref();
        period.is_some_and(|period| period.period.from.is_some())
    };
    let is_better = !has_start(&winner) && loser.period.is_some()
        || is_vaguer(winner.period.as_ref(), loser.period.as_ref());
    if is_better {
        winner.period = loser.period;
    }
    loser.more.push((loser.block, loser.end));
    loser.more.append(&mut winner.more);
    loser.parts.append(&mut winner.parts);
    winner.more = loser.more;
    winner.parts = loser.parts;
    *known = winner;
}

/// Returns whether the lines behind the one that labels an employer label a work.
fn labels_work(blocks: &Blocks, job: &JobDraft) -> bool {
    let end = blocks.len().min(job.block + MAX_RECORD_LINES);
    let titles = |at: usize| {
        let label = label_of(blocks[at].str());
        label.is_some_and(|label| label.field == Field::Title)
    };
    blocks[job.block].kind == Kind::Line && (job.block + 1..end).any(titles)
}

/// Lines from the label of an employer on that may label the work.
const MAX_RECORD_LINES: usize = 4;

/// Returns the first and last month of a stretch of time, as ordinals.
fn span(placed: Option<&PlacedPeriod>) -> Option<(i32, i32)> {
    let period = &placed?.period;
    let to = match period.to {
        PeriodEnd::At(moment) => moment.latest().ordinal(),
        PeriodEnd::Present => i32::MAX,
        PeriodEnd::Unstated => return None,
    };
    Some((period.from?.earliest().ordinal(), to))
}

/// Returns whether one stretch of time lies within another.
pub(in crate::resume) fn holds(outer: Option<&PlacedPeriod>, inner: Option<&PlacedPeriod>) -> bool {
    let Some((from, to)) = span(outer) else {
        return false;
    };
    span(inner).is_some_and(|(first, last)| from <= first && last <= to)
}

/// Returns whether two stretches of time have a month in common.
pub(in crate::resume) fn overlaps(
    one: Option<&PlacedPeriod>,
    other: Option<&PlacedPeriod>,
) -> bool {
    match (span(one), span(other)) {
        (Some(one), Some(other)) => one.0 <= other.1 && other.0 <= one.1,
        _ => false,
    }
}

/// Joins two stretches of time: from the first start to the last end.
pub(in crate::resume) fn joined(
    one: Option<PlacedPeriod>,
    other: Option<PlacedPeriod>,
) -> Option<PlacedPeriod> {
    let (Some(mut one), Some(other)) = (one.clone(), other.clone()) else {
        return one.or(other);
    };
    let begins_before = |one: &PlacedPeriod, other: &PlacedPeriod| {
        let first = other.period.from;
        one.period
            .from
            .is_some_and(|from| first.is_none_or(|first| from < first))
    };
    let is_earlier = begins_before(&other, &one);
    // 「2024年2月 -」 behind 「2023年8月 - 2024年1月」 leaves the whole open.
    let is_open = |later: &PlacedPeriod| later.period.shape == PeriodShape::Open;
    let is_left_open =
        is_earlier && is_open(&one) || begins_before(&one, &other) && is_open(&other);
    if is_earlier {
        one.period.from = other.period.from;
    }
    let last = |to: PeriodEnd| match to {
        PeriodEnd::At(moment) => moment.latest().ordinal(),
        PeriodEnd::Present => i32::MAX,
        PeriodEnd::Unstated => i32::MIN,
    };
    if is_left_open {
        one.period.to = PeriodEnd::Unstated;
        one.period.shape = PeriodShape::Open;
    } else if last(other.period.to) > last(one.period.to) {
        one.period.to = other.period.to;
    }
    if one.text != other.text {
        one.text = format!("{}、{}", one.text, other.text);
    }
    Some(one)
}

/// Returns whether a period states years where the other states months.
fn is_vaguer(one: Option<&PlacedPeriod>, other: Option<&PlacedPeriod>) -> bool {
    let from = |placed: Option<&PlacedPeriod>| placed.and_then(|placed| placed.period.from);
    matches!(from(one), Some(Moment::Year(_))) && matches!(from(other), Some(Moment::Month(_)))
}

/// Returns how much a job tells; a row of a table tells least.
fn size(blocks: &Blocks, job: &JobDraft) -> usize {
    if blocks[job.block].kind != Kind::Row {
        job.end - job.block + 4
    } else {
        1
    }
}

/// Returns whether two periods of one employer mean the same stay.
fn is_same_time(one: Option<&PlacedPeriod>, other: Option<&PlacedPeriod>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return true;
    };
    let ends = |placed: &PlacedPeriod| {
        let from = placed.period.from.map(|from| from.earliest().ordinal());
        let to = match placed.period.to {
            PeriodEnd::At(moment) => Some(moment.latest().ordinal()),
            PeriodEnd::Present => Some(i32::MAX),
            PeriodEnd::Unstated => None,
        };
        (from, to)
    };
    let (Some(first), Some(second)) = (ends(one).0, ends(other).0) else {
        return true;
    };
    let end_one = ends(one).1.unwrap_or(i32::MAX);
    let end_other = ends(other).1.unwrap_or(i32::MAX);
    let apart = (first - second).abs();
    let is_same_year = |one: Option<Moment>, other: Option<Moment>| {
        let (Some(one), Some(other)) = (one, other) else {
            return false;
        };
        let is_year = matches!(one, Moment::Year(_)) || matches!(other, Moment::Year(_));
        is_year && one.earliest().year() == other.earliest().year()
    };
    first <= end_other
        && second <= end_one
        && (apart <= 2
            || (apart <= 14 && end_one == end_other)
            || is_same_year(one.period.from, other.period.from))
}
