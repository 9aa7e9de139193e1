//! Words that schools are called by: one list for all that reads schools, or must not take one for
//! something else.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

/// Words that the names of schools, and of nothing else, contain.
pub(in super::super) const NAMED: &WordList = words![
    "大学",
    "高校",
    "高等学校",
    "専門学校",
    "高専",
    "短大",
    "学院",
    "学園",
    "University",
    "Université",
    "Universität",
    "Universidad",
    "Università",
    "Hochschule",
    "Polytechnic",
    "Politecnico",
    "College",
];

/// Words that names of schools contain, and of other things, too.
pub(in super::super) const LOOSE: &WordList = words![
    "学校",
    "専修",
    "スクール",
    "アカデミー",
    "カレッジ",
    "ポリテク",
    "職業能力開発",
    "訓練校",
    "職業訓練",
    "Univ.",
    "Institute",
    "School",
    "Academy",
];

/// Words of a part of a school.
pub(in super::super) const PARTS: &WordList = words!["学部", "研究科", "学群", "専攻科"];

/// Returns whether a text has a word that only names of schools contain.
pub(in super::super) fn names_school_surely(text: &str) -> bool {
    NAMED.is_in(text)
}

/// Returns whether a text has a word of a whole school.
pub(in super::super) fn has_whole(text: &str) -> bool {
    names_school_surely(text) || LOOSE.is_in(text)
}

/// Returns the words of schools and of their parts.
pub(in super::super) fn all() -> impl Iterator<Item = &'static str> {
    NAMED.iter().chain(LOOSE.iter()).chain(PARTS.iter())
}
