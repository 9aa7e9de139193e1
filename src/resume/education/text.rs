//! What a line or row says on schools, and whether it does.

use super::super::evidence::event_of;
use super::super::label::split_label;
use super::super::period::find_periods;
use super::super::section::Section;
use super::entry::{ENDINGS, has_own_name, has_school, is_same, split_ending};
use super::school::{LOOSE, NAMED, names_school_surely};
use shokureki_index::analysis::WordList;
use shokureki_index::words;

/// Returns whether a text outside the section states that the person entered or left a school.
pub(super) fn is_event(text: &str, section: Section) -> bool {
    if matches!(
        section,
        Section::Projects | Section::Personal | Section::Wishes
    ) || text.chars().count() > 80
    {
        return false;
    }
    // 「2008-03: 同校 卒業」
    let names_school = names_school_surely(text)
        || text.contains("訓練校")
        || words!["同校", "同大学", "同学"].is_in(text) && is_same(text).is_some();
    if !names_school {
        return false;
    }
    let has_ending = ENDINGS.iter().any(|word| {
        text.find(word).is_some_and(|at| {
            let behind = text[at + word.len()..].trim_start();
            behind.is_empty()
                || behind.starts_with(['(', '（', ')', '）', '、', '。', ',', '|', '}', '/'])
                || behind.starts_with("しました")
                || behind.starts_with("し、")
                || behind.starts_with("して")
                || behind.starts_with("後")
        })
    });
    // 「（2018.3 卒）」
    let has_ending = has_ending || split_ending(text).1 == Some("卒");
    // 「○○学校を卒業し、株式会社△△に入社」 tells of the school first.
    let own = split_ending(text).0;
    let is_job = event_of(own).is_some()
        || words!["株式会社", "有限会社", "合同会社", "アルバイト"].is_in(own);
    let is_told = !find_periods(text).is_empty() || begins_after_school(text);
    (has_ending || is_stay(text)) && !is_job && is_told
}

/// Returns whether a sentence begins with the school that somebody left: 「○○大学経済学部卒業後、3年間…」.
fn begins_after_school(text: &str) -> bool {
    const MAX_CHARS: usize = 28;
    let school = ["を卒業後", "卒業後", "を修了後", "修了後"]
        .iter()
        .find_map(|word| text.split_once(word))
        .map(|(school, _)| school.trim());
    school.is_some_and(|school| {
        school.chars().count() <= MAX_CHARS
            && has_own_name(school)
            && !school.contains(['、', '。', 'は', 'に', 'で', '：', ':'])
    })
}

/// Returns whether a text is a stretch of time and a course of a school, with no word of work:
/// 「2010.4 - 2015.3　○○高専 電子制御工学科」.
fn is_stay(text: &str) -> bool {
    let periods = find_periods(text);
    let [period] = periods.as_slice() else {
        return false;
    };
    if !period.is_stretch() {
        return false;
    }
    let named = super::super::evidence::title_without(text, &period.range);
    let bare = super::super::bracket::without_brackets(&named);
    let bare = bare.trim();
    let is_course = words![
        "学科",
        "専攻",
        "学部",
        "研究科",
        "専攻科",
        "課程",
        "コース",
        "学類",
    ]
    .end(bare);
    let is_work = words![
        "職員",
        "教員",
        "教授",
        "助教",
        "講師",
        "研究員",
        "勤務",
        "非常勤",
        "技術補佐",
        "開発",
        "担当",
        "事務",
    ]
    .is_in(text);
    is_course && !is_work && bare.chars().count() <= 40
}

/// Returns whether a sentence tells of entering or leaving a school.
pub(super) fn is_sentence_event(text: &str) -> bool {
    let tells = words![
        "卒業しま",
        "修了しま",
        "入学しま",
        "中退しま",
        "卒業した",
        "修了した",
        "卒業後",
        "卒業し、",
        "を出ました",
        "に出ました",
        "を出て",
        "在学中",
        "在学して",
        "在籍中",
        "最終学歴は",
    ]
    .is_in(text);
    let ends = words!["卒業", "修了", "中退", "退学", "卒"].end(text.trim_end());
    has_school(text) && (tells || ends) && text.chars().count() <= 80
}
/// Returns `text` without remarks on plans behind a date and without signs of LaTeX and data files.
pub(super) fn cleaned(text: &str) -> String {
    let mut text = without_timestamps(text);
    // 「学校は専門学校です: ○○専門学校 △△科」
    if let Some((lead, rest)) = text.split_once([':', '：'])
        && lead.trim_end().ends_with("です")
        && has_school(rest)
    {
        text = rest.trim_start().to_owned();
    }
    for lead in ["最終学歴は", "学歴は", "通信制の"] {
        if let Some(rest) = text.trim_start().strip_prefix(lead) {
            text = rest.trim_end_matches("です").to_owned();
        }
    }
    // 「3年次編入学」
    for year in ["3年次", "３年次", "三年次", "2年次", "２年次", "二年次"] {
        if text.contains(year) && text.contains("編入") {
            text = text.replace(&format!("{year}に"), "").replace(year, "");
        }
    }
    // 「2012年3月に出ました」
    for (word, plain) in [
        ("に出ました", "に卒業しました"),
        ("を出ました", "を卒業しました"),
        ("を出て", "を卒業して"),
        ("に出て", "に卒業して"),
    ] {
        if text.contains(word) {
            text = text.replace(word, plain);
        }
    }
    if let Some((_, rest)) = text.split_once("を経て")
        && has_school(rest)
    {
        text = rest.trim_start_matches('、').to_owned();
    }
    for remark in [
        "（見込み）",
        "(見込み)",
        "（見込）",
        "(見込)",
        "（予定）",
        "(予定)",
        "（卒業見込み）",
        "(卒業見込み)",
        "（修了見込み）",
        "(修了見込み)",
        "（卒業予定）",
        "(卒業予定)",
        "（修了予定）",
        "(修了予定)",
    ] {
        if text.contains(remark) {
            let word = remark.trim_matches(['(', '（', ')', '）']);
            let keeps = word.len() > "見込み".len();
            text = text.replace(remark, if keeps { word } else { "" });
        }
    }
    if text.contains('\\') || text.contains('{') {
        text = without_commands(&text);
    }
    let trimmed = text.trim_start_matches(['-', ' ']);
    for label in [
        "name:",
        "school:",
        "institution:",
        "学校名:",
        "学校:",
        "学校名：",
        "学校：",
        "date:",
        "period:",
    ] {
        if let Some(rest) = trimmed.strip_prefix(label) {
            return rest.trim().to_owned();
        }
    }
    text
}

/// Writes timestamps of Org as others do: 「[2010-04-01 木]--[2014-03-25 火]」.
fn without_timestamps(text: &str) -> String {
    if !text.contains(['<', '[']) {
        return text.to_owned();
    }
    let mut text = text.replace("]--[", " – ").replace(">--<", " – ");
    for found in find_periods(&text).into_iter().rev() {
        let before = text[..found.range.start].chars().next_back();
        let mut end = found.range.end;
        if let Some(day) = text[end..].strip_prefix(' ')
            && day.starts_with(['月', '火', '水', '木', '金', '土', '日'])
            && day.chars().nth(1).is_none_or(|next| " ]>".contains(next))
        {
            end += 1 + '月'.len_utf8();
        }
        let closes = text[end..].starts_with(['>', ']']);
        let range = found.range.end..end + usize::from(closes);
        if closes || end > found.range.end {
            text.replace_range(range, "");
        }
        if before.is_some_and(|sign| "<[".contains(sign)) {
            text.replace_range(found.range.start - 1..found.range.start, "");
        }
    }
    text
}

/// Takes commands of LaTeX off: 「\item」, 「\cventry{…}{…}」.
pub(in super::super) fn without_commands(text: &str) -> String {
    if !text.contains(['\\', '{']) {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut is_command = false;
    for character in text.chars() {
        match character {
            '\\' => is_command = true,
            _ if is_command && character.is_ascii_alphabetic() => {}
            '{' | '}' => {
                is_command = false;
                kept.push(' ');
            }
            _ => {
                is_command = false;
                kept.push(character);
            }
        }
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a line below a school tells more of it: 「研究: 大学図書館の…」, 「Thesis: …」.
pub(super) fn is_detail(text: &str) -> bool {
    let is_labelled = split_label(text).is_some_and(|(label, value)| {
        find_periods(label).is_empty()
            && !has_school(label)
            && !matches!(
                label.trim(),
                "学校" | "大学" | "大学院" | "高校" | "在学中" | "中退"
            )
            && !ENDINGS.contains(&label.trim())
            && find_periods(&text[value..]).is_empty()
    });
    is_labelled || (find_periods(text).is_empty() && split_ending(text).1.is_none())
}

/// Returns whether an undated text is a school's name and nothing else: it ends in a word of schools,
/// or its Latin words are all capitalized.
pub(super) fn reads_like_name(text: &str) -> bool {
    const ENDS: &WordList = words![
        "大学",
        "大学院",
        "学校",
        "高校",
        "高専",
        "短大",
        "学院",
        "学園",
        "学部",
        "学科",
        "科",
        "専攻",
        "課程",
        "コース",
        "類",
        "群",
        "系",
        "カレッジ",
        "スクール",
        "アカデミー",
        "部",
        "学",
        "士",
        "卒",
    ];
    const SMALL: &[&str] = &["of", "in", "the", "and", "for", "at", "de", "&"];
    let bare = super::super::bracket::without_brackets(text);
    let bare = bare.trim_matches(|letter: char| !letter.is_alphanumeric());
    if ENDS.end(bare) {
        return !bare.contains(['：', ':']);
    }
    let is_school = |part: &str| {
        NAMED
            .iter()
            .chain(LOOSE.iter())
            .any(|word| word.is_ascii() && part.contains(word))
    };
    bare.split([',', '—', '–', '|', '、', '/', '('])
        .any(|part| {
            is_school(part)
                && part.split_whitespace().all(|word| {
                    SMALL.contains(&word) || !word.starts_with(|first: char| first.is_lowercase())
                })
                && !part.contains(':')
        })
}
