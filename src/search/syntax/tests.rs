//! What queries are read as, and that what is printed is read as the same.

use proptest::prelude::*;

use super::*;
use crate::domain::{Grade, Moment, YearMonth};
use crate::search::error::{Expected, SearchError, SyntaxFault};
use crate::search::print::{self, Language};
use crate::search::request::{
    EmployerFilter, MAX_QUERY_CHARS, MAX_TERMS, PeriodFilter, TechnologyFilter, Tenure, Window,
};

/// `expected`: the query as it is printed.
#[track_caller]
fn check(query: &str, expected: &str) {
    let node = parse(query).map(|node| print::written(&node, Language::English));
    assert_eq!(node.as_deref().ok(), Some(expected), "{query}: {node:?}");
}

/// `expected`: the piece of the query that is wrong, and what should stand there.
#[track_caller]
fn check_fault(query: &str, fault: SyntaxFault, piece: &str, expected: Expected) {
    match parse(query) {
        Err(SearchError::Syntax {
            fault: found,
            position,
            end,
            expected: what,
        }) => {
            let wrong: String = query.chars().skip(position).take(end - position).collect();
            assert_eq!(
                (found, wrong.as_str(), what),
                (fault, piece, expected),
                "{query}"
            );
        }
        other => panic!("{query}: {other:?}"),
    }
}

#[test]
fn words_and_phrases_are_read_in_any_width() {
    check("", "");
    check("  ", "");
    check("Erlang AWS", "Erlang AWS");
    check("Erlang　ＡＷＳ", "Erlang ＡＷＳ");
    check("\"分散 KVS\" x", "\"分散 KVS\" x");
    check("“分散 KVS” ＂a b＂ 「c d」", "\"分散 KVS\" \"a b\" \"c d\"");
    check(r#""a \"b\" \\c""#, r#""a \"b\" \\c""#);
    check("C++ C# .NET Node.js", "C++ C# .NET Node.js");
    check("http://example.com f(x)", "http://example.com f(x)");
    check("(株)ドワンゴ （株）ドワンゴ", "(株)ドワンゴ （株）ドワンゴ");
    check("ruby-on-rails - x", "ruby-on-rails - x");
}

#[test]
fn operators_are_read_in_both_languages() {
    check("a OR b c", "(a OR b c)");
    check("(a OR b) c", "(a OR b) c");
    check("（a　ＯＲ　b）c", "(a OR b) c");
    check("a または b", "(a OR b)");
    check("a 又は b もしくは c あるいは d", "(a OR b OR c OR d)");
    check("a かつ b および c", "a b c");
    check("a -b NOT c －d", "a -b -c -d");
    check("-(a b)", "-(a b)");
    check("NOT NOT a", "a");
    check("-(-(a))", "a");
    check("(a (b c)) d", "a b c d");
    check("or not ORACLE", "or not ORACLE");
    check("a AND b", "a b");
    check("* OR x", "(* OR x)");
    check("-*", "-*");
    check("Go !AWS ！tech:PHP", "Go -AWS -tech:PHP");
    check("Yahoo! !(a b)", "Yahoo! -(a b)");
}

#[test]
fn beginnings_of_words_are_read() {
    check("Kube* サーバ＊ 金*", "Kube* サーバ* 金*");
    assert!(matches!(parse("Kube*"), Ok(Node::Prefix(term)) if term.text == "Kube"));
    assert!(matches!(parse("**bold**"), Ok(Node::Word(_))));
    assert!(matches!(parse("\"Kube*\""), Ok(Node::Phrase(_))));
    check_fault("x K*", SyntaxFault::BadValue, "K*", Expected::LongerPrefix);
    check_fault(
        "tech:Kube*",
        SyntaxFault::BadValue,
        "Kube*",
        Expected::WholeName,
    );
}

#[test]
fn keys_are_read_in_both_languages() {
    check("tech:Erlang>=2y", "tech:Erlang>=24m");
    check("技術：Rust＞＝６ヶ月", "tech:Rust>=6m");
    check("tech: Rust >= 2年以上", "tech:Rust>=24m");
    check("tech:Rust ≧ 24m", "tech:Rust>=24m");
    check("tech:Rust 2年以上", "tech:Rust>=24m");
    check("Go>=2y Rust >= 6m", "tech:Go>=24m tech:Rust>=6m");
    check("tech:\"AWS Lambda\">=1年半", "tech:\"AWS Lambda\">=18m");
    check("tech:(Erlang OR Elixir)", "tech:(Erlang OR Elixir)");
    check("tech:（Rust　Go、C） x", "tech:(Rust OR Go OR C) x");
    check("tech:Rust,Go", "tech:(Rust OR Go)");
    check("会社:ドワンゴ", "employer:ドワンゴ");
    check("会社:（A社 または B社）", "(employer:A社 OR employer:B社)");
    check(
        "役割:PM 居住地:東京 本文:配信",
        "role:PM location:東京 text:配信",
    );
    check("period:2016..2019", "period:2016..2019");
    check("期間:2020-04..", "period:2020-04..");
    check("期間: 2016年4月 .. 2019年3月", "period:2016-04..2019-03");
    check("period:.. 2019 x", "period:..2019 x");
    check("period:2016 .. 2019 x", "period:2016..2019 x");
    check("period:2016.. 2019", "period:2016.. 2019");
    check("period:2016..2016 ..ab*", "period:2016..2016 ..ab*");
    check("period:last3y ..ab*", "period:last3y ..ab*");
    check("期間:2020年以降 ~/ab", "period:2020.. AND ~/ab");
    check_fault(
        "period:2016 ..ab",
        SyntaxFault::BadValue,
        "2016 ..ab",
        Expected::Period,
    );
    check(
        "期間:2020年以降 期間:2015年以前",
        "period:2020.. period:..2015",
    );
    check("期間:平成28年4月〜令和元年", "period:2016-04..2019");
    check(
        "period:last3y 期間:直近6ヶ月",
        "period:last3y period:last6m",
    );
    check("within:2017", "within:2017..2017");
    check("資格:TOEIC 800点以上", "cert:TOEIC>=800");
    check(
        "cert:TOEIC >= ８００点 学歴:高専",
        "cert:TOEIC>=800 school:高専",
    );
    check("氏名:飯島 cert:\"AWS 認定\"", "name:飯島 cert:\"AWS 認定\"");
    check(
        "tech:Go grade:worked since:2020",
        "{tech:Go since:2020 grade:worked}",
    );
    check("会社:x 在籍:現在", "{employer:x tenure:current}");
    check("foo:bar http://x", "foo:bar http://x");
}

#[test]
fn braces_bind_to_one_stint() {
    check(
        "{tech:Erlang employer:ドワンゴ period:2017-01..2017-12 配信}",
        "{tech:Erlang employer:ドワンゴ period:2017-01..2017-12 text:配信}",
    );
    check(
        "{技術:Erlang 最終使用:2016年4月 根拠:学習 構成要素:含まない}",
        "{tech:Erlang since:2016-04 grade:learning parts:no}",
    );
    check("{employer:x tenure:current}", "{employer:x tenure:current}");
    check("{配信 \"分散 KVS\"}", "{text:配信 text:\"分散 KVS\"}");
    check("{tech:A>=1y tech:B}", "{tech:A>=12m tech:B}");
    check("{tech:A -tech:B NOT tech:C}", "{tech:A -tech:B -tech:C}");
    check("{-(tech:B grade:worked)}", "{-(tech:B grade:worked)}");
    check(
        "{(tech:A OR tech:B) employer:x}",
        "({tech:A employer:x} OR {tech:B employer:x})",
    );
    check(
        "{tech:A OR 配信 かつ 設計}",
        "(tech:A OR {text:配信 text:設計})",
    );
}

#[test]
fn a_fault_names_its_place_and_what_should_stand_there() {
    use SyntaxFault as Fault;
    check_fault("a \"b", Fault::UnclosedQuote, "\"", Expected::Closing('"'));
    check_fault("職 (b", Fault::UnclosedBracket, "(", Expected::Closing(')'));
    check_fault(
        "{tech:x",
        Fault::UnclosedBracket,
        "{",
        Expected::Closing('}'),
    );
    check_fault("a )", Fault::UnexpectedBracket, ")", Expected::Term);
    check_fault("a OR", Fault::MissingTerm, "OR", Expected::Term);
    check_fault("OR a", Fault::MissingTerm, "OR", Expected::Term);
    check_fault(
        "a または または b",
        Fault::MissingTerm,
        "または",
        Expected::Term,
    );
    check_fault("a NOT", Fault::MissingTerm, "NOT", Expected::Term);
    check_fault("a () b", Fault::MissingTerm, "()", Expected::Term);
    check_fault(">=2y", Fault::MissingTerm, ">=2y", Expected::Name);
    check_fault("tech:", Fault::BadValue, "", Expected::Name);
    check_fault("tech: )", Fault::BadValue, ")", Expected::Name);
    check_fault("tech:Rust<=2y", Fault::BadValue, "Rust<", Expected::AtLeast);
    check_fault("tech:Rust>=two", Fault::BadValue, "two", Expected::Length);
    check_fault("tech:(A AND B)", Fault::BadValue, "AND", Expected::OnlyOr);
    check_fault("tech:()", Fault::BadValue, "()", Expected::Name);
    check_fault("a period:x", Fault::BadValue, "x", Expected::Period);
    check_fault(
        "period:2019..2016",
        Fault::BadValue,
        "2019..2016",
        Expected::Period,
    );
    check_fault(
        "grade:worked",
        Fault::BadValue,
        "grade:worked",
        Expected::TechnologyBefore,
    );
    check_fault(
        "{tech:x grade:best}",
        Fault::BadValue,
        "best",
        Expected::Grade,
    );
    check_fault(
        "{tenure:past}",
        Fault::BadValue,
        "tenure:past",
        Expected::EmployerBefore,
    );
    check_fault("{name:x}", Fault::NotOfStint, "name:", Expected::StintPart);
    check_fault(
        "{tech:x -配信}",
        Fault::NotOfStint,
        "-配信",
        Expected::Technology,
    );
    check_fault(
        "{tech:x -tech:y>=2y}",
        Fault::NotOfStint,
        "-tech:y>=2y",
        Expected::Technology,
    );
    check_fault(
        "{employer:a employer:b}",
        Fault::Twice,
        "employer:b",
        Expected::Once,
    );
    check_fault("{}", Fault::MissingTerm, "{", Expected::StintPart);
    check_fault("{tech:a OR}", Fault::MissingTerm, "OR", Expected::StintPart);
    let deep = "(".repeat(100);
    assert!(matches!(
        parse(&deep),
        Err(SearchError::Syntax {
            fault: Fault::TooDeep,
            position: 12,
            ..
        })
    ));
}

#[test]
fn more_than_the_limits_are_refused() {
    let long = "あ".repeat(MAX_QUERY_CHARS + 1);
    assert!(matches!(
        parse(&long),
        Err(SearchError::QueryTooLong { limit: 1024 })
    ));
    let position = |query: &str| match parse(query) {
        Err(SearchError::TooManyTerms { position, .. }) => position,
        other => panic!("{other:?}"),
    };
    assert_eq!(position(&"a ".repeat(MAX_TERMS + 1)), Some(2 * MAX_TERMS));
    // 2 to the power of 10 conditions in a few letters.
    let wide = format!("{{{}}}", "(a OR b) ".repeat(10));
    assert!(position(&wide).is_some());
}

#[test]
fn a_node_knows_where_it_stands() {
    let query = "Go (\"a b\" OR {tech:x grade:worked}) 期間: 2016 .. 2019 tech:y 根拠:申告";
    let piece = |node: &Node| -> String {
        let place = node.place().expect("it is of the query");
        let letters = query.chars().skip(place.start);
        letters.take(place.end - place.start).collect()
    };
    let Ok(Node::All(nodes)) = parse(query) else {
        panic!("a list");
    };
    let pieces: Vec<String> = nodes.iter().map(piece).collect();
    assert_eq!(
        pieces,
        [
            "Go",
            "\"a b\" OR {tech:x grade:worked}",
            "期間: 2016 .. 2019",
            "tech:y 根拠:申告"
        ]
    );
}

/// Returns the tree without places: as it would be of a filter.
fn unplaced(node: Node) -> Node {
    let at_start = |term: Term| Term {
        position: 0,
        end: 0,
        ..term
    };
    match node {
        Node::Word(term) => Node::Word(at_start(term)),
        Node::Prefix(term) => Node::Prefix(at_start(term)),
        Node::Phrase(term) => Node::Phrase(at_start(term)),
        Node::Condition(filter, _) => Node::Condition(filter, None),
        Node::Weak(..) | Node::Recognized(_) => unreachable!("the grammar gives none"),
        Node::Not(node) => Node::Not(Box::new(unplaced(*node))),
        Node::All(nodes) => Node::All(nodes.into_iter().map(unplaced).collect()),
        Node::Any(nodes) => Node::Any(nodes.into_iter().map(unplaced).collect()),
    }
}

fn term(text: String) -> Term {
    Term {
        text,
        position: 0,
        end: 0,
    }
}

/// Names with everything that could be taken for a sign of the language.
fn any_name() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z0-9ぁ-んァ-ン一-龠]{1,4}",
        2 => r#"[-"“”＂「」『』(){}（）｛｝<>=≥≧＜＞＝:：,，、*＊. 　|&\\＼^!?株有…~〜]{1,3}"#,
        1 => prop::sample::select(vec![
            "OR", "NOT", "AND", "または", "かつ", "以上", "2年以上", "800点以上", "..2019", "2016..",
            "last3y", "tech:", "技術:", "株式会社", "（株）", "(株)", ">=2y", "ＯＲ", "期間：",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,2}",
    ];
    prop::collection::vec(piece, 1..4)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("a name", |name| !name.trim().is_empty())
}

fn any_moment() -> impl Strategy<Value = Moment> {
    prop_oneof![
        (1900u16..=2199).prop_map(|year| Moment::year_only(year).expect("in range")),
        (1900u16..=2199, 1u8..=12).prop_map(|(year, month)| Moment::Month(
            YearMonth::new(year, month).expect("in range")
        )),
    ]
}

fn any_window() -> impl Strategy<Value = Window> {
    let ends = (any_moment(), any_moment()).prop_map(|(a, b)| {
        if a.earliest() > b.latest() {
            (b, a)
        } else {
            (a, b)
        }
    });
    prop_oneof![
        ends.prop_map(|(from, to)| Window::Between {
            from: Some(from),
            to: Some(to),
        }),
        any_moment().prop_map(|from| Window::Between {
            from: Some(from),
            to: None,
        }),
        any_moment().prop_map(|to| Window::Between {
            from: None,
            to: Some(to),
        }),
        (1u32..=600).prop_map(|months| Window::Last { months }),
    ]
}

fn any_grade() -> impl Strategy<Value = Grade> {
    prop::sample::select(vec![
        Grade::Negated,
        Grade::Learning,
        Grade::Certified,
        Grade::Personal,
        Grade::Declared,
        Grade::Worked,
    ])
}

fn any_technology() -> impl Strategy<Value = TechnologyFilter> {
    (
        prop::collection::vec(any_name(), 1..3),
        prop::option::of(0u32..=600),
        prop::option::of(any_moment()),
        any_grade(),
        any::<bool>(),
    )
        .prop_map(
            |(any_of, min_months, last_used_since, min_grade, include_parts)| TechnologyFilter {
                any_of,
                min_months,
                last_used_since,
                min_grade,
                include_parts,
            },
        )
}

fn any_stint() -> impl Strategy<Value = Filter> {
    let tenure = prop::sample::select(vec![Tenure::Any, Tenure::Current, Tenure::Past]);
    (
        prop::option::weighted(0.7, any_technology()),
        prop::collection::vec(any_technology(), 0..2),
        prop::collection::vec(any_technology(), 0..2),
        prop::option::weighted(0.3, (any_name(), tenure)),
        prop::option::weighted(0.3, (any_window(), any::<bool>())),
        prop::option::weighted(0.2, any_name()),
        prop::collection::vec(any_name(), 0..2),
    )
        .prop_map(
            |(technology, also, without, employer, period, role, text)| Filter {
                also: if technology.is_some() {
                    also
                } else {
                    Vec::new()
                },
                technology,
                without: without
                    .into_iter()
                    .map(|part| TechnologyFilter {
                        min_months: None,
                        last_used_since: None,
                        ..part
                    })
                    .collect(),
                employer: employer.map(|(name, tenure)| EmployerFilter { name, tenure }),
                period: period.map(|(window, within)| PeriodFilter { window, within }),
                role,
                text,
                ..Filter::default()
            },
        )
        .prop_filter("a condition", |filter| *filter != Filter::default())
}

fn any_leaf() -> impl Strategy<Value = Node> {
    let of_candidate =
        (any_name(), 0..4, prop::option::of(0u32..=2000)).prop_map(|(name, kind, min_score)| {
            let mut filter = Filter::default();
            match kind {
                0 => filter.name = Some(name),
                1 => {
                    filter.certification = Some(name);
                    filter.min_score = min_score;
                }
                2 => filter.education = Some(name),
                _ => filter.location = Some(name),
            }
            filter
        });
    let condition = prop_oneof![2 => any_stint(), 1 => of_candidate];
    // What cannot stand as a word is a phrase.
    let word = any_name().prop_map(|text| match parse(&text) {
        Ok(Node::Word(_)) if is_plain_word(&text) => Node::Word(term(text)),
        _ => Node::Phrase(term(text)),
    });
    let prefix = "[a-zA-Zぁ-んァ-ン一-龠#+.]{1,3}[a-zァ-ン一-龠]{1,3}";
    prop_oneof![
        3 => word,
        1 => any_name().prop_map(|text| Node::Phrase(term(text))),
        1 => prefix.prop_map(|stem| Node::Prefix(term(stem))),
        3 => condition.prop_map(|filter| Node::Condition(Box::new(filter), None)),
        1 => Just(Node::All(Vec::new())),
    ]
}

fn any_tree() -> impl Strategy<Value = Node> {
    any_leaf().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Node::all),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Node::any),
            inner.prop_map(Node::not),
        ]
    })
}

/// Trees that are longer than a query may be are left out.
fn fits(node: &Node) -> bool {
    let text = print::written(node, Language::English);
    !matches!(
        parse(&text),
        Err(SearchError::QueryTooLong { .. } | SearchError::TooManyTerms { .. })
    ) && print::written(node, Language::Japanese).chars().count() <= MAX_QUERY_CHARS
}

proptest! {
    #[test]
    fn what_is_printed_is_read_as_the_same(node in any_tree().prop_filter("short", fits)) {
        for language in [Language::English, Language::Japanese] {
            let text = print::written(&node, language);
            let read = parse(&text).map(unplaced);
            prop_assert_eq!(read.ok(), Some(node.clone()), "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(
        query in "\\PC{0,40}",
        signs in "[-\"(){}:>=.a技術O R*2年以上,\\\\]{0,40}",
    ) {
        for query in [query, signs] {
            match parse(&query) {
                Ok(node) => {
                    let node = unplaced(node);
                    let text = print::written(&node, Language::English);
                    prop_assert_eq!(parse(&text).map(unplaced).ok(), Some(node), "{}", text);
                }
                Err(SearchError::Syntax { position, end, .. }) => {
                    let length = query.chars().count();
                    prop_assert!(position <= end && position <= length);
                }
                Err(error) => prop_assert!(false, "{}", error),
            }
        }
    }
}
