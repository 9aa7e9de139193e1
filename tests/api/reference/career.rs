//! Careers made up at random, as documents.

use std::fmt::Write as _;

use proptest::prelude::*;

/// Names of technologies as documents give them.
pub(crate) const TECHNOLOGIES: [&str; 6] = [
    "Rust",
    "Erlang",
    "AWS",
    "AWS Lambda",
    "Amazon S3",
    "PostgreSQL",
];

/// Employers as documents name them.
pub(crate) const EMPLOYERS: [&str; 4] = [
    "株式会社ドワンゴ",
    "青空商事株式会社",
    "株式会社青空",
    "みなと工房株式会社",
];

pub(crate) const ROLES: [&str; 3] = ["テックリード", "課長", "設計担当"];

/// Lines of prose; each text that is asked for stands in one of them or in none.
pub(crate) const LINES: [&str; 4] = [
    "検索基盤を構築した",
    "課金処理の改善",
    "帳票を出力する画面",
    "監視の自動化",
];

pub(crate) const PLACES: [&str; 3] = ["東京都江東区", "京都府宇治市", "北海道札幌市"];

pub(crate) const CERTIFICATES: [&str; 4] = [
    "基本情報技術者試験",
    "応用情報技術者試験",
    "TOEIC 820点",
    "TOEIC 640点",
];

pub(crate) const SCHOOLS: [&str; 2] = ["苫小牧海洋大学 工学部 卒業", "有明技術高等専門学校 卒業"];

pub(crate) const PEOPLE: [&str; 3] = ["湊 しおん", "榊 るい", "日下部 蓮"];

#[derive(Clone, Debug)]
struct Stay {
    /// First month and length in months.
    months: Option<(i32, i32)>,
    goes_on: bool,
    employer: &'static str,
    works: Vec<Work>,
}

#[derive(Clone, Debug)]
struct Work {
    /// First and last month within the stay, in hundredths of it; inherited where there is none.
    part: Option<(i32, i32)>,
    role: Option<&'static str>,
    technologies: Vec<&'static str>,
    lines: Vec<&'static str>,
}

const AS_OF: i32 = 2024 * 12 + 5;

/// A document that is easy to read.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    let list = |names: &'static [&'static str], range: std::ops::RangeInclusive<usize>| {
        prop::sample::subsequence(names, range)
    };
    let work = (
        prop::option::weighted(0.6, (0..100, 0..100)),
        prop::option::weighted(0.6, prop::sample::select(&ROLES[..])),
        list(&TECHNOLOGIES, 0..=3),
        list(&LINES, 0..=2),
    )
        .prop_map(|(part, role, technologies, lines)| Work {
            part: part.map(|(a, b): (i32, i32)| (a.min(b), a.max(b))),
            role,
            technologies,
            lines,
        });
    let stay = (
        prop::option::weighted(0.9, (2012 * 12..AS_OF, 1..70)),
        prop::bool::weighted(0.3),
        prop::sample::select(&EMPLOYERS[..]),
        prop::collection::vec(work, 0..3),
    )
        .prop_map(|(months, goes_on, employer, works)| Stay {
            months,
            goes_on,
            employer,
            works,
        });
    (
        prop::collection::vec(stay, 1..4),
        list(&TECHNOLOGIES, 0..=2),
        list(&TECHNOLOGIES, 0..=1),
        prop::option::of((prop::sample::select(&TECHNOLOGIES[..]), 1..9)),
        list(&CERTIFICATES, 0..=3),
        (
            prop::sample::select(&PLACES[..]),
            prop::sample::select(&PEOPLE[..]),
        ),
        list(&SCHOOLS, 0..=1),
    )
        .prop_map(
            |(stays, skills, wishes, stated, certificates, person, schools)| {
                let mut text = written(&stays, &skills, &wishes, stated, &certificates, person);
                list_items(&mut text, "## 学歴", &schools);
                text
            },
        )
}

fn written(
    stays: &[Stay],
    skills: &[&str],
    wishes: &[&str],
    stated: Option<(&str, i32)>,
    certificates: &[&str],
    (place, person): (&str, &str),
) -> String {
    let mut text = format!(
        "# 職務経歴書\n\n最終更新日: 2024年6月1日\n\n- 氏名: {person}\n- 現住所: {place}\n\n## 職務経歴\n\n"
    );
    for stay in stays {
        write_stay(&mut text, stay);
    }
    list_items(&mut text, "## スキル", skills);
    if let Some((name, years)) = stated {
        let _ = writeln!(text, "- {name}: {years}年\n");
    }
    list_items(&mut text, "## 資格", certificates);
    let wishes: Vec<String> = wishes
        .iter()
        .map(|name| format!("{name} を学習中"))
        .collect();
    let wishes: Vec<&str> = wishes.iter().map(String::as_str).collect();
    list_items(&mut text, "## この先やってみたいこと", &wishes);
    text
}

fn list_items(text: &mut String, heading: &str, items: &[&str]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(text, "{heading}\n");
    for item in items {
        let _ = writeln!(text, "- {item}");
    }
    text.push('\n');
}

fn write_stay(text: &mut String, stay: &Stay) {
    let month = |ordinal: i32| {
        format!(
            "{}年{}月",
            ordinal.div_euclid(12),
            ordinal.rem_euclid(12) + 1
        )
    };
    let last = |(first, length): (i32, i32)| (first + length - 1).min(AS_OF);
    let period = stay.months.map(|months| match stay.goes_on {
        true => format!("（{} 〜 現在）", month(months.0)),
        false => format!("（{} 〜 {}）", month(months.0), month(last(months))),
    });
    let _ = writeln!(
        text,
        "### {}{}\n",
        stay.employer,
        period.unwrap_or_default()
    );
    for (number, work) in stay.works.iter().enumerate() {
        let part = stay.months.zip(work.part).map(|(months, (from, to))| {
            let end = if stay.goes_on { AS_OF } else { last(months) };
            let at = |hundredth: i32| months.0 + (end - months.0) * hundredth / 100;
            format!("（{} 〜 {}）", month(at(from)), month(at(to)))
        });
        let _ = writeln!(
            text,
            "#### 開発案件その{}{}\n",
            number + 1,
            part.unwrap_or_default()
        );
        if let Some(role) = work.role {
            let _ = writeln!(text, "- 役割: {role}");
        }
        if !work.technologies.is_empty() {
            let _ = writeln!(text, "- 使用技術: {}", work.technologies.join(", "));
        }
        for line in &work.lines {
            let _ = writeln!(text, "- 概要: {line}");
        }
        text.push('\n');
    }
}
