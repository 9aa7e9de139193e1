//! Misspelt Latin names: the one clear alias within a bounded Damerau–Levenshtein distance.

use std::collections::HashSet;

use super::forms::TechnologyId;

/// Fewest letters of a word that is corrected.
pub(super) const MIN_LETTERS: usize = 5;

/// Fewest letters of a known word that an ending may follow.
const MIN_STEM: usize = 4;

/// English words that are no misspelling of anything.
const ENGLISH_WORDS: &str = include_str!("english_words.txt");

/// An alias that a misspelling may mean.
#[derive(Debug)]
struct Target {
    text: String,
    /// One bit for each letter that occurs, to rule most targets out cheaply.
    letters: u64,
    technologies: Vec<TechnologyId>,
    /// Counts only where the context names the parent.
    needs_parent: bool,
}

/// What a misspelt word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Correction {
    pub(super) technology: TechnologyId,
    pub(super) needs_parent: bool,
}

/// Aliases to correct to, and words to leave alone.
#[derive(Debug, Default)]
pub(super) struct TypoIndex {
    /// By first letter and length.
    buckets: Vec<Vec<Vec<Target>>>,
    known: HashSet<String>,
}

impl TypoIndex {
    pub(super) fn new() -> Self {
        let english = ENGLISH_WORDS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace);
        Self {
            buckets: Vec::new(),
            known: english.map(str::to_owned).collect(),
        }
    }

    /// Never corrects `name`, normalized, nor a word of it: the lexicon or the company list spells
    /// that way.
    pub(super) fn add_known(&mut self, name: &str) {
        let mut add = |word: &str| {
            if word.len() >= MIN_STEM && word.is_ascii() && !self.known.contains(word) {
                self.known.insert(word.to_owned());
            }
        };
        name.split([' ', '-', '/']).for_each(&mut add);
        add(name);
    }

    /// Adds an alias, normalized; ignored unless it is one Latin word of [`MIN_LETTERS`] or more, or
    /// two around a slash (`erlang/otp`).
    pub(super) fn add(&mut self, text: &str, technology: TechnologyId, needs_parent: bool) {
        let is_word = text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '/'));
        if !is_word || letter_count(text) < MIN_LETTERS {
            return;
        }
        let Some(number) = text.chars().next().and_then(bucket_number) else {
            return;
        };
        let of_first = grown(&mut self.buckets, number);
        let bucket = grown(of_first, text.len());
        // The senses of one text come one after another.
        if let Some(same) = bucket.last_mut().filter(|target| target.text == text) {
            same.needs_parent &= needs_parent;
            if !same.technologies.contains(&technology) {
                same.technologies.push(technology);
            }
            return;
        }
        bucket.push(Target {
            text: text.to_owned(),
            letters: letter_set(text),
            technologies: vec![technology],
            needs_parent,
        });
    }

    /// Whether the word is spelt as something known, so that there is nothing to correct.
    pub(super) fn is_known(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// Whether it is a known word, in whatever inflection.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.is_known(word) || self.is_inflected(word)
    }

    /// The one technology whose alias is nearest to `written`, a word in half width with its case.
    pub(super) fn correct(&self, written: &str) -> Option<Correction> {
        let word = written.to_ascii_lowercase();
        let word = word.as_str();
        if !word.is_ascii() || letter_count(word) < MIN_LETTERS || self.is_known(word) {
            return None;
        }
        if self.is_inflected(word) {
            return None;
        }
        let first = word.chars().next()?;
        let limit = max_distance(letter_count(word));
        let letters = letter_set(word);
        let mut best: Option<(usize, &Target)> = None;
        let mut is_tied = false;
        for length in word.len().saturating_sub(limit)..=word.len() + limit {
            for target in self.bucket(first, length) {
                let differing = (target.letters ^ letters).count_ones() as usize;
                if differing > 2 * limit {
                    continue;
                }
                let allowed = limit.min(max_distance(letter_count(&target.text)));
                let Some(distance) =
                    distance_within(word.as_bytes(), target.text.as_bytes(), allowed)
                else {
                    continue;
                };
                if !digits(word).eq(digits(&target.text))
                    || is_another_name(written, &target.text, distance)
                {
                    continue;
                }
                match best {
                    Some((nearest, _)) if distance > nearest => {}
                    Some((nearest, kept)) if distance == nearest => {
                        is_tied |= kept.technologies != target.technologies;
                    }
                    _ => {
                        best = Some((distance, target));
                        is_tied = false;
                    }
                }
            }
        }
        let (_, target) = best.filter(|_| !is_tied)?;
        match target.technologies.as_slice() {
            &[technology] => Some(Correction {
                technology,
                needs_parent: target.needs_parent,
            }),
            _ => None,
        }
    }

    /// The aliases of `length` letters that begin with `first`.
    fn bucket(&self, first: char, length: usize) -> &[Target] {
        let of_first = bucket_number(first).and_then(|number| self.buckets.get(number));
        let bucket = of_first.and_then(|lengths| lengths.get(length));
        bucket.map_or(&[], Vec::as_slice)
    }

    /// A known word with an English ending: `stacks`, `blacked`.
    fn is_inflected(&self, word: &str) -> bool {
        ["s", "es", "ed", "d", "er", "r", "ing", "ly"]
            .iter()
            .any(|ending| {
                word.strip_suffix(ending)
                    .is_some_and(|stem| stem.len() >= MIN_STEM && self.known.contains(stem))
            })
    }
}

/// The number of the bucket for words that begin with a letter, a digit or a sign of ASCII.
fn bucket_number(first: char) -> Option<usize> {
    first.is_ascii().then_some(first as usize)
}

/// The entry at `at`, before which empty ones are put where there are too few.
fn grown<T: Default>(entries: &mut Vec<T>, at: usize) -> &mut T {
    if entries.len() <= at {
        entries.resize_with(at + 1, T::default);
    }
    &mut entries[at]
}

fn letter_count(word: &str) -> usize {
    word.bytes().filter(u8::is_ascii_alphabetic).count()
}

/// One edit for words of 5 to 7 letters, two for longer ones.
fn max_distance(letters: usize) -> usize {
    if letters >= 8 { 2 } else { 1 }
}

fn digits(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(char::is_ascii_digit)
}

/// Whether replaced letters make `written` a name of its own rather than a slip: another capital
/// inside a name (OpenFL, OpenCL), or two consonants at once (TurboLinux, Turbolinks).
fn is_another_name(written: &str, target: &str, distance: usize) -> bool {
    if written.len() != target.len() {
        return false;
    }
    let is_vowel = |byte: u8| b"aeiouy".contains(&byte.to_ascii_lowercase());
    let has_lower = written.bytes().any(|byte| byte.is_ascii_lowercase());
    let replaced: Vec<(u8, u8)> = written
        .bytes()
        .zip(target.bytes())
        .filter(|(left, right)| !left.eq_ignore_ascii_case(right))
        .collect();
    if replaced.len() != distance {
        return false;
    }
    let capital = has_lower && replaced.iter().any(|(left, _)| left.is_ascii_uppercase());
    let consonants = replaced
        .iter()
        .filter(|(left, right)| !(is_vowel(*left) && is_vowel(*right)));
    capital || consonants.count() > 1
}

fn letter_set(word: &str) -> u64 {
    word.bytes()
        .fold(0, |set, byte| set | 1 << (byte.to_ascii_lowercase() % 64))
}

/// The edit distance (insertion, deletion, substitution, exchange of neighbours) where it is at most
/// `limit`. Optimal string alignment, of bytes or of characters.
pub(crate) fn distance_within<T: PartialEq>(
    left: &[T],
    right: &[T],
    limit: usize,
) -> Option<usize> {
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for row in 1..=left.len() {
        let mut current = vec![row; right.len() + 1];
        for column in 1..=right.len() {
            let substituted = above[column - 1] + usize::from(left[row - 1] != right[column - 1]);
            let mut least = substituted
                .min(above[column] + 1)
                .min(current[column - 1] + 1);
            let is_exchange = row > 1
                && column > 1
                && left[row - 1] == right[column - 2]
                && left[row - 2] == right[column - 1];
            if is_exchange {
                least = least.min(before[column - 2] + 1);
            }
            current[column] = least;
        }
        if current.iter().all(|&distance| distance > limit) {
            return None;
        }
        before = std::mem::replace(&mut above, current);
    }
    above.last().copied().filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: Option<usize>) {
        assert_eq!(
            distance_within(left.as_bytes(), right.as_bytes(), 2),
            expected
        );
    }

    #[test]
    fn an_exchange_of_neighbours_is_one_edit() {
        check("cloudfromation", "cloudformation", Some(1));
        check("elang", "erlang", Some(1));
        check("apacht", "apache", Some(1));
        check("kotlin", "kotlin", Some(0));
        check("abc", "xyz", None);
    }
}
