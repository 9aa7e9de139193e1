//! Which statements are jobs: a title with a company and a period by itself, what stands beside it
//! in the same layout by the evidence of the whole document.

use std::collections::HashMap;

use shokureki_index::analysis::WordList;
use shokureki_index::lexicon::{Lexicon, has_legal_form};
use shokureki_index::words;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens, without_brackets};
use crate::resume::employer::{Strength, is_hidden, job_title, kind_of, names_role, strip_lead};
use crate::resume::evidence::{Evidence, PlacedPeriod, Shape};
use crate::resume::label::Field;
use crate::resume::section::Section;

use super::client::is_own_business;
use super::sign::is_over_stay;
use super::statement::{Layout, Statement};
use super::stay::holds;
use super::work_words::{ends_in_deed, is_pause, names_kind_of_employer, reads_like_work};
use super::{JobDraft, overlaps};

/// Counts the statements of each layout that are jobs by themselves.
pub(super) fn count_sure(statements: &[Statement]) -> HashMap<Layout, usize> {
    let mut counts = HashMap::new();
    for statement in statements {
        if is_sure(statement) {
            *counts.entry(statement.layout).or_default() += 1;
        }
    }
    counts
}

/// Counts the headings of each layout that name a company and say nothing of time.
pub(super) fn count_undated(statements: &[Statement]) -> HashMap<Layout, usize> {
    let mut counts = HashMap::new();
    for statement in statements {
        let is_heading =
            matches!(statement.layout, Layout::Heading(rank) if rank.is_multiple_of(16));
        if is_heading && statement.period.is_none() && has_legal_form(&statement.job.name) {
            *counts.entry(statement.layout).or_default() += 1;
        }
    }
    counts
}

/// Returns whether a statement is a job by itself.
pub(super) fn is_sure(statement: &Statement) -> bool {
    let Some(period) = &statement.period else {
        return false;
    };
    let is_line = matches!(statement.layout, Layout::Line(_));
    let is_stretch = period.period.is_stretch() || statement.is_event;
    statement.strength == Strength::Sure
        && is_stretch
        && !statement.job.name.is_empty()
        && !(is_line && statement.text.chars().count() > 60)
}

/// Where nothing names a company: the outermost headings with periods whose titles read like names.
pub(super) fn fallback_layout(
    blocks: &Blocks,
    evidence: &Evidence,
    statements: &[Statement],
) -> Option<Layout> {
    let dated = |statement: &&Statement| {
        statement
            .period
            .as_ref()
            .is_some_and(|period| period.period.is_stretch())
            && matches!(statement.layout, Layout::Heading(_))
            && evidence.section[statement.block] == Section::Career
            && !statement.text.trim().is_empty()
    };
    let outermost = statements
        .iter()
        .filter(dated)
        .min_by_key(|statement| blocks[statement.block].rank)?;
    let peers: Vec<&Statement> = statements
        .iter()
        .filter(dated)
        .filter(|statement| statement.layout == outermost.layout)
        .collect();
    let is_hidden = says_hidden(blocks);
    let named = peers
        .iter()
        .filter(|peer| match is_hidden {
            true => names_kind_of_employer(&peer.text),
            false => !reads_like_work(&peer.text) && !has_attribute(&peer.text),
        })
        .count();
    (named * 2 > peers.len()).then_some(outermost.layout)
}

/// Returns whether a title says of what something is: 「論文検索の類似度」, 「小売のデータマート」.
fn has_attribute(title: &str) -> bool {
    let outside = without_brackets(title);
    outside.trim().split_once('の').is_some_and(|(of, what)| {
        of.chars().count() >= 2 && what.chars().count() >= 2 && !what.starts_with('の')
    })
}

/// Returns whether a line says that the names of the employers are left out: 「会社名は伏せています」.
fn says_hidden(blocks: &Blocks) -> bool {
    const NAMES: &WordList = words![
        "会社名",
        "社名",
        "企業名",
        "勤務先",
        "勤め先",
        "所属先",
        "所属",
        "在籍企業",
        "固有名詞",
        "雇用主",
    ];
    const HIDES: &WordList = words![
        "伏せ",
        "伏字",
        "書けな",
        "書けま",
        "書いていま",
        "書きませ",
        "書いてな",
        "書かな",
        "出せな",
        "出せま",
        "出していま",
        "載せていま",
        "載せませ",
        "載せられ",
        "記載していま",
        "記載しておりま",
        "記載できま",
        "明かせ",
        "公表でき",
        "公開でき",
        "公開していま",
        "非公開",
        "匿名",
        "省略",
        "割愛",
        "面談で",
        "面談時",
    ];
    (1..blocks.len())
        .filter(|at| matches!(blocks[*at].kind, Kind::Line | Kind::Item))
        .map(|at| blocks[at].str())
        .filter(|text| text.len() <= MAX_HIDING_BYTES)
        .flat_map(|text| text.split('。'))
        .any(|sentence| {
            NAMES
                .first_in(sentence)
                .is_some_and(|(at, word)| HIDES.is_in(&sentence[at + word.len()..]))
        })
}

/// Longer lines are not looked through for what they hide.
const MAX_HIDING_BYTES: usize = 2000;

/// Characters of a plain line that is taken for a job for what stands beside it.
const MAX_LINE_CHARS: usize = 40;

/// Decides by the statement and by what looks like it.
pub(super) fn is_job(
    statement: &Statement,
    sure: &HashMap<Layout, usize>,
    undated: &HashMap<Layout, usize>,
    fallback: Option<Layout>,
    evidence: &Evidence,
) -> bool {
    if is_sure(statement) {
        return true;
    }
    let at = statement.block;
    let section = evidence.section[at];
    let title = statement.job.name.as_str();
    if title.is_empty() {
        return false;
    }
    let has_peers = sure.contains_key(&statement.layout) || fallback == Some(statement.layout);
    let is_block = !matches!(statement.layout, Layout::Line(_));
    let has_stretch = statement
        .period
        .as_ref()
        .is_some_and(|period| period.period.is_stretch());
    let is_row = matches!(statement.layout, Layout::Row(_));
    // Lines beside two that name companies, as short as they are.
    let is_short_line = sure.get(&statement.layout).is_some_and(|count| *count >= 2)
        && statement.text.chars().count() <= MAX_LINE_CHARS;
    let reads_like_work_here = reads_like_work(&statement.text)
        && !(is_stated_in_row(statement, evidence) && may_be_name(&statement.text));
    if has_stretch && has_peers && (is_block || is_short_line) && !reads_like_work_here {
        return matches!(section, Section::Career | Section::Unknown)
            || is_row
            || statement.is_listed_stay;
    }
    if has_stretch
        && statement.strength == Strength::Likely
        && is_block
        && section == Section::Career
    {
        return !reads_like_work(&statement.text);
    }
    let is_heading = matches!(statement.layout, Layout::Heading(_));
    let is_company = statement.strength == Strength::Sure
        && (has_legal_form(title) || is_hidden(title) || has_peers || statement.heads_works);
    // A name beside companies that are as undated, over what was done there.
    let is_over_works = matches!(statement.layout, Layout::Item(_))
        && statement.period.is_none()
        && has_legal_form(title)
        && section == Section::Career;
    if is_over_works {
        return true;
    }
    let is_beside_companies = undated.contains_key(&statement.layout)
        && statement.period.is_none()
        && statement.end > at + 1
        && section == Section::Career
        && statement.text.chars().count() <= MAX_LINE_CHARS
        && kind_of(title).is_none()
        && !names_role(title)
        && (has_legal_form(title) || !title.contains('の'))
        && !reads_like_work(&statement.text);
    if is_beside_companies {
        return true;
    }
    // 「## 株式会社A」 and 「## 株式会社B」 may be all that heads the career.
    let is_listed = section == Section::Unknown
        && has_legal_form(title)
        && undated
            .get(&statement.layout)
            .is_some_and(|count| *count >= 2);
    is_heading
        && is_company
        && (section == Section::Career || is_listed)
        && (has_peers || sure.is_empty())
        && !reads_like_work(&statement.text)
}

/// Returns whether the column of the employers, in a table of stays, names the employer of a statement.
fn is_stated_in_row(statement: &Statement, evidence: &Evidence) -> bool {
    match statement.layout {
        Layout::Row(table) => {
            evidence.shape(table) == Shape::Jobs
                && evidence.field[statement.named_in] == Some(Field::Employer)
        }
        _ => false,
    }
}

/// Returns whether a text that holds a word for work may be a name all the same: 「やまがら鉄道システム」, and not
/// 「勤怠システムの開発」.
fn may_be_name(text: &str) -> bool {
    const DEEDS: &WordList = words![
        "開発", "構築", "保守", "運用", "改修", "対応", "支援", "制作", "設計", "業務", "実装",
    ];
    let outside = without_brackets(text);
    let outside = outside.trim();
    outside.chars().count() <= MAX_ROW_NAME_CHARS
        && !outside.contains(['の', 'を', '、', '・'])
        && !outside.contains("向け")
        && !DEEDS.end(outside)
        && !ends_in_deed(outside)
}

/// Characters of the name of an employer in a row.
const MAX_ROW_NAME_CHARS: usize = 20;

/// Returns whether a heading reads like work, but every other one beside it is a job by itself, and its time lies
/// in none of theirs: 「### くろだシステム開発(2019/02〜2019/07)」 among companies.
pub(super) fn is_odd_among_companies(
    blocks: &Blocks,
    evidence: &Evidence,
    statement: &Statement,
    sure: &HashMap<usize, PlacedPeriod>,
) -> bool {
    let at = statement.block;
    let is_candidate = blocks[at].is_marked_heading()
        && statement.period.as_ref().is_some_and(|period| {
            period.block == at && period.period.is_stretch() && !statement.job.name.is_empty()
        })
        && evidence.section[at] == Section::Career
        && statement.text.chars().count() <= MAX_LINE_CHARS
        && !without_brackets(&statement.text).contains('の')
        && !is_pause(&statement.text);
    if !is_candidate {
        return false;
    }
    let beside: Vec<usize> = blocks
        .children(blocks[at].parent)
        .take(MAX_BESIDE)
        .filter(|other| *other != at && blocks[*other].rank == blocks[at].rank)
        .collect();
    let times: Vec<&PlacedPeriod> = beside.iter().filter_map(|other| sure.get(other)).collect();
    let is_other =
        |other: &usize| !sure.contains_key(other) && reads_like_work(blocks[*other].str());
    times.len() >= MIN_COMPANIES_BESIDE
        && !beside.iter().any(is_other)
        && !times
            .iter()
            .any(|time| holds(Some(time), statement.period.as_ref()))
}

/// Companies that must stand beside a heading that does not read like one.
const MIN_COMPANIES_BESIDE: usize = 3;

/// Headings beside one that are looked at.
const MAX_BESIDE: usize = 40;

/// Returns whether a statement may be a job under the jobs found before it.
pub(super) fn fits_above(
    blocks: &Blocks,
    evidence: &Evidence,
    statement: &Statement,
    jobs: &[JobDraft],
    lexicon: &Lexicon,
) -> bool {
    let at = statement.block;
    let Some(outer) = jobs
        .iter()
        .rev()
        .take(64)
        .find(|job| job.block < at && at < job.end)
    else {
        return true;
    };
    if matches!(statement.layout, Layout::Line(_) | Layout::Row(_)) {
        return false;
    }
    let own = statement
        .period
        .as_ref()
        .is_some_and(|period| period.block == statement.named_in);
    // Titles over 「2017.10-2019.04 在籍」 are stays on any level, one after the other.
    let is_after = is_over_stay(blocks, evidence, at)
        && !overlaps(outer.period.as_ref(), statement.period.as_ref());
    let same = lexicon.employer_key(&outer.job.name) == lexicon.employer_key(&statement.job.name);
    let is_heading = blocks[at].kind == Kind::Heading;
    if is_after && is_heading && !same {
        return true;
    }
    // Whom somebody worked for below their own business, and during it, was a client.
    let is_client = is_own_business(blocks, outer)
        && overlaps(outer.period.as_ref(), statement.period.as_ref());
    if is_client {
        return false;
    }
    own && is_heading
        && !same
        && !says_secondment(blocks[at].str())
        && !lends(blocks, outer)
        && statement.strength == Strength::Sure
        && (has_legal_form(&statement.job.name))
        && !reads_like_work(&statement.text)
}

/// Returns whether the first lines below an employer say that it lends its engineers, so that the companies below are
/// those it lent the person to: 「事業内容：システムエンジニアリングサービス」.
fn lends(blocks: &Blocks, outer: &JobDraft) -> bool {
    (outer.block..outer.end.min(outer.block + MAX_HEAD_BLOCKS))
        .take_while(|at| *at == outer.block || !blocks[*at].is_marked_heading())
        .any(|at| {
            words![
                "SES",
                "システムエンジニアリングサービス",
                "客先常駐",
                "技術者派遣",
                "エンジニア派遣",
                "技術派遣",
            ]
            .is_in(blocks[at].str())
        })
}

/// Blocks from an employer on that say what it does.
const MAX_HEAD_BLOCKS: usize = 12;

/// Returns whether a title below an employer says where it lent the person: 「出向：株式会社A」.
pub(in crate::resume) fn says_secondment(title: &str) -> bool {
    let title = strip_lead(title);
    let leads = [
        "出向",
        "在籍出向",
        "出向先",
        "常駐",
        "常駐先",
        "客先",
        "客先常駐",
        "派遣先",
        "就業先",
    ];
    let begins = leads.iter().any(|lead| {
        title.strip_prefix(lead).is_some_and(|rest| {
            let rest = rest.trim_start_matches("先");
            rest.starts_with([
                '：', ':', ' ', '\u{3000}', '（', '(', '－', '-', '/', '／', '｜', '|',
            ])
        })
    });
    begins
        || says_lent_in_brackets(title)
        || words![
            "へ出向",
            "に出向",
            "への出向",
            "（出向）",
            "(出向)",
            "（出向先",
            "(出向先",
            "へ常駐",
            "に常駐",
            "（常駐先",
            "(常駐先",
            "（客先常駐",
            "(客先常駐",
        ]
        .is_in(title)
}

/// Returns whether a title says in brackets at its end that the person was lent: 「株式会社A<パートナーとして出向>」.
fn says_lent_in_brackets(title: &str) -> bool {
    let outside = without_brackets(title);
    let name = outside.split([' ', '\u{3000}']).next().unwrap_or("");
    title.split(opens).skip(1).any(|inside| {
        let remark = inside.split(closes).next().unwrap_or("");
        !name.is_empty()
            && remark.chars().count() <= MAX_LENT_CHARS
            && ["出向", "として常駐", "に常駐"]
                .iter()
                .any(|end| remark.ends_with(end))
    })
}

/// Characters of a remark that says that somebody was lent.
const MAX_LENT_CHARS: usize = 16;

/// Returns whether a statement is an item under a heading that names a company and names none itself.
pub(super) fn is_piece_of_company(
    blocks: &Blocks,
    lexicon: &Lexicon,
    statement: &Statement,
) -> bool {
    let at = statement.block;
    if blocks[at].kind != Kind::Item || has_legal_form(&statement.job.name) {
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
