//! Names: of the candidate, of employers and of technologies. They are looked for by hash, and read
//! where it is the one looked for.

use std::ops::Range;

use smallvec::SmallVec;

use super::draft::{PER_EMPLOYER, hash, name_hash};
use super::{Technology, Timeline};
use crate::varint::{Damaged, Reader};

/// Keys of technologies to look for.
#[derive(Clone, Debug)]
pub(crate) struct TechnologyKeys {
    keys: Vec<String>,
    /// The hashes of the keys, in order, and which key it is.
    hashes: Vec<(u16, usize)>,
    /// Which hashes may be among them, by their low bits: nearly all that are not are told apart by one bit.
    may_be: [u64; FILTER_WORDS],
}

const FILTER_WORDS: usize = 64;

impl TechnologyKeys {
    pub(crate) fn new(keys: Vec<String>) -> Self {
        let hashes = keys.iter().map(|key| hash(key)).zip(0..);
        let mut hashes: Vec<(u16, usize)> = hashes.collect();
        hashes.sort_unstable();
        let mut may_be = [0; FILTER_WORDS];
        for (hash, _) in &hashes {
            let (word, bit) = filter_bit(*hash);
            may_be[word] |= bit;
        }
        Self {
            keys,
            hashes,
            may_be,
        }
    }

    #[inline]
    fn may_have(&self, hash: u16) -> bool {
        let (word, bit) = filter_bit(hash);
        self.may_be[word] & bit != 0
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, String> {
        self.keys.iter()
    }

    fn of_hash(&self, hash: u16) -> impl Iterator<Item = &str> {
        let first = self.hashes.partition_point(|(other, _)| *other < hash);
        let same = self.hashes[first..]
            .iter()
            .take_while(move |(other, _)| *other == hash);
        same.map(|&(_, key)| self.keys[key].as_str())
    }
}

/// Where the filter of [`TechnologyKeys`] has a hash.
#[inline]
fn filter_bit(hash: u16) -> (usize, u64) {
    let bit = usize::from(hash) % (FILTER_WORDS * u64::BITS as usize);
    (bit / u64::BITS as usize, 1 << (bit % u64::BITS as usize))
}

/// What an employer is looked for by.
#[derive(Clone, Debug, Default)]
pub(crate) struct EmployerHashes(SmallVec<[u16; 3]>);

impl EmployerHashes {
    pub(crate) fn of(key: Option<&str>, beginning: Option<&str>, reading: Option<&str>) -> Self {
        let hashes = [key.map(hash), beginning.map(name_hash), reading.map(hash)];
        Self(hashes.into_iter().flatten().collect())
    }
}

/// An employer's names.
#[derive(Debug)]
pub(crate) struct Employer<'b> {
    pub(crate) key: &'b str,
    /// Normalized.
    pub(crate) names: Names<'b>,
    pub(crate) readings: Names<'b>,
}

type Names<'b> = SmallVec<[&'b str; 4]>;

/// Bytes of the names, nearly always short.
type NameBytes = SmallVec<[u8; 256]>;

impl Timeline<'_> {
    /// Whether employer `number` may be the one looked for.
    pub(crate) fn may_be_employer(&self, number: usize, wanted: &EmployerHashes) -> bool {
        let before = |number| self.hashes_at() + self.hashes_before(number);
        let hashes = before(number)..before(number + 1).min(self.most_units());
        number < self.head().employers
            && hashes.into_iter().any(|at| {
                let hash = self.unit(at);
                wanted.0.iter().any(|wanted| u32::from(*wanted) == hash)
            })
    }

    /// The candidate.
    pub(crate) fn key(&self) -> Result<String, Damaged> {
        let bytes = self.name_bytes(0..self.identifiers_end())?;
        Reader::new(&bytes).identifier()
    }

    /// The résumé.
    pub(crate) fn resume(&self) -> Result<String, Damaged> {
        let bytes = self.name_bytes(0..self.identifiers_end())?;
        let mut reader = Reader::new(&bytes);
        reader.identifier()?;
        reader.identifier()
    }

    fn identifiers_end(&self) -> u32 {
        self.fixed(5)
    }

    /// The names of employer `number`, given to `read`.
    pub(crate) fn with_employer<T>(
        &self,
        number: usize,
        read: impl FnOnce(Employer<'_>) -> T,
    ) -> Result<T, Damaged> {
        let end_of = |number: usize| self.unit(self.employers_at() + number * PER_EMPLOYER);
        let before = number.checked_sub(1);
        let start = before.map_or_else(|| self.identifiers_end(), end_of);
        let bytes = self.name_bytes(start..end_of(number))?;
        let mut reader = Reader::new(&bytes);
        let key = reader.string()?;
        let mut list = || -> Result<Names<'_>, Damaged> {
            (0..reader.size()?).map(|_| reader.string()).collect()
        };
        Ok(read(Employer {
            key,
            names: list()?,
            readings: list()?,
        }))
    }

    /// The key of the employer of a stint.
    pub(crate) fn employer_key(&self, stint: usize) -> Result<Option<String>, Damaged> {
        let employer = self.stint(stint).employer;
        employer
            .map(|number| self.with_employer(number, |employer| employer.key.to_owned()))
            .transpose()
    }

    /// The technologies with one of `keys`.
    pub(crate) fn technologies_among(
        &self,
        keys: &TechnologyKeys,
    ) -> Result<SmallVec<[Technology; 2]>, Damaged> {
        let mut found = SmallVec::new();
        if let [(wanted, _)] = keys.hashes.as_slice() {
            // They are in order of their hashes.
            let first = self.first_of_hash(*wanted);
            let same =
                (first..self.head().technologies).take_while(|&at| self.hash_of(at) == *wanted);
            for number in same {
                self.keep_if_among(number, *wanted, keys, &mut found)?;
            }
            return Ok(found);
        }
        for number in 0..self.head().technologies {
            let hash = self.hash_of(number);
            if keys.may_have(hash) {
                self.keep_if_among(number, hash, keys, &mut found)?;
            }
        }
        Ok(found)
    }

    fn keep_if_among(
        &self,
        number: usize,
        hash: u16,
        keys: &TechnologyKeys,
        found: &mut SmallVec<[Technology; 2]>,
    ) -> Result<(), Damaged> {
        let mut same = keys.of_hash(hash).peekable();
        if same.peek().is_some() {
            let own = self.key_range(number);
            if same.any(|key| self.is_name(own.clone(), key.as_bytes())) {
                found.push(Technology(number));
            }
        }
        Ok(())
    }

    fn hash_of(&self, technology: usize) -> u16 {
        self.unit(self.technologies_at() + technology) as u16
    }

    fn first_of_hash(&self, hash: u16) -> usize {
        let (mut low, mut high) = (0, self.head().technologies);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.hash_of(middle) < hash {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Where the key stands in the names.
    fn key_range(&self, technology: usize) -> Range<u32> {
        let ends = self.technologies_at() + self.head().technologies;
        let start = match technology {
            0 => match self.head().employers {
                0 => self.identifiers_end(),
                count => self.unit(self.employers_at() + (count - 1) * PER_EMPLOYER),
            },
            _ => self.unit(ends + technology - 1),
        };
        start..self.unit(ends + technology)
    }

    pub(crate) fn technology_key(&self, technology: Technology) -> Result<String, Damaged> {
        let bytes = self.name_bytes(self.key_range(technology.0))?;
        String::from_utf8(bytes.into_vec()).map_err(|_| Damaged)
    }

    /// Whether the bytes of the names there are those of `name`.
    fn is_name(&self, range: Range<u32>, name: &[u8]) -> bool {
        const WORD: usize = size_of::<u64>();
        let (start, end) = (range.start as usize, range.end as usize);
        if end.checked_sub(start) != Some(name.len()) {
            return false;
        }
        let mut at = start;
        while at < end {
            let row = self.head().names.start + (at / WORD) as u64;
            if row >= self.head().names.end {
                return false;
            }
            let word = self.column.get_val(row as u32).to_le_bytes();
            let next = (at / WORD + 1) * WORD;
            let part = &word[at % WORD..WORD.min(at % WORD + end - at)];
            if part != &name[at - start..(next.min(end)) - start] {
                return false;
            }
            at = next;
        }
        true
    }

    /// Bytes of the names.
    fn name_bytes(&self, range: Range<u32>) -> Result<NameBytes, Damaged> {
        const WORD: u64 = size_of::<u64>() as u64;
        let (start, end) = (u64::from(range.start), u64::from(range.end));
        let rows =
            self.head().names.start + start / WORD..self.head().names.start + end.div_ceil(WORD);
        if start > end || rows.end > self.head().names.end {
            return Err(Damaged);
        }
        let mut bytes = NameBytes::new();
        for row in rows {
            let row = u32::try_from(row).map_err(|_| Damaged)?;
            bytes.extend_from_slice(&self.column.get_val(row).to_le_bytes());
        }
        bytes.drain(..(start % WORD) as usize);
        bytes.truncate((end - start) as usize);
        Ok(bytes)
    }
}
