//! Labels: which field of a job or project a word before a colon, in a cell or in a heading names.

mod words;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::letters::push_lower;
use words::LABELS;

/// A field of a job, a project or a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    /// 期間.
    Period,
    /// 開始, 入社.
    Start,
    /// 終了, 退社.
    End,
    /// 使用技術, 言語, DB ….
    Technology,
    /// 役割, 担当, ポジション.
    Role,
    /// 体制, 規模.
    Team,
    /// 概要, 業務内容.
    Summary,
    /// 実績, 成果, 工夫.
    Achievement,
    /// 担当工程.
    Phase,
    /// 会社名, 所属.
    Employer,
    /// 部署.
    Department,
    /// 案件名, プロジェクト名, システム.
    Title,
    /// 雇用形態.
    EmploymentKind,
    /// 事業内容, 従業員数, 資本金: about the employer.
    Business,
    /// 顧客, 業種.
    Client,
    /// 環境: technologies with team size and role below, or a list.
    Environment,
}

/// [`LABELS`] by label; the first field that lists one has it.
static BY_LABEL: LazyLock<HashMap<&'static str, Field>> = LazyLock::new(|| {
    let mut by_label = HashMap::new();
    for (field, labels) in LABELS {
        for label in *labels {
            by_label.entry(*label).or_insert(*field);
        }
    }
    by_label
});

/// Reads a label: without width, case, blanks, brackets and signs, `技術（別紙）` as 技術.
pub(super) fn field_of(label: &str) -> Option<Field> {
    if label.len() > 90 {
        return None;
    }
    let folded = folded(label);
    if folded.is_empty() {
        return None;
    }
    lookup(&folded)
        .or_else(|| {
            // 「使用技術一覧」「担当工程（詳細）」「業務内容1」
            let shortened = folded.trim_end_matches(|character: char| {
                character.is_ascii_digit() || "一覧等など①②③④⑤".contains(character)
            });
            (shortened.len() < folded.len()
                && folded.chars().count() <= shortened.chars().count() + 3)
                .then(|| lookup(shortened))
                .flatten()
        })
        .or_else(|| by_all(label))
        .or_else(|| by_lead(&folded))
        .or_else(|| by_ending(&folded))
}

/// Tells the field of labels side by side, of which the first says most: 「業務内容・実績」, 「言語／開発環境／FW」.
fn by_all(label: &str) -> Option<Field> {
    let mut labels = label
        .split(['・', '/', '／', '、', '&', 'と'])
        .map(|label| lookup(&folded(label)));
    let first = labels.next()??;
    (1..=3)
        .contains(&labels.clone().count())
        .then(|| labels.all(|label| label.is_some()))?
        .then_some(first)
}

/// Tells the field of a label behind a word on how much of it is told, or that it is of the project above:
/// 「主な技術要素」, 「プロジェクト内での役割」.
fn by_lead(folded: &str) -> Option<Field> {
    const LEADS: [&str; 10] = [
        "主な",
        "おもな",
        "主要な",
        "プロジェクト内での",
        "プロジェクト内の",
        "プロジェクトでの",
        "プロジェクトの",
        "案件での",
        "チーム内での",
        "チームでの",
    ];
    LEADS
        .iter()
        .find_map(|lead| folded.strip_prefix(lead))
        .and_then(lookup)
}

/// Tells the field of a label that the list does not have by its last word: 関与技術, 当方の役割.
fn by_ending(folded: &str) -> Option<Field> {
    const ENDINGS: [(&str, Field); 21] = [
        ("技術", Field::Technology),
        ("言語", Field::Technology),
        ("開発環境", Field::Technology),
        ("ツール", Field::Technology),
        ("フレームワーク", Field::Technology),
        ("ライブラリ", Field::Technology),
        ("ミドルウェア", Field::Technology),
        ("データベース", Field::Technology),
        ("使ったもの", Field::Technology),
        ("期間", Field::Period),
        ("役割", Field::Role),
        ("立場", Field::Role),
        ("体制", Field::Team),
        ("規模", Field::Team),
        ("人数", Field::Team),
        ("概要", Field::Summary),
        ("業務内容", Field::Summary),
        ("職業内容", Field::Summary),
        ("工程", Field::Phase),
        ("成果", Field::Achievement),
        ("実績", Field::Achievement),
    ];
    if folded.chars().count() > MAX_OPEN_LABEL_CHARS || folded.contains(['の', 'を', 'は']) {
        return None;
    }
    ENDINGS
        .iter()
        .find(|(ending, _)| folded.ends_with(ending))
        .map(|(_, field)| *field)
}

/// Characters that a label told by its last word may have.
const MAX_OPEN_LABEL_CHARS: usize = 9;

fn lookup(folded: &str) -> Option<Field> {
    BY_LABEL.get(folded).copied()
}

/// Folds a label to what [`LABELS`] holds.
pub(super) fn folded(label: &str) -> String {
    let mut folded = String::with_capacity(label.len());
    let mut depth = 0usize;
    for character in label.chars() {
        let character = match character {
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(character as u32 - 0xFEE0).unwrap_or(character)
            }
            _ => character,
        };
        match character {
            '(' | '<' => depth += 1,
            ')' | '>' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '【' | '】' | '[' | ']' | '「' | '」' | '■' | '□' | '◆' | '◇' | '●' | '○' | '▼'
            | '▽' | '・' | '/' | ':' | '*' | '_' | '-' | '&' | '、' | ',' | '.' | '＆' | '※'
            | '〔' | '〕' | '+' | '|' | '《' | '》' | '≪' | '≫' => {}
            _ if character.is_whitespace() => {}
            _ => push_lower(&mut folded, character),
        }
    }
    folded
}

/// A label at the beginning of a line and where its value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The field it names.
    pub(super) field: Field,
    /// Bytes of the value; empty where the label stands alone.
    pub(super) value: Range<usize>,
}

/// Splits `label: value`, `【label】value` or `label` at the beginning of `text`.
pub(super) fn label_of(text: &str) -> Option<Label> {
    let (label, value_at) = split_label(text)?;
    let field = field_of(label)?;
    let value = &text[value_at..];
    let lead = value.len() - value.trim_start().len();
    Some(Label {
        field,
        value: value_at + lead..text.len(),
    })
}

/// Returns whether a label that says what somebody did labels a period where its value is one:
/// 「在籍: 2016年10月〜」, 「制作｜2020.1 - 2020.5」.
pub(super) fn may_label_period(label: &str) -> bool {
    const STAYS: [&str; 18] = [
        "在籍", "在職", "勤務", "就業", "就労", "所属", "稼働", "稼動", "参画", "参加", "従事",
        "担当", "開発", "制作", "契約", "日付", "期", "会期",
    ];
    STAYS.contains(&folded(label).as_str())
}

/// Splits `label value` at the first blank: 「期間　2016年4月〜」.
pub(super) fn blank_parted(text: &str) -> Option<Label> {
    let (label, value) = text.split_once([' ', '\u{3000}', '\t'])?;
    let is_word = label.chars().count() >= 2 && !label.is_ascii();
    let field = field_of(label).filter(|_| is_word)?;
    let value = value.trim_start();
    (!value.is_empty()).then(|| Label {
        field,
        value: text.len() - value.len()..text.len(),
    })
}

/// Splits any `word: rest`: the word, and where the rest begins.
pub(super) fn split_label(text: &str) -> Option<(&str, usize)> {
    if let Some(inner) = text.strip_prefix('【') {
        let end = inner.find('】').filter(|end| *end <= 90)?;
        // 「【作業内容】】」: closed twice by mistake.
        let closed = &inner[end..];
        let closes = closed.len() - closed.trim_start_matches('】').len();
        let mut at = '【'.len_utf8() + end + closes;
        let rest = text[at..].trim_start();
        if rest.starts_with([':', '：']) {
            at = text.len() - rest.len() + rest.chars().next().map_or(0, char::len_utf8);
        }
        return Some((&inner[..end], at));
    }
    if let Some((label, at)) = bracketed(text) {
        return Some((label, at));
    }
    let mut depth = 0usize;
    for (at, character) in text.char_indices() {
        if at > 90 {
            return None;
        }
        match character {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            ':' | '：' if depth == 0 => {
                let after = at + character.len_utf8();
                let is_address = text[after..].starts_with("//");
                let label = text[..at].trim();
                return (!is_address && !label.is_empty()).then_some((label, after));
            }
            // 「技術=R, Stan」: of a known label only.
            '=' | '＝' if depth == 0 && field_of(text[..at].trim()).is_some() => {
                return Some((text[..at].trim(), at + character.len_utf8()));
            }
            '。' | '、' => return None,
            _ => {}
        }
    }
    None
}

/// Splits a known label in other brackets from the value behind them: 「[期間] 2024/10 ~ 2025/3」.
fn bracketed(text: &str) -> Option<(&str, usize)> {
    let close = match text.chars().next()? {
        '[' => ']',
        '［' => '］',
        '〔' => '〕',
        '＜' => '＞',
        '<' => '>',
        '《' => '》',
        _ => return None,
    };
    let inner = &text[text.chars().next().map_or(0, char::len_utf8)..];
    let end = inner.find(close).filter(|end| *end <= 60)?;
    let at = text.len() - inner.len() + end + close.len_utf8();
    field_of(&inner[..end])?;
    let rest = text[at..].trim_start();
    let colon = rest
        .chars()
        .next()
        .filter(|sign| matches!(sign, ':' | '：'));
    Some((
        &inner[..end],
        text.len() - rest.len() + colon.map_or(0, char::len_utf8),
    ))
}

/// Returns whether a line is a known label alone, or any short word with a colon and nothing behind.
pub(super) fn is_label_only(text: &str) -> bool {
    if let Some(label) = label_of(text) {
        return text[label.value].trim().is_empty();
    }
    let bracketed = text
        .strip_prefix(['[', '［', '〔', '＜', '<', '《', '「'])
        .and_then(|inner| inner.strip_suffix([']', '］', '〕', '＞', '>', '》', '」']));
    if let Some(inner) = bracketed {
        return field_of(inner).is_some();
    }
    if text.ends_with([':', '：']) {
        return text.chars().count() <= 24 && !text.contains('。');
    }
    field_of(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(Field, &str)>) {
        let actual = label_of(text).map(|label| (label.field, &text[label.value]));
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn labels_are_split_from_their_values() {
        check("期間：2016年4月〜", Some((Field::Period, "2016年4月〜")));
        check("利用技術: AWS・C++", Some((Field::Technology, "AWS・C++")));
        check("【使用技術】Rust", Some((Field::Technology, "Rust")));
        check(
            "技術（詳しくは別紙を参照）: Rust",
            Some((Field::Technology, "Rust")),
        );
        check("ＯＳ： Linux", Some((Field::Technology, "Linux")));
        check("担当工程: 設計", Some((Field::Phase, "設計")));
        check(
            "フレームワーク/ライブラリ: Vue",
            Some((Field::Technology, "Vue")),
        );
        check("https://example.com", None);
        check("名前：山田", None);
        check("課題:", Some((Field::Achievement, "")));
        check("[期間] 2024/10〜", Some((Field::Period, "2024/10〜")));
        check("[docs] 2024/10〜", None);
    }

    #[test]
    fn a_label_may_stand_alone() {
        assert!(is_label_only("使用技術"));
        assert!(is_label_only("業務内容："));
        assert!(is_label_only("[使用技術]"));
        assert!(!is_label_only("Rust"));
        assert!(!is_label_only("期間：2016年"));
    }
}
