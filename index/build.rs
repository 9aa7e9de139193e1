//! Lists the lexicon's data files, so that a file added to `lexicon/` is compiled in.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("lexicon");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", root.display());
    println!(
        "cargo::rerun-if-changed={}",
        root.join("technologies").display()
    );

    let mut code = String::new();
    let technologies = text_files(&root.join("technologies"))?;
    write_table(&mut code, &root, "TECHNOLOGIES", &technologies);
    write_table(
        &mut code,
        &root,
        "COMPANIES",
        &existing(root.join("companies.txt")),
    );
    write_table(
        &mut code,
        &root,
        "CERTIFICATES",
        &existing(root.join("certificates.txt")),
    );
    write_table(&mut code, &root, "ROLES", &existing(root.join("roles.txt")));
    fs::write(out.join("lexicon_files.rs"), code)
}

/// The `.txt` files of `folder`, by name; none when it does not exist.
fn text_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn existing(path: PathBuf) -> Vec<PathBuf> {
    if path.exists() {
        vec![path]
    } else {
        Vec::new()
    }
}

fn write_table(code: &mut String, root: &Path, name: &str, files: &[PathBuf]) {
    let _ = writeln!(
        code,
        "/// Name and text of each file.\npub(super) const {name}: &[(&str, &str)] = &["
    );
    for path in files {
        let shown = path
            .strip_prefix(root)
            .unwrap_or(path)
            .display()
            .to_string();
        let full = path.display().to_string();
        println!("cargo::rerun-if-changed={full}");
        let _ = writeln!(code, "    ({shown:?}, include_str!({full:?})),");
    }
    let _ = writeln!(code, "];");
}
