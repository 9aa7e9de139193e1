//! Scores of the reader on careers written in layouts of chance.
//!
//! People title an employer in one of dozens of ways, a project in one of a dozen, and choose the
//! form of dates, labels and tables independently of both. No folder of labelled documents holds
//! all combinations; here careers are invented from a seed and written in some of them. Two
//! families: [`layouts::nested`] puts each project below its employer and chooses every part on
//! its own, [`layouts::whole`] takes one of the forms that decide on the document as a whole.
//!
//! Every value of every choice has a floor over the documents that have it: what is reached, less
//! [`layouts::score::SLACK`]. The floors only ever rise; `cargo test --test layouts -- --nocapture`
//! prints what is reached in the form of their tables.

/// What writes the documents, and what is expected of reading them.
mod layouts {
    pub(crate) mod career;
    pub(crate) mod choice;
    pub(crate) mod fields;
    pub(crate) mod labels;
    pub(crate) mod nested;
    pub(crate) mod nested_floors;
    pub(crate) mod nested_job;
    pub(crate) mod nested_project;
    pub(crate) mod parts;
    pub(crate) mod period;
    pub(crate) mod score;
    pub(crate) mod whole;
    pub(crate) mod whole_chapters;
    pub(crate) mod whole_floors;
    pub(crate) mod whole_jobs;
}

use layouts::{nested, nested_floors, score, whole, whole_floors};

#[test]
fn projects_below_their_employers_are_read_in_every_layout() {
    score::check("nested", nested::document, nested_floors::FLOORS);
}

#[test]
fn documents_of_every_form_are_read() {
    score::check("whole", whole::document, whole_floors::FLOORS);
}

#[test]
fn a_seed_gives_the_same_document_again() {
    for seed in [0, 7] {
        let write = || nested::document(&mut layouts::choice::Picks::new(seed)).text;
        assert_eq!(write(), write());
    }
}
