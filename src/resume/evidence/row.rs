//! The periods of a table's rows: in a cell, in columns of their own for start and end or year and
//! month, over several lines.

use crate::domain::PeriodEnd;
use shokureki_index::words;

use crate::resume::block::{Blocks, Kind};
use crate::resume::job::joined;
use crate::resume::label::Field;
use crate::resume::period::{FoundPeriod, PeriodShape, find_periods};

use super::table::{MAX_COLUMNS, Shape, SplitDate, cell_text};
use super::{Evidence, PlacedPeriod};

/// Longer cells hold more than a period.
const MAX_PERIOD_CELL_BYTES: usize = 80;

impl Evidence {
    /// Returns the period that a table states as a whole: a labelled value, its heads, or its only row.
    pub(super) fn table_period(&self, blocks: &Blocks, table: usize) -> Option<PlacedPeriod> {
        let rows: Vec<usize> = blocks.children(table).take(24).collect();
        match self.shape(table) {
            Shape::Pairs => rows
                .iter()
                .flat_map(|row| blocks.children(*row).take(6))
                .filter(|cell| self.field[*cell] == Some(Field::Period))
                .find_map(|cell| self.cell_period(blocks, cell))
                .or_else(|| self.labelled_ends(blocks, &rows))
                .or_else(|| {
                    let head = rows.first().filter(|row| blocks[**row].is_header)?;
                    blocks
                        .children(*head)
                        .take(6)
                        .filter_map(|cell| self.first_in(blocks, cell))
                        .find(|found| found.period.is_stretch())
                }),
            Shape::Other | Shape::Works => {
                if let Some(headed) = self.head_period(blocks, &rows) {
                    return Some(headed);
                }
                let mut records = rows.iter().filter(|row| !self.is_head_row(**row));
                let only = *records.next()?;
                let is_part = blocks.children(only).take(MAX_COLUMNS).any(|cell| {
                    matches!(
                        self.field[cell],
                        Some(Field::Title | Field::Summary | Field::Employer)
                    )
                });
                if is_part || !self.is_head_row(rows[0]) {
                    return None;
                }
                if records.next().is_some() {
                    return self.roles_period(blocks, &rows);
                }
                self.row_period(blocks, only)
                    .filter(|dated| dated.period.is_stretch())
            }
            Shape::Jobs | Shape::Columns | Shape::Events | Shape::Person => None,
        }
    }

    /// Returns the period that stands alone in a heading cell over rows which say no time in that column:
    /// 「|2023年4月 ~ 2023年6月|開発環境|規模|」.
    fn head_period(&self, blocks: &Blocks, rows: &[usize]) -> Option<PlacedPeriod> {
        let head = rows.first().copied().filter(|row| blocks[*row].is_header)?;
        let cell = blocks
            .children(head)
            .take(MAX_COLUMNS)
            .find(|cell| self.is_period_only(blocks, *cell) && blocks[*cell].end == *cell + 1)?;
        let is_dated_below = rows.iter().skip(1).any(|row| {
            blocks
                .children(*row)
                .filter(|other| blocks[*other].column == blocks[cell].column)
                // A date among other words is of something else: 「資本金: 7億円（2024年2月時点）」.
                .filter_map(|other| self.cell_period(blocks, other))
                .any(|found| found.period.is_stretch() || self.is_period_only(blocks, found.block))
        });
        self.first_in(blocks, cell)
            .filter(|found| found.period.is_stretch() && !is_dated_below)
    }

    /// Returns the period from the first to the last row of a table that says when somebody was what:
    /// 「|期間|ロール|」.
    fn roles_period(&self, blocks: &Blocks, rows: &[usize]) -> Option<PlacedPeriod> {
        let mut whole: Option<PlacedPeriod> = None;
        for row in rows.iter().filter(|row| !self.is_head_row(**row)) {
            let is_of_role = blocks.children(*row).take(MAX_COLUMNS).all(|cell| {
                matches!(
                    self.field[cell],
                    Some(Field::Period | Field::Role | Field::Department | Field::EmploymentKind)
                )
            });
            let own = self
                .row_period(blocks, *row)
                .filter(|own| is_of_role && own.period.is_stretch())?;
            whole = joined(whole, Some(own));
        }
        whole
    }

    /// Returns the period that a table states of the block above it: not of a work that it titles, nor
    /// of one of several.
    pub(super) fn only_table_period(
        &self,
        blocks: &Blocks,
        above: usize,
        table: usize,
    ) -> Option<PlacedPeriod> {
        let dated = self.table_period(blocks, table)?;
        let is_titled = blocks
            .children(table)
            .take(MAX_COLUMNS)
            .flat_map(|row| blocks.children(row).take(6))
            .any(|cell| {
                self.field[cell] == Some(Field::Title) && !cell_text(blocks, cell).is_empty()
            });
        let is_only = || {
            blocks
                .children(above)
                .take(super::stated::MAX_ATTACHED)
                .filter(|child| blocks[*child].kind == Kind::Table && *child != table)
                .all(|other| self.table_period(blocks, other).is_none())
        };
        (!is_titled && is_only()).then_some(dated)
    }

    /// Returns the period between the labelled start and end of a table of labels and values.
    fn labelled_ends(&self, blocks: &Blocks, rows: &[usize]) -> Option<PlacedPeriod> {
        let mut joined = None;
        for row in rows {
            for cell in blocks.children(*row).take(6) {
                match self.field[cell] {
                    Some(Field::Start) => self.join(blocks, cell, false, &mut joined),
                    Some(Field::End) => self.join(blocks, cell, true, &mut joined),
                    _ => {}
                }
            }
        }
        joined
    }

    /// Returns the period of a row: its year and month, its period cell, its start and end cells, or
    /// what other cells state; the one of its employer's cell only where nothing else states any.
    pub(super) fn row_period(&self, blocks: &Blocks, row: usize) -> Option<PlacedPeriod> {
        if let Some(date) = self.tables.year_month.get(&row) {
            return self.split_date(blocks, *date);
        }
        let cells: Vec<usize> = blocks.children(row).take(MAX_COLUMNS).collect();
        let mut dated: Option<PlacedPeriod> = None;
        for cell in &cells {
            match self.field[*cell] {
                Some(Field::Period) => {
                    let Some(found) = self.cell_period(blocks, self.meant_cell(*cell)) else {
                        continue;
                    };
                    if found.period.is_stretch() {
                        return Some(found);
                    }
                    dated = Some(found);
                }
                Some(Field::Start) => {
                    if let Some(found) = self.start_cell(blocks, *cell) {
                        dated = Some(found);
                    }
                }
                Some(Field::End) => self.end_cell(blocks, *cell, &mut dated),
                _ if self.is_period_only(blocks, *cell) => {
                    self.dated_cell(blocks, *cell, &mut dated);
                }
                // 「| 2024年8月 | - | 現在 |」
                None if dated.as_ref().is_some_and(is_date)
                    && ["現在", "現職", "継続中", "現在に至る"].contains(&blocks[*cell].str()) =>
                {
                    self.end_cell(blocks, *cell, &mut dated);
                }
                _ => {}
            }
        }
        dated
            .or_else(|| {
                let is_told = |field| matches!(field, Some(Field::Title | Field::Summary));
                self.stretch_in(blocks, &cells, &is_told)
            })
            .or_else(|| {
                let first = cells
                    .first()
                    .copied()
                    .filter(|cell| self.field[*cell].is_none())?;
                self.cell_period(blocks, first)
                    .filter(|found| found.period.is_stretch())
            })
            .or_else(|| self.stretch_in(blocks, &cells, &|field| field == Some(Field::Employer)))
    }

    /// Returns the date, or the stretch, whose year, month and end stand in cells of their own.
    fn split_date(&self, blocks: &Blocks, date: SplitDate) -> Option<PlacedPeriod> {
        let number = |cell: usize, unit: char| {
            let text = blocks[cell].str().trim();
            text.trim_end_matches(unit).trim().to_owned()
        };
        let year = number(date.year, '年');
        let text = format!("{year}年{}月", number(date.month, '月'));
        let mut found = find_periods(&text).into_iter().next()?;
        found.range = 0..0;
        if let Some(end) = date.end {
            let month = blocks[end].str().trim().trim_start_matches('翌');
            let is_next = blocks[end].str().contains('翌');
            let from_year = found.from?.earliest().year();
            let stated = match self.first_in(blocks, end) {
                Some(stated) => stated.period.from,
                None if month.is_empty() => None,
                None => {
                    let text = format!(
                        "{}年{}月",
                        from_year + u16::from(is_next),
                        month.trim_end_matches('月')
                    );
                    find_periods(&text).into_iter().next()?.from
                }
            };
            found.to = stated.map_or(PeriodEnd::Present, PeriodEnd::At);
            found.shape = PeriodShape::Range;
        }
        Some(PlacedPeriod {
            text,
            period: found,
            block: date.month,
        })
    }

    /// Returns the first stretch of time in the cells of a field.
    fn stretch_in(
        &self,
        blocks: &Blocks,
        cells: &[usize],
        is_wanted: &dyn Fn(Option<Field>) -> bool,
    ) -> Option<PlacedPeriod> {
        cells
            .iter()
            .filter(|cell| is_wanted(self.field[**cell]))
            .find_map(|cell| {
                let lines = *cell..blocks[*cell].end.min(cell + 6);
                let titles = lines.filter(|line| {
                    self.is_period_only(blocks, *line) || blocks[*line].str().chars().count() <= 60
                });
                titles
                    .filter_map(|line| self.first_in(blocks, line))
                    .find(|found| found.period.is_stretch())
            })
    }

    /// Returns what a cell of starts states: a start, or that it goes on.
    fn start_cell(&self, blocks: &Blocks, cell: usize) -> Option<PlacedPeriod> {
        let Some(mut found) = self.cell_period(blocks, cell) else {
            let text = blocks[cell].str();
            return ["継続", "継続中"].contains(&text).then(|| PlacedPeriod {
                period: FoundPeriod {
                    range: 0..text.len(),
                    from: None,
                    to: PeriodEnd::Present,
                    shape: PeriodShape::Range,
                    has_impossible_date: false,
                },
                block: cell,
                text: text.to_owned(),
            });
        };
        if !found.period.is_stretch() {
            found.period.to = PeriodEnd::Unstated;
        }
        if !matches!(found.period.to, PeriodEnd::At(_)) || !found.period.is_stretch() {
            found.period.shape = PeriodShape::StartOnly;
        }
        Some(found)
    }

    /// Adds what a cell of ends states: an end, or by nothing or 現在 that it goes on.
    fn end_cell(&self, blocks: &Blocks, cell: usize, dated: &mut Option<PlacedPeriod>) {
        let text = cell_text(blocks, cell);
        let Some(period) = dated else { return };
        if let Some(found) = self.cell_period(blocks, cell) {
            period.period.to = match found.period.from {
                Some(from) if !found.period.is_stretch() => PeriodEnd::At(from),
                _ => found.period.to,
            };
            period.period.shape = PeriodShape::Range;
            period.text = format!("{} – {}", period.text, found.text);
        } else if goes_on(&text) {
            period.period.to = PeriodEnd::Present;
            period.period.shape = PeriodShape::Range;
        }
    }

    /// Adds what a cell without a head states that is a period and nothing else.
    fn dated_cell(&self, blocks: &Blocks, cell: usize, dated: &mut Option<PlacedPeriod>) {
        let Some(found) = self.first_in(blocks, cell) else {
            return;
        };
        match dated {
            None => *dated = Some(found),
            Some(period)
                if period.period.shape == PeriodShape::Single
                    && is_next_date(blocks, period.block, cell) =>
            {
                period.period.to = found.period.to;
                period.period.shape = PeriodShape::Range;
                period.text = format!("{} – {}", period.text, found.text);
            }
            Some(_) => {}
        }
    }

    /// Returns the period of a cell, in one line or over several.
    pub(in crate::resume) fn cell_period(
        &self,
        blocks: &Blocks,
        cell: usize,
    ) -> Option<PlacedPeriod> {
        self.first_in(blocks, cell)
            .or_else(|| self.lines_period(blocks, cell))
    }

    /// Returns the period that the lines of a cell state together (「2020年4月」「～」「2024年6月」),
    /// or the first of one of them.
    fn lines_period(&self, blocks: &Blocks, cell: usize) -> Option<PlacedPeriod> {
        let lines: Vec<usize> = (cell + 1..blocks[cell].end.min(cell + 6))
            .filter(|line| !blocks[*line].str().is_empty())
            .collect();
        let texts: Vec<&str> = lines.iter().map(|line| blocks[*line].str()).collect();
        let joined = texts.join(" ");
        if joined.len() <= MAX_PERIOD_CELL_BYTES
            && let Some(found) = find_periods(&joined)
                .into_iter()
                .find(|period| period.shape == PeriodShape::Range)
        {
            return Some(PlacedPeriod {
                text: joined[found.range.clone()].trim().to_owned(),
                period: FoundPeriod {
                    range: 0..0,
                    ..found
                },
                block: cell,
            });
        }
        // 「2020/04」「2022/03」 in two lines are a start and an end.
        if let [one, other] = lines.as_slice()
            && self.is_period_only(blocks, *one)
            && self.is_period_only(blocks, *other)
            && let (Some(mut from), Some(to)) =
                (self.first_in(blocks, *one), self.first_in(blocks, *other))
            && from.period.shape == PeriodShape::Single
            && to.period.shape == PeriodShape::Single
            && let Some(end) = to.period.from
        {
            from.period.to = PeriodEnd::At(end);
            from.period.shape = PeriodShape::Range;
            from.text = format!("{} – {}", from.text, to.text);
            return Some(from);
        }
        // So are 「2023/04」 and 「現在」.
        if let [one, other] = lines.as_slice()
            && self.is_period_only(blocks, *one)
            && let Some(mut from) = self.first_in(blocks, *one)
            && from.period.shape == PeriodShape::Single
            && blocks[*other].str().contains(char::is_alphanumeric)
            && goes_on(blocks[*other].str())
        {
            from.period.to = PeriodEnd::Present;
            from.period.shape = PeriodShape::Range;
            from.text = format!("{} – {}", from.text, blocks[*other].str());
            return Some(from);
        }
        (cell + 1..blocks[cell].end).find_map(|line| self.first_in(blocks, line))
    }
}

/// Returns whether the cell `cell` stands behind that of `date`, next to it or behind a sign: 「| 3月 | - | 6月 |」.
fn is_next_date(blocks: &Blocks, date: usize, cell: usize) -> bool {
    let first = blocks[date].column;
    blocks[cell].column == first + 1
        || blocks[cell].column == first + 2
            && blocks
                .children(blocks[cell].parent)
                .find(|between| blocks[*between].column == first + 1)
                .is_some_and(|between| {
                    let text = cell_text(blocks, between);
                    !text.is_empty() && !text.contains(char::is_alphanumeric)
                })
}

/// Returns whether a period is one date.
fn is_date(placed: &PlacedPeriod) -> bool {
    placed.period.shape == PeriodShape::Single
}

/// Returns whether the cell of an end says that there is none yet.
fn goes_on(text: &str) -> bool {
    text.is_empty()
        || text.contains('現')
        || text.chars().all(|character| !character.is_alphanumeric())
        || words![
            "継続",
            "在籍中",
            "在職中",
            "いま",
            "今",
            "稼働中",
            "参画中",
            "進行中",
        ]
        .is_in(text)
        || ["present", "now", "current", "ongoing"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
}

/// Returns the value of a digit of either width.
pub(super) fn digit_of(digit: char) -> Option<u32> {
    match digit {
        '０'..='９' => Some(digit as u32 - '０' as u32),
        _ => digit.to_digit(10),
    }
}
