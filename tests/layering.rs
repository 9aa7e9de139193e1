//! Each room imports lower floors only, and the database's library stays in the store.

use std::fs;
use std::path::{Path, PathBuf};

/// What each room may import of this crate. Rooms of one floor do not see each other.
const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("document", &["domain"]),
    ("resume", &["domain"]),
    ("access", &["store", "document", "domain"]),
    (
        "search",
        &["access", "store", "resume", "document", "domain"],
    ),
    (
        "catalog",
        &["access", "store", "resume", "document", "domain"],
    ),
    (
        "ingest",
        &["access", "store", "resume", "document", "domain"],
    ),
    ("evaluate", &["resume", "document", "domain"]),
    ("backup", &["store"]),
    ("examine", &["store", "resume", "domain"]),
    (
        "graphql",
        &["search", "ingest", "catalog", "access", "domain"],
    ),
    ("http", &["graphql", "access", "domain"]),
    ("generate", &[]),
    ("config", &["http", "access", "store"]),
    (
        "app",
        &[
            "config", "http", "graphql", "search", "ingest", "catalog", "access", "backup",
            "examine", "store", "domain",
        ],
    ),
    (
        "cli",
        &[
            "app", "access", "config", "http", "graphql", "ingest", "evaluate", "generate",
            "domain",
        ],
    ),
    ("lib", &[]),
    ("main", &[]),
];

/// Libraries that only some rooms may name.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("sea_orm", &["store"]),
    (
        "shokureki_index",
        &[
            "resume", "access", "search", "catalog", "ingest", "evaluate", "examine", "cli", "app",
        ],
    ),
    ("shokureki_migrations", &["store", "cli"]),
    ("async_graphql", &["graphql", "http", "cli", "app"]),
    ("axum", &["http", "cli", "app"]),
    ("jsonwebtoken", &["access"]),
    ("reqwest", &["access"]),
    ("ring", &["access"]),
];

#[test]
fn no_room_imports_its_own_floor_or_a_higher_one() {
    let mut faults = Vec::new();
    for source in sources() {
        let room = source.room();
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == room) else {
            faults.push(format!("{}: a room without a floor", source.path.display()));
            continue;
        };
        for (line, imported) in source.imports() {
            if imported != room && !allowed.contains(&imported.as_str()) {
                faults.push(format!(
                    "{}:{line}: crate::{imported}",
                    source.path.display()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn libraries_stay_in_their_rooms() {
    let mut faults = Vec::new();
    for source in sources() {
        let room = source.room();
        for (library, allowed) in LIBRARIES {
            let is_named = source.code().any(|(_, line)| has_word(line, library));
            if is_named && !allowed.contains(&room.as_str()) {
                faults.push(format!("{}: {library}", source.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_index_knows_neither_database_nor_graphql_nor_http() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("index/Cargo.toml")).expect("it is there");
    for library in ["sea-orm", "async-graphql", "axum", "shokureki-migrations"] {
        assert!(!manifest.contains(library), "{library}");
    }
}

struct Source {
    /// Under `src`.
    path: PathBuf,
    text: String,
}

impl Source {
    /// The room that the file is in: its folder, or its own name.
    fn room(&self) -> String {
        let first = self
            .path
            .iter()
            .next()
            .and_then(|part| part.to_str())
            .unwrap_or_default();
        first.trim_end_matches(".rs").to_owned()
    }

    /// Lines without comments, numbered from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines
            .map(|(number, line)| (number + 1, line.split("//").next().unwrap_or_default()))
            .filter(|(_, line)| !line.trim().is_empty())
    }

    /// The rooms named by `crate::room`, `crate::{…}` included, with their lines.
    fn imports(&self) -> Vec<(usize, String)> {
        let mut imports = Vec::new();
        for (number, line) in self.code() {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                let is_path_of_another = line[..at].ends_with("::");
                if is_path_of_another {
                    continue;
                }
                match rest.strip_prefix('{') {
                    Some(list) => {
                        let list = list.split('}').next().unwrap_or_default();
                        imports.extend(list.split(',').map(|item| (number, room_of(item.trim()))));
                    }
                    None => imports.push((number, room_of(rest))),
                }
            }
        }
        imports.retain(|(_, room)| !room.is_empty());
        imports
    }
}

fn room_of(path: &str) -> String {
    let end = path.find(|letter: char| !(letter.is_ascii_lowercase() || letter == '_'));
    path[..end.unwrap_or(path.len())].to_owned()
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let is_letter = |letter: Option<char>| {
            letter.is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        };
        !is_letter(before) && !is_letter(after)
    })
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("it is a folder") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("it is text");
                let path = path.strip_prefix(&root).expect("it is under it").to_owned();
                sources.push(Source { path, text });
            }
        }
    }
    assert!(sources.len() > 20, "the sources were found");
    sources
}
