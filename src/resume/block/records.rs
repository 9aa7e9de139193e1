//! Lines of labels that describe one thing after the other, with headings below each: what they stand below.

use crate::resume::label::{Field, field_of, label_of};

use super::Kind;
use super::builder::Builder;

impl Builder<'_> {
    /// Closes the headings of what was described before, where a labelled line begins what comes next: 「期間：2021年…」
    /// behind 「#### 使用技術」 and a rule, or behind the lines of 「■技術」, stands below the employer, as the
    /// first 「期間：2024年…」 does.
    pub(super) fn begin_record(&mut self, line: &str) {
        let field = label_of(line).map(|label| label.field);
        let begins =
            |field: &Field| matches!(field, Field::Period | Field::Title | Field::Employer);
        let Some(field) = field.filter(begins) else {
            return;
        };
        let stack = &self.stack;
        self.records.retain(|(_, above)| stack.contains(above));
        let above = stack.iter().rev().copied().find(|at| {
            let block = &self.blocks[*at];
            block.kind == Kind::Cell || block.kind == Kind::Heading && !block.is_label()
        });
        let first = self
            .records
            .iter()
            .find(|(other, _)| *other == field)
            .map(|(_, above)| *above);
        let is_behind_rule = self.rule_at == self.blocks.len();
        let is_employer = field == Field::Employer;
        match first.filter(|first| is_behind_rule || self.is_behind_labels(*first, is_employer)) {
            Some(first) => {
                while self.stack.len() > self.floor && self.top() != first {
                    self.close();
                }
            }
            None => self.records.extend(above.map(|above| (field, above))),
        }
    }

    /// Returns whether what is open below `first` is a line that works as a heading and labels what something was made
    /// with or by whom, and at most items below it: no work begins there. Nor does an employer below 「【システムの概要】」.
    fn is_behind_labels(&self, first: usize, is_employer: bool) -> bool {
        let Some(at) = self.stack.iter().rposition(|at| *at == first) else {
            return false;
        };
        let mut open = self.stack[at + 1..].iter().map(|at| &self.blocks[*at]);
        let is_label = open.next().is_some_and(|block| {
            let field = field_of(block.str());
            let is_told = matches!(
                field,
                Some(
                    Field::Technology
                        | Field::Environment
                        | Field::Phase
                        | Field::Team
                        | Field::Achievement
                )
            );
            let is_told = is_told || is_employer && field == Some(Field::Summary);
            block.kind == Kind::Heading && !block.is_marked_heading() && is_told
        });
        is_label && open.all(|block| block.kind == Kind::Item)
    }
}
