//! The keys of a document's front matter that tell who the person is.

use std::ops::Range;

use super::field::{PersonField, person_field};

/// A value of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FrontValue {
    /// The field that its key names.
    pub(super) field: PersonField,
    /// The key, as written.
    pub(super) key: Range<usize>,
    /// Its bytes in the document, without quotes.
    pub(super) value: Range<usize>,
}

/// Reads the values of `front_matter`, in its order. A list below a key gives one value per item.
pub(super) fn front_values(text: &str, front_matter: Range<usize>) -> Vec<FrontValue> {
    let mut found = Vec::new();
    let mut above: Option<Range<usize>> = None;
    let mut at = front_matter.start;
    for line in text[front_matter].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        let indent = content.len() - content.trim_start().len();
        let item = content.trim_start().strip_prefix("- ");
        let begin = start + content.len() - item.unwrap_or(content.trim_start()).len();
        let body = &text[begin..start + content.len()];
        if body.starts_with('#') || body.is_empty() {
            continue;
        }
        let is_below = indent > 0 || item.is_some();
        let Some((key, value)) = key_value(body) else {
            if is_below && let Some(key) = &above {
                push(text, key.clone(), begin..begin + body.len(), &mut found);
            }
            continue;
        };
        let key = begin + key.start..begin + key.end;
        let value = begin + value.start..begin + value.end;
        if value.is_empty() {
            above = Some(key);
            continue;
        }
        if !is_below {
            above = None;
        }
        push(text, key, value, &mut found);
    }
    found
}

/// Splits `key: value` or `key = value`.
fn key_value(body: &str) -> Option<(Range<usize>, Range<usize>)> {
    let sign = body.find([':', '=', '：'])?;
    let width = body[sign..].chars().next().map_or(1, char::len_utf8);
    let behind = &body[sign + width..];
    if body.starts_with("http") || behind.starts_with("//") {
        return None;
    }
    let key = body[..sign].trim_end();
    let value = behind.trim_start();
    Some((0..key.len(), body.len() - value.len()..body.len()))
}

fn push(text: &str, key: Range<usize>, value: Range<usize>, found: &mut Vec<FrontValue>) {
    let written = &text[value.clone()];
    let inner = written.trim_matches(['"', '\'', ' ', '[', ']']);
    if inner.is_empty() {
        return;
    }
    let start = value.start + (inner.as_ptr() as usize - written.as_ptr() as usize);
    let value = start..start + inner.len();
    let name = text[key.clone()].trim_matches(['"', '\'']);
    let field = match name.to_ascii_lowercase().as_str() {
        "title" | "subtitle" => Some(PersonField::Ignored),
        _ => person_field(name),
    };
    let field = if inner.starts_with("http") {
        Some(PersonField::Link)
    } else {
        field
    };
    if let Some(field) = field {
        found.push(FrontValue { field, key, value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_name_fields_and_lists_belong_to_the_key_above() {
        let text = "---\ntitle: 職務経歴書\nname: \"葛木 朔\"\nname_kana: かつらぎ さく\nbirthday: 2001-02-03\nlinks:\n  - https://github.com/katsuragi\nauthor:\n  name: 葛木 朔\n---\n";
        let found = front_values(text, 0..text.len());
        let values: Vec<(PersonField, &str)> = found
            .iter()
            .map(|found| (found.field, &text[found.value.clone()]))
            .collect();
        assert_eq!(
            values,
            [
                (PersonField::Ignored, "職務経歴書"),
                (PersonField::OtherName, "葛木 朔"),
                (PersonField::Reading, "かつらぎ さく"),
                (PersonField::BirthDate, "2001-02-03"),
                (PersonField::Link, "https://github.com/katsuragi"),
                (PersonField::OtherName, "葛木 朔"),
            ]
        );
    }
}
