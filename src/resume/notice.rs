//! What the reader doubts: dates that cannot be, periods that contradict, things left out.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::collections::HashSet;

use shokureki_index::lexicon::Lexicon;

use crate::domain::{Grade, Notice, NoticeKind, Period, PeriodEnd, Resume, StintRef};

use super::block::Blocks;
use super::evidence::Evidence;

/// Adds the notices on a read résumé, and puts all in the order of their lines.
pub(super) fn note(
    resume: &mut Resume,
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    notices: &mut Vec<Notice>,
) {
    impossible_dates(blocks, evidence, notices);
    let date = resume.document_date;
    let stays = resume
        .stints
        .employments
        .iter()
        .map(|job| (job.line, job.period.as_ref()));
    // A project without a period has the one of its job.
    let is_dated = |work: &&crate::domain::Project| {
        let job = work
            .employment
            .and_then(|at| resume.stints.employments.get(at));
        work.period.is_some() || job.is_none_or(|job| job.period.is_none())
    };
    let works = resume
        .stints
        .projects
        .iter()
        .filter(is_dated)
        .map(|work| (work.line, work.period.as_ref()));
    for (line, period) in stays.chain(works) {
        match period {
            Some(period) => contradictions(line, period, date, notices),
            None => notices.push(at_line(NoticeKind::PeriodNotStated, line, "")),
        }
    }
    for job in &resume.stints.employments {
        if let Some(period) = &job.period
            && period.to == PeriodEnd::Unstated
        {
            notices.push(at_line(NoticeKind::EndNotStated, job.line, &period.text));
        }
    }
    if resume.stints.employments.is_empty() && !resume.stints.projects.is_empty() {
        notices.push(whole(NoticeKind::EmployerNotStated));
    }
    if date.is_none() {
        notices.push(whole(NoticeKind::DocumentDateNotStated));
    }
    placeholders(blocks, notices);
    before_release(resume, lexicon, notices);
    notices.sort_by_key(|notice| (notice.line, notice.kind));
    notices.dedup();
}

fn at_line(kind: NoticeKind, line: u32, text: &str) -> Notice {
    Notice {
        kind,
        line: Some(line),
        text: text.to_owned(),
    }
}

fn whole(kind: NoticeKind) -> Notice {
    Notice {
        kind,
        line: None,
        text: String::new(),
    }
}

/// Notes the dates that no calendar has.
fn impossible_dates(blocks: &Blocks, evidence: &Evidence, notices: &mut Vec<Notice>) {
    for at in 1..blocks.len() {
        for period in &evidence.periods[at] {
            if period.has_impossible_date {
                let text = &blocks[at].str()[period.range.clone()];
                notices.push(at_line(NoticeKind::ImpossibleDate, blocks[at].line, text));
            }
        }
    }
}

/// Notes a period that ends before it starts, or starts after the document.
fn contradictions(
    line: u32,
    period: &Period,
    date: Option<chrono::NaiveDate>,
    notices: &mut Vec<Notice>,
) {
    let Some(from) = period.from else { return };
    if let PeriodEnd::At(to) = period.to
        && to.latest() < from.earliest()
    {
        notices.push(at_line(NoticeKind::EndBeforeStart, line, &period.text));
    }
    let is_later = date.is_some_and(|date| {
        use chrono::Datelike as _;
        let document = date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0);
        from.earliest().ordinal() > document
    });
    if is_later {
        notices.push(at_line(NoticeKind::StartAfterDocument, line, &period.text));
    }
}

/// Notes lines of a template that nobody filled in.
fn placeholders(blocks: &Blocks, notices: &mut Vec<Notice>) {
    const WORDS: &WordList = words![
        "yyyy/mm",
        "YYYY/MM",
        "yyyy年mm月",
        "YYYY年MM月",
        "TODO",
        "20XX",
        "20xx",
        "○○株式会社",
    ];
    for at in 1..blocks.len() {
        let text = blocks[at].str();
        if text.len() <= 120
            && let Some((_, word)) = WORDS.first_in(text)
        {
            notices.push(at_line(NoticeKind::Placeholder, blocks[at].line, word));
        }
    }
}

/// Notes technologies that a stint names before they were released.
fn before_release(resume: &Resume, lexicon: &Lexicon, notices: &mut Vec<Notice>) {
    let mut noted = HashSet::new();
    for mention in &resume.mentions {
        if mention.grade != Grade::Worked || !mention.technology.is_listed {
            continue;
        }
        let period = match mention.stint {
            Some(StintRef::Employment(at)) => resume.stints.employments[at].period.as_ref(),
            Some(StintRef::Project(at)) => {
                let project = &resume.stints.projects[at];
                let above = project
                    .employment
                    .and_then(|at| resume.stints.employments[at].period.as_ref());
                project.period.as_ref().or(above)
            }
            None => None,
        };
        let end = period.and_then(|period| match period.to {
            PeriodEnd::At(moment) => Some(moment.latest().year()),
            PeriodEnd::Present | PeriodEnd::Unstated => None,
        });
        let released = lexicon
            .technology(&mention.technology.key)
            .and_then(|technology| technology.released);
        if let (Some(end), Some(released)) = (end, released)
            && end < released
            && noted.insert((mention.technology.key.clone(), mention.line))
        {
            notices.push(at_line(
                NoticeKind::UsedBeforeRelease,
                mention.line,
                &mention.technology.name,
            ));
        }
    }
}
