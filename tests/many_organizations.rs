//! Thousands of organizations: as many indexes are open as may be, and no more files and memory are taken
//! than for those. A test binary of its own, for what it counts is the process's.
#![cfg(target_os = "linux")]

mod common;

use common::TestSchema;
use serde_json::json;
use shokureki::domain::{Access, Actor};

const MAX_OPEN: usize = 64;

/// Organizations, more by the environment.
const MANY: usize = 200;

/// How often all are opened again.
const ROUNDS: usize = 2;

/// From here on nothing more may be taken than for indexes that are open.
const SETTLED: usize = 2 * MAX_OPEN;

/// Files that may be open beside those that were when all places were taken: databases and temporary files
/// come and go.
const MORE_FILES: usize = 32;

/// What the memory may grow by while organizations come and go, in KiB. An index that is open takes some six
/// MiB: were none closed, the others would take more than twice this. On a busy machine, allocations of
/// indexes that are closed and opened at once leave gaps that later ones fill.
const MORE_KIB: usize = 192 * 1024;

const RESUME: &str = "# 職務経歴書\n\n氏名: 見本 花子\n\n更新日: 2024-04-01\n\n## 株式会社見本（2016年4月 〜 2019年3月）\n\n- 使用技術: Erlang\n";

/// What the process takes.
#[derive(Clone, Copy, Debug)]
struct Taken {
    files: usize,
    kib: usize,
    threads: usize,
}

impl Taken {
    fn raise(&mut self, other: Self) {
        self.files = self.files.max(other.files);
        self.kib = self.kib.max(other.kib);
        self.threads = self.threads.max(other.threads);
    }
}

fn taken() -> Taken {
    let status = std::fs::read_to_string("/proc/self/status").expect("it is read");
    let number = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        number.unwrap_or_else(|| panic!("{name} of {status}"))
    };
    Taken {
        files: std::fs::read_dir("/proc/self/fd")
            .expect("it is read")
            .count(),
        kib: number("VmRSS:"),
        threads: number("Threads:"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_of_organizations_take_no_more_than_those_that_are_open() {
    let many = std::env::var("MANY_ORGANIZATIONS").ok();
    let many = many.map_or(MANY, |many| many.parse().expect("a number"));
    assert!(many > SETTLED, "{many} organizations prove nothing");
    let test = TestSchema::bounded(MAX_OPEN).await;
    let document = "mutation($e: String!, $t: String!) { importResume(input: { externalId: $e, fileName: \"r.md\", text: $t }) { isIndexed } }";
    let search = "{ searchCandidates(query: \"Erlang\") { nodes { externalId } } }";
    let mut all = Vec::new();
    let mut settled = None;
    let mut most = taken();
    let begun = std::time::Instant::now();
    for number in 0..many {
        let made = test.store.create_organization(&format!("o{number}")).await;
        let access = Access {
            organization: made.expect("it is made").id,
            actor: Actor::Local,
            ..Access::local()
        };
        let variables = json!({ "e": number.to_string(), "t": RESUME });
        let answer = test.answer_as(access.clone(), document, variables).await;
        let indexed = &answer["data"]["importResume"]["isIndexed"];
        assert_eq!(*indexed, true, "{answer}");
        all.push(access);
        let now = taken();
        if number + 1 == SETTLED {
            settled = Some(now);
        }
        most.raise(now);
        if (number + 1) % 100 == 0 {
            println!("{:>5} written {now:?} {:?}", number + 1, begun.elapsed());
        }
    }
    // Each is opened again, from disk, and answers of its own.
    for round in 1..=ROUNDS {
        for (number, access) in all.iter().enumerate() {
            let answer = test.answer_as(access.clone(), search, json!({})).await;
            let own = json!([{ "externalId": number.to_string() }]);
            assert_eq!(answer["data"]["searchCandidates"]["nodes"], own, "{answer}");
            most.raise(taken());
        }
        println!("round {round}: {:?} {:?}", taken(), begun.elapsed());
    }
    let totals = test.indexer.totals().await.expect("they are told");
    assert_eq!(totals.open_indexes, MAX_OPEN as u64);
    let settled = settled.expect("there were as many");
    println!("{many} organizations: {settled:?} with {SETTLED}, at most {most:?}");
    assert!(
        most.files <= settled.files + MORE_FILES,
        "{settled:?} {most:?}"
    );
    assert!(most.kib <= settled.kib + MORE_KIB, "{settled:?} {most:?}");
}
