//! Links, addresses and stars in a line.

use super::MAX_URL_BYTES;

/// Returns the offsets of the `[` of `line` that open a link, ascending.
pub(super) fn link_brackets(line: &str) -> Vec<usize> {
    let bytes = line.as_bytes();
    let mut open = Vec::new();
    let mut found = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        let is_escaped = at > 0 && bytes[at - 1] == b'\\';
        match byte {
            b'[' if !is_escaped => open.push(at),
            b']' if !is_escaped => {
                let Some(start) = open.pop() else { continue };
                if link_target(&line[at + 1..]).is_some() {
                    found.push(start);
                }
            }
            _ => {}
        }
    }
    found.sort_unstable();
    found
}

/// Returns the greatest char boundary of `text` that is at most `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Reads the address behind `]`: it, and the bytes with its brackets.
pub(super) fn link_target(rest: &str) -> Option<(&str, usize)> {
    if !rest.starts_with('(') {
        return None;
    }
    let mut depth = 0usize;
    for (at, byte) in rest.bytes().enumerate().take(MAX_URL_BYTES) {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    let inner = &rest[1..at];
                    let url = inner.split_whitespace().next().unwrap_or("");
                    let looks_like_url =
                        url.is_empty() || url.contains(['/', '.', '#', ':', '@']) || url.is_ascii();
                    return looks_like_url.then_some((url, at + 1));
                }
            }
            b'[' | b']' => return None,
            _ => {}
        }
    }
    None
}

/// Returns the address in `<https://…>` or `<a@b>`.
pub(super) fn auto_link(rest: &str) -> Option<&str> {
    let inner = rest.get(1..)?;
    let len = inner
        .bytes()
        .take(MAX_URL_BYTES)
        .position(|byte| matches!(byte, b'>' | b'<' | b' '))?;
    if inner.as_bytes()[len] != b'>' {
        return None;
    }
    let address = &inner[..len];
    let is_address = address.starts_with("http://")
        || address.starts_with("https://")
        || address.starts_with("mailto:")
        || (address.contains('@') && !address.contains('='));
    is_address.then_some(address)
}

/// For each single `*` of `line`, in order: whether it is one of a pair that marks emphasis.
pub(super) fn star_pairs(line: &str) -> Vec<bool> {
    let bytes = line.as_bytes();
    let mut stars: Vec<(bool, bool)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'*' {
            at += 1;
            continue;
        }
        let run = bytes[at..].iter().take_while(|byte| **byte == b'*').count();
        let is_escaped = at > 0 && bytes[at - 1] == b'\\';
        if (run == 1 || run == 3) && !is_escaped {
            let blank = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            let can_open = !blank(bytes.get(at + run));
            let can_close = !blank(before) || at + run == bytes.len();
            stars.push((can_open, can_close));
        }
        at += run;
    }
    let mut is_markup = vec![false; stars.len()];
    let mut open = None;
    for (index, (can_open, can_close)) in stars.iter().enumerate() {
        match open {
            Some(first) if *can_close => {
                is_markup[first] = true;
                is_markup[index] = true;
                open = None;
            }
            _ if *can_open => open = Some(index),
            _ => {}
        }
    }
    is_markup
}
