//! Projects in tables: one a row, one a table, or the rows of a job's table.

use crate::resume::block::Kind;
use crate::resume::employer::names_role;
use crate::resume::evidence::{PlacedPeriod, Shape, cell_text, title_without};
use crate::resume::job::is_pause;
use crate::resume::label::{Field, field_of};
use crate::resume::stint::is_department;

use super::Finder;
use super::cell::{MIN_TITLE_CHARS, first_sentence, is_number};
use super::title::{is_project_list, strip_title};

/// Headings between a table and the title of its work.
const MAX_LABELS_ABOVE: usize = 3;

/// Characters of a title that stands in a row of its own.
const MAX_TITLE_CHARS: usize = 60;

/// Items beside one over a table that are looked at.
const MAX_BESIDE: usize = 40;

/// Cells of a row that are looked at.
const MAX_CELLS: usize = 24;

impl Finder<'_> {
    /// Returns whether a table of labels that names no work tells of the dated item right before it, which then reaches
    /// over it and over the labels behind it.
    fn tells_of_item(&mut self, at: usize) -> bool {
        let parent = self.blocks[at].parent;
        let Some(work) = self.works.last_mut().filter(|work| {
            work.end == at
                && self.blocks[work.block].kind == Kind::Item
                && self.blocks[work.block].parent == parent
                && work.period.is_some()
        }) else {
            return false;
        };
        let rows: Vec<usize> = self.blocks.children(at).take(MAX_CELLS).collect();
        let is_label = |row: &usize| {
            let mut cells = self.blocks.children(*row);
            let label = cells
                .next()
                .and_then(|cell| field_of(self.blocks[cell].str()));
            label.is_some_and(|field| !matches!(field, Field::Title | Field::Period))
        };
        if rows.is_empty() || !rows.iter().all(is_label) {
            return false;
        }
        let mut end = self.blocks[at].end;
        while end < self.blocks[parent].end
            && self.evidence.field[end].is_some_and(|field| field != Field::Title)
        {
            end = self.blocks[end].end;
        }
        work.end = end;
        true
    }

    /// Looks at a table: one project a row, one project a table, or the labels of what stands above.
    pub(super) fn table(&mut self, at: usize) -> usize {
        let end = self.blocks[at].end;
        if self.is_job[at] {
            return self.job_table(at);
        }
        if self.tells_of_item(at) {
            return end;
        }
        if !self.is_inside_work(at)
            && let Some((title, period)) = self.headed_work(at)
        {
            self.add(at, end, title, Some(period));
            return end;
        }
        match self.evidence.shape(at) {
            Shape::Events | Shape::Person => return end,
            Shape::Pairs => {
                self.label_table(at);
                return end;
            }
            Shape::Columns => {
                self.columns(at);
                return end;
            }
            Shape::Jobs | Shape::Works | Shape::Other => {}
        }
        let rows: Vec<usize> = self.blocks.children(at).collect();
        let is_one_column = rows
            .iter()
            .all(|row| self.blocks.children(*row).take(2).count() < 2);
        if is_one_column {
            // The lines of the cells may title projects.
            return at + 1;
        }
        for row in rows {
            let is_head = self.blocks[row].is_header || self.evidence.is_head_row(row);
            if self.is_job[row] {
                self.lines_of_job_row(row);
                continue;
            }
            if is_head {
                continue;
            }
            self.row(row);
        }
        end
    }

    /// Adds the lines of a row that is a job which title a piece of work and say when: 「<li>整備記録の検索
    /// （2019.07〜2021.03）<br>Java</li>」.
    fn lines_of_job_row(&mut self, row: usize) {
        let lines: Vec<(usize, PlacedPeriod)> = (row + 1..self.blocks[row].end)
            .filter(|at| matches!(self.blocks[*at].kind, Kind::Line | Kind::Item))
            .filter(|at| self.evidence.field[*at].is_none() && !self.is_job[*at])
            .filter(|at| !self.job_times.contains(at) && !self.blocks[*at].str().contains('。'))
            .filter_map(|at| {
                let own = self.evidence.own_period(self.blocks, at)?;
                own.period.is_stretch().then_some((at, own))
            })
            .collect();
        if lines.is_empty() {
            // 「**契約管理の開発**」 below the company and how somebody was employed.
            for at in row + 1..self.blocks[row].end {
                if self.blocks[at].kind == Kind::Heading && self.evidence.field[at].is_none() {
                    self.heading(at);
                }
            }
        }
        for (index, (at, own)) in lines.iter().enumerate() {
            let title = self.title(*at, Some(own));
            let is_title = title.chars().count() >= MIN_TITLE_CHARS
                && !names_role(&title)
                && !is_department(&title)
                && !is_pause(&title)
                && !self.names_employer(&title);
            if !is_title {
                continue;
            }
            let around = self.blocks[self.blocks[*at].parent].end;
            let next = lines.get(index + 1).map_or(around, |(next, _)| *next);
            self.add(*at, around.min(next).max(at + 1), title, Some(own.clone()));
        }
    }

    /// Looks at a table of labels and values as one project.
    fn label_table(&mut self, at: usize) {
        let parent = self.blocks[at].parent;
        let is_of_above = self.works.last().is_some_and(|work| work.block == parent);
        let is_of_technology = matches!(
            self.evidence.field[parent],
            Some(Field::Technology | Field::Environment)
        );
        if is_of_above || is_of_technology || self.is_inside_work(at) {
            return;
        }
        let rows: Vec<usize> = self.blocks.children(at).collect();
        let dated = self.evidence.attached_period(self.blocks, at);
        let has_labels = self.signs[at].has_strong_label;
        let headed = rows
            .first()
            .filter(|_| has_labels || dated.is_some())
            .and_then(|row| self.head_title(*row));
        let title = self.cell_of(&rows, Field::Title).or(headed);
        let is_of_job = |dated: &PlacedPeriod| self.job_times.contains(&dated.block);
        if title.is_none() && dated.as_ref().is_some_and(is_of_job) {
            return;
        }
        let is_titled_above = self.blocks[parent].kind == Kind::Heading
            && !self.is_job[parent]
            && !self.evidence.opens_section[parent]
            && self.evidence.field[parent].is_none()
            && self.blocks.children(parent).next() == Some(at);
        if is_titled_above && (has_labels || title.is_some()) {
            let title = title.clone().or_else(|| {
                self.cell_of(&rows, Field::Summary)
                    .map(|text| first_sentence(&text))
            });
            if let Some(title) = title.filter(|_| is_number(self.blocks[parent].str())) {
                self.add(parent, self.blocks[parent].end, title, dated);
                return;
            }
        }
        if is_titled_above && title.is_none() && has_labels {
            let title = self.title(parent, None);
            let is_general = is_project_list(&title) || self.names_employer(&title);
            if !title.is_empty() && !is_general {
                self.add(parent, self.blocks[parent].end, title, dated);
                return;
            }
        }
        if title.is_some() || has_labels {
            let title = title.or_else(|| {
                self.cell_of(&rows, Field::Summary)
                    .map(|text| first_sentence(&text))
            });
            let end = self.end_of_titled(at, title.is_some());
            self.add(at, end, title.unwrap_or_default(), dated);
        }
    }

    /// Returns the block behind the work of a table of labels: where the item over a titled table is the only one of its
    /// kind below a heading, the items beside it tell of that work.
    fn end_of_titled(&self, table: usize, is_titled: bool) -> usize {
        let item = self.blocks[table].parent;
        let heading = self.blocks[item].parent;
        let tables = self.blocks.children(item);
        let is_alone = tables
            .filter(|child| self.blocks[*child].kind == Kind::Table)
            .take(2)
            .count()
            == 1;
        let is_of_item = self.blocks[item].kind == Kind::Item
            && is_alone
            && self.blocks[heading].kind == Kind::Heading
            && !self.evidence.opens_section[heading];
        let is_only = || {
            let beside = self.blocks.children(heading).take(MAX_BESIDE);
            beside
                .filter(|other| {
                    self.blocks[*other].kind == Kind::Heading || self.titled_table(*other).is_some()
                })
                .take(2)
                .count()
                == 1
        };
        if is_titled && is_of_item && is_only() {
            self.blocks[heading].end
        } else {
            self.blocks[table].end
        }
    }

    /// Looks at a row as a project.
    pub(super) fn row(&mut self, row: usize) {
        let cells: Vec<usize> = self.blocks.children(row).take(MAX_CELLS).collect();
        let is_of = |cell: &usize, field: Field| self.evidence.field[*cell] == Some(field);
        let cell_of = |field: Field| cells.iter().copied().find(|cell| is_of(cell, field));
        // The time in the employer's cell is that of the job.
        let is_of_job = |dated: &PlacedPeriod| {
            cell_of(Field::Employer)
                .is_some_and(|cell| (cell..self.blocks[cell].end).contains(&dated.block))
        };
        let period = self
            .evidence
            .attached_period(self.blocks, row)
            .filter(|dated| !is_of_job(dated));
        let titled = cell_of(Field::Title)
            .map(|cell| self.cell_title(row, cell))
            .filter(|title| !title.is_empty());
        let described = cell_of(Field::Summary)
            .map(|cell| self.cell_title(row, cell))
            .filter(|title| !title.is_empty());
        let has_technology = cell_of(Field::Technology).is_some();
        let is_filled = |field: Field| {
            cell_of(field).is_some_and(|cell| !cell_text(self.blocks, cell).is_empty())
        };
        let is_listed = self.evidence.shape_of_row(self.blocks, row) == Shape::Works
            && (is_filled(Field::Period) || is_filled(Field::Technology));
        let title = match (titled, described) {
            (Some(title), _) => title,
            (None, Some(title)) if period.is_some() || is_listed => title,
            _ if period.is_some() && has_technology => String::new(),
            _ => return self.go_on(row, period.is_none()),
        };
        if self.is_inside_work(row) {
            return;
        }
        if period.is_none() && self.tells_of_row_above(&cells) {
            return self.go_on(row, true);
        }
        // The one row of a table says when and with what the work was that the heading above titles.
        if title.is_empty()
            && let Some(above) = self.heading_of_row(row)
        {
            let title = self.title(above, None);
            self.add(above, self.blocks[above].end, title, period);
            return;
        }
        let end = self.blocks[row].end;
        let title = strip_title(&title);
        let title = self.title_below_department(row, &title).unwrap_or(title);
        self.add(row, end, title, period);
    }

    /// Returns the title of the work of a row that only says when and in which department it was, where the row below
    /// states it and no other time: 「| 2022年7月〜現在 | 第二開発部 |」 over 「| | 搬送制御の開発 |」.
    fn title_below_department(&self, row: usize, title: &str) -> Option<String> {
        let next = self.blocks[row].end;
        let is_row = next < self.blocks.len()
            && self.blocks[next].kind == Kind::Row
            && self.blocks[next].parent == self.blocks[row].parent;
        if !is_row || !is_department(title) {
            return None;
        }
        let filled: Vec<usize> = self
            .blocks
            .children(next)
            .take(MAX_CELLS)
            .filter(|cell| !cell_text(self.blocks, *cell).is_empty())
            .collect();
        let [only] = filled.as_slice() else {
            return None;
        };
        let text = cell_text(self.blocks, *only);
        let is_title = matches!(
            self.evidence.field[*only],
            Some(Field::Title | Field::Summary)
        ) && (MIN_TITLE_CHARS..=MAX_TITLE_CHARS).contains(&text.chars().count())
            && text.starts_with(char::is_alphanumeric)
            && !text.contains(['\n', '。', ':', '：'])
            && field_of(&text).is_none()
            && !names_role(&text)
            && self.evidence.periods[*only].is_empty();
        is_title.then(|| strip_title(&text))
    }

    /// Returns the heading that titles the work of the only row of a table, over labels at most:
    /// 「## 採点サービスの構築」 over 「### 業務内容」.
    fn heading_of_row(&self, row: usize) -> Option<usize> {
        let table = self.blocks[row].parent;
        let rows = self
            .blocks
            .children(table)
            .filter(|row| !self.blocks[*row].is_header && !self.evidence.is_head_row(*row));
        if rows.take(2).count() != 1 {
            return None;
        }
        for above in self.blocks.ancestors(table).take(MAX_LABELS_ABOVE) {
            let is_title = self.blocks[above].kind == Kind::Heading
                && !self.evidence.opens_section[above]
                && !self.is_job[above];
            if !is_title {
                return None;
            }
            let title = self.blocks[above].str();
            let is_label = self.evidence.field[above].is_some() || is_project_list(title);
            if !is_label {
                let has_other = self
                    .works
                    .iter()
                    .rev()
                    .take(8)
                    .any(|work| above <= work.block && work.block < self.blocks[above].end);
                return (!has_other).then_some(above);
            }
        }
        None
    }

    /// Returns whether the only filled cell of a row is prose or a list, and so no title: what stands beside a time and
    /// technologies that reach over two rows.
    fn tells_of_row_above(&self, cells: &[usize]) -> bool {
        let is_filled = |cell: &usize| {
            self.blocks[*cell].end > cell + 1 || !self.blocks[*cell].str().trim().is_empty()
        };
        let mut filled = cells.iter().copied().filter(is_filled);
        let (Some(only), None) = (filled.next(), filled.next()) else {
            return false;
        };
        let has_prose = |at: usize| self.blocks[at].str().contains('。');
        cells.len() > 1 && (only..self.blocks[only].end).any(has_prose)
    }

    /// Lets the project of the row above go on in a row that states neither title nor period.
    fn go_on(&mut self, row: usize, is_undated: bool) {
        let end = self.blocks[row].end;
        if let Some(above) = self.works.last_mut()
            && is_undated
            && above.end == row
            && self.blocks[above.block].parent == self.blocks[row].parent
        {
            above.end = end;
        }
    }

    /// Looks at the rows of a table that is a job: a row with a period alone begins a project.
    pub(super) fn job_table(&mut self, at: usize) -> usize {
        let end = self.blocks[at].end;
        let rows: Vec<usize> = self.blocks.children(at).skip(1).collect();
        let mut begins: Vec<(usize, PlacedPeriod)> = Vec::new();
        for row in &rows {
            let Some(cell) = self.blocks.children(*row).next() else {
                continue;
            };
            let others_empty = self.blocks.children(*row).skip(1).all(|cell| {
                self.blocks[cell].str().is_empty() && self.blocks[cell].end == cell + 1
            });
            if others_empty
                && let Some(own) = self.evidence.own_period(self.blocks, cell)
                && own.period.is_stretch()
            {
                begins.push((*row, own));
            }
        }
        if begins.is_empty() && self.signs[at].has_strong_label {
            let all: Vec<usize> = self.blocks.children(at).collect();
            if let Some(title) = self.only_work(&all) {
                self.add(at, end, title, None);
                return end;
            }
        }
        if begins.is_empty() {
            // The whole job in a cell: the lines of the cell may title projects.
            return at + 1;
        }
        for (index, (row, period)) in begins.iter().enumerate() {
            let next = begins.get(index + 1).map_or(end, |(row, _)| *row);
            let title = title_without(self.blocks[period.block].str(), &period.period.range);
            let title = title
                .rsplit(['／', '/'])
                .next()
                .unwrap_or("")
                .trim()
                .to_owned();
            self.add(*row, next, strip_title(&title), Some(period.clone()));
        }
        end
    }

    /// Returns the title of the only work that a table of labels tells of a job: its title, or what it
    /// says in one short line.
    fn only_work(&self, rows: &[usize]) -> Option<String> {
        let title = self.cell_of(rows, Field::Title);
        title.or_else(|| {
            let cell = rows
                .iter()
                .flat_map(|row| self.blocks.children(*row))
                .find(|cell| self.evidence.field[*cell] == Some(Field::Summary))?;
            let text = self.blocks[cell].str();
            (self.blocks[cell].end == cell + 1 && text.chars().count() <= 60)
                .then(|| strip_title(&first_sentence(text)))
        })
    }

    /// Returns the first text of a table's cell with this field.
    pub(super) fn cell_of(&self, rows: &[usize], field: Field) -> Option<String> {
        rows.iter()
            .flat_map(|row| self.blocks.children(*row))
            .find(|cell| self.evidence.field[*cell] == Some(field))
            .and_then(|cell| {
                (cell..self.blocks[cell].end)
                    .map(|line| self.blocks[line].str())
                    .find(|text| !text.is_empty())
            })
            .map(strip_title)
    }
}

#[cfg(test)]
mod tests {
    use shokureki_index::lexicon::Lexicon;

    use crate::domain::DocumentFormat;
    use crate::resume::read;

    /// Checks the projects below `## 職務経歴`: title, employer, first month.
    #[track_caller]
    fn check(table: &str, expected: &[(&str, &str, &str)]) {
        let text = format!("# 職務経歴書\n\n## 職務経歴\n\n{table}\n");
        let (resume, _) = read(&text, DocumentFormat::Markdown, Lexicon::builtin());
        let actual: Vec<(&str, &str, String)> = resume
            .stints
            .projects
            .iter()
            .map(|project| {
                let employer = project
                    .employment
                    .map(|job| &resume.stints.employments[job].employer.name);
                let from = project.period.as_ref().and_then(|period| period.from);
                (
                    project.title.as_deref().unwrap_or(""),
                    employer.map_or("", String::as_str),
                    from.map_or(String::new(), |from| from.to_string()),
                )
            })
            .collect();
        let actual: Vec<(&str, &str, &str)> = actual
            .iter()
            .map(|(title, employer, from)| (*title, *employer, from.as_str()))
            .collect();
        assert_eq!(actual, expected, "{table}");
    }

    const BOTH: [(&str, &str, &str); 2] = [
        ("物流管理システム刷新", "株式会社アオゾラ", "2022-04"),
        ("在庫照会API", "株式会社アオゾラ", "2020-04"),
    ];

    #[test]
    fn rows_repeat_the_employer_of_the_row_above() {
        for ditto in ["", "〃", "同上", "↑"] {
            check(
                &format!(
                    "|期間|会社|業務内容|環境|\n|--|--|--|--|\n\
                     |2022/04～現在|株式会社アオゾラ|物流管理システム刷新|Go|\n\
                     |2020/04～2022/03|{ditto}|在庫照会API|Java|"
                ),
                &BOTH,
            );
        }
    }

    #[test]
    fn a_company_that_several_rows_share_states_its_own_time() {
        check(
            "|会社・期間|やったこと|いつ|使ったもの|\n|--|--|--|--|\n\
             |**株式会社アオゾラ**<br>正社員<br>2017/04〜|物流管理システム刷新|2022/04〜現在|Go|\n\
             ||在庫照会API。店舗から在庫を引く、というもの|2020/04〜2022/03|Java|",
            &BOTH,
        );
        check(
            "|期間|案件|技術|\n|--|--|--|\n|**株式会社アオゾラ（2017/04〜現在）**|||\n\
             |2022/04〜現在|物流管理システム刷新|Go|\n|2020/04〜2022/03|在庫照会API|Java|",
            &BOTH,
        );
        check(
            "<table><tr><th>会社</th><th>期間</th><th>案件</th></tr>\n\
             <tr><td rowspan=2>株式会社アオゾラ</td><td>2022/04〜現在</td><td>物流管理システム刷新</td></tr>\n\
             <tr><td>2020/04〜2022/03</td><td>在庫照会API</td></tr></table>",
            &BOTH,
        );
    }

    #[test]
    fn heads_may_stand_in_two_rows_or_be_repeated() {
        check(
            "### 株式会社アオゾラ（2017/04〜現在）\n\n|期間||案件名|環境|\n|--|--|--|--|\n\
             |開始|終了||言語|\n|2022/04|現在|物流管理システム刷新|Go|\n\
             |期間||案件名|環境|\n|2020/04|2022/03|在庫照会API|Java|",
            &BOTH,
        );
    }

    #[test]
    fn a_table_of_labels_is_one_project() {
        check(
            "### 株式会社アオゾラ（2017/04〜現在）\n\n|物流管理システム刷新||\n|--|--|\n\
             |期間|2022/04〜現在|\n|技術|Go|\n\n|2020/04〜2022/03|在庫照会API|\n|--|--|\n\
             |役割|PG|\n|技術|Java|",
            &BOTH,
        );
        check(
            "**株式会社アオゾラ** （2017/04〜現在）\n\n**物流管理システム刷新**\n\n\
             |項目|内容|\n|--|--|\n|時期|2022/04〜現在|\n|技術|Go|\n\n\
             **在庫照会API**\n\n|項目|内容|\n|--|--|\n|時期|2020/04〜2022/03|\n|技術|Java|",
            &BOTH,
        );
    }

    #[test]
    fn what_tells_of_no_work_is_no_project() {
        check(
            "### 株式会社アオゾラ（2017/04〜現在）\n\n|期間|人数|備考|\n|--|--|--|\n\
             |2022/04〜現在|6名|協力会社3名|\n\n|年月|区分|内容|\n|--|--|--|\n\
             |2017年3月|卒業|青山川大学|\n|2017年4月|入社|株式会社アオゾラ|",
            &[],
        );
    }
}
