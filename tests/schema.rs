//! The served schema is the reviewed file, and everything in it is described.

/// Changed together with the code: `cargo run -- schema > schema.graphql` writes it.
const REVIEWED: &str = include_str!("../schema.graphql");

#[test]
fn the_served_schema_is_the_reviewed_file() {
    let served = shokureki::graphql::sdl();
    for (line, (served, reviewed)) in served.lines().zip(REVIEWED.lines()).enumerate() {
        assert_eq!(served, reviewed, "line {} differs", line + 1);
    }
    assert_eq!(served.lines().count(), REVIEWED.lines().count());
}

#[test]
fn every_type_field_and_value_is_described() {
    let mut is_described = false;
    let mut is_in_text = false;
    for (number, line) in REVIEWED.lines().enumerate() {
        let line = line.trim();
        if line == "\"\"\"" {
            is_in_text = !is_in_text;
            is_described = true;
        } else if !is_in_text {
            let is_item = !line.is_empty()
                && !matches!(line, "}" | ")" | "schema {")
                && !line.starts_with("query:")
                && !line.starts_with("mutation:")
                && !line.starts_with("subscription:")
                && !line.starts_with("directive")
                && !line.starts_with(')');
            assert!(
                is_described || !is_item || line.starts_with('"'),
                "line {}: {line}",
                number + 1
            );
            is_described = line.starts_with('"');
        }
    }
}
