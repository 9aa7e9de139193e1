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
mod sensitive;
mod shown;
mod source;
mod stint;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod work;

use shokureki_index::lexicon::Lexicon;

use std::borrow::Cow;

use crate::domain::{DocumentFormat, Notice, NoticeKind, Resume, Span, without};

use block::{Blocks, build_blocks};
use evidence::Evidence;
use mention::MentionReader;
use source::{Source, read_source};
use stint::PlacedStints;

pub use date::leading_moment;
pub use duration::leading_length;
pub use shown::shown;

/// The version of these rules, stored with what they read; raised with each change of them.
pub const PARSER_VERSION: u32 = 19;

/// What was read of a document.
#[derive(Clone, Debug)]
pub struct Reading<'t> {
    /// The text with blanks for what must not be collected: all of it that may be kept beside the
    /// document itself, each byte at its place.
    pub text: Cow<'t, str>,
    /// What was got out of it.
    pub resume: Resume,
    /// What was not understood, contradicts itself, or must not be collected, in the order of the lines.
    pub notices: Vec<Notice>,
}

/// Reads the résumé `text`, which is of the form `format`, with the technologies of `lexicon`.
///
/// Offsets of the result are bytes of `text` on char boundaries. Passages on what an employer must not
/// collect are noticed and not read: nothing of the result comes from them.
pub fn collect<'t>(text: &'t str, format: DocumentFormat, lexicon: &Lexicon) -> Reading<'t> {
    let source = read_source(text, format);
    let blocks = build_blocks(text, &source, format);
    let passages = sensitive::passages(text, source.front_matter.clone(), &blocks);
    if passages.places.is_empty() {
        let (resume, notices) = read_blocks(text, &source, &blocks, Vec::new(), lexicon);
        let text = Cow::Borrowed(text);
        return Reading {
            text,
            resume,
            notices,
        };
    }
    let notices = passages.lines.into_iter().map(|(line, matter)| Notice {
        kind: NoticeKind::NotCollected,
        line: Some(line),
        text: matter.name().to_owned(),
    });
    let left = without(text, &passages.places);
    let source = read_source(&left, format);
    let blocks = build_blocks(&left, &source, format);
    let (resume, notices) = read_blocks(&left, &source, &blocks, notices.collect(), lexicon);
    Reading {
        text: Cow::Owned(left),
        resume,
        notices,
    }
}

/// [`collect`] without the text.
pub fn read(text: &str, format: DocumentFormat, lexicon: &Lexicon) -> (Resume, Vec<Notice>) {
    let reading = collect(text, format, lexicon);
    (reading.resume, reading.notices)
}

/// Reads a document of these blocks; the notices are added to those of `noticed`.
fn read_blocks(
    text: &str,
    source: &Source,
    blocks: &Blocks,
    noticed: Vec<Notice>,
    lexicon: &Lexicon,
) -> (Resume, Vec<Notice>) {
    let evidence = Evidence::of(blocks, lexicon);
    let jobs = job::find_jobs(blocks, &evidence, lexicon);
    let works = work::find_works(blocks, &evidence, &jobs);
    let document_date =
        document_date::document_date(text, source.front_matter.clone(), blocks, &evidence);
    let placed = PlacedStints::of(blocks, &evidence, &jobs, &works, lexicon);
    let listed = education::listing::listings(blocks, &evidence);
    let certifications =
        certification::read_certifications(text, blocks, &evidence, &listed, lexicon);
    let mut certificates: Vec<Span> = certifications.iter().map(|found| found.span).collect();
    certificates.sort_by_key(|span| span.start);
    let identity = identity::read_identity(text, source.front_matter.clone(), blocks, &evidence);
    let family = identity::family_name(&identity);
    let technologies = MentionReader {
        blocks,
        evidence: &evidence,
        lexicon,
        stint: &placed.of_block,
        employer_names: &placed.employer_names,
        legend: &grade::Legend::of(blocks, text),
        titles_say: &mention::titles_say(blocks),
        matrices: &mention::Matrices::of(blocks),
        shares: &mention::Shares::of(blocks, family),
        answers: &mention::answers(blocks),
        certificates: &certificates,
        heading_paths: &outline::heading_paths(blocks),
    }
    .read();
    let mut resume = Resume {
        document_date,
        identity,
        outline: outline::outline(blocks),
        stints: placed.stints,
        mentions: technologies.mentions,
        stated: technologies.stated,
        certifications,
        education: education::read_education(blocks, &evidence, &listed),
    };
    let mut notices = noticed;
    notices.extend(technologies.notices);
    notice::note(&mut resume, blocks, &evidence, lexicon, &mut notices);
    (resume, notices)
}
