//! What requests welcome, do not need, deny, and cannot ask for.

use super::check;

#[test]
fn what_is_welcome_excludes_nobody() {
    check("Go必須、AWS歓迎", "Go ~必須 ~AWS ~歓迎");
    check("Go AWS 歓迎", "Go ~AWS ~歓迎");
    check(
        "Go経験者、AWSやGCPの経験があれば尚可",
        "Go ~経験者 ~AWS ~GCP ~経験 ~があれば尚可",
    );
    check("Go、AWS歓迎", "Go ~AWS ~歓迎");
    check("Go 歓迎：AWS、Kubernetes", "Go ~歓迎 ~AWS ~Kubernetes");
    check("歓迎条件 AWS 必須条件 Go", "~歓迎条件 ~AWS ~必須条件 Go");
    check("Go、できればRustも", "Go ~できれば ~Rust");
    // What is welcome alone is what is asked for.
    check("AWS経験者歓迎", "AWS ~経験者 ~歓迎");
}

#[test]
fn what_is_not_needed_excludes_nobody() {
    check("Java Spring未経験可", "Java ~Spring ~未経験可");
    check("Rubyは不問 Go", "~Ruby ~は不問 Go");
    check("Rustができれば Go", "Rust ~ができれば Go");
    check(
        "Goの人、Javaは書けなくても可",
        "Go ~人 ~Java ~は書けなくても可",
    );
    // It is said of the whole, and not of the word before it.
    check("Java SES 未経験可", "Java SES ~未経験可");
    check("Go 学歴不問", "Go ~学歴不問");
    check("Rust実務未経験可", "{tech:Rust grade:personal}");
}

#[test]
fn what_is_denied_in_other_words_is_excluded() {
    check("Goは書けないけどRustは書ける人", "-Go Rust ~書ける人");
    check("AngularではなくReact", "-Angular React");
    check("Java未経験", "-Java");
    check("Kotlin経験者でJavaは未経験の人", "Kotlin ~経験者 -Java ~人");
    check("React だけでなく Vue も", "React Vue");
    check(
        "デザイナーではなくエンジニア",
        "-role:デザイナー ~エンジニア",
    );
    check("SQLを使わない", "-SQL");
}

#[test]
fn what_cannot_be_told_is_left_out() {
    check(
        "30代 年収600万 Javaエンジニア",
        "~30代 ~年収600万 Java ~エンジニア",
    );
    check("20代〜30代のGoエンジニア", "~20代〜30代 Go ~エンジニア");
    check(
        "即日稼働できるPHPエンジニア",
        "~即日稼働 ~できる PHP ~エンジニア",
    );
    check("女性 Ruby", "~女性 Ruby");
    check("週3日 リモート Go", "~週3日 リモート Go");
    check("単価80万円 AWS", "~単価80万円 AWS");
    check("女性向けサービス", "(女性向けサービス OR 女性)");
    check("30代", "~30代");
    check("30代の女性", "~30代 ~女性");
}

#[test]
fn what_somebody_was_is_no_employer() {
    check(
        "デザイナー出身のフロントエンドエンジニア",
        "デザイナー ~出身の フロントエンドエンジニア",
    );
    check("営業出身 Go", "営業 ~出身 Go");
    check("理系出身", "理系 ~出身");
    check("くぬぎ商事 出身", "{employer:くぬぎ商事 tenure:past}");
}

#[test]
fn higher_grades_of_a_certificate_are_enough() {
    check(
        "日商簿記2級以上",
        "(cert:日商簿記検定2級 OR cert:日商簿記検定1級)",
    );
    check(
        "統計検定 準一級以上 Python",
        "(cert:統計検定準1級 OR cert:統計検定1級) Python",
    );
    check("TOEIC 800以上", "cert:TOEIC>=800");
    check(
        "日本語N2以上",
        "(cert:\"日本語能力試験 N2\" OR cert:\"日本語能力試験 N1\")",
    );
    check("LPIC-2以上 AWS", "(cert:LPIC-2 OR cert:LPIC-3) AWS");
}

#[test]
fn words_end_where_particles_and_dots_say() {
    check("COBOLからJavaへの移行", "COBOL Java ~移行");
    check("ECサイト・通販の開発", "(ECサイト OR 通販) ~開発");
    check(
        "パフォーマンス改善・高速化",
        "(パフォーマンス改善 OR 高速化)",
    );
    check("農業IoT", "(農業IoT OR 農業 IoT)");
    check("勤怠管理システム", "(勤怠管理システム OR 勤怠管理)");
    check("鉄道系システム", "(鉄道系システム OR 鉄道)");
    check("決済まわりをGoで", "(決済まわり OR 決済) Go");
    check("出版社にいたエンジニア", "employer:出版社 ~エンジニア");
    check(
        "現在フリーランスの方",
        "{period:last1m text:フリーランス} ~の方",
    );
    check("デザイナー 現職", "{period:last1m role:デザイナー}");
    check(
        "Kotlin（Androidではなくサーバーサイド）",
        "Kotlin -Android サーバーサイド",
    );
    check(
        "Unity 業務経験（趣味・個人制作は除く）",
        "{tech:Unity grade:worked} ~業務経験",
    );
    check(
        "派遣で働いたことがある組込みエンジニア",
        "派遣 ~で働いたことがある 組込みエンジニア",
    );
    check("旧ヨルノパン", "旧ヨルノパン");
}
