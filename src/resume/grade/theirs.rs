//! What the people around somebody know, use or look after.

use shokureki_index::words;

/// Returns whether a name is what others know or do the work on.
pub(super) fn is_theirs(lead: &str, tail: &str) -> bool {
    let tail = tail.trim_start();
    is_way_of_users(lead, tail)
        || is_work_of_predecessor(lead, tail)
        || is_compared_on_paper(tail)
        || is_left_to_department(tail)
        || is_known_by_others(tail)
        || is_handed_over(tail)
        || is_of_members(lead, tail)
        || is_unmade(tail)
}

/// Returns whether a name is how those worked for whom something was made: 「利用者は Excel で台帳を管理していたため」.
fn is_way_of_users(lead: &str, tail: &str) -> bool {
    let clause = lead.trim_end();
    let clause = clause.rsplit(['。', '、']).next().unwrap_or(clause);
    let Some(who) = clause.strip_suffix(['は', 'が']) else {
        return false;
    };
    let is_user = words![
        "利用者",
        "ユーザー",
        "ユーザ",
        "現場",
        "店舗",
        "お客様",
        "顧客",
        "職員",
        "社員",
        "担当者",
        "店員",
        "先生",
        "農家",
    ]
    .end(who);
    let clause = tail.split(['、', '。']).next().unwrap_or(tail);
    is_user
        && clause.trim_start().starts_with('で')
        && words![
            "していたため",
            "していたので",
            "していたが",
            "していた台帳",
            "していたもの",
            "しており"
        ]
        .is_in(clause)
}

/// Returns whether a name is what those before somebody had made something with: 「前任者の実装はTensorFlowだった」.
fn is_work_of_predecessor(lead: &str, tail: &str) -> bool {
    let clause = lead.trim_end();
    let clause = clause.rsplit(['。', '、']).next().unwrap_or(clause);
    let Some(work) = clause.strip_suffix(['は', 'が']) else {
        return false;
    };
    words!["前任者の", "前任の", "先任者の", "前の担当者の", "退職者の"].is_in(work)
        && words![
            "だった",
            "でした",
            "であった",
            "製だった",
            "製でした",
            "で書かれて",
            "で作られて",
            "で組まれて",
        ]
        .begin(tail)
}

/// Returns whether something was only set beside what was used, on paper: 「Argo CDとの比較資料も作成」.
fn is_compared_on_paper(tail: &str) -> bool {
    words!["との比較資料", "との比較表", "との比較検討資料"].begin(tail)
}

/// Returns whether all that is said of a name is which department does the work on it: 「Windows Server の管理は情報システム室」.
fn is_left_to_department(tail: &str) -> bool {
    // 「Kubernetes はプラットフォームチーム管理、自分は…」
    let is_run = tail
        .strip_prefix('は')
        .and_then(|rest| rest.split_once("管理、"))
        .is_some_and(|(who, own)| {
            who.chars().count() <= 14
                && words!["チーム", "部", "課", "会社", "部門"].end(who)
                && words!["自分は", "私は", "こちらは"].begin(own)
        });
    // 「勘定系は COBOL で、読み書きはしていない」
    let is_unwritten = words!["で、読み書きは", "で、改修は", "で、開発は", "で、実装は"]
        .first_of(tail)
        .is_some_and(|work| {
            words!["していな", "していま", "せず", "なし"].begin(&tail[work.len()..])
        });
    if is_run || is_unwritten {
        return true;
    }
    let Some((work, who)) = tail
        .trim_start()
        .strip_prefix('の')
        .and_then(|rest| rest.split_once('は'))
    else {
        return false;
    };
    let who = who.trim_end_matches(['。', ' ']).trim();
    let is_department = (2..=12).contains(&who.chars().count())
        && who.ends_with(['部', '室', '課', '社', '側'])
        && !who.contains(['、', 'を', 'が', 'で', 'に', '（', '(']);
    words!["管理", "運用", "構築", "保守", "設計", "設定", "導入"].end(work)
        && work.chars().count() <= 8
        && is_department
        && !words!["自", "弊", "当"].begin(who)
}

/// Returns whether a name is what others know: 「Elixir を書けるメンバーと組み」「MongoDB の知見を持つ人がいなかった」.
fn is_known_by_others(tail: &str) -> bool {
    let tail = tail.trim_start();
    let near: String = tail.chars().take(MAX_KNOWN_CHARS).collect();
    let lacks = words![
        "の知見を持つ",
        "の経験を持つ",
        "を書ける",
        "を扱える",
        "に詳しい"
    ]
    .begin(tail)
        && words!["がいなかった", "がいない", "がおらず", "が不在"].is_in(&near);
    let knows = [
        "を書ける",
        "を扱える",
        "を得意とする",
        "が得意な",
        "に詳しい",
        "を希望する",
        "を使う",
    ]
    .iter()
    .find_map(|verb| tail.strip_prefix(verb));
    let who = knows.and_then(|rest| {
        [
            "メンバー",
            "メンバ",
            "エンジニア",
            "協力会社",
            "会社",
            "顧客",
            "研究員",
            "研究者",
            "学生",
        ]
        .iter()
        .find_map(|who| rest.strip_prefix(who))
    });
    let is_theirs = who.is_some_and(|rest| {
        words![
            "と組",
            "に依頼",
            "に委託",
            "に対し",
            "が担当",
            "が開発",
            "が実装",
            "が作成"
        ]
        .begin(rest)
    });
    let is_former = words![
        "を使っていた前システム",
        "を使っていた旧システム",
        "を使っていた前の",
        "を使っていた旧"
    ]
    .begin(tail);
    lacks || is_theirs || is_former
}

/// Characters behind a name that tell who knows it.
const MAX_KNOWN_CHARS: usize = 24;

/// Returns whether what a bracket names was given: 「モデル（PyTorch）は研究所から受け取ったもの」.
fn is_handed_over(tail: &str) -> bool {
    let Some(rest) = tail
        .strip_prefix([')', '）'])
        .and_then(|rest| rest.strip_prefix('は'))
    else {
        return false;
    };
    let near: String = rest.chars().take(MAX_KNOWN_CHARS).collect();
    words![
        "から受け取った",
        "から提供され",
        "からもらった",
        "から渡され",
        "から受領"
    ]
    .is_in(&near)
}

/// Returns whether an edition was not made, or work with a name is still to come: 「iOS版はリリースせず」「（SAA取得済み、実務はこれから）」.
fn is_unmade(tail: &str) -> bool {
    let tail = tail.trim_start();
    let is_edition = tail.strip_prefix("版は").is_some_and(|rest| {
        words![
            "リリースせず",
            "作らず",
            "作っていな",
            "公開せず",
            "未対応",
            "対象外",
            "なし"
        ]
        .begin(rest)
    });
    let inside = tail
        .strip_prefix(['(', '（'])
        .map(|inside| inside.split([')', '）']).next().unwrap_or(inside));
    let is_to_come = inside.is_some_and(|inside| {
        words!["実務はこれから", "業務はこれから", "実務経験はこれから"].end(inside)
    });
    // 「OCI（…）を選んだ他県との情報交換会」「AWS の研修を受けた段階で」
    let past = match tail.strip_prefix(['(', '（']) {
        Some(inside) => inside.split_once([')', '）']).map_or("", |(_, rest)| rest),
        None => tail.trim_start_matches([')', '）']),
    };
    if words![
        "を選んだ他",
        "を採用した他",
        "を使う他",
        "の研修を受けた段階",
        "の研修を受けたのみ"
    ]
    .begin(past)
    {
        return true;
    }
    let value = tail.strip_prefix([':', '：']).map(str::trim);
    let is_met = value.is_some_and(|value| {
        matches!(value, "勉強会に参加" | "閲覧のみ" | "名前だけ")
            || words!["書いたことなし", "触ったことなし", "使ったことなし"].end(value)
    });
    is_edition || is_to_come || is_met
}

/// Returns whether a name is what the people around somebody use who only sits by: 「メンバーが TypeScript で画面を作ることが増えたが、
/// 自分はレビューの場に同席する程度」.
fn is_of_members(lead: &str, tail: &str) -> bool {
    let rest = tail.split('。').next().unwrap_or(tail);
    let own = ["自分は", "私は", "自身は"]
        .iter()
        .find_map(|who| rest.split_once(who));
    let clause = lead.rsplit(['。', '、']).next().unwrap_or(lead);
    let members = words!["メンバーが", "部下が", "後輩が", "若手が", "同僚が"];
    let is_members = members
        .first_in(clause)
        .is_some_and(|(at, word)| clause[at + word.len()..].chars().count() <= MAX_KNOWN_CHARS);
    is_members
        && own.is_some_and(|(_, own)| {
            words![
                "同席する程度",
                "書くことはでき",
                "書けな",
                "書けま",
                "見るだけ",
                "レビューのみ"
            ]
            .is_in(own)
        })
}
