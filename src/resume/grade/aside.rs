//! Names that a sentence uses for something else than work with the product: a likeness
//! (「Slackのような社内チャットを開発」), an event or a profession (「PHPカンファレンスのスタッフ」), what came before
//! or after the writer (「後任がReactに書き換えた」).

use shokureki_index::analysis::WordList;
use shokureki_index::words;

use super::counterpart::{
    is_made_by_developers, is_of_customers, is_of_former_system, is_of_people, is_on_paper,
};
use super::elsewhere::is_elsewhere;
use super::other_time::{is_before_or_after, is_former_way, is_to_come, last_clause};
use super::replaced::is_of_replaced_system;
use super::theirs::is_theirs;
use super::untaken::is_untaken;

/// Characters behind a name that tell what it stands for.
const MAX_TAIL_CHARS: usize = 40;

/// Returns whether the name at bytes `start..end` of a sentence is no product that was worked with.
pub(super) fn is_aside(sentence: &str, start: usize, end: usize) -> bool {
    let lead = &sentence[..start];
    let rest = &sentence[end..];
    let tail = rest
        .char_indices()
        .nth(MAX_TAIL_CHARS)
        .map_or(rest, |(at, _)| &rest[..at]);
    if is_likeness(lead, tail) || is_event_or_profession(tail) {
        return true;
    }
    // The others are told in kana or kanji, which a bare list has none of.
    if sentence.is_ascii() {
        return false;
    }
    is_absent(tail)
        || is_in_advice(lead, &sentence[end..])
        || is_before_or_after(lead, tail)
        || is_former_way(lead, tail)
        || is_to_come(lead, tail)
        || is_of_friend(tail)
        || is_regret(lead, tail)
        || is_of_reader(lead)
        || is_rival(lead, tail)
        || is_business(tail)
        || is_received(lead)
        || is_only_fed(tail)
        || is_own_product(lead, tail)
        || is_of_people(tail)
        || is_of_customers(tail)
        || is_of_former_system(lead, tail)
        || is_made_by_developers(tail)
        || is_on_paper(tail)
        || is_elsewhere(lead, &sentence[end..])
        || is_theirs(lead, &sentence[end..])
        || is_untaken(&sentence[end..])
        || is_of_replaced_system(lead, &sentence[end..])
}

/// Returns whether a name only tells what another thing is like: 「Notionライクなエディタ」「S3互換」.
fn is_likeness(lead: &str, tail: &str) -> bool {
    let near = tail.trim_start();
    let is_alike = words![
        "ライク",
        "っぽい",
        "もどき",
        "クローン",
        "風の",
        "風な",
        "-like",
        " like",
    ]
    .begin(near);
    // 「Aurora（PostgreSQL互換）」 names the edition.
    let is_compatible = near.starts_with("互換") && !lead.trim_end().ends_with(['(', '（']);
    let is_pattern = [
        "を参考に",
        "を真似",
        "をまね",
        "を手本に",
        "に着想を得",
        "に触発され",
    ]
    .iter()
    .find_map(|word| near.strip_prefix(word))
    .is_some_and(|made| {
        let clause = made.split('。').next().unwrap_or(made);
        words!["自作", "内製", "独自"].is_in(clause)
    });
    let is_model = ["のような", "みたいな", "の様な"]
        .iter()
        .find_map(|word| near.strip_prefix(word))
        .is_some_and(|made| {
            let clause = made.split(['、', '。']).next().unwrap_or(made);
            words!["開発", "実装", "作", "自作", "構築", "設計"].is_in(clause)
                && !words!["使", "用い", "利用", "活用"].is_in(clause)
        });
    is_alike || is_compatible || is_model || is_pattern
}

/// Returns whether a name is part of an event's, a group's or a profession's:
/// 「PHPカンファレンス」「Pythonエンジニアの採用」.
fn is_event_or_profession(tail: &str) -> bool {
    // "Our Android colleagues use Compose"
    if let Some(behind) = tail.trim_start().strip_prefix("colleagues") {
        return !behind.trim_start().starts_with("and I");
    }
    const EVENTS: &WordList = words![
        "カンファレンス",
        "ユーザー会",
        "ユーザ会",
        "Conf",
        "Con ",
        "Kaigi",
        "Fest",
        "Summit",
        "Meetup",
        "Day ",
        "ハッカソン",
        "のイベント",
        "系のイベント",
    ];
    const PEOPLE: [&str; 9] = [
        "エンジニア",
        "プログラマー",
        "プログラマ",
        "技術者",
        "開発者",
        "経験者",
        "管理者",
        "利用者",
        "ユーザー",
    ];
    const HIRED: &WordList = words![
        "採用",
        "面接",
        "募集",
        "育成",
        "評価",
        "名",
        "人の",
        "求人",
        "選考",
        "からの問",
    ];
    let near = tail.trim_start();
    EVENTS.begin(near)
        || PEOPLE.iter().any(|word| {
            near.strip_prefix(word).is_some_and(|behind| {
                let near: String = behind.chars().take(5).collect();
                // 「Kotlinエンジニアとして6名のチームで」
                HIRED.is_in(&near) && !near.starts_with("として")
            })
        })
}

/// Returns whether a product was not there: 「GitはなくSVNで管理」「Jenkinsなどはない環境」.
fn is_absent(tail: &str) -> bool {
    let near = tail
        .trim_start()
        .trim_start_matches("など")
        .trim_start_matches('等');
    let is_more_than_needed = ["ほどの", "ほどで", "までは", "までも", "まで"]
        .iter()
        .find_map(|word| near.strip_prefix(word))
        .is_some_and(|rest| {
            let clause = rest.split(['、', '。']).next().unwrap_or(rest);
            words![
                "不要",
                "必要な",
                "必要は",
                "ではなかった",
                "ではない",
                "要ら",
                "いらな",
                "使わ"
            ]
            .is_in(clause)
        });
    // 「NAMEを入れるほどの流量ではなく」
    let is_too_much = words![
        "を入れるほど",
        "を使うほど",
        "を導入するほど",
        "が要るほど",
        "が必要なほど"
    ]
    .begin(near)
        && words!["ではな", "でもな", "はなく", "はなか", "もなく", "もなか"]
            .is_in(near.split(['、', '。']).next().unwrap_or(near));
    // 「PHPの案件以外でお願いします」
    let is_excluded = near
        .trim_start_matches("の案件")
        .strip_prefix("以外")
        .is_some_and(|rest| {
            words!["でお願い", "を希望", "の案件を希望", "の現場を希望"].begin(rest)
        });
    if is_more_than_needed || is_too_much || is_excluded {
        return true;
    }
    let Some(lacking) = ["すら", "さえ", "は", "も", "が"]
        .iter()
        .find_map(|particle| near.strip_prefix(particle))
    else {
        return words![
            "不使用",
            "を知らず",
            "の使えない",
            "の無い",
            "のない環境",
            "のない時代",
        ]
        .begin(near);
    };
    // 「Dockerはありませんでしたが、半年かけて導入しました」
    let is_brought_in = ["なかったが、", "ありませんでしたが、", "なかったため、"]
        .iter()
        .find_map(|word| lacking.strip_prefix(word))
        .is_some_and(|then| {
            words!["導入", "構築", "整備", "立ち上げ", "作成"].is_in(then)
                && !then.contains(|sign: char| sign.is_ascii_alphabetic())
        });
    if is_brought_in {
        return false;
    }
    words![
        "まだ一般的で",
        "一般的でな",
        "一般的ではな",
        "まだ普及",
        "普及してお",
        "普及していな",
        "ない環境",
        "ない時代",
        "ない現場",
        "なかった",
        "ありませんでした",
        "使えない環境",
        "使えず",
        "不使用",
    ]
    .begin(lacking)
        || lacking
            .strip_prefix("なく")
            .is_some_and(|behind| !behind.starts_with(['て', 'な']))
}

/// Returns whether a name is what somebody near the writer works with: 「Scalaを書く同僚に影響を受け」.
fn is_of_friend(tail: &str) -> bool {
    let who = [
        "を書く",
        "を使う",
        "を書いている",
        "を使っている",
        "が得意な",
        "に詳しい",
        "好きの",
        "を教えている",
    ]
    .iter()
    .find_map(|work| tail.trim_start().strip_prefix(work));
    who.is_some_and(|who| {
        words![
            "同僚",
            "先輩",
            "友人",
            "知人",
            "知り合い",
            "後輩",
            "上司",
            "妻",
            "夫",
            "弟",
            "兄",
            "同期",
        ]
        .begin(who)
    })
}

/// Returns whether a name stands in what was said to or by somebody: 「「Goはその後でよい」と伝えています」.
fn is_in_advice(lead: &str, rest: &str) -> bool {
    let Some(open) = lead.rfind(['「', '『']) else {
        return false;
    };
    if lead[open..].contains(['」', '』']) {
        return false;
    }
    rest.split_once(['」', '』']).is_some_and(|(_, behind)| {
        words![
            "と伝え",
            "と助言",
            "とアドバイス",
            "と教え",
            "と言われ",
            "と話して",
            "と聞かれ",
            "という声が",
            "という意見",
            "と聞い",
            "と勧め",
        ]
        .begin(behind)
    })
}

/// Returns whether a name is told of the company that the document is sent to: 「貴社ではGoを採用」.
fn is_of_reader(lead: &str) -> bool {
    let near = last_clause(lead, 40);
    words!["御社", "貴社", "募集要項"]
        .places_in(near)
        .any(|(at, word)| {
            let between = &near[at + word.len()..];
            // 「貴社の技術スタック（Go、gRPC）」
            let between = match between.find(['（', '(']) {
                Some(open) if !between.contains(['）', ')']) => &between[..open],
                _ => between,
            };
            between.chars().count() <= 16 && !between.contains('、')
        })
}

/// Returns whether a name is a rival's: 「競合製品（Zendesk、Intercom）の調査」.
fn is_rival(lead: &str, tail: &str) -> bool {
    // Asked first, for it costs less than to look for the word.
    if words!["で", "を使", "を用い", "を採用", "を導入"].begin(tail) {
        return false;
    }
    lead.rsplit_once("競合").is_some_and(|(_, between)| {
        between.chars().count() <= MAX_TAIL_CHARS
            && between
                .trim_start_matches("他社")
                .trim_start_matches("製品")
                .trim_start_matches("サービス")
                .trim_start_matches("の")
                .trim_start_matches("である")
                .chars()
                .all(|character| character.is_ascii() || "（、・／とや".contains(character))
    })
}

/// Returns whether a system is only exchanged files with: 「上位システム（SAP）とはCSVでやりとり」.
fn is_only_fed(tail: &str) -> bool {
    let behind = tail.trim_start().trim_start_matches([')', '）']);
    let Some(rest) = ["とは", "との"]
        .iter()
        .find_map(|particle| behind.strip_prefix(particle))
    else {
        return false;
    };
    let clause = rest.split('。').next().unwrap_or(rest);
    let is_file = words!["CSV", "csv", "ファイル", "電文", "FTP", "メール", "紙"].is_in(clause);
    let is_handed = words![
        "でやりとり",
        "でやり取り",
        "で受け渡し",
        "を置くだけ",
        "を渡すだけ",
        "を受け取るだけ",
        "をもらうだけ",
        "連携のみ",
        "連携だけ",
    ]
    .is_in(clause);
    is_file && is_handed
}

/// Returns whether a name is of files that others send: 「出版社から届くExcelの列が毎回違う」.
fn is_received(lead: &str) -> bool {
    words![
        "届く",
        "届いた",
        "送られてくる",
        "送られてきた",
        "から来る",
        "から受領した",
        "から支給された",
        "から提出される",
    ]
    .end(lead)
}

/// Returns whether a name is part of a business's or a place's: 「ジャンゴ食堂」「スパーク商事」.
fn is_business(tail: &str) -> bool {
    const BUSINESSES: [&str; 22] = [
        "店",
        "堂",
        "社",
        "病院",
        "学園",
        "学院",
        "会館",
        "工業",
        "製作所",
        "商事",
        "商会",
        "電機",
        "電器",
        "銀行",
        "食品",
        "運輸",
        "物流",
        "建設",
        "不動産",
        "書房",
        "食堂",
        "屋",
    ];
    let run: String = tail
        .chars()
        .take(8)
        .take_while(|character| ('一'..='鿿').contains(character))
        .collect();
    let is_in = |word: &str| run.len() > word.len() && run.ends_with(word) || run == word;
    !run.is_empty()
        && !matches!(run.as_str(), "部屋" | "本社" | "自社" | "他社" | "各社")
        && BUSINESSES.iter().any(|word| is_in(word))
}

/// Returns whether a name is that of what is made: 「自社サービス「Echo」」「Spark（営業支援ツール）の開発」.
fn is_own_product(lead: &str, tail: &str) -> bool {
    const MADE: &WordList = words![
        "サービス",
        "アプリ",
        "アプリケーション",
        "システム",
        "サイト",
        "ツール",
        "基盤",
        "ゲーム",
        "プロダクト",
        "メディア",
        "プラットフォーム",
        "ソフト",
        "パッケージ",
        "ポータル",
    ];
    let is_made = |behind: &str| {
        let clause = behind.split(['、', '。']).next().unwrap_or(behind);
        let work = clause.strip_prefix(['の', 'を']);
        work.is_some_and(|work| {
            words![
                "開発",
                "新規",
                "運営",
                "リニューアル",
                "企画",
                "立ち上げ",
                "保守",
                "改修",
                "リリース",
            ]
            .begin(work)
        })
    };
    if let Some(before) = lead.strip_suffix(['「', '『', '“']) {
        let near: String = before.chars().rev().take(16).collect();
        let near: String = near.chars().rev().collect();
        let is_noun = MADE.end(&near);
        let is_own = words!["自社", "社内", "弊社", "内製", "独自"].is_in(&near);
        let behind = tail.strip_prefix(['」', '』', '”']);
        return behind.is_some_and(|behind| is_noun && (is_own || is_made(behind)));
    }
    let Some(inside) = tail.trim_start().strip_prefix(['(', '（']) else {
        return false;
    };
    inside
        .split_once([')', '）'])
        .is_some_and(|(what, behind)| {
            MADE.end(what)
                && what
                    .chars()
                    .all(|character| !('ぁ'..='ん').contains(&character))
                && is_made(behind)
        })
}

/// Returns whether a name is what the writer would take today: 「今ならGoで書く」.
fn is_regret(lead: &str, tail: &str) -> bool {
    let is_now = words![
        "今なら",
        "いまなら",
        "今だったら",
        "次にやるなら",
        "作り直すなら",
    ]
    .end(lead.trim_end().trim_end_matches('、'));
    let clause = lead.rsplit('。').next().unwrap_or(lead);
    let is_supposed = [
        "もしやり直すなら",
        "やり直すなら",
        "今作るなら",
        "今から作るなら",
        "もう一度作るなら",
    ]
    .iter()
    .find_map(|word| clause.rsplit_once(word))
    .is_some_and(|(_, behind)| !words!["が、", "けど、", "けれど"].is_in(behind));
    let is_ideal = words!["理想は", "理想としては", "理想を言えば", "本来なら"]
        .end(lead.trim_end().trim_end_matches('、'))
        && words!["だが", "ですが", "だった", "でした"].is_in(tail);
    let near = tail.split(['、', '。']).next().unwrap_or(tail);
    let is_owed = words!["べきだった", "べきでした"].is_in(near);
    let is_better = words![
        "のほうが良かった",
        "の方が良かった",
        "のほうがよかった",
        "の方がよかった",
        "にすればよかった",
        "にすべきだった",
    ]
    .begin(tail);
    is_now || is_supposed || is_ideal || is_owed || is_better
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: bool) {
        let start = text.find(name).expect("named");
        assert_eq!(
            is_aside(text, start, start + name.len()),
            expected,
            "{name} in {text}"
        );
    }

    #[test]
    fn likenesses_events_and_other_times_are_no_work() {
        for (text, name) in [
            ("Slackのような社内チャットを開発", "Slack"),
            ("Notionライクなエディタを開発", "Notion"),
            ("Redis互換のKVSを自作", "Redis"),
            ("PHPカンファレンスのスタッフ", "PHP"),
            ("Pythonエンジニアの採用面接を担当", "Python"),
            ("GitはなくSVNで管理", "Git"),
            ("Jenkinsなどはなく手動でデプロイ", "Jenkins"),
            ("Laravel不使用、素のPHPで開発", "Laravel"),
            ("私の異動後にKubernetes化された", "Kubernetes"),
            ("Go（参画前に PHP から移行済み）", "PHP"),
            ("今ならGoで書くと思う", "Go"),
            ("ジャンゴ食堂の予約サイト", "ジャンゴ"),
            ("上位システム（SAP）とはCSVでやりとり", "SAP"),
            ("取引先から届くExcelの列が毎回違う", "Excel"),
            ("自社サービス「Echo」のバックエンドをPHPで開発", "Echo"),
            ("Spark（営業支援ツール）の開発", "Spark"),
            ("貴社ではGoを採用していると伺い", "Go"),
            ("競合製品（Zendesk、Intercom）の調査", "Intercom"),
            ("TypeScriptのほうが良かったと反省している", "TypeScript"),
        ] {
            check(text, name, true);
        }
    }

    #[test]
    fn work_with_a_product_is_no_aside() {
        for (text, name) in [
            ("JenkinsのようなCIツールを利用して自動化", "Jenkins"),
            ("Aurora（PostgreSQL互換）を運用", "PostgreSQL"),
            ("Pythonエンジニアとして参画", "Python"),
            ("AWSはなくてはならない基盤", "AWS"),
            ("入社前に独学でRubyを学習", "Ruby"),
            ("退職後もGoで個人開発を続ける", "Go"),
            ("Javaは10年の経験がある", "Java"),
            ("Redmine（課題管理ツール）を導入", "Redmine"),
            ("状態管理ライブラリ「Redux」を導入", "Redux"),
            ("Java開発の経験", "Java"),
            ("競合との比較のためReactで試作", "React"),
        ] {
            check(text, name, false);
        }
    }
}
