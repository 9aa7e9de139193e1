//! Numbers and strings as few bytes as they need, for the columns that we lay out ourselves.

use uuid::Uuid;

/// Bytes that end early or say what no writer of ours writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a column of the index is damaged")]
pub(crate) struct Damaged;

/// Writes numbers and strings.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
}

impl Writer {
    /// Seven bits a byte, the lowest first; the high bit says that more follow.
    pub(crate) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push((value as u8 & 0x7F) | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    pub(crate) fn size(&mut self, value: usize) {
        self.number(value as u64);
    }

    /// Small numbers of either sign stay small.
    pub(crate) fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    pub(crate) fn string(&mut self, value: &str) {
        self.blob(value.as_bytes());
    }

    /// A UUID in its usual form takes 16 bytes.
    pub(crate) fn identifier(&mut self, value: &str) {
        match Uuid::try_parse(value) {
            Ok(id) if id.as_hyphenated().to_string() == value => {
                self.bytes.push(1);
                self.bytes.extend_from_slice(id.as_bytes());
            }
            _ => {
                self.bytes.push(0);
                self.string(value);
            }
        }
    }

    pub(crate) fn blob(&mut self, value: &[u8]) {
        self.size(value.len());
        self.bytes.extend_from_slice(value);
    }
}

/// Reads what [`Writer`] wrote.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(crate) fn number(&mut self) -> Result<u64, Damaged> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.bytes.split_first().ok_or(Damaged)?;
            self.bytes = rest;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Damaged)
    }

    pub(crate) fn size(&mut self) -> Result<usize, Damaged> {
        usize::try_from(self.number()?).map_err(|_| Damaged)
    }

    pub(crate) fn position(&mut self) -> Result<u32, Damaged> {
        u32::try_from(self.number()?).map_err(|_| Damaged)
    }

    pub(crate) fn signed(&mut self) -> Result<i64, Damaged> {
        let value = self.number()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Damaged> {
        let (&byte, rest) = self.bytes.split_first().ok_or(Damaged)?;
        self.bytes = rest;
        Ok(byte)
    }

    pub(crate) fn string(&mut self) -> Result<&'a str, Damaged> {
        std::str::from_utf8(self.blob()?).map_err(|_| Damaged)
    }

    /// What [`Writer::identifier`] wrote.
    pub(crate) fn identifier(&mut self) -> Result<String, Damaged> {
        if self.byte()? == 0 {
            return Ok(self.string()?.to_owned());
        }
        let id = Uuid::from_slice(self.take(size_of::<Uuid>())?).map_err(|_| Damaged)?;
        Ok(id.as_hyphenated().to_string())
    }

    pub(crate) fn blob(&mut self) -> Result<&'a [u8], Damaged> {
        let size = self.size()?;
        self.take(size)
    }

    fn take(&mut self, size: usize) -> Result<&'a [u8], Damaged> {
        let (blob, rest) = self.bytes.split_at_checked(size).ok_or(Damaged)?;
        self.bytes = rest;
        Ok(blob)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut writer = Writer::default();
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        let signed = [0, -1, 1, -64, 64, i64::MIN, i64::MAX];
        numbers.iter().for_each(|&n| writer.number(n));
        signed.iter().for_each(|&n| writer.signed(n));
        writer.string("職歴");
        let identifiers = [
            "0198c0de-0000-7000-8000-00000000abcd",
            "0198C0DE-0000-7000-8000-00000000ABCD",
            "職歴1",
        ];
        identifiers.iter().for_each(|id| writer.identifier(id));
        let mut reader = Reader::new(&writer.bytes);
        for n in numbers {
            assert_eq!(reader.number(), Ok(n));
        }
        for n in signed {
            assert_eq!(reader.signed(), Ok(n));
        }
        assert_eq!(reader.string(), Ok("職歴"));
        for id in identifiers {
            assert_eq!(reader.identifier().as_deref(), Ok(id));
        }
        assert!(reader.is_at_end());
    }

    #[test]
    fn cut_bytes_are_damaged() {
        assert_eq!(Reader::new(&[0x80]).number(), Err(Damaged));
        assert_eq!(Reader::new(&[0xFF; 11]).number(), Err(Damaged));
        assert_eq!(Reader::new(&[5, b'a']).string(), Err(Damaged));
    }
}
