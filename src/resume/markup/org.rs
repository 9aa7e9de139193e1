//! Org's inline markup: timestamps, links, code, footnotes, and the signs behind a list's term.

use super::{Cleaner, InlineLink};

/// Bytes that a timestamp may have.
const MAX_STAMP_BYTES: usize = 48;

impl Cleaner<'_> {
    /// Takes off the markup of Org at the current byte; `false` when there is none.
    pub(super) fn org_step(&mut self) -> bool {
        let rest = self.rest();
        match rest.as_bytes()[0] {
            b'<' | b'[' => self.timestamp() || self.footnote(),
            b' ' if rest.starts_with(" :: ") || rest == " ::" => {
                self.cleaned.text.push_decoded(": ", self.at..self.at + 3);
                self.at += rest.len().min(4);
                true
            }
            sign @ (b'~' | b'=') => self.org_code(sign),
            _ => false,
        }
    }

    /// Shows the date of `<2016-04-01 Fri 10:00>` or `[2016-04]`, and `〜` for the dashes behind it.
    fn timestamp(&mut self) -> bool {
        let rest = self.rest();
        let Some((date, len)) = timestamp_at(rest) else {
            return false;
        };
        let shown = &self.source[self.at + 1..self.at + 1 + date];
        let behind = &rest[len..];
        // A date alone behind a title stands in brackets.
        let before = self.cleaned.text.as_str();
        let is_last = behind.trim().is_empty()
            && before.ends_with([' ', '\t', '\u{3000}'])
            && before.trim_end().ends_with(char::is_alphabetic);
        if is_last {
            self.cleaned.text.push_decoded("(", self.at..self.at + 1);
        }
        self.cleaned.text.push(shown, self.at + 1);
        if is_last {
            self.cleaned
                .text
                .push_decoded(")", self.at + len - 1..self.at + len);
        }
        self.at += len;
        let dashes = behind.trim_start_matches(' ');
        if dashes.starts_with("--") {
            let lead = behind.len() - dashes.len();
            let from = self.at + lead;
            self.cleaned.text.push_decoded("〜", from..from + 2);
            self.at = from + 2;
        }
        true
    }

    /// Drops the mark of a footnote.
    fn footnote(&mut self) -> bool {
        let rest = self.rest();
        if !rest.starts_with("[fn:") {
            return false;
        }
        let Some(len) = rest.bytes().take(40).position(|byte| byte == b']') else {
            return false;
        };
        self.at += len + 1;
        true
    }

    /// Shows what stands between two `~` or `=` as it is.
    fn org_code(&mut self, sign: u8) -> bool {
        let rest = self.rest();
        let before = self.source[..self.at].chars().next_back();
        let is_word = |character: Option<char>| {
            character.is_some_and(|character| character.is_ascii_alphanumeric())
        };
        if is_word(before) || rest[1..].starts_with([' ', '\u{3000}']) {
            return false;
        }
        let sign = char::from(sign);
        let window = &rest[1..super::floor(rest, 200)];
        let Some(len) = window.find(sign).filter(|len| *len > 0) else {
            return false;
        };
        let inner = &window[..len];
        let behind = rest[len + 2..].chars().next();
        if inner.ends_with([' ', '\u{3000}']) || is_word(behind) {
            return false;
        }
        let at = self.at + 1;
        let shown = &self.source[at..at + len];
        self.cleaned.text.push(shown, at);
        self.at += len + 2;
        true
    }

    /// Shows the text of `[[url][text]]`, or the address where it has none.
    pub(super) fn org_link(&mut self) -> bool {
        let rest = self.rest();
        let Some(close) = rest.find("]]") else {
            return false;
        };
        let inner = &rest[2..close];
        let (url, label) = inner.split_once("][").unwrap_or((inner, inner));
        let label_at = self.at + 2 + inner.len() - label.len();
        let start = self.visible_len();
        let (url, label_len) = (url.to_owned(), label.len());
        let shown = &self.source[label_at..label_at + label_len];
        self.cleaned.text.push(shown, label_at);
        self.cleaned.links.push(InlineLink {
            label: start..start + label_len,
            url,
        });
        self.at += close + 2;
        true
    }
}

/// Returns the bytes of the date in the timestamp that `rest` begins with, and the timestamp's own.
fn timestamp_at(rest: &str) -> Option<(usize, usize)> {
    let close = if rest.starts_with('<') { b'>' } else { b']' };
    let len = rest
        .bytes()
        .take(MAX_STAMP_BYTES)
        .position(|byte| byte == close)?;
    let inner = &rest[1..len];
    let date = inner.split(' ').next()?;
    let mut numbers = date.split('-');
    let is_number = |number: Option<&str>, digits: usize| {
        number.is_some_and(|number| {
            number.len() == digits && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let is_date = is_number(numbers.next(), 4)
        && is_number(numbers.next(), 2)
        && numbers.next().is_none_or(|day| is_number(Some(day), 2))
        && numbers.next().is_none();
    // 「[2020-07 - 現在]」 is no timestamp: a day of the week, a time or a repeater may stand behind its date.
    let is_stretch = inner[date.len()..]
        .split(' ')
        .any(|part| matches!(part, "-" | "--" | "–" | "—" | "~" | "〜" | "～" | "から"));
    (is_date && !is_stretch).then_some((date.len(), len + 1))
}
