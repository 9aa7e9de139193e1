//! Which blocks are jobs.
//!
//! A title with a company and a period is one by itself. What stands beside it in the same layout
//! (headings of the same rank, rows of the same table) is one too, even when nothing in its name
//! says so: the evidence of the whole document decides.

use std::collections::{HashMap, HashSet};

use shokureki_index::lexicon::{Lexicon, has_legal_form};

use crate::domain::{Moment, PeriodEnd};

use super::block::{Blocks, Kind};
use super::employer::{JobTitle, Strength, is_hidden, job_title, strength, strip_lead};
use super::evidence::{Event, Evidence, PlacedPeriod, around, event_of};
use super::label::Field;
use super::period::PeriodShape;
use super::repeated::{merge_repeated, without_spans};
use super::section::Section;
use super::told;

/// A job as found, before it becomes a value.
#[derive(Clone, Debug)]
pub(super) struct JobDraft {
    /// The block that names it.
    pub(super) block: usize,
    /// The block whose text holds the name (a cell of the row that `block` is).
    pub(super) named_in: usize,
    /// The block behind its last.
    pub(super) end: usize,
    /// What its title says.
    pub(super) job: JobTitle,
    /// From joining to leaving.
    pub(super) period: Option<PlacedPeriod>,
    /// Where the same job is told of again: first block and the one behind the last.
    pub(super) more: Vec<(usize, usize)>,
}

/// Where blocks look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Layout {
    Heading(u16),
    Item(usize),
    Line(usize),
    Table,
    Row(usize),
}

/// A block that may be a job.
struct Candidate {
    draft: JobDraft,
    layout: Layout,
    strength: Strength,
    text: String,
    is_event: bool,
}

/// Finds the jobs, in document order.
pub(super) fn find_jobs(blocks: &Blocks, evidence: &Evidence, lexicon: &Lexicon) -> Vec<JobDraft> {
    let mut candidates: Vec<Candidate> = (1..blocks.len())
        .filter(|at| may_hold_jobs(evidence.section[*at]))
        .filter_map(|at| candidate(blocks, evidence, lexicon, at))
        .collect();
    close_events(blocks, evidence, &mut candidates);
    let sure: HashMap<Layout, usize> = count_sure(&candidates);
    let fallback = if sure.is_empty() {
        fallback_layout(blocks, evidence, &candidates)
    } else {
        None
    };
    let sure_blocks: Vec<usize> = candidates
        .iter()
        .filter(|candidate| is_sure(candidate))
        .filter(|candidate| !is_piece_of_company(blocks, lexicon, candidate))
        .map(|candidate| candidate.draft.block)
        .collect();
    let sure_keys: HashSet<String> = candidates
        .iter()
        .filter(|candidate| is_sure(candidate))
        .map(|candidate| lexicon.employer_key(&candidate.draft.job.name))
        .collect();
    let mut jobs: Vec<JobDraft> = Vec::new();
    for candidate in candidates {
        let next = sure_blocks.partition_point(|block| *block <= candidate.draft.block);
        let holds_sure = sure_blocks
            .get(next)
            .is_some_and(|block| *block < candidate.draft.end);
        if holds_sure && !is_sure(&candidate) {
            continue;
        }
        let is_known = candidate.strength == Strength::Sure
            && sure_keys.contains(&lexicon.employer_key(&candidate.draft.job.name));
        let is_heading = matches!(candidate.layout, Layout::Heading(_));
        let is_again = is_known && is_heading && has_legal_form(&candidate.draft.job.name);
        if is_piece_of_company(blocks, lexicon, &candidate)
            || !(is_again || is_job(&candidate, &sure, fallback, evidence))
        {
            continue;
        }
        end_before(&candidate, &mut jobs);
        if fits_above(blocks, &candidate, &jobs, lexicon) {
            jobs.push(candidate.draft);
        }
    }
    if jobs.is_empty() {
        jobs = told::told_jobs(blocks, evidence, lexicon);
    }
    extend_lines(blocks, evidence, &mut jobs);
    let jobs = without_spans(jobs);
    merge_repeated(blocks, jobs, lexicon)
}

/// Returns whether jobs are looked for in a section.
fn may_hold_jobs(section: Section) -> bool {
    matches!(
        section,
        Section::Career | Section::Projects | Section::Unknown | Section::Summary
    )
}

/// Reads a block as a job, if it can be one.
fn candidate(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
) -> Option<Candidate> {
    let block = &blocks[at];
    let (layout, named_in) = match block.kind {
        Kind::Heading => (Layout::Heading(block.rank), at),
        Kind::Item => (Layout::Item(block.depth.into()), at),
        Kind::Line => (Layout::Line(block.parent), at),
        Kind::Table => (Layout::Table, header_title(blocks, evidence, at)?),
        Kind::Row => (
            Layout::Row(block.parent),
            named_cell(blocks, evidence, lexicon, at)?,
        ),
        Kind::Root | Kind::Cell => return None,
    };
    if block.kind == Kind::Heading && evidence.opens_section[at] {
        return None;
    }
    let named_in = if block.kind == Kind::Heading {
        company_below(blocks, evidence, lexicon, at).unwrap_or(named_in)
    } else {
        named_in
    };
    let field = if block.kind == Kind::Row {
        None
    } else {
        evidence.field[named_in]
    };
    if !matches!(field, None | Some(Field::Employer | Field::Summary)) {
        return None;
    }
    let whole = blocks[named_in].str();
    if whole.is_empty() || whole.len() > 300 || whole.contains('。') {
        return None;
    }
    let own = match block.kind {
        Kind::Row => evidence.attached_period(blocks, at),
        _ => evidence
            .own_period(blocks, named_in)
            .or_else(|| evidence.own_period(blocks, at)),
    };
    let title = match (&own, field) {
        (Some(own), _) if own.block == named_in => {
            let (before, after) = around(whole, &own.period.range);
            better(before, after, lexicon)
        }
        (_, Some(Field::Employer)) => {
            let value = evidence.value_text(blocks, named_in);
            value
                .split(['/', '／'])
                .next()
                .unwrap_or(value)
                .trim()
                .to_owned()
        }
        _ => whole.to_owned(),
    };
    if field == Some(Field::Summary) && own.is_none() {
        return None;
    }
    let own = own.map(|own| opened(own, whole, named_in));
    let event =
        event_of(whole).filter(|_| matches!(block.kind, Kind::Item | Kind::Line | Kind::Row));
    let is_event = event.is_some()
        && own
            .as_ref()
            .is_some_and(|own| own.period.shape == PeriodShape::Single);
    if is_event && event == Some(Event::Leave) {
        return None;
    }
    let period = own.or_else(|| match field {
        Some(Field::Employer) => sibling_period(blocks, evidence, at),
        _ if block.kind != Kind::Line => evidence.attached_period(blocks, at),
        _ => None,
    });
    // A heading that names a company again tells more of a job that is dated elsewhere.
    let may_be_again = evidence.section[at] == Section::Unknown
        && block.is_marked_heading()
        && has_legal_form(&job_title(whole, lexicon).name);
    let may_be_undated =
        block.kind == Kind::Heading && (evidence.section[at] == Section::Career || may_be_again);
    if period.is_none() && !may_be_undated && field != Some(Field::Employer) {
        return None;
    }
    let mut job = job_title(&title, lexicon);
    if named_in != at && block.kind == Kind::Heading {
        job.rest.insert(0, block.str().to_owned());
    }
    let strength = strength(&job.name, lexicon).max(strength(strip_lead(&title), lexicon));
    if field == Some(Field::Employer) && strength == Strength::None && job.name.is_empty() {
        return None;
    }
    let strength = if field == Some(Field::Employer) {
        Strength::Sure
    } else {
        strength
    };
    Some(Candidate {
        draft: JobDraft {
            block: at,
            named_in,
            end: block.end,
            job,
            period,
            more: Vec::new(),
        },
        layout,
        strength,
        text: title,
        is_event,
    })
}

/// Reads 「2020/04 - 株式会社X」 as a start: the dash is one of a period, and its end is left out.
fn opened(mut own: PlacedPeriod, whole: &str, named_in: usize) -> PlacedPeriod {
    if own.block != named_in || own.period.shape != PeriodShape::Single {
        return own;
    }
    let begins = whole[..own.period.range.start].trim().is_empty();
    let behind = whole.get(own.period.range.end..).unwrap_or("").trim_start();
    if begins && behind.starts_with(['-', '–', '—', '~', '〜', '～']) {
        own.period.to = PeriodEnd::Unstated;
        own.period.shape = PeriodShape::Open;
    }
    own
}

/// Returns the line directly below a heading that names the company, where the heading itself names
/// a role: 「### SRE」 and 「株式会社トオリアメ」.
fn company_below(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
) -> Option<usize> {
    let title = blocks[at].str();
    let is_named = strength(strip_lead(title), lexicon) != Strength::None
        || strength(&job_title(title, lexicon).name, lexicon) != Strength::None;
    if is_named || evidence.field[at].is_some() {
        return None;
    }
    let line = blocks
        .children(at)
        .take(2)
        .find(|child| !evidence.is_period_only(blocks, *child))?;
    let text = blocks[line].str();
    let is_name = blocks[line].kind == Kind::Line
        && evidence.field[line].is_none()
        && text.chars().count() <= 60
        && !text.contains(['。', '、'])
        && has_legal_form(&job_title(text, lexicon).name);
    let has_period = evidence.own_period(blocks, line).is_some()
        || evidence.own_period(blocks, at).is_some()
        || evidence
            .attached_period(blocks, at)
            .is_some_and(|period| period.period.is_stretch());
    (is_name && has_period).then_some(line)
}

/// Returns the head cell of a table that states a period and so titles the table.
fn header_title(blocks: &Blocks, evidence: &Evidence, table: usize) -> Option<usize> {
    let row = blocks.children(table).next()?;
    let cell = blocks.children(row).next()?;
    if !blocks[row].is_header {
        return None;
    }
    let own = evidence.own_period(blocks, cell)?;
    (own.period.is_stretch() && own.text.len() < blocks[cell].str().len()).then_some(cell)
}

/// Returns the cell of a row that names the employer.
fn named_cell(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    row: usize,
) -> Option<usize> {
    if blocks[row].is_header {
        return None;
    }
    let cells: Vec<usize> = blocks.children(row).take(12).collect();
    let named = cells
        .iter()
        .copied()
        .find(|cell| evidence.field[*cell] == Some(Field::Employer));
    if named.is_some() {
        return named;
    }
    let dated = cells
        .iter()
        .any(|cell| evidence.is_period_only(blocks, *cell));
    cells.into_iter().find(|cell| {
        let field = evidence.field[*cell];
        let text = blocks[*cell].str();
        let is_open = matches!(field, None | Some(Field::Summary));
        dated
            && is_open
            && strength(text_before_event(text), lexicon) == Strength::Sure
            && (event_of(text).is_some() || field.is_none())
    })
}

/// Takes 入社 and the like off the end.
fn text_before_event(text: &str) -> &str {
    let text = text.trim();
    ["に入社", "へ入社", "入社", "に転職", "に参画", "に就職"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text)
        .trim()
}

/// Returns the part of a title, before or behind its period, that names the employer.
fn better(before: String, after: String, lexicon: &Lexicon) -> String {
    let first = strength(strip_lead(&before), lexicon)
        .max(strength(&job_title(&before, lexicon).name, lexicon));
    let second = strength(strip_lead(&after), lexicon)
        .max(strength(&job_title(&after, lexicon).name, lexicon));
    if before.is_empty() || (second > first && !after.is_empty() && !after.contains('→')) {
        return after;
    }
    before
}

/// Returns the period labelled among the next siblings of a line that names the employer.
fn sibling_period(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<PlacedPeriod> {
    let parent = blocks[at].parent;
    if let Some(own) = evidence
        .own_period(blocks, parent)
        .or_else(|| evidence.attached_period(blocks, parent))
    {
        return Some(own);
    }
    let end = blocks[parent].end;
    let mut next = blocks[at].end;
    for _ in 0..8 {
        if next >= end || evidence.field[next] == Some(Field::Employer) {
            return None;
        }
        if evidence.field[next] == Some(Field::Period) {
            return evidence.first_in(blocks, next);
        }
        next = blocks[next].end;
    }
    None
}

/// Gives events of joining their end: the next event of leaving beside them.
fn close_events(blocks: &Blocks, evidence: &Evidence, candidates: &mut [Candidate]) {
    for candidate in candidates.iter_mut().filter(|candidate| candidate.is_event) {
        let at = candidate.draft.block;
        let end = blocks[blocks[at].parent].end;
        let Some(period) = &mut candidate.draft.period else {
            continue;
        };
        period.period.to = PeriodEnd::Unstated;
        period.period.shape = PeriodShape::Open;
        let mut next = blocks[at].end;
        for _ in 0..8 {
            if next >= end {
                break;
            }
            let text = row_text(blocks, next);
            match event_of(&text) {
                Some(Event::Leave) => {
                    let found = evidence
                        .first_in(blocks, next)
                        .or_else(|| evidence.attached_period(blocks, next));
                    if let Some(to) = found.and_then(|found| found.period.from) {
                        period.period.to = PeriodEnd::At(to);
                        period.period.shape = PeriodShape::Range;
                    }
                    break;
                }
                Some(Event::Join) => break,
                None => {}
            }
            next = blocks[next].end;
        }
    }
}

/// Returns the text of a block, or of the cells of a row.
fn row_text(blocks: &Blocks, at: usize) -> String {
    if blocks[at].kind != Kind::Row {
        return blocks[at].str().to_owned();
    }
    let cells: Vec<&str> = blocks
        .children(at)
        .take(8)
        .map(|cell| blocks[cell].str())
        .collect();
    cells.join(" ")
}

/// Counts the candidates of each layout that are jobs by themselves.
fn count_sure(candidates: &[Candidate]) -> HashMap<Layout, usize> {
    let mut counts = HashMap::new();
    for candidate in candidates {
        if is_sure(candidate) {
            *counts.entry(candidate.layout).or_default() += 1;
        }
    }
    counts
}

/// Returns whether a candidate is a job by itself.
fn is_sure(candidate: &Candidate) -> bool {
    let Some(period) = &candidate.draft.period else {
        return false;
    };
    let is_line = matches!(candidate.layout, Layout::Line(_));
    let is_stretch = period.period.is_stretch() || candidate.is_event;
    candidate.strength == Strength::Sure
        && is_stretch
        && !candidate.draft.job.name.is_empty()
        && !(is_line && candidate.text.chars().count() > 60)
}

/// Where nothing names a company: the outermost headings with periods whose titles read like names.
fn fallback_layout(
    blocks: &Blocks,
    evidence: &Evidence,
    candidates: &[Candidate],
) -> Option<Layout> {
    let dated = |candidate: &&Candidate| {
        candidate
            .draft
            .period
            .as_ref()
            .is_some_and(|period| period.period.is_stretch())
            && matches!(candidate.layout, Layout::Heading(_))
            && evidence.section[candidate.draft.block] == Section::Career
            && !candidate.text.trim().is_empty()
    };
    let outermost = candidates
        .iter()
        .filter(dated)
        .min_by_key(|candidate| blocks[candidate.draft.block].rank)?;
    let peers: Vec<&Candidate> = candidates
        .iter()
        .filter(dated)
        .filter(|candidate| candidate.layout == outermost.layout)
        .collect();
    let named = peers
        .iter()
        .filter(|peer| !reads_like_work(&peer.text))
        .count();
    (named * 2 > peers.len()).then_some(outermost.layout)
}

/// Decides by the candidate and by what looks like it.
fn is_job(
    candidate: &Candidate,
    sure: &HashMap<Layout, usize>,
    fallback: Option<Layout>,
    evidence: &Evidence,
) -> bool {
    if is_sure(candidate) {
        return true;
    }
    let at = candidate.draft.block;
    let section = evidence.section[at];
    let title = candidate.draft.job.name.as_str();
    if title.is_empty() {
        return false;
    }
    let has_peers = sure.contains_key(&candidate.layout) || fallback == Some(candidate.layout);
    let is_block = !matches!(candidate.layout, Layout::Line(_));
    let has_stretch = candidate
        .draft
        .period
        .as_ref()
        .is_some_and(|period| period.period.is_stretch());
    let is_row = matches!(candidate.layout, Layout::Row(_));
    if has_stretch && has_peers && is_block && !reads_like_work(&candidate.text) {
        return matches!(section, Section::Career | Section::Unknown) || is_row;
    }
    if has_stretch
        && candidate.strength == Strength::Likely
        && is_block
        && section == Section::Career
    {
        return !reads_like_work(&candidate.text);
    }
    let is_heading = matches!(candidate.layout, Layout::Heading(_));
    let is_company = candidate.strength == Strength::Sure
        && (has_legal_form(title) || is_hidden(title) || has_peers);
    is_heading
        && is_company
        && section == Section::Career
        && (has_peers || sure.is_empty())
        && !reads_like_work(&candidate.text)
}

/// Returns whether a candidate may be a job under the jobs found before it.
fn fits_above(
    blocks: &Blocks,
    candidate: &Candidate,
    jobs: &[JobDraft],
    lexicon: &Lexicon,
) -> bool {
    let at = candidate.draft.block;
    let Some(outer) = jobs
        .iter()
        .rev()
        .take(64)
        .find(|job| job.block < at && at < job.end)
    else {
        return true;
    };
    if matches!(candidate.layout, Layout::Line(_) | Layout::Row(_)) {
        return false;
    }
    let own = candidate
        .draft
        .period
        .as_ref()
        .is_some_and(|period| period.block == candidate.draft.named_in);
    let same =
        lexicon.employer_key(&outer.job.name) == lexicon.employer_key(&candidate.draft.job.name);
    let is_heading = blocks[at].kind == Kind::Heading;
    own && is_heading
        && !same
        && candidate.strength == Strength::Sure
        && (has_legal_form(&candidate.draft.job.name))
        && !reads_like_work(&candidate.text)
}

/// Returns whether a candidate is an item under a heading that names a company and names none itself.
fn is_piece_of_company(blocks: &Blocks, lexicon: &Lexicon, candidate: &Candidate) -> bool {
    let at = candidate.draft.block;
    if blocks[at].kind != Kind::Item || has_legal_form(&candidate.draft.job.name) {
        return false;
    }
    let heading = blocks
        .ancestors(at)
        .find(|above| blocks[*above].kind == Kind::Heading);
    heading.is_some_and(|heading| {
        let title = blocks[heading].str();
        title.len() <= 200 && has_legal_form(&job_title(title, lexicon).name)
    })
}

/// Ends the job around a line that surely names another company at another time: the line begins the
/// next one.
fn end_before(candidate: &Candidate, jobs: &mut [JobDraft]) {
    let at = candidate.draft.block;
    let is_begin = matches!(candidate.layout, Layout::Line(_))
        && is_sure(candidate)
        && has_legal_form(&candidate.draft.job.name)
        && !candidate.is_event;
    if !is_begin {
        return;
    }
    let Some(outer) = jobs
        .iter_mut()
        .rev()
        .take(64)
        .find(|job| job.block < at && at < job.end)
    else {
        return;
    };
    if is_apart(outer.period.as_ref(), candidate.draft.period.as_ref()) {
        outer.end = at;
    }
}

/// Returns whether one period ends before the other begins, give or take the month of the change.
fn is_apart(one: Option<&PlacedPeriod>, other: Option<&PlacedPeriod>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return false;
    };
    let span = |placed: &PlacedPeriod| {
        let from = placed.period.from?.earliest().ordinal();
        let to = match placed.period.to {
            PeriodEnd::At(moment) => moment.latest().ordinal(),
            PeriodEnd::Present => i32::MAX,
            PeriodEnd::Unstated => return None,
        };
        Some((from, to))
    };
    let (Some(one), Some(other)) = (span(one), span(other)) else {
        return false;
    };
    one.1 <= other.0 || other.1 <= one.0
}

/// Lets jobs that a plain line names reach to the next one or the end of their section.
fn extend_lines(blocks: &Blocks, evidence: &Evidence, jobs: &mut [JobDraft]) {
    let starts: Vec<usize> = jobs.iter().map(|job| job.block).collect();
    for (index, job) in jobs.iter_mut().enumerate() {
        let is_told = blocks[job.block].str().contains('。');
        if blocks[job.block].kind != Kind::Line || is_told {
            continue;
        }
        // A line under the last heading of the job before belongs to the section around that.
        let around = blocks
            .ancestors(job.block)
            .find(|above| {
                *above == 0 || evidence.opens_section[*above] || blocks[*above].is_marked_heading()
            })
            .unwrap_or(0);
        let limit = blocks[around].end;
        job.end = starts
            .get(index + 1)
            .filter(|next| **next < limit)
            .map_or(limit, |next| *next);
    }
}

/// Returns whether a title reads like a piece of work rather than like a name.
pub(super) fn reads_like_work(title: &str) -> bool {
    const WORK: [&str; 32] = [
        "開発",
        "構築",
        "改修",
        "保守",
        "運用",
        "システム",
        "移行",
        "対応",
        "案件",
        "プロジェクト",
        "設計",
        "制作",
        "導入",
        "支援",
        "アプリ",
        "サイト",
        "基盤",
        "刷新",
        "リニューアル",
        "改善",
        "機能",
        "業務",
        "実装",
        "作成",
        "向け",
        "立ち上げ",
        "企画",
        "自動化",
        "更新",
        "発行",
        "検証",
        "調査",
    ];
    let outside = super::employer::without_brackets(title);
    let names_company =
        has_legal_form(outside.trim()) || outside.split_whitespace().any(has_legal_form);
    if names_company
        && !["向け", "様", "案件", "の"]
            .iter()
            .any(|word| outside.contains(word))
    {
        return false;
    }
    WORK.iter().any(|word| outside.contains(word))
}

/// Returns the later of two moments by their last month.
pub(super) fn last_month(moment: Moment) -> i32 {
    moment.latest().ordinal()
}
