//! What plain requests ask for.

mod wishes;

use shokureki_index::lexicon::Lexicon;

use super::super::clause;
use super::super::print::Language;
use super::super::syntax::{Node, parse};

/// `expected`: words bare, words that exclude nobody behind `~`, conditions in the search language.
#[track_caller]
fn check(request: &str, expected: &str) {
    let node = super::read(parse(request).expect("a request"), Lexicon::builtin());
    assert_eq!(written(&node), expected, "{request}");
}

fn written(node: &Node) -> String {
    let list = |nodes: &[Node], separator: &str| {
        let nodes: Vec<String> = nodes.iter().map(written).collect();
        nodes.join(separator)
    };
    match node {
        Node::Word(term) => term.text.clone(),
        Node::Prefix(term) => format!("{}*", term.text),
        Node::Weak(term, _) => format!("~{}", term.text),
        Node::Phrase(term) => format!("\"{}\"", term.text),
        Node::Condition(filter, _) => clause::condition(filter, Language::English),
        Node::Recognized(recognized) => clause::condition(&recognized.filter, Language::English),
        Node::Not(node) => format!("-{}", written(node)),
        Node::All(nodes) => list(nodes, " "),
        Node::Any(nodes) => format!("({})", list(nodes, " OR ")),
    }
}

#[test]
fn amounts_belong_to_technologies() {
    check("Rust を2年以上", "tech:Rust>=24m");
    check("Rust2年以上", "tech:Rust>=24m");
    check("Rust 2年以上", "tech:Rust>=24m");
    check("Rust 2 年 以上", "tech:Rust>=24m");
    check("Rustを２年以上", "tech:Rust>=24m");
    check("Rust歴2年", "tech:Rust>=24m ~歴");
    check("Java 10年以上", "tech:Java>=120m");
    check("Java10年以上", "tech:Java>=120m");
    check("Java 10年以上の経験", "tech:Java>=120m ~経験");
    check("Java経験10年以上", "tech:Java>=120m ~経験");
    check("Java経験 10年以上", "tech:Java>=120m ~経験");
    check("Javaの実務経験3年以上", "tech:Java>=36m ~実務経験");
    check("Java実務3年", "tech:Java>=36m ~実務");
    check("10年以上のJava経験", "tech:Java>=120m ~経験");
    check("3年以上 Python", "tech:Python>=36m");
    check("3年以上Python", "tech:Python>=36m");
    check("Python3年以上", "tech:Python>=36m");
    check("Python 3年以上", "tech:Python>=36m");
    check("Python3 2年以上", "tech:Python3>=24m");
    check("Go言語3年", "tech:Go言語>=36m");
    check("C++ 5年以上", "tech:C++>=60m");
    check("C# 5年", "tech:C#>=60m");
    check("Rust 半年以上", "tech:Rust>=6m");
    check("Rust 6ヶ月", "tech:Rust>=6m");
    check("Rust 1年半", "tech:Rust>=18m");
    check("Rust 三年以上", "tech:Rust>=36m");
    check("AWS Lambda 2年以上", "tech:\"AWS Lambda\">=24m");
    check("Ruby on Rails 3年以上", "tech:\"Ruby on Rails\">=36m");
    check("Ruby on Rails3年以上", "tech:\"Ruby on Rails\">=36m");
    check("Rust 2年以上 Go 1年以上", "tech:Rust>=24m tech:Go>=12m");
    check("Rust2年以上、Go1年以上", "tech:Rust>=24m tech:Go>=12m");
    check(
        "3年以上Rust 5年以上Python",
        "tech:Rust>=36m tech:Python>=60m",
    );
    check("Rust 3年 AWS", "tech:Rust>=36m AWS");
    check("AWS Rust 3年", "AWS tech:Rust>=36m");
    check(
        "ReactとTypeScriptを3年以上",
        "tech:React>=36m tech:TypeScript>=36m",
    );
    check("Kubernates 2年以上", "tech:Kubernates>=24m");
    check("3+ years Rust", "tech:Rust>=36m");
    check("Rust 3 years", "tech:Rust>=36m");
    check("Rust 3年未満", "Rust ~3年未満");
    check("10年前から Java", "10年前から Java");
    check("10年以上", "10年以上");
}

#[test]
fn points_of_time_bind_to_what_stands_beside_them() {
    check("AWS 2020年以降 実務", "{tech:AWS period:2020..} ~実務");
    check("AWS 2020年以降", "{tech:AWS period:2020..}");
    check("AWS2020年以降", "{tech:AWS period:2020..}");
    check("AWS 2020以降", "{tech:AWS period:2020..}");
    check("2020年以降 AWS", "{tech:AWS period:2020..}");
    check("2020年以降のAWS経験", "{tech:AWS period:2020..} ~経験");
    check("2020年4月からAWS", "{tech:AWS period:2020-04..}");
    check(
        "2015年以前から Ruby on Rails",
        "{tech:\"Ruby on Rails\" period:..2015}",
    );
    check(
        "2015年以前からRuby on Rails",
        "{tech:\"Ruby on Rails\" period:..2015}",
    );
    check(
        "Ruby on Rails 2015年以前",
        "{tech:\"Ruby on Rails\" period:..2015}",
    );
    check(
        "2016年から2019年まで Erlang",
        "{tech:Erlang period:2016..2019}",
    );
    check("Erlang 2016年〜2019年", "{tech:Erlang period:2016..2019}");
    check("Erlang 2016〜2019年", "{tech:Erlang period:2016..2019}");
    check("2018年頃にErlang", "{tech:Erlang period:2018..2018}");
    check("2018年のErlang", "{tech:Erlang period:2018..2018}");
    check("平成28年以降 Go", "{tech:Go period:2016..}");
    check("令和元年から Go", "{tech:Go period:2019..}");
    check("Rust 2年以上 2020年以降", "{tech:Rust>=24m period:2020..}");
    check("ドワンゴ 2016年以降", "{employer:ドワンゴ period:2016..}");
    check("決済 2020年以降", "{period:2020.. text:決済}");
    check("2020年以降", "period:2020..");
    check("2020年", "period:2020..2020");
    check("直近3年 Erlang", "{tech:Erlang period:last3y}");
    check("Erlang 直近3年", "{tech:Erlang period:last3y}");
    check("直近3年でErlang", "{tech:Erlang period:last3y}");
    check("2020", "2020");
    check(
        "LINE 2020年以降",
        "({tech:LINE period:2020..} OR {employer:LINE period:2020..})",
    );
}

#[test]
fn words_of_tenure_make_an_employer() {
    check("Google 出身", "{employer:Google tenure:past}");
    check("Google出身", "{employer:Google tenure:past}");
    check("Google出身者", "{employer:Google tenure:past}");
    check("元Google", "{employer:Google tenure:past}");
    check("元 Google", "{employer:Google tenure:past}");
    check("前職がGoogle", "{employer:Google tenure:past}");
    check("Google OB", "{employer:Google tenure:past}");
    check("ドワンゴ 在籍", "employer:ドワンゴ");
    check("ドワンゴ在籍", "employer:ドワンゴ");
    check("ドワンゴに在籍していた人", "employer:ドワンゴ ~人");
    check("ドワンゴ 在籍中", "{employer:ドワンゴ tenure:current}");
    check("ドワンゴ現職", "{employer:ドワンゴ tenure:current}");
    check("現職 ドワンゴ", "{employer:ドワンゴ tenure:current}");
    check(
        "現職がドワンゴの人",
        "{employer:ドワンゴ tenure:current} ~人",
    );
    check("ドワンゴ 勤務中", "{employer:ドワンゴ tenure:current}");
    check("ドワンゴ勤務経験", "employer:ドワンゴ");
    check("ドワンゴで働いていた人", "employer:ドワンゴ ~人");
    check("ドワンゴを退職", "{employer:ドワンゴ tenure:past}");
    check("ドワンゴ卒業", "{employer:ドワンゴ tenure:past}");
    check("LINE 在籍", "employer:LINE");
    check("LINE在籍", "employer:LINE");
    check("LINE株式会社 在籍", "employer:LINE株式会社");
    check("株式会社くぬぎ", "employer:株式会社くぬぎ");
    check("株式会社くぬぎ Java", "employer:株式会社くぬぎ Java");
    check("有限会社Cで", "employer:有限会社C");
    check("有限会社くぬぎでは Java", "employer:有限会社くぬぎ Java");
    check("くぬぎソフト 在籍", "employer:くぬぎソフト");
    check("くぬぎソフト在籍", "employer:くぬぎソフト");
    check(
        "株式会社くぬぎ出身",
        "{employer:株式会社くぬぎ tenure:past}",
    );
    check("元クヌギソフト", "{employer:クヌギソフト tenure:past}");
    check(
        "サイボウズ 出身 Java",
        "{employer:サイボウズ tenure:past} Java",
    );
    check("Oracle 出身", "{employer:Oracle tenure:past}");
    check(
        "Google出身 Go 3年以上",
        "{employer:Google tenure:past} tech:Go>=36m",
    );
    check("DMM 系", "employer:\"DMM*\"");
    check("DMM系", "employer:\"DMM*\"");
    check("リクルート系", "employer:\"リクルート*\"");
    check("リクルートグループ", "employer:\"リクルート*\"");
    check("リクルート 系 Java", "employer:\"リクルート*\" Java");
    check("ドワンゴでErlang", "{tech:Erlang employer:ドワンゴ}");
    check(
        "ドワンゴでErlang 2年以上",
        "{tech:Erlang>=24m employer:ドワンゴ}",
    );
    check("ドワンゴ時代にErlang", "{tech:Erlang employer:ドワンゴ}");
    check(
        "ドワンゴで2016年からErlang",
        "{tech:Erlang employer:ドワンゴ period:2016..}",
    );
    check("LINEでKotlin", "{tech:Kotlin employer:LINE}");
    check("Rust 在籍", "Rust ~在籍");
    check("在籍", "在籍");
    check("元気", "元気");
    check("元請け", "元請け");
    check("Web系", "Web系");
    check("業務系", "業務系");
    check("金融系", "(金融系 OR 金融)");
    check("SIer系", "SIer系");
}

#[test]
fn a_name_of_both_kinds_is_settled_by_its_neighbours() {
    check("LINE", "LINE");
    check("LINE bot", "LINE bot");
    check("LINE 連携", "tech:LINE 連携");
    check("LINEログイン機能", "LINEログイン機能");
    check("LINE Kotlin", "tech:LINE Kotlin");
    check("Oracle Java", "tech:Oracle Java");
    check("GitHub Actions", "GitHub Actions");
    check("Salesforce 3年以上", "tech:Salesforce>=36m");
    check("サイボウズ", "サイボウズ");
    check("Zoom 勤務", "employer:Zoom");
    check("Box 勤務", "employer:Box");
    check("LINEボット 開発", "LINEボット ~開発");
}

#[test]
fn residence_is_a_place() {
    check("東京在住 Go", "location:東京 Go");
    check("東京在住", "location:東京");
    check("東京都在住", "location:東京都");
    check("東京 在住", "location:東京");
    check("大阪府在住のGoエンジニア", "location:大阪府 Go ~エンジニア");
    check("三鷹在住", "location:三鷹");
    check("福岡に住んでいる", "location:福岡");
    check("横浜住み Java", "location:横浜 Java");
    check("東京 Go", "東京 Go");
    check("東京勤務 Go", "東京 ~勤務 Go");
}

#[test]
fn grades_are_asked_for_in_words() {
    check("Rust 経験（趣味可）", "{tech:Rust grade:personal} ~経験");
    check("Rust（趣味可）", "{tech:Rust grade:personal}");
    check("Rust (趣味可)", "{tech:Rust grade:personal}");
    check("Rust 趣味でも可", "{tech:Rust grade:personal}");
    check("Rust 個人開発可", "{tech:Rust grade:personal}");
    check("Rust 学習中可", "{tech:Rust grade:learning}");
    check("Rust 実務経験必須", "{tech:Rust grade:worked}");
    check("Rust 実務のみ", "{tech:Rust grade:worked}");
}

#[test]
fn glued_words_are_cut() {
    check("Javaエンジニア", "Java ~エンジニア");
    check("Rust経験", "Rust ~経験");
    check("Rust 経験", "Rust ~経験");
    check("Rustの経験がある方", "Rust ~経験がある ~方");
    check("Rust経験者", "Rust ~経験者");
    check("AWS運用経験", "AWS ~運用経験");
    check("AWSの運用", "AWS ~運用");
    check("AWS設計経験", "AWS ~設計 ~経験");
    check("AWS 構築経験", "AWS ~構築 ~経験");
    check("Pythonで機械学習", "Python 機械学習");
    check("Pythonでデータ分析", "Python データ分析");
    check("Pythonを使ったデータ分析", "Python データ分析");
    check("ReactとTypeScriptができる人", "React TypeScript ~できる人");
    check("ReactやVue.jsが書ける人", "React Vue.js ~書ける人");
    check("PM経験", "PM ~経験");
    check("ゲーム業界", "ゲーム ~業界");
    check("アプリ開発経験", "アプリ開発 ~経験");
    check("Go言語", "Go言語");
    check("Go言語経験者", "Go言語 ~経験者");
    check("C#.NET", "C#.NET");
    check("Kubernates EKS", "Kubernates EKS");
    check("Kubernates経験", "Kubernates ~経験");
    check("TypeScriptエンジニア募集", "TypeScript ~エンジニア ~募集");
    // A role of that name is asked for, not all who have its first word.
    check("バックエンドエンジニア", "バックエンドエンジニア");
    check("データエンジニア経験者 dbt", "データエンジニア ~経験者 dbt");
    check("くぬぎエンジニア", "くぬぎ ~エンジニア");
    check("AWS基盤更改", "(AWS基盤更改 OR AWS 基盤更改)");
    check("S3互換API", "S3互換API");
    check("分散KVS", "分散KVS");
    check("Azure 構築", "Azure ~構築");
    check("オンプレミス 構築", "オンプレミス 構築");
    check("運用保守", "運用保守");
    check("運用", "運用");
    check("決済", "決済");
    check("実務経験", "~実務経験");
    check(
        "データ分析基盤の構築",
        "(データ分析基盤の構築 OR データ分析基盤)",
    );
    check(
        "証券会社向けの画面と帳票",
        "(証券会社向けの画面と帳票 OR 証券会社 画面 帳票)",
    );
    check("ゲームでUnity", "ゲーム Unity");
    check("海の見える丘", "海の見える丘");
    check("共済システム", "(共済システム OR 共済)");
    check("業務システム", "業務システム");
    check("Rustを使っている方", "Rust ~を使っている ~方");
    check("Rustで組んでる方", "Rust ~組んでる方");
    check("CI/CD", "CI/CD");
    check("A/Bテスト", "A/Bテスト");
    check("TCP/IP", "TCP/IP");
    check("OAuth2.0", "OAuth2.0");
}

#[test]
fn scores_belong_to_certificates() {
    check("TOEIC 800点以上", "cert:TOEIC>=800");
    check("TOEIC800点以上", "cert:TOEIC>=800");
    check("TOEIC 800点", "cert:TOEIC>=800");
    check("TOEIC 800以上", "cert:TOEIC>=800");
    check("TOEIC800以上", "cert:TOEIC>=800");
    check("TOEIC 800", "cert:TOEIC>=800");
    check("TOEICで800点以上", "cert:TOEIC>=800");
    check("ＴＯＥＩＣ　８００点以上", "cert:ＴＯＥＩＣ>=800");
    check("Go TOEIC 800点以上の方", "Go cert:TOEIC>=800 ~の方");
    check("TOEIC", "TOEIC");
    check("800点以上", "800点以上");
}

#[test]
fn certificates_are_of_what_stands_before_them() {
    check("AWS認定資格", "cert:AWS");
    check("Javaの資格", "cert:Java");
    check("Google Cloud 認定 Go", "cert:\"Google Cloud\" Go");
    check("基本情報 資格", "基本情報 ~資格");
    check("資格", "資格");
}

#[test]
fn education_is_a_level_or_a_school() {
    check("高専卒", "school:高専");
    check("高専", "school:高専");
    check("高専卒 C言語", "school:高専 C言語");
    check("院卒", "school:大学院");
    check("大学院卒", "school:大学院");
    check("修士", "school:修士");
    check("修士課程修了", "school:修士");
    check("博士号", "school:博士");
    check("大卒", "school:大学");
    check("専門学校卒", "school:専門学校");
    check("高卒", "school:高校");
    check("架空大学卒", "school:架空大学");
    check("架空大学出身", "school:架空大学");
    check("架空大学 卒業", "school:架空大学");
    check("架空大学", "架空大学");
    check("卒", "卒");
}

#[test]
fn lists_are_read() {
    check("Rust、Go", "Rust Go");
    check("Rust,Go", "Rust Go");
    check("Rust・Go", "Rust Go");
    check("Rust/Go", "(Rust OR Go)");
    check("Rust または Go", "(Rust OR Go)");
    check("RustまたはGo", "(Rust OR Go)");
    check("RustかGo", "(Rust OR Go)");
    check("Java/Kotlin 3年以上", "tech:(Java OR Kotlin)>=36m");
    check("決済または物流", "決済または物流");
    check("Go以外", "-Go");
    check("Java Go以外", "Java -Go");
    check("Go を除く", "-Go");
}

#[test]
fn the_search_language_is_left_alone() {
    check("\"Rust2年以上\"", "\"Rust2年以上\"");
    check("「Google 出身」", "\"Google 出身\"");
    check("tech:Rust 2020年以降", "tech:Rust period:2020..");
    check("{tech:Rust 配信}", "{tech:Rust text:配信}");
    check("-Google", "-Google");
    check("Rust2年以上 OR Go", "(tech:Rust>=24m OR Go)");
    check(
        "(Rust2年以上 OR Go) AWS経験",
        "(tech:Rust>=24m OR Go) AWS ~経験",
    );
}

proptest::proptest! {
    #[test]
    fn any_request_is_read(request in "[RustGo言語をにで年月日以上降前元現職在籍住系 ３2020ヶ（）/、経験のLINE株式会社出身TOEIC点C+#.]{0,30}", any in "\\PC{0,40}") {
        for request in [request, any] {
            if let Ok(node) = parse(&request) {
                let _ = super::read(node, Lexicon::builtin());
            }
        }
    }
}

#[test]
fn words_that_exclude_are_understood_wherever_they_stand() {
    check("PHPなし", "-PHP");
    check("PHP抜き", "-PHP");
    check("PHP は除く", "-PHP");
    check("PHPを除くWebエンジニア", "-PHP Webエンジニア");
    check(
        "Vue または Angular、ただし React は除く",
        "(Vue OR Angular ~ただし) -React",
    );
    // A typed operator stays where it was put.
    check("Vue OR Angular -React", "(Vue OR Angular -React)");
    check("Go React経験なしでも可", "Go ~React ~経験 ~なしでも可");
}

#[test]
fn an_amount_belongs_to_the_technology_of_its_clause() {
    check(
        "Goを使ったバックエンド開発の経験が3年以上あり、AWSの構築もできるエンジニア",
        "tech:Go>=36m バックエンド ~開発 ~経験 ~あり AWS ~構築 ~できるエンジニア",
    );
    check(
        "Go バックエンド 3年以上 AWS",
        "tech:Go>=36m バックエンド AWS",
    );
}

#[test]
fn a_sentence_is_cut_at_its_commas() {
    check(
        "Kotlinでのサーバーサイド開発経験がある方で、東京都在住の方",
        "Kotlin サーバーサイド ~開発経験 ~ある ~方 location:東京都 ~方",
    );
}

#[test]
fn kinds_of_employers_are_no_names() {
    check("役場 勤務", "employer:役場");
    check("SIer出身 Java", "{employer:SIer tenure:past} Java");
    check("受託開発企業 出身", "{employer:受託開発企業 tenure:past}");
    check("くぬぎ銀行 出身", "{employer:くぬぎ銀行 tenure:past}");
}

#[test]
fn a_name_may_end_in_an_ordinary_word() {
    check("くぬぎ技術に在籍していた人", "employer:くぬぎ技術 ~人");
    check("くぬぎ開発 出身", "{employer:くぬぎ開発 tenure:past}");
}

#[test]
fn english_sentences_ask_for_their_names() {
    check(
        "Looking for a Go engineer with AWS experience",
        "~Looking ~for ~a Go ~engineer ~with AWS ~experience",
    );
    check("at least 3 years of C#", "~at ~least ~of tech:C#>=36m");
}

#[test]
fn a_request_of_generic_words_excludes_nobody() {
    check(
        "開発経験のあるエンジニアを探しています",
        "~開発経験 ~ある ~エンジニア ~探しています",
    );
}

#[test]
fn names_side_by_side_stay_apart() {
    check("Go&AWS", "Go AWS");
    check("C&C++", "C C++");
    check("R&D", "R&D");
    check("Go(3年以上) AWS(1年以上)", "tech:Go>=36m tech:AWS>=12m");
    check("【必須】Go 【歓迎】AWS", "~必須 Go ~歓迎 ~AWS");
    check("Java NG", "-Java");
    check("Kotlin Java不可", "Kotlin -Java");
    check("Go リモート不可", "Go リモート ~不可");
    check("PHPは対象外 Ruby", "-PHP Ruby");
    check("メーカー勤務 C++", "employer:メーカー C++");
}

#[test]
fn a_number_behind_a_certificate_is_its_score() {
    check("TOEIC>=800", "cert:TOEIC>=800");
    check("TOEIC≧800", "cert:TOEIC>=800");
    check("TOEIC 800↑", "cert:TOEIC>=800");
    check("Go>=24", "tech:Go>=24m");
}

#[test]
fn alternatives_share_an_amount() {
    check(
        "Go または Java での開発経験3年以上",
        "tech:(Go OR Java)>=36m ~開発経験",
    );
    check("Go または Kotlin AWS", "(Go OR Kotlin AWS)");
    check("Go || Rust", "(Go OR Rust)");
}

#[test]
fn what_an_advertisement_welcomes_excludes_nobody() {
    check(
        "【必須】Go 【歓迎】Kubernetes、AWS",
        "~必須 Go ~歓迎 ~Kubernetes ~AWS",
    );
    check(
        "必須 Go 尚可 AWS 必須 Terraform",
        "~必須 Go ~尚可 ~AWS ~必須 Terraform",
    );
    check(
        "【必須】Go または Java 3年以上 【歓迎】AWS",
        "~必須 tech:(Go OR Java)>=36m ~歓迎 ~AWS",
    );
    check("Go 経験者歓迎", "Go ~経験者 ~歓迎");
}

#[test]
fn roles_stand_behind_signs_and_particles() {
    check("PM/PL", "(PM OR PL)");
    check("iOSエンジニア", "iOS ~エンジニア");
    check(
        "フリーランスの組込みエンジニア",
        "フリーランス 組込みエンジニア",
    );
    check(
        "フリーランスの Rails エンジニア",
        "フリーランス Rails ~エンジニア",
    );
    check("運用リーダー", "運用リーダー");
}

#[test]
fn ornaments_and_closing_signs_say_nothing() {
    check("🙏Goできる人🙏", "Go ~できる人");
    check("Python(データ分析)", "Python データ分析");
    check("■必須 Go", "~必須 Go");
}

#[test]
fn sentences_end_their_verbs_in_many_ways() {
    check(
        "サーバーサイドをGoで書けて、AWSとTerraformも触れる方を探しています",
        "サーバーサイド Go ~書けて AWS Terraform ~触れる方 ~探しています",
    );
}
