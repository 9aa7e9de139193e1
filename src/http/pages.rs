//! The pages that people open: a start page and the GraphQL playground.

use async_graphql::http::GraphiQLSource;
use axum::response::Html;

/// The start page: what this is, where to go, and one request to try.
pub(super) async fn start() -> Html<&'static str> {
    Html(include_str!("start.html"))
}

/// The playground.
pub(super) async fn playground() -> Html<String> {
    Html(
        GraphiQLSource::build()
            .endpoint("/graphql")
            .title("shokureki")
            .finish(),
    )
}
