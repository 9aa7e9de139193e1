//! What the marks of a skill table mean: 「★★★ 教えられる / ☆ 使ったことがない」「E | 知識のみ」.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::collections::{HashMap, HashSet};

use super::Remark;
use super::remark::phrase_remark;
use super::state::state;
use crate::resume::block::{Block, Blocks, Kind};

/// What the marks of a document mean, where that is no experience.
#[derive(Clone, Debug, Default)]
pub(in crate::resume) struct Legend {
    marks: HashMap<String, Remark>,
    /// What the notes of the document say, by their signs: `[^2]`, `※1`.
    notes: HashMap<String, Remark>,
    /// What a bracket around a name says: 「（）は学習中」.
    bracketed: Option<Remark>,
    /// The signs that are left empty in scales of the document: the last of 「●●●○○」.
    scales: HashSet<char>,
    /// Whether letters have meanings in the document, whatever they are.
    has_letters: bool,
}

/// Characters of a meaning.
const MAX_MEANING_CHARS: usize = 40;

/// Bytes of a line that may be a legend.
const MAX_LINE_BYTES: usize = 600;

impl Legend {
    /// Reads the legends of a document, of its blocks and of the comments in data of its `source`.
    pub(in crate::resume) fn of(blocks: &Blocks, source: &str) -> Self {
        let mut legend = Self::default();
        for at in 1..blocks.len() {
            if blocks[at].kind == Kind::Row {
                let mut cells = blocks.children(at);
                if let (Some(mark), Some(meaning)) = (cells.next(), cells.next()) {
                    legend.add(blocks[mark].str().trim(), blocks[meaning].str());
                    legend.scale(blocks[meaning].str());
                }
                continue;
            }
            let text = blocks[at].str();
            if text.len() <= MAX_LINE_BYTES {
                legend.line(text);
                legend.title(&blocks[at]);
                legend.note(text);
                legend.scale(text);
                legend.has_letters |= explains_letters(text);
            }
        }
        for comment in source
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix('#'))
        {
            if comment.len() <= MAX_LINE_BYTES {
                legend.line(comment.trim_start_matches('#'));
            }
        }
        legend
    }

    /// Reads a line of marks and their meanings; one alone is none, unless it is all of the line.
    fn line(&mut self, text: &str) {
        let counts = explains_digits(text);
        let has_mark = counts
            || text
                .chars()
                .any(|character| is_sign(character) || character.is_ascii_uppercase());
        if !has_mark {
            return;
        }
        let parts: Vec<(&str, &str)> = text
            .split(['/', '／', '、', ',', '，', ';', '；', '　', '|', '｜', '。'])
            .flat_map(explained)
            .filter_map(mark_and_meaning)
            .collect();
        if parts.len() < 2
            && !parts
                .first()
                .is_some_and(|(mark, _)| text.trim().starts_with(mark))
        {
            return;
        }
        for (mark, meaning) in parts {
            self.add(mark, meaning);
        }
    }

    /// Reads what a title says of a sign in brackets: 「スキル（★ は学習歴）」.
    fn title(&mut self, block: &Block) {
        let inside = block
            .str()
            .trim_end()
            .strip_suffix(['）', ')'])
            .and_then(|text| text.rsplit(['（', '(']).next());
        if block.kind == Kind::Heading
            && let Some(inside) = inside.filter(|inside| inside.starts_with(is_sign))
        {
            self.line(inside);
        }
    }

    /// Reads which sign is left empty in a scale.
    fn scale(&mut self, text: &str) {
        for (_, step) in words!["■□", "●○", "★☆", "◆◇", "▰▱"].places_in(text) {
            self.scales.extend(step.chars().next_back());
        }
    }

    /// Reads a note: 「[^2]: 使ったことはない」「※1 未経験」.
    fn note(&mut self, text: &str) {
        let text = text.trim_start();
        let about_brackets = [
            "（）",
            "()",
            "カッコ内",
            "括弧内",
            "かっこ内",
            "( )",
            "（ ）",
            "カッコ",
            "括弧",
        ]
        .iter()
        .find_map(|sign| {
            text.trim_start_matches(['※', '*', '＊', ' '])
                .strip_prefix(sign)
        })
        .and_then(|rest| rest.strip_prefix(['は', '：', ':', '=', '＝', '…']));
        if let Some(meaning) = about_brackets {
            self.bracketed = phrase_remark(meaning).filter(|said| *said != Remark::Personal);
            return;
        }
        let bare = ["※", "＊", "*", "△", "▲"].iter().find(|sign| {
            text.strip_prefix(**sign).is_some_and(|rest| {
                rest.trim_start_matches(['印', '付', 'き', 'の', 'も'])
                    .starts_with(['は', '：', ':', '=', '＝', '…'])
            })
        });
        if let Some(sign) = bare {
            if let Some(said) = phrase_remark(&text[sign.len()..]) {
                self.notes.insert((*sign).to_owned(), said);
            }
            return;
        }
        let Some(sign) = note_sign(text) else {
            return;
        };
        let meaning = text[sign.len()..].trim_start_matches([':', '：', ' ', '　', '.', ')', '）']);
        if let Some(said) = phrase_remark(meaning) {
            self.notes.insert(sign.to_owned(), said);
        }
    }

    fn add(&mut self, mark: &str, meaning: &str) {
        if !is_mark(mark) || meaning.chars().count() > MAX_MEANING_CHARS {
            return;
        }
        let said = phrase_remark(meaning)
            .or_else(|| state(meaning))
            .filter(|said| *said != Remark::Personal);
        let said = said.or_else(|| {
            let studies = ["独学", "研修", "学習"];
            let none = ["知らない", "経験なし", "経験無し", "不可", "できない"];
            if none.iter().any(|word| meaning.contains(word)) {
                Some(Remark::Negated)
            } else if studies.iter().any(|word| meaning.contains(word)) {
                Some(Remark::Learning)
            } else {
                None
            }
        });
        if let Some(said) = said {
            self.marks.insert(mark.to_owned(), said);
        }
    }

    /// Returns whether a letter between two texts is a grade: 「TypeScript: {years: 1, self: C}」
    /// 「Flask：D」「D: Rust、Scala」.
    pub(in crate::resume) fn is_grade(&self, before: &str, behind: &str) -> bool {
        const LABELS: &WordList = words![
            "level",
            "self",
            "rank",
            "grade",
            "レベル",
            "評価",
            "習熟度",
            "ランク",
            "熟練度",
        ];
        let is_label = before.trim().is_empty() && behind.trim_start().starts_with(MEANS);
        if self.has_letters && is_label {
            return true;
        }
        let Some(label) = before
            .trim_end()
            .strip_suffix([':', '：', '=', '(', '（', '…', '→', '-', '—'])
        else {
            return false;
        };
        let label = label.trim_end().to_ascii_lowercase();
        let is_level = LABELS.end(&label);
        let is_language = words!["言語", "language", "languages", "lang"].end(&label);
        is_level || (self.has_letters && !is_language)
    }

    /// Returns what a mark says that is all of `text`, or stands behind an amount.
    pub(in crate::resume) fn says(&self, text: &str) -> Option<Remark> {
        const PREFIXES: [&str; 7] = ["レベル", "ランク", "評価", "Level", "Lv.", "Lv", "Rank"];
        let text = text.trim();
        let text = PREFIXES
            .iter()
            .find_map(|prefix| text.strip_prefix(prefix))
            .or_else(|| text.strip_suffix("ランク"))
            .or_else(|| text.strip_suffix("評価"))
            .unwrap_or(text)
            .trim_matches([' ', ':', '：', '【', '】', '[', ']']);
        if self.marks.is_empty() {
            return None;
        }
        // 「1 年 ★」
        let behind_amount = text
            .rsplit_once([' ', '\u{3000}'])
            .filter(|(amount, sign)| {
                amount.starts_with(char::is_numeric) && sign.chars().all(is_sign)
            });
        let mark = behind_amount.map_or(text, |(_, sign)| sign);
        if !is_mark(mark) {
            return None;
        }
        self.marks.get(mark).copied()
    }

    /// Returns what the mark before a name says, in a line that begins with one: 「△ Go」「◎ Java　× Perl」.
    pub(in crate::resume) fn before(&self, lead: &str) -> Option<Remark> {
        if self.marks.is_empty() || !lead.trim_start().starts_with(is_sign) {
            return None;
        }
        let end = lead.rfind(is_sign)?;
        let end = end + lead[end..].chars().next().map_or(0, char::len_utf8);
        let start = lead[..end]
            .char_indices()
            .rev()
            .take_while(|(_, sign)| is_sign(*sign))
            .last()
            .map_or(end, |(at, _)| at);
        self.marks.get(&lead[start..end]).copied()
    }

    /// Returns what the document says of names in brackets, where one stands in one of its own:
    /// 「Python、（Rust）」.
    pub(in crate::resume) fn around(&self, before: &str, behind: &str) -> Option<Remark> {
        let said = self.bracketed?;
        let lead = before.trim_end().strip_suffix(['(', '（'])?.trim_end();
        let opens =
            lead.is_empty() || lead.ends_with(['、', ',', '，', '/', '／', '・', ':', '：']);
        (opens && behind.trim_start().starts_with([')', '）'])).then_some(said)
    }

    /// Returns what the signs directly behind a name say: 「☆」「: E」「（0年）」「（なし）」.
    pub(in crate::resume) fn behind(&self, rest: &str) -> Option<Remark> {
        let rest = rest.trim_start();
        let noted = note_sign(rest.trim_start_matches(['(', '（', '`', '、']));
        let bare = rest
            .chars()
            .next()
            .filter(|_| noted.is_none())
            .and_then(|sign| self.notes.get(&rest[..sign.len_utf8()]));
        if bare.is_some() {
            return bare.copied();
        }
        if let Some(said) = noted.and_then(|sign| self.notes.get(sign)) {
            return Some(*said);
        }
        let inside = rest
            .strip_prefix([
                '(', '（', ':', '：', '[', '［', '=', '…', '→', '-', '—', '―', '＝',
            ])
            .map(|inside| inside.trim_start_matches(['…', ' ', '　', '-']));
        let marked = inside.unwrap_or(rest);
        let run = mark_run(marked);
        let next = marked[run.len()..].chars().next();
        let is_whole = !run.is_empty() && next.is_none_or(|next| !next.is_alphanumeric());
        let is_letter = run.starts_with(|first: char| first.is_ascii_alphanumeric());
        // A box or tick stands before its name: this one is the next name's.
        let is_next = inside.is_none() && run.starts_with(['☐', '☑', '✅', '✔', '✓']);
        if is_next {
            return None;
        }
        if is_whole
            && (inside.is_some() || !is_letter)
            && let Some(said) = self.marks.get(run)
        {
            return Some(*said);
        }
        let is_crossed = inside
            .unwrap_or(rest)
            .strip_prefix(['×', '✕', '✗', '✖', '✘', '❌', '🚫'])
            .is_some_and(|behind| {
                behind.trim_start().is_empty() || behind.starts_with(['、', ',', '）', ')', '　'])
            });
        let is_unfilled = ['☆', '□', '○', '◇', '▱', '⬜'].iter().any(|empty| {
            let filled = self.scales.contains(empty) || *empty == '☆';
            let count = marked.chars().take_while(|sign| sign == empty).count();
            filled && count >= 2 && !marked[count * empty.len_utf8()..].starts_with(is_scale_sign)
        });
        let is_empty_scale = is_crossed || is_unfilled;
        let is_nothing = inside.is_some_and(|inside| {
            !inside.starts_with("未経験から")
                && words![
                    "0年",
                    "０年",
                    "0ヶ月",
                    "0%",
                    "0/5",
                    "Lv0",
                    "Lv.0",
                    "なし",
                    "無し",
                    "未経験",
                    "見るだけ",
                    "読むだけ",
                ]
                .begin(inside)
        });
        (is_empty_scale || is_nothing || has_no_years(rest)).then_some(Remark::Negated)
    }
}

/// Characters behind a name that may give its years.
const MAX_YEARS_CHARS: usize = 60;

/// Returns whether data behind a name gives it no year: 「Go, years: 0」.
fn has_no_years(rest: &str) -> bool {
    if !rest.starts_with([',', ':', '"', '}']) {
        return false;
    }
    let near: String = rest.chars().take(MAX_YEARS_CHARS).collect();
    let inside = near.split(['}', '\n']).next().unwrap_or("");
    inside.split([',', '{']).any(|pair| {
        pair.split_once(':').is_some_and(|(key, value)| {
            let key = key.trim().trim_matches('"');
            let value = value.trim().trim_matches('"');
            matches!(key, "years" | "year" | "年数" | "経験年数" | "months") && value == "0"
        })
    })
}

/// Returns the sign of a note that a text begins with: `[^2]`, `※1`, `*1`.
fn note_sign(text: &str) -> Option<&str> {
    if text.starts_with("[^") {
        let end = text
            .char_indices()
            .take(12)
            .find(|(_, sign)| *sign == ']')?
            .0;
        return Some(&text[..=end]);
    }
    let first = text
        .chars()
        .next()
        .filter(|sign| matches!(sign, '※' | '*' | '＊'))?;
    let digits = text[first.len_utf8()..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    (1..=2)
        .contains(&digits)
        .then(|| &text[..first.len_utf8() + digits])
}

/// Splits explanations that only blanks part: 「5=指導できる 3=一人でできる 0=経験なし」.
fn explained(part: &str) -> impl Iterator<Item = &str> {
    let mut blanks = part.match_indices(' ');
    let mut rest = Some(0);
    std::iter::from_fn(move || {
        let start = rest?;
        let opening = blanks.find(|(at, _)| {
            let next = part[at + 1..].trim_start();
            let run = mark_run(next);
            !run.is_empty() && next[run.len()..].trim_start().starts_with(MEANS)
        });
        rest = opening.map(|(at, _)| at + 1);
        Some(&part[start..opening.map_or(part.len(), |(at, _)| at)])
    })
}

/// Signs between a mark and its meaning.
const MEANS: [char; 6] = [':', '：', '=', '＝', '…', '→'];

/// Returns whether a text explains letters, which are no technologies then: 「A：指導できる　C：調べながら」.
pub(in crate::resume) fn explains_letters(text: &str) -> bool {
    let letters = text
        .char_indices()
        .take(MAX_LINE_BYTES)
        .filter(|(at, letter)| {
            letter.is_ascii_uppercase()
                && !text[..*at].ends_with(|before: char| before.is_ascii_alphanumeric())
                && text[at + 1..].trim_start().starts_with(MEANS)
                && text[at + 1..]
                    .trim_start()
                    .trim_start_matches(MEANS)
                    .trim_start()
                    .starts_with(|next: char| !next.is_ascii())
        })
        .count();
    letters >= 2
}

/// Returns whether a text explains the digits of a scale: 「5:教えられる 3:実務で使える 1:読んだ程度」.
fn explains_digits(text: &str) -> bool {
    let digits = text
        .char_indices()
        .filter(|(at, digit)| {
            digit.is_ascii_digit()
                && !text[..*at].ends_with(|before: char| before.is_ascii_alphanumeric())
                && text[at + 1..].starts_with(MEANS)
        })
        .take(3)
        .count();
    digits >= 3
}

/// Splits 「☆ 使ったことがない」「E: 知識のみ」「E＝知識のみ」 into mark and meaning.
fn mark_and_meaning(part: &str) -> Option<(&str, &str)> {
    let part = part
        .trim()
        .trim_start_matches(['(', '（', '※'])
        .trim_start();
    let run = mark_run(part);
    if run.is_empty() {
        return None;
    }
    let rest = &part[run.len()..];
    let meaning = rest.trim_start_matches([
        ' ', ':', '：', '=', '＝', '…', '‥', '-', '→', '．', '.', 'は',
    ]);
    let is_letter = run.starts_with(|first: char| first.is_ascii_alphanumeric());
    let is_apart = meaning.len() < rest.len();
    let is_word = meaning
        .chars()
        .take(6)
        .any(|character| !character.is_ascii());
    ((is_apart || !is_letter) && is_word).then_some((run, meaning))
}

/// Returns the signs that a text begins with, or its one letter or digit.
fn mark_run(text: &str) -> &str {
    let signs: usize = text
        .chars()
        .take_while(|character| is_sign(*character))
        .map(char::len_utf8)
        .sum();
    if signs > 0 {
        return &text[..signs];
    }
    let mut characters = text.chars();
    match characters.next() {
        Some(first)
            if (first.is_ascii_uppercase() || first.is_ascii_digit())
                && characters
                    .next()
                    .is_none_or(|next| !next.is_ascii_alphanumeric()) =>
        {
            &text[..1]
        }
        _ => "",
    }
}

fn is_mark(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 5 && mark_run(text).len() == text.len()
}

fn is_scale_sign(character: char) -> bool {
    matches!(
        character,
        '★' | '☆' | '■' | '□' | '●' | '○' | '◆' | '◇' | '▰' | '▱'
    )
}

fn is_sign(character: char) -> bool {
    matches!(
        character,
        '★' | '☆'
            | '◎'
            | '○'
            | '◯'
            | '〇'
            | '●'
            | '▲'
            | '△'
            | '×'
            | '✕'
            | '✗'
            | '✖'
            | '✔'
            | '✓'
            | '☑'
            | '☐'
            | '✅'
            | '－'
            | '―'
            | '—'
            | '−'
            | '\u{1F300}'..='\u{1FAFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, behind: &str, expected: Option<Remark>) {
        let mut legend = Legend::default();
        legend.line(line);
        assert_eq!(legend.behind(behind), expected, "{line} {behind}");
    }

    #[test]
    fn a_mark_before_a_name_speaks_of_it() {
        let mut legend = Legend::default();
        for line in [
            "◎ … 業務で主に担当",
            "△ … 入門書を読んだだけ",
            "× … 使ったことがない",
        ] {
            legend.line(line);
        }
        legend.line("🟢 実務　🔴 これから");
        assert_eq!(legend.before("🔴 "), Some(Remark::Wished));
        assert_eq!(legend.before("× "), Some(Remark::Negated));
        assert_eq!(legend.before("◎ Java　△ "), Some(Remark::Negated));
        assert_eq!(legend.before("◎ "), None);
        assert_eq!(legend.before("Rust × "), None);
    }

    #[test]
    fn a_mark_behind_an_amount_speaks_of_it() {
        let mut legend = Legend::default();
        legend.line("★ は学習歴");
        assert_eq!(legend.says("1 年 ★"), Some(Remark::Learning));
        assert_eq!(legend.says("★"), Some(Remark::Learning));
        assert_eq!(legend.says("1 年"), None);
        assert_eq!(legend.says("Go ★"), None);
    }

    #[test]
    fn a_legend_gives_marks_their_meaning() {
        let stars = "★の数 … ★★★ 教えられる / ★ 少し触った / ☆ 使ったことがない";
        check(stars, " ☆", Some(Remark::Negated));
        check(stars, " ★", None);
        let letters = "A: 5年以上、B: 1年以上、E: 知識のみ";
        check(letters, ":E、", Some(Remark::Negated));
        check(letters, "（E）", Some(Remark::Negated));
        check(letters, ":B", None);
        check(letters, " Edge", None);
        let digits = "5:教えられる 4:主力 3:実務で使える 1:本を読んだ程度(書いたことはない)";
        check(digits, ": 1", Some(Remark::Negated));
        check(digits, ": 3", None);
        check("１章 2:00 開始", ": 2", None);
        check("", "（0年）", Some(Remark::Negated));
        check("", " ☆☆☆☆☆", Some(Remark::Negated));
    }
}
