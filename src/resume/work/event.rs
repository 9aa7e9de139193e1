//! Projects in a timeline of events: a line that says that one began, and one that says that it ended.

use std::collections::{HashMap, HashSet};

use shokureki_index::analysis::normalized_key;
use shokureki_index::words;

use crate::domain::{Moment, PeriodEnd};
use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens};
use crate::resume::evidence::{Evidence, PlacedPeriod, event_of};
use crate::resume::job::JobDraft;
use crate::resume::period::PeriodShape;
use crate::resume::section::Section;

use super::title::strip_title;
use super::{WorkDraft, owners};

/// Lines that are longer tell rather than state.
const MAX_EVENT_BYTES: usize = 300;

/// What happens to a piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Begin,
    End,
}

/// A line of a timeline.
struct WorkEvent {
    block: usize,
    turn: Turn,
    title: String,
    dated: PlacedPeriod,
    /// Whether it says that the work goes on.
    goes_on: bool,
}

/// Adds the projects that events begin and end: 「2009年10月 販売管理の導入 開始」, 「2011年3月 販売管理の導入
/// 終了」.
pub(super) fn add_events(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut Vec<WorkDraft>,
) {
    let is_taken: HashSet<usize> = works
        .iter()
        .map(|work| work.block)
        .chain(jobs.iter().flat_map(JobDraft::naming_blocks))
        .collect();
    let events: Vec<WorkEvent> = (1..blocks.len())
        .filter(|at| !is_taken.contains(at))
        .filter(|at| matches!(blocks[*at].kind, Kind::Row | Kind::Item | Kind::Line))
        .filter(|at| {
            matches!(
                evidence.section[*at],
                Section::Career | Section::Projects | Section::Unknown
            )
        })
        .filter_map(|at| read_event(blocks, evidence, at))
        .collect();
    let mut ends: HashMap<String, Vec<&WorkEvent>> = HashMap::new();
    for event in events.iter().filter(|event| event.turn == Turn::End) {
        ends.entry(normalized_key(&event.title))
            .or_default()
            .push(event);
    }
    if ends.is_empty() {
        return;
    }
    let owner = owners(blocks, jobs);
    for begin in events.iter().filter(|event| event.turn == Turn::Begin) {
        let end = ends.get(&normalized_key(&begin.title)).and_then(|ends| {
            let later = ends.iter().filter(|end| from(end) >= from(begin));
            later.min_by_key(|end| from(end))
        });
        let mut period = begin.dated.clone();
        match end {
            Some(end) => {
                period.period.to = end
                    .dated
                    .period
                    .from
                    .map_or(PeriodEnd::Unstated, PeriodEnd::At);
                period.period.shape = PeriodShape::Range;
                period.text = format!("{} – {}", period.text, end.dated.text);
            }
            None => {
                period.period.to = if begin.goes_on {
                    PeriodEnd::Present
                } else {
                    PeriodEnd::Unstated
                };
                period.period.shape = PeriodShape::Open;
            }
        }
        works.push(WorkDraft {
            block: begin.block,
            end: blocks[begin.block].end,
            title: Some(begin.title.clone()),
            period: Some(period),
            job: owner[begin.block]
                .filter(|job| !jobs[*job].naming_blocks().any(|at| at == begin.block)),
            more: end
                .map(|end| (end.block, blocks[end.block].end))
                .into_iter()
                .collect(),
        });
    }
}

/// Returns the month of an event, for comparing.
fn from(event: &WorkEvent) -> i32 {
    event
        .dated
        .period
        .from
        .map_or(0, |from: Moment| from.earliest().ordinal())
}

/// Reads a line as an event of a piece of work: dated once, and ending in what happened.
fn read_event(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<WorkEvent> {
    let dated = match blocks[at].kind {
        Kind::Row => evidence.attached_period(blocks, at),
        _ => evidence.own_period(blocks, at),
    }?;
    if dated.period.shape != PeriodShape::Single {
        return None;
    }
    let text = match blocks[at].kind {
        Kind::Row => blocks
            .children(at)
            .take(8)
            .filter(|cell| !evidence.is_period_only(blocks, *cell))
            .map(|cell| blocks[cell].str())
            .max_by_key(|text| text.len())?,
        _ => blocks[at].str().get(dated.period.range.end..)?,
    };
    let (title, turn, rest) = split_turn(text.trim_start_matches(|sign: char| {
        sign.is_whitespace() || closes(sign) || ":：-–—".contains(sign)
    }))?;
    Some(WorkEvent {
        block: at,
        turn,
        title,
        dated,
        goes_on: words!["継続", "現在", "進行中", "続行中"].is_in(rest),
    })
}

/// Splits 「販売管理の導入　開始（VB.NET）」: the title, what happens, and what follows.
fn split_turn(text: &str) -> Option<(String, Turn, &str)> {
    const TURNS: [(&str, Turn); 14] = [
        ("開始", Turn::Begin),
        ("着手", Turn::Begin),
        ("スタート", Turn::Begin),
        ("参画", Turn::Begin),
        ("キックオフ", Turn::Begin),
        ("始動", Turn::Begin),
        ("終了", Turn::End),
        ("完了", Turn::End),
        ("完遂", Turn::End),
        ("離任", Turn::End),
        ("離脱", Turn::End),
        ("参画終了", Turn::End),
        ("クローズ", Turn::End),
        ("終結", Turn::End),
    ];
    if text.len() > MAX_EVENT_BYTES {
        return None;
    }
    // 「開始：販売管理の導入（VB.NET）」, 「【開始】販売管理の導入」
    let bare = text.trim_start_matches(opens);
    let first = TURNS.iter().find_map(|(word, turn)| {
        let rest = bare.strip_prefix(word)?;
        let title = rest.trim_start_matches(|sign: char| {
            sign.is_whitespace() || closes(sign) || ":：／/|｜".contains(sign)
        });
        (title.len() < rest.len() && !title.is_empty()).then_some((title, *turn))
    });
    let (title, turn, rest) = if let Some((title, turn)) = first {
        let end = title.find(['（', '(', '。']).unwrap_or(title.len());
        (&title[..end], turn, &title[end..])
    } else {
        TURNS
            .iter()
            .filter_map(|(word, turn)| {
                let at = text.rfind(word)?;
                let rest = &text[at + word.len()..];
                let is_end = rest.is_empty()
                    || rest.starts_with(|sign: char| {
                        opens(sign) || sign.is_whitespace() || "。、,，／/".contains(sign)
                    });
                (is_end && at > 0).then(|| (&text[..at], *turn, rest))
            })
            .min_by_key(|(title, _, _)| title.len())?
    };
    let title = title
        .trim_end_matches(|sign: char| sign.is_whitespace() || "をがに、：:の-–".contains(sign))
        .trim();
    let title = strip_title(title.trim_matches(['「', '」', '『', '』']));
    let is_title = title.chars().count() >= 3 && event_of(&title).is_none();
    is_title.then_some((title, turn, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, Turn)>) {
        let actual = split_turn(text);
        let actual = actual
            .as_ref()
            .map(|(title, turn, _)| (title.as_str(), *turn));
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn a_work_begins_and_ends_in_words_of_their_own() {
        let begun = Some(("販売管理の導入", Turn::Begin));
        check("販売管理の導入　開始（VB.NET）、継続中", begun);
        check("販売管理の導入に着手", begun);
        check("販売管理の導入プロジェクト", None);
        check("開始：販売管理の導入（VB.NET, SQL Server）", begun);
        check("「販売管理の導入」に参画", begun);
        let ended = Some(("販売管理の導入", Turn::End));
        check("販売管理の導入 終了。棚卸差異 3%→0.4%", ended);
        check("【完了】販売管理の導入", ended);
        check("販売管理の導入を完了", ended);
        check("終了", None);
    }
}
