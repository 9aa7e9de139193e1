//! Joining and leaving, as lines of a history say it.

use crate::resume::bracket::without_brackets;
use shokureki_index::analysis::{WordList, WordMap};
use shokureki_index::words;
use std::sync::LazyLock;

/// What happens on a dated line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::resume) enum Event {
    /// 入社.
    Join,
    /// 退社.
    Leave,
}

/// Tells whether a short line states joining or leaving.
pub(in crate::resume) fn event_of(text: &str) -> Option<Event> {
    static EVENTS: LazyLock<WordMap<Event>> = LazyLock::new(|| {
        let leave = LEAVE.iter().map(|word| (*word, Event::Leave));
        let join = JOIN.iter().map(|word| (*word, Event::Join));
        WordMap::new(leave.chain(join))
    });
    const LEAVE: &[&str] = &[
        "清算",
        "解散",
        "倒産",
        "退社",
        "退職",
        "契約終了",
        "まで在籍",
        "まで勤務",
        "離職",
        "退任",
        "満了",
        "解除",
        "帰任",
        "廃業",
        "閉業",
        "を離れ",
        "退所",
    ];
    const JOIN: &[&str] = &[
        "をはじめる",
        "を始める",
        "フリーランスになる",
        "個人事業主になる",
        "ジョイン",
        "として活動",
        "活動開始",
        "入社",
        "入職",
        "転職",
        "入所",
        "参画",
        "に参加",
        "で参加",
        "転籍",
        "就職",
        "就任",
        "設立",
        "着任",
        "兼業",
        "兼務",
        "開業",
        "独立",
        "入行",
        "入庁",
        "採用",
    ];
    // 「転職サイトの開発」 and 「独立行政法人」 tell of nobody who came or went.
    const THINGS: &WordList = words![
        "サイト",
        "サービス",
        "システム",
        "アプリ",
        "メディア",
        "ポータル",
        "エージェント",
        "プラットフォーム",
        "情報",
        "管理",
        "支援",
        "媒体",
        "行政",
        "手続",
        "者",
    ];
    if text.len() > 200 {
        return None;
    }
    let happened = || {
        EVENTS
            .places_in(text)
            .filter(|(at, word, _)| !THINGS.begin(&text[at + word.len()..]))
            .map(|(_, _, event)| *event)
    };
    let event = happened()
        .find(|event| *event == Event::Leave)
        .or_else(|| happened().next())?;
    // Who is lent to another company stays with its own.
    let is_lent = || text.contains("出向") && !words!["転籍", "退社", "退職", "入社"].is_in(text);
    (!is_lent() && !without_brackets(text).contains("社名")).then_some(event)
}
