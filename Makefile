.PHONY: run test check schema sbom

run: web/playground/dist/index.html ## Serve the samples on 127.0.0.1:8080
	cargo run --release -- serve --samples

# The playground's bundle, which the binary takes in where it is there.
web/playground/dist/index.html: $(wildcard web/playground/src/* web/playground/*.mjs web/playground/*.json examples/queries/*)
	@if ! command -v npm >/dev/null; then echo "npm is not installed: /graphiql loads its scripts from a CDN"; \
	else cd web/playground && npm ci --ignore-scripts --no-audit --no-fund && npm run --silent build \
	  || echo "the playground cannot be bundled: /graphiql loads its scripts from a CDN"; fi

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
