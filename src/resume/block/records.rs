//! Lines of labels that describe one thing after the other, with headings below each: what they stand below.

use crate::resume::label::{Field, label_of};

use super::Kind;
use super::builder::Builder;

impl Builder<'_> {
    /// Closes the headings of what was described before, where a labelled line behind a rule begins what
    /// comes next: 「期間：2021年…」 behind 「#### 使用技術」 and 「---」 stands below the employer, as the first
    /// 「期間：2024年…」 does.
    pub(super) fn begin_record(&mut self, line: &str) {
        let field = label_of(line).map(|label| label.field);
        let Some(field) = field.filter(|field| matches!(field, Field::Period | Field::Title))
        else {
            return;
        };
        let stack = &self.stack;
        self.records.retain(|(_, above)| stack.contains(above));
        let above = stack
            .iter()
            .rev()
            .copied()
            .find(|at| self.blocks[*at].kind == Kind::Heading && !self.blocks[*at].is_label());
        let first = self
            .records
            .iter()
            .find(|(other, _)| *other == field)
            .map(|(_, above)| *above);
        let is_behind_rule = self.rule_at == self.blocks.len();
        match first.filter(|_| is_behind_rule) {
            Some(first) => {
                while self.stack.len() > self.floor && self.top() != first {
                    self.close();
                }
            }
            None => self.records.extend(above.map(|above| (field, above))),
        }
    }
}
