//! Lines in many wordings: which of the technologies that they name count as experience.

use std::collections::BTreeSet;

use shokureki_index::lexicon::{Lexicon, TechnologyKind};

use crate::domain::{DocumentFormat, Grade};

/// Returns the small document that a line is read in.
fn document(context: &str, text: &str) -> String {
    const PROJECT: &str = "# 職務経歴書\n\n## 職務経歴\n\n### 株式会社青空（2018年4月〜現在）\n\n\
        #### 受発注システムの開発（2019年4月〜2020年3月）\n\n";
    let text = text.replace("\\n", "\n").replace("\\|", "|");
    match context {
        "w" => format!("{PROJECT}- {text}\n"),
        "p" => format!("{PROJECT}{text}\n"),
        "s" => format!("# 職務経歴書\n\n## スキル\n\n{text}\n"),
        "i" => format!("# 職務経歴書\n\n## スキル\n\n- {text}\n"),
        "u" => format!("# 職務経歴書\n\n## 職務要約\n\n{text}\n"),
        "r" => text,
        other => panic!("no such context: {other}"),
    }
}

/// Returns what counts as experience in a document; methods are no products.
fn experience(text: &str, lexicon: &Lexicon) -> BTreeSet<String> {
    let (resume, _) = crate::resume::read(text, DocumentFormat::Markdown, lexicon);
    resume
        .mentions
        .iter()
        .filter(|mention| mention.grade > Grade::Certified)
        .filter(|mention| {
            lexicon
                .technology(&mention.technology.key)
                .is_none_or(|technology| technology.kind != TechnologyKind::Method)
        })
        .map(|mention| mention.technology.key.clone())
        .collect()
}

/// Checks each line of a table, and reports all that differ.
#[track_caller]
fn check(table: &str) {
    let lexicon = Lexicon::builtin();
    let key = |name: &str| {
        lexicon.resolve(name).map_or_else(
            || shokureki_index::analysis::normalized_key(name),
            |found| found.technology.key.clone(),
        )
    };
    let mut faults = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (context, rest) = line.split_once('|').expect("a context");
        let (text, names) = rest.rsplit_once("=>").expect("names");
        let mut counted = experience(&document(context, text.trim()), lexicon);
        for name in names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let (sign, name) = name.split_at(1);
            let counts = counted.remove(&key(name));
            if (sign == "+" && !counts) || (sign == "-" && counts) {
                faults.push(format!("{sign}{name}: {text}"));
            }
        }
        faults.extend(counted.iter().map(|other| format!("also {other}: {text}")));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_others_use_is_no_experience() {
    check(include_str!("../../../tests/fixtures/lines/others.txt"));
}

#[test]
fn what_was_not_chosen_is_no_experience() {
    check(include_str!("../../../tests/fixtures/lines/rejected.txt"));
}

#[test]
fn marks_and_labels_of_skills_say_what_counts() {
    check(include_str!("../../../tests/fixtures/lines/skills.txt"));
}

#[test]
fn names_told_for_something_else_are_no_experience() {
    check(include_str!("../../../tests/fixtures/lines/asides.txt"));
}

#[test]
fn words_and_letters_are_names_where_work_is_told() {
    check(include_str!("../../../tests/fixtures/lines/words.txt"));
}

#[test]
fn forms_and_own_products_are_no_experience() {
    check(include_str!("../../../tests/fixtures/lines/forms.txt"));
}

#[test]
fn what_is_declined_or_seen_on_paper_is_no_experience() {
    check(include_str!("../../../tests/fixtures/lines/declined.txt"));
}

#[test]
fn names_in_further_wordings_count_where_they_were_used() {
    check(include_str!("../../../tests/fixtures/lines/further.txt"));
}

#[test]
fn what_is_named_without_use_is_no_experience() {
    check(include_str!("../../../tests/fixtures/lines/unused.txt"));
}

#[test]
fn what_was_used_counts_however_it_is_told() {
    check(include_str!("../../../tests/fixtures/lines/used.txt"));
}

#[test]
fn what_other_sides_use_or_nobody_ticked_is_no_experience() {
    check(include_str!("../../../tests/fixtures/lines/sides.txt"));
}

#[test]
fn denials_in_english_and_several_grades_on_one_line_are_read() {
    check(include_str!("../../../tests/fixtures/lines/traps.txt"));
}
