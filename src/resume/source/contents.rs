//! Tables of contents, which repeat the headings of a document and are left out.

use super::{SourceForm, SourceLine};

/// Links in a row that make a table of contents, where no heading says that they are one.
const MIN_LINKS: usize = 3;

/// Returns the lines without the lists of links to the document's own headings.
pub(super) fn without(text: &str, lines: Vec<SourceLine>) -> Vec<SourceLine> {
    let mut kept: Vec<SourceLine> = Vec::with_capacity(lines.len());
    let mut run: Vec<SourceLine> = Vec::new();
    let mut is_titled = false;
    for line in lines {
        let content = &text[line.range.clone()];
        if line.shown.is_none() && !line.is_fenced && is_inner_link(content) {
            run.push(line);
            continue;
        }
        if run.len() < MIN_LINKS && !is_titled {
            kept.append(&mut run);
        }
        run.clear();
        let is_item = line.form == SourceForm::Item || is_marked(content);
        if is_titled && is_item && !content.contains("](http") {
            continue;
        }
        is_titled = is_title(content);
        kept.push(line);
    }
    if run.len() < MIN_LINKS && !is_titled {
        kept.append(&mut run);
    }
    kept
}

/// Returns whether a line is a link to a place in the document and nothing else.
fn is_inner_link(content: &str) -> bool {
    let body = unmarked(content).trim_end_matches(['\\', ' ']);
    if let Some(inner) = body.strip_prefix("[[") {
        return inner.starts_with(['*', '#']) && inner.find("]]") == Some(inner.len() - 2);
    }
    if body.starts_with('[') {
        return body.ends_with(')')
            && body
                .rfind("](")
                .is_some_and(|at| body[at + 2..].starts_with('#') && !body[1..at].contains("]("));
    }
    let lower = body.get(..16).unwrap_or(body).to_ascii_lowercase();
    lower.starts_with("<a href=\"#") && body.ends_with("</a>") && body.matches("<a ").count() == 1
}

/// Takes the sign of a list item off.
fn unmarked(content: &str) -> &str {
    let body = content.trim_start_matches(['-', '*', '+', '・', ' ', '\t', '\u{3000}']);
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits)
        && let Some(rest) = body[digits..].strip_prefix(['.', ')'])
    {
        return rest.trim_start();
    }
    body
}

/// Returns whether a line has the sign of a list item.
fn is_marked(content: &str) -> bool {
    unmarked(content).len() < content.len()
}

/// Returns whether a line is the heading of a table of contents.
fn is_title(content: &str) -> bool {
    let first = content.chars().find(|sign| sign.is_alphabetic());
    if !matches!(first, Some('目' | 'も' | 'イ' | 'c' | 'C' | 't' | 'T')) {
        return false;
    }
    let title: String = content
        .chars()
        .filter(|sign| sign.is_alphabetic())
        .flat_map(char::to_lowercase)
        .take(18)
        .collect();
    matches!(
        title.as_str(),
        "目次" | "もくじ" | "contents" | "tableofcontents" | "toc" | "インデックス"
    ) && !is_inner_link(content)
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::{Html, Markdown, Org};
    use crate::resume::block::tests::check_outline;

    #[test]
    fn tables_of_contents_are_left_out() {
        check_outline(
            "## もくじ\n\n* [a](#a)\n  * [株式会社B 2018年4月～現在](#b)\n    1. [C（略）](#b)\n* D\n\n## a\n- e\n",
            Markdown,
            &["h もくじ", "h a", " i e"],
        );
        check_outline(
            "<ul><li><a href=\"#a\">a</a></li><li><a href=\"#b\">b</a></li><li><a href=\"#c\">c</a></li></ul>\n<nav><p>d</p></nav><h2>e</h2>",
            Html,
            &["h e"],
        );
        check_outline(
            "* 目次\n- [[*a][a]]\n* a\n- [[https://example.com][b]]\n",
            Org,
            &["h 目次", "h a", " i b"],
        );
    }

    #[test]
    fn links_elsewhere_are_kept() {
        check_outline(
            "- [a](#a) 2016\n- [b](https://example.com)\n- [c](#c)\n",
            Markdown,
            &["i a 2016", "i b", "i c"],
        );
    }
}
