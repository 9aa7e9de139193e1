//! What is agreed with a person about their data.

use chrono::{DateTime, NaiveDate, Utc};

/// What is agreed with a person about their data; all of `None` where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Privacy {
    /// Since when the data must not be used; `None` while it may.
    pub suspended_at: Option<DateTime<Utc>>,
    /// What the data is held for.
    pub purpose: Option<String>,
    /// When the person agreed to that.
    pub consented_on: Option<NaiveDate>,
    /// The last day that the data is held.
    pub retain_until: Option<NaiveDate>,
}

/// What is to be agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrivacyChange {
    /// The data must not be used any more.
    Suspend,
    /// The data may be used again.
    Unsuspend,
    /// Purpose, consent and retention are these.
    Terms {
        /// What the data is held for.
        purpose: Option<String>,
        /// When the person agreed to that.
        consented_on: Option<NaiveDate>,
        /// The last day that the data is held.
        retain_until: Option<NaiveDate>,
    },
}
