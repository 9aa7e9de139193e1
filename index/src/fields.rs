//! The tantivy schema: which postings narrow a search and which columns decide it. Nowhere else.

use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token as IndexedToken};

use crate::analysis::{Analyzed, Token};
use crate::document::Grade;
use crate::timeline::SignatureFields;

/// Counts changes of the schema and of what is written into its fields. Another number on disk is
/// another index: it is begun anew.
pub(crate) const FORMAT: u32 = 13;

/// The fields of a candidate.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    /// The candidate; what deletes go by.
    pub(crate) key: Field,
    /// Keys of technologies, marked with a class of grades: see [`technology_term`].
    pub(crate) technologies: Field,
    /// What experience with a technology comes to: see [`experience`](crate::experience).
    pub(crate) experience: Field,
    /// Keys, beginnings and readings of employers: see [`EmployerTerm`].
    pub(crate) employers: Field,
    /// Parts and readings of the person's names.
    pub(crate) names: Field,
    /// The résumé's text.
    pub(crate) text: TextFields,
    /// Titles, departments and roles, a block of positions for each stint.
    pub(crate) roles: TextFields,
    /// Names of certificates, a block of positions for each certificate.
    pub(crate) certifications: TextFields,
    /// Levels of education: see [`EducationLevel::term`](crate::EducationLevel).
    pub(crate) education: Field,
    /// Where the person lives.
    pub(crate) location: TextFields,
    /// Microseconds since 1970, a column.
    pub(crate) updated_at: Field,
    /// The month that the résumé is of, or of its newest stint, a column.
    pub(crate) newest_month: Field,
    /// The timeline, a column of words.
    pub(crate) timeline: Field,
    /// What stands in parts of the text, coarsely.
    pub(crate) signatures: SignatureFields,
    /// What candidates are counted by, columns.
    pub(crate) facets: FacetFields,
    /// Where the tokens of the text stand, stored.
    pub(crate) places: Field,
}

/// The same text twice: in words, and in bigrams of its characters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextFields {
    pub(crate) words: Field,
    pub(crate) grams: Field,
}

/// Columns with each value of a candidate once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FacetFields {
    pub(crate) technologies: Field,
    pub(crate) employers: Field,
    pub(crate) roles: Field,
    pub(crate) certifications: Field,
    pub(crate) locations: Field,
    pub(crate) years: Field,
}

impl FacetFields {
    pub(crate) const TECHNOLOGIES: &'static str = "facet_technologies";
    pub(crate) const EMPLOYERS: &'static str = "facet_employers";
    pub(crate) const ROLES: &'static str = "facet_roles";
    pub(crate) const CERTIFICATIONS: &'static str = "facet_certifications";
    pub(crate) const LOCATIONS: &'static str = "facet_locations";
    pub(crate) const YEARS: &'static str = "facet_years";

    fn add_to(schema: &mut SchemaBuilder) -> Self {
        let mut column =
            |name: &str| schema.add_text_field(name, TextOptions::default().set_fast("raw"));
        Self {
            technologies: column(Self::TECHNOLOGIES),
            employers: column(Self::EMPLOYERS),
            roles: column(Self::ROLES),
            certifications: column(Self::CERTIFICATIONS),
            locations: column(Self::LOCATIONS),
            years: schema.add_i64_field(Self::YEARS, NumericOptions::default().set_fast()),
        }
    }
}

impl Fields {
    pub(crate) const UPDATED_AT: &'static str = "updated_at";
    pub(crate) const NEWEST_MONTH: &'static str = "newest_month";
    pub(crate) const TIMELINE: &'static str = "timeline";

    pub(crate) fn new() -> Self {
        let mut schema = Schema::builder();
        let exact = text_options(IndexRecordOption::Basic, false);
        let long = text_options(IndexRecordOption::WithFreqsAndPositions, true);
        let short = text_options(IndexRecordOption::WithFreqsAndPositions, false);
        let key = schema.add_text_field("key", exact.clone());
        let technologies = schema.add_text_field("technologies", exact.clone());
        let experience = schema.add_text_field("experience", short.clone());
        let employers = schema.add_text_field("employers", exact.clone());
        let names = schema.add_text_field("names", exact.clone());
        let education = schema.add_text_field("education", exact);
        let mut pair = |name: &str, options: &TextOptions| TextFields {
            words: schema.add_text_field(&format!("{name}_words"), options.clone()),
            grams: schema.add_text_field(&format!("{name}_grams"), options.clone()),
        };
        let text = pair("text", &long);
        let roles = pair("roles", &short);
        let certifications = pair("certifications", &short);
        let location = pair("location", &short);
        let updated_at =
            schema.add_i64_field(Self::UPDATED_AT, NumericOptions::default().set_fast());
        let newest_month =
            schema.add_i64_field(Self::NEWEST_MONTH, NumericOptions::default().set_fast());
        let timeline = schema.add_u64_field(Self::TIMELINE, NumericOptions::default().set_fast());
        let signatures = SignatureFields::add_to(&mut schema);
        let facets = FacetFields::add_to(&mut schema);
        let places = schema.add_bytes_field("places", BytesOptions::default().set_stored());
        Self {
            schema: schema.build(),
            key,
            technologies,
            experience,
            employers,
            names,
            text,
            roles,
            certifications,
            education,
            location,
            updated_at,
            newest_month,
            timeline,
            signatures,
            facets,
            places,
        }
    }
}

fn text_options(record: IndexRecordOption, fieldnorms: bool) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(record)
            .set_fieldnorms(fieldnorms),
    )
}

/// A term of [`Fields::technologies`]: the mentions of `min_grade` and stronger. Two classes are
/// enough to narrow well; weaker grades are asked for so seldom that the timeline may sort them out.
pub(crate) fn technology_term(key: &str, min_grade: Grade) -> String {
    let class = match min_grade {
        Grade::Worked => 'w',
        Grade::Declared => 'd',
        Grade::Negated | Grade::Learning | Grade::Certified | Grade::Personal => 'a',
    };
    format!("{class}{key}")
}

/// The terms that a mention of `grade` is found by.
pub(crate) fn technology_terms(key: &str, grade: Grade) -> impl Iterator<Item = String> + '_ {
    [Grade::Worked, Grade::Declared, Grade::Negated]
        .into_iter()
        .filter(move |&min_grade| grade >= min_grade)
        .map(move |min_grade| technology_term(key, min_grade))
}

/// What an employer is looked up by.
#[derive(Clone, Copy, Debug)]
pub(crate) enum EmployerTerm<'a> {
    /// Its identity.
    Key(&'a str),
    /// The beginning of a name up to a word border, normalized.
    Beginning(&'a str),
    /// A reading of a whole name.
    Reading(&'a str),
}

impl EmployerTerm<'_> {
    pub(crate) fn to_term(self) -> String {
        match self {
            Self::Key(key) => format!("={key}"),
            Self::Beginning(name) => format!("^{name}"),
            Self::Reading(reading) => format!("~{reading}"),
        }
    }
}

/// Positions of one stint or certificate in a field that holds those of several: enough for dozens
/// of titles, and no more, which keeps positions small.
pub(crate) const BLOCK: u32 = 2_048;

/// Positions between two texts of one block: more than a phrase bridges.
const TEXT_GAP: u32 = 16;

/// Where the texts of one block begin, counted from its first position; the same for words and for
/// grams.
pub(crate) fn text_offsets(texts: &[Analyzed]) -> Vec<u32> {
    let last = |tokens: &[Token]| tokens.last().map_or(0, |token| token.position);
    let mut offset = 0u32;
    let mut offsets = Vec::with_capacity(texts.len());
    for text in texts {
        offsets.push(offset);
        let length = last(&text.words).max(last(&text.grams));
        offset = offset.saturating_add(length).saturating_add(TEXT_GAP);
    }
    offsets
}

/// Tokens for tantivy, whose positions are ours.
#[derive(Debug, Default)]
pub(crate) struct TokenList {
    tokens: Vec<IndexedToken>,
}

impl TokenList {
    /// Adds the tokens of the one text that the field holds.
    pub(crate) fn push_text(&mut self, tokens: &[Token]) {
        for token in tokens {
            self.push(&token.term, token.position);
        }
    }

    /// Adds the texts of block `block`, each at its offset of [`text_offsets`]; what does not fit is
    /// left out.
    pub(crate) fn push_block<'a>(
        &mut self,
        block: usize,
        texts: impl Iterator<Item = (u32, &'a [Token])>,
    ) {
        let Some(base) = u32::try_from(block).ok().and_then(|n| n.checked_mul(BLOCK)) else {
            return;
        };
        for (offset, tokens) in texts {
            for token in tokens {
                let position = offset.saturating_add(token.position);
                if position >= BLOCK - TEXT_GAP {
                    return;
                }
                self.push(&token.term, base.saturating_add(position));
            }
        }
    }

    pub(crate) fn push(&mut self, term: &str, position: u32) {
        self.tokens.push(IndexedToken {
            offset_from: 0,
            offset_to: 0,
            position: position as usize,
            text: term.to_owned(),
            position_length: 1,
        });
    }

    pub(crate) fn into_value(self) -> PreTokenizedString {
        PreTokenizedString {
            text: String::new(),
            tokens: self.tokens,
        }
    }
}
