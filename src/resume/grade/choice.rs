//! What was weighed against something else and not chosen: 「A、B、Cを比較し、Cを採用」.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

/// Characters behind a name in which the choice is told.
const MAX_TAIL_CHARS: usize = 120;

/// Characters between a name and the word of weighing.
const MAX_LIST_CHARS: usize = 60;

/// Words of weighing behind a list of names.
const WEIGHED: &WordList = words![
    "の比較",
    "との比較",
    "を比較",
    "を比べ",
    "と比べ",
    "で比較",
    "で比べ",
    "で迷",
    "で悩",
    "で議論",
    "のどちら",
    "のいずれ",
    "を検討",
    "も検討",
    "で検討",
    "を評価",
    "も評価",
    "を試し",
    "のトライアル",
    "をトライアル",
    "の試用",
    "を試用",
    "のPoC",
    "をPoC",
    "の評価を",
    "の選定を",
];

/// What stands behind the name that was chosen.
const CHOSEN: &WordList = words![
    "を採用",
    "を選",
    "を本採用",
    "に決",
    "に統一",
    "に一本化",
    "に落ち着",
    "に軍配",
    "を導入",
    "で進め",
    "を使うこと",
    "に切り替え",
    "で代替",
    "を利用",
    "を使用",
    "を使う",
    "の採用",
    "にした",
    "にしま",
    "とした",
    "としま",
    "に確定",
    "に集約",
    "で実現",
    "で構築",
    "で実装",
    "で開発",
];

/// What stands before the name that was chosen.
const CHOICE_IS: &WordList = words!["採用は", "採用したのは", "選んだのは", "決めたのは"];

/// What lacks in a product that is passed over: 「NAMEは過剰と判断し」「NAMEでは要件を満たせず」.
const LACKS: &WordList = words![
    "過剰",
    "高価",
    "高額",
    "割高",
    "高い",
    "オーバー",
    "重厚",
    "重すぎ",
    "尚早",
    "合わ",
    "不向き",
    "難し",
    "満た",
    "足り",
    "できず",
    "おらず",
    "いない",
    "不十分",
];

/// Returns whether the name at bytes `start..end` of a sentence was passed over for another.
pub(super) fn is_passed_over(sentence: &str, start: usize, end: usize) -> bool {
    let lead = sentence[..start].trim_end();
    let is_in_use = words![
        "既存の",
        "現行の",
        "従来の",
        "使用中の",
        "利用中の",
        "運用中の",
    ]
    .end(lead);
    let rest = &sentence[end..];
    let tail = rest
        .char_indices()
        .nth(MAX_TAIL_CHARS)
        .map_or(rest, |(at, _)| &rest[..at]);
    if is_in_use {
        return false;
    }
    if is_done_without(tail) || is_second_in_english(lead, tail) {
        return true;
    }
    let from = weighed_end(tail)
        .or_else(|| lacking_end(tail))
        .or_else(|| is_candidate(lead).then_some(0));
    from.is_some_and(|from| is_other_chosen(&sentence[start..end], &tail[from..]))
        || is_less_than_chosen(&sentence[start..end], tail)
}

/// Returns whether English tells of a choice of another: "chose A over NAME", "evaluated NAME but went with A".
fn is_second_in_english(lead: &str, tail: &str) -> bool {
    let lead = lead.to_ascii_lowercase();
    let chosen = ["chose", "chosen", "picked", "selected", "adopted"];
    let is_over = lead.ends_with(" over") && chosen.iter().any(|word| lead.contains(word));
    let tried = ["evaluated", "considered", "looked at", "trialled", "tried"];
    let is_tried = tried.iter().any(|word| lead.ends_with(word));
    let tail = tail.to_ascii_lowercase();
    let goes_on = [
        "but went with",
        "but stayed with",
        "but kept",
        "but stuck with",
        "but chose",
        "but stayed with",
        "but picked",
        "but decided",
    ];
    is_over
        || goes_on.iter().any(|word| {
            // "evaluated A and B, but stayed with C"
            tail.split_once(word).is_some_and(|(list, _)| {
                is_names(list) && (is_tried || is_list_of_tried(&lead, &tried))
            })
        })
}

/// Returns whether English only lists names: " and AlloyDB, ".
fn is_names(list: &str) -> bool {
    list.split([',', ' '])
        .filter(|word| !word.is_empty())
        .all(|word| word == "and" || word == "or" || word.len() > 2)
        && list.len() <= MAX_LIST_CHARS
        && !list.contains(['.', ';'])
}

/// Returns whether a list of what was tried goes on up to the end of `lead`.
fn is_list_of_tried(lead: &str, tried: &[&str]) -> bool {
    tried.iter().any(|word| {
        lead.rsplit_once(word)
            .is_some_and(|(_, list)| is_names(list))
    })
}

/// Returns whether something goes without a product: 「Reduxなしで」「（Lodashなど）に頼らず」.
fn is_done_without(tail: &str) -> bool {
    let near = tail
        .trim_start_matches("など")
        .trim_start_matches("等")
        .trim_start_matches([')', '）'])
        .trim_start();
    // 「Reactなしでは仕事にならない」
    if words!["なしでは", "無しでは"].begin(near) {
        return false;
    }
    words![
        "なしで",
        "を避け",
        "は避け",
        "なしに",
        "無しで",
        "に頼ら",
        "に依存せず",
        "に依存しない",
        "の代わりを",
        "の代わりとなる",
        "の代わりになる",
        "の代替を",
        "の代替となる",
        "と比べて決め",
        "と比べて選",
        "と比べた上で決め",
        "と比較して決め",
        "と比較して選",
        "と比較の上で決め",
        "と比較のうえ決め",
        "と競合し",
    ]
    .begin(near)
        // 「Goで Embulk の代わり」
        || ["の代わり", "の代替", "代わり", "代替"]
            .iter()
            .find_map(|word| near.strip_prefix(word))
            .is_some_and(|behind| {
                let behind = behind.trim();
                behind.is_empty() || behind.starts_with(['）', ')', '。'])
            })
}

/// Returns where the word of weighing ends that a list of names is followed by.
fn weighed_end(tail: &str) -> Option<usize> {
    let (at, _) = WEIGHED.places_in(tail).next()?;
    let word = WEIGHED.longest_of(&tail[at..])?;
    let list = without_brackets(&tail[..at]);
    let is_list = list.chars().count() <= MAX_LIST_CHARS
        && !list.contains(['。', '（', '('])
        && list
            .replace("など", "")
            .replace("だけでなく", "")
            .chars()
            .all(|character| !('ぁ'..='ん').contains(&character) || "とやかも".contains(character));
    is_list.then_some(at + word.len())
}

/// Returns a text without its brackets: 「（Rego）とSpiceDB」 is 「とSpiceDB」.
fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::new();
    for character in text.chars() {
        match character {
            '(' | '（' if text.contains([')', '）']) => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(character),
            _ => {}
        }
    }
    kept
}

/// Returns where the first clause ends, where it says what lacks in the name before it.
fn lacking_end(tail: &str) -> Option<usize> {
    let said = tail
        .strip_prefix("では")
        .or_else(|| tail.strip_prefix('は'))
        .or_else(|| tail.strip_prefix("だと"))?;
    let end = ["、", "ず", "ため", "ので"]
        .iter()
        .filter_map(|word| Some(said.find(word)? + word.len()))
        .min()?;
    LACKS
        .is_in(&said[..end])
        .then(|| tail.len() - said.len() + end)
}

/// Returns whether the text before a name opens a list of candidates.
fn is_candidate(lead: &str) -> bool {
    let list = words!["候補"]
        .places_in(lead)
        .last()
        .map(|(at, word)| &lead[at + word.len()..])
        .filter(|list| !list.trim_start_matches([':', '：']).contains(['。', '：']));
    list.is_some_and(|list| {
        let list = list.trim_start_matches(['は', 'と', 'に', 'し', 'て', ':', '：']);
        !list
            .chars()
            .any(|character| ('ぁ'..='ん').contains(&character) && !"とやか".contains(character))
    })
}

/// Returns whether another product was chosen over the name: 「VueよりReactを採用」.
fn is_less_than_chosen(name: &str, tail: &str) -> bool {
    let behind = tail
        .strip_prefix("よりも")
        .or_else(|| tail.strip_prefix("より"))
        .or_else(|| tail.strip_prefix("の代わりに"))
        .or_else(|| tail.strip_prefix("の代替として"))
        .or_else(|| tail.strip_prefix("の代わりとして"))
        .or_else(|| tail.strip_prefix("に代えて"));
    // 「NAMEより移行」: from it.
    behind.is_some_and(|behind| {
        let clause = behind.split('。').next().unwrap_or(behind);
        behind
            .trim_start()
            .starts_with(|first: char| first.is_ascii_alphabetic())
            && !words!["移行", "切り替え", "切替", "変更", "転換"].is_in(clause)
            && is_other_chosen(name, behind)
    })
}

/// Returns whether a text tells that something else than `name` was chosen, and not `name` too.
fn is_other_chosen(name: &str, text: &str) -> bool {
    let mut is_other = false;
    let chosen = CHOSEN
        .places_in(text)
        .filter_map(|(at, _)| last_name(&text[..at]));
    let predicates = CHOICE_IS
        .places_in(text)
        .filter_map(|(at, word)| first_name(&text[at + word.len()..]));
    // 「…を比較、Flutterに」: the choice without its verb.
    let ending = text
        .split('。')
        .next()
        .and_then(|clause| clause.trim_end().strip_suffix('に'))
        .and_then(last_name);
    for other in chosen.chain(predicates).chain(ending) {
        if is_same(name, other) {
            return false;
        }
        is_other = true;
    }
    is_other
}

/// Returns the product, or the word for one's own work, that a text ends with.
fn last_name(text: &str) -> Option<&str> {
    const OWN_WORK: [&str; 6] = ["内製", "自作", "自前", "スクラッチ", "独自実装", "自社開発"];
    let text = text.trim_end();
    if let Some(own) = OWN_WORK.iter().find(|word| text.ends_with(*word)) {
        return Some(own);
    }
    let len = text
        .bytes()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b" .+#-_/".contains(byte))
        .count();
    named(&text[text.len() - len..])
}

/// Returns the product that a text begins with.
fn first_name(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let len = text
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b" .+#-_/".contains(byte))
        .count();
    named(&text[..len])
}

fn named(run: &str) -> Option<&str> {
    let run = run.trim();
    run.starts_with(|first: char| first.is_ascii_alphabetic())
        .then_some(run)
}

/// Returns whether two written names mean one product: the shorter is part of the longer.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
    one.contains(&other) || other.contains(&one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: bool) {
        let start = text.find(name).expect("named");
        assert_eq!(
            is_passed_over(text, start, start + name.len()),
            expected,
            "{name} in {text}"
        );
    }

    #[test]
    fn what_lost_a_comparison_was_not_used() {
        for (text, name) in [
            ("RH850とAURIXを比べて、RH850に決定", "AURIX"),
            ("Redux、Recoil、Zustandを比較し、Zustandを採用", "Redux"),
            ("Redux、Recoil、Zustandを比較し、Zustandを採用", "Recoil"),
            (
                "SalesforceやkintoneなどSaaSを比較のうえ内製を選択",
                "kintone",
            ),
            ("Cypressとの比較の結果、Playwrightを採用", "Cypress"),
            ("候補はVue.jsとReactで、最終的にReactに決めた", "Vue.js"),
            ("ReactとVueのどちらにするかを検証し、Reactに統一", "Vue"),
            ("PoCでDatabricksを評価（本採用はSnowflake）", "Databricks"),
            ("AWSかGCPかで迷い、AWSを選択", "GCP"),
            ("VueよりReactの方が採用しやすいと判断しReactを採用", "Vue"),
            ("Kubernetesは過剰と判断し、ECSを選択", "Kubernetes"),
            ("Cognitoでは要件を満たせず、Auth0を導入", "Cognito"),
            ("Reduxなしで状態管理を実装", "Redux"),
            (
                "Kong（Lua）とEnvoyを比較し、設定の配りやすさからEnvoyを採用",
                "Kong",
            ),
            ("外部ライブラリ（Lodashなど）に頼らず自前で実装", "Lodash"),
        ] {
            check(text, name, true);
        }
    }

    #[test]
    fn what_was_chosen_or_replaced_was_used() {
        for (text, name) in [
            ("RedisとMemcachedを比較してRedisを採用", "Redis"),
            ("性能を比較し、MySQLからAuroraへ移行", "MySQL"),
            (
                "既存のJenkinsとの比較を行い、GitHub Actionsを採用",
                "Jenkins",
            ),
            ("JMeterで性能を比較し、Auroraを採用", "JMeter"),
            ("Jenkinsの課題を検討し、GitHub Actionsを導入", "Jenkins"),
            ("OracleよりPostgreSQLへ移行し、Djangoを採用", "Oracle"),
            ("Terraformの導入を検討し、採用", "Terraform"),
            ("Goは型があるため、採用", "Go"),
        ] {
            check(text, name, false);
        }
    }
}
