//! Lists the files of `samples/` for `serve --samples`, so that the binary carries them wherever it runs.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    // A file that is new there is embedded only when the crate is built again. Without optimization the
    // files are read when they are asked for.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=web/page");
        // A path that is not there would count as changed each time.
        let is_bundled = Path::new("web/playground/dist").is_dir();
        let watched = if is_bundled {
            "web/playground/dist"
        } else {
            "web/playground"
        };
        println!("cargo::rerun-if-changed={watched}");
    }
    let root = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let folder = Path::new(&root).join("samples");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("samples/ is part of the sources")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_file() && !path.ends_with("README.md"))
        .collect();
    paths.sort();
    let mut list = String::from("&[\n");
    for path in paths {
        let name = path
            .file_name()
            .expect("a file")
            .to_string_lossy()
            .into_owned();
        let path = path.display().to_string();
        writeln!(list, "    ({name:?}, include_bytes!({path:?})),").expect("a string");
    }
    list.push(']');
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("samples.rs"), list).expect("the build directory is writable");
}
