//! Objects, mutations, limits and errors of the schema.

use crate::common::{MINATO, SAKAKI, TestSchema};
use serde_json::{Value, json};
use shokureki::graphql::Locale;

#[tokio::test]
async fn every_id_leads_back_to_its_object() {
    let test = TestSchema::with(&[("sakaki", SAKAKI)]).await;
    let data = test
        .data(
            "{ candidate(externalId: \"sakaki\") { __typename id resume { __typename id }
                resumes { __typename id } employments { __typename id employer { __typename id } }
                projects { __typename id employment { __typename id } technologies { __typename id } } } }",
            json!({}),
        )
        .await;
    let mut ids = Vec::new();
    collect(&data, &mut ids);
    assert!(ids.len() > 10, "{ids:?}");
    let asked: Vec<&String> = ids.iter().map(|(_, id)| id).collect();
    let nodes = test
        .data(
            "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }",
            json!({ "ids": asked }),
        )
        .await;
    let nodes = nodes["nodes"].as_array().expect("a list");
    for ((name, id), node) in ids.iter().zip(nodes) {
        assert_eq!(*node, json!({ "__typename": name, "id": id }));
    }
    let node = test
        .data(
            "query($id: ID!) { node(id: $id) { id } }",
            json!({ "id": asked[0] }),
        )
        .await;
    assert_eq!(node["node"]["id"], json!(asked[0]));
}

fn collect(value: &Value, ids: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            if let (Some(Value::String(name)), Some(Value::String(id))) =
                (fields.get("__typename"), fields.get("id"))
            {
                ids.push((name.clone(), id.clone()));
            }
            fields.values().for_each(|value| collect(value, ids));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, ids)),
        _ => {}
    }
}

#[tokio::test]
async fn an_id_that_is_none_is_refused_and_one_of_nothing_is_null() {
    let test = TestSchema::new().await;
    let document = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(
        test.code(document, json!({ "id": "nonsense" })).await,
        "BAD_USER_INPUT"
    );
    // Candidate:00000000-0000-0000-0000-000000000001
    let id = "Q2FuZGlkYXRlOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMQ";
    assert_eq!(
        test.data(document, json!({ "id": id })).await,
        json!({ "node": null })
    );
    let document = "{ candidate(externalId: \"nobody\") { id } }";
    assert_eq!(
        test.data(document, json!({})).await,
        json!({ "candidate": null })
    );
    assert_eq!(
        test.code("{ candidate { id } }", json!({})).await,
        "BAD_USER_INPUT"
    );
}

#[tokio::test]
async fn a_project_inherits_employer_and_period_and_says_so() {
    let test = TestSchema::with(&[("minato", MINATO)]).await;
    let data = test
        .data(
            "{ candidate(externalId: \"minato\") { projects { title periodInherited
                employer { name } period { from to isCurrent months } } } }",
            json!({}),
        )
        .await;
    let projects = data["candidate"]["projects"].as_array().expect("a list");
    let cluster = projects
        .iter()
        .find(|each| each["title"] == "配信クラスタ")
        .expect("it is read");
    assert_eq!(cluster["periodInherited"], true);
    assert_eq!(
        cluster["period"],
        json!({ "from": "2016-04", "to": "2019-01", "isCurrent": false, "months": 34 })
    );
}

#[tokio::test]
async fn a_page_of_twenty_takes_as_many_statements_as_one_of_two() {
    let test = TestSchema::new().await;
    for number in 0..20 {
        let text = MINATO.replace("minato.shion", &format!("person{number}"));
        test.import(&format!("c{number}"), &text).await;
    }
    let document = "query($first: Int) { searchCandidates(query: \"AWS\", first: $first) {
        totalCount edges { node { id externalId name
            employments { employer { name candidateCount } period { text } projects { title } }
            projects { title employer { name } technologies { name candidateCount } }
            technologies { technology { name candidateCount } months evidence { excerpt } }
            certifications { name } education { school } resume { fileName } notices { message } }
          matches { clause evidence { excerpt line } } } } }";
    let statements = |first: u32| {
        let test = &test;
        async move {
            let variables = json!({ "first": first });
            let data = test.data(document, variables.clone()).await;
            let edges = data["searchCandidates"]["edges"]
                .as_array()
                .expect("a list")
                .len();
            assert_eq!(edges, first as usize);
            test.statements(document, &variables).await
        }
    };
    let of_two = statements(2).await;
    let of_twenty = statements(20).await;
    assert_eq!(of_twenty, of_two);
    assert!(of_twenty <= 13, "{of_twenty} statements");
}

#[tokio::test]
async fn a_page_loads_what_is_selected_only() {
    let test = TestSchema::new().await;
    for number in 0..20 {
        let text = MINATO.replace("minato.shion", &format!("person{number}"));
        test.import(&format!("c{number}"), &text).await;
    }
    for (selected, expected) in [
        ("totalCount", 0),
        (
            "nodes { id externalId name emails links { url } updatedAt }",
            2,
        ),
        (
            "edges { node { name } matches { months evidence { line } } }",
            3,
        ),
        ("nodes { certifications { name } }", 3),
        ("nodes { employments { title projects { title } } }", 5),
        ("nodes { technologies { months } }", 7),
        ("edges { matches { stint { line } } }", 6),
    ] {
        let document = format!("{{ searchCandidates(query: \"AWS\") {{ {selected} }} }}");
        let statements = test.statements(&document, &json!({})).await;
        assert_eq!(statements, expected, "{selected}");
    }
}

#[tokio::test]
async fn the_same_document_again_changes_nothing() {
    let test = TestSchema::with(&[("minato", MINATO)]).await;
    let document = "mutation($input: ImportResumeInput!) { importResume(input: $input) {
        candidate { id resumes { id } } resume { id } unchanged } }";
    let input = json!({ "externalId": "minato", "fileName": "r.md", "text": MINATO });
    let again = test.data(document, json!({ "input": input })).await;
    assert_eq!(again["importResume"]["unchanged"], true);
    assert_eq!(
        again["importResume"]["candidate"]["resumes"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    let newer = MINATO.replace("Rust", "Elixir");
    let input = json!({ "externalId": "minato", "fileName": "r.md", "text": newer });
    let next = test.data(document, json!({ "input": input })).await;
    assert_eq!(next["importResume"]["unchanged"], false);
    assert_eq!(
        next["importResume"]["candidate"]["resumes"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    assert!(test.find("Rust", Value::Null).await.is_empty());
    assert_eq!(test.find("Elixir", Value::Null).await, ["minato"]);
}

#[tokio::test]
async fn an_erased_candidate_is_gone() {
    let test = TestSchema::with(&[("minato", MINATO), ("sakaki", SAKAKI)]).await;
    let document = "mutation($input: EraseCandidateInput!) { eraseCandidate(input: $input) {
        erasedId erasedResumes userErrors { field code } } }";
    let erased = test
        .data(document, json!({ "input": { "externalId": "minato" } }))
        .await;
    assert_eq!(erased["eraseCandidate"]["erasedResumes"], 1);
    assert!(test.find("Erlang", Value::Null).await.is_empty());
    assert_eq!(test.find("AWS", Value::Null).await, ["sakaki"]);
    let id = &erased["eraseCandidate"]["erasedId"];
    let node = test
        .data(
            "query($id: ID!) { node(id: $id) { id } }",
            json!({ "id": id }),
        )
        .await;
    assert_eq!(node["node"], Value::Null);
    let again = test.data(document, json!({ "input": { "id": id } })).await;
    assert_eq!(
        again["eraseCandidate"]["userErrors"],
        json!([{ "field": "id", "code": "NOT_FOUND" }])
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_document_is_a_user_error() {
    let test = TestSchema::new().await;
    let cases = [
        (json!({}), "BAD_USER_INPUT"),
        (json!({ "text": "a", "base64": "YQ==" }), "BAD_USER_INPUT"),
        (json!({ "base64": "@" }), "BAD_USER_INPUT"),
        (
            json!({ "base64": "JVBERi0xLjcKAAEC" }),
            "UNSUPPORTED_FORMAT",
        ),
        (
            json!({ "text": "a".repeat(2 * 1024 * 1024 + 1) }),
            "PAYLOAD_TOO_LARGE",
        ),
    ];
    for (input, code) in cases {
        let data = test
            .data(
                "mutation($input: ImportResumeInput!) { importResume(input: $input) {
                    candidate { id } userErrors { code message } } }",
                json!({ "input": input }),
            )
            .await;
        let payload = &data["importResume"];
        assert_eq!(payload["userErrors"][0]["code"], code);
        assert_eq!(payload["candidate"], Value::Null);
    }
    let status = test
        .data("{ indexStatus { candidates isCurrent } }", json!({}))
        .await;
    assert_eq!(
        status["indexStatus"],
        json!({ "candidates": 0, "isCurrent": true })
    );
}

#[tokio::test]
async fn any_bytes_are_a_candidate_or_a_user_error() {
    let test = TestSchema::new().await;
    for document in [
        "",
        "\u{0}",
        "AAECAwQFBgcICQ==",
        "/////w==",
        "4pyT",
        "IyDogbfmrbQKCjIwMTYvMTMK",
    ] {
        let data = test
            .data(
                "mutation($input: ImportResumeInput!) { importResume(input: $input) {
                    candidate { id } userErrors { code } } }",
                json!({ "input": { "base64": document } }),
            )
            .await;
        let payload = &data["importResume"];
        let is_stored = payload["candidate"].is_object();
        let is_refused = payload["userErrors"][0]["code"].is_string();
        assert!(is_stored != is_refused, "{document}: {payload}");
    }
}

#[tokio::test]
async fn every_error_has_a_code_of_the_list() {
    let test = TestSchema::with(&[("minato", MINATO)]).await;
    let search = |arguments: &str| format!("{{ searchCandidates({arguments}) {{ totalCount }} }}");
    let long = "あ".repeat(1025);
    let many = "a ".repeat(65);
    for (document, code) in [
        ("{ nonsense }".to_owned(), "BAD_USER_INPUT"),
        ("{".to_owned(), "BAD_USER_INPUT"),
        (search("first: 101"), "BAD_USER_INPUT"),
        (search("first: -1"), "BAD_USER_INPUT"),
        (search("first: 1, last: 1"), "BAD_USER_INPUT"),
        (search("after: \"x\""), "BAD_USER_INPUT"),
        (search(&format!("query: \"{long}\"")), "BAD_USER_INPUT"),
        (search(&format!("query: \"{many}\"")), "BAD_USER_INPUT"),
        (search("query: \"(a\""), "BAD_USER_INPUT"),
        (search("filter: { technology: {} }"), "BAD_USER_INPUT"),
        (
            search("filter: { technology: { name: \"\" } }"),
            "BAD_USER_INPUT",
        ),
        (
            search("filter: { technology: { name: \"Go\", minMonths: -1 } }"),
            "BAD_USER_INPUT",
        ),
        (
            search("filter: { period: { from: \"2019\", to: \"2016\" } }"),
            "BAD_USER_INPUT",
        ),
        (
            search("filter: { period: { from: \"2016-13\" } }"),
            "BAD_USER_INPUT",
        ),
        (search("filter: { any: [] }"), "BAD_USER_INPUT"),
    ] {
        assert_eq!(test.code(&document, json!({})).await, code, "{document}");
    }
}

#[tokio::test]
async fn a_fault_of_the_query_has_its_position_and_the_language_of_the_request() {
    let test = TestSchema::new().await;
    let document = "{ searchCandidates(query: \"職歴 (b\") { totalCount } }";
    let english = test.answer(document, json!({})).await;
    let error = &english["errors"][0];
    assert_eq!(
        error["message"],
        "unclosed bracket at character 3: expected )"
    );
    assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(error["extensions"]["position"], 3);
    let japanese = test.answer_in(Locale::Japanese, document, json!({})).await;
    assert_eq!(
        japanese["errors"][0]["message"],
        "括弧が閉じられていません（4文字目。必要なもの: 「)」）"
    );
}

#[tokio::test]
async fn what_exceeds_the_limits_is_not_executed() {
    let test = TestSchema::with(&[("minato", MINATO)]).await;
    let nested = |levels: usize| {
        let mut inner = "id".to_owned();
        for _ in 0..levels {
            inner = format!("partOf {{ {inner} }}");
        }
        format!("{{ technologies {{ nodes {{ {inner} }} }} }}")
    };
    assert_eq!(test.code(&nested(13), json!({})).await, "TOO_COMPLEX");
    test.data(&nested(12), json!({})).await;
    let aliased = |count: usize| {
        let fields: Vec<String> = (0..count)
            .map(|n| format!("a{n}: indexStatus {{ generation }}"))
            .collect();
        format!("{{ {} }}", fields.join(" "))
    };
    assert_eq!(test.code(&aliased(17), json!({})).await, "TOO_COMPLEX");
    test.data(&aliased(16), json!({})).await;
    let bomb: String = (0..40)
        .map(|n| {
            format!(
                "fragment F{n} on Technology {{ a: partOf {{ id }} ...F{} ...F{} }} ",
                n + 1,
                n + 1
            )
        })
        .collect();
    let bomb = format!(
        "{{ technologies {{ nodes {{ ...F0 }} }} }} {bomb} fragment F40 on Technology {{ id }}"
    );
    let answer = test.answer(&bomb, json!({})).await;
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "TOO_COMPLEX",
        "{answer}"
    );
    let wide =
        "x: employments { projects { technologies { id name aliases kind partOf { id name } } } }";
    let wide: String = (0..16)
        .map(|n| wide.replace('x', &format!("x{n}")))
        .collect();
    let wide = format!("{{ searchCandidates(first: 100) {{ nodes {{ {wide} {} }} }} }}", "projects { technologies { id name partOf { id } } employment { projects { technologies { id name aliases kind isListed partOf { id name aliases kind isListed } } } } } ".repeat(20));
    assert_eq!(test.code(&wide, json!({})).await, "TOO_COMPLEX");
}

#[tokio::test]
async fn introspection_as_tools_send_it_is_answered() {
    let test = TestSchema::new().await;
    let of_type = (0..9).fold("kind name".to_owned(), |inner, _| {
        format!("kind name ofType {{ {inner} }}")
    });
    let document = format!(
        "query {{ __schema {{ queryType {{ name }} mutationType {{ name }} types {{ kind name description
            fields(includeDeprecated: true) {{ name description args {{ name type {{ {of_type} }} }}
            type {{ {of_type} }} }} inputFields {{ name type {{ {of_type} }} }}
            interfaces {{ {of_type} }} enumValues {{ name }} possibleTypes {{ {of_type} }} }}
            directives {{ name locations }} }} }}"
    );
    let data = test.data(&document, json!({})).await;
    assert_eq!(data["__schema"]["queryType"]["name"], "Query");
}

#[tokio::test]
async fn suggestions_go_on_in_any_script() {
    let test = TestSchema::with(&[("minato", MINATO)]).await;
    let document = "query($prefix: String!, $kinds: [SuggestionKind!]) {
        suggest(prefix: $prefix, kinds: $kinds) { kind text candidateCount
            technology { name } employer { name } } }";
    for prefix in ["Erl", "erl", "アーラ", "Ｅｒｌ"] {
        let data = test.data(document, json!({ "prefix": prefix })).await;
        let first = &data["suggest"][0];
        assert_eq!(
            (&first["text"], &first["candidateCount"]),
            (&json!("Erlang"), &json!(1)),
            "{prefix}"
        );
    }
    let data = test
        .data(document, json!({ "prefix": "ドワ", "kinds": ["EMPLOYER"] }))
        .await;
    assert_eq!(data["suggest"].as_array().map(Vec::len), Some(1));
    assert_eq!(data["suggest"][0]["kind"], "EMPLOYER");
}

#[tokio::test]
async fn technologies_and_employers_are_listed_with_their_counts() {
    let test = TestSchema::with(&[("minato", MINATO), ("sakaki", SAKAKI)]).await;
    let data = test
        .data(
            "{ technologies(first: 3) { edges { cursor } nodes { name candidateCount isListed }
                pageInfo { hasNextPage endCursor } }
               employers { nodes { name candidateCount } pageInfo { hasNextPage } } }",
            json!({}),
        )
        .await;
    let technologies = &data["technologies"];
    assert_eq!(technologies["nodes"][0]["candidateCount"], 2);
    assert_eq!(technologies["pageInfo"]["hasNextPage"], true);
    assert_eq!(data["employers"]["nodes"].as_array().map(Vec::len), Some(5));
    let after = &technologies["pageInfo"]["endCursor"];
    let document =
        "query($after: String) { technologies(first: 3, after: $after) { nodes { name } } }";
    let next = test.data(document, json!({ "after": after })).await;
    let names = |value: &Value| -> Vec<Value> {
        let nodes = value["technologies"]["nodes"].as_array().expect("a list");
        nodes.iter().map(|node| node["name"].clone()).collect()
    };
    assert_eq!(names(&next).len(), 3);
    assert!(names(&next).iter().all(|name| !names(&data).contains(name)));
    let document = "{ technologies(query: \"アーラン\") { nodes { name kind candidateCount } } }";
    let erlang = test.data(document, json!({})).await;
    assert_eq!(
        erlang["technologies"]["nodes"],
        json!([{ "name": "Erlang", "kind": "LANGUAGE", "candidateCount": 1 }])
    );
}

#[tokio::test]
async fn the_index_tells_its_state() {
    let test = TestSchema::with(&[("minato", MINATO), ("sakaki", SAKAKI)]).await;
    let document = "{ indexStatus { candidates indexedCandidates pendingChanges isCurrent
        isRebuilding generation sizeBytes } }";
    let data = test.data(document, json!({})).await;
    let status = &data["indexStatus"];
    assert_eq!(
        (&status["candidates"], &status["indexedCandidates"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        (&status["pendingChanges"], &status["isCurrent"]),
        (&json!(0), &json!(true))
    );
    assert_eq!(status["generation"], 1);
}

#[tokio::test]
async fn a_search_waits_for_the_sequence_of_a_write() {
    let test = TestSchema::new().await;
    let import = "mutation($input: ImportResumeInput!) { importResume(input: $input) {
        sequence isIndexed } }";
    let erase = "mutation($input: EraseCandidateInput!) { eraseCandidate(input: $input) {
        sequence isIndexed } }";
    let search = "query($sequence: Int) {
        searchCandidates(minSequence: $sequence) { totalCount }
        searchStints(query: \"Erlang\", minSequence: $sequence) { totalCount } }";
    let status = "{ indexStatus { appliedSequence lastSequence lagSeconds
            servers { isThis appliedSequence pendingChanges toldSecondsAgo } } }";
    for (name, change, input, sequence) in [
        (
            "importResume",
            import,
            json!({ "externalId": "minato", "text": MINATO }),
            1,
        ),
        (
            "importResume",
            import,
            json!({ "externalId": "minato", "text": MINATO }),
            1,
        ),
        (
            "importResume",
            import,
            json!({ "externalId": "sakaki", "text": SAKAKI }),
            2,
        ),
        (
            "eraseCandidate",
            erase,
            json!({ "externalId": "sakaki" }),
            3,
        ),
    ] {
        let mut input = input;
        input["waitForIndex"] = json!(false);
        let data = test.data(change, json!({ "input": input })).await;
        let expected = json!({ "sequence": sequence, "isIndexed": false });
        assert_eq!(data[name], expected);
        let data = test.data(search, json!({ "sequence": sequence })).await;
        let candidates = [0, 1, 2, 1][sequence];
        assert_eq!(data["searchCandidates"]["totalCount"], candidates);
        assert!(
            data["searchStints"]["totalCount"].as_u64() > Some(0),
            "{data}"
        );
        let data = test.data(status, json!({})).await;
        let status = &data["indexStatus"];
        assert_eq!(
            (&status["appliedSequence"], &status["lastSequence"]),
            (&json!(sequence), &json!(sequence))
        );
        assert_eq!(status["lagSeconds"], 0.0);
        let this = json!({ "isThis": true, "appliedSequence": sequence, "pendingChanges": 0,
            "toldSecondsAgo": 0.0 });
        assert_eq!(status["servers"], json!([this]));
    }
    let refused = test.data(import, json!({ "input": {} })).await;
    let nothing = json!({ "sequence": null, "isIndexed": false });
    assert_eq!(refused["importResume"], nothing);
}
