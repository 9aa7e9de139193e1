//! Which candidates are mentions, by what stands around them.
//!
//! A clear name counts unless it is somebody's employer. A name that needs its parent (`@`) counts
//! where the parent is given or named beside it. An ordinary word (`~`) or a letter (`~~`) counts in
//! a list as an item of its own, elsewhere only with evidence.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use super::boundary::{char_after, char_before, is_hiragana, is_japanese, is_kanji, is_latin};
use super::finder::{Candidate, Context, ContextKind, Lineage, Mention};
use super::forms::{Sense, TechnologyId, is_katakana, letters};
use super::load::Ambiguity;
use super::technology::{MatchKind, TechnologyKind};
use crate::analysis::Normalized;

/// What follows a name of a language or framework, directly or after a space.
const EVIDENCE_BEHIND: &[&str] = &[
    "言語",
    "フレームワーク",
    "ライブラリ",
    "プログラミング",
    "プログラマ",
    "エンジニア",
    "経験",
    "歴",
    "製",
    "で開発",
    "で実装",
    "で構築",
    "で書",
    "で作成",
    "で記述",
    "での開発",
    "での実装",
    "での構築",
    "での実務",
    "による開発",
    "による実装",
    "による構築",
    "を用い",
    "を使",
    "を利用",
    "を採用",
    "を学",
    "を習得",
    "を選定",
    "の経験",
    "の実務",
    "の学習",
    "のコード",
    "のソース",
    "のフレームワーク",
    "のライブラリ",
    "へ移行",
    "へ移植",
    "へ書き換え",
    "に書き換え",
    "へのリプレイス",
    "へリプレイス",
    "に移行",
    "への移行",
];

/// Words that stand before a name in English sentences about work.
const EVIDENCE_BEFORE: &[&str] = &[
    "in ",
    "using ",
    "with ",
    "言語: ",
    "言語:",
    "言語 ",
    "フレームワーク: ",
    "フレームワーク:",
    "fw: ",
];

/// Legal forms and forms of address that make the name before or after them an employer's.
const EMPLOYER_BEHIND: &[&str] = &[
    "株式会社",
    "(株)",
    "合同会社",
    "有限会社",
    "(合)",
    "(有)",
    "inc.",
    "inc ",
    ", inc",
    "corp.",
    "corporation",
    "co.,",
    "co., ",
    "ltd",
    "llc",
    "gmbh",
    "k.k.",
    "さん",
    "japan株式会社",
    "japan合同会社",
    "japan g.k.",
    "japan k.k.",
    "japan inc",
    "ジャパン",
    "日本法人",
    "本社",
    "社様",
];
const EMPLOYER_BEFORE: &[&str] = &[
    "株式会社",
    "(株)",
    "合同会社",
    "有限会社",
    "(合)",
    "(有)",
    "日本",
];

/// What may stay of a list item beside the name, longest first where one begins another.
const ITEM_WORDS: &[&str] = &[
    "プログラミング言語",
    "version",
    "言語",
    "経験",
    "実務",
    "業務",
    "以上",
    "以下",
    "以降",
    "未満",
    "程度",
    "半年",
    "ヶ月",
    "か月",
    "カ月",
    "ヵ月",
    "ケ月",
    "初級",
    "中級",
    "上級",
    "個人",
    "独学",
    "など",
    "ほか",
    "他",
    "等",
    "約",
    "歴",
    "系",
    "年",
    "月",
    "ver",
    "years",
    "year",
    "yrs",
    "yr",
    "v",
    "x",
];

/// A text, where it stands, and the names in it.
pub(super) struct Scene<'a> {
    original: &'a str,
    normalized: &'a Normalized,
    pub(super) normal: &'a str,
    context: Context<'a>,
    names: &'a [Candidate<'a>],
    pub(super) technologies: &'a Lineage<'a>,
    /// The technologies of `context.parents`.
    given: Vec<TechnologyId>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        original: &'a str,
        normalized: &'a Normalized,
        context: Context<'a>,
        names: &'a [Candidate<'a>],
        technologies: &'a Lineage<'a>,
    ) -> Self {
        let given = context
            .parents
            .iter()
            .filter_map(|key| technologies.by_key.get(*key).copied())
            .collect();
        Self {
            original,
            normalized,
            normal: normalized.as_str(),
            context,
            names,
            technologies,
            given,
        }
    }

    /// Whether an enclosing bullet or heading names what `part` is a part of.
    pub(super) fn parent_is_given(&self, part: TechnologyId) -> bool {
        self.given
            .iter()
            .any(|&given| self.technologies.is_part_of(part, given))
    }

    /// The name as written, folded in width only.
    fn written(&self, range: Range<usize>) -> String {
        self.original[self.normalized.original_range(range)]
            .nfkc()
            .collect()
    }

    fn is_case_exact(&self, candidate: &Candidate<'_>, sense: &Sense) -> bool {
        letters(&self.written(candidate.start..candidate.name_end)) == sense.letters
    }

    /// Whether each word of the name begins with a capital.
    fn is_capitalized(&self, candidate: &Candidate<'_>) -> bool {
        self.written(candidate.start..candidate.name_end)
            .split_whitespace()
            .all(|word| word.starts_with(|letter: char| letter.is_uppercase()))
    }

    fn is_list(&self) -> bool {
        self.context.kind != ContextKind::Prose
    }

    /// Whether the name at `range` is the name of an employer.
    pub(super) fn is_employer(&self, range: &Range<usize>) -> bool {
        let after = self.normal[range.end..].trim_start_matches(' ');
        let before = self.normal[..range.start].trim_end_matches(' ');
        if EMPLOYER_BEHIND.iter().any(|form| after.starts_with(form)) {
            return true;
        }
        // Google社, but not AWS社内.
        if let Some(rest) = after.strip_prefix('社')
            && !rest.starts_with(['内', '外', '員', '会', '長', '名', '史'])
        {
            return true;
        }
        if EMPLOYER_BEFORE.iter().any(|form| before.ends_with(form)) {
            return true;
        }
        self.begins_company_name(range.end)
    }

    /// LINEヤフー株式会社: katakana or Latin letters up to a legal form.
    fn begins_company_name(&self, end: usize) -> bool {
        let rest = &self.normal[end..];
        let tail = rest.trim_start_matches(|letter: char| is_katakana(letter) || is_latin(letter));
        tail.len() < rest.len() && (tail.starts_with("株式会社") || tail.starts_with("合同会社"))
    }

    /// Whether a word that is no name may be a misspelt one: in a list any, in prose one that does
    /// not look like a word of an English sentence.
    pub(super) fn may_be_misspelt(&self, word: &Range<usize>) -> bool {
        if self.is_list() {
            return true;
        }
        let written = self.written(word.clone());
        let touches = |letter: Option<char>| letter.is_some_and(is_japanese);
        written.chars().any(char::is_uppercase)
            || touches(char_before(self.normal, word.start))
            || touches(char_after(self.normal, word.end))
    }

    fn line_of(&self, at: usize) -> Range<usize> {
        let start = self.normal[..at]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let end = self.normal[at..]
            .find('\n')
            .map_or(self.normal.len(), |newline| at + newline);
        start..end
    }
}

/// The mentions among the scene's names, in order.
pub(super) fn judge(scene: &Scene<'_>) -> Vec<Mention> {
    let employers: Vec<bool> = scene
        .names
        .iter()
        .map(|candidate| scene.is_employer(&candidate.range()))
        .collect();
    let mut verdicts: Vec<Option<TechnologyId>> = scene
        .names
        .iter()
        .zip(&employers)
        .map(|(candidate, is_employer)| {
            let clear = candidate.form.clear_sense().map(|sense| sense.technology);
            clear.filter(|_| !is_employer)
        })
        .collect();
    // What one name makes clear may make its neighbour clear: Java、Go、C.
    for _ in 0..4 {
        let mut is_changed = false;
        for at in 0..scene.names.len() {
            if verdicts[at].is_none() && !employers[at] {
                verdicts[at] = decide(scene, at, &verdicts);
                is_changed |= verdicts[at].is_some();
            }
        }
        if !is_changed {
            break;
        }
    }
    let mut mentions = Vec::new();
    for (candidate, verdict) in scene.names.iter().zip(verdicts) {
        if let Some(technology) = verdict {
            mentions.push(Mention {
                range: candidate.range(),
                technology,
                via: MatchKind::Exact,
            });
        }
    }
    mentions
}

/// What the name at `at` means, if it means anything here.
fn decide(scene: &Scene<'_>, at: usize, verdicts: &[Option<TechnologyId>]) -> Option<TechnologyId> {
    let candidate = &scene.names[at];
    if candidate.form.needs_capitals && !scene.is_capitalized(candidate) {
        return None;
    }
    let of_parent = candidate
        .form
        .senses
        .iter()
        .filter(|sense| sense.needs_parent)
        .filter_map(|sense| {
            Some((
                parent_distance(scene, at, sense, verdicts)?,
                sense.technology,
            ))
        })
        .min();
    if let Some((_, technology)) = of_parent
        && !is_generic_use(scene, candidate)
    {
        return Some(technology);
    }
    let sense = candidate
        .form
        .senses
        .iter()
        .find(|sense| !sense.needs_parent)?;
    let is_mention = match sense.ambiguity {
        Ambiguity::Clear => true,
        Ambiguity::Word => word_counts(scene, at, sense, verdicts),
        Ambiguity::Letter => letter_counts(scene, at, sense, verdicts),
    };
    is_mention.then_some(sense.technology)
}

/// How far the parent of `sense` is named from the name at `at`; 0 where the context gives it.
fn parent_distance(
    scene: &Scene<'_>,
    at: usize,
    sense: &Sense,
    verdicts: &[Option<TechnologyId>],
) -> Option<usize> {
    let candidate = &scene.names[at];
    if scene.parent_is_given(sense.technology) {
        return Some(0);
    }
    if !scene.is_list() && !scene.is_case_exact(candidate, sense) {
        return None;
    }
    let line = scene.line_of(candidate.start);
    let parent = scene.technologies.parents[sense.technology]?;
    let mut nearest = None;
    for (other, verdict) in scene.names.iter().zip(verdicts) {
        let Some(named) = *verdict else { continue };
        let is_beside = if scene.is_list() {
            true
        } else {
            line.contains(&other.start)
        };
        let names_parent = scene.technologies.is_part_of(sense.technology, named);
        // S3、Lambda: a part that is clear stands for the whole.
        let names_sibling = scene.technologies.is_part_of(named, parent);
        if !is_beside || !(names_parent || names_sibling) {
            continue;
        }
        let distance = if other.start < candidate.start {
            candidate.start - other.end
        } else if scene.is_list() || names_sibling {
            // Behind counts less than before.
            (other.start - candidate.end) * 2 + scene.normal.len()
        } else {
            continue;
        };
        nearest = Some(nearest.map_or(distance + 1, |least: usize| least.min(distance + 1)));
    }
    nearest
}

/// Whether the word is used as a common noun: Batch 処理.
fn is_generic_use(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let after = scene.normal[candidate.end..].trim_start_matches(' ');
    ["処理", "化", "機能", "ジョブ"]
        .iter()
        .any(|word| after.starts_with(word))
}

fn word_counts(
    scene: &Scene<'_>,
    at: usize,
    sense: &Sense,
    verdicts: &[Option<TechnologyId>],
) -> bool {
    let candidate = &scene.names[at];
    if candidate.is_hyphenated {
        return false;
    }
    let after =
        scene.normal[candidate.end..].trim_start_matches([' ', '`', '」', '』', '\'', '"', '*']);
    if after.starts_with("言語") && !after.starts_with("言語聴覚") {
        return true;
    }
    if scene.is_list() && is_whole_item(scene, candidate) {
        return true;
    }
    if is_in_run(scene, at, verdicts, |_| true) {
        return scene.is_list() || scene.is_case_exact(candidate, sense);
    }
    if !scene.is_case_exact(candidate, sense) {
        return false;
    }
    if scene.parent_is_given(sense.technology) || kin_is_beside(scene, at, sense, verdicts) {
        return !reads_as_english(scene, candidate);
    }
    let is_kana = scene.normal[candidate.range()].chars().all(is_japanese);
    if is_kana {
        return false;
    }
    let has_version = candidate.end > candidate.name_end;
    let is_quoted = char_before(scene.normal, candidate.start) == Some('`')
        && char_after(scene.normal, candidate.end) == Some('`');
    has_version
        || is_quoted
        || EVIDENCE_BEHIND.iter().any(|word| after.starts_with(word))
        || has_evidence_before(scene, candidate)
        || (scene.is_list() && leads_item(scene, candidate))
}

fn has_evidence_before(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let before = scene.normal[..candidate.start].trim_end_matches('`');
    EVIDENCE_BEFORE.iter().any(|word| before.ends_with(word)) && !reads_as_english(scene, candidate)
}

/// Whether a word of an English sentence follows: `Next we used`, `Go to`.
fn reads_as_english(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let after = &scene.normal[candidate.end..];
    let Some(word) = after.strip_prefix(' ') else {
        return after.starts_with(", ") && candidate.start == scene.line_of(candidate.start).start;
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

/// Whether the line also names what `sense` is a part of, or a part of it.
fn kin_is_beside(
    scene: &Scene<'_>,
    at: usize,
    sense: &Sense,
    verdicts: &[Option<TechnologyId>],
) -> bool {
    let line = scene.line_of(scene.names[at].start);
    scene
        .names
        .iter()
        .zip(verdicts)
        .enumerate()
        .any(|(position, (other, verdict))| {
            position != at
                && line.contains(&other.start)
                && verdict.is_some_and(|named| {
                    named != sense.technology && scene.technologies.is_kin(named, sense.technology)
                })
        })
}

fn letter_counts(
    scene: &Scene<'_>,
    at: usize,
    sense: &Sense,
    verdicts: &[Option<TechnologyId>],
) -> bool {
    let candidate = &scene.names[at];
    if candidate.is_hyphenated || !letter_version_is_plausible(scene, candidate) {
        return false;
    }
    let before = char_before(scene.normal, candidate.start);
    let after = &scene.normal[candidate.end..];
    let touches_word = before.is_some_and(|letter| is_kanji(letter) || is_katakana(letter));
    if after.trim_start_matches(' ').starts_with("言語") {
        return !touches_word;
    }
    let is_exact = scene.is_case_exact(candidate, sense);
    let is_code = |technology: TechnologyId| {
        matches!(
            scene.technologies.entries[technology].kind,
            TechnologyKind::Language | TechnologyKind::Framework | TechnologyKind::Library
        )
    };
    if !scene.is_list() {
        let stands_free = !touches_word
            && after
                .chars()
                .next()
                .is_none_or(|letter| is_hiragana(letter) || !letter.is_alphanumeric());
        return is_exact && stands_free && is_in_run(scene, at, verdicts, is_code);
    }
    if touches_word {
        return false;
    }
    if is_in_run(scene, at, verdicts, |_| true) {
        return true;
    }
    let letters = candidate.name_end - candidate.start;
    is_whole_item(scene, candidate) && (is_exact || letters > 1) && !is_enumerated(scene, candidate)
}

/// `C99`, `R4.1`; but `R5` is a year and `C3` a place.
fn letter_version_is_plausible(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let version = &scene.normal[candidate.name_end..candidate.end];
    version.is_empty()
        || version.contains('.')
        || candidate.name_end - candidate.start > 1
        || matches!(version, "89" | "90" | "99" | "11" | "17" | "23")
}

/// Separators of list items, each one character.
fn is_item_separator(letter: char) -> bool {
    matches!(
        letter,
        '\n' | '\t'
            | '、'
            | ','
            | '・'
            | '/'
            | '|'
            | ';'
            | ':'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '【'
            | '】'
            | '「'
            | '」'
            | '『'
            | '』'
            | '`'
            | '"'
            | '+'
            | '→'
            | '。'
            | '■'
            | '●'
            | '◆'
            | '※'
            | '×'
            | '〔'
            | '〕'
            | '《'
            | '》'
            | '&'
            | '='
            | '*'
            | '•'
    )
}

/// The list item around a name.
fn item_of(scene: &Scene<'_>, candidate: &Candidate<'_>) -> Range<usize> {
    let start = scene.normal[..candidate.start]
        .rfind(is_item_separator)
        .map_or(0, |at| {
            at + char_after(scene.normal, at).map_or(1, char::len_utf8)
        });
    let end = scene.normal[candidate.end..]
        .find(is_item_separator)
        .map_or(scene.normal.len(), |at| candidate.end + at);
    start..end
}

/// Whether the item holds nothing but names, versions, years and marks.
fn is_whole_item(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let item = item_of(scene, candidate);
    let joins_by_ampersand = char_before(scene.normal, item.start) == Some('&')
        || char_after(scene.normal, item.end) == Some('&');
    if joins_by_ampersand && candidate.name_end - candidate.start <= 2 {
        return false;
    }
    let mut rest = String::new();
    let mut from = item.start;
    let mut names = 0;
    for name in scene
        .names
        .iter()
        .filter(|name| name.start >= item.start && name.end <= item.end)
    {
        rest.push_str(&scene.normal[from..name.start]);
        rest.push(' ');
        from = name.end;
        names += 1;
    }
    rest.push_str(&scene.normal[from.min(item.end)..item.end]);
    is_bare(&rest, names > 1)
}

/// Whether nothing that says something is left. Between several names, と and や are separators.
fn is_bare(rest: &str, has_several_names: bool) -> bool {
    let mut rest = rest;
    'word: while let Some(first) = rest.chars().next() {
        if !first.is_alphabetic() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        for word in ITEM_WORDS {
            if let Some(shorter) = rest.strip_prefix(word)
                && !(is_latin(first) && shorter.starts_with(is_latin))
            {
                rest = shorter;
                continue 'word;
            }
        }
        for word in ["および", "及び", "ならびに", "and", "と", "や"] {
            if has_several_names && let Some(shorter) = rest.strip_prefix(word) {
                rest = shorter;
                continue 'word;
            }
        }
        return false;
    }
    true
}

/// Whether the name opens its item and Japanese text or a dash follows a space: `Go バックエンド開発`.
fn leads_item(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let item = item_of(scene, candidate);
    let opens = is_bare(&scene.normal[item.start..candidate.start], false);
    let after = &scene.normal[candidate.end..item.end];
    let rest = after
        .trim_start_matches([' ', '-', '~', '.', 'x'])
        .trim_start_matches(|letter: char| {
            letter.is_ascii_digit() || letter == '.' || letter == ' '
        });
    opens && rest.len() < after.len() && rest.starts_with(is_japanese)
}

/// A、B、C: the neighbours in the list are single letters that name nothing.
fn is_enumerated(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let item = item_of(scene, candidate);
    let before = scene.normal[..item.start].trim_end_matches(is_item_separator);
    let before = before
        .rsplit(is_item_separator)
        .next()
        .unwrap_or_default()
        .trim();
    let after = scene.normal[item.end..].trim_start_matches(is_item_separator);
    let after = after
        .split(is_item_separator)
        .next()
        .unwrap_or_default()
        .trim();
    let is_letter = |text: &str| {
        text.len() == 1 && text.starts_with(|letter: char| letter.is_ascii_alphabetic())
    };
    is_letter(before) || is_letter(after)
}

/// Whether a neighbour in the same run of names (`Java、Go/C`) is a mention that `counts`.
fn is_in_run(
    scene: &Scene<'_>,
    at: usize,
    verdicts: &[Option<TechnologyId>],
    counts: impl Fn(TechnologyId) -> bool,
) -> bool {
    let joins = |left: usize, right: usize| {
        is_run_gap(
            &scene.normal[scene.names[left].end..scene.names[right].start],
            scene.is_list(),
        )
    };
    let before = at.checked_sub(1).filter(|&left| joins(left, at));
    let after = Some(at + 1).filter(|&right| right < scene.names.len() && joins(at, right));
    [before, after]
        .into_iter()
        .flatten()
        .any(|neighbour| verdicts[neighbour].is_some_and(&counts))
}

/// Whether only separators, versions and marks lie between two names.
fn is_run_gap(gap: &str, is_list: bool) -> bool {
    let mut rest = gap;
    let mut has_separator = is_list;
    while let Some(first) = rest.chars().next() {
        if let Some(word) = [
            "および",
            "及び",
            "ならびに",
            "または",
            "and ",
            "or ",
            "と",
            "や",
            "系",
            "言語",
            "など",
            "等",
        ]
        .iter()
        .find(|word| rest.starts_with(**word))
        {
            has_separator |= !matches!(*word, "系" | "言語" | "など" | "等");
            rest = &rest[word.len()..];
            continue;
        }
        match first {
            '、' | ',' | '・' | '/' | '|' | '+' | '&' | ';' => has_separator = true,
            '(' | '[' | '「' | '『' | '【' => has_separator = true,
            '\n' if !is_list => return false,
            _ if first.is_alphabetic() || first == '。' => return false,
            _ => {}
        }
        rest = &rest[first.len_utf8()..];
    }
    has_separator
}
