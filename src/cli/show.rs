//! `shokureki show`: everything that was read of one candidate.

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::{Value, json};

use super::Outcome;
use super::print::{Table, one_line};
use crate::app::App;
use crate::config::Config;

const DOCUMENT: &str = "query($id: ID, $externalId: String) {
  candidate(id: $id, externalId: $externalId) {
    id externalId name nameKana birthDate emails phones location updatedAt
    links { kind label url }
    resume { fileName format documentDate receivedAt sha256 }
    employments {
      employer { name isAnonymous aliases } title department kind line
      period { text from to isCurrent months }
    }
    projects {
      title line teamSize roles summary periodInherited
      employer { name }
      period { text from to isCurrent months }
      technologies { name }
    }
    technologies {
      technology { name isListed }
      grade basis months lowerMonths upperMonths statedMonths lastUsed asOf
    }
    certifications { name acquired line technology { name } }
    education { school degree line period { text } }
    notices { kind line text message }
  }
}";

/// Arguments of `show`.
#[derive(Args, Debug)]
pub(super) struct ShowArgs {
    /// The candidate's id, or the external id it was imported with.
    id: String,
    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(config: &Config, args: &ShowArgs) -> anyhow::Result<Outcome> {
    let app = App::open_to_read(config)
        .await
        .context("cannot open the data directory")?;
    let Some(candidate) = find(&app, &args.id).await? else {
        bail!("no candidate has this id or external id");
    };
    if args.json {
        println!(
            "{}",
            serde_json::to_string_pretty(&candidate).context("cannot write JSON")?
        );
    } else {
        print_candidate(&candidate);
    }
    Ok(Outcome::Done)
}

/// Looks for an external id first: any text may be one.
async fn find(app: &App, id: &str) -> anyhow::Result<Option<Value>> {
    let by_external = super::ask(app, DOCUMENT, json!({ "externalId": id })).await?;
    if by_external["candidate"].is_object() {
        return Ok(Some(by_external["candidate"].clone()));
    }
    // A text that is no id at all is answered by an error; to a person it is just not found.
    let by_id = super::ask(app, DOCUMENT, json!({ "id": id })).await.ok();
    Ok(by_id
        .map(|data| data["candidate"].clone())
        .filter(Value::is_object))
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => one_line(text),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn print_candidate(candidate: &Value) {
    for (label, value) in [
        ("name", &candidate["name"]),
        ("reading", &candidate["nameKana"]),
        ("born", &candidate["birthDate"]),
        ("mail", &candidate["emails"]),
        ("phone", &candidate["phones"]),
        ("location", &candidate["location"]),
        ("external id", &candidate["externalId"]),
        ("id", &candidate["id"]),
        ("document", &candidate["resume"]["fileName"]),
        ("document date", &candidate["resume"]["documentDate"]),
    ] {
        let value = text(value);
        if !value.is_empty() {
            println!("{label:14} {value}");
        }
    }
    for link in items(&candidate["links"]) {
        println!(
            "{:14} {} {}",
            "link",
            text(&link["url"]),
            text(&link["label"])
        );
    }
    print_employments(candidate);
    print_projects(candidate);
    print_technologies(candidate);
    print_section(
        "certifications",
        ["line", "name", "acquired", "technology"],
        candidate,
        |item| {
            [
                &item["line"],
                &item["name"],
                &item["acquired"],
                &item["technology"]["name"],
            ]
            .map(text)
        },
    );
    print_section(
        "education",
        ["line", "school", "degree", "period"],
        candidate,
        |item| {
            [
                &item["line"],
                &item["school"],
                &item["degree"],
                &item["period"]["text"],
            ]
            .map(text)
        },
    );
    print_section("notices", ["line", "kind", "text"], candidate, |item| {
        [&item["line"], &item["kind"], &item["text"]].map(text)
    });
}

fn print_section<const N: usize>(
    field: &str,
    heading: [&str; N],
    candidate: &Value,
    row: impl Fn(&Value) -> [String; N],
) {
    let mut table = Table::new(heading);
    for item in items(&candidate[field]) {
        let cells = row(item);
        table.row(cells.each_ref().map(String::as_str));
    }
    if !table.is_empty() {
        print!("\n{field}\n{table}");
    }
}

fn period(stint: &Value) -> String {
    let period = &stint["period"];
    if period.is_null() {
        return String::new();
    }
    let end = if period["isCurrent"] == true {
        "present".to_owned()
    } else {
        text(&period["to"])
    };
    let inherited = if stint["periodInherited"] == true {
        " (of the job)"
    } else {
        ""
    };
    format!(
        "{} – {end}, {} months{inherited}",
        text(&period["from"]),
        text(&period["months"])
    )
}

fn print_employments(candidate: &Value) {
    let heading = [
        "line",
        "employer",
        "period",
        "as written",
        "kind",
        "title, department",
    ];
    print_section("employments", heading, candidate, |job| {
        let post = [&job["title"], &job["department"]].map(text);
        let post: Vec<String> = post.into_iter().filter(|part| !part.is_empty()).collect();
        [
            text(&job["line"]),
            text(&job["employer"]["name"]),
            period(job),
            text(&job["period"]["text"]),
            text(&job["kind"]),
            post.join(", "),
        ]
    });
}

fn print_projects(candidate: &Value) {
    let heading = [
        "line",
        "title",
        "employer",
        "period",
        "team",
        "roles",
        "technologies",
    ];
    print_section("projects", heading, candidate, |project| {
        let technologies: Vec<String> = items(&project["technologies"])
            .iter()
            .map(|item| text(&item["name"]))
            .collect();
        [
            text(&project["line"]),
            text(&project["title"]),
            text(&project["employer"]["name"]),
            period(project),
            text(&project["teamSize"]),
            text(&project["roles"]),
            technologies.join(", "),
        ]
    });
}

fn print_technologies(candidate: &Value) {
    let heading = [
        "technology",
        "grade",
        "months",
        "range",
        "stated",
        "basis",
        "last used",
    ];
    print_section("technologies", heading, candidate, |item| {
        [
            text(&item["technology"]["name"]),
            text(&item["grade"]),
            text(&item["months"]),
            format!(
                "{}–{}",
                text(&item["lowerMonths"]),
                text(&item["upperMonths"])
            ),
            text(&item["statedMonths"]),
            text(&item["basis"]),
            text(&item["lastUsed"]),
        ]
    });
}
