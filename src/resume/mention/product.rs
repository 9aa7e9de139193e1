//! Whether an item of a list can be the name of a product that the lexicon does not have.

/// Characters of a name that the lexicon does not have.
const MAX_UNLISTED_CHARS: usize = 32;

use std::ops::Range;

use super::other_thing::is_other_thing;

/// Returns the bytes of an item that are its name: without 「など」, a version, a length of time.
pub(super) fn product_in(item: &str) -> Option<Range<usize>> {
    let mut name = item;
    for _ in 0..3 {
        let before = name.len();
        for suffix in [
            "など", "等", "ほか", "他", "etc.", "etc", "...", "…", "少々", "少し",
        ] {
            name = name.strip_suffix(suffix).unwrap_or(name).trim_end();
        }
        if let Some((head, last)) = name.rsplit_once([' ', '\u{3000}'])
            && (is_version_or_length(last) || ROLES.contains(&last))
        {
            name = head.trim_end();
        }
        name = name
            .trim_end_matches(['。', '.', '★', '☆', '-', '_'])
            .trim_end();
        if name.len() == before {
            break;
        }
    }
    (!name.is_empty()).then_some(0..name.len())
}

/// Roles that stand behind a name in columns of fixed width.
const ROLES: [&str; 9] = [
    "PM", "PL", "SL", "SE", "PG", "TL", "SE/PG", "SE/PL", "PL/SE",
];

/// Things of every office and network by their keys: named in a sentence they are no skill.
const EVERYDAY: [&str; 54] = [
    "csv",
    "tsv",
    "json",
    "xml",
    "yaml",
    "pdf",
    "unicode",
    "utf-8",
    "shift_jis",
    "qrコード",
    "バーコード",
    "dns",
    "dhcp",
    "edi",
    "vpn",
    "wi-fi",
    "wifi",
    "tcp/ip",
    "http",
    "https",
    "ssl/tls",
    "ssl",
    "tls",
    "ftp",
    "sftp",
    "ssh",
    "smtp",
    "ldap",
    "ファイアウォール",
    "firewall",
    "ロードバランサ",
    "ロードバランサー",
    "vdi",
    "電子カルテ",
    "住民情報システム",
    "オフコン",
    "l2スイッチ",
    "l3スイッチ",
    "l4スイッチ",
    "l4 スイッチ",
    "usb",
    "gps",
    "電子メール",
    "waf",
    "全銀手順",
    "study",
    "work",
    "hobby",
    "want",
    "learning",
    "private",
    "wms",
    "sbom",
    "stl形式",
];

/// Devices and things by their common nouns: named anywhere they are no product.
const COMMON_THINGS: [&str; 20] = [
    "ファイアウォール",
    "ロードバランサ",
    "ロードバランサー",
    "l2スイッチ",
    "l3スイッチ",
    "l4スイッチ",
    "l4 スイッチ",
    "電子カルテ",
    "住民情報システム",
    "オフコン",
    "マイナンバーカード",
    "電子メール",
    "バーコード",
    "rtos",
    "オシロスコープ",
    "ロジックアナライザ",
    "ロジックアナライザー",
    "ベクトルタイル",
    "mdm",
    "dcc",
];

/// Returns whether a key names a thing by its common noun.
pub(super) fn is_common_thing(key: &str) -> bool {
    COMMON_THINGS.contains(&key)
}

/// Returns whether a key names a thing of every office and network.
pub(super) fn is_everyday(key: &str) -> bool {
    EVERYDAY.contains(&key)
}

/// Returns whether a word is a version (`2.0`, `v3`, `8.x`) or a length of time (`3y`, `2years`).
fn is_version_or_length(word: &str) -> bool {
    let body = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let digits = body.chars().take_while(char::is_ascii_digit).count();
    if digits == 0 {
        return false;
    }
    let rest = &body[digits..];
    rest.chars()
        .all(|character| character.is_ascii_digit() || matches!(character, '.' | 'x' | 'X'))
        || ["y", "yr", "yrs", "year", "years", "m", "年", "系", "+"].contains(&rest)
}

/// Words that lists of skills hold and that are no names.
const NO_NAMES: &[&str] = &[
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
    "sl",
    "tl",
    "em",
    "pdm",
    "pmo",
    "qc",
    "ut",
    "st",
    "poc",
    "mvp",
    "kpi",
    "slo",
    "sla",
    "okr",
    "cvr",
    "b2b",
    "btob",
    "btoc",
    "ec",
    "si",
    "ses",
    "lan",
    "wan",
    "vm",
    "cpu",
    "gpu",
    "crud",
    "cms",
    "pos",
    "gui",
    "cli",
    "ide",
    "sdk",
    "n/a",
    "main",
    "sub",
    "native",
    "business",
    "fluent",
    "daily",
    "hobby",
    "infrastructure",
    "design",
    "mail",
    "email",
    "e-mail",
    "blog",
    "twitter",
    "facebook",
    "linkedin",
    "qiita",
    "zenn",
    "note",
    "speakerdeck",
    "connpass",
    "wantedly",
    "kaggle",
    "atcoder",
    "seccon",
    "german",
    "french",
    "chinese",
    "korean",
    "spanish",
    "rusty",
    "working",
    "comfortable",
    "beginner",
    "intermediate",
    "advanced",
    "expert",
    "basic",
    "want to learn",
    "hobby only",
    "null",
    "production",
    "experienced",
    "familiar",
    "years",
    "year",
    "months",
    "fe",
    "be",
    "ap",
    "bff",
    "fax",
    "wiki",
    "ex",
    "e.g",
];

/// Words of a sentence, which no name is made of.
const FUNCTION_WORDS: &[&str] = &[
    "under",
    "with",
    "for",
    "on",
    "of",
    "and",
    "the",
    "by",
    "from",
    "only",
    "in",
    "to",
    "as",
    "at",
    "using",
    "via",
    "a",
    "an",
    "or",
    "is",
    "just",
    "never",
    "currently",
    "started",
    "learning",
    "experience",
    "over",
    "chose",
];

/// Returns whether an item of a list can be a product's name: Latin, short, no sentence.
pub(super) fn looks_like_product(name: &str) -> bool {
    let count = name.chars().count();
    if !(2..=MAX_UNLISTED_CHARS).contains(&count)
        || name.contains("://")
        || name.contains(['@', '#', '{', '}', '"', '=', '<', '>', '?', '!', '%'])
    {
        return false;
    }
    if name.split_whitespace().count() > 4 || !name.is_ascii() {
        return false;
    }
    let letters = name.chars().filter(char::is_ascii_alphabetic).count();
    if letters < 2 || letters * 2 < count {
        return false;
    }
    let is_sentence = name.split(' ').any(|word| FUNCTION_WORDS.contains(&word));
    if is_sentence || is_other_thing(name) {
        return false;
    }
    !NO_NAMES.contains(&name.to_ascii_lowercase().as_str())
}
