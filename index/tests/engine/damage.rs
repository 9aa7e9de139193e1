//! Files of an index that are not as they were written: whatever is wrong with them, opening the index
//! either answers as before or begins an empty one that says why.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::*;
use shokureki_index::{Filling, Grade, SkillIndex};

/// An index of three segments, one of which has deletes, that is closed again.
fn written() -> tempfile::TempDir {
    let person = |key: &str, line: &str| {
        let lines = [line];
        let job = Job {
            employer: Some("株式会社ドワンゴ"),
            months: Some(months("2016-04", "2018-01")),
            lines: &lines,
            worked: &["erlang"],
            ..Job::default()
        };
        Resume::new(key)
            .name(&["佐藤"], None)
            .skill("rust", Grade::Declared)
            .job(&job)
    };
    let Bench { index, directory } = index_of((0..20).map(|n| person(&format!("c{n}"), "分散KVS")));
    index.apply(upserts([person("c1", "配信基盤")]), 2).unwrap();
    index.apply(upserts([person("d1", "課金基盤")]), 3).unwrap();
    index.filled().unwrap();
    directory
}

/// Every file below `directory`.
fn files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// What searches find: the hits of a word, of a technology, and of everybody, with their proofs.
fn answers(index: &SkillIndex) -> String {
    let conditions = [Some(words("分散KVS")), Some(stint(used("erlang"))), None];
    let answers = conditions.map(|condition| {
        let answer = index.search(&query(condition), std::time::Duration::from_secs(60));
        let answer = answer.unwrap();
        let hits = answer.hits.iter();
        let hits: Vec<_> = hits
            .map(|hit| (&hit.key, hit.score, &hit.matches))
            .collect();
        format!("{:?} {hits:?}", answer.total)
    });
    answers.join("\n")
}

/// Opens a copy of the index after `damage` was done to `file`; returns whether it was found out.
#[track_caller]
fn is_found_out(whole: &Path, file: &Path, expected: &str, damage: impl FnOnce(&Path)) -> bool {
    let copy = tempfile::tempdir().unwrap();
    copy_directory(whole, copy.path());
    let file = copy.path().join(file);
    damage(&file);
    let index = SkillIndex::open(copy.path()).unwrap();
    if index.filling().is_none() {
        assert_eq!(answers(&index), expected, "{}", file.display());
        return false;
    }
    assert_eq!(index.state().documents, 0);
    // It can be filled again.
    index.apply(upserts([Resume::new("a")]), 9).unwrap();
    index.filled().unwrap();
    drop(index);
    let index = SkillIndex::open(copy.path()).unwrap();
    assert_eq!((index.filling(), index.state().documents), (None, 1));
    true
}

#[test]
fn a_flipped_bit_is_found_out_or_does_not_matter() {
    let directory = written();
    let expected = answers(&SkillIndex::open(directory.path()).unwrap());
    let mut found_out = 0;
    let mut tried = 0;
    for path in files(directory.path()) {
        let file = path.strip_prefix(directory.path()).unwrap();
        let length = fs::metadata(&path).unwrap().len() as usize;
        for part in 0..5 {
            if length == 0 {
                continue;
            }
            // Spread over the file, its first and last byte included.
            let at = (length - 1) * part / 4;
            let flip = |path: &Path| {
                let mut bytes = fs::read(path).unwrap();
                bytes[at] ^= 1 << (part + 2);
                fs::write(path, bytes).unwrap();
            };
            tried += 1;
            found_out += u32::from(is_found_out(directory.path(), file, &expected, flip));
        }
    }
    // Only bytes of lock files and of tantivy's list of its files do not matter.
    assert!(found_out * 10 > tried * 8, "{found_out} of {tried}");
}

#[test]
fn a_file_that_is_cut_empty_or_gone_is_found_out() {
    let directory = written();
    let expected = answers(&SkillIndex::open(directory.path()).unwrap());
    for path in files(directory.path()) {
        let file = path.strip_prefix(directory.path()).unwrap();
        let name = file.to_string_lossy().into_owned();
        let matters = !name.contains("lock") && !name.contains("LOCK") && !name.contains("managed");
        let cut = |path: &Path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        };
        let empty = |path: &Path| fs::write(path, b"").unwrap();
        let gone = |path: &Path| fs::remove_file(path).unwrap();
        let found_out = [
            is_found_out(directory.path(), file, &expected, cut),
            is_found_out(directory.path(), file, &expected, empty),
            is_found_out(directory.path(), file, &expected, gone),
        ];
        if matters {
            assert_eq!(found_out, [true; 3], "{name}");
        }
    }
}

#[test]
fn an_index_without_its_folder_is_begun_empty() {
    let directory = written();
    fs::remove_dir_all(directory.path().join("1")).unwrap();
    let index = SkillIndex::open(directory.path()).unwrap();
    assert_eq!(index.filling(), Some(Filling::Damaged));
    assert_eq!(index.state().documents, 0);
}
