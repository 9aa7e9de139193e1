//! Signs by which a block states a stay at an employer, or something else: trade names, lists of stays, events,
//! courses at schools, work for a client.

use shokureki_index::lexicon::{Lexicon, has_legal_form};
use shokureki_index::words;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens, without_brackets};
use crate::resume::employer::{kind_of, names_role};
use crate::resume::evidence::{Evidence, PlacedPeriod, Shape};
use crate::resume::section::Section;

use super::statement::MAX_HEAD_LINES;
use super::work_words::reads_like_work;

/// Returns whether a line is labelled as a trade name: 「屋号：つづら堂」.
pub(super) fn names_trade(text: &str) -> bool {
    let text = text.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    text.strip_prefix("屋号").is_some_and(|rest| {
        let name = rest.trim_start().strip_prefix([':', '：', '「', '『']);
        name.is_some_and(|name| !words!["なし", "無し", "未定"].begin(name.trim_start()))
    })
}

/// Returns whether a block is one of a flat list of which each item says from when to when something was.
pub(super) fn is_listed_stay(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let says_when = |item: usize| {
        blocks[item].kind == Kind::Item
            && blocks[item].end == item + 1
            && evidence
                .own_period(blocks, item)
                .is_some_and(|own| own.period.is_stretch())
    };
    says_when(at)
        && blocks
            .children(blocks[at].parent)
            .take(MAX_LISTED)
            .filter(|beside| blocks[*beside].kind == Kind::Item)
            .all(says_when)
}

/// Items of a list that are looked at.
const MAX_LISTED: usize = 40;

/// Returns whether the first line below a heading says when somebody was there, in no other words: 「2021.01-現在 在籍」.
pub(super) fn is_over_stay(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let Some(line) = blocks.children(at).next() else {
        return false;
    };
    if is_over_stay_table(blocks, evidence, at) {
        return true;
    }
    let says_stay = |own: PlacedPeriod| {
        let text = blocks[line].str();
        let behind = text[own.period.range.end..].trim();
        own.period.is_stretch()
            && text[..own.period.range.start].trim().is_empty()
            && (["在籍", "在職", "在籍中", "在職中", "に在籍", "勤務", "所属"].contains(&behind)
                || says_contract(behind))
    };
    blocks[at].is_marked_heading()
        && blocks[line].kind == Kind::Line
        && evidence.own_period(blocks, line).is_some_and(says_stay)
}

/// Returns whether a heading is over a table of one row that says from when to when somebody was there: 「在籍期間」.
fn is_over_stay_table(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let Some(table) = table_below(blocks, evidence, at) else {
        return false;
    };
    let rows: Vec<usize> = blocks.children(table).take(3).collect();
    let [head, _] = rows.as_slice() else {
        return false;
    };
    let stays = words!["在籍期間", "在職期間", "勤務期間", "所属期間"];
    let mut cells = blocks.children(*head).take(MAX_HEADS);
    blocks[*head].is_header && cells.any(|cell| stays.begin(blocks[cell].str()))
}

/// Returns whether a heading of the career is one of two or more, all of them names over a table of dated works each.
pub(super) fn is_over_works_table(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let is_name = |heading: usize| {
        let text = blocks[heading].str();
        table_below(blocks, evidence, heading)
            .is_some_and(|table| evidence.shape(table) == Shape::Works)
            && evidence.periods[heading].is_empty()
            && text.chars().count() <= MAX_NAME_CHARS
            && !reads_like_work(text)
            && !names_role(text)
            && kind_of(text).is_none()
    };
    let parent = blocks[at].parent;
    let is_sibling = |other: &usize| {
        blocks[*other].kind == Kind::Heading
            && blocks[*other].rank == blocks[at].rank
            && !evidence.opens_section[*other]
    };
    let siblings = || blocks.children(parent).take(MAX_LISTED).filter(is_sibling);
    evidence.section[at] == Section::Career
        && evidence.opens_section[parent]
        && is_name(at)
        && siblings().nth(1).is_some()
        && siblings().all(is_name)
}

/// Characters of the name of an employer.
const MAX_NAME_CHARS: usize = 30;

/// Returns the first table directly below a heading that labels nothing.
fn table_below(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<usize> {
    let is_title = blocks[at].is_marked_heading()
        && !evidence.opens_section[at]
        && evidence.field[at].is_none();
    let tables = blocks.children(at).take(MAX_LISTED);
    let mut tables = tables.filter(|child| blocks[*child].kind == Kind::Table);
    tables.next().filter(|_| is_title)
}

/// Returns whether what stands behind a time begins with how somebody was employed, which is said of no work: 「契約社員
/// 静岡」.
fn says_contract(behind: &str) -> bool {
    let behind = behind.trim_start_matches([
        '|', '｜', '/', '／', '・', '、', ',', ' ', '\u{3000}', '（', '(',
    ]);
    words![
        "正社員",
        "契約社員",
        "派遣社員",
        "嘱託社員",
        "正職員",
        "パート社員",
        "アルバイト"
    ]
    .begin(behind)
        && behind.chars().count() <= MAX_CONTRACT_CHARS
}

/// Characters of a line behind its time that say how and where somebody was employed.
const MAX_CONTRACT_CHARS: usize = 24;

/// Splits 「Engineer（YUZUNOHA）」: what somebody was, and where.
pub(super) fn role_and_place(title: &str) -> Option<(&str, &str)> {
    let (role, inside) = title.split_once(opens)?;
    let place = inside.trim_end().strip_suffix(closes)?;
    let is_pair = names_role(role.trim())
        && !has_legal_form(role)
        && !place.contains(|sign: char| opens(sign) || closes(sign))
        && !names_role(place)
        && kind_of(place).is_none();
    is_pair.then_some((role.trim(), place.trim()))
}

/// Characters of a trade name that ends its line.
const MAX_TRADE_CHARS: usize = 20;

/// Returns what a heading that says since when somebody is independent names: the trade name that its first
/// lines tell, or self-employment.
pub(super) fn self_employed(blocks: &Blocks, at: usize, title: &str) -> Option<String> {
    let outside = without_brackets(title);
    let is_independent = blocks[at].kind == Kind::Heading
        && (words!["独立して", "独立後", "独立以降", "独立の後"].begin(title.trim())
            || ["独立", "独立開業", "独立・開業"].contains(&outside.trim()));
    is_independent.then(|| {
        blocks
            .children(at)
            .take(MAX_HEAD_LINES)
            .find_map(|child| {
                let behind = blocks[child].str().split_once("屋号")?.1;
                let name = behind.trim_start_matches(['は', '：', ':', ' ', '「', '『']);
                let end = name
                    .find(['」', '』', '。', '、', '（', '('])
                    .or_else(|| (name.chars().count() <= MAX_TRADE_CHARS).then_some(name.len()))?;
                (end > 0).then(|| name[..end].trim().to_owned())
            })
            .unwrap_or_else(|| "個人事業主".to_owned())
    })
}

/// Returns whether a title names what somebody was taught at a school, and no role there: 「洛北大学工学部情報学科」.
pub(super) fn names_course(title: &str) -> bool {
    let outside = without_brackets(title);
    names_school(outside.trim())
        && words!["学部", "学科", "研究科", "専攻", "課程", "コース"].end(outside.trim())
        && !names_role(&outside)
}

/// Returns whether the head of the table of a row says that a column names schools and companies: 「|年月|学歴・職歴|」.
pub(super) fn is_in_table_of_schools(blocks: &Blocks, row: usize) -> bool {
    let table = blocks[row].parent;
    let heads_schools = blocks[blocks[table].parent].str().contains("学歴");
    if heads_schools && says_nothing_beside(blocks, row) {
        return true;
    }
    blocks.children(table).next().is_some_and(|head| {
        head != row
            && blocks.children(head).take(MAX_HEADS).any(|cell| {
                let text = blocks[cell].str();
                text.len() <= MAX_HEAD_BYTES && text.contains("学歴")
            })
    })
}

/// Returns whether all cells of a row but two are empty or a dash: who and when.
fn says_nothing_beside(blocks: &Blocks, row: usize) -> bool {
    let cells = || blocks.children(row).take(MAX_HEADS);
    let is_said = |cell: &usize| blocks[*cell].str().contains(char::is_alphanumeric);
    cells().count() > 2 && cells().filter(is_said).count() <= 2
}

/// Columns, and bytes of their heads, that are looked at.
const MAX_HEADS: usize = 8;
const MAX_HEAD_BYTES: usize = 60;

/// Returns whether a title says that somebody finished a school or studied for a degree, and nothing else:
/// 「大学卒業・同大学院修了」, 「洛北大学大学院 博士課程」.
pub(in crate::resume) fn leaves_school(title: &str) -> bool {
    let outside = without_brackets(title);
    let outside = outside.trim();
    names_school(outside)
        && words!["卒業", "修了", "中退", "課程"].end(outside)
        && !names_role(outside)
}

/// Returns whether a title says in brackets that somebody was a student: 「洛北大学 工学部（学生）」, 「洛北大学大学院（修士）」.
pub(in crate::resume) fn says_student(title: &str) -> bool {
    title.split(opens).skip(1).any(|inside| {
        let remark = inside.split(closes).next().unwrap_or("").trim();
        let is_degree = || {
            names_school(title)
                && [
                    "学士",
                    "修士",
                    "博士",
                    "修士課程",
                    "博士課程",
                    "博士前期課程",
                    "博士後期課程",
                    "修士修了",
                    "修士卒",
                    "卒業",
                    "修了",
                ]
                .contains(&remark)
        };
        ["学生", "大学生", "大学院生", "院生", "在学"].contains(&remark) || is_degree()
    })
}

/// Returns whether the first lines below a title say that somebody was trained there: 「職業訓練校にて…を学習」.
pub(in crate::resume) fn tells_of_training(blocks: &Blocks, at: usize) -> bool {
    blocks[at].kind == Kind::Heading
        && !has_legal_form(blocks[at].str())
        && blocks.children(at).take(MAX_TRAINING_LINES).any(|child| {
            matches!(blocks[child].kind, Kind::Line | Kind::Item)
                && words!["職業訓練", "訓練校", "求職者支援訓練"].is_in(blocks[child].str())
        })
}

/// Returns whether brackets hold what a work was made with and nothing else: 「【BigQuery/Dataflow/Looker】」.
pub(super) fn lists_tools(name: &str, lexicon: &Lexicon) -> bool {
    let inside = name
        .strip_prefix(['【', '[', '［', '〔'])
        .and_then(|rest| rest.strip_suffix(['】', ']', '］', '〕']));
    let Some(inside) = inside else {
        return false;
    };
    let tools: Vec<&str> = inside
        .split(['/', '／', '、', ',', '，', '・'])
        .take(16)
        .collect();
    let known = tools
        .iter()
        .filter(|tool| lexicon.resolve(tool.trim()).is_some())
        .count();
    known > 0 && known * 2 >= tools.len()
}

/// Returns whether a name only says what happened: 「**2018年4月入社**: …の会社で…」.
pub(super) fn names_event(name: &str) -> bool {
    let bare = name.trim_matches(['*', ':', '：', ' ']);
    matches!(
        bare,
        "入社" | "退社" | "退職" | "入職" | "転職" | "新卒入社" | "中途入社"
    )
}

/// Lines below a title that may tell of training.
const MAX_TRAINING_LINES: usize = 2;

/// Returns whether a title says for whom a piece of work was and titles that: 「(株)ウミネコにて労務管理の開発支援」.
pub(super) fn says_where_work_was(title: &str) -> bool {
    title.split_once("にて").is_some_and(|(place, work)| {
        has_legal_form(place.trim())
            && reads_like_work(work)
            && !names_role(work)
            && !words!["勤務", "従事", "在籍", "として"].is_in(work)
    })
}

/// Returns whether a name is that of a school, which nobody joins to work without saying so.
pub(super) fn names_school(name: &str) -> bool {
    words!["大学", "高校", "学校", "高専", "学院", "大学院"].is_in(name) && !has_legal_form(name)
}
