//! Documents in many layouts, each a combination of how employers, times and projects are written.

use shokureki_index::lexicon::Lexicon;

use super::{DocumentFormat, job_lines, read, work_lines};

/// Returns the documents of the table: name, text, and what is read of each.
fn documents() -> Vec<(&'static str, String, Vec<&'static str>, Vec<&'static str>)> {
    let table = include_str!("../../../tests/fixtures/layouts.txt");
    table
        .split("=== ")
        .skip(1)
        .map(|entry| {
            let (name, rest) = entry.split_once('\n').expect("a name");
            let of = |mark: &'static str| {
                let mut lines: Vec<&str> = rest
                    .lines()
                    .filter_map(|line| line.strip_prefix(mark))
                    .collect();
                lines.sort_unstable();
                lines
            };
            let text: Vec<&str> = rest
                .lines()
                .take_while(|line| !line.starts_with("job> ") && !line.starts_with("work> "))
                .collect();
            (name, text.join("\n"), of("job> "), of("work> "))
        })
        .collect()
}

#[test]
fn jobs_and_works_are_read_in_every_layout() {
    let mut faults = Vec::new();
    let documents = documents();
    assert!(documents.len() >= 60);
    for (name, text, jobs, works) in documents {
        let (resume, _) = read(&text, DocumentFormat::Markdown, Lexicon::builtin());
        let (mut read_jobs, mut read_works) = (job_lines(&resume), work_lines(&resume));
        read_jobs.sort_unstable();
        read_works.sort_unstable();
        if read_jobs != jobs || read_works != works {
            faults.push((name, read_jobs, read_works));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
