//! Answers against labels: counts, and what is left over.

use std::collections::HashSet;
use std::fmt::Debug;

use shokureki_index::analysis::normalized_key;

use super::Kind;

/// Right answers, answers, and labels of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Answers that meet a label.
    pub right: usize,
    /// Answers.
    pub given: usize,
    /// Labels.
    pub labelled: usize,
}

impl Score {
    /// Adds another score of the same kind.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.given += other.given;
        self.labelled += other.labelled;
    }

    /// Returns the share of right answers among the answers; 1 where there are none.
    pub fn precision(self) -> f64 {
        share(self.right, self.given)
    }

    /// Returns the share of labels that were met; 1 where there are none.
    pub fn recall(self) -> f64 {
        share(self.right, self.labelled)
    }

    /// Returns the harmonic mean of precision and recall; 1 where nothing is asked or answered.
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.given + self.labelled)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 1.0;
    }
    part as f64 / whole as f64
}

/// An answer without a label, a label without an answer, or a leak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The kind it is about.
    pub kind: Kind,
    /// `wrong`, `missing` or `leaked`.
    pub fault: &'static str,
    /// The answer or label.
    pub text: String,
}

/// Pairs answers with labels, each at most once and in order; adds what is left over to `misses`.
pub(super) fn pair<A: Debug, L: Debug>(
    kind: Kind,
    answers: &[A],
    labels: &[L],
    is_match: impl Fn(&A, &L) -> bool,
    misses: &mut Vec<Miss>,
) -> Score {
    let mut taken = vec![false; labels.len()];
    let mut right = 0;
    let mut miss = |fault, text| misses.push(Miss { kind, fault, text });
    for answer in answers {
        let found = labels
            .iter()
            .enumerate()
            .position(|(index, label)| !taken[index] && is_match(answer, label));
        match found {
            Some(index) => {
                taken[index] = true;
                right += 1;
            }
            None => miss("wrong", format!("{answer:?}")),
        }
    }
    for (label, is_taken) in labels.iter().zip(&taken) {
        if !is_taken {
            miss("missing", format!("{label:?}"));
        }
    }
    Score {
        right,
        given: answers.len(),
        labelled: labels.len(),
    }
}

/// Folds width, case, variants and blanks.
pub(super) fn compact(text: &str) -> String {
    normalized_key(text)
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect()
}

/// Folds an employer's name; what brackets add to it (another name, a division) does not count.
pub(super) fn base_name(name: &str) -> String {
    let base = name.split(['（', '(']).next().unwrap_or(name);
    compact(if base.trim().is_empty() { name } else { base })
}

/// Returns whether two names mean one employer.
pub(super) fn is_same_name(one: &str, other: &str) -> bool {
    compact(one) == compact(other) || base_name(one) == base_name(other)
}

/// Returns the share of two-character pieces that the shorter text shares with the longer, 0 to 1.
pub(super) fn overlap(one: &str, other: &str) -> f64 {
    let pieces = |text: &str| -> HashSet<(char, char)> {
        let characters: Vec<char> = compact(text).chars().collect();
        characters
            .windows(2)
            .map(|pair| (pair[0], pair[1]))
            .collect()
    };
    let (one, other) = (pieces(one), pieces(other));
    let shared = one.intersection(&other).count();
    shared as f64 / one.len().min(other.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_label_is_met_once() {
        let mut misses = Vec::new();
        let score = pair(
            Kind::Employers,
            &["a", "a", "b"],
            &["a", "c"],
            |answer, label| answer == label,
            &mut misses,
        );
        assert_eq!((score.right, score.given, score.labelled), (1, 3, 2));
        assert_eq!(misses.len(), 3);
        assert!((score.f1() - 0.4).abs() < 1e-9);
    }

    #[test]
    fn nothing_asked_and_nothing_answered_is_right() {
        assert!((Score::default().f1() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn names_are_compared_without_width_blanks_and_brackets() {
        assert!(is_same_name("（株）ＡＢＣ", "（株）ABC"));
        assert!(is_same_name(
            "株式会社 アオバ（旧ミドリ）",
            "株式会社アオバ"
        ));
        assert!(!is_same_name("株式会社アオバ", "アオバ工業"));
    }
}
