//! Who is deleted leaves the files, and not only the answers.

use crate::support::*;
use shokureki_index::{Change, SkillIndex};

/// A word, and a slip of it that finds it as long as the files have it.
const WORD: &str = "mejirushi";
const SLIP: &str = "mejirushu";

fn has_word(index: &SkillIndex) -> bool {
    index.nearest_word(SLIP).unwrap().as_deref() == Some(WORD)
}

fn people() -> [Resume; 2] {
    [
        Resume::new("gone").prose(WORD),
        Resume::new("stays").prose("Erlang"),
    ]
}

fn delete() -> Vec<Change> {
    vec![Change::Delete("gone".to_owned())]
}

#[test]
fn words_of_the_deleted_are_in_the_files_until_they_are_expunged() {
    let bench = index_of(people());
    bench.index.apply(delete(), 1).unwrap();
    assert_eq!(bench.index.state().documents, 1);
    assert!(has_word(&bench.index));
    bench.index.expunge().unwrap();
    assert!(!has_word(&bench.index));
}

#[test]
fn a_rebuild_takes_over_without_the_words_of_those_who_were_deleted_meanwhile() {
    let bench = index_of([]);
    let mut rebuild = bench.index.begin_rebuild().unwrap();
    let documents = people().map(|resume| resume.document);
    rebuild.add(documents.to_vec()).unwrap();
    rebuild.apply(delete()).unwrap();
    rebuild.finish(2).unwrap();
    assert_eq!(bench.index.state().documents, 1);
    assert!(!has_word(&bench.index));
}

#[test]
fn changes_that_do_not_count_yet_are_seen_and_may_come_again() {
    let bench = index_of(people());
    bench.index.apply(delete(), 1).unwrap();
    bench.check(words(WORD), &[]);
    let Bench { index, directory } = bench;
    drop(index);
    let index = SkillIndex::open(directory.path()).unwrap();
    assert_eq!(index.state().applied_sequence, 1);
    index.apply(delete(), 1).unwrap();
    index.expunge().unwrap();
    index.apply(Vec::new(), 2).unwrap();
    assert!(!has_word(&index));
    let state = index.state();
    assert_eq!((state.documents, state.applied_sequence), (1, 2));
}
