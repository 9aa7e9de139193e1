//! Which part of a résumé a heading opens.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

use super::bracket::without_brackets;
use super::facts::{Signs, parts};
use super::job::ends_in_deed;

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

/// Words by section; the first section with a word that the title holds is it.
const WORDS: &[(Section, &WordList)] = &[
    (
        Section::Other,
        words![
            "目次",
            "もくじ",
            "index",
            "記載内容",
            "tableofcontents",
            "toc",
            "contents",
            "参考にした論文",
            "参考文献",
            "転職検討理由",
            "転職理由",
            "受賞",
            "表彰",
            "awards",
            "事業内容",
        ],
    ),
    (
        Section::Wishes,
        words![
            "やってみたい",
            "やりたい",
            "興味",
            "今後",
            "これから",
            "目標",
            "学習中",
            "勉強中",
            "希望",
            "志望",
            "キャリアプラン",
            "将来",
            "キャッチアップ中",
            "伸ばしたい",
            "挑戦したい",
            "習得したい",
            "learning",
            "interests",
            "wantto",
            "勉強して",
            "注目している",
            "気になる",
            "やらないこと",
            "やっていないこと",
            "やったことがない",
            "やったことのない",
            "未経験",
            "経験のない",
            "経験がない",
            "触っていない",
            "使っていない",
            "触ったことがない",
            "知らないこと",
        ],
    ),
    (
        Section::Certifications,
        words![
            "資格",
            "免許",
            "認定",
            "certif",
            "qualification",
            "license",
            "検定",
        ],
    ),
    (
        Section::Education,
        words![
            "学歴",
            "education",
            "最終学歴",
            "卒業",
            "学位",
            "学校",
            "まなび",
            "出身校",
            "学んだところ",
        ],
    ),
    (
        Section::Personal,
        words![
            "個人開発",
            "趣味",
            "個人活動",
            "個人プロジェクト",
            "個人での開発",
            "個人制作",
            "プライベート",
            "登壇",
            "発表",
            "執筆",
            "寄稿",
            "oss",
            "アウトプット",
            "outputs",
            "output",
            "制作物",
            "作品",
            "ポートフォリオ",
            "portfolio",
            "業務外",
            "職務外",
            "課外",
            "コミュニティ",
            "personalproject",
            "sideproject",
            "hobby",
            "hobbies",
            "publication",
            "talk",
            "presentation",
            "副業・個人",
            "研究",
            "論文",
            "競技会",
            "ハッカソン",
            "ブログ",
            "publicationsandtalks",
            "自主制作",
            "自作",
            "副業外",
            "対外活動",
            "社外活動",
            "その他の活動",
            "その他活動",
            "活動",
            "個人的",
            "仕事以外",
            "handson",
            "volunteer",
            "発信",
            "関連記事",
            "記事",
            "メディア",
            "話した",
            "話したこと",
            "書いた",
            "書いたこと",
            "もらったもの",
            "書いたもの",
            "登壇したもの",
            "家でやっている",
            "家で作った",
            "いえ",
            "そと",
            "社外",
            "教えたこと",
            "手遊び",
            "遊び",
        ],
    ),
    (
        Section::Appraisal,
        words![
            "自己pr",
            "自己紹介",
            "アピール",
            "強み",
            "スタンス",
            "活かせる",
            "得意",
            "自己分析",
            "志向",
            "価値観",
            "aboutme",
            "活かせる経験",
            "領域",
            "わたしについて",
            "私について",
            "性格",
            "長所",
            "働き方",
            "マインド",
            "大切にしている",
            "pr",
            "about",
            "特徴",
            "できること",
        ],
    ),
    (
        Section::Identity,
        words![
            "個人データ",
            "基本情報",
            "プロフィール",
            "連絡先",
            "個人情報",
            "profile",
            "contact",
            "sns",
            "リンク",
            "links",
            "link",
            "氏名",
            "アカウント",
            "basics",
            "name",
            "accounts",
            "本人",
            "personal",
            "自己情報",
        ],
    ),
    (
        Section::Summary,
        words![
            "職務要約",
            "要約",
            "経歴概要",
            "職歴サマリ",
            "サマリ",
            "経歴要約",
            "summary",
            "概要",
            "キャリアサマリ",
            "ハイライト",
            "overview",
            "概略",
        ],
    ),
    (
        Section::Skills,
        words![
            "スキル",
            "skill",
            "利用技術",
            "使用技術",
            "技術スタック",
            "テクニカル",
            "得意技術",
            "経験技術",
            "技術",
            "言語",
            "ツール",
            "technologies",
            "techstack",
            "環境",
            "フレームワーク",
            "使用経験",
            "資質",
            "道具",
            "道具箱",
            "使えるもの",
            "使うもの",
            "扱えるもの",
            "手札",
            "武器",
            "dns",
            "web-backend",
        ],
    ),
    (
        Section::Projects,
        words![
            "プロジェクト",
            "案件",
            "開発経験",
            "開発実績",
            "関わった開発",
            "project",
            "開発経歴",
            "主な開発",
            "プロダクト",
            "やってきたこと",
            "やったこと",
            "関わったもの",
            "担当したもの",
            "業務実績",
            "業務一覧",
            "担当業務",
            "実績",
        ],
    ),
    (
        Section::Career,
        words![
            "職務経歴",
            "職歴",
            "業務経歴",
            "経歴",
            "experience",
            "career",
            "workhistory",
            "work",
            "employment",
            "キャリア",
            "仕事",
            "職務詳細",
            "業務経験",
            "職務",
            "history",
            "勤務",
            "勤務先",
            "実務",
            "しごと",
            "お仕事",
            "在籍",
            "在籍企業",
            "所属企業",
            "所属",
            "いた会社",
            "働いた会社",
            "会社",
            "勤めた会社",
            "業務履歴",
            "略歴",
            "キャリアパス",
            "professional",
            "positions",
        ],
    ),
];

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

/// Returns the section that a part of a title names, where it says nothing else.
fn section_of_part(part: &str) -> Option<Section> {
    let folded = folded(part);
    section_named(&folded).filter(|_| part.chars().count() >= 2)
}

/// Returns the section whose name is all of a folded title, but for a word in front.
fn section_named(folded: &str) -> Option<Section> {
    let bare = strip_leading(folded);
    WORDS
        .iter()
        .find(|(_, words)| words.has(folded) || words.has(bare))
        .map(|(section, _)| *section)
}

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
    if words!["職務経歴", "職歴", "経歴"].begin(&folded) {
        let is_summary = words!["要約", "概要", "サマリ"].is_in(&folded);
        return Some(if is_summary {
            Section::Summary
        } else {
            Section::Career
        });
    }
    if folded.contains("生活環境") {
        return Some(Section::Other);
    }
    if let Some(section) = section_named(&folded) {
        return Some(section);
    }
    // 「車載向けテストツール」 was made, and 「CI環境の整備」 was done.
    if folded.contains("向け") || folded.contains('の') && ends_in_deed(&folded) {
        return None;
    }
    let count = folded.chars().count();
    WORDS
        .iter()
        .find(|(section, words)| {
            words.places_in(&folded).any(|(at, word)| {
                let is_edge = at == 0 || at + word.len() == folded.len();
                let is_most = count <= word.chars().count() + MAX_MORE_CHARS;
                is_substantial(word)
                    && match section {
                        Section::Wishes => true,
                        Section::Career => is_edge && is_most,
                        _ => is_most,
                    }
            })
        })
        .map(|(section, _)| *section)
}

/// Characters that a title may have beside the word that tells its section.
const MAX_MORE_CHARS: usize = 10;

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
}

/// Folds a title: case, width, blanks, numbers in front, signs.
fn folded(title: &str) -> String {
    let folded: String = title
        .chars()
        .map(|character| match character {
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(character as u32 - 0xFEE0).unwrap_or(character)
            }
            _ => character,
        })
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
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
