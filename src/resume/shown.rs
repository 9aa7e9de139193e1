//! Which bytes of a document a reader sees: no comments, markup, addresses of links or templates.

use std::ops::Range;

use crate::domain::DocumentFormat;

use super::block::build_blocks;
use super::source::read_source;

/// Returns the bytes of `text` that a reader of the rendered document sees, in order, apart from one
/// another, on char boundaries.
pub fn shown(text: &str, format: DocumentFormat) -> Vec<Range<usize>> {
    let source = read_source(text, format);
    let blocks = build_blocks(text, &source, format);
    let mut ranges: Vec<Range<usize>> = (0..blocks.len())
        .flat_map(|at| blocks[at].text.sources())
        .filter(|range| !range.is_empty() && text.get(range.clone()).is_some())
        .collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut shown: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match shown.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => shown.push(range),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, format: DocumentFormat, expected: &[&str]) {
        let shown: Vec<&str> = shown(text, format)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn comments_markup_and_addresses_are_not_shown() {
        use DocumentFormat::{Html, Latex, Markdown, Yaml};
        check(
            "## 経歴 <!-- フルスタック -->\n\n- **設計**と[実装](https://example.com/secret)\n",
            Markdown,
            &["経歴", "設計", "と", "実装"],
        );
        check(
            "| 名称 | 取得 | 備考 |\n|---|---|---|\n| A <!-- Rust --> | <!-- 予定 --> | 準備中 |\n",
            Markdown,
            &["名称", "取得", "備考", "A", "準備中"],
        );
        check(
            "<ul class=\"skills\"><li>Go</li><!-- Rust --></ul>",
            Html,
            &["Go"],
        );
        check(
            "% 顔写真\n\\section{経歴}\n\\begin{itemize}\n\\item 設計\n\\end{itemize}\n",
            Latex,
            &["経歴", "設計"],
        );
        check("# 旧データ\nsummary: 設計\n", Yaml, &["summary", "設計"]);
    }
}
