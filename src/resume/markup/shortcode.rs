//! Shortcodes of emoji: 「:office: 株式会社A」.

/// Characters that the name of an emoji may have.
const MAX_NAME_BYTES: usize = 40;

/// Returns the bytes of the shortcode that `rest` begins with behind `before`, where blanks stand around it.
pub(super) fn shortcode(before: &str, rest: &str) -> Option<usize> {
    let name = rest.strip_prefix(':')?;
    let end = name
        .bytes()
        .take(MAX_NAME_BYTES)
        .position(|byte| byte == b':')?;
    let is_name = name[..end].starts_with(|first: char| first.is_ascii_lowercase())
        && end >= 2
        && name[..end].bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-')
        });
    let stands_apart = before.is_empty() || before.ends_with(char::is_whitespace);
    let behind = &name[end + 1..];
    (is_name && stands_apart && (behind.is_empty() || behind.starts_with(char::is_whitespace)))
        .then_some(end + 2)
}
