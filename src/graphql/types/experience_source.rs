use std::sync::Arc;

use async_graphql::Context;

use crate::catalog::{Namings, Profile, StoredStints, Told};
use crate::graphql::error::ApiError;
use crate::graphql::loaders;
use crate::graphql::loaders::{NamingsIn, StintsIn};

/// A résumé that experience is read from. Cheap to clone.
#[derive(Clone, Debug)]
pub(in crate::graphql) struct ExperienceSource {
    pub(in crate::graphql) profile: Arc<Profile>,
    stints: Arc<StoredStints>,
    namings: Arc<Namings>,
}

impl ExperienceSource {
    /// Loads the current résumés of `profiles`, in their order; those that were erased since are left
    /// out.
    pub(in crate::graphql) async fn load(
        context: &Context<'_>,
        profiles: Vec<Arc<Profile>>,
    ) -> Result<Vec<Self>, ApiError> {
        let ids = profiles.iter().map(|profile| profile.row.id);
        let stints = loaders(context).many(ids.clone().map(StintsIn));
        let namings = loaders(context).many(ids.map(NamingsIn));
        let (stints, namings) = futures::try_join!(stints, namings)?;
        let source = |profile: Arc<Profile>| {
            let id = profile.row.id;
            Some(Self {
                stints: Arc::clone(stints.get(&StintsIn(id))?),
                namings: Arc::clone(namings.get(&NamingsIn(id))?),
                profile,
            })
        };
        Ok(profiles.into_iter().filter_map(source).collect())
    }

    /// Returns what the résumé says of technologies.
    pub(in crate::graphql) fn told(&self) -> Told<'_> {
        Told {
            stints: &self.stints.stints,
            mentions: &self.namings.mentions,
            stated: &self.namings.stated,
        }
    }
}
