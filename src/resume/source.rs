//! A document's text to the lines that stand in it: what is no content is left out, what HTML
//! breaks apart is broken apart, and every line keeps its place in the document.

use std::ops::Range;

use crate::domain::DocumentFormat;

use super::text::Text;

mod contents;
mod data;
mod data_date;
mod data_key;
mod data_kin;
mod data_language;
mod data_time;
mod data_words;
mod entry;
mod front_matter;
mod grid;
mod html;
mod json;
mod latex;
mod latex_environment;
mod latex_expand;
mod latex_inline;
mod latex_macro;
mod lines;
mod markdown;
mod org;
mod org_words;
mod template;
mod toml;
mod typst;
mod typst_call;
mod typst_expand;
mod typst_inline;
mod typst_table;
mod yaml;

/// A line of content as it stands in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourceLine {
    /// Its bytes, without the indentation and the line break.
    pub(super) range: Range<usize>,
    /// Columns before it; a tab leads to the next multiple of 4.
    pub(super) indent: usize,
    /// What markup outside the line says that it is.
    pub(super) form: SourceForm,
    /// Whether a blank line stands before it.
    pub(super) is_after_blank: bool,
    /// Whether it stands in a fenced block.
    pub(super) is_fenced: bool,
    /// What a reader sees of it, where its format is not Markdown's; its form says what it is.
    pub(super) shown: Option<Text>,
    /// The number of the table it stands in; 0 outside tables.
    pub(super) table: u32,
    /// Whether it is a cell that names its column.
    pub(super) is_header: bool,
    /// The innermost container around it.
    pub(super) container: Container,
}

/// A container (`<details>`, `:::`), or the outside of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Container {
    /// Its number, counted as they open; 0 outside.
    pub(super) number: u32,
    /// How many containers are open in it, itself included.
    pub(super) depth: usize,
}

/// What markup outside a line says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SourceForm {
    /// The line tells by itself.
    Plain,
    /// A heading of this level.
    Heading(u8),
    /// A list item.
    Item,
    /// A line below another heading-like line: `<summary>`, `:::`.
    Summary,
    /// What the lines below it tell of: `<dt>`.
    Term,
    /// The first cell of a table's row (`<tr>`).
    FirstCell,
    /// Another cell of the row.
    Cell,
    /// The rest of a line behind `<br>`.
    Continuation,
}

/// A document's lines and what stands before them.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    /// The lines in document order.
    pub(super) lines: Vec<SourceLine>,
    /// Bytes of the front matter; empty where there is none.
    pub(super) front_matter: Range<usize>,
}

/// Splits `text` into its lines of content.
pub(super) fn read_source(text: &str, format: DocumentFormat) -> Source {
    match format {
        DocumentFormat::Json => return whole(json::read(text)),
        DocumentFormat::Yaml => return whole(yaml::read(text)),
        DocumentFormat::Org => return whole(org::read(text)),
        DocumentFormat::Latex => return whole(latex::read(text)),
        DocumentFormat::Typst => return whole(typst::read(text)),
        _ => {}
    }
    let front_matter = front_matter::find(text, format);
    let mut lines = front_matter::read(text, front_matter.clone());
    lines.extend(markdown::read(text, format, front_matter.end));
    Source {
        lines,
        front_matter,
    }
}

/// A source without front matter.
fn whole(lines: Vec<SourceLine>) -> Source {
    Source {
        lines,
        front_matter: 0..0,
    }
}

#[cfg(test)]
pub(in crate::resume) mod tests {
    use super::*;

    /// Lines as one letter for the form, the heading's level, and what a reader sees.
    #[track_caller]
    pub(in crate::resume) fn check_lines(text: &str, format: DocumentFormat, expected: &[&str]) {
        let source = read_source(text, format);
        let actual: Vec<String> = source
            .lines
            .iter()
            .map(|line| {
                let shown = line.shown.as_ref().map_or("", Text::as_str);
                assert!(text.get(line.range.clone()).is_some(), "{:?}", line.range);
                match line.form {
                    SourceForm::Heading(level) => format!("h{level} {shown}"),
                    SourceForm::Item => format!("i {shown}"),
                    SourceForm::Term => format!("t {shown}"),
                    SourceForm::FirstCell => format!("r {shown}"),
                    SourceForm::Cell => format!("c {shown}"),
                    _ => format!("l {shown}"),
                }
            })
            .collect();
        assert_eq!(actual, expected, "{text}");
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, SourceForm)]) {
        let source = read_source(text, DocumentFormat::Markdown);
        let actual: Vec<(&str, SourceForm)> = source
            .lines
            .iter()
            .map(|line| (&text[line.range.clone()], line.form))
            .collect();
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn comments_front_matter_and_styles_are_no_content() {
        use SourceForm::Plain;
        check("---\ntitle: a\n---\n# b\n", &[("# b", Plain)]);
        check("+++\ntitle = 1\n+++\nb", &[("b", Plain)]);
        check("a <!-- b --> c", &[("a", Plain), ("c", Plain)]);
        check("a\n<!-- b\nc\n-->\nd", &[("a", Plain), ("d", Plain)]);
        check("a\n<!-- never closed\nb", &[("a", Plain)]);
        check("<style>\np {}\n</style>\na", &[("a", Plain)]);
        check("---\n\n# a", &[("---", Plain), ("# a", Plain)]);
    }

    #[test]
    fn block_tags_break_lines() {
        use SourceForm::{Cell, Continuation, FirstCell, Heading, Item, Plain, Summary};
        check("a<br>b", &[("a", Plain), ("b", Continuation)]);
        check("<ul><li>a</li><li>b</li></ul>", &[("a", Item), ("b", Item)]);
        check("<h2>a</h2>", &[("a", Heading(2))]);
        check(
            "<details><summary>a</summary>b</details>",
            &[("a", Summary), ("b", Plain)],
        );
        check(
            "<tr><td>a</td><td>b</td></tr>",
            &[("a", FirstCell), ("b", Cell)],
        );
        check("| a<br>b |", &[("| a<br>b |", Plain)]);
        check("<客先常駐>", &[("<客先常駐>", Plain)]);
    }

    #[test]
    fn fences_are_taken_off_and_their_content_kept() {
        let source = read_source("```yaml\n期間: 2016\n```\nb", DocumentFormat::Markdown);
        assert_eq!(source.lines.len(), 2);
        assert!(source.lines[0].is_fenced);
        assert!(!source.lines[1].is_fenced);
    }

    /// Reads a text of one piece, over and over; the time is shown for each size.
    #[track_caller]
    fn check_time(piece: &str, format: DocumentFormat) {
        for size in [64 * 1024, 512 * 1024] {
            let text = piece.repeat(size / piece.len());
            let begin = std::time::Instant::now();
            let source = read_source(&text, format);
            let lines = source.lines.len();
            let blocks = crate::resume::block::build_blocks(&text, &source, format).len();
            let took = begin.elapsed();
            println!("{format:?} {piece:?} {size}: {took:?}, {lines} lines, {blocks} blocks");
            assert!(took.as_secs() < 20, "{piece:?} took {took:?}");
        }
    }

    #[test]
    fn texts_of_one_piece_are_read_in_linear_time() {
        use DocumentFormat::{Html, Json, Latex, Markdown, Org, Typst, Yaml};
        check_time("<div>", Html);
        check_time("<details><table><tr><td>", Html);
        check_time("<dt><dd>", Html);
        for piece in ["{", "[", "\"", "{\"a\":", "[1,", "\"\\n"] {
            check_time(piece, Json);
        }
        for piece in ["- ", "a: ", "[", "a:\n", "a: |\n b\n", "- a: [b\n", "'"] {
            check_time(piece, Yaml);
        }
        for piece in [
            "\\",
            "{",
            "\\a{",
            "\\a{b}{",
            "\\item ",
            "\\begin{tabular}{l}&",
            "\\def\\a{",
            "\\a{b=",
            "\\a{b=c}",
            "\\a[b={c}]{d}{e}\n",
            "\\newcommand{\\a}[1]{#1#1}\\a{\\a{b}}",
            "\\newcommand{\\a}[2]{#1 #2}\\a{b}{\\a{",
            "\\begin{job}[from=2019/04]{A}",
            "\\begin{job}[",
            "\\iffalse ",
            "\\ruby{",
        ] {
            check_time(piece, Latex);
        }
        for piece in ["#", "#a(", "[", "#let a = {", "#a(\"", "= a\n"]
            .into_iter()
            .chain([
                "#let f(a) = [#a#a]\n#f[#f(f[b])]",
                "#let a = {\n",
                "#align(center, [",
                "#table([a], [b])",
                "#a(b: (",
                "#e(\"2019\", \"b\")[",
                "#list([",
            ])
        {
            check_time(piece, Typst);
        }
        for piece in [
            "* ",
            "* a :b:\n",
            "<2016-01>--",
            "~a",
            "#+begin_src\n",
            ":a:\n",
            ":PROPERTIES:\n:EMPLOYER: a\n:FROM: <2019-04-01>\n",
        ] {
            check_time(piece, Org);
        }
        for piece in [
            "---\na: b\n",
            "a  b\n---\n",
            "a  b  c\n",
            "`a` ",
            "<kbd> ",
            "![](a/badge/b) ",
            "[![",
            "***a",
            "<td>1<br>〜",
            "|1<br>〜",
            "<details><summary>a</summary>",
            "<ul><li>",
            "- [a](#a)\n",
            "{% comment %}",
            "【a】b\n",
            "┗ ",
        ] {
            check_time(piece, Markdown);
        }
    }
}
