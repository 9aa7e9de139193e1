//! LaTeX's environments: lists, tables, sections and entries of the document's class.

use shokureki_index::words;

use super::super::text::Text;
use super::SourceForm;
use super::data_time::is_period_key;
use super::entry::{Entry, is_date, read_entry};
use super::latex::{MAX_ARGUMENTS, MAX_SHORT_BYTES, Reader};
use super::latex_macro::keyed;

/// An environment of an entry that is open, and what was open outside it.
#[derive(Debug)]
pub(super) struct Environment {
    name: String,
    level: u8,
    entries: Vec<(String, u8)>,
}

/// Environments that lay their content out; what they are given says how.
const LAYOUTS: &[&str] = &[
    "minipage",
    "multicols",
    "adjustwidth",
    "spacing",
    "paracol",
    "wrapfigure",
    "figure",
    "table",
    "center",
    "flushleft",
    "flushright",
    "quote",
    "quotation",
    "abstract",
    "tcolorbox",
    "mdframed",
    "framed",
    "leftbar",
    "small",
    "footnotesize",
    "document",
    "landscape",
    "tabbing",
    "picture",
    "columns",
    "column",
    "frame",
    "fullwidth",
    "samepage",
    "sloppypar",
    "raggedright",
    "titlepage",
    "verbatim",
    "otherlanguage",
    "threeparttable",
    "changemargin",
    "addmargin",
    "lstlisting",
];

impl Reader<'_> {
    /// Reads the beginning or the end of an environment; returns the byte behind it.
    pub(super) fn environment(&mut self, begins: bool, behind: usize, end: usize) -> usize {
        let (arguments, mut next) = self.arguments(behind, end, 1);
        let Some(name) = arguments.first().map(|range| &self.text[range.clone()]) else {
            return next;
        };
        let name = name.trim_end_matches('*');
        self.leave_line();
        self.lines.is_blank |= !begins;
        match name {
            "comment" | "filecontents" | "tikzpicture" if begins => {
                let close = format!("\\end{{{name}}}");
                let rest = &self.text[next..end];
                return next
                    + rest
                        .find(&close)
                        .map_or(rest.len(), |len| len + close.len());
            }
            "itemize" | "enumerate" | "description" | "cvitems" | "compactitem" => {
                if begins {
                    self.lists += 1;
                    next = self.options(next, end);
                } else {
                    self.lists = self.lists.saturating_sub(1);
                }
            }
            "tabular" | "tabularx" | "longtable" | "tabulary" | "xltabular" | "array" | "tblr"
            | "longtblr" | "talltblr" | "supertabular" | "xtabular" | "tabu" | "longtabu"
            | "NiceTabular" => {
                if begins {
                    let is_wide = matches!(name, "tabularx" | "tabulary" | "xltabular")
                        || self.text[arguments[0].clone()].ends_with('*');
                    self.begin_table();
                    next = self.options(next, end);
                    next = self.arguments(next, end, 1 + usize::from(is_wide)).1;
                } else {
                    self.end_table();
                }
            }
            _ if begins => next = self.other_environment(name, next, end),
            _ => self.end_environment(name),
        }
        next
    }

    /// Skips options in brackets.
    pub(super) fn options(&self, at: usize, end: usize) -> usize {
        if !self.text[at..end].starts_with('[') {
            return at;
        }
        let close = self.closes[at] as usize;
        if close < end { close + 1 } else { at }
    }

    pub(super) fn leave_line(&mut self) {
        if self.tables == 0 {
            self.flush();
        }
    }

    fn begin_table(&mut self) {
        self.tables += 1;
        if self.tables == 1 {
            self.table_count += 1;
            self.lines.table = self.table_count;
            self.rows = 0;
            self.begins_row = true;
            self.form = SourceForm::Plain;
        }
    }

    fn end_table(&mut self) {
        if self.tables == 1 {
            self.end_row();
            self.lines.table = 0;
        }
        self.tables = self.tables.saturating_sub(1);
    }

    /// Reads what an environment of the document or its class is given: a section, an entry.
    fn other_environment(&mut self, name: &str, next: usize, end: usize) -> usize {
        let definition = self.definitions.get(name).cloned();
        if let Some(definition) = &definition {
            self.lists += definition.opens_lists;
        }
        let own_name = name;
        let name = name.to_lowercase();
        if LAYOUTS.contains(&name.as_str()) {
            let next = self.options(next, end);
            let next = self.arguments(next, end, 1).1.max(next);
            return self.options(next, end);
        }
        let most = definition.as_ref().map_or(MAX_ARGUMENTS, |definition| {
            definition.arguments - usize::from(definition.default.is_some())
        });
        let (mut parts, after) = self.parts(next, end, most);
        let mut next = after.max(next);
        // A long text is what stands in the environment.
        let long = parts.iter().position(|part| {
            part.range.len() > MAX_SHORT_BYTES && self.key_values(part.range.clone()).is_none()
        });
        if let Some(long) = long {
            next = parts[long].range.start - 1;
            parts.truncate(long);
        }
        let given = self.sort_parts(parts, &|range| range.len() > MAX_SHORT_BYTES);
        let mut texts = given.options;
        texts.retain(|text| is_date(text.as_str()));
        texts.extend(given.texts);
        if definition.is_some_and(|definition| definition.opens_table) {
            self.begin_table();
            return next;
        }
        let is_named =
            words!["section", "entry", "job", "project", "employ", "experience"].is_in(&name);
        let is_title = |text: &Text| {
            let text = text.as_str();
            text.contains(|sign: char| sign.is_alphabetic() && (is_named || !sign.is_ascii()))
        };
        let has_keys = given.members.iter().any(|(key, _)| is_period_key(key));
        let is_dated = texts.len() > 1 && texts.iter().any(|text| is_date(text.as_str()));
        if !texts.iter().any(is_title) && !has_keys && !is_named && !is_dated {
            return next;
        }
        if let ([title], true) = (texts.as_slice(), name.contains("section")) {
            let title = title.clone();
            self.level = 2;
            self.heading(2, title);
            return next;
        }
        let outer = Environment {
            name: own_name.to_owned(),
            level: self.level,
            entries: Vec::new(),
        };
        // Nesting says what is part of what.
        if !self.environments.is_empty() && self.entries.iter().all(|(other, _)| *other != name) {
            self.entries
                .push((name.clone(), self.level.saturating_add(1).min(12)));
        }
        let count = self.lines.list.len();
        let title = texts.iter().find(|text| is_title(text)).cloned();
        match keyed(&given.members, &texts, true).or_else(|| read_entry(&texts)) {
            Some(entry) => self.keyed_entry(&name, entry, true),
            None => {
                let Some(title) = title else { return next };
                texts.retain(|text| text.as_str() != title.as_str());
                let entry = Entry {
                    heading: title,
                    rest: texts,
                };
                self.keyed_entry(&name, entry, true);
            }
        }
        if let Some(SourceForm::Heading(level)) = self.lines.list.get(count).map(|line| line.form) {
            self.level = level;
            let entries = std::mem::take(&mut self.entries);
            self.environments.push(Environment { entries, ..outer });
        }
        next
    }

    /// Ends an environment of the document or its class.
    fn end_environment(&mut self, name: &str) {
        if let Some(definition) = self.definitions.get(name) {
            self.lists = self.lists.saturating_sub(definition.opens_lists);
            if definition.opens_table {
                self.end_table();
            }
        }
        if let Some(outer) = self.environments.pop_if(|open| open.name == name) {
            self.level = outer.level;
            self.entries = outer.entries;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::Latex;
    use crate::resume::source::tests::check_lines;

    #[test]
    fn environments_with_options_or_titles_are_entries() {
        check_lines(
            "\\newenvironment{anken}[2]{\\textbf{#1}\\hfill #2\\begin{itemize}}{\\end{itemize}}\n\\begin{document}\n\\cvsection{職歴}\n\\begin{post}[from=2022/04, to=now]{株式会社A}{主任}\n  \\begin{work}[from=2023/06, to=2024/01]{B}\n    c \\emph{d}\n  \\end{work}\n  \\begin{anken}{E}{2022/05 -- 2023/05}\n  \\item f\n  \\end{anken}\n\\end{post}\n\\begin{job}[\n company = {株式会社G}, from = 2020.10, to = 2022.03,\n]\n\\Project{title={H}, period={2021年4月〜2022年3月}, tech={Go, Rust}}{%\ni。\n}\n\\end{job}\n\\begin{minipage}{0.5\\textwidth}\nj\n\\end{minipage}",
            Latex,
            &[
                "h2 職歴",
                "h3 株式会社A（2022/04〜now）",
                "l 主任",
                "h4 B（2023/06〜2024/01）",
                "l c d",
                "h4 E（2022/05 – 2023/05）",
                "i f",
                "h3 株式会社G（2020.10〜2022.03）",
                "h4 H（2021年4月〜2022年3月）",
                "l 使用技術: Go, Rust",
                "l i。",
                "l j",
            ],
        );
    }

    #[test]
    fn entries_may_be_dated_by_an_option_or_headed_by_a_macro() {
        check_lines(
            "\\newcommand{\\dated}[2]{\\subsection{#1 \\hfill #2}}\n\\begin{document}\n\\section{学歴}\n\\begin{edu}\n\\school[2018/09]{A大学}{博士}\n\\end{edu}\n\\section{職歴}\n\\dated{株式会社B}{2019.4 -- 2021.3}\n\\runsubsection{株式会社C}\n\\cvtag{Go} \\cvtag{Rust}\n",
            Latex,
            &[
                "h2 学歴",
                "h3 A大学（2018/09）",
                "l 博士",
                "h2 職歴",
                "h3 株式会社B（2019.4 – 2021.3）",
                "h3 株式会社C",
                "l Go 、Rust",
            ],
        );
    }
}
