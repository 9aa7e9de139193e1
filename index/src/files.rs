//! The small files beside the generations: which one answers, and whether it holds all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use crate::error::IndexError;
use crate::generation::path_of;
use crate::varint::Damaged;

const CURRENT_FILE: &str = "CURRENT";
const FILLING_FILE: &str = "FILLING";

/// Why an index was begun empty, and must be filled before its answers can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filling {
    /// There was none.
    New,
    /// There was one whose fields are of another layout.
    OtherLayout,
    /// There was one whose files are not as they were written.
    Damaged,
}

impl Filling {
    const ALL: [Self; 3] = [Self::New, Self::OtherLayout, Self::Damaged];

    fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::OtherLayout => "other layout",
            Self::Damaged => "damaged",
        }
    }
}

/// Returns why the generation that answers was begun empty, where it does not hold all yet.
pub(crate) fn read_filling(directory: &Path) -> Option<Filling> {
    match fs::read_to_string(directory.join(FILLING_FILE)) {
        Ok(text) => {
            let known = Filling::ALL
                .into_iter()
                .find(|filling| filling.as_str() == text);
            Some(known.unwrap_or(Filling::Damaged))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(_) => Some(Filling::Damaged),
    }
}

/// Notes why the generation that answers is begun empty.
pub(crate) fn write_filling(directory: &Path, filling: Filling) -> Result<(), IndexError> {
    write_in_one_step(directory, FILLING_FILE, filling.as_str())
}

/// Notes that the generation that answers holds all.
pub(crate) fn remove_filling(directory: &Path) -> Result<(), IndexError> {
    match fs::remove_file(directory.join(FILLING_FILE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Returns the generation that CURRENT names; `None` without one.
pub(crate) fn read_current(directory: &Path) -> Result<Option<u64>, IndexError> {
    match fs::read_to_string(directory.join(CURRENT_FILE)) {
        Ok(text) => match text.trim().parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(Damaged.into()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Names the generation that answers.
pub(crate) fn write_current(directory: &Path, number: u64) -> Result<(), IndexError> {
    write_in_one_step(directory, CURRENT_FILE, &number.to_string())
}

/// Writes a file in one step that a crash does not halve.
fn write_in_one_step(directory: &Path, name: &str, text: &str) -> Result<(), IndexError> {
    let next = directory.join(format!("{name}.next"));
    let mut file = File::create(&next)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&next, directory.join(name))?;
    // The rename itself; directories cannot be opened for this everywhere.
    if let Ok(directory) = File::open(directory) {
        directory.sync_all()?;
    }
    Ok(())
}

/// The generations that have a directory.
fn numbers(directory: &Path) -> Result<Vec<u64>, IndexError> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        numbers.extend(name.to_str().and_then(|name| name.parse::<u64>().ok()));
    }
    Ok(numbers)
}

/// The highest number that has a directory, 0 without one.
pub(crate) fn newest(directory: &Path) -> Result<u64, IndexError> {
    Ok(numbers(directory)?.into_iter().max().unwrap_or(0))
}

pub(crate) fn delete_others(directory: &Path, current: u64) -> Result<(), IndexError> {
    for number in numbers(directory)? {
        if number != current {
            fs::remove_dir_all(path_of(directory, number))?;
        }
    }
    Ok(())
}
