//! Which blocks stand under a title of schools or of certificates, whatever makes it a title.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

use super::super::block::{Block, Blocks, Kind};
use super::super::certification::has_certificate_word;
use super::super::evidence::Evidence;
use super::super::letters::{is_alphabetic, is_numeric, push_lower};
use super::super::section::{Section, section_of};

/// What a title lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Listing {
    Schools,
    Certificates,
    /// 「資格・学歴」.
    Both,
    /// 「取得予定の資格」, and titles of other things among these.
    Neither,
}

impl Listing {
    /// Returns whether schools are listed.
    pub(in super::super) fn has_schools(self) -> bool {
        matches!(self, Self::Schools | Self::Both)
    }

    /// Returns whether certificates are listed.
    pub(in super::super) fn has_certificates(self) -> bool {
        matches!(self, Self::Certificates | Self::Both)
    }
}

/// Tells what each block is listed under: a block above it, or a bare title before it.
pub(in super::super) fn listings(blocks: &Blocks, evidence: &Evidence) -> Vec<Option<Listing>> {
    let mut own: Vec<Option<Listing>> = vec![None; blocks.len()];
    // What the last title under each block lists, for the lines behind it.
    let mut current: Vec<Option<Listing>> = vec![None; blocks.len()];
    for at in 1..blocks.len() {
        let block = &blocks[at];
        let parent = block.parent;
        if matches!(evidence.section[at], Section::Projects | Section::Personal) {
            current[parent] = None;
            continue;
        }
        let is_title_kind = matches!(block.kind, Kind::Line | Kind::Item | Kind::Heading);
        let text = block.str();
        if is_title_kind
            && !leads_inside(block)
            && let Some(title) = title_of(text)
        {
            if let Some(listing) = listing_of(title) {
                own[at] = Some(listing);
                current[parent] = Some(listing);
                continue;
            }
            if current[parent].is_none() && own[parent].is_none() {
                continue;
            }
            // 「基本情報技術者」 is no title of 基本情報.
            let is_entry = !evidence.periods[at].is_empty() || has_certificate_word(title);
            if text.starts_with('\\')
                || (section_of(title).is_some() && !is_entry)
                || (matches!(title, "語学" | "その他" | "備考" | "受賞" | "以上")
                    && !(block.kind == Kind::Item && block.end > at + 1)
                    && !is_term(blocks, at))
            {
                // 「職歴」 below 「学歴・職歴」 ends the schools.
                current[parent] = own[parent].map(|_| Listing::Neither);
            }
        }
        let is_new_part = block.kind == Kind::Heading
            && evidence.opens_section[at]
            && own[parent].is_some()
            && !matches!(
                evidence.section[at],
                Section::Certifications | Section::Education | Section::Unknown
            );
        own[at] = if is_new_part {
            None
        } else if block.kind == Kind::Heading {
            own[parent]
        } else {
            current[parent].or(own[parent])
        };
    }
    own
}

/// Returns whether a line is the term of a definition below it, one group of several.
fn is_term(blocks: &Blocks, at: usize) -> bool {
    at + 1 < blocks.len()
        && blocks[at + 1].kind == Kind::Line
        && blocks[at + 1].str().starts_with(": ")
}

/// Returns whether a block only leads to another part of the document, as in a table of contents.
fn leads_inside(block: &Block) -> bool {
    block
        .links
        .iter()
        .any(|link| link.url.starts_with('#') && link.label.len() + 8 >= block.str().len())
}

/// Returns the words of a short text that may be a title.
fn title_of(text: &str) -> Option<&str> {
    let inner = [
        "\\section*{",
        "\\section{",
        "\\subsection{",
        "\\subsection*{",
    ]
    .iter()
    .find_map(|command| text.strip_prefix(command))
    .map(|rest| rest.trim_end_matches('}'));
    let title = inner
        .unwrap_or(text)
        .trim_matches(|character: char| !character.is_alphabetic());
    (!title.is_empty() && title.chars().count() <= 32).then_some(title)
}

/// Words of a title that name schools.
const SCHOOLS: &WordList = words![
    "最終学歴",
    "職業訓練",
    "公共職業訓練",
    "訓練歴",
    "学歴",
    "がくれき",
    "学校歴",
    "学校",
    "学位",
    "学業",
    "学び舎",
    "学び",
    "まなび",
    "学んだ",
    "まなんだ",
    "出身校",
    "卒業校",
    "教育",
    "academicbackground",
    "academichistory",
    "academics",
    "academic",
    "educational",
    "education",
    "schools",
    "school",
    "degrees",
    "degree",
];

/// Words of a title that name certificates.
const CERTIFICATES: &WordList = words![
    "資格",
    "しかく",
    "免許証",
    "免許",
    "免状",
    "検定",
    "認定",
    "ライセンス",
    "certificates",
    "certificate",
    "certifications",
    "certification",
    "certs",
    "cert",
    "licenses",
    "license",
    "licences",
    "licence",
    "qualifications",
    "qualification",
    "credentials",
];

/// Words of a title that name what is no more than hoped for.
const PLANS: &WordList = words![
    "取得予定",
    "受験予定",
    "勉強中",
    "学習中",
    "取得中",
    "挑戦中",
    "目指している",
    "取りたい",
    "取得したい",
    "取得目標",
    "未取得",
];

/// Words that say nothing on what is listed.
const FILLERS: &WordList = words![
    "取得した",
    "取得済みの",
    "取得済み",
    "取得済",
    "取得",
    "保有している",
    "保有する",
    "保有",
    "所有",
    "所持",
    "持っている",
    "持ってる",
    "取った",
    "もっている",
    "その他の",
    "その他",
    "そのほか",
    "ほか",
    "主な",
    "関連",
    "一覧",
    "一欄",
    "リスト",
    "試験",
    "スキル",
    "語学",
    "受賞歴",
    "受賞",
    "表彰",
    "賞罰",
    "賞",
    "国家",
    "民間",
    "公的",
    "有効な",
    "失効した",
    "失効",
    "情報",
    "事項",
    "履歴",
    "歴",
    "欄",
    "など",
    "等",
    "類",
    "だけ",
    "について",
    "関係",
    "のこと",
    "こと",
    "ところ",
    "もの",
    "場所",
    "研修",
    "講習",
    "トレーニング",
    "職歴",
    "背景",
    "バックグラウンド",
    "スコア",
    "awards",
    "award",
    "honors",
    "training",
    "skills",
    "languages",
    "language",
    "my",
    "and",
    "it",
    "background",
    "history",
    "other",
    "others",
    "q",
    "と",
    "や",
    "の",
    "は",
    "を",
    "も",
    "で",
];

/// Returns whether a word of a title of lists may begin as `text` does.
fn may_begin_word(text: &str) -> bool {
    let first = text.chars().next();
    first.is_some_and(|first| {
        [SCHOOLS, CERTIFICATES, PLANS, FILLERS]
            .iter()
            .any(|words| words.may_begin_with(first))
    })
}

fn listing_of(title: &str) -> Option<Listing> {
    let mut folded = String::new();
    for letter in title
        .chars()
        .filter(|letter| is_alphabetic(*letter) && !is_numeric(*letter))
    {
        let is_first = folded.is_empty();
        push_lower(&mut folded, letter);
        // Most titles end here: no word begins like them.
        if is_first && !may_begin_word(&folded) {
            return None;
        }
    }
    let mut rest = folded.as_str();
    let (mut schools, mut certificates, mut plans) = (false, false, false);
    while !rest.is_empty() {
        let longest = |words: &WordList| words.longest_of(rest).map_or(0, str::len);
        let sizes = [
            longest(SCHOOLS),
            longest(CERTIFICATES),
            longest(PLANS),
            longest(FILLERS),
        ];
        let size = sizes.into_iter().max().filter(|size| *size > 0)?;
        schools |= sizes[0] == size;
        certificates |= sizes[1] == size && sizes[0] != size;
        plans |= sizes[2] == size;
        rest = &rest[size..];
    }
    match (schools, certificates, plans) {
        (_, true, true) => Some(Listing::Neither),
        (true, true, _) => Some(Listing::Both),
        (true, false, _) => Some(Listing::Schools),
        (false, true, _) => Some(Listing::Certificates),
        (false, false, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: Option<Listing>) {
        assert_eq!(title_of(title).and_then(listing_of), expected, "{title}");
    }

    #[test]
    fn titles_say_what_they_list() {
        for title in [
            "資格",
            "■ 保有資格",
            "資格・免許など",
            "Q. 資格は？",
            "Licenses & Certificates / 資格",
            "免状",
            "Ⅵ．資格・その他",
            "持っている資格",
        ] {
            check(title, Some(Listing::Certificates));
        }
        for title in [
            "学歴",
            "まなんだところ",
            "School",
            "学歴・学位",
            "Education｜学歴",
        ] {
            check(title, Some(Listing::Schools));
        }
        for title in ["資格と学校のこと", "学校・資格", "学歴／資格"] {
            check(title, Some(Listing::Both));
        }
        check("取得予定の資格", Some(Listing::Neither));
        for title in [
            "資格学校のシステム刷新",
            "資格管理システム",
            "教育担当",
            "検定試験の採点",
            "その他",
        ] {
            check(title, None);
        }
    }
}
