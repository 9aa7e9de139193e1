//! Reads without ranking: candidates, careers, employers, technologies and documents by id.
//!
//! Batch forms take many ids and keep no order: they are what a loader asks. Nothing here knows of
//! queries, of the index, or of GraphQL.

mod experience;
mod matrix;
mod technology;

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use shokureki_index::lexicon::Lexicon;

use crate::access::Views;
use crate::domain::{
    Access, AuditAction, CandidateId, Certification, Education, EmployerId, EmploymentId, Notice,
    Privacy, ProjectId, Pseudonym, ResumeId, Scope, Shown, TechnologyName,
};
use crate::resume;
use crate::store::Store;

pub use crate::access::ReadError;
pub use crate::store::{
    EmployerCursor, EmployerRow, Namings, Profile, ResumeRow, StoreError, StoredStints,
    TechnologyCursor, TechnologyRow,
};
pub use experience::{Experience, MonthsBasis, Told, experiences, experiences_of};
pub use matrix::{AskedTechnologies, AskedTechnology};
pub use shokureki_index::lexicon::TechnologyKind;
pub use shokureki_index::months::MonthRange;
pub use technology::Technology;

/// Ids that are looked at together for a pseudonym: few enough to hold up nobody else.
const IDS_AT_ONCE: u32 = 5_000;

/// Reads of one store. Cheap to clone.
#[derive(Clone)]
pub struct Catalog {
    store: Store,
    views: Views,
    lexicon: &'static Lexicon,
}

/// Returns what a reader of the document `row`, whose text is `text`, sees of it.
pub fn shown<'a>(row: &ResumeRow, text: &'a str) -> Shown<'a> {
    let format = row.format;
    Shown::new(format, move || resume::shown(text, format))
}

fn shared<K: Eq + Hash, V>(values: HashMap<K, V>) -> HashMap<K, Arc<V>> {
    let values = values.into_iter();
    values.map(|(key, value)| (key, Arc::new(value))).collect()
}

impl Catalog {
    /// Returns the reads of `store`.
    pub fn new(store: Store, lexicon: &'static Lexicon) -> Self {
        Self {
            views: Views::new(store.clone()),
            store,
            lexicon,
        }
    }

    /// Returns the lexicon's view of a technology that a résumé names.
    pub fn technology(&self, name: &TechnologyName) -> Technology {
        Technology::named(self.lexicon, name)
    }

    /// Returns the lexicon's entry for `key`.
    pub fn listed_technology(&self, key: &str) -> Option<Technology> {
        Technology::listed(self.lexicon, key)
    }

    /// Returns the candidate that the caller knows as `external_id`.
    ///
    /// # Errors
    /// Those of the store, here as in every other read.
    pub async fn candidate_by_external_id(
        &self,
        access: &Access,
        external_id: &str,
    ) -> Result<Option<CandidateId>, ReadError> {
        // Whom to erase or suspend, or whose data to hand out, is named by it, too.
        let allowing = [Scope::Erase, Scope::Document, Scope::Import];
        if !allowing.into_iter().any(|scope| access.scopes.has(scope)) {
            access.require(Scope::Search)?;
        }
        Ok(self
            .store
            .candidate_by_external_id(access.organization, external_id)
            .await?)
    }

    /// Returns whoever is called `pseudonym`, oldest identity first: more than one only by chance.
    ///
    /// It is made from the id and stands nowhere, so that the ids of all candidates are looked at.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn candidates_by_pseudonym(
        &self,
        access: &Access,
        pseudonym: Pseudonym,
    ) -> Result<Vec<CandidateId>, ReadError> {
        access.require(Scope::Search)?;
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let ids = self
                .store
                .candidate_ids_page(access.organization, after, IDS_AT_ONCE)
                .await?;
            found.extend(ids.iter().filter(|id| id.pseudonym() == pseudonym));
            after = ids.last().copied();
            if after.is_none() {
                return Ok(found);
            }
        }
    }

    /// Returns each candidate by the current résumé, in a number of statements that does not depend
    /// on how many are asked for, here as in every other read of many.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn profiles(
        &self,
        access: &Access,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, Arc<Profile>>, ReadError> {
        let recorded = self.views.record(access, AuditAction::Open, ids, None);
        let loaded = self.views.current_profiles(access, ids);
        let (found, ()) = futures::try_join!(loaded, recorded)?;
        Ok(shared(found))
    }

    /// Returns the jobs and projects of each document.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn stints(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Arc<StoredStints>>, ReadError> {
        Ok(shared(self.views.stints(access, ids).await?))
    }

    /// Returns the certificates of each document.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn certifications(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Arc<Vec<Certification>>>, ReadError> {
        Ok(shared(self.views.certifications(access, ids).await?))
    }

    /// Returns the schools of each document.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn education(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Arc<Vec<Education>>>, ReadError> {
        Ok(shared(self.views.education(access, ids).await?))
    }

    /// Returns what was not understood of each document.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn notices(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Arc<Vec<Notice>>>, ReadError> {
        Ok(shared(self.views.notices(access, ids).await?))
    }

    /// Returns the technologies that each document names.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn namings(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Arc<Namings>>, ReadError> {
        Ok(shared(self.views.namings(access, ids).await?))
    }

    /// Returns what is agreed with each candidate about their data; those with whom nothing is are left
    /// out.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn privacy(
        &self,
        access: &Access,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, Privacy>, ReadError> {
        self.views.privacy(access, ids).await
    }

    /// Returns the documents without bytes and text.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn resumes(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, ResumeRow>, ReadError> {
        let found = self.views.resumes(access, ids).await?;
        let opened: Vec<CandidateId> = found.values().map(|row| row.candidate).collect();
        self.views
            .record(access, AuditAction::Open, &opened, None)
            .await?;
        Ok(found)
    }

    /// Returns the documents' texts as they were received; needs the scope `document`.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn whole_texts(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Arc<str>>, ReadError> {
        self.views.whole_texts(access, ids).await
    }

    /// Returns the documents' texts for excerpts, without what must not be collected.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn resume_texts(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Arc<str>>, ReadError> {
        self.views.texts(access, ids).await
    }

    /// Returns the bytes of a document as they were received.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn original(
        &self,
        access: &Access,
        id: ResumeId,
    ) -> Result<Option<Vec<u8>>, ReadError> {
        self.views.original(access, id).await
    }

    /// Returns the documents of each candidate, newest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn resume_ids_of(
        &self,
        access: &Access,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, Vec<ResumeId>>, ReadError> {
        access.require(Scope::Search)?;
        Ok(self.store.resume_ids_of(access.organization, ids).await?)
    }

    /// Returns the document that each employment was read from.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn resumes_of_employments(
        &self,
        access: &Access,
        ids: &[EmploymentId],
    ) -> Result<HashMap<EmploymentId, ResumeId>, ReadError> {
        access.require(Scope::Search)?;
        let found = self
            .store
            .employment_owners(access.organization, ids)
            .await?;
        let resumes: Vec<ResumeId> = found.values().copied().collect();
        self.opened(access, &resumes).await?;
        Ok(found)
    }

    /// Returns the document that each project was read from.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn resumes_of_projects(
        &self,
        access: &Access,
        ids: &[ProjectId],
    ) -> Result<HashMap<ProjectId, ResumeId>, ReadError> {
        access.require(Scope::Search)?;
        let found = self.store.project_owners(access.organization, ids).await?;
        let resumes: Vec<ResumeId> = found.values().copied().collect();
        self.opened(access, &resumes).await?;
        Ok(found)
    }

    /// Records that documents were looked at by a part of them.
    async fn opened(&self, access: &Access, resumes: &[ResumeId]) -> Result<(), ReadError> {
        if self.views.records(access) {
            self.resumes(access, resumes).await?;
        }
        Ok(())
    }

    /// Returns employers with the number of candidates that have them now.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn employers(
        &self,
        access: &Access,
        ids: &[EmployerId],
    ) -> Result<HashMap<EmployerId, EmployerRow>, ReadError> {
        access.require(Scope::Search)?;
        Ok(self.store.employers(access.organization, ids).await?)
    }

    /// Returns employers by their keys, as facets and suggestions of the index name them.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn employers_by_key(
        &self,
        access: &Access,
        keys: &[String],
    ) -> Result<HashMap<String, EmployerRow>, ReadError> {
        access.require(Scope::Search)?;
        Ok(self
            .store
            .employers_by_key(access.organization, keys)
            .await?)
    }

    /// Returns employers, most candidates first, then by name; `query` is a part of a name.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn employers_page(
        &self,
        access: &Access,
        query: Option<&str>,
        after: Option<&EmployerCursor>,
        limit: u32,
    ) -> Result<Vec<EmployerRow>, ReadError> {
        access.require(Scope::Search)?;
        let query = query.map(str::trim).filter(|query| !query.is_empty());
        let company = query.and_then(|query| self.lexicon.company(query));
        let query = company.map_or(query, |company| Some(company.key.as_str()));
        Ok(self
            .store
            .employers_page(access.organization, query, after, limit)
            .await?)
    }

    /// Returns at most `limit` technologies behind `after`, and whether more follow: those of the
    /// lexicon and those that only résumés name, most candidates first, then by name.
    ///
    /// `query` is the beginning of a name or alias in any script.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn technologies(
        &self,
        access: &Access,
        query: Option<&str>,
        after: Option<&TechnologyCursor>,
        limit: u32,
    ) -> Result<(Vec<TechnologyRow>, bool), ReadError> {
        access.require(Scope::Search)?;
        let query = query.map(str::trim).filter(|query| !query.is_empty());
        let keys = query.map(|query| self.technology_keys(query));
        let mut rows = self.named_technologies(access, keys.as_deref()).await?;
        let named: HashSet<String> = rows.iter().map(|row| row.key.clone()).collect();
        let listed: Vec<&str> = match &keys {
            Some(keys) => keys.iter().map(String::as_str).collect(),
            None => self
                .lexicon
                .technologies()
                .map(|entry| entry.key.as_str())
                .collect(),
        };
        let unnamed = listed.into_iter().filter(|key| !named.contains(*key));
        rows.extend(unnamed.filter_map(|key| {
            let entry = self.lexicon.technology(key)?;
            Some(TechnologyRow {
                key: entry.key.clone(),
                name: entry.name.clone(),
                is_listed: true,
                candidate_count: 0,
            })
        }));
        let place = |count: u64, name: &str, key: &str| {
            (std::cmp::Reverse(count), name.to_owned(), key.to_owned())
        };
        let of_row = |row: &TechnologyRow| place(row.candidate_count, &row.name, &row.key);
        rows.sort_by_cached_key(of_row);
        if let Some(after) = after {
            let after = place(after.candidate_count, &after.name, &after.key);
            rows.retain(|row| of_row(row) > after);
        }
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok((rows, more))
    }

    /// Returns every technology that résumés name, or those of `keys`.
    async fn named_technologies(
        &self,
        access: &Access,
        keys: Option<&[String]>,
    ) -> Result<Vec<TechnologyRow>, ReadError> {
        const PAGE: u32 = 1000;
        let mut rows: Vec<TechnologyRow> = Vec::new();
        loop {
            let after = rows.last().map(TechnologyRow::cursor);
            let page = self
                .store
                .technologies_page(access.organization, keys, after.as_ref(), PAGE)
                .await?;
            let is_last = page.len() < PAGE as usize;
            rows.extend(page);
            if is_last {
                return Ok(rows);
            }
        }
    }

    /// Returns how many candidates have each technology; those that nobody has are left out.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn technology_counts(
        &self,
        access: &Access,
        keys: &[String],
    ) -> Result<HashMap<String, TechnologyRow>, ReadError> {
        access.require(Scope::Search)?;
        Ok(self
            .store
            .technology_counts(access.organization, keys)
            .await?)
    }

    /// Returns the keys of the lexicon whose names begin with `query`, best first; where the lexicon
    /// has none, what `query` resolves to, else `query` itself in the form of an unlisted key.
    fn technology_keys(&self, query: &str) -> Vec<String> {
        let found = self.lexicon.search(query);
        if !found.is_empty() {
            return found.into_iter().map(|entry| entry.key.clone()).collect();
        }
        match self.lexicon.resolve(query) {
            Some(resolved) => vec![resolved.technology.key.clone()],
            None => vec![shokureki_index::analysis::normalized_key(query)],
        }
    }
}
