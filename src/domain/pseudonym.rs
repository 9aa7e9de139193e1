//! What a candidate is called where nobody may know who they are.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::CandidateId;

/// Letters and digits that nobody takes for one another.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// How many of them a pseudonym has.
const LENGTH: usize = 8;

/// Stands before them.
const PREFIX: &str = "候補者-";

/// A candidate's name that tells nothing of the person: `候補者-` and eight letters or digits. Two of a
/// million candidates share one by chance in one case of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pseudonym([u8; LENGTH]);

impl Pseudonym {
    /// Returns the pseudonym of a candidate, the same for ever.
    pub fn of(candidate: CandidateId) -> Self {
        let digest = Sha256::digest(candidate.as_uuid().as_bytes());
        Self(std::array::from_fn(|at| {
            LETTERS[usize::from(digest[at]) % LETTERS.len()]
        }))
    }
}

impl fmt::Display for Pseudonym {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(PREFIX)?;
        self.0
            .iter()
            .try_for_each(|letter| write!(formatter, "{}", char::from(*letter)))
    }
}

/// The text is no pseudonym.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a pseudonym is `候補者-` and eight letters or digits")]
pub struct PseudonymError;

impl FromStr for Pseudonym {
    type Err = PseudonymError;

    /// Reads a pseudonym as people copy it: in either case, and without what stands before the letters.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let letters = text.strip_prefix(PREFIX).unwrap_or(text);
        let letters = letters.to_ascii_uppercase();
        let letters: [u8; LENGTH] = letters.as_bytes().try_into().map_err(|_| PseudonymError)?;
        let is_one = letters.iter().all(|letter| LETTERS.contains(letter));
        is_one.then_some(Self(letters)).ok_or(PseudonymError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_reads_back_as_people_copy_it() {
        let pseudonym = CandidateId::new().pseudonym();
        let written = pseudonym.to_string();
        let letters = &written[PREFIX.len()..];
        for text in [&written, letters, &letters.to_lowercase()] {
            assert_eq!(text.parse(), Ok(pseudonym), "{text}");
        }
        assert_eq!(format!("  {written} ").parse::<Pseudonym>(), Ok(pseudonym));
    }

    #[test]
    fn no_other_text_is_a_pseudonym() {
        for text in [
            "",
            "候補者-",
            "候補者-ABCDEFG",
            "ABCDEFGHJ",
            "ABCDEFG0",
            "候補者",
        ] {
            assert_eq!(text.parse::<Pseudonym>(), Err(PseudonymError), "{text}");
        }
    }

    #[test]
    fn a_pseudonym_stays_that_of_earlier_versions() {
        let id: CandidateId = "01900000-0000-7000-8000-000000000000"
            .parse()
            .expect("an id");
        assert_eq!(id.pseudonym().to_string(), "候補者-B4SB9G3T");
    }
}
