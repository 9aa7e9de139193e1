//! The data files to entries: syntax, markers and the rules between entries.
//!
//! Lines are fields split by ` | `; `#` begins a comment at the start of a line or after a space and
//! before another; trailing empty fields may be missing. See `lexicon/` for the files.

use std::collections::HashMap;
use std::sync::Arc;

use super::certificate::Certificate;
use super::company::{Companies, Company};
use super::forms::letters;
use super::listed::Listed;
use super::technology::{Technology, TechnologyKind};
use crate::analysis::normalized_key;

/// The texts that a lexicon is made of, each with the name that errors call it by.
#[derive(Clone, Copy, Debug, Default)]
pub struct LexiconSources<'a> {
    /// `NAME | KIND | PART_OF | RELEASED | ALIASES | RELATED`, in any number of files.
    pub technologies: &'a [(&'a str, &'a str)],
    /// `NAME | ALIASES | FORMER | LATER`.
    pub companies: &'a [(&'a str, &'a str)],
    /// `NAME | TECHNOLOGY | ALIASES`.
    pub certificates: &'a [(&'a str, &'a str)],
    /// `NAME | ALIASES`.
    pub roles: &'a [(&'a str, &'a str)],
}

/// A line of the data that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
pub struct LexiconError {
    /// Name of the file.
    pub file: String,
    /// Line in it, from 1.
    pub line: usize,
    /// The rule.
    pub reason: LexiconFault,
}

/// What is wrong with a line of the data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LexiconFault {
    /// The line has no name, or only markers for one.
    #[error("name or alias is empty")]
    EmptyName,
    /// More fields than the format has.
    #[error("{found} fields where at most {allowed} are known")]
    TooManyFields {
        /// Fields on the line.
        found: usize,
        /// Fields of the format.
        allowed: usize,
    },
    /// A kind that is not on the list.
    #[error("unknown kind {0:?}")]
    UnknownKind(String),
    /// A year that is no number of `1940..=2100`.
    #[error("bad year {0:?}")]
    BadYear(String),
    /// A name or alias that another entry has, or this one twice, once normalized.
    #[error("{alias:?} already stands at {first}")]
    DuplicateAlias {
        /// The alias as written.
        alias: String,
        /// File and line of the first.
        first: String,
    },
    /// PART_OF, RELATED or TECHNOLOGY names no entry.
    #[error("{0:?} is no entry")]
    Dangling(String),
    /// An entry that is, through others, a part of itself.
    #[error("{0:?} is a part of itself")]
    Cycle(String),
    /// An alias that is valid only beside its parent, in an entry without one.
    #[error("alias {0:?} needs a parent and the entry has none")]
    NoParent(String),
}

/// How much a bare name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ambiguity {
    /// It names the technology wherever it stands.
    Clear,
    /// `~`: an ordinary word, too.
    Word,
    /// `~~`: one or two letters.
    Letter,
}

/// One written form of a technology, and when it counts.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    /// As written in the data.
    pub(super) written: String,
    /// The same, normalized.
    pub(super) key: String,
    /// Letters and digits only, with their case.
    pub(super) letters: Arc<str>,
    pub(super) ambiguity: Ambiguity,
    /// `@`: only beside the parent.
    pub(super) needs_parent: bool,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
struct Place<'a> {
    file: &'a str,
    line: usize,
}

impl Place<'_> {
    fn error(self, reason: LexiconFault) -> LexiconError {
        LexiconError {
            file: self.file.to_owned(),
            line: self.line,
            reason,
        }
    }

    fn shown(self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

/// The technologies in the order of the files; spellings (name first) by the same position.
pub(super) struct LoadedTechnologies {
    pub(super) technologies: Vec<Technology>,
    pub(super) spellings: Vec<Vec<Spelling>>,
    pub(super) by_key: HashMap<String, usize>,
    /// Positions by normalized name or alias, without those that need their parent.
    aliases: HashMap<String, usize>,
}

pub(super) fn technologies(files: &[(&str, &str)]) -> Result<LoadedTechnologies, LexiconError> {
    let mut loaded = LoadedTechnologies {
        technologies: Vec::new(),
        spellings: Vec::new(),
        by_key: HashMap::new(),
        aliases: HashMap::new(),
    };
    let mut places = Vec::new();
    for (place, fields) in lines(files) {
        check_field_count(place, &fields, 7)?;
        let (technology, spellings) = technology(place, &fields)?;
        let position = loaded.technologies.len();
        if let Some(&first) = loaded.by_key.get(&technology.key) {
            return Err(duplicate(place, &technology.name, places[first]));
        }
        loaded.by_key.insert(technology.key.clone(), position);
        loaded.technologies.push(technology);
        loaded.spellings.push(spellings);
        places.push(place);
    }
    let aliases = check_aliases(&loaded, &places)?;
    settle_references(&mut loaded, &aliases, &places)?;
    loaded.aliases = aliases;
    check_cycles(&loaded, &places)?;
    Ok(loaded)
}

fn technology(
    place: Place<'_>,
    fields: &[&str],
) -> Result<(Technology, Vec<Spelling>), LexiconError> {
    let name = spelling(place, fields[0])?;
    let kind = field(fields, 1);
    let kind = TechnologyKind::parse(kind)
        .ok_or_else(|| place.error(LexiconFault::UnknownKind(kind.to_owned())))?;
    let released = year(place, field(fields, 3))?;
    let mut spellings = vec![name];
    for alias in list(field(fields, 4)) {
        spellings.push(spelling(place, alias)?);
    }
    let technology = Technology {
        key: spellings[0].key.clone(),
        name: spellings[0].written.clone(),
        kind,
        aliases: spellings[1..]
            .iter()
            .map(|alias| alias.written.clone())
            .collect(),
        part_of: Some(field(fields, 2))
            .filter(|part_of| !part_of.is_empty())
            .map(name_key),
        related: list(field(fields, 5)).map(name_key).collect(),
        implies: list(field(fields, 6)).map(name_key).collect(),
        released,
    };
    Ok((technology, spellings))
}

/// [`normalized_key`], without its machinery for names in plain ASCII, as most of the data are.
pub(super) fn name_key(written: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    if !written.bytes().all(is_plain) || written.contains("  ") {
        return normalized_key(written);
    }
    written.trim().to_ascii_lowercase()
}

/// Reads `Lambda@`, `Go~`, `C~~`.
fn spelling(place: Place<'_>, marked: &str) -> Result<Spelling, LexiconError> {
    let mut written = marked.trim();
    let mut waves = 0;
    let mut needs_parent = false;
    loop {
        if let Some(rest) = written.strip_suffix('~') {
            waves += 1;
            written = rest;
        } else if let Some(rest) = written.strip_suffix('@') {
            needs_parent = true;
            written = rest;
        } else {
            break;
        }
        written = written.trim_end();
    }
    if written.is_empty() {
        return Err(place.error(LexiconFault::EmptyName));
    }
    let ambiguity = match waves {
        0 => Ambiguity::Clear,
        1 => Ambiguity::Word,
        _ => Ambiguity::Letter,
    };
    Ok(Spelling {
        written: written.to_owned(),
        key: name_key(written),
        letters: letters(written).into(),
        ambiguity,
        needs_parent,
    })
}

fn year(place: Place<'_>, text: &str) -> Result<Option<u16>, LexiconError> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<u16>() {
        Ok(year) if (1940..=2100).contains(&year) => Ok(Some(year)),
        _ => Err(place.error(LexiconFault::BadYear(text.to_owned()))),
    }
}

/// The entry of each alias. None may belong to two, save those that only count beside their parent.
fn check_aliases(
    loaded: &LoadedTechnologies,
    places: &[Place<'_>],
) -> Result<HashMap<String, usize>, LexiconError> {
    let mut owners: HashMap<String, usize> = HashMap::new();
    for (position, spellings) in loaded.spellings.iter().enumerate() {
        let place = places[position];
        let mut own: HashMap<&str, &str> = HashMap::new();
        for spelling in spellings {
            let key = &spelling.key;
            if own.insert(key, &spelling.written) == Some(&spelling.written) {
                return Err(duplicate(place, &spelling.written, place));
            }
            if spelling.needs_parent {
                if loaded.technologies[position].part_of.is_none() {
                    return Err(place.error(LexiconFault::NoParent(spelling.written.clone())));
                }
                continue;
            }
            if let Some(first) = owners.insert(key.clone(), position)
                && first != position
            {
                return Err(duplicate(place, &spelling.written, places[first]));
            }
        }
    }
    Ok(owners)
}

/// Makes PART_OF, RELATED and IMPLIES, which may say an alias, the keys of the entries they mean.
fn settle_references(
    loaded: &mut LoadedTechnologies,
    aliases: &HashMap<String, usize>,
    places: &[Place<'_>],
) -> Result<(), LexiconError> {
    let keys: Vec<String> = loaded
        .technologies
        .iter()
        .map(|entry| entry.key.clone())
        .collect();
    for (technology, &place) in loaded.technologies.iter_mut().zip(places) {
        let others = technology.related.iter_mut().chain(&mut technology.implies);
        for reference in technology.part_of.iter_mut().chain(others) {
            let Some(&meant) = aliases.get(reference) else {
                return Err(place.error(LexiconFault::Dangling(reference.clone())));
            };
            reference.clone_from(&keys[meant]);
        }
    }
    Ok(())
}

fn check_cycles(loaded: &LoadedTechnologies, places: &[Place<'_>]) -> Result<(), LexiconError> {
    for (start, &place) in places.iter().enumerate() {
        let mut above = loaded.technologies[start].part_of.as_ref();
        for _ in 0..=places.len() {
            let Some(key) = above else { break };
            let position = loaded.by_key[key];
            if position == start {
                let name = loaded.technologies[start].name.clone();
                return Err(place.error(LexiconFault::Cycle(name)));
            }
            above = loaded.technologies[position].part_of.as_ref();
        }
    }
    Ok(())
}

pub(super) fn companies(files: &[(&str, &str)]) -> Result<Companies, LexiconError> {
    let mut companies = Vec::new();
    let mut owners: HashMap<String, (usize, Place<'_>)> = HashMap::new();
    for (place, fields) in lines(files) {
        check_field_count(place, &fields, 4)?;
        if fields[0].is_empty() {
            return Err(place.error(LexiconFault::EmptyName));
        }
        let company = Company::new(
            fields[0],
            list(field(&fields, 1)).map(str::to_owned).collect(),
            list(field(&fields, 2)).map(str::to_owned).collect(),
            list(field(&fields, 3)).map(str::to_owned).collect(),
        );
        for (alias, key) in company.identities() {
            let owner = (companies.len(), place);
            if let Some((first, first_place)) = owners.insert(key, owner)
                && first != companies.len()
            {
                return Err(duplicate(place, alias, first_place));
            }
        }
        companies.push(company);
    }
    let by_name = owners
        .into_iter()
        .map(|(name, (position, _))| (name, position));
    Ok(Companies::new(companies, by_name.collect()))
}

/// A short list of things with their names.
pub(super) fn listed(files: &[(&str, &str)]) -> Result<Vec<Listed>, LexiconError> {
    let mut entries: Vec<Listed> = Vec::new();
    let mut owners: HashMap<String, Place<'_>> = HashMap::new();
    for (place, fields) in lines(files) {
        check_field_count(place, &fields, 2)?;
        if fields[0].is_empty() {
            return Err(place.error(LexiconFault::EmptyName));
        }
        let entry = Listed {
            name: fields[0].to_owned(),
            aliases: list(field(&fields, 1)).map(str::to_owned).collect(),
        };
        for spelling in entry.spellings() {
            if let Some(first) = owners.insert(name_key(spelling), place) {
                return Err(duplicate(place, spelling, first));
            }
        }
        entries.push(entry);
    }
    Ok(entries)
}

pub(super) fn certificates(
    files: &[(&str, &str)],
    technologies: &LoadedTechnologies,
) -> Result<Vec<Certificate>, LexiconError> {
    let mut certificates: Vec<Certificate> = Vec::new();
    let mut owners: HashMap<String, (usize, Place<'_>)> = HashMap::new();
    let mut successors: Vec<(Place<'_>, String)> = Vec::new();
    for (place, fields) in lines(files) {
        check_field_count(place, &fields, 4)?;
        if fields[0].is_empty() {
            return Err(place.error(LexiconFault::EmptyName));
        }
        let technology = match field(&fields, 1) {
            "" => None,
            name => {
                let meant = technologies.aliases.get(&name_key(name));
                let dangling = || place.error(LexiconFault::Dangling(name.to_owned()));
                Some(
                    technologies.technologies[*meant.ok_or_else(dangling)?]
                        .key
                        .clone(),
                )
            }
        };
        let certificate = Certificate {
            name: fields[0].to_owned(),
            technology,
            aliases: list(field(&fields, 2)).map(str::to_owned).collect(),
            former: list(field(&fields, 3)).map(str::to_owned).collect(),
        };
        for alias in certificate.spellings() {
            let owner = (certificates.len(), place);
            if let Some((first, first_place)) =
                owners.insert(super::certificate::compact(alias), owner)
                && first != certificates.len()
            {
                return Err(duplicate(place, alias, first_place));
            }
        }
        successors.extend(certificate.former.iter().map(|name| (place, name.clone())));
        certificates.push(certificate);
    }
    for (place, former) in successors {
        if !certificates.iter().any(|known| known.name == former) {
            return Err(place.error(LexiconFault::Dangling(former)));
        }
    }
    Ok(certificates)
}

/// The lines that hold an entry, split into trimmed fields.
fn lines<'a>(files: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = (Place<'a>, Vec<&'a str>)> {
    files.iter().flat_map(|&(file, text)| {
        text.lines().enumerate().filter_map(move |(at, line)| {
            let line = line.trim_start_matches('\u{feff}');
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                return None;
            }
            let line = line.split_once(" # ").map_or(line, |(entry, _)| entry);
            Some((Place { file, line: at + 1 }, fields(line)))
        })
    })
}

/// Splits at `|` between spaces or at an end: names may hold a bare one.
fn fields(line: &str) -> Vec<&str> {
    let line = line.trim_end();
    let line = line.strip_suffix(" |").unwrap_or(line);
    line.split(" |").map(str::trim).collect()
}

fn field<'a>(fields: &[&'a str], at: usize) -> &'a str {
    fields.get(at).copied().unwrap_or_default()
}

fn list(field: &str) -> impl Iterator<Item = &str> {
    field
        .split(", ")
        .map(|item| item.trim().trim_end_matches(','))
        .filter(|item| !item.is_empty())
}

fn check_field_count(
    place: Place<'_>,
    fields: &[&str],
    allowed: usize,
) -> Result<(), LexiconError> {
    if fields.len() > allowed {
        return Err(place.error(LexiconFault::TooManyFields {
            found: fields.len(),
            allowed,
        }));
    }
    Ok(())
}

fn duplicate(place: Place<'_>, alias: &str, first: Place<'_>) -> LexiconError {
    place.error(LexiconFault::DuplicateAlias {
        alias: alias.to_owned(),
        first: first.shown(),
    })
}
