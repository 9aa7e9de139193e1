//! Which terms stand in some parts of a text, so coarsely that it is read of every candidate that a
//! search looks at: a column for each part and kind of terms.

use tantivy::columnar::Column;
use tantivy::schema::{Field, NumericOptions, SchemaBuilder};
use tantivy::{DocId, SegmentReader, TantivyDocument};

use super::Draft;

/// The words and grams of some parts of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signatures {
    pub(crate) words: Signature,
    pub(crate) grams: Signature,
}

/// Some terms, so coarsely that only those that are certainly not among them can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signature(u64);

impl Signature {
    pub(crate) fn add(&mut self, term: &str) {
        self.0 |= Self::bit(term);
    }

    pub(crate) fn may_have(self, term: &str) -> bool {
        self.0 & Self::bit(term) != 0
    }

    fn bit(term: &str) -> u64 {
        1 << (murmurhash32::murmurhash2(term.as_bytes()) % u64::BITS)
    }
}

/// The columns.
const COLUMNS: [&str; 4] = [
    "denied_words",
    "denied_grams",
    "certified_words",
    "certified_grams",
];

/// The fields of the columns, in their order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignatureFields([Field; COLUMNS.len()]);

impl SignatureFields {
    pub(crate) fn add_to(schema: &mut SchemaBuilder) -> Self {
        let options = NumericOptions::default().set_fast();
        Self(COLUMNS.map(|name| schema.add_u64_field(name, options.clone())))
    }

    /// Writes what `draft` denies, and its certificates.
    pub(crate) fn write(self, draft: &Draft<'_>, target: &mut TantivyDocument) {
        let (denied, certified) = (draft.denied.terms, draft.certified.terms);
        let all = [denied.words, denied.grams, certified.words, certified.grams];
        for (field, signature) in self.0.into_iter().zip(all) {
            target.add_u64(field, signature.0);
        }
    }
}

/// The columns of a segment.
pub(crate) struct SignatureColumns([Column<u64>; COLUMNS.len()]);

impl SignatureColumns {
    pub(crate) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let open = |number: usize| columns.u64(COLUMNS[number]);
        Ok(Self([open(0)?, open(1)?, open(2)?, open(3)?]))
    }

    /// The signatures of one candidate.
    pub(crate) fn of(&self, doc: DocId) -> SignaturesOf<'_> {
        SignaturesOf { columns: self, doc }
    }
}

/// The signatures of one candidate, read when they are asked for.
#[derive(Clone, Copy)]
pub(crate) struct SignaturesOf<'a> {
    columns: &'a SignatureColumns,
    doc: DocId,
}

impl SignaturesOf<'_> {
    pub(super) fn denied(self) -> Signatures {
        self.pair(0)
    }

    pub(super) fn certified(self) -> Signatures {
        self.pair(2)
    }

    fn pair(self, first: usize) -> Signatures {
        // Without one nothing can be told apart.
        let signature = |number: usize| {
            let value = self.columns.0[number].first(self.doc);
            Signature(value.unwrap_or(u64::MAX))
        };
        Signatures {
            words: signature(first),
            grams: signature(first + 1),
        }
    }
}
