#!/usr/bin/env bash
# What an applicant tracking system does with shokureki, by curl and jq: hand résumés over, search, keep a
# mirror, erase.
set -euo pipefail

url=${SHOKUREKI_URL:-http://127.0.0.1:8080/graphql}
max_document_bytes=$((20 * 1024 * 1024))
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The token goes in by a file that nobody else can read: the command line can be read by others.
touch "$scratch/headers"
chmod 600 "$scratch/headers"
{
  echo 'Content-Type: application/json'
  echo 'Accept: application/graphql-response+json'
  if [ -n "${SHOKUREKI_TOKEN:-}" ]; then echo "Authorization: Bearer $SHOKUREKI_TOKEN"; fi
} >"$scratch/headers"

# ask QUERY VARIABLES: prints `data`. What the server refused for now (429, 503 with Retry-After) is sent
# again after as many seconds as it says. An error's code and message go to standard error.
ask() {
  printf '%s' "$2" >"$scratch/variables"
  jq -n --arg query "$1" --slurpfile variables "$scratch/variables" \
    '{query: $query, variables: $variables[0]}' >"$scratch/body"
  rm -f "$scratch/code"
  local attempt
  for attempt in 1 2 3 4 5; do
    curl -sS -D "$scratch/head" -o "$scratch/answer" -H "@$scratch/headers" --data-binary "@$scratch/body" "$url" ||
      return
    if ! jq -e 'has("data") or has("errors")' "$scratch/answer" >/dev/null 2>&1; then
      echo "what answered is no GraphQL server" >&2
      return 1
    fi
    if jq -e 'has("errors") | not' "$scratch/answer" >/dev/null; then
      jq .data "$scratch/answer"
      return
    fi
    local wait
    wait=$(tr -d '\r' <"$scratch/head" | awk 'tolower($1) == "retry-after:" { print $2 }')
    if [ -z "$wait" ] || [ "$wait" -gt 60 ] || [ "$attempt" -eq 5 ]; then break; fi
    sleep "$wait"
  done
  jq -r '.errors[0] | "\(.extensions.code): \(.message)"' "$scratch/answer" >&2
  jq -r '.errors[0].extensions.code' "$scratch/answer" >"$scratch/code"
  return 1
}

import_mutation='
mutation Import($input: ImportResumeInput!) {
  importResume(input: $input) {
    unchanged
    userErrors { code message }
  }
}'

# Takes every file below a folder in. The path below it names the candidate; an ATS has an id of its own.
import_folder() {
  local folder=${1%/} refused=0 path id
  while IFS= read -r -d '' path; do
    id=${path#"$folder/"}
    if [ "$(wc -c <"$path")" -gt "$max_document_bytes" ]; then
      printf '%s\trefused\tPAYLOAD_TOO_LARGE\n' "$id"
      refused=1
      continue
    fi
    # A document may be longer than an argument can be: it goes in by a file.
    base64 <"$path" | tr -d '\n' >"$scratch/base64"
    jq -n --arg id "$id" --arg name "${path##*/}" --arg date "$(date -r "$path" +%F)" \
      --rawfile base64 "$scratch/base64" \
      '{input: {externalId: $id, fileName: $name, documentDate: $date, base64: $base64}}' >"$scratch/input"
    ask "$import_mutation" "$(<"$scratch/input")" >"$scratch/data"
    jq -r --arg id "$id" '.importResume | [$id] + if .userErrors != []
      then ["refused", "\(.userErrors[0].code): \(.userErrors[0].message)"]
      else [if .unchanged then "unchanged" else "imported" end] end | @tsv' "$scratch/data"
    if jq -e '.importResume.userErrors != []' "$scratch/data" >/dev/null; then refused=1; fi
  done < <(find "$folder" -type f -print0 | sort -z)
  return $refused
}

search_query='
query Search($query: String!) {
  searchCandidates(query: $query) {
    totalCount
    edges {
      node { externalId name pseudonym }
      matches { clause months evidence { line excerpt } }
    }
  }
}'

# Prints who is found, and the lines that prove it.
search() {
  ask "$search_query" "$(jq -n --arg query "$1" '{query: $query}')" >"$scratch/data"
  jq -r '.searchCandidates | "\(.totalCount) found", (.edges[] |
    "\n\(.node.name // .node.pseudonym) (\(.node.externalId))", (.matches[] |
      "  \(.clause)\(if .months == null then "" else ", \(.months) months" end)", (.evidence[] |
        "    line \(.line): \(.excerpt)")))' "$scratch/data"
}

candidates_query='
query Candidates($after: String) {
  searchCandidates(sort: UPDATED_DESC, first: 100, after: $after) {
    nodes { id externalId name pseudonym updatedAt resume { sha256 } }
    pageInfo { hasNextPage endCursor }
  }
}'

# Writes every candidate, the last updated first, an object a line, to the file "all". When the index is
# written anew meanwhile, cursors expire, and the list begins anew.
pages() {
  local after=null restarts=3
  : >"$scratch/all"
  while :; do
    if ! ask "$candidates_query" "{\"after\": $after}" >"$scratch/data"; then
      if [ "$(cat "$scratch/code" 2>/dev/null)" != CURSOR_EXPIRED ] || [ "$restarts" -eq 0 ]; then return 1; fi
      restarts=$((restarts - 1)) after=null
      : >"$scratch/all"
      continue
    fi
    jq -c '.searchCandidates.nodes[]' "$scratch/data" >>"$scratch/all"
    if jq -e '.searchCandidates.pageInfo.hasNextPage | not' "$scratch/data" >/dev/null; then return; fi
    after=$(jq '.searchCandidates.pageInfo.endCursor' "$scratch/data")
  done
}

# Prints every candidate.
list() {
  pages
  jq -r '[.externalId, .name // .pseudonym, .updatedAt] | @tsv' "$scratch/all"
}

# Brings a copy of all candidates, a file of JSON, up to date.
mirror() {
  local file=$1
  pages
  if [ -e "$file" ]; then cp "$file" "$scratch/old"; else echo '{}' >"$scratch/old"; fi
  # A run that is interrupted leaves the old copy.
  jq -s 'INDEX(.id)' "$scratch/all" >"$file.new"
  mv "$file.new" "$file"
  jq -r --slurpfile old "$scratch/old" '. as $new | $old[0] as $old |
    ([$new | to_entries[] | select($old[.key] != .value)] | length) as $changed |
    ([$old | keys[] | select($new[.] == null)] | length) as $removed |
    "\($changed) new or changed, \($removed) removed, \($new | length) in all"' "$file"
}

erase_mutation='
mutation Erase($input: EraseCandidateInput!) {
  eraseCandidate(input: $input) {
    erasedResumes
    userErrors { code message }
  }
}'

# Erases a candidate. It cannot be undone.
erase() {
  ask "$erase_mutation" "$(jq -n --arg id "$1" '{input: {externalId: $id}}')" >"$scratch/data"
  if jq -e '.eraseCandidate.userErrors != []' "$scratch/data" >/dev/null; then
    jq -r '.eraseCandidate.userErrors[0] | "\(.code): \(.message)"' "$scratch/data" >&2
    return 1
  fi
  jq -r '"\(.eraseCandidate.erasedResumes) documents erased"' "$scratch/data"
}

case "${1:-} $#" in
  "import 2") import_folder "$2" ;;
  "search 2") search "$2" ;;
  "list 1") list ;;
  "mirror 2") mirror "$2" ;;
  "erase 2") erase "$2" ;;
  *)
    echo "usage: ats.sh import FOLDER | search QUERY | list | mirror FILE | erase EXTERNAL_ID" >&2
    exit 2
    ;;
esac
