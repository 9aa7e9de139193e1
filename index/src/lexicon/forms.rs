//! Every normalized form of every technology: the spellings of the data and those that follow from
//! them (spaces, hyphens, the vendor in front).

use std::collections::HashMap;
use std::sync::Arc;

use super::company::{Companies, Company};
use super::load::{Ambiguity, LoadedTechnologies, Spelling, name_key};
use super::technology::TechnologyKind;

/// Position of a technology in the lexicon.
pub(super) type TechnologyId = usize;

/// One technology that a form may mean.
#[derive(Clone, Debug)]
pub(super) struct Sense {
    pub(super) technology: TechnologyId,
    pub(super) ambiguity: Ambiguity,
    pub(super) needs_parent: bool,
    /// Letters and digits as the data writes them, to compare case with.
    pub(super) letters: Arc<str>,
}

/// A normalized form and what it may mean. All but one of several senses need their parent.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    pub(super) senses: Vec<Sense>,
    /// Counts only with a capital where each of its words begins (`Java Script`).
    pub(super) needs_capitals: bool,
    /// Made of a parent's name and a part's.
    pub(super) has_vendor: bool,
    /// A company has the name, too.
    pub(super) is_company: bool,
    /// The place among the senses of the one that needs no context.
    clear: Option<usize>,
}

impl Form {
    /// The sense that needs no context, if there is one.
    pub(super) fn clear_sense(&self) -> Option<&Sense> {
        self.clear.map(|clear| &self.senses[clear])
    }

    /// Works out which sense needs no context.
    fn settle(&mut self) {
        self.clear = self
            .senses
            .iter()
            .position(|sense| sense.ambiguity == Ambiguity::Clear && !sense.needs_parent)
            .filter(|_| !self.needs_capitals);
    }

    /// Whether a part of some whole has the name, too.
    pub(super) fn is_shared(&self) -> bool {
        self.senses.len() > 1
    }
}

/// Every form, by its normalized text.
#[derive(Debug)]
pub(super) struct Forms {
    /// In the order of the texts.
    entries: Vec<(String, Form)>,
}

impl Forms {
    pub(super) fn new(loaded: &LoadedTechnologies, companies: &Companies) -> Self {
        let mut forms = forms(loaded);
        for name in companies.iter().flat_map(Company::names) {
            if let Some(form) = forms.get_mut(&name_key(name)) {
                form.is_company = true;
            }
        }
        forms.values_mut().for_each(Form::settle);
        let mut entries: Vec<(String, Form)> = forms.into_iter().collect();
        entries.sort_unstable_by(|left, right| left.0.cmp(&right.0));
        Self { entries }
    }

    pub(super) fn get(&self, text: &str) -> Option<&Form> {
        let at = self
            .entries
            .binary_search_by(|(other, _)| other.as_str().cmp(text))
            .ok()?;
        Some(&self.entries[at].1)
    }

    /// The form at `position` in the order of the texts.
    pub(super) fn at(&self, position: usize) -> Option<&Form> {
        self.entries.get(position).map(|(_, form)| form)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Form)> + Clone {
        self.entries
            .iter()
            .map(|(text, form)| (text.as_str(), form))
    }
}

fn forms(loaded: &LoadedTechnologies) -> HashMap<String, Form> {
    let mut forms: HashMap<String, Form> = HashMap::new();
    for (technology, spellings) in loaded.spellings.iter().enumerate() {
        for spelling in spellings {
            let form = forms.entry(spelling.key.clone()).or_default();
            add_sense(form, technology, spelling);
        }
    }
    let mut derived: HashMap<String, Form> = HashMap::new();
    for (technology, spellings) in loaded.spellings.iter().enumerate() {
        let parents = parent_spellings(loaded, technology);
        for spelling in spellings {
            derive_spacing(&mut derived, technology, spelling);
            derive_vendor(&mut derived, loaded, technology, spelling, &parents);
        }
    }
    for (text, form) in derived {
        let is_contested = form
            .senses
            .iter()
            .filter(|sense| !sense.needs_parent)
            .count()
            > 1;
        if !is_contested && !forms.contains_key(&text) {
            forms.insert(text, form);
        }
    }
    forms.remove("");
    forms
}

fn add_sense(form: &mut Form, technology: TechnologyId, spelling: &Spelling) {
    if form
        .senses
        .iter()
        .any(|sense| sense.technology == technology)
    {
        return;
    }
    form.senses.push(Sense {
        technology,
        ambiguity: spelling.ambiguity,
        needs_parent: spelling.needs_parent,
        letters: Arc::clone(&spelling.letters),
    });
}

/// Letters and digits only, with their case.
pub(super) fn letters(written: &str) -> String {
    written
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// `Docker Compose` is also written docker-compose and DockerCompose; `JavaScript` also Java Script.
fn derive_spacing(
    derived: &mut HashMap<String, Form>,
    technology: TechnologyId,
    spelling: &Spelling,
) {
    let key = &spelling.key;
    let words: Vec<&str> = key
        .split([' ', '-', '・'])
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 1 {
        for joint in ["", " ", "-", "・"] {
            if joint == "・" && !key.chars().any(is_katakana) {
                continue;
            }
            let text = words.join(joint);
            // Joined short words may spell another word: `go to` is no goto.
            if joint.is_empty() && text.chars().count() < 4 {
                continue;
            }
            if text != *key {
                add_sense(derived.entry(text).or_default(), technology, spelling);
            }
        }
        return;
    }
    if let Some(split) = camel_split(&spelling.written) {
        let form = derived.entry(name_key(&split)).or_default();
        form.needs_capitals = true;
        add_sense(form, technology, spelling);
    }
}

/// `CloudFormation` as `Cloud Formation`: two capitalized words of three or more letters.
fn camel_split(written: &str) -> Option<String> {
    if !written.chars().all(|letter| letter.is_ascii_alphabetic()) {
        return None;
    }
    let inner: Vec<usize> = written
        .char_indices()
        .skip(1)
        .filter(|(_, letter)| letter.is_ascii_uppercase())
        .map(|(at, _)| at)
        .collect();
    let &[at] = inner.as_slice() else {
        return None;
    };
    let (front, back) = written.split_at(at);
    let is_word = |word: &str| {
        word.len() >= 3 && word.starts_with(|letter: char| letter.is_ascii_uppercase())
    };
    (is_word(front) && is_word(back)).then(|| format!("{front} {back}"))
}

/// Longest name of a parent that people put in front of a part, in bytes: `Microsoft Azure`.
const MAX_VENDOR_LEN: usize = 15;
/// Spellings of one parent that are tried, the canonical name first.
const MAX_VENDOR_SPELLINGS: usize = 3;

/// The names that may stand in front of a part: those of all it is a part of, clear and Latin.
fn parent_spellings(loaded: &LoadedTechnologies, technology: TechnologyId) -> Vec<&Spelling> {
    let mut spellings = Vec::new();
    let mut above = loaded.technologies[technology].part_of.as_ref();
    for _ in 0..8 {
        let Some(&parent) = above.and_then(|key| loaded.by_key.get(key)) else {
            break;
        };
        let vendors = loaded.spellings[parent].iter().filter(|spelling| {
            spelling.ambiguity == Ambiguity::Clear
                && !spelling.needs_parent
                && spelling.key.is_ascii()
                && spelling.key.len() <= MAX_VENDOR_LEN
        });
        spellings.extend(vendors.take(MAX_VENDOR_SPELLINGS));
        above = loaded.technologies[parent].part_of.as_ref();
    }
    spellings
}

/// `AWS Lambda`, `AWSLambda`, `Azure Functions`: the parent's name makes a part's name clear.
fn derive_vendor(
    derived: &mut HashMap<String, Form>,
    loaded: &LoadedTechnologies,
    technology: TechnologyId,
    spelling: &Spelling,
    parents: &[&Spelling],
) {
    if !spelling.written.is_ascii() || !(spelling.needs_parent || is_of_cloud(loaded, technology)) {
        return;
    }
    let key = &spelling.key;
    let clear = Spelling {
        ambiguity: Ambiguity::Clear,
        needs_parent: false,
        ..spelling.clone()
    };
    for parent in parents {
        let parent = &parent.key;
        let first_word = parent.split(' ').next().unwrap_or_default();
        if key.starts_with(first_word) || key.split(' ').count() > 3 {
            continue;
        }
        let words: Vec<&str> = key.split([' ', '-']).collect();
        for text in [
            format!("{parent} {key}"),
            format!("{parent}-{}", words.join("-")),
            format!("{parent}{}", words.concat()),
        ] {
            let form = derived.entry(text).or_default();
            form.has_vendor = true;
            add_sense(form, technology, &clear);
        }
    }
}

fn is_of_cloud(loaded: &LoadedTechnologies, technology: TechnologyId) -> bool {
    let mut above = loaded.technologies[technology].part_of.as_ref();
    for _ in 0..8 {
        let Some(&parent) = above.and_then(|key| loaded.by_key.get(key)) else {
            break;
        };
        if loaded.technologies[parent].kind == TechnologyKind::Cloud {
            return true;
        }
        above = loaded.technologies[parent].part_of.as_ref();
    }
    false
}

pub(super) fn is_katakana(letter: char) -> bool {
    matches!(letter, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}
