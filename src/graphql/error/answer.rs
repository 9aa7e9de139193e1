//! Answers that hold errors: each gets its code, and its message in the language of the caller.

use std::time::Duration;

use async_graphql::{Pos, Response, ServerError};

use super::{ApiError, ErrorCode, Locale};

/// Returns the answer to a request that is not executed.
pub fn refusal(code: ErrorCode, locale: Locale) -> Response {
    answer(ApiError::of(code), locale)
}

/// Returns the answer to a request that may be sent again after `time`, since its caller has spent what
/// it may.
pub fn wait(time: Duration, locale: Locale) -> Response {
    answer(ApiError::rate_limited(time), locale)
}

/// Returns the answer to an operation of a socket that is no subscription to one thing.
pub fn no_subscription(locale: Locale) -> Response {
    let error = ApiError::bad_input(
        "only a subscription with one field, written out, runs here; send queries and mutations by POST",
        "ここで実行できるのは、フィールドを一つだけ直接書いたサブスクリプションです。クエリとミューテーションはPOSTで送ってください",
    );
    answer(error, locale)
}

fn answer(error: ApiError, locale: Locale) -> Response {
    with_codes(Response::from_errors(vec![server_error(error)]), locale)
}

/// An error of the request as a whole.
pub(in crate::graphql) fn server_error(error: ApiError) -> ServerError {
    let error = async_graphql::Error::from(error);
    ServerError {
        source: error.source.clone(),
        ..error.into_server_error(Pos::default())
    }
}

/// Takes names of the schema out of the errors that offer them for a name that is none.
pub(in crate::graphql) fn without_suggestions(mut response: Response) -> Response {
    for error in &mut response.errors {
        if let Some(offer) = error.message.find(" Did you mean")
            && error.source.is_none()
        {
            error.message.truncate(offer);
        }
    }
    response
}

/// Gives every error of `response` a code and a message in the language of `locale`.
///
/// Errors of the engine itself (syntax, validation, values of arguments) have no code until here.
/// Calling it again changes nothing.
#[must_use]
pub fn with_codes(mut response: Response, locale: Locale) -> Response {
    for error in &mut response.errors {
        let own = error
            .source
            .as_ref()
            .and_then(|source| source.downcast_ref::<ApiError>());
        if let Some(own) = own {
            error.message = own.message(locale).to_owned();
            let own = own.clone();
            own.fill(error.extensions.get_or_insert_default());
            continue;
        }
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_some() {
            continue;
        }
        // The limits that async-graphql itself checks carry no other mark than their text.
        let code = match error.message.as_str() {
            text if text.starts_with("The recursion depth of the query") => ErrorCode::TooComplex,
            _ => ErrorCode::BadUserInput,
        };
        extensions.set("code", code.as_str());
        if code == ErrorCode::TooComplex || locale == Locale::Japanese {
            let detail = std::mem::take(&mut error.message);
            error.message = match code {
                ErrorCode::TooComplex => code.message(locale).to_owned(),
                code => format!("{}: {detail}", code.message(locale)),
            };
        }
    }
    response
}
