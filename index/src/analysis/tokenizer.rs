//! The analyzer as a tokenizer of the index engine.

use tantivy::tokenizer::PreTokenizedString;
use tantivy_tokenizer_api::{Token as EngineToken, TokenStream, Tokenizer};

use super::{Analyzer, Token};

/// Which terms a tokenizer makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Terms {
    /// [`Analyzer::words`].
    Words,
    /// [`Analyzer::grams`].
    Grams,
}

/// Makes the terms of text that is indexed.
#[derive(Clone)]
pub(crate) struct JapaneseTokenizer {
    analyzer: Analyzer,
    terms: Terms,
}

impl JapaneseTokenizer {
    pub(crate) fn new(analyzer: Analyzer, terms: Terms) -> Self {
        Self { analyzer, terms }
    }
}

impl Tokenizer for JapaneseTokenizer {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let tokens = match self.terms {
            Terms::Words => self.analyzer.words(text),
            Terms::Grams => self.analyzer.grams(text),
        };
        Tokens::of(tokens)
    }
}

/// Tokens that are made already, in their order.
pub(crate) struct Tokens {
    rest: std::vec::IntoIter<Token>,
    current: EngineToken,
}

impl Tokens {
    pub(crate) fn of(tokens: Vec<Token>) -> Self {
        Self {
            rest: tokens.into_iter(),
            current: EngineToken::default(),
        }
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        let Some(token) = self.rest.next() else {
            return false;
        };
        self.current = to_engine_token(token);
        true
    }

    fn token(&self) -> &EngineToken {
        &self.current
    }

    fn token_mut(&mut self) -> &mut EngineToken {
        &mut self.current
    }
}

/// Joins a text and tokens made beforehand to a value that the engine indexes as it is.
pub(crate) fn to_pretokenized(text: String, tokens: Vec<Token>) -> PreTokenizedString {
    PreTokenizedString {
        text,
        tokens: tokens.into_iter().map(to_engine_token).collect(),
    }
}

/// Gives a token the engine's own type.
pub(crate) fn to_engine_token(token: Token) -> EngineToken {
    EngineToken {
        offset_from: token.span.start,
        offset_to: token.span.end,
        position: token.position as usize,
        text: token.term,
        position_length: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_gives_the_analyzer_s_tokens_in_order() {
        let analyzer = Analyzer::builtin().expect("the dictionary is intact");
        let text = "分散KVSの設計";
        for (terms, expected) in [
            (Terms::Words, analyzer.words(text)),
            (Terms::Grams, analyzer.grams(text)),
        ] {
            let mut tokenizer = JapaneseTokenizer::new(analyzer.clone(), terms);
            let mut stream = tokenizer.token_stream(text);
            for token in expected {
                assert!(stream.advance());
                assert_eq!(stream.token(), &to_engine_token(token));
            }
            assert!(!stream.advance());
        }
    }
}
