//! What in a sentence tells that an ordinary word is the name of a technology there.

use super::boundary::{char_after, char_before, is_japanese, is_latin};
use super::code::{is_told_as_skill, owns_code};
use super::evidence_words::{
    BEFORE, BEHIND, OF_EMPLOYERS, OF_GAMES, OF_LANGUAGES, OF_TOOLS, PUTTING, TOPICS_OF_COMPANIES,
    WORK,
};
use super::forms::Sense;
use super::scene::Scene;
use super::technology::TechnologyKind;
use super::verdicts::Verdicts;
use crate::words;

/// Fewest letters of a name that its particle alone makes clear.
const MIN_LETTERS: usize = 3;

/// Longest part of a sentence that is read behind a particle, in characters.
const CLAUSE_CHARS: usize = 30;

/// What stands behind the name at `at`, without spaces and closing marks.
pub(super) fn text_behind<'s>(scene: &Scene<'s>, at: usize) -> &'s str {
    scene.normal[scene.names[at].end..].trim_start_matches([' ', '`', '」', '』', '\'', '"', '*'])
}

/// Whether a sentence about work uses the word, spelt as the data have it, as the name.
pub(super) fn is_said_of_work(scene: &Scene<'_>, at: usize, sense: &Sense) -> bool {
    let after = text_behind(scene, at);
    BEHIND.begin(after)
        || is_told_of_database(scene, sense, after)
        || is_told_of_language(scene, at, sense, after)
        || is_means_of_work(after)
        || is_told_as_skill(after)
        || owns_code(scene, at, after)
        || has_evidence_before(scene, at)
}

/// Whether a sentence tells of a database what is told of no company that has its name:
/// `Oracleの保守`, `Oracleから Aurora へ移行`.
fn is_told_of_database(scene: &Scene<'_>, sense: &Sense, after: &str) -> bool {
    let is_database = scene.technologies.entries[sense.technology].kind == TechnologyKind::Database;
    let is_work = words![
        "の保守",
        "の運用",
        "のチューニング",
        "のバージョン",
        "の監視",
        "のバックアップ",
        "のデータ",
        "のストアド",
        "のテーブル",
        "のスキーマ",
        "の移行",
        "のSQL",
        "のアップグレード",
        "の構築",
        "の管理",
    ]
    .begin(after);
    let is_source = ["から", "より"]
        .iter()
        .find_map(|particle| after.strip_prefix(particle))
        .is_some_and(|rest| says(rest, &["移行", "移し", "置き換", "リプレイス", "乗り換"]));
    is_database && (is_work || is_source)
}

/// Whether a Japanese sentence tells of a language what is told of little else.
fn is_told_of_language(scene: &Scene<'_>, at: usize, sense: &Sense, after: &str) -> bool {
    let candidate = &scene.names[at];
    let is_language = scene.technologies.entries[sense.technology].kind == TechnologyKind::Language;
    let is_free = !candidate.form.is_company
        && scene
            .written(candidate.start..candidate.name_end)
            .chars()
            .skip(1)
            .all(|letter| letter.is_ascii_lowercase());
    let is_means = after
        .strip_prefix('で')
        .is_some_and(|rest| !rest.starts_with(['す', 'は', 'も', 'あ', 'し', 'な']));
    let front = &scene.normal[..candidate.start];
    // `サーバサイド(Go)`, `現在はGoです`.
    let is_in_brackets = after.starts_with(')')
        && front.strip_suffix('(').is_some_and(|front| {
            words![
                "サイド",
                "バックエンド",
                "フロント",
                "フロントエンド",
                "api",
                "バッチ",
                "サーバ",
                "実装",
                "開発"
            ]
            .end(front.trim_end())
        });
    let is_told = words!["現在は", "今は", "いまは", "メインは", "中心は", "主に"].end(front)
        && (after.is_empty() || words!["です", "。", "、", "が中心", "を"].begin(after));
    is_language
        && is_free
        && (is_in_brackets
            || is_told
            || OF_LANGUAGES.begin(after)
            || is_means && !says(after, OF_EMPLOYERS) && !says(after, OF_GAMES))
}

/// Whether something is made with what `after` follows: `GoでAPIサーバを開発`.
fn is_means_of_work(after: &str) -> bool {
    ["で", "による"]
        .iter()
        .find_map(|particle| after.strip_prefix(particle))
        .is_some_and(|rest| says(rest, WORK))
}

fn has_evidence_before(scene: &Scene<'_>, at: usize) -> bool {
    let start = scene.names[at].start;
    let before = scene.normal[..start].trim_end_matches('`');
    // `from Objective-C to Swift`
    let is_target = at.checked_sub(1).is_some_and(|other| {
        scene.normal.get(scene.names[other].end..start) == Some(" to ")
            && scene.normal[..scene.names[other].start].ends_with("from ")
    });
    // `Haskell から Rust へ`
    let is_way = at.checked_sub(1).is_some_and(|other| {
        let between = scene.normal.get(scene.names[other].end..start);
        between.is_some_and(|between| between.trim() == "から")
            && text_behind(scene, at).starts_with(['へ', 'に'])
    });
    (BEFORE.end(before) || is_target || is_way) && !reads_as_english(scene, at)
}

/// Whether a word of an English sentence follows: `Next we used`, `Go to`.
pub(super) fn reads_as_english(scene: &Scene<'_>, at: usize) -> bool {
    let candidate = &scene.names[at];
    let after = &scene.normal[candidate.end..];
    let Some(word) = after.strip_prefix(' ') else {
        return after.starts_with(", ") && candidate.start == scene.ground.line(at).range.start;
    };
    let word = word
        .split(|letter: char| !is_latin(letter))
        .next()
        .unwrap_or_default();
    !word.is_empty()
        && !matches!(word, "and" | "or" | "for" | "on" | "at" | "to" | "as")
        && scene
            .written(candidate.end + 1..candidate.end + 1 + word.len())
            .chars()
            .all(char::is_lowercase)
}

/// Whether a Japanese sentence treats a capitalized Latin word as a thing that one works with:
/// `Charlesで通信を書き換え`, `計測は Amplitude`. What is English to Japanese readers is a name, unless
/// it may be a company's, or a common term (CSV, VPN).
pub(super) fn is_latin_name_in_japanese(
    scene: &Scene<'_>,
    at: usize,
    sense: &Sense,
    verdicts: &Verdicts,
) -> bool {
    let candidate = &scene.names[at];
    let name = scene.written(candidate.start..candidate.name_end);
    let is_name = name.is_ascii()
        && name.len() >= MIN_LETTERS
        && name.starts_with(|letter: char| letter.is_ascii_uppercase())
        && !candidate.form.is_company
        && names_a_product(scene, sense);
    if !is_name || continues_latin_phrase(scene, at, verdicts) {
        return false;
    }
    let after = text_behind(scene, at);
    let is_acronym = !name.contains(|letter: char| letter.is_ascii_lowercase());
    is_worked_with(after)
        || (!is_acronym && owns_work(after))
        || is_said_to_be_used(scene, at, after)
        || is_alone_in_brackets(scene, at, sense)
        || follows_its_whole(scene, at, verdicts)
        || (scene.is_whole_item(at) && verdicts.clear_names_of_line(scene, at) > 0)
}

/// `C# の UWP`: what a technology has is one.
fn follows_its_whole(scene: &Scene<'_>, at: usize, verdicts: &Verdicts) -> bool {
    let front = scene.normal[..scene.names[at].start].trim_end_matches(' ');
    let Some(owner) = front.strip_suffix('の') else {
        return false;
    };
    at.checked_sub(1).is_some_and(|before| {
        verdicts.get(before).is_some() && scene.names[before].end == owner.trim_end().len()
    })
}

/// Terms of formats, protocols, devices and methods are used by everybody.
fn names_a_product(scene: &Scene<'_>, sense: &Sense) -> bool {
    !matches!(
        scene.technologies.entries[sense.technology].kind,
        TechnologyKind::Protocol
            | TechnologyKind::Format
            | TechnologyKind::Hardware
            | TechnologyKind::Method
    )
}

/// Whether the word is the end of a longer name that is not known: `Sales Hub を`.
fn continues_latin_phrase(scene: &Scene<'_>, at: usize, verdicts: &Verdicts) -> bool {
    let candidate = &scene.names[at];
    let front = &scene.normal[..candidate.start];
    let Some(front) = front.strip_suffix(' ') else {
        return false;
    };
    if !front.ends_with(|letter: char| is_latin(letter) || letter.is_ascii_digit()) {
        return false;
    }
    let ends_in_name = at.checked_sub(1).is_some_and(|before| {
        scene.names[before].end == front.len() && verdicts.get(before).is_some()
    });
    !ends_in_name
}

/// Whether the particle that `after` begins with makes what it follows a means, an object or a place.
fn is_worked_with(after: &str) -> bool {
    if let Some(rest) = after.strip_prefix('で') {
        return !rest.starts_with(['す', 'は', 'も', 'あ', 'し', 'な'])
            && !says(rest, OF_EMPLOYERS);
    }
    if let Some(rest) = ["を", "による", "により"]
        .iter()
        .find_map(|particle| after.strip_prefix(particle))
    {
        return !says(rest, OF_EMPLOYERS);
    }
    if words!["の上", "上で", "上に", "上の"].begin(after) {
        return true;
    }
    ["に", "へ", "から"]
        .iter()
        .find_map(|particle| after.strip_prefix(particle))
        .is_some_and(|rest| says(rest, PUTTING) && !says(rest, OF_EMPLOYERS))
}

/// `不具合票の書き方(Mantis)`; but `速さ(Swift)` is a translation, as any name of code may be.
fn is_alone_in_brackets(scene: &Scene<'_>, at: usize, sense: &Sense) -> bool {
    let candidate = &scene.names[at];
    let is_code = matches!(
        scene.technologies.entries[sense.technology].kind,
        TechnologyKind::Language | TechnologyKind::Framework | TechnologyKind::Library
    );
    !is_code
        && scene.normal[..candidate.start].ends_with('(')
        && scene.normal[candidate.end..].starts_with(')')
}

/// `GrADS のスクリプト`, but not `RPG の画面`: short for many things.
fn owns_work(after: &str) -> bool {
    after
        .strip_prefix('の')
        .is_some_and(|rest| OF_TOOLS.begin(rest))
}

/// `計測は Amplitude。`, `結果の一覧はAllureです`.
fn is_said_to_be_used(scene: &Scene<'_>, at: usize, after: &str) -> bool {
    let front = scene.normal[..scene.names[at].start].trim_end_matches([' ', '`', '「', '*']);
    let Some(topic) = front.strip_suffix('は').map(str::trim_end) else {
        return false;
    };
    let ends = after.is_empty()
        || after.starts_with(['。', '、', ',', ')', '\n', '(', 'に', 'を', 'の'])
        || after.starts_with("です")
        || after.starts_with("だ");
    ends && !TOPICS_OF_COMPANIES.end(topic)
        && topic.ends_with(|letter: char| is_japanese(letter) || is_latin(letter))
}

/// Whether a version stands behind the name after a space: `Echo v4`, `Next 14.2`.
pub(super) fn has_version_behind(scene: &Scene<'_>, at: usize) -> bool {
    let Some(rest) = scene.normal[scene.names[at].end..].strip_prefix(' ') else {
        return false;
    };
    let number = rest
        .strip_prefix("ver.")
        .or_else(|| rest.strip_prefix("ver"))
        .or_else(|| rest.strip_prefix('v'))
        .unwrap_or(rest)
        .trim_start_matches(' ');
    let digits = number.trim_start_matches(|letter: char| letter.is_ascii_digit());
    if digits.len() == number.len() {
        return false;
    }
    let is_marked = rest.len() > number.len();
    let has_point = digits.starts_with('.')
        && char_after(digits, 1).is_some_and(|next| next.is_ascii_digit() || next == 'x');
    is_marked || has_point || digits.starts_with('系')
}

/// Whether the sentence part at the head of `rest` contains one of `words`.
pub(super) fn says(rest: &str, words: &[&str]) -> bool {
    let end = rest
        .char_indices()
        .take(CLAUSE_CHARS)
        .take_while(|&(_, letter)| !matches!(letter, '。' | '\n'))
        .last()
        .map_or(0, |(at, letter)| at + letter.len_utf8());
    words.iter().any(|word| rest[..end].contains(word))
}

/// Whether the name is the whole of a code span.
pub(super) fn is_code_span(scene: &Scene<'_>, at: usize) -> bool {
    let candidate = &scene.names[at];
    char_before(scene.normal, candidate.start) == Some('`')
        && char_after(scene.normal, candidate.end) == Some('`')
}
