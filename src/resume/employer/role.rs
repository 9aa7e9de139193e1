//! Words for roles, and for how a person is employed.

use std::sync::LazyLock;

use crate::domain::EmploymentKind;
use shokureki_index::analysis::{WordList, WordMap};
use shokureki_index::words;

/// Returns whether a text names a role or a department.
pub(in crate::resume) fn names_role(text: &str) -> bool {
    const ROLES: &WordList = words![
        "メンバー",
        "作業員",
        "SL",
        "PMO",
        "担当者",
        "Developer",
        "Manager",
        "Designer",
        "Architect",
        "SRE",
        "Lead",
        "Leader",
        "Consultant",
        "Analyst",
        "Intern",
        "Scientist",
        "Researcher",
        "研究員",
        "スペシャリスト",
        "コンサルタント",
        "オペレーター",
        "オペレータ",
        "リード",
        "ヘルプデスク",
        "看護師",
        "薬剤師",
        "整備士",
        "保育士",
        "調理師",
        "司書",
        "事務員",
        "営業",
        "販売員",
        "教員",
        "教諭",
        "記者",
        "編集者",
        "店員",
        "公務員",
        "Operator",
        "Administrator",
        "Specialist",
        "Programmer",
        "講師",
        "リーダ",
        "補助員",
        "職員",
        "部",
        "課",
        "室",
        "チーム",
        "エンジニア",
        "マネージャ",
        "リーダー",
        "担当",
        "職",
        "インターン",
        "アルバイト",
        "本部",
        "グループ",
        "デザイナー",
        "プログラマ",
        "プログラマー",
        "開発者",
        "ディレクター",
        "代表",
        "取締役",
        "役員",
        "CTO",
        "CEO",
        "COO",
        "CIO",
        "VPoE",
        "EM",
        "TL",
        "PdM",
        "PjM",
        "PG",
        "テスター",
        "スクラムマスター",
        "アシスタント",
        "プランナー",
        "アナリスト",
        "サイエンティスト",
        "リサーチャー",
        "主任",
        "係長",
        "課長",
        "部長",
        "室長",
        "店長",
        "所長",
        "PM",
        "SE",
        "PL",
        "顧問",
        "社員",
        "オーナー",
        "アーキテクト",
        "Engineer",
    ];
    if let Some((first, last)) = text.split_once('→') {
        return names_role(first.trim()) || names_role(last.trim());
    }
    if text.ends_with("研究室") {
        return false;
    }
    const FIELDS: [&str; 10] = [
        "バックエンド",
        "フロントエンド",
        "サーバーサイド",
        "サーバサイド",
        "フルスタック",
        "Backend",
        "Frontend",
        "QA",
        "モバイル",
        "インフラ",
    ];
    FIELDS.contains(&text)
        || ROLES.end(text)
        || words!["エンジニア", "インターン", "事業部", "社員"].is_in(text)
}

/// Reads how a person is employed.
pub(in crate::resume) fn kind_of(text: &str) -> Option<EmploymentKind> {
    static KINDS: LazyLock<WordMap<EmploymentKind>> = LazyLock::new(|| {
        WordMap::new([
            ("インターン", EmploymentKind::Intern),
            ("アルバイト", EmploymentKind::PartTime),
            ("パート", EmploymentKind::PartTime),
            ("フリーランス", EmploymentKind::Freelance),
            ("個人事業", EmploymentKind::Freelance),
            ("業務委託", EmploymentKind::Contract),
            ("準委任", EmploymentKind::Contract),
            ("契約社員", EmploymentKind::FixedTerm),
            ("嘱託", EmploymentKind::FixedTerm),
            ("派遣", EmploymentKind::Dispatched),
            ("代表取締役", EmploymentKind::Executive),
            ("代表社員", EmploymentKind::Executive),
            ("取締役", EmploymentKind::Executive),
            ("役員", EmploymentKind::Executive),
            ("正社員", EmploymentKind::Permanent),
            ("新卒", EmploymentKind::Permanent),
            ("中途", EmploymentKind::Permanent),
            ("正規雇用", EmploymentKind::Permanent),
            ("Freelance", EmploymentKind::Freelance),
            ("freelance", EmploymentKind::Freelance),
            ("Intern", EmploymentKind::Intern),
            ("Full-time", EmploymentKind::Permanent),
            ("Part-time", EmploymentKind::PartTime),
            ("Contract", EmploymentKind::Contract),
        ])
    });
    KINDS.first_in(text).copied()
}
