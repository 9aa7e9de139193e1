//! Dates whose year and month stand under keys of their own.

use super::super::text::Text;
use super::data::Node;
use super::data_key::folded;
use super::data_language::{in_japanese, names_languages};

const YEAR_KEYS: &[&str] = &["year", "年", "nen", "y", "yyyy", "西暦"];
const MONTH_KEYS: &[&str] = &["month", "月", "tsuki", "gatsu", "m", "mm", "mon"];
const DAY_KEYS: &[&str] = &["day", "日", "hi", "nichi", "d", "dd"];

/// Writes each date that is a map as a text, `2020-08`; the year and the month of one date, which
/// stand beside one another, likewise.
pub(super) fn settle(node: Node) -> Node {
    match node {
        Node::Scalar(text) => Node::Scalar(text),
        Node::List(values) => Node::List(values.into_iter().map(settle).collect()),
        Node::Map(members) => match in_japanese(members) {
            Ok(value) => settle(value),
            Err(members) => match date_of(&members) {
                Some(date) => Node::Scalar(date),
                None => Node::Map(paired(members)),
            },
        },
    }
}

/// Reads a map as a date, where it holds a year and perhaps a month and a day.
fn date_of(members: &[(Text, Node)]) -> Option<Text> {
    if members.is_empty() || members.len() > 4 {
        return None;
    }
    let mut parts: [Option<&Text>; 3] = [None; 3];
    for (key, value) in members {
        let key = folded(key);
        let index = [YEAR_KEYS, MONTH_KEYS, DAY_KEYS]
            .iter()
            .position(|keys| keys.contains(&key.as_str()))?;
        if let Node::Scalar(text) = value {
            parts[index] = Some(text);
        }
    }
    let [year, month, day] = parts;
    let mut date = number(year?)?;
    for part in [month, day] {
        let Some(part) = part.and_then(number) else {
            break;
        };
        append(&mut date, &part);
    }
    Some(date)
}

/// Returns the line of an event whose year, month and text stand under keys of their own: 「2015年4月　A 入社」. The
/// last of such a list may say no date: 「現在に至る」.
pub(super) fn dated_event(members: &[(Text, Node)]) -> Option<Text> {
    if !(3..=4).contains(&members.len()) {
        return None;
    }
    let mut line = Text::default();
    let mut dates = 0;
    for (keys, unit) in [(YEAR_KEYS, "年"), (MONTH_KEYS, "月"), (DAY_KEYS, "日")] {
        let mut values = members.iter();
        let found = values.find(|(key, _)| keys.contains(&folded(key).as_str()));
        let Some((_, Node::Scalar(value))) = found else {
            continue;
        };
        dates += 1;
        if let Some(value) = number(value) {
            line.append(&value);
            line.push_shown(unit);
        }
    }
    let is_date = |key: &Text| {
        [YEAR_KEYS, MONTH_KEYS, DAY_KEYS]
            .iter()
            .any(|keys| keys.contains(&folded(key).as_str()))
    };
    let mut texts = members.iter().filter(|(key, _)| !is_date(key));
    let (Some((_, Node::Scalar(text))), None) = (texts.next(), texts.next()) else {
        return None;
    };
    if dates < 2 || text.is_empty() {
        return None;
    }
    line.push_shown("　");
    line.append(text);
    Some(line)
}

/// Returns the text without 年 and 月 where a number stands before them.
fn number(text: &Text) -> Option<Text> {
    let value = text.as_str().trim_end_matches(['年', '月', '日', '.']);
    let is_number =
        !value.is_empty() && value.len() <= 4 && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.slice(0..value.len()))
}

fn append(date: &mut Text, part: &Text) {
    date.push_shown(if part.as_str().len() == 1 { "-0" } else { "-" });
    date.append(part);
}

/// Joins `startYear` and `startMonth`.
fn paired(members: Vec<(Text, Node)>) -> Vec<(Text, Node)> {
    let stem = |key: &Text, words: &[&str]| {
        let key = folded(key);
        words
            .iter()
            .filter(|word| word.len() > 2)
            .find_map(|word| key.strip_suffix(word).map(str::to_owned))
            .filter(|stem| !stem.is_empty())
    };
    let mut found: Vec<(Text, Node)> = Vec::with_capacity(members.len());
    let mut year: Option<(String, usize)> = None;
    for (key, value) in members {
        let value = match value {
            // Its members are how well somebody knows each.
            Node::Map(members) if names_languages(&key) => Node::Map(paired(members)),
            value => settle(value),
        };
        if let Some((of, at)) = &year
            && stem(&key, MONTH_KEYS).as_ref() == Some(of)
            && let Node::Scalar(month) = &value
            && let Some(month) = number(month)
            && let Some((_, Node::Scalar(date))) = found.get_mut(*at)
            && number(date).is_some()
        {
            append(date, &month);
            year = None;
            continue;
        }
        if let Some(of) = stem(&key, YEAR_KEYS) {
            year = Some((of, found.len()));
        }
        found.push((key, value));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::{Json, Yaml};
    use crate::resume::source::tests::check_lines;

    #[test]
    fn years_and_months_under_keys_of_their_own_are_dates() {
        check_lines(
            r#"{"companies":[{"companyName":"A","period":{"start":{"year":2020,"month":8},"end":null},"projects":[{"name":"B","startYear":2021,"startMonth":4,"endYear":2022,"endMonth":12,"environment":{"languages":["Go"],"db":["MySQL"]}}]}]}"#,
            Json,
            &[
                "h2 職務経歴",
                "h3 会社名: A（2020-08〜現在）",
                "h4 プロジェクト",
                "h5 B（2021-04〜2022-12）",
                "l 開発環境: Go、MySQL",
            ],
        );
    }

    #[test]
    fn keys_in_latin_letters_may_be_japanese() {
        check_lines(
            "shokureki:\n  - kaisha: A\n    kikan: {kaishi: {nen: 2019, tsuki: 10}, shuuryou: null}\n    anken:\n      - mei: B\n        kikan:\n          kaishi: 2020-01\n          shuuryou: 2021-02\n        gijutsu: [Go]\nshikaku:\n  - {mei: C, shutoku: {nen: 2016, tsuki: 6}}\n",
            Yaml,
            &[
                "h2 職務経歴",
                "h3 会社名: A（2019-10〜現在）",
                "h4 プロジェクト",
                "h5 B（2020-01〜2021-02）",
                "l 使用技術: Go",
                "h2 資格",
                "i C（2016-06）",
            ],
        );
    }
}
