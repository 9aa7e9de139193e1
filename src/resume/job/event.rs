//! Events of joining and leaving: which leaving ends which stay.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::collections::HashMap;

use shokureki_index::lexicon::{Lexicon, has_legal_form, strip_legal_form};

use crate::domain::{Moment, PeriodEnd};

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::without_brackets;
use crate::resume::employer::{Strength, job_title, strength, tells_of_renaming};
use crate::resume::evidence::{Event, Evidence, PlacedPeriod, event_of, title_without};
use crate::resume::facts::{Signs, parts, without_times};
use crate::resume::period::PeriodShape;
use crate::resume::section::Section;

use super::rename::renames;
use super::statement::{Statement, row_text};
use super::work_words::reads_like_work;

/// Events that are looked through for the end of a stay.
const MAX_EVENTS: usize = 40;

/// Gives events of joining their end: the next event of leaving that names the same employer, or none
/// before anybody joins again; moving on (転籍, 転職) ends what was joined last.
pub(super) fn close_events(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    statements: &mut [Statement],
) {
    let mut names = known_names(lexicon, statements);
    let mut timelines: HashMap<usize, (Vec<usize>, HashMap<usize, usize>)> = HashMap::new();
    for (parent, renamed) in renames(blocks, lexicon, &names, statements) {
        let own = statements.iter_mut().filter(|statement| {
            statement.is_event
                && blocks[statement.block].parent == parent
                && lexicon.employer_key(&statement.job.name) == renamed.key
        });
        for statement in own {
            statement.job.aliases.push(renamed.name.clone());
        }
        let bare = strip_legal_form(&renamed.name).trim().to_owned();
        names.insert(0, (bare, renamed.key));
    }
    names.sort_by_key(|(bare, _)| std::cmp::Reverse(bare.len()));
    for statement in statements.iter_mut().filter(|statement| statement.is_event) {
        let at = statement.block;
        let key = lexicon.employer_key(&statement.job.name);
        let Some(period) = &mut statement.period else {
            continue;
        };
        period.period.to = PeriodEnd::Unstated;
        period.period.shape = PeriodShape::Open;
        let around = timeline_around(blocks, evidence, at);
        let (timeline, places) = timelines.entry(around).or_insert_with(|| {
            let timeline = in_time(blocks, evidence, around);
            let places = timeline.iter().copied().zip(0..).collect();
            (timeline, places)
        });
        let own = places.get(&at).copied().unwrap_or(0);
        let end = if statement.is_planned {
            PeriodEnd::Unstated
        } else if is_ongoing(&row_text(blocks, at)) {
            PeriodEnd::Present
        } else if let Some(left) =
            left_behind(blocks, evidence, at).or_else(|| left_inside(blocks, evidence, at))
        {
            PeriodEnd::At(left)
        } else {
            let later = timeline.iter().skip(own + 1).take(MAX_EVENTS);
            end_among(blocks, evidence, lexicon, &names, later, &key)
        };
        if end != PeriodEnd::Unstated {
            period.period.to = end;
            period.period.shape = PeriodShape::Range;
        }
    }
}

/// Returns whether a heading says who was joined on a day or in a month: 「### 2019-11-01: 株式会社A入社（QA）」.
pub(super) fn titles_joining(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    const JOINS: &WordList = words!["入社", "入職", "入所", "入行", "入庁", "転職", "ジョイン"];
    let text = blocks[at].str();
    let outside = without_brackets(text);
    let outside = outside.trim_end_matches([' ', '\u{3000}', '。']);
    blocks[at].is_marked_heading()
        && (JOINS.end(outside) || JOINS.begin(outside))
        && evidence
            .own_period(blocks, at)
            .is_some_and(|own| own.block == at && own.period.shape == PeriodShape::Single)
}

/// Returns whether a line or item tells again of joining whom the dated heading above names: 「2019年Aに入社」 below
/// 「### A（2019/09 - 2020/12）」.
pub(super) fn repeats_above(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let heading = blocks
        .ancestors(at)
        .find(|above| blocks[*above].is_marked_heading());
    let Some(own) = heading.and_then(|heading| evidence.own_period(blocks, heading)) else {
        return false;
    };
    let name = title_without(blocks[own.block].str(), &own.period.range);
    let name = strip_legal_form(&name).trim();
    matches!(blocks[at].kind, Kind::Item | Kind::Line)
        && own.period.is_stretch()
        && name.chars().count() >= 2
        && blocks[at].str().contains(name)
}

/// Returns whether an item of the career is the month of joining and a company, without a word for it: 「2021年4月　株式会社A
/// 開発室, 東京都」.
pub(super) fn joins_silently(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
    own: Option<&PlacedPeriod>,
) -> bool {
    let Some(own) = own.filter(|own| own.block == at) else {
        return false;
    };
    let text = blocks[at].str();
    let behind = text.get(own.period.range.end..).unwrap_or("").trim();
    let first = behind.split(['、', ',', '，']).next().unwrap_or(behind);
    blocks[at].kind == Kind::Item
        && blocks[at].end == at + 1
        && evidence.section[at] == Section::Career
        && evidence.opens_section[blocks[at].parent]
        && own.period.shape == PeriodShape::Single
        && own.period.range.start == 0
        && evidence.periods[at].len() == 1
        && has_legal_form(&job_title(first, lexicon).name)
        && !reads_like_work(first)
        && !behind.contains('。')
}

/// Returns when the stay was left that a line says was joined and until when it was: 「2017年4月 株式会社A入社 ～
/// 2020年3月」.
pub(super) fn left_behind(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<Moment> {
    let [joined, left] = evidence.periods[at].as_slice() else {
        return None;
    };
    let between = blocks[at].str().get(joined.range.end..left.range.start)?;
    let is_pair = between.trim_end().ends_with(['~', '〜', '～'])
        && event_of(between) == Some(Event::Join)
        && [joined, left]
            .iter()
            .all(|date| date.shape == PeriodShape::Single);
    left.from.filter(|_| is_pair)
}

/// Returns when a line below the heading of a stay says that it was left: 「2019-06-30 に退社」.
fn left_inside(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<Moment> {
    if blocks[at].kind != Kind::Heading {
        return None;
    }
    (at + 1..blocks[at].end)
        .filter(|below| matches!(blocks[*below].kind, Kind::Line | Kind::Item))
        .filter(|below| evidence.field[*below].is_none())
        .filter(|below| event_of(blocks[*below].str()) == Some(Event::Leave))
        .find_map(|below| evidence.first_in(blocks, below)?.period.from)
}

/// Returns the blocks under `parent` from the earliest to the latest: in reverse where the newest
/// stands first.
fn in_time(blocks: &Blocks, evidence: &Evidence, parent: usize) -> Vec<usize> {
    let mut events: Vec<usize> = blocks
        .children(parent)
        .flat_map(|child| {
            let inside: Vec<usize> = if is_year(blocks, evidence, child) {
                blocks.children(child).collect()
            } else {
                vec![child]
            };
            inside
        })
        .collect();
    let mut dates = events
        .iter()
        .filter(|event| event_of(&row_text(blocks, **event)).is_some())
        .filter_map(|event| moment(blocks, evidence, *event))
        .map(Moment::earliest);
    let first = dates.next();
    let last = dates.next_back();
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        events.reverse();
    }
    events
}

/// Returns the block that holds all events of the timeline that `at` stands in: what is above the title of
/// its year.
fn timeline_around(blocks: &Blocks, evidence: &Evidence, at: usize) -> usize {
    let parent = blocks[at].parent;
    if is_year(blocks, evidence, parent) {
        blocks[parent].parent
    } else {
        parent
    }
}

/// Returns whether a heading or item holds what happened in the year that it states.
fn is_year(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let is_title = matches!(blocks[at].kind, Kind::Heading | Kind::Item) && blocks[at].end > at + 1;
    is_title
        && evidence.is_period_only(blocks, at)
        && evidence.periods[at]
            .first()
            .is_some_and(|found| !found.is_stretch() && matches!(found.from, Some(Moment::Year(_))))
}

/// Returns when an event happened.
fn moment(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<Moment> {
    evidence
        .first_in(blocks, at)
        .or_else(|| evidence.attached_period(blocks, at))
        .and_then(|found| found.period.from)
}

/// Returns whether the text of an event says that it goes on.
fn is_ongoing(text: &str) -> bool {
    words!["現在", "継続"].is_in(text) || goes_on(text)
}

/// Returns whether a text says that the stay that was joined goes on: 「株式会社A入社 ~ 現職」.
pub(super) fn goes_on(text: &str) -> bool {
    text.split_once("入社").is_some_and(|(_, behind)| {
        let behind = behind.trim_start();
        let rest = behind.trim_start_matches(['~', '〜', '～', '-', ' ', '\u{3000}']);
        rest.len() < behind.len() && words!["現職", "現在"].begin(rest)
    })
}

/// Returns when later events end the stay with the employer of `key`.
fn end_among<'a>(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    names: &[(String, String)],
    later: impl Iterator<Item = &'a usize>,
    key: &str,
) -> PeriodEnd {
    let end_at =
        |at: usize| moment(blocks, evidence, at).map_or(PeriodEnd::Unstated, PeriodEnd::At);
    // What the employer has been called since.
    let mut own = vec![key.to_owned()];
    // How many have been joined since and not been left.
    let mut open = 0usize;
    for at in later {
        let text = row_text(blocks, *at);
        match event_of(&text) {
            Some(Event::Leave) => {
                let named = employer_in(&text, lexicon)
                    .map(|name| lexicon.employer_key(&name))
                    .filter(|key| names.iter().any(|(_, known)| known == key))
                    .or_else(|| known_in(&text, names))
                    .or_else(|| {
                        employer_in(&text, lexicon).map(|name| lexicon.employer_key(&name))
                    });
                // Nobody leaves an employer that nobody joined: it is the last one by another name.
                let is_unknown = |named: &String| {
                    words!["退社", "退職"].is_in(&text) && names.iter().all(|(_, key)| key != named)
                };
                let is_own = named.map_or(open == 0, |named| {
                    own.contains(&named) || open == 0 && is_unknown(&named)
                });
                if is_own {
                    return end_at(*at);
                }
                open = open.saturating_sub(1);
            }
            Some(Event::Join) if open == 0 && moves_on(&text) => return end_at(*at),
            Some(Event::Join) if goes_beside(&text) => {}
            Some(Event::Join) => open += 1,
            None if open == 0 && text.contains("現在") && !text.contains("社名") => {
                return PeriodEnd::Present;
            }
            None if tells_of_renaming(&text) => {
                let called: Vec<String> = employers_in(&text, lexicon)
                    .take(MAX_NAMES)
                    .map(|name| lexicon.employer_key(&name))
                    .collect();
                let is_other =
                    |name: &String| name != key && names.iter().any(|(_, known)| known == name);
                if called.contains(&key.to_owned()) || open == 0 && !called.iter().any(is_other) {
                    own.extend(called);
                }
            }
            None => {}
        }
    }
    if open == 0 {
        PeriodEnd::Present
    } else {
        PeriodEnd::Unstated
    }
}

/// Returns the employers that are joined, each without its legal form and as its key, the longest first.
fn known_names(lexicon: &Lexicon, statements: &[Statement]) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = statements
        .iter()
        .filter(|statement| statement.is_event)
        .take(MAX_EVENTS)
        .map(|statement| {
            let bare = strip_legal_form(&statement.job.name).trim().to_owned();
            (bare, lexicon.employer_key(&statement.job.name))
        })
        .filter(|(bare, _)| bare.chars().count() >= 3)
        .collect();
    names.sort_by_key(|(bare, _)| std::cmp::Reverse(bare.len()));
    names
}

/// Returns the key of the known employer whose name without its legal form a line holds.
pub(super) fn known_in(text: &str, names: &[(String, String)]) -> Option<String> {
    names
        .iter()
        .find(|(bare, _)| text.contains(bare.as_str()))
        .map(|(_, key)| key.clone())
}

/// Returns whether joining leaves what was joined before as it is: a second job, one still to come.
fn goes_beside(text: &str) -> bool {
    words!["兼業", "兼務", "副業", "予定"].is_in(text)
}

/// Returns whether joining means that the employer before was left.
fn moves_on(text: &str) -> bool {
    words!["転籍", "転職"].is_in(text)
}

/// Names that the line of an event is looked through for.
const MAX_NAMES: usize = 8;

/// Returns the company that the line of an event names.
fn employer_in(text: &str, lexicon: &Lexicon) -> Option<String> {
    employers_in(text, lexicon).next()
}

/// Returns the companies that the line of an event names, in order.
fn employers_in(text: &str, lexicon: &Lexicon) -> impl Iterator<Item = String> {
    let bare = without_times(text);
    let texts: Vec<String> = parts(&bare, Signs::Title)
        .into_iter()
        .flat_map(|part| {
            let text = &bare[part];
            std::iter::once(text)
                .chain(text.split(' '))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    texts
        .into_iter()
        .map(|part| {
            let name = job_title(without_event(&part), lexicon).name;
            ["より帰任", "を退社", "を退職", "退社", "退職", "より", "を"]
                .iter()
                .find_map(|end| name.strip_suffix(end))
                .map_or(name.clone(), |shorter| shorter.trim().to_owned())
        })
        .filter(|name| !name.starts_with('同') || name.chars().count() > 3)
        .filter(|name| !matches!(name.as_str(), "同社" | "当社" | "同" | "弊社" | "自社"))
        .filter(|name| strength(name, lexicon) == Strength::Sure)
}

/// Takes the kind of an event off the beginning: 「退社 株式会社X」.
fn without_event(text: &str) -> &str {
    match text.trim().split_once([' ', '\u{3000}']) {
        Some((word, rest)) if word.chars().count() <= 5 && event_of(word).is_some() => rest.trim(),
        _ => text,
    }
}
