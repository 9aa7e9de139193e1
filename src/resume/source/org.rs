//! Org to lines: headings with their tags, properties, lists, blocks; what is not exported is left
//! out.

use shokureki_index::words;
use std::collections::HashSet;

use super::super::text::Text;
use super::data_time::{Time, time_of};
use super::org_words::{
    EMPLOYMENT_TAGS, HIDDEN_PROPERTIES, OTHER_TAGS, TASK_WORDS, TEXT_LANGUAGES,
};
use super::{Container, SourceForm, SourceLine};

/// Reads a document.
pub(super) fn read(text: &str) -> Vec<SourceLine> {
    let mut reader = Reader {
        text,
        lines: Vec::new(),
        tasks: TASK_WORDS.iter().copied().collect(),
        excluded: HashSet::from(["noexport", "TOC"]),
        is_blank: false,
        skipped: None,
        drawer: Drawer::None,
        block: Block::None,
        period: None,
        last_heading: None,
    };
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        reader.line(start, raw.trim_end());
        start += raw.len();
    }
    super::contents::without(text, reader.lines)
}

/// A drawer that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drawer {
    None,
    Properties,
    /// A log, which is left out.
    Log,
    Other,
}

/// A block that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    None,
    /// Text as it stands.
    Text,
    /// A program, a comment.
    Hidden,
}

struct Reader<'a> {
    text: &'a str,
    lines: Vec<SourceLine>,
    tasks: HashSet<&'a str>,
    excluded: HashSet<&'a str>,
    is_blank: bool,
    /// Level of the heading whose section is left out.
    skipped: Option<usize>,
    drawer: Drawer,
    block: Block,
    /// The period whose beginning a property of the open drawer states.
    period: Option<Text>,
    /// The index of the last heading, as long as no property has renamed it.
    last_heading: Option<usize>,
}

impl<'a> Reader<'a> {
    /// Reads a line that begins at byte `start`.
    fn line(&mut self, start: usize, line: &'a str) {
        let content = line.trim_start();
        let at = start + line.len() - content.len();
        if content.is_empty() {
            self.is_blank = true;
            return;
        }
        let stars = line.bytes().take_while(|byte| *byte == b'*').count();
        if stars > 0 && line[stars..].starts_with([' ', '\t']) {
            return self.heading(start, line, stars);
        }
        if self.skipped.is_some() {
            return;
        }
        if let Some(keyword) = content.strip_prefix("#+") {
            return self.keyword(at + 2, keyword);
        }
        if self.block != Block::None {
            if self.block == Block::Text {
                self.push(at, content, indent_of(line), true);
            }
            return;
        }
        let is_comment = content == "#" || content.starts_with("# ");
        if is_comment || self.drawer_line(at, content) || is_planning(content) {
            return;
        }
        self.push(at, content, indent_of(line), false);
    }

    /// Reads a line of a drawer, or one that opens or closes it; `false` when it is none.
    fn drawer_line(&mut self, at: usize, content: &'a str) -> bool {
        let name = content
            .strip_prefix(':')
            .and_then(|rest| rest.strip_suffix(':'))
            .filter(|name| !name.is_empty() && !name.contains([' ', ':', '\u{3000}']));
        if let Some(name) = name {
            let name = name.to_ascii_lowercase();
            self.end_period(at);
            self.drawer = match name.as_str() {
                "end" => Drawer::None,
                "properties" => Drawer::Properties,
                "logbook" | "clock" => Drawer::Log,
                _ if self.drawer == Drawer::None => Drawer::Other,
                _ => self.drawer,
            };
            return true;
        }
        match self.drawer {
            Drawer::Log => true,
            Drawer::Properties => {
                let Some(property) = content.strip_prefix(':') else {
                    return true;
                };
                let key = property.split(':').next().unwrap_or("");
                let key = key.trim_end_matches('+').to_ascii_lowercase();
                let is_hidden = HIDDEN_PROPERTIES.contains(&key.as_str())
                    || key.starts_with("export")
                    || key.starts_with("archive");
                if !is_hidden {
                    self.property(at + 1, property);
                }
                true
            }
            Drawer::None | Drawer::Other => false,
        }
    }

    /// Adds a property: `:EMPLOYER: A` as a label that a reader knows, and `:FROM:` with `:TO:` as
    /// the period that they make.
    fn property(&mut self, at: usize, property: &'a str) {
        let (key, value) = property.split_once(':').unwrap_or((property, ""));
        let value_at = at + property.len() - value.len() + value.len() - value.trim_start().len();
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let mut name = Text::default();
        name.push(key, at);
        let date = stamp(value);
        match time_of(&name) {
            Some(Time::Start) if !date.is_empty() => {
                self.end_period(at);
                let mut period = Text::default();
                period.push_decoded("期間: ", at..at);
                period.push(date, value_at + offset(value, date));
                period.push_decoded("〜", at..at);
                self.period = Some(period);
            }
            Some(Time::End) if self.period.is_some() => {
                if let Some(period) = &mut self.period {
                    period.push(date, value_at + offset(value, date));
                }
                self.end_period(at);
            }
            _ => {
                let known = match key.to_ascii_lowercase().as_str() {
                    "employer" | "company" | "organization" | "school" | "university"
                    | "institution" => return self.rename(value_at, value),
                    "role" | "position" | "jobtitle" => "役割: ",
                    "tech" | "techs" | "stack" | "skills" | "technologies" | "tools" => {
                        "使用技術: "
                    }
                    _ => return self.push(at, property, 0, false),
                };
                self.labelled(known, value_at, value);
            }
        }
    }

    /// Gives the heading the name of the company or school that a property states; what it was
    /// titled is the position there.
    fn rename(&mut self, at: usize, name: &str) {
        let last = self.last_heading.take();
        let Some(heading) = last.and_then(|last| self.lines.get_mut(last)) else {
            return self.labelled("会社名: ", at, name);
        };
        let mut text = Text::default();
        text.push(name, at);
        let title = heading.range.clone();
        heading.range = at..at + name.len();
        heading.shown = Some(text);
        let mut role = Text::default();
        role.push_decoded("役割: ", title.start..title.start);
        role.push(&self.text[title.clone()], title.start);
        self.add(title, 0, SourceForm::Plain, Some(role), false);
    }

    /// Adds the period that the properties of a drawer state.
    fn end_period(&mut self, at: usize) {
        if let Some(period) = self.period.take() {
            let whole = period.whole();
            let range = whole.start..whole.end.max(whole.start).min(at.max(whole.start));
            self.add(range, 0, SourceForm::Plain, Some(period), false);
        }
    }

    /// Reads a heading: without its task word and priority; its tags stand below it.
    fn heading(&mut self, start: usize, line: &'a str, stars: usize) {
        self.end_period(start);
        self.drawer = Drawer::None;
        self.block = Block::None;
        if self.skipped.is_some_and(|level| stars > level) {
            return;
        }
        self.skipped = None;
        let mut title = line[stars..].trim_start();
        let mut tags = "";
        let last = title.rfind([' ', '\t', '\u{3000}']);
        let words = last.map(|at| title[at..].trim_start());
        if let (Some(at), Some(word)) = (last, words)
            && word.len() > 2
            && word.starts_with(':')
            && word.ends_with(':')
        {
            tags = word;
            title = title[..at].trim_end();
        }
        let is_left_out = tags.split(':').any(|tag| self.excluded.contains(tag));
        if is_left_out || title == "COMMENT" || title.starts_with("COMMENT ") {
            self.skipped = Some(stars);
            return;
        }
        if let Some((word, rest)) = title.split_once(' ')
            && self.tasks.contains(word)
        {
            title = rest.trim_start();
        }
        if title.starts_with("[#")
            && let Some((_, rest)) = title.split_once("] ")
        {
            title = rest.trim_start();
        }
        let at = start + offset(line, title);
        let level = u8::try_from(stars.min(12)).unwrap_or(12);
        let range = at..at + title.len();
        self.last_heading = Some(self.lines.len());
        self.add(range, 0, SourceForm::Heading(level), None, false);
        if !tags.is_empty() {
            self.tags(start + offset(line, tags), tags);
        }
    }

    /// Adds the tags of a heading: those that can be technologies as such, the others as they are.
    fn tags(&mut self, at: usize, tags: &str) {
        let mut technologies = Text::default();
        let mut others = Text::default();
        let mut from = at;
        for tag in tags.split(':') {
            let is_name = tag.bytes().any(|byte| byte.is_ascii_alphabetic())
                && !OTHER_TAGS.contains(&tag.to_lowercase().as_str());
            let line = if is_name {
                &mut technologies
            } else {
                &mut others
            };
            if !tag.is_empty() {
                let label = if is_name {
                    "使用技術: "
                } else if EMPLOYMENT_TAGS.is_in(tag) {
                    "雇用形態: "
                } else {
                    "タグ: "
                };
                if line.is_empty() {
                    line.push_decoded(label, from..from);
                } else {
                    line.push_shown("、");
                }
                line.push(tag, from);
            }
            from += tag.len() + 1;
        }
        for line in [others, technologies] {
            if !line.is_empty() {
                self.add(line.whole(), 0, SourceForm::Plain, Some(line), false);
            }
        }
    }

    /// Reads `#+KEY: value` and the lines that begin and end blocks.
    fn keyword(&mut self, at: usize, content: &'a str) {
        let lower = content.to_ascii_lowercase();
        if lower.starts_with("end_") {
            self.block = Block::None;
            self.is_blank = true;
            return;
        }
        if let Some(block) = lower.strip_prefix("begin_") {
            let mut words = block.split_whitespace();
            let name = words.next().unwrap_or("");
            let language = words.next().unwrap_or("");
            self.block = match name {
                "src" if TEXT_LANGUAGES.contains(&language) => Block::Text,
                "example" => Block::Text,
                "src" | "comment" | "export" => Block::Hidden,
                _ => Block::None,
            };
            self.is_blank = true;
            return;
        }
        let Some((key, value)) = content.split_once(':') else {
            return;
        };
        let value_at = at + offset(content, value.trim_start());
        let value = value.trim();
        match key.to_ascii_lowercase().as_str() {
            "title" => self.push(value_at, value, 0, false),
            "author" => self.labelled("氏名: ", value_at, value),
            "date" => self.labelled("更新日: ", value_at, value),
            "todo" | "seq_todo" | "typ_todo" => {
                let words = value.split_whitespace().filter(|word| *word != "|");
                let words = words.map(|word| word.split('(').next().unwrap_or(word));
                self.tasks.extend(words);
            }
            "exclude_tags" | "export_exclude_tags" => {
                self.excluded.extend(value.split_whitespace());
            }
            _ => {}
        }
    }

    /// Adds a keyword that a reader sees.
    fn labelled(&mut self, label: &str, at: usize, value: &str) {
        let value = value.trim_matches(['<', '>', '[', ']']);
        let at = at + usize::from(self.text[at..].starts_with(['<', '[']));
        if value.is_empty() {
            return;
        }
        let mut line = Text::default();
        line.push_decoded(label, at..at);
        line.push(value, at);
        self.add(
            at..at + value.len(),
            0,
            SourceForm::Plain,
            Some(line),
            false,
        );
    }

    fn push(&mut self, at: usize, content: &str, indent: usize, is_fenced: bool) {
        let range = at..at + content.len();
        self.add(range, indent, SourceForm::Plain, None, is_fenced);
    }

    fn add(
        &mut self,
        range: std::ops::Range<usize>,
        indent: usize,
        form: SourceForm,
        shown: Option<Text>,
        is_fenced: bool,
    ) {
        self.lines.push(SourceLine {
            range,
            indent,
            form,
            is_after_blank: std::mem::take(&mut self.is_blank),
            is_fenced,
            shown,
            table: 0,
            is_header: false,
            container: Container::default(),
        });
    }
}

/// Returns the date of a timestamp without its brackets, its day of the week and its time.
fn stamp(value: &str) -> &str {
    let inner = value.trim_matches(['<', '>', '[', ']']);
    match inner.split_once(' ') {
        Some((date, _)) if date.len() >= 7 && date.contains('-') => date,
        _ => inner,
    }
}

/// Returns the bytes of `whole` before `part`, which is a piece of it.
fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// Returns the columns before a line's text.
fn indent_of(line: &str) -> usize {
    let mut indent = 0;
    for character in line.chars() {
        indent = match character {
            '\t' => (indent / 4 + 1) * 4,
            '\u{3000}' => indent + 2,
            ' ' => indent + 1,
            _ => break,
        };
    }
    indent
}

/// Returns whether a line plans or clocks a task.
fn is_planning(content: &str) -> bool {
    words!["CLOSED:", "DEADLINE:", "SCHEDULED:", "CLOCK:"].begin(content)
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::Org;
    use crate::resume::block::tests::check_outline;

    #[test]
    fn stretches_in_brackets_are_no_timestamps() {
        check_outline(
            "* a [2020-07 - 現在]\n** b [2020-07]\n** c <2020-07-01 Wed>--<2021-03-31 Wed>\n",
            Org,
            &[
                "h a [2020-07 - 現在]",
                " h b (2020-07)",
                " h c 2020-07-01〜2021-03-31",
            ],
        );
    }

    #[test]
    fn headings_have_no_task_words_and_tags_stand_below() {
        check_outline(
            "#+TODO: 在職 | 退職\n* 職歴\n** 在職 株式会社A   :正社員:\n*** [#A] B      :Go:Rust:\n[2024-05-07 火]--[2025-03-31 月]\n",
            Org,
            &[
                "h 職歴",
                " h 株式会社A",
                "  l 雇用形態: 正社員",
                "  h B",
                "   l 使用技術: Go、Rust",
                "   l 2024-05-07〜2025-03-31",
            ],
        );
    }

    #[test]
    fn what_is_not_exported_is_left_out() {
        check_outline(
            "* a\n# b\n** c :noexport:\nd\n*** e\n** COMMENT f\ng\n#+begin_src lisp\n(h)\n#+end_src\n** i\n#+BEGIN_QUOTE\nj\n#+END_QUOTE\nCLOCK: [2020-01-01 水]\n",
            Org,
            &["h a", " h i", "  l j"],
        );
    }

    #[test]
    fn properties_are_labels_and_terms_have_values() {
        check_outline(
            "* a <2016-04>--<2018-03>\n  :PROPERTIES:\n  :ID: x\n  :期間: 2021年4月 - 現在\n  :END:\n  :LOGBOOK:\n  b\n  :END:\n- 道具 :: ~Go~, =Rust=[fn:1]\n  - [[https://example.com][c]]\n",
            Org,
            &[
                "h a 2016-04〜2018-03",
                " l 期間: 2021年4月 - 現在",
                " i 道具: Go, Rust",
                "  i c",
            ],
        );
    }

    #[test]
    fn properties_state_the_period_and_the_employer_of_an_entry() {
        check_outline(
            "* 職歴\n** DOING SE\n:PROPERTIES:\n:CV_ENV: cventry\n:FROM: <2019-04-01 月>\n:TO: <2021-03-31>\n:EMPLOYER: 株式会社A\n:END:\nb\n** 株式会社C\n:PROPERTIES:\n:FROM: [2018-04]\n:END:\n",
            Org,
            &[
                "h 職歴",
                " h 株式会社A",
                "  l 期間: 2019-04-01〜2021-03-31",
                "  l 役割: SE",
                "  l b",
                " h 株式会社C",
                "  l 期間: 2018-04〜",
            ],
        );
    }

    #[test]
    fn broken_documents_are_read_as_far_as_they_go() {
        check_outline("* \n:x:\n* :a:\n", Org, &["l *", "h :a:"]);
        check_outline("#+begin_src\na\n* b", Org, &["l a", "h b"]);
        check_outline(
            "<2016-\n~\n=\n[fn:",
            Org,
            &["l <2016-", "l ~", "l =", "h [fn:"],
        );
    }
}
