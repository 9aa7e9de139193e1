//! How large a document is with its fragments unfolded, measured without unfolding them.
//!
//! Each fragment is looked at once: what comes behind, the engine's own checks among it, unfolds them
//! for real and must not meet a document that grows without bounds.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{
    Directive, ExecutableDocument, FragmentDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};

use super::limits::{MAX_ALIASES, MAX_COMPLEXITY, MAX_DEPTH};

/// Directives of one field or fragment.
const MAX_DIRECTIVES: usize = 8;

/// Fragments within fragments.
const MAX_FRAGMENT_NESTING: usize = 32;

/// Lists within lists of the schema's own description, which grow with each level. What tools ask for
/// has one; the limit is that of GraphQL's reference implementation.
const MAX_INTROSPECTION_LISTS: usize = 2;

/// What a document was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measured {
    /// Fields within fields.
    pub(super) depth: usize,
    /// Whether it asks for the schema.
    pub(super) is_introspection: bool,
    /// Whether it keeps every limit.
    pub(super) is_within: bool,
}

/// Measures every operation of the document, and its fragments, those that are not used included.
///
/// Introspection may go deeper than other fields.
pub(super) fn measure(document: &ExecutableDocument) -> Measured {
    let mut measure = Measure {
        fragments: &document.fragments,
        known: HashMap::new(),
        open: HashSet::new(),
    };
    let mut size = Size::default();
    for (_, operation) in document.operations.iter() {
        size = size.beside(measure.size(&operation.node.selection_set.node));
    }
    let depth = size.depth;
    for name in document.fragments.keys() {
        let fragment = measure.fragment_size(name);
        size = Size {
            // Counted above as often as it is used.
            selections: size.selections.max(fragment.selections),
            ..size.beside(fragment)
        };
    }
    let is_sized = !size.is_beyond && depth <= MAX_DEPTH && size.selections <= MAX_COMPLEXITY;
    // Looks into fragments again and again: only those of a bounded document.
    let is_within = is_sized && measure.are_aliased_within(document);
    Measured {
        depth,
        is_introspection: size.is_introspection,
        is_within,
    }
}

#[derive(Clone, Copy, Default)]
struct Size {
    depth: usize,
    /// Fields, fragments and directives.
    selections: usize,
    /// Lists within lists, as introspection has them.
    lists: usize,
    is_introspection: bool,
    /// Whether another limit is broken, or a fragment contains itself.
    is_beyond: bool,
}

impl Size {
    /// Returns the size of both, side by side.
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            selections: self.selections.saturating_add(other.selections),
            lists: self.lists.max(other.lists),
            is_introspection: self.is_introspection || other.is_introspection,
            is_beyond: self.is_beyond || other.is_beyond,
        }
    }

    /// Returns the size with one more selection around it.
    fn within(self, directives: &[Positioned<Directive>]) -> Self {
        Self {
            selections: self.selections.saturating_add(1 + directives.len()),
            is_beyond: self.is_beyond || directives.len() > MAX_DIRECTIVES,
            ..self
        }
    }

    fn beyond() -> Self {
        Self {
            is_beyond: true,
            ..Self::default()
        }
    }
}

struct Measure<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// Sizes of fragments.
    known: HashMap<&'a Name, Size>,
    /// Fragments being measured.
    open: HashSet<&'a Name>,
}

impl<'a> Measure<'a> {
    fn size(&mut self, set: &'a SelectionSet) -> Size {
        let mut size = Size::default();
        for item in &set.items {
            size = size.beside(match &item.node {
                Selection::Field(field) => {
                    let below = self.size(&field.node.selection_set.node);
                    field_size(&field.node.name.node, below).within(&field.node.directives)
                }
                Selection::InlineFragment(fragment) => self
                    .size(&fragment.node.selection_set.node)
                    .within(&fragment.node.directives),
                Selection::FragmentSpread(spread) => self
                    .fragment_size(&spread.node.fragment_name.node)
                    .within(&spread.node.directives),
            });
        }
        size
    }

    /// A fragment that is not there is left for validation to name.
    fn fragment_size(&mut self, name: &'a Name) -> Size {
        if let Some(size) = self.known.get(name) {
            return *size;
        }
        let Some(fragment) = self.fragments.get(name) else {
            return Size::default();
        };
        // The engine unfolds a fragment of itself as far as its own limit of depth, twice as much with
        // each level where it stands twice.
        if self.open.len() >= MAX_FRAGMENT_NESTING || !self.open.insert(name) {
            return Size::beyond();
        }
        let size = self.size(&fragment.node.selection_set.node);
        let size = size.within(&fragment.node.directives);
        self.open.remove(name);
        self.known.insert(name, size);
        size
    }

    /// Whether no selection, fragments unfolded, has more than [`MAX_ALIASES`] names for one field.
    fn are_aliased_within(&self, document: &'a ExecutableDocument) -> bool {
        let operations = document.operations.iter();
        let operations = operations.map(|(_, operation)| &operation.node.selection_set);
        let fragments = document.fragments.values();
        let fragments = fragments.map(|fragment| &fragment.node.selection_set);
        operations
            .chain(fragments)
            .all(|set| self.is_aliased_within(&set.node))
    }

    /// What is selected within fragments is looked at with the fragment.
    fn is_aliased_within(&self, set: &'a SelectionSet) -> bool {
        let mut aliases: HashMap<&'a str, HashSet<&'a str>> = HashMap::new();
        self.collect(set, &mut aliases, &mut HashSet::new());
        let is_within = aliases.values().all(|names| names.len() <= MAX_ALIASES);
        is_within
            && set
                .items
                .iter()
                .all(|item| self.is_below_within(&item.node))
    }

    fn is_below_within(&self, selection: &'a Selection) -> bool {
        match selection {
            Selection::Field(field) => self.is_aliased_within(&field.node.selection_set.node),
            Selection::InlineFragment(fragment) => {
                self.is_aliased_within(&fragment.node.selection_set.node)
            }
            Selection::FragmentSpread(_) => true,
        }
    }

    fn collect(
        &self,
        set: &'a SelectionSet,
        aliases: &mut HashMap<&'a str, HashSet<&'a str>>,
        visited: &mut HashSet<&'a Name>,
    ) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    let alias = field
                        .node
                        .alias
                        .as_ref()
                        .map_or(name, |alias| alias.node.as_str());
                    aliases.entry(name).or_default().insert(alias);
                }
                Selection::InlineFragment(fragment) => {
                    self.collect(&fragment.node.selection_set.node, aliases, visited);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if visited.insert(name)
                        && let Some(fragment) = self.fragments.get(name)
                    {
                        self.collect(&fragment.node.selection_set.node, aliases, visited);
                    }
                }
            }
        }
    }
}

/// The name of the field decides, never its alias or the name of a fragment around it.
fn field_size(name: &str, below: Size) -> Size {
    match name {
        "__schema" | "__type" => Size {
            depth: 1,
            lists: 0,
            is_introspection: true,
            is_beyond: below.is_beyond || below.lists > MAX_INTROSPECTION_LISTS,
            ..below
        },
        "fields" | "interfaces" | "possibleTypes" | "inputFields" => Size {
            depth: below.depth + 1,
            lists: below.lists + 1,
            ..below
        },
        _ => Size {
            depth: below.depth + 1,
            ..below
        },
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn measured(document: &str) -> Measured {
        measure(&parse_query(document).expect("it parses"))
    }

    #[track_caller]
    fn check_depth(document: &str, expected: usize) {
        assert_eq!(measured(document).depth, expected, "{document}");
    }

    #[test]
    fn depth_counts_fields_through_fragments_of_every_kind() {
        check_depth("{ a }", 1);
        check_depth("{ a { b { c } } d }", 3);
        check_depth("{ a { ... { b { ... on X { c } } } } }", 3);
        check_depth(
            "{ a { ...F } } fragment F on X { b { ...G } } fragment G on X { c }",
            3,
        );
        check_depth(
            "{ a { ...__schema } } fragment __schema on X { b { c } }",
            3,
        );
        check_depth("{ __schema: a { b { c } } }", 3);
        check_depth("{ __schema { types { name } } }", 1);
        check_depth("{ a } fragment Unused on X { b { c { d } } }", 1);
    }

    #[test]
    fn a_document_that_doubles_with_each_fragment_is_measured_at_once() {
        let bomb = |leaf: &str| {
            let levels: String = (0..30)
                .map(|n| format!("fragment F{n} on X {{ ...F{0} ...F{0} }} ", n + 1))
                .collect();
            format!("{{ ...F0 }} {levels} fragment F30 on X {{ {leaf} }}")
        };
        for leaf in ["a", "...NotThere", "...F0", "...F30 ...F30"] {
            assert!(!measured(&bomb(leaf)).is_within, "{leaf}");
        }
    }

    #[track_caller]
    fn check_within(document: &str, expected: bool) {
        assert_eq!(measured(document).is_within, expected, "{document}");
    }

    #[test]
    fn a_fragment_that_contains_itself_is_beyond() {
        check_within("{ ...F } fragment F on X { a { ...F } }", false);
        check_within(
            "{ a } fragment F on X { ...G } fragment G on X { ...F }",
            false,
        );
    }

    #[test]
    fn directives_are_bounded_wherever_they_stand() {
        let directives = |count| "@include(if: true) ".repeat(count);
        for (count, expected) in [(8, true), (9, false)] {
            let directives = directives(count);
            check_within(&format!("{{ a {directives} }}"), expected);
            check_within(&format!("{{ ... {directives} {{ a }} }}"), expected);
            check_within(
                &format!("{{ ...F {directives} }} fragment F on X {{ a }}"),
                expected,
            );
        }
        let many = format!("{{ {} }}", "a @skip(if: true) ".repeat(2_501));
        check_within(&many, false);
    }

    #[test]
    fn repeated_fields_count_each_time() {
        check_within(&format!("{{ {} }}", "__typename ".repeat(5_000)), true);
        check_within(&format!("{{ {} }}", "__typename ".repeat(5_001)), false);
    }

    #[test]
    fn lists_of_the_schema_do_not_nest_without_bounds() {
        check_within(
            "{ __schema { types { fields { args { type { name } } } } } }",
            true,
        );
        check_within(
            "{ __schema { types { fields { type { fields { name } } } } } }",
            true,
        );
        check_within(
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
            false,
        );
        check_within(
            "{ __type(name: \"X\") { ...F } } fragment F on __Type { interfaces { ...G } } \
             fragment G on __Type { possibleTypes { fields { name } } }",
            false,
        );
    }

    #[test]
    fn asking_for_the_schema_is_seen_behind_aliases_and_fragments() {
        assert!(measured("{ a: __schema { b } }").is_introspection);
        assert!(
            measured("{ ...F } fragment F on Query { __type(name: \"X\") { b } }").is_introspection
        );
        assert!(
            !measured("{ __schema: a ...__type } fragment __type on X { __typename }")
                .is_introspection
        );
    }
}
