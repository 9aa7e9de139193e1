//! A whole name, as a person types it in a filter or writes it as a list item, to its technology.

use unicode_normalization::UnicodeNormalization as _;

use super::boundary::is_hiragana;
use super::finder::{Finder, Lineage};
use super::forms::TechnologyId;
use super::suggest::in_katakana;
use super::technology::MatchKind;
use crate::analysis::normalized_key;

/// Makers that people put before a product's name.
const VENDORS: &[&str] = &[
    "amazon web services",
    "google cloud",
    "aws",
    "amazon",
    "gcp",
    "google",
    "microsoft",
    "ms",
    "azure",
    "apache",
    "hashicorp",
    "oracle",
    "ibm",
    "adobe",
    "red hat",
    "redhat",
    "jetbrains",
    "atlassian",
    "facebook",
    "meta",
    "vmware",
    "elastic",
    "cloudflare",
    "github",
    "gnu",
    "eclipse",
    "spring",
];

/// Longest text that may be one name, in bytes.
const MAX_NAME_LEN: usize = 1024;

pub(super) struct Resolver<'a> {
    pub(super) finder: &'a Finder,
    pub(super) lineage: Lineage<'a>,
}

impl Resolver<'_> {
    pub(super) fn resolve(&self, name: &str) -> Option<(TechnologyId, MatchKind)> {
        if name.len() > MAX_NAME_LEN {
            return None;
        }
        let key = normalized_key(name);
        let key = trim_marks(&key);
        if key.is_empty() {
            return None;
        }
        let in_hiragana = || Some(key).filter(|key| key.chars().any(is_hiragana));
        let exact = self
            .exact(key)
            .or_else(|| self.exact(&in_katakana(in_hiragana()?)));
        if let Some(technology) = exact {
            return Some((technology, MatchKind::Exact));
        }
        self.misspelt(name, key)
            .map(|technology| (technology, MatchKind::Typo))
    }

    fn exact(&self, key: &str) -> Option<TechnologyId> {
        if let Some(technology) = self.named(key) {
            return Some(technology);
        }
        let plain = strip_qualifiers(key);
        if plain != key
            && let Some(technology) = self.named(plain)
        {
            return Some(technology);
        }
        self.without_slash(plain)
            .or_else(|| self.without_vendor(plain))
    }

    /// The one technology that the form names; names that need a parent count if only one has it.
    fn named(&self, key: &str) -> Option<TechnologyId> {
        let form = self.finder.form(key)?;
        if let Some(sense) = form.senses.iter().find(|sense| !sense.needs_parent) {
            return Some(sense.technology);
        }
        match form.senses.as_slice() {
            [only] => Some(only.technology),
            _ => None,
        }
    }

    /// `Erlang/OTP`: the first part, unless another part names something unrelated.
    fn without_slash(&self, key: &str) -> Option<TechnologyId> {
        let (head, tail) = key.split_once('/')?;
        let technology = self.named(strip_qualifiers(head.trim()))?;
        let is_other = self
            .named(strip_qualifiers(tail.trim()))
            .is_some_and(|other| !self.lineage.is_kin(other, technology));
        (!is_other).then_some(technology)
    }

    fn without_vendor(&self, key: &str) -> Option<TechnologyId> {
        VENDORS.iter().find_map(|vendor| {
            let rest = key.strip_prefix(vendor)?.strip_prefix([' ', '-'])?;
            self.named(rest.trim())
        })
    }

    fn misspelt(&self, name: &str, key: &str) -> Option<TechnologyId> {
        let plain = strip_qualifiers(key);
        let joined = plain.replace([' ', '-'], "");
        let head = plain.split_once('/').map_or(plain, |(head, _)| head.trim());
        let without_js = plain.strip_suffix(".js").unwrap_or(plain);
        let vendorless = VENDORS
            .iter()
            .find_map(|vendor| plain.strip_prefix(vendor)?.strip_prefix(' '));
        // Which letters are capitals says whether a word is a slip or another name.
        let name: String = name.nfkc().collect();
        let lower = name.to_ascii_lowercase();
        [plain, &joined, head, without_js]
            .into_iter()
            .chain(vendorless)
            .find_map(|word| {
                let written = lower
                    .find(word)
                    .map_or(word, |at| &name[at..at + word.len()]);
                self.finder.typos().correct(written)
            })
            .map(|correction| correction.technology)
    }
}

/// Without the marks that surround an item: bullets, stars, quotes, backticks.
fn trim_marks(key: &str) -> &str {
    key.trim_matches(|letter: char| {
        letter.is_whitespace()
            || matches!(
                letter,
                '`' | '*'
                    | '"'
                    | '\''
                    | '★'
                    | '☆'
                    | '、'
                    | ','
                    | '。'
                    | ';'
                    | '「'
                    | '」'
                    | '■'
                    | '●'
                    | '・'
            )
    })
}

/// Without a version, a bracketed remark and 言語 behind the name.
pub(super) fn strip_qualifiers(key: &str) -> &str {
    let mut rest = key;
    loop {
        let shorter = strip_version(strip_language(strip_brackets(rest)));
        if shorter == rest || shorter.is_empty() {
            return rest;
        }
        rest = shorter;
    }
}

fn strip_language(key: &str) -> &str {
    ["プログラミング言語", "言語", "language"]
        .iter()
        .find_map(|word| key.strip_suffix(word))
        .map_or(key, str::trim_end)
}

fn strip_brackets(key: &str) -> &str {
    let pairs = [
        ('(', ')'),
        ('[', ']'),
        ('<', '>'),
        ('【', '】'),
        ('「', '」'),
    ];
    for (open, close) in pairs {
        if key.ends_with(close)
            && let Some(at) = key.find(open)
        {
            return key[..at].trim_end();
        }
    }
    key
}

/// `3`, `7系`, ` 8`, `1.18~1.20`, ` v3`, ` ver.2`, ` 4.5以降`, ` 11g`, ` 2012 r2`.
fn strip_version(key: &str) -> &str {
    let mut rest = key;
    for ending in ["以降", "以上", "系", "以前", "まで", "lts", "+"] {
        if let Some(shorter) = rest.strip_suffix(ending)
            && shorter
                .trim_end()
                .ends_with(|letter: char| letter.is_ascii_digit() || letter == 'x')
        {
            rest = shorter.trim_end();
        }
    }
    // 12c, 11g, 8i: the letter of a database's release.
    let release = rest.strip_suffix(['c', 'g', 'i']);
    let rest = release
        .filter(|front| front.ends_with(|letter: char| letter.is_ascii_digit()))
        .unwrap_or(rest);
    let start = rest.trim_end_matches(is_version_letter);
    let version = &rest[start.len()..];
    let Some(first_digit) = version.find(|letter: char| letter.is_ascii_digit()) else {
        return key;
    };
    let lead = &version[..first_digit];
    let lead = lead.trim_start();
    // `x` and `v` may be the name's own last letters: Vuex, dev.
    let name = if lead.is_empty() || matches!(lead, "v" | "v." | "r") && lead.len() < first_digit {
        start
    } else {
        &rest[..start.len() + first_digit]
    };
    let name = name.trim_end();
    let name = ["version", "ver.", "ver", "v."]
        .iter()
        .find_map(|word| {
            name.strip_suffix(word)
                .filter(|front| front.ends_with([' ', '.']))
        })
        .unwrap_or(name);
    name.trim_end_matches([' ', '-', '_', '('])
}

fn is_version_letter(letter: char) -> bool {
    letter.is_ascii_digit()
        || matches!(
            letter,
            '.' | '~' | '-' | '→' | ' ' | 'x' | 'v' | 'r' | '/' | ','
        )
}
