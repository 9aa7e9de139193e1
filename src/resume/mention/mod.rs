//! The technologies that a document names, each with its place, its stint and its grade.

mod beside;
mod family;
mod head;
mod level;
mod list;
mod matrix;
mod other_thing;
mod product;
mod prose;
mod question;
mod row;
mod said;
mod shares;
mod sides;
mod stated;
#[cfg(test)]
mod tests;
mod unlisted;
mod whole;

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::collections::HashSet;
use std::ops::Range;

use shokureki_index::lexicon::{Context, ContextKind, Found, Lexicon, MatchKind};

use crate::domain::{
    Grade, Mention, Notice, NoticeKind, Span, StatedMonths, StintRef, TechnologyName,
};

use super::block::{Blocks, Kind};
use super::evidence::Evidence;
use super::grade::{Legend, Remark, explains_letters, grade};
use super::identity::is_link_line;
use super::label::Field;
use super::section::Section;
use super::text::small;
use family::Families;
use head::heads_column;
use list::{is_list_like, part_end};
use product::{is_common_thing, is_everyday};
use said::SaidOfAll;

pub(super) use matrix::{Matrices, is_tick};
pub(super) use question::answers;
pub(super) use said::titles_say;
pub(super) use shares::Shares;

/// Blocks above a name that may name what it is a part of, rows and tables among them.
const MAX_ABOVE: usize = 4;

/// Columns of a table in which letters may be grades.
const MAX_LETTER_COLUMNS: usize = 6;

/// What is read of the technologies.
#[derive(Clone, Debug, Default)]
pub(super) struct Technologies {
    /// The mentions in document order.
    pub(super) mentions: Vec<Mention>,
    /// Lengths of experience in words or a table.
    pub(super) stated: Vec<StatedMonths>,
    /// What was corrected, and what the lexicon does not have.
    pub(super) notices: Vec<Notice>,
}

/// What the mentions are read from.
pub(super) struct MentionReader<'a> {
    /// The blocks.
    pub(super) blocks: &'a Blocks,
    /// What they show.
    pub(super) evidence: &'a Evidence,
    /// The technologies there are.
    pub(super) lexicon: &'a Lexicon,
    /// The stint of each block.
    pub(super) stint: &'a [Option<StintRef>],
    /// Bytes of each block's text that name an employer, where one does.
    pub(super) employer_names: &'a [Option<Range<usize>>],
    /// What the marks of the document's legend mean, where that is no experience.
    pub(super) legend: &'a Legend,
    /// What the title of each heading and item says of all names below it.
    pub(super) titles_say: &'a [Option<Remark>],
    /// The tables whose rows count where they are ticked.
    pub(super) matrices: &'a Matrices,
    /// What belongs to others where one entry of several is the writer's.
    pub(super) shares: &'a Shares,
    /// What the answers of the document say of the questions before them.
    pub(super) answers: &'a [Option<Remark>],
    /// Where the document names certificates, in order.
    pub(super) certificates: &'a [Span],
    /// Titles of the headings above each block.
    pub(super) heading_paths: &'a [Option<std::rc::Rc<Vec<String>>>],
}

/// The listed technologies of a block.
#[derive(Clone, Debug)]
struct Hits {
    /// Bytes of the block's text that were searched.
    range: Range<usize>,
    /// The sort of text that it was taken for.
    kind: ContextKind,
    /// What was found, by bytes of the block's text.
    found: Vec<Found>,
}

impl Default for Hits {
    fn default() -> Self {
        Self {
            range: 0..0,
            kind: ContextKind::Prose,
            found: Vec::new(),
        }
    }
}

impl Hits {
    /// Returns the keys of what was found.
    fn keys(&self) -> impl Iterator<Item = &str> {
        self.found.iter().map(|hit| hit.technology.as_str())
    }

    /// Returns whether a listed technology stands at bytes of the block's text.
    fn covers(&self, range: &Range<usize>) -> bool {
        let first = self
            .found
            .partition_point(|hit| hit.span.end <= range.start);
        self.found
            .get(first)
            .is_some_and(|hit| hit.span.start < range.end)
    }
}

impl MentionReader<'_> {
    /// Reads all mentions.
    pub(super) fn read(&self) -> Technologies {
        let mut read = Technologies::default();
        let mut hits: Vec<Hits> = vec![Hits::default(); self.blocks.len()];
        let is_read: Vec<bool> = (0..self.blocks.len())
            .map(|at| at > 0 && !self.evidence.is_form[at] && self.is_searched(at))
            .collect();
        for at in (1..self.blocks.len()).filter(|at| is_read[*at]) {
            hits[at] = self.hits(at, &hits, None);
        }
        let own = self.own_names();
        if !own.is_empty() {
            let prose = |hits: &&mut Hits| hits.kind == ContextKind::Prose;
            for hits in hits.iter_mut().filter(prose) {
                hits.found.retain(|hit| !own.contains(&hit.technology));
            }
        }
        let families = Families::of(self.blocks, &hits);
        for at in 1..self.blocks.len() {
            if !is_read[at] {
                continue;
            }
            let is_among_names = self.employer_names[at].is_none()
                && families.is_among_names(self.blocks, at, &hits[at]);
            if is_among_names && hits[at].kind == ContextKind::Prose {
                hits[at] = self.hits(at, &hits, Some(ContextKind::List));
            }
            let said = SaidOfAll::new(self.blocks, at);
            let first = read.mentions.len();
            self.emit(&said, &hits[at], &mut read);
            self.deny_sides(at, &hits[at], &mut read.mentions[first..]);
            self.unlisted(&said, &hits, is_among_names, &mut read);
            self.stated_below(at, &hits, &mut read);
        }
        self.stated_in_rows(&hits, &mut read);
        self.take_back(&mut read.mentions);
        read
    }

    /// Takes back what a list claims and a note on it denies: 「※LabVIEWは別班の担当」.
    fn take_back(&self, mentions: &mut [Mention]) {
        const SIGNS: &WordList = words!["※", "注", "＊", "ただし", "但し", "なお", "[^"];
        let notes: HashSet<u32> = (1..self.blocks.len())
            .map(|at| &self.blocks[at])
            .filter(|block| SIGNS.begin(block.str()))
            .map(|block| block.line)
            .collect();
        let denied: HashSet<(String, Option<StintRef>)> = mentions
            .iter()
            .filter(|mention| mention.grade == Grade::Negated && mention.stint.is_some())
            .filter(|mention| notes.contains(&mention.line))
            .map(|mention| (mention.technology.key.clone(), mention.stint))
            .collect();
        if denied.is_empty() {
            return;
        }
        for mention in mentions {
            if denied.contains(&(mention.technology.key.clone(), mention.stint)) {
                mention.grade = Grade::Negated;
            }
        }
    }

    /// Returns the technologies that an employer of the document is named like: in sentences, the
    /// name is the employer's.
    fn own_names(&self) -> HashSet<String> {
        self.employer_names
            .iter()
            .enumerate()
            .filter_map(|(at, name)| {
                let name = self.blocks[at].str().get(name.clone()?)?;
                let bare = bare_company(name);
                let found = self.lexicon.resolve(bare)?;
                (found.via == MatchKind::Exact && !bare.is_empty())
                    .then(|| found.technology.key.clone())
            })
            .collect()
    }

    /// Returns whether a block's text is searched at all.
    fn is_searched(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let section = self.evidence.section[at];
        let is_skipped = block.str().is_empty()
            || section == Section::Other
            || is_link_line(block, section)
            || (block.kind == Kind::Cell
                && (heads_column(self.blocks, self.evidence, at) || self.is_legend_letter(at)));
        !is_skipped
    }

    /// Finds the listed technologies of a block, below the `hits` of those above; as `kind` of text,
    /// or as the block is.
    fn hits(&self, at: usize, hits: &[Hits], kind: Option<ContextKind>) -> Hits {
        let block = &self.blocks[at];
        let range = self.searched(at);
        let text = &block.str()[range.clone()];
        let kind = kind.unwrap_or_else(|| self.context_kind(at, text));
        let parents = self.parents(at, hits);
        let context = Context {
            kind,
            parents: &parents,
        };
        let mut found = self.find(text, context);
        for hit in &mut found {
            hit.span = hit.span.start + range.start..hit.span.end + range.start;
        }
        if let Some(name) = &self.employer_names[at] {
            found.retain(|hit| hit.span.end <= name.start || hit.span.start >= name.end);
        }
        found.extend(self.vendors(block.str(), &found));
        found.extend(self.label_name(block.str(), range.start));
        found.sort_by_key(|hit| (hit.span.start, hit.span.end));
        let has_letter = found.iter().any(|hit| hit.span.len() == 1);
        if has_letter {
            let explains = explains_letters(text);
            found.retain(|hit| {
                hit.span.len() > 1
                    || !(explains
                        || self
                            .legend
                            .is_grade(&block.str()[..hit.span.start], &block.str()[hit.span.end..]))
            });
        }
        found.retain(|hit| {
            let is_plain_thing = kind == ContextKind::Prose && is_everyday(&hit.technology);
            !is_plain_thing && !is_common_thing(&hit.technology) && !self.is_account(at, hit)
        });
        Hits { range, kind, found }
    }

    /// Returns whether the name of a service only leads to the person's account there:
    /// 「GitHub: someone」, a link to `github.com/someone`.
    fn is_account(&self, at: usize, hit: &Found) -> bool {
        let is_head = self.stint[at].is_none()
            && matches!(
                self.evidence.section[at],
                Section::Identity | Section::Unknown | Section::Summary
            );
        if !is_head || !matches!(hit.technology.as_str(), "github" | "gitlab" | "bitbucket") {
            return false;
        }
        let block = &self.blocks[at];
        let is_labelled = block.str()[hit.span.end..]
            .trim_start()
            .starts_with([':', '：']);
        let is_link = block
            .links
            .iter()
            .any(|link| link.label.start <= hit.span.start && hit.span.end <= link.label.end);
        is_labelled || is_link
    }

    /// Adds the mentions of listed technologies.
    fn emit(&self, said: &SaidOfAll<'_>, hits: &Hits, read: &mut Technologies) {
        let at = said.at;
        for hit in &hits.found {
            let Some(name) = self.named(&hit.technology) else {
                continue;
            };
            // 「後輩の AWS 認定…の取得を支援」: the name of a certificate that the person does not hold is
            // no use of what it is about.
            let source = self.blocks[at].text.source(hit.span.clone());
            if hit.in_certificate && self.stint[at].is_some() && !self.is_in_certificate(&source) {
                continue;
            }
            if hit.via == MatchKind::Typo {
                read.notices.push(Notice {
                    kind: NoticeKind::CorrectedSpelling,
                    line: Some(self.blocks[at].line),
                    text: self.blocks[at].str()[hit.span.clone()].to_owned(),
                });
            }
            self.mention(said, hit.span.clone(), name, read);
        }
    }

    /// Finds the technologies of a text, a long one part by part.
    fn find(&self, text: &str, context: Context<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        let mut from = 0;
        while from < text.len() {
            let to = part_end(text, from);
            found.extend(
                self.lexicon
                    .find(&text[from..to], context)
                    .into_iter()
                    .map(|hit| Found {
                        span: hit.span.start + from..hit.span.end + from,
                        ..hit
                    }),
            );
            from = to;
        }
        found
    }

    /// Returns whether a cell is a letter that a table of letters explains.
    fn is_legend_letter(&self, at: usize) -> bool {
        let is_letter = |cell: usize| {
            let text = self.blocks[cell].str();
            text.len() == 1 && text.as_bytes()[0].is_ascii_uppercase()
        };
        let column = self.blocks[at].column;
        if column >= MAX_LETTER_COLUMNS || !is_letter(at) {
            return false;
        }
        let table = self.blocks[self.blocks[at].parent].parent;
        let letters = self
            .blocks
            .children(table)
            .take(12)
            .filter_map(|row| self.blocks.children(row).nth(column))
            .filter(|cell| is_letter(*cell))
            .count();
        letters >= 3
    }

    /// Returns the bytes of the block's text that may name technologies: all but its label.
    fn searched(&self, at: usize) -> Range<usize> {
        let len = self.blocks[at].str().len();
        let value = self.evidence.value[at].clone();
        let is_labelled = self.evidence.field[at].is_some() && self.blocks[at].kind != Kind::Cell;
        if is_labelled && value.start < len {
            value
        } else {
            0..len
        }
    }

    /// Tells what sort of text a block holds.
    fn context_kind(&self, at: usize, text: &str) -> ContextKind {
        let section = self.evidence.section[at];
        let is_technology = matches!(
            self.evidence.scope[at],
            Some(Field::Technology | Field::Environment)
        );
        if is_technology && !text.contains('。') {
            return ContextKind::List;
        }
        if is_list_like(text) {
            return ContextKind::List;
        }
        let is_short = text.chars().count() <= 40 && !text.contains('。');
        match section {
            Section::Skills if is_short && self.blocks[at].kind == Kind::Cell => {
                if self.blocks[at].column == 0 {
                    ContextKind::List
                } else {
                    ContextKind::Skill
                }
            }
            Section::Skills if is_short && self.blocks[at].kind == Kind::Heading => {
                ContextKind::Skill
            }
            Section::Skills if is_short => ContextKind::List,
            Section::Wishes if is_short && self.blocks[at].kind == Kind::Item => ContextKind::List,
            _ => ContextKind::Prose,
        }
    }

    /// Returns the technologies that the two blocks above name.
    fn parents<'h>(&self, at: usize, hits: &'h [Hits]) -> Vec<&'h str> {
        self.blocks
            .ancestors(at)
            .take(MAX_ABOVE)
            .filter(|above| !matches!(self.blocks[*above].kind, Kind::Row | Kind::Table))
            .take(2)
            .filter(|above| matches!(self.blocks[*above].kind, Kind::Item | Kind::Heading))
            .flat_map(|above| hits[above].keys().take(3))
            .collect()
    }

    /// Adds a mention.
    fn mention(
        &self,
        said_of_all: &SaidOfAll<'_>,
        span: Range<usize>,
        technology: TechnologyName,
        read: &mut Technologies,
    ) {
        let at = said_of_all.at;
        let block = &self.blocks[at];
        let is_unticked = said_of_all.is_unticked();
        if said_of_all.is_no_statement() || (is_unticked && !technology.is_listed) {
            return;
        }
        let said = if is_unticked {
            Some(Remark::Negated)
        } else {
            self.said(said_of_all, &span)
        };
        let stint = self.stint[at];
        let Some(grade) = grade(self.evidence.section[at], stint.is_some(), said) else {
            return;
        };
        let source = block.text.source(span.clone());
        let grade = if self.is_in_certificate(&source) {
            grade.min(Grade::Certified)
        } else {
            grade
        };
        let heading_path = self.heading_paths[at]
            .as_ref()
            .map_or_else(Vec::new, |path| path.as_ref().clone());
        self.stated_behind(at, span.end, &technology, read);
        read.mentions.push(Mention {
            technology,
            grade,
            stint,
            span: Span {
                start: small(source.start),
                end: small(source.end),
            },
            line: block.line,
            heading_path,
        });
    }

    /// Returns whether bytes of the document are part of a certificate's name.
    fn is_in_certificate(&self, source: &Range<usize>) -> bool {
        let behind = self
            .certificates
            .partition_point(|span| span.start as usize <= source.start);
        self.certificates[..behind]
            .last()
            .is_some_and(|span| source.end <= span.end as usize)
    }

    /// Returns the technology of a key as mentions name it.
    fn named(&self, key: &str) -> Option<TechnologyName> {
        self.lexicon
            .technology(key)
            .map(|technology| TechnologyName {
                key: technology.key.clone(),
                name: technology.name.clone(),
                is_listed: true,
            })
    }
}

/// Returns a company's name without its legal form.
fn bare_company(name: &str) -> &str {
    const FORMS: [&str; 8] = [
        "株式会社",
        "有限会社",
        "合同会社",
        "（株）",
        "(株)",
        "㈱",
        "Inc.",
        "LLC",
    ];
    FORMS.iter().fold(name.trim(), |name, form| {
        let name = name.strip_prefix(form).unwrap_or(name).trim();
        name.strip_suffix(form).unwrap_or(name).trim()
    })
}
