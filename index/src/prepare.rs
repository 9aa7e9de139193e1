//! A [`Document`] to what tantivy stores of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use tantivy::TantivyDocument;

use crate::analysis::{Analyzed, Analyzer, Token, Wanted, normalized_key};
use crate::document::{Document, EducationEntry, Grade, StintEntry};
use crate::education::EducationLevel;
use crate::experience;
use crate::facets::FacetValues;
use crate::fields::{
    EmployerTerm, FacetFields, Fields, TextFields, TokenList, technology_terms, text_offsets,
};
use crate::lexicon::Lexicon;
use crate::naming::{EmployerForms, person_terms};
use crate::place_names::names_with_places;
use crate::places::Places;
use crate::score::score_in;
use crate::timeline::{
    Certification, Draft, DraftEducation, DraftEmployer, DraftStint, DraftTechnology, Marked,
    Mention, Positions, Signature, Signatures,
};

/// Returns the document of a candidate.
pub(crate) fn prepare(
    document: &Document,
    analyzer: &Analyzer,
    fields: &Fields,
) -> TantivyDocument {
    let mut target = TantivyDocument::default();
    target.add_text(fields.key, &document.key);
    target.add_i64(fields.updated_at, document.updated_at_us);
    let months = document.stints.iter().filter_map(|stint| stint.months);
    let newest = months.fold(document.as_of, |newest, months| newest.max(months.last));
    target.add_i64(fields.newest_month, i64::from(newest));

    let analyzed = analyzer.analyze(&document.text);
    add_tokens(&mut target, fields.text, &analyzed);
    target.add_bytes(fields.places, &Places::of(&analyzed).to_bytes());

    for entry in &document.education {
        for level in EducationLevel::proven(&entry.school, entry.degree.as_deref()) {
            target.add_text(fields.education, level.term());
        }
    }
    add_names(&mut target, document, analyzer, fields);
    let role_offsets = add_short_texts(&mut target, document, analyzer, fields);
    let employers = employers(document, analyzer);
    for term in employer_terms(&employers) {
        target.add_text(fields.employers, term);
    }
    add_facets(&mut target, document, &employers, &fields.facets);
    let technologies = technologies(document);
    for technology in &technologies {
        let strongest = technology
            .mentions
            .iter()
            .map(|mention| mention.grade)
            .max();
        for term in strongest
            .into_iter()
            .flat_map(|grade| technology_terms(technology.key, grade))
        {
            target.add_text(fields.technologies, term);
        }
    }

    let draft = Draft {
        key: &document.key,
        resume: &document.resume,
        sort_name: sort_name(document),
        as_of: document.as_of,
        name_span: document.name_span.clone(),
        location_span: document.location.as_ref().map(|(_, span)| span.clone()),
        certifications: certifications(document),
        education: education(document, &analyzed),
        stints: stints(document, &employers, &analyzed, &role_offsets),
        employers: employers
            .into_iter()
            .map(|(employer, _)| employer)
            .collect(),
        technologies,
        denied: denied(document, &analyzed),
        named: named(document, &analyzed),
        certified: certified(document, &analyzed),
        identity: positions(&document.identity_at, &analyzed),
    };
    fields.signatures.write(&draft, &mut target);
    for word in draft.to_words() {
        target.add_u64(fields.timeline, word);
    }
    let mut experiences = TokenList::default();
    for (term, experience) in experience::all(&draft) {
        experiences.push(&term, experience.to_position());
    }
    target.add_pre_tokenized_text(fields.experience, experiences.into_value());
    target
}

fn add_facets(
    target: &mut TantivyDocument,
    document: &Document,
    employers: &[EmployerDraft<'_>],
    fields: &FacetFields,
) {
    let readings = employers
        .iter()
        .map(|(employer, forms)| (employer.key, forms.readings.as_slice()));
    let values = FacetValues::of(document, &readings.collect());
    for (field, list) in [
        (fields.technologies, values.technologies),
        (fields.employers, values.employers),
        (fields.roles, values.roles),
        (fields.certifications, values.certifications),
        (fields.locations, values.locations),
    ] {
        list.into_iter()
            .for_each(|value| target.add_text(field, value));
    }
    for year in values.years {
        target.add_i64(fields.years, i64::from(year));
    }
}

fn add_tokens(target: &mut TantivyDocument, fields: TextFields, analyzed: &Analyzed) {
    for (field, tokens) in [
        (fields.words, &analyzed.words),
        (fields.grams, &analyzed.grams),
    ] {
        let mut list = TokenList::default();
        list.push_text(tokens);
        target.add_pre_tokenized_text(field, list.into_value());
    }
}

fn add_names(
    target: &mut TantivyDocument,
    document: &Document,
    analyzer: &Analyzer,
    fields: &Fields,
) {
    if document.name_span.is_none() {
        return;
    }
    let spellings = document.names.iter().chain(&document.name_kana);
    for term in person_terms(spellings.map(String::as_str), analyzer) {
        target.add_text(fields.names, term);
    }
}

/// Adds roles, certificates and the place of living, which share their analysis into blocks. Returns
/// where the roles of each stint begin.
fn add_short_texts(
    target: &mut TantivyDocument,
    document: &Document,
    analyzer: &Analyzer,
    fields: &Fields,
) -> Vec<Vec<u32>> {
    let roles = document.stints.iter().map(|stint| stint.roles.as_slice());
    let role_offsets = add_blocks(target, fields.roles, analyzer, roles);
    let certifications = document
        .certifications
        .iter()
        .map(|entry| entry.names.as_slice());
    add_blocks(target, fields.certifications, analyzer, certifications);
    let location = document
        .location
        .as_ref()
        .into_iter()
        .flat_map(|(names, _)| names.iter().map(std::slice::from_ref));
    add_blocks(target, fields.location, analyzer, location);
    role_offsets
}

fn add_blocks<'a>(
    target: &mut TantivyDocument,
    fields: TextFields,
    analyzer: &Analyzer,
    blocks: impl Iterator<Item = &'a [String]>,
) -> Vec<Vec<u32>> {
    let mut words = TokenList::default();
    let mut grams = TokenList::default();
    let mut offsets_of_blocks = Vec::new();
    for (block, texts) in blocks.enumerate() {
        let analyzed: Vec<Analyzed> = texts.iter().map(|text| analyzer.analyze(text)).collect();
        let offsets = text_offsets(&analyzed);
        let placed = || offsets.iter().copied().zip(&analyzed);
        words.push_block(
            block,
            placed().map(|(at, text)| (at, text.words.as_slice())),
        );
        grams.push_block(
            block,
            placed().map(|(at, text)| (at, text.grams.as_slice())),
        );
        offsets_of_blocks.push(offsets);
    }
    target.add_pre_tokenized_text(fields.words, words.into_value());
    target.add_pre_tokenized_text(fields.grams, grams.into_value());
    offsets_of_blocks
}

type EmployerDraft<'a> = (DraftEmployer<'a>, EmployerForms);

/// The employers in the order of their first stint; names that several stints give are one list.
fn employers<'a>(document: &'a Document, analyzer: &Analyzer) -> Vec<EmployerDraft<'a>> {
    let mut order: Vec<&str> = Vec::new();
    let mut names: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for employer in document
        .stints
        .iter()
        .filter_map(|stint| stint.employer.as_ref())
    {
        let known = names.entry(&employer.key).or_insert_with(|| {
            order.push(&employer.key);
            BTreeSet::new()
        });
        known.extend(employer.names.iter().map(String::as_str));
    }
    let draft = |key: &'a str| {
        let forms = EmployerForms::of(names[key].iter().copied(), analyzer);
        let employer = DraftEmployer {
            key,
            names: forms.names.clone(),
            readings: forms.readings.clone(),
        };
        (employer, forms)
    };
    order.into_iter().map(draft).collect()
}

fn employer_terms(employers: &[EmployerDraft<'_>]) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for (employer, forms) in employers {
        terms.insert(EmployerTerm::Key(employer.key).to_term());
        let beginnings = forms.beginnings();
        terms.extend(
            beginnings
                .into_iter()
                .map(|name| EmployerTerm::Beginning(name).to_term()),
        );
        let readings = forms.readings.iter();
        terms.extend(readings.map(|reading| EmployerTerm::Reading(reading).to_term()));
    }
    terms
}

fn stints<'a>(
    document: &'a Document,
    employers: &[EmployerDraft<'_>],
    analyzed: &Analyzed,
    role_offsets: &[Vec<u32>],
) -> Vec<DraftStint<'a>> {
    let employer_of = |stint: &StintEntry| {
        let entry = stint.employer.as_ref()?;
        let index = employers
            .iter()
            .position(|(employer, _)| employer.key == entry.key)?;
        Some((index, entry.span.clone()))
    };
    let draft = |stint: &'a StintEntry, offsets: &[u32]| DraftStint {
        key: &stint.key,
        employer: employer_of(stint),
        months: stint.months.filter(|months| !months.is_empty()),
        is_current: stint.is_current,
        span: stint.span.clone(),
        text: positions(&stint.text, analyzed),
        roles: offsets
            .iter()
            .copied()
            .zip(&stint.role_spans)
            .map(|(offset, span)| (offset, span.clone().unwrap_or_default()))
            .collect(),
        part_of: stint.part_of,
    };
    let none: &[u32] = &[];
    let offsets = role_offsets.iter().map(Vec::as_slice);
    let stints = document
        .stints
        .iter()
        .zip(offsets.chain(std::iter::repeat(none)));
    stints
        .map(|(stint, offsets)| draft(stint, offsets))
        .collect()
}

fn technologies(document: &Document) -> Vec<DraftTechnology<'_>> {
    let lines = LineStarts::of(&document.text);
    let mut by_key: BTreeMap<&str, DraftTechnology<'_>> = BTreeMap::new();
    let new = |key| DraftTechnology {
        key,
        stated_months: None,
        mentions: Vec::new(),
    };
    for mention in &document.mentions {
        let key = mention.technology.as_str();
        by_key
            .entry(key)
            .or_insert_with(|| new(key))
            .mentions
            .push(Mention {
                grade: mention.grade,
                stint: mention.stint.filter(|&stint| stint < document.stints.len()),
                span: mention.span.clone(),
                line: lines.line_of(mention.span.start),
            });
    }
    for (key, months) in &document.stated_months {
        let technology = by_key.entry(key).or_insert_with(|| new(key));
        technology.stated_months = technology.stated_months.max(Some(*months));
    }
    by_key.into_values().collect()
}

fn certifications(document: &Document) -> Vec<Certification> {
    let score = |span: &Range<usize>| score_in(document.text.get(span.start..)?);
    let entries = document.certifications.iter();
    entries
        .map(|entry| Certification {
            span: entry.span.clone(),
            score: score(&entry.span),
        })
        .collect()
}

fn education(document: &Document, analyzed: &Analyzed) -> Vec<DraftEducation> {
    let draft = |entry: &EducationEntry| {
        let levels = EducationLevel::proven(&entry.school, entry.degree.as_deref());
        DraftEducation {
            span: entry.span.clone(),
            levels: levels.fold(0, |bits, level| bits | level.bit()),
            text: positions(std::slice::from_ref(&entry.span), analyzed),
        }
    };
    document.education.iter().map(draft).collect()
}

/// Where the text says that something is not known, or only wished for, or that somebody else is it.
fn denied(document: &Document, analyzed: &Analyzed) -> Marked {
    let mut spans: Vec<Range<usize>> = document
        .mentions
        .iter()
        .filter(|mention| matches!(mention.grade, Grade::Learning | Grade::Negated))
        .map(|mention| mention.span.clone())
        .collect();
    spans.extend(Lexicon::builtin().roles_of_others_in(&document.text));
    marked(&spans, analyzed)
}

/// Where schools and employers are named: those that the reader found, and those that begin with a
/// place anywhere.
fn named(document: &Document, analyzed: &Analyzed) -> Positions {
    let mut spans = names_with_places(&document.text);
    spans.extend(document.names_at.iter().cloned());
    positions(&spans, analyzed)
}

/// Where certificates are named, but for names that are roles, too: who is プロジェクトマネージャー need
/// not have passed that examination.
fn certified(document: &Document, analyzed: &Analyzed) -> Marked {
    let lexicon = Lexicon::builtin();
    let mut spans = lexicon.certificates_in(&document.text);
    spans.retain(|span| lexicon.role_named(&document.text[span.clone()]).is_none());
    marked(&spans, analyzed)
}

fn marked(spans: &[Range<usize>], analyzed: &Analyzed) -> Marked {
    let positions = positions(spans, analyzed);
    let signature = |tokens: &[Token], ranges: &[Range<u32>], bare: fn(&str) -> &str| {
        let mut signature = Signature::default();
        for token in tokens {
            let after = ranges.partition_point(|range| range.start <= token.position);
            if after > 0 && token.position < ranges[after - 1].end {
                signature.add(bare(&token.term));
            }
        }
        signature
    };
    Marked {
        terms: Signatures {
            words: signature(&analyzed.words, &positions.words, |term| term),
            grams: signature(&analyzed.grams, &positions.grams, Wanted::bare),
        },
        positions,
    }
}

fn positions(spans: &[Range<usize>], analyzed: &Analyzed) -> Positions {
    Positions {
        words: position_ranges(spans, &analyzed.words),
        grams: position_ranges(spans, &analyzed.grams),
    }
}

/// Returns the ranges of positions whose tokens begin within `spans`.
///
/// Ranges of adjacent spans are joined, so that a phrase may reach from one into the next.
fn position_ranges(spans: &[Range<usize>], tokens: &[Token]) -> Vec<Range<u32>> {
    let mut ranges = Vec::with_capacity(spans.len());
    for span in spans {
        let first = tokens.partition_point(|token| token.span.start < span.start);
        let inside = tokens[first..]
            .iter()
            .take_while(|token| token.span.start < span.end);
        let bounds = inside.fold(None, |bounds: Option<(u32, u32)>, token| {
            let (low, high) = bounds.unwrap_or((token.position, token.position));
            Some((low.min(token.position), high.max(token.position)))
        });
        ranges.extend(bounds.map(|(low, high)| low..high.saturating_add(1)));
    }
    joined(ranges)
}

fn joined(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<u32>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The name to sort by: the reading where there is one.
fn sort_name(document: &Document) -> String {
    let name = document.name_kana.as_ref().or(document.names.first());
    name.map(|name| normalized_key(name)).unwrap_or_default()
}

/// Where the lines of a text begin.
struct LineStarts(Vec<usize>);

impl LineStarts {
    fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self(breaks.map(|(at, _)| at + 1).collect())
    }

    fn line_of(&self, at: usize) -> usize {
        self.0.partition_point(|&start| start <= at)
    }
}
