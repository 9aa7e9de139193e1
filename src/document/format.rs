//! Which form a text has.

use crate::domain::DocumentFormat;

/// Characters at the beginning of a text that tell its form.
const SAMPLE_LINES: usize = 200;

/// First bytes of files that are no text.
const BINARY_SIGNATURES: &[&[u8]] = &[
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1F\x8B",
    b"BZh",
    b"7z\xBC\xAF\x27\x1C",
    b"Rar!",
    b"\xFD7zXZ",
    b"\x28\xB5\x2F\xFD",
    b"\xD0\xCF\x11\xE0",
    b"\x89PNG",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"\x7FELF",
    b"MZ\x90",
    b"{\\rtf",
];

/// Returns whether `bytes` are certainly no text: a known binary file, or a NUL outside UTF-16.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    if BINARY_SIGNATURES
        .iter()
        .any(|signature| bytes.starts_with(signature))
    {
        return true;
    }
    let is_utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    !is_utf16 && bytes.contains(&0)
}

/// Returns the form of `text`: by the file's extension, else by what its first lines look like.
pub(super) fn detect(text: &str, file_name: Option<&str>) -> DocumentFormat {
    let extension = file_name
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("md" | "markdown" | "mdx" | "mdown" | "mkd" | "qmd" | "rmd") => {
            DocumentFormat::Markdown
        }
        Some("org") => DocumentFormat::Org,
        Some("html" | "htm" | "xhtml") => DocumentFormat::Html,
        Some("tex" | "latex") => DocumentFormat::Latex,
        Some("typ" | "typst") => DocumentFormat::Typst,
        Some("yaml" | "yml") => DocumentFormat::Yaml,
        Some("json") => DocumentFormat::Json,
        _ => by_content(text),
    }
}

/// Tells the form by the first lines.
fn by_content(text: &str) -> DocumentFormat {
    let start = text.trim_start();
    let lines = || text.lines().take(SAMPLE_LINES);
    if start.starts_with('{') && start.trim_end().ends_with('}') && start.contains("\":") {
        return DocumentFormat::Json;
    }
    if start.starts_with("<!DOCTYPE")
        || start.starts_with("<!doctype")
        || start.starts_with("<html")
    {
        return DocumentFormat::Html;
    }
    if lines()
        .any(|line| line.starts_with("\\documentclass") || line.starts_with("\\begin{document}"))
    {
        return DocumentFormat::Latex;
    }
    if lines().any(|line| {
        line.starts_with("#+TITLE") || line.starts_with("#+title") || line.starts_with("#+OPTIONS")
    }) {
        return DocumentFormat::Org;
    }
    let headings = |mark: char| {
        lines()
            .filter(|line| {
                let rest = line.trim_start_matches(mark);
                rest.len() < line.len() && rest.starts_with(' ')
            })
            .count()
    };
    if lines().any(|line| line.starts_with("#set ") || line.starts_with("#let "))
        && headings('=') > 0
    {
        return DocumentFormat::Typst;
    }
    let is_markdown = headings('#') > 0
        || lines().any(|line| {
            let line = line.trim_start();
            line.starts_with("- ")
                || line.starts_with("* ")
                || line.starts_with("|")
                || line.starts_with("```")
                || line.contains("](")
                || line.contains("**")
        });
    if is_markdown {
        return DocumentFormat::Markdown;
    }
    DocumentFormat::PlainText
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, file_name: Option<&str>, expected: DocumentFormat) {
        assert_eq!(detect(text, file_name), expected, "{text:?} {file_name:?}");
    }

    #[test]
    fn the_extension_tells_the_form_and_else_the_text() {
        check("# a", Some("resume.org"), DocumentFormat::Org);
        check("anything", Some("Resume.MD"), DocumentFormat::Markdown);
        check("# 職務経歴書", Some("resume.txt"), DocumentFormat::Markdown);
        check(
            "■職歴\n【A】",
            Some("resume.txt"),
            DocumentFormat::PlainText,
        );
        check("{\"basics\": {}}", None, DocumentFormat::Json);
        check("<!DOCTYPE html><html>", None, DocumentFormat::Html);
        check("\\documentclass{article}", None, DocumentFormat::Latex);
        check("#+TITLE: a\n* b", None, DocumentFormat::Org);
        check("", None, DocumentFormat::PlainText);
    }
}
