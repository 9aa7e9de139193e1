//! Lines as résumés have them, to the terms that they are found by.
//!
//! One snapshot: for each line its normalized form, its words and its grams, each as
//! `term@position`; a word whose source differs from it is followed by the source in brackets.
//! All names are invented or of public companies.

use std::fmt::Write as _;

use shokureki_index::analysis::{Analyzer, Token, Wanted, normalize};

const LINES: [&str; 50] = [
    // Names with symbols.
    "C++、C#、.NET、Node.jsとVue.js",
    "S3、EC2、k8s、us-east-1",
    "ＡＷＳ上でｻｰﾊﾞを構築",
    "CI/CD、A/Bテスト、TCP/IP",
    "Erlang/OTP 製のゲームサーバー",
    "Java/Kotlin/Go/Rust",
    "Python3とOAuth2.0",
    "C++17／C#8.0/.NET 6",
    "Ruby on Rails 7.1、PHP8.2",
    "連絡先: hanako.sato+job@example.co.jp",
    "R&D部門、Q&A対応、O’Reilly",
    "https://example.com/~user/index.html?q=1",
    "50%削減、12.5％改善、1,000台",
    "x86_64, UTF-8, e-mail",
    // Employers.
    "日東電工株式会社",
    "株式会社ドワンゴ",
    "㍿ドワンゴ",
    "（株）みどり商事",
    "株式会社 ABC 証券",
    "東京都京都市",
    "ソニー・インタラクティブエンタテインメント",
    "慶應義塾大学理工学部",
    "bluebird株式会社",
    // People.
    "氏名: 髙橋 一郎（タカハシ　イチロウ）",
    "渡邊花子、渡邉太郎、渡辺次郎",
    "山﨑と山崎、濵田と浜田",
    "飯泉花子(いいずみ はなこ)",
    "佐々木 蓮",
    // Time.
    "2016年4月〜2019年1月",
    "2016/04 ～ 2019/01",
    "㋀から㋂まで、平成28年4月",
    "’16/4―現在",
    // Prose.
    "サーバーを止めずに入れ替える手順を検証した",
    "サーバを止めずに入れ替える手順を検証した",
    "分散 KVSを自作・運用",
    "分散KVSを自作・運用",
    "300台のサーバーでバッチ処理を行っている",
    "Googleでの開発経験があります。今後はGoを学びたい。",
    "読みやすいコードを書くことを心がけていました",
    "チームリーダーとして5名のメンバーをマネジメント",
    "サーバーサイドエンジニア兼プロジェクトマネージャー",
    "フルスタックエンジニア、データベーススペシャリスト",
    "要件定義から運用・保守まで一貫して担当",
    "Javaの実務経験なし、使用経験なし",
    "AWS認定ソリューションアーキテクト – アソシエイト",
    "ユーザー数100万人のスマホアプリ",
    // Layout.
    "| 期間 | 業務内容 | 役割 |",
    "- **技術**: `Rust`, `TypeScript`",
    "設計\n実装。テスト",
    "・障害対応→再発防止策の策定",
];

fn show(text: &str, tokens: &[Token]) -> String {
    let mut line = String::new();
    for token in tokens {
        let source = &text[token.span.clone()];
        write!(line, " {}@{}", token.term, token.position).expect("a string takes all");
        if source != token.term.trim_start_matches(['^', '?']) {
            write!(line, "[{source}]").expect("a string takes all");
        }
    }
    line
}

#[test]
fn lines_give_their_terms() {
    let analyzer = Analyzer::builtin().expect("the dictionary is intact");
    let mut table = String::new();
    for text in LINES {
        let analyzed = analyzer.analyze(text);
        let normalized = normalize(text);
        writeln!(table, "{text:?}").expect("a string takes all");
        writeln!(table, "  text  {:?}", normalized.as_str()).expect("a string takes all");
        writeln!(table, "  words{}", show(text, &analyzed.words)).expect("a string takes all");
        writeln!(table, "  grams{}\n", show(text, &analyzed.grams)).expect("a string takes all");
    }
    insta::assert_snapshot!(table);
}

/// Returns whether what `query` wants stands in `text` at the same distances, as a phrase does.
fn phrase_is_in(query: &[Token], text: &[Token], wanted: impl Fn(&str) -> Wanted) -> bool {
    let query: Vec<(u32, Wanted)> = query
        .iter()
        .map(|token| (token.position, wanted(&token.term)))
        .collect();
    let Some((first, start)) = query.first() else {
        return false;
    };
    text.iter()
        .filter(|token| start.is_met_by(&token.term))
        .any(|at| {
            query.iter().all(|(offset, wanted)| {
                let position = at.position + (offset - first);
                text.iter()
                    .any(|token| token.position == position && wanted.is_met_by(&token.term))
            })
        })
}

fn whole(term: &str) -> Wanted {
    Wanted::Term(term.to_owned())
}

#[track_caller]
fn check_words(query: &str, text: &str, found: bool) {
    let analyzer = Analyzer::builtin().expect("the dictionary is intact");
    let result = phrase_is_in(&analyzer.query_words(query), &analyzer.words(text), whole);
    assert_eq!(result, found, "{query} in {text}");
}

#[track_caller]
fn check_grams(query: &str, text: &str, found: bool) {
    let analyzer = Analyzer::builtin().expect("the dictionary is intact");
    let result = phrase_is_in(
        &analyzer.gram_query(query),
        &analyzer.grams(text),
        Wanted::of_gram,
    );
    assert_eq!(result, found, "{query} in {text}");
}

#[test]
fn a_phrase_of_words_is_found_with_and_without_spaces() {
    check_words("分散 KVS", "自作の分散KVSを運用", true);
    check_words("分散KVS", "自作の分散 KVS を運用", true);
    check_words("サーバの更新", "サーバーの更新", true);
    check_words("サーバーサイド", "サーバサイドエンジニア", true);
    check_words("設計 実装", "設計・実装", true);
    check_words("クライアント", "サーバー・クライアント", true);
}

#[test]
fn a_phrase_of_words_does_not_reach_over_a_line_or_sentence() {
    check_words("設計 実装", "設計\n実装", false);
    check_words("設計 実装", "設計した。実装した", false);
    check_words("サーバの更新", "サーバ\n更新", false);
}

#[test]
fn latin_names_are_found_whole_and_in_part() {
    check_words("C++", "C++とC", true);
    check_words("C++", "CとC#", false);
    check_words("Vue", "Vue.jsで開発", true);
    check_words("Vue.js 開発", "Vue.jsで開発", false);
    check_words("Vue.jsで開発", "Vue.jsで開発", true);
    check_words("python", "Python3で開発", true);
    check_words("Python3", "Pythonで開発", false);
    check_words("CD導入", "CI/CD導入", true);
    check_words("Java/Kotlin", "Go/Java/Kotlin/Rust", true);
    check_words("Elixir", "Elixirs", false);
}

#[test]
fn grams_are_found_where_a_word_begins() {
    check_grams("京都", "東京都新宿区", false);
    check_grams("京都", "京都府", true);
    check_grams("日東", "日東電工株式会社", true);
    check_grams("日東電工", "日東電工株式会社", true);
    check_grams("ドワンゴ", "株式会社ドワンゴ", true);
    check_grams("飯泉", "氏名: 飯泉花子", true);
    check_grams("飯", "飯泉花子", true);
    check_grams("泉", "飯泉花子", false);
    check_grams("飯", "泉と飯", true);
    check_grams("ア", "クラウドアーキテクト", false);
    check_grams("アーキテクト", "クラウドアーキテクト", true);
    check_grams("ワンゴ", "株式会社ドワンゴ", false);
}

#[track_caller]
fn check_phrase(query: &str, text: &str, found: bool) {
    let analyzer = Analyzer::builtin().expect("the dictionary is intact");
    let result = phrase_is_in(
        &analyzer.phrase_query(query),
        &analyzer.grams(text),
        Wanted::of_gram,
    );
    assert_eq!(result, found, "{query} in {text}");
}

#[test]
fn a_text_in_quotes_is_found_as_written() {
    check_phrase("設計から実装", "要件の設計から実装まで", true);
    check_phrase("設計から実装", "設計と実装", false);
    check_phrase("設計した", "基盤を設計した", true);
    check_phrase("設計した", "基盤を設計する", false);
    check_phrase("設計した", "基盤を設計しました", false);
    check_phrase("計基盤", "設計基盤の刷新", true);
    check_phrase("電工", "日東電工株式会社", true);
    check_phrase("東電工", "日東電工株式会社", true);
    check_phrase("工株式", "日東電工株式会社", true);
    check_phrase("クラウドアーキテクト", "クラウドアーキテクト", true);
    check_phrase("サーバーを構築", "ｻｰﾊﾞを構築", true);
    check_phrase("ＡＷＳを使", "awsを使った", true);
    check_phrase("ライン", "オンライン", false);
    check_phrase("京都", "東京都", false);
    check_phrase("東京都", "東京都", true);
    check_phrase("京都", "関西は京都", true);
    check_phrase("Java", "JavaScript", false);
    check_phrase("10年以上", "10 年は", false);
    check_phrase("10年以上", "約10年以上の", true);
}

#[test]
fn a_repeat_mark_is_the_kanji_that_it_repeats() {
    check_words("佐佐木", "佐々木 蓮", true);
    check_words("佐々木", "佐佐木 蓮", true);
    check_grams("佐々木", "佐佐木蓮", true);
    check_grams("佐佐木", "担当は佐々木", true);
    check_words("日々", "日々の運用", true);
    check_grams("々木", "佐々木", false);
}

#[test]
fn grams_read_over_one_space_and_over_no_line() {
    check_grams("飯泉 花子", "飯泉花子", true);
    check_grams("飯泉花子", "飯泉　花子", true);
    check_grams("飯泉花子", "飯泉\n花子", false);
}

#[test]
fn no_phrase_reaches_over_a_line_whatever_is_dropped_inside() {
    for between in ["を", "していただいた", "していただいておりましたので"] {
        let query = format!("設計{between}実装");
        check_words(&query, &format!("要件の{query}"), true);
        check_words(&query, "設計\n実装", false);
        check_words(&query, "設計。実装", false);
    }
    for query in ["設計（実装）", "設計・実装", "設計Go実装", "設計と実装"] {
        check_grams(query, &format!("要件の{query}"), true);
        check_grams(query, "設計\n実装", false);
        check_grams(query, "設計。実装", false);
    }
}

#[test]
fn grams_of_a_mixed_name_hold_both_scripts() {
    check_grams("ABC証券", "株式会社 ABC 証券", true);
    check_grams("ABC証券", "あおぞら証券", false);
}

#[test]
fn the_dictionary_reads_names() {
    let analyzer = Analyzer::builtin().expect("the dictionary is intact");
    assert_eq!(analyzer.reading("飯泉").as_deref(), Some("イイズミ"));
    assert_eq!(
        analyzer.reading("髙橋 花子").as_deref(),
        Some("タカハシハナコ")
    );
    assert_eq!(analyzer.reading("いいずみ").as_deref(), Some("イイズミ"));
    assert_eq!(analyzer.reading("Taro 山田"), None);
    assert_eq!(analyzer.reading(""), None);
}
