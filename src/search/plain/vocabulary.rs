//! The words of requests that are no names: particles, generic words, and those that ask for
//! something of the name beside them.

use std::collections::HashMap;
use std::sync::LazyLock;

use shokureki_index::analysis::normalized_key;
use shokureki_index::words;

use super::super::request::Tenure;
use crate::domain::Grade;

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Nearly every résumé has it, or it only asks politely: 経験, エンジニア, できる人.
    Generic,
    /// Paid work is asked for first: 実務.
    Work,
    /// What is done with a technology; generic beside one, a word of its own else: 運用, 設計.
    Activity,
    /// Joins what stands beside it, and says nothing: を, の.
    Glue,
    /// The place where something was done: ドワンゴで, ドワンゴ時代.
    At,
    /// Both are asked for: と, 、.
    And,
    /// Either is asked for: または, /.
    Or,
    /// What stands before it is not wanted: 以外.
    Except,
    /// A technology or company before it is not wanted; of anything else it says nothing: Java不可, リモート不可.
    Refused,
    /// A technology, company or role before it is denied in other words: 書けない, ではなく.
    Denied,
    /// What stands before it is welcome and not asked for: 歓迎, 尚可.
    Welcome,
    /// What touches it is not needed: 未経験可, 不問, なくても可.
    Needless,
    /// No condition can tell it: 即日, 男性.
    Untold,
    /// What stands before it is an employer: 在籍, 出身.
    Tenure(Tenure),
    /// What follows is an employer: 元, 現職.
    TenureOf(Tenure),
    /// What stands before it begins the names of employers: 系, グループ.
    Group,
    /// What stands before it is where the person lives: 在住.
    Residence,
    /// The least grade of the technology before it: 趣味可.
    Grade(Grade),
    /// A level of education: 高専卒.
    School(&'static str),
    /// What stands before it is a technology, not the company of the same name: API, bot.
    Subject,
    /// A certificate of what stands before it: AWS認定資格.
    Certificate,
}

/// Generic words that are so even alone.
const GENERIC: &str = "
    経験 実務経験 開発 開発経験 運用経験 業務経験 エンジニア 経験者 できる人 人材 候補者 スキル
    技術 使用 利用 利用経験 使用経験 engineer engineers experience developer developers
";

/// Words for paid work, generic too.
const WORK: &str = "
    実務 業務 本番 本番環境 商用 商用環境 実務レベル 実戦
";

/// Words that are generic beside something else.
const ASIDE: &str = "
    経験あり 経験有 経験有り 経験がある 経験のある 経験した 経験豊富 経験必須 経験年数 歴
    プログラマ プログラマー 技術者 人 方 の方 さん できる 出来る 可能
    使っている を使っている 書いている 扱っている 触っている 持っている を持つ方 を持つ人 所持 所持者
    可能な人 可能な方 わかる 分かる 詳しい 詳しい人 詳しい方 強い
    強い人 強い方 得意 得意な人 得意な方 スキルセット 知識 知見 希望 必須 募集
    求む 求人 採用 探しています 探してます 担当 担当者 従事 業界 業界経験 業種 分野 領域 案件
    案件経験 現場 メンバー 書ける 扱える 触った 触れる
    やっていた やってる していた している した ある あり 有 有り 持ち 持つ
    ください お願いします 勤務可 勤務希望 通勤可能 人を探しています
    取得 取得者 保有 保有者 合格 合格者 使える レベル メイン 中心
    in with of and programmer skills skill
    いる います いますか いませんか 両方 双方 どちらも どれも いずれも 最近 ただし 但し ただ
    必須条件 必須要件 必須スキル 応募条件 応募資格 歓迎条件 歓迎要件 歓迎スキル 歓迎経験 nice-to-have
    できれば 出来れば 可能であれば 可能なら 欲を言えば 理想は
    ができれば ができればok が書ければ が使えれば からお任せできる からお任せできる方 からできる からできる人 からできる方 から任せられる からやれる
    お任せできる お任せしたい 任せたい 実績 実績がある 実績のある 実績あり の実績 の実績がある
    の実績のある の実績がある人 画面を作れる 画面を作れる人 画面を作れる方 画面を作る 画面を作った 画面が作れる
    画面開発 画面作成 を使っていた人 を使っていた方 を使っていた にいた人
    になった になった人 になった方 から転職 から転職した から転職した人 から転じた から転向した 転職した
    作った を作った を作った人 作れる 作っていた やった 使っていた に携わった に携わった人 に従事 に従事した
    に関わった 組める 回せる 任せられる
    書けて 触れて 使えて 扱えて できて 出来て いた人 いる人 いた方 いる方 いずれか 以外でも可
    に出向 に出向した に出向していた に出向経験あり へ出向 へ出向した へ出向していた に常駐 に常駐した に常駐していた
    話せる 話せる人 話せる方 が話せる が話せる人 が話せる方 堪能 堪能な人 堪能な方 が堪能
    looking seeking wanted need needed someone somebody for the at least who has have having
    person people candidate candidates knows know knowledge background familiar proficient
    years year using used working worked we our i want would can able who's write code coding plus
    must required preferred hire hiring strong good is are be to
";

const ACTIVITY: &str = "
    運用 構築 設計 実装 保守 導入 移行 管理 開発運用 運用保守 設計構築 構築運用 環境構築
    基盤構築 アプリ開発 アプリケーション開発 プログラミング コーディング チューニング
    監視 監視運用 運用監視 性能改善 移行作業 導入支援 制作 作成 改修 更改 刷新
    保守運用 保守開発 開発保守 設計開発 運用・保守 保守・運用 構築・運用 設計・開発
    プロジェクト 案件 環境 システム開発 設計・構築 活用 操作 検証 調査 言語
";

const GLUE: &str = "
    を の が は に も へ な から からの への を使った を使って を用いた を利用した を使用した を活用した を使える
    を使う による に関する についての に での を含む ( ) : 。 【 】 使った 使って 用いた 利用した
    として としての としての経験 社 社の
    けど けれど けれども だけど ですが だが ものの
    使用した ! ? が必要 をお持ち ■ □ ● ○ ◆ ◇ ◎ ▼ ▽ ▲ △ ★ ☆ ※ ] [
";

const AT: &str = "
    で にて 時代 時代に 時代の 社で
";

const AND: &str = "
    と や 、 , ・ & && + だけでなく だけではなく だけじゃなく のみならず および 及び かつ 且つ ならびに それに と共に
";

const OR: &str = "
    または 又は もしくは 若しくは あるいは か / | || or
";

const EXCEPT: &str = "
    以外 以外の 以外で を除く 除く を除いて は除く は除いて を除外 は除外 除外 じゃない ではない
    なし 無し 抜き がない が無い のない はない を含まない を含めない は含まない
";

const REFUSED: &str = "
    不可 は不可 も不可 ng はng もng お断り はお断り 対象外 は対象外
";

const DENIED: &str = "
    は書けない が書けない も書けない 書けない は使えない が使えない 使えない は扱えない 扱えない
    はできない ができない できない は出来ない ができない人 は知らない を知らない 知らない 未経験 は未経験
    が未経験 未経験者 未経験の ではなく ではなくて じゃなく じゃなくて でなく でなくて は触ったことがない
    を触ったことがない は使ったことがない を使ったことがない は書いたことがない は使っていない
    を使っていない は使わない を使わない は使わず を使わず を使わずに は要らない はいらない
";

const WELCOME: &str = "
    歓迎 大歓迎 も歓迎 は歓迎 だと歓迎 なら歓迎 歓迎します も歓迎します 尚可 なお可 尚良 尚良し なお良し なお良い
    だと尚可 だとなお良い なら尚可 があれば尚可 もあれば尚可 あれば尚可 あれば尚良 あれば尚良し
    があれば尚良し があれば尚良い あればなお良い があればなお良い あればなお良し があればなお良し
    あると尚可 があると尚可 あると尚良い あるとなお良い 優遇 は優遇 優遇します 加点 プラス評価
    あれば があれば もあれば あれば嬉しい があれば嬉しい もあれば嬉しい あると嬉しい があると嬉しい
    もあると嬉しい あればうれしい あるとうれしい だと嬉しい ならなお可 だとうれしい あれば良い があれば良い
    あればベター があればベター だとベター ベター できると嬉しい もできると嬉しい ができると嬉しい
    できれば尚可 もできれば尚可 ができれば尚可 できると尚可 もできると尚可 書けると嬉しい も書けると嬉しい
    が書けると嬉しい わかると嬉しい もわかると嬉しい 触れると嬉しい も触れると嬉しい 使えると嬉しい
    も使えると嬉しい できると尚良い もできると尚良い 書けると尚可 も書けると尚可 使えると尚可 も使えると尚可
";

const NEEDLESS: &str = "
    不問 は不問 も不問 を問わず は問わず 問わず は問わない を問わない 問わない は問いません 問いません
    なし可 なしでも可 なしok なしでもok 無し可 無しでも可 がなくても可 はなくても可 なくても可
    がなくてもok はなくてもok なくてもok なくても良い なくてもよい なくてもいい はなくても良い はなくてもよい
    はなくてもいい がなくても良い がなくてもよい がなくてもいい でなくても可 でなくてもok でなくても良い
    でなくてもよい でなくてもいい 未経験可 は未経験可 が未経験可 未経験ok は未経験ok 未経験でも可 は未経験でも可
    未経験でもok は未経験でもok 未経験でも良い 未経験でもよい 未経験歓迎 未経験者歓迎 未経験も歓迎
    未経験者可 未経験者も可 未経験者ok 必須ではない は必須ではない 必須でない は必須でない 必須ではありません
    は必須ではありません 任意 は任意 不要 は不要 も不要 書けなくても可 は書けなくても可 書けなくてもok
    は書けなくてもok 書けなくても良い は書けなくても良い 書けなくてもよい は書けなくてもよい 書けなくてもいい
    は書けなくてもいい できなくても可 はできなくても可 ができなくても可 できなくてもok はできなくてもok
    はできなくても良い はできなくてもよい はできなくてもいい 使えなくても可 は使えなくても可
    は使えなくてもよい は使えなくても良い 知らなくても可 は知らなくても可 は知らなくてもよい は知らなくても良い
    問題ない なくても問題ない はなくても問題ない
";

// 国籍 by itself is a word like any other, which no text that is kept has: nobody is found by it.
const UNTOLD: &str = "
    年齢 年齢不問 性別 性別不問 男性 男性のみ 女性 女性のみ 男女 男女不問 国籍不問 日本国籍 外国籍
    学歴不問 経験年数不問 年数不問 転職回数不問 経歴不問 業界未経験可 業種未経験可 業界経験不問
    業界未経験ok 業種不問 ブランク可 独身 既婚 子持ち 年収 希望年収 月収 月給 年俸 月単価 希望単価
    即日 即日可 即日稼働 即日稼働可 即日稼働可能 即日参画 即日参画可 即日参画可能 即日入社 即日勤務
    即日勤務可 即戦力 即戦力の 即参画 即稼働 すぐに参画できる すぐ参画できる すぐに働ける すぐ働ける
    来月から 来週から 今月から 再来月から フルタイム 週末のみ 週末稼働 平日夜 土日稼働 若手歓迎 シニア歓迎
    ブランクok 残業可 残業なし 夜勤可 夜勤ok 転勤可 転勤ok 出張可 出張ok 急募 至急
";

const RESIDENCE: &str = "
    在住 在住者 在住の 住み 住まい 居住 居住者 に住む に住んでいる に在住 に居住
";

const GROUP: &str = "
    系 グループ 系列 系企業 グループ会社 系列会社 グループ企業
";

const SUBJECT: &str = "
    api apis bot ボット sdk 連携 ログイン ミニアプリ アプリ login liff workspace 広告 認証
    actions 公式アカウント ツール
";

const CERTIFICATE: &str = "
    認定 認定資格 資格 資格保有 資格保有者 認定試験 認定資格者 の資格 の認定 の認定資格 系資格 関連資格
";

const CURRENT: &str = "
    在籍中 現職 勤務中 在職中 現役 所属中 に在籍中 に勤務中 に在職中 で勤務中 で働いている
    で働く に在籍している に勤務している に勤める に現在在籍 が現職 は現職
";

const PAST: &str = "
    出身 出身者 の出身 出身の 退職 退職者 退社 ob og 卒業 卒業生 元社員 を退職 を退社 離職
    が前職 卒
";

const ANY: &str = "
    在籍 在籍者 在籍経験 在籍歴 在籍経験者 在籍経験あり に在籍 に在籍していた 在籍していた 勤務
    勤務経験 勤務経験者 勤務経験あり 勤務歴 に勤務 で勤務 に勤務していた 勤務していた 勤め 社員
    で働いた で働いていた で働いた経験 に所属 所属 に所属していた 在職 在職経験 に勤めていた
    に居た にいた で働いたことがある での勤務 での勤務経験 での就業経験 就業経験 職歴 入社
";

const CURRENT_OF: &str = "
    現 現職 現在 現職は 現職が 現職: 現在は
";
const PAST_OF: &str = "
    元 前職 前職は 前職が 前職: もと
";

const PERSONAL: &str = "
    趣味可 趣味でも可 趣味でもok 趣味でも 趣味ok 趣味レベル可 趣味レベルでも可 趣味レベルでも
    趣味でも良い 趣味でもよい 個人開発可 個人開発でも可 個人開発でもok 個人開発ok 個人でも可
    プライベート可 プライベートでも可 独学可 独学でも可 実務経験不問 実務不問 実務未経験可 実務未経験ok
    実務未経験でも可 実務経験なし可 実務経験なしでも可 実務経験なくても可 実務経験がなくても可 実務経験なしok
    業務経験不問 業務未経験可 業務経験なし可 業務経験なしでも可 業務経験なくても可
";

const LEARNING: &str = "
    学習中可 学習中でも可 勉強中可 勉強中でも可 興味があれば可 学習意欲があれば可
";

const WORKED: &str = "
    趣味は除く 趣味を除く 趣味以外 趣味は不可 趣味不可 個人開発は除く 個人開発を除く 個人開発不可
    個人制作は除く 個人制作を除く 趣味・個人開発は除く 趣味・個人制作は除く 趣味や個人開発は除く
    趣味や個人制作は除く 個人開発以外 趣味レベル不可 個人開発・趣味は除く
    実務のみ 業務のみ 実務限定 実務経験のみ 実務経験必須 実務必須 業務経験必須 業務経験のみ
";

/// Ends of words that are no employers' names though 系 follows.
const GENRES: &str = "
    web ec ai it si sier ses saas iot sns sre ui ux ml bi b2b btob b2c toc tob db nw os pc ict
    dx rpa erp crm
";

/// Words for levels of education, each behind the one that is shown for it.
const SCHOOLS: [(&str, &str); 8] = [
    (
        "高専",
        "高専 高専卒 高専卒業 高専出身 高専生 高等専門学校 高等専門学校卒",
    ),
    ("大学院", "院卒 大学院卒 大学院修了 院修了 大学院修了者"),
    ("修士", "修士 修士卒 修士号 修士課程 修士課程修了 修士以上"),
    ("博士", "博士 博士号 博士課程 博士課程修了 博士卒 phd"),
    (
        "大学",
        "大卒 大学卒 大学卒業 四大卒 4大卒 学士 大卒以上 大学卒以上",
    ),
    ("専門学校", "専門卒 専門学校卒 専門学校卒業"),
    ("短大", "短大卒 短期大学卒 短大卒業"),
    ("高校", "高卒 高校卒 高校卒業"),
];

static WORDS: LazyLock<HashMap<String, Sense>> = LazyLock::new(|| {
    let lists: [(&str, Sense); 26] = [
        (ASIDE, Sense::Generic),
        (ACTIVITY, Sense::Activity),
        (GENERIC, Sense::Generic),
        (WORK, Sense::Work),
        (GLUE, Sense::Glue),
        (AT, Sense::At),
        (AND, Sense::And),
        (OR, Sense::Or),
        (EXCEPT, Sense::Except),
        (REFUSED, Sense::Refused),
        (DENIED, Sense::Denied),
        (WELCOME, Sense::Welcome),
        (NEEDLESS, Sense::Needless),
        (UNTOLD, Sense::Untold),
        (RESIDENCE, Sense::Residence),
        (GROUP, Sense::Group),
        (SUBJECT, Sense::Subject),
        (CERTIFICATE, Sense::Certificate),
        (CURRENT_OF, Sense::TenureOf(Tenure::Current)),
        (PAST_OF, Sense::TenureOf(Tenure::Past)),
        (CURRENT, Sense::Tenure(Tenure::Current)),
        (PAST, Sense::Tenure(Tenure::Past)),
        (ANY, Sense::Tenure(Tenure::Any)),
        (PERSONAL, Sense::Grade(Grade::Personal)),
        (LEARNING, Sense::Grade(Grade::Learning)),
        (WORKED, Sense::Grade(Grade::Worked)),
    ];
    let words = lists.into_iter().flat_map(|(words, sense)| {
        words
            .split_whitespace()
            .map(move |word| (normalized_key(word), sense))
    });
    let schools = SCHOOLS.into_iter().flat_map(|(level, words)| {
        words
            .split_whitespace()
            .map(move |word| (normalized_key(word), Sense::School(level)))
    });
    words.chain(schools).collect()
});

static LONGEST: LazyLock<usize> = LazyLock::new(|| {
    WORDS
        .keys()
        .map(|word| word.chars().count())
        .max()
        .unwrap_or(0)
});

/// Returns the words that `text`, which is normalized, begins with: the longest first, each with its
/// length in bytes.
pub(super) fn words_at(text: &str) -> Vec<(usize, Sense)> {
    let ends = text.char_indices().skip(1).map(|(at, _)| at);
    let mut found: Vec<(usize, Sense)> = ends
        .chain([text.len()])
        .take(*LONGEST)
        .filter(|&end| !is_inside_latin(text, end))
        .filter_map(|end| Some((end, *WORDS.get(&text[..end])?)))
        .collect();
    found.reverse();
    found
}

/// Returns the length of an English article that `text` has at `at` between other words: a Go engineer.
///
/// Alone or before a Japanese word, A is a name: A社.
pub(super) fn article_at(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let length = ["a ", "an "]
        .iter()
        .find(|article| rest.starts_with(**article))?
        .len()
        - 1;
    let is_behind_word = text[..at]
        .trim_end()
        .ends_with(|c: char| c.is_ascii_alphabetic());
    let is_before_word = rest[length..]
        .trim_start()
        .starts_with(|c: char| c.is_ascii_alphabetic());
    (is_behind_word && is_before_word).then_some(length)
}

/// Whether `at` is between two letters of one Latin word.
pub(super) fn is_inside_latin(text: &str, at: usize) -> bool {
    let latin = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    latin(text[..at].chars().next_back()) && latin(text[at..].chars().next())
}

/// Whether `word` is generic wherever it stands.
pub(in crate::search) fn is_generic(word: &str) -> bool {
    let key = normalized_key(word);
    let mut generic = GENERIC.split_whitespace().chain(WORK.split_whitespace());
    generic.any(|word| normalized_key(word) == key)
}

/// Whether a generic word asks for use in paid work: 実務, 業務経験, 本番環境.
pub(in crate::search) fn asks_for_work(word: &str) -> bool {
    words!["実務", "業務", "本番", "商用", "実戦"].begin(&normalized_key(word))
}

/// Whether what stands behind the word is welcome and not asked for: 【歓迎】, 尚可.
pub(super) fn opens_wishes(word: &str) -> bool {
    words![
        "歓迎",
        "歓迎条件",
        "歓迎要件",
        "歓迎スキル",
        "歓迎経験",
        "尚可",
        "尚良",
        "あれば尚可",
        "あれば尚良",
        "優遇",
        "できれば",
        "出来れば",
        "可能であれば",
        "可能なら",
        "欲を言えば",
        "理想は",
        "nice-to-have"
    ]
    .has(&normalized_key(word))
}

/// Whether what stands behind the word is asked for, after what is welcome: 【必須】.
pub(super) fn opens_needs(word: &str) -> bool {
    words![
        "必須",
        "必須条件",
        "必須要件",
        "必須スキル",
        "応募条件",
        "応募資格"
    ]
    .has(&normalized_key(word))
}

/// Whether 系 behind `word`, which is normalized, names a kind of work instead of employers.
pub(super) fn is_genre(word: &str) -> bool {
    GENRES.split_whitespace().any(|genre| genre == word)
}
