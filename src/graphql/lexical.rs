//! What a document asks of the parser, counted before it is parsed.
//!
//! Parser and validation go deeper with each bracket, the latter without a limit: some thousand
//! `{not: …}` within one another overflow the stack, which ends the process. The parser also keeps some
//! hundred bytes for each token.

/// Words, numbers, texts and signs of one document.
const MAX_TOKENS: usize = 10_000;

/// Brackets within brackets, of any kind.
const MAX_NESTING: usize = 64;

/// Bytes of one name or number.
const MAX_NAME_BYTES: usize = 256;

/// Why a document is not given to the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LexicalFault {
    /// Beyond a limit.
    TooLarge,
    /// A block text without an end. The parser would take its beginning for an empty text and read on,
    /// in the midst of what was counted as text here.
    UnclosedText,
}

/// Reads the document once, from its beginning to its end.
pub(super) fn check(document: &str) -> Result<(), LexicalFault> {
    let bytes = document.as_bytes();
    let (mut at, mut tokens, mut nesting) = (0, 0_usize, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        let end = match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at = line_end(bytes, at);
                continue;
            }
            b'"' => text_end(bytes, at)?,
            b'{' | b'[' | b'(' => {
                nesting += 1;
                at + 1
            }
            b'}' | b']' | b')' => {
                nesting = nesting.saturating_sub(1);
                at + 1
            }
            _ if is_of_word(byte) => word_end(bytes, at),
            _ => at + 1,
        };
        tokens += 1;
        let is_long = is_of_word(byte) && end - at > MAX_NAME_BYTES;
        if tokens > MAX_TOKENS || nesting > MAX_NESTING || is_long {
            return Err(LexicalFault::TooLarge);
        }
        at = end;
    }
    Ok(())
}

/// Names and numbers, and the dots of `...` and `1.5`.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    // Dots end a name, so that `...name` is two tokens and `a...b` is no long one.
    let is_dotted = bytes[start] == b'.';
    let length = bytes[start..]
        .iter()
        .take_while(|byte| is_of_word(**byte) && (**byte == b'.') == is_dotted)
        .count();
    start + length
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    let length = bytes[start..]
        .iter()
        .take_while(|byte| !matches!(byte, b'\r' | b'\n'))
        .count();
    start + length
}

/// Returns where the text ends that begins at `start`.
fn text_end(bytes: &[u8], start: usize) -> Result<usize, LexicalFault> {
    const QUOTES: &[u8] = b"\"\"\"";
    if !bytes[start..].starts_with(QUOTES) {
        return Ok(line_text_end(bytes, start + 1));
    }
    let mut at = start + QUOTES.len();
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(QUOTES) {
            return Ok(at + QUOTES.len());
        }
        let is_escaped = rest[0] == b'\\' && rest[1..].starts_with(QUOTES);
        at += if is_escaped { 1 + QUOTES.len() } else { 1 };
    }
    Err(LexicalFault::UnclosedText)
}

/// A text in one pair of quotes. The parser stops at one that its line does not close.
fn line_text_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\r' | b'\n' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_fault(document: &str, expected: Option<LexicalFault>) {
        assert_eq!(check(document).err(), expected);
    }

    #[test]
    fn brackets_are_counted_where_they_are_none_of_a_text() {
        let deep = |open: &str, close: &str, times| {
            format!("{{ a(x: {}{}) }}", open.repeat(times), close.repeat(times))
        };
        check_fault(&deep("[", "]", 60), None);
        for (open, close) in [("[", "]"), ("{x:", "}"), ("a(", ")")] {
            check_fault(&deep(open, close, 64), Some(LexicalFault::TooLarge));
        }
        let brackets = "[".repeat(1000);
        check_fault(&format!("{{ a(x: \"{brackets}\") }}"), None);
        check_fault(&format!("{{ a(x: \"\\\"{brackets}\") }}"), None);
        check_fault(
            &format!("{{ a(x: \"\"\"{brackets}\n\\\"\"\" \"\"\") }}"),
            None,
        );
        check_fault(&format!("{{ a # {brackets}\n}}"), None);
        let after = [
            format!("{{ a(x: \"\" {brackets}"),
            format!("{{ a(x: \"\\\\\" {brackets}"),
            format!("{{ a(x: \"\"\"\"\"\" {brackets}"),
            format!("{{ a # \"\n {brackets}"),
            format!("{{ a(x: \" \n {brackets}"),
        ];
        for document in after {
            check_fault(&document, Some(LexicalFault::TooLarge));
        }
    }

    #[test]
    fn a_block_text_without_an_end_hides_nothing() {
        let hidden = format!("{{ a(x: [\"\"\" \" {}", "[".repeat(1000));
        check_fault(&hidden, Some(LexicalFault::UnclosedText));
    }

    #[test]
    fn tokens_and_names_are_bounded() {
        check_fault(&format!("{{ {} }}", "a ".repeat(9_000)), None);
        check_fault(
            &format!("{{ {} }}", "a ".repeat(10_000)),
            Some(LexicalFault::TooLarge),
        );
        check_fault(
            &format!("{{ {} }}", "!".repeat(10_000)),
            Some(LexicalFault::TooLarge),
        );
        check_fault(
            &format!("{{ {} }}", "a".repeat(257)),
            Some(LexicalFault::TooLarge),
        );
        check_fault(&format!("{{ a(x: \"{}\") }}", "a".repeat(100_000)), None);
    }
}
