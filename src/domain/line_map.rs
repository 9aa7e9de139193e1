//! Bytes of a text to its lines and back.

/// The lines of one text: byte offset to line number in logarithmic time.
#[derive(Clone, Debug)]
pub struct LineMap {
    /// Where each line begins, ascending; the first is 0.
    starts: Vec<u32>,
    /// Bytes of the whole text.
    len: u32,
}

impl LineMap {
    /// Maps the lines of `text`. Lines end at `\n`, `\r\n` or a lone `\r`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line && at + 1 < bytes.len() {
                starts.push(offset(at + 1));
            }
        }
        Self {
            starts,
            len: offset(bytes.len()),
        }
    }

    /// Returns the line, from 1, that holds byte `at`; the last line for anything beyond the text.
    pub fn line(&self, at: usize) -> u32 {
        let at = offset(at);
        offset(self.starts.partition_point(|start| *start <= at))
    }

    /// Returns the bytes of line `line` (from 1) with its line break, or `None` when there is none.
    pub fn range(&self, line: u32) -> Option<std::ops::Range<usize>> {
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).copied().unwrap_or(self.len);
        Some(start as usize..end as usize)
    }

    /// Returns the number of lines; an empty text has one.
    pub fn line_count(&self) -> u32 {
        offset(self.starts.len())
    }
}

/// Returns `at` as the 32-bit offset of a text that is at most 2 MiB long.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[u32]) {
        let map = LineMap::new(text);
        let lines: Vec<u32> = (0..text.len()).map(|at| map.line(at)).collect();
        assert_eq!(lines, expected, "{text:?}");
    }

    #[test]
    fn each_byte_has_the_line_that_it_stands_on() {
        check("a\nb\n", &[1, 1, 2, 2]);
        check("a\r\nb", &[1, 1, 1, 2]);
        check("a\rb", &[1, 1, 2]);
        check("", &[]);
        check("\n\n", &[1, 2]);
    }

    #[test]
    fn a_line_has_a_range_and_one_beyond_the_end_has_none() {
        let map = LineMap::new("ab\nc");
        assert_eq!(map.range(1), Some(0..3));
        assert_eq!(map.range(2), Some(3..4));
        assert_eq!(map.range(3), None);
        assert_eq!(map.range(0), None);
        assert_eq!(map.line_count(), 2);
        assert_eq!(LineMap::new("").line_count(), 1);
    }
}
