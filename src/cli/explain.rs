//! `shokureki search --explain ID`: why a candidate is found or not, printed.

use anyhow::{Context as _, bail};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Outcome;
use super::print::{self, Table};
use crate::app::App;

const DOCUMENT: &str = "query($id: ID!, $query: String, $filter: CandidateFilter) {
  explain(candidateId: $id, query: $query, filter: $filter) {
    candidate { id externalId name }
    isMet
    score
    clauses {
      clause isMet isNegated isWeak score
      parts { name value textJa textEn }
      whyNot { ...why }
    }
    together { name value textJa textEn }
    whyNot { ...why }
  }
}
fragment why on WhyNot { clause reason textJa textEn evidence { line excerpt grade } }";

const BY_EXTERNAL_ID: &str = "query($id: String) { candidate(externalId: $id) { id } }";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Explained {
    candidate: Candidate,
    is_met: bool,
    score: f64,
    clauses: Vec<Clause>,
    together: Option<Part>,
    why_not: Option<WhyNot>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate {
    id: String,
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Clause {
    clause: String,
    is_met: bool,
    is_negated: bool,
    is_weak: bool,
    parts: Vec<Part>,
    why_not: Option<WhyNot>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    name: String,
    value: f64,
    text_ja: String,
    text_en: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WhyNot {
    clause: Option<String>,
    text_ja: String,
    text_en: String,
    evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize)]
struct Evidence {
    line: u32,
    excerpt: String,
    grade: Option<String>,
}

/// Prints why the candidate `id` is found by a query and filter or not.
pub(super) async fn run(
    app: &App,
    id: &str,
    query: Option<&str>,
    filter: Value,
    as_json: bool,
) -> anyhow::Result<Outcome> {
    let found = super::ask(app, BY_EXTERNAL_ID, json!({ "id": id })).await?;
    // Any text may be an external id; what is none is an id.
    let id = found["candidate"]["id"].as_str().unwrap_or(id);
    let variables = json!({ "id": id, "query": query, "filter": filter });
    let data = super::ask(app, DOCUMENT, variables).await?;
    let answer = &data["explain"];
    if as_json {
        println!(
            "{}",
            serde_json::to_string_pretty(answer).context("cannot write JSON")?
        );
        return Ok(Outcome::Done);
    }
    let Ok(explained) = Explained::deserialize(answer) else {
        bail!("the answer has another form than asked for");
    };
    print_explained(&explained);
    Ok(Outcome::Done)
}

fn print_explained(explained: &Explained) {
    let name = explained.candidate.name.as_deref().unwrap_or("(no name)");
    let verdict = if explained.is_met {
        "found"
    } else {
        "not found"
    };
    println!("{name}  {}  {verdict}", explained.candidate.id);
    let mut table = Table::new(["clause", "met", "part", "score", "what was found"]);
    for clause in &explained.clauses {
        let met = match (clause.is_met, clause.is_negated) {
            (true, false) => "yes",
            (false, false) if clause.is_weak => "no (weak)",
            (false, false) => "no",
            (true, true) => "yes (must not)",
            (false, true) => "no (must not)",
        };
        let mut head = [clause.clause.as_str(), met];
        for part in &clause.parts {
            add_part(&mut table, std::mem::take(&mut head), part);
        }
        if let Some(why_not) = &clause.why_not {
            let [clause, met] = std::mem::take(&mut head);
            table.row([
                clause,
                met,
                "",
                "",
                &both(&why_not.text_ja, &why_not.text_en),
            ]);
        } else if head != [""; 2] {
            table.row([head[0], head[1], "", "", ""]);
        }
    }
    if let Some(together) = &explained.together {
        add_part(&mut table, [""; 2], together);
    }
    print!("{table}");
    println!("score {:.2}", explained.score);
    if let Some(why_not) = &explained.why_not {
        print_why_not(why_not);
    }
}

fn add_part(table: &mut Table<5>, [clause, met]: [&str; 2], part: &Part) {
    let value = format!("{:.2}", part.value);
    let name = part.name.to_lowercase();
    table.row([
        clause,
        met,
        &name,
        &value,
        &both(&part.text_ja, &part.text_en),
    ]);
}

fn print_why_not(why_not: &WhyNot) {
    let clause = why_not
        .clause
        .as_deref()
        .map(|clause| format!("{clause}: "));
    println!(
        "why not: {}{}",
        clause.unwrap_or_default(),
        both(&why_not.text_ja, &why_not.text_en)
    );
    for evidence in &why_not.evidence {
        let grade = evidence.grade.as_deref().map(|grade| format!(" ({grade})"));
        println!(
            "  line {}: {}{}",
            evidence.line,
            print::one_line(&evidence.excerpt),
            grade.unwrap_or_default()
        );
    }
}

fn both(japanese: &str, english: &str) -> String {
    format!("{japanese} / {english}")
}
