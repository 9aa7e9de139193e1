//! Lines that grade part by part: 「業務: Go / 個人: Rust / 学習中: Haskell」「[済] Docker [未] Kubernetes」.

use std::ops::Range;

use shokureki_index::words;

use super::Remark;
use super::label::label_remark;

/// Bytes of a line that is looked at.
const MAX_LINE_BYTES: usize = 400;

/// Characters of a label that grades.
const MAX_LABEL_CHARS: usize = 12;

/// What the label of a part says.
type Said = Option<Remark>;

/// Returns what the label of the part says that byte `at` of a line stands in, where two or more labels of the line grade
/// and one of them is no claim; the inner `None` where it claims.
pub(in crate::resume) fn marked(text: &str, at: usize) -> Option<Said> {
    if text.len() > MAX_LINE_BYTES || text.contains('。') {
        return None;
    }
    if let Some(said) = trailing(text, at) {
        return Some(said);
    }
    let labels = bracketed(text)
        .or_else(|| signed(text))
        .or_else(|| colons(text))?;
    let is_graded = labels.len() >= 2 && labels.iter().any(|(_, said)| said.is_some());
    let own = labels.iter().rev().find(|(label, _)| label.end <= at)?;
    is_graded.then_some(own.1)
}

/// Returns what a word says that grades, or `None` where it does not.
fn grade_of(label: &str) -> Option<Said> {
    const CLAIMS: [&str; 24] = [
        "済",
        "済み",
        "業務",
        "実務",
        "仕事",
        "業務経験",
        "業務経験あり",
        "実務経験あり",
        "実務経験",
        "経験あり",
        "経験有り",
        "経験有",
        "使用",
        "使用中",
        "使える",
        "読める",
        "使えます",
        "得意",
        "メイン",
        "サブ",
        "本番",
        "本番運用",
        "現在",
        "できる",
    ];
    let label = label.trim();
    if label.is_empty() || label.chars().count() > MAX_LABEL_CHARS {
        return None;
    }
    if CLAIMS.contains(&label) {
        return Some(None);
    }
    if matches!(label, "未" | "未経験" | "経験なし" | "なし" | "無") {
        return Some(Some(Remark::Negated));
    }
    const PRIVATE: [&str; 6] = [
        "個人",
        "趣味",
        "個人開発",
        "個人利用",
        "自宅",
        "プライベート",
    ];
    if PRIVATE.contains(&label) {
        return Some(Some(Remark::Personal));
    }
    let is_word = label.chars().all(|sign| !sign.is_ascii_punctuation());
    let is_study = words!["勉強中", "学習中", "独学中", "研鑽中"].is_in(label);
    if is_study {
        return Some(Some(Remark::Learning));
    }
    label_remark(label).filter(|_| is_word).map(Some)
}

/// Reads the brackets of a line that begins with one and in which each grades: 「[済] Docker [未] Kubernetes」.
fn bracketed(text: &str) -> Option<Vec<(Range<usize>, Said)>> {
    const PAIRS: [(char, char); 7] = [
        ('[', ']'),
        ('【', '】'),
        ('［', '］'),
        ('(', ')'),
        ('（', '）'),
        ('<', '>'),
        ('＜', '＞'),
    ];
    let (open, close) = PAIRS
        .into_iter()
        .find(|(open, _)| text.starts_with(*open))?;
    let mut labels = Vec::new();
    for (from, _) in text.match_indices(open) {
        let inside = from + open.len_utf8();
        let end = inside + text[inside..].find(close)?;
        // 「Go (echo)」: of what stands before it.
        let before = text[..from].trim_end();
        let is_own = before.len() == from && !before.is_empty() && !before.ends_with(PARTS);
        if is_own {
            return None;
        }
        labels.push((from..end + close.len_utf8(), grade_of(&text[inside..end])?));
    }
    Some(labels)
}

/// Signs between the parts of a line.
const PARTS: [char; 9] = ['/', '／', '、', '，', ',', '|', '｜', ' ', '\u{3000}'];

/// Reads the signs before the parts of a line that begins with one: 「○ Java ／ × Scala」.
fn signed(text: &str) -> Option<Vec<(Range<usize>, Said)>> {
    let said = |sign: char| match sign {
        '○' | '◯' | '〇' | '◎' => Some(None),
        '×' | '✕' | '✗' | '✖' => Some(Some(Remark::Negated)),
        _ => None,
    };
    text.chars().next().and_then(said)?;
    let labels = text
        .char_indices()
        .filter(|(at, _)| *at == 0 || text[..*at].ends_with(PARTS))
        .filter_map(|(at, sign)| Some((at..at + sign.len_utf8(), said(sign)?)));
    Some(labels.collect())
}

/// Returns what the sign behind a name says where a line parts its names by them: 「Docker ○ Kubernetes × Terraform ○」.
fn trailing(text: &str, at: usize) -> Option<Said> {
    let is_sign = |sign: char| matches!(sign, '○' | '◯' | '〇' | '◎' | '△' | '▲' | '×' | '✕' | '✗');
    if !text.ends_with(is_sign) || text.starts_with(is_sign) {
        return None;
    }
    let signs: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, sign)| is_sign(*sign))
        .collect();
    let are_apart = signs.iter().all(|(place, sign)| {
        let behind = &text[place + sign.len_utf8()..];
        text[..*place].ends_with([' ', '\u{3000}'])
            && (behind.is_empty() || behind.starts_with([' ', '\u{3000}']))
    });
    if signs.len() < 2 || !are_apart {
        return None;
    }
    let (_, sign) = signs.iter().find(|(place, _)| *place >= at)?;
    Some(matches!(sign, '×' | '✕' | '✗').then_some(Remark::Negated))
}

/// Reads the labels before the colons and arrows of a line, all of which grade.
fn colons(text: &str) -> Option<Vec<(Range<usize>, Said)>> {
    let mut labels = Vec::new();
    for (colon, sign) in text.match_indices([':', '：', '→']) {
        let from = text[..colon]
            .char_indices()
            .rev()
            .find(|(_, sign)| PARTS.contains(sign) && !sign.is_whitespace())
            .map_or(0, |(at, sign)| at + sign.len_utf8());
        // 「経験あり: Java　経験なし: Scala」
        let label = text[from..colon].trim();
        let label = label.rsplit(char::is_whitespace).next().unwrap_or(label);
        labels.push((colon - label.len()..colon + sign.len(), grade_of(label)?));
    }
    Some(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_graded_by_its_own_label() {
        let said = |text: &str, name: &str| marked(text, text.find(name).expect("named"));
        let line = "業務: Go / 個人: Rust / 学習中: Haskell";
        assert_eq!(said(line, "Go"), Some(None));
        assert_eq!(said(line, "Rust"), Some(Some(Remark::Personal)));
        assert_eq!(said(line, "Haskell"), Some(Some(Remark::Learning)));
        let line = "[済] Docker、[未] Kubernetes";
        assert_eq!(said(line, "Docker"), Some(None));
        assert_eq!(said(line, "Kubernetes"), Some(Some(Remark::Negated)));
        let line = "○ Java ／ × Scala ／ ○ Go";
        assert_eq!(said(line, "Scala"), Some(Some(Remark::Negated)));
        assert_eq!(said(line, "Go"), Some(None));
        for line in [
            "言語: Go / DB: MySQL",
            "業務: Go",
            "Go (echo)、Rust（学習中）",
            "実務: Go / 本番: AWS",
        ] {
            assert_eq!(said(line, "Go"), None, "{line}");
        }
    }
}
