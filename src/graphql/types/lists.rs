use async_graphql::SimpleObject;

use super::employer::Employer;
use super::technology::Technology;
use crate::catalog::{EmployerCursor, TechnologyCursor};
use crate::graphql::error::ApiError;
use crate::graphql::page;
use crate::search::SearchError;

/// Where a page lies.
#[derive(SimpleObject, Clone, Debug)]
pub(in crate::graphql) struct PageInfo {
    /// Whether more items follow.
    pub(in crate::graphql) has_next_page: bool,
    /// Whether more items precede.
    pub(in crate::graphql) has_previous_page: bool,
    /// The cursor of the first item.
    pub(in crate::graphql) start_cursor: Option<String>,
    /// The cursor of the last item.
    pub(in crate::graphql) end_cursor: Option<String>,
}

/// A page of technologies: those that most candidates have first, then by name.
#[derive(SimpleObject)]
pub(in crate::graphql) struct TechnologyConnection {
    /// The technologies with their cursors.
    pub(in crate::graphql) edges: Vec<TechnologyEdge>,
    /// The technologies alone.
    pub(in crate::graphql) nodes: Vec<Technology>,
    /// Where the page lies.
    pub(in crate::graphql) page_info: PageInfo,
}

/// A technology of a page.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct TechnologyEdge {
    /// The place in the order, for `after`.
    pub(in crate::graphql) cursor: String,
    /// The technology.
    pub(in crate::graphql) node: Technology,
}

/// A page of employers: those that most candidates have first, then by name.
#[derive(SimpleObject)]
pub(in crate::graphql) struct EmployerConnection {
    /// The employers with their cursors.
    pub(in crate::graphql) edges: Vec<EmployerEdge>,
    /// The employers alone.
    pub(in crate::graphql) nodes: Vec<Employer>,
    /// Where the page lies.
    pub(in crate::graphql) page_info: PageInfo,
}

/// An employer of a page.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct EmployerEdge {
    /// The place in the order, for `after`.
    pub(in crate::graphql) cursor: String,
    /// The employer.
    pub(in crate::graphql) node: Employer,
}

impl PageInfo {
    pub(super) fn around(
        mut cursors: impl DoubleEndedIterator<Item = String>,
        more: bool,
        after: bool,
    ) -> Self {
        let first = cursors.next();
        let last = cursors.next_back().or_else(|| first.clone());
        Self {
            has_next_page: more,
            has_previous_page: after,
            end_cursor: last,
            start_cursor: first,
        }
    }
}

impl TechnologyConnection {
    /// Returns the page of `edges`; `more` follow, and it is `after` another.
    pub(in crate::graphql) fn of(edges: Vec<TechnologyEdge>, more: bool, after: bool) -> Self {
        let cursors = edges.iter().map(|edge| edge.cursor.clone());
        Self {
            page_info: PageInfo::around(cursors, more, after),
            nodes: edges.iter().map(|edge| edge.node.clone()).collect(),
            edges,
        }
    }
}

impl EmployerConnection {
    /// Returns the page of `edges`; `more` follow, and it is `after` another.
    pub(in crate::graphql) fn of(edges: Vec<EmployerEdge>, more: bool, after: bool) -> Self {
        let cursors = edges.iter().map(|edge| edge.cursor.clone());
        Self {
            page_info: PageInfo::around(cursors, more, after),
            nodes: edges.iter().map(|edge| edge.node.clone()).collect(),
            edges,
        }
    }
}

/// Reads a cursor of technologies.
pub(in crate::graphql) fn technology_cursor(text: &str) -> Result<TechnologyCursor, ApiError> {
    let (candidate_count, key, name) = page::decode_cursor(text)?;
    Ok(TechnologyCursor {
        candidate_count,
        name,
        key,
    })
}

/// Reads a cursor of employers.
pub(in crate::graphql) fn employer_cursor(text: &str) -> Result<EmployerCursor, ApiError> {
    let (candidate_count, key, name) = page::decode_cursor(text)?;
    Ok(EmployerCursor {
        candidate_count,
        name,
        id: key
            .parse()
            .map_err(|_| ApiError::from(SearchError::BadCursor))?,
    })
}
