//! Résumé text to a [`Resume`] and what was not understood of it.
//!
//! A reader of layouts, in layers: source lines, blocks, the evidence of each block (section, field,
//! period), jobs, projects, and the technologies between them. A pure function: no file, no clock.
//! It never fails, and its time grows linearly with the text.

mod block;
mod bracket;
mod certification;
mod date;
mod document_date;
mod duration;
mod education;
mod employer;
mod evidence;
mod facts;
mod grade;
mod identity;
mod job;
mod label;
mod letters;
mod marker;
mod markup;
mod mention;
mod notice;
mod outline;
mod period;
mod section;
mod shown;
mod source;
mod stint;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod work;

use shokureki_index::lexicon::Lexicon;

use crate::domain::{DocumentFormat, Notice, Resume, Span};

use block::build_blocks;
use evidence::Evidence;
use mention::MentionReader;
use source::read_source;
use stint::PlacedStints;

pub use date::leading_moment;
pub use duration::leading_length;
pub use shown::shown;

/// The version of these rules, stored with what they read; raised with each change of them.
pub const PARSER_VERSION: u32 = 9;

/// Reads the résumé `text`, which is of the form `format`, with the technologies of `lexicon`.
///
/// Offsets of the result are bytes of `text` on char boundaries. The notices say what was not
/// understood or contradicts itself, in the order of their lines.
pub fn read(text: &str, format: DocumentFormat, lexicon: &Lexicon) -> (Resume, Vec<Notice>) {
    let source = read_source(text, format);
    let blocks = build_blocks(text, &source, format);
    let evidence = Evidence::of(&blocks, lexicon);
    let jobs = job::find_jobs(&blocks, &evidence, lexicon);
    let works = work::find_works(&blocks, &evidence, &jobs);
    let document_date =
        document_date::document_date(text, source.front_matter.clone(), &blocks, &evidence);
    let placed = PlacedStints::of(&blocks, &evidence, &jobs, &works, lexicon);
    let listed = education::listing::listings(&blocks, &evidence);
    let certifications =
        certification::read_certifications(text, &blocks, &evidence, &listed, lexicon);
    let mut certificates: Vec<Span> = certifications.iter().map(|found| found.span).collect();
    certificates.sort_by_key(|span| span.start);
    let identity = identity::read_identity(text, source.front_matter.clone(), &blocks, &evidence);
    let family = identity::family_name(&identity);
    let technologies = MentionReader {
        blocks: &blocks,
        evidence: &evidence,
        lexicon,
        stint: &placed.of_block,
        employer_names: &placed.employer_names,
        legend: &grade::Legend::of(&blocks, text),
        titles_say: &mention::titles_say(&blocks),
        matrices: &mention::Matrices::of(&blocks),
        shares: &mention::Shares::of(&blocks, family),
        answers: &mention::answers(&blocks),
        certificates: &certificates,
        heading_paths: &outline::heading_paths(&blocks),
    }
    .read();
    let mut resume = Resume {
        document_date,
        identity,
        outline: outline::outline(&blocks),
        stints: placed.stints,
        mentions: technologies.mentions,
        stated: technologies.stated,
        certifications,
        education: education::read_education(&blocks, &evidence, &listed),
    };
    let mut notices = technologies.notices;
    notice::note(&mut resume, &blocks, &evidence, lexicon, &mut notices);
    (resume, notices)
}
