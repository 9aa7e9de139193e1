//! Why the index cannot answer.

/// A failure of the index. Messages name no document and no query.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The cursor is of another generation of the index.
    #[error("the cursor is of an earlier index")]
    CursorExpired,
    /// The search took longer than it may.
    #[error("the search took too long")]
    TimedOut,
    /// The search was told to stop.
    #[error("the search was given up")]
    Cancelled,
    /// The dictionary cannot be used.
    #[error("cannot load the dictionary")]
    Dictionary(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Another process writes the index.
    #[error("the index directory is in use by another process")]
    InUse,
    /// The index directory is damaged or cannot be written.
    #[error("cannot use the index directory")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl IndexError {
    /// A failure of the files.
    pub(crate) fn storage(source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Storage(Box::new(source))
    }
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::storage(error)
    }
}

impl From<std::io::Error> for IndexError {
    fn from(error: std::io::Error) -> Self {
        Self::storage(error)
    }
}

impl From<crate::varint::Damaged> for IndexError {
    fn from(error: crate::varint::Damaged) -> Self {
        Self::storage(error)
    }
}

impl From<crate::analysis::DictionaryError> for IndexError {
    fn from(error: crate::analysis::DictionaryError) -> Self {
        Self::Dictionary(Box::new(error))
    }
}
