//! Visible text that knows where in the document each of its bytes came from.

use std::ops::Range;

/// A stretch of visible text and the stretch of the document it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    visible: u32,
    source: u32,
    source_len: u32,
    /// Whether visible and source bytes are the same, one by one.
    is_verbatim: bool,
}

/// Visible text with its way back to the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    visible: String,
    pieces: Vec<Piece>,
}

impl Text {
    /// Makes an empty text that has room for `len` visible bytes.
    pub(super) fn with_capacity(len: usize) -> Self {
        Self {
            visible: String::with_capacity(len),
            pieces: Vec::new(),
        }
    }

    /// Returns the visible text.
    pub(super) fn as_str(&self) -> &str {
        &self.visible
    }

    /// Returns whether nothing is visible.
    pub(super) fn is_empty(&self) -> bool {
        self.visible.is_empty()
    }

    /// Appends `verbatim`, which stands at byte `source` of the document.
    pub(super) fn push(&mut self, verbatim: &str, source: usize) {
        if verbatim.is_empty() {
            return;
        }
        let follows = self.pieces.last().is_some_and(|last| {
            last.is_verbatim && (last.source + last.source_len) as usize == source
        });
        let len = small(verbatim.len());
        if follows && let Some(last) = self.pieces.last_mut() {
            last.source_len += len;
        } else {
            self.pieces.push(Piece {
                visible: small(self.visible.len()),
                source: small(source),
                source_len: len,
                is_verbatim: true,
            });
        }
        self.visible.push_str(verbatim);
    }

    /// Appends `shown`, which stands for the bytes `source` of the document.
    pub(super) fn push_decoded(&mut self, shown: &str, source: Range<usize>) {
        if shown.is_empty() {
            return;
        }
        self.pieces.push(Piece {
            visible: small(self.visible.len()),
            source: small(source.start),
            source_len: small(source.len()),
            is_verbatim: false,
        });
        self.visible.push_str(shown);
    }

    /// Appends `shown`, which stands for nothing in the document, at the place reached.
    pub(super) fn push_shown(&mut self, shown: &str) {
        let at = self
            .pieces
            .last()
            .map_or(0, |last| (last.source + last.source_len) as usize);
        self.push_decoded(shown, at..at);
    }

    /// Appends another text.
    pub(super) fn append(&mut self, other: &Self) {
        let base = small(self.visible.len());
        self.visible.push_str(&other.visible);
        self.pieces.extend(other.pieces.iter().map(|piece| Piece {
            visible: piece.visible + base,
            ..*piece
        }));
    }

    /// Returns the bytes of the document that `range` of the visible text stands for.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_of(range.start, false);
        let end = if range.is_empty() {
            start
        } else {
            self.source_of(range.end - 1, true)
        };
        start..end.max(start)
    }

    /// Returns the byte of the document for the visible byte `at`: its first, or the one behind it.
    fn source_of(&self, at: usize, is_end: bool) -> usize {
        let at = small(at);
        let index = self.pieces.partition_point(|piece| piece.visible <= at);
        let Some(piece) = index
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
        else {
            return 0;
        };
        let offset = match (piece.is_verbatim, is_end) {
            (true, false) => (at - piece.visible).min(piece.source_len),
            (true, true) => (at - piece.visible + 1).min(piece.source_len),
            (false, false) => 0,
            (false, true) => piece.source_len,
        };
        (piece.source + offset) as usize
    }

    /// Returns the bytes of the document that each piece of the text stands for.
    pub(super) fn sources(&self) -> impl Iterator<Item = Range<usize>> {
        self.pieces
            .iter()
            .map(|piece| piece.source as usize..(piece.source + piece.source_len) as usize)
    }

    /// Returns the bytes of the document that each piece of `range` of the visible text stands for.
    pub(super) fn sources_in(&self, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let range = range.clone();
        let has_begun = |piece: &Piece| piece.visible as usize <= range.start;
        let first = self.pieces.partition_point(has_begun).saturating_sub(1);
        let ends = self.pieces.iter().skip(first + 1);
        let ends = ends.map(|next| next.visible as usize);
        let pieces = self.pieces.iter().skip(first);
        pieces
            .zip(ends.chain([self.visible.len()]))
            .map_while(move |(piece, end)| {
                let begin = piece.visible as usize;
                let inside = range.start.max(begin)..range.end.min(end);
                let source = piece.source as usize;
                (begin < range.end).then(|| {
                    if !piece.is_verbatim {
                        source..source + piece.source_len as usize
                    } else if inside.is_empty() {
                        source..source
                    } else {
                        source + inside.start - begin..source + inside.end - begin
                    }
                })
            })
    }

    /// Returns the bytes of the document from the first to the last that the text stands for.
    pub(super) fn whole(&self) -> Range<usize> {
        let start = self.pieces.iter().map(|piece| piece.source).min();
        let end = self
            .pieces
            .iter()
            .map(|piece| piece.source + piece.source_len)
            .max();
        start.unwrap_or(0) as usize..end.unwrap_or(0) as usize
    }

    /// Returns the text with other places in the document for the pieces that `place` moves.
    pub(super) fn moved(&self, place: impl Fn(Range<usize>) -> Option<Range<usize>>) -> Self {
        let ends = self.pieces.iter().skip(1).map(|next| next.visible as usize);
        let ends = ends.chain([self.visible.len()]);
        let mut text = Self::default();
        for (piece, end) in self.pieces.iter().zip(ends) {
            let end = end.min(self.visible.len());
            let shown = &self.visible[(piece.visible as usize).min(end)..end];
            let source = piece.source as usize..(piece.source + piece.source_len) as usize;
            match place(source.clone()) {
                Some(other) => text.push_decoded(shown, other),
                None if piece.is_verbatim => text.push(shown, source.start),
                None => text.push_decoded(shown, source),
            }
        }
        text
    }

    /// Splits the text at `sign`.
    pub(super) fn split(&self, sign: char) -> Vec<Self> {
        let mut parts = vec![Self::default()];
        for (index, piece) in self.pieces.iter().enumerate() {
            let start = piece.visible as usize;
            let end = self
                .pieces
                .get(index + 1)
                .map_or(self.visible.len(), |next| next.visible as usize)
                .min(self.visible.len());
            let mut at = start;
            for (number, shown) in self.visible[start.min(end)..end].split(sign).enumerate() {
                if number > 0 {
                    parts.push(Self::default());
                    at += sign.len_utf8();
                }
                if let Some(part) = parts.last_mut() {
                    let source = piece.source as usize;
                    if piece.is_verbatim {
                        part.push(shown, source + at - start);
                    } else {
                        part.push_decoded(shown, source..source + piece.source_len as usize);
                    }
                }
                at += shown.len();
            }
        }
        parts
    }

    /// Removes blanks at both ends.
    pub(super) fn trim(&mut self) {
        let kept = self.visible.trim_end().len();
        self.visible.truncate(kept);
        while let Some(last) = self.pieces.last_mut() {
            let begin = last.visible as usize;
            if begin < kept {
                if last.is_verbatim {
                    last.source_len = small(kept - begin);
                }
                break;
            }
            self.pieces.pop();
        }
        let lead = self.visible.len() - self.visible.trim_start().len();
        if lead == 0 {
            return;
        }
        *self = self.slice(lead..self.visible.len());
    }

    /// Returns the part `range` of the visible text.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        let mut part = Self::default();
        for (index, piece) in self.pieces.iter().enumerate() {
            let start = piece.visible as usize;
            let end = self
                .pieces
                .get(index + 1)
                .map_or(self.visible.len(), |next| next.visible as usize)
                .min(self.visible.len());
            let from = start.max(range.start);
            let to = end.min(range.end);
            if from >= to {
                continue;
            }
            let shown = &self.visible[from..to];
            if piece.is_verbatim {
                part.push(shown, piece.source as usize + from - start);
            } else {
                let source = piece.source as usize;
                part.push_decoded(shown, source..source + piece.source_len as usize);
            }
        }
        part
    }
}

/// Returns `value` in 32 bits; texts are at most 2 MiB long.
pub(super) fn small(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_bytes_lead_back_to_the_document() {
        let source = "a **b** &amp; c";
        let mut text = Text::default();
        text.push("a ", 0);
        text.push("b", 4);
        text.push(" ", 7);
        text.push_decoded("&", 8..13);
        text.push(" c", 13);
        assert_eq!(text.as_str(), "a b & c");
        assert_eq!(&source[text.source(2..3)], "b");
        assert_eq!(&source[text.source(4..5)], "&amp;");
        assert_eq!(&source[text.source(6..7)], "c");
        assert_eq!(&source[text.source(0..7)], source);
        assert_eq!(text.slice(2..5).as_str(), "b &");
        assert_eq!(text.slice(4..5).source(0..1), 8..13);
    }
}
