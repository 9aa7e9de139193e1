//! How strong a mention is: by where it stands, and by what its sentence says.

use std::collections::HashMap;

use crate::domain::Grade;

use super::block::{Blocks, Kind};
use super::section::Section;

/// What a sentence says of what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// Not used.
    Negated,
    /// Studied, wanted.
    Learning,
    /// Used in private only.
    Personal,
}

const NEGATIONS: &[&str] = &[
    "未経験",
    "実務経験なし",
    "実務経験は無",
    "実務経験はな",
    "業務経験なし",
    "挙がっていた",
    "候補に挙",
    "試しただけで終わ",
    "経験なし",
    "経験無し",
    "経験はない",
    "経験がない",
    "経験はなく",
    "経験がなく",
    "経験はありません",
    "経験がありません",
    "使っていません",
    "使っていない",
    "使用していません",
    "使用していない",
    "利用していません",
    "利用していない",
    "使ったことはありません",
    "使ったことがありません",
    "使ったことはない",
    "使ったことがない",
    "触ったことはありません",
    "触ったことがない",
    "触ったことがありません",
    "採用していません",
    "採用していない",
    "採用しなかった",
    "採っていない",
    "採らなかった",
    "採用を見送",
    "見送った",
    "見送り",
    "取りやめ",
    "自身では構築しません",
    "対応できません",
    "使いません",
    "使用しません",
    "持っていません",
    "断念",
    "読む程度",
    "比較検討したのみ",
    "扱ったことがない",
    "扱ったことはありません",
    "商社側が作成",
    "わかりません",
    "できません",
    "書けません",
    "本番には使って",
    "試しただけ",
    "ほぼ未経験",
    "使用経験なし",
    "知識なし",
    "全く経験",
    "まったく経験",
    "一切していません",
    "一切利用",
    "一切使",
    "採用しませんでした",
    "不採用",
    "採用せず",
    "検討しました",
    "検討したが",
    "検討だけ",
    "検討のみ",
    "も検討",
    "を考えたが",
    "候補でした",
    "候補だったが",
    "話も出ました",
    "話も出たが",
    "案もあった",
    "計画だったが",
    "予定だったが",
    "組み込む前に終わ",
    "本番には入って",
    "製品には入らな",
    "触れていません",
    "触れていない",
    "触れておらず",
    "触れませんでした",
    "触れず",
    "触らずに",
    "使わずに",
    "使ってはいません",
    "まったく使って",
    "全く使って",
    "読めません",
    "読むだけ",
    "読んだだけ",
    "見るだけ",
    "見たことがある程度",
    "聞いたことがあるだけ",
    "書いたことがありません",
    "書いたことはありません",
    "書けない",
    "書けません",
    "お断り",
    "任せきり",
    "手を付けていない",
    "私の担当ではありません",
    "担当ではない",
    "ご担当",
    "別班の担当",
    "別の人",
    "別の学生",
    "別のチームの担当",
    "さんの担当",
    "他社の担当",
    "他チームの",
    "隣の課",
    "隣のチーム",
    "前任の方のもの",
    "退職後に",
    "を置き換えた前任",
    "経験はございません",
    "経験もありません",
    "資格は持って",
    "入れただけ",
    "てはいない",
    "触っていません",
    "触っていない",
    "見たことがない",
    "と聞いている",
    "本番には載せ",
    "なったことがない",
    "cannot write",
    "never touched",
    "not used",
];

const LEARNINGS: &[&str] = &[
    "学習中",
    "勉強中",
    "研鑽中",
    "独学中",
    "習得中",
    "興味が",
    "興味を",
    "興味あり",
    "触ってみたい",
    "使ってみたい",
    "やってみたい",
    "学びたい",
    "学んでみたい",
    "挑戦したい",
    "勉強したい",
    "習得したい",
    "身につけたい",
    "身に付けたい",
    "キャッチアップ中",
    "キャッチアップ予定",
    "予定です",
    "学習予定",
    "勉強予定",
    "話題を追って",
    "経験したい",
    "取り組みたい",
    "深めたい",
    "伸ばしたい",
    "関わりたい",
    "携わりたい",
    "入門中",
    "学習しています",
    "学んでいます",
    "独学しています",
    "勉強しています",
    "書籍を読み始め",
    "読み始めた",
    "学ばないと",
    "やりたい",
    "作りたい",
    "試したい",
    "始めたい",
    "覚えたい",
    "広げてみたい",
    "たいと考えて",
    "たいと思って",
    "（これから）",
    "(これから)",
    "担当する予定",
    "学習予定",
    "受講中",
];

const PRIVATE: &[&str] = &[
    "実務では未使用",
    "業務外",
    "趣味",
    "個人開発",
    "個人で",
    "プライベート",
    "私用",
    "自宅",
    "休日に",
    "業務では未使用",
    "自作の",
    "家の中",
];

/// Returns what `sentence` says of what stands at its byte `at`.
pub(super) fn remark(sentence: &str, at: usize) -> Option<Remark> {
    if cue_after(sentence, at, PRIVATE, true) {
        return Some(Remark::Personal);
    }
    if cue_after(sentence, at, NEGATIONS, false) {
        return Some(Remark::Negated);
    }
    if cue_after(sentence, at, LEARNINGS, false) {
        return Some(Remark::Learning);
    }
    // 「(研鑽中)Rust、Zig」
    let before = &sentence[..at];
    let opens = [
        "(研鑽中)",
        "（研鑽中）",
        "(学習中)",
        "（学習中）",
        "(勉強中)",
        "（勉強中）",
        "学習中：",
        "学習中:",
        "勉強中：",
        "勉強中:",
        "未経験：",
        "未経験:",
    ]
    .iter()
    .filter_map(|cue| before.rfind(cue).map(|at| (at, *cue)))
    .max();
    opens.map(|(_, cue)| {
        if cue.contains("未経験") {
            Remark::Negated
        } else {
            Remark::Learning
        }
    })
}

/// Returns what a label over or before names says of all of them: 「未経験：」「これから」「聞いたことが
/// あるだけ」.
pub(super) fn label_remark(label: &str) -> Option<Remark> {
    let label = label.trim();
    if label.is_empty() || label.chars().count() > MAX_LABEL_CHARS {
        return None;
    }
    const NOT_USED: [&str; 15] = [
        "やめたもの",
        "未経験",
        "未使用",
        "経験なし",
        "経験無し",
        "聞いたことがある",
        "使わない",
        "使えない",
        "できないこと",
        "避けている",
        "使っていない",
        "知識のみ",
        "触っていない",
        "やらないこと",
        "経験のない",
    ];
    const WISHED: [&str; 14] = [
        "これから",
        "興味",
        "学習中",
        "勉強中",
        "研鑽中",
        "独学中",
        "学びたい",
        "やってみたい",
        "習得したい",
        "Want to",
        "want to",
        "Learning",
        "learning",
        "Interested",
    ];
    let says = |cues: &[&str]| cues.iter().any(|cue| label.contains(cue));
    let is_private = ["業務", "実務"]
        .iter()
        .any(|word| label.contains(word) && label.contains("未使用"));
    if is_private {
        return Some(Remark::Personal);
    }
    if says(&WISHED) {
        return Some(Remark::Learning);
    }
    says(&NOT_USED).then_some(Remark::Negated)
}

/// Reads the rows of a legend that give a letter to what is not experience: 「E | 知識のみ」.
pub(super) fn legend(blocks: &Blocks) -> HashMap<char, Remark> {
    const NONE: [&str; 6] = [
        "未経験",
        "経験なし",
        "知識のみ",
        "知らない",
        "経験無し",
        "触ったことがない",
    ];
    const STUDY: [&str; 3] = ["独学", "研修", "学習"];
    let mut legend = HashMap::new();
    for at in 1..blocks.len() {
        if blocks[at].kind != Kind::Row {
            continue;
        }
        let mut cells = blocks.children(at);
        let (Some(mark), Some(meaning)) = (cells.next(), cells.next()) else {
            continue;
        };
        let mut letters = blocks[mark].str().trim().chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else {
            continue;
        };
        let meaning = blocks[meaning].str();
        if !letter.is_ascii_uppercase() || meaning.chars().count() > 40 {
            continue;
        }
        if NONE.iter().any(|word| meaning.contains(word)) {
            legend.insert(letter, Remark::Negated);
        } else if STUDY.iter().any(|word| meaning.contains(word)) {
            legend.insert(letter, Remark::Learning);
        }
    }
    legend
}

/// Returns whether a line is an unticked box, a note to oneself or an example of a commit's message:
/// none tells of experience.
pub(super) fn is_no_statement(text: &str) -> bool {
    const COMMITS: [&str; 8] = [
        "feat", "fix", "chore", "docs", "refactor", "test", "build", "ci",
    ];
    let text = text.trim_start();
    if text.starts_with("[ ]") || text.starts_with("TODO") {
        return true;
    }
    COMMITS.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            rest.strip_prefix('(')
                .and_then(|rest| rest.split_once(')'))
                .is_some_and(|(_, rest)| rest.starts_with(':'))
        })
    })
}

/// Characters that a label over names has at most.
const MAX_LABEL_CHARS: usize = 20;

/// Returns what the signs directly behind a name say: 「☆☆☆☆☆」「（0年）」「（なし）」.
pub(super) fn mark_behind(rest: &str, legend: &HashMap<char, Remark>) -> Option<Remark> {
    let rest = rest.trim_start();
    if let Some(behind) = rest.strip_prefix([':', '：']) {
        let mut letters = behind.trim_start().chars();
        let said = letters.next().and_then(|letter| legend.get(&letter));
        if said.is_some() && letters.next().is_none_or(|next| !next.is_alphanumeric()) {
            return said.copied();
        }
    }
    let is_empty_scale = rest.starts_with("☆☆");
    let inside = rest
        .strip_prefix(['(', '（', ':', '：'])
        .map(str::trim_start);
    let is_nothing = inside.is_some_and(|inside| {
        ["0年", "０年", "なし", "未経験", "見るだけ", "読むだけ"]
            .iter()
            .any(|word| inside.starts_with(word))
    });
    (is_empty_scale || is_nothing).then_some(Remark::Negated)
}

/// Returns whether one of `cues` stands behind byte `at` in the same clause.
fn cue_after(sentence: &str, at: usize, cues: &[&str], near: bool) -> bool {
    let rest = &sentence[at..];
    cues.iter().filter_map(|cue| rest.find(cue)).any(|found| {
        let between = &rest[..found];
        if near && between.chars().count() > 60 {
            return false;
        }
        // 「Denoは…で、使ったことはありません」: what は marks stays the topic of the sentence.
        let is_topic = between
            .chars()
            .take(8)
            .take_while(|character| !matches!(character, '、' | '，' | ','))
            .any(|character| character == 'は');
        // 「Python ／(研鑽中)Rust」: a remark in front of the next name.
        let lead = between.trim_end();
        let is_of_next = lead.ends_with(['(', '（'])
            && lead
                .trim_end_matches(['(', '（'])
                .contains(['／', '/', '、', ',', '・']);
        if is_of_next {
            return false;
        }
        is_topic
            || between.contains("どちらも")
            || between.contains("いずれも")
            || !leaves_clause(between)
    })
}

/// Returns whether a text ends a clause: a verb's or adjective's ending before 、.
fn leaves_clause(between: &str) -> bool {
    let mut before = None;
    for character in between.chars() {
        if matches!(character, '、' | '，' | ',')
            && before.is_some_and(|before| {
                matches!(
                    before,
                    'し' | 'た'
                        | 'て'
                        | 'で'
                        | 'り'
                        | 'く'
                        | 'み'
                        | 'い'
                        | 'れ'
                        | 'え'
                        | 'め'
                        | 'ず'
                        | 'ら'
                        | 'す'
                )
            })
        {
            return true;
        }
        before = Some(character);
    }
    false
}

/// Returns the grade of a mention, or `None` where it is no experience at all.
pub(super) fn grade(section: Section, has_stint: bool, remark: Option<Remark>) -> Option<Grade> {
    let place = match section {
        Section::Career | Section::Projects | Section::Summary | Section::Unknown if has_stint => {
            Grade::Worked
        }
        Section::Personal if has_stint => Grade::Personal,
        Section::Career
        | Section::Projects
        | Section::Unknown
        | Section::Summary
        | Section::Skills
        | Section::Appraisal
        | Section::Identity => Grade::Declared,
        Section::Personal | Section::Education => Grade::Personal,
        Section::Certifications => Grade::Certified,
        Section::Wishes => Grade::Learning,
        Section::Other => return None,
    };
    let grade = match remark {
        Some(Remark::Negated) => Grade::Negated,
        Some(Remark::Learning) if place != Grade::Certified => Grade::Learning,
        Some(Remark::Personal) if place == Grade::Declared => Grade::Personal,
        _ => place,
    };
    Some(grade)
}

/// Bytes on each side of a mention that its sentence is looked for in.
const MAX_SENTENCE_BYTES: usize = 480;

/// Returns the greatest char boundary of `text` that is at most `at`.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    (at.saturating_sub(3)..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Returns the sentence of `text` around byte `at` and the byte it begins at.
pub(super) fn sentence(text: &str, at: usize) -> (&str, usize) {
    let first = boundary(text, at.saturating_sub(MAX_SENTENCE_BYTES));
    let last = boundary(text, at.saturating_add(MAX_SENTENCE_BYTES));
    let start = text[first..at]
        .rfind(['。', '！'])
        .map_or(first, |end| first + end + '。'.len_utf8());
    let end = text[at..last]
        .find(['。', '！'])
        .map_or(last, |len| at + len);
    (&text[start..end], start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: Option<Remark>) {
        let at = text.find(name).expect("named") + name.len();
        let (sentence, start) = sentence(text, at);
        assert_eq!(remark(sentence, at - start), expected, "{text}");
    }

    #[test]
    fn a_sentence_says_what_was_not_used() {
        check(
            "Denoは話題を追っているだけで、使ったことはありません。",
            "Deno",
            Some(Remark::Negated),
        );
        check(
            "QwikとRemixも資料を読みましたが、どちらも採用していません。",
            "Qwik",
            Some(Remark::Negated),
        );
        check(
            "AWS RoboMakerやNVIDIA Isaac Simの有償サービスは使っていません。",
            "AWS RoboMaker",
            Some(Remark::Negated),
        );
        check("Kafkaを使い、Flinkは未経験です。", "Kafka", None);
        check(
            "Kafkaを使い、Flinkは未経験です。",
            "Flink",
            Some(Remark::Negated),
        );
        check("Rust。Go は未経験", "Rust", None);
        check("Python ／(研鑽中)Rust、Zig", "Zig", Some(Remark::Learning));
        check("Python ／(研鑽中)Rust、Zig", "Python", None);
        check("Haskell 実務経験なし", "Haskell", Some(Remark::Negated));
    }
}
