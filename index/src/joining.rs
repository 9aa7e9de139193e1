//! How many conditions one and the same stint meets.

use smallvec::SmallVec;

use crate::decide::LeafMatch;
use crate::plan::Node;
use crate::stint_set::StintSet;

/// Returns how many of the conditions that must all be met are met by one stint, the one that meets
/// most. Alternatives are one condition.
pub(crate) fn conditions_in_one_stint(root: &Node, matches: &[Option<LeafMatch>]) -> usize {
    let mut conditions = Conditions::default();
    conditions.collect(root, matches);
    conditions.open + most_in_one_stint(&conditions.told)
}

/// How many of `conditions` are met by one stint.
fn most_in_one_stint(conditions: &[StintSet]) -> usize {
    let Some((first, others)) = conditions.split_first() else {
        return 0;
    };
    let mut shared = first.clone();
    others.iter().for_each(|stints| shared.keep(stints));
    if !shared.is_empty() {
        return conditions.len();
    }
    let mut all = StintSet::default();
    conditions.iter().for_each(|stints| all.add(stints));
    let meets = |stint: usize| {
        conditions
            .iter()
            .filter(|stints| stints.contains(stint))
            .count()
    };
    all.iter().map(meets).max().unwrap_or(0)
}

/// The conditions that stints meet.
#[derive(Default)]
struct Conditions {
    /// Few, each met by one stint at least.
    told: SmallVec<[StintSet; 4]>,
    /// How many there are of which any stint may meet each.
    open: usize,
}

impl Conditions {
    fn collect(&mut self, node: &Node, matches: &[Option<LeafMatch>]) {
        match node {
            Node::All(children) => {
                for child in children {
                    self.collect(child, matches);
                }
                return;
            }
            Node::Most { of, .. } => {
                // Of the forms of one condition, one is met at most.
                for form in of.iter().flatten() {
                    self.collect(form, matches);
                }
                return;
            }
            _ => {}
        }
        let mut stints = StintSet::default();
        if add_stints_of(node, matches, &mut stints) {
            self.open += 1;
        } else if !stints.is_empty() {
            self.told.push(stints);
        }
    }
}

/// Adds the stints that meet one of the leaves below `node`; returns whether that may be any.
fn add_stints_of(node: &Node, matches: &[Option<LeafMatch>], all: &mut StintSet) -> bool {
    match node {
        Node::Leaf(number) => {
            let found = matches[*number].as_ref();
            found.is_some_and(|found| {
                all.add(&found.stints);
                found.may_be_any_stint
            })
        }
        Node::All(children) | Node::Any(children) => children
            .iter()
            .fold(false, |any, child| add_stints_of(child, matches, all) | any),
        Node::Most { of, .. } => of
            .iter()
            .flatten()
            .fold(false, |any, form| add_stints_of(form, matches, all) | any),
        Node::Weak(_) | Node::Not(_) | Node::Never => false,
    }
}

/// Returns whether several conditions must be met, so that it matters which stints meet them.
pub(crate) fn has_conditions_to_join(root: &Node) -> bool {
    fn count(node: &Node) -> usize {
        match node {
            Node::Leaf(_) | Node::Any(_) => 1,
            Node::All(children) => children.iter().map(count).sum(),
            Node::Most { of, .. } => of.len(),
            Node::Weak(_) | Node::Not(_) | Node::Never => 0,
        }
    }
    count(root) > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_meet_in_the_stint_that_meets_most_and_alternatives_are_one() {
        let found = |stints: &[usize]| {
            Some(LeafMatch {
                stints: stints.iter().copied().collect(),
                ..LeafMatch::default()
            })
        };
        let matches = [found(&[0, 3]), found(&[1]), found(&[3]), found(&[200])];
        let leaves = |numbers: &[usize]| numbers.iter().map(|&n| Node::Leaf(n)).collect();
        let count = |root: &Node| conditions_in_one_stint(root, &matches);
        assert_eq!(count(&Node::All(leaves(&[0, 1, 2, 3]))), 2);
        assert_eq!(count(&Node::All(leaves(&[0, 1]))), 1);
        assert_eq!(count(&Node::Any(leaves(&[0, 2]))), 1);
        assert_eq!(count(&Node::All(Vec::new())), 0);
        let nested = Node::All(vec![Node::Leaf(0), Node::All(leaves(&[2]))]);
        assert_eq!(count(&nested), 2);
        // What any stint may meet joins whichever meets most.
        let mut with_any = matches.clone();
        with_any[1].as_mut().expect("a match").may_be_any_stint = true;
        let root = Node::All(leaves(&[0, 1, 2, 3]));
        assert_eq!(conditions_in_one_stint(&root, &with_any), 3);
        assert!(has_conditions_to_join(&nested));
        assert!(!has_conditions_to_join(&Node::Any(leaves(&[0, 1]))));
    }
}
