//! How much one request may ask for.

use std::any::TypeId;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextPrepareRequest, NextRequest,
};
use async_graphql::parser::types::{
    ExecutableDocument, FragmentDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Request, Response, ServerError, ServerResult, Variables};

use super::Services;
use super::error::{ApiError, ErrorCode, Locale, with_codes};
use super::loaders::Loaders;
use crate::domain::OrganizationId;

/// Fields within fields.
pub const MAX_DEPTH: usize = 15;

/// Fields in all, those of lists counted by the page that is asked for.
pub const MAX_COMPLEXITY: usize = 5_000;

/// Aliases of one field.
pub const MAX_ALIASES: usize = 16;

/// Refuses what exceeds the limits before it is executed, gives each request its loaders, and each
/// error its code.
pub(super) struct Limits;

impl ExtensionFactory for Limits {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(RequestLimits::default())
    }
}

/// The limits of one request.
#[derive(Default)]
struct RequestLimits {
    /// Known once the request is prepared.
    locale: OnceLock<Locale>,
}

#[async_graphql::async_trait::async_trait]
impl Extension for RequestLimits {
    async fn request(&self, context: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let response = next.run(context).await;
        with_codes(response, self.locale.get().copied().unwrap_or_default())
    }

    async fn prepare_request(
        &self,
        context: &ExtensionContext<'_>,
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let request = next.run(context, request).await?;
        self.locale
            .get_or_init(|| given(&request).unwrap_or_default());
        let Some(services) = context.data_opt::<Services>() else {
            return Ok(request);
        };
        let organization = given(&request).unwrap_or(OrganizationId::DEFAULT);
        let loaders = Loaders::new(
            services.catalog.clone(),
            services.searcher.clone(),
            organization,
        );
        Ok(request.data(organization).data(loaders))
    }

    async fn parse_query(
        &self,
        context: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(context, query, variables).await?;
        if is_within(&document) {
            return Ok(document);
        }
        let error = async_graphql::Error::from(ApiError::of(ErrorCode::TooComplex));
        Err(ServerError {
            source: error.source.clone(),
            ..error.into_server_error(async_graphql::Pos::default())
        })
    }
}

/// Returns what was put into the data of the request.
fn given<T: Copy + 'static>(request: &Request) -> Option<T> {
    request
        .data
        .get(&TypeId::of::<T>())?
        .downcast_ref()
        .copied()
}

/// Whether the document keeps the limits of depth, fields and aliases. Introspection may go deeper: it
/// is of a known size.
///
/// Fields are counted with fragments unfolded, but each fragment is looked at once: validation, which
/// unfolds them for real, must not meet a document that grows without bounds.
fn is_within(document: &ExecutableDocument) -> bool {
    let mut measure = Measure {
        fragments: &document.fragments,
        known: HashMap::new(),
        open: HashSet::new(),
    };
    let operations = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node.selection_set);
    let fragments = document
        .fragments
        .values()
        .map(|fragment| &fragment.node.selection_set);
    let is_sized = operations.clone().all(|set| {
        let size = measure.size(&set.node);
        size.depth <= MAX_DEPTH && size.fields <= MAX_COMPLEXITY
    });
    is_sized
        && operations
            .chain(fragments)
            .all(|set| measure.is_aliased_within(&set.node))
}

#[derive(Clone, Copy, Default)]
struct Size {
    depth: usize,
    fields: usize,
}

impl Size {
    /// Returns the size of both, side by side.
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            fields: self.fields.saturating_add(other.fields),
        }
    }
}

struct Measure<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// Sizes of fragments.
    known: HashMap<&'a Name, Size>,
    /// Fragments being measured: one that spreads itself is refused later, by validation.
    open: HashSet<&'a Name>,
}

impl<'a> Measure<'a> {
    fn size(&mut self, set: &'a SelectionSet) -> Size {
        let mut size = Size::default();
        for item in &set.items {
            size = size.beside(match &item.node {
                Selection::Field(field) => {
                    let below = self.size(&field.node.selection_set.node);
                    let is_introspection = field.node.name.node.starts_with("__");
                    Size {
                        depth: if is_introspection { 1 } else { below.depth + 1 },
                        fields: below.fields.saturating_add(1),
                    }
                }
                Selection::InlineFragment(fragment) => self.size(&fragment.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    self.fragment_size(&spread.node.fragment_name.node)
                }
            });
        }
        size
    }

    fn fragment_size(&mut self, name: &'a Name) -> Size {
        if let Some(size) = self.known.get(name) {
            return *size;
        }
        let Some(fragment) = self.fragments.get(name) else {
            return Size::default();
        };
        if !self.open.insert(name) {
            return Size::default();
        }
        let size = self.size(&fragment.node.selection_set.node);
        self.open.remove(name);
        self.known.insert(name, size);
        size
    }

    /// Whether no selection within `set`, fragments unfolded, has more than [`MAX_ALIASES`] names for
    /// one field. What is selected within fragments is looked at with the fragment.
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
