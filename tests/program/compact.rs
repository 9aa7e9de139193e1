//! Once the tables are written anew, the database's own files hold nobody who was erased.

use std::path::PathBuf;
use std::process::Command;

use crate::engines::{Place, execute};
use crate::files::files_with;
use sea_orm::{ConnectionTrait as _, Database, Statement};
use shokureki::app::App;
use shokureki::generate::generate;
use shokureki::ingest::Upload;

const RESUME: &str = "# 職務経歴書\n\n氏名: 見本 花子（みほん はなこ）\n\nメール: hanako@example.com\n\n\
    ## 株式会社花子商会（2016年4月 〜 2019年3月）\n\n- 使用技術: Erlang\n";

const WORDS: [&str; 3] = ["見本 花子", "hanako@example", "花子商会"];

/// The folder with the files of the database; `None` where this process may not read it.
async fn database_files(place: &Place) -> Option<PathBuf> {
    if place.database_url.starts_with("sqlite:") {
        return Some(place.folder.path().to_owned());
    }
    let connection = Database::connect(&place.database_url).await;
    let connection = connection.expect("a server");
    let sql = "SELECT current_setting('data_directory') || '/base/' || oid::text \
               FROM pg_database WHERE datname = current_database()";
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection
        .query_one_raw(statement)
        .await
        .expect("an answer");
    let folder: String = row.expect("a row").try_get_by_index(0).expect("a text");
    connection.close().await.expect("it is closed");
    let folder = PathBuf::from(folder);
    let is_readable = std::fs::read_dir(&folder).is_ok();
    if !is_readable {
        println!(
            "the server's files are not to be read here: {}",
            folder.display()
        );
    }
    is_readable.then_some(folder)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_of_the_database_holds_an_erased_person_once_it_is_compacted() {
    for engine in ["SQLite", "PostgreSQL"] {
        let Some(place) = Place::on(engine).await else {
            continue;
        };
        let app = App::open(&place.config()).await.expect("it opens");
        let mut texts = vec![RESUME.to_owned()];
        texts.extend((0..20).map(|number| generate(5, number).text));
        let uploads = texts.into_iter().enumerate().map(|(number, text)| Upload {
            external_id: Some(number.to_string()),
            file_name: Some("resume.md".to_owned()),
            bytes: text.into_bytes(),
            document_date: None,
        });
        for outcome in app.import(uploads.collect()).await.expect("a database") {
            outcome.expect("a document");
        }
        let flush = async || {
            if engine == "PostgreSQL" {
                execute(&place.database_url, "CHECKPOINT").await;
            }
        };
        if engine == "PostgreSQL" {
            // It keeps samples of what columns hold, as it does by itself sooner or later.
            execute(&place.database_url, "ANALYZE").await;
        }
        flush().await;
        let Some(folder) = database_files(&place).await else {
            continue;
        };
        let before = files_with(&folder, &WORDS);
        for word in WORDS {
            let has = before.iter().any(|found| found.ends_with(word));
            assert!(has, "{engine}: {word} is there to begin with: {before:?}");
        }
        let erase = "mutation { eraseCandidate(input: { externalId: \"0\" }) { erasedResumes } }";
        let erased = app.execute(erase.into()).await;
        assert!(erased.errors.is_empty(), "{:?}", erased.errors);
        app.close().await;
        flush().await;
        if engine == "PostgreSQL" {
            let left = files_with(&folder, &WORDS);
            assert!(!left.is_empty(), "there would be nothing to do");
        }
        let done = Command::new(env!("CARGO_BIN_EXE_shokureki"))
            .arg("compact")
            .env_clear()
            .env("SHOKUREKI_DATA_DIR", place.folder.path())
            .env("DATABASE_URL", &place.database_url)
            .output()
            .expect("the program runs");
        let errors = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{engine}: {errors}");
        flush().await;
        assert_eq!(files_with(&folder, &WORDS), [] as [String; 0], "{engine}");
        let app = App::open(&place.config()).await.expect("it opens");
        let count = app.execute("{ searchCandidates { totalCount } }".into());
        let count = count.await.data.to_string();
        assert_eq!(count, "{searchCandidates: {totalCount: 20}}", "{engine}");
        app.close().await;
    }
}
