//! The keys of the search language, in English and Japanese, and the values that are words.

use unicode_normalization::UnicodeNormalization as _;

use super::print::Language;
use super::request::{Filter, Tenure};
use crate::domain::{Grade, Moment};

/// What a value is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Technology,
    Since,
    Grade,
    Parts,
    Employer,
    Tenure,
    Period,
    Within,
    Role,
    Text,
    Certification,
    Education,
    Location,
    Name,
}

/// Every key with its names in English and in Japanese, the one that is printed first.
const KEYS: [(Key, &[&str], &[&str]); 14] = [
    (
        Key::Technology,
        &["tech", "technology", "skill", "framework"],
        &["技術", "スキル", "言語", "フレームワーク"],
    ),
    (Key::Since, &["since"], &["最終使用", "最終利用"]),
    (Key::Grade, &["grade"], &["根拠", "習熟"]),
    (Key::Parts, &["parts"], &["構成要素"]),
    (
        Key::Employer,
        &["employer", "company"],
        &["会社", "企業", "勤務先", "所属"],
    ),
    (Key::Tenure, &["tenure"], &["在籍"]),
    (Key::Period, &["period"], &["期間", "時期"]),
    (Key::Within, &["within"], &["期間内"]),
    (
        Key::Role,
        &["role", "title"],
        &["役割", "役職", "職種", "ポジション"],
    ),
    (Key::Text, &["text"], &["本文", "文章"]),
    (
        Key::Certification,
        &["cert", "certification", "certificate"],
        &["資格", "認定"],
    ),
    (
        Key::Education,
        &["school", "education"],
        &["学歴", "学校", "最終学歴"],
    ),
    (
        Key::Location,
        &["location"],
        &["居住地", "住所", "在住", "勤務地"],
    ),
    (Key::Name, &["name"], &["氏名", "名前"]),
];

impl Key {
    /// The most characters of a key.
    pub(super) const MAX_CHARS: usize = 16;

    /// Reads a key without its colon, in any width and case.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let name = folded(name);
        let found = KEYS.iter().find(|(_, english, japanese)| {
            let mut names = english.iter().chain(*japanese);
            names.any(|known| *known == name)
        });
        found.map(|(key, _, _)| *key)
    }

    /// Returns the key as it is printed.
    pub(super) fn written(self, language: Language) -> &'static str {
        let names = KEYS.iter().find(|(key, _, _)| *key == self);
        names.map_or("", |(_, english, japanese)| match language {
            Language::English => english[0],
            Language::Japanese => japanese[0],
        })
    }

    /// Whether it is asked of a stint, not of the candidate.
    pub(super) fn is_of_stint(self) -> bool {
        !matches!(
            self,
            Self::Certification | Self::Education | Self::Location | Self::Name
        )
    }
}

/// A text that looks like a key that there is none of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnknownKey {
    /// The key as typed, without its colon.
    pub(super) key: String,
    /// The key that it most resembles.
    pub(super) nearest: Option<&'static str>,
}

/// Reads `foo:bar` as a key and value; not what has another use of the colon: `http://x`, `a::b`, `12:30`.
pub(super) fn unknown_key(word: &str) -> Option<UnknownKey> {
    let (key, value) = word.split_once([':', '：'])?;
    let is_key = key.chars().count() <= Key::MAX_CHARS
        && key.chars().count() > 1
        && key.chars().all(char::is_alphabetic)
        && !value.is_empty()
        && !value.starts_with(['/', ':', '\\', '：', '／']);
    if !is_key {
        return None;
    }
    let name = folded(key);
    let names = KEYS
        .iter()
        .flat_map(|(_, english, japanese)| english.iter().chain(*japanese));
    let nearest = names
        .map(|known| (strsim::osa_distance(&name, known), *known))
        .filter(|(distance, known)| *distance <= (known.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance);
    Some(UnknownKey {
        key: key.to_owned(),
        nearest: nearest.map(|(_, known)| known),
    })
}

/// The value of a key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Conditions, one of which is met; each has one part.
    Alternatives(Vec<Filter>),
    /// More about the condition before it.
    Modifier(Modifier),
}

/// More about a technology or an employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifier {
    Since(Moment),
    Grade(Grade),
    Parts(bool),
    Tenure(Tenure),
}

impl Modifier {
    /// Applies it to the last technology, or the employer, of `filter`; false where there is none.
    pub(super) fn apply(self, filter: &mut Filter) -> bool {
        if let Self::Tenure(tenure) = self {
            let employer = filter.employer.as_mut();
            return employer.map(|part| part.tenure = tenure).is_some();
        }
        let technology = filter.also.last_mut().or(filter.technology.as_mut());
        let Some(part) = technology else {
            return false;
        };
        match self {
            Self::Since(moment) => part.last_used_since = Some(moment),
            Self::Grade(grade) => part.min_grade = grade,
            Self::Parts(include_parts) => part.include_parts = include_parts,
            Self::Tenure(_) => {}
        }
        true
    }
}

/// Words for the values of a key; of each value, the printed English and Japanese word, and others.
type Words<T, const N: usize> = [(T, &'static str, &'static str, &'static [&'static str]); N];

const GRADES: Words<Grade, 6> = [
    (Grade::Worked, "worked", "実務", &["業務"]),
    (Grade::Declared, "declared", "申告", &["自己申告"]),
    (Grade::Personal, "personal", "個人", &["個人開発", "趣味"]),
    (Grade::Certified, "certified", "資格", &["資格のみ"]),
    (Grade::Learning, "learning", "学習", &["学習中", "興味"]),
    (Grade::Negated, "negated", "未経験", &[]),
];

const TENURES: Words<Tenure, 3> = [
    (Tenure::Any, "any", "不問", &["問わない"]),
    (
        Tenure::Current,
        "current",
        "現在",
        &["現職", "在籍中", "在職中"],
    ),
    (Tenure::Past, "past", "過去", &["退職", "出身", "元"]),
];

const FLAGS: Words<bool, 2> = [
    (true, "yes", "含む", &["true", "はい"]),
    (false, "no", "含まない", &["false", "いいえ", "除く"]),
];

fn read<T: Copy, const N: usize>(words: &Words<T, N>, text: &str) -> Option<T> {
    let text = folded(text);
    let found = words.iter().find(|(_, english, japanese, others)| {
        *english == text || *japanese == text || others.contains(&text.as_str())
    });
    found.map(|(value, ..)| *value)
}

fn write<T: PartialEq, const N: usize>(
    words: &Words<T, N>,
    value: &T,
    language: Language,
) -> &'static str {
    let found = words.iter().find(|(of, ..)| of == value);
    found.map_or("", |(_, english, japanese, _)| match language {
        Language::English => english,
        Language::Japanese => japanese,
    })
}

pub(super) fn grade(text: &str) -> Option<Grade> {
    read(&GRADES, text)
}

pub(super) fn written_grade(grade: Grade, language: Language) -> &'static str {
    write(&GRADES, &grade, language)
}

pub(super) fn tenure(text: &str) -> Option<Tenure> {
    read(&TENURES, text)
}

pub(super) fn written_tenure(tenure: Tenure, language: Language) -> &'static str {
    write(&TENURES, &tenure, language)
}

pub(super) fn flag(text: &str) -> Option<bool> {
    read(&FLAGS, text)
}

pub(super) fn written_flag(flag: bool, language: Language) -> &'static str {
    write(&FLAGS, &flag, language)
}

fn folded(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_names_in_both_languages_and_none_has_two_meanings() {
        let names = KEYS
            .iter()
            .flat_map(|(_, english, japanese)| english.iter().chain(*japanese));
        let mut names: Vec<&str> = names.copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for (key, english, japanese) in KEYS {
            assert_eq!(Key::parse(english[0]), Some(key));
            assert_eq!(Key::parse(japanese[0]), Some(key));
        }
        assert_eq!(Key::parse("ＴＥＣＨ"), Some(Key::Technology));
    }

    #[test]
    fn a_colon_of_another_use_is_no_key() {
        let nearest = |word| unknown_key(word).map(|unknown| unknown.nearest);
        assert_eq!(nearest("emploer:x"), Some(Some("employer")));
        assert_eq!(nearest("foo:bar"), Some(None));
        assert_eq!(nearest("会者：x"), Some(Some("会社")));
        for word in ["http://x", "std::vector", "12:30", "a:", "x", "C:\\x", ":x"] {
            assert_eq!(nearest(word), None, "{word}");
        }
    }
}
