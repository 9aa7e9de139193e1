//! Batched reads of one request: many objects, one statement.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Lookahead;
use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};

use super::error::ApiError;
use crate::catalog::{
    Catalog, EmployerRow, Namings, Profile, ReadError, ResumeRow, StoredStints, TechnologyRow,
};
use crate::domain::{
    Access, CandidateId, Certification, Education, EmployerId, EmploymentId, Notice, Privacy,
    ProjectId, ResumeId,
};
use crate::search::{FoundCandidate, FoundStint, Searcher};

/// The loaders of one request; each remembers what it gave.
pub(super) struct Loaders {
    loader: DataLoader<Reads, HashMapCache>,
}

/// The reads of one caller.
pub(super) struct Reads {
    catalog: Catalog,
    searcher: Searcher,
    access: Access,
}

/// A candidate by the current résumé.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ProfileOf(pub(super) CandidateId);

/// The jobs and projects of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct StintsIn(pub(super) ResumeId);

/// The certificates of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct CertificationsIn(pub(super) ResumeId);

/// The schools of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct EducationIn(pub(super) ResumeId);

/// What was not understood of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct NoticesIn(pub(super) ResumeId);

/// The lists of candidates that are selected.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SelectedLists {
    stints: bool,
    namings: bool,
    certifications: bool,
    education: bool,
    notices: bool,
}

impl SelectedLists {
    /// `candidate` is the selection of a candidate, or several of them.
    pub(super) fn of(candidate: &Lookahead<'_>) -> Self {
        let is_selected = |field: &str| candidate.field(field).exists();
        let stints = ["employments", "projects"];
        let has_technologies = |field: &str| candidate.field(field).field("technologies").exists();
        Self {
            stints: stints.into_iter().chain(["technologies"]).any(is_selected),
            namings: is_selected("technologies") || stints.into_iter().any(has_technologies),
            certifications: is_selected("certifications"),
            education: is_selected("education"),
            notices: is_selected("notices"),
        }
    }

    /// `stint` is the selection of a stint, whose document's stints are loaded.
    pub(super) fn of_stint(stint: &Lookahead<'_>) -> Self {
        let around = ["employment", "projects"];
        let has_technologies = |field: &str| stint.field(field).field("technologies").exists();
        Self {
            namings: stint.field("technologies").exists()
                || around.into_iter().any(has_technologies),
            ..Self::default()
        }
    }

    /// Returns what either selects.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            stints: self.stints || other.stints,
            namings: self.namings || other.namings,
            certifications: self.certifications || other.certifications,
            education: self.education || other.education,
            notices: self.notices || other.notices,
        }
    }
}

/// The technologies that a document names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct NamingsIn(pub(super) ResumeId);

/// What is agreed with a candidate about their data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct PrivacyOf(pub(super) CandidateId);

/// A document without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ResumeOf(pub(super) ResumeId);

/// A document's text as it was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct WholeTextOf(pub(super) ResumeId);

/// A document's text for excerpts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TextOf(pub(super) ResumeId);

/// A candidate's documents, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ResumesOf(pub(super) CandidateId);

/// How many candidates have a technology, by key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct CountOf(pub(super) String);

/// An employer by its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct EmployerKeyed(pub(super) String);

/// For how many months a technology was used, by key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct MonthsOf(pub(super) String);

impl Loaders {
    pub(super) fn new(catalog: Catalog, searcher: Searcher, access: Access) -> Self {
        let reads = Reads {
            catalog,
            searcher,
            access,
        };
        Self {
            loader: DataLoader::with_cache(reads, tokio::spawn, HashMapCache::default()),
        }
    }

    /// Loads one value; `None` where there is none.
    pub(super) async fn one<K>(
        &self,
        key: K,
    ) -> Result<Option<<Reads as Loader<K>>::Value>, Arc<ReadError>>
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Reads: Loader<K, Error = Arc<ReadError>>,
    {
        self.loader.load_one(key).await
    }

    /// Loads several values, those that there are.
    pub(super) async fn many<K>(
        &self,
        keys: impl IntoIterator<Item = K>,
    ) -> Result<HashMap<K, <Reads as Loader<K>>::Value>, Arc<ReadError>>
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Reads: Loader<K, Error = Arc<ReadError>>,
    {
        self.loader.load_many(keys).await
    }

    /// Loads for how many months the technology `key` was used.
    pub(super) async fn months_of(&self, key: String) -> Result<u64, ApiError> {
        let months = self.loader.load_one(MonthsOf(key)).await?;
        Ok(months.unwrap_or(0))
    }

    /// Loads `lists` of documents at once and remembers them, so that none of their fields waits for
    /// others of its kind.
    pub(super) async fn prefetch(
        &self,
        resumes: impl Iterator<Item = ResumeId>,
        lists: SelectedLists,
    ) -> Result<(), ApiError> {
        let resumes: Vec<ResumeId> = resumes.collect();
        if resumes.is_empty() {
            return Ok(());
        }
        futures::try_join!(
            self.load_if(lists.stints, &resumes, StintsIn),
            self.load_if(lists.namings, &resumes, NamingsIn),
            self.load_if(lists.certifications, &resumes, CertificationsIn),
            self.load_if(lists.education, &resumes, EducationIn),
            self.load_if(lists.notices, &resumes, NoticesIn),
        )?;
        Ok(())
    }

    async fn load_if<K>(
        &self,
        is_wanted: bool,
        resumes: &[ResumeId],
        key: impl Fn(ResumeId) -> K,
    ) -> Result<(), ApiError>
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Reads: Loader<K, Error = Arc<ReadError>>,
    {
        if is_wanted {
            let keys: Vec<K> = resumes.iter().map(|id| key(*id)).collect();
            let values = self.loader.loader().load(&keys).await?;
            self.loader.feed_many(values).await;
        }
        Ok(())
    }

    /// Remembers what a search has loaded.
    pub(super) async fn feed<'a>(&self, found: impl Iterator<Item = &'a FoundCandidate> + Clone) {
        let rows = found
            .clone()
            .map(|found| (ResumeOf(found.profile.row.id), found.profile.row.clone()));
        self.loader.feed_many(rows).await;
        let profiles = found.clone().map(|found| {
            (
                ProfileOf(found.profile.row.candidate),
                found.profile.clone(),
            )
        });
        self.loader.feed_many(profiles).await;
        let texts =
            found.filter_map(|found| Some((TextOf(found.profile.row.id), found.text.clone()?)));
        self.loader.feed_many(texts).await;
    }

    /// Remembers the stints that a search has loaded.
    pub(super) async fn feed_stints<'a>(&self, found: impl Iterator<Item = &'a FoundStint>) {
        let stints = found.map(|found| (StintsIn(found.stints.resume_id), found.stints.clone()));
        self.loader.feed_many(stints).await;
    }

    /// Forgets what was given, since it may have changed.
    pub(super) fn forget(&self) {
        self.loader.clear::<ProfileOf>();
        self.loader.clear::<StintsIn>();
        self.loader.clear::<CertificationsIn>();
        self.loader.clear::<EducationIn>();
        self.loader.clear::<NoticesIn>();
        self.loader.clear::<NamingsIn>();
        self.loader.clear::<PrivacyOf>();
        self.loader.clear::<ResumeOf>();
        self.loader.clear::<TextOf>();
        self.loader.clear::<WholeTextOf>();
        self.loader.clear::<ResumesOf>();
        self.loader.clear::<CountOf>();
        self.loader.clear::<EmployerKeyed>();
        self.loader.clear::<MonthsOf>();
        self.loader.clear::<EmployerId>();
        self.loader.clear::<EmploymentId>();
        self.loader.clear::<ProjectId>();
    }
}

macro_rules! loader {
    ($key:ty => $value:ty, $unwrap:expr, $wrap:expr, $read:ident) => {
        impl Loader<$key> for Reads {
            type Value = $value;
            type Error = Arc<ReadError>;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Self::Value>, Self::Error> {
                let keys: Vec<_> = keys.iter().map($unwrap).collect();
                let found = self.catalog.$read(&self.access, &keys).await?;
                Ok(found
                    .into_iter()
                    .map(|(key, value)| ($wrap(key), value))
                    .collect())
            }
        }
    };
}

loader!(ProfileOf => Arc<Profile>, |key| key.0, ProfileOf, profiles);
loader!(StintsIn => Arc<StoredStints>, |key| key.0, StintsIn, stints);
loader!(CertificationsIn => Arc<Vec<Certification>>, |key| key.0, CertificationsIn, certifications);
loader!(EducationIn => Arc<Vec<Education>>, |key| key.0, EducationIn, education);
loader!(NoticesIn => Arc<Vec<Notice>>, |key| key.0, NoticesIn, notices);
loader!(NamingsIn => Arc<Namings>, |key| key.0, NamingsIn, namings);
loader!(PrivacyOf => Privacy, |key| key.0, PrivacyOf, privacy);
loader!(ResumeOf => ResumeRow, |key| key.0, ResumeOf, resumes);
loader!(TextOf => Arc<str>, |key| key.0, TextOf, resume_texts);
loader!(WholeTextOf => Arc<str>, |key| key.0, WholeTextOf, whole_texts);
loader!(ResumesOf => Vec<ResumeId>, |key| key.0, ResumesOf, resume_ids_of);
loader!(CountOf => TechnologyRow, |key| key.0.clone(), CountOf, technology_counts);
loader!(EmployerKeyed => EmployerRow, |key| key.0.clone(), EmployerKeyed, employers_by_key);
loader!(EmployerId => EmployerRow, |key| *key, std::convert::identity, employers);
loader!(EmploymentId => ResumeId, |key| *key, std::convert::identity, resumes_of_employments);
loader!(ProjectId => ResumeId, |key| *key, std::convert::identity, resumes_of_projects);

impl Loader<MonthsOf> for Reads {
    type Value = u64;
    type Error = ApiError;

    async fn load(&self, keys: &[MonthsOf]) -> Result<HashMap<MonthsOf, u64>, ApiError> {
        let keys: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        let months = self.searcher.technology_months(&self.access, &keys).await?;
        let months = months.into_iter();
        Ok(months
            .map(|(key, months)| (MonthsOf(key), months))
            .collect())
    }
}
