//! The postings that the leaves of a plan read in one segment.

use tantivy::{DocId, SegmentReader};

use crate::experience::ExperienceCursor;
use crate::fields::Fields;
use crate::phrase::{TermsCursor, TextCursor, TextQuery};
use crate::plan::{Leaf, LiteralPlan, PersonQuery, TechnologyPlan};

/// The postings that a leaf reads.
pub(super) enum Cursors {
    Words {
        experience: Option<ExperienceCursor>,
        literal: Option<LiteralCursors>,
    },
    Stint {
        experience: Option<ExperienceCursor>,
        role: Option<TextCursor>,
        text: Vec<TextCursor>,
    },
    Name(Vec<TermsCursor>),
    Text(TextCursor),
    /// The timeline alone decides.
    Nothing,
}

pub(super) struct LiteralCursors {
    pub(super) text: TextCursor,
    pub(super) roles: TextCursor,
    pub(super) person: Vec<TermsCursor>,
    pub(super) employer: TermsCursor,
}

impl Cursors {
    pub(super) fn open(
        leaf: &Leaf,
        fields: &Fields,
        segment: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let open_text = |query: &Option<TextQuery>| {
            query
                .as_ref()
                .map(|query| TextCursor::open(query, segment))
                .transpose()
        };
        let open_experience = |part: Option<&TechnologyPlan>| {
            let term = part.and_then(|part| part.experience.as_deref());
            term.map(|term| ExperienceCursor::open(fields.experience, term, segment))
                .transpose()
        };
        Ok(match leaf {
            Leaf::Words(words) => Self::Words {
                experience: open_experience(words.technology.as_ref())?,
                literal: words
                    .literal
                    .as_ref()
                    .map(|literal| LiteralCursors::open(literal, fields, segment))
                    .transpose()?,
            },
            Leaf::Stint(stint) => Self::Stint {
                experience: open_experience(
                    stint
                        .technology
                        .as_ref()
                        .filter(|part| stint.is_technology_alone() || part.is_measured()),
                )?,
                role: open_text(&stint.role)?,
                text: stint
                    .text
                    .iter()
                    .map(|text| TextCursor::open(text, segment))
                    .collect::<tantivy::Result<_>>()?,
            },
            Leaf::Name(person) => Self::Name(open_person(person, fields, segment)?),
            Leaf::Level(_) => Self::Nothing,
            Leaf::Certification(text)
            | Leaf::Score(text, _)
            | Leaf::School(text)
            | Leaf::Location(text) => Self::Text(TextCursor::open(text, segment)?),
        })
    }
}

impl LiteralCursors {
    fn open(
        literal: &LiteralPlan,
        fields: &Fields,
        segment: &SegmentReader,
    ) -> tantivy::Result<Self> {
        Ok(Self {
            text: TextCursor::open(&literal.text, segment)?,
            roles: TextCursor::open(&literal.roles, segment)?,
            person: open_person(&literal.person, fields, segment)?,
            employer: TermsCursor::open(fields.employers, &literal.employer.terms(), segment)?,
        })
    }
}

fn open_person(
    person: &PersonQuery,
    fields: &Fields,
    segment: &SegmentReader,
) -> tantivy::Result<Vec<TermsCursor>> {
    let parts = person.iter();
    parts
        .map(|forms| TermsCursor::open(fields.names, forms, segment))
        .collect()
}

pub(super) fn has_name(parts: &mut [TermsCursor], doc: DocId) -> bool {
    !parts.is_empty() && parts.iter_mut().all(|part| part.has(doc))
}
