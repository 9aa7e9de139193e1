//! Where a person is reached: mail addresses, telephone numbers, places, links.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::ops::Range;

use crate::domain::{Identity, Link, LinkKind};

use super::super::block::Block;
use super::super::label::split_label;
use super::field::{PersonField, person_field, trimmed};
use super::kana::is_kanji;

/// Links that one résumé keeps.
const MAX_LINKS: usize = 200;

/// Adds the mail addresses in `text`.
pub(super) fn add_emails(identity: &mut Identity, text: &str) {
    if !text.contains(['@', '＠']) {
        return;
    }
    let text = text.replace('＠', "@");
    for word in text.split(|character: char| {
        !character.is_ascii_graphic() || "<>()|,[]\"'{};".contains(character)
    }) {
        let word = word.strip_prefix("mailto:").unwrap_or(word);
        let word = word.rsplit(':').next().unwrap_or(word);
        if is_email(word) && !identity.emails.iter().any(|email| email == word) {
            identity.emails.push(word.to_owned());
        }
    }
}

fn is_email(word: &str) -> bool {
    let Some((user, host)) = word.split_once('@') else {
        return false;
    };
    !user.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains('@')
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

/// Adds the telephone numbers in `text`: ten or eleven digits from 0, or from +, with signs between.
pub(super) fn add_phones(identity: &mut Identity, text: &str) {
    let is_part = |character: char| matches!(character, '0'..='9' | '０'..='９' | '-' | '－' | '‐' | '−' | '–' | '+' | '＋' | '(' | ')' | '（' | '）' | ' ');
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), '\n')]) {
        if is_part(character) {
            start = start.or(Some(at));
            continue;
        }
        let Some(from) = start.take() else { continue };
        let is_word = text[..from].ends_with(|before: char| before.is_ascii_alphanumeric())
            || character.is_ascii_alphanumeric();
        let number = text[from..at].trim().trim_matches(['-', '（', '）', ' ']);
        if !is_word && is_phone(number) && !identity.phones.iter().any(|phone| phone == number) {
            identity.phones.push(number.to_owned());
        }
    }
}

fn is_phone(number: &str) -> bool {
    let digits = number
        .chars()
        .filter(|character| character.is_numeric())
        .count();
    let has_sign = number
        .chars()
        .any(|character| !character.is_numeric() && character != ' ');
    let is_domestic = number.starts_with(['0', '０']) || number.starts_with("(0");
    match digits {
        10 | 11 if is_domestic => has_sign || number.starts_with("0") && digits == 11,
        11..=13 => number.starts_with(['+', '＋']),
        _ => false,
    }
}

/// Returns the place in a labelled value: without remarks on remote work and stations.
pub(super) fn place(text: &str, range: Range<usize>) -> Range<usize> {
    let value = &text[range.clone()];
    let remark = value
        .match_indices(['(', '（'])
        .map(|(at, _)| at)
        .find(|at| {
            let inside = &value[*at..];
            let inside = &inside[..inside.find([')', '）']).unwrap_or(inside.len())];
            words![
                "リモート",
                "勤務",
                "在宅",
                "希望",
                "可",
                "駅",
                "徒歩",
                "通勤",
                "最寄",
                "フル",
                "出社",
                "転居",
                "引越",
                "remote",
                "Remote",
            ]
            .is_in(inside)
        });
    let end = remark.map_or(range.end, |at| range.start + at);
    let value = &text[range.start..end];
    let end = [" / ", "／", "|", "｜", "。", "、最寄", "　最寄"]
        .iter()
        .filter_map(|sign| value.find(sign))
        .min()
        .map_or(end, |at| range.start + at);
    let kept = trimmed(text, range.start..end);
    let value = &text[kept.clone()];
    let shorter = ["に在住", "在住", "居住", "にお住まい"]
        .iter()
        .find_map(|word| value.strip_suffix(word))
        .unwrap_or(value)
        .trim_end();
    kept.start..kept.start + shorter.len()
}

const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// Returns whether a part of a line is an address by itself: a prefecture and what is in it.
pub(super) fn is_address(text: &str) -> bool {
    const OTHERS: &WordList = words![
        "会社",
        "大学",
        "高校",
        "学校",
        "事業",
        "出身",
        "勤務",
        "システム",
        "本社",
        "センター",
        "生まれ",
        "。",
    ];
    if OTHERS.is_in(text) || text.chars().count() > 40 {
        return false;
    }
    if let Some(rest) = PREFECTURES
        .iter()
        .find_map(|prefecture| text.strip_prefix(prefecture))
    {
        let rest = rest.trim();
        return rest.is_empty()
            || rest.ends_with(['市', '区', '町', '村', '郡'])
            || rest.contains(['市', '区', '町', '村', '郡']) && !rest.contains(['、', '・']);
    }
    is_latin_address(text)
}

/// 「Sendai, Japan」, 「Yokohama, Kanagawa」.
fn is_latin_address(text: &str) -> bool {
    const REGIONS: [&str; 48] = [
        "japan",
        "hokkaido",
        "aomori",
        "iwate",
        "miyagi",
        "akita",
        "yamagata",
        "fukushima",
        "ibaraki",
        "tochigi",
        "gunma",
        "saitama",
        "chiba",
        "tokyo",
        "kanagawa",
        "niigata",
        "toyama",
        "ishikawa",
        "fukui",
        "yamanashi",
        "nagano",
        "gifu",
        "shizuoka",
        "aichi",
        "mie",
        "shiga",
        "kyoto",
        "osaka",
        "hyogo",
        "nara",
        "wakayama",
        "tottori",
        "shimane",
        "okayama",
        "hiroshima",
        "yamaguchi",
        "tokushima",
        "kagawa",
        "ehime",
        "kochi",
        "fukuoka",
        "saga",
        "nagasaki",
        "kumamoto",
        "oita",
        "miyazaki",
        "kagoshima",
        "okinawa",
    ];
    let plain = text.split(['(', '（']).next().unwrap_or(text).trim();
    let parts: Vec<&str> = plain.split(',').map(str::trim).collect();
    let [city, .., region] = parts.as_slice() else {
        return false;
    };
    city.chars().next().is_some_and(char::is_uppercase)
        && parts.len() <= 3
        && plain
            .chars()
            .all(|character| character.is_ascii_alphabetic() || " ,-".contains(character))
        && REGIONS.contains(&region.to_ascii_lowercase().as_str())
}

/// Adds the links of a block that is the person's own.
///
/// `is_own` says that the block stands where the person is described; elsewhere only labelled links
/// and profiles of known hosts count.
pub(super) fn add_links(identity: &mut Identity, block: &Block, is_own: bool) {
    let text = block.str();
    let label = split_label(text).map(|(label, _)| label.trim());
    let is_labelled = label.is_some_and(|label| person_field(label) == Some(PersonField::Link));
    for link in &block.links {
        let shown = text
            .get(link.label.clone())
            .map(str::trim)
            .filter(|shown| !shown.is_empty());
        let names_link = shown.is_some_and(|shown| person_field(shown) == Some(PersonField::Link));
        if link.url.starts_with("http")
            && (is_own || is_labelled || names_link || is_profile(&link.url))
        {
            let shown = shown.filter(|shown| !shown.starts_with("http"));
            add_link(identity, shown.or(label), &link.url);
        }
    }
    if !block.links.is_empty() {
        return;
    }
    for (at, _) in text.match_indices("http") {
        let url: &str = &text[at..];
        let len = url
            .find(|character: char| {
                !character.is_ascii_graphic() || "<>()|\"'`".contains(character)
            })
            .unwrap_or(url.len());
        let url = url[..len].trim_end_matches(['.', ',']);
        let is_address = url.starts_with("https://") || url.starts_with("http://");
        if is_address && (is_own || is_labelled || is_profile(url)) {
            let label = label.filter(|_| text[..at].matches("http").count() == 0);
            add_link(identity, label, url);
        }
    }
}

/// Adds a link once.
pub(super) fn add_link(identity: &mut Identity, label: Option<&str>, url: &str) {
    let is_image =
        words![".svg", ".png", ".jpg", ".gif"].end(url) || url.contains("img.shields.io");
    if url.len() < 10
        || is_image
        || identity.links.len() >= MAX_LINKS
        || identity.links.iter().any(|link| link.url == url)
    {
        return;
    }
    let kind = match (link_kind(url), label) {
        (LinkKind::Other, Some(label)) => kind_of_label(label),
        (kind, _) => kind,
    };
    identity.links.push(Link {
        kind,
        label: label.map(|label| label.trim().to_owned()),
        url: url.to_owned(),
    });
}

/// Returns whether an address is an account's page on a known host rather than a thing on it.
fn is_profile(url: &str) -> bool {
    let path = url
        .split_once("://")
        .map_or("", |(_, rest)| rest)
        .split_once('/')
        .map_or("", |(_, path)| path);
    let depth = path
        .split('/')
        .filter(|part| !part.is_empty() && *part != "in" && *part != "id")
        .count();
    let is_known = matches!(
        link_kind(url),
        LinkKind::Code | LinkKind::Social | LinkKind::Blog | LinkKind::Slides
    );
    is_known && depth <= 1
}

/// Tells what an address leads to by its host.
pub(in super::super) fn link_kind(url: &str) -> LinkKind {
    const HOSTS: [(&str, LinkKind); 34] = [
        ("github.", LinkKind::Code),
        ("gitlab.", LinkKind::Code),
        ("bitbucket.", LinkKind::Code),
        ("twitter.", LinkKind::Social),
        ("facebook.", LinkKind::Social),
        ("linkedin.", LinkKind::Social),
        ("wantedly.", LinkKind::Social),
        ("bsky.", LinkKind::Social),
        ("mastodon", LinkKind::Social),
        ("mstdn.", LinkKind::Social),
        ("misskey.", LinkKind::Social),
        ("threads.", LinkKind::Social),
        ("instagram.", LinkKind::Social),
        ("youtrust.", LinkKind::Social),
        ("connpass.", LinkKind::Social),
        ("credly.", LinkKind::Credential),
        ("youracclaim.", LinkKind::Credential),
        ("openbadge", LinkKind::Credential),
        ("credential", LinkKind::Credential),
        ("badgr.", LinkKind::Credential),
        ("qiita.", LinkKind::Blog),
        ("zenn.", LinkKind::Blog),
        ("note.com", LinkKind::Blog),
        ("hatenablog", LinkKind::Blog),
        ("hatenadiary", LinkKind::Blog),
        ("hateblo.", LinkKind::Blog),
        ("medium.", LinkKind::Blog),
        ("dev.to", LinkKind::Blog),
        ("scrapbox.", LinkKind::Blog),
        ("blog", LinkKind::Blog),
        ("speakerdeck.", LinkKind::Slides),
        ("slideshare.", LinkKind::Slides),
        ("docswell.", LinkKind::Slides),
        ("slides.", LinkKind::Slides),
    ];
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest
        .split(['/', '?', '#'])
        .next()
        .unwrap_or(rest)
        .to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if host == "x.com" {
        return LinkKind::Social;
    }
    if host.ends_with("github.io") {
        return LinkKind::Other;
    }
    if let Some((_, kind)) = HOSTS.iter().find(|(name, _)| host.contains(name)) {
        return *kind;
    }
    if url.contains("/blog") {
        LinkKind::Blog
    } else {
        LinkKind::Other
    }
}

/// Tells what a link leads to by its label, where the host says nothing.
fn kind_of_label(label: &str) -> LinkKind {
    const LABELS: [(&str, LinkKind); 17] = [
        ("github", LinkKind::Code),
        ("gitlab", LinkKind::Code),
        ("bitbucket", LinkKind::Code),
        ("twitter", LinkKind::Social),
        ("linkedin", LinkKind::Social),
        ("facebook", LinkKind::Social),
        ("wantedly", LinkKind::Social),
        ("mastodon", LinkKind::Social),
        ("sns", LinkKind::Social),
        ("blog", LinkKind::Blog),
        ("ブログ", LinkKind::Blog),
        ("qiita", LinkKind::Blog),
        ("zenn", LinkKind::Blog),
        ("slide", LinkKind::Slides),
        ("スライド", LinkKind::Slides),
        ("speakerdeck", LinkKind::Slides),
        ("credly", LinkKind::Credential),
    ];
    let label = label.to_lowercase();
    if label.trim() == "x" {
        return LinkKind::Social;
    }
    LABELS
        .iter()
        .find(|(word, _)| label.contains(word))
        .map_or(LinkKind::Other, |(_, kind)| *kind)
}

/// Splits a line at the signs between unrelated parts: 「 / 」, 「|」, 「 — 」, wide blanks.
pub(super) fn segments(text: &str) -> Vec<Range<usize>> {
    const SIGNS: [&str; 13] = [
        " ― ", " / ", "／", "|", "｜", " — ", " – ", " - ", " · ", " • ", "\u{3000}", "\t", "  ",
    ];
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut depth = 0usize;
    while at < text.len() {
        let rest = &text[at..];
        let character = rest.chars().next().unwrap_or(' ');
        match character {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0
            && let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign))
        {
            parts.push(start..at);
            at += sign.len();
            start = at;
            continue;
        }
        at += character.len_utf8();
    }
    parts.push(start..text.len());
    parts
        .into_iter()
        .map(|part| {
            let kept = text[part.clone()].trim_start_matches(|character: char| {
                !character.is_alphanumeric() && !is_kanji(character)
            });
            let start = part.end - kept.len();
            trimmed(text, start..part.end)
        })
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_without_their_remarks() {
        for (text, expected) in [
            ("岩手県花巻市", "岩手県花巻市"),
            ("岩手県花巻市（フルリモート勤務）", "岩手県花巻市"),
            ("岩手県花巻市（花巻駅 徒歩5分）", "岩手県花巻市"),
            ("岩手県花巻市在住", "岩手県花巻市"),
            (
                "Hanamaki, Iwate (岩手県花巻市)",
                "Hanamaki, Iwate (岩手県花巻市)",
            ),
        ] {
            assert_eq!(&text[place(text, 0..text.len())], expected);
        }
        for text in [
            "岩手県花巻市",
            "東京都",
            "Sendai, Japan",
            "北海道札幌市中央区1-2-3",
        ] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "岩手県出身",
            "東京都民銀行",
            "Go, Tokyo Cabinet",
            "岩手県内の大学",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn telephone_numbers_are_told_from_dates() {
        let mut identity = Identity::default();
        add_phones(
            &mut identity,
            "090-0000-0099 / 2016-04-01 2019-03-31 / ０９０－００００－００９８ / +81 90-0000-0097 / 03(0000)0096",
        );
        assert_eq!(
            identity.phones,
            [
                "090-0000-0099",
                "０９０－００００－００９８",
                "+81 90-0000-0097",
                "03(0000)0096"
            ]
        );
    }

    #[test]
    fn links_are_told_apart_by_host_and_label() {
        let mut identity = Identity::default();
        for (label, url, kind) in [
            (None, "https://github.com/katsuragi", LinkKind::Code),
            (
                Some("GitHub"),
                "https://code.example.com/katsuragi",
                LinkKind::Code,
            ),
            (None, "https://x.com/katsuragi", LinkKind::Social),
            (None, "https://zenn.dev/katsuragi", LinkKind::Blog),
            (
                Some("個人ブログ"),
                "https://katsuragi.example.com/",
                LinkKind::Blog,
            ),
            (None, "https://speakerdeck.com/katsuragi", LinkKind::Slides),
            (
                None,
                "https://www.credly.com/users/katsuragi",
                LinkKind::Credential,
            ),
            (None, "https://katsuragi.example.com/", LinkKind::Other),
        ] {
            identity.links.clear();
            add_link(&mut identity, label, url);
            assert_eq!(identity.links[0].kind, kind, "{url}");
        }
    }
}
