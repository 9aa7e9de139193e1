use async_graphql::SimpleObject;

use super::enums::LinkKind;
use crate::domain;

/// A link of the person.
#[derive(SimpleObject, Clone, Debug)]
pub(in crate::graphql) struct Link {
    /// What it leads to.
    kind: LinkKind,
    /// Its text or label, as written.
    label: Option<String>,
    /// The address.
    url: String,
}

impl From<&domain::Link> for Link {
    fn from(link: &domain::Link) -> Self {
        Self {
            kind: link.kind.into(),
            label: link.label.clone(),
            url: link.url.clone(),
        }
    }
}
