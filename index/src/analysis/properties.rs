//! What must hold of the analysis of any text.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::{Analyzer, Token, Wanted, normalize, romaji_key};

/// Text as résumés have it and as nobody writes it: traps beside any character at all.
fn any_text() -> impl Strategy<Value = String> {
    let trap = prop::sample::select(vec![
        "㍿",
        "㋀",
        "㍻",
        "ﾊﾞ",
        "ｻｰﾊﾞｰ",
        "ﾞ",
        "゛",
        "\u{3099}",
        "\u{309A}",
        "\u{301}",
        "\u{FE0F}",
        "\u{E0100}",
        "か",
        "が",
        "は",
        "ー",
        "サーバー",
        "〜",
        "～",
        "−",
        "髙",
        "﨑",
        "神",
        "𠮷",
        "々",
        "東京都",
        "京都",
        "日東電工株式会社",
        "設計した",
        "C++",
        "C#",
        ".NET",
        "Node.js",
        "CI/CD",
        "k8s",
        "50%",
        "1,000",
        "a@b.co",
        "Python3",
        "İ",
        "ﬀ",
        "ß",
        "각",
        "ᄀ",
        "ᅡ",
        "ᆨ",
        "㎡",
        "…",
        "。",
        "、",
        "\n",
        "\r\n",
        "\t",
        " ",
        "　",
        "\0",
        "|",
        "/",
        ".",
        "-",
        "+",
        "#",
        "😀",
        "👨‍👩‍👧",
    ])
    .prop_map(str::to_owned);
    let piece = prop_oneof![4 => trap, 1 => any::<char>().prop_map(String::from), 1 => "[a-zA-Z0-9./+#@,%_-]{1,8}"];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn analyzer() -> Analyzer {
    Analyzer::builtin().expect("the dictionary is intact")
}

fn check_tokens(text: &str, tokens: &[Token]) -> Result<(), TestCaseError> {
    for token in tokens {
        prop_assert!(!token.term.is_empty());
        prop_assert!(token.span.start < token.span.end, "{token:?}");
        prop_assert!(text.get(token.span.clone()).is_some(), "{token:?}");
    }
    for pair in tokens.windows(2) {
        prop_assert!(pair[0].position <= pair[1].position, "{pair:?}");
    }
    Ok(())
}

fn terms(tokens: Vec<Token>) -> Vec<(String, u32)> {
    tokens
        .into_iter()
        .map(|token| (token.term, token.position))
        .collect()
}

proptest! {
    #[test]
    fn tokens_slice_the_original_and_positions_never_fall(text in any_text()) {
        let analyzer = analyzer();
        let analyzed = analyzer.analyze(&text);
        check_tokens(&text, &analyzed.words)?;
        check_tokens(&text, &analyzed.grams)?;
        check_tokens(&text, &analyzer.query_words(&text))?;
        check_tokens(&text, &analyzer.gram_query(&text))?;
        check_tokens(&text, &analyzer.phrase_query(&text))?;
        analyzer.other_spellings(&text);
        prop_assert_eq!(&analyzed.words, &analyzer.words(&text));
        prop_assert_eq!(&analyzed.grams, &analyzer.grams(&text));
        analyzer.reading(&text);
        romaji_key(&text);
    }

    #[test]
    fn a_text_finds_itself(text in any_text()) {
        let analyzer = analyzer();
        let analyzed = analyzer.analyze(&text);
        let words = terms(analyzed.words);
        for term in terms(analyzer.query_words(&text)) {
            prop_assert!(words.contains(&term), "{term:?} of {words:?}");
        }
        let grams = terms(analyzed.grams);
        let queries = [analyzer.gram_query(&text), analyzer.phrase_query(&text)];
        for (term, position) in queries.into_iter().flat_map(terms) {
            let wanted = Wanted::of_gram(&term);
            let is_met = |(term, at): &(String, u32)| *at == position && wanted.is_met_by(term);
            prop_assert!(grams.iter().any(is_met), "{term:?} of {grams:?}");
        }
    }

    #[test]
    fn grams_have_one_term_a_character(text in any_text()) {
        let analyzed = analyzer().analyze(&text);
        for cell in &analyzed.cells {
            prop_assert!(text.get(cell.span.clone()).is_some(), "{cell:?}");
            let here = |token: &&Token| token.position == cell.position;
            let mut spans = analyzed.grams.iter().filter(here).map(|token| &token.span);
            prop_assert!(spans.all(|span| span.start == cell.span.start), "{cell:?}");
            // 京都 inside 東京都 is one more, whatever begins there.
            let is_plain = |token: &&Token| token.term != "東京都";
            let plain = analyzed.grams.iter().filter(here).filter(is_plain);
            prop_assert!(plain.count() <= 1, "{cell:?} of {:?}", analyzed.grams);
        }
    }

    #[test]
    fn queries_have_one_term_a_position(text in any_text()) {
        let analyzer = analyzer();
        let queries =
            [analyzer.query_words(&text), analyzer.gram_query(&text), analyzer.phrase_query(&text)];
        for tokens in queries {
            for pair in tokens.windows(2) {
                prop_assert!(pair[0].position < pair[1].position, "{pair:?}");
            }
        }
    }

    #[test]
    fn compatible_texts_have_equal_terms(text in any_text()) {
        let analyzer = analyzer();
        let expected = analyzer.analyze(&text);
        let (words, grams) = (terms(expected.words), terms(expected.grams));
        for form in [text.nfkc().collect::<String>(), text.nfkd().collect(), text.nfd().collect()] {
            let found = analyzer.analyze(&form);
            prop_assert_eq!(&terms(found.words), &words, "{:?}", form);
            prop_assert_eq!(&terms(found.grams), &grams, "{:?}", form);
        }
    }

    #[test]
    fn normalizing_twice_changes_nothing(text in any_text()) {
        let once = normalize(&text).as_str().to_owned();
        let twice = normalize(&once).as_str().to_owned();
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn every_range_of_normalized_text_slices_the_original(
        text in any_text(), start in 0_usize..120, len in 0_usize..40,
    ) {
        let normalized = normalize(&text);
        let range = normalized.original_range(start..start + len);
        prop_assert!(text.get(range).is_some());
        let whole = normalized.original_range(0..normalized.as_str().len());
        prop_assert!(text.get(whole).is_some());
    }
}

#[test]
fn long_texts_without_a_border_are_cut_and_analyzed() {
    let analyzer = analyzer();
    for piece in [
        "ア",
        "亜",
        "a",
        "a.",
        "a/",
        "1,000",
        "ー",
        "\u{3099}",
        " ",
        "。",
        "^",
        "設計とa",
    ] {
        let text = piece.repeat(20_000);
        let analyzed = analyzer.analyze(&text);
        for token in analyzed.words.iter().chain(&analyzed.grams) {
            assert!(text.get(token.span.clone()).is_some());
            assert!(token.term.len() < 1_000);
        }
    }
}
