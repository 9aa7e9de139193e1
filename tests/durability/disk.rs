//! A disk that fills, and one that cannot be written. The disk is a tmpfs of its own; where mounting
//! is not allowed, the tests say so and do nothing.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;
use shokureki::generate::generate;
use tempfile::TempDir;

use super::support::{Database, IMPORT, Server, eventually, folder, program};

/// A disk of this many MiB.
struct Disk {
    folder: TempDir,
}

impl Disk {
    fn of(mebibytes: u32) -> Option<Self> {
        let folder = folder();
        let size = format!("size={mebibytes}m");
        let mounting = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(folder.path())
            .output();
        if mounting.is_ok_and(|mounting| mounting.status.success()) {
            return Some(Self { folder });
        }
        eprintln!("not run: mounting is not allowed here");
        None
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Leaves `kibibytes` free.
    fn fill(&self, kibibytes: usize) {
        let ballast = self.path().join("ballast");
        // Whatever does not fit is cut off.
        let _ = fs::write(&ballast, vec![1; 256 << 20]);
        let taken = fs::metadata(&ballast).expect("a file").len();
        let file = fs::File::options()
            .write(true)
            .open(&ballast)
            .expect("writable");
        file.set_len(taken.saturating_sub(kibibytes as u64 * 1024))
            .expect("it shrinks");
    }

    fn free(&self) {
        fs::remove_file(self.path().join("ballast")).expect("it was there");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let lazily = Command::new("umount").arg("-l").arg(self.path()).status();
        assert!(lazily.is_ok_and(|status| status.success()) || std::thread::panicking());
    }
}

/// Imports until the disk is full, frees it, and looks that nothing acknowledged is missing.
async fn survive_a_full_disk(url: Option<&str>) {
    let Some(disk) = Disk::of(64) else {
        return;
    };
    let server = Server::start(disk.path(), url);
    server.import("before", &generate(51, 0).text, true).await;
    disk.fill(400);
    let mut acknowledged = 1;
    let mut was_refused = false;
    // Where the database is elsewhere, each is acknowledged, and has to be indexed later.
    let most = if url.is_some() { 100 } else { 400 };
    for number in 1..most {
        let document = generate(51, number);
        let input = json!({ "externalId": format!("n{number}"), "text": document.text,
            "waitForIndex": false });
        let answer = server.ask(IMPORT, json!({ "input": input })).await;
        if answer["data"]["importResume"]["candidate"].is_object() {
            acknowledged += 1;
            continue;
        }
        let code = &answer["errors"][0]["extensions"]["code"];
        assert_eq!(code, "UNAVAILABLE", "{answer}");
        was_refused = true;
        break;
    }
    // Where the database is elsewhere, only the index cannot be written.
    assert_eq!(was_refused, url.is_none());
    let by_id = "{ candidate(externalId: \"before\") { resume { text } } }";
    let answer = server.ask(by_id, json!({})).await;
    let text = &answer["data"]["candidate"]["resume"]["text"];
    assert_eq!(*text, generate(51, 0).text);
    assert!(server.count("").await > Some(0), "{}", server.log());

    disk.free();
    server.caught_up().await;
    assert_eq!(server.count("").await, Some(acknowledged));
    server.import("after", &generate(51, 1000).text, true).await;
    assert_eq!(server.count("").await, Some(acknowledged + 1));
    drop(server);
    let server = Server::start(disk.path(), url);
    server.caught_up().await;
    assert_eq!(server.count("").await, Some(acknowledged + 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_writes_and_loses_nothing_on_sqlite() {
    survive_a_full_disk(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_delays_the_index_alone_on_postgres() {
    if let Some(database) = Database::postgres().await {
        survive_a_full_disk(database.url.as_deref()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_cannot_be_written_is_a_clear_refusal() {
    let Some(disk) = Disk::of(64) else {
        return;
    };
    drop(Server::start(disk.path(), None));
    let remount = |how: &str| {
        let options = format!("remount,{how}");
        let status = Command::new("mount")
            .args(["-o", &options])
            .arg(disk.path())
            .status();
        assert!(status.expect("mount runs").success());
    };
    remount("ro");
    let mut command = program(disk.path(), None);
    command.args(["serve", "--listen", "127.0.0.1:0"]);
    let Err((status, log)) = Server::try_start(command) else {
        panic!("it started");
    };
    assert_eq!(status.code(), Some(1));
    assert!(log.contains("cannot write to the data directory"), "{log}");
    remount("rw");
    let server = Server::start(disk.path(), None);
    eventually("it serves", async || {
        (server.count("").await == Some(0)).then_some(())
    })
    .await;
}
