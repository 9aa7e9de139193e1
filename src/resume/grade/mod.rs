//! How strong a mention is: by where it stands, and by what its sentence says.

mod aside;
mod bracketed;
mod choice;
mod counterpart;
mod cue;
mod elsewhere;
mod label;
mod lead;
mod legend;
mod marked;
mod negations;
mod other_time;
mod party;
mod party_subject;
mod people;
mod place;
mod remark;
mod replaced;
mod state;
mod theirs;
mod untaken;
mod words;

use crate::domain::Grade;
use shokureki_index::words;
use std::cell::OnceCell;

use super::section::Section;
use people::{Party, parties};

pub(super) use bracketed::denies_own_part;
pub(super) use cue::tells_practice;
pub(super) use label::label_remark;
pub(super) use legend::{Legend, explains_letters};
pub(super) use marked::marked;
pub(super) use people::names_others;
pub(super) use place::tells_outcome;
pub(super) use remark::{phrase_remark, remark};
pub(super) use state::state;

/// What a text says of what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// Not used, or used by others.
    Negated,
    /// Wanted, planned.
    Wished,
    /// Studied.
    Learning,
    /// Used in private only.
    Personal,
}

/// Returns whether a line begins with the mark of what is not so: an unticked box, a cross.
pub(super) fn is_unticked(text: &str) -> bool {
    words![
        "[ ]", "☐", "⬜", "❌", "✖", "✗", "✘", "❎", "🚫", "🙅", "⛔", "🤔", "🔜",
    ]
    .begin(text.trim_start())
}

/// Returns whether a line is a note to oneself or an example of a commit's message: neither tells of
/// experience.
pub(super) fn is_no_statement(text: &str) -> bool {
    const COMMITS: [&str; 8] = [
        "feat", "fix", "chore", "docs", "refactor", "test", "build", "ci",
    ];
    let text = text.trim_start();
    if words!["TODO", "TBD", "FIXME", "XXX"].begin(text) {
        return true;
    }
    if !text.starts_with(|first: char| first.is_ascii_lowercase()) {
        return false;
    }
    const PLAIN_COMMITS: [&str; 5] = ["feat: ", "fix: ", "chore: ", "refactor: ", "docs: "];
    let is_plain_commit = PLAIN_COMMITS.iter().any(|word| {
        // 「docs: GraphQLの説明を更新」; "docs: Confluence, Notion" is a list.
        text.strip_prefix(word).is_some_and(|rest| {
            rest.starts_with(|first: char| first.is_ascii_lowercase())
                || words!["を追加", "を更新", "を修正", "を削除", "を変更", "を減らす"].end(rest)
        })
    });
    if is_plain_commit {
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
        Some(Remark::Learning | Remark::Wished) if place != Grade::Certified => Grade::Learning,
        // A hobby that a list of wishes tells of is one all the same.
        Some(Remark::Personal) if place == Grade::Learning => Grade::Personal,
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

/// A sentence, and what it says whatever name in it is asked for.
#[derive(Debug)]
pub(super) struct Sentence<'t> {
    pub(super) text: &'t str,
    parties: OnceCell<Vec<Party>>,
}

impl<'t> Sentence<'t> {
    /// Takes a text for a sentence.
    pub(super) const fn new(text: &'t str) -> Self {
        Self {
            text,
            parties: OnceCell::new(),
        }
    }

    /// Returns the others that it names.
    fn parties(&self) -> &[Party] {
        self.parties.get_or_init(|| parties(self.text))
    }
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
