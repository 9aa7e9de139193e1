//! What was planned, read or met at somebody else's, and not taken up.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

/// Characters of a clause that tells whose a thing is.
const MAX_CLAUSE_CHARS: usize = 30;

/// Returns whether what stands behind a name says that it was planned only, read only, or is somebody else's.
pub(super) fn is_untaken(tail: &str) -> bool {
    let tail = tail.trim_start();
    is_of_other_makers(tail)
        || ends_in_own_denial(tail)
        || is_plan(tail)
        || is_read_only(tail)
        || is_asked_about(tail)
        || tail
            .strip_prefix([')', '）'])
            .and_then(|rest| rest.strip_prefix('は'))
            .is_some_and(is_done_by_others)
}

/// Returns the first characters of a text, up to a full stop.
fn clause(text: &str) -> String {
    text.chars()
        .take(MAX_CLAUSE_CHARS)
        .take_while(|sign| *sign != '。')
        .collect()
}

/// Returns whether a sentence ends by saying that the writer made nothing with the name before it, and tells of no
/// making on the way there: 「サーバーは NAME で作られており、打ち合わせに参加（実装はしていません）」.
fn ends_in_own_denial(tail: &str) -> bool {
    const WORK: [&str; 7] = [
        "実装は",
        "開発は",
        "構築は",
        "読み書きは",
        "プログラミングは",
        "コーディングは",
        "自分では",
    ];
    const NO_PRACTICE: &WordList = words![
        "設計の経験はありません",
        "構築の経験はありません",
        "開発の経験はありません",
        "構築経験はない",
        "構築経験はありません",
        "開発経験はない",
        "開発経験はありません",
        "書くことはできない",
        "書くことはできません",
    ];
    const MADE: &WordList = words![
        "を使用",
        "を利用",
        "を用い",
        "を使っ",
        "を使い",
        "を担当し",
        "を開発",
        "を実装",
        "を構築",
        "を作成",
        "で開発し",
        "で実装し",
        "で構築し",
        "で作成",
        "で作り",
        "で書い",
        "を導入",
        "に移行",
        "へ移行",
        "、",
    ];
    let sentence = tail.trim_end_matches([')', '）', ' ']);
    if let Some(word) = NO_PRACTICE.last_of(sentence) {
        let before = &sentence[..sentence.len() - word.len()];
        let before = ["段階で、", "程度で、", "のみで、", "だけで、"]
            .iter()
            .find_map(|so| before.split_once(so))
            .map_or(before, |(_, rest)| rest);
        return before.chars().count() <= MAX_DENIED_CHARS && !MADE.is_in(before);
    }
    let Some((at, work)) = WORK
        .iter()
        .filter_map(|work| Some((sentence.rfind(*work)?, *work)))
        .max()
    else {
        return false;
    };
    let denial = &sentence[at + work.len()..];
    let is_denied = [
        "していない",
        "していません",
        "しておりません",
        "行っていない",
        "行っていません",
        "書いていない",
        "書いていません",
        "触っていない",
        "触っていません",
    ]
    .contains(&denial);
    let before = &sentence[..at];
    // The passive tells of what others made.
    let before = [
        "で作られており、",
        "で書かれており、",
        "で開発されており、",
        "製で、",
    ]
    .iter()
    .find_map(|made| before.split_once(made))
    .map_or(before, |(_, rest)| rest);
    is_denied && before.chars().count() <= MAX_DENIED_CHARS && !MADE.is_in(before)
}

/// Characters between a name and the denial that speaks of it.
const MAX_DENIED_CHARS: usize = 48;

/// Returns whether others make or run something with a name: 「Unreal Engine で作る別ラインのチームに」「Node.js で動く外部サービスの」.
fn is_of_other_makers(tail: &str) -> bool {
    [
        "で作る",
        "で作られた",
        "で動く",
        "で書かれた",
        "で開発する",
        "で開発された",
    ]
    .iter()
    .find_map(|verb| tail.strip_prefix(verb))
    .is_some_and(|who| {
        let clause = clause(who);
        words![
            "別ライン",
            "別のチーム",
            "別チーム",
            "他チーム",
            "他社",
            "外部サービス",
            "外部の",
            "社外の",
            "他部署",
            "別部署"
        ]
        .begin(&clause)
            && words!["に", "から", "の", "と"]
                .iter()
                .any(|particle| clause.contains(particle))
            && !words!["移植", "改修", "引き継", "保守"].is_in(&clause)
    })
}

/// Returns whether a name is of a plan that came to nothing: 「React Native 版の計画があったが」「Azure への移行が決まった時点で離任」
/// 「Backlog への移行を提案（実現せず）」.
fn is_plan(tail: &str) -> bool {
    let plans = [
        "版の計画",
        "の計画",
        "化の計画",
        "への移行の計画",
        "版の構想",
        "の話",
        "化の話",
    ];
    let is_dropped = plans
        .iter()
        .find_map(|plan| tail.strip_prefix(plan))
        .is_some_and(|rest| {
            words![
                "があったが",
                "もあったが",
                "がありましたが",
                "もありましたが"
            ]
            .begin(rest)
        });
    let change = ["への移行", "の導入", "への切り替え", "への置き換え", "化"]
        .iter()
        .find_map(|change| tail.strip_prefix(change));
    let is_left = change.is_some_and(|rest| {
        let clause = clause(rest);
        rest.starts_with("が決まった")
            && words!["離任", "離脱", "退職", "契約終了", "退社"].is_in(&clause)
            || rest.starts_with("を提案")
                && words!["実現せず", "実現しなかった", "採用されず", "通らず"].is_in(&clause)
    });
    is_dropped || is_left
}

/// Returns whether a name is of code that was read: 「COBOL のソースを読んだ（修正は担当外）」.
fn is_read_only(tail: &str) -> bool {
    words![
        "のソースを読ん",
        "のコードを読ん",
        "のソースを読む",
        "のコードを読む"
    ]
    .begin(tail)
        && words!["担当外", "修正はしていな", "修正はせず", "変更はしていな"].is_in(&clause(tail))
}

/// Returns whether a name is of what people asked about who had it: 「Salesforce からの乗り換えの問い合わせに対応」.
fn is_asked_about(tail: &str) -> bool {
    words![
        "からの乗り換えの問い合わせ",
        "からの乗り換えの相談",
        "からの移行の相談",
        "からの移行の問い合わせ"
    ]
    .begin(tail)
}

/// Returns whether what a bracket names is made, or done, by others: 「（Delphi）は社外製」「（Argo CD）は基盤チームのみが行い」
/// 「（Swift）は担当者が1名おり、私は」.
fn is_done_by_others(rest: &str) -> bool {
    let clause = clause(rest);
    let first = clause.split('、').next().unwrap_or(&clause);
    let is_made = words!["社外製", "他社製", "市販品", "他社の製品", "既製品"].begin(rest);
    let is_theirs = [
        "のみが行",
        "だけが行",
        "のみが実施",
        "だけが操作",
        "のみが操作",
        "のみが担当",
    ]
    .iter()
    .any(|verb| first.contains(verb));
    let is_staffed = rest.starts_with("担当者が")
        && first.ends_with("おり")
        && words!["、私は", "、自分は", "、こちらは"].is_in(&clause);
    let is_own = words!["私", "自分", "当社", "自社"].begin(rest);
    is_made || (is_theirs && !is_own) || is_staffed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_to_nothing_is_untaken() {
        for tail in [
            " 版の計画があったが、見送り",
            " への移行が決まった時点で離任",
            "で動く外部サービスの通知を受け",
            "）は社外製。通信の取り決めのみ",
        ] {
            assert!(is_untaken(tail), "{tail}");
        }
        for tail in [
            "への移行が決まり、構築を担当",
            "で動くサービスの保守",
            "で作られた他社のシステムの改修",
            "）は自分のみが担当",
            "のコードを読んで修正",
        ] {
            assert!(!is_untaken(tail), "{tail}");
        }
    }
}
