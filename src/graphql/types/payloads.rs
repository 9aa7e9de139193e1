use async_graphql::{ID, InputObject, SimpleObject};

use super::candidate::Candidate;
use super::resume::Resume;
use crate::graphql::Locale;
use crate::graphql::error::{ApiError, ErrorCode};
use crate::graphql::scalars::Date;

/// A document to take in, as text or base64: one of them.
#[derive(InputObject)]
pub(in crate::graphql) struct ImportResumeInput {
    /// Your own id of the candidate. A newer document with the same one becomes the current résumé.
    pub(in crate::graphql) external_id: Option<String>,
    /// The file's name: helps to tell the format.
    pub(in crate::graphql) file_name: Option<String>,
    /// The document as text.
    pub(in crate::graphql) text: Option<String>,
    /// The document's bytes in base64.
    pub(in crate::graphql) base64: Option<String>,
    /// The document's date, used when it states none: open periods end there.
    pub(in crate::graphql) document_date: Option<Date>,
    /// Whether to answer only when searches see the document.
    #[graphql(default_with = "Some(true)")]
    pub(in crate::graphql) wait_for_index: Option<bool>,
}

/// What became of a document.
#[derive(SimpleObject, Default)]
pub(in crate::graphql) struct ImportResumePayload {
    /// The candidate it belongs to; null when it was refused.
    pub(in crate::graphql) candidate: Option<Candidate>,
    /// The stored document; null when it was refused.
    pub(in crate::graphql) resume: Option<Resume>,
    /// Whether the same bytes were stored before: nothing changed then.
    pub(in crate::graphql) unchanged: bool,
    /// Whether searches see it already.
    pub(in crate::graphql) is_indexed: bool,
    /// The change that the document is, for `minSequence` of a search; null when it was refused.
    pub(in crate::graphql) sequence: Option<i64>,
    /// Why the document was refused; empty when it was stored.
    pub(in crate::graphql) user_errors: Vec<UserError>,
}

/// A candidate to erase, by id or external id: one of them.
#[derive(InputObject)]
pub(in crate::graphql) struct EraseCandidateInput {
    /// The candidate's id.
    pub(in crate::graphql) id: Option<ID>,
    /// Your own id of the candidate.
    pub(in crate::graphql) external_id: Option<String>,
    /// Whether to answer only when searches no longer see the candidate.
    #[graphql(default_with = "Some(true)")]
    pub(in crate::graphql) wait_for_index: Option<bool>,
}

/// What an erasure did.
#[derive(SimpleObject, Default)]
pub(in crate::graphql) struct EraseCandidatePayload {
    /// The id of the candidate that was erased; null when nobody was.
    pub(in crate::graphql) erased_id: Option<ID>,
    /// How many documents were erased.
    pub(in crate::graphql) erased_resumes: u64,
    /// Whether searches no longer see the candidate.
    pub(in crate::graphql) is_indexed: bool,
    /// The change that the erasure is, for `minSequence` of a search; null when nobody was erased.
    pub(in crate::graphql) sequence: Option<i64>,
    /// Why nobody was erased; empty when somebody was.
    pub(in crate::graphql) user_errors: Vec<UserError>,
}

/// A candidate whose data is to be handed out, by id or external id: one of them.
#[derive(InputObject)]
pub(in crate::graphql) struct ExportCandidateInput {
    /// The candidate's id.
    pub(in crate::graphql) id: Option<ID>,
    /// Your own id of the candidate.
    pub(in crate::graphql) external_id: Option<String>,
}

/// Everything that is held of a candidate.
#[derive(SimpleObject, Default)]
pub(in crate::graphql) struct ExportCandidatePayload {
    /// A text of JSON: `candidateId` and `tables`, lists of rows by the name of their table. Bytes are in
    /// base64. Null when nothing was handed out.
    pub(in crate::graphql) export: Option<String>,
    /// Why nothing was; empty when it was.
    pub(in crate::graphql) user_errors: Vec<UserError>,
}

/// Why a mutation did not do what was asked.
#[derive(SimpleObject, Clone, Debug)]
pub(in crate::graphql) struct UserError {
    /// The field of the input that it is about.
    field: Option<String>,
    /// The kind of error.
    code: ErrorCode,
    /// The error in words, in the language of the request.
    message: String,
}

impl UserError {
    /// Returns what is wrong with `field`.
    pub(in crate::graphql) fn of(field: Option<&str>, error: &ApiError, locale: Locale) -> Self {
        Self {
            field: field.map(str::to_owned),
            code: error.code(),
            message: error.message(locale).to_owned(),
        }
    }
}
