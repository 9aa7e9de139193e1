//! The lexicon as other rooms use it, over a small lexicon of its own.

use std::sync::LazyLock;

use proptest::prelude::*;
use shokureki_index::lexicon::{
    Context, Found, Lexicon, LexiconFault, LexiconSources, MatchKind, TechnologyKind,
};

const TECHNOLOGIES: &str = "
Erlang | LANGUAGE | | 1986 | Erlang/OTP, アーラン | Elixir
Elixir | LANGUAGE | | 2012
Python | LANGUAGE | | 1991 | パイソン
PHP | LANGUAGE | | 1995
Ruby | LANGUAGE | | 1995
Ruby on Rails | FRAMEWORK | Ruby | 2004 | Rails
Java | LANGUAGE | | 1995 | ジャバ
JavaScript | LANGUAGE | | 1995 | ジャバスクリプト
TypeScript | LANGUAGE | | 2012
C~~ | LANGUAGE | | 1972 | C言語
C++ | LANGUAGE | | 1985
C# | LANGUAGE | | 2000
R~~ | LANGUAGE | | 1993 | R言語
D~~ | LANGUAGE | | 2001
Go~ | LANGUAGE | | 2009 | Golang
Rust~ | LANGUAGE | | 2012
Swift~ | LANGUAGE | | 2014
Spring~ | FRAMEWORK | Java | 2002 | Spring Framework
Spring Boot | FRAMEWORK | Spring | 2014
Express~ | FRAMEWORK | Node.js | 2010 | Express.js
Node.js | MIDDLEWARE | | 2009 | Node~, NodeJS
Vue.js | FRAMEWORK | | 2014 | Vue, Vue.com
React | LIBRARY | | 2013 | React.js, リアクト
React Native | FRAMEWORK | | 2015
Django | FRAMEWORK | Python | 2005
.NET | FRAMEWORK | | 2002 | .NET Framework
ASP.NET | FRAMEWORK | .NET | 2002
Docker | INFRASTRUCTURE | | 2013
Docker Compose | TOOL | Docker | 2014
Jenkins | CI | | 2011
AWS | CLOUD | | 2006 | Amazon Web Services, アマゾンウェブサービス
AWS Lambda | SERVICE | AWS | 2014 | Lambda@
AWS CloudFormation | SERVICE | AWS | 2011 | CloudFormation
Amazon EC2 | SERVICE | AWS | 2006 | EC2
Amazon IAM | SERVICE | AWS | 2011 | IAM
Cloud IAM | SERVICE | Google Cloud | 2016 | IAM@
Amazon S3 | SERVICE | AWS | 2006 | S3
AWS Elemental MediaLive | SERVICE | AWS | 2017 | MediaLive
Google Cloud | CLOUD | | 2008 | GCP, Google Cloud Platform
Cloud Functions | SERVICE | Google Cloud | 2017 | Functions@
Azure | CLOUD | | 2010 | Microsoft Azure
Azure Functions | SERVICE | Azure | 2016 | Functions@
Google | SERVICE | | 1998
LINE | SERVICE | | 2011
SAP | PACKAGE | | 1972
Apache HTTP Server | MIDDLEWARE | | 1995 | Apache
Agora.io | SERVICE | | 2014
Kubernetes | INFRASTRUCTURE | | 2014 | k8s
Raspberry Pi | HARDWARE | | 2012
PostgreSQL | DATABASE | | 1996 | Postgres
";

const COMPANIES: &str = "
アマゾンウェブサービスジャパン | AWSジャパン
ドワンゴ | Dwango
LINEヤフー | LY | ヤフー, Zホールディングス
";

const CERTIFICATES: &str = "
AWS 認定ソリューションアーキテクト – アソシエイト | AWS | AWS SAA, SAA
AWS 認定ソリューションアーキテクト – プロフェッショナル | AWS | AWS SAP
基本情報技術者 | | 基本情報, FE
";

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::parse(LexiconSources {
        technologies: &[("technologies", TECHNOLOGIES)],
        companies: &[("companies", COMPANIES)],
        certificates: &[("certificates", CERTIFICATES)],
        ..LexiconSources::default()
    })
    .expect("the small lexicon obeys the rules")
});

#[track_caller]
fn check(text: &str, context: Context<'_>, expected: &[(&str, &str)]) {
    let found = LEXICON.find(text, context);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(
            |Found {
                 technology, span, ..
             }| (technology.as_str(), &text[span.clone()]),
        )
        .collect();
    assert_eq!(found, expected, "in {text:?} as {:?}", context.kind);
}

#[track_caller]
fn check_resolve(name: &str, expected: Option<&str>) {
    let resolved = LEXICON
        .resolve(name)
        .map(|resolved| resolved.technology.name.as_str());
    assert_eq!(resolved, expected, "{name:?}");
}

#[test]
fn a_latin_name_is_no_piece_of_another_word() {
    let prose = Context::PROSE;
    check("JavaScript", prose, &[("javascript", "JavaScript")]);
    check(
        "GoogleとDjangoとGo-lang",
        prose,
        &[("google", "Google"), ("django", "Django")],
    );
    check(
        "ASP.NETと.NET",
        prose,
        &[("asp.net", "ASP.NET"), (".net", ".NET")],
    );
    check("Node.js", prose, &[("node.js", "Node.js")]);
    check(
        "React Nativeを採用",
        prose,
        &[("react native", "React Native")],
    );
    check("リアクトル", prose, &[]);
    check(
        "ジャバスクリプト",
        prose,
        &[("javascript", "ジャバスクリプト")],
    );
    check("my_python_tool", prose, &[]);
}

#[test]
fn japanese_may_touch_a_latin_name() {
    let prose = Context::PROSE;
    check("AWS上で構築", prose, &[("aws", "AWS")]);
    check("ＡＷＳを利用", prose, &[("aws", "ＡＷＳ")]);
    check("Pythonで実装", prose, &[("python", "Python")]);
    check(
        "AWS Lambda(Python)",
        prose,
        &[("aws lambda", "AWS Lambda"), ("python", "Python")],
    );
}

#[test]
fn a_version_that_touches_the_name_is_in_the_span() {
    let list = Context::LIST;
    check("Python3", list, &[("python", "Python3")]);
    check("PHP7系", list, &[("php", "PHP7")]);
    check("Vue3", list, &[("vue.js", "Vue3")]);
    check("Java 8", list, &[("java", "Java")]);
    check("Go1.18〜1.20", list, &[("go", "Go1.18")]);
    check("Jenkins2", list, &[("jenkins", "Jenkins2")]);
    check("EC2", list, &[("amazon ec2", "EC2")]);
    check("C# 6.0", list, &[("c#", "C#")]);
    check("C99", list, &[("c", "C99")]);
}

#[test]
fn the_longest_name_wins() {
    let prose = Context::PROSE;
    check(
        "Spring Bootで開発",
        prose,
        &[("spring boot", "Spring Boot")],
    );
    check(
        "Ruby on Rails",
        prose,
        &[("ruby on rails", "Ruby on Rails")],
    );
    check(
        "Google Cloudの設計",
        prose,
        &[("google cloud", "Google Cloud")],
    );
    check(
        "AWSLambdaとAWS-Lambda",
        prose,
        &[("aws lambda", "AWSLambda"), ("aws lambda", "AWS-Lambda")],
    );
}

#[test]
fn spaces_and_hyphens_inside_a_name_are_loose() {
    for spelling in [
        "Docker Compose",
        "docker-compose",
        "DockerCompose",
        "docker compose",
    ] {
        check(spelling, Context::PROSE, &[("docker compose", spelling)]);
    }
    check(
        "RaspberryPi",
        Context::PROSE,
        &[("raspberry pi", "RaspberryPi")],
    );
    check(
        "Java Script",
        Context::PROSE,
        &[("javascript", "Java Script")],
    );
}

#[test]
fn a_letter_counts_in_lists_only() {
    let list = Context::LIST;
    check("C/C++", list, &[("c", "C"), ("c++", "C++")]);
    check("C、C++", list, &[("c", "C"), ("c++", "C++")]);
    check("C・Java", list, &[("c", "C"), ("java", "Java")]);
    check("C, C#, R", list, &[("c", "C"), ("c#", "C#"), ("r", "R")]);
    check("C", list, &[("c", "C")]);
    check("R 4.1", list, &[("r", "R")]);
    check("C言語で開発", Context::PROSE, &[("c", "C言語")]);
    check("D 言語での分析", Context::PROSE, &[("d", "D")]);
    check(
        "既存のC/C++を改修",
        Context::PROSE,
        &[("c", "C"), ("c++", "C++")],
    );
    check("C を使う", Context::PROSE, &[]);
}

#[test]
fn a_letter_that_means_something_else_never_counts() {
    for text in [
        "R&D",
        "C to C",
        "B to C",
        "CtoC",
        "A社",
        "C社",
        "有限会社C",
        "株式会社R",
        "ランクC",
        "C判定",
        "A、B、C",
        "C棟",
        "R5年度",
        "R1/5",
    ] {
        check(text, Context::LIST, &[]);
        check(text, Context::SKILL, &[]);
        check(text, Context::PROSE, &[]);
    }
}

#[test]
fn an_ordinary_word_needs_evidence_in_prose() {
    let prose = Context::PROSE;
    check("let's go next", prose, &[]);
    check("Go の話", prose, &[]);
    check("expressで届ける", prose, &[]);
    check("Goで開発", prose, &[("go", "Go")]);
    check("goで開発", prose, &[]);
    check("go言語で開発", prose, &[("go", "go")]);
    check("Rust を用いた開発", prose, &[("rust", "Rust")]);
    check("それのRustで書き直しました", prose, &[("rust", "Rust")]);
    check("Rustでの実装", prose, &[("rust", "Rust")]);
    check(
        "Go、TypeScriptを使い",
        prose,
        &[("go", "Go"), ("typescript", "TypeScript")],
    );
    check(
        "バックエンド(Go・Rust・Python)",
        prose,
        &[("go", "Go"), ("rust", "Rust"), ("python", "Python")],
    );
    check(
        "JavaとSpringの案件",
        prose,
        &[("java", "Java"), ("spring", "Spring")],
    );
    // What only code has is evidence; a season has neither cases nor versions.
    check("Springの案件", prose, &[("spring", "Spring")]);
    check("Springの話", prose, &[]);
    check("GoでAPIサーバを開発", prose, &[("go", "Go")]);
    check("Goで勝つ", prose, &[]);
    check(
        "サーバーサイド: Node, Express",
        prose,
        &[("node.js", "Node"), ("express", "Express")],
    );
    check("開発言語：C, Go", prose, &[("c", "C"), ("go", "Go")]);
    check("役割: Go", prose, &[]);
    check(
        "[express](https://expressjs.com/) を導入",
        prose,
        &[("express", "express")],
    );
    check(
        "Springの話",
        prose.below(&["java"]),
        &[("spring", "Spring")],
    );
}

#[test]
fn an_ordinary_word_counts_as_a_list_item() {
    for context in [Context::LIST, Context::SKILL] {
        check("Go", context, &[("go", "Go")]);
        check("go", context, &[("go", "go")]);
        check("Rust (★★★)", context, &[("rust", "Rust")]);
        check("Go 3年", context, &[("go", "Go")]);
        check("express", context, &[("express", "express")]);
        check("express checkoutの改修", context, &[]);
    }
    check(
        "AWS・C++・Go・Python・(Rust)",
        Context::LIST,
        &[
            ("aws", "AWS"),
            ("c++", "C++"),
            ("go", "Go"),
            ("python", "Python"),
            ("rust", "Rust"),
        ],
    );
}

#[test]
fn a_part_named_alone_needs_its_parent() {
    let list = Context::LIST;
    check("Lambda", list, &[]);
    check("Functions", list, &[]);
    check("Lambda", list.below(&["aws"]), &[("aws lambda", "Lambda")]);
    check(
        "AWS(Lambda, S3)",
        list,
        &[
            ("aws", "AWS"),
            ("aws lambda", "Lambda"),
            ("amazon s3", "S3"),
        ],
    );
    check(
        "S3, Lambda",
        list,
        &[("amazon s3", "S3"), ("aws lambda", "Lambda")],
    );
    check(
        "Azure: Functions",
        list,
        &[("azure", "Azure"), ("azure functions", "Functions")],
    );
    check(
        "GCP: Functions",
        list,
        &[("google cloud", "GCP"), ("cloud functions", "Functions")],
    );
    check(
        "azure functions",
        Context::PROSE,
        &[("azure functions", "azure functions")],
    );
}

#[test]
fn an_employer_is_no_mention() {
    for text in [
        "LINE株式会社",
        "Google合同会社",
        "アマゾンウェブサービスジャパン",
        "株式会社Docker",
        "Google社",
        "LINEヤフー株式会社",
        "Google, Inc.",
        "㈱ジャバ",
    ] {
        check(text, Context::PROSE, &[]);
        check(text, Context::LIST, &[]);
    }
    check("AWS社内勉強会", Context::PROSE, &[("aws", "AWS")]);
}

#[test]
fn addresses_and_files_are_no_mentions() {
    for text in [
        "https://python.org/docker",
        "www.python.org",
        "vue.com/example",
        "docker@example.com",
        "main.java",
        "@python",
        "/usr/bin/python",
    ] {
        check(text, Context::PROSE, &[]);
    }
    check(
        "[Django](https://www.djangoproject.com/)",
        Context::PROSE,
        &[("django", "Django")],
    );
    check(
        "[Agora.io](https://www.agora.io/en/)",
        Context::PROSE,
        &[("agora.io", "Agora.io")],
    );
}

#[test]
fn a_misspelt_name_is_found_as_written() {
    check("Elang/OTP", Context::LIST, &[("erlang", "Elang/OTP")]);
    check(
        "`Erlang/OTP` 製",
        Context::PROSE,
        &[("erlang", "Erlang/OTP")],
    );
    check(
        "環境構築に AWS CloudFromation を利用",
        Context::PROSE,
        &[("aws", "AWS"), ("aws cloudformation", "CloudFromation")],
    );
    check("Apacht", Context::LIST, &[("apache http server", "Apacht")]);
    check("SERVRE", Context::LIST, &[]);
    assert_eq!(LEXICON.find("Elang", Context::LIST)[0].via, MatchKind::Typo);
    assert_eq!(
        LEXICON.find("Erlang", Context::LIST)[0].via,
        MatchKind::Exact
    );
}

#[test]
fn a_certificate_is_about_its_own_technology() {
    check("AWS SAP", Context::LIST, &[("aws", "AWS")]);
    let certificate = |line| LEXICON.certificate(line).map(|found| found.name.as_str());
    assert_eq!(
        certificate("2020/05 AWS認定ソリューションアーキテクト-アソシエイト 取得"),
        Some("AWS 認定ソリューションアーキテクト – アソシエイト")
    );
    assert_eq!(
        certificate("基本情報技術者試験 合格"),
        Some("基本情報技術者")
    );
    assert_eq!(certificate("普通自動車免許"), None);
}

#[test]
fn a_whole_name_resolves() {
    for (name, expected) in [
        ("Python3", "Python"),
        ("PHP7系", "PHP"),
        ("Java 8", "Java"),
        ("Go1.18〜1.20", "Go"),
        ("C# 6.0", "C#"),
        ("Vue3", "Vue.js"),
        ("PHP[8.x]", "PHP"),
        ("C#(2.0～4.5)", "C#"),
        ("C言語", "C"),
        ("Go言語", "Go"),
        ("Erlang/OTP", "Erlang"),
        ("erlang/otp", "Erlang"),
        ("Elang/OTP", "Erlang"),
        ("アーラン", "Erlang"),
        ("あーらん", "Erlang"),
        ("Elang", "Erlang"),
        ("ＡＷＳ", "AWS"),
        ("CloudFromation", "AWS CloudFormation"),
        ("Lambda", "AWS Lambda"),
        ("Amazon Lambda", "AWS Lambda"),
        ("EC2", "Amazon EC2"),
        ("TypeScript（Deno）", "TypeScript"),
        ("C++11", "C++"),
        ("k8s", "Kubernetes"),
        ("PostgreSQL 9.6", "PostgreSQL"),
    ] {
        check_resolve(name, Some(expected));
    }
    for name in ["", "株式会社", "Functions", "zzz", "stack", "3", "S4"] {
        check_resolve(name, None);
    }
}

#[test]
fn a_name_of_its_own_is_no_misspelling() {
    for name in ["OpenFL", "Pythagoras", "Dockerless", "Reacts", "Kuberflow"] {
        check_resolve(name, None);
    }
}

#[test]
fn names_of_one_employer_have_one_key() {
    let key = |name| LEXICON.employer_key(name);
    for name in [
        "株式会社ドワンゴ",
        "ドワンゴ",
        "Dwango",
        "（株）ドワンゴ",
        "㈱ドワンゴ",
        "DWANGO Co., Ltd.",
    ] {
        assert_eq!(key(name), "ドワンゴ", "{name:?}");
    }
    assert_eq!(key("ヤフー株式会社"), key("LINEヤフー株式会社"));
    assert_ne!(key("株式会社あさぎ"), key("株式会社ハルニレ"));
    assert_eq!(
        LEXICON
            .company("㈱Dwango")
            .map(|company| company.name.as_str()),
        Some("ドワンゴ")
    );
    assert_eq!(LEXICON.company("株式会社あさぎ"), None);
}

#[test]
fn parts_are_found_at_any_depth() {
    let names = |key| -> Vec<&str> {
        LEXICON
            .parts_of(key)
            .into_iter()
            .map(|part| part.name.as_str())
            .collect()
    };
    assert_eq!(names("java"), ["Spring", "Spring Boot"]);
    assert_eq!(names("spring boot"), Vec::<&str>::new());
    assert_eq!(names("no such key"), Vec::<&str>::new());
    assert!(names("aws").contains(&"Amazon S3"));
}

#[test]
fn suggestions_begin_with_what_was_typed() {
    let names = |query| -> Vec<&str> {
        LEXICON
            .search(query)
            .into_iter()
            .map(|found| found.name.as_str())
            .collect()
    };
    assert_eq!(names("erl"), ["Erlang"]);
    assert_eq!(names("アー"), ["Erlang"]);
    assert_eq!(names("あーら"), ["Erlang"]);
    assert_eq!(names("java"), ["Java", "JavaScript"]);
    assert_eq!(names("lamb"), ["AWS Lambda"]);
    assert_eq!(names("Ｃ")[0], "C");
    assert_eq!(names(""), Vec::<&str>::new());
}

#[track_caller]
fn check_fault(technologies: &str, line: usize, expected: LexiconFault) {
    let error = Lexicon::parse(LexiconSources {
        technologies: &[("t", technologies)],
        ..LexiconSources::default()
    })
    .expect_err("the line breaks a rule");
    assert_eq!(
        (error.file.as_str(), error.line, error.reason),
        ("t", line, expected)
    );
}

#[test]
fn a_line_that_breaks_a_rule_is_refused() {
    use LexiconFault as Fault;
    let duplicate = |alias: &str, first: &str| Fault::DuplicateAlias {
        alias: alias.to_owned(),
        first: first.to_owned(),
    };
    check_fault(
        "A | LANGUAGE\nB | ANIMAL",
        2,
        Fault::UnknownKind("ANIMAL".to_owned()),
    );
    check_fault("A | LANGUAGE | | 95", 1, Fault::BadYear("95".to_owned()));
    check_fault(
        "A | LANGUAGE | | 199X",
        1,
        Fault::BadYear("199X".to_owned()),
    );
    check_fault("A | TOOL | Z", 1, Fault::Dangling("z".to_owned()));
    check_fault("A | TOOL | | | | Z", 1, Fault::Dangling("z".to_owned()));
    check_fault("A | TOOL\n\n# x\nＡ | TOOL", 4, duplicate("Ａ", "t:1"));
    check_fault(
        "A | TOOL | | | サーバー\nB | TOOL | | | ｻｰﾊﾞ",
        2,
        duplicate("ｻｰﾊﾞ", "t:1"),
    );
    check_fault("A | TOOL | | | X, X", 1, duplicate("X", "t:1"));
    check_fault(
        "A | TOOL | B\nB | TOOL | A",
        1,
        Fault::Cycle("A".to_owned()),
    );
    check_fault("A | TOOL | | | X@", 1, Fault::NoParent("X".to_owned()));
    check_fault("~~ | TOOL", 1, Fault::EmptyName);
    check_fault("A | TOOL | | | | | Z", 1, Fault::Dangling("z".to_owned()));
    let fields = Fault::TooManyFields {
        found: 8,
        allowed: 7,
    };
    check_fault("A | TOOL | | | | | x | y", 1, fields);
}

#[test]
fn a_part_s_alias_may_be_shared_where_the_parents_differ() {
    assert_eq!(LEXICON.resolve("Functions"), None);
    assert_eq!(
        LEXICON
            .technology("azure functions")
            .map(|found| found.kind),
        Some(TechnologyKind::Service)
    );
}

/// Long enough that reading it anew for each name would take minutes.
#[test]
fn one_long_line_is_read_whole() {
    #[track_caller]
    fn check(item: &str, context: Context<'_>, expected: usize) {
        const ITEMS: usize = 20_000;
        let text = item.repeat(ITEMS);
        assert_eq!(LEXICON.find(&text, context).len(), expected * ITEMS);
    }
    check("Java、Go/C、", Context::LIST, 3);
    check("Java、Go/C、", Context::PROSE, 3);
    check("AWS Functions S3 Lambda ", Context::LIST, 3);
    check("Next Go C ", Context::PROSE, 0);
    check("LINEヤフー", Context::PROSE, 0);
    check("Kubernetis ", Context::LIST, 1);
    check(",,,,,,,,", Context::LIST, 0);
}

#[test]
fn of_two_wholes_the_one_that_is_named_gives_the_meaning() {
    let list = Context::LIST;
    check_names("IAM", list, &[("Amazon IAM", "IAM")]);
    check_names(
        "Google Cloud, IAM",
        list,
        &[("Google Cloud", "Google Cloud"), ("Cloud IAM", "IAM")],
    );
    check_names(
        "EC2, IAM, Google Cloud",
        list,
        &[
            ("Amazon EC2", "EC2"),
            ("Amazon IAM", "IAM"),
            ("Google Cloud", "Google Cloud"),
        ],
    );
}

#[track_caller]
fn check_names(text: &str, context: Context<'_>, expected: &[(&str, &str)]) {
    let found = LEXICON.find(text, context);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|found| {
            let technology = LEXICON.technology(&found.technology).expect("it was found");
            (technology.name.as_str(), &text[found.span.clone()])
        })
        .collect();
    assert_eq!(found, expected, "in {text:?} as {:?}", context.kind);
}

proptest! {
    #[test]
    fn spans_slice_the_given_text(
        text in "[A-Za-zＡ-Ｚァ-ンｱ-ﾝﾞﾟ㍿㋀㈱(),./・、 0-9+#@_~-]{0,40}|\\PC{0,40}|(Go|C|C\\+\\+|AWS|Lambda|株式会社|社|言語|、|/| |\\(|3|サーバー|Elang|é|㍿|\n){0,12}",
    ) {
        for context in [Context::LIST, Context::SKILL, Context::PROSE.below(&["aws"])] {
            let mut last_end = 0;
            for found in LEXICON.find(&text, context) {
                prop_assert!(found.span.start >= last_end && !found.span.is_empty());
                prop_assert!(text.get(found.span.clone()).is_some());
                last_end = found.span.end;
            }
        }
        let _ = LEXICON.resolve(&text);
        let _ = LEXICON.certificate(&text);
        let _ = LEXICON.search(&text);
        let _ = LEXICON.employer_key(&text);
        let _ = shokureki_index::lexicon::is_anonymous_employer(&text);
        let _ = shokureki_index::lexicon::is_self_employment(&text);
    }
}

/// What the shipped files must give; the tests above have a lexicon of their own.
mod shipped {
    use super::*;

    #[track_caller]
    fn check(text: &str, context: Context<'_>, expected: &[(&str, &str)]) {
        let lexicon = Lexicon::builtin();
        let found = lexicon.find(text, context);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|found| {
                let technology = lexicon.technology(&found.technology).expect("it was found");
                (technology.name.as_str(), &text[found.span.clone()])
            })
            .collect();
        assert_eq!(found, expected, "in {text:?} as {:?}", context.kind);
    }

    #[test]
    fn the_files_obey_the_rules() {
        let lexicon = Lexicon::parse(Lexicon::SHIPPED).unwrap_or_else(|error| panic!("{error}"));
        assert!(lexicon.technologies().count() > 1000);
        assert!(lexicon.companies().count() > 500);
        assert!(lexicon.certificates().count() > 300);
    }

    #[test]
    fn every_name_resolves_to_its_own_entry() {
        let lexicon = Lexicon::builtin();
        for technology in lexicon.technologies() {
            let resolved = lexicon
                .resolve(&technology.name)
                .map(|resolved| resolved.technology);
            assert_eq!(resolved, Some(technology), "{}", technology.name);
            assert_eq!(lexicon.technology(&technology.key), Some(technology));
        }
        for company in lexicon.companies() {
            for name in company.aliases.iter().chain(&company.former) {
                assert_eq!(lexicon.employer_key(name), company.key, "{name}");
            }
        }
    }

    #[test]
    fn every_certificate_s_name_finds_it() {
        let lexicon = Lexicon::builtin();
        for certificate in lexicon.certificates() {
            let found = lexicon
                .certificate(&certificate.name)
                .map(|found| found.name.as_str());
            assert_eq!(found, Some(certificate.name.as_str()));
        }
    }

    #[test]
    fn lists_of_well_known_names_are_read_whole() {
        let list = Context::LIST;
        check("Elang/OTP", list, &[("Erlang", "Elang/OTP")]);
        check("Python3", list, &[("Python", "Python3")]);
        check("Lambda", list.below(&["aws"]), &[("AWS Lambda", "Lambda")]);
        check(
            "Elemental",
            list.below(&["aws"]),
            &[("AWS Elemental", "Elemental")],
        );
        check("React.js", list, &[("React", "React.js")]);
        check(
            "AWS・C++・Go・Python・(Rust)",
            list,
            &[
                ("AWS", "AWS"),
                ("C++", "C++"),
                ("Go", "Go"),
                ("Python", "Python"),
                ("Rust", "Rust"),
            ],
        );
        check(
            "言語：Python（Django）, JavaScript（Backbone.js）",
            list,
            &[
                ("Python", "Python"),
                ("Django", "Django"),
                ("JavaScript", "JavaScript"),
                ("Backbone.js", "Backbone.js"),
            ],
        );
    }

    #[test]
    fn suggestions_may_be_typed_as_they_sound() {
        #[track_caller]
        fn check(query: &str, expected: &str) {
            let found = Lexicon::builtin().search(query);
            assert!(
                found.iter().any(|technology| technology.name == expected),
                "{query:?} gives no {expected:?}"
            );
        }
        check("kuba", "Kubernetes");
        check("kubanetisu", "Kubernetes");
        check("くばね", "Kubernetes");
        check("dokka", "Docker");
        check("paison", "Python");
        check("あまぞ", "AWS");
    }

    #[test]
    fn products_of_a_family_are_told_apart() {
        let list = Context::LIST;
        for name in [
            ".NET Framework",
            "Akka HTTP",
            "Google Sheets",
            "Cloudflare Tunnel",
            "Sudachi",
            "Lambda@Edge",
            "COM+",
            "Pro*C",
            "S2JDBC",
            "NetCOBOL",
            "ClojureScript",
            "Deno Deploy",
            "tidyverse",
            "Android Debug Bridge",
        ] {
            check(name, list, &[(name, name)]);
        }
        check("ADB", list, &[("Android Debug Bridge", "ADB")]);
        check("LINE Bot", list, &[("LINE Messaging API", "LINE Bot")]);
        check("Juniper", list, &[("Juniper", "Juniper")]);
        check("Apache Hadoop", list, &[("Hadoop", "Apache Hadoop")]);
        check(
            "GCP（IAM、VPC）",
            list,
            &[
                ("Google Cloud", "GCP"),
                ("Google Cloud IAM", "IAM"),
                ("Google VPC", "VPC"),
            ],
        );
        check(
            "AWS（EC2、IAM）、GCP",
            list,
            &[
                ("AWS", "AWS"),
                ("Amazon EC2", "EC2"),
                ("AWS IAM", "IAM"),
                ("Google Cloud", "GCP"),
            ],
        );
        check(
            "ExcelVBA、Access VBA",
            list,
            &[
                ("Microsoft Excel", "Excel"),
                ("VBA", "VBA"),
                ("Microsoft Access", "Access"),
                ("VBA", "VBA"),
            ],
        );
    }

    #[test]
    fn sentences_name_what_they_name() {
        let prose = Context::PROSE;
        check(
            "環境構築に AWS CloudFromation を利用",
            prose,
            &[("AWS", "AWS"), ("AWS CloudFormation", "CloudFromation")],
        );
        check(
            "既存のC++のコードをRustで書き直しました。",
            prose,
            &[("C++", "C++"), ("Rust", "Rust")],
        );
        check("LINE株式会社で社内システムを担当", prose, &[]);
        check("ランクCの顧客をA社とC社に分けた", prose, &[]);
    }

    #[test]
    fn a_capitalized_word_that_one_works_with_is_a_name() {
        let prose = Context::PROSE;
        check(
            "Charlesで通信を書き換え、結果は Miro に貼った。",
            prose,
            &[("Charles", "Charles"), ("Miro", "Miro")],
        );
        check("計測は Amplitude。", prose, &[("Amplitude", "Amplitude")]);
        check("Echo v4で書き直した", prose, &[("Echo", "Echo")]);
        check("C# の UWP。", prose, &[("C#", "C#"), ("UWP", "UWP")]);
        check(
            "Puma から Unicorn へ切り替え",
            prose,
            &[("Puma", "Puma"), ("Unicorn", "Unicorn")],
        );
        check(
            "不具合票の書き方(Mantis)、GrADS のスクリプト、KVMの上",
            prose,
            &[("Mantis", "Mantis"), ("GrADS", "GrADS"), ("KVM", "KVM")],
        );
        check("新作RPGの画面、速さ(Swift)", prose, &[]);
        check("Express に出向し、Express で勤務", prose, &[]);
        check("Sales Linear を導入", prose, &[]);
        check("取引先は Linear。", prose, &[]);
    }

    #[test]
    fn a_company_and_a_common_term_need_a_list() {
        check("STORES を経て freee で働く", Context::PROSE, &[]);
        check("CSVの出力とVPNの接続", Context::PROSE, &[]);
        check("CSV、VPN", Context::LIST, &[("CSV", "CSV"), ("VPN", "VPN")]);
    }

    #[test]
    fn names_without_separators_are_a_list() {
        check(
            "typescript react storybook chromatic vite",
            Context::PROSE,
            &[
                ("TypeScript", "typescript"),
                ("React", "react"),
                ("Storybook", "storybook"),
                ("Chromatic", "chromatic"),
                ("Vite", "vite"),
            ],
        );
        check(
            "Snowflake provider Terraform",
            Context::PROSE,
            &[("Snowflake", "Snowflake"), ("Terraform", "Terraform")],
        );
    }

    #[test]
    fn a_name_of_two_words_is_corrected_as_one() {
        let list = Context::LIST;
        check(
            "Cloud Spaner",
            list,
            &[("Google Cloud Spanner", "Cloud Spaner")],
        );
        check("ORCID: 0000-0000", list, &[]);
    }

    #[test]
    fn a_series_is_its_maker_s_beside_the_maker() {
        check(
            "Cisco(Catalyst、Nexus)",
            Context::LIST,
            &[
                ("Cisco", "Cisco"),
                ("Cisco Catalyst", "Catalyst"),
                ("Cisco Nexus", "Nexus"),
            ],
        );
    }
}

#[test]
fn what_is_not_used_without_a_technology_implies_it() {
    let lexicon = Lexicon::builtin();
    let names = |key: &str| -> Vec<&str> {
        let implying = lexicon.implying(key).into_iter();
        implying
            .map(|technology| technology.name.as_str())
            .collect()
    };
    assert!(names("php").contains(&"Laravel"), "{:?}", names("php"));
    // Spring may be written in Kotlin, and React Native is not for the web.
    assert!(!names("java").contains(&"Spring Boot"));
    assert!(!names("react").contains(&"React Native"));
    // A part is found as such.
    let is_part = |part: &str, whole: &str| {
        lexicon
            .parts_of(whole)
            .iter()
            .any(|technology| technology.key == part)
    };
    for technology in lexicon.technologies() {
        for whole in &technology.implies {
            assert!(
                !is_part(&technology.key, whole),
                "{} of {whole}",
                technology.name
            );
        }
    }
}
