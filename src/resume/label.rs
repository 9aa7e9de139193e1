//! Labels: which field of a job or project a word before a colon, in a cell or in a heading names.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A field of a job, a project or a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    /// 期間.
    Period,
    /// 開始, 入社.
    Start,
    /// 終了, 退社.
    End,
    /// 使用技術, 言語, DB ….
    Technology,
    /// 役割, 担当, ポジション.
    Role,
    /// 体制, 規模.
    Team,
    /// 概要, 業務内容.
    Summary,
    /// 実績, 成果, 工夫.
    Achievement,
    /// 担当工程.
    Phase,
    /// 会社名, 所属.
    Employer,
    /// 部署.
    Department,
    /// 案件名, プロジェクト名, システム.
    Title,
    /// 雇用形態.
    EmploymentKind,
    /// 事業内容, 従業員数, 資本金: about the employer.
    Business,
    /// 顧客, 業種.
    Client,
    /// 環境: technologies with team size and role below, or a list.
    Environment,
}

/// Labels by field, as [`folded`] writes them.
const LABELS: &[(Field, &[&str])] = &[
    (
        Field::Period,
        &[
            "期間",
            "在籍期間",
            "所属期間",
            "担当期間",
            "開発期間",
            "時期",
            "参画期間",
            "従事期間",
            "勤務期間",
            "作業期間",
            "プロジェクト期間",
            "案件期間",
            "年月",
            "稼働期間",
            "参加期間",
            "契約期間",
            "雇用期間",
            "実施期間",
            "業務期間",
            "所属と期間",
            "期間と所属",
            "period",
            "duration",
            "term",
            "date",
            "dates",
            "在職期間",
            "経験期間",
            "携わった期間",
            "参画時期",
            "いつ",
        ],
    ),
    (
        Field::Start,
        &[
            "開始",
            "開始年月",
            "開始日",
            "入社",
            "入社年月",
            "入社日",
            "from",
            "start",
            "startdate",
            "入社時期",
            "いつから",
            "自",
        ],
    ),
    (
        Field::End,
        &[
            "終了",
            "終了年月",
            "終了日",
            "退社",
            "退職",
            "退社年月",
            "退職年月",
            "退社日",
            "退職日",
            "to",
            "end",
            "enddate",
            "離職",
            "いつまで",
            "至",
        ],
    ),
    (
        Field::Technology,
        &[
            "使用技術",
            "技術",
            "利用技術",
            "開発環境",
            "技術スタック",
            "言語",
            "使用言語",
            "開発言語",
            "利用言語",
            "fw",
            "db",
            "os",
            "インフラ",
            "ツール",
            "主要技術",
            "主な技術",
            "主な使用技術",
            "主な利用技術",
            "関連技術",
            "使用言語等",
            "フレームワーク",
            "ライブラリ",
            "ミドルウェア",
            "データベース",
            "クラウド",
            "サーバ",
            "サーバー",
            "使用ツール",
            "利用ツール",
            "ツール類",
            "使用した技術",
            "利用した技術",
            "使った技術",
            "使った技術について",
            "採用技術",
            "技術要素",
            "使用技術等",
            "プログラミング言語",
            "言語fw",
            "フレームワークライブラリ",
            "言語フレームワーク",
            "開発ツール",
            "利用サービス",
            "使用サービス",
            "バージョン管理",
            "cicd",
            "ci",
            "モニタリング",
            "監視",
            "ソースコード管理",
            "iac",
            "使用os",
            "利用os",
            "利用言語ツール",
            "使用言語ツール",
            "技術スキル",
            "technologies",
            "technology",
            "techstack",
            "tech",
            "stack",
            "skills",
            "skill",
            "languages",
            "language",
            "tools",
            "frameworks",
            "framework",
            "libraries",
            "database",
            "databases",
            "infrastructure",
            "infra",
            "environment",
            "使用ソフト",
            "使用機材",
            "言語ツール",
            "フロントエンド",
            "バックエンド",
            "サーバーサイド",
            "サーバサイド",
            "frontend",
            "backend",
            "ミドルウエア",
            "スキル",
            "使用スキル",
            "活用スキル",
            "活用技術",
            "インフラ環境",
            "ネットワーク",
            "テスト",
            "負荷試験ツール",
            "各種ツール",
            "di",
            "データストア",
            "通信api",
            "開発手法技術",
            "経験技術",
            "習得技術",
            "扱った技術",
            "触れた技術",
            "技術環境",
            "動作環境",
            "システム環境",
            "使用環境",
            "利用環境",
            "環境技術",
            "機種os",
            "dbms",
            "rdbms",
            "使用db",
            "開発言語等",
            "利用技術スキル",
            "言語環境",
            "言語os",
            "言語db",
            "ハードウェア",
            "ソフトウェア",
            "使用プロダクト",
            "プロダクト",
            "keywords",
            "使用技術環境",
            "環境言語",
            "使ったもの",
            "つかったもの",
            "使った道具",
            "技術スタック使用技術",
            "使用技術スタック",
            "開発技術",
            "サービス",
            "aws",
            "gcp",
            "azure",
            "その他技術",
            "クラウドサービス",
            "仮想化",
            "コンテナ",
        ],
    ),
    (Field::Environment, &["環境"]),
    (
        Field::Role,
        &[
            "役割",
            "担当",
            "ポジション",
            "役職",
            "担当業務",
            "担当範囲",
            "担当した範囲",
            "職位",
            "職種",
            "担当役割",
            "職責",
            "主な役割",
            "role",
            "roles",
            "position",
            "立場",
            "役割担当",
            "担当領域",
            "ロール",
            "担当した内容",
            "開発における役割",
            "担当機能",
            "肩書き",
            "肩書",
            "役割ポジション",
            "ポジション役割",
            "title",
            "jobtitle",
            "職務",
            "担当ポジション",
            "役割規模",
        ],
    ),
    (
        Field::Team,
        &[
            "体制",
            "規模",
            "チーム規模",
            "人数",
            "チーム体制",
            "開発規模",
            "開発体制",
            "プロジェクト規模",
            "チーム人数",
            "メンバー",
            "チーム",
            "チーム構成",
            "規模体制",
            "体制規模",
            "人員",
            "開発人数",
            "team",
            "teamsize",
            "会社チームの規模",
            "会社・チームの規模",
            "チームの規模",
            "チームの規模と役割",
            "組織体制",
            "人数体制",
            "参加人数",
            "規模役割",
            "要員",
            "要員数",
            "全体人数",
            "構成",
        ],
    ),
    (
        Field::Summary,
        &[
            "概要",
            "業務内容",
            "内容",
            "プロジェクト概要",
            "業務概要",
            "案件概要",
            "システム概要",
            "職務内容",
            "仕事内容",
            "詳細",
            "活動内容",
            "作業内容",
            "サービス概要",
            "開発内容",
            "案件内容",
            "プロジェクト内容",
            "summary",
            "description",
            "overview",
            "背景",
            "目的",
            "担当内容",
            "事業概要",
            "業務詳細",
            "主な業務",
            "主な業務内容",
            "サービスについて",
            "具体的な業務内容",
            "活動",
            "プロダクト概要",
            "主な業務と成果",
            "主な業務成果",
            "highlights",
            "業務",
            "経験",
            "開発概要",
            "経歴",
            "職務概要",
            "実施内容",
            "取り組み内容",
            "アプリ概要",
            "説明",
        ],
    ),
    (
        Field::Achievement,
        &[
            "実績",
            "成果",
            "工夫",
            "取り組み",
            "取組み",
            "取組",
            "工夫した点",
            "実績取り組み",
            "実績成果",
            "成果実績",
            "課題",
            "解決策",
            "苦労した点",
            "苦戦したこと",
            "主な実績",
            "主な成果",
            "成果のまとめ",
            "やったこと成果",
            "アピールポイント",
            "ポイント",
            "貢献",
            "課題貢献",
            "取り組んだ課題貢献",
            "取り組んだ課題",
            "学んだこと",
            "振り返り",
            "工夫したこと",
            "achievements",
            "achievement",
            "やったこと",
            "結果",
            "効果",
            "解決",
            "解決方法",
            "問題",
            "アプローチ",
            "技術メモ",
            "活動実績",
            "進め方",
            "こだわり",
            "得られたスキル",
            "身についたこと",
            "感想",
            "備考",
            "補足",
            "メモ",
            "資料",
            "参考資料",
            "リンク",
            "url",
            "公開情報",
            "関連リンク",
            "主な取り組み",
            "実績取組",
            "特筆事項",
            "その他",
            "評価",
            "受賞",
            "残った課題",
            "利用手法",
            "工数",
            "苦労したこと",
            "その他の取り組み",
            "業績",
            "主な担当",
            "主な機能",
            "機能",
            "設計運用面",
            "開発面",
            "課題と解決策",
            "課題解決",
            "得たもの",
            "工夫した点苦労した点",
            "課題と対応",
            "対応内容",
            "実績や工夫",
            "成果や工夫",
        ],
    ),
    (
        Field::Phase,
        &[
            "担当工程",
            "工程",
            "担当フェーズ",
            "フェーズ",
            "作業工程",
            "開発工程",
            "担当プロセス",
            "経験工程",
            "phase",
        ],
    ),
    (
        Field::Employer,
        &[
            "会社",
            "会社名",
            "勤務先",
            "企業名",
            "所属会社",
            "所属",
            "社名",
            "在籍企業",
            "勤務先名",
            "company",
            "employer",
            "所属企業",
            "所属屋号",
            "会社名役職",
            "organization",
            "勤務先会社名",
            "企業",
            "就業先",
            "雇用主",
            "所属組織",
            "勤務会社",
        ],
    ),
    (
        Field::Department,
        &[
            "部署",
            "所属部署",
            "配属",
            "配属先",
            "部門",
            "配属部署",
            "department",
        ],
    ),
    (
        Field::Title,
        &[
            "案件名",
            "プロジェクト名",
            "プロジェクト",
            "案件",
            "システム",
            "システム名",
            "案件プロジェクト",
            "プロジェクト案件",
            "業務名",
            "件名",
            "project",
            "projectname",
            "name",
            "開発システム",
            "プロダクト名",
            "タイトル",
            "サービス名",
            "製品名",
            "案件名称",
            "プロジェクト名称",
            "テーマ",
            "作品名",
            "案件名概要",
            "システム名称",
            "業務システム名",
        ],
    ),
    (
        Field::EmploymentKind,
        &[
            "雇用形態",
            "契約形態",
            "雇用",
            "形態",
            "employmenttype",
            "就業形態",
            "雇用区分",
        ],
    ),
    (
        Field::Business,
        &[
            "事業内容",
            "従業員数",
            "資本金",
            "売上高",
            "売上",
            "設立",
            "社員数",
            "上場",
            "本社",
            "拠点",
            "主な事業内容",
            "資本関係",
            "従業員",
            "会社概要",
            "企業概要",
            "上場区分",
            "所在地",
            "勤務地",
            "事業",
            "年商",
            "株式公開",
            "代表者",
            "社風",
        ],
    ),
    (
        Field::Client,
        &[
            "顧客",
            "クライアント",
            "業種",
            "業界",
            "クライアント業種",
            "client",
            "客先",
            "業種業界",
            "取引先",
            "エンドユーザー",
            "顧客業種",
            "常駐先",
            "業務分野",
            "発注元",
        ],
    ),
];

/// [`LABELS`] by label; the first field that lists one has it.
static BY_LABEL: LazyLock<HashMap<&'static str, Field>> = LazyLock::new(|| {
    let mut by_label = HashMap::new();
    for (field, labels) in LABELS {
        for label in *labels {
            by_label.entry(*label).or_insert(*field);
        }
    }
    by_label
});

/// Reads a label: without width, case, blanks, brackets and signs, `技術（別紙）` as 技術.
pub(super) fn field_of(label: &str) -> Option<Field> {
    if label.len() > 90 {
        return None;
    }
    let folded = folded(label);
    if folded.is_empty() {
        return None;
    }
    lookup(&folded)
        .or_else(|| {
            // 「使用技術一覧」「担当工程（詳細）」「業務内容1」
            let shortened = folded.trim_end_matches(|character: char| {
                character.is_ascii_digit() || "一覧等など①②③④⑤".contains(character)
            });
            (shortened.len() < folded.len()
                && folded.chars().count() <= shortened.chars().count() + 3)
                .then(|| lookup(shortened))
                .flatten()
        })
        .or_else(|| by_ending(&folded))
}

/// Tells the field of a label that the list does not have by its last word: 関与技術, 当方の役割.
fn by_ending(folded: &str) -> Option<Field> {
    const ENDINGS: [(&str, Field); 20] = [
        ("技術", Field::Technology),
        ("言語", Field::Technology),
        ("開発環境", Field::Technology),
        ("ツール", Field::Technology),
        ("フレームワーク", Field::Technology),
        ("ライブラリ", Field::Technology),
        ("ミドルウェア", Field::Technology),
        ("データベース", Field::Technology),
        ("使ったもの", Field::Technology),
        ("期間", Field::Period),
        ("役割", Field::Role),
        ("立場", Field::Role),
        ("体制", Field::Team),
        ("規模", Field::Team),
        ("人数", Field::Team),
        ("概要", Field::Summary),
        ("業務内容", Field::Summary),
        ("工程", Field::Phase),
        ("成果", Field::Achievement),
        ("実績", Field::Achievement),
    ];
    if folded.chars().count() > MAX_OPEN_LABEL_CHARS || folded.contains(['の', 'を', 'は']) {
        return None;
    }
    ENDINGS
        .iter()
        .find(|(ending, _)| folded.ends_with(ending))
        .map(|(_, field)| *field)
}

/// Characters that a label told by its last word may have.
const MAX_OPEN_LABEL_CHARS: usize = 9;

fn lookup(folded: &str) -> Option<Field> {
    BY_LABEL.get(folded).copied()
}

/// Folds a label to what [`LABELS`] holds.
fn folded(label: &str) -> String {
    let mut folded = String::with_capacity(label.len());
    let mut depth = 0usize;
    for character in label.chars() {
        let character = match character {
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(character as u32 - 0xFEE0).unwrap_or(character)
            }
            _ => character,
        };
        match character {
            '(' | '<' => depth += 1,
            ')' | '>' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '【' | '】' | '[' | ']' | '「' | '」' | '■' | '□' | '◆' | '◇' | '●' | '○' | '▼'
            | '▽' | '・' | '/' | ':' | '*' | '_' | '-' | '&' | '、' | ',' | '.' | '＆' | '※'
            | '〔' | '〕' | '+' | '|' | '《' | '》' | '≪' | '≫' => {}
            _ if character.is_whitespace() => {}
            _ => folded.extend(character.to_lowercase()),
        }
    }
    folded
}

/// A label at the beginning of a line and where its value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The field it names.
    pub(super) field: Field,
    /// Bytes of the value; empty where the label stands alone.
    pub(super) value: Range<usize>,
}

/// Splits `label: value`, `【label】value` or `label` at the beginning of `text`.
pub(super) fn label_of(text: &str) -> Option<Label> {
    let (label, value_at) = split_label(text)?;
    let field = field_of(label)?;
    let value = &text[value_at..];
    let lead = value.len() - value.trim_start().len();
    Some(Label {
        field,
        value: value_at + lead..text.len(),
    })
}

/// Splits `label value` at the first blank: 「期間　2016年4月〜」.
pub(super) fn blank_parted(text: &str) -> Option<Label> {
    let (label, value) = text.split_once([' ', '\u{3000}', '\t'])?;
    let is_word = label.chars().count() >= 2 && !label.is_ascii();
    let field = field_of(label).filter(|_| is_word)?;
    let value = value.trim_start();
    (!value.is_empty()).then(|| Label {
        field,
        value: text.len() - value.len()..text.len(),
    })
}

/// Splits any `word: rest`: the word, and where the rest begins.
pub(super) fn split_label(text: &str) -> Option<(&str, usize)> {
    if let Some(inner) = text.strip_prefix('【') {
        let end = inner.find('】').filter(|end| *end <= 90)?;
        let mut at = '【'.len_utf8() + end + '】'.len_utf8();
        let rest = text[at..].trim_start();
        if rest.starts_with([':', '：']) {
            at = text.len() - rest.len() + rest.chars().next().map_or(0, char::len_utf8);
        }
        return Some((&inner[..end], at));
    }
    let mut depth = 0usize;
    for (at, character) in text.char_indices() {
        if at > 90 {
            return None;
        }
        match character {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            ':' | '：' if depth == 0 => {
                let after = at + character.len_utf8();
                let is_address = text[after..].starts_with("//");
                let label = text[..at].trim();
                return (!is_address && !label.is_empty()).then_some((label, after));
            }
            '。' | '、' => return None,
            _ => {}
        }
    }
    None
}

/// Returns whether a line is a known label alone, or any short word with a colon and nothing behind.
pub(super) fn is_label_only(text: &str) -> bool {
    if let Some(label) = label_of(text) {
        return text[label.value].trim().is_empty();
    }
    let bracketed = text
        .strip_prefix(['[', '［', '〔', '＜', '<', '《', '「'])
        .and_then(|inner| inner.strip_suffix([']', '］', '〕', '＞', '>', '》', '」']));
    if let Some(inner) = bracketed {
        return field_of(inner).is_some();
    }
    if text.ends_with([':', '：']) {
        return text.chars().count() <= 24 && !text.contains('。');
    }
    field_of(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(Field, &str)>) {
        let actual = label_of(text).map(|label| (label.field, &text[label.value]));
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn labels_are_split_from_their_values() {
        check("期間：2016年4月〜", Some((Field::Period, "2016年4月〜")));
        check("利用技術: AWS・C++", Some((Field::Technology, "AWS・C++")));
        check("【使用技術】Rust", Some((Field::Technology, "Rust")));
        check(
            "技術（詳しくは別紙を参照）: Rust",
            Some((Field::Technology, "Rust")),
        );
        check("ＯＳ： Linux", Some((Field::Technology, "Linux")));
        check("担当工程: 設計", Some((Field::Phase, "設計")));
        check(
            "フレームワーク/ライブラリ: Vue",
            Some((Field::Technology, "Vue")),
        );
        check("https://example.com", None);
        check("名前：山田", None);
        check("課題:", Some((Field::Achievement, "")));
    }

    #[test]
    fn a_label_may_stand_alone() {
        assert!(is_label_only("使用技術"));
        assert!(is_label_only("業務内容："));
        assert!(is_label_only("[使用技術]"));
        assert!(!is_label_only("Rust"));
        assert!(!is_label_only("期間：2016年"));
    }
}
