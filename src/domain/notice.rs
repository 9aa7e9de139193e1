//! What the reader did not understand, or doubts.

/// Why a reader points at a line. Stored and served, so that a person can see what was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// A date that no calendar has (`2016/13`).
    ImpossibleDate,
    /// A period that ends before it starts.
    EndBeforeStart,
    /// A period that starts after the document's date.
    StartAfterDocument,
    /// A period that contradicts itself or another statement of the document.
    ContradictoryPeriod,
    /// A job or project that is over but gives no end.
    EndNotStated,
    /// A job or project without any period.
    PeriodNotStated,
    /// Projects or jobs but no employer.
    EmployerNotStated,
    /// No document date: open periods end when the document was received.
    DocumentDateNotStated,
    /// A job that begins in the future (入社予定).
    FutureEmployment,
    /// A technology resolved from a misspelled name.
    CorrectedSpelling,
    /// A technology used before it was released.
    UsedBeforeRelease,
    /// A name in a technology list that the lexicon does not have.
    UnlistedTechnology,
    /// A template's placeholder or a TODO that nobody filled in.
    Placeholder,
    /// A passage that no rule of the reader understood.
    NotUnderstood,
    /// A passage on a matter that an employer must not collect; nothing else is read or kept of it.
    NotCollected,
    /// One of a kind that this program does not know: a newer one, which shares the database, read the
    /// document. The reader of this program never gives it.
    Other,
}

/// One finding of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What was found.
    pub kind: NoticeKind,
    /// The line it is about, from 1; `None` when it is about the whole document.
    pub line: Option<u32>,
    /// The text it is about, as written; empty when it is about an absence. Of what is not collected, the
    /// name of the matter (「家族」), and nothing that stands in the document.
    pub text: String,
}
