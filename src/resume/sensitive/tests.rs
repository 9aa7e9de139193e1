//! What is taken out of documents of many layouts, and what stays.

use shokureki_index::lexicon::Lexicon;

use crate::domain::{DocumentFormat, NoticeKind};
use crate::resume::{Reading, collect};

use DocumentFormat::{Html, Json, Latex, Markdown, Org, PlainText, Typst, Yaml};

fn reading(text: &str, format: DocumentFormat) -> Reading<'_> {
    let reading = collect(text, format, Lexicon::builtin());
    assert_eq!(reading.text.len(), text.len());
    for (at, line) in text.split('\n').enumerate() {
        let left = reading.text.split('\n').nth(at);
        assert_eq!(left.map(str::len), Some(line.len()), "{text}");
    }
    reading
}

fn matters(reading: &Reading<'_>) -> Vec<String> {
    let of_kind = |kind| kind == NoticeKind::NotCollected;
    let notices = reading.notices.iter();
    notices
        .filter(|notice| of_kind(notice.kind))
        .map(|notice| notice.text.clone())
        .collect()
}

/// Every word of `hidden` is taken out, every one of `kept` stays.
#[track_caller]
fn check(text: &str, format: DocumentFormat, matter: &str, hidden: &[&str], kept: &[&str]) {
    let reading = reading(text, format);
    let told = format!("{text}\n---\n{}", reading.text);
    assert!(matters(&reading).iter().any(|of| of == matter), "{told}");
    for word in hidden {
        assert!(text.contains(word), "{word} is no word of the test");
        assert!(!reading.text.contains(word), "{word}: {told}");
    }
    for word in kept {
        assert!(reading.text.contains(word), "{word}: {told}");
    }
    for notice in &reading.notices {
        // A matter has a name, which may be a word of the passage.
        let is_name = notice.kind == NoticeKind::NotCollected;
        let tells = hidden.iter().any(|word| notice.text.contains(word));
        assert!(is_name || !tells, "{notice:?}");
    }
}

/// A line of a Markdown document tells of the matter, and is taken out as a whole.
#[track_caller]
fn check_line(line: &str, matter: &str) {
    let text = format!("# 職務経歴書\n\n## 自己紹介\n\n{line}\n\n最後の行です。\n");
    let reading = reading(&text, Markdown);
    assert!(
        matters(&reading).iter().any(|of| of == matter),
        "{line}: {:?}",
        matters(&reading)
    );
    let left: Vec<&str> = reading.text.lines().map(str::trim).collect();
    let marks = |line: &&str| line.chars().any(char::is_alphanumeric);
    let left: Vec<&str> = left.into_iter().filter(marks).collect();
    assert_eq!(
        left,
        ["# 職務経歴書", "## 自己紹介", "最後の行です。"],
        "{line}"
    );
}

#[track_caller]
fn check_kept(text: &str, format: DocumentFormat) {
    let reading = reading(text, format);
    let told = format!("{:?} in {text}", matters(&reading));
    assert_eq!(reading.text, text, "{told}");
    assert!(matters(&reading).is_empty(), "{told}");
}

#[test]
fn labelled_lines_are_taken_out() {
    for (line, matter) in [
        ("本籍：北海道", "本籍・出生地"),
        ("- 本籍地: 岩手県盛岡市", "本籍・出生地"),
        ("- **出身地**：沖縄県", "本籍・出生地"),
        ("【出身】福岡県", "本籍・出生地"),
        ("* Place of birth: Sapporo", "本籍・出生地"),
        ("国籍：日本", "国籍"),
        ("- Nationality: Vietnamese", "国籍"),
        ("家族構成：妻、長女（5歳）", "家族"),
        ("- 配偶者：有　扶養家族：2人", "家族"),
        ("[家族] 両親と弟", "家族"),
        ("・未婚／既婚：既婚", "家族"),
        ("Marital status: single", "家族"),
        ("住居：持ち家（一戸建て、4LDK）", "住居環境"),
        ("宗教：仏教（浄土真宗）", "宗教"),
        ("宗教　無し", "宗教"),
        ("支持政党：なし", "思想・信条"),
        ("思想・信条：特になし", "思想・信条"),
        ("人生観：なるようになる", "思想・信条"),
        ("愛読書：『坂の上の雲』", "思想・信条"),
        ("尊敬する人物：父", "思想・信条"),
        ("労働組合：加入（執行委員 2年）", "労働組合・社会運動"),
        ("学生運動歴：なし", "労働組合・社会運動"),
        ("健康状態：良好", "健康・病歴・障害"),
        ("既往歴：喘息（小児期）", "健康・病歴・障害"),
        ("障害の有無：有（聴覚障害4級）", "健康・病歴・障害"),
        ("障害：なし", "健康・病歴・障害"),
        ("健康診断：異常なし（2024年5月）", "健康・病歴・障害"),
        ("障害者手帳：身体3級", "健康・病歴・障害"),
        ("犯罪歴：なし", "犯罪歴"),
        ("前科・前歴：なし", "犯罪歴"),
    ] {
        check_line(line, matter);
    }
}

#[test]
fn sentences_about_the_person_are_taken_out() {
    for (line, matter) in [
        ("生まれも育ちも大阪です。", "本籍・出生地"),
        ("北海道出身です。", "本籍・出生地"),
        ("本籍は長野県にあります。", "本籍・出生地"),
        ("新潟県長岡市に生まれました。", "本籍・出生地"),
        ("ベトナム国籍です。", "国籍"),
        ("2世の在日韓国人です。", "国籍"),
        ("妻と子ども2人の4人家族です。", "家族"),
        ("既婚です。", "家族"),
        ("- 独身", "家族"),
        ("父は公務員、母は看護師をしています。", "家族"),
        ("三人兄弟の次男です。", "家族"),
        ("両親と同居しています。", "家族"),
        ("賃貸マンションに住んでいます。", "住居環境"),
        ("実家暮らしです。", "住居環境"),
        ("私は熱心なキリスト教徒で、日曜は礼拝に出ます。", "宗教"),
        ("創価学会の会員です。", "宗教"),
        ("毎週日曜日に教会へ通っています。", "宗教"),
        ("宗教上の理由で豚肉を食べません。", "宗教"),
        ("自民党を支持しています。", "思想・信条"),
        ("共産党員です。", "思想・信条"),
        ("労働組合の書記長を2年務めました。", "労働組合・社会運動"),
        ("- 労働組合に加入しています", "労働組合・社会運動"),
        ("大学では学生運動に参加しました。", "労働組合・社会運動"),
        ("反戦デモを主催しています。", "労働組合・社会運動"),
        ("健康状態は良好です。", "健康・病歴・障害"),
        ("持病があり、月に1回通院しています。", "健康・病歴・障害"),
        (
            "うつ病と診断され、通院しながら働いています。",
            "健康・病歴・障害",
        ),
        (
            "精神障害者保健福祉手帳3級を所持しています。",
            "健康・病歴・障害",
        ),
        (
            "聴覚障害があり、電話の応対はできません。",
            "健康・病歴・障害",
        ),
        ("健康診断では異常ありませんでした。", "健康・病歴・障害"),
        ("車椅子を使用しています。", "健康・病歴・障害"),
        ("ADHDの当事者です。", "健康・病歴・障害"),
        ("前科はありません。", "犯罪歴"),
        ("過去に逮捕されたことがあります。", "犯罪歴"),
    ] {
        check_line(line, matter);
    }
}

#[test]
fn work_on_the_same_matters_stays() {
    for text in [
        "労働組合向けシステムの開発",
        "- 労働組合の組合員管理システムを刷新した。",
        "宗教法人のサイト制作",
        "寺院の檀家を管理するアプリの開発",
        "病院向け電子カルテ",
        "- 家族向けアプリ（4人家族の家計簿）の設計",
        "健康診断システムの保守",
        "健康診断の結果を画面に出す機能を作った。",
        "健康保険組合のレセプト突合",
        "DDDの設計思想を学び、チームに広めた。",
        "信条：動くものを早く見せる",
        "仕事の信条は「迷ったら計測」です。",
        "国籍を問わない採用サイトの構築",
        "国籍、年齢を問わず働けるチームでした。",
        "外国籍のメンバー5名とアジャイルで開発。",
        "戸籍システムの標準化対応",
        "本籍地コードを変換するバッチの設計",
        "組合員管理の画面を作成",
        "通院記録アプリは利用者の4割が60代です。",
        "糖尿病患者向けの食事記録アプリ",
        "障害対応：一次切り分けと復旧",
        "- 障害：ログの欠落を検知して復旧した",
        "障害者雇用支援サイトの運用",
        "視覚障害がある利用者にも使える画面を設計した。",
        "ムスリム向けの旅行サービス",
        "Kubernetesの洗礼を受けた。",
        "社内で Rust を布教した。",
        "経理の出身なので、仕訳の姿まで落として考えます。",
        "SIer出身のエンジニアと組みました。",
        "母校で週に1コマ教えています。",
        "工夫は、キャッシュの分割です。",
        "利用者の母は80歳という想定で文言を選んだ。",
        "独立系SIerに入社",
        "2019年4月〜2020年3月は育児休業を取得。",
        "前職の同僚は韓国人です。",
        "サーバの健康状態は良好かを監視する。",
        "選挙運動の収支報告システム",
        "尊敬する人物をまねて、まず測るようにしています。",
        "賃貸物件の検索サイト",
        "住居・不動産",
        "子どもの見守りアプリ",
    ] {
        check_kept(
            &format!("# 職務経歴書\n\n## 職務経歴\n\n{text}\n"),
            Markdown,
        );
        check_kept(&format!("# 職務経歴書\n\n## 自己PR\n\n{text}\n"), Markdown);
    }
}

#[test]
fn work_is_told_by_what_stands_around_a_label() {
    check_kept(
        "## 職務経歴\n\n### 株式会社架空（2019年4月〜2021年3月）\n\n#### 労働組合\n\n- 使用技術: Go, AWS\n- 概要: 会費の計算\n",
        Markdown,
    );
    check_kept(
        "## 担当案件\n\n### 健康診断\n\n- 期間: 2019年4月〜2021年3月\n- 使用技術: Java\n\n予約の画面を作った。\n",
        Markdown,
    );
    check_kept(
        "| 期間 | 業種 | 障害 | 技術 |\n|---|---|---|---|\n| 2019/04〜2020/03 | 宗教 | 3件を復旧 | Java |\n",
        Markdown,
    );
    check_kept("## スキル\n\n- 家族: iOS の家族共有の実装\n", Markdown);
}

#[test]
fn a_section_ends_where_the_next_part_begins() {
    check(
        "# 職務経歴書\n\n## 家族構成\n\n- 妻（看護師）\n- 長男 Go くん\n\n両親は九州です。\n\n## 職務経歴\n\n### 株式会社架空（2019年4月〜2021年3月）\n\n- 使用技術: Rust\n",
        Markdown,
        "家族",
        &["家族構成", "妻", "看護師", "長男", "Go", "九州"],
        &["## 職務経歴", "株式会社架空", "Rust"],
    );
    // A heading too high up does not take the rest of the document with it.
    check(
        "# 宗教・信条\n\n天理教\n\n## 職務経歴\n\n### 株式会社架空（2019年4月〜2021年3月）\n\n- 使用技術: Rust\n",
        Markdown,
        "宗教",
        &["天理教"],
        &["株式会社架空", "Rust"],
    );
    check(
        "■家族構成\n妻、子2人\n\n■職務経歴\n2019年4月〜2021年3月 株式会社架空\n",
        PlainText,
        "家族",
        &["妻"],
        &["株式会社架空"],
    );
}

#[test]
fn fields_of_a_form_are_taken_out_one_by_one() {
    check(
        "履歴書\n\n氏名　見本 太郎\n本　籍　　長崎県\n現住所　東京都架空区1-2\n国籍：日本　性別：男　最寄駅：架空\n配偶者　有　　扶養家族　3人\n",
        PlainText,
        "本籍・出生地",
        &["本　籍", "長崎", "日本", "配偶者", "扶養家族", "3人"],
        &["見本 太郎", "現住所", "架空区", "性別：男", "最寄駅：架空"],
    );
    check(
        "本籍\n青森県弘前市\n\n職歴\n2019年4月 株式会社架空 入社\n",
        PlainText,
        "本籍・出生地",
        &["本籍", "青森", "弘前"],
        &["株式会社架空"],
    );
    check(
        "氏名: 見本 太郎 / 国籍: ベトナム（在留資格: 永住者） / 最寄駅: 架空駅\n",
        PlainText,
        "国籍",
        &["ベトナム"],
        &["見本 太郎", "在留資格: 永住者", "架空駅"],
    );
}

#[test]
fn cells_are_taken_out_of_tables() {
    check(
        "| 項目 | 内容 |\n|---|---|\n| 氏名 | 見本 太郎 |\n| 本籍 | 高知県 |\n| 宗教 | 仏教 |\n| 最寄駅 | 架空 |\n",
        Markdown,
        "宗教",
        &["本籍", "高知", "宗教", "仏教"],
        &["見本 太郎", "最寄駅", "架空"],
    );
    check(
        "| 本籍 | 高知県 | 現住所 | 東京都 |\n|---|---|---|---|\n| 国籍 | 日本 | 電話 | 090 |\n",
        Markdown,
        "国籍",
        &["高知", "日本"],
        &["東京都", "090"],
    );
    check(
        "| 氏名 | 国籍 | 技術 |\n|---|---|---|\n| 見本 太郎 | 中国 | Rust |\n",
        Markdown,
        "国籍",
        &["国籍", "中国"],
        &["見本 太郎", "技術", "Rust"],
    );
    check(
        "<table><tr><th>本籍</th><td>高知県</td></tr><tr><th>最寄駅</th><td>架空</td></tr></table>",
        Html,
        "本籍・出生地",
        &["本籍", "高知"],
        &["最寄駅", "架空"],
    );
}

#[test]
fn every_format_is_looked_through() {
    let kept = &["Rust"];
    check(
        "<dl><dt>宗教</dt><dd>仏教</dd></dl><h2>紹介</h2><p>私は<b>クリスチャン</b>です。</p><p>Rust</p>",
        Html,
        "宗教",
        &["宗教", "仏教", "クリスチャン"],
        kept,
    );
    check(
        "本籍: 高知県\n家族:\n  - 妻 花子\n  - 長男 一郎\nskills:\n  - Rust\n",
        Yaml,
        "家族",
        &["高知", "花子", "一郎"],
        kept,
    );
    check(
        "{\"国籍\": \"\\u65e5本\", \"家族構成\": [\"妻\", \"長男\"], \"skills\": [\"Rust\"]}",
        Json,
        "国籍",
        &["u65e5", "妻", "長男"],
        kept,
    );
    check(
        "* 病歴\n喘息で通院中です。\n* スキル\n- Rust\n",
        Org,
        "健康・病歴・障害",
        &["喘息", "通院"],
        kept,
    );
    check(
        "\\section{家族構成}\n妻と長男\n\\section{スキル}\n\\begin{itemize}\n\\item Rust\n\\end{itemize}\n",
        Latex,
        "家族",
        &["妻", "長男"],
        kept,
    );
    check(
        "= 家族構成\n- 妻\n- 長男\n= スキル\n- Rust\n",
        Typst,
        "家族",
        &["妻", "長男"],
        kept,
    );
    check(
        "---\nname: 見本 太郎\n本籍: 高知県\n---\n\n# スキル\n\n- Rust\n",
        Markdown,
        "本籍・出生地",
        &["高知"],
        &["見本 太郎", "Rust"],
    );
}

#[test]
fn only_the_reason_is_taken_out_of_an_event() {
    check(
        "## 職務経歴\n\n- 2016年4月 株式会社架空 入社\n- 2018年3月 うつ病のため退職\n",
        Markdown,
        "健康・病歴・障害",
        &["うつ病"],
        &["株式会社架空", "2018年3月", "退職"],
    );
    check(
        "2018年3月、病気療養のため株式会社架空を退職。\n",
        Markdown,
        "健康・病歴・障害",
        &["病気", "療養"],
        &["2018年3月", "株式会社架空", "退職"],
    );
    check(
        "2020年6月、父の介護のため退職し、Rust を独学した。\n",
        Markdown,
        "家族",
        &["父", "介護"],
        &["退職", "Rust"],
    );
}

#[test]
fn the_rest_of_a_paragraph_stays() {
    check(
        "決済基盤を Erlang で作りました。私は仏教徒で、Perl で経典を調べています。**Rust** も書きます。\n",
        Markdown,
        "宗教",
        &["仏教徒", "Perl", "経典"],
        &["Erlang で作りました。", "Rust", "も書きます。"],
    );
    check(
        "青森の生まれで、いまは架空市に住んでいるエンジニアです。\n",
        Markdown,
        "本籍・出生地",
        &["青森"],
        &["いまは架空市に住んでいるエンジニアです。"],
    );
    check(
        "健康状態は良好で、基盤の開発を長く続けられます。\n",
        Markdown,
        "健康・病歴・障害",
        &["健康状態", "良好"],
        &[],
    );
    check(
        "毎週[架空教会](https://example.com/church)に通っています。\n",
        Markdown,
        "宗教",
        &["架空教会", "example.com/church"],
        &[],
    );
}

#[test]
fn nothing_is_read_of_what_is_taken_out() {
    let text = "# 職務経歴書\n\n- 氏名: 見本 太郎\n- 本籍: 高知県\n\n## 家族構成\n\n### 父 株式会社父親商店（2001年4月〜現在）\n\n- 使用技術: COBOL\n\n\
        ## 職務経歴\n\n### 株式会社架空（2019年4月〜2021年3月）\n\nRust で開発。私は仏教徒で、Perl を写経しています。\n\n- 使用技術: Rust\n";
    let reading = reading(text, Markdown);
    let names: Vec<&str> = reading
        .resume
        .mentions
        .iter()
        .map(|mention| mention.technology.name.as_str())
        .collect();
    assert!(!names.is_empty());
    assert!(names.iter().all(|name| *name == "Rust"), "{names:?}");
    let employers: Vec<&str> = reading
        .resume
        .stints
        .employments
        .iter()
        .map(|job| job.employer.name.as_str())
        .collect();
    assert_eq!(employers, ["株式会社架空"]);
    let read = format!("{:?}", reading.resume);
    for word in ["高知", "父", "COBOL", "Perl", "仏教"] {
        assert!(!read.contains(word), "{word}");
    }
    let lines: Vec<(Option<u32>, String)> = reading
        .notices
        .into_iter()
        .filter(|notice| notice.kind == NoticeKind::NotCollected)
        .map(|notice| (notice.line, notice.text))
        .collect();
    let expected = [(4, "本籍・出生地"), (6, "家族"), (16, "宗教")];
    assert_eq!(
        lines,
        expected.map(|(line, text)| (Some(line), text.to_owned()))
    );
}
