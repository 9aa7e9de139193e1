//! Scores of the reader on labelled résumés of invented people, and what it does with any text.
//!
//! Each document of `tests/fixtures/reading` has a label file beside it that says what a perfect
//! reader gets from it. The floors below are what is reached on these documents; they only ever rise, unless
//! harder documents join.

use std::path::{Path, PathBuf};

use shokureki::document;
use shokureki::domain::{Grade, Resume};
use shokureki::evaluate::{self, Kind, Score, ends};
use shokureki_index::lexicon::Lexicon;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reading")
}

fn read_fixture(path: &Path) -> Resume {
    let bytes = std::fs::read(path).expect("fixture");
    let name = path.file_name().and_then(|name| name.to_str());
    let document = document::decode(&bytes, name).expect("text");
    shokureki::resume::read(&document.text, document.format, Lexicon::builtin()).0
}

/// Documents that are looked at for their score only while the reader is worked on.
fn is_held_out(name: &str) -> bool {
    let number: String = name.chars().take_while(char::is_ascii_digit).collect();
    number
        .parse::<u32>()
        .is_ok_and(|number| number.is_multiple_of(5))
}

/// What is reached: the kind, over all documents, and over those held out.
const FLOORS: [(Kind, f64, f64); 5] = [
    (Kind::Employers, 0.952, 0.908),
    (Kind::Projects, 0.925, 0.828),
    (Kind::Technologies, 0.975, 0.965),
    (Kind::Certifications, 0.98, 0.982),
    (Kind::Education, 0.958, 0.946),
];

/// Names of wishes, negations and unticked cells, of all documents, that count as experience; it
/// only ever falls, unless harder documents join.
const MOST_LEAKS: usize = 98;

#[test]
fn labelled_resumes_are_read_at_least_as_well_as_before() {
    let reports = evaluate::reading(&fixtures(), Lexicon::builtin()).expect("labelled documents");
    assert!(reports.len() >= 900, "{} documents", reports.len());
    let leaked: usize = reports.iter().map(|report| report.leaked).sum();
    assert!(
        leaked <= MOST_LEAKS,
        "{leaked} names that are no experience count as such"
    );
    for (index, (kind, floor, held_floor)) in FLOORS.into_iter().enumerate() {
        assert_eq!(kind, Kind::ALL[index]);
        let (mut all, mut held) = (Score::default(), Score::default());
        for report in &reports {
            all.add(report.scores[index]);
            if is_held_out(&report.name) {
                held.add(report.scores[index]);
            }
        }
        println!(
            "{}: {:.3}, held out {:.3}",
            kind.name(),
            all.f1(),
            held.f1()
        );
        assert!(
            all.f1() >= floor,
            "{}: {:.3} is below {floor}",
            kind.name(),
            all.f1()
        );
        assert!(
            held.f1() >= held_floor,
            "{} held out: {:.3} is below {held_floor}",
            kind.name(),
            held.f1()
        );
    }
}

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
                .stints
                .employments
                .iter()
                .flat_map(|job| job.text.iter().copied().chain([job.span])),
        )
        .chain(
            resume
                .stints
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
    check_time("private labels", &repeat("国籍:日本 "), Markdown);
    check_time("private lines", &repeat("家族\n"), PlainText);
    check_time("private items", &repeat("- 健康\n"), Markdown);
    check_time(
        "private front matter",
        &format!("---\n{}---\n", repeat("国籍: 日本\n")),
        Markdown,
    );
    check_time("private statements", &repeat("私は仏教徒で、"), Markdown);
    check_time(
        "statements of others",
        &repeat("顧客は仏教徒で 2019年 "),
        Markdown,
    );
    check_time(
        "private links",
        &repeat("私は[仏教徒](https://a.example)です。"),
        Markdown,
    );
    check_time(
        "wide private table",
        &format!(
            "{}\n{}\n{}\n",
            "|国籍".repeat(10_000),
            "|--".repeat(10_000),
            "|日本".repeat(10_000)
        ),
        Markdown,
    );
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
            .stints
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
    assert_eq!(
        (first.stints.projects.len(), second.stints.projects.len()),
        (5, 6)
    );
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

fn technology_key(name: &str) -> String {
    let resolved = Lexicon::builtin().resolve(name).expect("listed");
    resolved.technology.key.clone()
}
