//! Values that a document of keys and values states in several languages: `{ ja: 設計, en: Design }`.

use super::super::text::Text;
use super::data::Node;
use super::data_key::folded;

/// Keys of a value in Japanese.
const JAPANESE: &[&str] = &["ja", "jp", "jajp", "japanese", "日本語"];

/// Keys of the same in other languages.
const OTHERS: &[&str] = &[
    "en", "enus", "engb", "english", "英語", "zh", "ko", "default",
];

/// Returns whether the members of what a key names are languages that somebody speaks.
pub(super) fn names_languages(key: &Text) -> bool {
    ["language", "languages", "spokenlanguages", "言語", "語学"].contains(&folded(key).as_str())
}

/// Returns the value in Japanese of a map that holds one value by language, or the map as it is.
pub(super) fn in_japanese(mut members: Vec<(Text, Node)>) -> Result<Node, Vec<(Text, Node)>> {
    let is_of = |keys: &[&str], key: &Text| keys.contains(&folded(key).as_str());
    let own = members.iter().position(|(key, _)| is_of(JAPANESE, key));
    let are_languages = members
        .iter()
        .all(|(key, _)| is_of(JAPANESE, key) || is_of(OTHERS, key));
    match own.filter(|_| are_languages) {
        Some(own) => Ok(members.swap_remove(own).1),
        None => Err(members),
    }
}

#[cfg(test)]
mod tests {
    use shokureki_index::lexicon::Lexicon;

    use crate::domain::DocumentFormat;
    use crate::resume::read;

    #[test]
    fn values_by_language_are_read_in_japanese() {
        let text = "work:\n  - { year: 2011, month: 4, value: 株式会社アオバ 入社 }\n  - { year: 2015, month: 8, value: 株式会社アオバ 退職 }\n\
                    career:\n  histories:\n    - company: { ja: 株式会社アオバ, en: Aoba Inc. }\n      period: { ja: 2011年4月 - 2015年8月, en: Apr 2011 - Aug 2015 }\n\
                    \x20     projects:\n        - title: { ja: 集荷の予測の基盤の構築 }\n          period: { ja: 2012年4月 - 2013年6月, en: Apr 2012 - Jun 2013 }\n\
                    \x20         tech: [Python, BigQuery]\n";
        let (resume, _) = read(text, DocumentFormat::Yaml, Lexicon::builtin());
        let jobs = &resume.stints.employments;
        let names: Vec<&str> = jobs.iter().map(|job| job.employer.name.as_str()).collect();
        assert_eq!(names, ["株式会社アオバ"]);
        let works = &resume.stints.projects;
        let titles: Vec<Option<&str>> = works.iter().map(|work| work.title.as_deref()).collect();
        assert_eq!(titles, [Some("集荷の予測の基盤の構築")]);
    }
}
