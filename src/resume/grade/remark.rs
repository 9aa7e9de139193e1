//! What the sentence around a name says of it.

use super::aside::is_aside;
use super::bracketed::{bracket_behind, bracket_remark, denies_own_part};
use super::choice::is_passed_over;
use super::counterpart::is_of_counterpart;
use super::cue::{Cue, cues, tells_practice};
use super::lead::{bracketed_remark, lead_remark};
use super::party::is_of_others;
use super::place::tells_outcome;
use super::state::state_behind;
use super::{Remark, Sentence};
use shokureki_index::words;
use std::borrow::Cow;

/// Characters behind a name that may speak of it.
const MAX_TAIL_CHARS: usize = 140;

/// Characters between a name and the word that makes it a private one.
const MAX_PRIVATE_CHARS: usize = 60;

/// Characters between a name and a word of hearsay.
const MAX_HEARSAY_CHARS: usize = 6;

/// Returns what the sentence `whole` says of the name at its bytes `start..end`.
pub(in crate::resume) fn remark(whole: &Sentence<'_>, start: usize, end: usize) -> Option<Remark> {
    let sentence = whole.text;
    let rest = &sentence[end..];
    let is_no_use = is_about_the_word(rest)
        || is_only_moved(rest)
        || is_aside(sentence, start, end)
        || is_passed_over(sentence, start, end);
    if is_no_use {
        return Some(Remark::Negated);
    }
    // 「Angular（Angularは未経験）」
    let name = &sentence[start..end];
    let bracket = bracket_behind(rest).map(|inner| {
        let own = inner.strip_prefix(name).filter(|_| !name.is_empty());
        own.filter(|own| own.starts_with('は')).unwrap_or(inner)
    });
    if let Some(said) = bracket.and_then(bracket_remark) {
        return Some(said);
    }
    let tail = Tail::of(rest);
    // 「AWS以外は触っていません」
    // 「使ったことがあるのはAWSだけで、GCPは」
    let is_only_one = words![
        "あるのは",
        "使うのは",
        "使えるのは",
        "できるのは",
        "書けるのは"
    ]
    .end(&sentence[..start])
        && words!["だけ", "のみ", "くらい"].begin(rest);
    let is_excepted = is_only_one
        || words!["のみで、", "だけで、", "のみです", "だけです"].begin(rest)
        || rest.starts_with("以外")
        || rest.starts_with("しか")
        || is_of_own_clause(&sentence[..start], rest);
    let said = state_behind(rest)
        .or_else(|| if is_excepted { None } else { tail.remark() })
        .or_else(|| lead_remark(&sentence[..start]).filter(|_| !tells_outcome(sentence)))
        .or_else(|| bracketed_remark(&sentence[..start]));
    let said = match said {
        // 「引き続きReactを中心に開発していきたい」: there already.
        Some(Remark::Wished) if goes_on(&sentence[..start]) => None,
        // 「Goを学び始めて2年、いまは業務の中心です」
        Some(Remark::Learning)
            if words![
                "いまは業務",
                "今は業務",
                "現在は業務",
                "業務の中心",
                "業務で使って",
                "実務で使って",
            ]
            .is_in(rest) =>
        {
            None
        }
        // Who studies by making something uses it.
        Some(Remark::Learning)
            if tells_practice(&tail.text) || bracket.is_some_and(tells_practice) =>
        {
            Some(Remark::Personal)
        }
        said => said,
    };
    if said.is_none()
        && (is_hearsay(rest)
            || is_of_others(whole, start, end)
            || is_of_counterpart(whole, start, end))
    {
        return Some(Remark::Negated);
    }
    said
}

/// Returns whether a name is told of before a comma, apart from the names behind it:
/// 「趣味でRust、Scalaは未経験」.
fn is_of_own_clause(lead: &str, rest: &str) -> bool {
    rest.starts_with('、')
        && [
            "趣味で",
            "個人で",
            "業務で",
            "実務で",
            "仕事で",
            "普段は",
            "メインは",
            "主に",
        ]
        .iter()
        .any(|word| lead.ends_with(word))
}

/// Returns what a text says that stands for itself: a label, a cell, the inside of a bracket.
pub(in crate::resume) fn phrase_remark(text: &str) -> Option<Remark> {
    let found = cues(text);
    let has = |remark| found.iter().any(|cue| cue.remark == remark);
    let said = [
        Remark::Personal,
        Remark::Negated,
        Remark::Learning,
        Remark::Wished,
    ]
    .into_iter()
    .find(|remark| has(*remark))?;
    if said == Remark::Learning && tells_practice(text) {
        return Some(Remark::Personal);
    }
    Some(said)
}

/// Returns whether a name is only a thing handed on: 「CSVを受け取るだけ」.
fn is_only_moved(rest: &str) -> bool {
    let Some(behind) = rest.trim_start().strip_prefix('を') else {
        return false;
    };
    let near: String = behind.chars().take(10).collect();
    words![
        "受け取るだけ",
        "受け取っただけ",
        "もらうだけ",
        "渡すだけ",
        "叩くだけ",
        "置くだけ",
    ]
    .is_in(&near)
}

/// What stands behind a name, the brackets that belong to other names left out.
struct Tail<'a> {
    text: Cow<'a, str>,
    /// Whether a bracket left out speaks of several names.
    shared: Option<Remark>,
}

impl<'a> Tail<'a> {
    fn of(rest: &'a str) -> Self {
        let end = rest.char_indices().nth(MAX_TAIL_CHARS);
        let rest = &rest[..end.map_or(rest.len(), |(end, _)| end)];
        if !rest.contains(['(', '（']) {
            return Self {
                text: Cow::Borrowed(rest),
                shared: None,
            };
        }
        let mut text = String::new();
        let mut inner = String::new();
        let mut depth = 0usize;
        let mut shared = None;
        for character in rest.chars() {
            match character {
                '(' | '（' => {
                    if depth > 0 {
                        inner.push(character);
                    }
                    depth += 1;
                }
                ')' | '）' if depth > 0 => {
                    depth -= 1;
                    if depth == 0 {
                        if denies_own_part(&inner) {
                            shared = shared.or(Some(Remark::Negated));
                        } else if speaks_of_all(&inner) {
                            shared = shared.or_else(|| phrase_remark(&inner));
                        }
                        inner.clear();
                    }
                }
                _ if depth > 0 => inner.push(character),
                _ => text.push(character),
            }
        }
        Self {
            text: Cow::Owned(text),
            shared,
        }
    }

    fn remark(&self) -> Option<Remark> {
        let is_plain =
            self.text.is_ascii() && !self.text.bytes().any(|byte| byte.is_ascii_lowercase());
        if is_plain {
            return self.shared;
        }
        let found = cues(&self.text);
        let says = |remark: Remark| {
            found
                .iter()
                .filter(|cue| cue.remark == remark)
                .any(|cue| self.reaches(*cue))
        };
        [
            Remark::Personal,
            Remark::Negated,
            Remark::Learning,
            Remark::Wished,
        ]
        .into_iter()
        .find(|remark| says(*remark))
        .or(self.shared)
    }

    /// Returns whether a cue speaks of the name before the text.
    fn reaches(&self, cue: Cue) -> bool {
        let between = &self.text[..cue.at];
        if cue.remark == Remark::Personal && between.chars().count() > MAX_PRIVATE_CHARS {
            return false;
        }
        let own = own_topic(between);
        if let Some(behind) = own {
            // 「PythonやRの経験はありますが、Juliaの」「RSpec / E2E は Cypress」: told of another.
            let names_other =
                |text: &str| text.contains(|character: char| character.is_ascii_alphabetic());
            let is_of_other = behind
                .split_once("が、")
                .is_some_and(|(_, next)| names_other(next))
                || between.trim_start().starts_with(['/', '／']) && names_other(behind);
            if is_of_other {
                return false;
            }
            // 「Denoは…で、使ったことはありません」: what は marks stays the topic of the sentence.
            return !has_new_topic(behind);
        }
        if let Some(said) = behind_names(between) {
            return !has_new_topic(said);
        }
        speaks_of_all(between) || (!leaves_clause(between) && !has_new_topic(between))
    }
}

/// Returns what is said behind the list that a label is the end of, where it is said of the writer:
/// 「Oracle EBS、Dynamics 365 … 顧客側の旧システムで、自身では」.
fn behind_names(between: &str) -> Option<&str> {
    let at = between.find(['…', ':', '：'])?;
    let (names, said) = (&between[..at], &between[at..]);
    let is_list = !names.chars().any(is_hiragana) && !names.contains('。');
    (is_list && ends_with_writer(said)).then_some(said)
}

/// Returns whether a text ends with the writer as who does, or does not, what follows.
fn ends_with_writer(text: &str) -> bool {
    words![
        "私は",
        "わたしは",
        "僕は",
        "筆者は",
        "自分は",
        "自身は",
        "本人は",
        "当方は",
        "私では",
        "私自身では",
        "自分では",
        "自身では",
        "自分自身では",
        "こちらでは",
        "私の方では",
        "私のほうでは",
    ]
    .end(text.trim_end_matches(['、', '一', '切', '直', '接']))
}

/// Returns whether a wish is to go on: 「引き続き」「これまで触れてきた」 before the name.
fn goes_on(lead: &str) -> bool {
    let clause = lead.rsplit('。').next().unwrap_or(lead);
    words![
        "これまで通り",
        "これまでどおり",
        "引き続き",
        "引続き",
        "これからも",
        "今後も",
        "てきた",
        "培った",
        "得意な",
        "得意とする"
    ]
    .is_in(clause)
}

/// Returns whether a text speaks of all the names before it.
fn speaks_of_all(text: &str) -> bool {
    words![
        "どちらも",
        "いずれも",
        "ともに",
        "とも全",
        "両方",
        "すべて",
        "全て",
        "両者",
    ]
    .is_in(text)
}

/// Returns what stands behind the は of the topic that the name before `between` is part of.
fn own_topic(between: &str) -> Option<&str> {
    let at = between.find('は')?;
    let topic = &between[..at];
    // 「Java、Go　※Rustは個人学習のみ」: a note on another.
    if topic.contains('※') {
        return None;
    }
    // 「ReactやVueといったフレームワークは使わず」
    let kind = topic
        .replace("といった", "")
        .replace("のような", "")
        .replace("みたいな", "");
    let is_list = kind
        .chars()
        .all(|character| !is_hiragana(character) || "やとのなどもき等".contains(character));
    let has_other_name =
        topic.contains(is_hiragana) && topic.ends_with(|last: char| last.is_ascii_alphanumeric());
    let is_near =
        topic.chars().count() < 8 && !has_other_name && !topic.contains(['、', '，', ',']);
    (is_near || is_list).then(|| &between[at + 'は'.len_utf8()..])
}

/// Returns whether another name becomes the topic: 「、Rustは」.
fn has_new_topic(text: &str) -> bool {
    text.char_indices()
        .filter(|(_, character)| *character == 'は')
        .any(|(at, _)| {
            text[..at]
                .trim_end()
                .chars()
                .next_back()
                .is_some_and(|last| {
                    last.is_ascii_alphanumeric() || matches!(last, '+' | '#' | 'ァ'..='ヺ' | 'ー')
                })
        })
}

fn is_hiragana(character: char) -> bool {
    ('ぁ'..='ゖ').contains(&character)
}

/// Returns whether a text ends a clause: a verb's or adjective's ending before 、.
fn leaves_clause(between: &str) -> bool {
    // 「サーバの人がRustで書いたもので、私は」「名前を聞く程度で、」: the matter is still the name's.
    let is_limited = words!["だけで", "程度で", "のみで", "レベルで", "までで"];
    let own = ends_with_writer(between);
    let mut before = None;
    for (at, character) in between.char_indices() {
        if matches!(character, '、' | '，' | ',' | ';' | '；')
            && before
                .is_some_and(|before| "したてでりくみいれえめずらすばきびちぎ".contains(before))
        {
            let is_last = !between[at..]
                .trim_start_matches(character)
                .contains(['、', '，', ',']);
            let is_kept = (is_limited.end(&between[..at])
                && !words!["使", "触", "試", "書", "作", "個人"].is_in(&between[..at]))
                || (own
                    && is_last
                    && words!["もので", "ので", "であり", "ため"].end(&between[..at]));
            if !is_kept {
                return true;
            }
        }
        before = Some(character);
    }
    false
}

/// Returns whether a name is only said not to be meant: 「Godot とは関係ありません」「Perlではない」.
fn is_about_the_word(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|character: char| {
        character == ' '
            || character == '.'
            || character == ','
            || character.is_ascii_alphanumeric()
    });
    let inner = ["とは", "と", "では", "じゃ"]
        .iter()
        .find_map(|particle| rest.strip_prefix(particle));
    let Some(inner) = inner else {
        return false;
    };
    let inner = ["一切", "特に", "全く", "まったく", "何の", "直接の"]
        .iter()
        .find_map(|adverb| inner.strip_prefix(adverb))
        .unwrap_or(inner);
    if rest.starts_with("では") || rest.starts_with("じゃ") {
        return words!["ない", "なく", "ありません"].begin(inner);
    }
    words![
        "関係ない",
        "関係な",
        "関係あり",
        "関係はあり",
        "関係がない",
        "関係もあり",
        "無関係",
        "別物",
        "別のもの",
    ]
    .begin(inner)
}

/// Returns whether the writer has a name from others: 「（Flutter とのこと）」.
fn is_hearsay(rest: &str) -> bool {
    let end = rest.char_indices().nth(MAX_HEARSAY_CHARS + 24);
    let near = &rest[..end.map_or(rest.len(), |(end, _)| end)];
    words![
        "とのこと",
        "と聞きま",
        "と聞いて",
        "らしい",
        "の話も聞",
        "の話を聞",
        "の話は聞",
        "という話",
        "だそう",
    ]
    .places_in(near)
    .any(|(at, _)| {
        // 「VB6やAccessの話も聞きます」
        let between = near[..at].trim_start_matches(|character: char| {
            character.is_ascii()
                || ('ァ'..='ー').contains(&character)
                || "やと、・／製の".contains(character)
        });
        // 「Kotlinに移行されているらしい」: done by others.
        let is_passive = words!["され", "られ", "わっ"].is_in(between);
        (is_passive || between.chars().count() <= MAX_HEARSAY_CHARS)
            && !between.contains(['、', '。'])
    })
}

#[cfg(test)]
mod tests {
    use super::super::sentence;
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: Option<Remark>) {
        let start = text.find(name).expect("named");
        let (sentence, first) = sentence(text, start + name.len());
        let at = start - first;
        let sentence = Sentence::new(sentence);
        assert_eq!(remark(&sentence, at, at + name.len()), expected, "{text}");
    }

    #[test]
    fn a_sentence_says_what_was_not_used() {
        for (text, name) in [
            (
                "Denoは話題を追っているだけで、使ったことはありません。",
                "Deno",
            ),
            (
                "QwikとRemixも資料を読みましたが、どちらも採用していません。",
                "Qwik",
            ),
            (
                "AWS RoboMakerやNVIDIA Isaac Simの有償サービスは使っていません。",
                "AWS RoboMaker",
            ),
            ("Kafkaを使い、Flinkは未経験です。", "Flink"),
            ("Haskell 実務経験なし", "Haskell"),
            (
                "Snowflake、Databricks は業務でも個人でも触ったことがありません",
                "Snowflake",
            ),
            (
                "AWSの画面は権限がなく、ログインしたこともありません。",
                "AWS",
            ),
            ("ゲームエンジンの Godot とは関係ありません", "Godot"),
            ("アプリ側（Ruby on Rails）は別会社の担当。", "Ruby on Rails"),
            ("api は別チームの rails。", "rails"),
            ("画面（Java、Springなど）は別の会社が担当しており", "Java"),
            ("アプリ本体は協力会社がXamarinで。", "Xamarin"),
            (
                "計算はサーバ側の人が Rust で書いたもので、私はさわっていません。",
                "Rust",
            ),
            (
                "Oracle EBS、Dynamics 365 … 顧客側の旧システムで、自身では扱っておりません",
                "Oracle EBS",
            ),
            (
                "BentoML を推す声もありましたが、導入までは行きませんでした。",
                "BentoML",
            ),
            (
                "サーバー側は Scala のチームが担当しており、自分は連携まで。",
                "Scala",
            ),
            ("Javaは娘が先に覚えました。", "Java"),
            (
                "IDA Pro は個人で買えないので使ったことがありません。",
                "IDA Pro",
            ),
            ("Android側の組み込みは各チームが担当", "Android"),
        ] {
            check(text, name, Some(Remark::Negated));
        }
        for (text, name) in [
            ("Kafkaを使い、Flinkは未経験です。", "Kafka"),
            ("Goは5年、Rustは未経験", "Go"),
            ("Rust。Go は未経験", "Rust"),
            ("Python ／(研鑽中)Rust、Zig", "Python"),
            ("Javaは未経験でしたが、2か月で覚えました", "Java"),
            ("別チームと連携してKafkaの基盤を構築", "Kafka"),
            ("協力会社10名をまとめ、Javaで開発", "Java"),
            ("別チームにGitを教えた", "Git"),
            ("Javaで開発し、インフラは別チームが担当", "Java"),
            ("Python … 集計の自動化で使い、Rは使っていません", "Python"),
            ("Goで書き、私はテストを担当していません", "Go"),
        ] {
            check(text, name, None);
        }
        check("Python ／(研鑽中)Rust、Zig", "Zig", Some(Remark::Learning));
    }

    #[test]
    fn a_bracket_speaks_of_the_name_before_it() {
        let text = "Bitrise，fastlane，Xcode Cloud（検証のみで、業務では利用していません）";
        for (text, name, said) in [
            (text, "Xcode Cloud", Some(Remark::Negated)),
            (text, "Bitrise", None),
            (
                "Terraform、Pulumi（いずれも学習中）",
                "Terraform",
                Some(Remark::Learning),
            ),
            (
                "Rust（勉強中、CLIを書いています）",
                "Rust",
                Some(Remark::Personal),
            ),
        ] {
            check(text, name, said);
        }
    }
}
