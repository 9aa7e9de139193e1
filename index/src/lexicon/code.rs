//! What in a sentence tells of a language, a framework or a database, whose names are ordinary words
//! or letters.

use super::evidence::{says, text_behind};
use super::forms::Sense;
use super::scene::Scene;
use super::technology::TechnologyKind;
use crate::analysis::WordList;
use crate::words;

/// What a language, framework or database has: `GoのAPI`, `Oracleの性能`.
const OF_CODE: &WordList = words![
    "api",
    "バックエンド",
    "バッチ",
    "cli",
    "マイクロサービス",
    "サーバ",
    "実装",
    "性能",
    "勉強会",
    "社内勉強会",
    "研修",
    "案件",
    "開発経験",
    "バージョン",
    "アップデート",
    "マイナーバージョン",
    "コード",
    "テストコード",
    "知識",
    "静的型",
];

/// What is done with a language of one letter.
const WORK_OF_LETTERS: &[(&str, &[&str])] = &[
    (
        "c",
        &[
            "書",
            "実装",
            "開発",
            "記述",
            "担当",
            "ファーム",
            "ドライバ",
            "組み込み",
            "組込",
            "bsp",
            "移植",
        ],
    ),
    (
        "r",
        &[
            "集計",
            "統計",
            "分析",
            "解析",
            "可視化",
            "予測",
            "回帰",
            "推定",
            "描",
            "モデル",
            "検定",
        ],
    ),
];

/// Whether a sentence tells of work that the language of the letter at `at` is for: `Rで集計`.
pub(super) fn is_said_of_letter(scene: &Scene<'_>, at: usize) -> bool {
    let candidate = &scene.names[at];
    let letter = &scene.normal[candidate.start..candidate.name_end];
    let before = scene.normal[..candidate.start].trim_end_matches(' ');
    let is_listed_thing = before.ends_with(['・', '/', ',', '&']) || before.ends_with("社、");
    let is_of_r = letter == "r"
        && ["のスクリプト", "のコード", "のパッケージ", "のライブラリ"]
            .iter()
            .any(|word| text_behind(scene, at).starts_with(word));
    // 「統計は R、」
    let is_topic = letter == "r"
        && ["統計は", "統計解析は", "解析は", "分析は", "集計は"]
            .iter()
            .any(|topic| before.ends_with(topic));
    if (is_of_r || is_topic) && !is_listed_thing {
        return true;
    }
    let rest = text_behind(scene, at)
        .strip_prefix("による")
        .or_else(|| text_behind(scene, at).strip_prefix('で'));
    !is_listed_thing
        && rest.is_some_and(|rest| {
            WORK_OF_LETTERS
                .iter()
                .any(|(name, work)| *name == letter && says(rest, work))
        })
}

/// Whether code is said to be of the name, which is not one of capitals: `RPG` is short for many things.
pub(super) fn owns_code(scene: &Scene<'_>, at: usize, after: &str) -> bool {
    let candidate = &scene.names[at];
    let is_code = candidate.form.senses.iter().any(|sense| {
        matches!(
            scene.technologies.entries[sense.technology].kind,
            TechnologyKind::Language | TechnologyKind::Framework | TechnologyKind::Database
        )
    });
    let has_small = scene
        .written(candidate.start..candidate.name_end)
        .contains(|letter: char| letter.is_ascii_lowercase());
    is_code
        && has_small
        && after
            .strip_prefix('の')
            .is_some_and(|rest| OF_CODE.begin(rest))
}

/// `(気象庁のXML、Go)`: a language is the last of what brackets list, behind another name.
pub(super) fn ends_list_in_brackets(scene: &Scene<'_>, at: usize, sense: &Sense) -> bool {
    const LEAST_LETTERS: usize = 3;
    let is_language = scene.technologies.entries[sense.technology].kind == TechnologyKind::Language;
    let front = scene.normal[..scene.names[at].start].trim_end_matches(' ');
    let Some(front) = front.strip_suffix(['、', ',', '/']) else {
        return false;
    };
    let before = at.checked_sub(1).map(|before| &scene.names[before]);
    is_language
        && scene.normal[scene.names[at].end..].starts_with(')')
        && before.is_some_and(|name| {
            name.end == front.trim_end().len() && name.name_end - name.start >= LEAST_LETTERS
        })
}

/// Whether `after` goes on to tell how well its topic is known: `Swiftは入門レベル`, `Goは実務経験3年`, `Goは5年`.
pub(super) fn is_told_as_skill(after: &str) -> bool {
    const SKILL: &WordList = words![
        "実務",
        "業務で",
        "独学",
        "入門",
        "初級",
        "中級",
        "上級",
        "趣味",
        "個人",
        "未経験",
        "読め",
        "書け",
        "学習中",
        "勉強中",
    ];
    after
        .strip_prefix('は')
        .is_some_and(|rest| SKILL.begin(rest) || is_length_of_time(rest))
}

/// Whether `rest` begins with years: `5年`, `約3年半`, but no date: `2019年`.
fn is_length_of_time(rest: &str) -> bool {
    let number = rest.trim_start_matches('約').trim_start_matches(' ');
    let unit = number.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (1..=2).contains(&(number.len() - unit.len())) && unit.starts_with('年')
}
