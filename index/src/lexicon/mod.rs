//! Technologies, companies and certificates by name, and where a text names them.
//!
//! Names and plain text go in; keys, entries and byte ranges of the given text come out. The data are
//! the reviewed files of `lexicon/`, compiled in. Not here: résumés, months, grades, ranking.
//!
//! ```
//! use shokureki_index::lexicon::{Context, Lexicon, LexiconSources};
//!
//! let lexicon = Lexicon::parse(LexiconSources {
//!     technologies: &[("example", "AWS | CLOUD\nAWS Lambda | SERVICE | AWS | 2014 | Lambda@")],
//!     ..LexiconSources::default()
//! })?;
//! let found = lexicon.find("Lambda", Context::LIST.below(&["aws"]));
//! assert_eq!(found[0].technology, "aws lambda");
//! assert!(lexicon.find("Lambda", Context::LIST).is_empty());
//! # Ok::<(), shokureki_index::lexicon::LexiconError>(())
//! ```

mod boundary;
mod certificate;
mod code;
mod company;
mod employer;
mod evidence;
mod evidence_words;
mod finder;
mod forms;
mod ground;
mod item;
mod judge;
mod legal_form;
mod listed;
mod load;
mod mask;
mod name_at;
mod names_at;
mod resolve;
mod scene;
mod suggest;
mod technology;
mod typo;
mod verdicts;

use std::collections::HashMap;
use std::sync::LazyLock;

pub use certificate::Certificate;
pub use company::Company;
pub use employer::{is_anonymous_employer, is_self_employment};
pub use finder::{Context, ContextKind, Found};
pub use legal_form::{has_legal_form, has_spoken_domain, strip_legal_form};
pub use listed::Listed;
pub use load::{LexiconError, LexiconFault, LexiconSources};
pub use name_at::NameAt;
pub(crate) use suggest::in_katakana;
pub use technology::{MatchKind, Resolved, Technology, TechnologyKind};

use certificate::Certificates;
use company::Companies;
use finder::{Finder, Lineage};
use forms::{Forms, TechnologyId};
use listed::List;
use resolve::Resolver;
use suggest::Suggestions;
pub(crate) use typo::distance_within;

mod files {
    include!(concat!(env!("OUT_DIR"), "/lexicon_files.rs"));
}

static BUILTIN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(Lexicon::SHIPPED).expect("a test parses the shipped files"));

/// Technologies, companies and certificates, ready to be looked up. Never changes once parsed.
#[derive(Debug)]
pub struct Lexicon {
    technologies: Vec<Technology>,
    by_key: HashMap<String, TechnologyId>,
    parents: Vec<Option<TechnologyId>>,
    /// Whether there are parts of each technology.
    are_wholes: Vec<bool>,
    finder: Finder,
    suggestions: Suggestions,
    companies: Companies,
    certificates: Certificates,
    roles: List,
}

impl Lexicon {
    /// The texts that [`Lexicon::builtin`] is made of.
    pub const SHIPPED: LexiconSources<'static> = LexiconSources {
        technologies: files::TECHNOLOGIES,
        companies: files::COMPANIES,
        certificates: files::CERTIFICATES,
        roles: files::ROLES,
    };

    /// The lexicon that ships with the program, parsed at the first call.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Reads the data files.
    ///
    /// # Errors
    /// The first line that breaks a rule of the format or of the entries among themselves: an
    /// unknown kind, a bad year, an alias that two entries share (save `@` aliases), a reference to
    /// no entry, a part of itself.
    pub fn parse(sources: LexiconSources<'_>) -> Result<Self, LexiconError> {
        let loaded = load::technologies(sources.technologies)?;
        let certificates = Certificates::new(load::certificates(sources.certificates, &loaded)?)?;
        let companies = load::companies(sources.companies)?;
        let finder = Finder::new(Forms::new(&loaded, &companies), &companies);
        let parents: Vec<Option<TechnologyId>> = loaded
            .technologies
            .iter()
            .map(|technology| technology.part_of.as_ref().map(|key| loaded.by_key[key]))
            .collect();
        let mut are_wholes = vec![false; parents.len()];
        parents
            .iter()
            .flatten()
            .for_each(|&whole| are_wholes[whole] = true);
        Ok(Self {
            suggestions: Suggestions::new(&loaded.technologies),
            technologies: loaded.technologies,
            by_key: loaded.by_key,
            parents,
            are_wholes,
            finder,
            companies,
            certificates,
            roles: List::new(load::listed(sources.roles)?),
        })
    }

    /// Every technology, in the order of the files.
    pub fn technologies(&self) -> impl Iterator<Item = &Technology> {
        self.technologies.iter()
    }

    /// The technology of `key`.
    pub fn technology(&self, key: &str) -> Option<&Technology> {
        self.by_key.get(key).map(|&id| &self.technologies[id])
    }

    /// The technology that a whole name stands for, as a person types it in a filter or writes it as
    /// a list item.
    ///
    /// Versions, bracketed remarks, 言語 and a maker in front are no part of a name. A Latin name of
    /// 5 to 7 letters may have one edit, a longer one two, if that leads to one technology only.
    /// More than 1 KiB is no name.
    pub fn resolve(&self, name: &str) -> Option<Resolved<'_>> {
        let resolver = Resolver {
            finder: &self.finder,
            lineage: self.lineage(),
        };
        let (id, via) = resolver.resolve(name)?;
        Some(Resolved {
            technology: &self.technologies[id],
            via,
        })
    }

    /// Everything that is, at any depth, a part of `key`, in the order of the files.
    pub fn parts_of(&self, key: &str) -> Vec<&Technology> {
        let Some(&whole) = self.by_key.get(key) else {
            return Vec::new();
        };
        let lineage = self.lineage();
        (0..self.technologies.len())
            .filter(|&part| lineage.is_part_of(part, whole))
            .map(|part| &self.technologies[part])
            .collect()
    }

    /// A checksum of what is a part of what.
    pub(crate) fn families_checksum(&self) -> u32 {
        let parts = self.technologies.iter();
        let parts = parts.filter_map(|part| Some((&part.key, part.part_of.as_ref()?)));
        parts.fold(0, |sum, (part, whole)| {
            // In whatever order they stand in the files.
            let pair = format!("{part}\n{whole}");
            murmurhash32::murmurhash2(pair.as_bytes()).wrapping_add(sum)
        })
    }

    /// Whether anything is a part of `key`.
    pub fn has_parts(&self, key: &str) -> bool {
        self.by_key.get(key).is_some_and(|&id| self.are_wholes[id])
    }

    /// Everything that `key` is, at any depth, a part of, the nearest first.
    pub fn wholes_of(&self, key: &str) -> impl Iterator<Item = &Technology> {
        let nearest = self.by_key.get(key).and_then(|&part| self.parents[part]);
        let wholes = std::iter::successors(nearest, |&whole| self.parents[whole]);
        wholes.map(|whole| &self.technologies[whole])
    }

    /// Everything that cannot be used without `key` (Laravel of PHP) though it is no part of it, in the
    /// order of the files.
    pub fn implying(&self, key: &str) -> Vec<&Technology> {
        let implies = |technology: &&Technology| technology.implies.iter().any(|of| of == key);
        self.technologies.iter().filter(implies).collect()
    }

    /// The technologies with a name or alias that begins with `query`, in any script; best first:
    /// the whole name, then the beginning of a name, of an alias, of a later word, and last of a name
    /// in kana whose sound is typed in Latin letters (`kuba` of クバネティス).
    pub fn search(&self, query: &str) -> Vec<&Technology> {
        self.suggestions
            .search(query)
            .into_iter()
            .map(|id| &self.technologies[id])
            .collect()
    }

    /// The places where `text` names technologies, in order, none overlapping another.
    pub fn find(&self, text: &str, context: Context<'_>) -> Vec<Found> {
        self.finder
            .find(text, context, &self.lineage(), &self.certificates)
    }

    /// The well-known company that `name` is a name of, with or without legal form.
    pub fn company(&self, name: &str) -> Option<&Company> {
        self.companies.find(&legal_form::bare_employer(name))
    }

    /// The identity of an employer: equal for all spellings of its name, with or without legal form,
    /// and for the names that the company list knows it by.
    pub fn employer_key(&self, name: &str) -> String {
        let bare = legal_form::bare_employer(name);
        self.companies
            .find(&bare)
            .map_or(bare, |company| company.key.clone())
    }

    /// Every certificate, in the order of the file.
    pub fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.certificates.iter()
    }

    /// Every company, in the order of the file.
    pub fn companies(&self) -> impl Iterator<Item = &Company> {
        self.companies.iter()
    }

    /// The certificate whose longest name stands in `line`, whatever spaces and dashes are in it.
    pub fn certificate(&self, line: &str) -> Option<&Certificate> {
        self.certificates.find(line)
    }

    /// The certificate that `name` is the whole name of, whatever spaces and dashes are in it.
    pub fn certificate_named(&self, name: &str) -> Option<&Certificate> {
        self.certificates.named(name)
    }

    /// Where `text` names certificates, in bytes; a name may lie in another.
    pub fn certificates_in(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        self.certificates.ranges_in(text)
    }

    /// Every role, in the order of the file.
    pub fn roles(&self) -> impl Iterator<Item = &Listed> {
        self.roles.iter()
    }

    /// The role that `name` is the whole name of.
    pub fn role_named(&self, name: &str) -> Option<&Listed> {
        self.roles.named(name)
    }

    /// The roles that a title or a list of roles names, from left to right, each once.
    pub fn roles_in(&self, text: &str) -> Vec<&Listed> {
        self.roles.find(text)
    }

    /// The end of the longest role's name at byte `at` of normalized text.
    pub fn role_at(&self, normal: &str, at: usize) -> Option<usize> {
        self.roles.end_at(normal, at)
    }

    /// Where `text` names others than its writer by their role, in bytes, in order: 「SREに任せ」.
    pub fn roles_of_others_in(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        self.roles.others_in(text)
    }

    fn lineage(&self) -> Lineage<'_> {
        Lineage {
            entries: &self.technologies,
            by_key: &self.by_key,
            parents: &self.parents,
        }
    }
}
