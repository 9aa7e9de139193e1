//! A candidate's stints, technologies and names as one value of a column: what decides a condition
//! exactly once postings have narrowed the candidates.
//!
//! Written once a document, read once a candidate that a search looks at. What nearly every condition
//! asks for (months, grades, which stint) is copied out at once and read in place, a number at a time;
//! names are read where their hash is the one looked for, and the rest (mentions' places, ranges of
//! positions, where stints stand) when it is asked for.

mod draft;
mod names;
mod rest;
mod signature;
mod texts;

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use tantivy::columnar::ColumnValues;

use crate::document::Grade;
use crate::months::MonthRange;
use crate::varint::Damaged;

pub(crate) use self::draft::{
    Draft, DraftEducation, DraftEmployer, DraftStint, DraftTechnology, Marked,
};
use self::draft::{
    FIXED, GRADE_BITS, HAS_NAMED, HEAD, PER_EMPLOYER, PER_STINT, PER_TECHNOLOGY, STATED,
    TEXTS_SIZE, WIDE, month_of,
};
pub(crate) use self::names::{EmployerHashes, TechnologyKeys};
pub(crate) use self::signature::{
    Signature, SignatureColumns, SignatureFields, Signatures, SignaturesOf,
};

/// Where a certificate stands, and its score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Certification {
    pub(crate) span: Range<usize>,
    pub(crate) score: Option<u32>,
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

impl Mention {
    pub(crate) fn without_place(&self) -> Use {
        Use(draft::mention_unit(self))
    }
}

/// A mention without its place, as the units have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Use(u32);

impl Use {
    /// `None` of what is no mention.
    #[inline]
    fn of_unit(unit: u32) -> Option<Self> {
        (unit & GRADE_MASK < STATED).then_some(Self(unit))
    }

    #[inline]
    pub(crate) fn grade(self) -> Grade {
        Mention::grade_of(self.0 & GRADE_MASK)
    }

    #[inline]
    pub(crate) fn stint(self) -> Option<usize> {
        index(self.0 >> GRADE_BITS)
    }
}

const GRADE_MASK: u32 = (1 << GRADE_BITS) - 1;

/// A stint's months and what it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stint {
    /// An index into the employers.
    pub(crate) employer: Option<usize>,
    pub(crate) months: Option<MonthRange>,
    pub(crate) is_current: bool,
    /// The job that it is a part of: an index into the stints.
    pub(crate) part_of: Option<usize>,
}

/// A technology of a candidate, by its number in the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Technology(usize);

/// Words that hold the head and, however wide they are, the [`FIXED`] units.
const FIRST: usize = HEAD + FIXED.div_ceil(2);

/// A candidate's timeline. Nothing of it is read before it is asked for.
pub(crate) struct Timeline<'a> {
    column: &'a dyn ColumnValues<u64>,
    rows: Range<u64>,
    signatures: SignaturesOf<'a>,
    /// Whether the units are read together with the head.
    reads_units: bool,
    head: OnceCell<Head>,
    units: OnceCell<Vec<u64>>,
    texts: OnceCell<Vec<u64>>,
    rest: OnceCell<Vec<u8>>,
    is_damaged: Cell<bool>,
}

/// What tells where everything else is. By default that of nobody.
#[derive(Default)]
struct Head {
    fixed: [u64; FIRST - HEAD],
    is_wide: bool,
    stints: usize,
    employers: usize,
    technologies: usize,
    /// The rows of the units, of the names, of the texts and of the rest.
    unit_rows: Range<u64>,
    names: Range<u64>,
    text_rows: Range<u64>,
    rest_rows: Range<u64>,
}

impl<'a> Timeline<'a> {
    /// Returns the timeline in `rows` of `column`, which is read when it is asked for; with
    /// `reads_units`, what every condition on stints asks for is read at once then.
    pub(crate) fn new(
        column: &'a dyn ColumnValues<u64>,
        rows: Range<u64>,
        signatures: SignaturesOf<'a>,
        reads_units: bool,
    ) -> Self {
        Self {
            column,
            rows,
            signatures,
            reads_units,
            head: OnceCell::new(),
            units: OnceCell::new(),
            texts: OnceCell::new(),
            rest: OnceCell::new(),
            is_damaged: Cell::new(false),
        }
    }

    /// Reads the timeline's head.
    pub(crate) fn opened(self) -> Result<Self, Damaged> {
        self.head();
        self.check().map(|()| self)
    }

    /// Fails if the head was asked for and is damaged: what it told then is of nobody.
    pub(crate) fn check(&self) -> Result<(), Damaged> {
        if self.is_damaged.get() {
            return Err(Damaged);
        }
        Ok(())
    }

    #[inline]
    fn head(&self) -> &Head {
        self.head.get_or_init(|| {
            self.read_head().unwrap_or_else(|Damaged| {
                self.is_damaged.set(true);
                Head::default()
            })
        })
    }

    fn read_head(&self) -> Result<Head, Damaged> {
        let rows = &self.rows;
        let count = usize::try_from(rows.end - rows.start).map_err(|_| Damaged)?;
        if count < HEAD {
            return Err(Damaged);
        }
        let mut first = [0; FIRST];
        let known = count.min(FIRST);
        if self.reads_units {
            let row = u32::try_from(rows.start).map_err(|_| Damaged)?;
            let units = self.column.get_val(row) as u32 as usize;
            let mut words = vec![0; count.min(HEAD + units)];
            self.column.get_range(rows.start, &mut words);
            let known = words.len().min(FIRST);
            first[..known].copy_from_slice(&words[..known]);
            words.drain(..HEAD);
            self.units.set(words).map_err(|_| Damaged)?;
        } else {
            self.column.get_range(rows.start, &mut first[..known]);
        }
        let sizes = first[0];
        let is_wide = sizes & WIDE != 0;
        let mut fixed = [0; FIRST - HEAD];
        fixed.copy_from_slice(&first[HEAD..]);
        let unit = |index| unit_of(&fixed, index, is_wide);
        let after = |rows: &Range<u64>, size: u64| rows.end..rows.end + size;
        let unit_rows = after(&(0..rows.start + HEAD as u64), u64::from(sizes as u32));
        let names = after(&unit_rows, (sizes & !WIDE) >> 32);
        let text_rows = after(&names, u64::from(unit(TEXTS_SIZE)));
        let per_word = if is_wide { 2 } else { 4 };
        let counted = u64::from(unit(1)) * PER_STINT as u64
            + u64::from(unit(2)) * PER_EMPLOYER as u64
            + u64::from(unit(3)) * PER_TECHNOLOGY as u64;
        if text_rows.end > rows.end || counted > u64::from(sizes as u32) * per_word {
            return Err(Damaged);
        }
        Ok(Head {
            is_wide,
            stints: unit(1) as usize,
            employers: unit(2) as usize,
            technologies: unit(3) as usize,
            fixed,
            unit_rows,
            names,
            rest_rows: text_rows.end..rows.end,
            text_rows,
        })
    }

    /// The month that the résumé is of.
    pub(crate) fn as_of(&self) -> i32 {
        month_of(self.fixed(0))
    }

    fn rows(&self, rows: &Range<u64>) -> Vec<u64> {
        let mut words = vec![0; (rows.end - rows.start) as usize];
        self.column.get_range(rows.start, &mut words);
        words
    }

    #[inline]
    fn units(&self) -> &[u64] {
        let head = self.head();
        self.units.get_or_init(|| self.rows(&head.unit_rows))
    }

    #[inline]
    fn unit(&self, index: usize) -> u32 {
        unit_of(self.units(), index, self.head().is_wide)
    }

    /// One of the first [`FIXED`] units.
    fn fixed(&self, index: usize) -> u32 {
        unit_of(&self.head().fixed, index, self.head().is_wide)
    }

    fn units_per_word(&self) -> usize {
        if self.head().is_wide { 2 } else { 4 }
    }

    /// Damaged counts are no larger than this.
    fn most_units(&self) -> usize {
        self.units().len() * self.units_per_word()
    }

    /// What stands where something is denied, coarsely.
    pub(crate) fn denied_terms(&self) -> Signatures {
        self.signatures.denied()
    }

    /// What stands in names of certificates, coarsely.
    pub(crate) fn certified_terms(&self) -> Signatures {
        self.signatures.certified()
    }

    /// Whether names of schools or employers are known.
    pub(crate) fn has_named(&self) -> bool {
        self.fixed(4) & HAS_NAMED != 0
    }

    pub(crate) fn stint_count(&self) -> usize {
        self.head().stints
    }

    /// A stint by its number; one without months where there is none.
    pub(crate) fn stint(&self, number: usize) -> Stint {
        if number >= self.head().stints {
            return Stint::default();
        }
        let at = FIXED + number * PER_STINT;
        let employer = self.unit(at);
        let length = self.unit(at + 2);
        let months = length.checked_sub(1).map(|more| {
            let first = month_of(self.unit(at + 1));
            MonthRange {
                first,
                last: first.saturating_add_unsigned(more),
            }
        });
        Stint {
            employer: index(employer >> 1),
            months,
            is_current: employer & 1 != 0,
            part_of: index(self.unit(at + 3)),
        }
    }

    /// The stints in order.
    pub(crate) fn stints(&self) -> impl Iterator<Item = Stint> + '_ {
        (0..self.head().stints).map(|number| self.stint(number))
    }

    fn employers_at(&self) -> usize {
        FIXED + self.head().stints * PER_STINT
    }

    /// Where the hashes of employer `number` begin, from the first of all.
    fn hashes_before(&self, number: usize) -> usize {
        match number {
            0 => 0,
            _ => self.unit(self.employers_at() + number * PER_EMPLOYER - 1) as usize,
        }
    }

    fn hashes_at(&self) -> usize {
        self.employers_at() + self.head().employers * PER_EMPLOYER
    }

    fn technologies_at(&self) -> usize {
        self.hashes_at() + self.hashes_before(self.head().employers)
    }

    fn mentions_at(&self) -> usize {
        self.technologies_at() + self.head().technologies * PER_TECHNOLOGY
    }

    /// How many mentions the technologies before `number` have.
    fn mentions_before(&self, number: usize) -> usize {
        match number {
            0 => 0,
            _ => {
                let ends = self.technologies_at() + 2 * self.head().technologies;
                self.unit(ends + number - 1) as usize
            }
        }
    }

    pub(crate) fn employer_count(&self) -> usize {
        self.head().employers
    }

    /// All technologies.
    pub(crate) fn technologies(&self) -> impl Iterator<Item = Technology> + use<> {
        (0..self.head().technologies).map(Technology)
    }

    fn mention_units(&self, technology: Technology) -> impl Iterator<Item = u32> + '_ {
        let start = self.mentions_before(technology.0);
        let mentions = self.mentions_at();
        let end = self
            .mentions_before(technology.0 + 1)
            .min(self.most_units());
        (start..end).map(move |at| self.unit(mentions + at))
    }

    pub(crate) fn stated_months(&self, technology: Technology) -> Option<u32> {
        let first = self.mention_units(technology).next()?;
        (first & GRADE_MASK == STATED).then_some(first >> GRADE_BITS)
    }

    /// The mentions of a technology, in order of the text.
    pub(crate) fn uses(&self, technology: Technology) -> impl Iterator<Item = Use> + '_ {
        self.mention_units(technology).filter_map(Use::of_unit)
    }

    /// The mentions of a technology with their places, in order of the text.
    pub(crate) fn mentions(&self, technology: Technology) -> Result<Vec<Mention>, Damaged> {
        let places = self.mention_places(technology.0)?;
        let mentions = self.uses(technology).zip(places);
        Ok(mentions
            .map(|(used, (span, line))| Mention {
                grade: used.grade(),
                stint: used.stint(),
                span,
                line,
            })
            .collect())
    }
}

/// Number `index` of packed units; those beyond the end are 0.
#[inline]
fn unit_of(words: &[u64], index: usize, is_wide: bool) -> u32 {
    let word = |at: usize| words.get(at).copied().unwrap_or(0);
    if is_wide {
        (word(index / 2) >> (index % 2 * 32)) as u32
    } else {
        u32::from((word(index / 4) >> (index % 4 * 16)) as u16)
    }
}

fn index(number: u32) -> Option<usize> {
    Some(number.checked_sub(1)? as usize)
}
