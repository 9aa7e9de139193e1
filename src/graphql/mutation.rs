//! What a client may change.

use async_graphql::{Context, ID, Object};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::{ApiError, ErrorCode};
use super::id::GlobalId;
use super::loaders::ProfileOf;
use super::types::{
    Candidate, CandidatePrivacyPayload, CreateEmbedTokenInput, CreateEmbedTokenPayload,
    EraseCandidateInput, EraseCandidatePayload, ExportCandidateInput, ExportCandidatePayload,
    ImportResumeInput, ImportResumePayload, Resume, SetCandidatePrivacyInput, StartImportInput,
    StartImportPayload, SuspendUseInput, UserError,
};
use super::{access, embed_mutation, import_query, loaders, locale, services};
use crate::domain::{CandidateId, PrivacyChange, Scope};
use crate::ingest::{IngestError, Rejection, Upload};

/// The most characters of a base64 document: 20 MiB, a third more, and line breaks.
const MAX_BASE64_CHARS: usize = 20 * 1024 * 1024 / 3 * 4 * 79 / 76 + 8;

/// The longest purpose.
const MAX_PURPOSE_CHARS: usize = 1_000;

/// The root of mutations.
#[derive(Clone, Copy, Debug)]
pub struct Mutation;

/// Changes. What is wrong with the input is told in `userErrors` of each payload.
#[Object]
impl Mutation {
    /// Takes a résumé in: reads it, stores it, and makes it found. The same bytes again change nothing.
    async fn import_resume(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The document.")] input: ImportResumeInput,
    ) -> Result<ImportResumePayload, ApiError> {
        let services = services(context);
        let access = access(context);
        let waits = input.wait_for_index.unwrap_or(true);
        let field = if input.text.is_some() {
            "text"
        } else {
            "base64"
        };
        let upload = match upload(input) {
            Ok(upload) => upload,
            Err((field, error)) => {
                return Ok(ImportResumePayload {
                    user_errors: vec![UserError::of(field, &error, locale(context))],
                    ..ImportResumePayload::default()
                });
            }
        };
        let imported = match services.importer.import(access, upload).await? {
            Ok(imported) => imported,
            Err(rejection @ Rejection::Document(_)) => {
                return Ok(ImportResumePayload {
                    user_errors: vec![UserError::of(
                        Some(field),
                        &rejection.into(),
                        locale(context),
                    )],
                    ..ImportResumePayload::default()
                });
            }
            Err(rejection @ Rejection::Reader) => return Err(rejection.into()),
        };
        let is_indexed = waits && wait(context, imported.sequence).await?;
        loaders(context).forget();
        // Who may only take documents in is not shown what was read.
        let may_see = access.require(Scope::Search).is_ok();
        let profile = match may_see {
            true => loaders(context).one(ProfileOf(imported.candidate)).await?,
            false => None,
        };
        Ok(ImportResumePayload {
            candidate: profile.map(Candidate),
            resume: may_see.then_some(Resume(imported.resume)),
            unchanged: imported.unchanged,
            is_indexed,
            sequence: Some(imported.sequence),
            user_errors: Vec::new(),
        })
    }

    /// Takes several résumés in, in the background: one after the other in the order of the request, each as
    /// `importResume` does. Begins at once; `importProgress` and `importJob` tell how far it is. Needs the
    /// scope `import`. `UNAVAILABLE` with `retryAfter` while too many imports are under way.
    #[graphql(complexity = "input.files.len() + child_complexity")]
    async fn start_import(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The documents.")] input: StartImportInput,
    ) -> Result<StartImportPayload, ApiError> {
        import_query::start(context, input)
    }

    /// Hands out everything that is held of a candidate, for the person to have or to take elsewhere: rows,
    /// documents with their bytes, who looked at them. Needs the scopes `identity`, `contact` and
    /// `document`; recorded in the audit log.
    async fn export_candidate(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The candidate.")] input: ExportCandidateInput,
    ) -> Result<ExportCandidatePayload, ApiError> {
        let refused = |field, error: &ApiError| ExportCandidatePayload {
            export: None,
            user_errors: vec![UserError::of(Some(field), error, locale(context))],
        };
        let (field, id) = match named(context, input.id, input.external_id).await? {
            Ok(named) => named,
            Err((field, error)) => return Ok(refused(field, &error)),
        };
        let importer = &services(context).importer;
        let Some(export) = importer.export(access(context), id).await? else {
            return Ok(refused(field, &ApiError::of(ErrorCode::NotFound)));
        };
        Ok(ExportCandidatePayload {
            export: Some(export.to_string()),
            user_errors: Vec::new(),
        })
    }

    /// Stops the use of a candidate's data without erasing it, or lets it go on: who is suspended is found
    /// by no search, and still there by id. Needs the scope `erase`.
    async fn suspend_use(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The candidate.")] input: SuspendUseInput,
    ) -> Result<CandidatePrivacyPayload, ApiError> {
        let to = if input.suspended.unwrap_or(true) {
            PrivacyChange::Suspend
        } else {
            PrivacyChange::Unsuspend
        };
        let waits = input.wait_for_index.unwrap_or(true);
        set_privacy(context, (input.id, input.external_id), &to, waits).await
    }

    /// Sets what a candidate's data is held for, since when and until when. Needs the scope `import`.
    async fn set_candidate_privacy(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The candidate, and what is agreed.")] input: SetCandidatePrivacyInput,
    ) -> Result<CandidatePrivacyPayload, ApiError> {
        let purpose = input.purpose.filter(|text| !text.trim().is_empty());
        if purpose
            .iter()
            .any(|text| text.chars().count() > MAX_PURPOSE_CHARS)
        {
            let error = ApiError::bad_input("at most 1,000 characters", "1000文字までです");
            return Ok(CandidatePrivacyPayload {
                user_errors: vec![UserError::of(Some("purpose"), &error, locale(context))],
                ..CandidatePrivacyPayload::default()
            });
        }
        let to = PrivacyChange::Terms {
            purpose,
            consented_on: input.consented_on.map(|date| date.0),
            retain_until: input.retain_until.map(|date| date.0),
        };
        set_privacy(context, (input.id, input.external_id), &to, false).await
    }

    /// Makes a token that lets a page of another application in: of one origin, for a quarter of an hour,
    /// for as long as the token that makes it. It acts for your organization. Needs the scopes that it
    /// gives and no other; recorded in the audit log. One made by such a token is `FORBIDDEN`.
    async fn create_embed_token(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What it allows, and whom.")] input: CreateEmbedTokenInput,
    ) -> Result<CreateEmbedTokenPayload, ApiError> {
        embed_mutation::create(context, input).await
    }

    /// Erases a candidate: rows, documents and index entry. It cannot be undone.
    async fn erase_candidate(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The candidate.")] input: EraseCandidateInput,
    ) -> Result<EraseCandidatePayload, ApiError> {
        let refused = |field, error: &ApiError| EraseCandidatePayload {
            user_errors: vec![UserError::of(Some(field), error, locale(context))],
            ..EraseCandidatePayload::default()
        };
        let waits = input.wait_for_index.unwrap_or(true);
        let (field, id) = match named(context, input.id, input.external_id).await? {
            Ok(named) => named,
            Err((field, error)) => return Ok(refused(field, &error)),
        };
        let importer = &services(context).importer;
        let Some(erased) = importer.erase(access(context), id).await? else {
            return Ok(refused(field, &ApiError::of(ErrorCode::NotFound)));
        };
        loaders(context).forget();
        let is_indexed = waits && wait(context, erased.sequence).await?;
        Ok(EraseCandidatePayload {
            erased_id: Some(GlobalId::Candidate(id).into()),
            erased_resumes: erased.resume_count,
            is_indexed,
            sequence: Some(erased.sequence),
            user_errors: Vec::new(),
        })
    }
}

async fn set_privacy(
    context: &Context<'_>,
    (id, external_id): (Option<ID>, Option<String>),
    to: &PrivacyChange,
    waits: bool,
) -> Result<CandidatePrivacyPayload, ApiError> {
    let refused = |field, error: &ApiError| CandidatePrivacyPayload {
        user_errors: vec![UserError::of(Some(field), error, locale(context))],
        ..CandidatePrivacyPayload::default()
    };
    let (field, id) = match named(context, id, external_id).await? {
        Ok(named) => named,
        Err((field, error)) => return Ok(refused(field, &error)),
    };
    let access = access(context);
    let importer = &services(context).importer;
    let Some(sequence) = importer.set_privacy(access, id, to).await? else {
        return Ok(refused(field, &ApiError::of(ErrorCode::NotFound)));
    };
    loaders(context).forget();
    let is_indexed = waits && wait(context, sequence).await?;
    let profile = match access.require(Scope::Search) {
        Ok(()) => loaders(context).one(ProfileOf(id)).await?,
        Err(_) => None,
    };
    Ok(CandidatePrivacyPayload {
        candidate: profile.map(Candidate),
        is_indexed,
        sequence: Some(sequence),
        user_errors: Vec::new(),
    })
}

/// Waits for the index; tells whether it took the change in. It will later if not: the change is
/// stored.
async fn wait(context: &Context<'_>, sequence: i64) -> Result<bool, ApiError> {
    let services = services(context);
    let waited = services
        .indexer
        .wait_for(
            access(context).organization,
            sequence,
            services.index_patience,
        )
        .await;
    match waited {
        Ok(()) => Ok(true),
        Err(IngestError::IndexBehind | IngestError::IndexClosed) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Reads the document out of the input; the error comes with the field that it is about.
pub(super) fn upload(input: ImportResumeInput) -> Result<Upload, (Option<&'static str>, ApiError)> {
    let bytes = match (input.text, input.base64) {
        (Some(text), None) => text.into_bytes(),
        (None, Some(base64)) => {
            if base64.len() > MAX_BASE64_CHARS {
                return Err((Some("base64"), ApiError::of(ErrorCode::PayloadTooLarge)));
            }
            let plain: String = base64
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .collect();
            STANDARD.decode(plain).map_err(|_| {
                let error = ApiError::bad_input("not base64", "base64として読めません");
                (Some("base64"), error)
            })?
        }
        _ => {
            let error = ApiError::bad_input(
                "give exactly one of text and base64",
                "text と base64 のどちらか一つを指定してください",
            );
            return Err((None, error));
        }
    };
    let name_of = |name: Option<String>| name.filter(|name| !name.trim().is_empty());
    Ok(Upload {
        external_id: name_of(input.external_id),
        file_name: name_of(input.file_name),
        bytes,
        document_date: input.document_date.map(|date| date.0),
    })
}

/// The field of an input that names a candidate.
type Field = &'static str;

/// Returns the candidate that an input names by one of two fields, and by which; or the field that is
/// wrong, and why.
async fn named(
    context: &Context<'_>,
    id: Option<ID>,
    external_id: Option<String>,
) -> Result<Result<(Field, CandidateId), (Field, ApiError)>, ApiError> {
    let field = if id.is_some() { "id" } else { "externalId" };
    let found = match (id, external_id) {
        (Some(id), None) => match GlobalId::parse(&id) {
            Ok(GlobalId::Candidate(id)) => Ok(Some(id)),
            Ok(_) => Ok(None),
            Err(error) => Err(error),
        },
        (None, Some(external_id)) => {
            let catalog = &services(context).catalog;
            let found = catalog.candidate_by_external_id(access(context), &external_id);
            Ok(found.await?)
        }
        _ => Err(ApiError::bad_input(
            "give exactly one of id and externalId",
            "id と externalId のどちらか一つを指定してください",
        )),
    };
    let found = found.and_then(|found| found.ok_or(ApiError::of(ErrorCode::NotFound)));
    Ok(match found {
        Ok(id) => Ok((field, id)),
        Err(error) => Err((field, error)),
    })
}
