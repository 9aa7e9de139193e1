//! Words that are written as one: where one ends and the next begins.

use std::ops::Range;

use shokureki_index::analysis::WordList;
use shokureki_index::words;

use super::vocabulary;

/// 使っている方: what is left behind a particle is the ending of a verb, and whom it is said of.
pub(super) fn is_only_an_ending(text: &str) -> bool {
    let bare = words!["方", "人", "者"]
        .last_of(text)
        .map_or(text, |word| &text[..text.len() - word.len()]);
    bare.chars().all(|letter| ('ぁ'..='ゖ').contains(&letter))
}

/// Returns the length of what stands before a word for a kind of work (共済システム, 物流業界, 組込み系): a
/// résumé may have it without that word.
pub(super) fn kind_of_work(text: &str) -> Option<usize> {
    let kind = words![
        "系システム",
        "系サービス",
        "系アプリ",
        "系業務",
        "まわり",
        "周り",
        "回り",
        "関係",
        "システム",
        "アプリ",
        "サイト",
        "業界",
        "系",
        "関連",
        "領域",
        "分野",
    ]
    .longest_last_of(text)?;
    let stem = &text[..text.len() - kind.len()];
    // 勤怠管理システム says what it is for, 管理システム does not. オープン系 and 業務システム say nothing without it.
    let is_empty = words![
        "業務",
        "基幹",
        "情報",
        "オープン",
        "社内",
        "自社",
        "大規模",
        "分散",
        "管理",
        "基盤",
        "開発",
        "支援",
        "新規",
        "モバイル",
        "スマホ",
        "スマートフォン",
        "ネイティブ",
        "ハイブリッド",
    ]
    .end(stem)
        && !names_what_is_managed(stem);
    let is_word = stem.chars().nth(1).is_some() && stem.chars().all(|letter| !letter.is_ascii());
    (is_word && !is_empty && !vocabulary::is_generic(stem)).then_some(stem.len())
}

/// 勤怠管理, 予約管理: two kanji or more that say what 管理 is of.
fn names_what_is_managed(stem: &str) -> bool {
    let of = stem.strip_suffix("管理").unwrap_or_default();
    of.chars().count() > 1 && SAYS_NOTHING.longest_of(of) != Some(of)
}

/// Splits `text` at the particles between its words; nothing where there are none.
pub(super) fn at_particles(text: &str) -> Vec<Range<usize>> {
    const PARTICLES: &WordList = words![
        "における",
        "に関する",
        "による",
        "のための",
        "向けの",
        "向け",
        "ができる",
        "のできる",
        "できる",
        "に強い",
        "に詳しい",
        "が得意な",
        "のある",
        "としての",
        "として",
        "の経験がある",
        "の経験のある",
        "の経験を持つ",
        "の経験をもつ",
        "の経験豊富な",
        "の知識がある",
        "の知見がある",
        "経験がある",
        "経験のある",
        "経験を持つ",
        "の",
        "を",
        "で",
        "と",
        "や",
        "から",
        "まで",
    ];
    let is_hiragana = |letter: Option<char>| letter.is_some_and(|l| ('ぁ'..='ゖ').contains(&l));
    let is_long = |part: &str| part.chars().nth(1).is_some();
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let particle = PARTICLES.longest_of(&text[at..]).filter(|particle| {
            let (before, behind) = (&text[start..at], &text[at + particle.len()..]);
            let ends = behind.is_empty() && (particle.starts_with("向け") || *particle == "まで");
            is_long(before)
                && !is_hiragana(before.chars().next_back())
                && (ends || is_long(behind) && !is_hiragana(behind.chars().next()))
        });
        if let Some(particle) = particle {
            parts.push(start..at);
            start = at + particle.len();
            at = start;
        } else {
            at += letter.len_utf8();
        }
    }
    if start > 0 && is_long(&text[start..]) {
        parts.push(start..text.len());
    }
    parts
}

/// Splits a verb from the noun behind it: 引き当てる|処理. Returns the end of the verb without its ending,
/// which nouns of the same have, too (引き当て), and the begin of the noun, if that says anything. Verbs whose
/// noun is another (取り込む, 取り込み) stay whole: their forms are found by the dictionary.
pub(super) fn verb_and_noun(text: &str) -> Option<(usize, Option<usize>)> {
    let is_kanji = |letter: char| matches!(letter, '\u{4E00}'..='\u{9FFF}');
    let is_stem = |letter: char| "えけげせぜてでねへべめれいきぎしじちにひびみり".contains(letter);
    text.match_indices('る').find_map(|(at, ending)| {
        let (stem, noun) = (&text[..at], &text[at + ending.len()..]);
        let is_verb = stem.ends_with(is_stem) && stem.chars().filter(|&l| is_kanji(l)).count() > 1;
        let is_noun = noun.starts_with(|letter| is_kanji(letter) || matches!(letter, 'ァ'..='ヺ'));
        let says_nothing = words![
            "処理",
            "機能",
            "仕組み",
            "システム",
            "画面",
            "作業",
            "業務",
            "仕事",
            "サービス",
            "ツール"
        ]
        .has(noun);
        let noun = (!says_nothing).then_some(at + ending.len());
        (is_verb && is_noun).then_some((at, noun))
    })
}

/// Returns what an improvement, a preparation or the like is of: 監査 of 監査対応, アクセシビリティ of
/// アクセシビリティ改善. A résumé tells that it was done without saying so. `None` for any other word.
pub(in crate::search) fn subject_of_deed(text: &str) -> Option<&str> {
    let deed = words![
        "改善", "対応", "向上", "推進", "強化", "施策", "構築", "開発", "実装", "整備", "支援",
        "業務",
    ]
    .last_of(text)?;
    let subject = &text[..text.len() - deed.len()];
    let is_long = subject.chars().nth(1).is_some();
    let is_word = subject
        .chars()
        .all(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let says_nothing = SAYS_NOTHING.longest_of(subject) == Some(subject)
        || words![
            "環境",
            "組織",
            "性能",
            "品質",
            "アプリ",
            "サービス",
            "製品",
            "体制",
            "画面"
        ]
        .has(subject);
    (is_long && is_word && !says_nothing && !vocabulary::is_generic(subject)).then_some(subject)
}

/// Whether a word between others says nothing by itself, which nearly every résumé has: カード会社のシステム.
pub(super) fn says_nothing_beside(word: &str) -> bool {
    words![
        "システム",
        "サービス",
        "アプリ",
        "プロダクト",
        "プロジェクト",
        "案件",
        "業務",
        "仕事",
        "会社",
        "企業",
        "機能",
        "処理",
        "担当",
        "現場",
        "環境",
        "構築",
        "整備"
    ]
    .has(word)
        || vocabulary::is_generic(word)
}

/// Words that say nothing without the one behind them.
const SAYS_NOTHING: &WordList = words![
    "業務",
    "情報",
    "社内",
    "自社",
    "基幹",
    "開発",
    "運用",
    "システム",
    "データ",
    "管理",
    "技術",
    "新規",
    "担当",
    "共通",
    "機能",
    "経験",
];

/// Splits a compound into two words of two letters or more: where katakana and kanji meet (クラウド|移行),
/// or four kanji in the middle (在庫|引当). `None` where it has more borders than one, or where the first
/// word says nothing by itself.
pub(in crate::search) fn two_words(text: &str) -> Option<(&str, &str)> {
    let is_kanji = |letter: char| matches!(letter, '\u{4E00}'..='\u{9FFF}' | '々');
    let is_katakana = |letter: char| matches!(letter, 'ァ'..='ヺ' | 'ー');
    if !text
        .chars()
        .all(|letter| is_kanji(letter) || is_katakana(letter))
    {
        return None;
    }
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let borders: Vec<usize> = letters
        .windows(2)
        .filter(|pair| is_kanji(pair[0].1) != is_kanji(pair[1].1))
        .map(|pair| pair[1].0)
        .collect();
    let border = match (borders.as_slice(), letters.len()) {
        ([border], _) => *border,
        ([], 4) if is_kanji(letters[0].1) => letters[2].0,
        _ => return None,
    };
    let (first, second) = text.split_at(border);
    let is_long = |word: &str| word.chars().nth(1).is_some();
    (is_long(first) && is_long(second) && SAYS_NOTHING.longest_of(first) != Some(first))
        .then_some((first, second))
}

/// Whether one text ends in Latin letters or digits where the other begins with none, or the reverse.
pub(super) fn is_script_border(left: &str, right: &str) -> bool {
    let last = left.chars().next_back();
    let first = right.chars().next();
    match (last, first) {
        (Some(last), Some(first)) => last.is_ascii_alphabetic() != first.is_ascii_alphabetic(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deed_is_done_to_something_that_says_more() {
        let cases = [
            ("アクセシビリティ改善", Some("アクセシビリティ")),
            ("監査対応", Some("監査")),
            ("業務改善", None),
            ("性能改善", None),
            ("改善", None),
            ("クラウド移行", None),
            ("Web開発", None),
        ];
        for (text, expected) in cases {
            assert_eq!(subject_of_deed(text), expected, "{text}");
        }
    }

    #[test]
    fn a_verb_ends_before_the_noun_that_it_tells_of() {
        let cases = [
            ("引き当てる処理", Some(("引き当て", None))),
            ("払い受ける窓口", Some(("払い受け", Some("窓口")))),
            ("取り込む処理", None),
            ("引き当てる", None),
            ("作る画面", None),
        ];
        for (text, expected) in cases {
            let found = verb_and_noun(text);
            let found = found.map(|(end, noun)| (&text[..end], noun.map(|at| &text[at..])));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_compound_has_two_words_where_it_has_one_border() {
        let cases = [
            ("クラウド移行", Some(("クラウド", "移行"))),
            ("在庫引当", Some(("在庫", "引当"))),
            ("決済サーバー", Some(("決済", "サーバー"))),
            ("業務設計", None),
            ("運用", None),
            ("在庫管理台帳", None),
            ("クラウド移行センター", None),
            ("移行する", None),
            ("AWS移行", None),
        ];
        for (text, expected) in cases {
            assert_eq!(two_words(text), expected, "{text}");
        }
    }
}
