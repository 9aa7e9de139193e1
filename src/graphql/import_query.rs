//! Imports of many documents.

use async_graphql::{Context, ID, Object};

use super::error::ApiError;
use super::id::GlobalId;
use super::mutation::upload;
use super::types::{
    ImportFileInput, ImportJob, ImportResumeInput, StartImportInput, StartImportPayload, UserError,
};
use super::{access, locale, services};
use crate::domain::{JobId, Scope};

/// Documents of one import.
const MAX_FILES: usize = 100;

/// Questions about imports.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ImportQuery;

/// Questions about imports.
#[Object]
impl ImportQuery {
    /// An import that `startImport` began; null where this server does not know it (any more). Needs the
    /// scope `import`.
    async fn import_job(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ID,
    ) -> Result<Option<ImportJob>, ApiError> {
        let access = access(context);
        access.require(Scope::Import)?;
        let Some(id) = job_id(&id)? else {
            return Ok(None);
        };
        let job = services(context).jobs.get(access, id)?;
        Ok(job.map(ImportJob))
    }
}

/// Reads the id of an import; `None` for one of something else.
pub(super) fn job_id(id: &ID) -> Result<Option<JobId>, ApiError> {
    Ok(match GlobalId::parse(id)? {
        GlobalId::ImportJob(id) => Some(id),
        _ => None,
    })
}

/// Begins the import that `input` asks for.
pub(super) fn start(
    context: &Context<'_>,
    StartImportInput { files }: StartImportInput,
) -> Result<StartImportPayload, ApiError> {
    let refused = |user_errors| StartImportPayload {
        job: None,
        user_errors,
    };
    let access = access(context);
    access.require(Scope::Import)?;
    if !(1..=MAX_FILES).contains(&files.len()) {
        let error = ApiError::bad_input(
            "from 1 to 100 files",
            "1〜100件のファイルを指定してください",
        );
        let error = UserError::of(Some("files"), &error, locale(context));
        return Ok(refused(vec![error]));
    }
    let mut uploads = Vec::with_capacity(files.len());
    let mut errors = Vec::new();
    for (index, file) in files.into_iter().enumerate() {
        match upload(file.into()) {
            Ok(upload) => uploads.push(upload),
            Err((field, error)) => {
                let field = match field {
                    Some(field) => format!("files.{index}.{field}"),
                    None => format!("files.{index}"),
                };
                errors.push(UserError::of(Some(&field), &error, locale(context)));
            }
        }
    }
    if !errors.is_empty() {
        return Ok(refused(errors));
    }
    let job = services(context).jobs.start(access, uploads)?;
    Ok(StartImportPayload {
        job: Some(ImportJob(job)),
        user_errors: Vec::new(),
    })
}

impl From<ImportFileInput> for ImportResumeInput {
    fn from(file: ImportFileInput) -> Self {
        Self {
            external_id: file.external_id,
            file_name: file.file_name,
            text: file.text,
            base64: file.base64,
            document_date: file.document_date,
            wait_for_index: Some(false),
        }
    }
}
