//! The program as a person meets it: the built binary, its output and its exit status.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use sea_orm::ConnectionTrait as _;
use serde_json::Value;

const RESUME: &str = "# 職務経歴書\n\n更新日: 2024/03/31\n\n- 氏名: 試野 太郎（シノ タロウ）\n\n## 職務経歴\n\n\
                      ### 株式会社ミナトソフト（2019/04〜2021/03）\n\n#### 配車アプリの新規開発\n\n\
                      - 使用技術: Erlang、AWS\n- 概要: 位置情報の配信基盤を設計しました。\n";

fn shokureki(data: &Path, arguments: &[&str]) -> Output {
    command(data, arguments).output().expect("the program runs")
}

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shokureki"));
    command
        .args(arguments)
        .env_clear()
        .env("SHOKUREKI_DATA_DIR", data);
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
fn done(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn an_import_is_found_shown_and_not_repeated() {
    let folder = tempfile::tempdir().expect("a directory");
    let data = folder.path().join("data");
    let file = folder.path().join("resume.md");
    std::fs::write(&file, RESUME).expect("written");
    let file = file.to_str().expect("UTF-8");

    let first = done(&shokureki(&data, &["import", "--external-id", "x-1", file]));
    assert!(
        first.contains("1 imported, 0 unchanged, 0 failed"),
        "{first}"
    );
    let again = done(&shokureki(&data, &["import", "--external-id", "x-1", file]));
    assert!(
        again.contains("0 imported, 1 unchanged, 0 failed"),
        "{again}"
    );

    let found = done(&shokureki(
        &data,
        &["search", "アーラン", "--employer", "ミナトソフト"],
    ));
    assert!(
        found.contains("試野 太郎") && found.contains("Erlang"),
        "{found}"
    );
    assert!(found.contains("1 of 1 candidates"), "{found}");
    for (query, expected) in [("-tech:Erlang", "0 of 0"), ("-tech:Haskell", "1 of 1")] {
        let found = done(&shokureki(&data, &["search", query]));
        assert!(found.contains(expected), "{query}: {found}");
    }

    let found = done(&shokureki(
        &data,
        &["search", "--technology", "Erlang", "--json"],
    ));
    let found: Value = serde_json::from_str(&found).expect("JSON");
    assert_eq!(found["totalCount"], 1);
    assert_eq!(found["edges"][0]["matches"][0]["months"], 24);

    let shown = done(&shokureki(&data, &["show", "x-1"]));
    for part in [
        "試野 太郎",
        "シノ タロウ",
        "株式会社ミナトソフト",
        "配車アプリの新規開発",
        "24 months",
    ] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    let shown: Value =
        serde_json::from_str(&done(&shokureki(&data, &["show", "--json", "x-1"]))).expect("JSON");
    let id = shown["id"].as_str().expect("an id");
    assert!(done(&shokureki(&data, &["show", id])).contains("試野 太郎"));

    for id in ["x-1", id] {
        let explained = done(&shokureki(
            &data,
            &["search", "Erlang tech:Erlang>=10y", "--explain", id],
        ));
        for part in [
            "not found",
            "職務で使用 / used in a job",
            "why not: tech:Erlang>=120m: Erlang は 24か月、120か月に足りない / Erlang 24 months, less than 120",
            "  line ",
        ] {
            assert!(explained.contains(part), "{part} is not in {explained}");
        }
    }
    let arguments = ["search", "Erlang", "--explain", "x-1", "--json"];
    let explained: Value =
        serde_json::from_str(&done(&shokureki(&data, &arguments))).expect("JSON");
    assert_eq!(explained["isMet"], true);
    assert_eq!(explained["whyNot"], Value::Null);

    let rebuilt = done(&shokureki(&data, &["reindex"]));
    assert!(rebuilt.contains("1 candidates indexed"), "{rebuilt}");
    assert!(done(&shokureki(&data, &["search", "Erlang"])).contains("1 of 1 candidates"));
}

#[tokio::test]
async fn documents_that_an_older_reader_read_are_read_again() {
    let folder = tempfile::tempdir().expect("a directory");
    let data = folder.path().join("data");
    std::fs::write(folder.path().join("a.md"), RESUME).expect("written");
    done(&shokureki(
        &data,
        &["import", folder.path().to_str().expect("UTF-8")],
    ));
    // What an older version might have left: a reader that saw no technology.
    let url = format!("sqlite://{}", data.join("shokureki.db").display());
    let database = sea_orm::Database::connect(url).await.expect("a database");
    for statement in [
        "UPDATE resumes SET parser_version = 0",
        "DELETE FROM mentions",
    ] {
        let done = database.execute_unprepared(statement).await;
        done.expect("a changed database");
    }
    database.close().await.expect("closed");

    let found = |output: &str| output.contains("1 of 1 candidates");
    let rebuilt = done(&shokureki(&data, &["reindex"]));
    assert!(rebuilt.contains("1 documents read again"), "{rebuilt}");
    assert!(found(&done(&shokureki(
        &data,
        &["search", "--technology", "Erlang"]
    ))));
    let again = done(&shokureki(&data, &["reindex"]));
    assert!(!again.contains("read again"), "{again}");
}

#[test]
fn a_deleted_index_gives_the_same_answers_again() {
    let folder = tempfile::tempdir().expect("a directory");
    let data = folder.path().join("data");
    std::fs::write(folder.path().join("a.md"), RESUME).expect("written");
    done(&shokureki(
        &data,
        &["import", folder.path().to_str().expect("UTF-8")],
    ));
    let before = done(&shokureki(&data, &["search", "位置情報", "--json"]));
    std::fs::remove_dir_all(data.join("index")).expect("deleted");
    let after = done(&shokureki(&data, &["search", "位置情報", "--json"]));
    assert_eq!(before, after);
    assert!(after.contains("\"totalCount\": 1"), "{after}");
}

#[test]
fn standard_input_is_a_document() {
    let folder = tempfile::tempdir().expect("a directory");
    let mut import = command(folder.path(), &["import", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = import.stdin.take().expect("piped");
    input.write_all(RESUME.as_bytes()).expect("written");
    drop(input);
    let output = import.wait_with_output().expect("ended");
    assert!(done(&output).contains("1 imported"));
}

#[test]
fn a_file_that_fails_is_named_with_the_reason_and_the_others_are_taken() {
    let folder = tempfile::tempdir().expect("a directory");
    let documents = folder.path().join("documents");
    std::fs::create_dir(&documents).expect("created");
    std::fs::write(documents.join("good.md"), RESUME).expect("written");
    std::fs::write(documents.join("bad.txt"), [0_u8, 159, 146, 150, 0, 1, 2]).expect("written");
    let data = folder.path().join("data");
    let documents = documents.to_str().expect("UTF-8");
    let output = shokureki(&data, &["import", documents, "/no/such/file.md"]);
    assert_eq!(output.status.code(), Some(1));
    let (out, errors) = (text(&output.stdout), text(&output.stderr));
    assert!(out.contains("1 imported, 0 unchanged, 2 failed"), "{out}");
    assert!(
        errors.contains("bad.txt") && errors.contains("/no/such/file.md"),
        "{errors}"
    );
}

#[test]
fn wrong_usage_is_status_2_and_failure_is_status_1() {
    let folder = tempfile::tempdir().expect("a directory");
    for arguments in [
        &["import"][..],
        &["search", "--first", "0"],
        &["nope"],
        &["search", "--nope"],
    ] {
        let output = shokureki(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    for arguments in [&["show", "nobody"][..], &["search", "\"unclosed"]] {
        let output = shokureki(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(text(&output.stderr).contains("error: "));
    }
}

#[test]
fn the_schema_that_is_printed_is_the_one_in_the_repository() {
    let folder = tempfile::tempdir().expect("a directory");
    let printed = done(&shokureki(folder.path(), &["schema"]));
    assert_eq!(printed, include_str!("../../schema.graphql"));
}

#[test]
fn migrations_are_listed_and_applied() {
    let folder = tempfile::tempdir().expect("a directory");
    assert!(done(&shokureki(folder.path(), &["migrate", "--status"])).contains("pending"));
    let applied = done(&shokureki(folder.path(), &["migrate"]));
    assert!(
        applied.contains("applied") && !applied.contains("pending"),
        "{applied}"
    );
}

#[test]
fn generated_documents_are_written_and_can_be_imported() {
    let folder = tempfile::tempdir().expect("a directory");
    let documents = folder.path().join("documents");
    let documents = documents.to_str().expect("UTF-8");
    let data = folder.path().join("data");
    done(&shokureki(
        &data,
        &[
            "generate", "--count", "20", "--seed", "3", "--out", documents,
        ],
    ));
    let imported = done(&shokureki(&data, &["import", documents]));
    assert!(
        imported.contains("20 imported, 0 unchanged, 0 failed"),
        "{imported}"
    );
    assert!(done(&shokureki(&data, &["search"])).contains("20 of 20 candidates"));
}

#[test]
fn labelled_documents_are_scored_and_what_is_no_such_folder_fails() {
    let folder = tempfile::tempdir().expect("a directory");
    let path = folder.path();
    std::fs::write(path.join("a.md"), RESUME).expect("written");
    let labels = serde_json::json!({
        "employers": [{ "name": "株式会社ミナトソフト", "start": "2019-04", "end": "2021-03" }],
        "projects": [{ "title": "配車アプリの新規開発", "employer": "株式会社ミナトソフト" }],
        "skills": ["Erlang", "AWS", "Rust"],
        "mentioned_only": [],
        "certifications": [],
        "education": [],
    });
    std::fs::write(path.join("a.json"), labels.to_string()).expect("written");
    let argument = path.to_str().expect("UTF-8");
    let scored = done(&shokureki(path, &["evaluate", "reading", argument]));
    assert!(
        scored.contains("technologies missing: \"rust\""),
        "{scored}"
    );
    let technologies = scored
        .lines()
        .find(|line| line.trim_start().starts_with("technologies  "))
        .expect("a row");
    assert!(technologies.contains("1.000      0.667"), "{technologies}");

    let none = shokureki(path, &["evaluate", "reading", "/no/such/folder"]);
    assert_eq!(none.status.code(), Some(1));
    let empty = tempfile::tempdir().expect("a directory");
    let empty = shokureki(
        path,
        &["evaluate", "reading", empty.path().to_str().expect("UTF-8")],
    );
    assert_eq!(empty.status.code(), Some(1));
}

#[test]
fn names_that_the_lexicon_lacks_are_listed() {
    let folder = tempfile::tempdir().expect("a directory");
    let data = folder.path().join("data");
    let file = folder.path().join("resume.md");
    let text = RESUME.replace("Erlang、AWS", "Erlang、Kusaburin、AWS");
    std::fs::write(&file, text).expect("written");
    done(&shokureki(
        &data,
        &["import", file.to_str().expect("UTF-8")],
    ));
    let listed = done(&shokureki(&data, &["lexicon", "unlisted"]));
    assert!(
        listed.contains("Kusaburin") && !listed.contains("Erlang"),
        "{listed}"
    );
    let json = done(&shokureki(&data, &["lexicon", "unlisted", "--json"]));
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json[0]["name"], "Kusaburin");
    assert_eq!(json[0]["candidateCount"], 1);
}
