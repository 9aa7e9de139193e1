.PHONY: run test check schema

run: ## Serve the samples on 127.0.0.1:8080
	cargo run --release -- serve --samples

test: ## What the README's second command runs
	cargo test --workspace

check: ## The gate, as CI runs it
	bash .ci/run

schema: ## Write schema.graphql from the code; review the difference
	cargo run --quiet -- schema > schema.graphql.new && mv schema.graphql.new schema.graphql
