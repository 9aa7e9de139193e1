//! Systems of others that the writer's work only meets: 「顧客の基幹システムはNAMEで稼働し、当方は」
//! 「他社が開発したNAMEのゲームにAPIを提供」「NAMEで動く他チームのサービスから呼ばれる」.

use shokureki_index::words;

use super::Sentence;

/// Characters between others and their system, or between a name and the others.
const MAX_BETWEEN_CHARS: usize = 16;

/// Returns whether the name at bytes `start..end` of a sentence is of a system that others have.
pub(super) fn is_of_counterpart(sentence: &Sentence<'_>, start: usize, end: usize) -> bool {
    let text = sentence.text;
    let rest = &text[end..];
    if is_used_by_somebody(&text[..start], rest) {
        return true;
    }
    sentence
        .parties()
        .iter()
        .filter(|party| party.is_certain)
        .any(|party| {
            if party.end <= start {
                let between = &text[party.end..start];
                is_their_system(between, rest)
                    || is_made_by_them(between, rest)
                    || between.trim() == "の" && is_source(rest)
            } else if party.start >= end {
                is_under_theirs(&text[end..party.start], &text[party.end..])
            } else {
                false
            }
        })
}

/// 「顧客の既存システムは NAME で稼働しており、当方は…」: their system is the topic, and the writer's part
/// is another.
fn is_their_system(between: &str, rest: &str) -> bool {
    let Some(system) = between.trim_end().strip_suffix('は') else {
        return false;
    };
    let system = system.strip_prefix('の').unwrap_or(system);
    let is_noun = system.chars().count() <= MAX_BETWEEN_CHARS
        && !system.contains(|sign: char| ('ぁ'..='ん').contains(&sign) || "、。（(".contains(sign));
    let is_state = words![
        "で稼働",
        "で動",
        "で運用",
        "で構築",
        "で作ら",
        "で書か",
        "で開発さ",
        "で実装さ",
        "で、",
        "です",
        "でした",
        "で。",
    ]
    .begin(rest)
        || rest.is_empty()
        || rest.starts_with('。');
    is_noun && is_state && !is_worked_on(rest)
}

/// Returns whether a sentence goes on with work on the system it names.
fn is_worked_on(rest: &str) -> bool {
    words![
        "改修",
        "保守",
        "移行",
        "リプレイス",
        "書き換え",
        "移植",
        "刷新",
        "更改",
        "引き継",
        "引き取",
        "運用を",
        "運用に",
        "追加開発",
        "パッチ",
        "組み込",
        "機能追加",
        "改善",
        "置き換え",
        "作り直",
        "その開発",
        "参画",
    ]
    .is_in(rest)
}

/// 「相手先の NAME から届く電文」: what others have sends, or is sent, data.
fn is_source(rest: &str) -> bool {
    words!["から", "へ", "に"].begin(rest) && is_met(rest) && !is_worked_on(rest)
}

/// 「営業が使う NAME にデータを渡すバッチ」: what others work with is fed.
fn is_used_by_somebody(lead: &str, rest: &str) -> bool {
    const OWN: [&str; 6] = ["自分", "私", "自身", "当方", "自チーム", "開発チーム"];
    let who = [
        "が使う",
        "が利用する",
        "が利用している",
        "が使っている",
        "が使用する",
    ]
    .iter()
    .find_map(|verb| lead.strip_suffix(verb));
    who.is_some_and(|who| !OWN.iter().any(|own| who.ends_with(own)))
        && is_met(rest)
        && !is_worked_on(rest)
}

/// 「他社が開発した NAME のゲームにAPIを提供」: what they made is met by what the writer makes.
fn is_made_by_them(between: &str, rest: &str) -> bool {
    let made = between.strip_prefix('が').map(str::trim);
    let is_made = made.is_some_and(|verb| {
        verb.chars().count() <= MAX_BETWEEN_CHARS
            && words![
                "開発した",
                "開発する",
                "作った",
                "作る",
                "運用する",
                "運用している",
                "運営する",
                "提供する",
                "構築した",
                "管理する",
                "管理している",
                "使う",
                "利用する",
                "書いた",
            ]
            .end(verb)
            && !verb.contains(['、', '。'])
    });
    is_made && is_met(rest) && !is_worked_on(rest)
}

/// Returns whether a text goes on that the thing before it is met: 「のゲームにAPIを提供」「からデータを受領」.
fn is_met(rest: &str) -> bool {
    let thing: String = rest
        .chars()
        .take(MAX_BETWEEN_CHARS)
        .take_while(|sign| !"、。をはが".contains(*sign))
        .collect();
    let is_partner = ["に", "へ", "から", "と"]
        .iter()
        .any(|particle| thing.contains(particle));
    let clause = rest.split('。').next().unwrap_or(rest);
    is_partner
        && words![
            "提供",
            "連携",
            "受領",
            "届",
            "受け取",
            "取得",
            "取り込",
            "呼ば",
            "呼び",
            "渡",
            "送",
            "接続",
            "投入",
            "通知",
            "公開",
        ]
        .is_in(clause)
}

/// 「NAME で動く他チームのサービスから」「NAME で書かれた競合製品の仕様を調べ」.
fn is_under_theirs(between: &str, behind: &str) -> bool {
    let is_ground = [
        "で動く",
        "で動いている",
        "で動作する",
        "で稼働する",
        "で稼働している",
        "で書かれた",
        "で作られた",
        "で構築された",
        "で実装された",
        "製の",
    ]
    .contains(&between.trim());
    is_ground
        && (is_met(behind) || words!["製品の仕様", "サービスの仕様", "の仕様を調"].begin(behind))
}

/// Returns whether a name is that of people the writer works with or looks for: 「NAMEの有識者もいたが」
/// 「NAMEエンジニアと連携」「NAMEのコンサルタントと協働」.
pub(super) fn is_of_people(tail: &str) -> bool {
    const PEOPLE: [&str; 14] = [
        "エンジニア",
        "プログラマー",
        "プログラマ",
        "技術者",
        "開発者",
        "経験者",
        "有識者",
        "専門家",
        "担当者",
        "コンサルタント",
        "チーム",
        "管理者",
        "デザイナー",
        "メンバー",
    ];
    let near = tail.trim_start();
    let near = near.strip_prefix('の').unwrap_or(near).trim_start();
    let Some(behind) = PEOPLE.iter().find_map(|who| near.strip_prefix(who)) else {
        return false;
    };
    let is_there = words!["もい", "はい", "がい", "もおり", "がおり"].begin(behind);
    let is_lacking = words!["いない", "いなか", "いなく", "いませ", "おらず"].is_in(behind);
    is_there && !is_lacking || is_joined_with(behind)
}

/// Returns whether people are told as those the writer works with: 「と連携し」「、iOSエンジニアと協力して」.
fn is_joined_with(behind: &str) -> bool {
    let clause = behind.split(['。', '（', '(']).next().unwrap_or(behind);
    let joined = if behind.starts_with(['、', '・', 'や', '/']) {
        clause.rfind('と').map(|at| &clause[at..])
    } else {
        Some(clause)
    };
    joined.is_some_and(|joined| {
        let with = joined.strip_prefix("との").map(|with| {
            let near: String = with.chars().take(MAX_BETWEEN_CHARS).collect();
            near
        });
        with.is_some_and(|near| words!["調整", "折衝", "やり取り", "窓口", "連携"].is_in(&near))
            || words![
                "と連携",
                "と協力",
                "と協働",
                "と協業",
                "と調整",
                "と相談",
                "とやり取り",
                "とのやり取り",
                "との連携",
                "との調整",
                "との折衝",
                "と会話",
            ]
            .begin(joined)
    })
}

/// Returns whether customers are told by what they use: 「Salesforceを使う企業が中心」.
pub(super) fn is_of_customers(tail: &str) -> bool {
    let who = [
        "を使う",
        "を利用する",
        "を導入している",
        "を利用している",
        "を使っている",
    ]
    .iter()
    .find_map(|verb| tail.split_once(verb))
    .filter(|(names, _)| {
        names
            .chars()
            .all(|sign| !('ぁ'..='ん').contains(&sign) || "やと".contains(sign))
    });
    who.is_some_and(|(_, who)| {
        words![
            "企業が中心",
            "企業が多",
            "会社が中心",
            "会社が多",
            "顧客が中心",
            "顧客が多",
            "お客様が中心",
            "お客様が多"
        ]
        .begin(who)
    })
}

/// Returns whether a name is of the system that was there before, and nothing is said of work on it:
/// 「旧システムはNAME。」
pub(super) fn is_of_former_system(lead: &str, tail: &str) -> bool {
    let near = tail.trim_start_matches(|sign: char| {
        sign.is_ascii_alphanumeric() || " 　.+#・、/とや".contains(sign)
    });
    let is_told = words![
        "で組まれ",
        "で書かれ",
        "で作られ",
        "で構築され",
        "で動い",
        "の作品",
        "だったが",
        "でしたが",
    ]
    .begin(near);
    // Of a list, all are: 「旧システムは Perl と Oracle で組まれており」.
    let topic = lead.trim_end_matches(|sign: char| {
        sign.is_ascii_alphanumeric() || " 　.+#/、とや".contains(sign)
    });
    let is_topic = words![
        "移植元は",
        "移行元は",
        "既存システムは",
        "既存のシステムは",
        "旧システムは",
        "旧環境は",
        "旧基盤は",
        "旧サイトは",
        "以前のシステムは",
        "前のシステムは",
        "移行前は",
    ]
    .end(topic);
    let ends = tail.is_empty()
        || words!["。", "でした", "です", "だった", "製", "で作られ", "で動"].begin(tail);
    is_topic && (ends || is_told) && !is_worked_on(tail)
}

/// Returns whether a name is what others made a thing with that was looked at from outside:
/// 「アプリはNAMEとNAMEで作られており、開発者と交渉」.
pub(super) fn is_made_by_developers(tail: &str) -> bool {
    let near = tail.trim_start_matches(|sign: char| {
        sign.is_ascii_alphanumeric() || " 　.+#・、/とや".contains(sign)
    });
    let is_made = words![
        "で作られて",
        "で書かれて",
        "で組まれて",
        "で実装されて",
        "で開発されて",
    ]
    .begin(near);
    is_made
        && words![
            "開発者と",
            "開発者に",
            "開発チームと",
            "開発チームに",
            "開発会社と",
            "開発会社に",
            "開発元",
        ]
        .is_in(near)
}

/// Returns whether a name stood on paper and another came: 「仕様書にはNAMEとあったが、実際には」.
pub(super) fn is_on_paper(tail: &str) -> bool {
    words![
        "とあったが",
        "とありましたが",
        "と書かれていたが",
        "と記載されていたが",
        "となっていたが",
        "と聞いていたが",
        "の想定だったが",
        "の想定でしたが",
        "のはずだったが",
        "のはずでしたが",
        "を使う場面ですが",
        "を使う場面だが",
        "を使うところだが",
        "を使うところですが",
    ]
    .begin(tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: bool) {
        let start = text.find(name).expect("named");
        let end = start + name.len();
        let sentence = Sentence::new(text);
        let tail = &text[end..];
        let is = is_of_counterpart(&sentence, start, end)
            || is_of_people(tail)
            || is_of_customers(tail)
            || is_on_paper(tail);
        assert_eq!(is, expected, "{name} in {text}");
    }

    #[test]
    fn what_the_work_only_meets_is_of_others() {
        for (text, name) in [
            (
                "顧客の既存システムはCOBOLで稼働しており、当方はPythonで受け渡しを作成",
                "COBOL",
            ),
            ("客先の基幹はSAPで、連携用のバッチをJavaで開発", "SAP"),
            ("競合サービスはElixirで作られていた", "Elixir"),
            ("他社が開発したUnityのゲームにサーバAPIを提供", "Unity"),
            (
                "他部署が運用するHadoopからデータを受領し、BigQueryに投入",
                "Hadoop",
            ),
            (
                "Kubernetesで動く他チームのサービスから呼ばれるAPI",
                "Kubernetes",
            ),
            ("Javaで書かれた競合製品の仕様を調べ、Goで実装", "Java"),
            ("社内にはRustの有識者もいたが、使わず", "Rust"),
            ("Androidエンジニア、iOSエンジニアと協力して策定", "Android"),
            ("SAPのコンサルタントと協働した経験", "SAP"),
            ("Salesforceを使う企業が中心です", "Salesforce"),
            ("仕様書にはMongoDBとあったが、実際にはPostgreSQL", "MongoDB"),
        ] {
            check(text, name, true);
        }
    }

    #[test]
    fn what_the_work_is_done_on_is_the_writers() {
        for (text, name) in [
            (
                "顧客の基幹システムはCOBOLで書かれており、その改修を担当",
                "COBOL",
            ),
            ("他社が開発したPHPのシステムを引き取り、改修", "PHP"),
            (
                "もともと別会社が作ったCakePHP 2のサイトをCakePHP 4へ移行",
                "CakePHP",
            ),
            (
                "Kubernetesで動く自社のサービスから呼ばれるAPI",
                "Kubernetes",
            ),
            ("AWSエンジニアとして参画", "AWS"),
            ("Javaのチームに参加", "Java"),
            ("Salesforceを使う企業向けに連携アプリを開発", "Salesforce"),
        ] {
            check(text, name, false);
        }
    }
}
