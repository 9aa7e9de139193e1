//! The block of settings that a page begins with, and the parts of a career kept in it.

use std::ops::Range;

use crate::domain::DocumentFormat;

use super::data::{Node, lay_out};
use super::{SourceLine, toml, yaml};

/// Lines that a front matter may have.
const MAX_LINES: usize = 400;

/// Settings of the page, and what is read from the front matter as such.
const PAGE_KEYS: &[&str] = &[
    "name",
    "author",
    "authors",
    "title",
    "subtitle",
    "date",
    "tags",
    "tag",
    "categories",
    "category",
    "keywords",
    "topics",
    "layout",
    "menu",
    "nav",
    "head",
    "meta",
    "links",
    "social",
    "description",
    "image",
    "images",
    "cover",
    "marp",
    "theme",
    "style",
    "header",
    "footer",
    "output",
    "params",
    "toc",
    "sitemap",
    "aliases",
    "cascade",
    "build",
    "css",
    "script",
    "scripts",
    "plugins",
    "fonts",
    "pdf_options",
    "classoption",
    "geometry",
    "header-includes",
];

/// Returns the bytes of the YAML (`---`) or TOML (`+++`) block that the text begins with.
pub(super) fn find(text: &str, format: DocumentFormat) -> Range<usize> {
    if !matches!(
        format,
        DocumentFormat::Markdown | DocumentFormat::Html | DocumentFormat::PlainText
    ) {
        return 0..0;
    }
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    let Some(fence) = ["---", "+++"].into_iter().find(|fence| {
        rest.strip_prefix(fence)
            .is_some_and(|rest| rest.trim_start_matches([' ', '\r']).starts_with('\n'))
    }) else {
        return 0..0;
    };
    let mut at = start;
    let mut has_key = false;
    let mut has_comment = false;
    for (index, line) in rest.split_inclusive('\n').enumerate() {
        at += line.len();
        let content = line.trim_end();
        if index == 0 {
            continue;
        }
        if content == fence {
            return if has_key { start..at } else { 0..0 };
        }
        // A rule, and then the document: front matter begins with a key, or a comment above one.
        if !has_key {
            has_comment |= content.starts_with('#') && !content.starts_with("##");
            let is_key = if has_comment {
                is_setting(content)
            } else {
                content.contains([':', '=']) && !content.starts_with('#')
            };
            let is_blank = content.is_empty();
            if !is_key && (is_blank || !content.starts_with('#')) && (has_comment || is_blank) {
                return 0..0;
            }
            has_key = is_key;
        }
        if index > MAX_LINES {
            break;
        }
    }
    0..0
}

/// Returns whether a line is `word: …` or `word = …`, the word in Latin letters.
fn is_setting(content: &str) -> bool {
    content.split_once([':', '=']).is_some_and(|(key, _)| {
        let key = key.trim_end();
        !key.is_empty()
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    })
}

/// Reads the lists and maps of a front matter, which tell of a career: skills, jobs.
pub(super) fn read(text: &str, range: Range<usize>) -> Vec<SourceLine> {
    let whole = &text[range.clone()];
    let is_toml = whole.trim_start().starts_with("+++");
    if !is_toml && !whole.trim_start().starts_with("---") {
        return Vec::new();
    }
    let roots = if is_toml {
        let begins = range.start + whole.find('\n').map_or(whole.len(), |at| at + 1);
        let ends = range.start + whole.trim_end().len().saturating_sub(3);
        toml::read_nodes(text, begins..ends.max(begins))
    } else {
        yaml::read_nodes(text, range)
    };
    let mut parts = Vec::new();
    for root in roots {
        let Node::Map(members) = root else { continue };
        parts.extend(members.into_iter().filter(|(key, value)| {
            let is_part = match value {
                Node::Scalar(_) => false,
                Node::List(values) => values.iter().any(|value| !matches!(value, Node::Scalar(_))),
                Node::Map(_) => true,
            };
            is_part && !PAGE_KEYS.contains(&key.as_str().trim().to_lowercase().as_str())
        }));
    }
    lay_out(vec![Node::Map(parts)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: usize, shown: &[&str]) {
        let range = find(text, DocumentFormat::Markdown);
        assert_eq!(range, 0..expected, "{text}");
        let lines = read(text, range);
        let actual: Vec<&str> = lines
            .iter()
            .filter_map(|line| line.shown.as_ref())
            .map(crate::resume::text::Text::as_str)
            .collect();
        assert_eq!(actual, shown, "{text}");
    }

    #[test]
    fn settings_are_front_matter_and_documents_are_not() {
        check("---\ntitle: a\n---\n# b\n", 17, &[]);
        check("---\n# c\nlayout: cv\n---\n# b\n", 23, &[]);
        check("+++\ntitle = 1\n+++\nb", 18, &[]);
        check("---\n\n# a", 0, &[]);
        check("---\n# 職歴\n\n本文: b\n---\n", 0, &[]);
        check("---\n# 職歴\n氏名: b\n---\n", 0, &[]);
    }

    #[test]
    fn lists_and_maps_of_it_are_read() {
        let text = "---\ntitle: a\ntags: [b]\nname:\n  ja: c\nskills:\n  DB:\n    - { name: d, years: 2 }\n---\n";
        check(text, text.len(), &["スキル", "DB", "d　2年"]);
    }
}
