//! What of a timeline few conditions ask for: read when asked for, section by section.

use std::ops::Range;

use super::draft::Section;
use super::{Certification, Positions, Timeline};
use crate::varint::{Damaged, Reader};

/// Where a school stands.
#[derive(Clone, Debug)]
pub(crate) struct Education {
    pub(crate) span: Range<usize>,
    pub(crate) levels: u64,
    pub(crate) text: Positions,
}

/// Where a stint stands.
#[derive(Clone, Debug)]
pub(crate) struct StintDetails<'t> {
    pub(crate) key: String,
    pub(crate) span: Range<usize>,
    pub(crate) employer_span: Option<Range<usize>>,
    roles: Reader<'t>,
}

impl Timeline<'_> {
    fn rest(&self) -> &[u8] {
        self.rest.get_or_init(|| {
            let words = self.rows(&self.head().rest_rows);
            let mut bytes = vec![0; words.len() * size_of::<u64>()];
            for (part, word) in bytes.chunks_exact_mut(size_of::<u64>()).zip(words) {
                part.copy_from_slice(&word.to_le_bytes());
            }
            bytes
        })
    }

    fn section(&self, section: Section) -> Result<Reader<'_>, Damaged> {
        let mut reader = Reader::new(self.rest());
        for _ in 0..section as usize {
            reader.blob()?;
        }
        Ok(Reader::new(reader.blob()?))
    }

    pub(crate) fn sort_name(&self) -> Result<String, Damaged> {
        Ok(self.section(Section::SortName)?.string()?.to_owned())
    }

    pub(crate) fn name_span(&self) -> Result<Option<Range<usize>>, Damaged> {
        read_only_span(self.section(Section::NameSpan)?)
    }

    pub(crate) fn location_span(&self) -> Result<Option<Range<usize>>, Damaged> {
        read_only_span(self.section(Section::LocationSpan)?)
    }

    pub(crate) fn certifications(&self) -> Result<Vec<Certification>, Damaged> {
        read_all(self.section(Section::Certifications)?, |reader| {
            let span = read_span(reader)?;
            let score = reader.number()?.checked_sub(1);
            let score = score.map(u32::try_from).transpose().map_err(|_| Damaged)?;
            Ok(Certification { span, score })
        })
    }

    pub(crate) fn education(&self) -> Result<Vec<Education>, Damaged> {
        read_all(self.section(Section::Education)?, |reader| {
            Ok(Education {
                span: read_span(reader)?,
                levels: reader.number()?,
                text: read_positions(Reader::new(reader.blob()?))?,
            })
        })
    }

    /// Where the text says that something is not known.
    pub(crate) fn denied(&self) -> Result<Positions, Damaged> {
        read_positions(self.section(Section::Denied)?)
    }

    /// Positions inside the names of schools and employers.
    pub(crate) fn named(&self) -> Result<Positions, Damaged> {
        read_positions(self.section(Section::Named)?)
    }

    /// Positions inside the names of certificates.
    pub(crate) fn certified(&self) -> Result<Positions, Damaged> {
        read_positions(self.section(Section::Certified)?)
    }

    /// Positions that tell who the person is.
    pub(crate) fn identity(&self) -> Result<Positions, Damaged> {
        read_positions(self.section(Section::Identity)?)
    }

    pub(crate) fn details(&self, stint: usize) -> Result<StintDetails<'_>, Damaged> {
        let mut reader = self.section(Section::Stints)?;
        for _ in 0..stint {
            reader.blob()?;
        }
        read_details(Reader::new(reader.blob()?))
    }

    /// The details of all stints, in order.
    pub(crate) fn all_details(&self) -> Result<Vec<StintDetails<'_>>, Damaged> {
        read_all(self.section(Section::Stints)?, |reader| {
            read_details(Reader::new(reader.blob()?))
        })
    }

    /// The spans and lines of the mentions of a technology.
    pub(super) fn mention_places(
        &self,
        technology: usize,
    ) -> Result<Vec<(Range<usize>, usize)>, Damaged> {
        let mut reader = self.section(Section::Mentions)?;
        for _ in 0..technology {
            reader.blob()?;
        }
        read_all(Reader::new(reader.blob()?), |reader| {
            Ok((read_span(reader)?, reader.size()?))
        })
    }
}

impl StintDetails<'_> {
    /// Where the roles stand that begin nearest before `offsets`, positions of the stint's block.
    pub(crate) fn role_spans(&self, offsets: &[u32]) -> Result<Vec<Range<usize>>, Damaged> {
        let roles: Vec<(u32, Range<usize>)> = read_all(self.roles, |reader| {
            Ok((reader.position()?, read_span(reader)?))
        })?;
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

fn read_details(mut reader: Reader<'_>) -> Result<StintDetails<'_>, Damaged> {
    Ok(StintDetails {
        key: reader.identifier()?,
        span: read_span(&mut reader)?,
        employer_span: match reader.number()? {
            0 => None,
            _ => Some(read_span(&mut reader)?),
        },
        roles: reader,
    })
}

fn read_all<'b, T>(
    mut reader: Reader<'b>,
    mut read: impl FnMut(&mut Reader<'b>) -> Result<T, Damaged>,
) -> Result<Vec<T>, Damaged> {
    let mut all = Vec::new();
    while !reader.is_at_end() {
        all.push(read(&mut reader)?);
    }
    Ok(all)
}

fn read_span(reader: &mut Reader<'_>) -> Result<Range<usize>, Damaged> {
    let start = reader.size()?;
    Ok(start..start.checked_add(reader.size()?).ok_or(Damaged)?)
}

fn read_only_span(mut reader: Reader<'_>) -> Result<Option<Range<usize>>, Damaged> {
    (!reader.is_at_end())
        .then(|| read_span(&mut reader))
        .transpose()
}

fn read_positions(mut reader: Reader<'_>) -> Result<Positions, Damaged> {
    Ok(Positions {
        words: read_ranges(&mut reader)?,
        grams: read_ranges(&mut reader)?,
    })
}

fn read_ranges(reader: &mut Reader<'_>) -> Result<Vec<Range<u32>>, Damaged> {
    let mut at = 0u32;
    (0..reader.size()?)
        .map(|_| {
            let start = at.checked_add(reader.position()?).ok_or(Damaged)?;
            at = start.checked_add(reader.position()?).ok_or(Damaged)?;
            Ok(start..at)
        })
        .collect()
}
