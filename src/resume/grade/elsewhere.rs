//! Systems of others that somebody only spoke about or was connected to.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

/// Who somebody else is.
const OTHERS: &WordList = words![
    "他社",
    "別会社",
    "他チーム",
    "別チーム",
    "他部署",
    "別部署",
    "委託先",
    "協力会社",
    "外注先",
    "ベンダー",
    "ベンダ",
    "先方",
    "顧客",
    "客先",
    "親会社",
    "元請け",
    "元請",
];

/// Whose system it is.
const OWNERS: &WordList = words![
    "お客様",
    "お客さま",
    "顧客",
    "客先",
    "先方",
    "クライアント",
    "取引先",
    "相手先",
    "連携先",
    "接続先",
    "元請け",
    "発注元",
];

/// Characters of what stands between an owner and the name of the system.
const MAX_SYSTEM_CHARS: usize = 14;

/// Returns whether a name is of a system of others.
pub(super) fn is_elsewhere(lead: &str, tail: &str) -> bool {
    let tail = tail.trim_start();
    is_built_by_others(tail)
        || is_used_by_those_spoken_to(tail)
        || is_system_of_owner(lead, tail)
        || is_in_bracket_of_others(lead, tail)
        || is_charge_of_others(lead)
        || is_old_thing(lead, tail)
        || is_made_elsewhere(tail)
        || is_beside_own_share(lead, tail)
        || is_of_other_end(lead, tail)
}

/// Returns whether a bracket behind a name says that others did the work on it: 「AWS（構築は他社）」.
fn is_built_by_others(tail: &str) -> bool {
    let Some(inside) = tail.trim_start().strip_prefix(['(', '（']) else {
        return false;
    };
    let inside = inside.split([')', '）']).next().unwrap_or(inside);
    let Some((work, who)) = inside.split_once('は') else {
        return false;
    };
    const WORK: [&str; 10] = [
        "設計", "構築", "運用", "開発", "実装", "保守", "導入", "管理", "作成", "監視",
    ];
    let mut works = work.split(['・', '、', '/', '／', 'と']);
    works.all(|work| WORK.contains(&work.trim()))
        && OTHERS.first_of(who.trim_start()).is_some_and(|other| {
            let rest = &who.trim_start()[other.len()..];
            rest.is_empty() || words!["が", "の", "に", "担当", "で"].begin(rest)
        })
}

/// Returns whether a name is what those use with whom something was settled: 「Salesforceを使う部署との調整」.
fn is_used_by_those_spoken_to(tail: &str) -> bool {
    let using = [
        "を使う",
        "を使っている",
        "を使用する",
        "を使用している",
        "を利用する",
        "を利用している",
        "を利用中の",
        "を運用する",
        "を運用している",
    ];
    let Some(who) = using.iter().find_map(|verb| tail.strip_prefix(verb)) else {
        return false;
    };
    let clause = who.split(['、', '。', '（', '(']).next().unwrap_or(who);
    let is_who = words![
        "部署",
        "部門",
        "現場",
        "店舗",
        "会社",
        "企業",
        "顧客",
        "担当",
        "取引先",
        "経理",
        "営業",
        "人事",
        "総務",
        "他部",
    ]
    .first_in(clause)
    .is_some_and(|(at, _)| clause[..at].chars().count() <= 4);
    let is_talk = words![
        "との調整",
        "との要件",
        "との打ち合わせ",
        "との折衝",
        "との連携",
        "とのやり取り",
        "へのヒアリング",
        "にヒアリング",
        "部門向け",
        "部署向け",
    ]
    .is_in(clause);
    is_who && is_talk && !words!["支援", "教育", "指導", "研修"].is_in(clause)
}

/// Returns whether a name is that of the system of a client: 「お客様側の基幹システム（SAP）の担当者との調整」
/// 「クライアントの既存システムはAS/400で、」.
fn is_system_of_owner(lead: &str, tail: &str) -> bool {
    let lead = lead.trim_end();
    let is_bracketed = lead.ends_with(['(', '（']);
    let lead = lead.trim_end_matches(['(', '（', 'は']);
    let clause = lead.rsplit(['。', '、']).next().unwrap_or(lead);
    // 「…の既存システムはAS/400(RPG)で」
    let clause = match clause.rsplit_once('は') {
        Some((topic, name)) if name.is_ascii() && name.len() <= MAX_SYSTEM_CHARS => topic,
        _ => clause,
    };
    let Some((_, system)) = clause
        .split_once("側の")
        .or_else(|| clause.split_once('の'))
        .filter(|(owner, _)| OWNERS.end(owner))
    else {
        return false;
    };
    let is_system = system.chars().count() <= MAX_SYSTEM_CHARS
        && words![
            "システム",
            "基盤",
            "サーバ",
            "サーバー",
            "ソフト",
            "パッケージ"
        ]
        .end(system);
    if !is_system {
        return false;
    }
    let near = tail.trim_start_matches([')', '）']);
    let is_spoken_of = words![
        "の担当者と",
        "の担当と",
        "側と",
        "との項目",
        "との調整",
        "との取り決め"
    ]
    .begin(near);
    let rest = tail.split('。').next().unwrap_or(tail);
    let is_only_met = near.starts_with(['で', '(', '（'])
        && words![
            "のみを使用",
            "のみ使用",
            "だけを使用",
            "連携のみ",
            "参照のみ",
            "受け取るだけ"
        ]
        .is_in(rest);
    is_bracketed && is_spoken_of || is_only_met
}

/// Returns whether a bracket says with what something was made, and who did it: 「（Djangoで構築、別チームが担当）」.
fn is_in_bracket_of_others(lead: &str, tail: &str) -> bool {
    let is_open = lead
        .rfind(['(', '（'])
        .is_some_and(|open| !lead[open..].contains([')', '）', '。']));
    let inside = tail.split([')', '）']).next().unwrap_or(tail);
    if !is_open || inside.len() == tail.len() {
        return false;
    }
    let mut parts = inside.split('、');
    let is_short = parts
        .next()
        .is_some_and(|made| made.chars().count() <= MAX_SYSTEM_CHARS);
    is_short
        && parts.any(|who| {
            let who = who.trim();
            OTHERS.first_of(who).is_some_and(|other| {
                let rest = &who[other.len()..];
                words![
                    "が担当",
                    "の担当",
                    "担当",
                    "が開発",
                    "が構築",
                    "が管理",
                    "が運用",
                    "が実装",
                    "が用意",
                    "製",
                ]
                .begin(rest)
            })
        })
}

/// Returns whether a name stands in the bracket behind what others were in charge of: 「ファームウェアはメーカーが担当(C++)」.
fn is_charge_of_others(lead: &str) -> bool {
    let Some(before) = lead.trim_end().strip_suffix(['(', '（']) else {
        return false;
    };
    let clause = before.rsplit(['。', '、']).next().unwrap_or(before);
    ["が担当", "の担当", "が開発", "が実装"]
        .iter()
        .find_map(|end| clause.strip_suffix(end))
        .and_then(|clause| clause.rsplit_once('は'))
        .is_some_and(|(_, who)| OTHERS.end(who) || words!["メーカー", "業者"].end(who))
}

/// Returns whether a name is what a thing was made with that was replaced: 「旧アプリは Cordova で作られており」.
fn is_old_thing(lead: &str, tail: &str) -> bool {
    let clause = lead
        .rsplit(['。', '、', '（', '('])
        .next()
        .unwrap_or(lead)
        .trim();
    let is_old = clause
        .strip_prefix('旧')
        .and_then(|thing| thing.strip_suffix('は'))
        .is_some_and(|thing| (1..=10).contains(&thing.chars().count()));
    is_old && MADE.begin(tail.trim_start())
}

/// Returns whether a name is what a bought part is made with: 「Java 製パッケージ（他社製）」.
fn is_made_elsewhere(tail: &str) -> bool {
    tail.trim_start().strip_prefix('製').is_some_and(|rest| {
        let near: String = rest.chars().take(MAX_SYSTEM_CHARS).collect();
        near.contains("（他社製") || near.contains("(他社製")
    })
}

/// Returns whether the writer's own share stands against what another part is made with: 「フロントは React で書かれており、私は
/// API だけを担当」.
fn is_beside_own_share(lead: &str, tail: &str) -> bool {
    let made = MADE.first_of(tail.trim_start());
    let own = made.and_then(|made| tail.trim_start()[made.len()..].split_once('、'));
    lead.trim_end().ends_with('は')
        && own.is_some_and(|(so, own)| {
            let clause = own.split('。').next().unwrap_or(own);
            matches!(
                so,
                "おり" | "いて" | "いる" | "います" | "いるが" | "いますが"
            ) && words!["私は", "自分は", "当方は", "こちらは"].begin(clause)
                && words!["だけ", "のみ"].is_in(clause)
        })
}

/// What says with what a thing was made.
const MADE: &WordList = words![
    "で作られて",
    "で書かれて",
    "で組まれて",
    "で開発されて",
    "で構築されて",
    "で実装されて",
];

/// Returns whether a name is of what stands at the other end: 「基幹側（AS/400）とのファイル連携」「親会社の SAP からの CSV」
/// 「配信先の Salesforce へは API で連携」.
fn is_of_other_end(lead: &str, tail: &str) -> bool {
    const JOINTS: &WordList = words![
        "連携",
        "接続",
        "インターフェース",
        "インタフェース",
        "受け渡し",
        "やり取り"
    ];
    let lead = lead.trim_end();
    let near: String = tail.trim_start().chars().take(MAX_SYSTEM_CHARS).collect();
    if lead.ends_with("側（") || lead.ends_with("側(") {
        let behind = near.trim_start_matches([')', '）']);
        return behind.len() < near.len() && behind.starts_with('と') && JOINTS.is_in(behind);
    }
    let Some(owner) = lead.strip_suffix('の') else {
        return false;
    };
    // 「電子カルテ本体は他社の MegaOak を使用、当社は回線のみ」
    let is_beside = words!["を使用、", "を利用、"]
        .first_of(tail)
        .is_some_and(|used| {
            words!["当社は", "弊社は", "自分は", "私は"].begin(&tail[used.len()..])
        });
    if is_beside && OTHERS.end(owner) {
        return true;
    }
    let owns = words![
        "親会社",
        "本社",
        "他社",
        "グループ会社",
        "取引先",
        "連携先",
        "接続先",
        "配信先",
        "送信先",
        "先方"
    ];
    owns.end(owner)
        && (words![
            "からの",
            "から届",
            "から出力",
            "から受け取",
            "から受領",
            "が出力"
        ]
        .begin(&near)
            || words!["への", "へは", "との", "とは", "へ "].begin(&near) && JOINTS.is_in(&near))
}
