//! Jobs that sentences tell of: 「2014年4月〜2019年7月は株式会社Xに在籍。」

use shokureki_index::lexicon::Lexicon;

use crate::domain::PeriodEnd;

use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::job_title;
use crate::resume::evidence::{Evidence, PlacedPeriod};
use crate::resume::period::{FoundPeriod, PeriodShape, find_periods};
use crate::resume::section::Section;

use super::JobDraft;

/// Lines of prose that are longer are not read.
const MAX_PROSE_BYTES: usize = 4000;

/// Sentences about one employer that are together longer are read one by one.
const MAX_TOLD_BYTES: usize = 1200;

/// Finds the jobs that the prose of a document tells of.
pub(super) fn told_jobs(blocks: &Blocks, evidence: &Evidence, lexicon: &Lexicon) -> Vec<JobDraft> {
    let mut jobs = Vec::new();
    for at in 1..blocks.len() {
        let is_prose = matches!(blocks[at].kind, Kind::Line | Kind::Item)
            && !matches!(
                evidence.section[at],
                Section::Education
                    | Section::Certifications
                    | Section::Wishes
                    | Section::Personal
                    | Section::Skills
                    | Section::Other
            );
        let text = blocks[at].str();
        if !is_prose || text.len() > MAX_PROSE_BYTES {
            continue;
        }
        let names = text.split('。').filter_map(told_employer).count();
        if names == 1 && text.len() <= MAX_TOLD_BYTES {
            read_sentence(text, 0, at, None, lexicon, &mut jobs);
            continue;
        }
        let mut from = 0;
        let mut last_name = None;
        while from < text.len() {
            let to = text[from..]
                .find('。')
                .map_or(text.len(), |end| from + end + '。'.len_utf8());
            let sentence = &text[from..to];
            read_sentence(sentence, from, at, last_name, lexicon, &mut jobs);
            last_name = told_employer(sentence);
            from = to;
        }
    }
    jobs
}

/// Words for going to an employer.
const JOINS: &[&str] = &[
    "移った",
    "移り",
    "移籍",
    "参画",
    "転職",
    "加わ",
    "入所",
    "入行",
    "入庁",
    "着任",
    "就職",
    "合流",
    "ジョイン",
];

/// Returns whether a sentence tells of working for somebody.
pub(super) fn says_stay(text: &str) -> bool {
    [
        "在籍",
        "勤務",
        "所属",
        "入社",
        "活動",
        "従事",
        "働",
        "独立",
        "個人事業主",
        "フリーランス",
        "勤め",
        "に入り",
        "入った",
        "入れて",
        "新卒",
        "籍を置",
        "仕事をして",
        "を過ごし",
    ]
    .iter()
    .chain(JOINS)
    .any(|word| text.contains(word))
}

/// Reads the jobs of one sentence, which begins at byte `shift` of block `at` and follows one that
/// names `before`.
fn read_sentence(
    text: &str,
    shift: usize,
    at: usize,
    before: Option<&str>,
    lexicon: &Lexicon,
    jobs: &mut Vec<JobDraft>,
) {
    let found = find_periods(text);
    // 「2017年4月から2020年12月まで株式会社A、2012年4月から…」 needs no word for it.
    let is_listed = found.iter().any(|period| {
        let behind = &text[period.range.end..];
        period.is_stretch()
            && told_employer(behind).is_some_and(|name| behind.trim_start().starts_with(name))
    });
    if !is_listed && !says_stay(text) {
        return;
    }
    let mut add = |name: &str, period: FoundPeriod| {
        let written = text[period.range.clone()].trim().to_owned();
        let range = period.range.start + shift..period.range.end + shift;
        jobs.push(JobDraft {
            block: at,
            named_in: at,
            end: at + 1,
            job: job_title(name, lexicon),
            period: Some(PlacedPeriod {
                text: written,
                period: FoundPeriod { range, ..period },
                block: at,
            }),
            more: Vec::new(),
            parts: Vec::new(),
            is_part: false,
            is_planned: text.contains("予定"),
        });
    };
    // Joining and leaving say more than a stretch of time in between.
    if let Some((name, period)) = told_events(text, &found, before)
        && matches!(period.to, PeriodEnd::At(_))
    {
        add(name, period);
        return;
    }
    let stretches = found.iter().filter(|period| period.is_stretch()).count();
    for (index, period) in found.iter().enumerate() {
        if !period.is_stretch() {
            continue;
        }
        let end = found
            .get(index + 1)
            .map_or(text.len(), |next| next.range.start);
        let behind = told_employer(&text[period.range.end..end]);
        let before = told_employer(&text[..period.range.start]).filter(|_| stretches == 1);
        if let Some(name) = behind.or(before) {
            add(name, period.clone());
        }
    }
    if stretches > 0 {
        return;
    }
    if let Some((name, period)) = told_events(text, &found, before) {
        add(name, period);
    }
}

/// Reads 「株式会社Xに2013年4月に入社し、2017年9月に退職」 and 「2017年10月に個人事業主として独立」.
fn told_events<'a>(
    text: &'a str,
    found: &[FoundPeriod],
    before: Option<&'a str>,
) -> Option<(&'a str, FoundPeriod)> {
    let name = told_employer(text).or(before)?;
    told_stay(text, found).map(|period| (name, period))
}

/// Reads the stay that a sentence tells of by the dates of joining and leaving.
pub(super) fn told_stay(text: &str, found: &[FoundPeriod]) -> Option<FoundPeriod> {
    let behind = |period: &FoundPeriod| -> &str {
        let rest = &text[period.range.end..];
        let end = rest
            .char_indices()
            .nth(14)
            .map_or(rest.len(), |(end, _)| end);
        &rest[..end]
    };
    let joined = found.iter().position(|period| {
        let behind = behind(period);
        [
            "入社",
            "独立",
            "から",
            "より",
            "開業",
            "に入",
            "入り",
            "に転職",
        ]
        .iter()
        .any(|word| behind.contains(word))
            || begins_stay(&text[period.range.end..])
    })?;
    let mut period = found[joined].clone();
    let left = found[joined + 1..].iter().find(|period| {
        let behind = behind(period);
        let before = &text[..period.range.start];
        ["退職", "退社", "まで", "離職"]
            .iter()
            .any(|word| behind.contains(word))
            || ["退職した", "退社した", "辞めた", "離れた"]
                .iter()
                .any(|word| before.ends_with(word))
    });
    let goes_on = [
        "現在",
        "いまも",
        "今も",
        "在籍中",
        "在職中",
        "勤務中",
        "勤めています",
    ]
    .iter()
    .any(|word| text.contains(word))
        || behind(&period).starts_with("から個人事業主");
    period.to = match left.and_then(|left| left.from) {
        Some(moment) => PeriodEnd::At(moment),
        None if goes_on => PeriodEnd::Present,
        None => PeriodEnd::Unstated,
    };
    period.shape = if period.to == PeriodEnd::Unstated {
        PeriodShape::Open
    } else {
        PeriodShape::Range
    };
    Some(period)
}

/// Returns whether what follows a date goes on to say in its sentence that somebody was joined then:
/// 「に一般財団法人Aへ移った。」
fn begins_stay(behind: &str) -> bool {
    let sentence = &behind[..behind.find('。').unwrap_or(behind.len())];
    behind.starts_with(['に', 'か', 'よ'])
        && sentence.chars().count() <= 60
        && JOINS.iter().any(|word| sentence.contains(word))
}

/// Legal forms that stand in sentences.
const FORMS: [&str; 17] = [
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "(株)",
    "（株）",
    "㈱",
    "㈲",
    "医療法人",
    "社会福祉法人",
    "学校法人",
    "国立大学法人",
    "独立行政法人",
    "一般社団法人",
    "一般財団法人",
    "NPO法人",
    "生活協同組合",
];

/// Returns the employer that a clause names: around a legal form up to the next particle.
pub(super) fn told_employer(clause: &str) -> Option<&str> {
    for word in ["個人事業主", "フリーランス"] {
        if let Some(at) = clause.find(word) {
            return Some(&clause[at..at + word.len()]);
        }
    }
    let is_particle = |character: char| {
        matches!(
            character,
            '\u{3041}'
                ..='\u{3096}'
                    | '\u{3000}'
                    | '…'
                    | '、'
                    | '，'
                    | '（'
                    | '('
                    | '「'
                    | '」'
                    | '）'
                    | ')'
                    | '。'
        )
    };
    if let Some(name) = academic_employer(clause) {
        return Some(name);
    }
    for form in FORMS {
        let Some(at) = clause.find(form) else {
            continue;
        };
        let behind = at + form.len();
        let len = clause[behind..]
            .find(is_particle)
            .unwrap_or(clause.len() - behind);
        if !clause[behind..behind + len].trim().is_empty() {
            return Some(clause[at..behind + len].trim());
        }
        let from = clause[..at].rfind(is_particle).map_or(0, |before| {
            before + clause[before..].chars().next().map_or(1, char::len_utf8)
        });
        return Some(clause[from..behind].trim());
    }
    None
}

/// Returns the school that a clause says somebody taught or did research at: 「東琴大学の特任助教」.
fn academic_employer(clause: &str) -> Option<&str> {
    const POSTS: [&str; 8] = [
        "の特任助教",
        "の助教",
        "の助手",
        "の講師",
        "の特任研究員",
        "の研究員",
        "の准教授",
        "の教授",
    ];
    let end = POSTS.iter().find_map(|post| clause.find(post))?;
    let name = clause[..end]
        .rsplit(|sign: char| ('ぁ'..='ん').contains(&sign) || "、，。（(".contains(sign))
        .next()?;
    let is_school = ["大学", "大学院", "研究所", "高専"]
        .iter()
        .any(|end| name.ends_with(end));
    (is_school && name.chars().count() >= 4).then_some(name)
}
