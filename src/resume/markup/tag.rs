//! HTML tags, their attributes, and entities.

use super::MAX_URL_BYTES;

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::resume) struct Tag {
    /// Its name in lower case.
    pub(in crate::resume) name: String,
    /// Its bytes from `<` to `>`.
    pub(in crate::resume) len: usize,
    /// Whether it begins with `</`.
    pub(in crate::resume) is_closing: bool,
}

/// Names of the elements of HTML that documents use.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "base",
    "big",
    "blockquote",
    "body",
    "br",
    "bt",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Returns the length of the comment that `rest` begins with.
pub(in crate::resume) fn comment_len(rest: &str) -> Option<usize> {
    const END: &str = "-->";
    let inside = rest.strip_prefix("<!--")?;
    Some(rest.len() - inside.len() + inside.find(END)? + END.len())
}

/// Reads the tag that `rest` begins with.
pub(in crate::resume) fn tag_at(rest: &str) -> Option<Tag> {
    let bytes = rest.as_bytes();
    if bytes.first() != Some(&b'<') {
        return None;
    }
    let is_closing = bytes.get(1) == Some(&b'/');
    let name_at = if is_closing { 2 } else { 1 };
    let name_len = bytes[name_at..]
        .iter()
        .take(12)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let name = rest.get(name_at..name_at + name_len)?.to_ascii_lowercase();
    // 「<A社>」 is a name in angle brackets.
    let ends = bytes.get(name_at + name_len).is_none_or(|byte| {
        byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'"' | b'\'')
    });
    if !ends || !ELEMENTS.contains(&name.as_str()) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(name_at + name_len) {
        match (quote, byte) {
            (None, b'>') => {
                return Some(Tag {
                    name,
                    len: at + 1,
                    is_closing,
                });
            }
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), _) if open == *byte => quote = None,
            _ => {}
        }
        if at > MAX_URL_BYTES {
            return None;
        }
    }
    None
}

/// Returns the value of an attribute and the byte of `tag` it begins at.
pub(in crate::resume) fn attribute<'a>(tag: &'a str, name: &str) -> Option<(&'a str, usize)> {
    let lower = tag.to_ascii_lowercase();
    let needle = format!("{name}=");
    let at = lower.find(&needle)? + needle.len();
    let quote = tag[at..].chars().next()?;
    if quote != '"' && quote != '\'' {
        let len = tag[at..].find([' ', '>'])?;
        return Some((&tag[at..at + len], at));
    }
    let len = tag[at + 1..].find(quote)?;
    Some((&tag[at + 1..at + 1 + len], at + 1))
}

/// Decodes the inside of an entity: `amp`, `#39`, `#x27`.
pub(super) fn decode_entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|character| !character.is_control());
    }
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "middot" => '・',
        "bull" => '•',
        "copy" => '©',
        "reg" => '®',
        "times" => '×',
        "rarr" => '→',
        "yen" => '¥',
        _ => return None,
    };
    Some(character)
}
