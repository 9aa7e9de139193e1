#!/usr/bin/env python3
"""What an applicant tracking system does with shokureki: hand résumés over, search, keep a mirror, erase."""

import argparse
import json
import os
import pathlib
import sys

from shokureki import Client, ShokurekiError

SEARCH = """
query Search($query: String!) {
  searchCandidates(query: $query) {
    totalCount
    edges {
      node { externalId name pseudonym }
      matches {
        clause
        months
        stint { employer { name } period { text } }
        evidence { line excerpt }
      }
    }
  }
}
"""

CANDIDATES = """
query Candidates($first: Int!, $after: String) {
  searchCandidates(sort: UPDATED_DESC, first: $first, after: $after) {
    edges { node { id externalId name pseudonym updatedAt resume { sha256 } } }
    pageInfo { hasNextPage endCursor }
  }
}
"""


def import_folder(client, folder):
    """Takes every file below the folder in. The path below it names the candidate; an ATS has an id of its own."""
    refused = 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        external_id = path.relative_to(folder).as_posix()
        try:
            answer = client.import_file(path, external_id)
        except ShokurekiError as error:
            refused += 1
            print(f"{external_id}\trefused\t{error}")
            continue
        print(f"{external_id}\t{'unchanged' if answer['unchanged'] else 'imported'}")
    return 1 if refused else 0


def search(client, query):
    """Prints who is found, and the lines that prove it."""
    found = client.request(SEARCH, {"query": query})["searchCandidates"]
    print(f"{found['totalCount']} found")
    for edge in found["edges"]:
        print(f"\n{name(edge['node'])} ({edge['node']['externalId']})")
        for match in edge["matches"]:
            months = f", {match['months']} months" if match["months"] is not None else ""
            print(f"  {match['clause']}{months}")
            for evidence in match["evidence"]:
                print(f"    line {evidence['line']}: {evidence['excerpt']}")


def list_all(client):
    """Prints every candidate, the last updated first."""
    for edge in client.pages(CANDIDATES, {}, "searchCandidates"):
        print(f"{edge['node']['externalId']}\t{name(edge['node'])}\t{edge['node']['updatedAt']}")


def mirror(client, file, quick):
    """Brings a copy of all candidates, a file of JSON, up to date.

    The last updated come first: a quick run ends where the last run began, and learns of no erasure.
    """
    old = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    newest = max((candidate["updatedAt"] for candidate in old.values()), default="")
    new = {}
    for edge in client.pages(CANDIDATES, {}, "searchCandidates"):
        if quick and edge["node"]["updatedAt"] < newest:
            break
        new[edge["node"]["id"]] = edge["node"]
    removed = set() if quick else old.keys() - new.keys()
    changed = [id for id, candidate in new.items() if old.get(id) != candidate]
    copy = {**{id: candidate for id, candidate in old.items() if id not in removed}, **new}
    # A run that is interrupted leaves the old copy.
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(copy, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(file)
    print(f"{len(changed)} new or changed, {len(removed)} removed, {len(copy)} in all")


def name(candidate):
    """The name; without the scope `identity` what stands for it."""
    return candidate["name"] or candidate["pseudonym"]


def main():
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("import", help="take every file of a folder in").add_argument("folder", type=pathlib.Path)
    commands.add_parser("search", help="find candidates, with evidence").add_argument("query")
    commands.add_parser("list", help="all candidates")
    mirroring = commands.add_parser("mirror", help="keep a copy of all candidates")
    mirroring.add_argument("file", type=pathlib.Path)
    mirroring.add_argument("--quick", action="store_true", help="only what is new since the last run")
    commands.add_parser("erase", help="erase a candidate").add_argument("external_id")
    arguments = parser.parse_args()

    url = os.environ.get("SHOKUREKI_URL", "http://127.0.0.1:8080/graphql")
    client = Client(url, os.environ.get("SHOKUREKI_TOKEN"))
    try:
        if arguments.command == "import":
            return import_folder(client, arguments.folder)
        if arguments.command == "search":
            search(client, arguments.query)
        elif arguments.command == "list":
            list_all(client)
        elif arguments.command == "mirror":
            mirror(client, arguments.file, arguments.quick)
        else:
            print(f"{client.erase(arguments.external_id)} documents erased")
    except (ShokurekiError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
