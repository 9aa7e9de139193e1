//! Fictional résumés in bulk, for load tests and trials: the same seed gives the same documents.
//!
//! People, companies and projects are put together from parts; technologies follow a Zipf
//! distribution, as in real pools of candidates. A pure function: no file, no clock, no database.

mod career;
mod layout;
mod parts;

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

/// A generated document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// A name for its file, unique within one seed.
    pub file_name: String,
    /// The text, in one of several layouts.
    pub text: String,
}

/// Returns document `number` (from 0) of `seed`.
///
/// Documents are independent of one another, so any part of a series can be made alone.
pub fn generate(seed: u64, number: u64) -> Generated {
    // The stream number separates documents without correlating them.
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(number);
    let career = career::invent(&mut random, number);
    Generated {
        file_name: format!("generated-{seed}-{number:06}.md"),
        text: layout::write(&career, &mut random),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_document() {
        assert_eq!(generate(7, 3), generate(7, 3));
        assert_ne!(generate(7, 3).text, generate(8, 3).text);
    }

    #[test]
    fn documents_of_a_series_differ() {
        let texts: HashSet<String> = (0..500).map(|number| generate(1, number).text).collect();
        assert_eq!(texts.len(), 500);
    }

    #[test]
    fn every_document_states_a_mail_address_of_its_own_and_a_date() {
        let mut addresses = HashSet::new();
        for number in 0..200 {
            let text = generate(1, number).text;
            assert!(text.contains("2026"), "document {number} states no date");
            let address = text
                .split_whitespace()
                .find(|word| word.contains("@example.com"));
            assert!(
                addresses.insert(address.map(str::to_owned)),
                "document {number}"
            );
        }
    }
}
