//! What a person and an employer are found by: parts of the name, beginnings, readings.
//!
//! The same functions make the terms of the index and those of a query, so that both agree.

use std::collections::BTreeSet;

use crate::analysis::{Analyzer, WordList, normalized_key, romaji_key, without_repeat_marks};
use crate::lexicon::strip_legal_form;
use crate::words;

/// A name written without a space is also found by beginnings and ends of at least this many
/// characters: which of them is the family name is not known.
const PART_MIN_CHARS: usize = 2;

/// The same for kana, of which two are hardly a name.
const KANA_PART_MIN_CHARS: usize = 3;

/// Longer names (a line that is no name) are not cut into parts.
const PART_MAX_NAME_CHARS: usize = 16;

/// Beginnings of an employer's name that are indexed, at most.
const BEGINNING_MAX_CHARS: usize = 64;

/// What the names of employers end in that tell of which kind they are, normalized: 銀行 finds 架空銀行.
const KINDS: &WordList = words![
    "病院",
    "クリニック",
    "医院",
    "銀行",
    "信用金庫",
    "信用組合",
    "証券",
    "町役場",
    "村役場",
    "役場",
    "市役所",
    "区役所",
    "役所",
    "県庁",
    "府庁",
    "大学",
    "高校",
    "研究所",
    "新聞社",
    "出版社",
    "放送局",
    "新聞",
    "出版",
    "印刷",
    "放送",
    "計算センタ",
    "商事",
    "物産",
    "建設",
    "工務店",
    "不動産",
    "運輸",
    "物流",
    "生命",
    "損害保険",
    "保険",
    "食品",
    "製薬",
    "化学",
    "電機",
    "電力",
    "鉄道",
    "百貨店",
    "監査法人",
];

/// Returns the terms that a person is found by: each part of each spelling, the spelling without
/// spaces, and the readings of these.
pub(crate) fn person_terms<'a>(
    spellings: impl Iterator<Item = &'a str>,
    analyzer: &Analyzer,
) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for spelling in spellings {
        let parts: Vec<&str> = name_parts(spelling).collect();
        for part in &parts {
            add_person_forms(&mut terms, part, analyzer);
        }
        match parts.as_slice() {
            [] => {}
            [whole] => {
                for part in unspaced_parts(whole) {
                    add_person_forms(&mut terms, part, analyzer);
                }
            }
            _ => add_person_forms(&mut terms, &parts.concat(), analyzer),
        }
    }
    terms
}

/// The form in which names are compared: 佐々木 and 佐佐木 are one.
fn name_key(name: &str) -> String {
    without_repeat_marks(normalized_key(name))
}

fn add_person_forms(terms: &mut BTreeSet<String>, part: &str, analyzer: &Analyzer) {
    terms.insert(name_key(part));
    let reading = romaji_key(part).or_else(|| {
        let reading = analyzer.reading(part)?;
        romaji_key(&reading)
    });
    terms.extend(reading);
    terms.remove("");
}

/// Returns the beginnings and ends of a name that is written without spaces. Latin names have none.
fn unspaced_parts(name: &str) -> Vec<&str> {
    let borders: Vec<usize> = name.char_indices().map(|(at, _)| at).collect();
    if name.is_ascii() || borders.len() > PART_MAX_NAME_CHARS {
        return Vec::new();
    }
    let least = if romaji_key(name).is_some() {
        KANA_PART_MIN_CHARS
    } else {
        PART_MIN_CHARS
    };
    let mut parts = Vec::new();
    for (count, &at) in borders.iter().enumerate() {
        if count >= least {
            parts.push(&name[..at]);
        }
        if count > 0 && borders.len() - count >= least {
            parts.push(&name[at..]);
        }
    }
    parts
}

/// Returns, for each part of a name as typed, the terms one of which must be there. Empty when
/// nothing of a name is left.
pub(crate) fn person_query(text: &str) -> Vec<Vec<String>> {
    name_parts(text)
        .map(|part| {
            let mut forms = vec![name_key(part)];
            forms.extend(romaji_key(part));
            forms.retain(|form| !form.is_empty());
            forms.dedup();
            forms
        })
        .filter(|forms| !forms.is_empty())
        .collect()
}

fn name_parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| c.is_whitespace() || matches!(c, '・' | '･' | ',' | '、' | '，'))
        .filter(|part| !part.is_empty())
}

/// The names of an employer, normalized and with and without legal form, and their readings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct EmployerForms {
    pub(crate) names: Vec<String>,
    pub(crate) readings: Vec<String>,
}

impl EmployerForms {
    pub(crate) fn of<'a>(names: impl Iterator<Item = &'a str>, analyzer: &Analyzer) -> Self {
        let mut forms = BTreeSet::new();
        let mut readings = BTreeSet::new();
        for name in names {
            let bare = strip_legal_form(name);
            let key = name_key(bare);
            let kinds = KINDS.iter().filter(|kind| key.ends_with(*kind));
            forms.extend(kinds.map(str::to_owned));
            forms.insert(name_key(name));
            forms.insert(key);
            let reading = romaji_key(bare).or_else(|| romaji_key(&analyzer.reading(bare)?));
            readings.extend(reading);
        }
        forms.remove("");
        Self {
            names: forms.into_iter().collect(),
            readings: readings.into_iter().collect(),
        }
    }

    /// The beginnings that the names are found by.
    pub(crate) fn beginnings(&self) -> BTreeSet<&str> {
        self.names
            .iter()
            .flat_map(|name| beginnings(name))
            .collect()
    }
}

/// An employer's name as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EmployerName {
    /// Normalized, without legal form.
    pub(crate) beginning: String,
    pub(crate) reading: Option<String>,
}

impl EmployerName {
    pub(crate) fn parse(text: &str) -> Self {
        let bare = strip_legal_form(text);
        Self {
            beginning: name_key(bare),
            reading: romaji_key(bare),
        }
    }

    /// Returns whether one of `names` begins with this or one of `readings` equals it.
    pub(crate) fn is_met(&self, names: &[&str], readings: &[&str]) -> bool {
        let begins = |name: &&str| {
            name.strip_prefix(self.beginning.as_str())
                .is_some_and(|rest| is_border(&self.beginning, rest))
        };
        let is_begun = !self.beginning.is_empty()
            && self.beginning.chars().count() <= BEGINNING_MAX_CHARS
            && names.iter().any(begins);
        let reads = |own: &String| readings.contains(&own.as_str());
        is_begun || self.reading.as_ref().is_some_and(reads)
    }
}

/// Returns the beginnings of `name` that end at a border, and the whole.
fn beginnings(name: &str) -> impl Iterator<Item = &str> {
    let ends = name.char_indices().skip(1).map(|(at, _)| at);
    ends.chain([name.len()])
        .take(BEGINNING_MAX_CHARS)
        .map(|end| name.split_at(end))
        .filter(|(beginning, rest)| is_border(beginning, rest))
        .map(|(beginning, _)| beginning)
}

/// Returns whether a word may end between `beginning` and `rest`: not inside a run of Latin
/// letters, digits or katakana, whose words are not cut (`go` does not begin `google`), and not
/// after a single kanji, which is no name.
fn is_border(beginning: &str, rest: &str) -> bool {
    let (Some(last), Some(next)) = (beginning.chars().next_back(), rest.chars().next()) else {
        return rest.is_empty() && !beginning.is_empty();
    };
    let is_single = beginning.chars().nth(1).is_none();
    // オラクルひかる goes on in another script, and is one word.
    let is_one_word = matches!(run(last), Some(0 | 2)) && is_hiragana(next);
    if is_one_word {
        return false;
    }
    !is_single && (run(last).is_none() || run(last) != run(next) || is_corporate(beginning, rest))
}

/// Whether `rest` is a word that companies add to the name of their group: リクルート and テクノロジーズ.
fn is_corporate(beginning: &str, rest: &str) -> bool {
    const LEAST_CHARS: usize = 3;
    let words = words![
        "ホールディングス",
        "グループ",
        "テクノロジ",
        "システム",
        "ソリューション",
        "ネットワーク",
        "サービス",
        "マーケティング",
        "コミュニケーション",
        "コンサルティング",
        "エンジニアリング",
        "エージェント",
        "エンタテインメント",
        "エンターテインメント",
        "インタラクティブ",
        "インターナショナル",
        "キャリア",
        "ジョブズ",
        "スタッフィング",
        "ライフスタイル",
        "ファイナンシャル",
        "ペイメント",
        "パートナ",
        "デジタル",
        "メディア",
        "ジャパン",
        "ゲームス",
        "モバイル"
    ];
    beginning.chars().count() >= LEAST_CHARS && words.begin(rest)
}

fn is_hiragana(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{309F}')
}

/// The kind of characters whose runs are whole words.
fn run(c: char) -> Option<u8> {
    match c {
        'a'..='z' | 'A'..='Z' => Some(0),
        '0'..='9' => Some(1),
        '\u{30A1}'..='\u{30FA}' | 'ー' => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_beginning(query: &str, name: &str, expected: bool) {
        let query = EmployerName::parse(query);
        let name = normalized_key(name);
        assert_eq!(query.is_met(&[&name], &[]), expected);
        let is_listed = beginnings(&name).any(|beginning| beginning == query.beginning);
        assert_eq!(is_listed, expected, "postings and timeline disagree");
    }

    #[test]
    fn an_employer_is_begun_at_word_borders() {
        check_beginning("日東", "日東電工", true);
        check_beginning("日東電工株式会社", "日東電工", true);
        check_beginning("電工", "日東電工", false);
        check_beginning("日", "日東電工", false);
        check_beginning("Go", "Google", false);
        check_beginning("Google", "Google Japan", true);
        check_beginning("ソニ", "ソニー", false);
        check_beginning("ソニー", "ソニー銀行", true);
        check_beginning("リクルート", "リクルートテクノロジーズ", true);
        check_beginning("オラクル", "オラクルひかる", false);
        check_beginning("くぬぎ", "くぬぎソフト", true);
        check_beginning("リク", "リクルートテクノロジーズ", false);
        check_beginning("", "ソニー", false);
    }
}
