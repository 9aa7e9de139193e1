//! Certificates: lines of the section that lists them, rows of its tables, values of the label 資格,
//! and language tests wherever they stand.

mod held;
mod language;
mod name;
mod pieces;

use std::ops::Range;

use shokureki_index::lexicon::Lexicon;

use crate::domain::{Certification, LinkKind, Moment, PeriodEnd, Span, TechnologyName};

use super::block::{Blocks, Kind};
use super::bracket::without_brackets;
use super::education::listing::{Listing, listings};
use super::evidence::{Evidence, title_without};
use super::label::split_label;
use super::period::{FoundPeriod, find_periods};
use super::section::Section;
use super::text::small;

pub(super) use held::has_certificate_word;

use held::{is_named, is_no_certificate, is_not_held, is_prose, is_state_to_come, names_school};
use name::certificate_name;

/// Longer texts list no certificates.
const MAX_TEXT_BYTES: usize = 1200;

/// Finds the certificates, in document order.
pub(super) fn read_certifications(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
) -> Vec<Certification> {
    let mut reader = Reader {
        blocks,
        evidence,
        lexicon,
        listed: listings(blocks, evidence),
        labelled: labelled(blocks),
        holder: vec![false; blocks.len()],
        found: Vec::new(),
    };
    let mut at = 1;
    while at < blocks.len() {
        at = reader.block(at);
    }
    reader.found
}

struct Reader<'a> {
    blocks: &'a Blocks,
    evidence: &'a Evidence,
    lexicon: &'a Lexicon,
    listed: Vec<Option<Listing>>,
    /// Whether a block is, or stands in, the value of 資格.
    labelled: Vec<bool>,
    /// Whether a block has given a certificate.
    holder: Vec<bool>,
    found: Vec<Certification>,
}

impl Reader<'_> {
    /// Reads a block; returns the next one to read.
    fn block(&mut self, at: usize) -> usize {
        let block = &self.blocks[at];
        let is_planned = self.listed[at] == Some(Listing::Neither);
        let in_section = !is_planned
            && match self.listed[at] {
                Some(listing) => listing.has_certificates(),
                None => self.evidence.section[at] == Section::Certifications,
            };
        match block.kind {
            Kind::Root | Kind::Table => {}
            Kind::Row if in_section => {
                if !block.is_header {
                    self.row(at);
                }
                return block.end;
            }
            Kind::Row => {}
            Kind::Heading if self.evidence.opens_section[at] && !self.is_entry(at) => {
                if in_section && let Some((_, value)) = split_label(block.str()) {
                    self.add(at, value..block.str().len(), None);
                }
            }
            Kind::Cell if !self.labelled[at] => self.elsewhere(at),
            _ if in_section || self.labelled[at] => self.line(at),
            _ if !is_planned => self.elsewhere(at),
            _ => {}
        }
        at + 1
    }

    /// Returns whether a heading that sounds like a section is a certificate: 「統計検定 3級（2022-03）」.
    fn is_entry(&self, at: usize) -> bool {
        let text = self.blocks[at].str();
        has_certificate_word(text)
            && (!self.evidence.periods[at].is_empty() || self.lexicon.certificate(text).is_some())
    }

    /// Reads a line of the section, or a value of 資格.
    fn line(&mut self, at: usize) {
        let block = &self.blocks[at];
        let text = block.str();
        if text.is_empty()
            || text.len() > MAX_TEXT_BYTES
            || text.starts_with("http")
            || is_title(text)
            || names_school(without_brackets(text).as_str())
            || self.leads_to_proof(at)
        {
            return;
        }
        // A line under a certificate tells more of it.
        let is_below = self.holder[block.parent] && block.kind != Kind::Cell;
        if is_below && self.lexicon.certificate(text).is_none() {
            return;
        }
        if block.end > at + 1
            && matches!(block.kind, Kind::Heading | Kind::Item)
            && self.is_group(at)
        {
            return;
        }
        let Some(start) = self.value_start(at) else {
            return;
        };
        if is_prose(&text[start..]) {
            for piece in pieces::told(&text[start..], self.lexicon, false) {
                let offset = piece.as_ptr() as usize - text.as_ptr() as usize;
                self.push(at, offset..offset + piece.len(), None);
            }
            return;
        }
        let acquired = self.evidence.periods[at].first().and_then(moment_of);
        self.add(at, start..text.len(), acquired);
    }

    /// Returns where the names begin behind the label of a line; none where it labels something else.
    fn value_start(&self, at: usize) -> Option<usize> {
        let text = self.blocks[at].str();
        let Some((label, value)) = split_label(text) else {
            return Some(0);
        };
        let rest = text[value..].trim();
        if rest.starts_with("http") {
            return None;
        }
        let is_date = find_periods(label)
            .first()
            .is_some_and(|period| title_without(label, &period.range).is_empty());
        let bare = label.trim_matches(|letter: char| !letter.is_alphanumeric());
        if is_date || (self.labelled[at] && names_certificates(label)) {
            return Some(value);
        }
        // 「AZ-204: Developing Solutions …」, 「TOEIC：815点」; 「国家資格：応用情報技術者」.
        if bare.ends_with("資格") || matches!(bare, "検定" | "免許" | "国家試験") {
            return Some(value);
        }
        if self.lexicon.certificate(label).is_some() || has_certificate_word(label) {
            return Some(0);
        }
        if rest.is_empty()
            || find_periods(rest)
                .first()
                .is_some_and(|period| title_without(rest, &period.range).chars().count() <= 3)
        {
            return Some(0);
        }
        // 「SnowPro Advanced: Data Engineer」, 「ベンダー：LPIC-1」.
        let first = pieces::listed(rest, self.lexicon)
            .first()
            .copied()
            .unwrap_or(rest);
        if label.is_ascii() && self.lexicon.certificate(first).is_none() {
            return Some(0);
        }
        if is_named(rest, self.lexicon) {
            return Some(value);
        }
        label.is_ascii().then_some(0)
    }

    /// Returns whether a line is no more than a link to a page that proves a certificate.
    fn leads_to_proof(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        block.links.iter().any(|link| {
            link.label.len() + 12 >= block.str().len()
                && super::identity::link_kind(&link.url) == LinkKind::Credential
                && link.label.start > 0
        })
    }

    /// Returns whether a heading or item is a maker or a state above certificates.
    fn is_group(&self, at: usize) -> bool {
        let text = self.blocks[at].str();
        if !self.evidence.periods[at].is_empty() {
            return false;
        }
        let has_own = is_named(text, self.lexicon);
        let has_named_below = self
            .blocks
            .children(at)
            .take(8)
            .filter(|child| !self.blocks[*child].str().starts_with("http"))
            .any(|child| match self.blocks[child].kind {
                Kind::Table => true,
                _ => is_named(self.blocks[child].str(), self.lexicon),
            });
        if has_named_below {
            return !has_own || self.blocks[at].kind == Kind::Heading || text.ends_with("資格");
        }
        self.blocks[at].kind == Kind::Heading
            && self.lexicon.certificate(text).is_none()
            && self.evidence.periods[at].is_empty()
    }

    /// Reads a row of a table of certificates.
    fn row(&mut self, row: usize) {
        let cells: Vec<usize> = self.blocks.children(row).take(12).collect();
        let heads = self.heads(row);
        let mut acquired: Option<Moment> = None;
        for cell in &cells {
            if acquired.is_none()
                && let Some(period) = self.evidence.periods[*cell].first()
                && self.evidence.is_period_only(self.blocks, *cell)
            {
                acquired = period.from;
                if period.is_stretch() && period.to == PeriodEnd::Unstated {
                    // 「2017年〜 学会 会員」 is a membership.
                    return;
                }
            }
        }
        let head = |cell: usize| {
            heads
                .get(self.blocks[cell].column)
                .map_or(Head::Unknown, |head| *head)
        };
        let is_to_come = cells.iter().any(|cell| {
            let text = self.blocks[*cell].str();
            match head(*cell) {
                Head::Name => is_not_held(text),
                Head::State => is_state_to_come(text),
                Head::Unknown => {
                    is_state_to_come(text) && text.chars().count() <= 16 || is_not_held(text)
                }
            }
        });
        if is_to_come
            || cells
                .iter()
                .any(|cell| names_school(self.blocks[*cell].str()))
        {
            return;
        }
        let may_name = |cell: &usize| {
            head(*cell) != Head::State
                && !self.evidence.is_period_only(self.blocks, *cell)
                && !self.blocks[*cell].str().is_empty()
        };
        let candidates: Vec<usize> = cells.iter().copied().filter(may_name).collect();
        let named: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|cell| head(*cell) == Head::Name)
            .collect();
        let chosen = if named.is_empty() {
            candidates
                .into_iter()
                .max_by_key(|cell| {
                    let text = self.blocks[*cell].str();
                    (
                        self.lexicon.certificate(text).is_some(),
                        has_certificate_word(text),
                        std::cmp::Reverse(*cell),
                    )
                })
                .into_iter()
                .collect()
        } else {
            named
        };
        for cell in chosen {
            for at in cell..self.blocks[cell].end {
                let text = self.blocks[at].str();
                if text.is_empty() || text.starts_with("http") {
                    continue;
                }
                // 「| 英語 | TOEIC | 805点 |」 has its score in the next cell.
                let acquired =
                    acquired.or_else(|| self.evidence.periods[at].first().and_then(moment_of));
                self.add(at, 0..text.len(), acquired);
            }
        }
    }

    /// Returns what the columns of a row's table hold, by its heading row.
    fn heads(&self, row: usize) -> Vec<Head> {
        let table = self.blocks[row].parent;
        let Some(first) = self.blocks.children(table).next() else {
            return Vec::new();
        };
        if !self.blocks[first].is_header && first == row {
            return Vec::new();
        }
        self.blocks
            .children(first)
            .take(12)
            .map(|cell| head_of(self.blocks[cell].str()))
            .collect()
    }

    /// Reads what stands outside of lists of certificates: scores of language tests, and sentences
    /// that tell of a certificate.
    fn elsewhere(&mut self, at: usize) {
        let text = self.blocks[at].str();
        if text.len() > MAX_TEXT_BYTES
            || matches!(
                self.evidence.section[at],
                Section::Projects | Section::Wishes | Section::Other
            )
        {
            return;
        }
        for range in language::scores(text) {
            let name = certificate_name(&text[range.clone()]);
            let is_known = self.found.iter().any(|known| known.name.starts_with(&name));
            if !is_known {
                self.push(at, range, None);
            }
        }
    }

    /// Adds the certificates of a text, cut where it lists several.
    fn add(&mut self, at: usize, range: Range<usize>, acquired: Option<Moment>) {
        let text = self.blocks[at].str();
        let parts = pieces::listed(&text[range], self.lexicon);
        let is_one = parts.len() == 1;
        for part in parts {
            let offset = part.as_ptr() as usize - text.as_ptr() as usize;
            let own = find_periods(part).first().and_then(moment_of);
            let acquired = own.or(acquired.filter(|_| is_one));
            self.push(at, offset..offset + part.len(), acquired);
        }
    }

    /// Adds the certificate that bytes `range` of the block name, if they do.
    fn push(&mut self, at: usize, range: Range<usize>, acquired: Option<Moment>) {
        let block = &self.blocks[at];
        let part = &block.str()[range.clone()];
        let name = certificate_name(part);
        let is_name = name.chars().count() >= 2
            && name.chars().count() <= 120
            && name.chars().any(char::is_alphabetic)
            && !is_title(&name)
            && !matches!(
                name.as_str(),
                "なし"
                    | "無し"
                    | "資格名"
                    | "取得中"
                    | "名称"
                    | "etc"
                    | "etc."
                    | "など"
                    | "以上"
                    | "同上"
            );
        // 「2023年取得予定 2024年3月」: planned once, held since.
        let was_planned = part.contains("取得予定") && find_periods(part).len() >= 2;
        if !is_name
            || is_no_certificate(part)
            || names_school(&name)
            || (is_not_held(part) && !was_planned)
        {
            return;
        }
        let technology = self
            .lexicon
            .certificate(part)
            .and_then(|certificate| certificate.technology.as_deref())
            .and_then(|key| self.lexicon.technology(key))
            .map(|technology| TechnologyName {
                key: technology.key.clone(),
                name: technology.name.clone(),
                is_listed: true,
            });
        let source = block.text.source(range);
        self.holder[at] = true;
        self.found.push(Certification {
            name,
            acquired,
            technology,
            line: block.line,
            span: Span {
                start: small(source.start),
                end: small(source.end),
            },
        });
    }
}

/// What a column of a table of certificates holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Name,
    State,
    Unknown,
}

fn head_of(text: &str) -> Head {
    let folded = text.to_lowercase().replace([' ', '\u{3000}'], "");
    let is_name = ["資格", "名称", "免許", "検定", "認定名", "試験名"]
        .iter()
        .any(|word| folded.contains(word))
        && !["取得", "番号", "機関", "団体", "日", "種別", "区分"]
            .iter()
            .any(|word| folded.ends_with(word))
        || matches!(
            folded.as_str(),
            "name" | "title" | "certification" | "certificate" | "license"
        );
    let is_state = [
        "備考",
        "状態",
        "状況",
        "有効",
        "期限",
        "結果",
        "合否",
        "取得",
        "年月",
        "日付",
        "時期",
        "番号",
        "発行",
        "機関",
        "団体",
        "主催",
        "実施",
        "種別",
        "区分",
        "分類",
        "リンク",
        "date",
        "status",
        "issuer",
        "note",
        "expir",
    ]
    .iter()
    .any(|word| folded.contains(word));
    match (is_name, is_state) {
        (true, _) => Head::Name,
        (false, true) => Head::State,
        _ => Head::Unknown,
    }
}

fn moment_of(period: &FoundPeriod) -> Option<Moment> {
    period.from.or(match period.to {
        PeriodEnd::At(moment) => Some(moment),
        _ => None,
    })
}

/// Tells which blocks are values of the label 資格 outside the section.
fn labelled(blocks: &Blocks) -> Vec<bool> {
    let mut labelled = vec![false; blocks.len()];
    for at in 1..blocks.len() {
        let block = &blocks[at];
        let parent = block.parent;
        labelled[at] = match block.kind {
            Kind::Cell => is_beside_label(blocks, at) || is_below_label(blocks, at),
            Kind::Line | Kind::Item => {
                let own = split_label(block.str()).is_some_and(|(label, value)| {
                    names_certificates(label) && !block.str()[value..].trim().is_empty()
                });
                let is_in_value = labelled[parent]
                    && (blocks[parent].kind == Kind::Cell
                        || split_label(blocks[parent].str()).is_none());
                let is_below = matches!(blocks[parent].kind, Kind::Item | Kind::Line)
                    && names_certificates(blocks[parent].str().trim_end_matches([':', '：']));
                own || is_in_value || is_below
            }
            _ => false,
        };
    }
    labelled
}

/// Returns whether the cell before names certificates: 「| 資格 | … |」.
fn is_beside_label(blocks: &Blocks, cell: usize) -> bool {
    let row = blocks[cell].parent;
    let column = blocks[cell].column;
    if column == 0 || column > 24 || blocks[row].kind != Kind::Row || blocks[row].is_header {
        return false;
    }
    blocks
        .children(row)
        .take(column + 1)
        .take_while(|other| *other < cell)
        .last()
        .is_some_and(|before| names_certificates(blocks[before].str()))
        && !names_certificates(blocks[cell].str())
}

/// Returns whether the head of the column names certificates, in a table of other things.
fn is_below_label(blocks: &Blocks, cell: usize) -> bool {
    let row = blocks[cell].parent;
    if blocks[row].kind != Kind::Row || blocks[row].is_header || blocks[cell].column >= 24 {
        return false;
    }
    let table = blocks[row].parent;
    let Some(first) = blocks.children(table).next() else {
        return false;
    };
    first != row
        && blocks[first].is_header
        && blocks.children(first).take(24).any(|head| {
            blocks[head].column == blocks[cell].column && names_certificates(blocks[head].str())
        })
}

/// Returns whether a label stands for certificates.
fn names_certificates(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let text = without_brackets(text);
    let folded: String = text
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    matches!(
        folded.as_str(),
        "資格"
            | "保有資格"
            | "取得資格"
            | "所有資格"
            | "所持資格"
            | "主な資格"
            | "資格等"
            | "資格など"
            | "資格免許"
            | "免許資格"
            | "資格検定"
            | "免許"
            | "保有免許"
            | "国家資格"
            | "it資格"
            | "資格一覧"
            | "certification"
            | "certifications"
            | "certificates"
            | "licenses"
            | "qualifications"
    )
}

/// Returns whether a line is the title of the list: 「保有資格」, 「\section{資格}」.
fn is_title(text: &str) -> bool {
    let bare = text.trim_matches(|character: char| !character.is_alphanumeric());
    text.starts_with("\\section")
        || text.starts_with("\\begin")
        || text.starts_with("\\end")
        || text.starts_with('%')
        || text.contains("ListStart")
        || text.contains("ListEnd")
        || names_certificates(bare)
        || matches!(
            bare,
            "しかく" | "cert" | "certs" | "免許・資格" | "資格・免許"
        )
}
