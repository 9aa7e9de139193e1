//! Which blocks stand under a title of schools or of certificates, whatever makes it a title.

use super::super::block::{Blocks, Kind};
use super::super::evidence::Evidence;
use super::super::section::{Section, section_of};

/// What a title lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Listing {
    Schools,
    Certificates,
    /// 「資格・学歴」.
    Both,
}

impl Listing {
    /// Returns whether schools are listed.
    pub(in super::super) fn has_schools(self) -> bool {
        matches!(self, Self::Schools | Self::Both)
    }

    /// Returns whether certificates are listed.
    pub(in super::super) fn has_certificates(self) -> bool {
        matches!(self, Self::Certificates | Self::Both)
    }
}

/// Tells what each block is listed under: a block above it, or a bare title before it.
pub(in super::super) fn listings(blocks: &Blocks, evidence: &Evidence) -> Vec<Option<Listing>> {
    let mut own: Vec<Option<Listing>> = vec![None; blocks.len()];
    // What the last title under each block lists, for the lines behind it.
    let mut current: Vec<Option<Listing>> = vec![None; blocks.len()];
    for at in 1..blocks.len() {
        let parent = blocks[at].parent;
        if matches!(evidence.section[at], Section::Projects | Section::Personal) {
            current[parent] = None;
            continue;
        }
        let is_title_kind = matches!(blocks[at].kind, Kind::Line | Kind::Item | Kind::Heading);
        let text = blocks[at].str();
        if is_title_kind && let Some(title) = title_of(text) {
            if let Some(listing) = listing_of(title) {
                own[at] = Some(listing);
                current[parent] = Some(listing);
                continue;
            }
            if text.starts_with('\\')
                || section_of(title).is_some()
                || matches!(title, "語学" | "その他" | "備考" | "受賞" | "以上")
            {
                current[parent] = None;
            }
        }
        own[at] = if blocks[at].kind == Kind::Heading {
            own[parent]
        } else {
            current[parent].or(own[parent])
        };
    }
    own
}

/// Returns the words of a short text that may be a title.
fn title_of(text: &str) -> Option<&str> {
    let inner = [
        "\\section*{",
        "\\section{",
        "\\subsection{",
        "\\subsection*{",
    ]
    .iter()
    .find_map(|command| text.strip_prefix(command))
    .map(|rest| rest.trim_end_matches('}'));
    let title = inner
        .unwrap_or(text)
        .trim_matches(|character: char| !character.is_alphabetic());
    (!title.is_empty() && title.chars().count() <= 20).then_some(title)
}

fn listing_of(title: &str) -> Option<Listing> {
    let folded: String = title
        .chars()
        .filter(|character| character.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let schools = folded.contains("学歴")
        || matches!(
            folded.as_str(),
            "がくれき"
                | "学び"
                | "まなび"
                | "教育"
                | "学業"
                | "education"
                | "academic"
                | "academics"
                | "academicbackground"
                | "schools"
        );
    let certificates = [
        "資格",
        "資格等",
        "資格など",
        "保有資格",
        "取得資格",
        "所有資格",
        "資格一覧",
        "免許",
        "しかく",
        "cert",
        "certs",
        "certificates",
        "certificate",
        "certifications",
        "certification",
        "licenses",
        "license",
        "qualifications",
    ]
    .contains(&folded.as_str())
        || [
            "資格免許",
            "免許資格",
            "資格受賞",
            "資格賞",
            "資格学歴",
            "学歴資格",
            "資格検定",
            "認定資格",
            "資格認定",
            "資格語学",
            "資格スキル",
            "資格試験",
        ]
        .iter()
        .any(|word| folded.contains(word));
    match (schools, certificates) {
        (true, true) => Some(Listing::Both),
        (true, false) => Some(Listing::Schools),
        (false, true) => Some(Listing::Certificates),
        (false, false) => None,
    }
}
