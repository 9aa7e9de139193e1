//! Attributes that kramdown and pandoc put in braces: `{#id .class}`, `{: .no_toc }`, `{-}`.

/// Bytes that a list of attributes may have.
const MAX_LIST_BYTES: usize = 200;

/// Returns the bytes of the list of attributes that `rest` begins with.
pub(super) fn attribute_list(rest: &str) -> Option<usize> {
    let close = rest
        .bytes()
        .take(MAX_LIST_BYTES)
        .position(|byte| matches!(byte, b'}' | b'\n'))
        .filter(|close| rest.as_bytes()[*close] == b'}')?;
    let inside = rest.get(1..close)?;
    let is_list = match inside.strip_prefix(':') {
        // `{:toc}`, `{:: options /}` need no sign of their own.
        Some(inside) => inside.trim().is_ascii(),
        None => {
            let mut words = inside.split_whitespace().peekable();
            words.peek().is_some() && words.all(is_attribute)
        }
    };
    is_list.then_some(close + 1)
}

/// Returns whether a word is an attribute: `#id`, `.class`, `key=value`, or `-` (no number).
fn is_attribute(word: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && !name.contains(['{', '%', '#']);
    match word.split_once('=') {
        Some((key, _)) => {
            key.starts_with(|sign: char| sign.is_ascii_alphabetic())
                && key
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        }
        None => {
            word == "-"
                || word
                    .strip_prefix(['#', '.'])
                    .is_some_and(|name| is_name(name) && !name.starts_with('.'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::attribute_list;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(attribute_list(text).map(|len| &text[..len]), expected);
    }

    #[test]
    fn braces_hold_attributes() {
        check("{#a} より", Some("{#a}"));
        check("{#職歴-1 .wide data-x=1}", Some("{#職歴-1 .wide data-x=1}"));
        check("{:toc}", Some("{:toc}"));
        check("{: .no_toc }", Some("{: .no_toc }"));
        check("{::comment}", Some("{::comment}"));
        check("{-}", Some("{-}"));
        check("{ .page-break }", Some("{ .page-break }"));
    }

    #[test]
    fn other_braces_are_text() {
        for text in [
            "{}",
            "{会社名}",
            "{{ name }}",
            "{% include %}",
            "{a, b}",
            "{#a",
            "{…}",
            "{#}",
        ] {
            check(text, None);
        }
    }
}
