//! Which part of a résumé a heading opens.

mod words;

use shokureki_index::analysis::{WordList, WordMap};
use shokureki_index::words;
use std::sync::LazyLock;

use super::bracket::without_brackets;
use super::facts::{Signs, parts};
use super::job::ends_in_deed;
use super::letters::compact;
use words::WORDS;

/// A part of a résumé.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Section {
    /// Before any heading, or under one that says nothing.
    Unknown,
    /// 職務経歴.
    Career,
    /// プロジェクト.
    Projects,
    /// 職務要約, 概要.
    Summary,
    /// スキル.
    Skills,
    /// 資格.
    Certifications,
    /// 学歴.
    Education,
    /// 個人データ, プロフィール, リンク.
    Identity,
    /// 自己PR, 強み.
    Appraisal,
    /// 個人開発, 趣味, 登壇, OSS.
    Personal,
    /// この先やってみたいこと, 興味, 学習中.
    Wishes,
    /// 目次, 参考文献 and other parts without experience.
    Other,
}

/// Titles of the whole document rather than of a part.
const DOCUMENT_TITLES: &[&str] = &[
    "職務経歴書",
    "業務経歴書",
    "経歴書",
    "履歴書",
    "スキルシート",
    "resume",
    "résumé",
    "cv",
    "curriculumvitae",
    "職務履歴書",
];

/// Returns the section that a heading titled `title` opens, if its title or one part of it tells:
/// 「職務経歴」, 「Appointments / 職歴」.
pub(super) fn section_of(title: &str) -> Option<Section> {
    section_of_whole(title).or_else(|| {
        let parts = parts(title, Signs::Title);
        (parts.len() == 2)
            .then(|| {
                parts
                    .into_iter()
                    .find_map(|part| section_of_part(&title[part]))
            })
            .flatten()
            .or_else(|| section_of_list(title))
    })
}

/// Returns the section that one of several short words tells: 「話したこと・書いたこと・もらったもの」.
fn section_of_list(title: &str) -> Option<Section> {
    let words: Vec<&str> = title.split(['・', '/', '／', '、', '&', '＆']).collect();
    let is_list = words.len() >= 2 && words.iter().all(|word| word.chars().count() <= 10);
    is_list
        .then(|| words.iter().find_map(|word| section_of_part(word.trim())))
        .flatten()
}

/// Returns whether a title is a section's name and nothing else: 「スキル」, 「主な実績」.
pub(super) fn is_section_name(title: &str) -> bool {
    let folded = folded(title);
    section_named(&folded).is_some()
}

/// Returns the section that a title names by one or more words that say nothing else: 「個人開発・登壇」.
pub(super) fn section_of_words(title: &str) -> Option<Section> {
    section_of_part(title.trim()).or_else(|| section_of_list(title))
}

/// Returns the section that a part of a title names, where it says nothing else.
fn section_of_part(part: &str) -> Option<Section> {
    let folded = folded(part);
    section_named(&folded).filter(|_| part.chars().count() >= 2)
}

/// Returns the section whose name is all of a folded title, but for a word in front.
fn section_named(folded: &str) -> Option<Section> {
    let bare = strip_leading(folded);
    [folded, bare]
        .iter()
        .filter_map(|title| {
            BY_WORD
                .beginning(title.chars().next()?)
                .find(|(word, _)| word == title)
        })
        .map(|(_, part)| *part)
        .min()
        .map(|part| WORDS[part].0)
}

/// The places in [`WORDS`] of the sections by their words.
static BY_WORD: LazyLock<WordMap<usize>> = LazyLock::new(|| {
    let lists = WORDS.iter().enumerate();
    WordMap::new(lists.flat_map(|(part, (_, words))| words.iter().map(move |word| (word, part))))
});

/// Returns the section that a title as a whole tells.
fn section_of_whole(title: &str) -> Option<Section> {
    let folded = folded(title);
    if folded.is_empty() || is_document_title_folded(&folded) || folded.chars().count() > 40 {
        return None;
    }
    let outside = without_brackets(title);
    let outside = outside.trim();
    if names_office(outside) || names_person(outside) || folded.contains("個人事業") {
        return None;
    }
    // 「学歴・職歴」: what it holds tells one from the other by itself.
    if folded.contains("学歴") && folded.contains("職歴") {
        return Some(Section::Career);
    }
    if folded == "詳細" {
        return Some(Section::Career);
    }
    // 「tomobi（副業）」 is a job.
    if ["副業", "副業歴", "副業経験", "副業の経歴", "複業"].contains(&folded.as_str())
    {
        return Some(Section::Projects);
    }
    // 「研究・職務の経歴」
    let is_of_work = folded.ends_with("経歴") && folded.contains("職務")
        || words!["職歴", "研究歴", "研究経歴", "教育研究歴"].end(&folded);
    if is_of_work || words!["職務経歴", "業務経歴", "実務経歴", "職歴", "経歴"].begin(&folded)
    {
        let is_summary = words!["要約", "概要", "サマリ"].is_in(&folded);
        return Some(if is_summary {
            Section::Summary
        } else {
            Section::Career
        });
    }
    // 「その他の活動・社内貢献」 is work beside the projects of a job.
    let is_beside_job =
        folded.contains("社内") && words!["活動", "貢献", "取組", "取り組み"].is_in(&folded);
    if is_beside_job && !words!["社外", "個人", "登壇", "OSS", "oss"].is_in(&folded) {
        return Some(Section::Projects);
    }
    if folded.contains("生活環境") {
        return Some(Section::Other);
    }
    if let Some(section) = section_named(&folded) {
        return Some(section);
    }
    if names_engagements(outside) {
        return Some(Section::Projects);
    }
    // 「仕事の頼み方」「レビューの進め方」
    let is_manner = outside.ends_with("仕方")
        || outside
            .strip_suffix('方')
            .is_some_and(|manner| manner.ends_with(|sign| ('ぁ'..='ん').contains(&sign)));
    if is_manner {
        return Some(Section::Appraisal);
    }
    // 「車載向けテストツール」 was made, and 「CI環境の整備」 was done.
    let is_made = || words!["システム", "サービス", "サイト", "アプリ"].end(&folded);
    let is_trial = words!["技術検証", "技術調査", "技術支援"].is_in(&folded);
    if is_trial
        || folded.contains("向け")
        || folded.contains('の') && (ends_in_deed(&folded) || is_made())
    {
        return None;
    }
    let count = folded.chars().count();
    BY_WORD
        .places_in(&folded)
        .filter(|(at, word, part)| {
            let is_edge = *at == 0 || at + word.len() == folded.len();
            let is_most = count <= word.chars().count() + MAX_MORE_CHARS;
            is_substantial(word)
                && match WORDS[**part].0 {
                    Section::Wishes => true,
                    Section::Career => is_edge && is_most,
                    _ => is_most,
                }
        })
        .map(|(_, _, part)| *part)
        .min()
        .map(|part| WORDS[part].0)
}

/// Characters that a title may have beside the word that tells its section.
const MAX_MORE_CHARS: usize = 10;

/// Returns whether a title without its brackets stands for what somebody is or was engaged in, which goes
/// on or is over: 「いま参画しているもの」, 「終わった契約」, 「過去のご支援先」.
fn names_engagements(outside: &str) -> bool {
    const KINDS: &WordList = words![
        "もの",
        "契約",
        "参画先",
        "支援先",
        "常駐先",
        "契約先",
        "お取引先",
        "お客様",
        "お客さま",
        "クライアント",
        "顧客",
        "現場",
        "お手伝い先",
    ];
    const STATES: &WordList = words![
        "参画",
        "担当して",
        "担当した",
        "関わって",
        "携わって",
        "携わった",
        "手がけた",
        "手掛けた",
        "請けて",
        "受けて",
        "お手伝い",
        "稼働",
        "進行中",
        "動いている",
        "続いている",
        "続けている",
        "継続",
        "いまの",
        "今の",
        "現在の",
        "現在",
        "終わった",
        "終了",
        "完了",
        "過去の",
        "これまでの",
        "以前の",
        "満了",
    ];
    outside.chars().count() <= MAX_ENGAGEMENT_CHARS && KINDS.end(outside) && STATES.is_in(outside)
}

/// Characters of a title that stands for what somebody is engaged in.
const MAX_ENGAGEMENT_CHARS: usize = 16;

/// Returns whether a title without its brackets is the name of an office: 「イノマタ技術事務所」.
fn names_office(outside: &str) -> bool {
    words![
        "事務所",
        "研究所",
        "製作所",
        "工房",
        "商店",
        "工業",
        "銀行",
        "病院",
    ]
    .end(outside)
}

/// Returns whether a title without its brackets says what somebody is (技術顧問, 開発リーダー) rather than names a part.
fn names_person(outside: &str) -> bool {
    words![
        "顧問",
        "エンジニア",
        "リーダー",
        "マネージャー",
        "プログラマー",
        "プログラマ",
        "オペレーター",
        "アーキテクト",
    ]
    .end(outside)
}

/// Short Latin words and short ones in hiragana count only as the whole title.
fn is_substantial(word: &str) -> bool {
    let is_kana = || {
        word.chars()
            .all(|character| ('ぁ'..='ん').contains(&character))
    };
    match word.is_ascii() {
        true => word.len() >= 5,
        false => !is_kana() || word.chars().count() >= 3,
    }
}

fn strip_leading(folded: &str) -> &str {
    ["主な", "その他の", "保有", "所有", "取得"]
        .iter()
        .find_map(|lead| folded.strip_prefix(lead))
        .unwrap_or(folded)
}

/// Returns whether a heading titles the whole document.
pub(super) fn is_document_title(title: &str) -> bool {
    is_document_title_folded(&folded(title))
}

fn is_document_title_folded(folded: &str) -> bool {
    DOCUMENT_TITLES.contains(&folded)
        || (words!["経歴書", "履歴書"].is_in(folded) && folded.chars().count() < 24)
        || (folded.starts_with("スキルシート") && folded.chars().count() < 16)
        || folded == "resume職務経歴書"
        // 「履歴（研究・実務）　山田 花子」
        || (folded.starts_with("履歴") && (4..24).contains(&folded.chars().count()))
}

/// Folds a title: case, width, blanks, numbers in front, signs.
fn folded(title: &str) -> String {
    let folded = compact(title.chars().map(|character| match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        _ => character,
    }));
    let folded = folded.trim_start_matches(|character: char| character.is_numeric());
    folded
        .strip_prefix('第')
        .and_then(|rest| rest.split_once('章'))
        .map_or(folded, |(_, rest)| rest)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: Option<Section>) {
        assert_eq!(section_of(title), expected, "{title}");
    }

    #[test]
    fn titles_tell_their_sections() {
        check("職務経歴", Some(Section::Career));
        check("■ 職務経歴概要", Some(Section::Summary));
        check("職務経歴<これまで>", Some(Section::Career));
        check("職歴など", Some(Section::Career));
        check("Experiences (職歴)", Some(Section::Career));
        check("5. 職歴詳細", Some(Section::Career));
        check("プロジェクト・ソフトウェア開発", Some(Section::Projects));
        check("プログラミングスキル", Some(Section::Skills));
        check("利用技術/スキル", Some(Section::Skills));
        check("資格など", Some(Section::Certifications));
        check("保有資格", Some(Section::Certifications));
        check("学歴", Some(Section::Education));
        check("個人データ", Some(Section::Identity));
        check(
            "この先やってみたいこと・興味があること",
            Some(Section::Wishes),
        );
        check("OSS活動/個人プロジェクト", Some(Section::Personal));
        check("自己PR", Some(Section::Appraisal));
        check("職務経歴書", None);
        check("株式会社ヒナタ意匠", None);
    }
}
