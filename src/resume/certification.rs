//! Certificates: lines of the section that lists them, and rows of its tables.

use shokureki_index::lexicon::Lexicon;

use crate::domain::{Certification, Moment, Span, TechnologyName};

use super::block::{Blocks, Kind};
use super::bracket::without_brackets;
use super::education::listing::{Listing, listings};
use super::education::without_commands;
use super::evidence::{Evidence, title_without};
use super::label::split_label;
use super::section::Section;
use super::text::small;

/// Finds the certificates, in document order.
pub(super) fn read_certifications(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
) -> Vec<Certification> {
    let mut found = Vec::new();
    let listed = listings(blocks, evidence);
    let mut at = 1;
    while at < blocks.len() {
        let block = &blocks[at];
        let is_listed = listed[at].is_some_and(Listing::has_certificates);
        let in_section = evidence.section[at] == Section::Certifications || is_listed;
        let is_labelled = is_labelled(blocks, at);
        if !in_section && !is_labelled {
            at += 1;
            continue;
        }
        match block.kind {
            Kind::Row if in_section => {
                if !block.is_header {
                    row(blocks, evidence, lexicon, at, &mut found);
                }
                at = block.end;
                continue;
            }
            Kind::Row | Kind::Table | Kind::Root => {}
            Kind::Heading if in_section && evidence.opens_section[at] => {
                inline_value(blocks, lexicon, at, &mut found);
            }
            Kind::Cell if !is_labelled => {}
            _ => line(blocks, evidence, lexicon, at, is_labelled, &mut found),
        }
        at += 1;
    }
    found
}

/// Returns whether a block stands beside the label 資格 outside the section.
fn is_labelled(blocks: &Blocks, at: usize) -> bool {
    let block = &blocks[at];
    let names = |text: &str| {
        let text = without_brackets(text);
        matches!(
            text.trim().trim_matches(['【', '】', '*']),
            "資格" | "保有資格" | "取得資格" | "免許・資格" | "資格・免許" | "所有資格" | "資格等"
        )
    };
    if let Some((label, value)) = split_label(block.str())
        && names(label)
        && !block.str()[value..].trim().is_empty()
    {
        return true;
    }
    let beside = |cell: usize| {
        let row = blocks[cell].parent;
        blocks[row].kind == Kind::Row
            && blocks[cell].column > 0
            && blocks
                .children(row)
                .next()
                .is_some_and(|first| first != cell && names(blocks[first].str()))
    };
    match block.kind {
        Kind::Cell => block.column == 1 && beside(at),
        Kind::Line | Kind::Item => {
            let parent = block.parent;
            (blocks[parent].kind == Kind::Cell && blocks[parent].column == 1 && beside(parent))
                || (blocks[parent].kind == Kind::Item && names(blocks[parent].str()))
        }
        _ => false,
    }
}

/// Reads `資格: A、B` in a heading's own line.
fn inline_value(blocks: &Blocks, lexicon: &Lexicon, at: usize, found: &mut Vec<Certification>) {
    let text = blocks[at].str();
    if let Some((_, value)) = split_label(text) {
        add(blocks, lexicon, at, value..text.len(), None, found);
    }
}

/// Reads a line of the section.
fn line(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
    is_labelled: bool,
    found: &mut Vec<Certification>,
) {
    let block = &blocks[at];
    let text = block.str();
    if text.is_empty()
        || text.starts_with("http")
        || text.contains('。') && text.chars().count() > 40
        || is_title(text)
        || names_school_event(text)
    {
        return;
    }
    // A line under a certificate tells more of it; a heading or label above several is a group.
    let parent = block.parent;
    let is_below = blocks[parent].kind == Kind::Item
        && evidence.section[parent] == Section::Certifications
        && found
            .last()
            .is_some_and(|last| last.line == blocks[parent].line);
    if is_below && !has_certificate_word(text, lexicon) {
        return;
    }
    if block.kind == Kind::Heading
        && block.end > at + 1
        && lexicon.certificate(text).is_none()
        && evidence.periods[at].is_empty()
    {
        return;
    }
    if block.kind == Kind::Item && block.end > at + 1 && is_group(blocks, at, lexicon) {
        return;
    }
    let start = match split_label(text) {
        Some((label, value)) if is_labelled && label.contains("資格") => value,
        Some((label, value)) => {
            let rest = text[value..].trim();
            if rest.starts_with("http") {
                return;
            }
            let label_is_date = super::period::find_periods(label)
                .first()
                .is_some_and(|period| title_without(label, &period.range).is_empty());
            if label_is_date { value } else { 0 }
        }
        None => 0,
    };
    let only_links = block.links.iter().any(|link| {
        link.label.len() + 12 >= text.len()
            && super::identity::link_kind(&link.url) == crate::domain::LinkKind::Credential
            && link.label.start > 0
    });
    if only_links {
        return;
    }
    let acquired = evidence.periods[at].first().and_then(|period| {
        period.from.or(match period.to {
            crate::domain::PeriodEnd::At(moment) => Some(moment),
            _ => None,
        })
    });
    add(blocks, lexicon, at, start..text.len(), acquired, found);
}

/// Returns whether a line is the title of the list: 「保有資格」, 「\section{資格}」.
fn is_title(text: &str) -> bool {
    let bare = text.trim_matches(|character: char| !character.is_alphanumeric());
    text.starts_with("\\section")
        || text.starts_with("\\begin")
        || text.starts_with("\\end")
        || text.starts_with('%')
        || text.contains("ListStart")
        || text.contains("ListEnd")
        || matches!(
            bare,
            "資格"
                | "保有資格"
                | "取得資格"
                | "所有資格"
                | "しかく"
                | "資格等"
                | "資格一覧"
                | "cert"
                | "certs"
        )
}

/// 「2012年3月 ○○大学 卒業」 in a list of schools and certificates.
fn names_school_event(text: &str) -> bool {
    ["卒業", "修了", "入学", "中退"]
        .iter()
        .any(|word| text.contains(word))
        && ["大学", "高校", "高等学校", "専門学校", "高専", "学院"]
            .iter()
            .any(|word| text.contains(word))
}

/// Returns whether a text says that there is no certificate: planned, failed, an award, a membership.
fn is_none_held(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "勉強中",
        "学習中",
        "取得予定",
        "受験予定",
        "取得見込",
        "受験中",
        "未取得",
        "不合格",
        "再挑戦",
        "挑戦中",
        "持っていません",
        "ありません",
        "社内検定",
        "社内資格",
        "目指し",
        "取得目標",
        "優勝",
        "入賞",
        "佳作",
        "受賞",
        "最優秀",
        "アワード",
        "会員",
        "準備中",
    ];
    WORDS.iter().any(|word| text.contains(word))
}

/// Returns whether an item is a maker or a group above certificates.
fn is_group(blocks: &Blocks, at: usize, lexicon: &Lexicon) -> bool {
    let children = blocks
        .children(at)
        .filter(|child| !blocks[*child].str().starts_with("http"))
        .filter(|child| has_certificate_word(blocks[*child].str(), lexicon))
        .count();
    children > 0 && !has_certificate_word(blocks[at].str(), lexicon)
}

fn has_certificate_word(text: &str, lexicon: &Lexicon) -> bool {
    const WORDS: [&str; 14] = [
        "技術者",
        "試験",
        "検定",
        "級",
        "認定",
        "免許",
        "Certified",
        "certified",
        "資格",
        "スペシャリスト",
        "士",
        "Certification",
        "Associate",
        "Professional",
    ];
    lexicon.certificate(text).is_some() || WORDS.iter().any(|word| text.contains(word))
}

/// Reads a row of a table of certificates.
fn row(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    row: usize,
    found: &mut Vec<Certification>,
) {
    let cells: Vec<usize> = blocks.children(row).take(12).collect();
    let mut acquired: Option<Moment> = None;
    for cell in &cells {
        if acquired.is_none()
            && let Some(period) = evidence.periods[*cell].first()
            && evidence.is_period_only(blocks, *cell)
        {
            acquired = period.from;
            if period.is_stretch() && period.to == crate::domain::PeriodEnd::Unstated {
                // 「2017年〜 学会 会員」 is a membership.
                return;
            }
        }
    }
    if cells.iter().any(|cell| is_none_held(blocks[*cell].str())) {
        return;
    }
    let named = cells
        .iter()
        .copied()
        .filter(|cell| !evidence.is_period_only(blocks, *cell) && !blocks[*cell].str().is_empty())
        .max_by_key(|cell| {
            (
                has_certificate_word(blocks[*cell].str(), lexicon),
                std::cmp::Reverse(*cell),
            )
        });
    let Some(cell) = named else { return };
    let len = blocks[cell].str().len();
    if len == 0 {
        return;
    }
    add(blocks, lexicon, cell, 0..len, acquired, found);
}

/// Adds the certificates of a text, split at 、 where it lists several.
fn add(
    blocks: &Blocks,
    lexicon: &Lexicon,
    at: usize,
    range: std::ops::Range<usize>,
    acquired: Option<Moment>,
    found: &mut Vec<Certification>,
) {
    let block = &blocks[at];
    let text = &block.str()[range.clone()];
    let parts: Vec<&str> = if text.matches(['、', ',']).count() > 0
        && text
            .split(['、', ','])
            .filter(|part| has_certificate_word(part, lexicon))
            .count()
            >= 2
    {
        text.split(['、', ',']).collect()
    } else {
        vec![text]
    };
    for part in parts {
        let offset = part.as_ptr() as usize - block.str().as_ptr() as usize;
        let name = certificate_name(part);
        if name.chars().count() < 2
            || matches!(
                name.as_str(),
                "なし" | "特になし" | "無し" | "資格名" | "取得中" | "名称" | "etc" | "など"
            )
        {
            continue;
        }
        // 「2023年取得予定 2024年3月」: planned once, held since.
        let was_planned = part.contains("取得予定") && super::period::find_periods(part).len() >= 2;
        if is_none_held(part) && !was_planned {
            continue;
        }
        let source = block.text.source(offset..offset + part.len());
        let technology = lexicon
            .certificate(part)
            .and_then(|certificate| certificate.technology.as_deref())
            .and_then(|key| lexicon.technology(key))
            .map(|technology| TechnologyName {
                key: technology.key.clone(),
                name: technology.name.clone(),
                is_listed: true,
            });
        found.push(Certification {
            name,
            acquired,
            technology,
            line: block.line,
            span: Span {
                start: small(source.start),
                end: small(source.end),
            },
        });
    }
}

/// Returns a certificate's name: without its date and 合格, 取得.
fn certificate_name(text: &str) -> String {
    let mut name = without_commands(text.trim());
    for planned in ["取得予定", "登録", "name:"] {
        if planned == "取得予定" || name.starts_with(planned) {
            name = name.replace(planned, " ").trim().to_owned();
        }
    }
    for _ in 0..3 {
        let Some(period) = super::period::find_periods(&name)
            .into_iter()
            .find(|period| {
                period.shape != super::period::PeriodShape::BareYear || {
                    let bare = title_without(&name, &period.range);
                    bare.len() + period.range.len() < name.len() || period.range.start == 0
                }
            })
        else {
            break;
        };
        name = title_without(&name, &period.range);
    }
    name = name.replace("()", "").replace("（）", "");
    loop {
        let trimmed = name.trim_matches([
            ' ', '　', '-', ':', '：', ',', '、', '・', '–', '?', '？', '/',
        ]);
        let shorter = [
            "合格",
            "取得",
            "修了",
            "登録",
            "認定取得",
            "に合格",
            "を取得",
            "取得済み",
            "取得済",
            "有効",
            "失効",
            "保有",
        ]
        .iter()
        .find_map(|end| trimmed.strip_suffix(end))
        .filter(|rest| {
            !rest.is_empty()
                && rest.ends_with([
                    ' ', '　', ')', '）', '級', '者', '験', '士', '許', 'ト', 'を', '種',
                ])
        })
        .unwrap_or(trimmed);
        let shorter = strip_remark(shorter);
        if shorter.len() == name.len() {
            return name;
        }
        name = shorter.to_owned();
    }
}

/// Takes a remark in brackets off the end: 「(期限の講習はまだ)」, 「（合格）」.
fn strip_remark(name: &str) -> &str {
    let Some(open) = name.rfind(['(', '（']) else {
        return name;
    };
    let inside = name[open..].trim_matches(['(', '（', ')', '）', ' ']);
    let is_remark = name.ends_with([')', '）'])
        && ([
            "取得",
            "合格",
            "まだ",
            "失効",
            "更新",
            "有効",
            "認定番号",
            "現在",
            "済",
        ]
        .iter()
        .any(|word| inside.contains(word))
            || inside.is_empty());
    if is_remark {
        name[..open].trim_end()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(certificate_name(text), expected, "{text}");
    }

    #[test]
    fn names_stand_without_dates_and_remarks() {
        check("基本情報技術者試験 合格（2008年5月）", "基本情報技術者試験");
        check("2021/12 応用情報技術者試験 合格", "応用情報技術者試験");
        check(
            "ウェブデザイン技能検定2級（2018.3）",
            "ウェブデザイン技能検定2級",
        );
        check("TOEIC 850点 (2019)", "TOEIC 850点");
        check(
            "普通自動車第一種運転免許 2008年3月 取得",
            "普通自動車第一種運転免許",
        );
    }

    #[test]
    fn plans_awards_and_memberships_are_no_certificates() {
        for text in [
            "応用情報技術者（2030年取得予定）",
            "情報処理学会 会員",
            "社内ハッカソン 優勝",
            "（未取得）データベーススペシャリスト",
            "SAP認定コンサルタント は持っていません",
        ] {
            assert!(is_none_held(text), "{text}");
        }
    }
}
