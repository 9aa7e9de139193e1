//! What the names of a text turned out to mean so far, and the nearest of a family.

use std::collections::BTreeSet;
use std::ops::Range;

use super::finder::Lineage;
use super::forms::TechnologyId;
use super::scene::Scene;

/// The names decided so far, by what they mean: no question walks over all names.
#[derive(Debug)]
pub(super) struct Verdicts {
    meant: Vec<Option<TechnologyId>>,
    /// Technologies with the positions of the names that mean them.
    named: BTreeSet<(TechnologyId, usize)>,
    /// Technologies with the positions of the names that mean, at any depth, a part of them.
    inside: BTreeSet<(TechnologyId, usize)>,
    /// Clear names that are list items of their own, by line.
    clear_items: Vec<usize>,
    /// Clear names, by list item.
    clear_in_item: Vec<usize>,
    /// Clear names, by line.
    clear_in_line: Vec<usize>,
}

impl Verdicts {
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        Self {
            meant: vec![None; scene.names.len()],
            named: BTreeSet::new(),
            inside: BTreeSet::new(),
            clear_items: vec![0; scene.ground.lines.len()],
            clear_in_item: vec![0; scene.ground.item_count()],
            clear_in_line: vec![0; scene.ground.lines.len()],
        }
    }

    pub(super) fn get(&self, at: usize) -> Option<TechnologyId> {
        self.meant[at]
    }

    /// Settles what the name at `at` means.
    pub(super) fn settle(&mut self, scene: &Scene<'_>, at: usize, technology: TechnologyId) {
        self.meant[at] = Some(technology);
        self.named.insert((technology, at));
        for whole in scene.technologies.wholes(technology) {
            self.inside.insert((whole, at));
        }
        if scene.names[at].form.clear_sense().is_none() {
            return;
        }
        self.clear_in_item[scene.ground.item_position(at)] += 1;
        self.clear_in_line[scene.ground.line_position(at)] += 1;
        if scene.is_whole_item(at) {
            self.clear_items[scene.ground.line_position(at)] += 1;
        }
    }

    /// Clear names that are items of their own on the line of the name at `at`.
    pub(super) fn clear_items_beside(&self, scene: &Scene<'_>, at: usize) -> usize {
        self.clear_items[scene.ground.line_position(at)]
    }

    /// Clear names in the list item of the name at `at`: `typescript react chromatic`.
    pub(super) fn clear_names_of_item(&self, scene: &Scene<'_>, at: usize) -> usize {
        self.clear_in_item[scene.ground.item_position(at)]
    }

    /// Clear names on the line of the name at `at`.
    pub(super) fn clear_names_of_line(&self, scene: &Scene<'_>, at: usize) -> usize {
        self.clear_in_line[scene.ground.line_position(at)]
    }

    /// The nearest names before and after `at`, among `names`, that mean what `part` is a part of.
    pub(super) fn nearest_wholes(
        &self,
        lineage: &Lineage<'_>,
        part: TechnologyId,
        at: usize,
        names: &Range<usize>,
    ) -> [Option<usize>; 2] {
        let mut nearest = [None, None];
        for whole in lineage.wholes(part) {
            let [before, after] = around(&self.named, whole, at, names);
            nearest[0] = nearest[0].max(before);
            nearest[1] = [nearest[1], after].into_iter().flatten().min();
        }
        nearest
    }

    /// The nearest names before and after `at`, among `names`, that mean a part of `whole`.
    pub(super) fn nearest_parts(
        &self,
        whole: TechnologyId,
        at: usize,
        names: &Range<usize>,
    ) -> [Option<usize>; 2] {
        around(&self.inside, whole, at, names)
    }
}

/// The nearest positions of `technology` before and after `at`, among `names`.
fn around(
    positions: &BTreeSet<(TechnologyId, usize)>,
    technology: TechnologyId,
    at: usize,
    names: &Range<usize>,
) -> [Option<usize>; 2] {
    let place = |at: usize| (technology, at);
    let mut before = positions.range(place(names.start.min(at))..place(at));
    let mut after = positions.range(place(at + 1)..place(names.end.max(at + 1)));
    [before.next_back(), after.next()].map(|found| found.map(|(_, at)| *at))
}
