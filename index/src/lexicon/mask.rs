//! Stretches of a text that name no technology whatever they contain: addresses and file names.

use crate::words;
use std::ops::Range;

/// Last labels of domains that résumés link to.
const DOMAIN_ENDINGS: &[&str] = &[
    "com", "net", "org", "jp", "io", "dev", "app", "co", "ai", "me", "info", "biz", "tv", "gg",
    "edu", "gov", "us", "uk", "xyz", "tokyo", "cloud", "tech", "page", "site", "blog", "work",
    "works", "so", "sh", "im", "ly", "to",
];

/// Extensions of files. `js` is missing: it ends names of libraries.
const FILE_ENDINGS: &[&str] = &[
    "md", "txt", "json", "yml", "yaml", "toml", "html", "htm", "css", "scss", "ts", "tsx", "jsx",
    "mjs", "py", "rb", "rs", "go", "java", "kt", "php", "pl", "pm", "c", "h", "cpp", "hpp", "cc",
    "cs", "swift", "m", "sh", "bash", "sql", "xml", "csv", "tsv", "pdf", "doc", "docx", "xls",
    "xlsx", "ppt", "pptx", "png", "jpg", "jpeg", "gif", "svg", "webp", "zip", "gz", "tar", "jar",
    "war", "exe", "dll", "so", "ini", "conf", "cfg", "lock", "log", "env", "tf", "proto", "erl",
    "ex", "exs", "hs", "scala", "lua", "vue", "ipynb",
];

/// One stretch, and whether a name that covers it whole still counts (`Agora.io`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mask {
    pub(super) range: Range<usize>,
    pub(super) yields_to_names: bool,
}

/// The masked stretches of a normalized text, in order.
pub(super) fn masks(text: &str) -> Vec<Mask> {
    let mut masks = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !is_address_byte(bytes[at]) {
            at += 1;
            continue;
        }
        let start = at;
        let mut is_marked = false;
        while at < bytes.len() && is_address_byte(bytes[at]) {
            is_marked |= matches!(bytes[at], b'.' | b'/' | b'@' | b':');
            at += 1;
        }
        // No address and no file name is without one of these.
        if is_marked {
            mask_run(text, start..at, &mut masks);
        }
    }
    masks
}

fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_graphic()
        && !matches!(
            byte,
            b'<' | b'>'
                | b'"'
                | b'`'
                | b'|'
                | b'('
                | b')'
                | b'['
                | b']'
                | b'{'
                | b'}'
                | b','
                | b';'
                | b'\''
                | b'*'
        )
}

fn mask_run(text: &str, run: Range<usize>, masks: &mut Vec<Mask>) {
    let piece = &text[run.clone()];
    if let Some(colon) = piece.find("://") {
        let scheme = piece[..colon]
            .rfind(|letter: char| !letter.is_ascii_alphanumeric())
            .map_or(0, |before| before + 1);
        masks.push(Mask {
            range: run.start + scheme..run.end,
            yields_to_names: false,
        });
        return;
    }
    if is_path(piece) {
        masks.push(Mask {
            range: run,
            yields_to_names: false,
        });
        return;
    }
    let mut from = run.start;
    for part in piece.split(['/', ':', '=', '?', '#', '&', '+', '~']) {
        let rest = &text[(from + part.len()).min(run.end)..run.end];
        mask_part(part, from, rest.len() > 1 && rest.starts_with('/'), masks);
        from += part.len() + 1;
    }
}

/// `/etc/nginx`, `./src/main`, `../lib`.
fn is_path(piece: &str) -> bool {
    let rest = piece
        .strip_prefix("./")
        .or_else(|| piece.strip_prefix("../"));
    if let Some(rest) = rest {
        return rest.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    }
    let Some(rest) = piece.strip_prefix('/') else {
        return false;
    };
    words![
        "etc/", "usr/", "var/", "opt/", "home/", "bin/", "api/", "tmp/", "dev/",
    ]
    .begin(rest)
}

/// `has_path` tells that a slash and something more follow.
fn mask_part(part: &str, start: usize, has_path: bool, masks: &mut Vec<Mask>) {
    if let Some(at) = part.find('@') {
        let is_mail = at > 0 && part[at + 1..].contains('.');
        let is_handle = at == 0 && part.len() > 1;
        if is_mail || is_handle {
            masks.push(Mask {
                range: start..start + part.len(),
                yields_to_names: false,
            });
        }
        return;
    }
    let trimmed = part.trim_end_matches(['.', '-', '!']);
    let Some((front, ending)) = trimmed.rsplit_once('.') else {
        return;
    };
    if front.is_empty()
        || !front.ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_')
    {
        return;
    }
    if DOMAIN_ENDINGS.contains(&ending) || FILE_ENDINGS.contains(&ending) {
        // github.com/someone is an address; Agora.io/Twilio and ASP.NET/C# are lists.
        let is_address = has_path && matches!(ending, "com" | "org" | "jp");
        masks.push(Mask {
            range: start..start + trimmed.len(),
            yields_to_names: !is_address,
        });
    }
}

/// Whether `name` may not count because of a mask.
pub(super) fn is_masked(masks: &[Mask], name: &Range<usize>) -> bool {
    let first = masks.partition_point(|mask| mask.range.end <= name.start);
    masks[first..]
        .iter()
        .take_while(|mask| mask.range.start < name.end)
        .any(|mask| {
            let covers = name.start <= mask.range.start && mask.range.end <= name.end;
            !(mask.yields_to_names && covers)
        })
}
