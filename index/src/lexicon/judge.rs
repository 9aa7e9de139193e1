//! Which candidates are mentions, by what stands around them.
//!
//! A clear name counts unless it is somebody's employer. A name that needs its parent (`@`) counts
//! where the parent is given or named beside it. An ordinary word (`~`) or a letter (`~~`) counts in
//! a list as an item of its own, elsewhere only with evidence.

use super::boundary::{char_before, is_hiragana, is_japanese, is_kanji};
use super::code::{ends_list_in_brackets, is_said_of_letter};
use super::evidence;
use super::finder::{Candidate, Mention};
use super::forms::{Sense, TechnologyId, is_katakana};
use super::item::{is_in_run, is_item_of_list_line, leads_item};
use super::load::Ambiguity;
use super::scene::Scene;
use super::technology::{MatchKind, TechnologyKind};
use super::verdicts::Verdicts;
use crate::words;

/// The mentions among the scene's names, in order.
pub(super) fn judge(scene: &Scene<'_>) -> Vec<Mention> {
    let employers: Vec<bool> = scene
        .names
        .iter()
        .map(|candidate| scene.is_employer(&candidate.range()))
        .collect();
    let mut verdicts = Verdicts::new(scene);
    for (at, candidate) in scene.names.iter().enumerate() {
        if let Some(sense) = candidate.form.clear_sense()
            && !employers[at]
            && !candidate.form.is_shared()
        {
            verdicts.settle(scene, at, sense.technology);
        }
    }
    // What one name makes clear may make its neighbour clear: Java、Go、C.
    for _ in 0..4 {
        let mut is_changed = false;
        for (at, &is_employer) in employers.iter().enumerate() {
            if verdicts.get(at).is_some() || is_employer {
                continue;
            }
            if let Some(technology) = decide(scene, at, &verdicts) {
                verdicts.settle(scene, at, technology);
                is_changed = true;
            }
        }
        if !is_changed {
            break;
        }
    }
    let mut mentions = Vec::new();
    for (at, candidate) in scene.names.iter().enumerate() {
        if let Some(technology) = verdicts.get(at) {
            mentions.push(Mention {
                range: candidate.range(),
                technology,
                via: MatchKind::Exact,
            });
        }
    }
    mentions
}

/// What the name at `at` means, if it means anything here.
fn decide(scene: &Scene<'_>, at: usize, verdicts: &Verdicts) -> Option<TechnologyId> {
    let candidate = &scene.names[at];
    if candidate.form.needs_capitals && !scene.is_capitalized(candidate) {
        return None;
    }
    let of_parent = candidate
        .form
        .senses
        .iter()
        .filter(|sense| sense.needs_parent)
        .filter_map(|sense| {
            Some((
                parent_distance(scene, at, sense, verdicts)?,
                sense.technology,
            ))
        })
        .min();
    // IAM is AWS's unless another cloud is nearer.
    let is_nearer = |distance: usize| {
        let mut senses = candidate.form.senses.iter();
        let own = senses.find(|sense| !sense.needs_parent);
        own.and_then(|sense| parent_distance(scene, at, sense, verdicts))
            .is_none_or(|of_clear| distance < of_clear)
    };
    if let Some((distance, technology)) = of_parent
        && is_nearer(distance)
        && !is_generic_use(scene, candidate)
    {
        return Some(technology);
    }
    let sense = candidate
        .form
        .senses
        .iter()
        .find(|sense| !sense.needs_parent)?;
    let is_mention = match sense.ambiguity {
        Ambiguity::Clear => true,
        Ambiguity::Word => word_counts(scene, at, sense, verdicts),
        Ambiguity::Letter => letter_counts(scene, at, sense, verdicts),
    };
    is_mention.then_some(sense.technology)
}

/// How far the parent of `sense` is named from the name at `at`; 0 where the context gives it.
fn parent_distance(
    scene: &Scene<'_>,
    at: usize,
    sense: &Sense,
    verdicts: &Verdicts,
) -> Option<usize> {
    let candidate = &scene.names[at];
    if scene.parent_is_given(sense.technology) {
        return Some(0);
    }
    if !scene.is_list() && !scene.is_case_exact(candidate, sense) {
        return None;
    }
    let parent = scene.technologies.parents[sense.technology]?;
    let beside = if scene.is_list() {
        0..scene.names.len()
    } else {
        scene.ground.line(at).names.clone()
    };
    let lineage = scene.technologies;
    let wholes = verdicts.nearest_wholes(lineage, sense.technology, at, &beside);
    // S3、Lambda: a part that is clear stands for the whole.
    let siblings = verdicts.nearest_parts(parent, at, &beside);
    let whole_after = wholes[1].filter(|_| scene.is_list());
    let before = [wholes[0], siblings[0]].into_iter().flatten();
    let after = [whole_after, siblings[1]].into_iter().flatten();
    let before = before.map(|other| candidate.start - scene.names[other].end + 1);
    // Behind counts less than before.
    let after =
        after.map(|other| (scene.names[other].start - candidate.end) * 2 + scene.normal.len() + 1);
    before.chain(after).min()
}

/// Whether the word is used as a common noun: Batch 処理.
fn is_generic_use(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let after = scene.normal[candidate.end..].trim_start_matches(' ');
    words!["処理", "化", "機能", "ジョブ"].begin(after)
}

fn word_counts(scene: &Scene<'_>, at: usize, sense: &Sense, verdicts: &Verdicts) -> bool {
    let candidate = &scene.names[at];
    if candidate.is_hyphenated {
        return false;
    }
    let after = evidence::text_behind(scene, at);
    if after.starts_with("言語") && !after.starts_with("言語聴覚") {
        return true;
    }
    let is_item = scene.is_whole_item(at);
    if is_link_label(scene, candidate) {
        return true;
    }
    if is_item && (scene.is_list() || scene.ground.is_labelled(at, candidate.start)) {
        return true;
    }
    let is_exact = scene.is_case_exact(candidate, sense);
    if is_in_run(scene, at, verdicts, |_| true) {
        return scene.is_list() || is_item || is_exact;
    }
    if is_item_of_list_line(scene, at, verdicts)
        || (is_item && verdicts.clear_names_of_item(scene, at) >= 2)
    {
        return scene.is_list() || is_exact || scene.is_in_lower_case(&scene.ground.item(at).range);
    }
    if !is_exact {
        return false;
    }
    if scene.parent_is_given(sense.technology) || kin_is_beside(scene, at, sense, verdicts) {
        return !evidence::reads_as_english(scene, at);
    }
    let is_kana = scene.normal[candidate.range()].chars().all(is_japanese);
    if is_kana {
        return false;
    }
    let has_version = candidate.end > candidate.name_end;
    has_version
        || evidence::has_version_behind(scene, at)
        || evidence::is_code_span(scene, at)
        || evidence::is_said_of_work(scene, at, sense)
        || evidence::is_latin_name_in_japanese(scene, at, sense, verdicts)
        || ends_list_in_brackets(scene, at, sense)
        || (scene.is_list() && leads_item(scene, at))
}

/// Whether the name is the whole label of a link: `[echo](https://…)`.
fn is_link_label(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    scene.normal[..candidate.start].ends_with('[')
        && scene.normal[candidate.end..].starts_with("](http")
}

/// Whether the line also names what `sense` is a part of, or a part of it.
fn kin_is_beside(scene: &Scene<'_>, at: usize, sense: &Sense, verdicts: &Verdicts) -> bool {
    let line = &scene.ground.line(at).names;
    let lineage = scene.technologies;
    let wholes = verdicts.nearest_wholes(lineage, sense.technology, at, line);
    let parts = verdicts.nearest_parts(sense.technology, at, line);
    wholes.into_iter().chain(parts).any(|other| other.is_some())
}

fn letter_counts(scene: &Scene<'_>, at: usize, sense: &Sense, verdicts: &Verdicts) -> bool {
    let candidate = &scene.names[at];
    if candidate.is_hyphenated || !letter_version_is_plausible(scene, candidate) {
        return false;
    }
    let before = char_before(scene.normal, candidate.start);
    let after = &scene.normal[candidate.end..];
    let touches_word = before.is_some_and(|letter| is_kanji(letter) || is_katakana(letter));
    if after.trim_start_matches(' ').starts_with("言語") {
        return !touches_word;
    }
    let is_exact = scene.is_case_exact(candidate, sense);
    let is_code = |technology: TechnologyId| {
        matches!(
            scene.technologies.entries[technology].kind,
            TechnologyKind::Language | TechnologyKind::Framework | TechnologyKind::Library
        )
    };
    if !scene.is_list() && !scene.ground.is_labelled(at, candidate.start) {
        let stands_free = !touches_word
            && after
                .chars()
                .next()
                .is_none_or(|letter| is_hiragana(letter) || !letter.is_alphanumeric());
        return is_exact
            && stands_free
            && (is_said_of_letter(scene, at) || is_in_run(scene, at, verdicts, is_code));
    }
    if touches_word {
        return false;
    }
    if is_in_run(scene, at, verdicts, |_| true) {
        return true;
    }
    let letters = candidate.name_end - candidate.start;
    scene.is_whole_item(at) && (is_exact || letters > 1) && !scene.ground.item(at).is_enumerated
}

/// `C99`, `R4.1`; but `R5` is a year and `C3` a place.
fn letter_version_is_plausible(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let version = &scene.normal[candidate.name_end..candidate.end];
    version.is_empty()
        || version.contains('.')
        || candidate.name_end - candidate.start > 1
        || matches!(version, "89" | "90" | "99" | "11" | "17" | "23")
}
