//! What is written of a candidate, once a document.
//!
//! The column holds, of each candidate, one run of words: a head of [`HEAD`] word, the *units*
//! (numbers of 16 bits, or all of 32 where one needs more), and, read only when asked for, the *names*,
//! the *texts* and the *rest*. The units are, in order:
//!
//! - [`FIXED`] numbers: the month that the résumé is of, counts of stints, employers and technologies,
//!   flags, where the identifiers end in the names, how many words the texts take;
//! - of each stint [`PER_STINT`]: its employer and whether it goes on, its first month, how many
//!   months, the job that it is a part of;
//! - of each employer [`PER_EMPLOYER`]: where its record ends in the names, and where its hashes do;
//! - the hashes of employers' keys, readings and beginnings of names;
//! - of each technology, in order of the hashes of keys: these; where the keys end in the names; where
//!   the mentions end;
//! - the mentions: grade and stint.
//!
//! The names are the identifiers of candidate and résumé, the records of the employers and the keys of
//! the technologies. The texts say where the text of the stints is, in units like those above: how many
//! ranges of words there are, these, [`PER_RANGE`] numbers each in order of where they begin, and then
//! the ranges of grams. The rest begins with a blob for each of [`Section`].

use std::ops::Range;

use super::{Certification, Mention, Positions, Signatures};
use crate::document::Grade;
use crate::months::MonthRange;
use crate::varint::Writer;

/// Words before the units: sizes.
pub(super) const HEAD: usize = 1;

pub(super) const FIXED: usize = 7;
pub(super) const PER_STINT: usize = 4;
pub(super) const PER_EMPLOYER: usize = 2;
pub(super) const PER_TECHNOLOGY: usize = 3;

/// In the first word of the head: the units are of 32 bits.
pub(super) const WIDE: u64 = 1 << 63;

/// A flag: names of schools and employers are known.
pub(super) const HAS_NAMED: u32 = 1;

/// Numbers of a range of a stint's text: where it begins and ends, and the stint.
pub(super) const PER_RANGE: usize = 3;

/// Bits of a mention that are its grade.
pub(super) const GRADE_BITS: u32 = 3;

/// In place of a grade: not a mention but stated months.
pub(super) const STATED: u32 = 7;

/// The unit that says how many words the texts take.
pub(super) const TEXTS_SIZE: usize = FIXED - 1;

/// Months are counted from here, so that they are small.
const MONTH_ZERO: i32 = 2000 * 12;

/// Parts of the rest, in order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Section {
    SortName,
    NameSpan,
    LocationSpan,
    Certifications,
    Education,
    Denied,
    Named,
    Certified,
    Identity,
    Stints,
    Mentions,
}

/// What is written of a candidate.
#[derive(Debug, Default)]
pub(crate) struct Draft<'a> {
    pub(crate) key: &'a str,
    pub(crate) resume: &'a str,
    pub(crate) sort_name: String,
    /// The month that the résumé is of.
    pub(crate) as_of: i32,
    pub(crate) name_span: Option<Range<usize>>,
    pub(crate) location_span: Option<Range<usize>>,
    pub(crate) certifications: Vec<Certification>,
    pub(crate) education: Vec<DraftEducation>,
    pub(crate) employers: Vec<DraftEmployer<'a>>,
    pub(crate) stints: Vec<DraftStint<'a>>,
    pub(crate) technologies: Vec<DraftTechnology<'a>>,
    /// Where the text says that something is not known.
    pub(crate) denied: Marked,
    /// Positions inside the names of schools and employers.
    pub(crate) named: Positions,
    /// Where certificates are named.
    pub(crate) certified: Marked,
    /// Positions that tell who the person is.
    pub(crate) identity: Positions,
}

/// Positions and what stands there.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    pub(crate) positions: Positions,
    pub(crate) terms: Signatures,
}

/// What a key or term is looked for by; what has the same hash is compared.
pub(super) fn hash(text: &str) -> u16 {
    murmurhash32::murmurhash2(text.as_bytes()) as u16
}

/// What a name is looked for by that begins as `name` does: two characters, less than which begin no
/// longer name.
pub(super) fn name_hash(name: &str) -> u16 {
    let end = name.char_indices().nth(2).map_or(name.len(), |(at, _)| at);
    hash(&name[..end])
}

#[derive(Debug)]
pub(crate) struct DraftEducation {
    pub(crate) span: Range<usize>,
    /// Bits of [`EducationLevel`](crate::EducationLevel).
    pub(crate) levels: u64,
    /// Where its name is written.
    pub(crate) text: Positions,
}

#[derive(Debug)]
pub(crate) struct DraftEmployer<'a> {
    pub(crate) key: &'a str,
    /// Normalized.
    pub(crate) names: Vec<String>,
    pub(crate) readings: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct DraftStint<'a> {
    pub(crate) key: &'a str,
    /// An index into [`Draft::employers`], and where it is named.
    pub(crate) employer: Option<(usize, Range<usize>)>,
    /// Not empty.
    pub(crate) months: Option<MonthRange>,
    pub(crate) is_current: bool,
    pub(crate) span: Range<usize>,
    pub(crate) text: Positions,
    /// Where roles begin in the stint's block, and where they stand, in the order of the former.
    pub(crate) roles: Vec<(u32, Range<usize>)>,
    /// An index into [`Draft::stints`].
    pub(crate) part_of: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct DraftTechnology<'a> {
    pub(crate) key: &'a str,
    pub(crate) stated_months: Option<u32>,
    pub(crate) mentions: Vec<Mention>,
}

impl DraftEmployer<'_> {
    fn hashes(&self) -> Vec<u32> {
        let names = self.names.iter().map(|name| name_hash(name));
        let readings = self.readings.iter().map(|reading| hash(reading));
        let all = std::iter::once(hash(self.key)).chain(names).chain(readings);
        let mut hashes: Vec<u32> = all.map(u32::from).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }
}

impl Draft<'_> {
    /// Returns the column's values.
    pub(crate) fn to_words(&self) -> Vec<u64> {
        let mut technologies: Vec<(u16, &DraftTechnology<'_>)> = self
            .technologies
            .iter()
            .map(|technology| (hash(technology.key), technology))
            .collect();
        technologies.sort_by_key(|(hash, technology)| (*hash, technology.key));
        let mut names = Writer::default();
        let mut units = self.units(&technologies, &mut names);
        let texts = self.texts();
        // The count of their words is no larger than that of the numbers.
        let is_wide = |&unit: &u32| unit > u32::from(u16::MAX);
        let is_wide = units.iter().chain(&texts).any(is_wide) || is_wide(&unit(texts.len()));
        let texts = packed(&texts, is_wide);
        units[TEXTS_SIZE] = unit(texts.len());
        let units = packed(&units, is_wide);
        let names = words(&names.bytes);
        let sizes = units.len() as u64 | (names.len() as u64) << 32;
        let mut all = vec![sizes | if is_wide { WIDE } else { 0 }];
        all.extend(units);
        all.extend(names);
        all.extend(texts);
        all.extend(words(&self.rest(&technologies)));
        all
    }

    fn units(&self, technologies: &[(u16, &DraftTechnology<'_>)], names: &mut Writer) -> Vec<u32> {
        names.identifier(self.key);
        names.identifier(self.resume);
        let is_named = !self.named.words.is_empty() || !self.named.grams.is_empty();
        let mut units = vec![
            month(self.as_of),
            unit(self.stints.len()),
            unit(self.employers.len()),
            unit(technologies.len()),
            if is_named { HAS_NAMED } else { 0 },
            unit(names.bytes.len()),
            0,
        ];
        for stint in &self.stints {
            let employer = stint.employer.as_ref().map(|(employer, _)| *employer);
            units.push(optional(employer) << 1 | u32::from(stint.is_current));
            units.push(stint.months.map_or(0, |months| month(months.first)));
            units.push(stint.months.map_or(0, MonthRange::len));
            units.push(optional(stint.part_of));
        }
        let mut hashes = Vec::new();
        for employer in &self.employers {
            write_employer(names, employer);
            hashes.extend(employer.hashes());
            units.push(unit(names.bytes.len()));
            units.push(unit(hashes.len()));
        }
        units.extend(hashes);
        units.extend(technologies.iter().map(|(hash, _)| u32::from(*hash)));
        for (_, technology) in technologies {
            names.bytes.extend_from_slice(technology.key.as_bytes());
            units.push(unit(names.bytes.len()));
        }
        let mut mentions = Vec::new();
        for (_, technology) in technologies {
            let stated = technology.stated_months.into_iter();
            mentions.extend(stated.map(|months| months << GRADE_BITS | STATED));
            mentions.extend(technology.mentions.iter().map(mention_unit));
            units.push(unit(mentions.len()));
        }
        units.extend(mentions);
        units
    }

    /// Where the stints' text is.
    fn texts(&self) -> Vec<u32> {
        let mut units = Vec::new();
        for ranges in [
            |text: &Positions| text.words.clone(),
            |text: &Positions| text.grams.clone(),
        ] {
            let stints = self.stints.iter().enumerate();
            let ranges = stints.flat_map(|(stint, draft)| {
                let ranges = ranges(&draft.text).into_iter();
                ranges.map(move |range| (range.start, range.end, unit(stint)))
            });
            let mut ranges: Vec<_> = ranges.collect();
            ranges.sort_unstable();
            units.push(unit(ranges.len()));
            units.extend(
                ranges
                    .into_iter()
                    .flat_map(|(start, end, stint)| [start, end, stint]),
            );
        }
        units
    }

    fn rest(&self, technologies: &[(u16, &DraftTechnology<'_>)]) -> Vec<u8> {
        let mut rest = Writer::default();
        rest.section(Section::SortName, |writer| writer.string(&self.sort_name));
        rest.section(Section::NameSpan, |writer| {
            write_spans(writer, self.name_span.as_slice());
        });
        rest.section(Section::LocationSpan, |writer| {
            write_spans(writer, self.location_span.as_slice());
        });
        rest.section(Section::Certifications, |writer| {
            for certification in &self.certifications {
                write_span(writer, &certification.span);
                let score = certification.score;
                writer.number(score.map_or(0, |score| 1 + u64::from(score)));
            }
        });
        rest.section(Section::Education, |writer| {
            for school in &self.education {
                write_span(writer, &school.span);
                writer.number(school.levels);
                writer.blob(&positions_bytes(&school.text));
            }
        });
        for (section, positions) in [
            (Section::Denied, &self.denied.positions),
            (Section::Named, &self.named),
            (Section::Certified, &self.certified.positions),
            (Section::Identity, &self.identity),
        ] {
            rest.section(section, |writer| {
                writer.bytes.extend(positions_bytes(positions));
            });
        }
        rest.section(Section::Stints, |writer| {
            for stint in &self.stints {
                writer.blob(&stint_bytes(stint));
            }
        });
        rest.section(Section::Mentions, |writer| {
            for (_, technology) in technologies {
                let mut places = Writer::default();
                for mention in &technology.mentions {
                    write_span(&mut places, &mention.span);
                    places.size(mention.line);
                }
                writer.blob(&places.bytes);
            }
        });
        rest.bytes
    }
}

impl Writer {
    /// Sections are written in their order.
    fn section(&mut self, _: Section, write: impl FnOnce(&mut Self)) {
        let mut writer = Self::default();
        write(&mut writer);
        self.blob(&writer.bytes);
    }
}

/// What is counted in a document fits easily; what does not would be cut off.
fn unit(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// A mention as a unit.
pub(super) fn mention_unit(mention: &Mention) -> u32 {
    optional(mention.stint) << GRADE_BITS | mention.grade as u32
}

fn optional(index: Option<usize>) -> u32 {
    index.map_or(0, |index| unit(index).saturating_add(1))
}

/// Months before and after [`MONTH_ZERO`] in turn, so that those near it are small.
fn month(month: i32) -> u32 {
    let distance = month.wrapping_sub(MONTH_ZERO);
    ((distance << 1) ^ (distance >> 31)) as u32
}

/// The month that [`month`] wrote.
pub(super) fn month_of(unit: u32) -> i32 {
    let distance = (unit >> 1) as i32 ^ -((unit & 1) as i32);
    distance.wrapping_add(MONTH_ZERO)
}

fn packed(units: &[u32], is_wide: bool) -> Vec<u64> {
    let (per_word, bits) = if is_wide { (2, 32) } else { (4, 16) };
    let words = units.chunks(per_word);
    words
        .map(|units| {
            let units = units.iter().rev();
            units.fold(0, |word, &unit| word << bits | u64::from(unit))
        })
        .collect()
}

fn words(bytes: &[u8]) -> Vec<u64> {
    let words = bytes.chunks(size_of::<u64>());
    words
        .map(|part| {
            let mut word = [0; size_of::<u64>()];
            word[..part.len()].copy_from_slice(part);
            u64::from_le_bytes(word)
        })
        .collect()
}

fn write_employer(writer: &mut Writer, employer: &DraftEmployer<'_>) {
    writer.string(employer.key);
    for list in [&employer.names, &employer.readings] {
        writer.size(list.len());
        for form in list {
            writer.string(form);
        }
    }
}

fn stint_bytes(stint: &DraftStint<'_>) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.identifier(stint.key);
    write_span(&mut writer, &stint.span);
    let employer = stint.employer.as_ref().map(|(_, span)| span.clone());
    writer.number(u64::from(employer.is_some()));
    write_spans(&mut writer, employer.as_slice());
    for (offset, span) in &stint.roles {
        writer.number(u64::from(*offset));
        write_span(&mut writer, span);
    }
    writer.bytes
}

fn write_span(writer: &mut Writer, span: &Range<usize>) {
    writer.size(span.start);
    writer.size(span.end.saturating_sub(span.start));
}

fn write_spans(writer: &mut Writer, spans: &[Range<usize>]) {
    spans.iter().for_each(|span| write_span(writer, span));
}

fn positions_bytes(positions: &Positions) -> Vec<u8> {
    let mut writer = Writer::default();
    for ranges in [&positions.words, &positions.grams] {
        let mut at = 0;
        writer.size(ranges.len());
        for range in ranges {
            writer.number(u64::from(range.start - at));
            writer.number(u64::from(range.end - range.start));
            at = range.end;
        }
    }
    writer.bytes
}

impl Mention {
    /// The grade that `number` stands for.
    #[inline]
    pub(super) fn grade_of(number: u32) -> Grade {
        match number {
            0 => Grade::Negated,
            1 => Grade::Learning,
            2 => Grade::Certified,
            3 => Grade::Personal,
            4 => Grade::Declared,
            _ => Grade::Worked,
        }
    }
}
