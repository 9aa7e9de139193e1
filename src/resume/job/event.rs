//! Events of joining and leaving: which leaving ends which stay.

use shokureki_index::lexicon::Lexicon;

use crate::domain::PeriodEnd;

use crate::resume::block::Blocks;
use crate::resume::employer::{Strength, job_title, strength};
use crate::resume::evidence::{Event, Evidence, event_of};
use crate::resume::facts::{Signs, parts, without_times};
use crate::resume::period::PeriodShape;

use super::statement::{Statement, row_text};

/// Events that are looked through for the end of a stay.
const MAX_EVENTS: usize = 40;

/// Gives events of joining their end: the next event of leaving that names the same employer, or none
/// before anybody joins again.
pub(super) fn close_events(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    statements: &mut [Statement],
) {
    for statement in statements.iter_mut().filter(|statement| statement.is_event) {
        let at = statement.block;
        let key = lexicon.employer_key(&statement.job.name);
        let Some(period) = &mut statement.period else {
            continue;
        };
        period.period.to = PeriodEnd::Unstated;
        period.period.shape = PeriodShape::Open;
        let own_text = row_text(blocks, at);
        if ["現在", "継続"].iter().any(|word| own_text.contains(word)) {
            period.period.to = PeriodEnd::Present;
            period.period.shape = PeriodShape::Range;
        }
        let end = blocks[blocks[at].parent].end;
        let mut next = blocks[at].end;
        let mut may_be_nameless = true;
        for _ in 0..MAX_EVENTS {
            if next >= end {
                break;
            }
            let text = row_text(blocks, next);
            match event_of(&text) {
                Some(Event::Leave) => {
                    let named = employer_in(&text, lexicon);
                    let is_own = match &named {
                        Some(name) => lexicon.employer_key(name) == key,
                        None => may_be_nameless,
                    };
                    if is_own {
                        let found = evidence
                            .first_in(blocks, next)
                            .or_else(|| evidence.attached_period(blocks, next));
                        if let Some(to) = found.and_then(|found| found.period.from) {
                            period.period.to = PeriodEnd::At(to);
                            period.period.shape = PeriodShape::Range;
                        }
                        break;
                    }
                }
                Some(Event::Join) => may_be_nameless = false,
                None => {}
            }
            next = blocks[next].end;
        }
    }
}

/// Returns the company that the line of an event names.
fn employer_in(text: &str, lexicon: &Lexicon) -> Option<String> {
    let bare = without_times(text);
    parts(&bare, Signs::Title)
        .into_iter()
        .flat_map(|part| {
            let text = &bare[part];
            std::iter::once(text)
                .chain(text.split(' '))
                .collect::<Vec<_>>()
        })
        .map(|part| {
            let name = job_title(part, lexicon).name;
            ["より帰任", "を退社", "を退職", "退社", "退職", "より", "を"]
                .iter()
                .find_map(|end| name.strip_suffix(end))
                .map_or(name.clone(), |shorter| shorter.trim().to_owned())
        })
        .filter(|name| !matches!(name.as_str(), "同社" | "当社" | "同" | "弊社" | "自社"))
        .find(|name| strength(name, lexicon) == Strength::Sure)
}
