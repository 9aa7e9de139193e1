//! The program beside a server that runs.

use std::process::Command;

use super::app::TestApp;

/// Runs the program on the data of a server that is running; returns standard output.
#[track_caller]
pub(crate) fn shokureki(app: &TestApp, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_shokureki"))
        .args(arguments)
        .arg("--data-dir")
        .arg(app.data.path())
        .output()
        .expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout)
        .expect("UTF-8")
        .trim()
        .to_owned()
}
