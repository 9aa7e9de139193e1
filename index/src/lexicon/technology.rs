//! What the lexicon knows of a technology.

/// What sort of thing a technology is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TechnologyKind {
    /// A programming, query or markup language.
    Language,
    /// A framework that calls the program's code.
    Framework,
    /// A library that the program calls.
    Library,
    /// A database or data warehouse.
    Database,
    /// A queue, broker or stream.
    Messaging,
    /// A cloud platform as a whole.
    Cloud,
    /// A hosted service, of a cloud or on its own.
    Service,
    /// A server that programs run on or behind.
    Middleware,
    /// Containers, virtualization, provisioning, networks.
    Infrastructure,
    /// Continuous integration and delivery.
    Ci,
    /// Monitoring, logs, traces.
    Observability,
    /// Tests and their tools.
    Testing,
    /// An operating system.
    Os,
    /// A protocol or an interface standard.
    Protocol,
    /// A data or file format.
    Format,
    /// A device or a board.
    Hardware,
    /// A tool that people work with.
    Tool,
    /// Packaged business software.
    Package,
    /// A way of working.
    Method,
}

impl TechnologyKind {
    /// Every kind, with the word that the data files use for it.
    pub const ALL: [(Self, &'static str); 19] = [
        (Self::Language, "LANGUAGE"),
        (Self::Framework, "FRAMEWORK"),
        (Self::Library, "LIBRARY"),
        (Self::Database, "DATABASE"),
        (Self::Messaging, "MESSAGING"),
        (Self::Cloud, "CLOUD"),
        (Self::Service, "SERVICE"),
        (Self::Middleware, "MIDDLEWARE"),
        (Self::Infrastructure, "INFRASTRUCTURE"),
        (Self::Ci, "CI"),
        (Self::Observability, "OBSERVABILITY"),
        (Self::Testing, "TESTING"),
        (Self::Os, "OS"),
        (Self::Protocol, "PROTOCOL"),
        (Self::Format, "FORMAT"),
        (Self::Hardware, "HARDWARE"),
        (Self::Tool, "TOOL"),
        (Self::Package, "PACKAGE"),
        (Self::Method, "METHOD"),
    ];

    /// The kind that the data files call `word`, in upper case.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, name)| *name == word)
            .map(|(kind, _)| *kind)
    }

    /// The word of the data files for this kind, in upper case.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, name)| name)
    }
}

/// An entry of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Technology {
    /// The normalized name: what other rooms store and compare.
    pub key: String,
    /// The canonical name, as people write it.
    pub name: String,
    /// What sort of thing it is.
    pub kind: TechnologyKind,
    /// Other spellings, as written in the data, without markers and without the name itself.
    pub aliases: Vec<String>,
    /// Key of what it is a part of (AWS Lambda of AWS).
    pub part_of: Option<String>,
    /// Keys of what it is used with, or instead of.
    pub related: Vec<String>,
    /// Keys of what whoever uses it surely uses, too (PHP of Laravel), though it is no part of it.
    pub implies: Vec<String>,
    /// Year of the first release.
    pub released: Option<u16>,
}

/// How a name led to its technology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchKind {
    /// A name or alias, up to width, case, spaces and versions.
    Exact,
    /// A misspelt name or alias.
    Typo,
}

/// A technology that a whole name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved<'a> {
    /// The technology.
    pub technology: &'a Technology,
    /// How the name led to it.
    pub via: MatchKind,
}
