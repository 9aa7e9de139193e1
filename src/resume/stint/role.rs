//! As what somebody worked: roles that stand beside a job, below it, or with the team of a project.

use shokureki_index::lexicon::{Lexicon, has_legal_form};

use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::{kind_of, names_role};
use crate::resume::evidence::Evidence;
use crate::resume::facts::{Signs, parts, without_times};
use crate::resume::job::JobDraft;

/// Returns the role that another line which names the job gives beside the employer: 「株式会社A / SRE」 in a
/// list of jobs over the parts that tell of them.
pub(super) fn title_elsewhere(blocks: &Blocks, draft: &JobDraft) -> Option<String> {
    const MAX_CHARS: usize = 100;
    let others = draft.naming_blocks().filter(|at| *at != draft.named_in);
    others
        .map(|at| blocks[at].str())
        .filter(|text| text.chars().count() <= MAX_CHARS)
        .find_map(|text| {
            let text = without_times(text);
            let role = parts(&text, Signs::Title)
                .into_iter()
                .map(|part| &text[part])
                .find(|part| {
                    names_role(part) && kind_of(part).is_none() && !has_legal_form(part)
                })?;
            Some(role.to_owned())
        })
}

/// Returns the role that a short sentence right below the name of the employer states: 「インフラエンジニア。
/// AWS の運用を担当。」, 「5名のチームのテックリード。」.
pub(super) fn title_below(
    blocks: &Blocks,
    evidence: &Evidence,
    draft: &JobDraft,
) -> Option<String> {
    const MAX_LINES: usize = 3;
    const MAX_CHARS: usize = 24;
    let is_plain = |at: &usize| {
        matches!(blocks[*at].kind, Kind::Line | Kind::Item) && evidence.field[*at].is_none()
    };
    let lines = blocks
        .children(draft.block)
        .take(MAX_LINES)
        .filter(is_plain);
    let sentences = lines.flat_map(|at| blocks[at].str().split('。').take(MAX_LINES));
    sentences.map(str::trim).find_map(|sentence| {
        let is_short = !sentence.is_empty() && sentence.chars().count() <= MAX_CHARS;
        if !is_short || kind_of(sentence).is_some() || !names_role(sentence) {
            return None;
        }
        let starts = sentence.char_indices().map(|(at, _)| &sentence[at..]);
        let mut roles = starts.filter(|role| Lexicon::builtin().role_named(role).is_some());
        let role = roles.next()?;
        let lead = &sentence[..sentence.len() - role.len()];
        (lead.is_empty() || lead.ends_with(['の', ' '])).then(|| role.to_owned())
    })
}

/// Returns the roles that stand behind the number of people, 「6名、リーダー」, 「（…、5名、リーダー）」, or that the
/// person worked as, 「サーバー 4（うちリーダーとして2名を指導）」.
pub(super) fn roles_behind_size(text: &str) -> Vec<String> {
    const MAX_CHARS: usize = 120;
    if text.chars().count() > MAX_CHARS {
        return Vec::new();
    }
    let is_size = |part: &str| {
        part.ends_with(['名', '人']) && part.contains(|letter: char| letter.is_numeric())
    };
    let parts: Vec<&str> = text
        .split(['、', ',', '，', '(', ')', '（', '）', '/', '／', '・'])
        .map(str::trim)
        .collect();
    let sized = parts.windows(2).filter(|pair| is_size(pair[0]));
    let worked_as = parts.iter().filter_map(|part| {
        let (role, _) = part.split_once("として")?;
        Some(role.trim_start_matches("うち").trim())
    });
    sized
        .map(|pair| pair[1])
        .chain(worked_as)
        .filter(|role| Lexicon::builtin().role_named(role).is_some())
        .map(str::to_owned)
        .collect()
}

/// Returns the roles that a line gives behind another label: 「担当期間：2024年前半　役割：PM兼開発リード」.
pub(super) fn roles_behind_label(text: &str) -> Vec<String> {
    let Some((before, value)) = ["役割：", "役割:"]
        .iter()
        .find_map(|label| text.split_once(label))
    else {
        return Vec::new();
    };
    if !before.ends_with(char::is_whitespace) {
        return Vec::new();
    }
    let end = value.find(['　', '（', '(']).unwrap_or(value.len());
    let roles = split_roles(value[..end].trim()).into_iter();
    roles
        .flat_map(|role| {
            role.split('兼')
                .map(str::trim)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Returns the items of a role: of its value, or the items below it.
pub(super) fn role_items(blocks: &Blocks, evidence: &Evidence, at: usize) -> Vec<String> {
    let value = evidence.value_text(blocks, at).trim();
    if !value.is_empty() && blocks[at].kind != Kind::Cell {
        return split_roles(value);
    }
    if !blocks[at].str().is_empty() && blocks[at].kind == Kind::Cell {
        return split_roles(blocks[at].str());
    }
    blocks
        .children(at)
        .take(12)
        .map(|child| blocks[child].str())
        .filter(|text| !text.is_empty() && text.chars().count() <= 60)
        .map(str::to_owned)
        .collect()
}

fn split_roles(value: &str) -> Vec<String> {
    if value.chars().count() > 80 {
        return vec![value.to_owned()];
    }
    value
        .split(['、', ',', '・', '/', '／', '，'])
        .map(str::trim)
        .filter(|role| !role.is_empty())
        .map(str::to_owned)
        .collect()
}
