use super::*;
use crate::domain::{Link, LinkKind};

fn person() -> Identity {
    Identity {
        name: Some("架空 太郎".to_owned()),
        name_kana: Some("カクウ タロウ".to_owned()),
        other_names: vec!["Taro Kakuu".to_owned()],
        emails: vec!["t.kakuu@example.com".to_owned()],
        phones: vec!["090-0000-0000".to_owned()],
        location: Some("東京都架空区見本1-2-3".to_owned()),
        links: vec![Link {
            kind: LinkKind::Code,
            label: None,
            url: "https://github.com/kakutaro99".to_owned(),
        }],
        ..Identity::default()
    }
}

fn mask(hidden: Hidden) -> Mask {
    let school = Education {
        school: "見本工科大学 情報学部".to_owned(),
        degree: None,
        period: None,
        line: 1,
    };
    Mask::of(&person(), &[school], hidden)
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let masked = mask(Hidden::ALL).apply(text);
    assert_eq!(masked.len(), text.len(), "{masked}");
    assert_eq!(masked, expected);
}

#[test]
fn names_are_hidden_in_every_spelling() {
    check("架空太郎です。架空さんは", "████です。██さんは");
    check("架空　太郎", "█████");
    check("かくう たろう", "███*███");
    check("I am Taro KAKU.", "I am **** ****.");
    check("kakutaro と taro-kakuu", "******** と ****-*****");
}

#[test]
fn ways_to_reach_a_person_are_hidden() {
    check("mail: t.kakuu@example.com", "mail: *******************");
    check("tel 090-0000-0000 まで", "tel ************* まで");
    check(
        "https://github.com/kakutaro99/app を",
        "********************************* を",
    );
    check("kakutaro99 のコード", "********** のコード");
    check("別名 other@example.jp です", "別名 **************** です");
}

#[test]
fn birth_and_schools_are_hidden() {
    check("生年月日：1990年1月2日", "生年月日：****█*█*█");
    check("満34歳、独身", "█**█、独身");
    check("見本工科大学を卒業", "██████を卒業");
    check("別の架設大学院で", "別の█████で");
}

#[test]
fn what_people_did_is_not_hidden() {
    for text in [
        "Rust と Go で API サーバーを開発（2016/04〜2019/01、10名）",
        "![Go](https://img.shields.io/badge/Go-00ADD8?logo=go)",
        "## 株式会社見本システム（2016年4月 〜 現在）",
        "| 言語 | Java 8, Spring Boot 2.7.18 |",
        "0120 は番号ではない。2020-04-01 から 2021-03-31 まで",
        "太郎丸プロジェクト",
    ] {
        let masked = mask(Hidden::ALL).apply(text);
        if text.starts_with("太郎") {
            assert_eq!(masked, "██丸プロジェクト");
        } else {
            assert_eq!(masked, text);
        }
    }
}

#[test]
fn each_group_is_hidden_by_itself() {
    let text = "架空太郎 t@example.com";
    let identity = mask(Hidden {
        identity: true,
        contact: false,
    });
    assert_eq!(identity.apply(text), "████ t@example.com");
    let contact = mask(Hidden {
        identity: false,
        contact: true,
    });
    assert_eq!(contact.apply(text), "架空太郎 *************");
}

#[test]
fn lines_stay_and_so_do_places() {
    let text = "氏名: 架空\n太郎\r\n# 𠮷田é架空";
    let masked = mask(Hidden::ALL).apply(text);
    assert_eq!(masked.len(), text.len());
    assert_eq!(masked.lines().count(), text.lines().count());
    for (at, _) in text.match_indices('\n') {
        assert_eq!(masked.as_bytes()[at], b'\n');
    }
}

proptest::proptest! {
    #[test]
    fn any_text_keeps_its_length_and_its_lines(text in "(架空|太郎|[a-zA-Zあ-んア-ン一-龠0-9@:/.\\-|\n𠮷é] ?){0,60}") {
        let mask = mask(Hidden::ALL);
        let masked = mask.apply(&text);
        proptest::prop_assert_eq!(masked.len(), text.len());
        let breaks = |text: &str| text.match_indices('\n').map(|(at, _)| at).collect::<Vec<_>>();
        proptest::prop_assert_eq!(breaks(&masked), breaks(&text));
        proptest::prop_assert!(!masked.contains("架空"));
    }
}
