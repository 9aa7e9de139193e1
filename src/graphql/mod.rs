//! stub
#![allow(missing_docs)]
pub struct Q;
#[async_graphql::Object]
impl Q {
    async fn a(&self) -> i32 {
        1
    }
}
pub type Schema =
    async_graphql::Schema<Q, async_graphql::EmptyMutation, async_graphql::EmptySubscription>;
#[derive(Clone, Copy, Default)]
pub enum Locale {
    #[default]
    En,
}
impl Locale {
    pub fn negotiate(_: &str) -> Self {
        Self::En
    }
}
#[derive(Clone, Copy)]
pub enum ErrorCode {
    BadUserInput,
    PayloadTooLarge,
    Unavailable,
    Internal,
    TooComplex,
}
impl ErrorCode {
    pub fn as_str(self) -> &'static str {
        "X"
    }
    pub fn message(self, _: Locale) -> &'static str {
        "x"
    }
}
pub fn with_codes(r: async_graphql::Response, _: Locale) -> async_graphql::Response {
    r
}
pub fn sdl() -> String {
    String::new()
}
