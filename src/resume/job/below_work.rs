//! Lines that say for whom the piece of work above them was, and so state no job.

use shokureki_index::lexicon::{Lexicon, has_legal_form};

use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::{Strength, is_hidden, job_title, strength};
use crate::resume::evidence::{Evidence, title_without};

use super::below::company_below;
use super::beside_work::has_employer_label;
use super::statement::names_client;

/// The line below the title of a piece of work that says for whom that was; of the title looked at
/// last, for each of the lines below it asks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CompanyBelow {
    title: usize,
    line: Option<usize>,
}

impl CompanyBelow {
    /// Returns whether a line stands among the first below the title of a piece of work, and so says for
    /// whom that was.
    pub(super) fn is_at(
        &mut self,
        blocks: &Blocks,
        evidence: &Evidence,
        lexicon: &Lexicon,
        at: usize,
    ) -> bool {
        let is_line = match blocks[at].kind {
            Kind::Line => true,
            Kind::Item => blocks[at].end == at + 1,
            _ => false,
        };
        let parent = blocks[at].parent;
        if !is_line {
            return false;
        }
        if self.title != parent {
            let line = titles_work(blocks, evidence, lexicon, parent)
                .then(|| company_below(blocks, evidence, lexicon, parent))
                .flatten()
                .map(|(line, _)| line);
            *self = Self {
                title: parent,
                line,
            };
        }
        self.line == Some(at)
    }
}

/// Returns whether a block titles a piece of work whose lines below say who employed.
fn titles_work(blocks: &Blocks, evidence: &Evidence, lexicon: &Lexicon, at: usize) -> bool {
    let is_title = matches!(blocks[at].kind, Kind::Heading | Kind::Item)
        && evidence.field[at].is_none()
        && !evidence.opens_section[at];
    if !is_title {
        return false;
    }
    let title = bare_title(blocks, evidence, at);
    let job = job_title(&title, lexicon);
    !title.is_empty()
        && (strength(&job.name, lexicon) < Strength::Sure
            || (names_client(&job) || !has_legal_form(&job.name) && !is_hidden(&job.name))
                && has_employer_label(blocks, evidence, lexicon, at))
}

/// Returns the title of a block without its period.
fn bare_title(blocks: &Blocks, evidence: &Evidence, at: usize) -> String {
    let text = blocks[at].str();
    match evidence.own_period(blocks, at) {
        Some(own) => title_without(text, &own.period.range),
        None => text.to_owned(),
    }
}
