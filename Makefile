.PHONY: run test check schema sbom

run: ## Serve the samples on 127.0.0.1:8080
	cargo run --release -- serve --samples

test: ## What the README's second command runs
	cargo test --workspace

check: ## The gate, as CI runs it
	bash .ci/run

schema: ## Write schema.graphql from the code; review the difference
	cargo run --quiet -- schema > schema.graphql.new && mv schema.graphql.new schema.graphql

sbom: ## Write the bill of materials, *.cdx.json beside each Cargo.toml (CycloneDX)
	@command -v cargo-cyclonedx >/dev/null || { \
	  echo "cargo-cyclonedx is not installed, so there is no bill of materials: cargo install cargo-cyclonedx" >&2; exit 1; }
	cargo cyclonedx --format json --all-features --manifest-path Cargo.toml
