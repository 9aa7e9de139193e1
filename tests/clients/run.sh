#!/usr/bin/env bash
# Runs the typed client's tests and the examples against servers of their own: tests/clients/run.sh PROGRAM.
# What is not installed, or cannot be had, is said and left out.
set -euo pipefail

program=$(realpath "${1:?usage: tests/clients/run.sh PROGRAM}")
cd "$(dirname "$0")/../.."
root=$PWD
scratch=$(mktemp -d)
server=

stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  server=
}
trap 'stop; rm -rf "$scratch"' EXIT

fail() {
  echo "$1" >&2
  exit 1
}

# A server on a free port that asks for a token: sets SHOKUREKI_URL and SHOKUREKI_TOKEN.
start() {
  local data=$scratch/data-$1
  SHOKUREKI_TOKEN=$("$program" token create --data-dir "$data" --organization default --name "$1" \
    --scope search,identity,import,erase 2>/dev/null | grep -oE 'skr_[^[:space:]]+')
  "$program" serve --data-dir "$data" --listen 127.0.0.1:0 >"$scratch/served" 2>"$scratch/log" &
  server=$!
  local address=
  for _ in $(seq 300); do
    address=$(sed -n 's/^shokureki listens on \(http:.*\/\)$/\1/p' "$scratch/served")
    [ -z "$address" ] || break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  [ -n "$address" ] || { cat "$scratch/log" >&2; fail "the server did not start"; }
  export SHOKUREKI_URL=${address}graphql SHOKUREKI_TOKEN
}

# shows COMMAND… -- PATTERN: the command succeeds, and a line of what it prints is like the pattern.
shows() {
  local command=()
  while [ "$1" != -- ]; do command+=("$1"); shift; done
  "${command[@]}" >"$scratch/printed" || fail "${command[*]} failed: $(cat "$scratch/printed")"
  grep -qE -- "$2" "$scratch/printed" || fail "${command[*]} does not print \"$2\": $(cat "$scratch/printed")"
}

# refuses COMMAND… -- CODE: the command fails with the code.
refuses() {
  local command=()
  while [ "$1" != -- ]; do command+=("$1"); shift; done
  if "${command[@]}" >"$scratch/printed" 2>&1; then fail "${command[*]} succeeds: $(cat "$scratch/printed")"; fi
  grep -qF -- "$2" "$scratch/printed" || fail "${command[*]} does not print $2: $(cat "$scratch/printed")"
}

# example NAME COMMAND…: what every example does, step by step.
example() {
  local name=$1
  shift
  echo "--- examples/$name"
  local folder=$scratch/$name copy=$scratch/$name.json
  mkdir -p "$folder/2024"
  cp "$root"/samples/[0-9]* "$folder"
  mv "$folder/09-event-list.md" "$folder/2024"
  start "$name"
  shows "$@" import "$folder" -- '^2024/09-event-list\.md	imported$'
  [ "$(grep -c '	imported$' "$scratch/printed")" -eq 16 ] || fail "not all 16 are taken in: $(cat "$scratch/printed")"
  shows "$@" import "$folder" -- '^2024/09-event-list\.md	unchanged$'
  shows "$@" search 'tech:Rust>=24m' -- '^日下部 蓮 \(15-html-in-markdown\.md\)$'
  grep -qE '^    line [0-9]+: .*Rust' "$scratch/printed" || fail "no evidence: $(cat "$scratch/printed")"
  shows "$@" list -- '^2024/09-event-list\.md	千早 潤	'
  [ "$(wc -l <"$scratch/printed")" -eq 16 ] || fail "not all are listed: $(cat "$scratch/printed")"
  shows "$@" mirror "$copy" -- '^16 new or changed, 0 removed, 16 in all$'
  printf '# 職務経歴書\n\n氏名：見本 太郎\n\n## 株式会社ミホン（2019年4月 ～ 2021年3月）\n\n- 使用技術：Rust\n' >"$folder/17.md"
  head -c 4096 /dev/zero | tr '\0' '\377' >"$folder/18.png"
  refuses "$@" import "$folder" -- '18.png	refused	UNSUPPORTED_FORMAT'
  grep -q '^17\.md	imported$' "$scratch/printed" || fail "the new one is not taken in: $(cat "$scratch/printed")"
  shows "$@" mirror "$copy" -- '^1 new or changed, 0 removed, 17 in all$'
  shows "$@" erase 17.md -- '^1 documents erased$'
  refuses "$@" erase 17.md -- NOT_FOUND
  shows "$@" mirror "$copy" -- '^0 new or changed, 1 removed, 16 in all$'
  refuses "$@" search '"AWS' -- BAD_USER_INPUT
  SHOKUREKI_TOKEN=skr_000000000000_wrong refuses "$@" list -- UNAUTHENTICATED
  stop
}

# follows COMMAND…: the command tells of changes as they come.
follows() {
  echo "--- examples: following"
  local folder=$scratch/follows told=$scratch/told following
  mkdir -p "$folder"
  cp "$root"/samples/0[1-3]* "$folder"
  start follows
  "$@" follow 0 >"$told" &
  following=$!
  trap 'kill "$following" 2>/dev/null; stop; rm -rf "$scratch"' EXIT
  shows "$@" import "$folder" -- 'imported$'
  told 3 '^[0-9]+	CHANGED	0[1-3][^	]*	.'
  shows "$@" erase "$(basename "$folder"/01*)" -- '^1 documents erased$'
  told 1 '^4	ERASED	'
  kill -INT "$following"
  wait "$following" || fail "follow does not end well"
  trap 'stop; rm -rf "$scratch"' EXIT
  stop
}

# told COUNT PATTERN: so many lines of what is followed become like the pattern.
told() {
  for _ in $(seq 100); do
    [ "$(grep -cE -- "$2" "$scratch/told")" -lt "$1" ] || return 0
    sleep 0.1
  done
  fail "what is followed has not $1 of \"$2\": $(cat "$scratch/told")"
}

# Installs what the lock file names; says so where that cannot be had.
install() {
  npm ci --silent --no-audit --no-fund --ignore-scripts --prefix "$1" || {
    echo "the packages of $1 cannot be downloaded: it is NOT tested"
    return 1
  }
}

typescript() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "node and npm are not installed: the typed client and examples/typescript are NOT tested"
    return
  fi
  install clients/typescript || return 0
  echo "--- clients/typescript"
  npm run --silent check --prefix clients/typescript
  SHOKUREKI_BIN=$program npm test --silent --prefix clients/typescript
  install examples/typescript || return 0
  npm run --silent build --prefix examples/typescript
  example typescript node examples/typescript/dist/ats.js
  follows node examples/typescript/dist/ats.js
}

if command -v curl >/dev/null && command -v jq >/dev/null; then
  example curl examples/curl/ats.sh
else
  echo "curl and jq are not installed: examples/curl is NOT run"
fi
if command -v python3 >/dev/null; then
  example python python3 examples/python/ats.py
else
  echo "python3 is not installed: examples/python is NOT run"
fi
typescript
echo "--- clients and examples are well"
