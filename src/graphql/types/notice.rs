use async_graphql::{Context, Enum, Object};

use crate::domain;
use crate::graphql::{Locale, locale};

/// What the reader did not understand, or doubts.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::NoticeKind")]
pub(in crate::graphql) enum NoticeKind {
    /// A date that no calendar has.
    ImpossibleDate,
    /// A period that ends before it starts.
    EndBeforeStart,
    /// A period that starts after the document's date.
    StartAfterDocument,
    /// A period that contradicts another statement of the document.
    ContradictoryPeriod,
    /// A job or project that is over but gives no end.
    EndNotStated,
    /// A job or project without any period.
    PeriodNotStated,
    /// Projects or jobs without an employer.
    EmployerNotStated,
    /// A document without a date: open periods end when it was received.
    DocumentDateNotStated,
    /// A job that begins in the future.
    FutureEmployment,
    /// A technology resolved from a misspelt name.
    CorrectedSpelling,
    /// A technology used before it was released.
    UsedBeforeRelease,
    /// A name in a technology list that the lexicon does not have.
    UnlistedTechnology,
    /// A placeholder that nobody filled in.
    Placeholder,
    /// A passage that no rule understood.
    NotUnderstood,
    /// A passage on a matter that an employer must not collect (Japan's Employment Security Act and
    /// the rules of fair selection): origin, nationality, family, housing, religion, beliefs, unions
    /// and movements, health, crime. It is kept in the document alone: not searched, shown or
    /// counted.
    NotCollected,
    /// One of a kind that this server does not know yet: a newer server of the same database read the
    /// document. `line` and `text` are those of any other.
    Other,
}

/// A finding of the reader.
pub(in crate::graphql) struct Notice(pub(super) domain::Notice);

/// What the reader of the résumé did not understand, or doubts: for a person to look at.
#[Object]
impl Notice {
    /// What was found.
    async fn kind(&self) -> NoticeKind {
        self.0.kind.into()
    }

    /// The line that it is about, from 1; null when it is about the whole document.
    async fn line(&self) -> Option<u32> {
        self.0.line
    }

    /// The text that it is about, as written; of what must not be collected the name of the matter,
    /// such as 家族.
    async fn text(&self) -> Option<&str> {
        Some(self.0.text.as_str()).filter(|text| !text.is_empty())
    }

    /// What was found, in words.
    async fn message(&self, context: &Context<'_>) -> &'static str {
        let (english, japanese) = messages(self.0.kind);
        match locale(context) {
            Locale::English => english,
            Locale::Japanese => japanese,
        }
    }
}

fn messages(kind: domain::NoticeKind) -> (&'static str, &'static str) {
    use domain::NoticeKind as Kind;
    match kind {
        Kind::ImpossibleDate => ("no calendar has this date", "存在しない日付です"),
        Kind::EndBeforeStart => (
            "the period ends before it starts",
            "期間の終わりが始まりより前です",
        ),
        Kind::StartAfterDocument => (
            "the period starts after the document's date",
            "期間の始まりが文書の日付より後です",
        ),
        Kind::ContradictoryPeriod => (
            "the period contradicts another statement",
            "期間が他の記述と矛盾しています",
        ),
        Kind::EndNotStated => ("the end is not stated", "終わりが書かれていません"),
        Kind::PeriodNotStated => ("the period is not stated", "期間が書かれていません"),
        Kind::EmployerNotStated => ("the employer is not stated", "勤務先が書かれていません"),
        Kind::DocumentDateNotStated => (
            "the document states no date",
            "文書の日付が書かれていません",
        ),
        Kind::FutureEmployment => ("the job begins in the future", "これから始まる職歴です"),
        Kind::CorrectedSpelling => (
            "taken for a technology of another spelling",
            "綴りを補正して技術名と判断しました",
        ),
        Kind::UsedBeforeRelease => (
            "used before the technology was released",
            "技術の公開前の時期に使われています",
        ),
        Kind::UnlistedTechnology => ("not in the lexicon", "辞書にない技術名です"),
        Kind::Placeholder => (
            "a placeholder that was not filled in",
            "記入されていない雛形です",
        ),
        Kind::NotUnderstood => ("not understood", "読み取れなかった箇所です"),
        Kind::NotCollected => (
            "must not be collected; kept in the document alone",
            "収集してはならない事項です。原本以外には保存せず、検索の対象にもしません",
        ),
        Kind::Other => (
            "found by a newer version of the server, which says more",
            "新しい版のサーバーが見つけた事項です。詳しくはそのサーバーが示します",
        ),
    }
}
