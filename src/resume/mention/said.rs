//! What is said of a name: by its sentence, its mark, its row, and the labels and headings over it.

use shokureki_index::words;
use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use super::MentionReader;
use super::beside::{charge_of_others, is_charge_next, is_denied_next, said_alike};
use super::level::{is_no_years, level_remark, verdict};
use super::row::row_remark;
use crate::resume::block::{Blocks, Kind};
use crate::resume::grade::{
    Legend, Remark, Sentence, boundary, denies_own_part, is_no_statement, is_unticked,
    label_remark, marked, remark, sentence, tells_outcome, tells_practice,
};
use crate::resume::section::Section;

/// The longest label at the head of a line, in bytes: what each mention of a long line looks at.
const MAX_LABEL_BYTES: usize = 240;

/// Characters of a line that works as a title.
const MAX_TITLE_CHARS: usize = 16;

/// Characters of a line that titles the list behind it.
const MAX_LEAD_CHARS: usize = 24;

/// Keys of data below a name that are looked at.
const MAX_KEYS: usize = 8;

/// Blocks above a name whose titles speak of it.
const MAX_ABOVE: usize = 3;

/// Blocks before a name that are looked at for the line that opens its list.
const MAX_SIBLINGS: usize = 40;

/// A block, and what is said of all names in it, worked out when the first one asks.
#[derive(Debug)]
pub(super) struct SaidOfAll<'t> {
    pub(super) at: usize,
    text: &'t str,
    /// The sentence that was asked for last, and where it begins.
    sentence: RefCell<Option<(usize, Rc<Sentence<'t>>)>>,
    /// Labels at the head of the block by their lengths.
    labels: RefCell<Vec<(usize, Option<Remark>)>>,
    is_no_statement: OnceCell<bool>,
    in_row: OnceCell<Option<Remark>>,
    above: OnceCell<Option<Remark>>,
    before: OnceCell<Option<Remark>>,
    below: OnceCell<Option<Remark>>,
}

impl<'t> SaidOfAll<'t> {
    pub(super) fn new(blocks: &'t Blocks, at: usize) -> Self {
        Self {
            at,
            text: blocks[at].str(),
            sentence: RefCell::default(),
            labels: RefCell::default(),
            is_no_statement: OnceCell::new(),
            in_row: OnceCell::new(),
            above: OnceCell::new(),
            before: OnceCell::new(),
            below: OnceCell::new(),
        }
    }

    /// Returns whether the block says what is not so.
    pub(super) fn is_unticked(&self) -> bool {
        is_unticked(self.text)
    }

    /// Returns whether the block states nothing.
    pub(super) fn is_no_statement(&self) -> bool {
        *self
            .is_no_statement
            .get_or_init(|| is_no_statement(self.text))
    }

    /// Returns the sentence around byte `at`, and where it begins.
    fn sentence(&self, at: usize) -> (Rc<Sentence<'t>>, usize) {
        let (text, start) = sentence(self.text, at);
        let mut last = self.sentence.borrow_mut();
        match last.as_ref() {
            Some((first, same)) if *first == start && same.text.len() == text.len() => {
                (Rc::clone(same), start)
            }
            _ => {
                let found = Rc::new(Sentence::new(text));
                *last = Some((start, Rc::clone(&found)));
                (found, start)
            }
        }
    }

    /// Returns what the first `len` bytes say as a label.
    fn label(&self, len: usize, says: impl Fn(&str) -> Option<Remark>) -> Option<Remark> {
        let mut labels = self.labels.borrow_mut();
        if let Some((_, said)) = labels.iter().find(|(other, _)| *other == len) {
            return *said;
        }
        let said = says(&self.text[..len]);
        labels.push((len, said));
        said
    }

    /// Returns what the label of the line says, where it ends before byte `until`.
    fn own_label(&self, until: usize, legend: &Legend) -> Option<Remark> {
        let head = &self.text[..boundary(self.text, until.min(MAX_LABEL_BYTES))];
        let label = head
            .find([':', '：', '…', '|', '｜'])
            .or_else(|| head.find(" = "));
        let tells_outcome = tells_outcome(self.text);
        let says = |label: &str| {
            legend
                .says(label)
                .or_else(|| label_remark(label).filter(|_| !tells_outcome))
        };
        label.and_then(|len| self.label(len, says)).or_else(|| {
            // 「使わない　　Kubernetes / Rust」
            let gap = ["  ", "　", "\t"].iter().filter_map(|gap| head.find(gap));
            // 「触れたい技術／Deno、Bun」: no name stands in the label.
            let gap = gap.min().or_else(|| {
                head.find(['／', '/'])
                    .filter(|len| !head[..*len].contains(is_latin))
            })?;
            self.label(gap, label_remark)
        })
    }
}

fn is_latin(sign: char) -> bool {
    sign.is_ascii_alphanumeric()
}

impl MentionReader<'_> {
    /// Returns what is said of the name at bytes `span` of a block.
    pub(super) fn said(&self, all: &SaidOfAll<'_>, span: &Range<usize>) -> Option<Remark> {
        let (at, text) = (all.at, all.text);
        if self.shares.is_of_others(at) || has_empty_box(text, span.start) || is_example(text, span)
        {
            return Some(Remark::Negated);
        }
        // 「### Next」 over what is to come is no product.
        if self.titles_say[at].is_some() && text.trim() == &text[span.clone()] {
            return self.titles_say[at];
        }
        if let Some(said) = marked(text, span.start) {
            return said;
        }
        let (sentence, start) = all.sentence(span.end);
        let len = sentence.text.len();
        let is_denied = is_denied_next(text, span.end, start + len)
            || is_charge_next(text, span.end, start + len);
        if is_request(sentence.text) || is_denied {
            return Some(Remark::Negated);
        }
        if let Some(said) = said_alike(&text[..start], sentence.text, &text[span.end..]) {
            return Some(said);
        }
        let first = span.start.saturating_sub(start);
        let last = span.end.saturating_sub(start).min(len);
        let said = remark(&sentence, first.min(last), last)
            .or_else(|| self.legend.behind(&text[span.end..]))
            .or_else(|| charge_of_others(&text[..span.start], &text[span.end..]))
            .or_else(|| self.legend.before(&text[..span.start]))
            .or_else(|| self.legend.around(&text[..span.start], &text[span.end..]))
            .or_else(|| *all.in_row.get_or_init(|| self.said_in_row(at)))
            .or_else(|| all.own_label(span.start, self.legend))
            .or_else(|| *all.above.get_or_init(|| self.said_above(at)))
            .or_else(|| *all.before.get_or_init(|| self.said_before(at)))
            .or_else(|| *all.below.get_or_init(|| self.said_below(at)))
            .or(self.answers[at]);
        // Who studies or wishes by making something uses it.
        let is_study = said == Some(Remark::Learning)
            || (said.is_none() && self.evidence.section[at] == Section::Wishes);
        if is_study && tells_practice(sentence.text) {
            return Some(Remark::Personal);
        }
        said
    }

    /// Returns what the row or column of the table says that the block stands in.
    fn said_in_row(&self, at: usize) -> Option<Remark> {
        let cell = std::iter::once(at)
            .chain(self.blocks.ancestors(at).take(2))
            .find(|block| self.blocks[*block].kind == Kind::Cell)?;
        let is_career = self.evidence.section[at] == Section::Career || self.stint[at].is_some();
        row_remark(self.blocks, self.legend, self.matrices, cell, is_career)
    }

    /// Returns what the line before a list, or the term before a definition, says of all in it:
    /// 「以下は使ったことがありません。」
    fn said_before(&self, at: usize) -> Option<Remark> {
        let block = &self.blocks[at];
        if block.kind == Kind::Line
            && let Some(said) = self.said_by_line_before(at)
        {
            return Some(said);
        }
        let is_definition = block.kind == Kind::Line && block.str().starts_with([':', '：']);
        if block.kind != Kind::Item && !is_definition {
            return None;
        }
        let mut before = None;
        for sibling in self.blocks.children(block.parent).take(MAX_SIBLINGS) {
            if sibling == at {
                break;
            }
            if self.blocks[sibling].kind == Kind::Line
                && !self.blocks[sibling].str().starts_with(':')
            {
                before = Some(sibling);
            } else if self.blocks[sibling].kind != block.kind {
                before = None;
            }
        }
        let text = self.blocks[before?].str();
        // 「担当チームの技術（私自身はコードを書いていません）」
        if denies_own_part(
            text.split_once(['（', '('])
                .map_or(text, |(_, inside)| inside),
        ) {
            return Some(Remark::Negated);
        }
        let is_title = text.chars().count() <= MAX_LEAD_CHARS
            && text.starts_with(char::is_alphanumeric)
            && !text.contains(['。', '、', '…'])
            && !text.trim_end_matches([':', '：']).contains([':', '：'])
            && !text.contains(is_latin);
        let announces =
            is_definition || is_title || words!["以下", "次の", "下記", "つぎの"].is_in(text);
        announces.then(|| label_remark(text)).flatten()
    }

    /// Returns what a line that works as a title says of the names in the line behind it.
    fn said_by_line_before(&self, at: usize) -> Option<Remark> {
        let before = at.checked_sub(1).filter(|before| {
            let block = &self.blocks[*before];
            block.kind == Kind::Line && block.parent == self.blocks[at].parent
        })?;
        let title = self.blocks[before].str();
        let is_title = title.chars().count() <= MAX_TITLE_CHARS
            && !title.contains(['。', '、', '：', ':'])
            && !title.contains(|character: char| character.is_ascii_alphabetic());
        is_title.then(|| label_remark(title)).flatten()
    }

    /// Returns what lines directly below a skill's heading say: 「実務経験なし」.
    fn said_below(&self, at: usize) -> Option<Remark> {
        let block = &self.blocks[at];
        if self.evidence.section[at] != Section::Skills {
            return None;
        }
        let has_no_years = self
            .blocks
            .children(at)
            .take(MAX_KEYS)
            .any(|child| is_no_years(self.blocks[child].str()));
        if has_no_years {
            return Some(Remark::Negated);
        }
        let level = self
            .blocks
            .children(at)
            .take(MAX_KEYS)
            .find_map(|child| level_remark(self.blocks[child].str()));
        if level.is_some() {
            return level;
        }
        if block.kind != Kind::Heading {
            return None;
        }
        if let Some(said) = self
            .blocks
            .children(at)
            .next()
            .and_then(|child| verdict(self.blocks[child].str()))
        {
            return Some(said);
        }
        self.blocks.children(at).take(3).find_map(|child| {
            let text = self.blocks[child].str();
            let speaks_of_it = [
                "実務", "業務", "未", "経験", "学習", "勉強", "触", "使", "個人", "趣味",
            ];
            if text.chars().count() > 16 || !speaks_of_it.iter().any(|word| text.starts_with(word))
            {
                return None;
            }
            // Known, though not from work.
            let is_private = text.contains("実務") || text.contains("業務");
            remark(&Sentence::new(text), 0, 0)
                .map(|said| if is_private { Remark::Personal } else { said })
        })
    }

    /// Returns what the first cell of the row, and the items and headings above, say of all names below.
    fn said_above(&self, at: usize) -> Option<Remark> {
        for above in self.blocks.ancestors(at).take(MAX_ABOVE) {
            match self.blocks[above].kind {
                Kind::Heading | Kind::Item => {
                    let said = self.titles_say[above]
                        .or_else(|| self.legend.says(self.blocks[above].str()));
                    if said.is_some() {
                        return said;
                    }
                }
                Kind::Row => {
                    let first = self.blocks.children(above).next()?;
                    let is_own = first <= at && at < self.blocks[first].end;
                    // The title of the table speaks of it all the same.
                    if is_own {
                        continue;
                    }
                    let label = self.blocks[first].str();
                    let said = self.legend.says(label).or_else(|| label_remark(label));
                    if said.is_some() {
                        return said;
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// Returns what the title of each heading and item says of all names below it.
pub(in crate::resume) fn titles_say(blocks: &Blocks) -> Vec<Option<Remark>> {
    (0..blocks.len())
        .map(|at| {
            let is_title = matches!(blocks[at].kind, Kind::Heading | Kind::Item);
            let text = blocks[at].str();
            let inside = text
                .split_once(['（', '('])
                .map_or("", |(_, inside)| inside);
            (is_title && blocks[at].end > at + 1)
                .then(|| {
                    if denies_own_part(inside) {
                        return Some(Remark::Negated);
                    }
                    label_remark(title_of(text))
                })
                .flatten()
        })
        .collect()
}

/// Returns a label without what stands behind its colon.
fn title_of(text: &str) -> &str {
    text.split([':', '：']).next().unwrap_or(text)
}

/// Returns whether an empty box stands before the name: 「☑ Appium　☐ Cypress」.
fn has_empty_box(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end();
    before.ends_with(['☐', '⬜'])
        || before.ends_with("[ ]")
        || before.strip_suffix('□').is_some_and(|lead| {
            // The first sign of a line of boxes may work as that of a heading.
            !lead.trim().is_empty() || text.contains(['■', '☑', '✅', '☒'])
        })
}

/// Returns whether a name is an example or a blank of a form: 「使用技術：（例）Java」「{{言語}}」.
fn is_example(text: &str, span: &Range<usize>) -> bool {
    let from = boundary(text, span.start.saturating_sub(MAX_LABEL_BYTES));
    let to = boundary(text, span.end.saturating_add(MAX_LABEL_BYTES));
    let lead = &text[from..span.start];
    let rest = &text[span.end..to.max(span.end)];
    let is_blank = lead.trim_end().ends_with("{{") && rest.trim_start().starts_with("}}");
    if is_blank {
        return true;
    }
    // 「<使ったDB。MySQL など>」
    let open = lead.rfind('<').filter(|open| !lead[*open..].contains('>'));
    if open.is_some_and(|open| {
        let before = lead[..open].trim_end();
        rest.contains('>') && (before.is_empty() || before.ends_with([':', '：', '、', '|', '】']))
    }) {
        return true;
    }
    let is_open = words!["TODO", "TBD", "FIXME"]
        .places_in(lead)
        .any(|(at, word)| {
            let behind = &lead[at + word.len()..];
            // Of several, the last one tells.
            !behind.starts_with(|next: char| next.is_alphanumeric()) && !behind.contains(word)
        });
    if is_open {
        return true;
    }
    if !lead.contains(['例', 'e', 'E']) {
        return false;
    }
    let folded = lead.to_ascii_lowercase();
    ["例", "ex", "e.g"].iter().any(|word| {
        folded.match_indices(word).take(3).any(|(at, _)| {
            let behind = lead[at + word.len()..].trim_start_matches(['.', ' ']);
            let before = lead[..at]
                .trim_end_matches("記入")
                .trim_end_matches("記載")
                .trim_end_matches("入力")
                .trim_end_matches(['(', '（', '[', ' ', '　', '※']);
            behind.starts_with([':', '：', ')', '）', ',', '】'])
                && (before.is_empty()
                    || before.ends_with([':', '：', '】', '|', '【', ')', '）', '}']))
        })
    })
}

/// Returns whether a sentence asks the reader for something: 「…を書いてください」.
fn is_request(sentence: &str) -> bool {
    words![
        "書いてください",
        "記入してください",
        "記載してください",
        "入力してください",
        "追記してください",
        "ご覧ください",
        "ご覧下さい",
        "ご参照ください",
        "記入して下さい",
        "記載して下さい",
        "置き換えてください",
        "消してください",
        "削除してください",
        "をご確認ください",
        "などから選ぶ",
        "から選択する",
        "などを書く",
        "などを記入",
        "などを記載",
        "ここに書く",
    ]
    .is_in(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: bool) {
        let start = text.find(name).expect("named");
        assert_eq!(
            is_example(text, &(start..start + name.len())),
            expected,
            "{text}"
        );
    }

    #[test]
    fn examples_and_blanks_of_a_form_are_no_statements() {
        check("使用技術：（例）Java、Kotlin", "Kotlin", true);
        check("言語：記入例）Scala", "Scala", true);
        check("FW: {{Django}}", "Django", true);
        check("DB: <使ったDB。MySQL など>", "MySQL", true);
        check("AWSのサービス（例：S3）を使用", "S3", false);
        check("前例のないGoの導入", "Go", false);
        assert!(has_empty_box("☑ Appium　☐ Cypress", "☑ Appium　☐ ".len()));
    }
}
