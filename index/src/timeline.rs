//! A candidate's stints, technologies and names as one value of a column: what decides a condition
//! exactly once postings have narrowed the candidates.
//!
//! Written once a document, read once a candidate that a search looks at: its bytes are a column of
//! whole words, which are copied out at once, and parts that few conditions ask for (mentions, ranges
//! of positions, where stints stand) are read only when asked for.

use std::ops::Range;

use crate::document::Grade;
use crate::months::MonthRange;
use crate::varint::{Damaged, Reader, Writer};

/// What is written of a candidate.
#[derive(Debug, Default)]
pub(crate) struct Draft<'a> {
    pub(crate) key: &'a str,
    pub(crate) sort_name: String,
    /// The month that the résumé is of.
    pub(crate) as_of: i32,
    pub(crate) name_span: Option<Range<usize>>,
    pub(crate) location_span: Option<Range<usize>>,
    pub(crate) certifications: Vec<Certification>,
    pub(crate) education: Vec<DraftEducation>,
    pub(crate) employers: Vec<DraftEmployer<'a>>,
    pub(crate) stints: Vec<DraftStint<'a>>,
    /// In order of their keys.
    pub(crate) technologies: Vec<DraftTechnology<'a>>,
    /// Positions where the text says that something is not known.
    pub(crate) denied: Positions,
    /// Positions inside the names of schools and employers.
    pub(crate) named: Positions,
    /// Positions inside the names of certificates.
    pub(crate) certified: Positions,
}

/// Where a certificate stands, and its score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Certification {
    pub(crate) span: Range<usize>,
    pub(crate) score: Option<u32>,
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

/// Ranges of token positions, in order and disjoint, ends exclusive.
#[derive(Clone, Debug, Default)]
pub(crate) struct Positions {
    pub(crate) words: Vec<Range<u32>>,
    pub(crate) grams: Vec<Range<u32>>,
}

/// A mention of a technology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) grade: Grade,
    pub(crate) stint: Option<usize>,
    pub(crate) span: Range<usize>,
    /// The line of the text, from 0.
    pub(crate) line: usize,
}

impl Draft<'_> {
    /// Returns the column's values.
    pub(crate) fn to_words(&self) -> Vec<u64> {
        let bytes = self.to_bytes();
        let words = bytes.chunks(size_of::<u64>());
        words
            .map(|part| {
                let mut word = [0; size_of::<u64>()];
                word[..part.len()].copy_from_slice(part);
                u64::from_le_bytes(word)
            })
            .collect()
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.string(self.key);
        writer.string(&self.sort_name);
        writer.signed(i64::from(self.as_of));
        write_optional_span(&mut writer, self.name_span.as_ref());
        write_optional_span(&mut writer, self.location_span.as_ref());
        writer.size(self.certifications.len());
        for certification in &self.certifications {
            write_span(&mut writer, &certification.span);
            let score = certification.score;
            writer.number(score.map_or(0, |score| 1 + u64::from(score)));
        }
        writer.size(self.education.len());
        for school in &self.education {
            write_span(&mut writer, &school.span);
            writer.number(school.levels);
            writer.blob(&positions_bytes(&school.text));
        }
        writer.blob(&positions_bytes(&self.denied));
        writer.blob(&positions_bytes(&self.named));
        writer.blob(&positions_bytes(&self.certified));
        writer.size(self.employers.len());
        for employer in &self.employers {
            write_employer(&mut writer, employer);
        }
        writer.size(self.stints.len());
        for stint in &self.stints {
            write_stint(&mut writer, stint);
        }
        writer.size(self.technologies.len());
        for technology in &self.technologies {
            write_technology(&mut writer, technology);
        }
        writer.bytes
    }
}

fn write_employer(writer: &mut Writer, employer: &DraftEmployer<'_>) {
    writer.string(employer.key);
    let mut forms = Writer::default();
    for list in [&employer.names, &employer.readings] {
        forms.size(list.len());
        for form in list {
            forms.string(form);
        }
    }
    writer.blob(&forms.bytes);
}

fn write_stint(writer: &mut Writer, stint: &DraftStint<'_>) {
    writer.string(stint.key);
    let flags = u64::from(stint.employer.is_some())
        | u64::from(stint.months.is_some()) << 1
        | u64::from(stint.is_current) << 2
        | u64::from(stint.part_of.is_some()) << 3;
    writer.number(flags);
    if let Some((employer, _)) = &stint.employer {
        writer.size(*employer);
    }
    if let Some(months) = stint.months {
        writer.signed(i64::from(months.first));
        writer.signed(i64::from(months.last) - i64::from(months.first));
    }
    if let Some(job) = stint.part_of {
        writer.size(job);
    }
    let mut details = Writer::default();
    write_span(&mut details, &stint.span);
    let employer = stint.employer.as_ref().map(|(_, span)| span);
    write_optional_span(&mut details, employer);
    details.blob(&positions_bytes(&stint.text));
    for (offset, span) in &stint.roles {
        details.number(u64::from(*offset));
        write_span(&mut details, span);
    }
    writer.blob(&details.bytes);
}

fn write_technology(writer: &mut Writer, technology: &DraftTechnology<'_>) {
    writer.string(technology.key);
    writer.number(
        technology
            .stated_months
            .map_or(0, |months| 1 + u64::from(months)),
    );
    let mut mentions = Writer::default();
    for mention in &technology.mentions {
        mentions.number(mention.grade as u64);
        mentions.size(mention.stint.map_or(0, |stint| stint + 1));
        write_span(&mut mentions, &mention.span);
        mentions.size(mention.line);
    }
    writer.blob(&mentions.bytes);
}

fn write_span(writer: &mut Writer, span: &Range<usize>) {
    writer.size(span.start);
    writer.size(span.end.saturating_sub(span.start));
}

fn write_optional_span(writer: &mut Writer, span: Option<&Range<usize>>) {
    writer.number(u64::from(span.is_some()));
    if let Some(span) = span {
        write_span(writer, span);
    }
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

/// A candidate's timeline, read from the column.
#[derive(Debug)]
pub(crate) struct Timeline<'a> {
    pub(crate) key: &'a str,
    pub(crate) sort_name: &'a str,
    pub(crate) as_of: i32,
    pub(crate) name_span: Option<Range<usize>>,
    pub(crate) location_span: Option<Range<usize>>,
    pub(crate) certifications: Vec<Certification>,
    pub(crate) education: Vec<Education<'a>>,
    pub(crate) denied: PackedPositions<'a>,
    pub(crate) named: PackedPositions<'a>,
    pub(crate) certified: PackedPositions<'a>,
    pub(crate) employers: Vec<Employer<'a>>,
    pub(crate) stints: Vec<Stint<'a>>,
    technologies: Reader<'a>,
}

#[derive(Clone, Debug)]
pub(crate) struct Education<'a> {
    pub(crate) span: Range<usize>,
    pub(crate) levels: u64,
    pub(crate) text: PackedPositions<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Employer<'a> {
    pub(crate) key: &'a str,
    forms: &'a [u8],
}

#[derive(Clone, Debug)]
pub(crate) struct Stint<'a> {
    pub(crate) key: &'a str,
    /// An index into the employers.
    pub(crate) employer: Option<usize>,
    pub(crate) months: Option<MonthRange>,
    pub(crate) is_current: bool,
    /// The job that it is a part of: an index into the stints.
    pub(crate) part_of: Option<usize>,
    details: &'a [u8],
}

/// Where a stint stands.
#[derive(Clone, Debug)]
pub(crate) struct StintDetails<'a> {
    pub(crate) span: Range<usize>,
    pub(crate) employer_span: Option<Range<usize>>,
    pub(crate) text: Positions,
    roles: Reader<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Technology<'a> {
    pub(crate) key: &'a str,
    pub(crate) stated_months: Option<u32>,
    mentions: &'a [u8],
}

/// Ranges of positions that are read when asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PackedPositions<'a>(&'a [u8]);

impl<'a> Timeline<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Damaged> {
        let mut reader = Reader::new(bytes);
        let reader = &mut reader;
        Ok(Self {
            key: reader.string()?,
            sort_name: reader.string()?,
            as_of: i32::try_from(reader.signed()?).map_err(|_| Damaged)?,
            name_span: read_optional_span(reader)?,
            location_span: read_optional_span(reader)?,
            certifications: read_list(reader, read_certification)?,
            education: read_list(reader, |reader| {
                Ok(Education {
                    span: read_span(reader)?,
                    levels: reader.number()?,
                    text: PackedPositions(reader.blob()?),
                })
            })?,
            denied: PackedPositions(reader.blob()?),
            named: PackedPositions(reader.blob()?),
            certified: PackedPositions(reader.blob()?),
            employers: read_list(reader, |reader| {
                Ok(Employer {
                    key: reader.string()?,
                    forms: reader.blob()?,
                })
            })?,
            stints: read_list(reader, read_stint)?,
            technologies: *reader,
        })
    }

    /// All technologies, in order of their keys.
    pub(crate) fn technologies(&self) -> Technologies<'a> {
        let mut reader = self.technologies;
        let left = reader.size();
        Technologies { left, reader }
    }

    /// The technologies with one of `keys`, which are in order.
    pub(crate) fn technologies_among<'k>(
        &self,
        keys: &'k [String],
    ) -> impl Iterator<Item = Result<Technology<'a>, Damaged>> + use<'a, 'k> {
        self.technologies().filter(|technology| {
            let Ok(technology) = technology else {
                return true;
            };
            keys.binary_search_by(|key| key.as_str().cmp(technology.key))
                .is_ok()
        })
    }

    pub(crate) fn employer_of(&self, stint: &Stint<'_>) -> Option<&Employer<'a>> {
        self.employers.get(stint.employer?)
    }
}

impl<'a> Employer<'a> {
    /// The names, normalized, and then the readings.
    pub(crate) fn forms(&self) -> Result<(Vec<&'a str>, Vec<&'a str>), Damaged> {
        let mut reader = Reader::new(self.forms);
        let names = read_list(&mut reader, Reader::string)?;
        Ok((names, read_list(&mut reader, Reader::string)?))
    }
}

impl<'a> Stint<'a> {
    pub(crate) fn details(&self) -> Result<StintDetails<'a>, Damaged> {
        let mut reader = Reader::new(self.details);
        Ok(StintDetails {
            span: read_span(&mut reader)?,
            employer_span: read_optional_span(&mut reader)?,
            text: PackedPositions(reader.blob()?).read()?,
            roles: reader,
        })
    }
}

impl StintDetails<'_> {
    /// Where the roles stand that begin nearest before `offsets`, positions of the stint's block.
    pub(crate) fn role_spans(&self, offsets: &[u32]) -> Result<Vec<Range<usize>>, Damaged> {
        let mut reader = self.roles;
        let mut roles = Vec::new();
        while !reader.is_at_end() {
            roles.push((reader.position()?, read_span(&mut reader)?));
        }
        let mut spans = Vec::new();
        for offset in offsets {
            let behind = roles.partition_point(|(start, _)| start <= offset);
            let role = behind.checked_sub(1).and_then(|index| roles.get(index));
            // A role that stands nowhere has an empty span.
            let found = role.filter(|(_, span)| !span.is_empty() && !spans.contains(span));
            spans.extend(found.map(|(_, span)| span.clone()));
        }
        Ok(spans)
    }
}

/// Reads technologies one after another.
pub(crate) struct Technologies<'a> {
    left: Result<usize, Damaged>,
    reader: Reader<'a>,
}

impl<'a> Iterator for Technologies<'a> {
    type Item = Result<Technology<'a>, Damaged>;

    fn next(&mut self) -> Option<Self::Item> {
        let left = match self.left {
            Ok(left) => left.checked_sub(1)?,
            Err(damaged) => {
                self.left = Ok(0);
                return Some(Err(damaged));
            }
        };
        let technology = read_technology(&mut self.reader);
        self.left = Ok(if technology.is_ok() { left } else { 0 });
        Some(technology)
    }
}

impl Technology<'_> {
    pub(crate) fn mentions(&self) -> Result<Vec<Mention>, Damaged> {
        let mut reader = Reader::new(self.mentions);
        let mut mentions = Vec::new();
        while !reader.is_at_end() {
            mentions.push(Mention {
                grade: grade_of(reader.number()?)?,
                stint: reader.size()?.checked_sub(1),
                span: read_span(&mut reader)?,
                line: reader.size()?,
            });
        }
        Ok(mentions)
    }
}

impl PackedPositions<'_> {
    pub(crate) fn read(&self) -> Result<Positions, Damaged> {
        let mut reader = Reader::new(self.0);
        Ok(Positions {
            words: read_ranges(&mut reader)?,
            grams: read_ranges(&mut reader)?,
        })
    }
}

fn read_list<'a, T>(
    reader: &mut Reader<'a>,
    mut read: impl FnMut(&mut Reader<'a>) -> Result<T, Damaged>,
) -> Result<Vec<T>, Damaged> {
    (0..reader.size()?).map(|_| read(reader)).collect()
}

fn read_certification(reader: &mut Reader<'_>) -> Result<Certification, Damaged> {
    let span = read_span(reader)?;
    let score = reader.number()?.checked_sub(1);
    let score = score.map(u32::try_from).transpose().map_err(|_| Damaged)?;
    Ok(Certification { span, score })
}

fn read_stint<'a>(reader: &mut Reader<'a>) -> Result<Stint<'a>, Damaged> {
    let key = reader.string()?;
    let flags = reader.number()?;
    let employer = if flags & 1 != 0 {
        Some(reader.size()?)
    } else {
        None
    };
    let months = if flags & 2 != 0 {
        let first = reader.signed()?;
        let last = first.checked_add(reader.signed()?).ok_or(Damaged)?;
        Some(MonthRange {
            first: i32::try_from(first).map_err(|_| Damaged)?,
            last: i32::try_from(last).map_err(|_| Damaged)?,
        })
    } else {
        None
    };
    let part_of = if flags & 8 != 0 {
        Some(reader.size()?)
    } else {
        None
    };
    Ok(Stint {
        key,
        employer,
        months,
        is_current: flags & 4 != 0,
        part_of,
        details: reader.blob()?,
    })
}

fn read_technology<'a>(reader: &mut Reader<'a>) -> Result<Technology<'a>, Damaged> {
    let key = reader.string()?;
    let stated = reader.number()?.checked_sub(1);
    let stated_months = stated.map(u32::try_from).transpose().map_err(|_| Damaged)?;
    Ok(Technology {
        key,
        stated_months,
        mentions: reader.blob()?,
    })
}

fn read_span(reader: &mut Reader<'_>) -> Result<Range<usize>, Damaged> {
    let start = reader.size()?;
    Ok(start..start.checked_add(reader.size()?).ok_or(Damaged)?)
}

fn read_optional_span(reader: &mut Reader<'_>) -> Result<Option<Range<usize>>, Damaged> {
    match reader.number()? {
        0 => Ok(None),
        _ => read_span(reader).map(Some),
    }
}

fn read_ranges(reader: &mut Reader<'_>) -> Result<Vec<Range<u32>>, Damaged> {
    let mut at = 0u32;
    read_list(reader, |reader| {
        let start = at.checked_add(reader.position()?).ok_or(Damaged)?;
        at = start.checked_add(reader.position()?).ok_or(Damaged)?;
        Ok(start..at)
    })
}

fn grade_of(number: u64) -> Result<Grade, Damaged> {
    const GRADES: [Grade; 6] = [
        Grade::Negated,
        Grade::Learning,
        Grade::Certified,
        Grade::Personal,
        Grade::Declared,
        Grade::Worked,
    ];
    let index = usize::try_from(number).map_err(|_| Damaged)?;
    GRADES.get(index).copied().ok_or(Damaged)
}
