//! Fields of a person and the labels before their values, with a colon, brackets or only a blank.

use std::ops::Range;
use std::sync::LazyLock;

use shokureki_index::analysis::WordMap;

/// A field of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PersonField {
    Name,
    OtherName,
    Reading,
    BirthDate,
    Email,
    Phone,
    Location,
    Link,
    /// Something of the person that is read nowhere.
    Ignored,
}

/// Labels by field, folded: without width, case, blanks and signs.
const LABELS: &[(PersonField, &[&str])] = &[
    (
        PersonField::Name,
        &[
            "氏名",
            "名前",
            "お名前",
            "なまえ",
            "姓名",
            "名前氏名",
            "作成者",
            "著者",
            "書いた人",
            "候補者名",
            "本人氏名",
            "応募者氏名",
        ],
    ),
    (
        PersonField::OtherName,
        &[
            "name",
            "fullname",
            "英語名",
            "英名",
            "author",
            "英語表記",
            "ローマ字",
            "ローマ字表記",
            "romaji",
            "nameromaji",
            "nameen",
        ],
    ),
    (
        PersonField::Reading,
        &[
            "フリガナ",
            "ふりがな",
            "読み",
            "カナ",
            "氏名カナ",
            "よみがな",
            "ヨミガナ",
            "読み仮名",
            "読みがな",
            "読み方",
            "よみ",
            "kana",
            "namekana",
            "furigana",
            "kananame",
            "カナ氏名",
            "氏名フリガナ",
            "氏名ふりがな",
            "reading",
        ],
    ),
    (
        PersonField::BirthDate,
        &[
            "生年月日",
            "誕生日",
            "生年",
            "birthday",
            "dateofbirth",
            "birthdate",
            "dob",
            "born",
            "🎂",
        ],
    ),
    (
        PersonField::Email,
        &[
            "email",
            "mail",
            "メール",
            "メールアドレス",
            "emailアドレス",
            "電子メール",
            "mailaddress",
            "メアド",
            "emailaddress",
        ],
    ),
    (
        PersonField::Phone,
        &[
            "電話",
            "電話番号",
            "tel",
            "phone",
            "携帯",
            "携帯電話",
            "携帯番号",
            "連絡先電話番号",
            "携帯電話番号",
            "telephone",
            "mobile",
            "phonenumber",
            "📞",
            "☎",
            "📱",
        ],
    ),
    (
        PersonField::Location,
        &[
            "現住所",
            "住所",
            "居住地",
            "在住",
            "居住",
            "location",
            "address",
            "居住エリア",
            "お住まい",
            "現居住地",
            "所在地",
            "住まい",
            "住んでいるところ",
            "住んでいる場所",
            "在住地",
            "居住地域",
            "現在地",
            "現在の居住地",
            "居住都道府県",
            "居所",
            "city",
            "region",
            "都道府県",
            "🏠",
            "📍",
            "🗾",
            "🏡",
        ],
    ),
    (
        PersonField::Link,
        &[
            "github",
            "qiita",
            "zenn",
            "twitter",
            "x",
            "blog",
            "ブログ",
            "linkedin",
            "wantedly",
            "web",
            "website",
            "homepage",
            "url",
            "speakerdeck",
            "slideshare",
            "note",
            "facebook",
            "portfolio",
            "gitlab",
            "sns",
            "はてなブログ",
            "hatena",
            "mastodon",
            "connpass",
            "docswell",
            "bluesky",
            "最新版",
            "ポートフォリオ",
            "個人サイト",
            "atcoder",
            "kaggle",
            "stackoverflow",
            "youtrust",
            "instagram",
            "youtube",
            "webサイト",
            "ホームページ",
            "サイト",
            "xtwitter",
            "twitterx",
            "技術ブログ",
            "個人ブログ",
            "githubアカウント",
            "link",
            "links",
            "🔗",
        ],
    ),
    (
        PersonField::Ignored,
        &[
            "出身地",
            "出身",
            "本籍",
            "本籍地",
            "性別",
            "年齢",
            "国籍",
            "最寄駅",
            "最寄り駅",
            "配偶者",
            "扶養",
            "扶養家族",
            "法人",
            "関連",
            "連絡先",
            "所属",
            "屋号",
            "勤務地",
            "希望勤務地",
            "最終学歴",
            "学歴",
            "資格",
            "職種",
            "希望職種",
            "役職",
            "作成日",
            "更新日",
            "最終更新",
            "最終更新日",
            "書いた日",
            "記入日",
            "提出日",
            "経験年数",
            "稼働開始日",
            "稼働日",
            "単価",
            "血液型",
            "趣味",
            "通勤時間",
            "稼働",
            "備考",
            "age",
            "gender",
            "nationality",
            "lastupdated",
            "birthplace",
            "role",
            "title",
        ],
    ),
];

/// The labels and what they name.
static FIELDS: LazyLock<WordMap<PersonField>> = LazyLock::new(|| {
    let of = |(field, labels): &(PersonField, &'static [&'static str])| {
        let field = *field;
        labels.iter().map(move |label| (*label, field))
    };
    WordMap::new(LABELS.iter().flat_map(of))
});

/// Characters that no label has as many of.
const MAX_LABEL_CHARS: usize = 32;

/// Returns the field that a text labels, all of it.
pub(super) fn person_field(label: &str) -> Option<PersonField> {
    named(label).or_else(|| {
        // 「氏名（ふりがな）」, 「氏名 / Name」
        let shorter = label
            .split(['(', '（', '/', '／'])
            .next()
            .filter(|shorter| shorter.len() < label.len())?;
        person_field(shorter).filter(|field| *field != PersonField::Link)
    })
}

/// Returns the field whose label a text is, folded.
fn named(label: &str) -> Option<PersonField> {
    let mut letters = label.chars().filter_map(fold).peekable();
    let mut words = FIELDS.beginning(*letters.peek()?).peekable();
    words.peek()?;
    let folded: String = letters.take(MAX_LABEL_CHARS).collect();
    words
        .find(|(word, _)| *word == folded)
        .map(|(_, field)| *field)
}

/// Folds one character of a label; `None` for what labels do without.
fn fold(character: char) -> Option<char> {
    let character = match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        _ => character,
    };
    let is_sign = character.is_whitespace()
        || matches!(
            character,
            '【' | '】'
                | '*'
                | '・'
                | '('
                | ')'
                | '■'
                | '□'
                | '●'
                | '◆'
                | '▼'
                | '_'
                | '-'
                | ':'
                | '['
                | ']'
                | '<'
                | '>'
                | '「'
                | '」'
                | '\u{FE0F}'
        );
    (!is_sign).then(|| character.to_ascii_lowercase())
}

/// A label in a line and where its value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LabelledValue {
    /// The field.
    pub(super) field: PersonField,
    /// Bytes of the label.
    pub(super) label: Range<usize>,
    /// Bytes of the value, without blanks and separators at its edges.
    pub(super) value: Range<usize>,
}

/// Finds the labelled values of a line: 「フリガナ：… 氏名：…」, 「氏名　久世 亮平」, 「【住所】…」.
pub(super) fn labelled_values(text: &str) -> Vec<LabelledValue> {
    if text.len() > 400 {
        return Vec::new();
    }
    let mut found: Vec<LabelledValue> = Vec::new();
    let mut may_begin = true;
    let mut skip_to = 0;
    for (at, character) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        if may_begin
            && let Some((field, label_end, value_at)) = label_at(text, at, found.is_empty())
        {
            found.push(LabelledValue {
                field,
                label: at..label_end,
                value: value_at..text.len(),
            });
            skip_to = value_at;
            may_begin = true;
            continue;
        }
        may_begin = character.is_whitespace() || "/／|｜、,，【[［■●・-*>(（".contains(character);
    }
    for index in 0..found.len() {
        let end = found
            .get(index + 1)
            .map_or(text.len(), |next| next.label.start);
        found[index].value = trimmed(text, found[index].value.start..end);
    }
    found
}

/// Takes blanks and separators off both ends of a range of `text`.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let is_edge = |character: char| {
        character.is_whitespace() || "/／|｜、,，;；【[［■●・*:：".contains(character)
    };
    let kept = part.trim_start_matches(is_edge);
    let start = range.end - kept.len();
    start..start + kept.trim_end_matches(is_edge).trim_end().len()
}

/// Reads a label at byte `at`: its field, the byte behind it and where its value begins.
fn label_at(text: &str, at: usize, is_first: bool) -> Option<(PersonField, usize, usize)> {
    let rest = &text[at..];
    let first = rest.chars().next().and_then(fold)?;
    let mut best: Option<(PersonField, usize, usize)> = None;
    for (label, field) in FIELDS.beginning(first) {
        let Some(len) = prefix_len(rest, label) else {
            continue;
        };
        let Some(value) = value_at(&rest[len..], label, *field, is_first) else {
            continue;
        };
        if best.is_none_or(|(_, known, _)| at + len > known) {
            best = Some((*field, at + len, at + len + value));
        }
    }
    best
}

/// Returns the bytes at the beginning of `rest` that read `label`, blanks between its letters.
fn prefix_len(rest: &str, label: &str) -> Option<usize> {
    let mut wanted = label.chars();
    let mut next = wanted.next();
    for (at, character) in rest.char_indices() {
        let Some(expected) = next else {
            return Some(at);
        };
        match fold(character) {
            Some(folded) if folded == expected => next = wanted.next(),
            None if at > 0
                && character != ':'
                && character != '：'
                && !"()（）【】[]".contains(character) => {}
            _ => return None,
        }
    }
    next.is_none().then_some(rest.len())
}

/// Returns where the value begins behind a label, or `None` where no label ends here.
fn value_at(rest: &str, label: &str, field: PersonField, is_first: bool) -> Option<usize> {
    let is_sign = !label.chars().next().is_some_and(char::is_alphanumeric);
    if is_sign {
        return Some(
            rest.len()
                - rest
                    .trim_start_matches(['\u{FE0F}', ' ', '\u{3000}', ':'])
                    .len(),
        );
    }
    let mut behind = rest.trim_start_matches(['】', ']', '］', '*', '\u{FE0F}']);
    let has_bracket = behind.len() < rest.len();
    // 「氏名（ふりがな）：」, 「生年月日(西暦):」
    let opening = behind.trim_start();
    if opening.starts_with(['(', '（'])
        && let Some(close) = opening.find([')', '）'])
    {
        let after = &opening[close..];
        let after = &after[after.chars().next().map_or(0, char::len_utf8)..];
        let has_label_inside = person_field(opening[..close].trim_matches(['(', '（'])).is_some();
        if after.trim_start().starts_with([':', '：']) || (has_label_inside && close < 40) {
            behind = after;
        }
    }
    let trimmed = behind.trim_start();
    if let Some(value) = trimmed.strip_prefix([':', '：', '=', '\u{FF1D}']) {
        let is_address = value.starts_with("//");
        return (!is_address).then(|| rest.len() - value.len());
    }
    if has_bracket {
        return Some(rest.len() - behind.len());
    }
    let has_blank = trimmed.len() < behind.len() && !trimmed.is_empty();
    let is_wide = behind.starts_with(['\u{3000}', '\t']) || behind.starts_with("  ");
    let is_japanese = !label.is_ascii();
    // 「在住 ○○」 and 「出身 ○○」 are too common as words.
    let is_sure = !matches!(
        label,
        "在住"
            | "居住"
            | "出身"
            | "読み"
            | "よみ"
            | "カナ"
            | "関連"
            | "法人"
            | "サイト"
            | "稼働"
            | "資格"
            | "学歴"
            | "趣味"
            | "備考"
            | "所属"
            | "メール"
            | "電話"
            | "携帯"
            | "単価"
            | "職種"
            | "役職"
            | "著者"
            | "作成者"
    );
    let may_be_loose = is_japanese && field != PersonField::Link && (is_sure || is_wide);
    (has_blank && may_be_loose && (is_first || is_wide || is_sure))
        .then(|| rest.len() - trimmed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(PersonField, &str)]) {
        let found = labelled_values(text);
        let actual: Vec<(PersonField, &str)> = found
            .iter()
            .map(|found| (found.field, &text[found.value.clone()]))
            .collect();
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn labels_stand_before_values_in_each_written_form() {
        use PersonField::{BirthDate, Ignored, Location, Name, OtherName, Reading};
        check("氏名: 葛木 朔", &[(Name, "葛木 朔")]);
        check("氏名　葛木 朔", &[(Name, "葛木 朔")]);
        check("氏名　　葛木　朔", &[(Name, "葛木　朔")]);
        check("氏　名　：　葛木　朔", &[(Name, "葛木　朔")]);
        check("【氏名】葛木 朔", &[(Name, "葛木 朔")]);
        check("氏名（ふりがな）：葛木 朔", &[(Name, "葛木 朔")]);
        check("職務経歴書　　氏名：葛木朔", &[(Name, "葛木朔")]);
        check(
            "フリガナ：カツラギ サク　氏名：葛木 朔　国籍：日本",
            &[
                (Reading, "カツラギ サク"),
                (Name, "葛木 朔"),
                (Ignored, "日本"),
            ],
        );
        check("Name: Saku Katsuragi", &[(OtherName, "Saku Katsuragi")]);
        check("住　　所　：　岩手県花巻市", &[(Location, "岩手県花巻市")]);
        check("region: 岩手県", &[(Location, "岩手県")]);
        check("🎂 2001/02/03", &[(BirthDate, "2001/02/03")]);
        check(
            "書いた人：葛木朔　／　書いた日：2025年9月",
            &[(Name, "葛木朔"), (Ignored, "2025年9月")],
        );
        check("氏名を伏せた例", &[]);
        check("web サービスの開発", &[]);
    }
}
