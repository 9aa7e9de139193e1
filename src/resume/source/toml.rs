//! TOML to values that know their place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::text::Text;
use super::data::{MAX_DEPTH, Node};

/// Reads the document in the bytes `range`; nothing where it is none.
pub(super) fn read_nodes(text: &str, range: Range<usize>) -> Vec<Node> {
    let reader = Reader {
        text,
        from: range.start,
    };
    DeTable::parse(&text[range])
        .map(|table| vec![reader.map(table.get_ref(), 0)])
        .unwrap_or_default()
}

/// Reads values of a part of `text`.
struct Reader<'a> {
    text: &'a str,
    /// Where the part begins.
    from: usize,
}

impl Reader<'_> {
    /// Reads a table, its members in the order in which they stand.
    fn map(&self, table: &DeTable<'_>, depth: usize) -> Node {
        let mut members: Vec<_> = table.iter().collect();
        members.sort_by_key(|(key, _)| key.span().start);
        let members = members.into_iter().map(|(key, value)| {
            let mut name = Text::default();
            name.push_decoded(key.get_ref(), self.place(&key.span()));
            (name, self.value(value, depth + 1))
        });
        Node::Map(members.collect())
    }

    /// Reads a value.
    fn value(&self, value: &Spanned<DeValue<'_>>, depth: usize) -> Node {
        match value.get_ref() {
            DeValue::Table(table) if depth < MAX_DEPTH => self.map(table, depth),
            DeValue::Array(values) if depth < MAX_DEPTH => {
                let values = values.iter().map(|value| self.value(value, depth + 1));
                Node::List(values.collect())
            }
            DeValue::String(said) => Node::Scalar(self.scalar(said, &value.span())),
            _ => {
                let place = self.place(&value.span());
                let mut shown = Text::default();
                shown.push(&self.text[place.clone()], place.start);
                Node::Scalar(shown)
            }
        }
    }

    /// Reads a text: as it stands between its quotes where nothing is escaped.
    fn scalar(&self, said: &str, span: &Range<usize>) -> Text {
        let place = self.place(span);
        let raw = &self.text[place.clone()];
        let mut shown = Text::default();
        match raw.find(said.trim()) {
            Some(at) => shown.push(said.trim(), place.start + at),
            None => shown.push_decoded(said.trim(), place),
        }
        shown
    }

    /// Returns where the bytes `span` of the part stand in the text.
    fn place(&self, span: &Range<usize>) -> Range<usize> {
        let len = self.text.len();
        (self.from + span.start).min(len)..(self.from + span.end).min(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_place() {
        let text = "+++\n[[job]]\ncompany = \"A社\"\nsays = \"\"\"\n  b\n  \"\"\"\nn = 3\n+++\n";
        let nodes = read_nodes(text, 4..text.len() - 4);
        let [Node::Map(roots)] = nodes.as_slice() else {
            panic!("{nodes:?}")
        };
        let (key, Node::List(jobs)) = &roots[0] else {
            panic!("{roots:?}")
        };
        assert_eq!(key.as_str(), "job");
        let Node::Map(members) = &jobs[0] else {
            panic!("{jobs:?}")
        };
        let shown: Vec<(&str, &str)> = members
            .iter()
            .map(|(key, value)| match value {
                Node::Scalar(value) => (key.as_str(), &text[value.whole()]),
                _ => (key.as_str(), ""),
            })
            .collect();
        assert_eq!(shown, [("company", "A社"), ("says", "b"), ("n", "3")]);
    }

    #[test]
    fn what_is_no_toml_gives_nothing() {
        assert!(read_nodes("= = =", 0..5).is_empty());
    }
}
