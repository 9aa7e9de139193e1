//! Whether an item of a list can be the name of a product that the lexicon does not have.

/// Characters of a name that the lexicon does not have.
const MAX_UNLISTED_CHARS: usize = 32;

/// Returns whether an item of a list can be a product's name: Latin, short, no sentence.
pub(super) fn looks_like_product(name: &str) -> bool {
    let count = name.chars().count();
    if !(2..=MAX_UNLISTED_CHARS).contains(&count) || name.contains("://") || name.contains('@') {
        return false;
    }
    if name.split_whitespace().count() > 4 || !name.is_ascii() {
        return false;
    }
    let letters = name.chars().filter(char::is_ascii_alphabetic).count();
    if letters < 2 || letters * 2 < count {
        return false;
    }
    const WORDS: [&str; 72] = [
        "japanese",
        "english",
        "native",
        "skills",
        "skill",
        "network",
        "security",
        "editor",
        "etc",
        "etc.",
        "etc...",
        "and",
        "or",
        "with",
        "by",
        "on",
        "api",
        "web",
        "os",
        "db",
        "fw",
        "ci",
        "cd",
        "ci/cd",
        "iac",
        "ui",
        "ux",
        "pc",
        "it",
        "pm",
        "pl",
        "se",
        "pg",
        "sre",
        "qa",
        "url",
        "todo",
        "n",
        "mac",
        "app",
        "test",
        "tool",
        "tools",
        "language",
        "languages",
        "framework",
        "library",
        "server",
        "client",
        "backend",
        "frontend",
        "front",
        "back",
        "infra",
        "database",
        "cloud",
        "other",
        "others",
        "middleware",
        "dwh",
        "rdb",
        "kvs",
        "vcs",
        "oss",
        "saas",
        "iot",
        "ai",
        "ml",
        "bi",
        "erp",
        "crm",
        "none",
    ];
    !WORDS.contains(&name.to_ascii_lowercase().as_str())
}
