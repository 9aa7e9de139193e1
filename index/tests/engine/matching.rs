//! Matching in Japanese over whole searches: quotes, places, spellings, and which lines prove it.

#![allow(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "tests fail by panicking"
)]

use crate::support::{Bench, Job, Resume, index_of, quoted, technology_word, words};
use shokureki_index::{Condition, Grade, StintCondition};

/// A résumé of one line for each of `lines`, by its key.
fn people(lines: &[(&str, &str)]) -> Bench {
    index_of(lines.iter().map(|(key, line)| Resume::new(key).prose(line)))
}

fn location(place: &str) -> Condition {
    Condition::Location(place.to_owned())
}

/// The parts of the text that prove the only leaf of `condition`, for the only one who meets it.
fn proof(bench: &Bench, text: &str, condition: Condition) -> Vec<String> {
    let hit = bench.only_hit(condition);
    let spans = &hit.matches[0].spans;
    spans
        .iter()
        .map(|span| text[span.range.clone()].to_owned())
        .collect()
}

#[test]
fn quotes_ask_for_the_text_as_written() {
    let bench = people(&[
        ("from", "要件定義から設計までを担当"),
        ("and", "要件定義と設計を担当"),
        ("did", "基盤を設計した"),
        ("does", "基盤を設計する"),
    ]);
    bench.check(quoted("要件定義から設計"), &["from"]);
    bench.check(quoted("要件定義と設計"), &["and"]);
    bench.check(quoted("設計した"), &["did"]);
    bench.check(quoted("設計する"), &["does"]);
    bench.check(words("設計した"), &["and", "did", "does", "from"]);
    bench.check(quoted("件定義と"), &["and"]);
    bench.check(quoted("基盤を設計"), &["did", "does"]);
}

#[test]
fn quotes_read_across_words_and_fold_widths_only() {
    let bench = people(&[
        ("a", "ＡＷＳで決済基盤を構築"),
        ("b", "日東電工株式会社"),
        ("c", "Terraformを使う"),
        ("d", "オンライン決済"),
    ]);
    bench.check(quoted("済基盤"), &["a"]);
    bench.check(quoted("awsで決済"), &["a"]);
    bench.check(quoted("電工"), &["b"]);
    bench.check(quoted("terraform"), &["c"]);
    bench.check(quoted("Terra"), &[]);
    bench.check(quoted("ライン"), &[]);
    let found = proof(&bench, "ＡＷＳで決済基盤を構築\n", quoted("aws"));
    assert_eq!(found, ["ＡＷＳ"]);
}

#[test]
fn a_character_alone_is_found_where_it_begins_a_word_and_shown_alone() {
    let line = "担当は泉水と泉";
    let bench = people(&[
        ("begins", line),
        ("inside", "飯泉花子"),
        ("katakana", "クラウドアーキテクト"),
    ]);
    bench.check(quoted("泉"), &["begins"]);
    bench.check(quoted("ア"), &[]);
    assert_eq!(proof(&bench, line, quoted("泉")), ["泉", "泉"]);
}

#[test]
fn a_pair_is_found_however_it_is_marked() {
    let bench = people(&[
        ("inside", "大規模開発環境"),
        ("begins", "開発の発環"),
        ("katakana", "クラウドアーキテクト"),
    ]);
    bench.check(quoted("模開"), &["inside"]);
    bench.check(quoted("規模開発環"), &["inside"]);
    bench.check(quoted("発環"), &["begins", "inside"]);
    bench.check(quoted("アーキテクト"), &["katakana"]);
    bench.check(quoted("クラウドアーキ"), &["katakana"]);
    let found = proof(&bench, "大規模開発環境\n", quoted("模開発"));
    assert_eq!(found, ["模開発"]);
}

#[test]
fn places_are_not_met_inside_other_names() {
    let mut university = Resume::new("university").prose("学歴 東京都市大学 知識工学部");
    university.line("現住所 神奈川県横浜市");
    let bench = index_of([
        university,
        Resume::new("tokyo").prose("東京都港区のデータセンター"),
        Resume::new("power").job(&Job {
            employer: Some("東京電力"),
            lines: &["東京電力で検針システムを開発"],
            ..Job::default()
        }),
        Resume::new("kyoto").prose("京都府に常駐"),
        Resume::new("bridge").prose("日本橋の支社"),
        Resume::new("japan").prose("日本の拠点"),
    ]);
    bench.check(words("東京"), &["tokyo"]);
    bench.check(words("東京都"), &["tokyo"]);
    bench.check(quoted("東京"), &["tokyo"]);
    bench.check(quoted("東京都"), &["tokyo"]);
    bench.check(words("京都"), &["kyoto"]);
    bench.check(quoted("京都"), &["kyoto"]);
    bench.check(words("日本"), &["japan"]);
    bench.check(words("横浜"), &["university"]);
    // The whole name is no place.
    bench.check(words("東京都市大学"), &["university"]);
    bench.check(words("東京電力"), &["power"]);
}

#[test]
fn a_place_inside_a_name_that_the_reader_found_is_not_meant() {
    let mut found = Resume::new("found");
    let span = found.line("東京みどり商会");
    found.document.names_at.push(span);
    let bench = index_of([found, Resume::new("other").prose("東京みどり商会")]);
    bench.check(words("東京"), &["other"]);
    bench.check(words("東京みどり商会"), &["found", "other"]);
}

#[test]
fn a_beginning_finds_the_employer_still() {
    let bench = index_of([Resume::new("a").job(&Job {
        employer: Some("日東電工株式会社"),
        ..Job::default()
    })]);
    bench.check(words("日東"), &["a"]);
    bench.check(words("日東電工"), &["a"]);
    bench.check(words("東電"), &[]);
}

#[test]
fn places_of_living_are_whole_words() {
    let bench = index_of([
        Resume::new("tokyo").location("東京都港区"),
        Resume::new("kyoto").location("京都府京都市"),
    ]);
    bench.check(location("東京"), &["tokyo"]);
    bench.check(location("東京都"), &["tokyo"]);
    bench.check(location("京都"), &["kyoto"]);
    bench.check(location("港区"), &["tokyo"]);
}

#[test]
fn okurigana_and_long_marks_are_written_in_several_ways() {
    let bench = people(&[
        ("a", "引っ越し予約サイト"),
        ("b", "引越し予約サイト"),
        ("c", "引越業者向け"),
        ("d", "組込みソフト"),
        ("e", "組み込みソフト"),
        ("f", "組込ソフト"),
        ("g", "お問い合わせ窓口"),
        ("h", "お問合せ窓口"),
        ("i", "サーバー構築"),
        ("j", "ｻｰﾊﾞ構築"),
        ("k", "設計"),
    ]);
    for moving in ["引越し", "引っ越し", "引越"] {
        bench.check(words(moving), &["a", "b", "c"]);
    }
    for embedded in ["組込み", "組み込み", "組込ソフト", "組み込みソフト"] {
        bench.check(words(embedded), &["d", "e", "f"]);
    }
    bench.check(words("問合わせ"), &["g", "h"]);
    bench.check(words("サーバ"), &["i", "j"]);
    bench.check(words("サーバー"), &["i", "j"]);
    // In quotes, as written.
    bench.check(quoted("組み込み"), &["e"]);
}

#[test]
fn another_spelling_is_pointed_at_as_written() {
    let text = "決済と引っ越し予約\n";
    let bench = index_of([Resume::new("a").prose(text.trim_end())]);
    assert_eq!(proof(&bench, text, words("引越し")), ["引っ越し"]);
}

#[test]
fn repeat_marks_are_the_kanji_they_repeat() {
    let bench = index_of([
        Resume::new("mark").name(&["佐々木 蓮"], None),
        Resume::new("kanji").name(&["佐佐木 蓮"], None),
        Resume::new("other").name(&["佐木 蓮"], None),
    ]);
    for name in ["佐々木", "佐佐木"] {
        bench.check(words(name), &["kanji", "mark"]);
        bench.check(Condition::Name(name.to_owned()), &["kanji", "mark"]);
    }
}

#[test]
fn mixed_tokens_are_found_whole_and_in_part() {
    let bench = people(&[
        ("next", "Next.jsでA/Bテスト"),
        ("cd", "CI/CDとTCP/IP"),
        ("s3", "S3互換APIとOAuth2.0"),
        ("c", "C++とC#と.NETとF#"),
        ("iot", "IoTと5G、第3正規形、運用保守"),
    ]);
    for text in ["Next.js", "A/Bテスト", "next.js"] {
        bench.check(words(text), &["next"]);
    }
    for text in ["CI/CD", "TCP/IP", "CD"] {
        bench.check(words(text), &["cd"]);
    }
    for text in ["S3", "互換", "S3互換API", "OAuth2.0", "OAuth"] {
        bench.check(words(text), &["s3"]);
    }
    for text in ["C++", "C#", ".NET", "F#"] {
        bench.check(words(text), &["c"]);
    }
    for text in ["IoT", "5G", "第3正規形", "運用", "保守", "第"] {
        bench.check(words(text), &["iot"]);
    }
}

#[test]
fn a_role_is_proven_by_the_line_that_names_it() {
    let resume = Resume::new("a").job(&Job {
        employer: Some("みどり商事"),
        roles: &["プログラマー", "プロジェクトマネージャー"],
        lines: &["受発注システムの刷新"],
        ..Job::default()
    });
    let text = resume.document.text.clone();
    let bench = index_of([resume]);
    let role = |role: &str| {
        Condition::Stint(StintCondition {
            role: Some(role.to_owned()),
            ..StintCondition::default()
        })
    };
    let manager = proof(&bench, &text, role("プロジェクトマネージャー"));
    assert_eq!(manager, ["プロジェクトマネージャー"]);
    let programmer = proof(&bench, &text, role("プログラマー"));
    assert_eq!(programmer, ["プログラマー"]);
}

#[test]
fn of_equal_lines_those_that_stand_together_are_shown() {
    let resume = Resume::new("a").job(&Job {
        employer: Some("みどり商事"),
        lines: &[
            "決済の設計",
            "余白",
            "余白",
            "余白",
            "検索の設計",
            "検索の負荷試験",
        ],
        graded: &[("erlang", Grade::Worked)],
        ..Job::default()
    });
    let text = resume.document.text.clone();
    let bench = index_of([resume]);
    let both = Condition::All(vec![words("設計"), words("負荷試験")]);
    let hit = bench.only_hit(both);
    let first = &hit.matches[0].spans[0];
    let line = text[..first.range.start].lines().count();
    let test = &hit.matches[1].spans[0];
    let nearby = text[..test.range.start].lines().count();
    assert_eq!(
        line + 1,
        nearby,
        "設計 is shown in the line before 負荷試験"
    );
}

#[test]
fn of_many_mentions_at_most_five_are_given() {
    let names: Vec<&str> = std::iter::repeat_n("erlang", 12).collect();
    let bench = index_of([Resume::new("a").job(&Job {
        worked: &names,
        ..Job::default()
    })]);
    let hit = bench.only_hit(technology_word("Erlang", "erlang", false));
    assert_eq!(hit.matches[0].spans.len(), shokureki_index::MAX_SPANS);
}
