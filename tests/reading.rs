//! Scores of the reader on labelled résumés of invented people.
//!
//! Each document of `tests/fixtures/reading` has a label file beside it that says what a perfect
//! reader gets from it. The floors below are what is reached; they only ever rise.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use shokureki::document;
use shokureki::domain::{Grade, PeriodEnd, Resume};
use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{Lexicon, TechnologyKind};

#[derive(serde::Deserialize)]
struct Labels {
    employers: Vec<EmployerLabel>,
    projects: Vec<ProjectLabel>,
    skills: Vec<String>,
    mentioned_only: Vec<String>,
    certifications: Vec<String>,
    education: Vec<SchoolLabel>,
}

#[derive(serde::Deserialize)]
struct EmployerLabel {
    name: Option<String>,
    label: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

#[derive(serde::Deserialize)]
struct ProjectLabel {
    title: Option<String>,
    employer: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

#[derive(serde::Deserialize)]
struct SchoolLabel {
    school: String,
    end: Option<String>,
}

/// Right answers, answers, and labels of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    right: usize,
    given: usize,
    labelled: usize,
}

impl Score {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.given += other.given;
        self.labelled += other.labelled;
    }

    fn f1(self) -> f64 {
        if self.given + self.labelled == 0 {
            return 1.0;
        }
        2.0 * count(self.right) / count(self.given + self.labelled)
    }
}

fn count(value: usize) -> f64 {
    f64::from(u32::try_from(value).expect("small"))
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reading")
}

fn compact(text: &str) -> String {
    normalized_key(text)
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect()
}

fn read_fixture(path: &Path) -> Resume {
    let bytes = std::fs::read(path).expect("fixture");
    let name = path.file_name().and_then(|name| name.to_str());
    let document = document::decode(&bytes, name).expect("text");
    shokureki::resume::read(&document.text, document.format, Lexicon::builtin()).0
}

fn ends(period: Option<&shokureki::domain::Period>) -> (Option<String>, Option<String>) {
    let Some(period) = period else {
        return (None, None);
    };
    let to = match period.to {
        PeriodEnd::At(moment) => Some(moment.to_string()),
        PeriodEnd::Present => Some("present".to_owned()),
        PeriodEnd::Unstated => None,
    };
    (period.from.map(|from| from.to_string()), to)
}

/// Takes matching answers out of `labels`; returns how many matched and what was wrong.
fn matching<A: std::fmt::Debug, L: std::fmt::Debug>(
    answers: &[A],
    labels: &[L],
    is_match: impl Fn(&A, &L) -> bool,
    misses: &mut Vec<String>,
    kind: &str,
) -> Score {
    let mut taken = vec![false; labels.len()];
    let mut right = 0;
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
            None => misses.push(format!("{kind} wrong   {answer:?}")),
        }
    }
    for (label, is_taken) in labels.iter().zip(&taken) {
        if !is_taken {
            misses.push(format!("{kind} missing {label:?}"));
        }
    }
    Score {
        right,
        given: answers.len(),
        labelled: labels.len(),
    }
}

type Job = (String, bool, Option<String>, Option<String>);

fn score_employers(resume: &Resume, labels: &Labels, misses: &mut Vec<String>) -> Score {
    let answers: Vec<Job> = resume
        .employments
        .iter()
        .map(|job| {
            let (from, to) = ends(job.period.as_ref());
            (
                job.employer.name.clone(),
                job.employer.is_anonymous,
                from,
                to,
            )
        })
        .collect();
    let wanted: Vec<Job> = labels
        .employers
        .iter()
        .map(|label| {
            let name = label
                .name
                .clone()
                .or_else(|| label.label.clone())
                .unwrap_or_default();
            (
                name,
                label.name.is_none(),
                label.start.clone(),
                label.end.clone(),
            )
        })
        .collect();
    let is_match = |answer: &Job, label: &Job| {
        let is_named = label.1 || is_same_name(&answer.0, &label.0);
        is_named && answer.2 == label.2 && answer.3 == label.3
    };
    matching(&answers, &wanted, is_match, misses, "employer")
}

type Work = (String, Option<String>, Option<String>, Option<String>);

fn score_projects(resume: &Resume, labels: &Labels, misses: &mut Vec<String>) -> Score {
    let answers: Vec<Work> = resume
        .projects
        .iter()
        .map(|project| {
            let (from, to) = ends(project.period.as_ref());
            let employer = project
                .employment
                .map(|index| &resume.employments[index].employer)
                .filter(|employer| !employer.is_anonymous)
                .map(|employer| employer.name.clone());
            (
                project.title.clone().unwrap_or_default(),
                employer,
                from,
                to,
            )
        })
        .collect();
    let named: HashSet<String> = labels
        .employers
        .iter()
        .filter_map(|label| label.name.as_deref().map(base_name))
        .collect();
    let wanted: Vec<Work> = labels
        .projects
        .iter()
        .map(|label| {
            (
                label.title.clone().unwrap_or_default(),
                label.employer.clone(),
                label.start.clone(),
                label.end.clone(),
            )
        })
        .collect();
    let is_match = |answer: &Work, label: &Work| {
        // A job without a company's name is an employer here and none in the labels.
        let employer = answer
            .1
            .as_deref()
            .map(base_name)
            .filter(|name| named.contains(name));
        let is_titled = label.0.is_empty() || overlap(&answer.0, &label.0) >= 0.5;
        is_titled
            && employer == label.1.as_deref().map(base_name)
            && answer.2 == label.2
            && answer.3 == label.3
    };
    matching(&answers, &wanted, is_match, misses, "project")
}

/// Folds an employer's name; what brackets add to it (another name, a division) does not count.
fn base_name(name: &str) -> String {
    let base = name.split(['（', '(']).next().unwrap_or(name);
    compact(if base.trim().is_empty() { name } else { base })
}

fn is_same_name(one: &str, other: &str) -> bool {
    compact(one) == compact(other) || base_name(one) == base_name(other)
}

/// Returns the share of two-character pieces that the shorter text shares with the longer.
fn overlap(one: &str, other: &str) -> f64 {
    let pieces = |text: &str| -> HashSet<(char, char)> {
        let characters: Vec<char> = compact(text).chars().collect();
        characters
            .windows(2)
            .map(|pair| (pair[0], pair[1]))
            .collect()
    };
    let (one, other) = (pieces(one), pieces(other));
    let shared = one.intersection(&other).count();
    let least = one.len().min(other.len()).max(1);
    count(shared) / count(least)
}

fn technology_key(name: &str) -> String {
    Lexicon::builtin()
        .resolve(name)
        .map_or_else(|| compact(name), |resolved| resolved.technology.key.clone())
}

fn score_technologies(
    resume: &Resume,
    labels: &Labels,
    misses: &mut Vec<String>,
) -> (Score, usize) {
    let mut given: HashMap<String, Grade> = HashMap::new();
    for mention in &resume.mentions {
        let key = if mention.technology.is_listed {
            mention.technology.key.clone()
        } else {
            compact(&mention.technology.name)
        };
        let grade = given.entry(key).or_insert(mention.grade);
        *grade = mention.grade.max(*grade);
    }
    given.retain(|_, grade| *grade > Grade::Certified);
    // The labels name products; a method (CI/CD, 機械学習) is none.
    given.retain(|key, _| {
        Lexicon::builtin()
            .technology(key)
            .is_none_or(|technology| technology.kind != TechnologyKind::Method)
    });
    let wanted: HashSet<String> = labels
        .skills
        .iter()
        .map(|name| technology_key(name))
        .collect();
    let forbidden: HashSet<String> = labels
        .mentioned_only
        .iter()
        .map(|name| technology_key(name))
        .collect();
    let mut answers: Vec<&String> = given.keys().collect();
    answers.sort();
    let mut wanted_sorted: Vec<&String> = wanted.iter().collect();
    wanted_sorted.sort();
    let score = matching(
        &answers,
        &wanted_sorted,
        |one, other| one == other,
        misses,
        "technology",
    );
    let leaked = given
        .keys()
        .filter(|key| forbidden.contains(*key) && !wanted.contains(*key))
        .count();
    for key in given
        .keys()
        .filter(|key| forbidden.contains(*key) && !wanted.contains(*key))
    {
        let lines: Vec<u32> = resume
            .mentions
            .iter()
            .filter(|mention| mention.technology.key == **key && mention.grade > Grade::Certified)
            .map(|mention| mention.line)
            .collect();
        misses.push(format!("technology LEAKED {key} in lines {lines:?}"));
    }
    (score, leaked)
}

fn score_certifications(resume: &Resume, labels: &Labels, misses: &mut Vec<String>) -> Score {
    let answers: Vec<String> = resume
        .certifications
        .iter()
        .map(|certificate| certificate.name.clone())
        .collect();
    let is_match = |answer: &String, label: &String| {
        let (answer, label) = (compact(answer), compact(label));
        answer == label
            || (overlap(&answer, &label) >= 0.8 && answer.len().abs_diff(label.len()) < 24)
    };
    matching(
        &answers,
        &labels.certifications,
        is_match,
        misses,
        "certificate",
    )
}

fn score_education(resume: &Resume, labels: &Labels, misses: &mut Vec<String>) -> Score {
    type School = (String, Option<String>);
    let answers: Vec<School> = resume
        .education
        .iter()
        .map(|school| (school.school.clone(), ends(school.period.as_ref()).1))
        .collect();
    let wanted: Vec<School> = labels
        .education
        .iter()
        .map(|label| (label.school.clone(), label.end.clone()))
        .collect();
    let is_match = |answer: &School, label: &School| {
        overlap(&answer.0, &label.0) >= 0.8 && answer.1 == label.1
    };
    matching(&answers, &wanted, is_match, misses, "school")
}

/// Returns whether a file is a résumé rather than its labels: `x.json` beside `x.md` are labels,
/// and `x.resume.json` is a résumé.
fn is_document(path: &Path) -> bool {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("");
    name != "README.md" && (!name.ends_with(".json") || name.ends_with(".resume.json"))
}

/// Returns where the labels of a document are.
fn labels_of(path: &Path) -> PathBuf {
    let labels = path.with_extension("json");
    if labels != path {
        return labels;
    }
    path.with_extension("").with_extension("json")
}

/// Documents that are looked at for their score only.
fn is_held_out(name: &str) -> bool {
    name.get(..2)
        .and_then(|number| number.parse::<u32>().ok())
        .is_some_and(|number| number.is_multiple_of(5))
}

#[test]
fn labelled_resumes_are_read_at_least_as_well_as_before() {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(fixtures())
        .expect("fixtures")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| is_document(path))
        .collect();
    paths.sort();
    let show = std::env::var("READING_MISSES").unwrap_or_default();
    let mut tuned: BTreeMap<&str, Score> = BTreeMap::new();
    let mut held: BTreeMap<&str, Score> = BTreeMap::new();
    let mut leaks = 0;
    for path in &paths {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("name")
            .to_owned();
        let labels = std::fs::read_to_string(labels_of(path)).expect("labels");
        let labels: Labels = serde_json::from_str(&labels).expect("labels");
        let resume = read_fixture(path);
        let mut misses = Vec::new();
        let (technologies, leaked) = score_technologies(&resume, &labels, &mut misses);
        leaks += leaked;
        let scores = [
            ("employers", score_employers(&resume, &labels, &mut misses)),
            ("projects", score_projects(&resume, &labels, &mut misses)),
            ("technologies", technologies),
            (
                "certificates",
                score_certifications(&resume, &labels, &mut misses),
            ),
            ("education", score_education(&resume, &labels, &mut misses)),
        ];
        let totals = if is_held_out(&name) {
            &mut held
        } else {
            &mut tuned
        };
        let mut line = format!("{:2}", &name[..2]);
        for (kind, score) in scores {
            totals.entry(kind).or_default().add(score);
            line.push_str(&format!(
                "  {kind} {:.2} ({}/{}/{})",
                score.f1(),
                score.right,
                score.given,
                score.labelled
            ));
        }
        println!("{line}");
        if !is_held_out(&name)
            && (show == "all"
                || show
                    .split(',')
                    .any(|wanted| name.starts_with(wanted) && !wanted.is_empty()))
        {
            for miss in misses {
                println!("      {miss}");
            }
        }
    }
    println!("leaked {leaks}");
    for (title, totals) in [("tuned", &tuned), ("held out", &held)] {
        for (kind, score) in totals {
            println!(
                "{title} {kind}: {:.3} ({} right, {} given, {} labelled)",
                score.f1(),
                score.right,
                score.given,
                score.labelled
            );
        }
    }
    assert!(
        leaks <= MOST_LEAKS,
        "{leaks} names that are no experience count as such"
    );
    for (kind, floor) in FLOORS {
        let mut score = tuned[kind];
        score.add(held[kind]);
        assert!(
            score.f1() >= *floor,
            "{kind}: {:.3} is below {floor}",
            score.f1()
        );
    }
}

/// Names of wishes, negations and unticked cells, of all documents, that count as experience; it
/// only ever falls.
const MOST_LEAKS: usize = 36;

/// What is reached over all documents.
const FLOORS: &[(&str, f64)] = &[
    ("employers", 0.88),
    ("projects", 0.82),
    ("technologies", 0.96),
    ("certificates", 0.94),
    ("education", 0.97),
];

/// Any text is read, and every place that the result names lies on char boundaries of the text.
#[track_caller]
fn check_places(text: &str, format: shokureki::domain::DocumentFormat) {
    let (resume, _) = shokureki::resume::read(text, format, Lexicon::builtin());
    let spans = resume
        .mentions
        .iter()
        .map(|mention| mention.span)
        .chain(
            resume
                .employments
                .iter()
                .flat_map(|job| job.text.iter().copied().chain([job.span])),
        )
        .chain(
            resume
                .projects
                .iter()
                .flat_map(|work| work.text.iter().copied().chain([work.span])),
        )
        .chain(resume.outline.iter().map(|heading| heading.span))
        .chain(
            resume
                .certifications
                .iter()
                .map(|certificate| certificate.span),
        );
    for span in spans {
        let slice = text.get(span.start as usize..span.end as usize);
        assert!(slice.is_some(), "{span:?} in {text:?}");
    }
    for mention in &resume.mentions {
        assert!(
            mention.span.start < mention.span.end,
            "{mention:?} in {text:?}"
        );
    }
}

mod any_text {
    use super::check_places;
    use proptest::prelude::*;
    use shokureki::domain::DocumentFormat;

    fn format() -> impl Strategy<Value = DocumentFormat> {
        prop_oneof![
            Just(DocumentFormat::Markdown),
            Just(DocumentFormat::PlainText),
            Just(DocumentFormat::Org),
            Just(DocumentFormat::Html),
            Just(DocumentFormat::Latex),
            Just(DocumentFormat::Typst),
            Just(DocumentFormat::Yaml),
            Just(DocumentFormat::Json),
        ]
    }

    /// Pieces that résumés are made of, in any order.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "# ",
            "## ",
            "- ",
            "  - ",
            "| ",
            "|---|---|\n",
            "\n",
            "\n\n",
            "**",
            "`",
            "```\n",
            "[",
            "](",
            ")",
            "<br>",
            "<u>",
            "</u>",
            "<!--",
            "-->",
            "<td>",
            "<tr>",
            "<li>",
            "職務経歴",
            "プロジェクト",
            "株式会社",
            "A社",
            "期間：",
            "使用技術",
            "2016/04",
            "〜",
            "現在",
            "平成28年4月",
            "Rust",
            "AWS",
            "Ｌａｍｂｄａ",
            "㍿",
            "㋀",
            "、",
            "（",
            "）",
            "【",
            "】",
            "■",
            "入社",
            "退職",
            "資格",
            "学歴",
            "大学",
            "未経験",
            "スキル",
            " ",
            "\u{3000}",
            "\t",
            "https://x.example",
            "&amp;",
            "\\",
            "\\section{",
            "\\item ",
            "}",
            "{",
            "---\n",
            "===\n",
            "***",
            "★",
            "5年",
            "1.",
            "：",
            ":",
            "\r\n",
            "が",
            "ﾊﾟ",
            "é",
        ]);
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn any_string_gives_a_result_with_places_in_the_text(text in ".{0,200}", format in format()) {
            check_places(&text, format);
        }

        #[test]
        fn any_layout_gives_a_result_with_places_in_the_text(text in pieces(), format in format()) {
            check_places(&text, format);
        }
    }
}

/// Reads a text that is made to be slow; the limit is for builds without optimization too.
#[track_caller]
fn check_time(name: &str, text: &str, format: shokureki::domain::DocumentFormat) {
    let begin = std::time::Instant::now();
    let _ = shokureki::resume::read(text, format, Lexicon::builtin());
    let took = begin.elapsed();
    println!(
        "{name}: {} ms for {} kB",
        took.as_millis(),
        text.len() / 1024
    );
    let limit = if cfg!(debug_assertions) { 30 } else { 1 };
    assert!(took.as_secs() < limit, "{name} took {took:?}");
}

#[test]
fn texts_made_to_be_slow_are_read_in_linear_time() {
    use shokureki::domain::DocumentFormat::{Html, Markdown, PlainText};
    let size = if cfg!(debug_assertions) {
        256 * 1024
    } else {
        2 * 1024 * 1024
    };
    let _ = Lexicon::builtin();
    let repeat = |piece: &str| piece.repeat(size / piece.len());
    let mut nested = String::new();
    let mut depth = 0;
    while nested.len() < size {
        nested.push_str(&" ".repeat(depth % 2000));
        nested.push_str("- a\n");
        depth += 2;
    }
    check_time("nested bullets", &nested, Markdown);
    check_time("one line", &repeat("Rust と Go、"), Markdown);
    check_time("one line of dates", &repeat("2016/04〜2019/01 "), Markdown);
    check_time(
        "wide table",
        &format!(
            "{}\n{}\n{}\n",
            "|期間".repeat(10_000),
            "|--".repeat(10_000),
            "|Rust".repeat(10_000)
        ),
        Markdown,
    );
    check_time("many headings", &repeat("## 開発\n"), Markdown);
    check_time(
        "many titled headings",
        &format!("## プロジェクト\n{}", repeat("## A\n- 技術: Go\n## B\n")),
        Markdown,
    );
    check_time(
        "many jobs",
        &repeat("### 株式会社A (2016/04〜2019/01)\n"),
        Markdown,
    );
    check_time(
        "many period labels",
        &format!(
            "# 職務経歴\n{}",
            repeat("期間：2016/04〜2019/01\n内容：a\n")
        ),
        Markdown,
    );
    check_time("brackets", &repeat("[a]("), Markdown);
    check_time("closed brackets", &repeat("[a](b)"), Markdown);
    check_time("open parentheses", &repeat("]("), Markdown);
    check_time("tags", &repeat("<a <b"), Html);
    check_time("divs", &repeat("<div><ul><li>"), Html);
    check_time("comments", &repeat("<!-- a -->"), Html);
    check_time("stars", &repeat("*a "), Markdown);
    check_time("backticks", &repeat("`a "), Markdown);
    check_time("quotes", &repeat("> "), Markdown);
    check_time("rows", &repeat("|2016/04|株式会社A 入社|\n"), Markdown);
    check_time(
        "events",
        &format!("# 職務経歴\n{}", repeat("2016/04 株式会社A 入社\n")),
        PlainText,
    );
    check_time("negations", &repeat("Rust は未経験、"), Markdown);
}

#[test]
fn real_documents_beside_the_repository_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut resumes: Vec<Resume> = entries
        .map(|entry| read_fixture(&entry.expect("entry").path()))
        .collect();
    resumes.sort_by_key(|resume| resume.document_date);
    let [first, second] = resumes.as_slice() else {
        return;
    };
    let periods = |resume: &Resume| -> Vec<(Option<String>, Option<String>)> {
        resume
            .employments
            .iter()
            .map(|job| ends(job.period.as_ref()))
            .collect()
    };
    let period = |from: &str, to: &str| (Some(from.to_owned()), Some(to.to_owned()));
    assert_eq!(
        periods(first),
        [
            period("2016-04", "2019-01"),
            period("2019-06", "2021-12"),
            period("2022-01", "present")
        ]
    );
    assert_eq!(
        periods(second),
        [
            period("2023-03", "present"),
            period("2021-11", "2023-02"),
            period("2019-10", "2021-10")
        ]
    );
    assert_eq!((first.projects.len(), second.projects.len()), (5, 6));
    assert_eq!(
        (first.certifications.len(), second.certifications.len()),
        (0, 4)
    );
    assert_eq!((first.education.len(), second.education.len()), (2, 2));
    let best = |resume: &Resume, key: &str| {
        resume
            .mentions
            .iter()
            .filter(|mention| mention.technology.key == key)
            .map(|mention| mention.grade)
            .max()
    };
    assert_eq!(best(first, &technology_key("Erlang")), Some(Grade::Worked));
    assert_eq!(best(second, &technology_key("Rust")), Some(Grade::Worked));
    assert_eq!(
        best(second, &technology_key("TypeScript")),
        Some(Grade::Learning)
    );
    assert_eq!(best(first, &technology_key("C")), None);
}
