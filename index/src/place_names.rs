//! Names of places, and the names of schools and companies that begin with one: 東京 is not meant in
//! 東京都市大学 or 東京電力.

use std::ops::Range;

use crate::analysis::{WordList, normalized_key};
use crate::lexicon::Lexicon;
use crate::words;

/// A country, regions, prefectures and the cities that are named without one.
const PLACES: &WordList = words![
    "日本",
    "関東",
    "関西",
    "東海",
    "東北",
    "北陸",
    "中部",
    "近畿",
    "四国",
    "九州",
    "首都圏",
    "北海道",
    "青森",
    "岩手",
    "宮城",
    "秋田",
    "山形",
    "福島",
    "茨城",
    "栃木",
    "群馬",
    "埼玉",
    "千葉",
    "東京",
    "神奈川",
    "新潟",
    "富山",
    "石川",
    "福井",
    "山梨",
    "長野",
    "岐阜",
    "静岡",
    "愛知",
    "三重",
    "滋賀",
    "京都",
    "大阪",
    "兵庫",
    "奈良",
    "和歌山",
    "鳥取",
    "島根",
    "岡山",
    "広島",
    "山口",
    "徳島",
    "香川",
    "愛媛",
    "高知",
    "福岡",
    "佐賀",
    "長崎",
    "熊本",
    "大分",
    "宮崎",
    "鹿児島",
    "沖縄",
    "札幌",
    "仙台",
    "さいたま",
    "横浜",
    "川崎",
    "相模原",
    "浜松",
    "名古屋",
    "堺",
    "神戸",
    "北九州",
];

/// What the name of a school ends in.
const SCHOOLS: &WordList = words![
    "大学",
    "大学院",
    "大学校",
    "短大",
    "高等専門学校",
    "高専",
    "高等学校",
    "高校",
    "専門学校",
    "学園",
    "学院",
    "カレッジ",
];

/// What the name of a company ends in.
const COMPANIES: &WordList = words![
    "電力",
    "ガス",
    "銀行",
    "信用金庫",
    "証券",
    "生命",
    "海上",
    "火災",
    "製鉄",
    "製鋼",
    "製作所",
    "電気",
    "電機",
    "通信",
    "工業",
    "化学",
    "建設",
    "鉄道",
    "航空",
    "放送",
    "新聞",
    "テレビ",
    "商事",
    "物産",
    "不動産",
    "百貨店",
    "病院",
    "株式会社",
    "ホールディングス",
];

/// What stands in an address, so that the name behind it is another's: 東京都文京区東京大学前.
const IN_ADDRESSES: &WordList = words!["区", "町", "郡", "県内", "都内", "府内", "市内"];

/// Longest name that is looked for behind a place.
const MAX_NAME_CHARS: usize = 24;

/// Returns whether `text` is the name of a place, with or without the word for its kind behind it.
pub(crate) fn is_place(text: &str) -> bool {
    let name = normalized_key(text);
    let kindless = name.strip_suffix(['都', '府', '県', '市']);
    PLACES.has(&name) || kindless.is_some_and(|place| PLACES.has(place))
}

/// Returns the bytes of the names in `text` that begin with a place and are of something else, in
/// order.
pub(crate) fn names_with_places(text: &str) -> Vec<Range<usize>> {
    let mut names: Vec<Range<usize>> = Vec::new();
    for (start, place) in PLACES.places_in(text) {
        let is_inside = names.last().is_some_and(|last| start < last.end);
        let run = run_of(&text[start..]);
        if !is_inside && let Some(length) = name_len(run, place) {
            names.push(start..start + length);
        }
    }
    names
}

/// The beginning of `text` that one name may be.
fn run_of(text: &str) -> &str {
    let is_of_name = |c: char| c.is_alphanumeric() && !matches!(c, '\u{3041}'..='\u{3096}');
    let ends = text.char_indices().take(MAX_NAME_CHARS);
    let len = ends
        .take_while(|(_, c)| is_of_name(*c) || matches!(c, 'ー' | '々'))
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8());
    &text[..len]
}

/// The length of the name that `run` begins with, if it is more than `place`.
fn name_len(run: &str, place: &str) -> Option<usize> {
    let behind = |(at, word): (usize, &str)| (at > 0).then_some(at + word.len());
    let ends = SCHOOLS.places_in(run).chain(COMPANIES.places_in(run));
    let by_kind = ends
        .filter_map(behind)
        .max()
        .filter(|&end| !IN_ADDRESSES.is_in(&run[..end]));
    by_kind.or_else(|| {
        let ends = run.char_indices().map(|(at, c)| at + c.len_utf8());
        let ends: Vec<usize> = ends.filter(|&end| end > place.len()).collect();
        let is_company = |&end: &usize| Lexicon::builtin().company(&run[..end]).is_some();
        ends.into_iter().rev().find(is_company)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = names_with_places(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn places_are_told_with_and_without_their_kind() {
        for place in ["東京", "東京都", "京都", "京都府", "名古屋市", "日本"] {
            assert!(is_place(place), "{place}");
        }
        for other in ["日東", "東京電力", "京", "日立", "東京都市大学", ""] {
            assert!(!is_place(other), "{other}");
        }
    }

    #[test]
    fn names_of_schools_and_companies_begin_with_places() {
        check("東京都市大学 工学部", &["東京都市大学"]);
        check("学歴: 大阪府立大学大学院を修了", &["大阪府立大学大学院"]);
        check("東京電力向けの基盤", &["東京電力"]);
        check("京都銀行、横浜市立大学", &["京都銀行", "横浜市立大学"]);
        check(
            "日本マイクロソフト株式会社",
            &["日本マイクロソフト株式会社"],
        );
        check("日本オラクルで勤務", &["日本オラクル"]);
    }

    #[test]
    fn places_alone_and_addresses_are_no_such_names() {
        check("東京都港区に在住", &[]);
        check("東京在住", &[]);
        check("東京の大学", &[]);
        check("東京都文京区本郷 東京大学", &["東京大学"]);
        check("京都市左京区", &[]);
        check("", &[]);
    }
}
