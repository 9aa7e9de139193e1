//! How rare what a plan asks for is among all candidates.

use tantivy::{Searcher, Term};

use crate::analysis::Wanted;
use crate::fields::{Fields, technology_term};
use crate::phrase::{Phrase, PhraseTerm, TextQuery, document_count};
use crate::plan::{Leaf, Plan, TechnologyPlan};
use crate::ranking;

/// How rare what each leaf asks for is.
pub(crate) struct Rarities(Vec<Rarity>);

/// How rare a leaf's text and technology are; 0 without one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rarity {
    pub(crate) text: f32,
    pub(crate) technology: f32,
}

impl Rarities {
    pub(crate) fn of(plan: &Plan, fields: &Fields, searcher: &Searcher) -> tantivy::Result<Self> {
        let of_parts = |texts: &[&TextQuery], technology: Option<&TechnologyPlan>| {
            let text = texts.iter().try_fold(0.0, |rarest: f32, text| {
                tantivy::Result::Ok(rarest.max(text_rarity(text, searcher)?))
            })?;
            let technology = match technology {
                Some(technology) => technology_rarity(technology, fields, searcher)?,
                None => 0.0,
            };
            Ok(Rarity { text, technology })
        };
        let rarities = plan.leaves.iter().map(|leaf| match leaf {
            Leaf::Words(words) => {
                let text = words.literal.as_ref().map(|literal| &literal.text);
                of_parts(text.as_slice(), words.technology.as_ref())
            }
            Leaf::Stint(stint) => {
                let texts: Vec<&TextQuery> = stint.text.iter().collect();
                of_parts(&texts, stint.technology.as_ref())
            }
            Leaf::Name(_)
            | Leaf::Certification(_)
            | Leaf::Score(..)
            | Leaf::Level(_)
            | Leaf::School(_)
            | Leaf::Location(_) => Ok(Rarity::default()),
        });
        rarities.collect::<tantivy::Result<_>>().map(Self)
    }

    pub(crate) fn of_leaf(&self, number: usize) -> Rarity {
        self.0[number]
    }
}

/// The rarity of the commonest of the technologies.
fn technology_rarity(
    technology: &TechnologyPlan,
    fields: &Fields,
    searcher: &Searcher,
) -> tantivy::Result<f32> {
    let mut most = 0;
    for key in technology.keys.iter() {
        let term = technology_term(key, technology.min_grade);
        let term = Term::from_field_text(fields.technologies, &term);
        most = most.max(searcher.doc_freq(&term)?);
    }
    Ok(ranking::rarity(most, searcher.num_docs()))
}

/// The rarity of the rarest word; of the rarest bigram where there is no word.
fn text_rarity(text: &TextQuery, searcher: &Searcher) -> tantivy::Result<f32> {
    let words = phrase_rarity(&text.words, searcher)?;
    match words {
        Some(rarity) => Ok(rarity),
        None => Ok(phrase_rarity(&text.grams, searcher)?.unwrap_or(0.0)),
    }
}

fn phrase_rarity(phrase: &Phrase, searcher: &Searcher) -> tantivy::Result<Option<f32>> {
    let mut rarest: Option<f32> = None;
    let known = |term: &&PhraseTerm| !matches!(term.wanted, Wanted::Beginning(_));
    for term in phrase.terms.iter().filter(known) {
        let count = document_count(phrase.field, &term.wanted, searcher)?;
        let rarity = ranking::rarity(count, searcher.num_docs());
        rarest = Some(rarest.map_or(rarity, |so_far| so_far.max(rarity)));
    }
    Ok(rarest)
}
