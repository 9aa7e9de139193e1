"""Asks a shokureki server; the standard library of Python 3.9 or newer is all it takes.

Copy this file into your program: it sends requests, waits as long as the server asks, and goes through
lists page by page.
"""

import base64
import datetime
import json
import pathlib
import time
import urllib.error
import urllib.request

MAX_DOCUMENT_BYTES = 20 * 1024 * 1024
_ATTEMPTS = 5
_MAX_WAIT_S = 60


class ShokurekiError(Exception):
    """The server answered with an error, or a mutation was refused; `code` is of the closed list."""

    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code = code


class Client:
    """Asks one server as one caller."""

    def __init__(self, url, token=None, timeout_s=30):
        self._url = url
        self._timeout_s = timeout_s
        self._headers = {
            "Accept": "application/graphql-response+json",
            "Accept-Language": "ja",
            "Content-Type": "application/json",
        }
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def request(self, query, variables=None):
        """Returns `data`.

        Raises ShokurekiError when the answer holds errors, OSError when there is none.
        """
        body = json.dumps({"query": query, "variables": variables or {}}).encode()
        attempt = 1
        while True:
            answer, retry_after = self._send(body)
            errors = answer.get("errors")
            if not errors:
                return answer["data"]
            code = errors[0].get("extensions", {}).get("code", "INTERNAL")
            # With Retry-After and without data nothing was executed: also a mutation may be sent again.
            is_refused = retry_after is not None and answer.get("data") is None
            if not is_refused or retry_after > _MAX_WAIT_S or attempt == _ATTEMPTS:
                raise ShokurekiError(code, errors[0]["message"])
            time.sleep(retry_after)
            attempt += 1

    def pages(self, query, variables, field):
        """Yields the edges of all pages of the connection `field`, whose query takes `$first` and `$after`.

        When the index is written anew meanwhile, cursors expire: the list begins anew, and what came before is
        left out.
        """
        seen, after, restarts = set(), None, 3
        while True:
            try:
                page = self.request(query, {**variables, "first": 100, "after": after})[field]
            except ShokurekiError as error:
                if error.code != "CURSOR_EXPIRED" or after is None or restarts == 0:
                    raise
                after, restarts = None, restarts - 1
                continue
            for edge in page["edges"]:
                if edge["node"]["id"] not in seen:
                    seen.add(edge["node"]["id"])
                    yield edge
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]

    def import_file(self, path, external_id):
        """Takes a file in and returns what `importResume` answers.

        The file's own date holds where the document states none: open periods (現在) end there. Raises
        ShokurekiError when it is not taken.
        """
        path = pathlib.Path(path)
        size = path.stat().st_size
        if size > MAX_DOCUMENT_BYTES:
            raise ShokurekiError("PAYLOAD_TOO_LARGE", f"{size} bytes; the most is {MAX_DOCUMENT_BYTES}")
        document = {
            "externalId": external_id,
            "fileName": path.name,
            "base64": base64.b64encode(path.read_bytes()).decode(),
            "documentDate": datetime.date.fromtimestamp(path.stat().st_mtime).isoformat(),
        }
        return _accepted(self.request(IMPORT, {"input": document})["importResume"])

    def erase(self, external_id):
        """Erases a candidate and returns how many documents that were. It cannot be undone."""
        payload = self.request(ERASE, {"input": {"externalId": external_id}})["eraseCandidate"]
        return _accepted(payload)["erasedResumes"]

    def _send(self, body):
        """Returns the answer, and the seconds of Retry-After where it has some."""
        request = urllib.request.Request(self._url, body, self._headers)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout_s) as response:
                return json.load(response), None
        except urllib.error.HTTPError as error:
            with error:
                if "json" not in error.headers.get("Content-Type", ""):
                    raise OSError(f"what answered is no GraphQL server ({error.code})") from error
                wait = error.headers.get("Retry-After")
                return json.load(error), int(wait) if wait else None


def _accepted(payload):
    for error in payload["userErrors"]:
        raise ShokurekiError(error["code"], error["message"])
    return payload


IMPORT = """
mutation Import($input: ImportResumeInput!) {
  importResume(input: $input) {
    candidate { id name pseudonym }
    unchanged
    userErrors { code message }
  }
}
"""

ERASE = """
mutation Erase($input: EraseCandidateInput!) {
  eraseCandidate(input: $input) {
    erasedResumes
    userErrors { code message }
  }
}
"""
