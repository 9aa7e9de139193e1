//! People's data as one caller may see it.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use super::auditor::Auditor;
use super::blind::{Hidden, Mask};
use crate::document;
use crate::domain::{
    Access, AuditAction, CandidateId, Certification, Education, Forbidden, Identity, Notice,
    Privacy, ResumeId, Scope,
};
use crate::store::{EmployerRow, Namings, Profile, ResumeRow, Store, StoreError, StoredStints};

/// Why something cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The caller lacks a scope.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The database refused or did not answer in time.
    #[error("cannot read the store")]
    Store(#[from] StoreError),
    /// That it was asked for could not be recorded, so that nothing is told.
    #[error("the audit log cannot be written")]
    NotRecorded,
}

/// Reads of people's data, the only ones that answers are made of: each asks for the right to search,
/// and hides what the caller must not know. Cheap to clone.
#[derive(Clone)]
pub struct Views {
    store: Store,
    auditor: Auditor,
}

/// The masks of several documents; `None` of all when nothing is hidden.
struct Masks(HashMap<ResumeId, Mask>);

impl Views {
    /// Returns the views of `store`.
    pub fn new(store: Store) -> Self {
        Self {
            auditor: Auditor::new(store.clone()),
            store,
        }
    }

    /// Records that the caller looks at something; see [`Auditor::record`].
    ///
    /// # Errors
    /// [`ReadError::NotRecorded`].
    pub fn record(
        &self,
        access: &Access,
        action: AuditAction,
        candidates: &[CandidateId],
        detail: Option<&str>,
    ) -> impl Future<Output = Result<(), ReadError>> + Send + use<> {
        self.auditor.record(access, action, candidates, detail)
    }

    /// Returns whether what the caller looks at is recorded.
    pub fn records(&self, access: &Access) -> bool {
        Auditor::records(access)
    }

    /// [`Store::current_profiles`].
    ///
    /// # Errors
    /// Every [`ReadError`], here as in every other read.
    pub async fn current_profiles(
        &self,
        access: &Access,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, Profile>, ReadError> {
        access.require(Scope::Search)?;
        let mut found = self
            .store
            .current_profiles(access.organization, ids)
            .await?;
        self.hide_profiles(access, found.values_mut().collect())
            .await?;
        Ok(found)
    }

    /// [`Store::profiles_of_resumes`].
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub async fn profiles_of_resumes(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Profile>, ReadError> {
        access.require(Scope::Search)?;
        let mut found = self
            .store
            .profiles_of_resumes(access.organization, ids)
            .await?;
        self.hide_profiles(access, found.values_mut().collect())
            .await?;
        Ok(found)
    }

    /// [`Store::resumes`].
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub async fn resumes(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, ResumeRow>, ReadError> {
        access.require(Scope::Search)?;
        let mut found = self.store.resumes(access.organization, ids).await?;
        if Hidden::from(access).any() {
            found.values_mut().for_each(hide_row);
        }
        Ok(found)
    }

    /// Returns the texts of documents as they were received, what must not be collected included; needs the
    /// scope `document`.
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub async fn whole_texts(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Arc<str>>, ReadError> {
        access.require(Scope::Search)?;
        access.require(Scope::Document)?;
        let originals = self.store.originals(access.organization, ids).await?;
        let masks = self.masks(access, ids).await?;
        let texts = originals.into_iter().filter_map(|(id, bytes)| {
            // The format, which the name helps to tell, has no part in the text.
            let text = document::decode(&bytes, None).ok()?.text;
            let text = match &masks {
                Some(masks) => masks.of(id, |mask| mask.apply(&text)),
                None => text,
            };
            Some((id, Arc::from(text)))
        });
        Ok(texts.collect())
    }

    /// [`Store::resume_texts`], for excerpts of them.
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub async fn texts(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Arc<str>>, ReadError> {
        access.require(Scope::Search)?;
        let mut found = self.store.resume_texts(access.organization, ids).await?;
        if let Some(masks) = self.masks(access, ids).await? {
            for (id, text) in &mut found {
                *text = masks.of(*id, |mask| mask.apply(text)).into();
            }
        }
        Ok(found)
    }

    /// [`Store::original`]. Bytes cannot be masked: who must not know the person gets none.
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub async fn original(
        &self,
        access: &Access,
        id: ResumeId,
    ) -> Result<Option<Vec<u8>>, ReadError> {
        for scope in [Scope::Document, Scope::Identity, Scope::Contact] {
            access.require(scope)?;
        }
        Ok(self.store.original(access.organization, id).await?)
    }

    /// [`Store::stints`].
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub async fn stints(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, StoredStints>, ReadError> {
        access.require(Scope::Search)?;
        let mut found = self.store.stints(access.organization, ids).await?;
        if let Some(masks) = self.masks(access, ids).await? {
            for (id, stints) in &mut found {
                masks.of(*id, |mask| hide_stints(stints, mask));
            }
        }
        Ok(found)
    }

    /// [`Store::certifications`].
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub async fn certifications(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Vec<Certification>>, ReadError> {
        access.require(Scope::Search)?;
        let mut found = self.store.certifications(access.organization, ids).await?;
        if let Some(masks) = self.masks(access, ids).await? {
            for (id, list) in &mut found {
                for certification in list {
                    masks.of(*id, |mask| mask.hide(&mut certification.name));
                }
            }
        }
        Ok(found)
    }

    /// [`Store::education`]: without the names of schools where the person must not be known.
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub async fn education(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Vec<Education>>, ReadError> {
        access.require(Scope::Search)?;
        let mut found = self.store.education(access.organization, ids).await?;
        if Hidden::from(access).identity {
            for education in found.values_mut().flatten() {
                education.school = HIDDEN_SCHOOL.to_owned();
            }
        }
        Ok(found)
    }

    /// [`Store::notices`].
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub async fn notices(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Vec<Notice>>, ReadError> {
        access.require(Scope::Search)?;
        let mut found = self.store.notices(access.organization, ids).await?;
        if let Some(masks) = self.masks(access, ids).await? {
            for (id, list) in &mut found {
                for notice in list {
                    masks.of(*id, |mask| mask.hide(&mut notice.text));
                }
            }
        }
        Ok(found)
    }

    /// [`Store::namings`].
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub async fn namings(
        &self,
        access: &Access,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Namings>, ReadError> {
        access.require(Scope::Search)?;
        let mut found = self.store.namings(access.organization, ids).await?;
        if let Some(masks) = self.masks(access, ids).await? {
            for (id, namings) in &mut found {
                let paths = namings.mentions.iter_mut();
                for title in paths.flat_map(|mention| &mut mention.heading_path) {
                    masks.of(*id, |mask| mask.hide(title));
                }
            }
        }
        Ok(found)
    }

    /// [`Store::privacy`].
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub async fn privacy(
        &self,
        access: &Access,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, Privacy>, ReadError> {
        access.require(Scope::Search)?;
        Ok(self.store.privacy(access.organization, ids).await?)
    }

    /// [`Store::employers_by_key`].
    ///
    /// # Errors
    /// Every [`ReadError`].
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

    async fn hide_profiles(
        &self,
        access: &Access,
        profiles: Vec<&mut Profile>,
    ) -> Result<(), ReadError> {
        let hidden = Hidden::from(access);
        if !hidden.any() {
            return Ok(());
        }
        let ids: Vec<ResumeId> = profiles.iter().map(|profile| profile.row.id).collect();
        let education = self.store.education(access.organization, &ids).await?;
        for profile in profiles {
            let schools = education
                .get(&profile.row.id)
                .map_or(&[][..], Vec::as_slice);
            hide_profile(
                profile,
                &Mask::of(&profile.identity, schools, hidden),
                hidden,
            );
        }
        Ok(())
    }

    /// Returns the masks of documents; `None` when nothing is hidden from the caller.
    async fn masks(&self, access: &Access, ids: &[ResumeId]) -> Result<Option<Masks>, StoreError> {
        let hidden = Hidden::from(access);
        if !hidden.any() {
            return Ok(None);
        }
        let profiles = self
            .store
            .profiles_of_resumes(access.organization, ids)
            .await?;
        let education = self.store.education(access.organization, ids).await?;
        let mask = |id: &ResumeId, profile: &Profile| {
            let schools = education.get(id).map_or(&[][..], Vec::as_slice);
            Mask::of(&profile.identity, schools, hidden)
        };
        let masks = profiles
            .iter()
            .map(|(id, profile)| (*id, mask(id, profile)));
        Ok(Some(Masks(masks.collect())))
    }
}

impl Masks {
    /// Uses the mask of a document; of one that was erased meanwhile, that of nobody in particular.
    fn of<T>(&self, id: ResumeId, use_it: impl FnOnce(&Mask) -> T) -> T {
        match self.0.get(&id) {
            Some(mask) => use_it(mask),
            None => use_it(&Mask::of(&Identity::default(), &[], Hidden::ALL)),
        }
    }
}

/// Stands for the name of a school.
const HIDDEN_SCHOOL: &str = "█";

fn hide_row(row: &mut ResumeRow) {
    row.file_name = None;
}

fn hide_profile(profile: &mut Profile, mask: &Mask, hidden: Hidden) {
    hide_row(&mut profile.row);
    mask.hide_option(&mut profile.external_id);
    for heading in &mut profile.outline {
        mask.hide(&mut heading.title);
    }
    let identity = &mut profile.identity;
    if hidden.identity {
        identity.name = None;
        identity.name_kana = None;
        identity.other_names.clear();
        identity.birth_date = None;
        identity.name_span = None;
    }
    if hidden.contact {
        identity.emails.clear();
        identity.phones.clear();
        identity.location = None;
        identity.location_span = None;
    }
    // A link tells both who a person is and where to reach them.
    identity.links.clear();
}

fn hide_stints(found: &mut StoredStints, mask: &Mask) {
    for employment in &mut found.stints.employments {
        mask.hide(&mut employment.employer.name);
        employment
            .employer
            .aliases
            .iter_mut()
            .for_each(|name| mask.hide(name));
        mask.hide_option(&mut employment.title);
        mask.hide_option(&mut employment.department);
        if let Some(period) = &mut employment.period {
            mask.hide(&mut period.text);
        }
    }
    for project in &mut found.stints.projects {
        mask.hide_option(&mut project.title);
        mask.hide_option(&mut project.summary);
        project.roles.iter_mut().for_each(|role| mask.hide(role));
        if let Some(period) = &mut project.period {
            mask.hide(&mut period.text);
        }
    }
}
