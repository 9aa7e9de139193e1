//! The keys of a document's front matter that tell who the person is.

use shokureki_index::words;
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

/// Keys that hold a person: what stands below others (skills, projects) has names of its own.
const PERSONS: &[&str] = &[
    "author",
    "authors",
    "profile",
    "basics",
    "person",
    "me",
    "owner",
    "about",
    "personal",
    "contact",
    "contacts",
    "user",
    "identity",
    "本人",
    "基本情報",
    "プロフィール",
    "個人情報",
    "連絡先",
];

/// Returns where the document's data on itself stands: its front matter, or the keywords that an Org
/// file begins with.
pub(in super::super) fn head_of(text: &str, front_matter: Range<usize>) -> Range<usize> {
    if !front_matter.is_empty() {
        return front_matter;
    }
    if let Some(end) = end_behind_comment(text) {
        return 0..end;
    }
    if !text.starts_with("#+") {
        return front_matter;
    }
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if !line.starts_with('#') {
            break;
        }
        end += line.len();
    }
    0..end
}

/// Returns where front matter ends that begins with a comment: its first other line is a key.
fn end_behind_comment(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut has_key = false;
    for (index, line) in text.split_inclusive('\n').take(400).enumerate() {
        at += line.len();
        let content = line.trim_end();
        match index {
            0 if content != "---" => return None,
            0 => continue,
            1 if !content.starts_with('#') => return None,
            _ => {}
        }
        if content == "---" {
            return has_key.then_some(at);
        }
        if !has_key && !content.starts_with('#') {
            let (key, _) = content.split_once(':')?;
            if key.is_empty() || key.contains(char::is_whitespace) {
                return None;
            }
            has_key = true;
        }
    }
    None
}

/// Reads the values of `front_matter`, in its order. A list below a key gives one value per item.
pub(super) fn front_values(text: &str, front_matter: Range<usize>) -> Vec<FrontValue> {
    let mut found = Vec::new();
    let mut above: Option<Range<usize>> = None;
    let mut is_person = false;
    let mut at = front_matter.start;
    for line in text[front_matter].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        let indent = content.len() - content.trim_start().len();
        let item = content
            .trim_start()
            .strip_prefix("- ")
            .or_else(|| content.strip_prefix("#+"));
        let is_keyword = content.starts_with("#+");
        let begin = start + content.len() - item.unwrap_or(content.trim_start()).len();
        let body = &text[begin..start + content.len()];
        if body.starts_with('#') || body.is_empty() {
            continue;
        }
        let is_below = !is_keyword && (indent > 0 || item.is_some());
        let Some((key, value)) = key_value(body) else {
            if is_below && let Some(key) = &above {
                push(text, key.clone(), begin..begin + body.len(), &mut found);
            }
            continue;
        };
        let key = begin + key.start..begin + key.end;
        let value = begin + value.start..begin + value.end;
        if value.is_empty() {
            let name = text[key.clone()].to_ascii_lowercase();
            if !is_below {
                is_person = PERSONS.contains(&name.as_str());
            }
            above = Some(key);
            continue;
        }
        if !is_below {
            above = None;
        }
        let names = above.clone().filter(|_| is_below).filter(|above| {
            matches!(
                person_field(&text[above.clone()]),
                Some(PersonField::Name | PersonField::OtherName)
            )
        });
        if let Some(above) = names {
            // 「name:」 over 「ja: 葛木 朔」 and 「en: Saku Katsuragi」.
            let key = match text[key.clone()].to_ascii_lowercase().as_str() {
                "kana" | "yomi" | "reading" => key,
                _ => above,
            };
            push(text, key, value, &mut found);
            continue;
        }
        let is_link = text[value.clone()]
            .trim_matches(['"', '\''])
            .starts_with("http");
        if !is_below || is_person || is_link {
            push(text, key, value, &mut found);
        }
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
    let is_asset = words![
        "css",
        "style",
        "script",
        "image",
        "icon",
        "font",
        "theme",
        "thumbnail",
        "avatar",
    ]
    .is_in(&name.to_ascii_lowercase());
    if is_asset {
        return;
    }
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

    #[test]
    fn names_in_lists_of_other_things_are_nobodys() {
        let text = "---\nname:\n  ja: 葛木 朔\n  en: Saku Katsuragi\nskills:\n  - { name: Splunk }\n  - name: Sigma\ncss: https://example.com/a.css\n---\n";
        let found = front_values(text, 0..text.len());
        let values: Vec<&str> = found
            .iter()
            .map(|found| &text[found.value.clone()])
            .collect();
        assert_eq!(values, ["葛木 朔", "Saku Katsuragi"]);
        let org = "#+TITLE: 経歴\n#+AUTHOR: 葛木 朔\n\n* 経歴\n";
        let found = front_values(org, head_of(org, 0..0));
        let values: Vec<&str> = found
            .iter()
            .map(|found| &org[found.value.clone()])
            .collect();
        assert_eq!(values, ["経歴", "葛木 朔"]);
    }
}
