//! Who may see what: organizations are apart, each scope allows what it names and nothing else.

use std::collections::BTreeSet;

use crate::common::TestSchema;
use serde_json::{Value, json};
use shokureki::domain::{Access, Actor, CandidateId, OrganizationId, Scope, Scopes};

const RESUME: &str = "# 職務経歴書\n\n氏名: 見本 花子\n\n更新日: 2024-04-01\n\n## 株式会社見本（2016年4月 〜 2019年3月）\n\n\
    ### 決済基盤の開発（2016年4月 〜 2019年3月）\n\n- 使用技術: Erlang, Go, FooBarDB\n- 役割: テックリード\n\n## 資格\n\n- 基本情報技術者\n";

const OTHER: &str = "# 職務経歴書\n\n氏名: 架空 次郎\n\n更新日: 2024-04-01\n\n## 別社株式会社（2018年4月 〜 2020年3月）\n\n\
    ### 在庫管理（2018年4月 〜 2020年3月）\n\n- 使用技術: Rust\n";

fn with(organization: OrganizationId, scopes: impl IntoIterator<Item = Scope>) -> Access {
    Access {
        organization,
        actor: Actor::Local,
        scopes: scopes.into_iter().collect(),
    }
}

/// Two organizations with a candidate each, and the ids of everything of the first.
struct Two {
    test: TestSchema,
    second: Access,
    candidate: String,
    pseudonym: String,
    resume: String,
    employment: String,
    project: String,
    employer: String,
    technology: String,
}

impl Two {
    async fn new() -> Self {
        let test = TestSchema::with(&[("one", RESUME)]).await;
        let second = test.store.create_organization("second").await;
        let second = Access {
            organization: second.expect("it is made").id,
            ..Access::local()
        };
        let imported = test
            .answer_as(
                second.clone(),
                "mutation($t: String!) { importResume(input: { externalId: \"two\", fileName: \"r.md\", text: $t }) { isIndexed } }",
                json!({ "t": OTHER }),
            )
            .await;
        assert_eq!(
            imported["data"]["importResume"]["isIndexed"], true,
            "{imported}"
        );
        let found = test
            .data(
                "{ searchCandidates { nodes { id pseudonym resume { id } employments { id employer { id } } projects { id technologies { id } } } } }",
                json!({}),
            )
            .await;
        let nodes = &found["searchCandidates"]["nodes"];
        assert_eq!(nodes.as_array().map(Vec::len), Some(1));
        let text = |value: &Value| value.as_str().expect("an id").to_owned();
        let node = &nodes[0];
        Self {
            candidate: text(&node["id"]),
            pseudonym: text(&node["pseudonym"]),
            resume: text(&node["resume"]["id"]),
            employment: text(&node["employments"][0]["id"]),
            employer: text(&node["employments"][0]["employer"]["id"]),
            project: text(&node["projects"][0]["id"]),
            technology: text(&node["projects"][0]["technologies"][0]["id"]),
            test,
            second,
        }
    }
}

/// An id of the same kind that nothing has.
fn of_nothing(id: &str) -> String {
    use base64::Engine as _;
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let decoded = engine.decode(id).expect("an id of ours");
    let mut text = String::from_utf8(decoded).expect("text");
    let last = text.pop().expect("a digit");
    text.push(if last == '0' { '1' } else { '0' });
    engine.encode(text)
}

/// Every way to ask for something by an id or a name that another organization has.
fn doors(two: &Two) -> Vec<(&'static str, &'static str, Value, Value)> {
    let id = |id: &String| (json!({ "id": id }), json!({ "id": of_nothing(id) }));
    let name = |theirs: &str, nobodys: &str| (json!({ "q": theirs }), json!({ "q": nobodys }));
    let mut doors = Vec::new();
    let mut add = |field, document, (theirs, nobodys): (Value, Value)| {
        doors.push((field, document, theirs, nobodys));
    };
    for of in [
        &two.candidate,
        &two.resume,
        &two.employment,
        &two.project,
        &two.employer,
    ] {
        add(
            "node",
            "query($id: ID!) { node(id: $id) { __typename } }",
            id(of),
        );
        add(
            "nodes",
            "query($id: ID!) { nodes(ids: [$id]) { __typename } }",
            id(of),
        );
    }
    add(
        "candidate",
        "query($id: ID!) { candidate(id: $id) { name } }",
        id(&two.candidate),
    );
    add(
        "explain",
        "query($id: ID!) { explain(candidateId: $id, query: \"Erlang\") { isMet } }",
        id(&two.candidate),
    );
    add(
        "eraseCandidate",
        "mutation($id: ID!) { eraseCandidate(input: { id: $id }) { erasedId erasedResumes userErrors { code field message } } }",
        id(&two.candidate),
    );
    add(
        "candidate",
        "query($q: String!) { candidate(externalId: $q) { name } }",
        name("one", "none"),
    );
    let stranger = CandidateId::new().pseudonym();
    add(
        "candidate",
        "query($q: String!) { candidate(pseudonym: $q) { name } }",
        name(&two.pseudonym, &stranger.to_string()),
    );
    add(
        "eraseCandidate",
        "mutation($q: String!) { eraseCandidate(input: { externalId: $q }) { erasedId userErrors { code field message } } }",
        name("one", "none"),
    );
    let searched = "query($q: String!) { searchCandidates(query: $q) { totalCount nodes { id } facets { technologies { count } employers { count } years { count } } } }";
    for (theirs, nobodys) in [
        ("見本花子", "無名花男"),
        ("Erlang", "Elixir"),
        ("tech:FooBarDB", "tech:BarFooDB"),
        ("employer:見本", "employer:無名"),
    ] {
        add("searchCandidates", searched, name(theirs, nobodys));
    }
    add(
        "searchStints",
        "query($q: String!) { searchStints(query: $q) { totalCount nodes { line } } }",
        name("Erlang", "Elixir"),
    );
    add(
        "employers",
        "query($q: String!) { employers(query: $q) { nodes { name candidateCount } } }",
        name("見本", "無名"),
    );
    add(
        "technologies",
        "query($q: String!) { technologies(query: $q) { nodes { name candidateCount } } }",
        name("FooBarDB", "BarFooDB"),
    );
    add(
        "suggest",
        "query($q: String!) { suggest(prefix: $q) { text candidateCount } }",
        name("株式会社見", "株式会社無"),
    );
    add(
        "suggest",
        "query($q: String!) { suggest(prefix: $q) { text candidateCount } }",
        name("FooBar", "BarFoo"),
    );
    doors
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_another_organization_is_told_not_even_that_it_exists() {
    let two = Two::new().await;
    for (field, document, theirs, nobodys) in doors(&two) {
        // What there is must be told to its owner, else the comparison proves nothing.
        let own = match document.starts_with("mutation") {
            true => None,
            false => Some(two.test.answer(document, theirs.clone()).await),
        };
        let asked = two
            .test
            .answer_as(two.second.clone(), document, theirs.clone())
            .await;
        let control = two
            .test
            .answer_as(two.second.clone(), document, nobodys)
            .await;
        assert_eq!(asked, control, "{field}: {theirs}");
        if let Some(own) = own {
            assert_ne!(own["data"], asked["data"], "{field}: {theirs}");
        }
    }
    let left = two
        .test
        .data("{ searchCandidates { totalCount } }", json!({}))
        .await;
    assert_eq!(left["searchCandidates"]["totalCount"], 1);
    let theirs = two
        .test
        .answer_as(
            two.second.clone(),
            "{ searchCandidates { nodes { externalId } } indexStatus { candidates } }",
            json!({}),
        )
        .await;
    assert_eq!(
        theirs["data"]["searchCandidates"]["nodes"],
        json!([{ "externalId": "two" }])
    );
    assert_eq!(theirs["data"]["indexStatus"]["candidates"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cursor_of_another_organization_leads_to_none_of_its_candidates() {
    let two = Two::new().await;
    let page = "query($after: String) { searchCandidates(first: 1, after: $after) { edges { cursor node { externalId } } } }";
    let first = two.test.data(page, json!({})).await;
    let cursor = first["searchCandidates"]["edges"][0]["cursor"].clone();
    let asked = two
        .test
        .answer_as(two.second.clone(), page, json!({ "after": cursor }))
        .await;
    assert!(!asked.to_string().contains("\"one\""), "{asked}");
}

/// The fields of root types, as introspection tells them.
async fn root_fields(test: &TestSchema, roots: &[&str]) -> BTreeSet<String> {
    let mut fields = Vec::new();
    for root in roots {
        let asked = "query($name: String!) { __type(name: $name) { fields { name } } }";
        let data = test.data(asked, json!({ "name": root })).await;
        let of_root = data["__type"]["fields"].as_array().cloned();
        fields.extend(of_root.unwrap_or_default());
    }
    let fields = fields.into_iter();
    fields
        .map(|field| field["name"].as_str().expect("a name").to_owned())
        .collect()
}

/// What each root field needs, with a request that has an answer.
fn needs(two: &Two) -> Vec<(&'static str, Option<Scope>, String)> {
    let candidate = &two.candidate;
    vec![
        ("node", Some(Scope::Search), format!("{{ node(id: \"{candidate}\") {{ __typename }} }}")),
        ("nodes", Some(Scope::Search), format!("{{ nodes(ids: [\"{candidate}\"]) {{ __typename }} }}")),
        ("searchCandidates", Some(Scope::Search), "{ searchCandidates(query: \"Erlang\") { nodes { id } } }".into()),
        ("searchStints", Some(Scope::Search), "{ searchStints(query: \"Erlang\") { nodes { line } } }".into()),
        ("candidate", Some(Scope::Search), format!("{{ candidate(id: \"{candidate}\") {{ id }} }}")),
        ("explain", Some(Scope::Search), format!("{{ explain(candidateId: \"{candidate}\", query: \"Go\") {{ isMet }} }}")),
        ("technologies", Some(Scope::Search), "{ technologies(first: 1) { nodes { name } } }".into()),
        ("employers", Some(Scope::Search), "{ employers { nodes { name } } }".into()),
        ("suggest", Some(Scope::Search), "{ suggest(prefix: \"E\") { text } }".into()),
        ("related", Some(Scope::Search), format!("{{ related(technology: \"{}\") {{ technology {{ name }} }} }}", two.technology)),
        ("skillMatrix", Some(Scope::Search), format!("{{ skillMatrix(candidateIds: [\"{candidate}\"], technologies: [\"Erlang\"]) {{ rows {{ candidate {{ id }} }} }} }}")),
        (
            "auditLog",
            Some(Scope::Audit),
            "{ auditLog { nodes { number } } }".into(),
        ),
        // Any scope will do.
        ("viewer", None, "{ viewer { scopes isBlind isLocal } }".into()),
        ("indexStatus", Some(Scope::Search), "{ indexStatus { candidates } }".into()),
        ("importResume", Some(Scope::Import), "mutation { importResume(input: { text: \"# 職務経歴書\\n\" , fileName: \"r.md\" }) { unchanged } }".into()),
        // It needs the scopes that it gives.
        ("createEmbedToken", Some(Scope::Search), "mutation { createEmbedToken(input: { scopes: [SEARCH], allowedOrigin: \"https://ats.example\" }) { expiresAt } }".into()),
        ("startImport", Some(Scope::Import), "mutation { startImport(input: { files: [{ text: \"# 職務経歴書\\n\", fileName: \"r.md\" }] }) { job { id } } }".into()),
        ("importJob", Some(Scope::Import), format!("{{ importJob(id: \"{candidate}\") {{ total }} }}")),
        ("suspendUse", Some(Scope::Erase), format!("mutation {{ suspendUse(input: {{ id: \"{candidate}\" }}) {{ sequence }} }}")),
        ("setCandidatePrivacy", Some(Scope::Import), format!("mutation {{ setCandidatePrivacy(input: {{ id: \"{candidate}\", purpose: \"採用選考\" }}) {{ sequence }} }}")),
        // It needs three, which tests/api/privacy.rs asks for one by one.
        ("exportCandidate", None, format!("mutation {{ exportCandidate(input: {{ id: \"{candidate}\" }}) {{ export }} }}")),
        ("eraseCandidate", Some(Scope::Erase), format!("mutation {{ eraseCandidate(input: {{ id: \"{candidate}\" }}) {{ erasedResumes }} }}")),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_root_field_needs_its_scope_and_no_other_gives_it() {
    let two = Two::new().await;
    let needs = needs(&two);
    let named: BTreeSet<String> = needs
        .iter()
        .map(|(field, ..)| (*field).to_owned())
        .collect();
    assert_eq!(
        named,
        root_fields(&two.test, &["Query", "Mutation"]).await,
        "say here what a new field needs"
    );
    for (field, scope, document) in needs {
        let Some(scope) = scope else { continue };
        let others = Scope::ALL.into_iter().filter(|of| *of != scope);
        let refused = two
            .test
            .answer_as(with(OrganizationId::DEFAULT, others), &document, json!({}))
            .await;
        assert_eq!(
            refused["errors"][0]["extensions"]["code"], "FORBIDDEN",
            "{field}: {refused}"
        );
        let allowed = two
            .test
            .answer_as(with(OrganizationId::DEFAULT, [scope]), &document, json!({}))
            .await;
        assert!(allowed.get("errors").is_none(), "{field}: {allowed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_access_nothing_is_allowed() {
    let two = Two::new().await;
    for (field, _, document) in needs(&two) {
        let response = two.test.schema.execute(document.as_str()).await;
        let response = serde_json::to_value(response).expect("JSON");
        assert_eq!(
            response["errors"][0]["extensions"]["code"], "FORBIDDEN",
            "{field}: {response}"
        );
    }
}

/// The code that a subscription of whoever has `access` begins with, `None` of an answer or of nothing within
/// half a second.
async fn subscribed(test: &TestSchema, access: Option<Access>, document: &str) -> Option<String> {
    use futures::StreamExt as _;
    let request = async_graphql::Request::new(document);
    let request = match access {
        Some(access) => request.data(access),
        None => request,
    };
    let mut events = test.schema.execute_stream(request);
    let patience = std::time::Duration::from_millis(500);
    let first = tokio::time::timeout(patience, events.next()).await.ok()?;
    let first = serde_json::to_value(first?).expect("JSON");
    let code = first["errors"][0]["extensions"]["code"].as_str();
    code.map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_subscription_needs_its_scope_and_no_other_gives_it() {
    let test = TestSchema::with(&[("one", RESUME)]).await;
    let needs = [
        (
            "candidatesChanged",
            Scope::Search,
            "subscription { candidatesChanged { sequence } }",
        ),
        (
            "importProgress",
            Scope::Import,
            "subscription { importProgress(jobId: \"SW1wb3J0Sm9iOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA\") { file { index } } }",
        ),
    ];
    let named: BTreeSet<String> = needs
        .iter()
        .map(|(field, ..)| (*field).to_owned())
        .collect();
    let fields = root_fields(&test, &["Subscription"]).await;
    assert_eq!(named, fields, "say here what a new field needs");
    let forbidden = Some("FORBIDDEN".to_owned());
    for (field, scope, document) in needs {
        let others = Scope::ALL.into_iter().filter(|of| *of != scope);
        let others = with(OrganizationId::DEFAULT, others);
        assert_eq!(
            subscribed(&test, Some(others), document).await,
            forbidden,
            "{field}"
        );
        assert_eq!(
            subscribed(&test, None, document).await,
            forbidden,
            "{field}"
        );
        let allowed = with(OrganizationId::DEFAULT, [scope]);
        assert_ne!(
            subscribed(&test, Some(allowed), document).await,
            forbidden,
            "{field}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_learns_what_they_may_see() {
    let two = Two::new().await;
    let ask = async |scopes: &[Scope]| {
        let access = with(OrganizationId::DEFAULT, scopes.iter().copied());
        let document = "{ viewer { scopes isBlind isLocal } }";
        let answer = two.test.answer_as(access, document, json!({})).await;
        answer["data"]["viewer"].clone()
    };
    assert_eq!(
        ask(&[Scope::Audit]).await,
        json!({ "scopes": ["AUDIT"], "isBlind": true, "isLocal": true })
    );
    assert_eq!(
        ask(&[Scope::Contact, Scope::Identity]).await,
        json!({ "scopes": ["IDENTITY", "CONTACT"], "isBlind": false, "isLocal": true })
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_needs_its_own_scope() {
    let two = Two::new().await;
    let document = format!(
        "{{ candidate(id: \"{}\") {{ resume {{ text }} }} }}",
        two.candidate
    );
    let all_but = |scope| Scopes::all().iter().filter(move |of| *of != scope);
    let refused = two
        .test
        .answer_as(
            with(OrganizationId::DEFAULT, all_but(Scope::Document)),
            &document,
            json!({}),
        )
        .await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let own = two.test.data(&document, json!({})).await;
    assert_eq!(own["candidate"]["resume"]["text"], RESUME);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_organizations_than_open_indexes_are_all_answered() {
    const MAX_OPEN: usize = 2;
    let test = TestSchema::bounded(MAX_OPEN).await;
    let mut all = Vec::new();
    for number in 0..5 {
        let made = test.store.create_organization(&format!("o{number}")).await;
        all.push(Access {
            organization: made.expect("it is made").id,
            ..Access::local()
        });
    }
    let import = "mutation($e: String!, $t: String!) { importResume(input: { externalId: $e, fileName: \"r.md\", text: $t }) { isIndexed } }";
    for (number, access) in all.iter().enumerate() {
        let variables = json!({ "e": number.to_string(), "t": RESUME });
        let answer = test.answer_as(access.clone(), import, variables).await;
        assert_eq!(
            answer["data"]["importResume"]["isIndexed"], true,
            "{answer}"
        );
    }
    for _ in 0..2 {
        for (number, access) in all.iter().enumerate() {
            let document = "{ searchCandidates(query: \"Erlang\") { nodes { externalId } } }";
            let answer = test.answer_as(access.clone(), document, json!({})).await;
            let own = json!([{ "externalId": number.to_string() }]);
            assert_eq!(answer["data"]["searchCandidates"]["nodes"], own, "{answer}");
            let open = test
                .indexer
                .totals()
                .await
                .expect("they are told")
                .open_indexes;
            assert!(open <= MAX_OPEN as u64, "{open}");
        }
    }
}
